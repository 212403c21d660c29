//! Macros and values that a Texinfo file defines: `@macro name {arguments}`, `@set name text`.

use std::borrow::Cow;
use std::collections::HashMap;

/// A longer definition is not expanded, in bytes.
const MAX_BODY_BYTES: usize = 4_000;
/// More definitions are ignored.
const MAX_DEFINITIONS: usize = 1_000;
/// Uses within the text that a use stands for.
const MAX_DEPTH: usize = 4;
/// What a short text may become, in bytes; longer ones at most double.
const MIN_ROOM: usize = 64 << 10;

/// A text with its macros and values expanded. Lines keep their numbers.
pub(super) fn expanded(text: &str) -> Cow<'_, str> {
    let defines = ["@macro ", "@rmacro ", "@set "];
    if !defines.iter().any(|mark| text.contains(mark)) {
        return text.into();
    }
    let room = text.len().max(MIN_ROOM);
    let mut definitions = Definitions { room, ..Definitions::default() };
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(header) = macro_header(line) {
            let mut body: Vec<&str> = Vec::new();
            for inner in lines.by_ref() {
                out.push('\n');
                if inner.trim_start().starts_with("@end ") && inner.contains("macro") {
                    break;
                }
                body.push(inner);
            }
            definitions.define(header, &body);
        } else if let Some((name, value)) = set_value(line) {
            definitions.values.insert(name, value);
        } else {
            definitions.expand(line, 0, &mut out);
        }
        out.push('\n');
    }
    out.into()
}

struct Macro<'a> {
    parameters: Vec<&'a str>,
    /// On one line, so that lines keep their numbers.
    body: String,
}

#[derive(Default)]
struct Definitions<'a> {
    macros: HashMap<&'a str, Macro<'a>>,
    values: HashMap<&'a str, &'a str>,
    /// The bytes that uses may still become.
    room: usize,
}

/// The text behind `@macro`.
fn macro_header(line: &str) -> Option<&str> {
    let line = line.trim_start();
    line.strip_prefix("@macro ").or_else(|| line.strip_prefix("@rmacro "))
}

fn set_value(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix("@set ")?.trim();
    Some(rest.split_once(char::is_whitespace).map_or((rest, ""), |(name, v)| (name, v.trim())))
}

impl<'a> Definitions<'a> {
    fn define(&mut self, header: &'a str, body: &[&str]) {
        let (name, rest) = header.split_once('{').unwrap_or((header, ""));
        let parameters = rest.split('}').next().unwrap_or_default().split(',').map(str::trim);
        let body = body.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
        if self.macros.len() < MAX_DEFINITIONS && body.len() <= MAX_BODY_BYTES {
            let parameters = parameters.filter(|name| !name.is_empty()).collect();
            self.macros.insert(name.trim(), Macro { parameters, body });
        }
    }

    fn expand(&mut self, line: &str, depth: usize, out: &mut String) {
        let mut rest = line;
        while let Some(at) = rest.find('@') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let length = rest[1..]
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')))
                .unwrap_or(rest.len() - 1);
            let name = &rest[1..=length];
            let after = &rest[1 + length..];
            // The line is the argument of a macro at its beginning.
            let is_whole_line = at == 0 && out.ends_with(['\n']) || out.is_empty();
            let argument = braced(after);
            let used = match argument {
                Some(argument) => self.used(name, argument),
                None if is_whole_line => self.used(name, after.trim()),
                None => None,
            };
            match used.filter(|text| depth < MAX_DEPTH && text.len() <= self.room) {
                Some(text) => {
                    self.room -= text.len();
                    self.expand(&text, depth + 1, out);
                    rest = match argument {
                        Some(argument) => &after[argument.len() + 2..],
                        None => "",
                    };
                }
                // An escaped sign is no command.
                None if length == 0 => {
                    let end = 1 + after.chars().next().map_or(0, char::len_utf8);
                    out.push_str(&rest[..end]);
                    rest = &rest[end..];
                }
                None => {
                    out.push_str(&rest[..=length]);
                    rest = after;
                }
            }
        }
        out.push_str(rest);
    }

    /// What a use stands for.
    fn used(&self, name: &str, argument: &str) -> Option<String> {
        if name == "value" {
            return self.values.get(argument.trim()).map(|value| (*value).to_owned());
        }
        let Macro { parameters, body } = self.macros.get(name)?;
        let arguments: Vec<&str> = match parameters.len() {
            0 | 1 => vec![argument.trim()],
            count => argument.splitn(count, ',').map(str::trim).collect(),
        };
        let mut out = String::new();
        let mut rest = body.as_str();
        while let Some((before, after)) = rest.split_once('\\') {
            out.push_str(before);
            let named = after.split_once('\\').and_then(|(parameter, behind)| {
                let at = parameters.iter().position(|own| *own == parameter)?;
                Some((arguments.get(at).copied().unwrap_or_default(), behind))
            });
            if let Some((argument, behind)) = named {
                out.push_str(argument);
                rest = behind;
            } else {
                out.push('\\');
                rest = after.strip_prefix('\\').unwrap_or(after);
            }
        }
        out.push_str(rest);
        Some(out)
    }
}

/// The text in the braces at the beginning of another.
fn braced(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('{')?;
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, c) in inner.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '@' => escaped = true,
            '{' => depth += 1,
            '}' if depth == 0 => return Some(&inner[..at]),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uses_become_what_they_stand_for() {
        let definitions = "@macro pump{}\nthe @emph{old}\npump\n@end macro\n\
            @rmacro part{name, size}\n\\name\\ (\\size\\ \\\\ mm)\n@end rmacro\n@macro tip{text}\nMind: \\text\\\n@end macro\n@set YEAR 1999\n";
        for (text, expected) in [
            ("See @pump{}.", "See the @emph{old} pump."),
            ("A @part{seal, 12} of @value{YEAR}", "A seal (12 \\ mm) of 1999"),
            ("@tip wet, cold floor", "Mind: wet, cold floor"),
            ("@part{@pump{}, 3}", "the @emph{old} pump (3 \\ mm)"),
            (
                "ann@@part{a}.example @code{x} @other{y} @",
                "ann@@part{a}.example @code{x} @other{y} @",
            ),
        ] {
            let whole = format!("{definitions}{text}\n");
            let found = expanded(&whole);
            assert_eq!(found.lines().last(), Some(expected));
            assert_eq!(found.lines().count(), whole.lines().count());
        }
    }

    #[test]
    fn macros_that_use_themselves_are_bounded() {
        let text =
            format!("@macro a{{}}\n{}\n@end macro\n{}", "@a{} ".repeat(100), "@a{}\n".repeat(500));
        assert!(expanded(&text).len() < 3 * MIN_ROOM);
    }
}
