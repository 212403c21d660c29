//! A running program and its process group.

use super::outcome::{RunEnd, RunOutput};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How much of standard error is kept, in bytes.
const MAX_STDERR_BYTES: usize = 4096;
/// How often to check whether a program that closed its output has ended.
const EXIT_POLL: Duration = Duration::from_millis(2);
/// How often to check whether a program with open output has ended: a child that it left behind may
/// keep the output open.
const LOOK: Duration = Duration::from_millis(50);
/// How long a program may take to end after an interrupt.
const GRACE: Duration = Duration::from_millis(200);
const CTRL_C: u8 = 3;

/// The running groups.
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

/// A process group; dropping it kills the group.
pub(super) struct Group {
    leader: Child,
    id: Pid,
}

impl Group {
    pub(super) fn spawn(command: &mut Command) -> io::Result<Self> {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // Locked until its id is added: otherwise the end of this program could miss it.
        let mut running = running();
        let leader = command.process_group(0).spawn()?;
        let id = i32::try_from(leader.id()).ok().and_then(Pid::from_raw);
        let id = id.ok_or(io::ErrorKind::InvalidData)?;
        running.push(id);
        Ok(Self { leader, id })
    }

    /// Reads the output of the program until its leader ends, or a limit is reached. Later output
    /// of its children is lost.
    pub(super) fn read(
        &mut self,
        output: &mut RunOutput,
        bytes: usize,
        deadline: Instant,
        keys: Option<&File>,
    ) -> io::Result<RunEnd> {
        let mut pipes =
            Pipes { stdout: self.leader.stdout.take(), stderr: self.leader.stderr.take() };
        let mut keys = keys;
        loop {
            let exited = self.exited()?;
            let left = deadline.saturating_duration_since(Instant::now());
            let is_open = pipes.stdout.is_some();
            // Its output before its end is in the pipes.
            let timeout = match (&exited, is_open) {
                (Some(_), _) => Duration::ZERO,
                (None, true) => left.min(LOOK),
                (None, false) => left.min(EXIT_POLL),
            };
            let ready = wait([pipes.out(), pipes.err(), keys.map(AsFd::as_fd)], timeout)?;
            let Some([out, err, key]) = ready else {
                match exited {
                    Some(end) => return Ok(end),
                    None if left.is_zero() => return Ok(RunEnd::Time),
                    None => continue,
                }
            };
            if let Some(mut terminal) = keys.filter(|_| key) {
                let mut typed = [0; 64];
                match terminal.read(&mut typed) {
                    Ok(read) if typed[..read].contains(&CTRL_C) => return Ok(RunEnd::Interrupt),
                    Ok(1..) => {}
                    // The terminal is gone, so no one can interrupt it.
                    Ok(0) | Err(_) => keys = None,
                }
            }
            if err {
                pipes.read_errors(output)?;
            }
            if out && !pipes.read_output(output, bytes)? {
                return Ok(RunEnd::Bytes);
            }
            if left.is_zero() && exited.is_none() {
                return Ok(RunEnd::Time);
            }
        }
    }

    /// How the leader ended, if it has ended.
    fn exited(&self) -> io::Result<Option<RunEnd>> {
        // It stays a zombie until the group is killed, so that its id is not reused.
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        Ok(waitid(WaitId::Pid(self.id), options)?.map(|status| RunEnd::Exit(status.exit_status())))
    }

    /// Interrupts the program, as Ctrl-C does, and waits briefly: it may have work to undo.
    pub(super) fn interrupt(&self) {
        let deadline = Instant::now() + GRACE;
        let _ = kill_process_group(self.id, Signal::INT);
        while Instant::now() < deadline && matches!(self.exited(), Ok(None)) {
            thread::sleep(EXIT_POLL);
        }
    }
}

/// The pipes that a program writes to.
struct Pipes {
    stdout: Option<ChildStdout>,
    stderr: Option<ChildStderr>,
}

impl Pipes {
    fn out(&self) -> Option<BorrowedFd<'_>> {
        self.stdout.as_ref().map(AsFd::as_fd)
    }

    fn err(&self) -> Option<BorrowedFd<'_>> {
        self.stderr.as_ref().map(AsFd::as_fd)
    }

    fn read_errors(&mut self, output: &mut RunOutput) -> io::Result<()> {
        let mut chunk = [0; 4096];
        let read = self.stderr.as_mut().map_or(Ok(0), |errors| errors.read(&mut chunk))?;
        let room = MAX_STDERR_BYTES - output.stderr.len();
        output.stderr.extend(&chunk[..read.min(room)]);
        if read == 0 {
            self.stderr = None;
        }
        Ok(())
    }

    /// Returns false if there is more output than the limit.
    fn read_output(&mut self, output: &mut RunOutput, bytes: usize) -> io::Result<bool> {
        let mut chunk = [0; 16384];
        let read = self.stdout.as_mut().map_or(Ok(0), |stdout| stdout.read(&mut chunk))?;
        let room = bytes - output.stdout.len();
        output.stdout.extend(&chunk[..read.min(room)]);
        if read == 0 {
            self.stdout = None;
        }
        Ok(read <= room)
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // It may already have been killed by a signal.
        let _ = kill_process_group(self.id, Signal::KILL);
        running().retain(|id| *id != self.id);
        let _ = self.leader.wait();
    }
}

/// Waits until one of these can be read or was closed; `None` after `timeout`.
fn wait<const N: usize>(
    files: [Option<BorrowedFd<'_>>; N],
    timeout: Duration,
) -> io::Result<Option<[bool; N]>> {
    let timeout =
        Timespec { tv_sec: timeout.as_secs() as i64, tv_nsec: timeout.subsec_nanos().into() };
    let mut waiting: Vec<PollFd<'_>> =
        files.iter().flatten().map(|file| PollFd::from_borrowed_fd(*file, PollFlags::IN)).collect();
    match poll(&mut waiting, Some(&timeout)) {
        Ok(0) => return Ok(None),
        // A signal came: nothing is ready, and the caller tries again.
        Ok(_) | Err(rustix::io::Errno::INTR) => {}
        Err(error) => return Err(error.into()),
    }
    let mut ready = waiting.iter().map(|file| !file.revents().is_empty());
    Ok(Some(files.map(|file| file.is_some() && ready.next().unwrap_or(false))))
}
