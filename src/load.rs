//! Opening sources: from bytes to entries, whatever their format.
//!
//! [`load`] reads sources and hands their entries to a [`Sink`] in parts, so that a large source
//! can be searched while the rest of it is still being read. A fault in one record is a
//! [`Diagnostic`] and loses nothing else; a [`LoadError`] means that a source gave nothing at all.
//!
//! ```text
//! input (bytes) -> detect (format) -> formats/* (entries) -> output (made safe) -> Sink
//! ```
//!
//! `loader` is the interface of a format, `registry` lists all of them. Large files of one record
//! per line go through `line_blocks`, which reads them in parallel.

mod boilerplate;
mod bounded;
pub mod convert;
mod decode;
mod delimited;
mod detect;
mod dialogue;
mod document;
mod error;
mod folder;
mod format;
mod formats;
mod front_back;
mod inline;
mod input;
mod keys;
mod labels;
mod lead;
mod line_blocks;
mod lint;
mod loader;
pub(crate) mod memory;
mod options;
mod outline;
mod output;
mod parsed;
mod pieces;
mod places;
mod question_detect;
mod quiz;
mod rasa;
mod records;
mod registry;
mod repeats;
mod sink;
#[cfg(any(feature = "tui", feature = "encoder"))]
mod small_file;
mod splitting;
mod suggestions;
mod surrogates;
#[cfg(test)]
mod testing;
mod tex;
mod transcript;
mod unused_text;
mod value;
mod xml_events;
mod yaml_tree;

pub use error::{Diagnostic, LoadError};
pub use format::Format;
pub use input::BUILT_IN;
pub use lint::{Linted, lint};
pub use options::{LiveCommand, LiveSource, Options, Source};
pub use sink::{Collector, Sink, Summary};
#[cfg(any(feature = "tui", feature = "encoder"))]
pub(crate) use small_file::read_small_file;
#[cfg(feature = "tui")]
pub(crate) use small_file::{check_writable, read_small_text};
pub use suggestions::{Suggestion, Suggestions};

use crate::collection::Collection;
use input::Input;
use output::Output;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

/// Reads `sources` in their order into `sink`, finding out what they are.
pub fn load(sources: &[Source], sink: &dyn Sink) -> Result<Summary, LoadError> {
    load_with(sources, &Options::default(), sink)
}

/// As [`load`], told how to read them. A source among several that gives nothing is a
/// [`Diagnostic`]; only when all of them give nothing it is an error.
pub fn load_with(
    sources: &[Source],
    options: &Options,
    sink: &dyn Sink,
) -> Result<Summary, LoadError> {
    let next_part = AtomicUsize::new(0);
    let mut summaries = Vec::new();
    let mut failed = None;
    for source in sources {
        if sink.cancelled() {
            break;
        }
        match load_one(source, options, sink, &next_part).map_err(LoadError::sanitised) {
            Ok(summary) => summaries.push(summary),
            Err(error) if sources.len() == 1 => return Err(error),
            Err(error) => {
                let name = error.to_diagnostic().source;
                Output::new(sink, &next_part, &name).failed(&name, &error);
                failed.get_or_insert(error);
            }
        }
    }
    match (failed, summaries.is_empty()) {
        (Some(error), true) => Err(error),
        _ => Ok(Summary::of_all(summaries)),
    }
}

fn load_one(
    source: &Source,
    options: &Options,
    sink: &dyn Sink,
    next_part: &AtomicUsize,
) -> Result<Summary, LoadError> {
    if let Source::Path(path) = source
        && path.is_dir()
    {
        let name = crate::text::sanitise_line(path.to_string_lossy()).into();
        return folder::load(path, options, &Output::new(sink, next_part, &name));
    }
    if let Source::Live(live) = source {
        return Ok(Output::new(sink, next_part, &live.name).summary(&live.name, None));
    }
    let input = Input::open(source)?;
    let output = Output::new(sink, next_part, input.name());
    let result = detect::load(input, options, &output);
    sink.file(output.name(), output.count());
    result
}

/// Reads bytes that did not come from a source of their own, such as the reply of a search engine,
/// into `sink`. Their entries have `name` as their source.
pub fn load_bytes(
    name: &Arc<str>,
    bytes: Vec<u8>,
    options: &Options,
    sink: &dyn Sink,
) -> Result<Summary, LoadError> {
    let load = || {
        let input = Input::from_bytes(name, bytes)?;
        detect::load(input, options, &Output::new(sink, &AtomicUsize::new(0), name))
    };
    load().map_err(LoadError::sanitised)
}

/// Whether a text is plainly of one of the formats, so that [`load_bytes`] is right to detect which.
pub fn is_recognised(text: &str) -> bool {
    detect::is_recognised(text)
}

/// Loads everything into memory at once.
pub fn collect(sources: &[Source]) -> Result<(Collection, Vec<Diagnostic>), LoadError> {
    collect_with(sources, &Options::default())
}

/// As [`collect`], told how to read the sources.
pub fn collect_with(
    sources: &[Source],
    options: &Options,
) -> Result<(Collection, Vec<Diagnostic>), LoadError> {
    let collector = Collector::default();
    let Summary { title, note } = load_with(sources, options, &collector)?;
    let (entries, problems) = (collector.take_entries(), collector.take_problems());
    Ok((Collection { title, note, entries }, problems))
}
