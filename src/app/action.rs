//! Everything a key can do, as one table: name (for the configuration), and what the help says.

macro_rules! actions {
    ($($variant:ident $name:literal $help:literal,)*) => {
        /// Something that a key can be bound to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action {
            $(#[doc = $help] $variant,)*
        }

        impl Action {
            /// All of them, in the order of the help.
            pub const ALL: &[Action] = &[$(Action::$variant,)*];

            /// Its name in the configuration.
            pub fn name(self) -> &'static str {
                match self { $(Action::$variant => $name,)* }
            }

            /// What it does, as the help says it.
            pub fn help(self) -> &'static str {
                match self { $(Action::$variant => $help,)* }
            }
        }
    };
}

actions! {
    Next "next" "next question",
    Previous "previous" "previous question",
    PageDown "page-down" "a page of questions down",
    PageUp "page-up" "a page of questions up",
    First "first" "first question",
    Last "last" "last question",
    Mark "mark" "mark it, and go on (with --multi)",
    MarkBack "mark-back" "mark it, and go back (with --multi)",
    Read "read" "read: go to the answer",
    List "list" "back to the questions",
    Switch "switch" "to the other pane",
    Back "back" "one step back",
    ScrollDown "scroll-down" "scroll the answer: a line down",
    ScrollUp "scroll-up" "scroll the answer: a line up",
    ScrollHalfDown "scroll-half-down" "scroll the answer: half a page down",
    ScrollHalfUp "scroll-half-up" "scroll the answer: half a page up",
    ScrollPageDown "scroll-page-down" "scroll the answer: a page down",
    ScrollPageUp "scroll-page-up" "scroll the answer: a page up",
    ScrollTop "scroll-top" "scroll the answer: to its start",
    ScrollEnd "scroll-end" "scroll the answer: to its end",
    Find "find" "find in the answer",
    FindNext "find-next" "next place found",
    FindPrevious "find-previous" "previous place found",
    Related "related" "related questions",
    Recent "recent" "questions read lately",
    HistoryBack "history-back" "back to what was read before",
    HistoryForward "history-forward" "forward again",
    Copy "copy" "copy the answer",
    CopyBoth "copy-both" "copy question and answer",
    CopyCode "copy-code" "copy a code block",
    OpenLink "open-link" "open a link of the answer",
    Edit "edit" "open the source in the editor",
    Bookmark "bookmark" "set or take off a bookmark",
    OnlyBookmarked "only-bookmarked" "show only bookmarks, or all",
    Filter "filter" "filter by tag or source",
    Problems "problems" "what is wrong or odd in the sources",
    Zoom "zoom" "answer in full width, and back",
    SplitLeft "split-left" "move the border left",
    SplitRight "split-right" "move the border right",
    QueryEarlier "query-earlier" "earlier query",
    QueryLater "query-later" "later query",
    CursorLeft "cursor-left" "cursor left",
    CursorRight "cursor-right" "cursor right",
    WordLeft "word-left" "cursor a word left",
    WordRight "word-right" "cursor a word right",
    LineStart "line-start" "cursor to the start",
    LineEnd "line-end" "cursor to the end",
    DeleteLeft "delete-left" "delete the character before the cursor",
    DeleteRight "delete-right" "delete the character under the cursor",
    DeleteWordLeft "delete-word-left" "delete the word before the cursor",
    DeleteWordRight "delete-word-right" "delete the word after the cursor",
    DeleteToStart "delete-to-start" "delete to the start",
    DeleteToEnd "delete-to-end" "delete to the end",
    Theme "theme" "next theme",
    Help "help" "all keys",
    Redraw "redraw" "draw the screen afresh",
    Suspend "suspend" "to the background (fg comes back)",
    Quit "quit" "quit",
    Interrupt "interrupt" "quit at once",
}
