//! Group names: whether a name means a group of records, and its subject.

use crate::load::keys::{Keys, words};
use crate::load::value::{Map, get};

/// The title of a group.
pub(super) fn heading(map: &Map<'_>) -> Option<String> {
    let names = ["title", "category", "name", "section", "topic", "heading", "group", "label"];
    let text = names.iter().find_map(|name| get(map, name)?.as_text())?;
    (!text.trim().is_empty() && text.chars().count() <= 80).then(|| text.trim().to_owned())
}

/// Whether a key names the subject of a group, rather than being a word for "group".
pub(super) fn names_a_group(key: &str) -> bool {
    const PLAIN: &[&str] = &[
        "faq",
        "faqs",
        "items",
        "item",
        "questions",
        "entries",
        "data",
        "sections",
        "categories",
        "content",
        "contents",
        "results",
        "list",
        "records",
        "qas",
        "qa",
        "paragraphs",
        "mainentity",
        "@graph",
        "docs",
        "articles",
        "children",
        "pages",
        "intents",
        "rows",
        "groups",
        "topics",
        "train",
        "test",
        "root",
        "quiz",
        "quizzes",
        "flashcards",
        "cards",
        "qnas",
        "qnalist",
        "module",
        "en",
        "attributes",
        "fields",
        "conversations",
        "conversation",
        "dialogues",
        "dialogs",
        "dialog",
        "payload",
        "response",
        "result",
        "props",
        "node",
        "nodes",
        "edges",
        "hits",
        "messages",
        "translation",
        "translations",
        "outline",
        "body",
        "faqlist",
        "faqitems",
        "faqdata",
        "questionlist",
        "elements",
        "values",
    ];
    let lower = key.to_lowercase();
    // `q1`, `faq_2`: one of several; the subject is below it.
    let is_numbered = matches!(words(key).as_slice(), [name, number]
        if number.bytes().all(|byte| byte.is_ascii_digit())
            && (Keys::asks(name) || PLAIN.contains(&name.as_str())));
    key.chars().any(char::is_alphabetic)
        && !is_numbered
        && key.chars().count() <= 40
        && !PLAIN.contains(&lower.as_str())
        && !Keys::asks(key)
}
