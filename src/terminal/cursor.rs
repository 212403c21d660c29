//! Queries the terminal for the position of its cursor.

use super::device::{open_for_keys, timespec};
use super::region;
use rustix::event::{PollFd, PollFlags, poll};
use std::fs::File;
use std::io::{Read, Write};
use std::time::{Duration, Instant};

/// How long to wait for the reply.
const CURSOR_DEADLINE: Duration = Duration::from_millis(300);

/// Queries the position of the cursor. Returns its column and row from 0, if the terminal replies,
/// and any input typed meanwhile. The terminal must be in raw mode, and nothing else may read from
/// it.
pub(super) fn query_position(mut screen: &File) -> (Option<(u16, u16)>, Vec<u8>) {
    let mut bytes = Vec::new();
    let reply = open_for_keys()
        .and_then(|terminal| screen.write_all(b"\x1b[6n").map(|()| terminal))
        .ok()
        .and_then(|terminal| wait_for_reply(terminal, &mut bytes));
    match reply {
        Some((cursor, typed)) => (Some(cursor), typed),
        None => (None, bytes),
    }
}

/// Reads until `bytes` contains the reply; `None` if it does not arrive.
fn wait_for_reply(mut terminal: File, bytes: &mut Vec<u8>) -> Option<((u16, u16), Vec<u8>)> {
    let deadline = Instant::now() + CURSOR_DEADLINE;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let mut waiting = [PollFd::new(&terminal, PollFlags::IN)];
        if poll(&mut waiting, Some(&timespec(left))).ok()? == 0 {
            return None;
        }
        let mut chunk = [0; 1024];
        let read = terminal.read(&mut chunk).ok().filter(|&read| read > 0)?;
        bytes.extend(&chunk[..read]);
        if let Some(reply) = region::read_cursor(bytes) {
            return Some(reply);
        }
    }
}
