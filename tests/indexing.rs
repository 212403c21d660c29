//! Indexes that grow while a large collection is loaded.

use quick_answer::collection::{Entry, Store};
use quick_answer::load::Sink;
use quick_answer::search::{Engine, Index, IndexEvent, Indexer, Query};
use std::sync::Mutex;

/// More parts than an indexer keeps as segments of their own: it joins some of them on the way.
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
fn joined_segments_keep_the_entries_in_order() {
    let newest = Mutex::new(Index::default());
    let indexer = Indexer::new(|event| {
        if let IndexEvent::Grown(index) = event {
            *newest.lock().unwrap() = index;
        }
    });
    for part in 0..PARTS {
        indexer.entries(part, Store::new(&[entry(part)]));
        if part % 50 == 49 {
            assert_eq!(newest.lock().unwrap().len(), part + 1);
            assert_finds_every_entry(&newest.lock().unwrap());
        }
    }
    assert_finds_every_entry(&indexer.finish());
}
