//! What is read from the rich pages when one line of them is different.
//!
//! A page in the wild is rarely as tidy as ours: an empty line is missing, a mark is not closed, a
//! heading is indented, a download ends early. People lose an answer then, or find a question that
//! is none. Each line of each page is altered in some of the ways of `alterations.rs`, and the page
//! is read as usual, without a telling file name, or in pieces as a large file is. `altered/NAME.txt`
//! has what each alteration changes: "-" stands before what is no longer read, "+" before what is
//! read instead. Alterations that change nothing are left out.
//!
//! `UPDATE_ALTERED=1 cargo test --test format_details altered` records all of it again; read the
//! difference, and commit it with the change that caused it.

use super::alterations::{Altered, Reading, alterations};
use super::pages::{opened_with, pages};
use quick_answer::load::Options;
use rayon::prelude::*;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// More characters of a line are cut.
const SHOWN: usize = 32;
/// More lines than these are only counted; those that are gone are in the snapshot of the page.
const GONE_SHOWN: usize = 1;
const NEW_SHOWN: usize = 2;
/// The size of the pieces in which some pages are read, in bytes.
const PIECE: usize = 300;
/// The line is read as it is written, altered or not.
const ITSELF: &str = " the line itself";

/// Three digits that are likely to differ between two texts.
fn checksum(lines: &[&str]) -> u32 {
    let bytes = lines.iter().flat_map(|line| line.bytes());
    bytes.fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())) % 0x1000
}

/// The first lines, and if that is not all of them, how many there are and their checksum.
fn shown(sign: char, lines: &[&str], most: usize) -> String {
    let mut shown = String::new();
    let mut is_cut = lines.len() > most;
    for line in lines.iter().take(most) {
        let mut rest = line.trim_start().chars();
        let part: String = rest.by_ref().take(SHOWN).collect();
        is_cut |= rest.next().is_some();
        write!(shown, " {sign}{part}").unwrap();
    }
    if is_cut {
        write!(shown, " {sign}{} #{:03x}", lines.len(), checksum(lines)).unwrap();
    }
    shown
}

/// The lines of two readings without those that they share at the beginning and at the end.
fn differing<'a>(before: &[&'a str], after: &[&'a str]) -> (Vec<&'a str>, Vec<&'a str>) {
    let same = before.iter().zip(after).take_while(|(one, other)| one == other).count();
    let (before, after) = (&before[same..], &after[same..]);
    let pairs = before.iter().rev().zip(after.iter().rev());
    let same = pairs.take_while(|(one, other)| one == other).count();
    (before[..before.len() - same].to_vec(), after[..after.len() - same].to_vec())
}

/// What an alteration changes in what is read; nothing is an empty text.
fn outcome(usual: &[&str], read: &[&str], altered: &Altered) -> String {
    let (gone, new) = differing(usual, read);
    let is_read_as_written = |read: &[&str], written: &str| match read {
        [] => written.trim().is_empty(),
        [line] => line.trim_start_matches([' ', '|']).trim() == written.trim(),
        _ => false,
    };
    let is_answer = |lines: &[&str]| lines.iter().all(|line| line.trim_start().starts_with('|'));
    let is_itself = is_answer(&gone)
        && is_answer(&new)
        && is_read_as_written(&gone, &altered.before)
        && is_read_as_written(&new, &altered.after);
    if is_itself && gone != new {
        return ITSELF.to_owned();
    }
    shown('-', &gone, GONE_SHOWN) + &shown('+', &new, NEW_SHOWN)
}

/// Reads the altered forms of a page from a folder of its own.
struct PageReader {
    folder: TempDir,
    name: String,
}

impl PageReader {
    fn read(&self, reading: Reading, text: &str, shown: impl Fn(u32) -> i64) -> String {
        let in_pieces = Options { piece_size: Some(PIECE), ..Options::default() };
        let (name, options) = match reading {
            Reading::Whole => (self.name.as_str(), Options::default()),
            Reading::InPieces => (self.name.as_str(), in_pieces),
            Reading::Unnamed => ("page", Options::default()),
        };
        let path = self.folder.path().join(name);
        // A new file: the kernel writes one that is overwritten to the disk at once.
        let _ = std::fs::remove_file(&path);
        std::fs::write(&path, text).unwrap();
        // Without a title of its own, a page has its name for one.
        let read = opened_with(&path, &options, shown);
        let rest = read.strip_prefix("title: page\n");
        rest.map_or_else(|| read.clone(), |rest| format!("title: {}\n{rest}", self.name))
    }
}

/// The outcomes in the order in which they are found, each with the ways and the lines that have it.
#[derive(Default)]
struct Outcomes {
    numbers: HashMap<String, usize>,
    all: Vec<(String, Vec<(String, String)>)>,
}

impl Outcomes {
    fn add(&mut self, outcome: String, way: String, line: usize) {
        if outcome.is_empty() {
            return;
        }
        let number = *self.numbers.entry(outcome.clone()).or_insert(self.all.len());
        if number == self.all.len() {
            self.all.push((outcome, Vec::new()));
        }
        let places = &mut self.all[number].1;
        match places.iter_mut().find(|(known, _)| *known == way) {
            Some((_, lines)) => write!(lines, " {line}").unwrap(),
            None => places.push((way, line.to_string())),
        }
    }

    fn written(&self) -> String {
        let line = |(outcome, places): &(String, Vec<(String, String)>)| {
            let places: Vec<_> =
                places.iter().map(|(way, lines)| format!("{way} {lines}")).collect();
            format!("{}:{outcome}\n", places.join(", "))
        };
        self.all.iter().map(line).collect()
    }
}

/// What comes of all alterations of a page.
fn outcomes(page: &Path) -> String {
    let text = std::fs::read_to_string(page).unwrap();
    let name = page.file_name().unwrap().to_string_lossy().into_owned();
    let reader = PageReader { folder: tempfile::tempdir().unwrap(), name };
    let usual = Reading::ALL.map(|reading| reader.read(reading, &text, i64::from));
    let usual = usual.each_ref().map(|read| read.lines().collect::<Vec<_>>());
    let mut outcomes = Outcomes::default();
    for reading in Reading::ALL {
        let (gone, new) = differing(&usual[0], &usual[reading as usize]);
        let way = format!("unaltered{}", reading.note());
        outcomes.add(shown('-', &gone, GONE_SHOWN) + &shown('+', &new, NEW_SHOWN), way, 0);
    }
    for altered in alterations(&text) {
        let now = reader.read(altered.reading, &altered.text, |line| altered.line_before(line));
        let usual = &usual[altered.reading as usize];
        let outcome = outcome(usual, &now.lines().collect::<Vec<_>>(), &altered);
        let way = format!("{}{}", altered.way, altered.reading.note());
        outcomes.add(outcome, way, altered.line);
    }
    outcomes.written()
}

#[test]
fn altered_pages_are_read_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/format_details/altered");
    let is_update = std::env::var_os("UPDATE_ALTERED").is_some();
    let changed = |page: &PathBuf| {
        let name = page.file_name().unwrap().to_string_lossy().into_owned() + ".txt";
        let path = folder.join(&name);
        let now = outcomes(page);
        if is_update {
            std::fs::write(&path, &now).unwrap();
        }
        let recorded = std::fs::read_to_string(&path).unwrap_or_default();
        let (gone, new) =
            differing(&recorded.lines().collect::<Vec<_>>(), &now.lines().collect::<Vec<_>>());
        let lines = |sign: &str, lines: &[&str]| -> String {
            lines.iter().take(5).flat_map(|line| ["\n", sign, " ", line]).collect()
        };
        (recorded != now).then(|| format!("{name}{}{}", lines("-", &gone), lines("+", &new)))
    };
    let changed: Vec<String> = pages().par_iter().filter_map(changed).collect();
    assert!(
        changed.is_empty(),
        "altered pages are read in another way; if that is meant: UPDATE_ALTERED=1\n{}",
        changed.join("\n")
    );
}
