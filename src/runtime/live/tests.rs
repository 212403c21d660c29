//! The session with search engines, which are scripts.

use crate::app::{Action, AppOptions, Message, PopupKind};
use crate::collection::Entry;
use crate::live::{LiveError, LiveEvent, Timing};
use crate::load::{LiveCommand, LiveSource, Options, Source};
use crate::runtime::session::Session;
use crate::runtime::tests::{handle_until, notice};
use crate::runtime::{Event, RuntimeOptions, Shortcut};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Answers "wood" with one entry, "many" with more than are remembered, and each question with one
/// that is related.
const SHOP: &str = r#"case "$QA_QUERY" in
wood) echo '{"question": "Which wood is oily?", "answer": "Teak."}';;
many*) seq -f '{"question": "Is '"$QA_QUERY"' screw %g long?", "answer": "No."}' 4000;;
Which*) echo '{"question": "Which glue holds teak?", "answer": "Epoxy."}';;
broken) echo 'the shop is shut' >&2; exit 3;;
esac"#;

/// Answers "wood" with another entry.
const YARD: &str = r#"case "$QA_QUERY" in
wood) echo '{"question": "Where is wood sold?", "answer": "In the yard."}';;
Where*) echo '{"question": "When is the yard open?", "answer": "At seven."}';;
esac"#;

fn source(name: &str, script: &str) -> Source {
    let command = LiveCommand::Shell(script.into());
    Source::Live(LiveSource { name: name.into(), command, reading: Options::default() })
}

fn open(kept: Vec<Entry>) -> (Session, Receiver<Event>) {
    let (events, inbox) = channel();
    let options = RuntimeOptions {
        sources: vec![source("shop", SHOP), source("yard", YARD)],
        timing: Timing { pause: Duration::from_millis(1), ..Timing::default() },
        kept,
        app: AppOptions::default(),
        ..RuntimeOptions::default()
    };
    let mut session = Session::start(options, events).expect("threads can be started");
    let patient = Shortcut { none: false, only_one: true };
    let outcome = session.open(&inbox, patient).expect("engines cannot fail to load");
    assert!(outcome.is_none());
    (session, inbox)
}

fn send(session: &mut Session, message: Message) {
    session.handle(Event::Message(message), None).expect("a message");
}

/// Asks the engines in place of the former query, and waits for all answers.
fn ask(session: &mut Session, inbox: &Receiver<Event>, query: &str) {
    send(session, Message::Do(Action::Back));
    send(session, Message::Paste(query.into()));
    handle_until(session, inbox, |session| {
        let app = session.app();
        !app.is_querying() && !app.is_searching() && app.list().hits().query.text == query
    });
}

fn knows(session: &Session, question: &str) -> bool {
    session.app().list().hits().index.entries().any(|entry| entry.question() == question)
}

/// Waits until an entry is searched.
fn wait_for(session: &mut Session, inbox: &Receiver<Event>, question: &str) {
    handle_until(session, inbox, |session| knows(session, question));
}

#[test]
fn all_engines_are_asked_and_an_opened_entry_is_never_dropped() {
    for opens in [true, false] {
        let (mut session, inbox) = open(Vec::new());
        ask(&mut session, &inbox, "wood");
        wait_for(&mut session, &inbox, "Which wood is oily?");
        wait_for(&mut session, &inbox, "Where is wood sold?");
        if opens {
            let is_first = |session: &Session| {
                session.app().entry().is_some_and(|entry| entry.question().starts_with("Which"))
            };
            if !is_first(&session) {
                send(&mut session, Message::Do(Action::Next));
            }
            assert!(is_first(&session));
            send(&mut session, Message::Do(Action::Read));
            send(&mut session, Message::Do(Action::Back));
        }
        for n in 1..=3 {
            ask(&mut session, &inbox, &format!("many{n}"));
            wait_for(&mut session, &inbox, &format!("Is many{n} screw 4000 long?"));
        }
        assert_eq!(knows(&session, "Which wood is oily?"), opens);
    }
}

#[test]
fn related_questions_come_from_the_engine_of_the_entry() {
    for (opened, related) in [
        ("Which wood is oily?", "Which glue holds teak?"),
        ("Where is wood sold?", "When is the yard open?"),
    ] {
        let (mut session, inbox) = open(Vec::new());
        ask(&mut session, &inbox, "wood");
        wait_for(&mut session, &inbox, "Which wood is oily?");
        wait_for(&mut session, &inbox, "Where is wood sold?");
        if session.app().entry().is_some_and(|entry| entry.question() != opened) {
            send(&mut session, Message::Do(Action::Next));
        }
        send(&mut session, Message::Do(Action::Read));
        send(&mut session, Message::Do(Action::Related));
        handle_until(&mut session, &inbox, |session| session.app().popup().is_some());
        let popup = session.app().popup().expect("a pop-up");
        assert_eq!((popup.kind, popup.len()), (PopupKind::Related, 1));
        assert_eq!(popup.get(0).map(|row| row.text.as_str()), Some(related));
    }
}

#[test]
fn kept_entries_are_there_before_any_engine_is_asked() {
    let kept = |source: &str, question: &str| {
        let mut entry = Entry { question: question.into(), ..Entry::default() };
        entry.place.source = source.into();
        entry
    };
    let kept = vec![kept("shop", "Kept?"), kept("gone", "Lost?")];
    let (mut session, inbox) = open(kept);
    wait_for(&mut session, &inbox, "Kept?");
    assert!(!knows(&session, "Lost?"));
    assert_eq!(session.app().list().hits().index.len(), 1);
}

#[test]
fn failures_are_shown_and_blanks_are_not_asked() {
    let (mut session, inbox) = open(Vec::new());
    send(&mut session, Message::Paste("broken".into()));
    handle_until(&mut session, &inbox, |session| notice(session).contains("the shop is shut"));
    let mut event = |number, event| {
        let urgent = session.is_urgent(&Event::Live(number, LiveEvent::Querying(true)));
        assert!(urgent);
        session.handle(Event::Live(number, event), None).expect("an event");
        (notice(&session).to_owned(), session.app().is_querying())
    };
    let failed = |message: &str| LiveError::Failed { name: "yard".into(), message: message.into() };
    event(0, LiveEvent::Querying(false));
    assert!(!event(1, LiveEvent::Querying(false)).1);
    assert!(event(1, LiveEvent::Querying(true)).1);
    assert!(event(0, LiveEvent::Querying(false)).1, "the other one is still querying");
    assert!(!event(1, LiveEvent::Querying(false)).1);
    assert_eq!(event(1, LiveEvent::Failed(failed("no bread"))).0, "yard: no bread");
    assert_eq!(event(1, LiveEvent::Warned("late".into())).0, "late");
    assert_eq!(event(1, LiveEvent::RelatedFailed(9, failed("no tea"))).0, "yard: no tea");
    assert_eq!(event(7, LiveEvent::Warned("nobody".into())).0, "yard: no tea");
}
