//! Parses the command line, after the options of `QA_DEFAULT_OPTS`.

use super::arguments::Arguments;
use super::mistyped;
use super::output::Failure;
use crate::text::nearest;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches};
use std::ffi::OsString;

/// Parses the arguments, after the options of `QA_DEFAULT_OPTS` (`defaults`).
///
/// `Err` also carries the output of `--help` and `--version`.
pub fn parse(
    arguments: impl IntoIterator<Item = OsString>,
    defaults: Option<&str>,
) -> Result<Arguments, Failure> {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    let is_command = |word: &OsString| {
        Arguments::command().get_subcommands().any(|command| *command.get_name() == **word)
    };
    if let Some(defaults) = defaults.filter(|_| !arguments.get(1).is_some_and(is_command)) {
        let wrong = |what: String| Failure::new(format!("QA_DEFAULT_OPTS: {what}"));
        let words = shell_words::split(defaults).map_err(|error| wrong(error.to_string()))?;
        let alone = std::iter::once("qa").chain(words.iter().map(String::as_str));
        if let Err(error) = Arguments::command().try_get_matches_from(alone) {
            return Err(wrong(explained(error).to_string()));
        }
        arguments.splice(1..1, words.into_iter().map(OsString::from));
    }
    let matches = Arguments::command().try_get_matches_from(arguments);
    matches.and_then(|matches| Arguments::from_arg_matches(&matches)).map_err(explained)
}

/// Reports an error of clap in one line, with one hint.
fn explained(error: clap::Error) -> Failure {
    // Help or version.
    if !error.use_stderr() {
        return error.into();
    }
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let option = context(ContextKind::InvalidArg);
    let message = match (error.kind(), option, context(ContextKind::InvalidValue)) {
        (ErrorKind::UnknownArgument, Some(option), _) => {
            mistyped::unknown_option(option, context(ContextKind::SuggestedArg))
        }
        (ErrorKind::InvalidValue, Some(option), Some(value)) => {
            let names = match error.get(ContextKind::ValidValue) {
                Some(ContextValue::Strings(names)) => names.as_slice(),
                _ => &[],
            };
            let expected = match names {
                [] => String::new(),
                _ => format!(": expected {}", names.join(", ")),
            };
            match nearest(value, names.iter().map(String::as_str)) {
                _ if value.is_empty() => format!("'{option}' needs a value{expected}"),
                Some(name) => {
                    format!("invalid value '{value}' for '{option}': did you mean `{name}`?")
                }
                None => format!("invalid value '{value}' for '{option}'{expected}"),
            }
        }
        (ErrorKind::MissingRequiredArgument, _, _) => {
            let missing = match error.get(ContextKind::InvalidArg) {
                Some(ContextValue::Strings(names)) => names.join(" "),
                _ => String::new(),
            };
            let text = error.render().to_string();
            let usage = text.lines().find_map(|line| line.strip_prefix("Usage: "));
            format!("{missing} is missing; usage: {}", usage.unwrap_or_default())
        }
        _ => first_paragraph(&error.render().to_string()),
    };
    Failure::new(message)
}

/// The error of clap, without its advice.
fn first_paragraph(text: &str) -> String {
    let what = text.split("\n\n").next().unwrap_or_default();
    let lines: Vec<&str> = what.trim_start_matches("error: ").lines().map(str::trim).collect();
    lines.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn parsed(line: &str, defaults: Option<&str>) -> Result<Arguments, String> {
        let words = std::iter::once("qa").chain(line.split_whitespace()).map(OsString::from);
        parse(words, defaults).map_err(|failure| failure.to_string())
    }

    #[test]
    fn definition_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn default_options_come_first_and_name_themselves_when_wrong() {
        let defaults = Some("--no-mouse --theme 'high contrast'");
        let arguments = parsed("notes.md --theme dark", defaults).unwrap();
        assert_eq!(arguments.browse.set.mouse, Some(false));
        assert_eq!(arguments.browse.set.theme.as_deref(), Some("dark"));
        assert_eq!(arguments.browse.opening.sources, [PathBuf::from("notes.md")]);

        let arguments = parsed("", defaults).unwrap();
        assert_eq!(arguments.browse.set.theme.as_deref(), Some("high contrast"));

        assert!(parsed("check notes.md", defaults).is_ok());
        assert!(parsed("", Some("--tehme x")).unwrap_err().starts_with("QA_DEFAULT_OPTS: "));
        assert!(parsed("", Some("--theme 'x")).unwrap_err().contains("quote"));
    }

    #[test]
    fn a_wrong_option_is_reported_with_the_nearest_right_one() {
        let message = parsed("--fliter x", None).unwrap_err();
        assert!(message.contains("--fliter") && message.contains("--filter"), "{message}");
        for (line, wanted) in [
            (
                "--layout revers",
                "invalid value 'revers' for '--layout <LAYOUT>': did you mean `reverse`?",
            ),
            ("--color x", "invalid value 'x' for '--color <WHEN>': expected auto, always, never"),
            (
                "--from mardown",
                "invalid value 'mardown' for '--from <FORMAT>': did you mean `markdown`?",
            ),
            ("-n x", "invalid value 'x' for '--limit <NUMBER>': expected a whole number"),
            ("--limit", "'--limit <NUMBER>' needs a value"),
            ("init", "<SHELL> is missing; usage: qa init <SHELL>"),
            ("--to json", "--to is an option of `qa convert`"),
            ("--keymap vim", "keymap is a setting of the configuration file: qa config prints it"),
            ("--xyzzy", "unknown option --xyzzy; qa --help lists the options"),
        ] {
            assert_eq!(parsed(line, None).unwrap_err(), wanted, "{line}");
        }
        let message = parsed("--print {qestion}", None).unwrap_err();
        assert_eq!(message.matches("did you mean").count(), 1, "{message}");
    }
}
