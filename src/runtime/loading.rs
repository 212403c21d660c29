//! Loading on a thread of its own.

use super::Event;
use crate::load::{LoadError, Options, Source, Summary, load_with};
use crate::search::{IndexEvent, Indexer};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Sender;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// What is loaded, and how.
#[derive(Debug, Clone)]
pub(super) struct Order {
    pub(super) sources: Vec<Source>,
    pub(super) options: Options,
}

/// Loads on a thread of its own; everything that happens is an event under the number `load`.
pub(super) fn spawn(load: u64, order: Order, events: Sender<Event>) -> io::Result<()> {
    let run = move || {
        let tell = |event| drop(events.send(event));
        let result = index(&order, |event| tell(Event::Index(load, event)));
        tell(Event::Loaded(load, result));
    };
    thread::Builder::new().name("load".into()).spawn(run)?;
    Ok(())
}

/// Loads again: the former entries stay on the screen until all the new ones are there.
pub(super) fn spawn_again(load: u64, order: Order, events: Sender<Event>) -> io::Result<()> {
    let run = move || {
        let news = Mutex::new((None, Vec::new()));
        let result = index(&order, |event| {
            let mut news = news.lock().unwrap_or_else(PoisonError::into_inner);
            match event {
                IndexEvent::Grown(_) => news.0 = Some(event),
                IndexEvent::Diagnostic(_) => news.1.push(event),
                IndexEvent::Progress(..) => {}
            }
        });
        let (index, problems) = news.into_inner().unwrap_or_else(PoisonError::into_inner);
        let news = index.into_iter().chain(problems).filter(|_| result.is_ok());
        news.for_each(|event| drop(events.send(Event::Index(load, event))));
        let _ = events.send(Event::Loaded(load, result));
    };
    thread::Builder::new().name("load".into()).spawn(run)?;
    Ok(())
}

fn index(order: &Order, tell: impl Fn(IndexEvent) + Sync) -> Result<Summary, String> {
    let indexer = Indexer::new(tell);
    let load = || {
        let summary = load_with(&order.sources, &order.options, &indexer)?;
        indexer.finish();
        Ok::<_, LoadError>(summary)
    };
    match catch_unwind(AssertUnwindSafe(load)) {
        Ok(result) => result.map_err(|error| error.to_string()),
        // The panic itself was told by the hook.
        Err(_) => Err("loading failed half-way".into()),
    }
}
