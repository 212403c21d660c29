//! From the words of the command line to its arguments, after the options of `QA_DEFAULT_OPTS`.

use super::arguments::Arguments;
use super::mistyped;
use super::output::Failure;
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
            return Err(wrong(error.to_string().trim_start_matches("error: ").to_owned()));
        }
        arguments.splice(1..1, words.into_iter().map(OsString::from));
    }
    let matches = Arguments::command().try_get_matches_from(arguments);
    matches.and_then(|matches| Arguments::from_arg_matches(&matches)).map_err(explained)
}

/// An error of clap, or what serves instead of an option of fzf.
fn explained(error: clap::Error) -> Failure {
    let option = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(option)) if error.kind() == ErrorKind::UnknownArgument => option,
        _ => return error.into(),
    };
    match mistyped::instead_of(option) {
        Some(text) => Failure::new(text),
        None => error.into(),
    }
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
        let told = parsed("--fliter x", None).unwrap_err();
        assert!(told.contains("--fliter") && told.contains("--filter"), "{told}");
    }
}
