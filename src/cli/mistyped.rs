//! Explains common mistakes on the command line.

use super::arguments::Arguments;
use crate::config::setting_names;
use crate::text::nearest_above;
use clap::CommandFactory;
use std::fs;
use std::path::{Path, PathBuf};

/// The minimum similarity of a word to the name of a command.
const NEAR: f64 = 0.85;
/// The minimum similarity of a word to the name of a file.
const NEAR_FILE: f64 = 0.92;
/// The most files of a folder that are compared.
const MAX_FILES: usize = 10_000;

/// Options of other programs that `qa` does not have, and their replacements.
type Equivalents = &'static [(&'static [&'static str], &'static str)];

const OF_FZF: Equivalents = &[
    (&["--bind", "--expect"], "keys are bound in the configuration (qa keys, qa config)"),
    (
        &["--preview", "--preview-window", "--preview-label", "--preview-border"],
        "the answer is shown beside the list",
    ),
    (&["--reverse"], "use --layout reverse, the default"),
    (&["--ansi"], "escape sequences in the input are always removed"),
    (
        &[
            "--prompt",
            "--header",
            "--border",
            "--pointer",
            "--marker",
            "--info",
            "--style",
            "--margin",
            "--padding",
            "--separator",
            "--scrollbar",
            "--no-unicode",
            "--gutter",
            "--border-label",
            "--list-label",
            "--footer",
            "--no-bold",
            "--black",
        ],
        "use --theme, or --plain",
    ),
    (
        &["--delimiter", "-d", "--nth", "--with-nth", "--accept-nth", "--header-lines"],
        "--question and --answer name the columns of a table",
    ),
    (
        &["--no-sort", "+s", "--tac", "--tiebreak", "--scheme", "--algo"],
        "hits are always sorted by relevance",
    ),
    (&["--ignore-case", "-i", "--no-ignore-case", "--smart-case"], "case is always ignored"),
    (&["--extended", "-x", "--no-extended"], "operators always work"),
    (&["--literal"], "accents are always ignored"),
    (&["--print-query"], "use --print with {query}"),
    (&["--read0"], "use --from to name the format of the input"),
    (&["--bash", "--zsh", "--fish"], "use qa init SHELL"),
    (&["--tmux", "--popup"], "use tmux display-popup -E qa"),
    (&["--no-multi", "+m"], "only --multi allows several entries"),
    (&["--min-height", "--no-height"], "use --height"),
    (&["--history-size", "--sync", "--track", "--wrap", "--tabstop"], "this needs no option"),
    (&["--cycle", "--ghost", "--jump-labels", "--walker", "--listen"], "there is no equivalent"),
];

const OF_GREP: Equivalents = &[
    (&["-v", "--invert-match"], "`!word` in the query excludes entries with the word"),
    (
        &["-w", "--word-regexp", "-F", "--fixed-strings"],
        "`'word` in the query matches exactly this word",
    ),
    (&["-c", "--count"], "count lines: qa --filter QUERY | wc -l"),
    (
        &["-l", "--files-with-matches", "-H", "--with-filename", "--line-number"],
        "use --print '{source}:{line}'",
    ),
    (&["-A", "-B", "-C", "--after-context", "--before-context", "--context"], "use --print answer"),
    (&["-r", "-R", "--recursive"], "folders are always read recursively"),
    (&["-E", "-P", "-o", "--regexp", "--only-matching"], "there are no regular expressions"),
    (
        &["-g", "--glob", "-t", "--type", "--include", "--exclude", "--hidden", "--no-ignore"],
        "name the files to open; --from names their format",
    ),
];

/// Explains sources that are not files, if they look like a common mistake.
pub(super) fn explain(sources: &[PathBuf]) -> Option<String> {
    let words: Vec<&str> = sources.iter().filter_map(|path| path.to_str()).collect();
    let first = *words.first()?;
    if let Some(address) = words.iter().find(|word| is_address(word)) {
        return Some(format!(
            "{address} is a web address: open the page with curl -s '{address}' | qa"
        ));
    }
    if let Some(told) = words.iter().find_map(|word| word.strip_prefix('+').and(of_others(word))) {
        return Some(told);
    }
    if first == "version" && !Path::new(first).exists() {
        return Some("version: no such file or folder; did you mean --version?".to_owned());
    }
    if Path::new(first).is_symlink() && !Path::new(first).exists() {
        return Some(format!("{first}: the target of the link does not exist"));
    }
    let is_missing =
        |word: &&str| !Path::new(word).exists() && !word.starts_with('@') && *word != "-";
    if !is_missing(&first) {
        return None;
    }
    if sources.len() == 1
        && let Some(file) = near_file(Path::new(first))
    {
        return Some(format!("{first}: no such file or folder; did you mean {file}?"));
    }
    if let Some(command) = near_command(first) {
        return Some(format!(
            "{first}: no such file or folder; did you mean the command `{command}`?"
        ));
    }
    let is_word = |word: &&str| is_missing(word) && !word.contains(['/', '.', '\\']);
    let reads_as_query =
        sources.len() > 1 && words.len() == sources.len() && words.iter().all(is_word);
    reads_as_query.then(|| {
        let query = shell_words::quote(&words.join(" ")).into_owned();
        format!("{first}: no such file or folder; to search for these words: qa -q {query}")
    })
}

fn is_address(word: &str) -> bool {
    let scheme = word.split("://").next().unwrap_or_default();
    word.contains("://") && ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

fn near_command(word: &str) -> Option<String> {
    let command = Arguments::command();
    let names = command.get_subcommands().map(|command| command.get_name().to_owned());
    nearest_above(NEAR, word, names)
}

/// The file or folder whose name is most similar to a missing one beside it.
fn near_file(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let files = fs::read_dir(folder.unwrap_or(Path::new("."))).ok()?.flatten();
    let names = files.filter_map(|file| file.file_name().into_string().ok());
    let best = nearest_above(NEAR_FILE, name, names.take(MAX_FILES))?;
    Some(path.with_file_name(best).display().to_string())
}

/// The replacement for an option of another program.
fn of_others(name: &str) -> Option<String> {
    [("fzf", OF_FZF), ("grep", OF_GREP)].into_iter().find_map(|(program, options)| {
        let (_, instead) = options.iter().find(|(names, _)| names.contains(&name))?;
        Some(format!("{name} is an option of {program}; here {instead}"))
    })
}

/// The message for an unknown option; `similar` is an existing one.
pub(super) fn unknown_option(option: &str, similar: Option<&str>) -> String {
    let name = option.split('=').next().unwrap_or(option);
    if let Some(told) = of_others(name) {
        return told;
    }
    if name == "--config" {
        return "QA_CONFIG in the environment names the configuration file".to_owned();
    }
    let long = name.trim_start_matches('-');
    let command = Arguments::command();
    let has = |command: &clap::Command| {
        command.get_arguments().any(|arg| arg.get_long().is_some_and(|other| other == long))
    };
    if name.starts_with("--") {
        if let Some(owner) = command.get_subcommands().find(|command| has(command)) {
            return format!("{name} is an option of `qa {}`", owner.get_name());
        }
        let setting = long.replace('-', "_");
        if setting_names().any(|other| other == setting) {
            return format!(
                "{setting} is a setting of the configuration file: qa config prints it"
            );
        }
    }
    match similar {
        Some(similar) => format!("unknown option {name}; did you mean {similar}?"),
        None => format!("unknown option {name}; qa --help lists the options"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_mistakes_are_explained() {
        for (line, part) in [
            ("REDME.md", "did you mean README.md?"),
            ("assets/theme", "did you mean assets/themes?"),
            ("chek assets", "the command `check`"),
            ("converd x.md", "the command `convert`"),
            ("how do I exit vim", "qa -q 'how do I exit vim'"),
            ("FAQ.md +s", "hits are always sorted"),
            ("version", "--version"),
            ("https://example.org/faq", "curl -s 'https://example.org/faq' | qa"),
        ] {
            let sources: Vec<PathBuf> = line.split(' ').map(PathBuf::from).collect();
            let explanation = explain(&sources).unwrap_or_default();
            assert!(explanation.contains(part), "{line}: {explanation}");
        }
        for line in ["nosuch.md", "assets", "assets x", "a/b c/d", "@work", "-"] {
            let sources: Vec<PathBuf> = line.split(' ').map(PathBuf::from).collect();
            assert_eq!(explain(&sources), None, "{line}");
        }
    }

    #[test]
    fn no_option_that_exists_here_is_called_one_of_another_program() {
        let command = Arguments::command();
        let own = |name: &&&str| {
            let long = name.strip_prefix("--");
            let short = name.strip_prefix('-').and_then(|short| short.chars().next());
            command.get_arguments().any(|arg| match long {
                Some(long) => arg.get_long() == Some(long),
                None => short.is_some() && arg.get_short() == short,
            })
        };
        let all = OF_FZF.iter().chain(OF_GREP).flat_map(|(names, _)| names.iter());
        assert_eq!(all.clone().find(own), None);
    }
}
