//! Plain text of one question a line, without answers; read in parallel, as large as it may be.

use crate::collection::RawEntry;
use crate::load::error::LoadError;
use crate::load::input::Input;
use crate::load::line_blocks::{self, Block};
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText, Streamed};
use crate::load::options::Options;
use crate::load::output::Output;
use crate::load::question_detect::{ends_as_question, question_likeness};
use memchr::memchr;
use std::borrow::Cow;

pub(crate) struct QuestionLines;

impl Loader for QuestionLines {
    fn name(&self) -> &'static str {
        "lines"
    }

    fn about(&self) -> &'static str {
        "plain text with one question a line and no answers"
    }

    fn endings(&self) -> &'static [&'static str] {
        &[]
    }

    fn fit(&self, peek: &Peek<'_>) -> u8 {
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
            lines >= 3 && blank * 4 < lines && asking * 10 >= lines * 8 && marks * 2 > lines;
        if is_list { 70 } else { 0 }
    }

    fn read(&self, _: &SourceText<'_>) -> ParsedDocument {
        // Everything is streamed.
        ParsedDocument::default()
    }

    fn streams(&self) -> bool {
        true
    }

    fn stream(&self, input: Input, _: &Options, output: &Output<'_>) -> Streamed {
        line_blocks::read(input, output, &|block, give| parse(block, give));
        if output.count() > 0 {
            return Streamed::Done(Ok(output.summary("", None)));
        }
        let expected = "read as lines; expected one question a line".to_owned();
        let source_name = output.name().to_string();
        Streamed::Done(Err(LoadError::Empty { source_name, expected }))
    }
}

/// Makes each line an entry, whatever it is.
pub(crate) fn read_all(text: &str) -> ParsedDocument {
    let mut found = ParsedDocument::default();
    let block = Block { text, first_line: 1 };
    parse(&block, &mut |raw| found.entries.push(raw.into()));
    found
}

fn parse(block: &Block<'_>, give: &mut dyn FnMut(RawEntry<'_>)) {
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
