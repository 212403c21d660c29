//! Collections written in every format and read again.

use proptest::prelude::*;
use quick_answer::collection::{Collection, Entry, Place};
use quick_answer::load::convert::{Target, write};
use quick_answer::load::{Source, collect};
use std::path::{Path, PathBuf};

fn entries(path: &Path) -> Option<Collection> {
    let (collection, _) = collect(&[Source::Path(path.into())]).ok()?;
    let bare = |entry| Entry { place: Place::default(), ..entry };
    let entries = collection.entries.into_iter().map(bare).collect();
    Some(Collection { entries, ..collection })
}

fn again(collection: &Collection, target: Target, folder: &Path) -> Option<Collection> {
    let ending = match target {
        Target::Json | Target::Faqpage => "json",
        other => other.name(),
    };
    let path = folder.join(format!("again.{ending}"));
    write(collection, target, &mut std::fs::File::create(&path).unwrap()).unwrap();
    entries(&path)
}

/// The first difference between two readings of a file, if there is one.
fn difference(
    wanted: &Collection,
    found: Option<&Collection>,
    same: impl Fn(&Entry, &Entry) -> bool,
) -> Option<String> {
    let none = Collection::default();
    let found = found.unwrap_or(&none);
    if wanted.entries.len() != found.entries.len() {
        return Some(format!("{} entries, not {}", found.entries.len(), wanted.entries.len()));
    }
    let mut pairs = wanted.entries.iter().zip(&found.entries);
    pairs.find(|(a, b)| !same(a, b)).map(|(a, b)| format!("wanted {a:#?}\nfound {b:#?}"))
}

/// A heading of Markdown has no line breaks and no runs of spaces.
fn same_words(a: &Entry, b: &Entry) -> bool {
    a.question.split_whitespace().eq(b.question.split_whitespace())
}

/// What differs after writing a collection in each format and reading it again.
fn differences(wanted: &Collection, folder: &Path) -> Vec<String> {
    let mut wrong = Vec::new();
    for target in Target::ALL {
        let found = again(wanted, target, folder);
        let what = match target {
            Target::Markdown => difference(wanted, found.as_ref(), same_words),
            Target::Json | Target::Jsonl | Target::Csv | Target::Faqpage => {
                difference(wanted, found.as_ref(), |a, b| a == b)
            }
        };
        wrong.extend(what.map(|what| format!("as {}: {what}", target.name())));
    }
    wrong
}

/// Pieces of questions: plain words, and markup of any format.
const WORDS: &[&str] = &[
    "How",
    "do",
    "I",
    "true",
    "a",
    "wheel",
    "null",
    "42",
    "3.50",
    "no",
    "\"quoted\"",
    "it's",
    "a,b",
    "x;y",
    "C++",
    "#5",
    "R&D",
    "<div>",
    "a < b",
    "*bold*",
    "snake_case_name",
    "`code`",
    "[link](x)",
    "50%",
    "über",
    "Größe",
    "naïve",
    "日本語",
    "Пример",
    "e\u{301}",
    "👩‍👩‍👧",
    "(really)",
    "-",
    "--flag",
    "~/path",
    "C:\\temp",
    "{{x}}",
    "$HOME",
    "a|b",
    "@home",
    "key: value",
    "1.",
    "!",
];

/// Pieces of answers, a block each.
const BLOCKS: &[&str] = &[
    "A plain sentence.",
    "Two lines\nof one paragraph.",
    "- one\n- two\n  - nested",
    "1. first\n2. second",
    "```sh\nls -l | grep 'x'\n\n# no heading\n```",
    "Look:\n\n    indented code",
    "    code\n      at once",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "> quoted\n> twice",
    "### A heading inside",
    "**Bold** and *emphasis* and `code`.",
    "See [this](https://example.org/a?b=c&d=e).",
    "Ends with two spaces  \nand goes on.",
    "A < B & C > D",
    "\"Quotes\", 'more quotes', and a comma",
    "Q: not a question",
    "Tags: not, tags",
    "日本語の答え。",
    "yes",
    "0x1F",
];

fn question() -> impl Strategy<Value = String> {
    let words = prop::collection::vec(prop::sample::select(WORDS), 1..8);
    words.prop_map(|words| format!("How {}?", words.join(" ")))
}

fn answer() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(BLOCKS), 1..5).prop_map(|blocks| blocks.join("\n\n"))
}

fn collection() -> impl Strategy<Value = Collection> {
    let short = || prop::collection::vec("[a-z]{2,8}( [a-z]{2,8})?", 0..3);
    let entry = (question(), answer(), short(), short());
    prop::collection::vec(entry, 1..6).prop_map(|entries| {
        let entry = |(n, (question, answer, tags, aliases)): (usize, (_, _, _, Vec<String>))| {
            Entry { id: format!("entry-{n}"), question, answer, tags, aliases, ..Entry::default() }
        };
        let entries = entries.into_iter().enumerate().map(entry).collect();
        Collection { title: "Generated".into(), entries, ..Collection::default() }
    })
}

/// Each piece by itself, so that a failure names it.
#[test]
fn each_word_and_each_block_survives_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    let questions = WORDS.iter().map(|word| (format!("Is {word} kept?"), "Yes.".to_owned()));
    let answers = BLOCKS.iter().map(|block| ("What is kept?".to_owned(), (*block).to_owned()));
    for (question, answer) in questions.chain(answers) {
        let entry = Entry { id: "one".into(), question, answer, ..Entry::default() };
        let collection =
            Collection { title: "One".into(), entries: vec![entry], ..Collection::default() };
        wrong.extend(differences(&collection, folder.path()));
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_collection_survives_every_format(collection in collection()) {
        let folder = tempfile::tempdir().unwrap();
        let wrong = differences(&collection, folder.path());
        prop_assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn the_built_in_collection_survives_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/quick-answers.json");
    let wrong = differences(&entries(&path).unwrap(), folder.path());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every file of the corpora's list.
fn corpora(root: &Path) -> Vec<PathBuf> {
    let list = std::fs::read_to_string(root.join("manifest.tsv")).unwrap();
    let names = list.lines().filter_map(|line| line.split('\t').next());
    names.map(|name| root.join(name)).filter(|path| path.exists()).collect()
}

#[test]
#[ignore = "needs a folder of real files, which QA_CORPORA names"]
fn real_collections_survive_every_format() {
    let root = std::env::var_os("QA_CORPORA").expect("QA_CORPORA names a folder");
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for path in corpora(Path::new(&root)) {
        let Some(wanted) = entries(&path) else { continue };
        let of_file = differences(&wanted, folder.path());
        wrong.extend(of_file.into_iter().map(|what| format!("{} {what}", path.display())));
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
