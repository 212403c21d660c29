//! The conditions of a query besides its words.

use quick_answer::collection::{Entry, Marks, Place, Recall};
use quick_answer::search::{Engine, Index, Query};
use std::sync::Arc;

fn entries() -> Vec<Entry> {
    let entry = |question: &str, tag: &str, source: &str| Entry {
        id: question.to_lowercase(),
        question: question.into(),
        answer: "Brakes are mentioned here, too.".into(),
        tags: vec![tag.into()],
        place: Place { source: source.into(), line: 1 },
        ..Entry::default()
    };
    vec![
        entry("Which tyre fits?", "wheels", "shop/tyres.md"),
        entry("Which tyre for brakes?", "brakes", "shop/brakes.md"),
        entry("Which wheels for a tyre?", "rims", "notes.json"),
    ]
}

/// The numbers of all entries that match the query, in collection order.
fn found(query: &Query) -> Vec<u32> {
    let hits = Engine::new(Index::new(&entries())).search(query);
    let mut found: Vec<u32> =
        (0..hits.ready()).filter_map(|n| hits.get(n)).map(|hit| hit.entry).collect();
    found.sort_unstable();
    found
}

fn query(text: &str) -> Query {
    Query { text: text.into(), limit: 10, no_meaning: true, ..Query::default() }
}

#[test]
fn a_tag_condition_accepts_only_entries_with_that_tag() {
    assert_eq!(found(&query("tag:wheels")), [0], "a question with the word is not tagged with it");
    assert_eq!(found(&query("tag:brakes tyre")), [1], "nor is an answer");
    assert_eq!(found(&query("tag:whe")), [0], "the beginning of a tag is enough");
    assert_eq!(found(&query("tag:fits")), [0_u32; 0]);
}

#[test]
fn a_source_condition_accepts_only_entries_of_that_source() {
    assert_eq!(found(&query("source:shop tyre")), [0, 1]);
    assert_eq!(found(&query("source:NOTES")), [2]);
    assert_eq!(found(&query("source:none tyre")), [0_u32; 0]);
}

#[test]
fn conditions_filter_by_known_and_again() {
    let entries = entries();
    let index = Index::new(&entries);
    let mut marks = Marks::default();
    for (n, recall) in [(0, Recall::Known), (1, Recall::Again)] {
        let key = index.entry(n).map(|entry| entry.key().to_string()).unwrap();
        marks.set_recall(&key, Some(recall));
    }
    let marks = Arc::new(marks);
    for (text, ids) in [
        ("is:known", vec![0]),
        ("is:again", vec![1]),
        ("is:new", vec![1, 2]),
        ("is:", vec![0, 1, 2]),
    ] {
        assert_eq!(found(&Query { marks: Arc::clone(&marks), ..query(text) }), ids, "{text}");
    }
}

#[test]
fn is_bookmarked_accepts_only_bookmarked_entries() {
    let entries = entries();
    let index = Index::new(&entries);
    let key = index.entry(1).map(|entry| entry.key().to_string()).unwrap();
    let marks = Arc::new(Marks { bookmarked: [key].into(), ..Marks::default() });
    for text in ["is:bookmarked", "is:bookmarked tyre"] {
        assert_eq!(found(&Query { marks: Arc::clone(&marks), ..query(text) }), [1]);
    }
    let either = Query { marks, ..query("is:bookmarked | tag:wheels") };
    assert_eq!(found(&either), [0, 1], "also as one of several alternatives");
    assert_eq!(found(&query("is:bookmarked")), [0_u32; 0]);
}

/// A filter that is an alternative to a condition on the text is checked as well.
#[test]
fn filters_and_phrases_are_alternatives() {
    for (text, ids) in [
        ("is:bookmarked | \"tyre fits\"", vec![0]),
        ("tag:rims | \"tyre fits\"", vec![0, 2]),
        ("source:notes | fits$", vec![0, 2]),
        ("!brakes | \"for brakes\"", vec![1]),
    ] {
        assert_eq!(found(&query(text)), ids, "{text}");
    }
}

/// Without words to rank by, hits are in collection order, and all of them are counted.
#[test]
fn conditions_alone_count_every_hit_and_keep_the_order() {
    let many: Vec<Entry> = (0..1200)
        .map(|n| Entry {
            question: format!("Question {n}?"),
            tags: vec![if n % 3 == 0 { "third" } else { "other" }.into()],
            ..Entry::default()
        })
        .collect();
    let hits = Engine::new(Index::new(&many)).search(&query("tag:third"));
    assert_eq!((hits.total, hits.ready()), (400, 10));
    let first: Vec<u32> = (0..3).filter_map(|n| hits.get(n)).map(|hit| hit.entry).collect();
    assert_eq!(first, [0, 3, 6]);
    let without = Engine::new(Index::new(&many)).search(&query("!5"));
    assert_eq!(without.total, 1199);
    let with_a_common_word = Engine::new(Index::new(&many)).search(&query("question tag:third"));
    assert_eq!(with_a_common_word.total, 400);
}

/// A phrase that no entry has is searched for word by word, unless words are matched exactly.
#[test]
fn a_phrase_that_no_entry_has_is_loosened_unless_words_are_matched_exactly() {
    let loosened = query("\"tyre wheels\" ");
    assert_eq!(found(&loosened), [0, 1, 2]);
    assert_eq!(found(&Query { exact: true, ..loosened }), [0_u32; 0]);
    // This many terms read as a sentence.
    let long = query("\"fits mentioned tyre brakes\" tag:wheels");
    assert_eq!(found(&long), [0], "what is no phrase still holds");
    assert_eq!(found(&Query { exact: true, ..long }), [0_u32; 0]);
    let partly = query("\"for brakes\" fits wheels mentioned");
    assert_eq!(found(&partly), [1], "an entry has the phrase, if not every word");
}

#[test]
fn an_excluded_phrase_excludes_the_words_side_by_side_only() {
    assert_eq!(found(&query("tyre !\"which tyre\"")), [2]);
    assert_eq!(found(&query("tyre !\"tyre which\"")), [0, 1, 2]);
    assert_eq!(found(&query("fits !\"tyre fits\"")), [0_u32; 0], "nor is it close");
    assert_eq!(found(&query("!\"which tyre\"")), [2]);
}

#[test]
fn an_excluded_phrase_is_an_alternative_of_its_own() {
    assert_eq!(found(&query("fits | !\"which tyre\"")), [0, 2]);
    assert_eq!(found(&query("!\"which tyre\" | fits")), [0, 2]);
    assert_eq!(found(&query("none | !\"which tyre\"")), [2]);
    assert_eq!(found(&query("\"tyre fits\" | !\"which tyre\"")), [0, 2]);
}
