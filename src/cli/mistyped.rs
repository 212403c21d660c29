//! Common mistakes on the command line, and what serves instead.

use super::arguments::Arguments;
use crate::text::nearest_above;
use clap::CommandFactory;
use std::fs;
use std::path::{Path, PathBuf};

/// How near to the name of a command a word must be.
const NEAR: f64 = 0.85;
/// How near to the name of a file a word must be.
const NEAR_FILE: f64 = 0.92;
/// The most files of a folder that are looked at.
const MOST_FILES: usize = 10_000;

/// Options of fzf that `qa` does not have.
const OF_FZF: &[(&[&str], &str)] = &[
    (&["--bind", "--expect"], "keys are bound in the configuration (qa keys, qa config)"),
    (&["--preview", "--preview-window"], "the answer is shown beside the list"),
    (&["--reverse"], "use --layout reverse, the default"),
    (&["--ansi"], "escape sequences in the input are always removed"),
    (
        &["--prompt", "--header", "--border", "--pointer", "--marker", "--info"],
        "use --theme, or --plain",
    ),
    (
        &["--delimiter", "-d", "--nth", "--with-nth"],
        "--question and --answer name the columns of a table",
    ),
    (
        &["--no-sort", "--tac", "--tiebreak", "--scheme", "--algo"],
        "hits are always sorted by relevance",
    ),
    (&["--ignore-case", "-i", "--no-ignore-case"], "upper and lower case are the same"),
    (&["--extended", "-x"], "operators always work"),
    (&["--print-query"], "use --print with {query}"),
    (&["--read0"], "use --from to name the format of the input"),
    (&["--cycle", "--ghost", "--jump-labels", "--walker"], "there is no equivalent"),
];

/// Explains sources that are no files, if they look like a common mistake.
pub(super) fn explain(sources: &[PathBuf]) -> Option<String> {
    let words: Vec<&str> = sources.iter().filter_map(|path| path.to_str()).collect();
    let first = *words.first()?;
    if let Some(address) = words.iter().find(|word| is_address(word)) {
        return Some(format!(
            "{address} is a web address: open the page with curl -s '{address}' | qa"
        ));
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

/// The file or folder beside a missing one that has nearly its name.
fn near_file(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let files = fs::read_dir(folder.unwrap_or(Path::new("."))).ok()?.flatten();
    let names = files.filter_map(|file| file.file_name().into_string().ok());
    let best = nearest_above(NEAR_FILE, name, names.take(MOST_FILES))?;
    Some(path.with_file_name(best).display().to_string())
}

/// What serves instead of an option of fzf.
pub(super) fn instead_of(option: &str) -> Option<String> {
    let name = option.split('=').next().unwrap_or(option);
    let (_, instead) = OF_FZF.iter().find(|(names, _)| names.contains(&name))?;
    Some(format!("{name} is an option of fzf; here {instead}"))
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
    fn no_option_of_fzf_that_exists_here_is_called_missing() {
        let command = Arguments::command();
        let own = |name: &&&str| {
            let long = name.strip_prefix("--");
            command.get_arguments().any(|arg| long.is_some() && arg.get_long() == long)
        };
        assert_eq!(OF_FZF.iter().flat_map(|(names, _)| names.iter()).find(own), None);
    }
}
