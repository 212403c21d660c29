//! `qa discover`: finds collections on this machine.

use super::output::{Failure, Status, print};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders of how-to sheets by program, below the home folder; the first one that exists is
/// used.
pub(super) const SHEETS: &[(&str, &[&str])] = &[
    (
        "tldr",
        &[
            ".cache/tealdeer/tldr-pages",
            ".cache/tldr",
            ".local/share/tldr",
            ".tldr/cache",
            ".tldrc/tldr",
            "Library/Caches/tealdeer/tldr-pages",
        ],
    ),
    ("cheat", &[".config/cheat/cheatsheets", ".cheat", ".local/share/cheat"]),
    ("navi", &[".local/share/navi/cheats", "Library/Application Support/navi/cheats"]),
    ("eg", &[".eg"]),
];

/// The folder of the documentation of installed programs.
const DOCUMENTATION: &str = "/usr/share/doc";
/// The most FAQ files that are listed.
const MAX_FAQS: usize = 40;

/// Prints the collections found, as tables of the configuration file.
pub fn run() -> Result<Status, Failure> {
    let found =
        collections(etcetera::home_dir().ok().as_deref(), Path::new("."), Path::new(DOCUMENTATION));
    if found.is_empty() {
        super::output::warn("found no how-to sheets and no FAQ on this machine");
        return Ok(Status::Nothing);
    }
    let mut text = String::from(
        "# Found on this machine. Add what you like to the configuration file (qa config names it);\n\
         # then `qa @NAME` opens it.\n",
    );
    for (name, paths) in found {
        let sources =
            toml::Value::try_from(paths).map_err(|error| Failure::new(error.to_string()))?;
        let _ = write!(text, "\n[collections.{name}]\nsources = {sources}\n");
    }
    print(text.as_bytes())
}

fn collections(
    home: Option<&Path>,
    here: &Path,
    documentation: &Path,
) -> Vec<(&'static str, Vec<PathBuf>)> {
    let below_home = |paths: &[&str]| -> Vec<PathBuf> {
        let all = paths.iter().filter_map(|path| Some(home?.join(path)));
        all.filter(|path| path.is_dir()).take(1).collect()
    };
    let mut found: Vec<_> = SHEETS.iter().map(|(name, paths)| (*name, below_home(paths))).collect();
    found.push(("faq", faqs(here, 2)));
    found.push(("documentation", faqs(documentation, 2)));
    found.retain(|(_, paths)| !paths.is_empty());
    found
}

/// The how-to sheets of this machine.
pub(super) fn sheets() -> Vec<PathBuf> {
    let nowhere = Path::new("");
    let found = collections(etcetera::home_dir().ok().as_deref(), nowhere, nowhere);
    found.into_iter().flat_map(|(_, paths)| paths).collect()
}

/// The files below a folder, at most `depth` folders deep, with FAQ in their names.
fn faqs(folder: &Path, depth: usize) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let walk = ignore::WalkBuilder::new(folder).max_depth(Some(depth)).build();
    for file in walk.flatten().filter(|file| file.file_type().is_some_and(|kind| kind.is_file())) {
        let name = file.file_name().to_string_lossy().to_lowercase();
        if name.contains("faq") && found.len() < MAX_FAQS {
            found.extend(fs::canonicalize(file.path()));
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_and_faqs_are_found_where_programs_keep_them() {
        let home = tempfile::tempdir().unwrap();
        let documentation = home.path().join("doc");
        fs::create_dir_all(home.path().join(".cache/tldr")).unwrap();
        fs::create_dir_all(documentation.join("tool")).unwrap();
        fs::write(documentation.join("tool/FAQ.gz"), "x").unwrap();
        let found = collections(Some(home.path()), Path::new("/nosuch"), &documentation);
        let names: Vec<&str> = found.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["tldr", "documentation"]);
        assert_eq!(found[0].1, [home.path().join(".cache/tldr")]);
        assert_eq!(collections(None, Path::new("/nosuch"), Path::new("/nosuch")), []);
    }
}
