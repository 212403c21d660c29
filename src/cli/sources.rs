//! Which sources a command opens.

use super::opening::SourceArguments;
use super::output::{Failure, warn};
use super::source_names::HOWTO;
use super::{Browse, discover, mistyped};
use crate::config::{Collections, NamedCollection, expand_home};
use crate::load::{LiveCommand, LiveSource, Options, Source};
use crate::text::{nearest, sanitise_line};
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

impl SourceArguments {
    /// The named sources, else a pipe on standard input, else the sources of `QA_PATH`, else the
    /// `configured` ones, else the built-in collection.
    pub fn sources(
        &self,
        configured: &[PathBuf],
        collections: &Collections,
    ) -> Result<Vec<Source>, Failure> {
        if self.sources.is_empty() && stdin() == Stdin::Data {
            return Ok(vec![Source::Stdin]);
        }
        self.sources_beside_stdin(configured, collections)
    }

    /// The sources of a command that reads whole collections, which no search engine gives.
    pub fn files(&self, collections: &Collections) -> Result<Vec<Source>, Failure> {
        let sources = self.sources(&[], collections)?;
        self.warn_of_empty_pipe(&sources);
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

    /// Says that `sources` are open because the program before in a pipe wrote nothing.
    pub(super) fn empty_pipe(&self, sources: &[Source]) -> Option<String> {
        let opened = match sources {
            [Source::BuiltIn] => "the built-in collection",
            _ => "the configured sources",
        };
        let fell_back = self.sources.is_empty()
            && sources.iter().any(|source| !matches!(source, Source::Stdin | Source::Live(_)));
        (fell_back && stdin() == Stdin::EmptyPipe)
            .then(|| format!("nothing came through the pipe; opened {opened} instead"))
    }

    /// Tells a person of an empty pipe; programs often give one to those that they start.
    pub(super) fn warn_of_empty_pipe(&self, sources: &[Source]) {
        if let Some(note) = self.empty_pipe(sources).filter(|_| io::stderr().is_terminal()) {
            warn(note);
        }
    }

    /// As [`SourceArguments::sources`], where standard input is taken by something else.
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

    /// The sources that the arguments name, those of `@NAME` in their place.
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
    };
    Ok(Some(Source::Live(named_live(name, command, reading))))
}

fn named_live(name: &str, command: LiveCommand, reading: Options) -> LiveSource {
    LiveSource { name: sanitise_line(name.into()).into(), command, reading }
}

/// The name of the program that a command begins with.
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

/// What standard input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stdin {
    /// A terminal, `/dev/null`, an empty file.
    Nothing,
    /// A pipe that was closed without a byte.
    EmptyPipe,
    /// A pipe or a file that is not empty.
    Data,
}

#[cfg(unix)]
fn stdin() -> Stdin {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::fs::{FileType, fstat};
    /// How long a pipe may take to be closed when it is to count as empty.
    const EMPTY: Timespec = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };
    let stdin = rustix::stdio::stdin();
    let Ok(about) = fstat(stdin) else { return Stdin::Nothing };
    let has_bytes = || rustix::io::ioctl_fionread(stdin).is_ok_and(|bytes| bytes > 0);
    match FileType::from_raw_mode(about.st_mode) {
        FileType::Fifo | FileType::Socket => {
            let mut waiting = [PollFd::new(&stdin, PollFlags::IN)];
            // Without news within the time, its program has only not written yet.
            let is_open = poll(&mut waiting, Some(&EMPTY)).is_ok_and(|ready| ready == 0);
            if is_open || has_bytes() { Stdin::Data } else { Stdin::EmptyPipe }
        }
        FileType::RegularFile if has_bytes() => Stdin::Data,
        _ => Stdin::Nothing,
    }
}

#[cfg(not(unix))]
fn stdin() -> Stdin {
    if io::stdin().is_terminal() { Stdin::Nothing } else { Stdin::Data }
}
