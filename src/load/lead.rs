//! Numbers and marks such as `Q:` before a title, and `A:` before an answer.

use super::labels::{Label, label, word_end};
use super::question_detect::ends_as_question;

/// The number and mark before a title.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Lead {
    /// `Q:`, `Question 3:` and the like.
    pub(crate) marked: bool,
    /// The number of parts of its number, 0 without one.
    pub(crate) number: u8,
    /// The first of these parts.
    pub(crate) first: u16,
}

/// Letters that mean "question" before a colon.
const QUESTION_LETTERS: &[&str] = &["p", "в", "f"];
/// Splits number and mark off a title.
pub(crate) fn split_lead(title: &str) -> (Lead, &str) {
    let mut lead = Lead::default();
    let mut rest = title.trim_start();
    loop {
        let before = rest;
        rest = rest.trim_start_matches(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '>' | '»'
                        | '•'
                        | '▸'
                        | '►'
                        | '→'
                        | '➤'
                        | '❓'
                        | '❔'
                        | '·'
                        | '▾'
                        | '▼'
                        | '▶'
                        | '▹'
                        | '▿'
                        | '🙋'
                        | '🤔'
                        | '➕'
                        | '➖'
                )
        });
        rest = without_emoji(rest);
        // The icon that opens a folded answer.
        if let Some(asked) = rest.strip_prefix("+ ").filter(|asked| ends_as_question(asked)) {
            rest = asked;
        }
        if let Some(after) = after_subject(rest) {
            lead.marked = true;
            rest = after;
        } else if let Some(after) = after_mark(rest, Label::Question, QUESTION_LETTERS) {
            lead.marked = true;
            rest = after;
        } else if let (0, Some((parts, after))) = (lead.number, number(rest)) {
            lead.number = parts;
            let digits = rest.trim_start_matches(|c: char| !c.is_ascii_digit());
            let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
            lead.first = digits[..end].parse().unwrap_or(0);
            rest = after;
        }
        if rest == before {
            return (lead, rest);
        }
    }
}

/// The rest of `Subject:`, with which questions in newsgroup digests begin: a number, or words that
/// ask.
fn after_subject(title: &str) -> Option<&str> {
    let rest = title.strip_prefix("Subject:")?.trim_start();
    (number(rest).is_some() || ends_as_question(rest)).then_some(rest)
}

/// Without a leading `:name:`, an emoji on web sites.
fn without_emoji(title: &str) -> &str {
    let named = title.strip_prefix(':').and_then(|rest| rest.split_once(": "));
    let is_name = |name: &str| {
        let mut chars = name.chars();
        name.len() > 1 && chars.all(|c| c.is_ascii_lowercase() || matches!(c, '_' | '-' | '+'))
    };
    named.filter(|(name, _)| is_name(name)).map_or(title, |(_, rest)| rest)
}

/// The rest of a text that begins with `A:` and the like.
pub(crate) fn after_answer_mark(text: &str) -> Option<&str> {
    let bare = text.trim_start();
    if let Some(after) = ["💡 ", "💬 ", "🅰 ", "🅰️ "].iter().find_map(|sign| bare.strip_prefix(sign))
    {
        return Some(after_answer_mark(after).unwrap_or(after));
    }
    if is_label_alone(bare) {
        return Some("");
    }
    let plain = bare.trim_start_matches(['*', '_']);
    let stars = &bare[..bare.len() - plain.len()];
    let after = after_mark(plain, Label::Answer, &[])?;
    Some(if stars.is_empty() {
        after
    } else {
        // `**A:** text` and `**A**: text` end their emphasis around the colon; `**A: text**` later.
        after.strip_prefix(stars).unwrap_or(after).trim_start()
    })
}

/// Whether a line is only a word for "answer" in bold.
fn is_label_alone(line: &str) -> bool {
    let inner = line.trim_end().strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
    let word = inner.map(|inner| inner.trim().trim_end_matches(':'));
    word.is_some_and(|word| word.chars().nth(1).is_some() && label(word) == Some(Label::Answer))
}

/// Whether the lines of an answer begin with options, `A. one` and `B. two`, the first of which
/// looks like an answer mark.
pub(crate) fn opens_options(lines: &[&str]) -> bool {
    let label = |line: &str| {
        let mut signs = line.trim_start().trim_start_matches(['*', '_', '(']).chars();
        let letter = signs.next()?.to_ascii_uppercase();
        matches!(signs.next(), Some('.' | ')' | ':')).then_some(letter)
    };
    let mut labels = lines.iter().filter_map(|line| label(line));
    lines.first().is_some_and(|line| label(line) == Some('A'))
        && labels.nth(1).is_some_and(|second| second == 'B')
}

/// `word[ number][emphasis]sign`; the sign is a colon, or for the short words a period, bracket or
/// dash.
fn after_mark<'a>(text: &'a str, wanted: Label, letters: &[&str]) -> Option<&'a str> {
    let end = word_end(text);
    if end == 0 || !may_end_mark(&text[end..]) {
        return None;
    }
    let word = text[..end].to_lowercase();
    let is_word = label(&word) == Some(wanted);
    if !is_word && !letters.contains(&word.as_str()) {
        return None;
    }
    let mut rest = text[end..].trim_start_matches([' ', '#', '-']);
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let numbered = digits.len() < rest.len();
    let dotted = numbered && rest[..rest.len() - digits.len()].ends_with('.');
    rest = digits.trim_start_matches(['*', '_']);
    let short = word.chars().count() == 1;
    let sign = rest.chars().next()?;
    let ends = match sign {
        ':' | '：' => true,
        '.' | ')' | '）' => short && is_word && word != "a" || numbered && is_word,
        '、' | '】' | ']' => is_word && !word.is_ascii(),
        _ => false,
    };
    // "A." begins too many sentences to count without emphasis.
    let emphasised = digits.len() > rest.len();
    if ends || emphasised && sign == '.' && is_word {
        return Some(rest[sign.len_utf8()..].trim_start());
    }
    (dotted && is_word).then(|| rest.trim_start())
}

/// Whether the text after a word can continue a mark: a number, emphasis or a sign.
fn may_end_mark(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '#', '-']);
    rest.starts_with(|c: char| {
        c.is_ascii_digit()
            || matches!(c, ':' | '：' | '.' | '*' | '_' | ')' | '）' | '、' | '】' | ']')
    })
}

/// `1.`, `1.2.`, `1.2 `, `(3)`, `4)`, `[5]`, `6、`: the number of parts, and the rest.
fn number(text: &str) -> Option<(u8, &str)> {
    // `G4.`: some digests number chapters by letters.
    let lettered = text.starts_with(|c: char| c.is_ascii_uppercase())
        && text[1..].starts_with(|c: char| c.is_ascii_digit());
    let text = if lettered { &text[1..] } else { text };
    let open = text.chars().next().filter(|c| matches!(c, '(' | '[' | '（' | '【'));
    let inner = &text[open.map_or(0, char::len_utf8)..];
    // `[1-2]` has two parts.
    let joins = |c: char| c == '.' || c == '-' && open == Some('[');
    let end = inner.find(|c: char| !c.is_ascii_digit() && !joins(c)).unwrap_or(inner.len());
    let digits = &inner[..end];
    let parts: Vec<&str> = digits.split(['.', '-']).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() || parts.len() > 6 || parts.iter().any(|part| part.len() > 4) {
        return None;
    }
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let rest = &inner[end..];
    let next = rest.chars().next();
    let dotted = digits.ends_with('.');
    let ended = match (open, next) {
        (Some(_), Some(c @ (')' | ']' | '）' | '】'))) => Some(&rest[c.len_utf8()..]),
        (None, Some(c @ (')' | '、' | '）' | '．' | ':'))) if !dotted => {
            Some(&rest[c.len_utf8()..])
        }
        (None, Some(c)) if c.is_whitespace() && (dotted || parts.len() > 1) => Some(rest),
        (None, Some(c)) if dotted && !c.is_ascii() => Some(rest),
        (None, Some('*' | '_')) if dotted => Some(rest),
        _ => None,
    }?;
    let ended = ended.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–'));
    (!ended.is_empty()).then_some((parts.len() as u8, ended))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_are_split_off() {
        for (text, marked, number, rest) in [
            ("Q: Why?", true, 0, "Why?"),
            ("Q1. Why?", true, 0, "Why?"),
            ("Question 12: Why?", true, 0, "Why?"),
            ("1.2. Why?", false, 2, "Why?"),
            ("4.12 and so", false, 2, "and so"),
            ("(3) Why?", false, 1, "Why?"),
            (">> Why?", false, 0, "Why?"),
            ("12) Q: Why?", true, 1, "Why?"),
            ("2024 was good", false, 0, "2024 was good"),
            ("3 things", false, 0, "3 things"),
            ("问：为什么", true, 0, "为什么"),
            ("P: ¿Por qué?", true, 0, "¿Por qué?"),
            ("Quite so: yes", false, 0, "Quite so: yes"),
        ] {
            let (lead, after) = split_lead(text);
            assert_eq!((lead.marked, lead.number, after), (marked, number, rest), "{text}");
        }
        assert_eq!(after_answer_mark("**A:** Yes"), Some("Yes"));
        assert_eq!(after_answer_mark("**A**. Yes"), Some("Yes"));
        assert_eq!(after_answer_mark("A: Yes"), Some("Yes"));
        assert_eq!(after_answer_mark("A good one"), None);
        assert_eq!(after_answer_mark("Another: x"), None);
    }
}
