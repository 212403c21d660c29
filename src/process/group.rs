//! A program and the process group that it leads.

use super::outcome::{End, Output};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// So much of standard error is kept.
const MOST_STDERR: usize = 4096;
/// How often a program that closed its output is asked whether it has ended.
const EXIT_POLL: Duration = Duration::from_millis(2);
const CTRL_C: u8 = 3;

/// The groups that run now.
static RUNNING: Mutex<Vec<Pid>> = Mutex::new(Vec::new());

fn running() -> MutexGuard<'static, Vec<Pid>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn kill_all() {
    for group in running().drain(..) {
        let _ = kill_process_group(group, Signal::KILL);
    }
}

pub(super) fn kill_all_on_signals() -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM])?;
    let handle = move || {
        for signal in signals.forever() {
            kill_all();
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    };
    thread::Builder::new().name("signals".into()).spawn(handle).map(drop)
}

/// Dropping it kills the group.
pub(super) struct Group {
    leader: Child,
    id: Pid,
}

impl Group {
    pub(super) fn spawn(command: &mut Command) -> io::Result<Self> {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let leader = command.process_group(0).spawn()?;
        let id = i32::try_from(leader.id()).ok().and_then(Pid::from_raw);
        let id = id.ok_or(io::ErrorKind::InvalidData)?;
        running().push(id);
        Ok(Self { leader, id })
    }

    /// Reads until the program closes its standard output, which gives `None`.
    pub(super) fn read(
        &mut self,
        output: &mut Output,
        bytes: usize,
        deadline: Instant,
        keys: Option<&File>,
    ) -> io::Result<Option<End>> {
        let (Some(mut stdout), stderr) = (self.leader.stdout.take(), self.leader.stderr.take())
        else {
            return Ok(None);
        };
        let mut stderr = stderr;
        let mut keys = keys;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let errors = stderr.as_ref().map(AsFd::as_fd);
            let ready = wait([Some(stdout.as_fd()), errors, keys.map(AsFd::as_fd)], left)?;
            let Some([out, err, key]) = ready else { return Ok(Some(End::Time)) };
            let mut chunk = [0; 16384];
            if let Some(mut terminal) = keys.filter(|_| key) {
                match terminal.read(&mut chunk) {
                    Ok(read) if chunk[..read].contains(&CTRL_C) => return Ok(Some(End::Interrupt)),
                    Ok(1..) => {}
                    // Nobody is there to interrupt it.
                    Ok(0) | Err(_) => keys = None,
                }
            }
            if let Some(errors) = stderr.as_mut().filter(|_| err) {
                let read = errors.read(&mut chunk)?;
                let room = MOST_STDERR - output.stderr.len();
                output.stderr.extend(&chunk[..read.min(room)]);
                if read == 0 {
                    stderr = None;
                }
            }
            if out {
                let read = stdout.read(&mut chunk)?;
                let room = bytes - output.stdout.len();
                output.stdout.extend(&chunk[..read.min(room)]);
                if read == 0 || read > room {
                    return Ok((read > 0).then_some(End::Bytes));
                }
            }
        }
    }

    /// Waits for the end of the leader.
    pub(super) fn exit(&mut self, deadline: Instant) -> io::Result<End> {
        // It stays a zombie until the group is killed, so that its number is given to no other.
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        loop {
            if let Some(status) = waitid(WaitId::Pid(self.id), options)? {
                return Ok(End::Exit(status.exit_status()));
            }
            if Instant::now() > deadline {
                return Ok(End::Time);
            }
            thread::sleep(EXIT_POLL);
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // It is gone from the list where a signal has killed it.
        let _ = kill_process_group(self.id, Signal::KILL);
        running().retain(|id| *id != self.id);
        let _ = self.leader.wait();
    }
}

/// Which of these can be read, or were closed; `None` after `patience`.
fn wait<const N: usize>(
    files: [Option<BorrowedFd<'_>>; N],
    patience: Duration,
) -> io::Result<Option<[bool; N]>> {
    let patience =
        Timespec { tv_sec: patience.as_secs() as i64, tv_nsec: patience.subsec_nanos().into() };
    let mut waiting: Vec<PollFd<'_>> =
        files.iter().flatten().map(|file| PollFd::from_borrowed_fd(*file, PollFlags::IN)).collect();
    match poll(&mut waiting, Some(&patience)) {
        Ok(0) => return Ok(None),
        // A signal came: nothing is ready, and the caller asks again.
        Ok(_) | Err(rustix::io::Errno::INTR) => {}
        Err(error) => return Err(error.into()),
    }
    let mut ready = waiting.iter().map(|file| !file.revents().is_empty());
    Ok(Some(files.map(|file| file.is_some() && ready.next().unwrap_or(false))))
}
