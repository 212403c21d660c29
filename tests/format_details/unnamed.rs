//! Formats are recognised by what a file contains: without a telling file name, each page of
//! `pages` is read as with it.

use super::pages::{opened, pages};

/// Pages that only their name distinguishes from another format.
const BY_NAME: &[&str] = &[
    "Kiln.kt",
    "broken.toml",
    "cards.lua",
    "cards.rb",
    "kiln.js",
    "kiln.py",
    "kiln.rb",
    "kiln.tsx",
    "sections.txt",
    "table.rst",
    "typed.tsx",
    "underlined.txt",
];

#[test]
fn pages_are_recognised_without_their_extensions() {
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for page in pages() {
        let name = page.file_name().unwrap().to_string_lossy().into_owned();
        let unnamed = folder.path().join("page");
        std::fs::copy(&page, &unnamed).unwrap();
        let (with, without) = (opened(&page), opened(&unnamed));
        // Without a title of its own, the title is the name.
        let below = |text: &str| text.split_once('\n').map(|(_, rest)| rest.to_owned());
        if (below(&with) != below(&without)) != BY_NAME.contains(&name.as_str()) {
            wrong.push(name);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}
