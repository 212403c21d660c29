//! Walks a folder: its regular files, except hidden ones and those excluded by ignore files.
//!
//! Ignore files are untrusted like all other files: only small regular files are read. Links to
//! files are followed, links to folders are not.

use crate::load::input::open_file;
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, DirEntry};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// In reading order: a later file overrides an earlier one.
const IGNORE_FILES: [&str; 2] = [".gitignore", ".ignore"];
/// In bytes. A larger ignore file is not read.
const MAX_IGNORE_FILE_BYTES: u64 = 128 * 1024;

/// Decides which files are wanted and receives what was skipped.
pub(super) trait Visitor {
    /// Whether a file of this name is wanted.
    fn wants(&self, path: &Path) -> bool;
    /// A file or folder was left out.
    fn skipped(&self, path: &Path, why: &str);
    /// Whether the result is no longer wanted.
    fn cancelled(&self) -> bool;
}

/// The files below `folder` that `visitor` wants, sorted by name.
pub(super) fn files(folder: &Path, visitor: &dyn Visitor) -> Vec<PathBuf> {
    let mut walk =
        FolderWalk { visitor, files: Vec::new(), links: Vec::new(), waiting: Vec::new() };
    match fs::canonicalize(folder) {
        Ok(real) => {
            let rules = walk.rules_above(&real);
            walk.waiting.push(Folder { path: folder.to_owned(), real, rules });
        }
        Err(error) => visitor.skipped(folder, &error.to_string()),
    }
    while let Some(folder) = walk.waiting.pop()
        && !visitor.cancelled()
    {
        walk.folder(folder);
    }
    walk.finish()
}

/// A folder being walked.
struct Folder {
    /// The path to show.
    path: PathBuf,
    /// The path without links: ignore files apply to it.
    real: PathBuf,
    /// The ignore files of the folders above, outermost first.
    rules: Vec<Arc<Gitignore>>,
}

struct FolderWalk<'a> {
    visitor: &'a dyn Visitor,
    /// Regular files, each with its real path.
    files: Vec<(PathBuf, PathBuf)>,
    /// Links to files, each with the real path of its target.
    links: Vec<(PathBuf, PathBuf)>,
    waiting: Vec<Folder>,
}

impl FolderWalk<'_> {
    fn folder(&mut self, mut folder: Folder) {
        let items = match fs::read_dir(&folder.path) {
            Ok(items) => items,
            Err(error) => return self.visitor.skipped(&folder.path, &error.to_string()),
        };
        let rules = self.rules_of(&folder.real, &folder.path, &IGNORE_FILES);
        folder.rules.extend(rules.map(Arc::new));
        for item in items {
            match item {
                Ok(item) => self.item(&folder, &item),
                Err(error) => self.visitor.skipped(&folder.path, &error.to_string()),
            }
        }
    }

    fn item(&mut self, folder: &Folder, item: &DirEntry) {
        let name = item.file_name();
        let Ok(kind) = item.file_type() else { return };
        let (path, real) = (folder.path.join(&name), folder.real.join(&name));
        if is_hidden(&name) || is_ignored(&folder.rules, &real, kind.is_dir()) {
            return;
        }
        if kind.is_dir() {
            self.waiting.push(Folder { path, real, rules: folder.rules.clone() });
        } else if kind.is_symlink() {
            self.link(path);
        } else if self.visitor.wants(&path) {
            if kind.is_file() {
                self.files.push((path, real));
            } else {
                self.visitor.skipped(&path, "is neither a file nor a folder");
            }
        }
    }

    fn link(&mut self, path: PathBuf) {
        let target = fs::canonicalize(&path).and_then(|real| Ok((fs::metadata(&real)?, real)));
        match target {
            Ok((about, _)) if about.is_dir() => {
                self.visitor
                    .skipped(&path, "a link to a folder is not followed; name it to open it");
            }
            _ if !self.visitor.wants(&path) => {}
            Ok((about, real)) if about.is_file() => self.links.push((path, real)),
            Ok(_) => self.visitor.skipped(&path, "is neither a file nor a folder"),
            Err(error) => {
                self.visitor.skipped(&path, &format!("a link that cannot be followed: {error}"));
            }
        }
    }

    /// A file that is reached twice is read once, under its own name if possible.
    fn finish(self) -> Vec<PathBuf> {
        let Self { files, mut links, .. } = self;
        let mut seen: HashSet<PathBuf> = files.iter().map(|(_, real)| real.clone()).collect();
        links.sort();
        links.retain(|(_, real)| seen.insert(real.clone()));
        let mut files: Vec<_> = files.into_iter().chain(links).map(|(path, _)| path).collect();
        files.sort();
        files
    }

    /// The ignore files above a folder, up to the root of its repository.
    fn rules_above(&self, folder: &Path) -> Vec<Arc<Gitignore>> {
        let Some(root) = folder.ancestors().find(|above| above.join(".git").exists()) else {
            return Vec::new();
        };
        let mut rules = Vec::new();
        rules.extend(self.rules_of(root, root, &[".git/info/exclude"]));
        let depth = folder.ancestors().take_while(|above| *above != root).count();
        let mut above: Vec<&Path> = folder.ancestors().skip(1).take(depth).collect();
        above.reverse();
        rules.extend(above.iter().filter_map(|above| self.rules_of(above, above, &IGNORE_FILES)));
        rules.into_iter().map(Arc::new).collect()
    }

    /// The rules of the ignore files in a folder; `None` if there are none.
    fn rules_of(&self, real: &Path, shown: &Path, names: &[&str]) -> Option<Gitignore> {
        let mut rules = GitignoreBuilder::new(real);
        for name in names {
            match ignore_file(&real.join(name)) {
                Ok(text) => {
                    for line in text.lines() {
                        if let Err(error) = rules.add_line(None, line) {
                            self.visitor.skipped(&shown.join(name), &error.to_string());
                        }
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => {
                    self.visitor.skipped(&shown.join(name), &format!("is not obeyed: {error}"));
                }
            }
        }
        match rules.build() {
            Ok(rules) => Some(rules).filter(|rules| !rules.is_empty()),
            Err(error) => {
                self.visitor.skipped(shown, &error.to_string());
                None
            }
        }
    }
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// The innermost rule that names a file decides.
fn is_ignored(rules: &[Arc<Gitignore>], real: &Path, is_dir: bool) -> bool {
    let found = rules.iter().rev().map(|rules| rules.matched(real, is_dir));
    match found.into_iter().find(|found| !found.is_none()) {
        Some(Match::Ignore(_)) => true,
        Some(Match::Whitelist(_) | Match::None) | None => false,
    }
}

fn ignore_file(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    open_file(path)?.take(MAX_IGNORE_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_IGNORE_FILE_BYTES {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "too large for an ignore file"));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
