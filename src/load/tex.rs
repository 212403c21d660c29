//! What Texinfo and LaTeX share: commands with arguments in braces, environments between lines.

use crate::load::document::{Block, Content};
use crate::load::inline::{Style, within};
use crate::markup::source::{code_span, escape_text, link};
use unicode_normalization::UnicodeNormalization as _;

/// The meaning of a command within a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TexCommand {
    /// Its argument in this style.
    Styled(Style),
    /// Its arguments are address and label, in this order.
    Link,
    /// Its text stands between two equal signs, as in `\verb|x|`, or in braces.
    Verbatim,
    /// This style holds up to the end of the group, as in `{\bf x}`.
    Switch(Style),
    /// The last of so many arguments is shown.
    LastOf(usize),
    /// Its argument is not shown.
    Hidden,
    /// A footnote: its argument follows in parentheses.
    Note,
    /// Replaced by this text.
    Text(&'static str),
}

/// The commands of a language.
pub(crate) struct TexLanguage {
    /// `@` or `\`.
    pub(crate) sign: char,
    pub(crate) command: fn(&str) -> Option<TexCommand>,
    /// Sequences that are written for other characters: quotes and dashes.
    pub(crate) ligatures: &'static [(&'static str, &'static str)],
}

/// An argument longer than this is not closed.
const MAX_ARGUMENT_BYTES: usize = 4_000;
/// Nesting depth of commands.
const MAX_DEPTH: usize = 12;

impl TexLanguage {
    /// A text as Markdown.
    pub(crate) fn to_markdown(&self, text: &str) -> String {
        self.converted(text, 0).trim().to_owned()
    }

    fn converted(&self, text: &str, depth: usize) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(|c| c == self.sign || "{}$".contains(c)) {
            self.push(&mut out, &rest[..at]);
            rest = &rest[at..];
            let length = if rest.starts_with(self.sign) {
                let (markdown, length) = self.command_at(rest, depth);
                let is_apart = out.is_empty() || out.ends_with(char::is_whitespace);
                let note =
                    markdown.strip_prefix(' ').filter(|note| is_apart && note.starts_with('('));
                out.push_str(note.unwrap_or(&markdown));
                length
            } else if rest.starts_with('$') && self.sign == '\\' {
                let inner = within(&rest[1..], MAX_ARGUMENT_BYTES);
                let end = inner[usize::from(inner.starts_with('$'))..].find('$').map_or(0, |end| {
                    let double = usize::from(inner.starts_with('$'));
                    1 + double + end + 1 + double
                });
                out.push_str(rest.get(..end.max(1)).unwrap_or("$"));
                end.clamp(1, rest.len())
            } else if let Some((style, styled, length)) =
                self.styled_group(rest).filter(|_| depth < MAX_DEPTH)
            {
                out.push_str(&match style {
                    Style::Code => code_span(self.plain(styled).trim()),
                    _ => style.apply(self.converted(styled, depth + 1).trim()),
                });
                length
            } else {
                if rest.starts_with('$') {
                    out.push('$');
                }
                1
            };
            rest = rest.get(length..).unwrap_or("");
        }
        self.push(&mut out, rest);
        out
    }

    /// The style that a group in braces begins with, the text in this style, and the length of the
    /// group with its braces.
    fn styled_group<'t>(&self, text: &'t str) -> Option<(Style, &'t str, usize)> {
        let name = text.strip_prefix('{')?.strip_prefix(self.sign)?;
        let end = name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len());
        let Some(TexCommand::Switch(style)) = (self.command)(&name[..end]) else { return None };
        let group = braced(text)?;
        Some((style, &group[self.sign.len_utf8() + end..], group.len() + 2))
    }

    fn push(&self, out: &mut String, text: &str) {
        let mut text = text.replace('~', if self.sign == '\\' { " " } else { "~" });
        for (from, to) in self.ligatures {
            text = text.replace(from, to);
        }
        out.push_str(&escape_text(&text));
    }

    /// The Markdown for the command at the beginning of a text, and its length.
    fn command_at(&self, text: &str, depth: usize) -> (String, usize) {
        let rest = &text[self.sign.len_utf8()..];
        let name = &rest[..rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len())];
        if name.is_empty() {
            return self.sign_at(rest);
        }
        let mut length = self.sign.len_utf8() + name.len();
        let command = (self.command)(name);
        if command == Some(TexCommand::Verbatim) {
            let rest = &text[length..];
            let options = rest.strip_prefix('[').and_then(|t| within(t, 300).find(']'));
            let options = options.map_or(0, |end| end + 2);
            if let Some((code, own)) = delimited(&rest[options..]) {
                return (code_span(code), length + options + own);
            }
        }
        let most = match command {
            Some(TexCommand::Link) if self.sign == '\\' => 2,
            Some(TexCommand::LastOf(count)) => count,
            Some(TexCommand::Switch(_)) => 0,
            _ => 1,
        };
        let mut arguments = Vec::new();
        while arguments.len() < most {
            let optional = text[length..].strip_prefix('[').and_then(|t| within(t, 300).find(']'));
            if let Some(end) = optional {
                length += end + 2;
            } else if let Some(argument) = braced(&text[length..]) {
                length += argument.len() + 2;
                arguments.push(argument);
            } else {
                break;
            }
        }
        let argument = arguments.first().copied().unwrap_or_default();
        let inner = |text: &str| {
            if depth < MAX_DEPTH { self.converted(text, depth + 1) } else { String::new() }
        };
        let markdown = match command {
            Some(TexCommand::Styled(Style::Code) | TexCommand::Verbatim) => {
                code_span(&self.plain(argument))
            }
            Some(TexCommand::Styled(style)) => style.apply(&inner(argument)),
            Some(TexCommand::Link) => {
                let (url, label) = match arguments[..] {
                    [url, label] => (url, label),
                    _ => argument.split_once(',').unwrap_or((argument, "")),
                };
                link(&inner(label.trim()), &self.plain(url.trim()))
            }
            Some(TexCommand::Hidden | TexCommand::Switch(_)) => String::new(),
            Some(TexCommand::Note) => format!(" ({})", inner(argument).trim()),
            Some(TexCommand::LastOf(_)) => inner(arguments.last().copied().unwrap_or_default()),
            Some(TexCommand::Text(text)) => text.to_owned(),
            // A user-defined macro, mostly for a name: `@AUCTeX{}`.
            None if self.sign == '@' && arguments.first() == Some(&"") => name.to_owned(),
            None => inner(argument),
        };
        (markdown, length)
    }

    /// The sign after the command character: an escape, a line break, or an accent on the next
    /// letter.
    fn sign_at(&self, rest: &str) -> (String, usize) {
        let before = self.sign.len_utf8();
        let Some(sign) = rest.chars().next() else { return (String::new(), before) };
        let length = before + sign.len_utf8();
        let is_break = sign == '*' && self.sign == '@' || sign == '\\' && self.sign == '\\';
        if is_break {
            return ("\\\n".to_owned(), length);
        }
        if let Some(accent) = accent(sign) {
            let after = &rest[sign.len_utf8()..];
            let is_braced = after.starts_with('{');
            let letter = after[usize::from(is_braced)..].chars().next();
            let Some(letter) = letter.filter(|c| c.is_alphabetic()) else {
                return (String::new(), length);
            };
            let accented = [letter, accent].into_iter().nfc().collect();
            return (accented, length + letter.len_utf8() + 2 * usize::from(is_braced));
        }
        let shown = match sign {
            ',' | '/' | '-' | ':' | '!' | ';' => String::new(),
            c if c.is_whitespace() => " ".to_owned(),
            c => escape_text(c.encode_utf8(&mut [0; 4])).into_owned(),
        };
        (shown, length)
    }

    /// A text without its commands, for code and addresses.
    pub(crate) fn plain(&self, text: &str) -> String {
        let mut out = String::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if c == self.sign {
                match chars.peek() {
                    Some(next) if !next.is_ascii_alphabetic() => out.extend(chars.next()),
                    _ => {
                        let mut name = String::new();
                        while let Some(next) = chars.next_if(char::is_ascii_alphabetic) {
                            name.push(next);
                        }
                        match (self.command)(&name) {
                            Some(TexCommand::Text(text)) => out.push_str(text),
                            Some(_) => {}
                            None => {
                                out.push(self.sign);
                                out.push_str(&name);
                            }
                        }
                    }
                }
            } else if !matches!(c, '{' | '}') {
                out.push(c);
            }
        }
        out
    }
}

/// The combining character for an accent command.
fn accent(sign: char) -> Option<char> {
    Some(match sign {
        '\'' => '\u{301}',
        '`' => '\u{300}',
        '^' => '\u{302}',
        '"' => '\u{308}',
        '~' => '\u{303}',
        '=' => '\u{304}',
        _ => return None,
    })
}

/// The content of `{...}` at the beginning of a text.
pub(crate) fn braced(text: &str) -> Option<&str> {
    let inner = within(text.strip_prefix('{')?, MAX_ARGUMENT_BYTES);
    let mut depth = 0;
    let mut escaped = false;
    for (at, c) in inner.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' | '@' => escaped = true,
            '{' => depth += 1,
            '}' if depth == 0 => return Some(&inner[..at]),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The text between two equal signs at the beginning of a line, as after `\verb`, and its length
/// with both signs.
pub(crate) fn delimited(text: &str) -> Option<(&str, usize)> {
    let starred = text.strip_prefix('*').unwrap_or(text);
    let sign = starred.chars().next()?;
    if sign.is_alphanumeric() || sign.is_whitespace() || matches!(sign, '{' | '[') {
        return None;
    }
    let inner = &starred[sign.len_utf8()..];
    let line = within(inner, MAX_ARGUMENT_BYTES).split('\n').next()?;
    let end = line.find(sign)?;
    let length = text.len() - inner.len() + end + sign.len_utf8();
    Some((&inner[..end], length))
}

/// Inserts the text after an item's command at `line` before the blocks below it; a paragraph on
/// the next line continues it.
pub(crate) fn put_first(text: String, line: u32, body: &mut Vec<Block>) {
    match body.first_mut() {
        _ if text.is_empty() => {}
        Some(Block { line: below, content: Content::Paragraph(rest) }) if *below == line + 1 => {
            *rest = format!("{text}\n{rest}");
            *below = line;
        }
        _ => body.insert(0, Block::new(line, Content::Paragraph(text))),
    }
}
