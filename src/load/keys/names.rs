//! Field names in many languages, grouped by content.
//!
//! All names are in the form that [`normal`] returns: lower case, without separators.

mod beside;
mod fields;
mod languages;
mod quiz;

pub(super) use beside::{ALIASES, EXPLANATION, ID, TAGS, URL, WRITTEN_IN};
pub(super) use fields::{ANSWER, QUESTION, TITLE};
use languages::{LANGUAGE_NAMES, LANGUAGES};
pub(super) use quiz::{
    FLAG, LOOSE_OPTIONS, OPTION_LABEL, OPTION_PREFIX, OPTION_TEXT, OPTIONS, RIGHT, WRONG,
};

/// Suffixes that add little to the word before them: `question_text`.
const ENDINGS: &[&str] = &[
    "text", "body", "content", "html", "title", "string", "str", "raw", "md", "markdown", "txt",
    "plain", "prompt",
];

/// Prefixes that do not change the meaning of a name: `faq_question`.
const BEGINNINGS: &[&str] = &[
    "faq",
    "faqs",
    "card",
    "item",
    "quiz",
    "my",
    "the",
    "full",
    "main",
    "original",
    "final",
    "sample",
    "expected",
    "reference",
    "ideal",
    "model",
    "generated",
    "ai",
    "bot",
    "assistant",
    "agent",
    "chatbot",
    "user",
    "human",
    "customer",
    "client",
    "gpt",
];

/// Roles of the asking and of the answering side of a conversation.
const ASKING: &[&str] = &[
    "user",
    "human",
    "customer",
    "client",
    "patient",
    "student",
    "visitor",
    "interviewer",
    "guest",
];

const REPLYING: &[&str] = &[
    "bot",
    "assistant",
    "agent",
    "chatbot",
    "ai",
    "gpt",
    "model",
    "doctor",
    "teacher",
    "support",
    "expert",
    "system",
];

/// The text of a turn in a conversation.
const SAID: &[&str] = &[
    "input",
    "message",
    "msg",
    "text",
    "utterance",
    "query",
    "says",
    "said",
    "content",
    "prompt",
    "request",
    "output",
    "response",
    "reply",
    "answer",
    "question",
    "turn",
    "speech",
];

/// What `question` may stand before, as in `question_options`.
const OF_QUESTION: &[&str] =
    &["answer", "answers", "solution", "response", "explanation", "hint", "correctanswer"];

/// A key without a note in parentheses at its end: `Option 3 (optional)`.
fn without_note(key: &str) -> &str {
    let key = key.trim().trim_start_matches('\u{feff}');
    let is_note = |note: &str| note.chars().count() > 2 && note.chars().all(char::is_alphabetic);
    match key.strip_suffix(')').and_then(|start| start.rsplit_once(" (")) {
        Some((name, note)) if is_note(note) => name,
        _ => key,
    }
}

/// The words of a key, split at separators, case changes and digits.
pub(crate) fn words(key: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in without_note(key).chars() {
        let separates = matches!(c, '_' | '-' | ' ' | '.' | '/' | ':' | '(' | ')' | '[' | ']');
        let is_new = before == ' '
            || c.is_uppercase() && before.is_lowercase()
            || c.is_ascii_digit() != before.is_ascii_digit();
        if separates {
            before = ' ';
            continue;
        }
        if is_new || words.is_empty() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words
}

/// A key in the form of the lists: lower case, without separators, without a language suffix, and
/// in the shorter of two forms with the same meaning (`question_text`, `bot_reply`).
pub(super) fn normal(key: &str) -> String {
    let mut words = words(key);
    let is_language = |word: &String| word != "id" && LANGUAGES.contains(&word.as_str());
    if words.len() > 1 && words.last().is_some_and(is_language) {
        words.pop();
    }
    let whole = words.concat();
    if words.len() < 2 || is_listed(&whole) {
        return whole;
    }
    let (first, last) = (words[0].as_str(), words[words.len() - 1].as_str());
    if words.len() == 2 && SAID.contains(&last) {
        if ASKING.contains(&first) {
            return "userinput".into();
        }
        if REPLYING.contains(&first) {
            return "botreply".into();
        }
    }
    if first == "question" {
        let rest = words[1..].concat();
        let lists = [OPTIONS, WRONG, TAGS, OF_QUESTION];
        if lists.iter().any(|list| list.contains(&rest.as_str())) {
            return rest;
        }
    }
    let shorter = [
        ENDINGS.contains(&last).then(|| words[..words.len() - 1].concat()),
        BEGINNINGS.contains(&first).then(|| words[1..].concat()),
    ];
    let known = |name: &String| [QUESTION, ANSWER].iter().any(|list| list.contains(&name.as_str()));
    shorter.into_iter().flatten().find(known).unwrap_or(whole)
}

pub(super) fn is_listed(name: &str) -> bool {
    [QUESTION, TITLE, ANSWER, EXPLANATION, TAGS, ALIASES, ID, URL, OPTIONS, WRONG, RIGHT]
        .iter()
        .any(|list| list.contains(&name))
}

/// Whether a key is the code or the name of a language: `en`, `pt-BR`, `german`.
pub(crate) fn is_language(key: &str) -> bool {
    let words = words(key);
    let Some(first) = words.first() else { return false };
    LANGUAGE_NAMES.contains(&words.concat().as_str())
        || LANGUAGES.contains(&first.as_str()) && words.len() <= 2 && key.len() <= 7
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_mean_the_same_are_the_same() {
        for (key, expected) in [
            ("Question_Text", "questiontext"),
            ("faqQuestion", "question"),
            ("question_fr", "question"),
            ("query_text", "query"),
            ("query_id", "queryid"),
            ("answerHtml", "answer"),
            ("customer message", "userinput"),
            ("AgentReply", "botreply"),
            ("correct_answer", "correctanswer"),
            ("answer_start", "answerstart"),
            ("question-answer", "answer"),
            ("question_options", "options"),
            ("question_type", "questiontype"),
            ("Wrong Answer (optional)", "wronganswer"),
        ] {
            assert_eq!(normal(key), expected, "{key}");
        }
    }

    #[test]
    fn languages_by_code_and_name() {
        for key in ["en", "pt-BR", "zh_CN", "German", "日本語"] {
            assert!(is_language(key), "{key}");
        }
        for key in ["install", "question", "entry", ""] {
            assert!(!is_language(key), "{key}");
        }
    }
}
