//! Copies to the clipboard: the terminal's (OSC 52), and the desktop's through its programs.

use super::detached;
use crate::terminal::Terminal;
use std::env;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

/// Clipboard programs: the variable that is set if the clipboard exists, and the command.
const CLIPBOARDS: &[(&str, &[&str])] = &[
    ("WAYLAND_DISPLAY", &["wl-copy"]),
    ("DISPLAY", &["xclip", "-selection", "clipboard"]),
    ("DISPLAY", &["xsel", "--clipboard", "--input"]),
    ("TMUX", &["tmux", "load-buffer", "-w", "-"]),
    ("WSL_DISTRO_NAME", &["clip.exe"]),
];

/// On macOS no variable is needed.
const MAC: &[&str] = &["pbcopy"];

/// Copies `text` to the terminal's clipboard and to that of the desktop. The inner result is what
/// to report: terminals accept only about 100 KB, and a larger text needs a clipboard program.
pub(in crate::runtime) fn copy(
    text: String,
    what: &str,
    terminal: &mut Terminal,
) -> io::Result<Result<String, String>> {
    let sent = terminal.copy(&text)?;
    let commands = commands();
    if !sent && commands.is_empty() {
        let size = text.len() / 1000;
        return Ok(Err(format!("{what}: {size} KB is too large for the terminal's clipboard")));
    }
    let fill = move || {
        for command in commands {
            // If one fails, another or the terminal's clipboard remains.
            let _ = pipe(command, &text);
        }
    };
    // If no thread can be started, only the terminal's clipboard is set.
    let _ = thread::Builder::new().name("copy".into()).spawn(fill);
    Ok(Ok(format!("copied {what}")))
}

/// The installed clipboard programs, one per clipboard.
fn commands() -> Vec<&'static [&'static str]> {
    let mut filled = Vec::new();
    let mut commands: Vec<&[&str]> = Vec::new();
    for (variable, command) in CLIPBOARDS {
        let exists = env::var_os(variable).is_some_and(|value| !value.is_empty());
        if exists && !filled.contains(variable) && is_installed(command) {
            filled.push(*variable);
            commands.push(command);
        }
    }
    if cfg!(target_os = "macos") {
        commands.push(MAC);
    }
    commands
}

fn is_installed(command: &[&str]) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    let program = Path::new(command.first().unwrap_or(&""));
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn pipe(command: &[&str], text: &str) -> io::Result<()> {
    let [program, arguments @ ..] = command else { return Ok(()) };
    let mut child =
        detached(Command::new(program).args(arguments)).stdin(Stdio::piped()).spawn()?;
    let written = child.stdin.take().map_or(Ok(()), |mut pipe| pipe.write_all(text.as_bytes()));
    child.wait()?;
    written
}
