//! What is read from the rich pages when one line of them is different.
//!
//! A page in the wild is rarely as tidy as ours: an empty line is missing, a mark is not closed, a
//! heading is indented, a download ends early. People lose an answer then, or find a question that
//! is none. Each line of each page is altered in some of the ways below, and `altered/NAME.txt`
//! has what each alteration changes: "-" stands before what is no longer read, "+" before what is
//! read instead. Alterations that change nothing are left out.
//!
//! `UPDATE_ALTERED=1 cargo test --test format_details altered` records all of it again; read the
//! difference, and commit it with the change that caused it.

use super::alterations::{Altered, alterations};
use super::pages::{opened_with, pages};
use rayon::prelude::*;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

/// More characters of a line are cut.
const SHOWN: usize = 40;
/// More lines than these are only counted; those that are gone are in the snapshot of the page.
const GONE_SHOWN: usize = 1;
const NEW_SHOWN: usize = 2;
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

/// The outcomes of all alterations of a page, each with the ways and the lines that have it.
fn outcomes(page: &Path) -> String {
    let text = std::fs::read_to_string(page).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(page.file_name().unwrap());
    let read = |altered: &Altered| {
        // A new file: the kernel writes one that is overwritten to the disk at once.
        let _ = std::fs::remove_file(&path);
        std::fs::write(&path, &altered.text).unwrap();
        opened_with(&path, |line| altered.line_before(line))
    };
    let usual = opened_with(page, i64::from);
    let usual: Vec<&str> = usual.lines().collect();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut outcomes: Vec<(String, Vec<(&str, String)>)> = Vec::new();
    for altered in alterations(&text) {
        let now = read(&altered);
        let outcome = outcome(&usual, &now.lines().collect::<Vec<_>>(), &altered);
        if outcome.is_empty() {
            continue;
        }
        let number = *numbers.entry(outcome.clone()).or_insert(outcomes.len());
        if number == outcomes.len() {
            outcomes.push((outcome, Vec::new()));
        }
        let places = &mut outcomes[number].1;
        match places.iter_mut().find(|(way, _)| *way == altered.way) {
            Some((_, lines)) => write!(lines, " {}", altered.line).unwrap(),
            None => places.push((altered.way, altered.line.to_string())),
        }
    }
    let line = |(outcome, places): &(String, Vec<(&str, String)>)| {
        let places: Vec<_> = places.iter().map(|(way, lines)| format!("{way} {lines}")).collect();
        format!("{}:{outcome}\n", places.join(", "))
    };
    outcomes.iter().map(line).collect()
}

#[test]
fn altered_pages_are_read_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/format_details/altered");
    let is_update = std::env::var_os("UPDATE_ALTERED").is_some();
    let changed = |page: &std::path::PathBuf| {
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
