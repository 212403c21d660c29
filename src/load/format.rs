//! A format by its name.

/// A format, to be named and listed; the list is in `registry`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) endings: &'static [&'static str],
}

impl Format {
    /// Its name on the command line (`--from`).
    pub fn name(self) -> &'static str {
        self.name
    }

    /// What it opens, in a few words.
    pub fn about(self) -> &'static str {
        self.about
    }

    /// The endings of its file names, with the dot, in lower case.
    pub fn endings(self) -> &'static [&'static str] {
        self.endings
    }
}
