//! Placeholders of a picked command: options in their long or short form, and values that are
//! asked for (`--fill`).

use crate::config::OptionStyle;
use crate::markup::{CommandPart, command_parts};
use crate::store::Values;
use std::io;

/// Writes `{{[-a|--all]}}` in its long or short form; other placeholders stay.
pub(super) fn with_options(command: &str, style: OptionStyle) -> String {
    let text = |part: CommandPart<'_>| match part {
        CommandPart::Text(text) => text.to_owned(),
        CommandPart::Placeholder(inner) => match option(inner, style) {
            Some(option) => option.to_owned(),
            None => format!("{{{{{inner}}}}}"),
        },
    };
    command_parts(command).into_iter().map(text).collect()
}

/// The form of `[-a|--all]` in this style.
fn option(inner: &str, style: OptionStyle) -> Option<&str> {
    let (short, long) = inner.strip_prefix('[')?.strip_suffix(']')?.split_once('|')?;
    short.starts_with('-').then_some(match style {
        OptionStyle::Long => long,
        OptionStyle::Short => short,
    })
}

/// Fills the placeholders of a command in turn. `ask` is given the name of a placeholder and the
/// value that is offered, and gives `None` where the person leaves.
pub(super) fn fill(
    command: &str,
    values: &mut Values,
    ask: &mut dyn FnMut(&str, &str) -> io::Result<Option<String>>,
) -> io::Result<Option<String>> {
    let mut filled = String::new();
    // The same name is asked for once.
    let mut given: Vec<(&str, String)> = Vec::new();
    for (text, name) in pieces(command) {
        filled.push_str(text);
        let Some(name) = name else { continue };
        if let Some((_, value)) = given.iter().find(|(other, _)| *other == name) {
            filled.push_str(value);
            continue;
        }
        let offered = values.last(name).unwrap_or(name).to_owned();
        let Some(value) = ask(name, &offered)? else { return Ok(None) };
        let value = if value.is_empty() { offered } else { value };
        if value != name {
            values.remember(name, &value);
        }
        filled.push_str(&value);
        given.push((name, value));
    }
    Ok(Some(filled))
}

/// The command in pieces of text, each with the placeholder after it.
fn pieces(command: &str) -> Vec<(&str, Option<&str>)> {
    let mut pieces = Vec::new();
    for part in command_parts(command) {
        match part {
            CommandPart::Placeholder(name) => pieces.push(("", Some(name))),
            CommandPart::Text(text) => split_angles(text, &mut pieces),
        }
    }
    pieces
}

/// `<branch>`, as navi writes placeholders; not `<` of a redirection.
fn split_angles<'t>(text: &'t str, pieces: &mut Vec<(&'t str, Option<&'t str>)>) {
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = rest[from..].find('<').map(|at| from + at) {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let name = &rest[at + 1..];
        let name = &name[..name.find(|c| !is_name(c)).unwrap_or(name.len())];
        let begins = name.starts_with(char::is_alphabetic);
        if begins && rest[at + 1 + name.len()..].starts_with('>') {
            pieces.push((&rest[..at], Some(name)));
            rest = &rest[at + name.len() + 2..];
            from = 0;
        } else {
            from = at + 1;
        }
    }
    pieces.push((rest, None));
}

/// Asks on the terminal, below the command. `None` at the end of the input.
#[cfg(unix)]
pub(super) fn ask_on_terminal(name: &str, offered: &str) -> io::Result<Option<String>> {
    use rustix::termios::{InputModes, LocalModes, OptionalActions, tcgetattr, tcsetattr};
    use std::fs::File;
    use std::io::{BufRead, BufReader, Write};
    let mut terminal = File::options().read(true).write(true).open("/dev/tty")?;
    // A shell that runs this for a key may have the terminal in its own mode.
    let found = tcgetattr(&terminal)?;
    let mut line_mode = found.clone();
    line_mode.local_modes |= LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG;
    line_mode.input_modes |= InputModes::ICRNL;
    tcsetattr(&terminal, OptionalActions::Now, &line_mode)?;
    let offer = if offered == name { String::new() } else { format!(" [{offered}]") };
    write!(terminal, "\r{name}{offer}: ")?;
    let mut line = String::new();
    let read = BufReader::new(&terminal).read_line(&mut line);
    tcsetattr(&terminal, OptionalActions::Now, &found)?;
    Ok((read? > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned()))
}

#[cfg(not(unix))]
pub(super) fn ask_on_terminal(_: &str, offered: &str) -> io::Result<Option<String>> {
    Ok(Some(offered.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_written_in_one_form_and_other_placeholders_stay() {
        let command = "curl {{[-L|--location]}} {{https://example.org}} {{[1|2]}}";
        assert_eq!(
            with_options(command, OptionStyle::Long),
            "curl --location {{https://example.org}} {{[1|2]}}"
        );
        assert!(with_options(command, OptionStyle::Short).starts_with("curl -L {{"));
        assert_eq!(
            with_options("x --format='{{.Name}}'", OptionStyle::Long),
            "x --format='{{.Name}}'"
        );
    }

    #[test]
    fn placeholders_are_asked_for_in_turn_and_the_last_values_are_offered() {
        let mut values = Values::default();
        values.remember("branch", "main");
        let mut asked = Vec::new();
        let mut ask = |name: &str, offered: &str| {
            asked.push(format!("{name}/{offered}"));
            Ok(Some(if name == "file" { "a b".to_owned() } else { String::new() }))
        };
        let command = "diff {{file}} <branch> {{file}} < in";
        let filled = fill(command, &mut values, &mut ask).unwrap();
        assert_eq!(filled.as_deref(), Some("diff a b main a b < in"));
        assert_eq!(asked, ["file/file", "branch/main"]);
        assert_eq!(values.last("file"), Some("a b"));
        let left = fill(command, &mut values, &mut |_, _| Ok(None)).unwrap();
        assert_eq!(left, None);
    }
}
