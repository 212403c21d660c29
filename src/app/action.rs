//! Everything a key can do, as one table: name (for the configuration), and the text of the help.

macro_rules! actions {
    ($($variant:ident $name:literal $help:literal $(edits $edit:ident)?,)*) => {
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

            /// Its text in the help.
            pub fn help(self) -> &'static str {
                match self { $(Action::$variant => $help,)* }
            }

            /// The edit of a line of text, if it is one.
            pub fn edit(self) -> Option<Edit> {
                match self { $(Action::$variant => actions!(@edit $($edit)?),)* }
            }
        }

        /// An edit of a line of text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Edit {
            $($(#[doc = $help] $edit,)?)*
        }
    };
    (@edit) => { None };
    (@edit $edit:ident) => { Some(Edit::$edit) };
}

actions! {
    Next "next" "next question",
    Previous "previous" "previous question",
    PageDown "page-down" "page down in the list",
    PageUp "page-up" "page up in the list",
    First "first" "first question",
    Last "last" "last question",
    Mark "mark" "mark and move down (with --multi)",
    MarkBack "mark-back" "mark and move up (with --multi)",
    Read "read" "read the answer",
    List "list" "back to the questions",
    Switch "switch" "switch pane",
    Back "back" "back",
    ScrollDown "scroll-down" "scroll the answer a line down",
    ScrollUp "scroll-up" "scroll the answer a line up",
    ScrollHalfDown "scroll-half-down" "scroll the answer half a page down",
    ScrollHalfUp "scroll-half-up" "scroll the answer half a page up",
    ScrollPageDown "scroll-page-down" "scroll the answer a page down",
    ScrollPageUp "scroll-page-up" "scroll the answer a page up",
    ScrollTop "scroll-top" "scroll to the start of the answer",
    ScrollEnd "scroll-end" "scroll to the end of the answer",
    Find "find" "find in the answer",
    FindNext "find-next" "next match",
    FindPrevious "find-previous" "previous match",
    Related "related" "related questions",
    Recent "recent" "recently read questions",
    HistoryBack "history-back" "back to the previous question read",
    HistoryForward "history-forward" "forward in the questions read",
    Copy "copy" "copy the answer",
    CopyBoth "copy-both" "copy question and answer",
    CopyCode "copy-code" "copy a code block",
    OpenLink "open-link" "open a link",
    Edit "edit" "edit the source",
    Bookmark "bookmark" "toggle bookmark",
    OnlyBookmarked "only-bookmarked" "only bookmarks, or all questions",
    HideAnswers "hide-answers" "hide answers until asked, or show them",
    Random "random" "random question of the list",
    Known "known" "mark as known, or not",
    Again "again" "mark to be asked again, or not",
    Filter "filter" "filter by tag or source",
    Problems "problems" "show source problems",
    Zoom "zoom" "toggle full width of the answer",
    SplitLeft "split-left" "move the border left",
    SplitRight "split-right" "move the border right",
    QueryEarlier "query-earlier" "earlier query",
    QueryLater "query-later" "later query",
    CursorLeft "cursor-left" "cursor left" edits CursorLeft,
    CursorRight "cursor-right" "cursor right" edits CursorRight,
    WordLeft "word-left" "cursor a word left" edits WordLeft,
    WordRight "word-right" "cursor a word right" edits WordRight,
    LineStart "line-start" "cursor to the start" edits LineStart,
    LineEnd "line-end" "cursor to the end" edits LineEnd,
    DeleteLeft "delete-left" "delete the character before the cursor" edits DeleteLeft,
    DeleteRight "delete-right" "delete the character under the cursor" edits DeleteRight,
    DeleteWordLeft "delete-word-left" "delete the word before the cursor" edits DeleteWordLeft,
    DeleteWordRight "delete-word-right" "delete the word after the cursor" edits DeleteWordRight,
    DeleteToStart "delete-to-start" "delete to the start" edits DeleteToStart,
    DeleteToEnd "delete-to-end" "delete to the end" edits DeleteToEnd,
    Theme "theme" "next theme",
    Help "help" "show all keys",
    Redraw "redraw" "redraw",
    Suspend "suspend" "suspend (resume with fg)",
    Quit "quit" "quit",
    Interrupt "interrupt" "quit at once",
}
