//! Checks that the tests named in `docs/faults.md` exist.

use std::path::Path;

const LIST: &str = include_str!("../docs/faults.md");

/// The text of all Rust files below a folder.
fn code(folder: &Path) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.push_str(&code(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            all.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
    all
}

/// The tests named in the second column of the table, as `name` or `file.rs: name`.
fn named() -> impl Iterator<Item = &'static str> {
    let cells = LIST.lines().filter_map(|row| row.strip_prefix('|')?.split('|').nth(1));
    let quoted = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    let names = quoted.map(|text| text.rsplit(": ").next().unwrap_or(text));
    names.filter(|name| {
        name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    })
}

#[test]
fn every_test_in_the_list_of_faults_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let code = code(&root.join("src")) + &code(&root.join("tests"));
    let missing: Vec<_> = named().filter(|name| !code.contains(&format!("fn {name}("))).collect();
    assert_eq!(missing, Vec::<&str>::new());
    assert!(named().count() > 40, "the table is read");
}
