//! Determines the sources that a command opens.

use super::opening::SourceArguments;
use super::output::Failure;
use super::source_names::HOWTO;
use super::{Browse, discover, mistyped};
use crate::config::{Collections, NamedCollection, expand_home};
use crate::load::{LiveCommand, LiveSource, Options, Source};
use crate::text::{nearest, sanitise_line};
use std::path::{Path, PathBuf};

impl SourceArguments {
    /// The named sources, else a pipe on standard input, else the sources of `QA_PATH`, else the
    /// `configured` ones, else the built-in collection.
    pub fn sources(
        &self,
        configured: &[PathBuf],
        collections: &Collections,
    ) -> Result<Vec<Source>, Failure> {
        if self.sources.is_empty() && stdin_is_source() {
            return Ok(vec![Source::Stdin]);
        }
        self.sources_beside_stdin(configured, collections)
    }

    /// The sources of a command that reads whole collections, which search engines cannot return.
    pub fn files(&self, collections: &Collections) -> Result<Vec<Source>, Failure> {
        let sources = self.sources(&[], collections)?;
        match sources.iter().find_map(|source| match source {
            Source::Live(live) => Some(&live.name),
            Source::BuiltIn | Source::Stdin | Source::Path(_) => None,
        }) {
            Some(name) => Err(Failure::new(format!(
                "{name}: a search engine gives the hits of a query, not its whole collection"
            ))),
            None => Ok(sources),
        }
    }

    /// As [`SourceArguments::sources`], but standard input is in use.
    pub fn sources_beside_stdin(
        &self,
        configured: &[PathBuf],
        collections: &Collections,
    ) -> Result<Vec<Source>, Failure> {
        if let Some(explanation) = mistyped::explain(&self.sources) {
            return Err(Failure::new(explanation));
        }
        let named = self.named(collections)?;
        if !named.is_empty() {
            return Ok(named);
        }
        let configured: Vec<PathBuf> = configured.iter().map(|path| expand_home(path)).collect();
        let from_environment = std::env::var_os("QA_PATH").unwrap_or_default();
        let environment: Vec<PathBuf> = std::env::split_paths(&from_environment)
            .filter(|p| !p.as_os_str().is_empty())
            .collect();
        let paths = [environment, configured].into_iter().find(|paths| !paths.is_empty());
        let sources = paths.map(|paths| paths.into_iter().map(path_source).collect());
        Ok(sources.unwrap_or_else(|| vec![Source::BuiltIn]))
    }

    /// The sources named by the arguments, with `@NAME` expanded.
    fn named(&self, collections: &Collections) -> Result<Vec<Source>, Failure> {
        let mut all = Vec::new();
        for path in &self.sources {
            let name = path.to_str().and_then(|path| path.strip_prefix('@'));
            match name.map(|name| (name, collections.get(name))) {
                Some((name, Some(collection))) => {
                    let paths = collection.sources.iter().map(|path| expand_home(path));
                    all.extend(paths.map(path_source));
                    all.extend(live_source(name, collection, self)?);
                }
                Some((HOWTO, None)) => all.extend(sheets()?.into_iter().map(path_source)),
                Some((name, None)) if !path.exists() => {
                    return Err(Failure::new(unknown(name, collections)));
                }
                Some((_, None)) | None => all.push(path_source(path.clone())),
            }
        }
        Ok(all)
    }
}

impl Browse {
    /// As [`SourceArguments::sources`], with the search engines of `--live`.
    pub(super) fn sources(
        &self,
        configured: &[PathBuf],
        collections: &Collections,
        stdin_is_taken: bool,
    ) -> Result<Vec<Source>, Failure> {
        let live = self.live.iter().map(|command| {
            let command = LiveCommand::Shell(command.clone());
            Source::Live(named_live(&program(&command), command, self.opening.options()))
        });
        let live: Vec<Source> = live.collect();
        let opening = &self.opening;
        let mut sources = match (live.is_empty(), opening.sources.is_empty(), stdin_is_taken) {
            (false, true, _) => Vec::new(),
            (_, _, true) => opening.sources_beside_stdin(configured, collections)?,
            (_, _, false) => opening.sources(configured, collections)?,
        };
        sources.extend(live);
        Ok(sources)
    }
}

fn path_source(path: PathBuf) -> Source {
    if path.as_os_str() == "-" { Source::Stdin } else { Source::Path(path) }
}

/// The search engine of a named collection.
fn live_source(
    name: &str,
    collection: &NamedCollection,
    opening: &SourceArguments,
) -> Result<Option<Source>, Failure> {
    let Some(command) = collection.live.clone() else { return Ok(None) };
    let told = opening.options();
    let from = collection.from.as_deref().map(str::parse).transpose();
    let from = from.map_err(|error| Failure::new(format!("[collections.{name}]: {error}")))?;
    let reading = Options {
        from: told.from.or(from),
        question_key: told.question_key.or_else(|| collection.question.clone()),
        answer_key: told.answer_key.or_else(|| collection.answer.clone()),
        piece_size: told.piece_size,
    };
    Ok(Some(Source::Live(named_live(name, command, reading))))
}

fn named_live(name: &str, command: LiveCommand, reading: Options) -> LiveSource {
    LiveSource { name: sanitise_line(name.into()).into(), command, reading }
}

/// The name of the program of a command.
fn program(command: &LiveCommand) -> String {
    let word = match command {
        LiveCommand::Shell(text) => text.split_whitespace().next(),
        LiveCommand::Words(words) => words.first().map(String::as_str),
    };
    let file = word.and_then(|word| Path::new(word).file_name());
    file.map_or_else(|| "live".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// The how-to sheets of this machine.
fn sheets() -> Result<Vec<PathBuf>, Failure> {
    let sheets = discover::sheets();
    if sheets.is_empty() {
        return Err(Failure::new(
            "no how-to sheets found: get those of tldr, cheat or navi, or name yours in the \
             configuration, [collections.howto]",
        ));
    }
    Ok(sheets)
}

fn unknown(name: &str, collections: &Collections) -> String {
    let names = collections.keys().map(String::as_str);
    let hint = match nearest(name, names) {
        Some(near) => format!("did you mean `@{near}`?"),
        None if collections.is_empty() => {
            "the configuration has no [collections.NAME] (qa config)".to_owned()
        }
        None => {
            let all: Vec<String> = collections.keys().map(|name| format!("@{name}")).collect();
            format!("collections: {}", all.join(", "))
        }
    };
    format!("unknown collection `@{name}`: {hint}")
}

/// Whether standard input is a pipe or a file, but not a terminal or `/dev/null`. An empty pipe
/// counts: the program before it failed, and another collection would be no substitute.
#[cfg(unix)]
fn stdin_is_source() -> bool {
    use rustix::fs::{FileType, fstat};
    fstat(rustix::stdio::stdin()).is_ok_and(|about| match FileType::from_raw_mode(about.st_mode) {
        FileType::Fifo | FileType::Socket | FileType::RegularFile => true,
        FileType::Directory
        | FileType::Symlink
        | FileType::CharacterDevice
        | FileType::BlockDevice
        | FileType::Unknown => false,
    })
}

#[cfg(not(unix))]
fn stdin_is_source() -> bool {
    use std::io::IsTerminal;
    !std::io::stdin().is_terminal()
}
