//! Asking the terminal where its cursor is.

use super::device::{open_for_keys, timespec};
use super::region;
use rustix::event::{PollFd, PollFlags, poll};
use std::fs::File;
use std::io::{Read, Write};
use std::time::{Duration, Instant};

/// How long the terminal may take to report its cursor.
const CURSOR_DEADLINE: Duration = Duration::from_millis(300);

/// Asks where the cursor is; gives column and row from 0, and what was typed meanwhile. Only before
/// anybody else reads from the terminal, which is in raw mode.
pub(super) fn ask(mut screen: &File) -> Option<((u16, u16), Vec<u8>)> {
    let mut terminal = open_for_keys().ok()?;
    screen.write_all(b"\x1b[6n").ok()?;
    let deadline = Instant::now() + CURSOR_DEADLINE;
    let mut bytes = Vec::new();
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let mut waiting = [PollFd::new(&terminal, PollFlags::IN)];
        if poll(&mut waiting, Some(&timespec(left))).ok()? == 0 {
            return None;
        }
        let mut chunk = [0; 1024];
        let read = terminal.read(&mut chunk).ok().filter(|&read| read > 0)?;
        bytes.extend(&chunk[..read]);
        if let Some(told) = region::read_cursor(&bytes) {
            return Some(told);
        }
    }
}
