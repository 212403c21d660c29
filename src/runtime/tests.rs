//! The session without a terminal: events of threads that end, and of outdated ones.

use super::session::Session;
use super::{Event, RuntimeOptions, Shortcut};
use crate::app::Message;
use crate::load::Source;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

fn open() -> (Session, Receiver<Event>) {
    let (events, inbox) = channel();
    let options = RuntimeOptions { sources: vec![Source::BuiltIn], ..RuntimeOptions::default() };
    let mut session = Session::start(options, events).expect("threads can be started");
    let patient = Shortcut { none: true, ..Shortcut::default() };
    session.open(&inbox, patient).expect("the built-in collection loads");
    (session, inbox)
}

/// The longest time to wait for an event.
const PATIENCE: Duration = Duration::from_mins(1);

/// Handles events until `done` holds.
fn handle_until(session: &mut Session, inbox: &Receiver<Event>, done: impl Fn(&Session) -> bool) {
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
