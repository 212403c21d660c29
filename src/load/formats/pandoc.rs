//! Documents that only `pandoc` reads (of word processors, EPUB and others), if it is installed.
//!
//! It runs with `--sandbox`, so that a document cannot make it read other files or addresses, and
//! within limits of time, memory and output.

#[cfg(all(feature = "tui", unix))]
mod run;

use crate::load::error::{Diagnostic, LoadError};
use crate::load::formats::markdown::Markdown;
use crate::load::input::Input;
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText, Streamed, has_extension};
use crate::load::options::Options;
use crate::load::output::Output;
use crate::load::pieces::{self, LongText, PiecesResult};
use crate::load::splitting::Sizes;
#[cfg(all(feature = "tui", unix))]
use run::convert;

pub(crate) struct Pandoc;

/// A format that pandoc reads.
struct ToolKind {
    /// Its name for pandoc.
    name: &'static str,
    /// Its name for people.
    about: &'static str,
    ending: &'static str,
}

const KINDS: &[ToolKind] = &[
    ToolKind { name: "docx", about: "a Word document", ending: ".docx" },
    ToolKind { name: "odt", about: "an OpenDocument text", ending: ".odt" },
    ToolKind { name: "epub", about: "an EPUB book", ending: ".epub" },
    ToolKind { name: "rtf", about: "an RTF document", ending: ".rtf" },
    ToolKind { name: "fb2", about: "a FictionBook", ending: ".fb2" },
    ToolKind { name: "ipynb", about: "a Jupyter notebook", ending: ".ipynb" },
    ToolKind { name: "typst", about: "a Typst document", ending: ".typ" },
    ToolKind { name: "djot", about: "a Djot page", ending: ".dj" },
    ToolKind { name: "t2t", about: "a txt2tags page", ending: ".t2t" },
    ToolKind { name: "muse", about: "a Muse page", ending: ".muse" },
    ToolKind { name: "dokuwiki", about: "a DokuWiki page", ending: ".dokuwiki" },
    ToolKind { name: "creole", about: "a Creole page", ending: ".creole" },
    ToolKind { name: "jira", about: "a Jira page", ending: ".jira" },
];

const ENDINGS: [&str; KINDS.len()] = {
    let mut endings = [""; KINDS.len()];
    let mut n = 0;
    while n < KINDS.len() {
        endings[n] = KINDS[n].ending;
        n += 1;
    }
    endings
};

impl Loader for Pandoc {
    fn name(&self) -> &'static str {
        "pandoc"
    }

    fn description(&self) -> &'static str {
        "Word, OpenDocument, EPUB, RTF and others, by pandoc where it is installed"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &ENDINGS
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        if kind_by_content(peek.head).is_some() { 98 } else { 0 }
    }

    /// The extensions say more than the beginnings, which resemble those of other markup.
    fn extension_bonus(&self) -> u8 {
        100
    }

    fn read(&self, _: &SourceText<'_>) -> ParsedDocument {
        ParsedDocument::default()
    }

    fn streams(&self) -> bool {
        true
    }

    fn stream(&self, input: Input, options: &Options, output: &Output<'_>) -> Streamed {
        Streamed::Done(load(&input, options, output))
    }
}

fn load(
    input: &Input,
    options: &Options,
    output: &Output<'_>,
) -> Result<crate::load::Summary, LoadError> {
    let wrong = |message: String| {
        LoadError::Malformed(Diagnostic {
            source: input.name().clone(),
            line: 0,
            column: 0,
            message,
        })
    };
    let named = |kind: &&ToolKind| has_extension(input.name(), &[kind.ending]);
    let kind = kind_by_content(&input.head).or_else(|| KINDS.iter().find(named));
    let Some(kind) = kind else {
        return Err(wrong("pandoc has no reader for this ending".into()));
    };
    let path = input.path().and_then(|path| path.canonicalize().ok());
    let Some(path) = path.filter(|_| input.size > 0) else {
        let message = format!("{}; save it as a file of its own to open it", kind.about);
        return Err(wrong(message));
    };
    let mut markdown =
        convert(kind.name, &path).map_err(|why| wrong(format!("{}; {why}", kind.about)))?;
    let name = input.name();
    // Line numbers in pandoc's output are not those of the document.
    let unlined = output.without_lines();
    let mut found = ParsedDocument::default();
    if markdown.len() > Sizes::of(options).whole {
        let doc = LongText { name, text: &mut markdown, options };
        match pieces::read(&Markdown, doc, &unlined) {
            PiecesResult::Delivered(title, note) => {
                output.add_count(unlined.count());
                return Ok(output.summary(&title, note));
            }
            PiecesResult::Nothing(_) | PiecesResult::Whole => {}
        }
    } else {
        found = Markdown.read(&SourceText::whole(name, &markdown, options));
    }
    if found.entries.is_empty() {
        let expected = format!("read as {} by pandoc", kind.about);
        return Err(LoadError::Empty { source_name: input.name().to_string(), expected });
    }
    found.unused.iter().for_each(|unused| unlined.unused(unused));
    unlined.deliver_all(found.entries);
    output.add_count(unlined.count());
    Ok(output.summary(&found.title, found.note))
}

/// The kind detected from the first bytes.
fn kind_by_content(head: &[u8]) -> Option<&'static ToolKind> {
    let has = |sign: &str| memchr::memmem::find(head, sign.as_bytes()).is_some();
    let name = if head.starts_with(b"PK\x03\x04") {
        if has("mimetypeapplication/epub+zip") {
            "epub"
        } else if has("mimetypeapplication/vnd.oasis.opendocument.text") {
            "odt"
        } else if has("word/") && (has("[Content_Types].xml") || has("_rels/")) {
            "docx"
        } else {
            return None;
        }
    } else if head.starts_with(b"{\\rtf") {
        "rtf"
    } else if head.starts_with(b"<") && has("<FictionBook") {
        "fb2"
    } else if head.starts_with(b"{") && has("\"cell_type\"") && has("\"cells\"") {
        "ipynb"
    } else {
        return None;
    };
    KINDS.iter().find(|kind| kind.name == name)
}

#[cfg(not(all(feature = "tui", unix)))]
fn convert(_: &str, _: &std::path::Path) -> Result<String, String> {
    Err("pandoc is not run on this system; convert it to Markdown to open it".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_by_their_first_bytes() {
        let kind = |head: &[u8]| kind_by_content(head).map(|kind| kind.name);
        assert_eq!(kind(b"PK\x03\x04....mimetypeapplication/epub+zipPK"), Some("epub"));
        assert_eq!(kind(b"PK\x03\x04..[Content_Types].xml..word/document.xml"), Some("docx"));
        assert_eq!(kind(b"PK\x03\x04..collection.anki2"), None);
        assert_eq!(kind(b"{\\rtf1\\ansi How?}"), Some("rtf"));
        assert_eq!(kind(b"{\"cells\": []}"), None);
    }
}
