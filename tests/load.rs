//! Opening sources of every kind, good and bad.

use proptest::prelude::*;
use quick_answer::load::{
    Collector, Format, LoadError, Options, Source, collect, collect_with, load_with,
};
use std::io::Write;
use std::path::{Path, PathBuf};

fn file(folder: &Path, name: &str, content: &[u8]) -> PathBuf {
    let path = folder.join(name);
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).unwrap();
    }
    std::fs::write(&path, content).unwrap();
    path
}

fn questions(path: &Path) -> Vec<String> {
    let (collection, _) = collect(&[Source::Path(path.into())]).unwrap();
    collection.entries.into_iter().map(|entry| entry.question).collect()
}

fn error(path: &Path) -> LoadError {
    collect(&[Source::Path(path.into())]).unwrap_err()
}

#[test]
fn a_folder_of_many_formats() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    file(at, ".gitignore", b"drafts\n");
    file(at, "a/faq.md", b"# Tea\n\n## How hot?\n\nVery.\n\n## How long?\n\nShort.\n");
    file(
        at,
        "b.jsonl",
        b"{\"q\": \"Which pot?\", \"a\": \"Blue\"}\n{\"q\": \"Why?\", \"a\": \"So\"}\n",
    );
    file(at, "c.csv", "question,answer\nWho drinks?,All\n\"And, who pours?\",One\n".as_bytes());
    file(at, "d.yaml", b"- question: Where?\n  answer: Here\n");
    file(at, "drafts/x.md", b"## Not this?\n\nNo.\n\n## Nor this?\n\nNo.\n");
    file(at, "e.rs", b"// What is code?\n");
    let expected =
        ["How hot?", "How long?", "Which pot?", "Why?", "Who drinks?", "And, who pours?", "Where?"];
    assert_eq!(questions(at), expected);
}

#[test]
fn a_folder_with_one_question_a_file() {
    let folder = tempfile::tempdir().unwrap();
    for n in 0..5 {
        let page = format!(
            "---\ntitle: How is tea {n} made?\ntags: tea\n---\nWith water.\n\n- hot\n\n### Note\n\nMind it.\n"
        );
        file(folder.path(), &format!("{n}.md"), page.as_bytes());
    }
    assert_eq!(questions(folder.path()).len(), 5);
}

#[test]
fn packed_and_foreign_texts() {
    let folder = tempfile::tempdir().unwrap();
    let page = "Чай\n\nКак заварить чай?\n\nГорячей водой.\n\nСколько ждать?\n\nНедолго.\n";
    let expected = ["Как заварить чай?", "Сколько ждать?"];
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(page.as_bytes()).unwrap();
    let utf16: Vec<u8> =
        "\u{feff}".encode_utf16().chain(page.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let (koi8, ..) = encoding_rs::KOI8_R.encode(page);
    for (name, content) in [
        ("a.txt.gz", gzip.finish().unwrap()),
        ("b.txt", utf16),
        ("c.txt", koi8.into_owned()),
        ("d.txt", format!("\u{feff}{}", page.replace('\n', "\r\n")).into_bytes()),
    ] {
        assert_eq!(questions(&file(folder.path(), name, &content)), expected, "{name}");
    }
}

#[test]
fn a_packed_file_that_breaks_off_keeps_what_came_before() {
    use std::fmt::Write;
    let folder = tempfile::tempdir().unwrap();
    let mut page = String::from("# Tea\n\n");
    let mut lines = String::new();
    for n in 0..3000_u64 {
        // Without repetition, for else the whole would be packed into its first bytes.
        let noise = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let answer = noise.rotate_left(9);
        write!(page, "## What is tea {noise:x}?\n\nIt is {answer:x}.\n\n").unwrap();
        writeln!(lines, "{{\"q\": \"What is tea {noise:x}?\", \"a\": \"{n}\"}}").unwrap();
    }
    for (name, text) in [("a.md", page), ("b.jsonl", lines)] {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut gzip, text.as_bytes()).unwrap();
        let zstd = zstd::encode_all(text.as_bytes(), 1).unwrap();
        for (ending, packed) in [("gz", gzip.finish().unwrap()), ("zst", zstd)] {
            let name = format!("{name}.{ending}");
            let path = file(folder.path(), &name, &packed[..packed.len() - 20]);
            let (collection, problems) = collect(&[Source::Path(path)]).unwrap();
            assert!(collection.entries.len() > 1, "{name}: {}", collection.entries.len());
            let stopped = problems.iter().any(|p| p.message.contains("reading stopped"));
            assert!(stopped, "{name}: {problems:?}");
        }
    }
}

#[test]
fn a_first_record_longer_than_a_look_at_the_file_is_still_a_record() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("{{\"q\": \"Why {}?\"}}\n{{\"q\": \"Who?\"}}\n", "so ".repeat(200_000));
    let path = file(folder.path(), "a.jsonl", text.as_bytes());
    assert_eq!(questions(&path).len(), 2);
}

#[test]
fn unreadable_sources_are_immediate_errors() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    assert!(matches!(error(&at.join("none.md")), LoadError::Io { .. }));
    assert!(matches!(error(at), LoadError::Empty { .. }));
    assert!(matches!(error(&file(at, "empty.md", b"")), LoadError::Empty { .. }));
    assert!(
        error(&file(at, "links.yaml", b"faq:\n- name: A\n  url: x\n")).to_string().contains("yaml")
    );
    let table = error(&file(at, "t.csv", b"1,2,3\n4,5,6\n7,8,9\n"));
    assert!(table.to_string().contains("column 1, column 2, column 3"), "{table}");
    let header = error(&file(at, "h.csv", b"question,answer\n"));
    assert!(header.to_string().contains("h.csv:1: only a header"), "{header}");
    let sparse = at.join("sparse.txt");
    std::fs::File::create(&sparse).unwrap().set_len(5 << 30).unwrap();
    assert!(error(&sparse).to_string().contains("binary"));
    #[cfg(unix)]
    {
        assert!(matches!(error(Path::new("/dev/zero")), LoadError::Io { .. }));
        let fifo = at.join("fifo");
        if std::process::Command::new("mkfifo").arg(&fifo).status().is_ok_and(|s| s.success()) {
            assert!(matches!(error(&fifo), LoadError::Io { .. }));
        }
    }
}

#[test]
fn deep_nesting_is_survived() {
    let folder = tempfile::tempdir().unwrap();
    let many = 100_000;
    for (name, content) in [
        ("a.json", "[".repeat(many)),
        ("b.jsonl", format!("{{\"q\": \"a?\"}}\n{}", "{\"a\":".repeat(many))),
        ("c.md", format!("## Why?\n\n{} deep\n", ">".repeat(many))),
        ("d.html", "<ul><li>x".repeat(64_000)),
        ("e.yaml", format!("a: {}", "[".repeat(many))),
        ("f.yaml", format!("- {}", "- ".repeat(many))),
        ("g.json", "{\"a\":".repeat(many)),
    ] {
        let path = file(folder.path(), name, content.as_bytes());
        let _ = collect(&[Source::Path(path)]);
    }
}

#[test]
fn good_records_stay_when_a_file_breaks_off() {
    let folder = tempfile::tempdir().unwrap();
    let cut = br#"{"title": "Tea", "entries": [{"question": "How hot?", "answer": "Very"}, {"question": "How l"#;
    let (collection, problems) =
        collect(&[Source::Path(file(folder.path(), "cut.json", cut))]).unwrap();
    assert_eq!(collection.entries.len(), 1);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].line, 1);
}

#[test]
fn columns_and_keys_can_be_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "t.csv", b"no,front side,ticket\n1,Water,boil\n2,Leaves,pour\n");
    let options = Options {
        question_key: Some("ticket".into()),
        answer_key: Some("front side".into()),
        ..Options::default()
    };
    let (collection, _) = collect_with(&[Source::Path(path)], &options).unwrap();
    assert_eq!(collection.entries[1].question, "pour");
    assert_eq!(collection.entries[1].answer, "Leaves");
}

#[test]
fn a_record_longer_than_the_sample_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("question,answer\nWhy?,\"{}\"\nWho?,I\n", "so, and ".repeat(20_000));
    assert_eq!(questions(&file(folder.path(), "a.csv", text.as_bytes())), ["Why?", "Who?"]);
}

#[test]
fn titles_have_no_character_references() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let page =
        file(at, "a.md", b"## Wo ist die Gie&szlig;kanne?\n\nHier.\n\n## Caf&eacute;?\n\nDort.\n");
    assert_eq!(questions(&page), ["Wo ist die Gießkanne?", "Café?"]);
    let table = file(at, "b.csv", b"question,answer\nCaf&eacute; &amp; Bar?,Ja\nUnd?,Nein\n");
    assert_eq!(questions(&table)[0], "Café & Bar?");
}

#[test]
fn text_in_no_entry_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let page =
        b"# Pots\n\nA few words before.\n\n## Which pot?\n\nBlue.\n\n## Which lid?\n\nRed.\n";
    let path = file(folder.path(), "a.md", page);
    let collector = Collector::default();
    load_with(&[Source::Path(path)], &Options::default(), &collector).unwrap();
    let unused = collector.take_unused();
    assert_eq!(unused.len(), 1, "{unused:?}");
    assert_eq!(unused[0].line, 3);
    assert!(unused[0].message.contains("A few words before."), "{unused:?}");
}

/// Regression: thousands of structured data blocks, classes and headings took quadratic time.
#[test]
fn many_questions_on_a_page() {
    use std::fmt::Write;
    let mut page = String::from("<!doctype html><title>T</title>");
    let mut structured = Vec::new();
    for n in 0..3000 {
        let answer =
            format!("The answer number {n} is as long as it takes to be told from another.");
        let question = format!("What is number {n}?");
        let _ = write!(page, "<h3>{question}</h3><p class=c{n}>{answer}</p>");
        structured.push(serde_json::json!({"@type": "Question", "name": question, "acceptedAnswer": {"text": answer}}));
    }
    let data = serde_json::json!({"@type": "FAQPage", "mainEntity": structured});
    let _ = write!(page, "<script type=\"application/ld+json\">{data}</script>");
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(questions(&file(folder.path(), "a.html", page.as_bytes())).len(), 3000);
}

/// A small text of each format, to be damaged.
const SEEDS: &[&str] = &[
    "# T\n\n## Why *so*?\n\n- [a](#b)\n```sh\nx\n```\n**Q: And?**\n**A:** Yes <b>x</b>\n<details><summary>s</summary>\n1. **x** y\n",
    "<html><h2>Why?</h2><p>So.<ul><li>a</ul><dl><dt>b<dd>c</dl><script type=application/ld+json>{\"@type\":\"Question\",\"name\":\"q\"}</script>",
    "{\"entries\": [{\"question\": \"a\", \"answer\": [1, {\"b\": \"c\"}], \"tags\": \"x,y\"}]}",
    "{\"q\": \"a\", \"a\": \"b\"}\n{\"q\": \"c\", \"a\": null}\n",
    "question,answer\n\"a\"\"b\",c\nd,e,f\n",
    "- question: a\n  answer: |\n    b\n",
    "T\n\n1. A\n  1.1. Why?\n\n  So.\n\nQ: Who?\nA: I.\n",
    "# cmd\n\n> d\n\n- do it:\n\n`cmd {{x}}`\n",
    "#separator:tab\n#tags column:2\n{{c1::a::b}}\tt\n",
    "<row Id=\"1\" PostTypeId=\"1\" Title=\"a\" /><row Id=\"2\" PostTypeId=\"2\" ParentId=\"1\" Body=\"&lt;p&gt;\" />",
];

fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let seed = (0..SEEDS.len()).prop_map(|n| SEEDS[n].as_bytes().to_vec());
    let cut =
        (any::<prop::sample::Index>(), proptest::collection::vec(any::<u8>(), 0..6), 0..4_usize);
    (seed, proptest::collection::vec(cut, 0..4)).prop_map(|(mut text, cuts)| {
        for (at, bytes, length) in cuts {
            let at = at.index(text.len() + 1);
            let end = (at + length).min(text.len());
            text.splice(at..end, bytes);
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_content_makes_a_loader_panic(content in prop_oneof![damaged(), proptest::collection::vec(any::<u8>(), 0..200)]) {
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), "x", &content);
        let formats = Format::all().map(Some).chain([None]);
        for from in formats {
            let options = Options { from, ..Options::default() };
            if let Ok((collection, _)) = collect_with(&[Source::Path(path.clone())], &options) {
                for entry in collection.entries {
                    prop_assert!(!entry.question.trim().is_empty());
                    let escapes = [&entry.question, &entry.answer].map(|text| text.contains('\u{1b}'));
                    prop_assert_eq!(escapes, [false, false]);
                }
            }
        }
    }
}
