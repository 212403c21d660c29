//! The time of the sentence encoder for queries and for batches, on one thread: `cargo bench
//! --bench encoder`.

use divan::{Bencher, counter::ItemsCount};
use quick_answer::search::Encoder;

fn main() {
    divan::main();
}

/// A text of about this many tokens.
fn text(tokens: usize) -> String {
    "how do I tell whether the bakery is open "
        .split_inclusive(' ')
        .cycle()
        .take(tokens - 2)
        .collect()
}

/// The items that are counted are tokens.
fn encode(bencher: Bencher, texts: usize, tokens: usize) {
    let Ok(encoder) = Encoder::english() else { return };
    let texts = vec![encoder.tokens(&text(tokens)); texts];
    let count = texts.iter().map(Vec::len).sum::<usize>();
    let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(1).build() else { return };
    bencher
        .counter(ItemsCount::new(count))
        .bench(|| pool.install(|| encoder.encode_tokens(&texts)));
}

#[divan::bench(args = [6, 12, 24, 128])]
fn query(bencher: Bencher, tokens: usize) {
    encode(bencher, 1, tokens);
}

/// Questions of 12 tokens.
#[divan::bench(args = [4, 8, 16, 32])]
fn batch(bencher: Bencher, texts: usize) {
    encode(bencher, texts, 12);
}
