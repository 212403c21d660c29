//! Who has the terminal: one state for the whole process, because a signal or a panic must be able
//! to give the terminal back from any thread.

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::fs::File;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

/// Alternate screen, bracketed paste.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h";
/// Buttons, wheel and dragging, but no mere movement, which would wake the program for nothing.
const MOUSE: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";
/// All of it undone, and colours and cursor as they were.
const LEAVE: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?2004l\x1b[0m\x1b[?25h\x1b[?1049l";

/// Where our screen is.
struct Place {
    screen: File,
    mouse: bool,
}

/// Held for writing, so that no frame lands on a terminal that was given back meanwhile.
static PLACE: Mutex<Option<Place>> = Mutex::new(None);
/// Whether the terminal shows our screen: frames are thrown away while it does not.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// Whether another program, such as an editor, has the terminal for a while.
static LENT: AtomicBool = AtomicBool::new(false);

pub(super) fn duplicate_stdout() -> io::Result<File> {
    #[cfg(unix)]
    return rustix::io::dup(rustix::stdio::stdout()).map(File::from).map_err(io::Error::from);
    #[cfg(not(unix))]
    open_terminal()
}

/// The controlling terminal of this process.
pub(super) fn open_terminal() -> io::Result<File> {
    let name = if cfg!(windows) { "CONOUT$" } else { "/dev/tty" };
    File::options().read(true).write(true).open(name)
}

/// Waits for a writer, but not for ever: one that hangs on a stuck terminal must not keep a signal
/// from ending the program.
fn place() -> Option<MutexGuard<'static, Option<Place>>> {
    for _ in 0..50 {
        match PLACE.try_lock() {
            Ok(place) => return Some(place),
            Err(TryLockError::Poisoned(place)) => return Some(place.into_inner()),
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(1)),
        }
    }
    None
}

pub(super) fn take(screen: File, mouse: bool) -> io::Result<()> {
    *PLACE.lock().unwrap_or_else(PoisonError::into_inner) = Some(Place { screen, mouse });
    take_again()
}

/// Raw mode and our own screen, also when only the one or the other was lost.
pub(super) fn take_again() -> io::Result<()> {
    let Some(place) = place() else { return Ok(()) };
    let Some(Place { screen, mouse }) = place.as_ref() else { return Ok(()) };
    if TAKEN.load(Ordering::SeqCst) {
        // A program that was stopped finds the shell's settings: forget that they were ours.
        disable_raw_mode()?;
    }
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut screen = screen;
    screen.write_all(ENTER)?;
    if *mouse { screen.write_all(MOUSE) } else { Ok(()) }
}

/// The terminal as it was found. Does nothing when it was given back already.
pub(super) fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    // Nothing can be done about a terminal that takes nothing any more.
    let place = place();
    if let Some(Place { screen, .. }) = place.as_deref().and_then(Option::as_ref) {
        let mut screen = screen;
        let _ = screen.write_all(LEAVE);
    }
    let _ = disable_raw_mode();
}

/// Writes `bytes` to the screen, or nowhere while the terminal is not ours.
pub(super) fn write(bytes: &[u8]) -> io::Result<()> {
    let place = PLACE.lock().unwrap_or_else(PoisonError::into_inner);
    match place.as_ref() {
        Some(Place { screen, .. }) if is_taken() => (&*screen).write_all(bytes),
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
