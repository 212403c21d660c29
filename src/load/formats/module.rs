//! Source code that holds questions: the literals of JavaScript, TypeScript, PHP and a dozen other
//! languages, and the components of JSX, Vue, Svelte and Astro. Only literals and markup are read;
//! code is never run.

mod components;
mod cursor;
mod expression;
mod markup;
mod program;
mod scan;
mod syntax;
mod text;

use super::html::Html;
use super::xml::tree::Element;
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText, has_extension};
use crate::load::pieces::shift_lines;
use crate::load::records::read_tree;
use crate::load::splitting::{PieceSink, Pieces, Sizes};
use crate::load::value::{Map, Value};
use cursor::Delivery;
use memchr::memchr_iter;
use std::borrow::Cow;
use std::ops::Range;
use syntax::ModuleSyntax;

pub(crate) struct Module;

impl Loader for Module {
    fn name(&self) -> &'static str {
        "module"
    }

    fn description(&self) -> &'static str {
        "JavaScript, TypeScript, JSX, Vue, Svelte, Astro, PHP, and Python, Ruby, Lua, Dart, Kotlin, Swift, Go, Java, C#, Rust, Elixir and Perl: literals that hold questions, and components"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[
            ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".jsx", ".tsx", ".vue", ".svelte",
            ".astro", ".php", ".json5", ".jsonc",
        ]
    }

    fn explicit_extensions(&self) -> &'static [&'static str] {
        syntax::PROGRAMS
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        let text = peek.text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let begins = |starts: &[&str]| starts.iter().any(|start| text.starts_with(start));
        let script =
            ["module.exports", "export default", "export const", "import React", "import {"];
        let component =
            ["<template>", "<script setup", "<script lang", "'use client'", "\"use client\""];
        if text.contains("<?php") || text.contains("<?=") {
            60
        } else if begins(&script) || begins(&component) {
            50
        } else if text.contains("={[") && text.contains("/>") {
            // A page of components with questions as arguments.
            22
        } else if begins(&["<script", "<template", "<style", "---"]) {
            30
        } else {
            0
        }
    }

    fn extension_bonus(&self) -> u8 {
        // Code has as many commas per line as a table, and may look like one at its beginning.
        65
    }

    fn pieces(&self) -> Pieces {
        Pieces::Incremental(|doc, deliver| read(doc, Sizes::of(doc.options).piece, deliver))
    }

    fn read(&self, doc: &SourceText<'_>) -> ParsedDocument {
        read(doc, usize::MAX, &mut |_| true)
    }
}

/// Delivers results after each `piece` bytes, and returns the rest.
fn read(doc: &SourceText<'_>, piece: usize, deliver: &mut PieceSink<'_>) -> ParsedDocument {
    // Another format would read the code as text.
    let certain = has_extension(doc.name, Module.extensions())
        || has_extension(doc.name, Module.explicit_extensions());
    let mut found = ParsedDocument { certain, ..ParsedDocument::default() };
    let syntax = ModuleSyntax::of(doc.name, doc.text);
    let is_php = syntax == ModuleSyntax::Php;
    let (mut is_delivered, mut lines, mut counted) = (false, 0, 0);
    let mut take = |range: Range<usize>, literals: Vec<Value<'_>>| {
        lines += memchr_iter(b'\n', &doc.text.as_bytes()[counted..range.start]).count() as u32;
        counted = range.start;
        let part = SourceText { text: &doc.text[range.clone()], ..*doc };
        let title = std::mem::take(&mut found.title);
        let mut new =
            ParsedDocument { title, note: found.note.take(), ..ParsedDocument::default() };
        for literal in literals {
            read_tree(literal, &part, &mut new);
        }
        shift_lines(&mut new, 0, lines);
        (found.title, found.note) = (new.title, new.note);
        found.entries.append(&mut new.entries);
        found.problems.append(&mut new.problems);
        if range.end == doc.text.len() || found.entries.is_empty() {
            return true;
        }
        is_delivered = true;
        deliver(std::mem::take(&mut found))
    };
    let markup = scan::scan(doc.text, syntax, Delivery { piece, take: &mut take });
    if found.entries.is_empty() && !is_delivered {
        found = components(&markup, doc, found);
    }
    if found.entries.is_empty() && !is_delivered && (is_php || !markup.is_empty()) {
        page(&markup, doc, &mut found);
    }
    found
}

/// The questions in components.
fn components<'a>(
    markup: &[Element<'a>],
    doc: &SourceText<'_>,
    mut found: ParsedDocument,
) -> ParsedDocument {
    let pairs = components::pairs(markup);
    let record = |(question, answer): (String, String)| -> Value<'a> {
        let field =
            |key: &'static str, text: String| (Cow::Borrowed(key), Value::Text(text.into()));
        Value::Map(Map::from([field("question", question), field("answer", answer)]))
    };
    read_tree(Value::List(pairs.into_iter().map(record).collect()), doc, &mut found);
    for entry in &mut found.entries {
        entry.place.line = 0;
    }
    found
}

/// The markup, read as an HTML page.
fn page(markup: &[Element<'_>], doc: &SourceText<'_>, found: &mut ParsedDocument) {
    let html = if markup.is_empty() {
        doc.text.to_owned()
    } else {
        markup.iter().map(Element::to_page).collect()
    };
    let read = Html.read(&SourceText { text: &html, ..*doc });
    found.entries = read.entries;
    for entry in &mut found.entries {
        entry.place.line = 0;
    }
}
