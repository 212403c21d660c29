//! The time of opening, for every text of `tests/size`: `cargo bench --bench loading`.
//!
//! Four times the text takes four times as long. One kind: `cargo bench --bench loading -- usual.md`.

#[path = "../tests/size/cases.rs"]
mod cases;

use cases::{CASES, Case};
use divan::Bencher;
use quick_answer::load::{Source, collect};
use std::io::Write;

fn main() {
    divan::main();
}

fn open(bencher: Bencher<'_, '_>, name: &str, size: usize) {
    let case: &Case = CASES.iter().find(|case| case.name == name).expect("it is listed");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(case.name);
    std::fs::write(&path, case.text(size)).expect("a file");
    bencher.bench(|| collect(&[Source::Path(path.clone())]).is_ok());
}

#[divan::bench(args = CASES.iter().map(|case| case.name), sample_count = 3)]
fn one_megabyte(bencher: Bencher<'_, '_>, name: &str) {
    open(bencher, name, 1 << 20);
}

#[divan::bench(args = CASES.iter().map(|case| case.name), sample_count = 3)]
fn four_megabytes(bencher: Bencher<'_, '_>, name: &str) {
    open(bencher, name, 4 << 20);
}

/// 3 GB of blanks behind a text, packed into 13 MB.
#[divan::bench(sample_count = 3)]
fn bomb(bencher: Bencher<'_, '_>) {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&vec![b' '; 16 << 20]).expect("memory takes it");
    let member = packed.finish().expect("memory takes it");
    let mut file = tempfile::Builder::new().suffix(".md.gz").tempfile().expect("a file");
    file.write_all(&member.repeat(192)).expect("a file");
    bencher.bench(|| collect(&[Source::Path(file.path().into())]).is_err());
}
