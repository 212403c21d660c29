//! Holds the README to what the program does.

use quick_answer::collection::Collection;

const README: &str = include_str!("../README.md");

/// The code blocks of one language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    README.split(&fence).skip(1).filter_map(|rest| rest.split("\n```").next()).collect()
}

#[test]
fn the_collection_in_the_readme_loads() {
    let blocks = blocks("json");
    assert!(!blocks.is_empty());
    for block in blocks {
        let collection: Collection = serde_json::from_str(block).expect("a collection");
        assert!(!collection.entries.is_empty());
    }
}

#[test]
fn every_file_that_the_readme_links_to_exists() {
    for rest in README.split("](").skip(1) {
        let target = rest.split(')').next().unwrap_or_default();
        if !target.contains("://") && !target.starts_with('#') {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(target);
            assert!(path.exists(), "{target} exists");
        }
    }
}
