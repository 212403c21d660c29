//! Word lists: a word or a phrase in each line, a sign, and its meaning.

use super::drawing::formatted;
use crate::collection::{Entry, Place};
use crate::load::labels::label;
use crate::load::question_detect::ends_as_question;
use std::collections::HashSet;
use std::sync::Arc;

/// Signs between a word and its meaning; a list uses one of them throughout.
const SIGNS: [&str; 7] = [" - ", " – ", " — ", " = ", " :: ", COLON, "："];
/// Also follows the name of a setting, and what precedes a sentence.
const COLON: &str = ": ";
/// The most words before a colon.
const MAX_WORDS_BEFORE_COLON: usize = 6;
/// A shorter list may be anything.
const MIN_WORDS: usize = 4;
/// The longest word or phrase, in characters.
const MAX_WORD_CHARS: usize = 60;
/// The longest heading of a group of words, in characters.
const MAX_HEADING_CHARS: usize = 40;

/// The entries of a word list; empty for any other text.
pub(super) fn entries(lines: &[&str], source: &Arc<str>) -> Vec<Entry> {
    let first: Vec<&&str> = lines.iter().filter(|line| !line.trim().is_empty()).take(2).collect();
    let is_used = |sign: &&&str| first.iter().any(|line| line.contains(**sign));
    let lists = SIGNS.iter().filter(is_used).map(|sign| WordList { sign, source });
    lists.into_iter().find_map(|list| list.read(lines)).unwrap_or_default()
}

struct WordList<'a> {
    sign: &'static str,
    source: &'a Arc<str>,
}

impl WordList<'_> {
    /// `None` as soon as a line does not belong to a word list.
    fn read(&self, lines: &[&str]) -> Option<Vec<Entry>> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut headings: Vec<String> = Vec::new();
        let (mut groups, mut numbers) = (0, 0);
        let mut after_blank = true;
        for (line, number) in lines.iter().zip(1..) {
            let text = without_number(line.trim());
            let is_below = line.starts_with([' ', '\t']) && !after_blank;
            if text.is_empty() {
                after_blank = true;
                continue;
            }
            if let Some((word, meaning)) = self.split(text).filter(|_| !is_below) {
                numbers += usize::from(word.starts_with(|c: char| c.is_ascii_digit()));
                entries.push(Entry {
                    question: word.to_owned(),
                    answer: meaning.to_owned(),
                    tags: headings.clone(),
                    place: Place { source: Arc::clone(self.source), line: number },
                    ..Entry::default()
                });
            } else if let Some(last) = entries.last_mut().filter(|_| is_below) {
                last.answer.push('\n');
                last.answer.push_str(text);
            } else if after_blank
                && text.chars().count() <= MAX_HEADING_CHARS
                && !ends_as_question(text)
            {
                groups += 1;
                let title = text.trim_start_matches(['#', ' ']).trim_end_matches(':');
                headings = vec![title.to_owned()];
            } else {
                return None;
            }
            after_blank = false;
        }
        for entry in &mut entries {
            (entry.answer, entry.format) = formatted(std::mem::take(&mut entry.answer));
        }
        // Dates and numbers at the left are a log.
        let is_list = entries.len() >= MIN_WORDS
            && groups * 2 <= entries.len()
            && numbers * 2 < entries.len()
            && !(self.is_colon() && is_record_or_settings(&entries));
        is_list.then_some(entries)
    }

    /// A word with its meaning; no item, heading or sentence.
    fn split<'t>(&self, line: &'t str) -> Option<(&'t str, &'t str)> {
        let (word, meaning) = line.split_once(self.sign)?;
        let (word, meaning) = (word.trim(), meaning.trim());
        let is_word = word
            .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '(' | '¿' | '¡'))
            && word.chars().count() <= MAX_WORD_CHARS
            && !word.ends_with(['.', ';'])
            && !ends_as_question(word)
            && !(self.is_colon() && word.split(' ').count() > MAX_WORDS_BEFORE_COLON);
        (is_word && !meaning.is_empty()).then_some((word, meaning))
    }

    fn is_colon(&self) -> bool {
        matches!(self.sign, COLON | "：")
    }
}

/// A line without the number of an item: `1. saw: Säge`.
fn without_number(line: &str) -> &str {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let item = rest.strip_prefix(['.', ')']).filter(|_| rest.len() < line.len());
    item.and_then(|item| item.strip_prefix(' ')).map_or(line, str::trim_start)
}

/// Whether lines with colons are fields of records or turns of a conversation, which repeat their
/// names; a question with its fields; or settings.
fn is_record_or_settings(entries: &[Entry]) -> bool {
    let mut names = HashSet::new();
    let repeats = entries.iter().any(|entry| !names.insert(entry.question.as_str()));
    let asks = entries.iter().any(|e| label(&e.question).is_some() && ends_as_question(&e.answer));
    let is_value = |entry: &&Entry| {
        let text = entry.answer.as_str();
        matches!(text, "true" | "false" | "yes" | "no" | "null" | "|" | ">")
            || !text.contains(char::is_alphabetic)
            || text.starts_with(['/', '{', '['])
            || text.contains("://")
    };
    repeats || asks || entries.iter().filter(is_value).count() * 4 > entries.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String, String)> {
        let lines: Vec<&str> = text.lines().collect();
        let entries = entries(&lines, &"words.txt".into());
        entries.into_iter().map(|e| (e.question, e.answer, e.tags.join("/"))).collect()
    }

    #[test]
    fn words_with_meanings_in_groups() {
        for sign in SIGNS {
            let text = format!(
                "Tools\n\nthe saw{sign}die Säge\nthe file (noun){sign}die Feile\n    also: der Ordner\n\nPlants:\n\noak{sign}Eiche - a tree\nelm{sign}Ulme\n"
            );
            let expected = [
                ("the saw", "die Säge", "Tools"),
                ("the file (noun)", "die Feile\nalso: der Ordner", "Tools"),
                ("oak", "Eiche - a tree", "Plants"),
                ("elm", "Ulme", "Plants"),
            ];
            let expected = expected.map(|(q, a, t)| (q.to_owned(), a.to_owned(), t.to_owned()));
            assert_eq!(read(&text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_and_signs_of_headings_are_left_out() {
        let text = "# Tools\n\n1. saw: Säge\n2. file: Feile\n3) spade: Spaten\n10. rake: Harke\n";
        let found = read(text);
        assert_eq!(found[3], ("rake".to_owned(), "Harke".to_owned(), "Tools".to_owned()));
    }

    #[test]
    fn the_first_colon_ends_the_word() {
        let text = "水：water\n火：fire\n木：tree\n金：gold: a metal\n";
        assert_eq!(read(text)[3].1, "gold: a metal");
        let text =
            "to put off: to do later: tomorrow - perhaps\noak: a tree\nelm: a tree\nash: a tree\n";
        assert_eq!(read(text)[0].1, "to do later: tomorrow - perhaps");
        assert_eq!(read(text).len(), 4);
    }

    #[test]
    fn other_lines_are_no_word_list() {
        for text in [
            "saw - Säge\nfile - Feile\n",
            "2020 - a year\n2021 - a year\n2022 - a year\n2023 - a year\n",
            "saw - Säge\nfile - Feile\noak - Eiche\nelm - Ulme\nThen there was a line of prose.\n",
            "What - where?\nsaw - Säge\nWhy? - so\noak - Eiche\nelm - Ulme\n",
            "- saw - Säge\n- file - Feile\n- oak - Eiche\n- elm - Ulme\n",
            "name: shed\nsize: 12\nopen: true\npath: /srv/shed\nowner: Ida\n",
            "Tool: saw\nUse: to cut\nTool: file\nUse: to smooth\n",
            "title: Tools\nquestion: What cuts?\nanswer: A saw.\ntags: tools\n",
            "faq:\n  - q: What cuts?\n    a: A saw.\n  - q: What digs?\n    a: A spade.\n",
            "The rule of the shed is very simple indeed: close it.\na: b\nc: d\ne: f\n",
            "One\n\nsaw - Säge\n\nTwo\n\noak - Eiche\n\nThree\n\nelm - Ulme\n\nFour\n\nash - Esche\n",
        ] {
            assert!(read(text).is_empty(), "{text}");
        }
    }
}
