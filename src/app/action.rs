//! The table of everything a key can do: what it needs, its name in the configuration and its help
//! text.

/// What must be available before an action runs; until then it is queued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// Nothing that arrives later.
    Nothing,
    /// The focused input line.
    Prompt,
    /// The hits of the query.
    Hits,
    /// The hits and the laid-out answer.
    Answer,
}

macro_rules! actions {
    (
        { $($first:ident $first_needs:ident $first_name:literal $first_help:literal,)* }
        edits { $($edit:ident $edit_name:literal $edit_help:literal,)* }
        { $($last:ident $last_needs:ident $last_name:literal $last_help:literal,)* }
    ) => {
        /// An action that a key can be bound to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action {
            $(#[doc = $first_help] $first,)*
            /// edit the focused input line
            Edit(Edit),
            $(#[doc = $last_help] $last,)*
        }

        /// An edit of an input line.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Edit {
            $(#[doc = $edit_help] $edit,)*
        }

        impl Edit {
            /// Every one, in the order of the help.
            pub const ALL: &[Self] = &[$(Self::$edit,)*];
        }

        impl Action {
            /// Every one, in the order of the help.
            pub const ALL: &[Self] = &[
                $(Self::$first,)*
                $(Self::Edit(Edit::$edit),)*
                $(Self::$last,)*
            ];

            /// Its name in the configuration.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$first => $first_name,)*
                    $(Self::Edit(Edit::$edit) => $edit_name,)*
                    $(Self::$last => $last_name,)*
                }
            }

            /// Its text in the help.
            pub fn help(self) -> &'static str {
                match self {
                    $(Self::$first => $first_help,)*
                    $(Self::Edit(Edit::$edit) => $edit_help,)*
                    $(Self::$last => $last_help,)*
                }
            }

            /// What must be available before it runs.
            pub(crate) fn needs(self) -> Needs {
                match self {
                    $(Self::$first => Needs::$first_needs,)*
                    Self::Edit(_) => Needs::Prompt,
                    $(Self::$last => Needs::$last_needs,)*
                }
            }
        }
    };
}

actions! {
    {
        Next Hits "next" "next question",
        Previous Hits "previous" "previous question",
        PageDown Hits "page-down" "page down in the list",
        PageUp Hits "page-up" "page up in the list",
        First Hits "first" "first question",
        Last Hits "last" "last question",
        Mark Hits "mark" "mark and move down (with --multi)",
        MarkBack Hits "mark-back" "mark and move up (with --multi)",
        Read Hits "read" "read the answer",
        List Hits "list" "back to the questions",
        Switch Hits "switch" "switch pane",
        Back Nothing "back" "back",
        ScrollDown Answer "scroll-down" "scroll the answer down a line",
        ScrollUp Answer "scroll-up" "scroll the answer up a line",
        ScrollHalfDown Answer "scroll-half-down" "scroll the answer down half a page",
        ScrollHalfUp Answer "scroll-half-up" "scroll the answer up half a page",
        ScrollPageDown Answer "scroll-page-down" "scroll the answer down a page",
        ScrollPageUp Answer "scroll-page-up" "scroll the answer up a page",
        ScrollTop Answer "scroll-top" "scroll to the start of the answer",
        ScrollEnd Answer "scroll-end" "scroll to the end of the answer",
        Find Answer "find" "find in the answer",
        FindNext Answer "find-next" "next match",
        FindPrevious Answer "find-previous" "previous match",
        Related Hits "related" "related questions",
        Recent Hits "recent" "recently read questions",
        HistoryBack Hits "history-back" "previous question in the history",
        HistoryForward Hits "history-forward" "next question in the history",
        Copy Hits "copy" "copy the answer",
        CopyBoth Hits "copy-both" "copy question and answer",
        CopyCode Answer "copy-code" "copy a code block",
        OpenLink Answer "open-link" "open a link",
        EditSource Hits "edit" "edit the source",
        Bookmark Hits "bookmark" "toggle bookmark",
        OnlyBookmarked Hits "only-bookmarked" "show only bookmarks, or all questions",
        HideAnswers Hits "hide-answers" "hide answers until revealed, or show them",
        Random Hits "random" "random question from the list",
        Known Hits "known" "mark as known, or remove the mark",
        Again Hits "again" "mark to review again, or remove the mark",
        Filter Hits "filter" "filter by tag or source",
        Problems Hits "problems" "show source problems",
        Zoom Hits "zoom" "toggle full width of the answer",
        SplitLeft Hits "split-left" "move the border left",
        SplitRight Hits "split-right" "move the border right",
        QueryEarlier Prompt "query-earlier" "earlier query",
        QueryLater Prompt "query-later" "later query",
    }
    edits {
        CursorLeft "cursor-left" "cursor left",
        CursorRight "cursor-right" "cursor right",
        WordLeft "word-left" "cursor one word left",
        WordRight "word-right" "cursor one word right",
        LineStart "line-start" "cursor to the start",
        LineEnd "line-end" "cursor to the end",
        DeleteLeft "delete-left" "delete the character before the cursor",
        DeleteRight "delete-right" "delete the character under the cursor",
        DeleteWordLeft "delete-word-left" "delete the word before the cursor",
        DeleteWordRight "delete-word-right" "delete the word after the cursor",
        DeleteToStart "delete-to-start" "delete to the start",
        DeleteToEnd "delete-to-end" "delete to the end",
    }
    {
        Theme Nothing "theme" "next theme",
        Help Hits "help" "show all keys",
        Redraw Nothing "redraw" "redraw",
        Suspend Nothing "suspend" "suspend (resume with fg)",
        Quit Hits "quit" "quit",
        Interrupt Nothing "interrupt" "quit immediately",
    }
}
