//! How often the wanted question comes first:
//! `cargo bench --bench quality -- [--ablation] COLLECTION QUERIES [COLLECTION QUERIES ...]`.
//!
//! QUERIES has one JSON record per line: `query`, `expected` (an id, or a list of ids) and
//! optionally `class`. Every class has a row: the number of queries, the share whose wanted entry
//! came first and among ten, the mean reciprocal rank among ten, and the share that came first
//! without embeddings. `--ablation` adds a row per weight: the change of both shares over all
//! queries with that weight switched off ([`Weights::ABLATIONS`]).

use quick_answer::load::{Source, load};
use quick_answer::search::{Engine, Index, Indexer, Query, Weights};
use serde_json::Value;
use std::collections::BTreeMap;
use std::error::Error;

struct Case {
    class: String,
    query: String,
    expected: Vec<String>,
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

    fn percent(&self, count: f64) -> f64 {
        100.0 * count / self.queries.max(1.0)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let (options, paths): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|word| word.starts_with("--"));
    for pair in paths.chunks_exact(2) {
        let indexer = Indexer::new(|_| ());
        load(&[Source::Path(pair[0].clone().into())], &indexer)?;
        let index = indexer.finish();
        let cases = read(&pair[1])?;
        println!("{}, {} entries", pair[0], index.len());
        print_classes(&index, &cases);
        if options.iter().any(|option| option == "--ablation") {
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
    let mut engine = Engine::new(index.clone());
    let mut classes: BTreeMap<&str, (Quality, Quality)> = BTreeMap::new();
    for case in cases {
        let (quality, by_words) = classes.entry(&case.class).or_default();
        quality.add(rank(&mut engine, case, false));
        by_words.add(rank(&mut engine, case, true));
    }
    for (class, (quality, by_words)) in classes {
        println!(
            "  {class:<24} {:>5} queries  first {:5.1}%  among ten {:5.1}%  MRR {:.3}  first by words alone {:5.1}%",
            quality.queries,
            quality.percent(quality.first),
            quality.percent(quality.among_ten),
            quality.reciprocal / quality.queries,
            by_words.percent(by_words.first),
        );
    }
}

fn print_ablation(index: &Index, cases: &[Case]) {
    let measure = |weights: Weights| {
        let mut engine = Engine::with_weights(index.clone(), weights);
        let mut quality = Quality::default();
        for case in cases {
            quality.add(rank(&mut engine, case, false));
        }
        quality
    };
    let all = measure(Weights::default());
    for (name, switch_off) in Weights::ABLATIONS {
        let mut weights = Weights::default();
        switch_off(&mut weights);
        let without = measure(weights);
        println!(
            "  without {name:<26} first {:+5.1}  among ten {:+5.1}",
            all.percent(without.first - all.first),
            all.percent(without.among_ten - all.among_ten),
        );
    }
}

/// The rank of the first expected entry among the ten best hits, from 0.
fn rank(engine: &mut Engine, case: &Case, no_meaning: bool) -> Option<usize> {
    let query = Query { text: case.query.clone(), limit: 10, no_meaning, ..Query::default() };
    let hits = engine.search(&query);
    let id = |n| Some(hits.index.entry(hits.get(n)?.entry)?.id().to_owned());
    (0..10).map_while(id).position(|id| case.expected.contains(&id))
}
