//! Anki packages and databases that are broken or hostile.

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
        format!("{TABLE} create view fields as {endless} select x ntid, x ord, 'a' name from n"),
    ] {
        let error = error(&plain(folder.path(), &sql));
        assert!(
            error.contains("expected an Anki package") || error.contains("no notes"),
            "{error}"
        );
    }
}

const PAGE_BYTES: usize = 512;

/// A database of this many notes with these fields, on small pages.
fn database_of(notes: usize, fields: &str) -> Vec<u8> {
    database(&format!(
        "pragma page_size = {PAGE_BYTES}; {TABLE}
         with recursive n(x) as (select 1 union all select x + 1 from n where x < {notes})
         insert into notes select x, 1, {fields}, '' from n"
    ))
}

/// Overwrites a page of a database, numbered from 1, by one that refers to the page `child` fifty
/// times for further rows.
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
        // The table starts on page 2. A page with rows has type 13.
        let rows = (9..bytes.len() / PAGE_BYTES)
            .find(|page| bytes[(page - 1) * PAGE_BYTES] == 13)
            .unwrap();
        for page in 2..8 {
            point_at(&mut bytes, page, page + 1);
        }
        point_at(&mut bytes, 8, rows);
        let path = package(folder.path(), "collection.anki2", &bytes, CompressionMethod::Stored);
        let message = match collect(&[Source::Path(path)]) {
            Ok((_, problems)) => format!("{problems:?}"),
            Err(error) => error.to_string(),
        };
        assert!(message.contains(why), "{message}");
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
    // The library reads the variable of its own process, so a child process opens the package.
    let opening = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "packages::open_package_in_child_process", "--include-ignored"])
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
fn open_package_in_child_process() {
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
