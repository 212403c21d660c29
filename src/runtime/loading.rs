//! Loading on a thread of its own.

use super::Event;
use crate::load::{Options, Source, load_with};
use crate::search::Indexer;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Sender;
use std::thread;

/// Loads `sources`; everything that happens is an event under the number `load`.
pub(super) fn spawn(
    load: u64,
    sources: Vec<Source>,
    options: Options,
    events: &Sender<Event>,
) -> io::Result<()> {
    let events = events.clone();
    let run = move || {
        let tell = |event| drop(events.send(event));
        let indexer = Indexer::new(|event| tell(Event::Index(load, event)));
        // The panic itself was told by the hook.
        let result = catch_unwind(AssertUnwindSafe(|| {
            let summary = load_with(&sources, &options, &indexer);
            indexer.finish();
            summary
        }));
        tell(Event::Loaded(
            load,
            match result {
                Ok(result) => result.map_err(|error| error.to_string()),
                Err(_) => Err("loading failed half-way".into()),
            },
        ));
    };
    thread::Builder::new().name("load".into()).spawn(run)?;
    Ok(())
}
