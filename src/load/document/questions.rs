//! Finds the questions of a document through the outline of its units.

use super::units::{Unit, UnitRole, render, units};
use super::{Block, Content, Document};
use crate::collection::{Entry, Place};
use crate::load::front_back;
use crate::load::keys::Keys;
use crate::load::lead::{after_answer_mark, split_lead};
use crate::load::loader::{ParsedDocument, SourceText};
use crate::load::outline::{Features, Outline, Question, TitleCandidate};
use crate::load::question_detect::{ends_as_question, question_likeness};
use crate::load::repeats::Repeats;
use crate::load::unused_text::UnusedText;
use crate::markup::source::clean;
use std::ops::Range;
use std::sync::Arc;

/// A longer paragraph is not a title, in characters.
const MAX_TITLE_CHARS: usize = 200;

impl Document {
    /// For manual pages: uses the text of a leading section NAME as the title.
    pub(crate) fn take_name(&mut self) {
        let [Block { content: Content::Heading { text, .. }, .. }, name, rest @ ..] =
            self.blocks.as_slice()
        else {
            return;
        };
        let next = rest.first().map(|next| &next.content);
        if let Content::Paragraph(name) = &name.content
            && text == "NAME"
            && matches!(next, None | Some(Content::Heading { .. }))
        {
            self.title = clean(name);
            self.blocks.drain(..2);
        }
    }

    /// The entries of the document. Every loader of a markup format ends with this call.
    pub(crate) fn parsed(self, source: &SourceText<'_>) -> ParsedDocument {
        let units = units(&self.blocks);
        let outline = outline(&units);
        let mut title = self.title;
        if title.is_empty() {
            title = first_title(&outline);
        }
        let repeats = Repeats::of(source.text.len());
        let make = |question: Question| {
            entry(&units, &outline.candidates, question, repeats.tags(&self.tags))
        };
        let questions = outline.questions();
        let mut unused: Vec<UnusedText> = outline
            .unused(&questions)
            .into_iter()
            .filter_map(|run| {
                let line = units[run.start].line;
                UnusedText::new(line, units[run].iter().map(|unit| unit.text.as_str()))
            })
            .collect();
        let mut entries: Vec<Entry> = questions.into_iter().map(make).collect();
        let rows = table_rows(&self.blocks);
        if rows.len() > entries.len() {
            entries = rows;
            unused.clear();
        }
        for entry in &mut entries {
            entry.place.source = Arc::clone(source.name);
        }
        ParsedDocument { title, entries, unused, ..ParsedDocument::default() }
    }
}

/// The first heading, if it has the highest level.
fn first_title(outline: &Outline) -> String {
    let mut headings = outline.candidates.iter().filter(|c| c.features.heading.is_some());
    let first = headings.next().filter(|c| c.features.heading == Some(1));
    first.map(|c| c.title.clone()).unwrap_or_default()
}

fn entry(
    units: &[Unit],
    candidates: &[TitleCandidate],
    question: Question,
    document_tags: Vec<String>,
) -> Entry {
    let candidate = &candidates[question.candidate];
    let below = render(&units[question.answer]);
    let parts = [candidate.rest.as_str(), below.as_str()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let answer = parts.join("\n\n");
    let answer = after_answer_mark(&answer).map(str::to_owned).unwrap_or(answer);
    let (title, answer) = front_back::split(&candidate.title, answer);
    let mut tags = question.sections;
    if let UnitRole::Heading { tags: own, .. } = &units[candidate.units.start].role {
        tags.extend(own.iter().cloned());
    }
    tags.extend(document_tags);
    let place = Place { line: candidate.line, ..Place::default() };
    Entry { question: title, answer, tags, place, ..Entry::default() }
}

fn outline(units: &[Unit]) -> Outline {
    let mut outline = Outline::default();
    let headings: Vec<(u8, String)> = units.iter().filter_map(heading).collect();
    let parting = front_back::parting(headings.iter().map(|(level, title)| (*level, &**title)));
    let mut parting = parting.into_iter();
    for (n, unit) in units.iter().enumerate() {
        let visible = unit.text.chars().filter(|c| c.is_alphanumeric()).count() as u32;
        let has_no_text = matches!(unit.role, UnitRole::Heading { .. } | UnitRole::Rule);
        outline.mass.push(if has_no_text { 0 } else { visible.max(1) });
        outline.contents.push(0);
        let is_heading = matches!(unit.role, UnitRole::Heading { .. });
        if is_heading && parting.next().unwrap_or(false) {
            continue;
        }
        if let Some(mut found) = candidate(n..n + 1, unit) {
            let below = units.get(n + 1).map(|unit| &unit.role);
            found.features.has_paragraph = is_heading && below == Some(&UnitRole::Paragraph);
            outline.candidates.push(found);
        }
    }
    outline
}

/// The level and the title of a heading.
fn heading(unit: &Unit) -> Option<(u8, String)> {
    match unit.role {
        UnitRole::Heading { level, .. } => Some((level, clean(unit.text.trim_start_matches('#')))),
        UnitRole::Paragraph
        | UnitRole::Item { .. }
        | UnitRole::Term
        | UnitRole::Definition
        | UnitRole::Summary
        | UnitRole::Code
        | UnitRole::Rule
        | UnitRole::Other => None,
    }
}

fn candidate(place: Range<usize>, unit: &Unit) -> Option<TitleCandidate> {
    let mut features = Features { indent: unit.column.min(200) as u8, ..Features::default() };
    let text = unit.text.as_str();
    let mut rest = String::new();
    let mut title = match &unit.role {
        UnitRole::Heading { level, .. } => {
            features.heading = Some(*level);
            text.trim_start_matches('#').to_owned()
        }
        UnitRole::Term => {
            features.term = true;
            text.to_owned()
        }
        UnitRole::Summary => {
            features.summary = true;
            text.to_owned()
        }
        UnitRole::Item { is_numbered } => {
            features.item = !is_numbered;
            features.number = u8::from(*is_numbered);
            text.to_owned()
        }
        UnitRole::Paragraph => text.to_owned(),
        UnitRole::Definition | UnitRole::Code | UnitRole::Rule | UnitRole::Other => return None,
    };
    if matches!(unit.role, UnitRole::Paragraph | UnitRole::Item { .. }) {
        (title, rest) = split_paragraph(&title, &mut features);
    }
    let plain = clean(&title);
    let (lead, bare) = split_lead(&plain);
    features.marked = lead.marked;
    if features.number == 0 {
        features.number = lead.number;
    }
    let is_short = bare.chars().count() <= MAX_TITLE_CHARS;
    let stands_alone = unit.role == UnitRole::Paragraph;
    features.asks = stands_alone && is_short && ends_as_question(bare);
    if bare.is_empty() || !is_short && features.heading.is_none() {
        return None;
    }
    let title = bare.to_owned();
    Some(TitleCandidate { units: place, title, rest, features, line: unit.line })
}

/// The title at the beginning of a paragraph, and what follows it: a bold beginning that asks, or
/// the lines before `A:`.
fn split_paragraph(text: &str, features: &mut Features) -> (String, String) {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    if split_lead(&first.replace("**", "")).0.marked
        && let Some(at) = lines.clone().position(|line| after_answer_mark(line).is_some())
    {
        let title: Vec<&str> = text.lines().take(at + 1).collect();
        let rest: Vec<&str> = text.lines().skip(at + 1).collect();
        let title = title.join(" ").trim_end_matches('\\').to_owned();
        return (title, rest.join("\n"));
    }
    let bold = text.strip_prefix("**").and_then(|inner| inner.split_once("**"));
    if let Some((inner, after)) = bold {
        let tail = after.trim_start_matches([':', '.', '?', ' ', '\\']).trim_start();
        let asks = question_likeness(inner) > 0.9 || after.starts_with('?');
        if tail.is_empty() || asks {
            features.bold = true;
            let mark = if after.starts_with('?') { "?" } else { "" };
            return (format!("{inner}{mark}"), tail.to_owned());
        }
    }
    (text.to_owned(), String::new())
}

/// The rows of tables whose header names questions and answers.
fn table_rows(blocks: &[Block]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for block in blocks {
        let Content::Table { header, rows } = &block.content else { continue };
        let asks = |cell: &String| Keys::asks(&clean(cell));
        let question = header.iter().position(asks);
        let answer = header.iter().position(|cell| Keys::answers(&clean(cell)) && !asks(cell));
        let (Some(question), Some(answer)) = (question, answer) else { continue };
        for row in rows {
            let cell = |at: usize| row.get(at).map_or("", String::as_str);
            let title = clean(cell(question));
            if !title.is_empty() {
                let place = Place { line: block.line, ..Place::default() };
                let answer = cell(answer).to_owned();
                entries.push(Entry { question: title, answer, place, ..Entry::default() });
            }
        }
    }
    entries
}
