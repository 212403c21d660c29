//! The time of a key and of building an index, and its memory, for collections of several sizes:
//! `cargo bench --bench search`; `QA_BENCH_LARGE=1` adds a million entries.

mod generator;

use divan::{Bencher, counter::ItemsCount};
use quick_answer::collection::{Entry, EntryStore};
use quick_answer::load::Sink;
use quick_answer::search::{Engine, Index, Indexer, Query};

#[global_allocator]
static ALLOCATOR: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

fn sizes() -> Vec<usize> {
    let large = std::env::var_os("QA_BENCH_LARGE").is_some();
    [10_000, 100_000].into_iter().chain(large.then_some(1_000_000)).collect()
}

fn entries(count: usize, answers: bool) -> Vec<Entry> {
    generator::Generator::new(answers).take(count).collect()
}

/// Built in parts, as in loading.
fn index(entries: &[Entry]) -> Index {
    let indexer = Indexer::new(|_| ());
    for (part, entries) in entries.chunks(40_000).enumerate() {
        indexer.entries(part, EntryStore::new(entries));
    }
    indexer.finish()
}

#[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
fn build(bencher: Bencher, count: usize) {
    let entries = entries(count, false);
    bencher.counter(ItemsCount::new(count)).bench_local(|| index(&entries));
}

#[divan::bench(args = [10_000, 100_000], sample_count = 3, sample_size = 1)]
fn build_with_answers(bencher: Bencher, count: usize) {
    let entries = entries(count, true);
    bencher.counter(ItemsCount::new(count)).bench_local(|| index(&entries));
}

/// One query typed key by key and deleted again; the time is that of all its keys.
fn keys(bencher: Bencher, count: usize, query: &str) {
    keys_with(bencher, count, query, false);
}

fn keys_with(bencher: Bencher, count: usize, query: &str, no_meaning: bool) {
    let mut engine = Engine::new(index(&entries(count, false)));
    let ends: Vec<usize> = (1..=query.len()).chain((0..query.len()).rev()).collect();
    bencher.counter(ItemsCount::new(ends.len())).bench_local(|| {
        for &end in &ends {
            let text = query[..end].to_owned();
            let query = Query { text, limit: 100, no_meaning, ..Query::default() };
            divan::black_box(engine.search(&query));
        }
    });
}

#[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
fn keys_of_two_words(bencher: Bencher, count: usize) {
    keys(bencher, count, "python async");
}

#[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
fn keys_of_frequent_words(bencher: Bencher, count: usize) {
    keys(bencher, count, "how do i use");
}

#[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
fn keys_of_a_typo(bencher: Bencher, count: usize) {
    keys(bencher, count, "crwaler");
}

const SENTENCE: &str = "why does my computer keep asking me";

#[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
fn keys_of_a_sentence(bencher: Bencher, count: usize) {
    keys_with(bencher, count, SENTENCE, false);
}

/// The difference from [`keys_of_a_sentence`] is the share of the semantic stage.
#[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
fn keys_of_a_sentence_without_meaning(bencher: Bencher, count: usize) {
    keys_with(bencher, count, SENTENCE, true);
}
