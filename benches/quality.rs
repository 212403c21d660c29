//! How often the wanted question comes first:
//! `cargo bench --bench quality -- COLLECTION QUERIES [COLLECTION QUERIES ...]`.
//!
//! QUERIES has one JSON record a line: `query`, `expected` (an id, or a list of ids) and, if they
//! are to be told apart, `class`. Every class has a line: how many queries, the share whose wanted
//! entry came first and among ten, and the mean reciprocal rank among ten; then the share that
//! came first without what the words mean.

use quick_answer::load::{Source, load};
use quick_answer::search::{Engine, Index, Indexer, Query};
use serde_json::Value;
use std::collections::BTreeMap;
use std::error::Error;

#[derive(Default)]
struct Tally {
    queries: f64,
    first: f64,
    among_ten: f64,
    reciprocal: f64,
    first_by_words: f64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    for pair in paths.chunks_exact(2) {
        measure(&pair[0], &pair[1])?;
    }
    Ok(())
}

fn measure(collection: &str, queries: &str) -> Result<(), Box<dyn Error>> {
    let indexer = Indexer::new(|_| ());
    load(&[Source::Path(collection.into())], &indexer)?;
    let index = indexer.finish();
    let mut engine = Engine::new(index.clone());
    let mut classes: BTreeMap<String, Tally> = BTreeMap::new();
    for line in std::fs::read_to_string(queries)?.lines() {
        let record: Value = serde_json::from_str(line)?;
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let expected: Vec<String> = match &record["expected"] {
            Value::Array(ids) => ids.iter().map(text).collect(),
            id => vec![text(id)],
        };
        let query = Query { text: text(&record["query"]), limit: 10, ..Query::default() };
        let rank = |query: &Query, engine: &mut Engine| {
            ids(&index, engine, query).iter().position(|id| expected.contains(id))
        };
        let by_words = rank(&Query { no_meaning: true, ..query.clone() }, &mut engine);
        let found = rank(&query, &mut engine);
        let tally = classes.entry(record["class"].as_str().unwrap_or("all").into()).or_default();
        tally.queries += 1.0;
        tally.first += f64::from(found == Some(0));
        tally.first_by_words += f64::from(by_words == Some(0));
        if let Some(rank) = found {
            tally.among_ten += 1.0;
            tally.reciprocal += 1.0 / (rank as f64 + 1.0);
        }
    }
    println!("{collection}, {} entries", index.len());
    for (class, t) in classes {
        let share = |count: f64| 100.0 * count / t.queries;
        println!(
            "  {class:<20} {:>5} queries  first {:5.1}%  among ten {:5.1}%  MRR {:.3}  first by words alone {:5.1}%",
            t.queries,
            share(t.first),
            share(t.among_ten),
            t.reciprocal / t.queries,
            share(t.first_by_words)
        );
    }
    Ok(())
}

fn ids(index: &Index, engine: &mut Engine, query: &Query) -> Vec<String> {
    let hits = engine.search(query);
    let entry = |n| index.entry(hits.get(n)?.entry);
    (0..10).map_while(entry).map(|entry| entry.id().to_owned()).collect()
}
