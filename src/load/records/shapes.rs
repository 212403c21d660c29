//! Shapes of records other than one map per question: pairs of names, lists of two, a question in
//! several languages, a question with its options inside.

use crate::load::keys::{FieldRole, Keys, is_language, role, words};
use crate::load::question_detect::{ends_as_question, question_likeness};
use crate::load::value::{Map, Value};
use std::borrow::Cow;
use std::collections::HashMap;

/// A question with its answer, found without a record.
pub(super) struct Pair<'n> {
    pub(super) question: Cow<'n, str>,
    pub(super) answer: Value<'n>,
    /// A key whose place gives the line.
    pub(super) key: Cow<'n, str>,
}

/// `[["What …?", "It …"], …]`.
pub(super) fn lists_of_two(items: &[Value<'_>]) -> bool {
    let is_pair = |item: &Value<'_>| match item {
        Value::List(pair) => pair.len() == 2 && pair.iter().all(|text| text.as_scalar().is_some()),
        Value::Null | Value::Scalar(_) | Value::Text(_) | Value::Map(_) => false,
    };
    let is_text =
        |item: &&Value<'_>| matches!(item, Value::List(pair) if pair[0].as_text().is_some());
    items.len() > 1
        && items.iter().all(is_pair)
        && items.iter().filter(is_text).count() * 2 >= items.len()
}

/// `[["What …?", "It …", "And …"], …]`: what was said in turn, where the first text asks.
pub(super) fn lists_of_turns(items: &[Value<'_>]) -> bool {
    let asks = |item: &Value<'_>| match item {
        Value::List(turns) if turns.len() > 1 => {
            let all = turns.iter().all(|turn| turn.as_text().is_some());
            all.then(|| turns[0].as_text().map_or(0.0, question_likeness))
        }
        Value::List(_) | Value::Null | Value::Scalar(_) | Value::Text(_) | Value::Map(_) => None,
    };
    let asks: Option<Vec<f32>> = items.iter().map(asks).collect();
    asks.is_some_and(|asks| asks.len() > 1 && asks.iter().sum::<f32>() >= 0.5 * asks.len() as f32)
}

/// The questions of a list of turns, each with the texts up to the next one.
pub(super) fn turns(item: Value<'_>) -> Vec<(String, Vec<String>)> {
    let Value::List(items) = item else { return Vec::new() };
    let mut turns: Vec<(String, Vec<String>)> = Vec::new();
    for (at, text) in items.iter().filter_map(Value::as_text).enumerate() {
        match turns.last_mut() {
            Some((_, answers)) if at % 2 == 1 || question_likeness(text) < 0.5 => {
                answers.push(text.to_owned());
            }
            _ => turns.push((text.to_owned(), Vec::new())),
        }
    }
    turns
}

/// `[{"What …?": "It …"}, …]`.
pub(super) fn maps_of_one(items: &[Value<'_>]) -> bool {
    let single = |item: &Value<'_>| match item.as_map().map(Vec::as_slice) {
        Some([(key, value)]) if is_answer(value) => Some(question_likeness(key)),
        _ => None,
    };
    let asks: Option<Vec<f32>> = items.iter().map(single).collect();
    asks.is_some_and(|asks| !asks.is_empty() && asks.iter().sum::<f32>() >= 0.5 * asks.len() as f32)
}

/// Whether a field beside groups or other fields is a question with its answer: only a question
/// mark tells it from a name, and names in code may end in one too (`active?`).
pub(super) fn asks_beside_groups(key: &str, value: &Value<'_>) -> bool {
    let is_worded = key.contains(|c: char| c.is_whitespace() || !c.is_ascii());
    is_worded && ends_as_question(key) && is_answer(value)
}

/// Whether a value is a text, or several.
pub(super) fn is_answer(node: &Value<'_>) -> bool {
    match node {
        Value::Text(_) | Value::Scalar(_) => true,
        Value::List(items) => items.iter().all(|item| item.as_scalar().is_some()),
        Value::Null | Value::Map(_) => false,
    }
}

/// Pairs found by their names: `q1` and `a1`, `pay_title` and `pay_description`. The rest of the
/// map is left in place.
pub(super) fn named_pairs<'n>(map: &mut Map<'n>) -> Vec<Pair<'n>> {
    let mut stems: HashMap<String, [Option<usize>; 2]> = HashMap::new();
    let (mut order, mut strong) = (Vec::new(), false);
    for (at, (key, value)) in map.iter().enumerate().filter(|(_, (_, value))| is_answer(value)) {
        let Some((stem, role)) = stem(key) else { continue };
        let is_strong = matches!(role, FieldRole::Question | FieldRole::Answer);
        let found = stems.entry(stem.clone()).or_insert_with(|| {
            order.push(stem.clone());
            [None, None]
        });
        let asks = match role {
            FieldRole::Question | FieldRole::Title => 0,
            FieldRole::Answer | FieldRole::Text => 1,
        };
        if asks == 0 || !value.as_scalar().is_some_and(|text| text.trim().is_empty()) {
            found[asks].get_or_insert(at);
        }
        strong |= is_strong && found.iter().all(Option::is_some);
    }
    let pairs: Vec<(usize, usize)> = order
        .iter()
        .filter_map(|stem| {
            stems.get(stem).and_then(|&[question, answer]| Some((question?, answer?)))
        })
        .collect();
    let asks = pairs.iter().filter_map(|&(question, _)| map[question].1.as_text());
    let asks: f32 = asks.map(question_likeness).sum();
    if !strong && (pairs.len() < 2 || asks < 0.5 * pairs.len() as f32) {
        return Vec::new();
    }
    let mut take = |at: usize| std::mem::replace(&mut map[at].1, Value::Null);
    let mut found = Vec::new();
    for (question, answer) in pairs {
        let (asked, answer) = (take(question), take(answer));
        if let Value::Text(text) = asked {
            found.push((question, text, answer));
        }
    }
    let key = |at: usize| map[at].0.clone();
    found
        .into_iter()
        .map(|(at, question, answer)| Pair { question, answer, key: key(at) })
        .collect()
}

/// The words of a name without the one that gives its role, and the role.
fn stem(key: &str) -> Option<(String, FieldRole)> {
    let words = words(key);
    if words.len() < 2 {
        return None;
    }
    let last = words.len() - 1;
    let is_number = |word: &String| word.bytes().all(|b| b.is_ascii_digit());
    let role_at = |at: usize| {
        let word = &words[at];
        // A single letter is a role only at an end of the name: before a number, or last.
        let counts = word.chars().count() > 1
            || at == last
            || at == 0 && is_number(&words[1])
            || at + 1 == last && is_number(&words[last]);
        role(word).filter(|_| counts)
    };
    let found: Vec<(usize, FieldRole)> =
        (0..words.len()).rev().filter_map(|at| Some((at, role_at(at)?))).collect();
    let strong =
        found.iter().find(|(_, role)| matches!(role, FieldRole::Question | FieldRole::Answer));
    let &(at, role) = strong.or(found.first())?;
    let others = words.iter().enumerate().filter(|&(n, _)| n != at).map(|(_, word)| word.as_str());
    Some((others.collect::<Vec<_>>().join(" "), role))
}

/// `[{"q": "…"}, {"a": "…"}, …]` as records of two.
pub(super) fn paired(items: Vec<Value<'_>>) -> Vec<Value<'_>> {
    let is = |item: &Value<'_>, role: fn(&str) -> bool| matches!(item.as_map().map(Vec::as_slice), Some([(key, _)]) if role(key));
    let pairs = items.chunks(2).all(|pair| match pair {
        [asked, given] => is(asked, Keys::asks) && is(given, Keys::answers),
        _ => false,
    });
    if items.is_empty() || !pairs {
        return items;
    }
    let mut records: Vec<Value<'_>> = Vec::with_capacity(items.len() / 2);
    for (at, field) in items.into_iter().filter_map(Value::into_map).enumerate() {
        match records.last_mut() {
            Some(Value::Map(record)) if at % 2 == 1 => record.extend(field),
            _ => records.push(Value::Map(field)),
        }
    }
    records
}

/// A note of an exported deck of Anki: its first two fields are front and back.
pub(super) fn note_of_deck<'n>(map: &Map<'n>) -> Option<Map<'n>> {
    let field = |name: &str| map.iter().find(|(key, _)| key == name).map(|(_, value)| value);
    if field("__type__")?.as_text()? != "Note" {
        return None;
    }
    let Value::List(fields) = field("fields")? else { return None };
    let mut record = Map::new();
    for (name, value) in ["question", "answer"].into_iter().zip(fields) {
        record.push((Cow::Borrowed(name), value.clone()));
    }
    record.extend(field("tags").map(|tags| (Cow::Borrowed("tags"), tags.clone())));
    Some(record)
}

/// `[{"language": "en", "text": "…"}, …]` as a map of languages.
fn by_code<'n>(value: &Value<'n>) -> Option<Value<'n>> {
    let Value::List(items) = value else { return None };
    let named = |item: &Value<'n>| {
        let names = ["language", "lang", "locale"];
        let language = names.iter().find_map(|name| item.get(name)?.as_text());
        let text = ["text", "value", "content"].iter().find_map(|name| item.get(name));
        let language = language.filter(|language| is_language(language))?.to_owned();
        Some((Cow::Owned(language), text?.clone()))
    };
    let map: Option<Map<'n>> = items.iter().map(named).collect();
    map.filter(|map| !map.is_empty()).map(Value::Map)
}

/// A record whose question has several languages, as one record per language.
pub(super) fn by_language<'n>(map: &Map<'n>) -> Option<Vec<Map<'n>>> {
    let lists = map.iter().any(|(key, value)| Keys::asks(key) && by_code(value).is_some());
    if lists {
        let field = |(key, value): &(Cow<'n, str>, Value<'n>)| {
            (key.clone(), by_code(value).unwrap_or_else(|| value.clone()))
        };
        return by_language(&map.iter().map(field).collect());
    }
    let answers = map.iter().any(|(key, value)| Keys::answers(key) && is_by_language(value));
    let asks = |key: &str| Keys::asks(key) || answers && Keys::titles(key);
    let asked = map.iter().find(|(key, value)| asks(key) && is_by_language(value));
    if let Some((_, Value::Map(translations))) = asked {
        return Some(
            translations.iter().filter_map(|(language, _)| in_language(map, language)).collect(),
        );
    }
    by_suffix(map)
}

/// `{"0": …, "1": …}` as a list.
fn numbered<'n>(value: &Value<'n>) -> Option<Value<'n>> {
    let map = value.as_map().filter(|map| map.len() > 1)?;
    let in_order = map.iter().enumerate().all(|(at, (key, _))| key.parse() == Ok(at));
    in_order.then(|| Value::List(map.iter().map(|(_, value)| value.clone()).collect()))
}

/// `{"questions": ["…", "…"], "answers": ["…", "…"]}`: one record per index, if all lists have the
/// same length. A map of numbers is such a list too.
pub(super) fn by_column<'n>(map: &Map<'n>) -> Option<Vec<Map<'n>>> {
    if map.iter().any(|(key, value)| Keys::asks(key) && numbered(value).is_some()) {
        let field = |(key, value): &(Cow<'n, str>, Value<'n>)| {
            (key.clone(), numbered(value).unwrap_or_else(|| value.clone()))
        };
        return by_column(&map.iter().map(field).collect());
    }
    let texts = |value: &Value<'_>| {
        let Value::List(items) = value else { return 0 };
        if items.iter().all(|item| item.as_scalar().is_some()) { items.len() } else { 0 }
    };
    let (_, asked) = map.iter().find(|(key, value)| Keys::asks(key) && texts(value) > 1)?;
    let count = texts(asked);
    let replied = map.iter().any(|(key, value)| Keys::answers(key) && texts(value) == count);
    // Several wordings of one question have one answer, or several that apply to all of them.
    let Value::List(items) = asked else { return None };
    let distinct = items.iter().filter_map(Value::as_text).map(question_likeness).sum::<f32>();
    if !replied || distinct < 0.5 * count as f32 || !map.iter().any(|(key, _)| is_plural(key)) {
        return None;
    }
    let field = |at: usize, (key, value): &(Cow<'n, str>, Value<'n>)| {
        let Value::List(items) = value else { return None };
        (items.len() == count).then(|| (key.clone(), items[at].clone()))
    };
    Some((0..count).map(|at| map.iter().filter_map(|pair| field(at, pair)).collect()).collect())
}

/// Whether a name means several questions.
fn is_plural(key: &str) -> bool {
    Keys::asks(key) && key.to_lowercase().ends_with(['s', 'n'])
}

/// Whether a value is a map of languages.
fn is_by_language(value: &Value<'_>) -> bool {
    value.as_map().is_some_and(|map| !map.is_empty() && map.iter().all(|(key, _)| is_language(key)))
}

fn in_language<'n>(map: &Map<'n>, language: &str) -> Option<Map<'n>> {
    let mut record = Map::new();
    for (key, value) in map {
        match value {
            Value::Map(_) if is_by_language(value) => match value.get(language) {
                Some(translation) => record.push((key.clone(), translation.clone())),
                None if Keys::answers(key) => return None,
                None => {}
            },
            other => record.push((key.clone(), other.clone())),
        }
    }
    Some(record)
}

/// `question_en`, `answer_en`, `question_fr`, `answer_fr`.
fn by_suffix<'n>(map: &Map<'n>) -> Option<Vec<Map<'n>>> {
    let suffix = |key: &str| {
        let words = words(key);
        let (last, before) = words.split_last()?;
        (!before.is_empty() && last.len() == 2 && is_language(last)).then(|| last.clone())
    };
    let asked: Vec<String> =
        map.iter().filter(|(key, _)| Keys::asks(key)).filter_map(|(key, _)| suffix(key)).collect();
    if asked.len() < 2 {
        return None;
    }
    let of = |language: &String| {
        let own = |key: &str| suffix(key).is_none_or(|other| other == *language);
        map.iter().filter(|(key, _)| own(key)).cloned().collect()
    };
    Some(asked.iter().map(of).collect())
}

/// `{"question": {"stem": …, "choices": […]}, "answerKey": …}` as one map.
///
/// A text in its own object, `{"rendered": "…"}`, becomes that text.
pub(super) fn flattened(mut map: Map<'_>) -> Map<'_> {
    for (_, value) in &mut map {
        let is_rendered = |(key, text): &(Cow<'_, str>, Value<'_>)| {
            key == "rendered" && matches!(text, Value::Text(_))
        };
        if let Value::Map(inner) = value
            && let Some(at) = inner.iter().position(is_rendered)
        {
            *value = std::mem::take(&mut inner[at].1);
        }
    }
    let is_nested = |(key, value): &(Cow<'_, str>, Value<'_>)| {
        Keys::asks(key)
            && value.as_map().is_some_and(|inner| {
                let offers = |(key, value): &(Cow<'_, str>, Value<'_>)| {
                    Keys::offers(key) && !matches!(value, Value::Text(_))
                };
                let is_text = inner.len() == 1 && inner.iter().all(|(key, _)| key == "text");
                inner.iter().any(offers) || is_text
            })
    };
    if !map.iter().any(is_nested) {
        return map;
    }
    let mut flat = Map::new();
    for field in map {
        match field {
            (key, Value::Map(inner)) if Keys::asks(&key) => {
                for (name, value) in inner {
                    let is_text = matches!(name.as_ref(), "stem" | "text" | "body" | "content");
                    flat.push((if is_text { key.clone() } else { name }, value));
                }
            }
            other => flat.push(other),
        }
    }
    flat
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &'static str) -> Value<'static> {
        Value::Text(text.into())
    }

    #[test]
    fn names_tell_pairs() {
        let pairs = |fields: &[(&'static str, &'static str)]| -> Vec<(String, String)> {
            let mut map: Map<'_> =
                fields.iter().map(|&(key, value)| (Cow::Borrowed(key), text(value))).collect();
            let pair = |pair: Pair<'_>| {
                (pair.question.into_owned(), pair.answer.as_scalar().unwrap_or_default().to_owned())
            };
            named_pairs(&mut map).into_iter().map(pair).collect()
        };
        let expected = [("Hot?", "Yes."), ("Wet?", "No.")].map(|(q, a)| (q.into(), a.into()));
        for names in [
            ["frage2", "antwort2", "frage3", "antwort3"],
            ["q_1", "a_1", "q_2", "a_2"],
            ["heatQuestion", "heatAnswer", "rainQuestion", "rainAnswer"],
            ["heat.title", "heat.text", "rain.title", "rain.text"],
            ["faq.1.question", "faq.1.answer", "faq.2.question", "faq.2.answer"],
        ] {
            let values = ["Hot?", "Yes.", "Wet?", "No."];
            let mut fields: Vec<_> = names.into_iter().zip(values).collect();
            fields.push(("page_title", "Tea"));
            assert_eq!(pairs(&fields), expected, "{names:?}");
        }
        assert_eq!(pairs(&[("hero_title", "Tea"), ("hero_text", "Fine tea.")]), []);
    }
}
