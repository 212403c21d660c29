//! The interface of a format: a [`Loader`] turns a source into entries.
//!
//! `registry` lists all loaders; nothing here depends on one of them.

use super::error::LoadError;
use super::input::Input;
use super::options::Options;
use super::output::Output;
pub(crate) use super::parsed::{ParsedDocument, SourceText};
use super::sink::Summary;
use super::splitting::Pieces;

/// One format.
pub(crate) trait Loader: Sync {
    /// Its name on the command line (`--from`).
    fn name(&self) -> &'static str;

    /// What it opens, in a few words.
    fn description(&self) -> &'static str;

    /// Extensions of file names, with the dot, in lower case.
    fn extensions(&self) -> &'static [&'static str];

    /// Extensions of files that are opened when named, but skipped in a folder.
    fn explicit_extensions(&self) -> &'static [&'static str] {
        &[]
    }

    /// How likely a source has this format, by its beginning: from 0 (impossible) to 100 (certain).
    fn confidence(&self, peek: &Peek<'_>) -> u8;

    /// What a matching extension adds to the confidence.
    fn extension_bonus(&self) -> u8 {
        40
    }

    /// Finds the entries of a whole text.
    fn read(&self, source: &SourceText<'_>) -> ParsedDocument;

    /// How long texts are cut into pieces.
    fn pieces(&self) -> Pieces {
        Pieces::Whole
    }

    /// Line, column and message of what is only seen in a text as a whole, for texts that are read in
    /// pieces.
    fn problems_of_long_text(&self, text: &str) -> Vec<(u32, u32, String)> {
        let _ = text;
        Vec::new()
    }

    /// The most bytes that it reads as a whole: the result has to fit into memory.
    fn max_bytes(&self) -> u64 {
        1 << 30
    }

    /// Whether the beginning of a long text, cut at a line, shows whether there are entries.
    fn is_judged_by_sample(&self) -> bool {
        false
    }

    /// Whether it reads with [`Loader::stream`].
    fn streams(&self) -> bool {
        false
    }

    /// Reads sources that are not text, or too large to be read as a whole.
    fn stream(&self, input: Input, options: &Options, output: &Output<'_>) -> Streamed {
        let _ = (options, output);
        Streamed::Declined(input)
    }
}

/// The limit for markup, which takes dozens of times its size in memory while it is read.
pub(crate) const MAX_MARKUP_BYTES: u64 = 64 << 20;

/// The result of [`Loader::stream`].
pub(crate) enum Streamed {
    /// The source is to be read whole, with [`Loader::read`].
    Declined(Input),
    /// It was read to its end.
    Done(Result<Summary, LoadError>),
}

/// The beginning of a source.
pub(crate) struct Peek<'a> {
    /// Its first bytes.
    pub(crate) head: &'a [u8],
    /// The first bytes as text.
    pub(crate) text: &'a str,
}

/// Whether a file name, with or without a compression suffix, has one of the extensions.
pub(crate) fn has_extension(name: &str, extensions: &[&str]) -> bool {
    let name = name.to_lowercase();
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    extensions.iter().any(|extension| name.ends_with(extension))
}
