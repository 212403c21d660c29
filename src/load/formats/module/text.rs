//! The strings of modules: quoted, templates, heredocs.

use super::syntax::ModuleSyntax;
use std::borrow::Cow;

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '@')
}

/// The string at the beginning of a text, and its length in the source. A quote without another on
/// its line is an apostrophe.
pub(super) fn read_string(source: &str, syntax: ModuleSyntax) -> Option<(Cow<'_, str>, usize)> {
    if let Some(rest) = source.strip_prefix("<<<") {
        return heredoc(rest).map(|(text, length)| (text, length + 3));
    }
    if syntax.is_program()
        && let Some(found) = triple_quoted(source)
    {
        return Some(found);
    }
    let quote = source.chars().next()?;
    let inner = &source[quote.len_utf8()..];
    let spans_lines = quote == '`' || syntax == ModuleSyntax::Php;
    let mut escaped = false;
    let mut end = None;
    for (at, c) in inner.char_indices() {
        if c == quote && !escaped {
            end = Some(at);
            break;
        }
        if c == '\n' && !spans_lines && !escaped {
            return None;
        }
        escaped = c == '\\' && !escaped;
    }
    let end = end?;
    let raw = &inner[..end];
    let length = end + 2 * quote.len_utf8();
    let text = match (quote, syntax) {
        _ if !raw.contains('\\') => Cow::Borrowed(raw),
        ('\'', ModuleSyntax::Php) => Cow::Owned(raw.replace("\\'", "'").replace("\\\\", "\\")),
        _ => Cow::Owned(unescaped(raw)),
    };
    // A template literal is indented like the code around it.
    let text = if quote == '`' && text.contains('\n') { dedented(&text).into() } else { text };
    Some((text, length))
}

/// The string between three quotes.
fn triple_quoted(source: &str) -> Option<(Cow<'_, str>, usize)> {
    let quotes = source.get(..3).filter(|quotes| matches!(*quotes, "\"\"\"" | "'''"))?;
    let end = source[3..].find(quotes)?;
    let raw = &source[3..3 + end];
    // An empty first line is dropped.
    let text = unescaped(raw.strip_prefix('\n').unwrap_or(raw));
    Some((dedented(&format!("\n{text}")).into(), end + 6))
}

/// A raw string after its prefix: `r"…"`, `r#"…"#`, `@"…"`.
pub(super) fn read_raw<'a>(prefix: &str, source: &'a str) -> Option<(Cow<'a, str>, usize)> {
    let is_verbatim = matches!(prefix, "@" | "$@" | "@$");
    if !is_verbatim && !matches!(prefix.to_lowercase().as_str(), "r" | "br" | "rb" | "fr" | "rf") {
        return None;
    }
    let hashes = source.len() - source.trim_start_matches('#').len();
    let quote = source[hashes..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inner = &source[hashes + 1..];
    if hashes == 0 && source.get(..3) == Some(&quote.to_string().repeat(3)) {
        return triple_quoted(source);
    }
    if is_verbatim {
        let mut from = 0;
        loop {
            let end = from + inner[from..].find(quote)?;
            if !inner[end + 1..].starts_with(quote) {
                return Some((inner[..end].replace("\"\"", "\"").into(), end + 2));
            }
            from = end + 2;
        }
    }
    let close = format!("{quote}{}", "#".repeat(hashes));
    let end = inner.find(&close)?;
    Some((Cow::Borrowed(&inner[..end]), hashes + 1 + end + close.len()))
}

/// `[[…]]` and `[==[…]==]` of Lua, with its length. A line break after the opening is dropped.
pub(super) fn long_bracket(source: &str) -> Option<(Cow<'_, str>, usize)> {
    let inner = source.strip_prefix('[')?;
    let level = inner.len() - inner.trim_start_matches('=').len();
    let body = inner[level..].strip_prefix('[')?;
    let close = format!("]{}]", "=".repeat(level));
    let end = body.find(&close)?;
    let text = body[..end].strip_prefix('\n').unwrap_or(&body[..end]);
    Some((Cow::Borrowed(text), 2 * close.len() + end))
}

/// `%q(…)`, `%Q{…}` and `%(…)` of Ruby, with its length.
pub(super) fn percent_string(source: &str) -> Option<(Cow<'_, str>, usize)> {
    let rest = source.strip_prefix('%')?;
    let rest = rest.strip_prefix(['q', 'Q']).unwrap_or(rest);
    delimited(rest).map(|(text, length)| (text, source.len() - rest.len() + length))
}

/// `~s(…)` and `~S"""…"""` of Elixir, with its length.
pub(super) fn sigil(source: &str) -> Option<(Cow<'_, str>, usize)> {
    let rest = source.strip_prefix("~s").or_else(|| source.strip_prefix("~S"))?;
    let read = triple_quoted(rest).or_else(|| delimited(rest));
    let read = read.or_else(|| read_string(rest, ModuleSyntax::Elixir));
    read.map(|(text, length)| (text, length + 2))
}

/// A text between brackets or bars, with its length.
pub(super) fn delimited(rest: &str) -> Option<(Cow<'_, str>, usize)> {
    let open = rest.chars().next()?;
    let close = match open {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '|' => '|',
        _ => return None,
    };
    let mut depth = 0_usize;
    for (at, c) in rest.char_indices().skip(1) {
        if c == close && depth == 0 {
            return Some((Cow::Borrowed(&rest[1..at]), at + 1));
        }
        depth = match c {
            _ if c == close => depth - 1,
            _ if c == open => depth + 1,
            _ => depth,
        };
    }
    None
}

/// The name of the heredoc of Ruby that begins a text, and the length of its opening: `<<~TEXT`,
/// `<<-'TEXT'`, `<<TEXT`.
pub(super) fn heredoc_name(source: &str) -> Option<(&str, usize)> {
    let rest = source.strip_prefix("<<")?;
    let rest = rest.strip_prefix(['~', '-']).unwrap_or(rest);
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let inner = &rest[quote.map_or(0, char::len_utf8)..];
    let name = &inner[..inner.find(|c: char| !is_word(c)).unwrap_or(inner.len())];
    let is_closed = quote.is_none_or(|quote| inner[name.len()..].starts_with(quote));
    let length = source.len() - inner.len() + name.len() + quote.map_or(0, char::len_utf8);
    (is_closed && name.starts_with(|c: char| c.is_ascii_uppercase())).then_some((name, length))
}

/// The text of a heredoc of Ruby up to the line with its name, and the length of both.
pub(super) fn heredoc_body<'a>(source: &'a str, name: &str) -> Option<(Cow<'a, str>, usize)> {
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        if line.trim() == name {
            let text = dedented(&format!("\n{}", &source[..at]));
            return Some((text.into(), at + line.len()));
        }
        at += line.len();
    }
    None
}

fn unescaped(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r' | '\n') | None => {}
            Some(kind @ ('u' | 'x')) => {
                let (code, length) = code_point(chars.as_str(), kind);
                match code {
                    Some(code) => out.push(code),
                    None => out.push(kind),
                }
                if code.is_some() {
                    chars = chars.as_str()[length..].chars();
                }
            }
            Some(other) => out.push(other),
        }
    }
    out
}

/// The character of `\u00e9`, `\u{1f4a1}`, `\xe9` after its first letter, with the length of its code.
fn code_point(text: &str, kind: char) -> (Option<char>, usize) {
    let fixed = if kind == 'u' { 4 } else { 2 };
    let (digits, length) = match text.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        Some((digits, _)) => (digits, digits.len() + 2),
        None => (text.get(..fixed).unwrap_or_default(), fixed),
    };
    let high = u32::from_str_radix(digits, 16).ok();
    // A surrogate pair.
    let low = text.get(length..).and_then(|rest| rest.strip_prefix("\\u")?.get(..4));
    let low = low.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    match (high, low) {
        (Some(high @ 0xD800..0xDC00), Some(low @ 0xDC00..0xE000)) => {
            (char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)), length + 6)
        }
        _ => (high.and_then(char::from_u32), length),
    }
}

/// `<<<EOT … EOT`, from the name on.
fn heredoc(rest: &str) -> Option<(Cow<'_, str>, usize)> {
    let (first, body) = rest.split_once('\n')?;
    let name = first.trim().trim_matches(['"', '\'']);
    if name.is_empty() {
        return None;
    }
    let mut at = first.len() + 1;
    for line in body.split_inclusive('\n') {
        if line.trim_start().strip_prefix(name).is_some_and(|after| !after.starts_with(is_word)) {
            let text = &rest[first.len() + 1..at];
            let length = at + line.len() - line.trim_start().len() + name.len();
            return Some((dedented(text).into(), length));
        }
        at += line.len();
    }
    None
}

/// Removes the indentation common to all lines but the first.
fn dedented(text: &str) -> String {
    let filled = text.lines().skip(1).filter(|line| !line.trim().is_empty());
    let indent = filled.map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    let line = |(number, line): (usize, &str)| match number {
        0 => line.trim_start().to_owned(),
        _ => line.get(indent..).unwrap_or_else(|| line.trim_start()).to_owned(),
    };
    text.lines().enumerate().map(line).collect::<Vec<_>>().join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_what_they_stand_for() {
        for (source, syntax, expected) in [
            (r#""a \"b\" \u00e9\n" x"#, ModuleSyntax::Script, "a \"b\" é\n"),
            (r"'it\'s \ud83c\udf75'", ModuleSyntax::Script, "it's 🍵"),
            ("`a\n    b\n      c`", ModuleSyntax::Script, "a\nb\n  c"),
            (r"'it\'s \n'", ModuleSyntax::Php, "it's \\n"),
            ("<<<EOT\n  a\n  b\n  EOT;", ModuleSyntax::Php, "a\nb"),
        ] {
            assert_eq!(
                read_string(source, syntax).map(|(text, _)| text).as_deref(),
                Some(expected)
            );
        }
        assert_eq!(read_string("'t is\n'", ModuleSyntax::Script), None);
    }
}
