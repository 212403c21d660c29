//! Names of speakers in lines of a conversation.

use crate::load::keys::Keys;
use crate::load::labels::label;

/// A longer text is not a name, in bytes.
pub(super) const MAX_NAME_BYTES: usize = 30;
/// The most words of a name.
const MAX_NAME_WORDS: usize = 3;
/// A longer text after a name is not a time, in bytes.
const MAX_TIME_BYTES: usize = 40;

/// Author and text of a message without a time.
pub(super) fn named(line: &str) -> Option<(&str, &str)> {
    let bare = line.trim_start_matches('\u{feff}');
    let bracketed = || bare.strip_prefix('<')?.split_once("> ");
    // `[x]` is a mark of a task, `[1-2]` the number of a question.
    let is_nick =
        |(name, _): &(&str, &str)| name.len() > 1 && name.starts_with(char::is_alphabetic);
    let boxed = || bare.strip_prefix('[')?.split_once("] ").filter(is_nick);
    let (name, text) = bracketed().or_else(boxed).or_else(|| bare.split_once(": "))?;
    (is_name(name) && !text.contains("</")).then_some((name, text.trim()))
}

/// A name on a line of its own.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NameLine<'a> {
    pub(super) name: &'a str,
    /// A colon, a time, bold or heading marks tell it from a short paragraph.
    pub(super) is_marked: bool,
}

/// The name that is all of a line, possibly with a time: `Ann`, `**Ann:**`, `Ann Ek  10:02`.
pub(super) fn name_line(line: &str) -> Option<NameLine<'_>> {
    let bare = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let inner = bare.trim_matches(['#', '*', '_', ' ', ':', '：']);
    let begins_time =
        |c: char| c.is_ascii_digit() || matches!(c, '[' | '(' | '—' | '–' | '•' | '|');
    let name = match inner.find(begins_time) {
        Some(at) if is_time(&inner[at..]) => inner[..at].trim_end_matches([' ', ',', '\t']),
        _ => inner,
    };
    let is_marked = name.len() < bare.len();
    let begins = |c: char| c.is_alphabetic() && (is_marked || !c.is_lowercase());
    let is_alone = is_name(name) && name.starts_with(begins) && !name.ends_with('.');
    (is_alone && !is_field(name)).then_some(NameLine { name, is_marked })
}

fn is_time(text: &str) -> bool {
    text.len() <= MAX_TIME_BYTES
        && text
            .as_bytes()
            .windows(3)
            .any(|three| three[0].is_ascii_digit() && three[1] == b':' && three[2].is_ascii_digit())
}

fn is_name(name: &str) -> bool {
    name.len() <= MAX_NAME_BYTES
        && name.starts_with(char::is_alphanumeric)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_' | '\''))
        && name.split(' ').count() <= MAX_NAME_WORDS
}

/// Whether a name is that of a field: `Q`, `Answer`, `Title`.
pub(super) fn is_field(name: &str) -> bool {
    label(&name.to_lowercase()).is_some() || Keys::asks(name) || Keys::answers(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_alone_on_their_lines() {
        for (line, name, is_marked) in [
            ("Ann Ek", "Ann Ek", false),
            ("ANN", "ANN", false),
            ("Ann:", "Ann", true),
            ("**Ann:**", "Ann", true),
            ("### Ann", "Ann", true),
            ("ann_ek  10:02", "ann_ek", true),
            ("Ann Ek [10:02 AM]", "Ann Ek", true),
            ("Ann — Today at 10:02", "Ann", true),
        ] {
            assert_eq!(name_line(line), Some(NameLine { name, is_marked }), "{line}");
        }
        for line in ["Is it?", "It is hot.", "hot", "Answer:", "10:02", "One two three four"] {
            assert_eq!(name_line(line), None, "{line}");
        }
    }
}
