//! How often the expected question comes first, on our own collections.
//!
//! `evaluation/workshop.json` is an invented collection, and `evaluation/queries.jsonl` has queries
//! of each kind that people type, with the id of the entry that they want; smaller collections are
//! there for German, for other scripts, and for signs and filters. Each class has a
//! threshold just below what the engine reaches, so that a weight that no longer works shows.
//! A change that raises a class raises its threshold; one that lowers a class needs a reason in
//! the commit. The files can also be measured with `cargo bench --bench quality`.

#[path = "search_quality/recorded.rs"]
mod recorded;

use quick_answer::collection::Entry;
use quick_answer::load::{Source, collect};
use quick_answer::search::{Engine, Index, Query};
use serde::Deserialize;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

/// A class of queries, and how many of them must find the expected entry first and among ten.
struct Threshold {
    class: &'static str,
    first: usize,
    among_ten: usize,
}

const fn threshold(class: &'static str, first: usize, among_ten: usize) -> Threshold {
    Threshold { class, first, among_ten }
}

const THRESHOLDS: &[Threshold] = &[
    threshold("three_words", 25, 25),
    threshold("reversed", 25, 25),
    threshold("typo", 28, 28),
    threshold("half_typed", 27, 27),
    threshold("abbreviated", 25, 25),
    threshold("whole_question", 22, 22),
    threshold("answer_words", 26, 31),
    threshold("own_words", 19, 34),
    threshold("alias_words", 25, 25),
    threshold("tag_words", 25, 25),
    threshold("stop_words", 22, 22),
    threshold("stop_word_typo", 10, 10),
    threshold("near_complete", 10, 10),
    threshold("compounds", 9, 9),
    threshold("german_words", 7, 7),
    threshold("german_typos", 7, 7),
    threshold("derived", 6, 6),
    threshold("separable_verbs", 4, 5),
    threshold("scripts", 10, 10),
    threshold("readings", 8, 8),
    threshold("signs", 7, 7),
    threshold("filters", 7, 7),
];

#[derive(Deserialize)]
struct Judged {
    class: String,
    query: String,
    /// The id of the expected entry.
    expected: String,
}

/// The result of a class.
#[derive(Default)]
struct Score {
    queries: usize,
    first: usize,
    among_ten: usize,
    /// The queries whose expected entry did not come first, with the entry that did.
    missed: Vec<String>,
}

fn evaluation(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/evaluation").join(name)
}

/// The collections with their queries.
const SETS: [(&str, &str); 4] = [
    ("workshop.json", "queries.jsonl"),
    ("german.json", "german.jsonl"),
    ("scripts.json", "scripts.jsonl"),
    ("signs.json", "signs.jsonl"),
];

fn queries_in(name: &str) -> Vec<Judged> {
    let text = std::fs::read_to_string(evaluation(name)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn judged_queries() -> Vec<Judged> {
    queries_in("queries.jsonl")
}

fn workshop() -> Index {
    index_of("workshop.json")
}

fn index_of(name: &str) -> Index {
    let (collection, diagnostics) = collect(&[Source::Path(evaluation(name))]).unwrap();
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    Index::new(&collection.entries)
}

/// The ids of the ten best hits.
fn ten_best(engine: &mut Engine, text: &str) -> Vec<String> {
    let hits = engine.search(&Query { text: text.into(), limit: 10, ..Query::default() });
    let entry = |n| hits.index.entry(hits.get(n)?.entry);
    (0..10).map_while(entry).map(|entry| entry.id().to_owned()).collect()
}

fn measure(class: &str, queries: &[Judged], engine: &mut Engine) -> Score {
    let mut score = Score::default();
    for judged in queries.iter().filter(|judged| judged.class == class) {
        let found = ten_best(engine, &judged.query);
        let rank = found.iter().position(|id| *id == judged.expected);
        score.queries += 1;
        score.first += usize::from(rank == Some(0));
        score.among_ten += usize::from(rank.is_some());
        if rank != Some(0) {
            let first = found.first().map_or("nothing", String::as_str);
            let rank = rank.map_or("not among ten".to_owned(), |rank| format!("rank {}", rank + 1));
            score.missed.push(format!(
                "{:?} wants {}: {rank}, after {first}",
                judged.query, judged.expected
            ));
        }
    }
    score
}

#[test]
fn each_class_of_queries_finds_the_expected_question() {
    let mut sets = SETS.map(|(name, queries)| (Engine::new(index_of(name)), queries_in(queries)));
    let mut table =
        format!("{:<16} {:>7} {:>12} {:>12}\n", "class", "queries", "first", "among ten");
    let mut misses = String::new();
    let mut below = Vec::new();
    for Threshold { class, first, among_ten } in THRESHOLDS {
        let has_class = |queries: &[Judged]| queries.iter().any(|judged| judged.class == *class);
        let Some((engine, queries)) = sets.iter_mut().find(|(_, queries)| has_class(queries))
        else {
            panic!("no query is of class {class}");
        };
        let score = measure(class, queries, engine);
        writeln!(
            table,
            "{class:<16} {:>7} {:>5} of {first:<3} {:>5} of {among_ten:<3}",
            score.queries, score.first, score.among_ten
        )
        .unwrap();
        writeln!(misses, "{class}\n  {}", score.missed.join("\n  ")).unwrap();
        if score.first < *first || score.among_ten < *among_ten {
            below.push(*class);
        }
    }
    println!("{table}\n{misses}");
    assert!(below.is_empty(), "below the threshold: {}\n{table}\n{misses}", below.join(", "));
}

/// The number of queries whose first hit is another one after `picks` random entries were used.
fn changed_by_use(workshop: &Index, queries: &[Judged], picks: usize) -> usize {
    let keys: Vec<String> = workshop.entries().map(|entry| entry.key().to_string()).collect();
    let mut used: HashMap<String, u32> = HashMap::new();
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..picks {
        // Xorshift (Marsaglia, "Xorshift RNGs", 2003).
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        *used.entry(keys[(random % keys.len() as u64) as usize].clone()).or_default() += 1000;
    }
    let used = Arc::new(used);
    let mut engine = Engine::new(workshop.clone());
    let mut first = |judged: &Judged, used: &Arc<HashMap<String, u32>>| {
        let (text, used) = (judged.query.clone(), Arc::clone(used));
        engine
            .search(&Query { text, limit: 10, used, ..Query::default() })
            .get(0)
            .map(|hit| hit.entry)
    };
    let unused = Arc::default();
    queries.iter().filter(|judged| first(judged, &used) != first(judged, &unused)).count()
}

#[test]
fn used_entries_do_not_overtake_a_better_hit() {
    let queries = judged_queries();
    let changed = changed_by_use(&workshop(), &queries, 1000);
    assert!(changed * 500 <= queries.len(), "{changed} of {}", queries.len());
}

#[test]
fn among_level_hits_the_used_one_is_first() {
    let entry = |id: &str, question: &str| Entry {
        id: id.into(),
        question: question.into(),
        ..Entry::default()
    };
    let index = Index::new(&[
        entry("lathe", "Is the lathe free?"),
        entry("drill", "Is the drill free?"),
        entry("free", "Free?"),
    ]);
    let mut engine = Engine::new(index.clone());
    let mut first = |used: &[(u32, u32)]| {
        let key = |n| index.entry(n).unwrap().key().to_string();
        let used = Arc::new(used.iter().map(|&(n, amount)| (key(n), amount)).collect());
        let hits =
            engine.search(&Query { text: "is the".into(), limit: 10, used, ..Query::default() });
        hits.get(0).map(|hit| hit.entry)
    };
    assert_eq!(first(&[]), Some(0));
    assert_eq!(first(&[(1, 500)]), Some(1));
    assert_eq!(first(&[(1, 500), (0, 900)]), Some(0));
    assert_eq!(first(&[(2, 9000)]), Some(0));
}

#[test]
fn every_query_belongs_to_a_class_and_every_expected_entry_exists() {
    assert!(workshop().len() >= 100 && judged_queries().len() >= 200);
    for (name, queries) in SETS {
        let index = index_of(name);
        for judged in queries_in(queries) {
            assert!(THRESHOLDS.iter().any(|known| known.class == judged.class), "{}", judged.class);
            let exists = index.entries().any(|entry| entry.id() == judged.expected);
            assert!(exists, "{:?} wants {}", judged.query, judged.expected);
        }
    }
}
