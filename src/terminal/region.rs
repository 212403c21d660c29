//! Uses a part of the screen below the cursor (`--height`); the rest stays visible.

use std::str::FromStr;

/// The height of the part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Height {
    /// In rows, but at least as many as a list needs.
    Rows(u16),
    /// In rows, however few.
    Exactly(u16),
    /// In percent of the screen.
    Percent(u16),
}

/// The minimum rows for a prompt and some of the list.
const MIN_ROWS: u16 = 5;

impl Height {
    /// The height in rows, on a screen of `rows` rows.
    pub(super) fn of(self, rows: u16) -> u16 {
        let wanted = match self {
            Self::Exactly(wanted) => wanted.max(1),
            Self::Rows(wanted) => wanted.max(MIN_ROWS),
            Self::Percent(percent) => {
                ((u32::from(rows) * u32::from(percent) / 100) as u16).max(MIN_ROWS)
            }
        };
        wanted.min(rows)
    }
}

impl FromStr for Height {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "expected 20 for rows or 40% of the screen".to_owned();
        let number = |digits: &str| digits.parse().ok().filter(|&n: &u16| n > 0);
        match text.strip_suffix('%') {
            Some(digits) => number(digits).filter(|&n| n <= 100).map(Self::Percent),
            None => number(text).map(Self::Rows),
        }
        .ok_or_else(wrong)
    }
}

/// The first row of the part on a screen of `rows`, and the number of line feeds that make space
/// for it. `cursor` is the position of the cursor (column, row), if the terminal reported it;
/// otherwise the part is at the bottom of the screen.
pub(super) fn place(height: u16, rows: u16, cursor: Option<(u16, u16)>) -> (u16, u16) {
    let lowest = rows.saturating_sub(height);
    match cursor {
        Some((column, row)) => {
            // Keep an unfinished line.
            let down = u16::from(column > 0);
            ((row + down).min(lowest), height.saturating_sub(1) + down)
        }
        None => (lowest, height),
    }
}

/// Finds the position of the cursor, from 0, in input of the terminal (`ESC [ row ; column R`).
/// Also returns the other bytes: keys pressed meanwhile. `None` if the report is incomplete.
pub(super) fn read_cursor(bytes: &[u8]) -> Option<((u16, u16), Vec<u8>)> {
    let starts = bytes.windows(2).enumerate().filter(|(_, pair)| pair == b"\x1b[");
    for (start, _) in starts {
        let rest = &bytes[start + 2..];
        let Some(end) = rest.iter().position(|byte| !matches!(byte, b'0'..=b'9' | b';')) else {
            continue;
        };
        let numbers = std::str::from_utf8(&rest[..end]).ok()?.split_once(';');
        let number = |digits: &str| digits.parse::<u16>().ok()?.checked_sub(1);
        if rest[end] == b'R'
            && let Some((row, column)) = numbers
            && let Some(place) = number(column).zip(number(row))
        {
            return Some((place, [&bytes[..start], &rest[end + 1..]].concat()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_are_read_and_kept_within_the_screen() {
        let rows = |text: &str, rows| text.parse::<Height>().map(|height| height.of(rows));
        assert_eq!(rows("20", 50), Ok(20));
        assert_eq!(rows("20", 12), Ok(12));
        assert_eq!(rows("40%", 50), Ok(20));
        assert_eq!(rows("1%", 50), Ok(5));
        for wrong in ["", "0", "x", "101%", "%", "-3"] {
            assert!(wrong.parse::<Height>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_part_is_placed_below_existing_lines() {
        assert_eq!(place(10, 24, Some((0, 3))), (3, 9));
        assert_eq!(place(10, 24, Some((7, 3))), (4, 10));
        assert_eq!(place(10, 24, Some((0, 20))), (14, 9));
        assert_eq!(place(10, 24, None), (14, 10));
        assert_eq!(place(30, 24, Some((0, 23))), (0, 29));
    }

    #[test]
    fn the_cursor_is_read_among_keys() {
        assert_eq!(read_cursor(b"\x1b[5;3R"), Some(((2, 4), vec![])));
        assert_eq!(read_cursor(b"ab\x1b[A\x1b[5;3Rc"), Some(((2, 4), b"ab\x1b[Ac".to_vec())));
        assert_eq!(read_cursor(b"\x1b[5;"), None);
        assert_eq!(read_cursor(b"\x1b[R\x1b[0;0R"), None);
    }
}
