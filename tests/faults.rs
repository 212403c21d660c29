//! Sources that are broken, hostile, or not what they seem: they are rejected in time proportional
//! to their size, and never cost the valid records beside them.

#[cfg(unix)]
#[path = "faults/folders.rs"]
mod folders;
#[cfg(feature = "anki")]
#[path = "faults/packages.rs"]
mod packages;

use quick_answer::collection::{Entry, EntryStore};
use quick_answer::load::{Collector, Diagnostic, LoadError, Sink, Source, collect, load};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

const PAGE: &str = "## How hot?\n\nVery.\n\n## How long?\n\nShort.\n";

fn file(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, content).unwrap();
    path
}

fn opened(path: &Path) -> (Vec<Entry>, Vec<Diagnostic>) {
    let (collection, problems) = collect(&[Source::Path(path.into())]).unwrap();
    (collection.entries, problems)
}

fn questions(path: &Path) -> Vec<String> {
    opened(path).0.into_iter().map(|entry| entry.question).collect()
}

fn error(path: &Path) -> String {
    collect(&[Source::Path(path.into())]).unwrap_err().to_string()
}

fn says(problems: &[Diagnostic], part: &str) -> bool {
    problems.iter().any(|problem| problem.message.contains(part))
}

/// 3 GB of zero bytes, packed.
fn gzip_of_gigabytes(start: &str) -> Vec<u8> {
    let gzip = |bytes: &[u8]| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    };
    let member = gzip(&vec![b' '; 16 << 20]);
    [gzip(start.as_bytes()), member.repeat(192)].concat()
}

#[test]
fn a_packed_bomb_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let start = PAGE.repeat(4);
    let zstd = |bytes: &[u8]| zstd::encode_all(bytes, 1).unwrap();
    let frames = zstd(&vec![b' '; 16 << 20]).repeat(200);
    let mut bombs = vec![("a.md.zst", [zstd(start.as_bytes()), frames].concat())];
    let gzip = gzip_of_gigabytes(&start);
    let names = ["a.md.gz", "a.csv.gz", "a.html.gz", "a.json.gz", "a.yaml.gz", "a.txt.gz"];
    bombs.extend(names.map(|name| (name, gzip.clone())));
    for (name, bomb) in bombs {
        let error = error(&file(folder.path(), name, bomb));
        assert!(error.contains("unpacks to more than"), "{name}: {error}");
    }
}

#[test]
fn a_packed_bomb_of_records_keeps_those_before_its_bound() {
    let folder = tempfile::tempdir().unwrap();
    let bomb = gzip_of_gigabytes("{\"q\": \"One?\"}\n{\"q\": \"Two?\"}\n");
    let (entries, problems) = opened(&file(folder.path(), "a.jsonl.gz", bomb));
    assert_eq!(entries.len(), 2);
    assert!(!problems.is_empty());
}

#[test]
fn a_sparse_file_behind_a_text_is_an_error_or_ends_the_text() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.md", "a.csv", "a.txt", "a.html"] {
        let path = file(folder.path(), name, PAGE.repeat(40));
        File::options().write(true).open(&path).unwrap().set_len(5 << 30).unwrap();
        assert!(error(&path).contains("too large"), "{name}");
    }
    let path = file(folder.path(), "b.md", PAGE.repeat(40));
    File::options().write(true).open(&path).unwrap().set_len(60 << 20).unwrap();
    let (entries, problems) = opened(&path);
    assert_eq!(entries.len(), 80);
    assert!(says(&problems, "binary data follows"), "{problems:?}");
}

#[test]
fn a_zero_byte_does_not_make_a_text_binary() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in [
        ("a.md", "## How\0 hot?\n\nVery.\n\n## How long?\n\nShort.\n"),
        ("a.csv", "question,answer\nHow\0 hot?,Very\nHow long?,Short\n"),
        ("a.jsonl", "{\"q\": \"How\\u0000 hot?\", \"a\": \"Very\"}\n{\"q\": \"How long?\"}\n\0\n"),
        ("a.txt", "Q: How\0 hot?\nA: Very.\n\nQ: How long?\nA: Short.\n"),
    ] {
        let found = questions(&file(folder.path(), name, content));
        assert_eq!(found, ["How\u{fffd} hot?", "How long?"], "{name}");
    }
}

#[test]
fn marks_deeper_than_any_list_end_and_keep_the_next_entry() {
    let folder = tempfile::tempdir().unwrap();
    let many = |part: &str| part.repeat(20_000);
    for (name, text) in [
        ("a.wiki", format!("== How hot? ==\n{} x\n\n== How long? ==\nShort.\n", many("*"))),
        ("b.wiki", format!("== How hot? ==\n{} x\n\n== How long? ==\nShort.\n", many("*#:"))),
        (
            "c.wiki",
            format!("== How hot? ==\n{}\n== How long? ==\nShort.\n", many("<blockquote>\n"))
                .replacen("\n== How l", &format!("\n{}\n== How l", many("</blockquote>\n")), 1),
        ),
        ("a.textile", format!("h2. How hot?\n\n{} x\n\nh2. How long?\n\nShort.\n", many("#"))),
        ("a.org", format!("* How long?\nShort.\n* How hot?\n{}", many("#+BEGIN_QUOTE\nx\n"))),
        ("a.md", format!("## How hot?\n\nx{}\n\n## How long?\n\nShort.\n", many("y[^1] "))),
        ("b.md", format!("## How hot{}?\n\nx\n\n## How long?\n\nShort.\n", many("[^1]"))),
    ] {
        let found = questions(&file(folder.path(), name, text));
        assert!(found.iter().any(|question| question == "How long?"), "{name}: {found:?}");
    }
}

#[test]
fn lines_may_end_in_carriage_returns_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "a.md", PAGE.replace('\n', "\r"));
    assert_eq!(questions(&path), ["How hot?", "How long?"]);
    let rows = "question,answer\rHow hot?,Very\rHow long?,Short\r";
    assert_eq!(questions(&file(folder.path(), "a.csv", rows)), ["How hot?", "How long?"]);
}

#[test]
fn a_broken_yaml_is_an_error_at_its_place_and_no_entry() {
    let folder = tempfile::tempdir().unwrap();
    for (content, place) in [
        ("- question: How hot?\n  answer: Very\n- question: \"How long\n  answer: Short\n", ":3:"),
        ("faq:\n  - q: How hot?\n    a: Very\n   - q: How long?\n     a: Short\n", ":4:"),
        ("questions:\n\t- q: How hot?\n\t  a: Very\n", ":2:"),
        ("How hot?: Very: hot\nHow long?: Short\n", ":1:"),
    ] {
        let path = file(folder.path(), "a.yaml", content);
        let error = error(&path);
        assert!(error.starts_with(&format!("{}{place}", path.display())), "{error}");
    }
}

#[test]
fn escapes_in_markup_are_removed_whole() {
    let folder = tempfile::tempdir().unwrap();
    let escape = "a\u{1b}[31mred\u{1b}]0;PWN\u{7} b&#27;[31mred&#27;]0;PWN&#7; c";
    let page =
        format!("<html><h2>Why {escape}?</h2><p>So {escape} <b>{escape}</b><pre>{escape}</pre>");
    let attribute = |text: &str| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('\u{1b}', "&#27;")
            .replace('\u{7}', "&#7;")
    };
    let posts = format!(
        "<posts>\n<row Id=\"1\" PostTypeId=\"1\" AcceptedAnswerId=\"2\" Title=\"Why {1}?\" />\n\
         <row Id=\"2\" PostTypeId=\"2\" ParentId=\"1\" Body=\"&lt;p&gt;So {0}&lt;/p&gt;\" />\n</posts>",
        attribute(escape),
        attribute("a\u{1b}[31mred\u{1b}]0;PWN\u{7} b")
    );
    let anki = format!("#separator:tab\n#html:true\nWhy {escape}?\t<p>So {escape}</p>\n");
    for (name, content) in [("a.html", page), ("Posts.xml", posts), ("anki.txt", anki)] {
        let entries = opened(&file(folder.path(), name, content)).0;
        assert_eq!(entries.len(), 1, "{name}");
        for entry in entries {
            let text = format!("{} {}", entry.question, entry.answer);
            assert!(!text.contains("[31m") && !text.contains("PWN"), "{name}: {text}");
            assert!(text.contains("ared b"), "{name}: {text}");
        }
    }
}

/// A sink with the entries of a former load.
struct Reload {
    new: Collector,
    former: Vec<Entry>,
}

impl Sink for Reload {
    fn entries(&self, part: usize, entries: EntryStore) {
        self.new.entries(part, entries);
    }

    fn problem(&self, problem: Diagnostic) {
        self.new.problem(problem);
    }

    fn former(&self, source: &str) -> Option<EntryStore> {
        let of = |entry: &&Entry| *entry.place.source == *source;
        let entries: Vec<Entry> = self.former.iter().filter(of).cloned().collect();
        (!entries.is_empty()).then(|| EntryStore::new(&entries))
    }
}

#[test]
fn a_broken_save_of_one_of_several_sources_keeps_what_it_had() {
    let folder = tempfile::tempdir().unwrap();
    let a = file(folder.path(), "a.json", r#"[{"q": "One?", "a": "1"}]"#);
    let b = file(folder.path(), "b.md", "## Two?\n\n2\n");
    let several = [Source::Path(a.clone()), Source::Path(b.clone())];
    let inside = [Source::Path(folder.path().into())];
    let former: [Vec<Entry>; 2] = [&several[..], &inside].map(|s| collect(s).unwrap().0.entries);
    fs::write(&a, r#"[{"q": "#).unwrap();
    fs::write(&b, "## Two and a half?\n\n2.5\n").unwrap();
    for (sources, former) in [&several[..], &inside].into_iter().zip(former) {
        let sink = Reload { new: Collector::default(), former };
        load(sources, &sink).unwrap();
        let found: Vec<_> = sink.new.take_entries().into_iter().map(|e| e.question).collect();
        assert_eq!(found, ["One?", "Two and a half?"]);
        assert!(says(&sink.new.take_problems(), "its former entries stay"));
    }
}
