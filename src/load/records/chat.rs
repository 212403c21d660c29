//! Conversations: what one side asks and the other replies.
//!
//! `{"messages": [{"role": "user", "content": …}, {"role": "assistant", "content": …}]}`, the
//! exports of chat programs, and a list of turns alone.

use crate::load::dialogue::{Message, Speaker, Turn, exchanges, turns_of};
use crate::load::keys::texts;
use crate::load::value::{Map, Value, get};
use std::borrow::Cow;

/// Keys of a list of turns.
const TURNS: &[&str] = &[
    "conversations",
    "conversation",
    "messages",
    "chat_messages",
    "dialog",
    "dialogue",
    "turns",
    "chat",
    "history",
    "mapping",
];
const WHO: &[&str] = &["from", "role", "sender", "speaker", "author", "type"];
const TEXT_KEYS: &[&str] = &["value", "content", "text", "message", "utterance", "body", "parts"];

/// Names of the time of a message.
const WHEN: &[&str] = &["ts", "timestamp", "date", "time", "created_at", "datetime"];

/// The questions of a conversation with their replies; empty for anything else.
pub(super) fn pairs(map: &Map<'_>) -> Vec<(String, String)> {
    let listed = TURNS.iter().find_map(|key| match get(map, key)? {
        Value::List(items) => Some(items.iter().collect()),
        Value::Map(nodes) => Some(nodes.iter().map(|(_, node)| node).collect()),
        Value::Null | Value::Scalar(_) | Value::Text(_) => None,
    });
    let turns: Vec<&Value<'_>> = listed.or_else(|| prompt_and_reply(map)).unwrap_or_default();
    let found = pairs_of(turns.iter().copied().filter_map(turn));
    if !found.is_empty() {
        return found;
    }
    let messages = turns.iter().copied().filter_map(message).collect();
    pairs_of(turns_of(messages).into_iter())
}

/// The pairs of question and answer in a list of turns.
pub(super) fn pairs_of_list(items: &[Value<'_>]) -> Vec<(String, String)> {
    let turns: Vec<Turn> = items.iter().filter_map(turn).collect();
    // A few records of another kind may have a role too.
    if turns.len() * 2 >= items.len() {
        return pairs_of(turns.into_iter());
    }
    let messages: Vec<Message> = items.iter().filter_map(message).collect();
    if messages.len() < 2 || messages.len() * 2 < items.len() {
        return Vec::new();
    }
    pairs_of(turns_of(messages).into_iter())
}

/// `{"prompt": [turns], "completion": [turns]}`.
fn prompt_and_reply<'n, 'a>(map: &'n Map<'a>) -> Option<Vec<&'n Value<'a>>> {
    let list = |names: &[&str]| {
        names.iter().find_map(|name| {
            let Value::List(items) = get(map, name)? else { return None };
            items.iter().any(|item| turn(item).is_some()).then_some(items)
        })
    };
    Some(list(&["prompt"])?.iter().chain(list(&["completion", "chosen", "response"])?).collect())
}

fn turn(node: &Value<'_>) -> Option<Turn> {
    // Exports wrap the message, and name its author in an object.
    let inner = node.get("message").filter(|message| message.as_map().is_some());
    let map = inner.unwrap_or(node).as_map()?;
    let who = WHO.iter().find_map(|name| match get(map, name)? {
        Value::Map(author) => get(author, "role").and_then(Value::as_text),
        other => other.as_text(),
    })?;
    let speaker = match who.to_lowercase().as_str() {
        "question" => Speaker::Asking,
        "answer" => Speaker::Replying,
        _ => Speaker::of(who)?,
    };
    Some(Turn { speaker, text: turn_text(map)?, line: 0 })
}

/// A message with author and time, as in exports of messengers.
fn message(node: &Value<'_>) -> Option<Message> {
    let map = node.as_map()?;
    WHEN.iter().find_map(|name| get(map, name))?;
    // A post with a title is not a message.
    if ["title", "subject", "question", "answer"].iter().any(|name| get(map, name).is_some()) {
        return None;
    }
    let author =
        ["user", "author", "from", "sender", "name"].iter().find_map(|name| {
            match get(map, name)? {
                Value::Map(author) => {
                    ["name", "id"].iter().find_map(|name| get(author, name)?.as_text())
                }
                other => other.as_text(),
            }
        })?;
    Some(Message { author: author.to_owned(), text: turn_text(map)?, line: 0 })
}

/// The text of a turn.
fn turn_text(map: &Map<'_>) -> Option<String> {
    TEXT_KEYS.iter().find_map(|name| Some(content(get(map, name)?)).filter(|text| !text.is_empty()))
}

/// A text, or the parts of one.
fn content(value: &Value<'_>) -> String {
    match value {
        Value::Map(map) if get(map, "parts").is_some() => {
            get(map, "parts").map(content).unwrap_or_default()
        }
        other => texts(other).iter().map(Cow::as_ref).collect::<Vec<_>>().join("\n\n"),
    }
}

fn pairs_of(turns: impl Iterator<Item = Turn>) -> Vec<(String, String)> {
    exchanges(turns).into_iter().map(|exchange| (exchange.question, exchange.answer)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::value::parse_json;

    fn read(text: &str) -> Vec<(String, String)> {
        let (mut nodes, _) = parse_json(text);
        match nodes.remove(0) {
            Value::List(items) => pairs_of_list(&items),
            Value::Map(map) => pairs(&map),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn exports_and_lists_of_turns() {
        let expected = [("Hot?".to_owned(), "Yes.\n\nVery.".to_owned())];
        for text in [
            r#"[{"role": "user", "content": "Hot?"}, {"role": "assistant", "content": "Yes."},
                {"role": "assistant", "content": [{"type": "text", "text": "Very."}]}]"#,
            r#"{"chat_messages": [{"sender": "assistant", "text": "Hi."}, {"sender": "human", "text": "Hot?"},
                {"sender": "assistant", "text": "Yes.\n\nVery."}]}"#,
            r#"{"mapping": {"a": {"message": null}, "b": {"message": {"author": {"role": "user"},
                "content": {"parts": ["Hot?"]}}}, "c": {"message": {"author": {"role": "assistant"},
                "content": {"parts": ["Yes.", "Very."]}}}}}"#,
            r#"{"prompt": [{"role": "user", "content": "Hot?"}],
                "completion": [{"role": "assistant", "content": "Yes.\n\nVery."}]}"#,
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        assert_eq!(
            read(r#"[{"role": "user", "name": "Ann"}, {"role": "admin", "name": "Bo"}]"#),
            []
        );
    }
}
