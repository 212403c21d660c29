use super::*;
use std::fs::{self, File};
use std::thread;

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(&folder.path().join("new"), &[Source::BuiltIn]);
    (folder, store)
}

fn key(name: &str) -> String {
    EntryKey { source: "built-in", name }.to_string()
}

fn bookmark(name: &str, set: bool) -> StateChange {
    StateChange::Bookmark(key(name), set)
}

#[test]
fn saved_state_is_read_back() {
    let (_folder, store) = store();
    assert_eq!(store.read(), (State::default(), None));
    store.save(&[bookmark("a", true), bookmark("b", true), bookmark("a", true)]).unwrap();
    let queries = ["x", "y"].map(|query| StateChange::Query(query.into()));
    store.save(&[&[bookmark("a", false)], &queries[..]].concat()).unwrap();
    store.save(&[StateChange::Query("x".into()), StateChange::Read(key("b"))]).unwrap();
    let (state, warning) = store.read();
    assert_eq!(state.bookmarks, [key("b")]);
    assert_eq!(state.queries, ["y", "x"]);
    assert_eq!(state.read, [key("b")]);
    assert_eq!(warning, None);
}

#[test]
fn an_entry_is_marked_as_known_or_to_review_again() {
    let (_folder, store) = store();
    let mark = |name: &str, recall| StateChange::Recall(key(name), recall);
    store.save(&[mark("a", Some(Recall::Known)), mark("b", Some(Recall::Again))]).unwrap();
    let (state, _) = store.read();
    assert_eq!((state.known, state.again), (vec![key("a")], vec![key("b")]));
    store.save(&[mark("a", Some(Recall::Again)), mark("b", None)]).unwrap();
    let (state, _) = store.read();
    assert_eq!((state.known, state.again), (vec![], vec![key("a")]));
}

#[test]
fn concurrent_programs_lose_no_changes() {
    let (_folder, store) = store();
    thread::scope(|scope| {
        for program in 0..4 {
            let store = &store;
            scope.spawn(move || {
                for n in 0..10 {
                    store.save(&[bookmark(&format!("{program}-{n}"), true)]).unwrap();
                }
            });
        }
    });
    assert_eq!(store.read().0.bookmarks.len(), 40);
}

#[test]
fn entries_are_found_again_whichever_sources_are_open_and_never_mixed() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::create_dir(path("notes")).unwrap();
    for name in ["notes/a.md", "notes/b.md"] {
        fs::write(path(name), "x").unwrap();
    }
    let open = |names: &[&str]| {
        let sources: Vec<Source> =
            names.iter().map(|name| Source::Path(path(name).into())).collect();
        Store::new(&folder.path().join("state"), &sources)
    };
    let key = |file: &str| EntryKey { source: &path(file), name: "1" }.to_string();
    open(&["notes/a.md"]).save(&[StateChange::Bookmark(key("notes/a.md"), true)]).unwrap();
    for names in [&["notes/a.md"][..], &["notes"], &["notes/"], &["notes/b.md", "notes/a.md"]] {
        assert_eq!(open(names).read().0.bookmarks, [key("notes/a.md")], "{names:?}");
    }
    assert_eq!(open(&["notes/b.md"]).read().0, State::default());
    let both = [key("notes/a.md"), key("notes/b.md")];
    open(&["notes"]).save(&[StateChange::Bookmark(key("notes/b.md"), true)]).unwrap();
    assert_eq!(open(&["notes"]).read().0.bookmarks, both);
    open(&["notes"]).save(&[StateChange::Bookmark(key("notes/a.md"), false)]).unwrap();
    assert_eq!(open(&["notes"]).read().0.bookmarks, both[1..]);
    assert_eq!(open(&["notes/a.md"]).read().0, State::default());
}

#[test]
fn the_state_of_the_first_versions_is_read_and_its_bookmarks_can_be_removed() {
    let (_folder, store) = store();
    store.save(&[StateChange::Query("x".into())]).unwrap();
    let old =
        r#"{"sources": ["built-in"], "bookmarks": ["a", "b"], "read": ["c"], "queries": ["q"]}"#;
    fs::write(file_of(&store), old).unwrap();
    let (state, _) = store.read();
    assert_eq!(state.bookmarks, [key("a"), key("b")]);
    assert_eq!((state.read, state.queries), (vec![key("c")], vec!["q".to_owned()]));
    store.save(&[bookmark("a", false)]).unwrap();
    assert_eq!(store.read().0.bookmarks, [key("b")]);
}

#[test]
fn fields_of_later_versions_are_kept() {
    let (_folder, store) = store();
    store.save(&[StateChange::Query("x".into()), bookmark("a", true)]).unwrap();
    for path in [file_of(&store), entries_of(&store)] {
        let text = fs::read_to_string(&path).unwrap().replacen('{', "{\"new\": [1],", 1);
        fs::write(&path, text).unwrap();
    }
    store.save(&[StateChange::Query("y".into()), bookmark("b", true)]).unwrap();
    for path in [file_of(&store), entries_of(&store)] {
        assert!(fs::read_to_string(path).unwrap().contains("\"new\""));
    }
}

#[test]
fn an_unreadable_item_is_kept_and_does_not_affect_the_others() {
    let (_folder, store) = store();
    let text = r#"{
        "bookmarks": [{"source": "built-in", "entry": "a", "note": "new"}, {"id": 7}, null, "b"],
        "read": [3, {"source": "built-in", "entry": "a"}],
        "used": [{"source": "built-in", "entry": "a", "amount": "many", "time": -5},
                 {"source": "built-in", "entry": "b", "amount": 1e300, "time": 18446744073709551615}],
        "known": [[], {"source": "built-in", "entry": "c", "since": "2031"}]
    }"#;
    let kept = ["note", "\"id\"", "null", "\"many\"", "since"];
    fs::create_dir_all(folder_of(&store)).unwrap();
    fs::write(entries_of(&store), text).unwrap();
    let (state, warning) = store.read();
    assert_eq!(warning, None);
    assert_eq!((state.bookmarks, state.read), (vec![key("a")], vec![key("a")]));
    assert_eq!((state.known, state.used.len()), (vec![key("c")], 1));
    store.save(&[bookmark("b", true), StateChange::Used(key("a"))]).unwrap();
    assert_eq!(store.read().0.bookmarks, [key("a"), key("b")]);
    let text = fs::read_to_string(entries_of(&store)).unwrap();
    assert!(kept.iter().all(|part| text.contains(part)), "{text}");
}

#[test]
#[cfg(unix)]
fn an_endless_state_file_is_an_error() {
    let (_folder, store) = store();
    fs::create_dir_all(folder_of(&store)).unwrap();
    let make_fifo = |path: &Path| {
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    std::os::unix::fs::symlink("/dev/zero", entries_of(&store)).unwrap();
    make_fifo(&file_of(&store));
    let (state, warning) = store.read();
    assert_eq!(state, State::default());
    assert!(warning.unwrap().contains("cannot read"));
    assert!(store.save(&[bookmark("a", true)]).is_err());
    fs::remove_file(entries_of(&store)).unwrap();
    fs::remove_file(entries_of(&store).with_extension("lock")).unwrap();
    make_fifo(&entries_of(&store).with_extension("lock"));
    assert!(store.save(&[bookmark("a", true)]).is_err());
    let fifo = folder_of(&store).join("history");
    make_fifo(&fifo);
    assert!(History::new(fifo.clone()).read().is_err());
    assert!(History::new(fifo).add(&[StateChange::Query("x".into())]).is_err());
}

fn entries_of(store: &Store) -> PathBuf {
    folder_of(store).join("entries.json")
}

fn folder_of(store: &Store) -> PathBuf {
    file_of(store).parent().unwrap().to_owned()
}

fn file_of(store: &Store) -> PathBuf {
    store.sources.path().to_owned()
}

#[test]
fn a_damaged_file_is_renamed_and_replaced() {
    let (_folder, store) = store();
    store.save(&[bookmark("a", true)]).unwrap();
    for damage in ["{\"bookmarks\": [\"a\"", "\0\0\0"] {
        fs::write(entries_of(&store), damage).unwrap();
        let (state, warning) = store.read();
        assert_eq!(state, State::default());
        assert!(warning.unwrap().contains("damaged"));
        store.save(&[bookmark("b", true)]).unwrap();
        assert_eq!(store.read().0.bookmarks, [key("b")]);
    }
    let names = fs::read_dir(folder_of(&store)).unwrap();
    let aside = names
        .filter(|name| name.as_ref().unwrap().file_name().to_string_lossy().contains("damaged"));
    assert_eq!(aside.count(), 2);
}

#[test]
fn an_unreadable_file_is_left_alone() {
    let (_folder, store) = store();
    let path = entries_of(&store);
    fs::create_dir_all(&path).unwrap();
    let (state, warning) = store.read();
    assert_eq!(state, State::default());
    assert!(warning.unwrap().contains("cannot read"));
    assert!(store.save(&[bookmark("b", true)]).is_err());
    assert!(path.is_dir());
}

#[test]
fn a_failed_save_leaves_the_old_state() {
    let (_folder, store) = store();
    store.save(&[bookmark("a", true)]).unwrap();
    let lock = entries_of(&store).with_extension("lock");
    fs::remove_file(&lock).unwrap();
    fs::create_dir(&lock).unwrap();
    assert!(store.save(&[bookmark("b", true)]).is_err());
    assert_eq!(store.read().0.bookmarks, [key("a")]);
}

#[test]
fn unsaved_changes_are_saved_later() {
    for tries_again in [true, false] {
        let (folder, store) = store();
        store.save(&[bookmark("a", true)]).unwrap();
        let lock = entries_of(&store).with_extension("lock");
        fs::remove_file(&lock).unwrap();
        fs::create_dir(&lock).unwrap();
        let (failed, failures) = std::sync::mpsc::channel();
        // Its parent is missing.
        let history = History::new(folder.path().join("missing/history"));
        let failed = move |error| drop(failed.send(error));
        let writer =
            StateWriter::spawn(Some(store.clone()), Some(history.clone()), failed).unwrap();
        writer.save(bookmark("b", true));
        failures.recv().unwrap();
        writer.save(StateChange::Query("x".into()));
        failures.recv().unwrap();
        fs::remove_dir(&lock).unwrap();
        fs::create_dir(folder.path().join("missing")).unwrap();
        if tries_again {
            writer.save(bookmark("c", true));
        }
        drop(writer);
        let kept = if tries_again { &["a", "b", "c"][..] } else { &["a", "b"] };
        let kept: Vec<String> = kept.iter().map(|name| key(name)).collect();
        assert_eq!(store.read().0.bookmarks, kept);
        assert_eq!(history.read().unwrap(), ["x"]);
    }
}

#[test]
fn a_lock_held_by_another_program_is_an_error_after_a_timeout() {
    let (_folder, store) = store();
    store.save(&[bookmark("a", true)]).unwrap();
    let lock = File::open(entries_of(&store).with_extension("lock")).unwrap();
    lock.lock().unwrap();
    let error = store.save(&[bookmark("b", true)]).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::TimedOut);
}

#[test]
#[cfg(unix)]
fn only_the_owner_can_read_the_state() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, store) = store();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    fs::create_dir(folder_of(&store)).unwrap();
    fs::set_permissions(folder_of(&store), fs::Permissions::from_mode(0o755)).unwrap();
    store.save(&[bookmark("a", true), StateChange::Query("x".into())]).unwrap();
    assert_eq!(mode(&folder_of(&store)), 0o700);
    let files: Vec<_> = fs::read_dir(folder_of(&store)).unwrap().flatten().collect();
    assert_eq!(files.len(), 4, "two files with their locks");
    for file in files {
        assert_eq!(mode(&file.path()), 0o600, "{:?}", file.path());
    }
}

#[test]
fn dropping_the_writer_waits_until_everything_is_saved() {
    let (_folder, store) = store();
    let writer = StateWriter::spawn(Some(store.clone()), None, |error| panic!("{error}")).unwrap();
    (0..1000).for_each(|n| writer.save(StateChange::Query(n.to_string())));
    drop(writer);
    let queries = store.read().0.queries;
    assert_eq!((queries.len(), queries[MAX_QUERIES - 1].as_str()), (MAX_QUERIES, "999"));
}

#[test]
fn sets_of_sources_have_separate_queries() {
    let folder = Path::new("f");
    let one = |path: &str| Source::Path(path.into());
    let path = |sources: &[Source]| file_of(&Store::new(folder, sources));
    assert_eq!(path(&[one("a"), one("b")]), path(&[one("a"), one("b")]));
    assert_ne!(path(&[one("a"), one("b")]), path(&[one("ab")]));
    assert_ne!(path(&[Source::Stdin]), path(&[Source::BuiltIn]));
}
