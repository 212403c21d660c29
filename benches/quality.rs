//! How often the expected question comes first: `cargo bench --bench quality -- [--ablation]
//! [COLLECTION QUERIES ...]`; without a collection those in `tests/evaluation`, with the ablation.
//!
//! QUERIES has one JSON record per line: `query`, `expected` (an id, or a list of ids) and
//! optionally `class`. Every class has a row for each way to rank: with the sentence encoder (all
//! entries encoded first), with word vectors alone, by words alone. A row has the number of queries,
//! the share whose wanted entry came first and among ten, and the mean reciprocal rank among ten.
//! Then: how many matches the queries leave (close entries only where there is
//! no match), how many keys of theirs add matches while a word is typed, and how many first hits
//! change after a thousand random picks. `--ablation` adds a row per weight: the change of both
//! shares over all queries with that weight switched off ([`Weights::ABLATIONS`]), then that of the
//! first share in each class that it changes. It ranks every query once per weight, which takes a
//! second per weight for 300 queries with optimisation, and many times that without.

use quick_answer::load::{Source, load};
use quick_answer::search::{Engine, Index, Indexer, Query, SentenceOptions, Weights};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::sync::Arc;

/// The collections in the repository, each with its queries.
const OWN: [&str; 8] = [
    "workshop.json",
    "queries.jsonl",
    "german.json",
    "german.jsonl",
    "scripts.json",
    "scripts.jsonl",
    "signs.json",
    "signs.jsonl",
];

struct Case {
    class: String,
    query: String,
    expected: Vec<String>,
}

/// The ways to rank.
#[derive(Clone, Copy)]
enum Ranking {
    SentenceEncoder,
    WordVectors,
    Words,
}

impl Ranking {
    const ALL: [(Self, &str); 3] = [
        (Self::SentenceEncoder, "sentence encoder"),
        (Self::WordVectors, "word vectors"),
        (Self::Words, "words alone"),
    ];
}

#[derive(Default, Clone, Copy)]
struct Quality {
    queries: f64,
    first: f64,
    among_ten: f64,
    reciprocal: f64,
}

impl Quality {
    fn add(&mut self, rank: Option<usize>) {
        self.queries += 1.0;
        self.first += f64::from(rank == Some(0));
        if let Some(rank) = rank {
            self.among_ten += 1.0;
            self.reciprocal += 1.0 / (rank as f64 + 1.0);
        }
    }

    fn join(&mut self, other: Self) {
        self.queries += other.queries;
        self.first += other.first;
        self.among_ten += other.among_ten;
        self.reciprocal += other.reciprocal;
    }

    fn percent(&self, count: f64) -> f64 {
        100.0 * count / self.queries.max(1.0)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let (options, paths): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|word| word.starts_with("--"));
    let own = OWN.map(|name| format!("{}/tests/evaluation/{name}", env!("CARGO_MANIFEST_DIR")));
    let ablation = paths.is_empty() || options.iter().any(|option| option == "--ablation");
    let paths = if paths.is_empty() { own.to_vec() } else { paths };
    for pair in paths.chunks_exact(2) {
        let indexer = Indexer::new(|_| ());
        load(&[Source::Path(pair[0].clone().into())], &indexer)?;
        let index = indexer.finish();
        let cases = read(&pair[1])?;
        println!("{}, {} entries", pair[0], index.len());
        print_classes(&index, &cases);
        print_counts(&index, &cases);
        print_added(&index, &cases);
        print_learning(&index, &cases);
        if ablation {
            print_ablation(&index, &cases);
        }
    }
    Ok(())
}

fn read(queries: &str) -> Result<Vec<Case>, Box<dyn Error>> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let case = |line: &str| {
        let record: Value = serde_json::from_str(line)?;
        let expected = match &record["expected"] {
            Value::Array(ids) => ids.iter().map(text).collect(),
            id => vec![text(id)],
        };
        let class = record["class"].as_str().unwrap_or("all").to_owned();
        Ok(Case { class, query: text(&record["query"]), expected })
    };
    std::fs::read_to_string(queries)?.lines().map(case).collect()
}

fn print_classes(index: &Index, cases: &[Case]) {
    for (ranking, name) in Ranking::ALL {
        let mut engine = Engine::new(index.clone());
        let mut classes: BTreeMap<&str, Quality> = BTreeMap::new();
        for case in cases {
            let rank = rank(&mut engine, case, ranking);
            classes.entry(&case.class).or_default().add(rank);
        }
        for (class, quality) in classes {
            println!(
                "  {name:<16} {class:<24} {:>5} queries  first {:5.1}%  among ten {:5.1}%  MRR {:.3}",
                quality.queries,
                quality.percent(quality.first),
                quality.percent(quality.among_ten),
                quality.reciprocal / quality.queries,
            );
        }
    }
}

/// How many matches the queries leave: a histogram.
fn print_counts(index: &Index, cases: &[Case]) {
    const BOUNDS: [usize; 7] = [0, 1, 3, 9, 29, 99, usize::MAX];
    let mut engine = Engine::new(index.clone());
    let mut counts: Vec<usize> = cases.iter().map(|case| left(&mut engine, &case.query)).collect();
    counts.sort_unstable();
    let mut from = 0;
    for bound in BOUNDS {
        let having = counts.iter().filter(|count| (from..=bound).contains(*count)).count();
        let bar = "#".repeat(60 * having / counts.len().max(1));
        let upto = if bound == usize::MAX { String::new() } else { format!("{bound}") };
        println!("  {:>9} matches {having:>5} queries {bar}", format!("{from}-{upto}"));
        from = bound.saturating_add(1);
    }
    println!("  median {}", counts.get(counts.len() / 2).copied().unwrap_or(0));
}

/// The number of entries that a query leaves: its matches; if there is none, the close entries.
fn left(engine: &mut Engine, text: &str) -> usize {
    let hits = engine.search(&Query { text: text.into(), limit: 10, ..Query::default() });
    if hits.matches > 0 { hits.matches } else { hits.total }
}

/// How many keys add matches while a word is typed.
fn print_added(index: &Index, cases: &[Case]) {
    let mut engine = Engine::new(index.clone());
    let (mut keys, mut added) = (0_usize, 0_usize);
    for case in cases {
        let mut before: Option<usize> = None;
        for (at, c) in case.query.char_indices() {
            let text = &case.query[..at + c.len_utf8()];
            let query = Query { text: text.into(), limit: 10, ..Query::default() };
            let matches = engine.search(&query).matches;
            if c.is_alphanumeric()
                && let Some(before) = before
            {
                keys += 1;
                added += usize::from(matches > before);
            }
            before = c.is_alphanumeric().then_some(matches);
        }
    }
    let share = 100.0 * added as f64 / keys.max(1) as f64;
    println!("  keys within a word that add matches: {added} of {keys} ({share:.2}%)");
}

/// How many first hits change after a thousand random picks.
fn print_learning(index: &Index, cases: &[Case]) {
    const PICKS: usize = 1000;
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut used: HashMap<String, u32> = HashMap::new();
    for _ in 0..PICKS {
        // Xorshift (Marsaglia, "Xorshift RNGs", 2003).
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let entry = index.entry((random % index.len().max(1) as u64) as u32);
        if let Some(entry) = entry {
            *used.entry(entry.key().to_string()).or_default() += 1000;
        }
    }
    let used = Arc::new(used);
    let mut engine = Engine::new(index.clone());
    let mut first = |case: &Case, used: &Arc<HashMap<String, u32>>| {
        let (text, used) = (case.query.clone(), Arc::clone(used));
        let hits = engine.search(&Query { text, limit: 10, used, ..Query::default() });
        hits.get(0).map(|hit| hit.entry)
    };
    let none = Arc::default();
    let changed = cases.iter().filter(|case| first(case, &used) != first(case, &none)).count();
    println!("  first hits that change after {PICKS} random picks: {changed} of {}", cases.len());
}

fn print_ablation(index: &Index, cases: &[Case]) {
    let all = measure(index, cases, Weights::default());
    for (name, switch_off) in Weights::ABLATIONS {
        let mut weights = Weights::default();
        switch_off(&mut weights);
        let without = measure(index, cases, weights);
        let (mut old, mut new) = (Quality::default(), Quality::default());
        let mut changes = Vec::new();
        for (class, before) in &all {
            let after = without[class];
            old.join(*before);
            new.join(after);
            let points = before.percent(after.first - before.first);
            if points.abs() > 0.0 {
                changes.push(format!("{class} {points:+.1}"));
            }
        }
        println!(
            "  without {name:<26} first {:+5.1}  among ten {:+5.1}  {}",
            old.percent(new.first - old.first),
            old.percent(new.among_ten - old.among_ten),
            changes.join("  "),
        );
    }
}

/// The quality of each class with the sentence encoder.
fn measure<'a>(index: &Index, cases: &'a [Case], weights: Weights) -> BTreeMap<&'a str, Quality> {
    let mut engine = Engine::with_weights(index.clone(), weights);
    let mut classes: BTreeMap<&str, Quality> = BTreeMap::new();
    for case in cases {
        let rank = rank(&mut engine, case, Ranking::SentenceEncoder);
        classes.entry(&case.class).or_default().add(rank);
    }
    classes
}

/// The rank of the first expected entry among the ten best hits, from 0.
fn rank(engine: &mut Engine, case: &Case, ranking: Ranking) -> Option<usize> {
    let no_meaning = matches!(ranking, Ranking::Words);
    let query = Query { text: case.query.clone(), limit: 10, no_meaning, ..Query::default() };
    let hits = match ranking {
        Ranking::SentenceEncoder => engine.search_now(&query, &SentenceOptions::default(), true),
        Ranking::WordVectors | Ranking::Words => engine.search(&query),
    };
    let id = |n| Some(hits.index.entry(hits.get(n)?.entry)?.id().to_owned());
    (0..10).map_while(id).position(|id| case.expected.contains(&id))
}
