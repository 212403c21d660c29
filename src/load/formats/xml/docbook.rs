//! `DocBook` documents whose sections are the questions: converted to an HTML page and read as
//! such.

use super::tree::{Element, Node};
use crate::load::formats::html::Html;
use crate::load::loader::{Loader, ParsedDocument, SourceText};
use std::fmt::Write as _;

const SECTIONS: &[&str] = &[
    "article",
    "book",
    "part",
    "chapter",
    "appendix",
    "preface",
    "section",
    "simplesect",
    "sect1",
    "sect2",
    "sect3",
    "sect4",
    "sect5",
    "topic",
];
/// Deeper sections belong to the one around them.
const MAX_DEPTH: u8 = 6;

/// Whether a document has sections with titles, and no elements for questions.
pub(super) fn is_page(top: &Element<'_>) -> bool {
    let has_title = |section: &Element<'_>| section.elements().any(|child| child.name == "title");
    let is_section = |child: &&Element<'_>| SECTIONS.contains(&child.name) && has_title(child);
    SECTIONS.contains(&top.name) && top.elements().any(|c| is_section(&c)) && !holds_questions(top)
}

fn holds_questions(element: &Element<'_>) -> bool {
    let is_list = matches!(element.name, "qandaset" | "question" | "faq" | "qa");
    is_list || element.elements().any(holds_questions)
}

pub(super) fn read(top: &Element<'_>, doc: &SourceText<'_>, found: &mut ParsedDocument) {
    let mut html = String::from("<html><body>");
    section(top, 1, &mut html);
    html.push_str("</body></html>");
    let read = Html.read(&SourceText { text: &html, ..*doc });
    found.title = read.title;
    found.entries = read.entries;
    // Line numbers of the generated page are not those of the document.
    found.entries.iter_mut().for_each(|entry| entry.place.line = 0);
}

fn section(element: &Element<'_>, level: u8, out: &mut String) {
    for node in &element.children {
        let Node::Element(child) = node else { continue };
        match child.name {
            "title" => {
                let _ = write!(out, "<h{level}>{}</h{level}>", child.to_html());
            }
            "info" | "articleinfo" | "bookinfo" | "sectioninfo" => {
                child.elements().filter(|inner| inner.name == "title").for_each(|title| {
                    let _ = write!(out, "<h{level}>{}</h{level}>", title.to_html());
                });
            }
            name if SECTIONS.contains(&name) && level < MAX_DEPTH => section(child, level + 1, out),
            _ => out.push_str(&child.to_page()),
        }
    }
}
