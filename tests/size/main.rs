//! Opening costs in proportion to the size of what is opened, for every format and for texts made
//! to be costly.
//!
//! Each text is generated at two sizes and opened in a process of its own, whose allocator counts:
//! eight times the text may take little more than eight times the allocations, and the peak stays
//! below a bound. Where a format can be cut, the bound is three times the text and what pieces
//! take; these are small here, so that small texts show it. Work that allocates nothing and grows
//! with the square takes minutes at these sizes, so that it does not go unnoticed either.
//! A reload of a file with one line more takes less than what the first load keeps.

mod cases;
mod dense;

use cap::Cap;
use cases::{CASES, Case, case};
use dense::CUT;
use quick_answer::collection::{Entry, EntryStore};
use quick_answer::load::{Diagnostic, Options, Sink, Source, load_with};
use quick_answer::search::{Index, Indexer};
use std::alloc::System;
use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

/// The size of the smaller text in bytes.
const SIZE: usize = 64 * 1024;
const TIMES: usize = 8;
/// Bytes of memory per byte of a text consisting of signs, each of which is a piece of markup.
/// Ordinary texts need a tenth.
const MAX_PER_BYTE: usize = 130;
/// Bytes of a piece in texts of [`PIECED`] bytes.
const PIECE: usize = 8 * 1024;
const PIECED: usize = 1 << 20;
/// Bytes that each stored entry takes in addition to its texts.
const MAX_PER_ENTRY: usize = 32;
/// Bytes of everything else: the beginning that is read, buffers, tables.
const BESIDES: usize = 4 << 20;

/// The memory that opening a file took.
#[derive(Debug)]
struct Cost {
    size: usize,
    /// The total of allocated bytes.
    total: usize,
    /// The maximum of bytes allocated at the same time.
    peak: usize,
    entries: usize,
}

fn cost(folder: &Path, case: &Case, size: usize, piece: Option<usize>) -> Cost {
    let path = folder.join(case.name);
    let text = case.text(size);
    std::fs::write(&path, &text).unwrap();
    let piece = piece.map(|piece| piece.to_string()).unwrap_or_default();
    let numbers = child(
        "open_in_child_process",
        &[("QA_TEST_FILE", path.as_os_str()), ("QA_TEST_PIECE", piece.as_ref())],
    );
    let [total, peak, entries] = numbers[..] else { panic!("{}: {numbers:?}", case.name) };
    Cost { size: text.len(), total, peak, entries }
}

/// Runs an ignored test in a process of its own; returns the numbers that it prints.
fn child(test: &str, environment: &[(&str, &OsStr)]) -> Vec<usize> {
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--include-ignored", "--nocapture"])
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    let output = String::from_utf8_lossy(&child.stdout);
    let numbers = output.lines().find_map(|line| line.split_once("allocated ").map(|(_, n)| n));
    let numbers = numbers.unwrap_or_else(|| {
        panic!("{test} {environment:?}: {output}{}", String::from_utf8_lossy(&child.stderr))
    });
    numbers.split_whitespace().filter_map(|number| number.parse().ok()).collect()
}

#[test]
fn opening_is_linear_and_its_memory_is_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for case in CASES {
        let small = cost(folder.path(), case, SIZE, None);
        let large = cost(folder.path(), case, TIMES * SIZE, None);
        if large.total > small.total * TIMES * 3 / 2 + (8 << 20) {
            wrong.push(format!("{}: not linear: {small:?} {large:?}", case.name));
        }
        if large.peak > MAX_PER_BYTE * large.size + (64 << 20) {
            wrong.push(format!("{}: too much memory: {large:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn memory_is_three_times_the_text_and_some_pieces() {
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for case in CUT {
        let cost = cost(folder.path(), case, PIECED, Some(PIECE));
        let most =
            3 * cost.size + 4 * PIECE * MAX_PER_BYTE + cost.entries * MAX_PER_ENTRY + BESIDES;
        if cost.entries == 0 || cost.peak > most {
            wrong.push(format!("{}: at most {most}: {cost:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_entries_of_a_text_that_is_read_whole_are_stored_in_proportional_memory() {
    let folder = tempfile::tempdir().unwrap();
    let case = case("a.txt", "OPTIONS\n", "  --o@   so\n", "");
    let [small, large] = [1, 3].map(|size| cost(folder.path(), &case, size << 20, None));
    assert!(large.entries > 2 * small.entries && small.entries > 4 * 16 * 1024, "{small:?}");
    assert!(large.peak < small.peak * 7 / 2, "{small:?} {large:?}");
}

/// Keeps the entries, as the index does.
#[derive(Default)]
struct Kept(Mutex<Vec<EntryStore>>);

impl Sink for Kept {
    fn entries(&self, _: usize, entries: EntryStore) {
        self.0.lock().unwrap().push(entries);
    }

    fn problem(&self, _: Diagnostic) {}
}

#[test]
#[ignore = "a part of another test, in a process of its own"]
fn open_in_child_process() {
    let Some(path) = std::env::var_os("QA_TEST_FILE") else { return };
    let piece_size = std::env::var("QA_TEST_PIECE").ok().and_then(|piece| piece.parse().ok());
    let options = Options { piece_size, ..Options::default() };
    let before = ALLOCATOR.total_allocated();
    let kept = Kept::default();
    let _ = load_with(&[Source::Path(path.into())], &options, &kept);
    let total = ALLOCATOR.total_allocated() - before;
    let entries: usize = kept.0.lock().unwrap().iter().map(EntryStore::len).sum();
    println!("allocated {total} {} {entries}", ALLOCATOR.max_allocated());
}

#[test]
fn a_text_is_freed_while_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.csv", "a.json", "a.md"] {
        let case = CUT.iter().find(|case| case.name == name).unwrap();
        let (path, text) = (folder.path().join(name), case.text(4 << 20));
        std::fs::write(&path, &text).unwrap();
        let last = child("drops_entries", &[("QA_TEST_FILE", path.as_os_str())]);
        assert!(last[0] < text.len() / 2, "{name}: {last:?} of {} bytes", text.len());
    }
}

/// Drops the entries, and records the bytes that are allocated when they arrive.
#[derive(Default)]
struct Dropped(AtomicUsize);

impl Sink for Dropped {
    fn entries(&self, _: usize, _: EntryStore) {
        self.0.store(ALLOCATOR.allocated(), Relaxed);
    }

    fn problem(&self, _: Diagnostic) {}
}

/// Prints how many bytes are allocated when the last entries of a file arrive.
#[test]
#[ignore = "a part of another test, in a process of its own"]
fn drops_entries() {
    let Some(path) = std::env::var_os("QA_TEST_FILE") else { return };
    let options = Options { piece_size: Some(PIECE), ..Options::default() };
    let (before, dropped) = (ALLOCATOR.allocated(), Dropped::default());
    load_with(&[Source::Path(path.into())], &options, &dropped).unwrap();
    println!("allocated {}", dropped.0.into_inner() - before);
}

#[test]
fn reloading_with_one_more_line_takes_little_more_memory_than_the_first_load() {
    let output = child("reloads_with_a_line_more", &[]);
    let [first, more] = output[..] else { panic!("{output:?}") };
    assert!(more < first, "{more} bytes beyond {first}");
}

/// Prints how many bytes are allocated after a first load, and the most while it is loaded again
/// with an entry more in the last part.
#[test]
#[ignore = "a part of another test, in a process of its own"]
fn reloads_with_a_line_more() {
    // This few entries form one segment on every machine.
    const PARTS: usize = 20;
    let part = |part: usize, more: usize| {
        let lamp = |n: usize| Entry {
            question: format!("Where is lamp {n} of color{}?", n * 7919 % 1009),
            answer: format!("In room{}, on shelf {n}.", n * 104_729 % 9973),
            ..Entry::default()
        };
        EntryStore::new(&(900 * part..900 * (part + 1) + more).map(lamp).collect::<Vec<_>>())
    };
    let load = |former: Index, more: usize| {
        let indexer = Indexer::after(former, |_| ());
        for n in 0..PARTS {
            indexer.entries(n, part(n, if n + 1 == PARTS { more } else { 0 }));
        }
        indexer.finish()
    };
    let index = load(Index::default(), 0);
    let first = ALLOCATOR.allocated();
    // Raises the allocated memory to the peak so far, so that everything after it raises the peak.
    let ballast = vec![0_u8; ALLOCATOR.max_allocated() - first];
    let lifted = ALLOCATOR.allocated();
    drop(load(index, 1));
    println!("allocated {first} {}", ALLOCATOR.max_allocated() - lifted);
    drop(ballast);
}
