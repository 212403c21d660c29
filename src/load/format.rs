//! A format, identified by its name.

/// A format as it can be named and listed; `registry` has the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) extensions: &'static [&'static str],
}

impl Format {
    /// Its name on the command line (`--from`).
    pub fn name(self) -> &'static str {
        self.name
    }

    /// What it opens, in a few words.
    pub fn description(self) -> &'static str {
        self.description
    }

    /// The extensions of its file names, with the dot, in lower case.
    pub fn extensions(self) -> &'static [&'static str] {
        self.extensions
    }
}
