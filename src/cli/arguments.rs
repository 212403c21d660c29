//! The options and commands of `qa`, as clap parses them.

use super::opening::SourceArguments;
use super::print::{self, Print};
use crate::config::{Overrides, Suggested};
use crate::load::convert::Target;
use crate::terminal::Height;
use clap::{Args, Parser, ValueEnum};
use std::path::PathBuf;

/// Type a few letters of a question, in any order and with typos, and read its answer.
#[derive(Debug, Parser)]
#[command(name = "qa", version, args_override_self = true, args_conflicts_with_subcommands = true)]
#[command(after_help = after_help())]
pub struct Arguments {
    /// A command other than browsing.
    #[command(subcommand)]
    pub command: Option<CliCommand>,
    /// The options of browsing and filtering.
    #[command(flatten)]
    pub browse: Browse,
}

/// The environment variables that are read.
pub(super) const ENVIRONMENT: &[(&str, &str)] = &[
    ("QA_PATH", "sources to open when no SOURCE is given, separated as in PATH"),
    ("QA_DEFAULT_OPTS", "options that precede those of the command line"),
    ("QA_CONFIG", "the configuration file to read instead of the default one"),
    ("NO_COLOR", "disables colours, as --color never"),
];

/// The meanings of the exit statuses.
pub(super) const EXIT_STATUS: &[(&str, &str)] = &[
    ("0", "success"),
    ("1", "no hit (or a problem, of check and convert)"),
    ("2", "error"),
    ("130", "left without choosing"),
];

fn after_help() -> String {
    let row = |(name, text): &(&str, &str)| format!("  {name:<16} {text}\n");
    let environment: String = ENVIRONMENT.iter().map(row).collect();
    let statuses: Vec<String> =
        EXIT_STATUS.iter().map(|(status, text)| format!("{status} {text}")).collect();
    format!("Environment:\n{environment}\nExit status: {}", statuses.join(", "))
}

/// The options of browsing and filtering.
#[derive(Debug, Clone, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is one switch of the command line")]
pub struct Browse {
    /// The sources.
    #[command(flatten)]
    pub opening: SourceArguments,

    /// Query a search engine with this shell command, which gets the query in `$QA_QUERY` (as JSON
    /// in `$QA_QUERY_JSON`, for a URL in `$QA_QUERY_URL`) and prints its hits, best first (`qa man
    /// live`); may be repeated
    #[arg(long, value_name = "COMMAND", help_heading = "Opening")]
    pub live: Vec<String>,

    /// Start with this query
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Option<String>,

    /// Print the hits of this query, best first, without a screen; `-` reads queries from standard
    /// input, one per line, and prints each hit after its query and a tab; a query without hits is
    /// printed once, followed by a tab (with --json a record of "kind" "none")
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
    #[arg(
        short = 'n',
        long,
        value_name = "NUMBER",
        value_parser = number,
        allow_negative_numbers = true,
        help_heading = "Filtering"
    )]
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

    /// Encode all entries before searching, however many there are
    #[arg(long, help_heading = "Filtering")]
    pub wait: bool,

    /// Print the entry picked with Enter; for a how-to, print its command
    #[arg(long, help_heading = "Picking")]
    pub pick: bool,
    /// Mark several entries with Tab and pick them together (with --pick)
    #[arg(short, long, requires = "pick", help_heading = "Picking")]
    pub multi: bool,
    /// Ask for the values of a picked command's placeholders (with --pick); values with blanks are
    /// quoted unless you quote them yourself
    #[arg(long, requires = "pick", help_heading = "Picking")]
    pub fill: bool,
    /// Pick the only hit of the query without a screen (with --pick)
    #[arg(short = '1', long, requires = "pick", help_heading = "Picking")]
    pub select_1: bool,
    /// Exit immediately if the query has no hit
    #[arg(short = '0', long, help_heading = "Picking")]
    pub exit_0: bool,

    /// Use this many rows below the cursor (20), or this part of the screen (40%), instead of the
    /// whole screen
    #[arg(long, value_name = "HEIGHT", help_heading = "Appearance")]
    pub height: Option<Height>,

    /// Keep earlier queries in this file, one per line, instead of with the collection
    #[arg(long, value_name = "FILE", help_heading = "Behaviour")]
    pub history: Option<PathBuf>,

    /// The settings set on the command line.
    #[command(flatten)]
    pub set: Overrides,
}

fn number(text: &str) -> Result<usize, &'static str> {
    text.parse().map_err(|_| "expected a whole number")
}

impl Browse {
    /// The parts of an entry to print, if given.
    pub(super) fn print(&self) -> Option<Print> {
        self.print.clone().or(self.json.then_some(Print::Json))
    }

    /// The conditions of `--tag`, as a prefix of the query.
    pub(super) fn tag_filter(&self) -> String {
        let condition = |tag: &String| ["tag:\"", &tag.replace('"', " "), "\" "].concat();
        self.tag.iter().map(condition).collect()
    }
}

/// The commands other than browsing.
#[derive(Debug, clap::Subcommand)]
pub enum CliCommand {
    /// Report problems of sources with file and line
    Check(Check),
    /// Convert sources to another format on standard output
    Convert {
        /// The sources.
        #[command(flatten)]
        opening: SourceArguments,
        /// The format to write: json, jsonl, csv, markdown or faqpage
        #[arg(
            long,
            value_name = "FORMAT",
            value_parser = Suggested::<Target>::new(|| Target::ALL.map(Target::name).to_vec()),
            hide_possible_values = true
        )]
        to: Option<Target>,
    },
    /// Print the key binding for a shell: Ctrl-G inserts a command from the how-to sheets at the
    /// prompt
    Init {
        /// The shell
        shell: BindingShell,
    },
    /// Print the completion script for a shell
    Completions {
        /// The shell
        shell: CompletionShell,
    },
    /// Print the manual page of qa, or of one of its commands
    Man {
        /// The command, or `live`: how to query search engines, with recipes
        command: Option<String>,
    },
    /// Print a configuration file with every default, and the paths in use
    Config {
        /// Print the file of this theme instead, as a template for your own: save it as
        /// themes/NAME.toml beside the configuration file
        #[arg(long, value_name = "NAME")]
        theme: Option<String>,
        /// Forget which entries were read, copied and picked; keep bookmarks and earlier queries
        #[arg(long, conflicts_with = "theme")]
        forget: bool,
    },
    /// Print every action with its name and its keys
    Keys,
    /// Print the collections found on this machine, as lines for the configuration file
    Discover,
}

/// The arguments of `qa check`.
#[derive(Debug, Args)]
pub struct Check {
    /// The sources.
    #[command(flatten)]
    pub opening: SourceArguments,
    /// Print one JSON record per problem, then one per file with the number of its entries
    #[arg(long)]
    pub json: bool,
}

/// The shells that have a binding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BindingShell {
    /// Add `eval "$(qa init bash)"` to ~/.bashrc
    Bash,
    /// Add `source <(qa init zsh)` to ~/.zshrc
    Zsh,
    /// Add `qa init fish | source` to ~/.config/fish/config.fish
    Fish,
    /// Run `qa init nu | save -f ~/.config/nushell/qa.nu`, and add `source qa.nu` to config.nu
    Nu,
}

/// The shells that have completions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CompletionShell {
    /// bash
    Bash,
    /// zsh
    Zsh,
    /// fish
    Fish,
    /// `PowerShell`
    Powershell,
    /// elvish
    Elvish,
    /// nushell
    Nushell,
}
