//! Plain text with one question per line and no answers; read in parallel, at any size.

use crate::collection::{Entry, Place, RawEntry};
use crate::load::error::LoadError;
use crate::load::input::Input;
use crate::load::line_blocks::{self, LineBlock};
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText, Streamed};
use crate::load::options::Options;
use crate::load::output::Output;
use crate::load::question_detect::{ends_as_question, question_likeness};
use crate::load::splitting::Pieces;
use memchr::memchr;
use std::borrow::Cow;
use std::sync::Arc;

/// With a longer average, lines are not a list to choose from, in characters.
const MAX_ITEM_CHARS: usize = 200;

pub(crate) struct QuestionLines;

impl Loader for QuestionLines {
    fn name(&self) -> &'static str {
        "lines"
    }

    fn description(&self) -> &'static str {
        "plain text with one question a line and no answers"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn pieces(&self) -> Pieces {
        Pieces::ByEntry
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        let (mut lines, mut asking, mut marks, mut blank) = (0, 0, 0, 0);
        for line in peek.text.lines().take(500) {
            if line.trim().is_empty() {
                blank += 1;
                continue;
            }
            lines += 1;
            asking += usize::from(question_likeness(line) > 0.0);
            marks += usize::from(ends_as_question(line));
            if line.starts_with([' ', '\t', '#', '-', '*', '{', '<', '|']) {
                return 0;
            }
        }
        let is_list =
            lines >= 2 && blank * 4 < lines && asking * 10 >= lines * 8 && marks * 2 > lines;
        if is_list { 70 } else { 0 }
    }

    fn is_judged_by_sample(&self) -> bool {
        true
    }

    fn read(&self, _: &SourceText<'_>) -> ParsedDocument {
        // Always streamed.
        ParsedDocument::default()
    }

    fn streams(&self) -> bool {
        true
    }

    fn stream(&self, input: Input, _: &Options, output: &Output<'_>) -> Streamed {
        line_blocks::read(input, output, true, &|block, give| parse(block, give));
        if output.count() > 0 {
            return Streamed::Done(Ok(output.summary("", None)));
        }
        let expected = "read as lines; expected one question a line".to_owned();
        let source_name = output.name().to_string();
        Streamed::Done(Err(LoadError::Empty { source_name, expected }))
    }
}

/// Short lines without questions, each an entry. `None` for prose and data.
pub(crate) fn list_of_lines(source: &SourceText<'_>) -> Option<ParsedDocument> {
    let lines: Vec<(u32, &str)> = (1..)
        .zip(source.text.lines().map(str::trim))
        .filter(|(_, line)| !line.is_empty())
        .collect();
    let characters: usize = lines.iter().map(|(_, line)| line.chars().count()).sum();
    let is_prose = |line: &str| line.ends_with(['.', ',', ';']) && line.contains(' ');
    let prose = lines.iter().filter(|(_, line)| is_prose(line)).count();
    if lines.is_empty() || characters > lines.len() * MAX_ITEM_CHARS || prose * 3 > lines.len() {
        return None;
    }
    let entry = |(line, text): (u32, &str)| Entry {
        question: text.to_owned(),
        place: Place { source: Arc::clone(source.name), line },
        ..Entry::default()
    };
    let entries = lines.into_iter().map(entry).collect();
    Some(ParsedDocument { entries, ..ParsedDocument::default() })
}

fn parse(block: &LineBlock<'_>, give: &mut dyn FnMut(RawEntry<'_>)) {
    let mut rest = block.text;
    for line in block.first_line.. {
        let end = memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let question = rest[..end].trim();
        if !question.is_empty() {
            give(RawEntry { question: Cow::Borrowed(question), line, ..RawEntry::default() });
        }
        let Some(after) = rest.get(end + 1..) else { break };
        rest = after;
    }
}
