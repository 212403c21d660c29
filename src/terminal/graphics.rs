//! The query whether the terminal draws pictures, and its replies.
//!
//! Kitty's graphics are asked for by a picture of one pixel that is not to be shown; Sixel graphics
//! are among the device's attributes (DA1), which are asked for after it.

use super::background;

/// Kitty graphics: <https://sw.kovidgoyal.net/kitty/graphics-protocol/#querying-support-and-available-transmission-mediums>
/// Pictures are placed by characters in the text (`U=1`), which Kitty knows since version 0.28; older
/// versions reject the key and do not reply.
const QUERY: &[u8] = b"\x1b_Gi=31,s=1,v=1,a=q,U=1,t=d,f=24;AAAA\x1b\\";
/// The device's attributes.
const ATTRIBUTES: &[u8] = b"\x1b[c";
/// The attribute of a terminal with Sixel graphics.
const SIXEL: &str = "4";

/// What the terminal is queried for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct TerminalQueries {
    /// Its background colour.
    pub background: bool,
    /// Its graphics.
    pub graphics: bool,
}

impl TerminalQueries {
    /// Whether anything is asked.
    pub(super) fn any(self) -> bool {
        self.background || self.graphics
    }

    /// The bytes that ask. The last query is one that every terminal answers: its reply shows
    /// that none to the others will come.
    pub(super) fn bytes(self) -> Vec<u8> {
        let background = if self.background { background::QUERY } else { b"" };
        let graphics = if self.graphics { QUERY } else { b"" };
        let attributes = if self.any() { ATTRIBUTES } else { b"" };
        [background, graphics, attributes].concat()
    }
}

/// Whether a terminal of this name (`$TERM`) may be asked: tmux and screen pass no pictures on.
pub(super) fn is_supported(term: &str) -> bool {
    background::is_supported(term) && !term.starts_with("tmux")
}

/// Whether a reply to the query, between `ESC _` and `ESC \`, says that pictures can be drawn.
pub(super) fn is_supporting(reply: &[u8]) -> bool {
    reply.strip_prefix(b"Gi=31;").is_some_and(|rest| rest == b"OK")
}

/// Whether the device's attributes name Sixel graphics.
pub(super) fn has_sixel(attributes: &str) -> bool {
    // The first number is the kind of the terminal.
    attributes.split(';').skip(1).any(|attribute| attribute == SIXEL)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A terminal that cannot place pictures in text must not say that it can.
    #[test]
    fn the_query_uses_what_drawing_needs() {
        assert!(QUERY.windows(5).any(|part| part == b",U=1,"));
    }

    #[test]
    fn replies_are_understood() {
        assert!(is_supporting(b"Gi=31;OK") && !is_supporting(b"Gi=31;ENOTSUPPORTED:no"));
        assert!(has_sixel("62;4;22") && !has_sixel("4") && !has_sixel("62;42"));
    }
}
