//! What other programs do for us: the clipboard, the editor, the browser.

use crate::terminal::Terminal;
use std::env;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

/// Programs that fill a clipboard, and the variable that says whether there is one.
const CLIPBOARDS: &[(&str, &[&str])] = &[
    ("WAYLAND_DISPLAY", &["wl-copy"]),
    ("DISPLAY", &["xclip", "-selection", "clipboard"]),
    ("DISPLAY", &["xsel", "--clipboard", "--input"]),
    ("TMUX", &["tmux", "load-buffer", "-w", "-"]),
    ("WSL_DISTRO_NAME", &["clip.exe"]),
];

/// Gives `text` to the clipboard programs that are there. The terminal's own clipboard was filled
/// already, so that it matters little when there is none.
pub(super) fn copy(text: String) {
    let fill = move || {
        let mac: &[&str] = if cfg!(target_os = "macos") { &["pbcopy"] } else { &[] };
        let here = CLIPBOARDS.iter().filter(|(sign, _)| env::var_os(sign).is_some());
        let mut filled = Vec::new();
        for (sign, command) in here.copied().chain([("", mac)]) {
            let Some((program, arguments)) = command.split_first() else { continue };
            if !filled.contains(&sign) && pipe(program, arguments, &text).is_ok() {
                filled.push(sign);
            }
        }
    };
    // Without a thread it is the terminal's clipboard alone.
    let _ = thread::Builder::new().name("copy".into()).spawn(fill);
}

fn pipe(program: &str, arguments: &[&str], text: &str) -> io::Result<()> {
    let mut child = quiet(Command::new(program).args(arguments)).stdin(Stdio::piped()).spawn()?;
    let written = child.stdin.take().map_or(Ok(()), |mut pipe| pipe.write_all(text.as_bytes()));
    let status = child.wait()?;
    if status.success() { written } else { Err(io::ErrorKind::Other.into()) }
}

fn quiet(command: &mut Command) -> &mut Command {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null())
}

/// Opens a file in the editor and waits for its end. The inner error says why it could not.
pub(super) fn edit(
    source: &str,
    line: u32,
    terminal: &mut Terminal,
) -> io::Result<Result<(), String>> {
    if !Path::new(source).exists() {
        return Ok(Err(format!("{source} is no file to edit")));
    }
    let editor = ["VISUAL", "EDITOR"].into_iter().filter_map(env::var_os).find(|e| !e.is_empty());
    let editor = editor.unwrap_or_else(|| OsString::from("vi"));
    let editor = editor.to_string_lossy().into_owned();
    let mut words = editor.split_whitespace();
    let Some(program) = words.next() else { return Ok(Err("no editor is set".into())) };
    let mut command = Command::new(program);
    command.args(words).args(place_arguments(program, source, line));
    // Our own input and output may be pipes: the editor needs the terminal.
    let controlling = || File::options().read(true).write(true).open("/dev/tty");
    if !io::stdin().is_terminal() {
        command.stdin(controlling()?);
    }
    if !io::stdout().is_terminal() {
        command.stdout(controlling()?);
    }
    let run = terminal.suspend_for(|| command.status())?;
    Ok(run.map(|_| ()).map_err(|error| format!("{program}: {error}")))
}

/// How the common editors are told the line.
fn place_arguments(program: &str, source: &str, line: u32) -> Vec<String> {
    let name = Path::new(program).file_stem().unwrap_or_default().to_string_lossy();
    // A name that begins with a dash would be taken for an option.
    let source = if source.starts_with('-') { format!("./{source}") } else { source.to_owned() };
    match &*name {
        _ if line == 0 => vec![source],
        "code" | "codium" | "code-insiders" | "cursor" => {
            vec!["--wait".into(), "--goto".into(), format!("{source}:{line}")]
        }
        "hx" | "helix" | "subl" | "zed" => vec![format!("{source}:{line}")],
        "vi" | "vim" | "nvim" | "view" | "nano" | "emacs" | "emacsclient" | "kak" | "micro"
        | "joe" | "mg" | "ne" => vec![format!("+{line}"), source],
        _ => vec![source],
    }
}

/// Opens an address in the browser, without waiting for it. `told` is called later with what went
/// wrong.
pub(super) fn open(
    address: String,
    told: impl FnOnce(String) + Send + 'static,
) -> Result<(), String> {
    // Collections come from anywhere: nothing of them may start another program than the browser.
    if !["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme)) {
        return Err(format!("{address} is no web address"));
    }
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let mut child = quiet(Command::new(opener).arg(&address))
        .spawn()
        .map_err(|_| format!("no {opener} here to open {address}"))?;
    let wait = move || {
        if !child.wait().is_ok_and(|status| status.success()) {
            told(format!("no browser opened {address}"));
        }
    };
    thread::Builder::new().name("open".into()).spawn(wait).map_err(|error| error.to_string())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editors_are_told_the_line_in_their_own_way() {
        assert_eq!(place_arguments("/usr/bin/nvim", "a.md", 3), ["+3", "a.md"]);
        assert_eq!(place_arguments("hx", "a.md", 3), ["a.md:3"]);
        assert_eq!(place_arguments("code", "a.md", 3), ["--wait", "--goto", "a.md:3"]);
        assert_eq!(place_arguments("ed", "-a.md", 3), ["./-a.md"]);
        assert_eq!(place_arguments("vi", "a.md", 0), ["a.md"]);
    }

    #[test]
    fn only_web_addresses_are_opened() {
        for address in ["file:///etc/passwd", "javascript:alert(1)", "--help", "x"] {
            assert!(open(address.into(), |_| ()).is_err());
        }
    }
}
