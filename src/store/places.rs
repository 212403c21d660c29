//! Converts between display names of sources and stable places.
//!
//! An entry is saved with the absolute path of its file, so that it is found again from another
//! folder and with any set of sources.

use crate::load::{LiveCommand, LiveSource, Source};
use crate::text::{FNV_START, fnv, sanitise_line};
use std::fs;
use std::path::Path;

/// The opened sources, each with its display name and place.
#[derive(Debug, Clone)]
pub(super) struct OpenedPlaces(Vec<Opened>);

#[derive(Debug, Clone)]
struct Opened {
    name: String,
    place: String,
    is_folder: bool,
}

impl OpenedPlaces {
    pub(super) fn of(sources: &[Source]) -> Self {
        let opened = |source: &Source| match source {
            Source::BuiltIn => Opened::named("built-in"),
            Source::Stdin => Opened::named("-"),
            Source::Live(live) => Opened { place: place_of(live), ..Opened::named(&live.name) },
            Source::Path(path) => {
                let whole = fs::canonicalize(path).or_else(|_| std::path::absolute(path));
                let name = shown(path);
                Opened {
                    name: name.strip_suffix('/').unwrap_or(&name).to_owned(),
                    place: shown(whole.as_deref().unwrap_or(path)),
                    is_folder: path.is_dir(),
                }
            }
        };
        Self(sources.iter().map(opened).collect())
    }

    /// The places of the sources, in their order.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|opened| opened.place.as_str())
    }

    /// The name of the only source, if that is a single file: its entries can come from nowhere
    /// else.
    pub(super) fn only_file(&self) -> Option<&str> {
        match &self.0[..] {
            [opened] if !opened.is_folder => Some(&opened.name),
            _ => None,
        }
    }

    /// The place of the file with this display name.
    pub(super) fn place(&self, name: &str) -> String {
        let place = |opened: &Opened| Some(opened.place.clone() + below(name, &opened.name)?);
        self.0.iter().find_map(place).unwrap_or_else(|| name.to_owned())
    }

    /// The display names of the file at this place: none if it is not open.
    pub(super) fn names(&self, place: &str) -> impl Iterator<Item = String> {
        self.0
            .iter()
            .filter_map(move |opened| Some(opened.name.clone() + below(place, &opened.place)?))
    }
}

impl Opened {
    fn named(name: &str) -> Self {
        Self { name: name.to_owned(), place: name.to_owned(), is_folder: false }
    }
}

/// The place of a live source: a hash, since names repeat and commands may hold passwords.
fn place_of(LiveSource { name, command, .. }: &LiveSource) -> String {
    let words = match command {
        LiveCommand::Shell(text) => std::slice::from_ref(text),
        LiveCommand::Words(words) => words,
    };
    let number = words.iter().fold(FNV_START, |hash, word| fnv(fnv(hash, word.as_bytes()), &[0]));
    format!("live:{name}:{number:016x}")
}

fn shown(path: &Path) -> String {
    sanitise_line(path.to_string_lossy()).into_owned()
}

/// The rest of `path` after `folder`: empty, or a slash and more.
fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    path.strip_prefix(folder).filter(|rest| rest.is_empty() || rest.starts_with('/'))
}
