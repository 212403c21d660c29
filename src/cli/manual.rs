//! `qa man` and `qa config`.

use super::arguments::Arguments;
use super::output::{Failure, Status, print};
use crate::app::{Mode, OPERATORS};
use crate::keymap::Keymap;
use crate::text::nearest;
use crate::{config, store};
use clap::CommandFactory;
use clap_mangen::roff::{Roff, bold, roman};
use std::io::{self, IsTerminal, Write};
use std::process::{Command, Stdio};

/// What the manual says of live sources, and the name of that part.
const LIVE: &str = include_str!("../../docs/live.md");
const LIVE_TOPIC: &str = "live";

/// Prints the manual page of the program, or of one of its commands, in the format of `man`.
pub fn page(name: Option<&str>) -> Result<Status, Failure> {
    let mut page = Vec::new();
    let mut command = Arguments::command();
    // Gives the commands their full names.
    command.build();
    match name {
        None => {
            clap_mangen::Man::new(command).manual("User Commands").render(&mut page)?;
            sections(&Keymap::default()).to_writer(&mut page)?;
        }
        Some(LIVE_TOPIC) => return print(LIVE.as_bytes()),
        Some(name) => {
            let names = || command.get_subcommands().map(clap::Command::get_name);
            let found = command.get_subcommands().find(|other| other.get_name() == name);
            let found = found.ok_or_else(|| {
                let near = nearest(name, names());
                let hint = near.map_or(String::new(), |name| format!(": did you mean `{name}`?"));
                Failure::new(format!("unknown command `{name}`{hint}"))
            })?;
            let man = clap_mangen::Man::new(found.clone());
            man.manual("User Commands").render(&mut page)?;
        }
    }
    show(&page)
}

/// Shows a page with `man` on a terminal, and prints its source elsewhere, or where there is no `man`
/// that reads one.
fn show(page: &[u8]) -> Result<Status, Failure> {
    let mut man = Command::new("man");
    man.args(["-l", "-"]).stdin(Stdio::piped()).stderr(Stdio::null());
    if io::stdout().is_terminal()
        && let Ok(mut running) = man.spawn()
    {
        if let Some(mut input) = running.stdin.take() {
            // It may end before it has read all.
            let _ = input.write_all(page);
        }
        if running.wait()?.success() {
            return Ok(Status::Done);
        }
    }
    print(page)
}

/// What the page of the program has beside its options.
fn sections(keymap: &Keymap) -> Roff {
    let mut page = Roff::new();
    section(&mut page, "QUERY SYNTAX", OPERATORS.iter().map(|&(left, right)| (left.into(), right)));
    for mode in Mode::ALL {
        let help = keymap.help();
        let rows = help.iter().filter(|row| row.mode == mode);
        let title = format!("KEYS WHILE {}", mode.name().to_uppercase());
        section(&mut page, &title, rows.map(|row| (row.keys.clone(), row.help())));
    }
    section(&mut page, "FILES", FILES.iter().map(|&(left, right)| (left.into(), right)));
    section(&mut page, "EXAMPLES", EXAMPLES.iter().map(|&(left, right)| (left.into(), right)));
    page.control("SH", ["STANDARD INPUT"]).text([roman(STDIN)]);
    page
}

fn section<'a>(page: &mut Roff, title: &str, rows: impl Iterator<Item = (String, &'a str)>) {
    page.control("SH", [title]);
    for (left, right) in rows {
        page.control("TP", []).text([bold(left)]).text([roman(right)]);
    }
}

const FILES: &[(&str, &str)] = &[
    ("~/.config/qa/config.toml", "the configuration; qa config prints one with every default"),
    ("~/.config/qa/themes/NAME.toml", "themes of your own; qa config --theme NAME prints one"),
    ("~/.local/state/qa/", "bookmarks, read and used entries, earlier queries, given values"),
];

const EXAMPLES: &[(&str, &str)] = &[
    ("qa FAQ.md docs/", "browse a file and a folder"),
    ("curl -s https://example.org/faq | qa", "browse a page"),
    ("qa notes.md -f 'props state' -n 1 --print answer", "print the best answer"),
    ("qa faq.json -f - --json <queries.txt", "answer many queries in one run"),
    ("eval \"$(qa init bash)\"", "Ctrl-G puts a command of the how-to sheets at the prompt"),
    ("qa check FAQ.md", "report problems with file and line"),
];

const STDIN: &str = "Without a SOURCE, a pipe or a file on standard input is read, as grep does. In \
    a loop such as `while read line; do qa -f \"$line\"; done <list` give it </dev/null or a SOURCE, \
    so that it does not read the rest of the list.";

/// Forgets which entries were used.
pub fn forget() -> Result<Status, Failure> {
    if let Some(folder) = store::folder() {
        store::forget_used(&folder)?;
    }
    Ok(Status::Done)
}

/// Prints a configuration file with every default, and the paths that are used; with `theme`, the
/// file of that theme.
pub fn configuration(theme: Option<&str>) -> Result<Status, Failure> {
    if let Some(name) = theme {
        let file = super::themes::file(name).map_err(Failure::new)?;
        return print(file.as_bytes());
    }
    let place = |path: Option<std::path::PathBuf>| {
        let text =
            path.map_or("none: the home folder is unknown".into(), |p| p.display().to_string());
        crate::text::sanitise_line(text.into()).into_owned()
    };
    let settings = place(config::path().map(|(path, _)| path));
    let state = place(store::folder());
    let text = config::commented();
    print(format!("# Configuration: {settings}\n# State: {state}\n\n{text}").as_bytes())
}
