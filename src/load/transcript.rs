//! Transcripts of conversations in plain text and Markdown: turns under `User:`, `## Assistant` or
//! `**You said:**`, and messages with time and author, as exported by messengers.

mod names;

use super::dialogue::{Exchange, Message, Speaker, Turn, exchanges, turns_of};
use super::question_detect::ends_as_question;
use crate::collection::{Entry, Place};
use crate::markup::source::{clean, read_answer};
use names::{MAX_NAME_BYTES, is_field, name_line, named};
use std::collections::HashMap;
use std::sync::Arc;

/// A longer question is titled by its first paragraph, in characters.
const MAX_TITLE_CHARS: usize = 300;
/// How many lines before the first turn are checked for prose.
const MAX_LINES_BEFORE: usize = 12;
/// The same for messages without times, in lines that are not empty.
const MAX_LINES_BEFORE_NAMED: usize = 3;
/// More names are not of a conversation.
const MAX_SPEAKERS: usize = 12;
/// Fewer messages without times may be anything.
const MIN_NAMED_TURNS: usize = 4;
/// The most lines of such messages on average.
const MAX_NAMED_LINES: usize = 4;

/// The entries of a transcript; empty for any other text.
pub(crate) fn entries(text: &str, source: &Arc<str>) -> Vec<Entry> {
    let turns = turns(text).or_else(|| messages(text).map(turns_of)).unwrap_or_default();
    entries_of(turns, source)
}

fn entries_of(turns: Vec<Turn>, source: &Arc<str>) -> Vec<Entry> {
    let entry = |exchange: Exchange| {
        let Exchange { question, answer, line } = exchange;
        let is_long = question.chars().count() > MAX_TITLE_CHARS;
        let (title, rest) = match question.split_once("\n\n").filter(|_| is_long) {
            Some((title, rest)) => (title, format!("{}\n\n", rest.trim())),
            None => (question.as_str(), String::new()),
        };
        let (answer, format) = read_answer(format!("{rest}{answer}").into());
        let answer = answer.into_owned();
        let place = Place { source: Arc::clone(source), line };
        Entry { question: clean(title), answer, format, place, ..Entry::default() }
    };
    exchanges(turns.into_iter()).into_iter().map(entry).collect()
}

/// The turns of a transcript with roles.
fn turns(text: &str) -> Option<Vec<Turn>> {
    let mut turns: Vec<Turn> = Vec::new();
    let mut is_code = false;
    for (line, number) in text.lines().zip(1..) {
        is_code ^= line.trim_start().starts_with("```");
        let labelled = if is_code { None } else { labelled(line) };
        match (labelled, turns.last_mut()) {
            (Some((speaker, rest)), _) => {
                turns.push(Turn { speaker, text: rest.to_owned(), line: number });
            }
            (None, Some(turn)) => {
                turn.text.push('\n');
                turn.text.push_str(line);
            }
            (None, None) if number as usize > MAX_LINES_BEFORE => return None,
            (None, None) => {}
        }
    }
    let count = |speaker: Speaker| turns.iter().filter(|turn| turn.speaker == speaker).count();
    let (asking, replying) = (count(Speaker::Asking), count(Speaker::Replying));
    let pairs = turns
        .windows(2)
        .filter(|two| two[0].speaker == Speaker::Asking && two[1].speaker == Speaker::Replying);
    let pairs = pairs.count();
    let least = if turns.first().is_some_and(|turn| turn.line == 1) { 1 } else { 2 };
    (pairs >= least && pairs * 2 > asking.max(replying)).then_some(turns)
}

/// The speaker named in a line, and the rest of the line.
fn labelled(line: &str) -> Option<(Speaker, &str)> {
    let bare = line.trim();
    let inner = bare.trim_start_matches(['#', '*', '_', '>', ' ']);
    let stands_out = inner.len() < bare.len();
    let end = inner.find([':', '*', '_', '：']).unwrap_or(inner.len());
    if end > MAX_NAME_BYTES {
        return None;
    }
    let (name, rest) = inner.split_at(end);
    let has_colon = rest.trim_start_matches(['*', '_']).starts_with([':', '：']);
    let rest = rest.trim_start_matches([':', '：', '*', '_', ' ']);
    // Without a colon, the name must be a heading or bold, alone on its line.
    let is_alone = stands_out && rest.is_empty();
    if !has_colon && !is_alone {
        return None;
    }
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    let name = name.strip_suffix(" said").unwrap_or(name);
    let speaker = match name.to_lowercase().as_str() {
        "you" | "me" => Some(Speaker::Asking),
        _ => Speaker::of(name),
    }?;
    Some((speaker, rest))
}

/// The messages in a messenger's export: `[1/2/26, 10:00] Ann: Where?` and the like.
fn messages(text: &str) -> Option<Vec<Message>> {
    let mut messages: Vec<Message> = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        match (timed(line), messages.last_mut()) {
            (Some((author, text)), _) => messages.push(Message {
                author: author.to_owned(),
                text: text.to_owned(),
                line: number,
            }),
            (None, Some(last)) => {
                last.text.push('\n');
                last.text.push_str(line);
            }
            (None, None) if number as usize > MAX_LINES_BEFORE => return None,
            (None, None) => {}
        }
    }
    (messages.len() > 1).then_some(messages)
}

/// The entries of a conversation without times: `Ann: Where?`, `<ann> where?`. Names that occur
/// once are part of the text.
pub(crate) fn named_entries(text: &str, source: &Arc<str>) -> Vec<Entry> {
    let lines: Vec<&str> = text.lines().collect();
    let filled = lines.iter().filter(|line| !line.trim().is_empty()).count();
    let messages = messages_of(&lines, |n| named(lines[n]));
    let messages = messages.filter(|messages| messages.len() * MAX_NAMED_LINES >= filled);
    messages.map(|messages| entries_of(turns_of(messages), source)).unwrap_or_default()
}

/// The entries of a conversation whose speakers are named on lines of their own, above what they
/// say.
pub(crate) fn headed_entries(text: &str, source: &Arc<str>) -> Vec<Entry> {
    let lines: Vec<&str> = text.lines().collect();
    let name = |n: usize| {
        let own = name_line(lines[n])?;
        let is_apart = n == 0 || lines[n - 1].trim().is_empty();
        (own.is_marked || is_apart).then_some((own.name, ""))
    };
    let Some(messages) = messages_of(&lines, name) else { return Vec::new() };
    // Short answers (`Yes`, `No`) may be alone on their lines too, below their questions.
    let asking = messages.iter().filter(|message| ends_as_question(&message.text)).count();
    let first = messages.first().map_or(0, |message| message.line as usize - 1);
    let asks_before = lines[..first].iter().any(|line| ends_as_question(line));
    // Below other headings there is more than the conversation.
    let has_headings = messages.iter().any(|message| message.text.lines().any(is_heading));
    if asks_before || has_headings || asking * 4 > messages.len() * 3 {
        return Vec::new();
    }
    entries_of(turns_of(messages), source)
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    rest.len() < line.len() && rest.starts_with(' ')
}

/// The messages that begin on the lines for which `named` gives the name and the first text.
fn messages_of<'a>(
    lines: &[&'a str],
    named: impl Fn(usize) -> Option<(&'a str, &'a str)>,
) -> Option<Vec<Message>> {
    let begins: Vec<Option<(&str, &str)>> = (0..lines.len()).map(named).collect();
    // Where a message is not among the first lines, the text is something else.
    let mut filled = (0..lines.len()).filter(|&n| !lines[n].trim().is_empty());
    if !filled.by_ref().take(MAX_LINES_BEFORE_NAMED).any(|n| begins[n].is_some()) {
        return None;
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (name, _) in begins.iter().flatten() {
        *counts.entry(name).or_default() += 1;
    }
    counts.retain(|_, count| *count > 1);
    if !(2..=MAX_SPEAKERS).contains(&counts.len()) || counts.keys().any(|name| is_field(name)) {
        return None;
    }
    if counts.values().sum::<usize>() < MIN_NAMED_TURNS {
        return None;
    }
    let mut messages: Vec<Message> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        match (begins[n].filter(|(name, _)| counts.contains_key(name)), messages.last_mut()) {
            (Some((name, text)), _) => messages.push(Message {
                author: name.to_owned(),
                text: text.to_owned(),
                line: n as u32 + 1,
            }),
            (None, Some(last)) => {
                last.text.push('\n');
                last.text.push_str(line);
            }
            (None, None) => {}
        }
    }
    Some(messages)
}

/// Author and text after a date and a time.
fn timed(line: &str) -> Option<(&str, &str)> {
    let bare = line.trim_start_matches(['\u{200e}', '\u{feff}', '[']);
    let is_part = |c: char| {
        c.is_ascii_digit() || matches!(c, '/' | '.' | '-' | ':' | ',' | ' ' | '\u{202f}' | ']')
    };
    let end = bare.find(|c: char| !is_part(c))?;
    let (time, mut rest) = bare.split_at(end);
    let digits = time.bytes().filter(u8::is_ascii_digit).count();
    if !(6..=14).contains(&digits) || !time.contains(':') {
        return None;
    }
    for half in ["AM", "PM", "am", "pm"] {
        rest = rest.strip_prefix(half).unwrap_or(rest);
    }
    let rest = rest.trim_start_matches([']', ' ', '-', '\u{202f}']);
    let (author, text) = rest.split_once(": ")?;
    (author.len() <= MAX_NAME_BYTES && !author.is_empty()).then_some((author, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        let entries = entries(text, &"chat".into());
        entries.into_iter().map(|entry| (entry.question, entry.answer)).collect()
    }

    #[test]
    fn roles_and_names_with_times() {
        let expected =
            [("Where is the kiln?", "In the yard."), ("Is it hot?", "Very.\n\nAsk Ida.")];
        let expected = expected.map(|(q, a)| (q.to_owned(), a.to_owned()));
        for text in [
            "User: Where is the kiln?\nAssistant: In the yard.\n\nUser: Is it hot?\nAssistant: Very.\n\nAsk Ida.\n",
            "# Chat\n\n## User\n\nWhere is the kiln?\n\n## Assistant\n\nIn the yard.\n\n## User\n\nIs it hot?\n\n## Assistant\n\nVery.\n\nAsk Ida.\n",
            "**You said:**\nWhere is the kiln?\n\n**ChatGPT said:**\nIn the yard.\n\n**You said:**\nIs it hot?\n\n**ChatGPT said:**\nVery.\n\nAsk Ida.\n",
            "[01/02/2026, 10:00:00] Bo: Where is the kiln?\n[01/02/2026, 10:01:00] Ida: In the yard.\n\
             [01/02/2026, 10:02:00] Bo: Thanks\n[01/02/2026, 10:05:00] Bo: Is it hot?\n\
             [01/02/2026, 10:06:00] Jo: Very.\n[01/02/2026, 10:06:10] Jo: Ask Ida.\n",
            "1/2/26, 10:00 AM - Bo: Where is the kiln?\n1/2/26, 10:01 AM - Ida: In the yard.\n\
             1/2/26, 10:05 AM - Bo: Is it hot?\n1/2/26, 10:06 AM - Ida: Very.\n1/2/26, 10:07 AM - Ida: Ask Ida.\n",
        ] {
            assert_eq!(pairs(text), expected, "{text}");
        }
    }

    #[test]
    fn names_without_times() {
        let named = |text: &str| -> Vec<(String, String)> {
            let entries = named_entries(text, &"chat".into());
            entries.into_iter().map(|entry| (entry.question, entry.answer)).collect()
        };
        let expected = [("Where is the kiln?", "In the yard."), ("Is it hot?", "Very.\nMind you.")];
        let expected = expected.map(|(q, a)| (q.to_owned(), a.to_owned()));
        for text in [
            "Bo: Where is the kiln?\nIda: In the yard.\nBo: Is it hot?\nIda: Very.\nMind you.\nBo: Thanks.\n",
            "A talk\n\nBo Ek: Where is the kiln?\n\nIda: In the yard.\n\nIda: Is it hot?\n\nBo Ek: Very.\nMind you.\n",
            "[bo] Where is the kiln?\n[ida] In the yard.\n[bo] Is it hot?\n[ida] Very.\nMind you.\n",
            "<bo> Where is the kiln?\n<ida> In the yard.\n<bo> Is it hot?\n<ida> Very.\nMind you.\n",
        ] {
            assert_eq!(named(text), expected, "{text}");
        }
        for text in [
            "Q: Where?\nA: There.\nQ: When?\nA: Now.\n",
            "Tool: saw\nUse: cuts\nTool: file\nUse: smooths\n",
            "Note: a?\nNote: b?\nNote: c?\nNote: d?\n",
            "Bo: Where?\nIda: There.\n",
        ] {
            assert_eq!(named(text), [], "{text}");
        }
    }

    #[test]
    fn names_above_what_is_said() {
        let headed = |text: &str| -> Vec<(String, String)> {
            let entries = headed_entries(text, &"chat".into());
            entries.into_iter().map(|entry| (entry.question, entry.answer)).collect()
        };
        let expected =
            [("Where is the kiln?", "In the yard."), ("Is it hot?", "Very.\n\nMind you.")];
        let expected = expected.map(|(q, a)| (q.to_owned(), a.to_owned()));
        for text in [
            "Bo\n\nWhere is the kiln?\n\nIda\n\nIn the yard.\n\nBo\n\nIs it hot?\n\nIda\n\nVery.\n\nMind you.\n",
            "A talk\n\nBO EK:\nWhere is the kiln?\n\nIDA:\nIn the yard.\n\nBO EK:\nIs it hot?\n\nIDA:\nVery.\n\nMind you.\n",
            "**Bo**\n\nWhere is the kiln?\n\n**Ida**\n\nIn the yard.\n\n**Bo**\n\nIs it hot?\n\n**Ida**\n\nVery.\n\nMind you.\n",
            "bo  10:02\nWhere is the kiln?\nida  10:03\nIn the yard.\nbo  10:03\nIs it hot?\nida  10:05\nVery.\n\nMind you.\n",
        ] {
            assert_eq!(headed(text), expected, "{text}");
        }
        for text in [
            "Is it hot?\n\nYes\n\nIs it wet?\n\nNo\n\nIs it red?\n\nYes\n\nIs it big?\n\nNo\n",
            "# Kiln\n\n## Use\n\nHow?\n\n### Note\n\na\n\n## Use\n\nWhy?\n\n### Note\n\nb\n\n## End\n\nc\n",
            "Question\n\nHow?\n\nAnswer\n\nSo.\n\nQuestion\n\nWhy?\n\nAnswer\n\nThus.\n",
        ] {
            assert_eq!(headed(text), [], "{text}");
        }
    }

    #[test]
    fn other_texts_are_none() {
        for text in [
            "## User\n\nThe user table.\n\n## Agent\n\nThe agent table.\n\n## Model\n\nx\n",
            "Support: write to us.\n\nUser: see above.\n",
            "# A page\n\n## Who is the user?\n\nUser: whoever signs in.\n",
        ] {
            assert_eq!(pairs(text), [], "{text}");
        }
    }
}
