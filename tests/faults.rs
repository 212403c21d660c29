//! Sources that are broken, hostile, or not what they seem: they are refused in proportion to their
//! size, and never cost the good records beside them.

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

/// Packed zero bytes without end, as far as any reader cares: 3 GB.
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

/// A sink that knows what a former load gave.
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

#[cfg(unix)]
mod folders {
    use super::*;
    use std::os::unix::fs::symlink;
    use std::process::Command;

    #[test]
    fn an_ignore_file_is_never_waited_for_nor_read_without_end() {
        for make in [
            |path: &Path| symlink("/dev/zero", path).unwrap(),
            |path: &Path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success()),
            |path: &Path| File::create(path).unwrap().set_len(5 << 30).unwrap(),
            |path: &Path| fs::create_dir(path).unwrap(),
        ] {
            for name in [".gitignore", ".ignore"] {
                let folder = tempfile::tempdir().unwrap();
                file(folder.path(), "a.md", PAGE);
                make(&folder.path().join(name));
                let (entries, problems) = opened(folder.path());
                assert_eq!(entries.len(), 2);
                assert!(says(&problems, "is not obeyed"), "{problems:?}");
            }
        }
    }

    #[test]
    fn ignore_files_apply_below_and_the_innermost_decides() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        for path in ["docs/in", "drafts", ".hidden", ".git/info"] {
            fs::create_dir_all(at.join(path)).unwrap();
        }
        file(at, ".gitignore", "drafts/\n*.txt\n");
        file(at, ".git/info/exclude", "excluded.md\n");
        file(at, "docs/in/.ignore", "!kept.txt\n");
        for name in ["drafts/a.md", ".hidden/b.md", "docs/c.txt", "docs/excluded.md"] {
            file(at, name, "## Not this?\n\nNo.\n");
        }
        file(at, "docs/d.md", "## One?\n\nYes.\n");
        file(at, "docs/in/kept.txt", "Q: Two?\nA: Yes.\n\nQ: Three?\nA: Yes.\n");
        assert_eq!(questions(at), ["One?", "Two?", "Three?"]);
        assert_eq!(questions(&at.join("docs")), ["One?", "Two?", "Three?"]);
    }

    #[test]
    fn linked_files_are_read_once_and_linked_folders_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        let at = folder.path();
        file(at, "a.md", PAGE);
        let target = file(elsewhere.path(), "target", "## Linked?\n\nYes.\n\n## Also?\n\nYes.\n");
        symlink(&target, at.join("b.md")).unwrap();
        symlink(&target, at.join("c.md")).unwrap();
        symlink(at.join("a.md"), at.join("d.md")).unwrap();
        symlink(at, at.join("loop")).unwrap();
        symlink("nowhere", at.join("e.md")).unwrap();
        symlink("/dev/zero", at.join("f.md")).unwrap();
        let (entries, problems) = opened(at);
        let found: Vec<_> = entries.iter().map(|entry| entry.question.as_str()).collect();
        assert_eq!(found, ["How hot?", "How long?", "Linked?", "Also?"]);
        let mut left_out: Vec<_> =
            problems.iter().map(|p| p.source.rsplit('/').next().unwrap()).collect();
        left_out.sort_unstable();
        assert_eq!(left_out, ["e.md", "f.md", "loop"], "{problems:?}");
    }
}

#[cfg(feature = "anki")]
mod packages {
    use super::*;
    use rusqlite::Connection;
    use zip::CompressionMethod;
    use zip::write::SimpleFileOptions;

    fn database(sql: &str) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("db");
        let connection = Connection::open(&path).unwrap();
        connection.execute_batch(sql).unwrap();
        connection.close().unwrap();
        fs::read(path).unwrap()
    }

    fn package(folder: &Path, name: &str, content: &[u8], method: CompressionMethod) -> PathBuf {
        let path = folder.join("a.apkg");
        let mut zip = zip::ZipWriter::new(File::create(&path).unwrap());
        zip.start_file(name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(content).unwrap();
        zip.finish().unwrap();
        path
    }

    fn plain(folder: &Path, sql: &str) -> PathBuf {
        package(folder, "collection.anki2", &database(sql), CompressionMethod::Deflated)
    }

    const TABLE: &str =
        "create table notes (id integer primary key, mid integer, flds text, tags text);";

    #[test]
    fn a_package_that_is_a_bomb_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let mut start = database(TABLE);
        start.resize(80 << 20, 0);
        let method = CompressionMethod::Deflated;
        let path = package(folder.path(), "collection.anki2", &start, method);
        assert!(error(&path).contains("unpacks to more than"), "{}", error(&path));
        // 32 GB in 1 MB.
        let zeros = zstd::encode_all(&vec![0; 16 << 20][..], 1).unwrap().repeat(2000);
        let start = zstd::encode_all(&database(TABLE)[..], 1).unwrap();
        for (content, why) in [
            (&zeros[..], "is not a database"),
            (&[&start[..], &zeros].concat(), "unpacks to more than"),
        ] {
            for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
                let path = package(folder.path(), "collection.anki21b", content, method);
                let error = error(&path);
                assert!(error.contains(why), "{error}");
            }
        }
    }

    #[test]
    fn a_sparse_file_that_begins_as_a_package_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        for (name, start) in [("a.apkg", &b"PK\x03\x04"[..]), ("a.anki2", b"SQLite format 3\0")] {
            let path = file(folder.path(), name, start);
            File::options().write(true).open(&path).unwrap().set_len(5 << 30).unwrap();
            assert!(error(&path).contains("expected an Anki package"), "{}", error(&path));
        }
    }

    #[test]
    fn a_query_of_a_hostile_database_ends() {
        let folder = tempfile::tempdir().unwrap();
        let endless = "with recursive n(x) as (select 1 union all select x + 1 from n)";
        for sql in [
            format!("create view notes as {endless} select x id, 1 mid, 'a' flds, '' tags from n"),
            "create table notes (id integer, mid integer, tags text,
                flds text as (hex(zeroblob(100000000))));
             insert into notes values (1, 1, '')"
                .to_owned(),
            "create virtual table notes using fts5(id, mid, flds, tags)".to_owned(),
            "create table other (id integer)".to_owned(),
            format!(
                "{TABLE} create view fields as {endless} select x ntid, x ord, 'a' name from n"
            ),
        ] {
            let error = error(&plain(folder.path(), &sql));
            assert!(
                error.contains("expected an Anki package") || error.contains("no notes"),
                "{error}"
            );
        }
    }

    const PAGE_BYTES: usize = 512;

    /// A database of so many notes, with these fields, on small pages.
    fn database_of(notes: usize, fields: &str) -> Vec<u8> {
        database(&format!(
            "pragma page_size = {PAGE_BYTES}; {TABLE}
             with recursive n(x) as (select 1 union all select x + 1 from n where x < {notes})
             insert into notes select x, 1, {fields}, '' from n"
        ))
    }

    /// Overwrites a page of a database, numbered from 1, by one that names the page `child` fifty
    /// times as the place of further rows.
    fn point_at(bytes: &mut [u8], page: usize, child: usize) {
        const CHILDREN: usize = 50;
        let page = &mut bytes[(page - 1) * PAGE_BYTES..page * PAGE_BYTES];
        let child = (child as u32).to_be_bytes();
        page.fill(0);
        let content = PAGE_BYTES - 5 * CHILDREN;
        page[0] = 5;
        page[3..5].copy_from_slice(&(CHILDREN as u16).to_be_bytes());
        page[5..7].copy_from_slice(&(content as u16).to_be_bytes());
        page[8..12].copy_from_slice(&child);
        for n in 0..CHILDREN {
            let cell = content + 5 * n;
            page[12 + 2 * n..14 + 2 * n].copy_from_slice(&(cell as u16).to_be_bytes());
            page[cell..cell + 4].copy_from_slice(&child);
            page[cell + 4] = 1;
        }
    }

    #[test]
    fn a_database_that_names_a_page_many_times_ends() {
        let folder = tempfile::tempdir().unwrap();
        for (fields, why) in [
            ("'How hot is ' || x || '?' || char(31) || 'Very'", "repeats itself without end"),
            // Rows without any text cost instructions only.
            ("''", "interrupted"),
        ] {
            let mut bytes = database_of(2000, fields);
            // The table begins on page 2. A page with rows is of kind 13.
            let rows = (9..bytes.len() / PAGE_BYTES)
                .find(|page| bytes[(page - 1) * PAGE_BYTES] == 13)
                .unwrap();
            for page in 2..8 {
                point_at(&mut bytes, page, page + 1);
            }
            point_at(&mut bytes, 8, rows);
            let path =
                package(folder.path(), "collection.anki2", &bytes, CompressionMethod::Stored);
            let told = match collect(&[Source::Path(path)]) {
                Ok((_, problems)) => format!("{problems:?}"),
                Err(error) => error.to_string(),
            };
            assert!(told.contains(why), "{told}");
        }
    }

    #[test]
    fn a_bad_note_costs_only_itself() {
        let folder = tempfile::tempdir().unwrap();
        let sql = format!(
            "{TABLE} insert into notes values
                (1, 7, 'How hot?' || char(31) || 'Very', null),
                (2, 7, cast(x'41ff' as text) || char(31) || 'B', cast(x'ff' as text)),
                (3, null, null, ''),
                (4, 'x', 5, 6),
                (5, 7, 'How long?' || char(31) || 'Short', ' tea ')"
        );
        let (entries, problems) = opened(&plain(folder.path(), &sql));
        let found: Vec<_> = entries.iter().map(|entry| entry.question.as_str()).collect();
        assert_eq!(found, ["How hot?", "A\u{fffd}", "5", "How long?"]);
        assert_eq!(entries[3].tags, ["tea"]);
        assert!(says(&problems, "note 3"), "{problems:?}");
    }

    #[test]
    fn a_damaged_page_keeps_the_notes_before_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut sql = format!("pragma page_size = 512; {TABLE}");
        for n in 0..200 {
            use std::fmt::Write;
            write!(
                sql,
                "insert into notes values ({n}, 1, 'How hot is {n}?' || char(31) || 'Very', '');"
            )
            .unwrap();
        }
        let mut bytes = database(&sql);
        let last = bytes.len() - 512;
        bytes[last..].fill(0xff);
        let path = package(folder.path(), "collection.anki2", &bytes, CompressionMethod::Stored);
        let (entries, problems) = opened(&path);
        assert!(entries.len() > 100, "{}", entries.len());
        assert!(says(&problems, "reading stopped"), "{problems:?}");
    }

    #[test]
    fn a_modern_package_leaves_no_files_behind() {
        let folder = tempfile::tempdir().unwrap();
        let temporary = tempfile::tempdir().unwrap();
        let sql =
            format!("pragma journal_mode = wal; {TABLE} insert into notes values (1, 1, 'a?', '')");
        let content = zstd::encode_all(&database(&sql)[..], 1).unwrap();
        let method = CompressionMethod::Stored;
        let path = package(folder.path(), "collection.anki21b", &content, method);
        // The library reads the variable of its own process, so another one opens the package.
        let opening = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "packages::opens_what_it_is_told", "--include-ignored"])
            .env("QA_TEST_PACKAGE", &path)
            .env("TMPDIR", temporary.path())
            .output()
            .unwrap();
        assert!(opening.status.success(), "{}", String::from_utf8_lossy(&opening.stdout));
        assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    #[ignore = "a part of another test, in a process of its own"]
    fn opens_what_it_is_told() {
        let Some(path) = std::env::var_os("QA_TEST_PACKAGE") else { return };
        assert_eq!(questions(Path::new(&path)), ["a?"]);
    }

    #[test]
    fn an_error_that_quotes_a_database_is_safe_to_show() {
        let folder = tempfile::tempdir().unwrap();
        let name = "no\u{1b}]0;PWN\u{7}\u{1b}[7;31m\u{202e}";
        let sql = format!(
            "{TABLE} create table \"{name}\" (id integer);
             pragma writable_schema = on;
             update sqlite_schema set sql = replace(sql, 'mid integer', '\"{name}\" \u{1b}[31m, (') where name = 'notes'"
        );
        let path = plain(folder.path(), &sql);
        let several = [Source::Path(path.clone()), Source::BuiltIn];
        let (_, problems) = collect(&several).unwrap();
        let LoadError::Malformed(problem) = collect(&[Source::Path(path)]).unwrap_err() else {
            panic!("not malformed")
        };
        for problem in problems.iter().chain([&problem]) {
            let text = problem.to_string();
            assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{text:?}");
        }
    }
}
