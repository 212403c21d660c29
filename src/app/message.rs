//! What changes the state, and what the state asks the runtime to do.

use super::{Action, Facets, Overview};
use crate::collection::Entry;
use crate::load::{Diagnostic, Summary};
use crate::search::{Hits, Index, IndexEvent, Query};
use crate::store::StateChange;
use std::collections::HashSet;
use std::sync::Arc;

/// A change: a key's action, the mouse, or news from outside.
#[derive(Debug, Clone)]
pub enum Message {
    /// The program begins: send it once, first.
    Started,
    /// A key was pressed that means this.
    Do(Action),
    /// A character was typed.
    Type(char),
    /// Text was pasted; not yet cleaned.
    Paste(String),
    /// The question with this rank was clicked.
    Select(usize),
    /// The row with this number of the open pop-up was clicked.
    Choose(usize),
    /// The wheel turned over the answer: lines, down is positive.
    ScrollAnswer(isize),
    /// The wheel turned over the list or a pop-up: rows, down is positive.
    MoveSelection(isize),
    /// The answer pane was clicked.
    FocusAnswer,
    /// The border between list and answer was dragged: thousandths of the room for the list.
    Split(u16),
    /// A link was clicked.
    Link(String),
    /// Hits arrived from the searcher.
    Hits(Hits),
    /// An event of loading. The runtime hands a grown index to the searcher itself.
    Index(IndexEvent),
    /// Loading ended: what was loaded, or why not (made safe to show).
    Loaded(Result<Summary, String>),
    /// The tags and sources of an index: the answer to [`Command::Facets`].
    Facets(Facets),
    /// The answer to [`Command::Overview`].
    Overview(Overview),
    /// What was read lately, the newest first: the answer to [`Command::Recall`].
    Recalled(Vec<u32>),
    /// What is odd in the entries: the answer to [`Command::Lint`].
    Linted(Vec<Diagnostic>),
    /// Questions related to an entry of the index in use: the answer to [`Command::Related`].
    Related {
        /// The entry that was asked for.
        entry: u32,
        /// Closest first.
        related: Vec<u32>,
    },
    /// What the last draw measured: send it after every draw; needs no new draw.
    Measured(Measures),
    /// Something to tell in the status line until the next key.
    Notice(String),
    /// The same, for something that failed.
    Failed(String),
}

/// An effect for the runtime to carry out.
#[derive(Debug, Clone)]
pub enum Command {
    /// Ask the searcher; answer with [`Message::Hits`].
    Search(u64, Query),
    /// Put a text on the clipboard; answer with [`Message::Notice`]: "copied {what}".
    Copy {
        /// The text.
        text: String,
        /// What it is, such as `the answer`.
        what: String,
    },
    /// Open a file in the editor, and come back.
    Edit {
        /// The source's name.
        path: Arc<str>,
        /// 1-based; 0 when unknown.
        line: u32,
    },
    /// Open an address in the browser.
    OpenUrl(String),
    /// Look for [`lint`](crate::load::lint), on another thread; answer with
    /// [`Message::Linted`].
    Lint(Index),
    /// Find the related questions of an entry; answer with [`Message::Related`].
    Related {
        /// The index that `entry` counts in.
        index: Index,
        /// Its number.
        entry: u32,
        /// How many at most.
        limit: usize,
    },
    /// Count tags and sources with [`Facets::of`], on another thread; answer with
    /// [`Message::Facets`].
    Facets(Index),
    /// Make an overview with [`Overview::of`], on another thread, of what was read and of the
    /// bookmarks; answer with [`Message::Overview`].
    Overview(Index, Vec<String>, Arc<HashSet<String>>),
    /// Find the entries that have these keys with [`recall`](super::recall), on another thread;
    /// answer with [`Message::Recalled`].
    Recall(Index, Vec<String>),
    /// Keep something for the next start.
    Save(StateChange),
    /// The person chose the next theme.
    NextTheme,
    /// Clear the terminal and draw everything.
    Redraw,
    /// Stop as Ctrl-Z does.
    Suspend,
    /// End.
    Quit(Outcome),
}

/// How it ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// By a key that quits.
    Done,
    /// By Ctrl-C.
    Interrupted,
    /// With a choice, where one was asked for.
    Picked(Vec<Entry>),
}

/// What only a drawn frame knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measures {
    /// How many questions fit in the list.
    pub list_rows: usize,
    /// How many lines of the answer fit.
    pub answer_rows: usize,
    /// How many lines the answer has at this width.
    pub answer_lines: usize,
    /// The first line of it that was drawn.
    pub answer_top: usize,
    /// How often the find text was found.
    pub found: usize,
    /// The number of the place found that is current.
    pub found_current: usize,
    /// The addresses of the answer's links, in its order.
    pub links: Arc<[String]>,
    /// The texts of its code blocks, in its order.
    pub code: Arc<[String]>,
    /// How many rows of a pop-up fit.
    pub popup_rows: usize,
}
