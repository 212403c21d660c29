//! Finds the path of a source by its display name.
//!
//! Display names are sanitised, while the path keeps the bytes of the file system. They differ for
//! names with control characters or invalid UTF-8, so the path is looked up among the opened
//! sources instead of being made from the name.

use crate::load::Source;
use crate::text::sanitise_line;
use std::fs;
use std::path::{Path, PathBuf};

/// The path of the file with the display name `name`. The error says why there is not exactly one.
pub fn resolve(sources: &[Source], name: &str) -> Result<PathBuf, String> {
    let mut found = Vec::new();
    for source in sources {
        match source {
            Source::Path(path) => search(path, name, &mut found),
            Source::BuiltIn | Source::Stdin | Source::Live(_) => {}
        }
    }
    found.sort();
    found.dedup();
    match &found[..] {
        [path] => Ok(path.clone()),
        [] => Err(format!("{name} is not a file that can be edited")),
        several => Err(format!("{} files are named {name}", several.len())),
    }
}

fn search(path: &Path, name: &str, found: &mut Vec<PathBuf>) {
    let shown = sanitise_line(path.to_string_lossy());
    if *shown == *name && path.is_file() {
        found.push(path.to_owned());
    } else if name.starts_with(&*shown) && path.is_dir() {
        let files = fs::read_dir(path).into_iter().flatten().flatten();
        files.for_each(|file| search(&file.path(), name, found));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn a_display_name_leads_to_the_path_with_its_bytes() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("in\u{1b}[31mner");
        fs::create_dir(&inner).unwrap();
        let names: [&[u8]; 4] = [b"a\tb.md", b"c\xff.md", b"d\x1b]0;x\x07.md", b"-e.md"];
        let sources = [Source::Path(folder.path().into())];
        for name in names {
            let path = inner.join(OsStr::from_bytes(name));
            fs::write(&path, "x").unwrap();
            let shown = sanitise_line(path.to_string_lossy()).into_owned();
            assert_eq!(resolve(&sources, &shown), Ok(path));
        }
        let nowhere = folder.path().join("no.md");
        assert!(resolve(&sources, &nowhere.to_string_lossy()).is_err());
        assert!(resolve(&[Source::Stdin], "-").is_err());
    }

    #[test]
    fn an_ambiguous_display_name_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let paths = ["a b.md", "a\tb.md"].map(|name| folder.path().join(name));
        for path in &paths {
            fs::write(path, "x").unwrap();
        }
        let shown = paths.map(|path| sanitise_line(path.to_string_lossy()).into_owned());
        if shown[0] == shown[1] {
            let error = resolve(&[Source::Path(folder.path().into())], &shown[0]).unwrap_err();
            assert!(error.starts_with("2 files"), "{error}");
        }
    }
}
