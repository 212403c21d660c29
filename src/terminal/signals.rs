//! Handles signals: a terminating one restores the terminal before its default action; stopping
//! restores it as well, and SIGCONT sets it up again.

use super::event::{Listener, TerminalEvent};
use super::state;
use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH, SIGXFSZ};
use signal_hook::flag;
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;
use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;

/// Handles signals on a separate thread.
pub(super) fn watch(listener: &Listener) -> io::Result<()> {
    // A second SIGTERM or SIGHUP ends the program even if the terminal is stuck.
    for signal in [SIGTERM, SIGHUP] {
        let second = Arc::new(AtomicBool::new(false));
        flag::register_conditional_default(signal, Arc::clone(&second))?;
        flag::register(signal, second)?;
    }
    // A file that reaches a size limit (`ulimit -f`) is a write error, and does not end the
    // program.
    flag::register(SIGXFSZ, Arc::default())?;
    let all = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH];
    let mut signals = Signals::new(all)?;
    let listener = Arc::clone(listener);
    let handle = move || {
        for signal in signals.forever() {
            match signal {
                SIGWINCH => listener(TerminalEvent::Resized),
                SIGTSTP => stop(),
                SIGCONT if !state::is_lent() => {
                    // Fails in the background; another SIGCONT arrives with the foreground.
                    let _ = state::reenter();
                    listener(TerminalEvent::NeedsRepaint);
                }
                // For the editor that uses the terminal.
                SIGCONT | SIGINT | SIGQUIT if state::is_lent() => {}
                _ => {
                    crate::process::kill_all();
                    state::restore();
                    let _ = emulate_default_handler(signal);
                }
            }
        }
    };
    thread::Builder::new().name("signals".into()).spawn(handle)?;
    Ok(())
}

fn stop() {
    if can_be_woken() {
        state::restore();
        let _ = emulate_default_handler(SIGTSTP);
    }
}

/// Whether a shell with job control started this program: it puts every job into its own process
/// group. A process in the session leader's group would never be resumed.
fn can_be_woken() -> bool {
    getsid(None).is_ok_and(|leader| leader != getpgrp())
}

/// Stops the whole process group, including a script around this program, as the terminal does for
/// Ctrl-Z.
pub(super) fn stop_group() -> bool {
    can_be_woken() && kill_current_process_group(Signal::TSTP).is_ok()
}
