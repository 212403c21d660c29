//! Saves entries of live sources that were read or bookmarked: the next start cannot load their
//! texts.

use super::file::StateFile;
use super::places::OpenedPlaces;
use super::remembered::Remembered;
use super::tolerant_list::TolerantList;
use crate::collection::{Collection, Entry};
use crate::load::{Collector, Options, load_bytes};
use serde::{Deserialize, Serialize};
use std::io;
use std::sync::Arc;

/// The most saved entries besides bookmarked ones.
const MAX_KEPT: usize = 500;

/// The file of all saved entries.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Kept {
    /// The entries, newest last.
    entries: TolerantList<KeptEntry>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct KeptEntry {
    /// The place of its source.
    source: String,
    entry: Entry,
}

impl KeptEntry {
    fn remembered(&self) -> Remembered {
        let Entry { id, question, .. } = &self.entry;
        let name = if id.is_empty() { question } else { id };
        Remembered::new(self.source.clone(), name.clone())
    }
}

/// The saved entries of the opened sources, newest last, and a warning if the file could not be
/// read. They are sanitised like those of any file.
pub(super) fn entries(
    file: &StateFile<Kept>,
    places: &OpenedPlaces,
) -> (Vec<Entry>, Option<String>) {
    let (kept, warning) = file.read();
    let mut entries = Vec::new();
    for KeptEntry { source, entry } in &*kept.entries {
        for name in places.names(source) {
            entries.extend(safe(&name.into(), entry));
        }
    }
    (entries, warning)
}

/// Saves entries; bookmarked ones are never dropped.
pub(super) fn keep<'e>(
    file: &StateFile<Kept>,
    places: &OpenedPlaces,
    bookmarks: impl FnOnce() -> Vec<Remembered>,
    entries: impl Iterator<Item = &'e Entry>,
) -> io::Result<()> {
    let new: Vec<KeptEntry> = entries
        .map(|entry| KeptEntry { source: places.place(&entry.place.source), entry: entry.clone() })
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    let bookmarks = bookmarks();
    file.change(|kept| {
        for entry in new {
            kept.entries.retain(|other| other.remembered() != entry.remembered());
            kept.entries.push(entry);
        }
        let mut surplus = kept.entries.len().saturating_sub(MAX_KEPT);
        kept.entries.retain(|entry| {
            let drops = surplus > 0 && !bookmarks.contains(&entry.remembered());
            surplus -= usize::from(drops);
            !drops
        });
    })
}

/// The entry as it would be loaded from a file of the native format.
fn safe(name: &Arc<str>, entry: &Entry) -> Option<Entry> {
    let collection = Collection { entries: vec![entry.clone()], ..Collection::default() };
    let collector = Collector::default();
    let options = Options { from: "json".parse().ok(), ..Options::default() };
    load_bytes(name, serde_json::to_vec(&collection).ok()?, &options, &collector).ok()?;
    collector.take_entries().pop()
}
