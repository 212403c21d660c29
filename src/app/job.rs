//! Jobs: work that reads every entry or lays out a large answer, and so must not run on the UI
//! thread.

use super::{
    AnswerDocument, DocumentStyle, Effect, Facets, Overview, Popup, PopupKind, PopupRow,
    entries_by_key,
};
use crate::collection::{Marks, only_code};
use crate::load::{Diagnostic, lint};
use crate::search::{Hits, Index, related};
use std::sync::Arc;

/// The most related questions that are listed.
const MAX_RELATED: usize = 20;

/// Work for another thread.
#[derive(Debug, Clone)]
pub enum Job {
    /// List the tags and sources of hits.
    Filter(Box<Hits>),
    /// List the questions related to an entry.
    Related {
        /// The collection.
        index: Index,
        /// The number of the entry.
        entry: u32,
    },
    /// List recently read entries, the newest first.
    Recent {
        /// The collection.
        index: Index,
        /// The [keys](crate::collection::EntryRef::key) of the entries, the newest last.
        keys: Vec<String>,
    },
    /// List the diagnostics of the sources, those that [`lint`] finds in the entries, and the texts
    /// that are in no entry.
    Problems {
        /// The collection.
        index: Index,
        /// Errors in the configuration and the state.
        mistakes: Vec<String>,
        /// Problems in the sources.
        diagnostics: Vec<Diagnostic>,
        /// Texts of the sources that are in no entry.
        unused: Vec<Diagnostic>,
    },
    /// Make an overview of a large collection.
    Overview {
        /// The collection.
        index: Index,
        /// The [keys](crate::collection::EntryRef::key) of recently read entries, the newest last.
        recent: Vec<String>,
        /// The marks, bookmarks among them.
        marks: Arc<Marks>,
    },
    /// Lay out an entry of an index at a width.
    LayOut {
        /// The collection.
        index: Index,
        /// The number of the entry.
        entry: u32,
        /// The width in columns.
        width: u16,
        /// How the document is styled.
        style: DocumentStyle,
    },
}

/// A newer job replaces a waiting one of the same kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobKind {
    /// Fills the open pop-up.
    Popup,
    /// Makes an overview.
    Overview,
    /// Lays out a large answer.
    LayOut,
}

impl JobKind {
    /// Every kind.
    pub const ALL: [JobKind; 3] = [JobKind::Popup, JobKind::Overview, JobKind::LayOut];
}

/// The result of a job.
#[derive(Debug, Clone)]
pub enum JobResult {
    /// A pop-up, or a notice if it would have no rows.
    Popup(Result<Popup, &'static str>),
    /// An overview.
    Overview(Overview),
    /// The whole document of an entry of an index; `None` if there is no such entry.
    Document(Index, Option<Box<AnswerDocument>>),
}

impl JobResult {
    /// The pop-up of related questions.
    pub fn related(index: &Index, entries: &[u32]) -> Self {
        let rows = questions(index, entries);
        let popup = (!rows.is_empty()).then(|| Popup::new(PopupKind::Related, rows));
        Self::Popup(popup.ok_or("no related question"))
    }
}

impl Job {
    /// The kind of the job.
    pub fn kind(&self) -> JobKind {
        match self {
            Self::Filter(_)
            | Self::Related { .. }
            | Self::Recent { .. }
            | Self::Problems { .. } => JobKind::Popup,
            Self::Overview { .. } => JobKind::Overview,
            Self::LayOut { .. } => JobKind::LayOut,
        }
    }

    /// Runs the job. May take seconds: not for the UI thread.
    pub fn run(self) -> JobResult {
        let popup = |kind, rows: Vec<PopupRow>, none| {
            JobResult::Popup(if rows.is_empty() { Err(none) } else { Ok(Popup::new(kind, rows)) })
        };
        match self {
            Self::Filter(hits) => {
                popup(PopupKind::Filter, Facets::of_hits(&hits).rows(), "no entry has a tag")
            }
            Self::Related { index, entry } => {
                let mut entries = siblings(&index, entry);
                let mut others = related(&index, entry, MAX_RELATED);
                others.retain(|n| !entries.contains(n));
                entries.append(&mut others);
                let rows = questions(&index, &entries);
                popup(PopupKind::Related, rows, "no related question")
            }
            Self::Recent { index, keys } => {
                let rows = questions(&index, &entries_by_key(&index, &keys));
                popup(PopupKind::Recent, rows, "no question read yet")
            }
            Self::Problems { index, mistakes, diagnostics, unused } => {
                let found = lint(index.entries());
                let groups = [
                    ("In the sources", &diagnostics),
                    ("In the entries", &found),
                    ("Text in no entry", &unused),
                ];
                let problems = groups.into_iter().flat_map(|(group, diagnostics)| {
                    diagnostics.iter().map(move |diagnostic| problem(group, diagnostic))
                });
                let mistakes = mistakes.into_iter().map(mistake);
                let rows = mistakes.chain(problems).collect();
                popup(PopupKind::Problems, rows, "no problems in the sources")
            }
            Self::Overview { index, recent, marks } => {
                JobResult::Overview(Overview::of(&index, &recent, &marks.bookmarked))
            }
            Self::LayOut { index, entry: number, width, style } => {
                let entry = index.entry(number);
                let document =
                    entry.map(|entry| AnswerDocument::new(number, &entry, width, &style));
                let document = document.map(Box::new);
                JobResult::Document(index, document)
            }
        }
    }
}

/// The neighbouring how-tos of the same page, in order: entries with the same source and tag whose
/// answers also end with a command.
fn siblings(index: &Index, entry: u32) -> Vec<u32> {
    let Some(own) = index.entry(entry).filter(|own| only_code(own.answer()).is_some()) else {
        return Vec::new();
    };
    let is_sibling = |n: &u32| {
        index.entry(*n).is_some_and(|other| {
            other.source() == own.source()
                && other.tags().next() == own.tags().next()
                && only_code(other.answer()).is_some()
        })
    };
    let half = (MAX_RELATED / 2) as u32;
    let before = (entry.saturating_sub(half)..entry).rev().take_while(is_sibling);
    let mut siblings: Vec<u32> = before.collect();
    siblings.reverse();
    siblings.extend((entry + 1..=entry.saturating_add(half)).take_while(is_sibling));
    siblings
}

fn questions(index: &Index, entries: &[u32]) -> Vec<PopupRow> {
    let row = |&n: &u32| {
        let text = index.entry(n)?.question().lines().next().unwrap_or("").to_owned();
        Some(PopupRow { label: String::new(), text, group: "", effect: Effect::Show(n) })
    };
    entries.iter().filter_map(row).collect()
}

fn mistake(text: String) -> PopupRow {
    let group = "In the configuration and the state";
    PopupRow { label: String::new(), text, group, effect: Effect::Nothing }
}

fn problem(group: &'static str, diagnostic: &Diagnostic) -> PopupRow {
    // The file name without its folders, which would leave no room for the message.
    let file = diagnostic.source.rsplit(['/', '\\']).next().unwrap_or_default();
    let line = diagnostic.line;
    let folder = diagnostic.source.strip_suffix(file).unwrap_or_default();
    let message = &diagnostic.message;
    PopupRow {
        label: if line > 0 { format!("{file}:{line}") } else { file.to_owned() },
        text: if folder.is_empty() { message.clone() } else { message.replace(folder, "") },
        group,
        effect: Effect::Edit(Arc::clone(&diagnostic.source), line),
    }
}
