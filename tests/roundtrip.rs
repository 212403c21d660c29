//! What real files hold, written in every format and read again.

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

/// Every file of the corpora's list.
fn corpora() -> Vec<PathBuf> {
    let Some(root) = std::env::var_os("QA_CORPORA").map(PathBuf::from) else { return Vec::new() };
    let list = std::fs::read_to_string(root.join("manifest.tsv")).unwrap();
    let names = list.lines().filter_map(|line| line.split('\t').next());
    names.map(|name| root.join(name)).filter(|path| path.exists()).collect()
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

#[test]
fn real_collections_survive_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for path in corpora() {
        let Some(wanted) = entries(&path) else { continue };
        for target in [Target::Json, Target::Jsonl, Target::Csv, Target::Faqpage] {
            let found = again(&wanted, target, folder.path());
            if let Some(what) = difference(&wanted, found.as_ref(), |a, b| a == b) {
                wrong.push(format!("{} as {}: {what}", path.display(), target.name()));
            }
        }
        let found = again(&wanted, Target::Markdown, folder.path());
        if let Some(what) = difference(&wanted, found.as_ref(), same_words) {
            wrong.push(format!("{} as markdown: {what}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
