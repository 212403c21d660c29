//! The time of rendering and drawing an answer: `cargo bench --bench reader`.

use divan::Bencher;
use quick_answer::collection::TextFormat;
use quick_answer::markup::{plain, render};
use std::fmt::Write;

fn main() {
    divan::main();
}

/// An answer of about this many lines: paragraphs, lists, code and a table.
fn answer(lines: usize) -> String {
    let mut text = String::new();
    for n in 0..lines / 10 {
        let _ = write!(
            text,
            "## Part {n}\n\nA paragraph of **some** length with `code` and [a link](https://a.example/{n}), \
             which goes on until it needs a second line at most widths.\n\n- one\n- two\n  - three\n\n\
             ```sh\ntar xf {{{{archive}}}} -C folder\n```\n\n| a | b |\n|---|---|\n| {n} | cell |\n\n"
        );
    }
    text
}

/// Selecting another question.
#[divan::bench(args = [20, 1_000, 70_000])]
fn rendering(bencher: Bencher, lines: usize) {
    let text = answer(lines);
    bencher.bench(|| render(divan::black_box(&text), 90));
}

/// A frame: the visible lines at the end of the answer.
#[divan::bench(args = [1_000, 70_000])]
fn drawing(bencher: Bencher, lines: usize) {
    let rendered = render(&answer(lines), 90);
    let top = rendered.len() - 50;
    bencher.bench(|| (top..top + 50).map(|n| rendered.lines[n].spans().count()).sum::<usize>());
}

/// A key of `/`.
#[divan::bench(args = [1_000, 70_000])]
fn finding(bencher: Bencher, lines: usize) {
    let rendered = render(&answer(lines), 90);
    bencher.bench(|| rendered.find(divan::black_box("second line")).count());
}

/// A row of the list whose answer is long.
#[divan::bench]
fn snippet(bencher: Bencher) {
    let text = answer(70_000);
    bencher.bench(|| plain(divan::black_box(&text), TextFormat::Markdown, 120));
}

/// Pathological answers.
#[divan::bench(args = [">", "- ", "<ul><li>", "*a _b ", "| "])]
fn nesting(bencher: Bencher, piece: &str) {
    let text = piece.repeat(100_000);
    bencher.bench(|| render(divan::black_box(&text), 90).len());
}
