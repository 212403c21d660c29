//! The latency of a key as a user sees it, in a terminal (120x40), of any program: `cargo bench
//! --bench screen -- TEXT COMMAND [ARGUMENT ...]`.
//!
//! Starts the command, waits until its screen has been quiet for a second, types TEXT key by key
//! and deletes it again. The time of a key is that from writing it to the last byte of output
//! before the next quiet. Printed: the time to the first byte and to the last before the first
//! key; median, 95% and maximum of the keys; the peak memory, where the system tells it.

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::error::Error;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How long a screen must be quiet at the start to be ready.
const READY: Duration = Duration::from_millis(1500);
/// The same after a key.
const QUIET: Duration = Duration::from_millis(400);

type Keys = Box<dyn Write + Send>;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let [text, program, arguments @ ..] = &words[..] else { return Ok(()) };
    let size = PtySize { rows: 40, cols: 120, ..PtySize::default() };
    let pair = native_pty_system().openpty(size)?;
    // A path is relative to the current folder; a bare name is searched for as in a shell.
    let is_path = program.contains('/') && Path::new(program).exists();
    let program = if is_path { Path::new(program).canonicalize()? } else { program.into() };
    let mut command = CommandBuilder::new(program);
    command.args(arguments);
    command.cwd(std::env::current_dir()?);
    command.env("TERM", "xterm-256color");
    let began = Instant::now();
    let mut child = pair.slave.spawn_command(command)?;
    let mut keys = pair.master.take_writer()?;
    let output = read(pair.master.try_clone_reader()?);

    let start = settle(&output, &mut keys, began, READY)?;
    let deleting = std::iter::repeat_n('\u{7f}', text.chars().count());
    let mut times = Vec::new();
    for key in text.chars().chain(deleting) {
        let pressed = Instant::now();
        keys.write_all(key.to_string().as_bytes())?;
        keys.flush()?;
        times.extend(settle(&output, &mut keys, pressed, QUIET)?.map(|(_, last)| last));
    }
    let (first, ready) = start.unwrap_or_default();
    println!("first byte {:.1} ms, ready {:.0} ms", ms(first), ms(ready));
    times.sort();
    let at = |share: f64| times.get(((times.len() as f64 - 1.0) * share).round() as usize);
    if let (Some(median), Some(most), Some(max)) = (at(0.5), at(0.95), times.last()) {
        println!(
            "{} keys: median {:.1} ms, 95% {:.1} ms, max {:.1} ms",
            times.len(),
            ms(*median),
            ms(*most),
            ms(*max)
        );
    }
    if let Some(peak) = child.process_id().and_then(peak_memory) {
        println!("peak memory {peak}");
    }
    child.kill()?;
    Ok(())
}

/// The program's output with the times at which it arrived.
fn read(mut reader: Box<dyn Read + Send>) -> Receiver<(Instant, Vec<u8>)> {
    let (sender, output) = channel();
    thread::spawn(move || {
        let mut chunk = vec![0; 65536];
        while let Ok(length) = reader.read(&mut chunk) {
            if length == 0 || sender.send((Instant::now(), chunk[..length].to_vec())).is_err() {
                break;
            }
        }
    });
    output
}

/// Waits until the output is quiet; returns the times of its first and last byte.
fn settle(
    output: &Receiver<(Instant, Vec<u8>)>,
    keys: &mut Keys,
    since: Instant,
    quiet: Duration,
) -> std::io::Result<Option<(Duration, Duration)>> {
    let mut times: Option<(Duration, Duration)> = None;
    while let Ok((at, bytes)) = output.recv_timeout(quiet) {
        let time = at - since;
        times = Some((times.map_or(time, |(first, _)| first), time));
        // Replies to queries for the cursor position and the terminal's type.
        for (asked, answer) in [("\x1b[6n", "\x1b[1;1R"), ("\x1b[c", "\x1b[?62;c")] {
            if bytes.windows(asked.len()).any(|part| part == asked.as_bytes()) {
                keys.write_all(answer.as_bytes())?;
                keys.flush()?;
            }
        }
    }
    Ok(times)
}

/// Milliseconds.
fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn peak_memory(process: u32) -> Option<String> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().to_owned())
}
