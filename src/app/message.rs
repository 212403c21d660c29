//! What changes the state, and what the state asks the runtime to do.

use super::{Action, Area, Job, JobResult};
use crate::collection::Entry;
use crate::load::Summary;
use crate::search::{Hits, IndexEvent, Query};
use crate::store::StateChange;
use std::sync::Arc;

/// A change: a key's action, the mouse, or an event from outside.
#[derive(Debug, Clone)]
pub enum Message {
    /// The program begins: send it once, first.
    Started,
    /// The screen has this area: send it before the first frame and when it changes.
    Resized(Area),
    /// A key was pressed that is bound to this.
    Do(Action),
    /// A character was typed.
    Type(char),
    /// Text was pasted; not yet cleaned.
    Paste(String),
    /// The mouse was used.
    Mouse(MouseInput),
    /// Hits arrived from the searcher.
    Hits(Hits),
    /// The search thread was started again, and was asked nothing yet.
    SearchRestarted,
    /// An event of loading. The runtime hands a grown index to the searcher itself.
    Index(IndexEvent),
    /// The share of the entries that the sentence encoder has read, in percent; `None` when it is
    /// done.
    Encoded(Option<u8>),
    /// Search engines are being asked, or no longer.
    Asking(bool),
    /// Loading ended: what was loaded, or why not (made safe to show).
    Loaded(Result<Summary, String>),
    /// The result of [`Command::Run`] with the same number.
    Finished(u64, JobResult),
    /// The answer would be laid out differently now: colours of code or pictures have come.
    LayoutChanged,
    /// Something to show in the status line until the next key.
    Notice(String),
    /// Something that failed, to show in the status line until the next key.
    Failed(String),
}

/// What was done with the mouse, at a column and a row of the screen.
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
    /// Ask the searcher; answer with [`Message::Hits`].
    Search(u64, Query),
    /// Run a job on another thread; answer with [`Message::Finished`] under the same number. A
    /// newer job of the same [kind](Job::kind) takes the place of one that was not begun.
    Run(u64, Job),
    /// Ask the engine of a live source for entries like a question; answer with
    /// [`Message::Finished`] under the same number.
    AskRelated {
        /// The number of the answer.
        number: u64,
        /// The name of the source.
        source: Arc<str>,
        /// The question.
        question: String,
    },
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
    Picked {
        /// What was chosen, in the order of choosing.
        entries: Vec<Entry>,
        /// The query at the end.
        query: String,
    },
}
