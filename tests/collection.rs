//! Checks the built-in collection against its schema and the promises about its texts.

use quick_answer::collection::{Collection, Entry, Place, TextFormat};
use quick_answer::load::{self, BUILT_IN, Source};
use quick_answer::search::{Engine, Index, Query};
use serde_json::Value;
use std::collections::BTreeSet;

const SCHEMA: &str = include_str!("../assets/quick-answers.schema.json");
const TAGS: [&str; 8] = [
    "crying",
    "sessions",
    "therapist",
    "relationship",
    "touch",
    "honesty",
    "choosing",
    "wellbeing",
];

fn built_in() -> Collection {
    serde_json::from_str(BUILT_IN).expect("the built-in collection is well-formed")
}

fn schema() -> Value {
    serde_json::from_str(SCHEMA).expect("the schema is well-formed")
}

/// The violations of `schema` by `value`, for the few keywords that our schema uses. An unknown
/// field is ignored by readers, but is a mistake in our own file.
fn violations(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    if let Some(target) = schema["$ref"].as_str() {
        let pointer = target.trim_start_matches('#');
        let target = root.pointer(pointer).unwrap_or_else(|| panic!("{pointer} is in the schema"));
        return violations(root, target, value, at, found);
    }
    let is = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let may = &schema["type"];
    if may != is && !may.as_array().is_some_and(|types| types.iter().any(|one| one == is)) {
        found.push(format!("{at}: {is} instead of {may}"));
    }
    if let (Some(least), Some(text)) = (schema["minLength"].as_u64(), value.as_str())
        && (text.chars().count() as u64) < least
    {
        found.push(format!("{at}: empty"));
    }
    for (n, item) in value.as_array().into_iter().flatten().enumerate() {
        violations(root, &schema["items"], item, &format!("{at}[{n}]"), found);
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(name).is_none() {
            found.push(format!("{at}: no {name}"));
        }
    }
    for (name, item) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(name) {
            Some(property) => violations(root, property, item, &format!("{at}.{name}"), found),
            None => found.push(format!("{at}: {name} is not in the schema")),
        }
    }
}

fn check(value: &Value) -> Vec<String> {
    let (schema, mut found) = (schema(), Vec::new());
    violations(&schema, &schema, value, "$", &mut found);
    found
}

/// The sentences of an answer: a full stop, question or exclamation mark after the end of a word.
/// Items of lists have none and do not count.
fn sentences(answer: &str) -> usize {
    answer
        .split_whitespace()
        .filter(|word| word.trim_end_matches(['*', '"', ')', '_']).ends_with(['.', '?', '!']))
        .count()
}

#[test]
fn the_built_in_collection_obeys_the_schema() {
    let value = serde_json::from_str(BUILT_IN).expect("the built-in collection is well-formed");
    assert_eq!(check(&value), Vec::<String>::new());
}

#[test]
fn the_schema_names_exactly_the_fields_of_the_structs() {
    let entry = Entry {
        id: "a".into(),
        question: "Why?".into(),
        answer: "Because.".into(),
        tags: vec!["tag".into()],
        aliases: vec!["how come".into()],
        url: Some("https://example.org".into()),
        ..Entry::default()
    };
    let full = Collection {
        title: "All".into(),
        note: Some("Note.".into()),
        entries: vec![entry.clone()],
    };
    let (schema, names) = (schema(), |value: &Value| {
        value.as_object().into_iter().flat_map(|map| map.keys().cloned()).collect::<BTreeSet<_>>()
    });
    let collection = serde_json::to_value(full).expect("a collection can be written");
    assert_eq!(names(&collection), names(&schema["properties"]));
    let entry = serde_json::to_value(entry).expect("an entry can be written");
    assert_eq!(names(&entry), names(&schema["$defs"]["entry"]["properties"]));
    for property in [&schema["properties"], &schema["$defs"]["entry"]["properties"]] {
        for (name, described) in property.as_object().into_iter().flatten() {
            assert!(described["description"].is_string(), "{name} is described");
        }
    }
}

#[test]
fn loading_agrees_with_the_schema() {
    let loads = |text: &str| serde_json::from_str::<Collection>(text).is_ok();
    for wrong in [
        r#"{"title": "no entries"}"#,
        r#"{"entries": [{"answer": "no question"}]}"#,
        r#"{"entries": [{"question": 1}]}"#,
        r#"{"entries": [{"question": "Why?", "tags": "one"}]}"#,
    ] {
        let value = serde_json::from_str(wrong).expect("well-formed JSON");
        assert!(!check(&value).is_empty(), "the schema forbids {wrong}");
        assert!(!loads(wrong), "{wrong} does not load");
    }
    assert!(loads(r#"{"made by": "hand", "entries": [{"question": "Why?", "stars": 5}]}"#));
}

#[test]
fn there_are_eighteen_entries_with_nothing_empty() {
    let collection = built_in();
    assert_eq!(collection.title, "Quick answers");
    let note = collection.note.unwrap_or_default();
    assert!(note.contains("no substitute for professional help"));
    assert!(note.contains("emergency services or a crisis line"));
    assert_eq!(collection.entries.len(), 18);
    let mut seen = BTreeSet::new();
    let mut used = BTreeSet::new();
    for entry in &collection.entries {
        let id = &entry.id;
        assert!(seen.insert(id), "{id} is there once");
        let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(!id.is_empty() && id.chars().all(kebab), "{id} is kebab-case");
        assert!(entry.question.ends_with('?'), "{id} asks");
        assert!(!entry.tags.is_empty(), "{id} has a tag");
        assert!((2..=5).contains(&entry.aliases.len()), "{id} has two to five other wordings");
        for text in entry.tags.iter().chain(&entry.aliases).chain(&entry.url) {
            assert!(!text.trim().is_empty() && text.trim() == text, "{id} has a blank text");
        }
        for tag in &entry.tags {
            assert!(TAGS.contains(&tag.as_str()), "{id}: {tag} is no tag of the list");
            used.insert(tag.as_str());
        }
        assert!(entry.url.iter().all(|url| url.starts_with("https://")), "{id} links safely");
    }
    assert_eq!(used, BTreeSet::from(TAGS), "every tag of the list is used");
}

#[test]
fn an_answer_is_one_plain_sentence_and_a_short_explanation() {
    for entry in built_in().entries {
        let id = &entry.id;
        let first = entry.answer.split("\n\n").next().unwrap_or_default();
        assert_eq!(sentences(first), 1, "{id} opens with one sentence: {first}");
        assert!(first.chars().count() <= 100, "{id} opens with a short one: {first}");
        let count = sentences(&entry.answer);
        assert!((3..=7).contains(&count), "{id} has {count} sentences");
        let longest = entry.question.split_whitespace().map(str::len).max().unwrap_or_default();
        assert!(longest <= 20, "{id} fits a narrow list");
    }
}

#[test]
fn no_wording_is_given_twice() {
    let mut seen = BTreeSet::new();
    for entry in built_in().entries {
        for wording in entry.aliases.iter().chain([&entry.question]) {
            assert!(seen.insert(wording.to_lowercase()), "{wording} is there once");
        }
    }
}

#[test]
fn loading_preserves_every_field() {
    let (loaded, problems) = load::collect(&[Source::BuiltIn]).expect("it loads");
    assert!(problems.is_empty(), "{problems:?}");
    let written = built_in();
    assert_eq!((&loaded.title, &loaded.note), (&written.title, &written.note));
    let bare = |entry: &Entry| Entry {
        place: Place::default(),
        format: TextFormat::default(),
        ..entry.clone()
    };
    let loaded: Vec<Entry> = loaded.entries.iter().map(bare).collect();
    assert_eq!(loaded, written.entries);
}

#[test]
fn typed_queries_put_a_fitting_question_first() {
    let entries = built_in().entries;
    let mut engine = Engine::new(Index::new(&entries));
    let mut first = |text: &str| {
        let hits = engine.search(&Query { text: text.into(), limit: 1, ..Query::default() });
        hits.get(0).map(|hit| entries[hit.entry as usize].id.clone()).unwrap_or_default()
    };
    for (typed, fitting) in [
        ("cry ses", &["cry-in-session", "cry-every-session"][..]),
        ("hug", &["hug-my-therapist", "twenty-second-hug", "want-to-hug"]),
    ] {
        let id = first(typed);
        assert!(fitting.contains(&id.as_str()), "{typed:?} puts {id} first");
    }
    assert!(!first("therpist").is_empty());
}
