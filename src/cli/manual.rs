//! `qa man` and `qa config`.

use super::arguments::{Arguments, ENVIRONMENT, EXIT_STATUS};
use super::discover::SHEETS;
use super::output::{Failure, Status, print};
use crate::app::{Mode, OPERATORS};
use crate::keymap::Keymap;
use crate::text::nearest;
use crate::{config, store};
use clap::CommandFactory;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use std::io::{self, IsTerminal, Write};
use std::process::{Command, Stdio};

/// The manual page about live sources, and its name.
const LIVE: &str = include_str!("../../docs/live.md");
const LIVE_TOPIC: &str = "live";

/// Prints the manual page of the program, or of one of its commands, in the format of `man`.
pub fn page(name: Option<&str>) -> Result<Status, Failure> {
    let mut command = Arguments::command();
    // Sets the full names of the commands.
    command.build();
    let page = match name {
        None => page_of(command, Some(&Keymap::default()))?,
        Some(LIVE_TOPIC) => return print(LIVE.as_bytes()),
        Some(name) => {
            let names = || command.get_subcommands().map(clap::Command::get_name);
            let found = command.get_subcommands().find(|other| other.get_name() == name);
            let found = found.ok_or_else(|| {
                let near = nearest(name, names());
                let hint = near.map_or(String::new(), |name| format!(": did you mean `{name}`?"));
                Failure::new(format!("unknown command `{name}`{hint}"))
            })?;
            page_of(found.clone(), None)?
        }
    };
    show(&page)
}

/// The page of a command, in the order of man-pages(7); with a keymap, the page of the program.
fn page_of(mut command: clap::Command, keymap: Option<&Keymap>) -> io::Result<Vec<u8>> {
    let usage = command.render_usage().to_string();
    let headings: Vec<String> = command
        .get_arguments()
        .filter_map(|arg| arg.get_help_heading())
        .map(str::to_owned)
        .collect();
    let man = Man::new(command).source(concat!("qa ", env!("CARGO_PKG_VERSION")));
    let man = man.manual("User Commands");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    synopsis(&usage).to_writer(&mut page)?;
    man.render_description_section(&mut page)?;
    if keymap.is_some() {
        Roff::new().control("PP", []).text([roman(STDIN)]).to_writer(&mut page)?;
    }
    let mut options = Vec::new();
    man.render_options_section(&mut options)?;
    page.extend(as_subsections(&String::from_utf8_lossy(&options), &headings).into_bytes());
    if let Some(keymap) = keymap {
        let mut commands = Vec::new();
        man.render_subcommands_section(&mut commands)?;
        let commands =
            String::from_utf8_lossy(&commands).replace(".SH SUBCOMMANDS", ".SH COMMANDS");
        page.extend(commands.into_bytes());
        sections(keymap).to_writer(&mut page)?;
    }
    Ok(page)
}

/// The lines of `usage`, without their prefix.
fn synopsis(usage: &str) -> Roff {
    let mut section = Roff::new();
    section.control("SH", ["SYNOPSIS"]);
    for (n, line) in usage.lines().enumerate() {
        if n > 0 {
            section.control("br", []);
        }
        section.text([roman(line.trim_start_matches("Usage:").trim())]);
    }
    section
}

/// Turns groups of options, which are rendered as sections, into subsections of one section.
fn as_subsections(options: &str, headings: &[String]) -> String {
    headings.iter().fold(options.to_owned(), |text, heading| {
        text.replace(&format!(".SH {}\n", heading.to_uppercase()), &format!(".SS {heading}\n"))
    })
}

/// Shows a page with `man` on a terminal; elsewhere, or if no `man` can read it, prints its source.
fn show(page: &[u8]) -> Result<Status, Failure> {
    let mut man = Command::new("man");
    man.args(["-l", "-"]).stdin(Stdio::piped()).stderr(Stdio::null());
    if io::stdout().is_terminal()
        && let Ok(mut running) = man.spawn()
    {
        if let Some(mut input) = running.stdin.take() {
            // It may exit before it has read everything.
            let _ = input.write_all(page);
        }
        if running.wait()?.success() {
            return Ok(Status::Done);
        }
    }
    print(page)
}

/// The sections of the program's page besides its options.
fn sections(keymap: &Keymap) -> Roff {
    let mut page = Roff::new();
    section(&mut page, "QUERY SYNTAX", OPERATORS);
    page.control("SH", ["KEYS"]);
    for mode in Mode::ALL {
        page.control("SS", [format!("While {}", mode.name()).as_str()]);
        for row in keymap.help().iter().filter(|row| row.mode == mode) {
            item(&mut page, &row.keys, row.help());
        }
    }
    section(&mut page, "EXIT STATUS", EXIT_STATUS);
    section(&mut page, "ENVIRONMENT", ENVIRONMENT);
    section(&mut page, "FILES", FILES);
    for (program, folders) in SHEETS {
        let text = format!("how-to sheets of {program}: Ctrl-G opens the first of these folders");
        item(&mut page, &at_home(folders), &text);
    }
    section(&mut page, "EXAMPLES", EXAMPLES);
    page
}

/// Folders below the home folder, with `~/`.
fn at_home(folders: &[&str]) -> String {
    folders.iter().map(|folder| format!("~/{folder}")).collect::<Vec<_>>().join(", ")
}

fn section(page: &mut Roff, title: &str, rows: &[(&str, &str)]) {
    page.control("SH", [title]);
    for (left, right) in rows {
        item(page, left, right);
    }
}

fn item(page: &mut Roff, left: &str, right: &str) {
    page.control("TP", []).text([bold(left)]).text([roman(right)]);
}

const FILES: &[(&str, &str)] = &[
    ("~/.config/qa/config.toml", "the configuration; qa config prints one with every default"),
    ("~/.config/qa/themes/NAME.toml", "themes of your own; qa config --theme NAME prints one"),
    (
        "~/.local/state/qa/",
        "bookmarks, read and used entries, earlier queries, values of placeholders",
    ),
];

const EXAMPLES: &[(&str, &str)] = &[
    ("qa FAQ.md docs/", "browse a file and a folder"),
    ("curl -s https://example.org/faq | qa", "browse a page"),
    ("qa notes.md -f 'props state' -n 1 --print answer", "print the best answer"),
    ("qa faq.json -f - --json <queries.txt", "answer many queries in one run"),
    ("eval \"$(qa init bash)\"", "Ctrl-G inserts a command from the how-to sheets at the prompt"),
    ("qa check FAQ.md", "report problems with file and line"),
];

const STDIN: &str = "Without a SOURCE, a pipe or a file on standard input is read, as grep does. In \
    a loop such as `while read line; do qa -f \"$line\"; done <list` give it </dev/null or a SOURCE, \
    so that it does not read the rest of the list.";

/// Deletes the record of used entries.
pub fn forget() -> Result<Status, Failure> {
    if let Some(folder) = store::folder() {
        store::forget_used(&folder)?;
    }
    Ok(Status::Done)
}

/// Prints a configuration file with every default, and the paths in use; with `theme`, the file of
/// that theme.
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
