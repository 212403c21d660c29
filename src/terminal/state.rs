//! The modes of the terminal: one state per process, since a signal or a panic must be able to
//! restore the terminal from any thread.

use super::region::{self, Height};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::fs::File;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

/// Alternate screen.
const ENTER: &[u8] = b"\x1b[?1049h";
/// Bracketed paste.
const PASTE: &[u8] = b"\x1b[?2004h";
/// Buttons, wheel and dragging; not motion alone, which would wake the program needlessly.
const MOUSE: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";
/// Enables reports of changes between a light and a dark scheme (Contour's mode 2031).
const SCHEME: &[u8] = b"\x1b[?2031h";
/// Queries the scheme, which may have changed while another program used the terminal.
const QUERY_SCHEME: &[u8] = b"\x1b[?996n";
/// Disables these reports.
const LEAVE_SCHEME: &[u8] = b"\x1b[?2031l";
/// Resets colours, cursor and input modes.
const LEAVE: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?2004l\x1b[0m\x1b[?25h";
/// Returns to the main screen.
const LEAVE_SCREEN: &[u8] = b"\x1b[?1049l";

/// The screen to draw on.
struct ScreenTarget {
    screen: File,
    mouse: bool,
    /// Whether changes of the colour scheme are reported.
    scheme: bool,
    /// The height, if only a part of the screen is used.
    height: Option<Height>,
    /// The first row of the part.
    top: u16,
}

/// Locked while writing, so that no frame is written to a terminal that was restored meanwhile.
static PLACE: Mutex<Option<ScreenTarget>> = Mutex::new(None);
/// Whether the terminal shows the program's screen; frames are dropped while it does not.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// Whether the terminal was set up once.
static BEGAN: AtomicBool = AtomicBool::new(false);
/// Whether another program, such as an editor, uses the terminal.
static LENT: AtomicBool = AtomicBool::new(false);

/// Locks [`PLACE`]. Waits up to 50 ms for a writer: one that is blocked by a stuck terminal must
/// not keep a signal from ending the program.
fn place() -> Option<MutexGuard<'static, Option<ScreenTarget>>> {
    for _ in 0..50 {
        match PLACE.try_lock() {
            Ok(place) => return Some(place),
            Err(TryLockError::Poisoned(place)) => return Some(place.into_inner()),
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(1)),
        }
    }
    None
}

/// Sets the modes for the first time. Returns input typed during the query of the cursor.
pub(super) fn take(
    screen: File,
    (mouse, scheme): (bool, bool),
    height: Option<Height>,
) -> io::Result<Vec<u8>> {
    enable_raw_mode()?;
    let (cursor, typed) = height.map(|_| query_cursor(&screen)).unwrap_or_default();
    *PLACE.lock().unwrap_or_else(PoisonError::into_inner) =
        Some(ScreenTarget { screen, mouse, scheme, height, top: 0 });
    take_from(cursor)?;
    Ok(typed)
}

#[cfg(unix)]
fn query_cursor(screen: &File) -> (Option<(u16, u16)>, Vec<u8>) {
    super::cursor::query_position(screen)
}

#[cfg(not(unix))]
fn query_cursor(_: &File) -> (Option<(u16, u16)>, Vec<u8>) {
    (None, Vec::new())
}

/// Sets raw mode and the program's screen again, even if only one of them was lost.
pub(super) fn reenter() -> io::Result<()> {
    take_from(None)
}

fn take_from(cursor: Option<(u16, u16)>) -> io::Result<()> {
    let Some(mut place) = place() else { return Ok(()) };
    let Some(ScreenTarget { screen, mouse, scheme, height, top }) = place.as_mut() else {
        return Ok(());
    };
    let again = BEGAN.swap(true, Ordering::SeqCst);
    // Raw mode stays set if it is: without it, keys could become signals.
    if TAKEN.load(Ordering::SeqCst) && !is_raw(screen) {
        // A shell changed the modes while the program was stopped: drop the saved ones.
        disable_raw_mode()?;
    }
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut bytes = match height {
        None => ENTER.to_vec(),
        Some(height) => {
            let (_, rows) = crossterm::terminal::size()?;
            let (first, feeds) = region::place(height.of(rows), rows, cursor);
            *top = first;
            let mut room = b"\r".to_vec();
            room.resize(1 + usize::from(feeds), b'\n');
            room.extend(clear_from(first));
            room
        }
    };
    bytes.extend(PASTE);
    bytes.extend(if *mouse { MOUSE } else { b"" });
    bytes.extend(if *scheme { SCHEME } else { b"" });
    bytes.extend(if *scheme && again { QUERY_SCHEME } else { b"" });
    screen.write_all(&bytes)
}

#[cfg(unix)]
fn is_raw(screen: &File) -> bool {
    use rustix::termios::{LocalModes, tcgetattr};
    let cooked = LocalModes::ICANON | LocalModes::ISIG | LocalModes::ECHO;
    tcgetattr(screen).is_ok_and(|modes| !modes.local_modes.intersects(cooked))
}

#[cfg(not(unix))]
fn is_raw(_: &File) -> bool {
    false
}

/// Whether only a part of the screen is used.
pub(super) fn has_part() -> bool {
    let place = PLACE.lock().unwrap_or_else(PoisonError::into_inner);
    place.as_ref().is_some_and(|place| place.height.is_some())
}

/// Moves to the start of a row, counted from 0, and clears the screen from there.
fn clear_from(row: u16) -> Vec<u8> {
    format!("\x1b[{};1H\x1b[0m\x1b[J", row + 1).into_bytes()
}

/// The first row and height of the part of the screen in use; `None` for the whole screen.
pub(super) fn part() -> io::Result<Option<(u16, u16)>> {
    let mut place = PLACE.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(ScreenTarget { height: Some(height), top, .. }) = place.as_mut() else {
        return Ok(None);
    };
    let (_, rows) = crossterm::terminal::size()?;
    let height = height.of(rows);
    // The screen may have become smaller.
    *top = (*top).min(rows - height);
    Ok(Some((*top, height)))
}

/// The sequence that clears the part of the screen in use.
pub(super) fn clear() -> io::Result<Vec<u8>> {
    Ok(part()?.map_or(b"\x1b[0m\x1b[2J".to_vec(), |(top, _)| clear_from(top)))
}

/// Restores the terminal, if it is not restored already.
pub(super) fn restore() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    // A terminal that accepts no more output cannot be restored.
    let place = place();
    if let Some(place) = place.as_deref().and_then(Option::as_ref) {
        let ScreenTarget { screen, scheme, height, top, .. } = place;
        let mut screen = screen;
        let scheme = if *scheme { LEAVE_SCHEME } else { b"" };
        let ours = if height.is_some() { clear_from(*top) } else { LEAVE_SCREEN.to_vec() };
        let _ = screen.write_all(&[scheme, LEAVE, &ours].concat());
    }
    let _ = disable_raw_mode();
}

/// Writes `bytes` to the screen, or drops them while another program uses the terminal.
pub(super) fn write(bytes: &[u8]) -> io::Result<()> {
    let place = PLACE.lock().unwrap_or_else(PoisonError::into_inner);
    match place.as_ref() {
        Some(ScreenTarget { screen, .. }) if is_taken() => (&*screen).write_all(bytes),
        _ => Ok(()),
    }
}

pub(super) fn is_taken() -> bool {
    TAKEN.load(Ordering::SeqCst)
}

pub(super) fn set_lent(lent: bool) {
    LENT.store(lent, Ordering::SeqCst);
}

pub(super) fn is_lent() -> bool {
    LENT.load(Ordering::SeqCst)
}
