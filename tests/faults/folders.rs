//! Folders with ignore files, links and loops.

use super::*;
use std::os::unix::fs::symlink;
use std::process::Command;

#[test]
fn an_ignore_file_is_never_waited_for_nor_read_without_end() {
    for make in [
        |path: &Path| symlink("/dev/zero", path).unwrap(),
        |path: &Path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success()),
        |path: &Path| File::create(path).unwrap().set_len(5 << 30).unwrap(),
        |path: &Path| fs::create_dir(path).unwrap(),
    ] {
        for name in [".gitignore", ".ignore"] {
            let folder = tempfile::tempdir().unwrap();
            file(folder.path(), "a.md", PAGE);
            make(&folder.path().join(name));
            let (entries, problems) = opened(folder.path());
            assert_eq!(entries.len(), 2);
            assert!(says(&problems, "is not obeyed"), "{problems:?}");
        }
    }
}

#[test]
fn ignore_files_apply_below_and_the_innermost_decides() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    for path in ["docs/in", "drafts", ".hidden", ".git/info"] {
        fs::create_dir_all(at.join(path)).unwrap();
    }
    file(at, ".gitignore", "drafts/\n*.txt\n");
    file(at, ".git/info/exclude", "excluded.md\n");
    file(at, "docs/in/.ignore", "!kept.txt\n");
    for name in ["drafts/a.md", ".hidden/b.md", "docs/c.txt", "docs/excluded.md"] {
        file(at, name, "## Not this?\n\nNo.\n");
    }
    file(at, "docs/d.md", "## One?\n\nYes.\n");
    file(at, "docs/in/kept.txt", "Q: Two?\nA: Yes.\n\nQ: Three?\nA: Yes.\n");
    assert_eq!(questions(at), ["One?", "Two?", "Three?"]);
    assert_eq!(questions(&at.join("docs")), ["One?", "Two?", "Three?"]);
}

#[test]
fn linked_files_are_read_once_and_linked_folders_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let at = folder.path();
    file(at, "a.md", PAGE);
    let target = file(elsewhere.path(), "target", "## Linked?\n\nYes.\n\n## Also?\n\nYes.\n");
    symlink(&target, at.join("b.md")).unwrap();
    symlink(&target, at.join("c.md")).unwrap();
    symlink(at.join("a.md"), at.join("d.md")).unwrap();
    symlink(at, at.join("loop")).unwrap();
    symlink("nowhere", at.join("e.md")).unwrap();
    symlink("/dev/zero", at.join("f.md")).unwrap();
    let (entries, problems) = opened(at);
    let found: Vec<_> = entries.iter().map(|entry| entry.question.as_str()).collect();
    assert_eq!(found, ["How hot?", "How long?", "Linked?", "Also?"]);
    let mut left_out: Vec<_> =
        problems.iter().map(|p| p.source.rsplit('/').next().unwrap()).collect();
    left_out.sort_unstable();
    assert_eq!(left_out, ["e.md", "f.md", "loop"], "{problems:?}");
}
