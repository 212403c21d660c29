//! Runs the inputs that the fuzzer kept, and its seeds, without the fuzzer.

mod invariants;

use quick_answer::load::Format;
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
    each("load/detected", |data| invariants::load(None, data));
    each("pieces", |data| invariants::pieces(None, data));
    for format in Format::all() {
        each(&format!("load/{}", format.name()), |data| {
            invariants::load(Some(format), data);
            // In the smallest pieces, and in larger ones.
            for size in [0, 40, 200] {
                invariants::pieces(Some(format), &[&[size], data].concat());
            }
        });
    }
}

#[test]
fn any_package_opens_or_is_an_error() {
    each("package", invariants::package);
}

#[test]
fn any_text_is_sanitised() {
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

#[test]
fn any_questions_are_searched() {
    each("engine", text(invariants::engine));
}

#[test]
#[cfg(unix)]
fn any_input_of_a_terminal_is_decoded() {
    each("keys", invariants::keys);
}
