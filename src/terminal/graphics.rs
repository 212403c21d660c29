//! Queries whether the terminal can draw pictures, and parses its replies.
//!
//! Support for Kitty graphics is queried with a picture of one pixel that is not shown. Support for
//! Sixel graphics is one of the device attributes (DA1), which are queried last.

use super::background;

/// Kitty graphics:
/// <https://sw.kovidgoyal.net/kitty/graphics-protocol/#querying-support-and-available-transmission-mediums>
/// Pictures are placed by characters in the text (`U=1`), which Kitty supports since version 0.28;
/// older versions reject the key and do not reply.
const QUERY: &[u8] = b"\x1b_Gi=31,s=1,v=1,a=q,U=1,t=d,f=24;AAAA\x1b\\";
/// The query for the device attributes.
const ATTRIBUTES: &[u8] = b"\x1b[c";
/// The attribute of terminals with Sixel graphics.
const SIXEL: &str = "4";

/// What to query the terminal for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct TerminalQueries {
    /// Its background colour.
    pub background: bool,
    /// Its graphics.
    pub graphics: bool,
}

impl TerminalQueries {
    /// Whether there is any query.
    pub(super) fn any(self) -> bool {
        self.background || self.graphics
    }

    /// The bytes of the queries. Every terminal replies to the last one: its reply shows that no
    /// other replies will come.
    pub(super) fn bytes(self) -> Vec<u8> {
        let background = if self.background { background::QUERY } else { b"" };
        let graphics = if self.graphics { QUERY } else { b"" };
        let attributes = if self.any() { ATTRIBUTES } else { b"" };
        [background, graphics, attributes].concat()
    }
}

/// Whether a terminal of this name (`$TERM`) may be queried: tmux and screen do not pass pictures
/// on.
pub(super) fn is_supported(term: &str) -> bool {
    background::is_supported(term) && !term.starts_with("tmux")
}

/// Whether a reply to the query (between `ESC _` and `ESC \`) confirms support.
pub(super) fn is_supporting(reply: &[u8]) -> bool {
    reply.strip_prefix(b"Gi=31;").is_some_and(|rest| rest == b"OK")
}

/// Whether device attributes include Sixel graphics.
pub(super) fn has_sixel(attributes: &str) -> bool {
    // The first number is the type of the terminal.
    attributes.split(';').skip(1).any(|attribute| attribute == SIXEL)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A terminal that cannot place pictures in text must not confirm support.
    #[test]
    fn the_query_uses_what_drawing_needs() {
        assert!(QUERY.windows(5).any(|part| part == b",U=1,"));
    }

    #[test]
    fn replies_are_parsed() {
        assert!(is_supporting(b"Gi=31;OK") && !is_supporting(b"Gi=31;ENOTSUPPORTED:no"));
        assert!(has_sixel("62;4;22") && !has_sixel("4") && !has_sixel("62;42"));
    }
}
