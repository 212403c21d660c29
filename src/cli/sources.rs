//! Which sources a command opens.

use super::opening::Opening;
use super::output::Failure;
use super::{discover, mistyped};
use crate::config::{Collections, expand_home, nearest};
use crate::load::Source;
use std::path::PathBuf;

/// The collection of how-to sheets. Without one in the configuration, it has all that are found.
const HOWTO: &str = "howto";

impl Opening {
    /// The named sources, else a pipe on standard input, else the sources of `QA_PATH`, else the
    /// `configured` ones, else the built-in collection.
    pub fn sources(
        &self,
        configured: &[PathBuf],
        collections: &Collections,
    ) -> Result<Vec<Source>, Failure> {
        if self.sources.is_empty() && stdin_has_data() {
            return Ok(vec![Source::Stdin]);
        }
        self.sources_beside_stdin(configured, collections)
    }

    /// As [`Opening::sources`], where standard input is taken by something else.
    pub fn sources_beside_stdin(
        &self,
        configured: &[PathBuf],
        collections: &Collections,
    ) -> Result<Vec<Source>, Failure> {
        if let Some(explanation) = mistyped::explain(&self.sources) {
            return Err(Failure::new(explanation));
        }
        let named = named(&self.sources, collections)?;
        let configured: Vec<PathBuf> = configured.iter().map(|path| expand_home(path)).collect();
        let from_environment = std::env::var_os("QA_PATH").unwrap_or_default();
        let environment: Vec<PathBuf> = std::env::split_paths(&from_environment)
            .filter(|p| !p.as_os_str().is_empty())
            .collect();
        let named = [&named, &environment, &configured].into_iter().find(|paths| !paths.is_empty());
        let source = |path: &PathBuf| {
            if path.as_os_str() == "-" { Source::Stdin } else { Source::Path(path.clone()) }
        };
        let sources = named.map(|paths| paths.iter().map(source).collect());
        Ok(sources.unwrap_or_else(|| vec![Source::BuiltIn]))
    }
}

/// The paths, those of `@NAME` in their place.
fn named(paths: &[PathBuf], collections: &Collections) -> Result<Vec<PathBuf>, Failure> {
    let mut all = Vec::new();
    for path in paths {
        let name = path.to_str().and_then(|path| path.strip_prefix('@'));
        match name.map(|name| (name, collections.get(name))) {
            Some((_, Some(collection))) => {
                all.extend(collection.sources.iter().map(|path| expand_home(path)));
            }
            Some((HOWTO, None)) => all.extend(sheets()?),
            Some((name, None)) if !path.exists() => {
                return Err(Failure::new(unknown(name, collections)));
            }
            Some((_, None)) | None => all.push(path.clone()),
        }
    }
    Ok(all)
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

/// Whether standard input is a pipe or a file that is not empty. A terminal, `/dev/null` and a pipe
/// that was closed without a byte are none.
#[cfg(unix)]
fn stdin_has_data() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::fs::{FileType, fstat};
    /// How long a pipe may take to be closed when it is to count as empty.
    const EMPTY: Timespec = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };
    let stdin = rustix::stdio::stdin();
    let Ok(about) = fstat(stdin) else { return false };
    match FileType::from_raw_mode(about.st_mode) {
        FileType::Fifo | FileType::Socket => {
            let mut waiting = [PollFd::new(&stdin, PollFlags::IN)];
            // Without news within the time, its program has only not written yet.
            let is_open = poll(&mut waiting, Some(&EMPTY)).is_ok_and(|ready| ready == 0);
            is_open || rustix::io::ioctl_fionread(stdin).is_ok_and(|bytes| bytes > 0)
        }
        FileType::RegularFile => rustix::io::ioctl_fionread(stdin).is_ok_and(|bytes| bytes > 0),
        _ => false,
    }
}

#[cfg(not(unix))]
fn stdin_has_data() -> bool {
    use std::io::IsTerminal;
    !std::io::stdin().is_terminal()
}
