//! Runs another program within limits of time and output.
//!
//! It gets its own process group, which is killed with all its processes: at a limit, when its
//! leader has ended, when the user interrupts it, and when a signal ends this program.

#[cfg(unix)]
mod group;
mod outcome;

pub use outcome::{Limits, RunEnd, RunOutput};

use std::fs::File;
use std::io;
use std::process::Command;

/// Kills all running programs that [`run`] started; for the end of this program by a signal.
pub fn kill_all() {
    #[cfg(unix)]
    group::kill_all();
}

/// Kills all running programs that [`run`] started when a signal ends this program: for commands
/// without a screen, which would otherwise leave them behind.
pub fn kill_all_on_signals() -> io::Result<()> {
    #[cfg(unix)]
    group::kill_all_on_signals()?;
    Ok(())
}

/// Runs a program with empty standard input, until it ends or a limit is reached. If `keys` is a
/// terminal in raw mode, Ctrl-C typed there ends it as well; other keys are dropped.
#[cfg(unix)]
pub fn run(command: &mut Command, limits: Limits, keys: Option<&File>) -> io::Result<RunOutput> {
    let deadline = std::time::Instant::now() + limits.time;
    let mut group = group::Group::spawn(command)?;
    let mut output = RunOutput { stdout: Vec::new(), stderr: Vec::new(), end: RunEnd::Time };
    output.end = group.read(&mut output, limits.bytes, deadline, keys)?;
    if matches!(output.end, RunEnd::Interrupt | RunEnd::Time) {
        group.interrupt();
    }
    Ok(output)
}

/// Other systems cannot kill a process group, so no program is started.
#[cfg(not(unix))]
pub fn run(_: &mut Command, _: Limits, _: Option<&File>) -> io::Result<RunOutput> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::time::Duration;

    fn sh(script: &str, time: Duration, bytes: usize) -> RunOutput {
        run(Command::new("sh").args(["-c", script]), Limits { time, bytes }, None).unwrap()
    }

    /// Waits until a process has ended or is a zombie: a killed one ends a moment later.
    fn assert_gone(id: &str) {
        let deadline = std::time::Instant::now() + Duration::from_mins(1);
        let status = || std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
        let lives = |status: String| status.contains("\nState:") && !status.contains("\nState:\tZ");
        while lives(status()) {
            assert!(std::time::Instant::now() < deadline, "{id} lives");
            std::thread::yield_now();
        }
    }

    #[test]
    fn output_status_and_errors_are_kept() {
        let output = sh("echo out; echo err >&2; exit 3", Duration::from_mins(1), 100);
        assert_eq!((output.stdout, output.stderr), (b"out\n".to_vec(), b"err\n".to_vec()));
        assert_eq!(output.end, RunEnd::Exit(Some(3)));
        let output = sh("cat", Duration::from_mins(1), 100);
        assert_eq!((output.stdout.len(), output.end), (0, RunEnd::Exit(Some(0))));
    }

    #[test]
    fn an_endless_program_is_killed_with_its_children_at_either_limit() {
        let output = sh("sleep 600 & echo $!; sleep 600", Duration::from_millis(300), 100);
        assert_eq!(output.end, RunEnd::Time);
        let child = String::from_utf8(output.stdout).unwrap();
        assert_gone(child.trim());
        let output = sh("sleep 600 & echo $!; yes", Duration::from_mins(1), 100);
        assert_eq!((output.stdout.len(), output.end), (100, RunEnd::Bytes));
        let text = String::from_utf8(output.stdout).unwrap();
        assert_gone(text.lines().next().unwrap());
    }

    #[test]
    fn children_of_a_program_are_killed_when_it_ends() {
        for script in ["sleep 600 >/dev/null 2>&1 & echo $!", "sleep 600 & echo $!"] {
            let output = sh(script, Duration::from_mins(1), 100);
            assert_eq!(output.end, RunEnd::Exit(Some(0)));
            assert_gone(String::from_utf8(output.stdout).unwrap().trim());
        }
    }

    #[test]
    fn an_interrupted_program_can_undo_its_work_even_after_it_closed_its_output() {
        use std::io::Write as _;
        // A shell without job control starts its background programs with SIGINT ignored. Programs
        // inherit that, unless there is a handler here.
        kill_all_on_signals().unwrap();
        let (keys, mut typed) = io::pipe().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (ready, undone) = (folder.path().join("ready"), folder.path().join("undone"));
        let script = format!(
            "trap 'touch {}; exit' INT; exec >/dev/null 2>&1; touch {}; while :; do sleep 0.01; done",
            undone.display(),
            ready.display()
        );
        std::thread::spawn(move || {
            while !ready.exists() {
                std::thread::yield_now();
            }
            typed.write_all(b"\x03").unwrap();
        });
        let limits = Limits { time: Duration::from_mins(1), bytes: 100 };
        let keys = File::from(std::os::fd::OwnedFd::from(keys));
        let output = run(Command::new("sh").args(["-c", &script]), limits, Some(&keys)).unwrap();
        assert_eq!(output.end, RunEnd::Interrupt);
        assert!(undone.exists());
    }
}
