//! Lint for entries that were read without an error: questions without an answer, repeated
//! questions and ids.

use super::error::Diagnostic;
use crate::collection::{Entry, EntryRef};
use crate::text::fold;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// More diagnostics are dropped.
const MAX_DIAGNOSTICS: usize = 1000;
/// The part of a question that identifies it in a message, in characters.
const SHOWN: usize = 60;

/// The parts of an entry that are checked.
#[derive(Debug, Clone, Copy)]
pub struct Linted<'a> {
    id: &'a str,
    question: &'a str,
    answer: &'a str,
    source: &'a Arc<str>,
    line: u32,
}

impl<'a> From<&'a Entry> for Linted<'a> {
    fn from(entry: &'a Entry) -> Self {
        let (source, line) = (&entry.place.source, entry.place.line);
        Self { id: &entry.id, question: &entry.question, answer: &entry.answer, source, line }
    }
}

impl<'a> From<EntryRef<'a>> for Linted<'a> {
    fn from(entry: EntryRef<'a>) -> Self {
        let (question, answer) = (entry.question(), entry.answer());
        Self { id: entry.id(), question, answer, source: entry.source(), line: entry.line() }
    }
}

/// The diagnostics by source and line. A source without any answer is a list of questions, which
/// gets a single diagnostic; only the first thousand diagnostics are returned.
pub fn lint<'a, E: Into<Linted<'a>>>(entries: impl Iterator<Item = E>) -> Vec<Diagnostic> {
    let mut sources: Vec<LintedSource> = Vec::new();
    let mut numbers: HashMap<&'a str, usize> = HashMap::new();
    let mut ids: HashMap<(usize, &'a str), u32> = HashMap::new();
    let mut first: HashMap<u64, (u64, &'a Arc<str>, u32)> = HashMap::new();
    for entry in entries {
        let entry: Linted<'a> = entry.into();
        let number = *numbers.entry(entry.source).or_insert_with(|| {
            sources.push(LintedSource::default());
            sources.len() - 1
        });
        let source = &mut sources[number];
        source.entries += 1;
        if !entry.id.is_empty() {
            let before = ids.get(&(number, entry.id)).copied();
            let line = *ids.entry((number, entry.id)).or_insert(entry.line);
            if before.is_some() && source.twice.len() <= MAX_DIAGNOSTICS {
                let what =
                    format!("the id {:?} is used in line {line} already; expected once", entry.id);
                source.twice.push(entry.problem(what));
            }
        }
        if entry.answer.trim().is_empty() {
            source.unanswered += 1;
            if source.unanswered <= MAX_DIAGNOSTICS {
                let what = format!("no answer to {}; expected text", shown(entry.question));
                source.without.push(entry.problem(what));
            }
        }
        let key = (hash(&fold(entry.question)), hash(entry.answer.trim()));
        match first.get(&key.0) {
            None => {
                first.insert(key.0, (key.1, entry.source, entry.line));
            }
            Some(&(answer, place, line)) if source.twice.len() <= MAX_DIAGNOSTICS => {
                let at = entry.place(place, line);
                let what = if answer == key.1 {
                    format!("the same {at} already: {}; expected once", shown(entry.question))
                } else {
                    format!("asked {at} too, with another answer: {}", shown(entry.question))
                };
                source.twice.push(entry.problem(what));
            }
            Some(_) => {}
        }
    }
    let mut odd: Vec<Diagnostic> =
        sources.into_iter().flat_map(LintedSource::into_problems).collect();
    if odd.len() > MAX_DIAGNOSTICS {
        let more = odd.len() - MAX_DIAGNOSTICS;
        let source = Arc::clone(&odd[MAX_DIAGNOSTICS].source);
        odd.truncate(MAX_DIAGNOSTICS);
        let message = format!("{more} more like these follow; they are not listed");
        odd.push(Diagnostic { source, line: 0, column: 0, message });
    }
    odd
}

/// The diagnostics of one source.
#[derive(Default)]
struct LintedSource {
    entries: usize,
    unanswered: usize,
    without: Vec<Diagnostic>,
    twice: Vec<Diagnostic>,
}

impl LintedSource {
    fn into_problems(self) -> Vec<Diagnostic> {
        let mut odd = self.twice;
        if self.unanswered == self.entries && self.entries > 1 {
            let source = self.without.first().map(|one| Arc::clone(&one.source));
            let message = format!("none of its {} questions has an answer", self.entries);
            odd.extend(source.map(|source| Diagnostic { source, line: 0, column: 0, message }));
        } else {
            odd.extend(self.without);
        }
        odd.sort_by_key(|problem| problem.line);
        odd
    }
}

impl Linted<'_> {
    fn problem(&self, message: String) -> Diagnostic {
        Diagnostic { source: Arc::clone(self.source), line: self.line, column: 0, message }
    }

    /// Another place, relative to this source.
    fn place(&self, source: &Arc<str>, line: u32) -> String {
        match (source == self.source, line) {
            (true, 0) => "above".into(),
            (true, line) => format!("in line {line}"),
            (false, 0) => format!("in {source}"),
            (false, line) => format!("in {source}:{line}"),
        }
    }
}

/// A question, cut if it is long.
fn shown(question: &str) -> String {
    let line = question.lines().next().unwrap_or_default();
    match line.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("\u{201c}{}…\u{201d}", &line[..at]),
        None => format!("\u{201c}{line}\u{201d}"),
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::Place;

    fn entry(source: &str, line: u32, question: &str, answer: &str) -> Entry {
        let place = Place { source: source.into(), line };
        Entry { question: question.into(), answer: answer.into(), place, ..Entry::default() }
    }

    fn messages(entries: &[Entry]) -> Vec<String> {
        lint(entries.iter()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_lacks_an_answer_and_what_comes_twice() {
        let entries = [
            entry("a", 1, "Why?", "So."),
            entry("a", 5, "Who?", " "),
            entry("a", 9, "why?", "So."),
            entry("b", 2, "Why?", "Because."),
        ];
        let expected = [
            "a:5: no answer to “Who?”; expected text",
            "a:9: the same in line 1 already: “why?”; expected once",
            "b:2: asked in a:1 too, with another answer: “Why?”",
        ];
        assert_eq!(messages(&entries), expected);
    }

    #[test]
    fn a_list_of_questions_is_said_once_and_many_oddities_are_cut() {
        let plain: Vec<_> = (0..2000).map(|n| entry("a", n, &format!("{n}?"), "")).collect();
        assert_eq!(messages(&plain), ["a: none of its 2000 questions has an answer"]);
        let same: Vec<_> = (0..3000).map(|_| entry("a", 0, "Why?", "So.")).collect();
        assert_eq!(messages(&same).len(), MAX_DIAGNOSTICS + 1);
    }
}
