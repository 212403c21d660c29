//! The arguments as clap reads them, with the default ones of `QA_DEFAULT_OPTS`.

use super::opening::Opening;
use super::output::Failure;
use crate::config::{ColorChoice, Layout};
use crate::load::convert::Target;
use crate::terminal::Height;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;

/// Type a few letters of a question, in any order and with typos, and read its answer.
#[derive(Debug, Parser)]
#[command(name = "qa", version, args_override_self = true, args_conflicts_with_subcommands = true)]
#[command(after_help = AFTER_HELP)]
pub struct Arguments {
    /// What to do instead of browsing.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What to browse, or to filter.
    #[command(flatten)]
    pub browse: Browse,
}

const AFTER_HELP: &str = "\
Environment:
  QA_PATH          what to open when no SOURCE is given (as in PATH, several may be joined)
  QA_DEFAULT_OPTS  options put before those of the command line
  QA_CONFIG        the configuration file to read instead of the usual one
  NO_COLOR         no colours, as --color never

Exit status: 0 done, 1 no hit, 2 error, 130 interrupted";

/// The options of browsing and filtering.
#[derive(Debug, Clone, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is one switch of the command line")]
pub struct Browse {
    /// What to open.
    #[command(flatten)]
    pub opening: Opening,

    /// Start with this query
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Option<String>,
    /// Print the hits of this query, best first, without a screen
    #[arg(
        short,
        long,
        value_name = "QUERY",
        allow_hyphen_values = true,
        help_heading = "Filtering"
    )]
    pub filter: Option<String>,
    /// Match words exactly: no typos, no stems, no letters in order
    #[arg(short, long)]
    pub exact: bool,
    /// Go by words alone, and not by what they mean
    #[arg(long)]
    pub no_meaning: bool,

    /// Print one JSON record a hit
    #[arg(long, help_heading = "Filtering")]
    pub json: bool,
    /// End each printed record with a NUL instead of a line feed
    #[arg(long, help_heading = "Filtering")]
    pub print0: bool,
    /// Print at most this many hits
    #[arg(short = 'n', long, value_name = "NUMBER", help_heading = "Filtering")]
    pub limit: Option<usize>,

    /// Let Enter print the entry and end; of a how-to, its command
    #[arg(long, help_heading = "Picking")]
    pub pick: bool,
    /// Let Tab mark several entries, to be picked together (with --pick)
    #[arg(short, long, requires = "pick", help_heading = "Picking")]
    pub multi: bool,
    /// Do not start when the query has one hit only: pick it (with --pick)
    #[arg(short = '1', long, requires = "pick", help_heading = "Picking")]
    pub select_1: bool,
    /// Do not start when the query has no hit
    #[arg(short = '0', long, help_heading = "Picking")]
    pub exit_0: bool,

    /// How it looks: auto, terminal, dark, light, high-contrast, catppuccin, gruvbox, nord or your
    /// own
    #[arg(long, value_name = "NAME", help_heading = "Looks")]
    pub theme: Option<String>,
    /// When to use colours
    #[arg(long, value_name = "WHEN", help_heading = "Looks")]
    pub color: Option<ColorChoice>,
    /// Draw for screen readers: no boxes, the cursor on the selected row
    #[arg(long, help_heading = "Looks")]
    pub plain: bool,
    /// Take so many rows below the cursor (20), or so much of the screen (40%), instead of all of it
    #[arg(long, value_name = "HEIGHT", help_heading = "Looks")]
    pub height: Option<Height>,
    /// Where the prompt stands, and where the list begins
    #[arg(long, value_name = "LAYOUT", help_heading = "Looks")]
    pub layout: Option<Layout>,
    /// Leave the mouse to the terminal
    #[arg(long, help_heading = "Looks")]
    pub no_mouse: bool,

    /// Keep the queries in this file, one a line, instead of with the collection
    #[arg(long, value_name = "FILE", help_heading = "Behaviour")]
    pub history: Option<PathBuf>,
    /// Neither read nor keep bookmarks, history and positions
    #[arg(long, help_heading = "Behaviour")]
    pub no_state: bool,
    /// Do not load a source again when it changes
    #[arg(long, help_heading = "Behaviour")]
    pub no_watch: bool,
}

/// What `qa` does beside browsing.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Report what is wrong or odd in sources, with its place
    Check(super::check::Check),
    /// Write sources in another format to standard output
    Convert {
        /// What to open
        #[command(flatten)]
        opening: Opening,
        /// The format to write: json, jsonl, csv, markdown or faqpage
        #[arg(long, value_name = "FORMAT")]
        to: Option<Target>,
    },
    /// Print the completion script of a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
    /// Print the configuration with every default, and where it is read from
    Config,
}

/// The arguments of this process, those of `QA_DEFAULT_OPTS` first.
///
/// `Err` also carries what `--help` and `--version` print.
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
        let words = split_words(defaults).ok_or_else(|| wrong("a quote is not closed".into()))?;
        let alone = std::iter::once("qa").chain(words.iter().map(String::as_str));
        if let Err(error) = Arguments::command().try_get_matches_from(alone) {
            return Err(wrong(error.to_string().trim_start_matches("error: ").to_owned()));
        }
        arguments.splice(1..1, words.into_iter().map(OsString::from));
    }
    let matches = Arguments::command().try_get_matches_from(arguments);
    matches.and_then(|matches| Arguments::from_arg_matches(&matches)).map_err(Failure::from)
}

/// Splits as a shell does: at blanks, but not inside quotes; a backslash takes the next character
/// as it is. `None` when a quote is not closed.
fn split_words(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('\\', None | Some('"')) => word.get_or_insert_default().push(characters.next()?),
            ('"' | '\'', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
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
        assert!(arguments.browse.no_mouse);
        assert_eq!(arguments.browse.theme.as_deref(), Some("dark"));
        assert_eq!(arguments.browse.opening.sources, [PathBuf::from("notes.md")]);

        let arguments = parsed("", defaults).unwrap();
        assert_eq!(arguments.browse.theme.as_deref(), Some("high contrast"));

        assert!(parsed("check notes.md", defaults).is_ok());
        assert!(parsed("", Some("--tehme x")).unwrap_err().starts_with("QA_DEFAULT_OPTS: "));
        assert!(parsed("", Some("--theme 'x")).unwrap_err().contains("quote"));
    }

    #[test]
    fn a_wrong_option_is_told_with_the_nearest_right_one() {
        let told = parsed("--fliter x", None).unwrap_err();
        assert!(told.contains("--fliter") && told.contains("--filter"), "{told}");
    }

    #[test]
    fn words_are_split_as_by_a_shell() {
        let words = split_words(r#"a "b c" d\ e '' 'f"g'"#).unwrap();
        assert_eq!(words, ["a", "b c", "d e", "", "f\"g"]);
        assert_eq!(split_words("'open"), None);
    }
}
