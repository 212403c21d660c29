//! GIFT, Moodle's plain text for quizzes: `::Name:: Question { =right ~wrong #feedback }`.
//! <https://docs.moodle.org/en/GIFT_format>

use crate::collection::{Entry, Place};
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use crate::load::quiz::{Quiz, QuizChoice};
use crate::load::repeats::Repeats;
use crate::load::splitting::Pieces;
use crate::markup::source::read_question;
use std::sync::Arc;

/// Replaces the answer if text follows it.
const BLANK: &str = "_____";

pub(crate) struct Gift;

impl Loader for Gift {
    fn name(&self) -> &'static str {
        "gift"
    }

    fn description(&self) -> &'static str {
        "GIFT: Moodle's quizzes in plain text"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[".gift"]
    }

    fn pieces(&self) -> Pieces {
        Pieces::ByEntry
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        let has_name = |line: &str| {
            let name = line.strip_prefix("::");
            name.is_some_and(|rest| !rest.starts_with(':') && rest.contains("::"))
        };
        let lines = || peek.text.lines().map(str::trim).take(400);
        let named = lines().any(has_name) || lines().any(|line| line.starts_with("$CATEGORY:"));
        let answers = lines().any(|line| {
            let inner = line.rsplit('{').next().unwrap_or(line).trim_start();
            inner.starts_with(['=', '~']) || inner.starts_with("TRUE}") || inner.starts_with("T}")
        });
        if answers && peek.text.contains('{') { if named { 80 } else { 30 } } else { 0 }
    }

    fn read(&self, doc: &SourceText<'_>) -> ParsedDocument {
        let mut found = ParsedDocument::default();
        let repeats = Repeats::of(doc.text.len());
        let mut category: Vec<String> = Vec::new();
        for block in blocks(doc.text) {
            if let Some(path) = block.text.trim().strip_prefix("$CATEGORY:") {
                let path = path.lines().next().unwrap_or_default().trim();
                let name = path.rsplit('/').find(|part| !part.is_empty());
                category = name.map(str::to_owned).into_iter().collect();
                continue;
            }
            match entry(&block.text) {
                Some(mut entry) => {
                    entry.place = Place { source: Arc::clone(doc.name), line: block.line };
                    entry.tags.extend(repeats.tags(&category));
                    found.entries.push(entry);
                }
                None if block.text.contains('{') => {
                    let what = "no question here; expected text with { answers }".to_owned();
                    found.problems.push((block.line, 0, what));
                }
                // A description, which has no answer.
                None => {}
            }
        }
        found
    }
}

/// A part of the file between empty lines, without its comments.
struct GiftBlock {
    line: u32,
    text: String,
}

/// The blocks of a file. An empty line within braces does not end a block, unless a new question
/// begins below it: then the braces were not closed.
fn blocks(text: &str) -> Vec<GiftBlock> {
    let mut blocks: Vec<GiftBlock> = Vec::new();
    let (mut open, mut inside, mut follows_blank) = (false, false, false);
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        let is_category = line.trim_start().starts_with("$CATEGORY:");
        if inside && follows_blank && line.starts_with("::") {
            (inside, open) = (false, false);
        }
        follows_blank = line.trim().is_empty();
        if (follows_blank || is_category) && !inside {
            open = false;
        }
        if follows_blank && !inside {
            continue;
        }
        match blocks.last_mut().filter(|_| open) {
            Some(block) => {
                block.text.push('\n');
                block.text.push_str(line);
            }
            None => blocks.push(GiftBlock { line: number as u32 + 1, text: line.to_owned() }),
        }
        open = !is_category;
        for (_, c) in unescaped(line) {
            inside = match c {
                '{' => true,
                '}' => false,
                _ => inside,
            };
        }
    }
    blocks
}

/// The characters without a backslash before them, with their offsets.
fn unescaped(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut escaped = false;
    text.char_indices().filter(move |&(_, c)| {
        let is_escaped = escaped;
        escaped = c == '\\' && !escaped;
        !is_escaped && c != '\\'
    })
}

fn find(text: &str, sign: char) -> Option<usize> {
    unescaped(text).find(|&(_, c)| c == sign).map(|(at, _)| at)
}

/// The text without the backslashes.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.trim().chars();
    while let Some(c) = chars.next() {
        match (c, chars.clone().next()) {
            ('\\', Some('n')) => {
                out.push('\n');
                chars.next();
            }
            ('\\', Some(sign)) if "~=#{}:\\".contains(sign) => {
                out.push(sign);
                chars.next();
            }
            (c, _) => out.push(c),
        }
    }
    out
}

fn entry(block: &str) -> Option<Entry> {
    let open = find(block, '{')?;
    let close = open + find(&block[open..], '}')?;
    let (before, after) = (block[..open].trim(), block[close + 1..].trim());
    // The format may precede the name.
    let mut before = without_format(before);
    if let Some((_, rest)) = before.strip_prefix("::").and_then(|rest| rest.split_once("::")) {
        before = rest.trim_start();
    }
    let mut question = plain(without_format(before));
    if !after.is_empty() {
        let gap = if after.starts_with(['.', ',', '?', '!', ';', ':']) { "" } else { " " };
        question = format!("{question} {BLANK}{gap}{}", plain(after));
    }
    let question = read_question(question.into()).split_whitespace().collect::<Vec<_>>().join(" ");
    let answer = quiz(block[open + 1..close].trim()).markdown();
    (!question.is_empty()).then(|| Entry { question, answer, ..Entry::default() })
}

/// Without the format of the text, such as `[html]`.
fn without_format(text: &str) -> &str {
    let rest = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    match rest {
        Some(("html" | "markdown" | "plain" | "moodle", rest)) => rest.trim_start(),
        _ => text,
    }
}

/// The answers between the braces.
fn quiz(answers: &str) -> Quiz {
    let (answers, general) = answers.split_once("####").unwrap_or((answers, ""));
    let mut explanations = vec![plain(without_format(general.trim()))];
    let first = answers.split('#').next().unwrap_or_default().trim();
    if let "T" | "TRUE" | "F" | "FALSE" = first.to_uppercase().as_str() {
        let answer = if first.to_uppercase().starts_with('T') { "True" } else { "False" };
        let feedback = answers.split('#').skip(1).map(plain).filter(|text| !text.is_empty());
        explanations.splice(0..0, feedback);
        return Quiz { answer: answer.into(), explanations, ..Quiz::default() };
    }
    if let Some(number) = answers.strip_prefix('#') {
        return numeric(number, explanations);
    }
    let choices = choices(answers);
    let pairs: Option<Vec<(&str, &str)>> =
        choices.iter().map(|choice| choice.text.split_once("->")).collect();
    if let Some(pairs) = pairs.filter(|pairs| !pairs.is_empty()) {
        let lines = pairs.iter().map(|(from, to)| format!("- {} → {}", from.trim(), to.trim()));
        let answer = lines.collect::<Vec<_>>().join("\n");
        return Quiz { answer, explanations, ..Quiz::default() };
    }
    Quiz { choices, explanations, ..Quiz::default() }
}

/// `3.14:0.01`, `1..5`, or several of them with their scores.
fn numeric(answers: &str, explanations: Vec<String>) -> Quiz {
    let range = |text: &str| match text.split_once(':') {
        Some((number, tolerance)) if tolerance.trim().parse() == Ok(0.0) => {
            number.trim().to_owned()
        }
        Some((number, tolerance)) => format!("{} ± {}", number.trim(), tolerance.trim()),
        None => text.replace("..", " to "),
    };
    if !answers.trim_start().starts_with(['=', '~']) {
        let number = answers.split('#').next().unwrap_or_default();
        return Quiz { answer: range(number.trim()), explanations, ..Quiz::default() };
    }
    let mut choices = choices(answers);
    for choice in &mut choices {
        choice.text = range(&choice.text);
    }
    Quiz { choices, explanations, ..Quiz::default() }
}

/// `=right#why ~wrong ~%50%half`.
fn choices(answers: &str) -> Vec<QuizChoice> {
    let mut starts: Vec<usize> =
        unescaped(answers).filter(|&(_, c)| matches!(c, '=' | '~')).map(|(at, _)| at).collect();
    // `a = b` within a text does not begin an answer: answers begin after a blank.
    starts.retain(|&at| {
        let before = answers[..at].chars().next_back();
        at == 0 || before.is_some_and(char::is_whitespace)
    });
    let ends = starts.iter().skip(1).copied().chain([answers.len()]);
    let parts = starts.iter().zip(ends).map(|(&from, to)| &answers[from..to]);
    let mut choices: Vec<(QuizChoice, f64)> = parts.map(choice).collect();
    let best = choices.iter().map(|(_, score)| *score).fold(0.0, f64::max);
    for (choice, score) in &mut choices {
        choice.right |= *score > 0.0 && *score >= 0.9 * best;
    }
    choices.into_iter().map(|(choice, _)| choice).filter(|c| !c.text.is_empty()).collect()
}

fn choice(part: &str) -> (QuizChoice, f64) {
    let (mut text, mut score) =
        (part[1..].trim_start(), if part.starts_with('=') { 100.0 } else { 0.0 });
    if let Some((number, rest)) = text.strip_prefix('%').and_then(|rest| rest.split_once('%')) {
        score = number.trim().parse().unwrap_or(score);
        text = rest;
    }
    let (text, note) = match find(text, '#') {
        Some(at) => (&text[..at], Some(plain(without_format(text[at + 1..].trim())))),
        None => (text, None),
    };
    let note = note.filter(|note| !note.is_empty());
    (QuizChoice { note, ..QuizChoice::new(plain(without_format(text.trim())), false) }, score)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing;

    fn read(text: &str) -> Vec<(String, String, Vec<String>)> {
        let found = testing::read(&Gift, text);
        found.entries.into_iter().map(|e| (e.question, e.answer, e.tags)).collect()
    }

    #[test]
    fn every_kind_of_question() {
        let text = "$CATEGORY: $course$/Tea/Pots\n// not this\n::P1::[html]Which pot <b>sings</b>?{\n\
            =kettle#It whistles.\n\n~jar\n~%50%pan\n####So it is.}\n\n\
            A pot holds {=tea =water} and no air.\n\n[html]::P2::Is 3 \\= 2? {F}\n\nHow hot? {#98:2}\n\n\
            Match. {=pot -> tea =pan -> egg}\n\nJust a text.\n";
        let expected = [
            (
                "Which pot sings?",
                "kettle\n\n- [x] kettle\\\n  It whistles\\.\n- [ ] jar\n- [ ] pan\n\nSo it is.",
            ),
            ("A pot holds _____ and no air.", "- [x] tea\n- [x] water"),
            ("Is 3 = 2?", "False"),
            ("How hot?", "98 ± 2"),
            ("Match.", "- pot → tea\n- pan → egg"),
        ];
        let found = read(text);
        for (found, (question, answer)) in found.iter().zip(expected) {
            assert_eq!(
                (found.0.as_str(), found.1.replace("\\.", ".")),
                (question, answer.replace("\\.", "."))
            );
        }
        assert_eq!(found.len(), expected.len());
        assert_eq!(found[0].2, ["Pots"]);
    }
}
