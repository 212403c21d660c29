//! What the first lines of a help text say: the manual page's name, and how the program is called.

use super::line::HelpLine;

/// `LS(1)` of `LS(1)    User Commands    LS(1)`.
pub(super) fn manual_name<'a>(lines: &'a [HelpLine<'_>]) -> Option<&'a str> {
    let text = lines.iter().find(|line| !line.is_blank())?.text();
    let mut words = text.split_whitespace();
    let (first, last) = (words.next()?, words.next_back()?);
    let (name, section) = first.strip_suffix(')')?.rsplit_once('(')?;
    let is_page = first == last
        && !name.is_empty()
        && section.starts_with(|c: char| c.is_ascii_digit() || c == 'n');
    is_page.then_some(first)
}

/// `Usage` of `Usage: tool [OPTION]... FILE`, in any language; `Usage` for a line that begins with
/// the command.
pub(super) fn usage_label<'a>(line: &'a HelpLine<'_>) -> Option<&'a str> {
    let text = line.text();
    // `Tool 2.0. Usage:`.
    if text.ends_with(" Usage:") || text.ends_with(" usage:") {
        return Some("Usage");
    }
    let Some((label, command)) = text.split_once(':') else {
        let is_command =
            line.indent == 0 && (text.contains(" [OPTION") || text.contains(" [option"));
        return is_command.then_some("Usage");
    };
    let is_label =
        label.chars().all(|c| c.is_alphabetic() || c == ' ') && label.chars().count() <= 16;
    let is_usage = label.trim_end().eq_ignore_ascii_case("usage");
    let has_command = !command.trim().is_empty();
    let is_shown =
        is_usage && (has_command || line.indent == 0) || is_label && is_command_line(command);
    is_shown.then_some(label.trim_end())
}

/// `tool [OPTION]... FILE`.
fn is_command_line(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (Some(program), Some(argument)) = (words.next(), words.next()) else { return false };
    let is_program = program.starts_with(|c: char| c.is_lowercase() || matches!(c, '/' | '.'));
    is_program && argument.starts_with(['[', '<', '{', '-']) && !argument.contains(['@', '('])
}
