//! Errors: in one record ([`Diagnostic`]) and of a whole source ([`LoadError`]).

use crate::text::sanitise_line;
use std::borrow::Cow;
use std::sync::Arc;

/// A problem at one place of a source; the rest of the source was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The source's name, made safe to show.
    pub source: Arc<str>,
    /// 1-based; 0 when unknown.
    pub line: u32,
    /// 1-based, in characters; 0 when unknown.
    pub column: u32,
    /// What is wrong, and what was expected.
    pub message: String,
}

impl Diagnostic {
    /// The same, safe to show: messages quote names and texts of what was opened.
    pub(crate) fn sanitised(mut self) -> Self {
        if let Cow::Owned(clean) = sanitise_line(Cow::Borrowed(&self.source)) {
            self.source = clean.into();
        }
        self.message = line(self.message);
        self
    }
}

fn line(text: String) -> String {
    sanitise_line(Cow::Owned(text)).into_owned()
}

impl std::fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.source)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
            if self.column > 0 {
                write!(f, ":{}", self.column)?;
            }
        }
        write!(f, ": {}", self.message)
    }
}

/// Why a source could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The operating system refused.
    #[error("{source_name}: {}", describe(error))]
    Io {
        /// The source's name.
        source_name: String,
        /// The system's error.
        error: std::io::Error,
    },
    /// It was read but is not well formed.
    #[error("{0}")]
    Malformed(Diagnostic),
    /// It was read and has no entries.
    #[error("{source_name}: no question found; {expected}")]
    Empty {
        /// The source's name.
        source_name: String,
        /// What was tried or expected.
        expected: String,
    },
    /// The sink asked to stop.
    #[error("{source_name}: loading was cancelled")]
    Cancelled {
        /// The source's name.
        source_name: String,
    },
}

impl LoadError {
    /// The same, safe to show. Every error passes here on its way out of `load`.
    pub(crate) fn sanitised(self) -> Self {
        match self {
            Self::Io { source_name, error } => {
                let text = error.to_string();
                let error = match sanitise_line(Cow::Borrowed(&text)) {
                    Cow::Borrowed(_) => error,
                    Cow::Owned(clean) => std::io::Error::new(error.kind(), clean),
                };
                Self::Io { source_name: line(source_name), error }
            }
            Self::Malformed(diagnostic) => Self::Malformed(diagnostic.sanitised()),
            Self::Empty { source_name, expected } => {
                Self::Empty { source_name: line(source_name), expected: line(expected) }
            }
            Self::Cancelled { source_name } => Self::Cancelled { source_name: line(source_name) },
        }
    }

    /// The error as an item for a list of diagnostics.
    pub fn to_diagnostic(&self) -> Diagnostic {
        let of =
            |name: &str, message| Diagnostic { source: name.into(), line: 0, column: 0, message };
        match self {
            Self::Io { source_name, error } => of(source_name, describe(error)),
            Self::Malformed(diagnostic) => diagnostic.clone(),
            Self::Empty { source_name, expected } => {
                of(source_name, format!("no question found; {expected}"))
            }
            Self::Cancelled { source_name } => of(source_name, "loading was cancelled".into()),
        }
    }
}

fn describe(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file or folder".into(),
        std::io::ErrorKind::PermissionDenied => "permission denied".into(),
        _ => error.to_string(),
    }
}
