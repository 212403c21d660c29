//! Messages that change the state, and commands that the runtime carries out.

use super::{Action, Area, Job, JobResult};
use crate::collection::Entry;
use crate::load::Summary;
use crate::search::{Hits, IndexEvent, Query};
use crate::store::StateChange;
use std::sync::Arc;

/// A change: the action of a key, the mouse, or an event from outside.
#[derive(Debug, Clone)]
pub enum Message {
    /// The program starts: sent once, first.
    Started,
    /// The area of the screen: sent before the first frame and at every change.
    Resized(Area),
    /// A key bound to this action was pressed.
    Do(Action),
    /// A character was typed.
    Type(char),
    /// Text was pasted; not sanitised yet.
    Paste(String),
    /// The mouse was used.
    Mouse(MouseInput),
    /// Hits from the search thread.
    Hits(Hits),
    /// The search thread was restarted and has no query yet.
    SearchRestarted,
    /// An event of loading. The runtime passes a grown index to the search thread itself.
    Index(IndexEvent),
    /// The percentage of the entries that are encoded; `None` when all are.
    Encoded(Option<u8>),
    /// Whether a live source is being queried.
    Querying(bool),
    /// Loading ended: a summary, or a sanitised error message.
    Loaded(Result<Summary, String>),
    /// The result of [`Command::Run`] with the same number.
    Finished(u64, JobResult),
    /// The answer must be laid out again: colours of code or pictures have arrived.
    LayoutChanged,
    /// A text for the status line until the next key.
    Notice(String),
    /// An error message for the status line until the next key.
    Failed(String),
}

/// A mouse event, at a column and row of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseInput {
    /// The left button went down.
    Press(u16, u16),
    /// The mouse moved while the left button was down.
    Drag(u16, u16),
    /// A button went up.
    Release,
    /// The wheel turned towards the reader.
    WheelDown(u16, u16),
    /// The wheel turned away from the reader.
    WheelUp(u16, u16),
}

/// An effect for the runtime to carry out.
#[derive(Debug, Clone)]
pub enum Command {
    /// Search, and reply with [`Message::Hits`].
    Search(u64, Query),
    /// Run a job on another thread and reply with [`Message::Finished`] under the same number. A
    /// newer job of the same [kind](Job::kind) replaces one that has not started.
    Run(u64, Job),
    /// Query a live source for entries like a question; reply with [`Message::Finished`] under the
    /// same number.
    QueryRelated {
        /// The number of the reply.
        number: u64,
        /// The name of the source.
        source: Arc<str>,
        /// The question.
        question: String,
    },
    /// Put a text on the clipboard; reply with [`Message::Notice`]: "copied {what}".
    Copy {
        /// The text.
        text: String,
        /// What it is, such as `the answer`.
        what: String,
    },
    /// Open a file in the editor, then return.
    Edit {
        /// The source's name.
        path: Arc<str>,
        /// 1-based; 0 when unknown.
        line: u32,
    },
    /// Open an address in the browser.
    OpenUrl(String),
    /// Save a change of state for the next start.
    Save(StateChange),
    /// Switch to the next theme.
    NextTheme,
    /// Clear the terminal and redraw everything.
    Redraw,
    /// Suspend the process, as Ctrl-Z does in a shell.
    Suspend,
    /// End the program.
    Quit(Outcome),
}

/// How the program ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// By a key that quits.
    Done,
    /// By Ctrl-C.
    Interrupted,
    /// By picking entries.
    Picked {
        /// The picked entries, in the order of marking.
        entries: Vec<Entry>,
        /// The query at the end.
        query: String,
    },
}
