//! Indexes that grow while a large collection is loading.

use quick_answer::collection::{Entry, EntryStore};
use quick_answer::load::Sink;
use quick_answer::search::{Engine, Index, IndexEvent, Indexer, Query};
use std::sync::Mutex;

/// More parts than an indexer keeps as separate segments: it merges some of them while loading.
const PARTS: usize = 200;

/// Entry `n` is the only one with `word{n}`, in its question, and `said{n}`, in its answer.
fn entry(n: usize) -> Entry {
    Entry {
        question: format!("What is word{n}?"),
        answer: format!("It is said{n}."),
        ..Entry::default()
    }
}

/// The entries that have exactly this word.
fn having(index: &Index, word: &str) -> Vec<u32> {
    let query =
        Query { text: format!("'{word} "), limit: 10, no_meaning: true, ..Query::default() };
    let hits = Engine::new(index.clone()).search(&query);
    (0..hits.ready()).filter_map(|n| hits.get(n)).map(|hit| hit.entry).collect()
}

fn assert_finds_every_entry(index: &Index) {
    for n in 0..index.len() {
        assert_eq!(having(index, &format!("word{n}")), [n as u32], "of {}", index.len());
        assert_eq!(having(index, &format!("said{n}")), [n as u32], "of {}", index.len());
    }
}

#[test]
fn parts_that_did_not_change_keep_their_numbers_and_their_memory() {
    let load = |former: &Index, last: usize| {
        let indexer = Indexer::after(former.clone(), |_| ());
        for (part, n) in [0, 1, last].into_iter().enumerate() {
            indexer.entries(part, EntryStore::new(&[entry(n)]));
        }
        indexer.finish()
    };
    let first = load(&Index::default(), 2);
    let same = load(&first, 2);
    assert!(same.continues(&first) && !same.is_same(&first));
    let changed = load(&first, 3);
    assert!(!changed.continues(&first));
    assert_eq!(having(&changed, "word3"), [2]);
    assert_eq!(changed.entry(2).map(|entry| entry.question()), Some("What is word3?"));
    let text = |index: &Index| index.entry(1).map(|entry| entry.question().as_ptr());
    assert_eq!(text(&changed), text(&first), "one copy of what both have");
}

#[test]
fn joined_segments_keep_the_entries_in_order() {
    let newest = Mutex::new(Index::default());
    let indexer = Indexer::new(|event| {
        if let IndexEvent::Grown(index) = event {
            *newest.lock().unwrap() = index;
        }
    });
    for part in 0..PARTS {
        indexer.entries(part, EntryStore::new(&[entry(part)]));
        if part % 50 == 49 {
            assert_eq!(newest.lock().unwrap().len(), part + 1);
            assert_finds_every_entry(&newest.lock().unwrap());
        }
    }
    assert_finds_every_entry(&indexer.finish());
}
