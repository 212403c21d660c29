//! The session without a terminal: events of threads that end, and of outdated ones.

use super::session::Session;
use super::{Error, Event, RuntimeOptions, Shortcut};
use crate::app::{Action, AppOptions, Loading, Message, Outcome};
use crate::load::{Source, Summary};
use crate::search::{Index, IndexEvent};
use crate::terminal::TerminalEvent;
use crossterm::event::{Event as Input, KeyCode, KeyEvent, KeyModifiers};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

const PATIENT: Shortcut = Shortcut { none: true, only_one: false };

/// A session at the start.
fn start(sources: Vec<Source>, app: AppOptions) -> (Session, Receiver<Event>) {
    let (events, inbox) = channel();
    let options = RuntimeOptions { sources, app, ..RuntimeOptions::default() };
    (Session::start(options, events).expect("threads can be started"), inbox)
}

fn open() -> (Session, Receiver<Event>) {
    let (mut session, inbox) = start(vec![Source::BuiltIn], AppOptions::default());
    session.open(&inbox, PATIENT).expect("the built-in collection loads");
    (session, inbox)
}

/// The longest time to wait for an event.
const PATIENCE: Duration = Duration::from_mins(1);

/// Handles events until `done` holds.
pub(super) fn handle_until(
    session: &mut Session,
    inbox: &Receiver<Event>,
    done: impl Fn(&Session) -> bool,
) {
    while !done(session) {
        let event = inbox.recv_timeout(PATIENCE).expect("the expected event");
        session.handle(event, None).expect("no event ends the session");
    }
}

#[test]
fn the_query_is_searched_again_after_the_search_thread_was_restarted() {
    let (mut session, inbox) = open();
    let all = session.app().list().hits().total;
    session.lose_search_thread().expect("threads can be started");
    let paste = Event::Message(Message::Paste("nothing like this zzz qqq".into()));
    session.handle(paste, None).expect("a query");
    session.handle(Event::SearchFailed, None).expect("a new thread");
    handle_until(&mut session, &inbox, |session| !session.app().is_searching());
    assert_ne!(session.app().list().hits().total, all);
}

#[test]
fn hits_of_an_older_query_are_dropped() {
    let (mut session, inbox) = open();
    let old = session.app().list().hits().clone();
    session.handle(Event::Message(Message::Paste("sleep".into())), None).expect("a query");
    handle_until(&mut session, &inbox, |session| !session.app().is_searching());
    let total = session.app().list().hits().total;
    assert_ne!(total, old.total);
    session.handle(Event::Message(Message::Hits(old)), None).expect("stale hits");
    assert_eq!(session.app().list().hits().total, total);
}

fn write(path: &Path, questions: &[&str]) {
    let entries: Vec<_> =
        questions.iter().map(|q| serde_json::json!({"question": q, "answer": "Yes."})).collect();
    std::fs::write(path, serde_json::to_vec(&entries).expect("JSON")).expect("a file");
}

pub(super) fn notice(session: &Session) -> &str {
    session.app().notice().map_or("", |notice| notice.text.as_str())
}

/// The questions that a shortcut picks without a screen; `None` if there is a screen.
fn picked(query: &str, shortcut: Shortcut) -> Option<Vec<String>> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.json");
    write(&path, &["Is the lathe free?", "Is the drill free?", "Where is the anvil?"]);
    let app = AppOptions { query: query.into(), pick: true, ..AppOptions::default() };
    let (mut session, inbox) = start(vec![Source::Path(path)], app);
    let outcome = session.open(&inbox, shortcut).expect("the file loads")?;
    let Outcome::Picked { entries, query: of } = outcome else { panic!("nothing was picked") };
    assert_eq!(of, query);
    Some(entries.into_iter().map(|entry| entry.question).collect())
}

#[test]
fn a_shortcut_picks_a_single_hit_or_ends_without_one() {
    let only_one = Shortcut { only_one: true, none: false };
    assert_eq!(picked("lathe", only_one), Some(vec!["Is the lathe free?".into()]));
    assert_eq!(picked("anvl", only_one), Some(vec!["Where is the anvil?".into()]), "one is close");
    assert_eq!(picked("free", only_one), None);
    assert_eq!(picked("zzzqq", only_one), None);
    assert_eq!(picked("zzzqq", PATIENT), Some(Vec::new()));
    assert_eq!(picked("lathe", PATIENT), None);
}

#[test]
fn the_welcome_text_is_for_the_built_in_collection_alone() {
    let welcomes = |sources, pick| {
        let app = AppOptions { pick, ..AppOptions::default() };
        let (mut session, inbox) = start(sources, app);
        session.open(&inbox, PATIENT).expect("the collection loads");
        session.app().shows_welcome()
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.json");
    write(&path, &["Is the lathe free?"]);
    assert!(welcomes(vec![Source::BuiltIn], false));
    assert!(!welcomes(vec![Source::BuiltIn], true));
    assert!(!welcomes(vec![Source::Path(path.clone())], false));
    assert!(!welcomes(vec![Source::BuiltIn, Source::Path(path)], false));
}

#[test]
fn only_a_first_load_without_any_entry_ends_the_session() {
    let failed = || Event::Loaded(Err("the disk is gone".into()));
    let (mut session, _inbox) = start(Vec::new(), AppOptions::default());
    let ended = session.handle(failed(), None);
    assert!(matches!(ended, Err(Error::Load(text)) if text == "the disk is gone"));
    // Some entries were loaded before it failed: they stay, and loading has ended.
    let (full, _) = open();
    let index = full.app().list().hits().index.clone();
    let (mut session, _inbox) = start(Vec::new(), AppOptions::default());
    session.handle(Event::Index(IndexEvent::Grown(index)), None).expect("entries");
    session.handle(failed(), None).expect("a message");
    assert_eq!(notice(&session), "the disk is gone");
    assert_eq!(session.app().loading(), Loading::Done);
    // A reload that fails changes nothing but the message.
    let (mut session, _inbox) = open();
    session.handle(Event::Index(IndexEvent::Progress(1, 2)), None).expect("progress");
    session.handle(failed(), None).expect("a message");
    assert_eq!(notice(&session), "the disk is gone");
    assert_eq!(session.app().loading(), Loading::Bytes(1, 2));
}

#[test]
fn a_source_that_changed_is_loaded_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.json");
    write(&path, &["Old?"]);
    let (mut session, inbox) = start(vec![Source::Path(path.clone())], AppOptions::default());
    session.open(&inbox, PATIENT).expect("the file loads");
    let shows = |session: &Session, question: &str| {
        session.app().entry().is_some_and(|entry| entry.question() == question)
    };
    assert!(shows(&session, "Old?"));
    write(&path, &["New?"]);
    session.handle(Event::SourceChanged, None).expect("a reload");
    handle_until(&mut session, &inbox, |session| shows(session, "New?"));
}

#[test]
fn events_of_the_terminal_become_messages() {
    let (mut session, _inbox) = open();
    let key = KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE);
    let mut send = |event| {
        session.handle(Event::Terminal(event), None).expect("an event");
    };
    send(TerminalEvent::Input(Input::Key(key)));
    send(TerminalEvent::Input(Input::Paste("uiet".into())));
    send(TerminalEvent::Resized);
    send(TerminalEvent::NeedsRepaint);
    send(TerminalEvent::Panicked("boom".into()));
    assert_eq!(session.app().prompt().text(), "quiet");
    assert_eq!(notice(&session), "internal error: boom");
    assert!(!session.has_ended());
    session.handle(Event::Terminal(TerminalEvent::HungUp), None).expect("an event");
    assert!(session.has_ended());
    assert!(matches!(session.take_outcome(), Some(Outcome::Interrupted)));
    assert!(!session.has_ended());
}

#[test]
fn a_frame_waits_only_for_what_a_person_does_not_wait_for() {
    let (mut session, inbox) = start(vec![Source::BuiltIn], AppOptions::default());
    let hits =
        |session: &Session| Event::Message(Message::Hits(session.app().list().hits().clone()));
    assert!(session.is_urgent(&hits(&session)), "the first hits");
    session.open(&inbox, PATIENT).expect("the built-in collection loads");
    let progress = |done, total| Event::Index(IndexEvent::Progress(done, total));
    assert!(!session.is_urgent(&progress(1, 2)) && !session.is_urgent(&progress(0, 0)));
    assert!(session.is_urgent(&progress(2, 2)));
    assert!(!session.is_urgent(&Event::Index(IndexEvent::Grown(Index::default()))));
    assert!(session.is_urgent(&hits(&session)), "all is loaded");
    assert!(session.is_urgent(&Event::Terminal(TerminalEvent::Resized)));
    assert!(session.is_urgent(&Event::Loaded(Ok(Summary::default()))));

    let now = Instant::now();
    let long_ago =
        now.checked_sub(Duration::from_secs(5)).expect("a machine that runs for seconds");
    let timeout = session.frame_timeout(None, now).expect("nothing is urgent");
    assert!(timeout > Duration::from_millis(16) && timeout <= Duration::from_millis(100));
    assert_eq!(session.frame_timeout(None, long_ago), None);
    assert_eq!(session.frame_timeout(Some(long_ago), now), None);
    assert_eq!(session.frame_timeout(Some(Instant::now()), now), Some(Duration::ZERO));
    session.handle(Event::Message(Message::Type('x')), None).expect("a key");
    assert!(session.app().is_waiting());
    let later = Instant::now() + PATIENCE;
    let timeout = session.frame_timeout(Some(later), now).expect("the hits are on their way");
    assert!(timeout > Duration::ZERO && timeout <= Duration::from_millis(12));
    assert_eq!(session.frame_timeout(Some(long_ago), now), None, "they take too long");
}

#[test]
fn the_sources_are_read_when_the_last_byte_is() {
    let (mut session, _inbox) = start(Vec::new(), AppOptions::default());
    let mut read = |done, total| {
        session.handle(Event::Index(IndexEvent::Progress(done, total)), None).expect("progress");
        session.is_read()
    };
    assert!(!read(0, 0) && !read(1, 2) && read(2, 2));
}

#[test]
fn the_end_of_the_session_is_asked_for_by_a_key() {
    let (mut session, _inbox) = open();
    session.handle(Event::Message(Message::Do(Action::Quit)), None).expect("a key");
    assert!(matches!(session.take_outcome(), Some(Outcome::Done)));
}
