//! Writes a generated collection as JSON Lines, for measuring with other programs:
//! `cargo bench --bench generate -- 1000000 > questions.jsonl`; with `answers` after the number,
//! entries have answers; with `lines`, the questions alone, one a line.

mod generator;

use std::io::{BufWriter, Write, stdout};

fn main() -> std::io::Result<()> {
    let words: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let count = words.iter().find_map(|word| word.parse().ok()).unwrap_or(0);
    let has = |name: &str| words.iter().any(|word| word == name);
    let mut out = BufWriter::new(stdout().lock());
    for entry in generator::Generator::new(has("answers")).take(count) {
        if has("lines") {
            writeln!(out, "{}", entry.question)?;
        } else {
            serde_json::to_writer(&mut out, &entry)?;
            writeln!(out)?;
        }
    }
    out.flush()
}
