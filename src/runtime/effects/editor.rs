//! Opens the source of an entry in the editor, at its line.

use super::source_path;
use crate::load::Source;
use crate::terminal::Terminal;
use std::env;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Opens the source with this display name, and waits until the editor exits. The inner error says
/// why it could not be opened.
pub(in crate::runtime) fn edit(
    sources: &[Source],
    name: &str,
    line: u32,
    terminal: &mut Terminal,
) -> io::Result<Result<(), String>> {
    let path = match source_path::resolve(sources, name) {
        Ok(path) => path,
        Err(error) => return Ok(Err(error)),
    };
    let words = match editor_words() {
        Ok(words) => words,
        Err(error) => return Ok(Err(error)),
    };
    let Some((program, arguments)) = words.split_first() else {
        return Ok(Err("no editor is set".into()));
    };
    let mut command = Command::new(program);
    command.args(arguments).args(file_arguments(program, &path, line));
    // Standard input and output may be pipes, but the editor needs the terminal.
    let controlling = || File::options().read(true).write(true).open("/dev/tty");
    if !io::stdin().is_terminal() {
        command.stdin(controlling()?);
    }
    if !io::stdout().is_terminal() {
        command.stdout(controlling()?);
    }
    let run = terminal.suspend_for(|| command.status())?;
    Ok(run.map(|_| ()).map_err(|error| format!("cannot run the editor `{program}`: {error}")))
}

/// `$VISUAL` or `$EDITOR`, split as a shell does; `vi` if neither is set.
fn editor_words() -> Result<Vec<String>, String> {
    let set = |name: &&str| env::var_os(name).filter(|value| !value.is_empty());
    let variable = ["VISUAL", "EDITOR"].into_iter().find_map(|name| Some((name, set(&name)?)));
    let Some((name, value)) = variable else { return Ok(vec!["vi".into()]) };
    shell_words::split(&value.to_string_lossy()).map_err(|error| format!("${name}: {error}"))
}

/// The arguments that name the file and, for the common editors, its line.
fn file_arguments(program: &str, path: &Path, line: u32) -> Vec<OsString> {
    let file = unambiguous(path).into_os_string();
    let at = || {
        let mut place = file.clone();
        place.push(format!(":{line}"));
        place
    };
    let name = Path::new(program).file_stem().and_then(OsStr::to_str).unwrap_or_default();
    match name {
        _ if line == 0 => vec![file],
        "code" | "codium" | "code-insiders" | "cursor" => {
            vec!["--wait".into(), "--goto".into(), at()]
        }
        "hx" | "helix" | "subl" | "zed" => vec![at()],
        "vi" | "vim" | "nvim" | "view" | "nano" | "emacs" | "emacsclient" | "kak" | "micro"
        | "joe" | "mg" | "ne" => vec![format!("+{line}").into(), file],
        _ => vec![file],
    }
}

/// A path that no editor mistakes for an option or a command, as `-x` or `+!x` would be.
fn unambiguous(path: &Path) -> PathBuf {
    let is_relative = path.is_relative() && !path.starts_with(".");
    if is_relative { Path::new(".").join(path) } else { path.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(program: &str, path: &str, line: u32) -> Vec<OsString> {
        file_arguments(program, Path::new(path), line)
    }

    #[test]
    fn each_editor_gets_the_line_in_its_syntax() {
        for plus in ["/usr/bin/nvim", "vi", "vim", "kak", "nano", "micro", "emacs"] {
            assert_eq!(arguments(plus, "a.md", 3), ["+3", "./a.md"]);
        }
        assert_eq!(arguments("hx", "a.md", 3), ["./a.md:3"]);
        assert_eq!(arguments("code", "/a.md", 3), ["--wait", "--goto", "/a.md:3"]);
        assert_eq!(arguments("ed", "a.md", 3), ["./a.md"]);
    }

    #[test]
    fn no_file_name_is_mistaken_for_an_option_or_command() {
        for (name, passed) in [
            ("-a.md", "./-a.md"),
            ("+!touch pwned;: x.md", "./+!touch pwned;: x.md"),
            ("./a.md", "./a.md"),
            ("../a.md", "./../a.md"),
            ("/a.md", "/a.md"),
        ] {
            assert_eq!(arguments("vi", name, 0), [passed]);
        }
    }
}
