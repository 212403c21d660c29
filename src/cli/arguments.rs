//! The command line as clap parses it, after the options of `QA_DEFAULT_OPTS`.

use super::mistyped;
use super::opening::Opening;
use super::output::Failure;
use super::print::{self, Print};
use crate::config::{Overrides, Suggested};
use crate::load::convert::Target;
use crate::terminal::Height;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;

/// Type a few letters of a question, in any order and with typos, and read its answer.
#[derive(Debug, Parser)]
#[command(name = "qa", version, args_override_self = true, args_conflicts_with_subcommands = true)]
#[command(after_help = AFTER_HELP)]
pub struct Arguments {
    /// A command other than browsing.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The options of browsing and filtering.
    #[command(flatten)]
    pub browse: Browse,
}

const AFTER_HELP: &str = "\
Environment:
  QA_PATH          sources to open when no SOURCE is given, separated as in PATH
  QA_DEFAULT_OPTS  options that are read before those of the command line
  QA_CONFIG        the configuration file to read instead of the default one
  NO_COLOR         disables colours, as --color never

Exit status: 0 success, 1 no hit, 2 error, 130 left without choosing";

/// The options of browsing and filtering.
#[derive(Debug, Clone, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is one switch of the command line")]
pub struct Browse {
    /// The sources.
    #[command(flatten)]
    pub opening: Opening,

    /// Start with this query
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Option<String>,

    /// Print the hits of this query, best first, without a screen; `-` reads queries from standard
    /// input, one per line
    #[arg(
        short,
        long,
        value_name = "QUERY",
        allow_hyphen_values = true,
        help_heading = "Filtering"
    )]
    pub filter: Option<String>,
    /// Print close entries after the matches; without it, only if there is no match
    #[arg(long, help_heading = "Filtering")]
    pub close: bool,
    /// Print at most this many hits
    #[arg(short = 'n', long, value_name = "NUMBER", help_heading = "Filtering")]
    pub limit: Option<usize>,
    /// Only entries with this tag; may be repeated
    #[arg(long, value_name = "TAG", help_heading = "Filtering")]
    pub tag: Vec<String>,

    /// Print this part of each entry: question, answer, code, url, json, or a format such as
    /// '{source}:{line}\t{question}' (fields: question, answer, code, url, id, tags, source, line,
    /// score, query)
    #[arg(
        long,
        value_name = "WHAT",
        value_parser = Suggested::<Print>::new(|| print::NAMES.map(|(name, _)| name).to_vec()),
        hide_possible_values = true,
        help_heading = "Printing"
    )]
    pub print: Option<Print>,
    /// Print one JSON record per entry, as --print json; ranges are in bytes of UTF-8
    #[arg(long, conflicts_with = "print", help_heading = "Printing")]
    pub json: bool,
    /// End each printed record with a NUL byte instead of a line feed
    #[arg(long, help_heading = "Printing")]
    pub print0: bool,

    /// Wait until the meaning of every entry is known, not only of a few hundred
    #[arg(long, help_heading = "Filtering")]
    pub wait: bool,

    /// Choose an entry with Enter and print it; for a how-to, print its command
    #[arg(long, help_heading = "Picking")]
    pub pick: bool,
    /// Mark several entries with Tab and pick them together (with --pick)
    #[arg(short, long, requires = "pick", help_heading = "Picking")]
    pub multi: bool,
    /// Ask for the values of a picked command's placeholders (with --pick)
    #[arg(long, requires = "pick", help_heading = "Picking")]
    pub fill: bool,
    /// Pick the only hit of the query without a screen (with --pick)
    #[arg(short = '1', long, requires = "pick", help_heading = "Picking")]
    pub select_1: bool,
    /// Exit at once when the query has no hit
    #[arg(short = '0', long, help_heading = "Picking")]
    pub exit_0: bool,

    /// Use this many rows below the cursor (20), or this part of the screen (40%), instead of all
    /// of it
    #[arg(long, value_name = "HEIGHT", help_heading = "Appearance")]
    pub height: Option<Height>,

    /// Keep earlier queries in this file, one per line, instead of with the collection
    #[arg(long, value_name = "FILE", help_heading = "Behaviour")]
    pub history: Option<PathBuf>,

    /// The settings that the command line sets.
    #[command(flatten)]
    pub set: Overrides,
}

impl Browse {
    /// What is printed of an entry, if that was chosen.
    pub(super) fn print(&self) -> Option<Print> {
        self.print.clone().or(self.json.then_some(Print::Json))
    }

    /// The conditions of `--tag`, as the beginning of a query.
    pub(super) fn tag_filter(&self) -> String {
        let condition = |tag: &String| ["tag:\"", &tag.replace('"', " "), "\" "].concat();
        self.tag.iter().map(condition).collect()
    }
}

/// The commands beside browsing.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Report problems of sources with file and line
    Check(super::check::Check),
    /// Convert sources to another format on standard output
    Convert {
        /// The sources.
        #[command(flatten)]
        opening: Opening,
        /// The format to write: json, jsonl, csv, markdown or faqpage
        #[arg(
            long,
            value_name = "FORMAT",
            value_parser = Suggested::<Target>::new(|| Target::ALL.map(Target::name).to_vec()),
            hide_possible_values = true
        )]
        to: Option<Target>,
    },
    /// Print the key binding for a shell: Ctrl-G puts a command of the how-to sheets at the prompt
    Init {
        /// The shell
        shell: super::init::Shell,
    },
    /// Print the completion script for a shell
    Completions {
        /// The shell
        shell: super::manual::CompletionShell,
    },
    /// Print the manual page of qa, or of one of its commands
    Man {
        /// The command
        command: Option<String>,
    },
    /// Print a configuration file with every default, and the paths that are used
    Config {
        /// Print the file of this theme instead, as a beginning for your own: save it as
        /// themes/NAME.toml beside the configuration file
        #[arg(long, value_name = "NAME")]
        theme: Option<String>,
    },
    /// Print every action with its name and its keys
    Keys,
    /// Print the collections that this machine has, as lines for the configuration file
    Discover,
}

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
