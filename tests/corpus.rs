//! The inputs that the fuzzer kept, and those that it starts with, tried without it.

mod invariants;

use std::fs;
use std::path::Path;

fn each(target: &str, check: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut tried = 0;
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        eprintln!("{}", path.display());
        check(&fs::read(path).unwrap());
        tried += 1;
    }
    assert!(tried > 0, "no input for {target}");
}

fn text(check: impl Fn(&str)) -> impl Fn(&[u8]) {
    move |data| check(&String::from_utf8_lossy(data))
}

#[test]
fn any_source_loads_or_is_an_error() {
    each("load", invariants::load);
}

#[test]
fn any_text_is_made_safe() {
    each("sanitise", text(invariants::sanitised));
}

#[test]
fn any_answer_is_laid_out() {
    each("layout", invariants::layout);
}

#[test]
fn any_query_is_answered() {
    each("query", text(invariants::query));
}
