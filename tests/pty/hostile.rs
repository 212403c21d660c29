//! A hostile collection on a real screen: neither the raw bytes nor the cells contain any of it.

use crate::session::{QA, Session, command};
use quick_answer::app::StateChange;
use quick_answer::load::Source;
use quick_answer::store::Store;

#[path = "../hostile/collection.rs"]
mod collection;
#[path = "../hostile/formats.rs"]
mod formats;
use collection::{hostile, offence, write_broken_files, write_files};

/// The program's own queries to the terminal, which are not attacks.
const QUESTIONS: &[&str] = &["\u{1b}]11;?\u{7}", "\u{1b}[c"];

/// Checks that the output so far controls only colours, cursor and modes.
fn assert_harmless(session: &Session) {
    let mut written = String::from_utf8_lossy(&session.raw).into_owned();
    for question in QUESTIONS {
        written = written.replace(question, "");
    }
    // What was read so far may end in the middle of a sequence.
    let written = written.trim_end_matches('\u{1b}');
    let mut pieces = written.split('\u{1b}');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let sequence = piece.strip_prefix('[').unwrap_or_else(|| panic!("ESC {piece:?}"));
        let end = sequence.find(|c: char| ('@'..='~').contains(&c));
        text.push_str(end.map_or("", |end| &sequence[end + 1..]));
    }
    text.retain(|c| !matches!(c, '\r' | '\u{8}'));
    assert_eq!(offence(&text), None);
    assert_eq!(offence(&session.text()), None);
}

/// Opens a pop-up, which has `shown` in it, and closes it.
fn open_and_close(session: &mut Session, keys: &str, shown: &str) {
    session.send(keys);
    session.wait_for(shown);
    assert_harmless(session);
    session.send("\x1b");
    session.wait("the pop-up to close", |s| !s.text().contains(shown));
    assert_harmless(session);
}

fn quit(mut session: Session) {
    session.send("\x03");
    session.end();
    assert_harmless(&session);
    session.assert_restored();
}

#[test]
fn a_hostile_collection_does_not_control_the_terminal() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    write_files(&folder.path().join("a"));
    write_broken_files(&folder.path().join("b"));
    let mut session = Session::qa(&[folder.path().to_str().unwrap()]);
    session.wait("all questions", |s| {
        s.text().contains("begins ab") && s.text().contains("of") && !s.text().contains('%')
    });
    for _ in 0..30 {
        session.send("\x1b[B");
        open_and_close(&mut session, "\x1bOP", "Keys ");
    }
    session.send("begins ends");
    session.wait("the hits", |s| s.text().contains("> begins ends") && s.text().contains('▌'));
    session.send("\r");
    // At the end of the answer: its links, its neighbours, the tags, and what is wrong.
    for (keys, shown) in [("Gr", "Related "), ("\x14", "Filter by "), ("\x1bOQ", "Problems ")] {
        open_and_close(&mut session, keys, shown);
    }
    quit(session);
}

#[test]
fn hostile_state_history_and_editor_do_not_control_the_terminal() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let word = hostile("word");
    Store::new(&folder.path().join("qa"), &[Source::BuiltIn])
        .save(&[
            StateChange::Query(word.clone()),
            StateChange::Bookmark(word.clone(), true),
            StateChange::Read(word.clone()),
        ])
        .unwrap();
    let history = folder.path().join("history");
    std::fs::write(&history, format!("{word}\n")).unwrap();
    for history in [None, history.to_str()] {
        let arguments = history.map_or(vec![QA], |path| vec![QA, "--history", path]);
        let mut qa = command(&arguments);
        qa.env("XDG_STATE_HOME", folder.path());
        qa.env_remove("VISUAL");
        qa.env("EDITOR", format!("no{word}").replace(' ', ""));
        let mut session = Session::start(qa);
        session.wait_for("of 18");
        session.send("\x1b[1;5A");
        session.wait_for("ab ends");
        session.send("\x15");
        session.wait_for("18 of 18");
        quit(session);
    }
}

#[test]
fn a_hostile_paste_and_query_do_not_control_the_terminal() {
    let word = hostile("word");
    let mut session = Session::qa(&["-q", &word]);
    session.wait_for("ab ends");
    session.send("\x15");
    session.wait_for("18 of 18");
    session.send(format!("\x1b[200~{word}\x1b[201~"));
    session.wait_for("ab ends");
    quit(session);
}
