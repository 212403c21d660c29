//! Rows of a help text: an option or a command, and its description on the same line.

use super::line::{HelpLine, split_at_gap};

/// An option or another term with what the same line says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row<'a> {
    /// `-o, --output FILE`; the name of a command.
    pub(super) term: &'a str,
    /// Empty when it follows on the next lines.
    pub(super) description: &'a str,
    /// The column of the description.
    pub(super) column: Option<usize>,
}

/// Signs that separate a term from its description where there is one blank only.
const SEPARATORS: [&str; 5] = [" : ", " - ", " -- ", " – ", " — "];
/// The most words of an option's arguments that are not marked as such: `-s start end`.
const MAX_ARGUMENT_WORDS: usize = 3;
/// The most spellings of an option that are separated by a blank only: `-h --help`.
const MAX_SPELLINGS: usize = 2;
/// The longest line with an option or a command, in bytes.
const MAX_ROW_BYTES: usize = 2000;
/// The most keys of a command, and the longest name of one, in characters.
const MAX_KEYS: usize = 6;
const MAX_KEY_CHARS: usize = 16;
/// The longest name of a command, in characters.
const MAX_TERM_CHARS: usize = 50;

/// Reads a row that begins with an option. `column` is where the descriptions of its neighbours
/// begin: long options leave but one blank before it.
pub(super) fn option_row<'a>(line: &'a HelpLine<'_>, column: Option<usize>) -> Option<Row<'a>> {
    let text = line.text();
    if text.len() > MAX_ROW_BYTES || !begins_with_option(text) {
        return None;
    }
    let row = |term: &'a str, description: &'a str| {
        let at = text.len() - description.len();
        let column = (!description.is_empty()).then(|| line.indent + text[..at].chars().count());
        Some(Row { term: term.trim_end(), description, column })
    };
    if let Some((term, description)) = split_option(text) {
        return row(term, description);
    }
    let aligned = column.and_then(|column| split_at_column(text, column.checked_sub(line.indent)?));
    let aligned = aligned.filter(|(term, text)| is_option_term(term) && is_description(text));
    if let Some((term, description)) = aligned {
        return row(term, description);
    }
    if is_option_term(text) {
        return row(text, "");
    }
    // `--cert <file name> Client certificate`.
    let (term, description) = split_behind_arguments(text).filter(|_| column.is_some())?;
    row(term, description)
}

/// Reads a row that begins with the name of a command or an argument. Its neighbours decide
/// whether it is one.
pub(super) fn term_row<'a>(line: &'a HelpLine<'_>) -> Option<Row<'a>> {
    let text = line.text();
    if text.len() > MAX_ROW_BYTES {
        return None;
    }
    let (term, description, is_aligned) = if let Some((term, mut description)) = split_at_gap(text)
    {
        // `k,    --sort   text`.
        while term.ends_with(',')
            && let Some((_, rest)) = split_at_gap(description)
        {
            description = rest;
        }
        (text[..text.len() - description.len()].trim_end(), description, true)
    } else {
        let (term, description) = text.split_once(" - ")?;
        (term, description.trim_start(), false)
    };
    let description = description.strip_prefix(": ").unwrap_or(description).trim_start();
    let most_words = if is_aligned { 2 } else { 1 };
    let is_term = term.chars().count() <= MAX_TERM_CHARS
        && (!term.ends_with(['.', ':', ';']) || term.ends_with("..."))
        && (term.contains(char::is_alphanumeric) || term == "...")
        && term.split(' ').filter(|word| is_plain_word(word)).count() <= most_words;
    // More columns are a list of names; a comment follows a command of an example.
    let is_list = split_at_gap(description)
        .is_some_and(|(cell, _)| !cell.contains([' ', '.']) || is_in_capitals(cell));
    let is_text = is_description(description) && !description.starts_with('#');
    if !is_term || !is_text || is_list {
        return None;
    }
    let at = text.len() - description.len();
    let column = is_aligned.then(|| line.indent + text[..at].chars().count());
    Some(Row { term, description, column })
}

/// The second option of a row of two columns: `-f  freshen   -u  update`.
pub(super) fn split_second(row: Row<'_>) -> (Row<'_>, Option<Row<'_>>) {
    let mut from = 0;
    while let Some(at) = row.description[from..].find("  -") {
        let (first, rest) = row.description.split_at(from + at);
        let second = rest.trim_start();
        if let Some((term, description)) = split_option(second)
            && begins_with_option(second)
        {
            let second = Row { term, description, column: None };
            return (Row { description: first.trim_end(), ..row }, Some(second));
        }
        from += at + 2;
    }
    (row, None)
}

/// Whether a text begins with `-o`, `--option`, `+x`, and not with a bullet, a rule or an arrow.
pub(super) fn begins_with_option(text: &str) -> bool {
    let name = text.strip_prefix("--").or_else(|| text.strip_prefix(['-', '+']));
    let Some(name) = name else { return false };
    match name.chars().next() {
        // `-` and `--` alone are options of many programs.
        None => text.starts_with('-'),
        Some(' ') => text.starts_with('-') && name.starts_with("  "),
        Some(first) => {
            (first.is_alphanumeric() || "?@#[<!^.%$_*".contains(first)) && !is_file_mode(text)
        }
    }
}

/// `-rw-r--r--`, as in a listing of files.
fn is_file_mode(text: &str) -> bool {
    let mode = text.as_bytes().get(1..10).unwrap_or_default();
    mode.len() == 9 && mode.iter().all(|b| b"rwxsStT-".contains(b))
}

/// Splits an option from its description at a gap or a sign.
fn split_option(text: &str) -> Option<(&str, &str)> {
    if let Some((_, mut description)) = split_at_gap(text) {
        // `-h,  --help   text` and `-o  <file>  text`.
        while let Some((more, rest)) = split_at_gap(description)
            && (begins_with_option(more) || more.starts_with(['<', '[', '=']))
            && is_option_term(more)
        {
            description = rest;
        }
        let term = text[..text.len() - description.len()].trim_end();
        let description = SEPARATORS
            .iter()
            .find_map(|sign| description.strip_prefix(sign.trim_start()))
            .unwrap_or(description);
        return (is_option_term(term) && is_description(description))
            .then_some((term, description));
    }
    let at_sign = |sign: &str| text.split_once(sign).filter(|(term, _)| is_option_term(term));
    if let Some((term, description)) = SEPARATORS.iter().find_map(|sign| at_sign(sign)) {
        return Some((term, description.trim_start()));
    }
    let (term, description) = text.split_once(": ")?;
    (!term.contains(' ') && is_option_term(term)).then_some((term, description.trim_start()))
}

/// Splits a text in front of a column, when a word begins there.
fn split_at_column(text: &str, column: usize) -> Option<(&str, &str)> {
    let (at, _) = text.char_indices().nth(column)?;
    let (term, description) = text.split_at(at);
    (term.ends_with(' ') && !description.starts_with(' ')).then_some((term.trim_end(), description))
}

/// Splits behind options and arguments in brackets or capitals.
fn split_behind_arguments(text: &str) -> Option<(&str, &str)> {
    let mut end = 0;
    let mut depth = 0_usize;
    for word in text.split_inclusive(' ') {
        let is_argument = depth > 0
            || begins_with_option(word)
            || word.starts_with(['<', '[', '{', '=', '|'])
            || is_in_capitals(word.trim_end());
        if !is_argument {
            break;
        }
        depth = (depth + word.matches(['<', '[', '{', '(']).count())
            .saturating_sub(word.matches(['>', ']', '}', ')']).count());
        end += word.len();
    }
    let (term, description) = text.split_at(end);
    let is_split = depth == 0
        && description.contains(' ')
        && description.starts_with(char::is_alphanumeric)
        && !continues_options(description)
        && is_option_term(term.trim_end());
    is_split.then_some((term.trim_end(), description))
}

/// Whether a text has words, and is no list of options.
fn is_description(text: &str) -> bool {
    let (mut words, mut options) = (0, 0);
    for word in text.split_whitespace() {
        words += 1;
        options += usize::from(begins_with_option(word));
    }
    text.contains(char::is_alphabetic)
        && options * 3 <= words
        && !is_in_capitals(text)
        && !continues_options(text)
}

/// Whether a text is the argument of an option and further options, as in a list of them:
/// `N -newer FILE`.
fn continues_options(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let name = first.split(['[', '<']).next().unwrap_or_default();
    let is_argument = name.contains(char::is_uppercase) && !name.contains(char::is_lowercase);
    is_argument && second.starts_with('-') && begins_with_option(second)
}

/// Reads a row whose term is a set of keys, `e  ^E  j  *`, in front of a column in which the
/// descriptions of many lines begin.
pub(super) fn key_row<'a>(line: &'a HelpLine<'_>, column: usize) -> Option<Row<'a>> {
    let text = line.text();
    let (at, _) = text.char_indices().nth(column.checked_sub(line.indent)?)?;
    let (before, description) = text.split_at(at);
    // A star says that a number may precede the keys.
    let before = before.trim_end();
    let term = before.strip_suffix(" *").unwrap_or(before).trim_end();
    let cells: Vec<&str> =
        term.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
    let is_keys = (1..=MAX_KEYS).contains(&cells.len())
        && cells.iter().all(|cell| cell.chars().count() <= MAX_KEY_CHARS);
    let is_text = description.starts_with(char::is_alphabetic) && description.contains(' ');
    (is_keys && is_text && text[..at].ends_with(' ')).then_some(Row {
        term,
        description,
        column: Some(column),
    })
}

/// Whether a text is made of options and their arguments, and is no sentence.
fn is_option_term(term: &str) -> bool {
    let words = term.split(' ').skip(1).filter(|word| is_plain_word(word)).count();
    let ends_sentence = words > 0 && term.ends_with(['.', ';']) && !term.ends_with("..");
    let is_option = |word: &&str| word.starts_with('-');
    // More of them without a comma are a list of names.
    let unparted =
        term.split([',', '|', '/']).map(|part| part.split(' ').filter(is_option).count());
    words <= MAX_ARGUMENT_WORDS && !ends_sentence && unparted.max().unwrap_or(0) <= MAX_SPELLINGS
}

/// Neither an option nor an argument that is marked as one.
fn is_plain_word(word: &str) -> bool {
    let is_marked = word.is_empty()
        || word.starts_with(['-', '+', '<', '[', '{', '(', '=', '|', '.', '$', '"', '\''])
        || word.ends_with(['>', ']', '}', ')', '|', '…'])
        || word.ends_with("...")
        || word.ends_with(',') && word.starts_with('-');
    !is_marked && !is_in_capitals(word)
}

/// `FILE`, `KEY=VALUE`.
fn is_in_capitals(word: &str) -> bool {
    word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase) && word.len() > 1
}
