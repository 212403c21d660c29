//! Plain text: pages of questions and paragraphs, `Q:` and `A:`, numbered digests with their
//! lists of contents.

mod drawing;
mod lines;
mod titles;
mod word_list;

use crate::collection::{Entry, Place};
use crate::load::labels::with_common_letters;
use crate::load::lead::{after_answer_mark, opens_options};
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use crate::load::outline::Outline;
use crate::load::question_detect::question_likeness;
use crate::load::splitting::Pieces;
use crate::load::transcript;
use crate::load::unused_text::UnusedText;
use lines::{is_contents_line, is_rule, squeeze};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;
use titles::{MAX_TITLE_CHARS, TextPage};

/// The name of standard input.
const STDIN: &str = "-";

pub(crate) struct PlainText;

impl Loader for PlainText {
    fn name(&self) -> &'static str {
        "text"
    }

    fn description(&self) -> &'static str {
        "plain text: question lines, Q: and A:, headings, numbered questions with or without a contents list"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[".txt", ".text", ".faq"]
    }

    fn pieces(&self) -> Pieces {
        Pieces::ByEntry
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        if peek.text.trim().is_empty() { 0 } else { 20 }
    }

    fn is_judged_by_sample(&self) -> bool {
        true
    }

    fn read(&self, doc: &SourceText<'_>) -> ParsedDocument {
        let text = without_page_breaks(doc.text.trim_start_matches('\u{feff}'));
        let text = with_common_letters(&text);
        let mut entries = transcript::entries(&text, doc.name);
        if entries.is_empty() {
            entries = transcript::named_entries(&text, doc.name);
        }
        if entries.is_empty() {
            entries = transcript::headed_entries(&text, doc.name);
        }
        if !entries.is_empty() {
            return ParsedDocument { entries, ..ParsedDocument::default() };
        }
        let lines: Vec<&str> = text.lines().collect();
        // A pipe of such lines may hold names of files.
        if &**doc.name != STDIN {
            let entries = word_list::entries(&lines, doc.name);
            if !entries.is_empty() {
                return ParsedDocument { entries, ..ParsedDocument::default() };
            }
        }
        let outline = outline(&lines);
        let mut found = ParsedDocument { title: page_title(&lines), ..ParsedDocument::default() };
        let questions = outline.questions();
        for unused in outline.unused(&questions) {
            let line = unused.start as u32 + 1;
            found.unused.extend(UnusedText::new(line, lines[unused].iter().copied()));
        }
        for question in questions {
            let candidate = &outline.candidates[question.candidate];
            let place = Place { source: Arc::clone(doc.name), line: candidate.line };
            let answer = answer(&lines, &candidate.rest, question.answer);
            let (answer, format) = drawing::formatted(answer);
            let (question, tags) = (candidate.title.clone(), question.sections);
            found.entries.push(Entry { question, answer, format, tags, place, ..Entry::default() });
        }
        found
    }
}

/// The text without the headers and footers of printed pages, as in an RFC. The number of lines is
/// unchanged.
fn without_page_breaks(text: &str) -> Cow<'_, str> {
    let is_foot = |line: &str| line.trim_end().ends_with(']') && line.contains("[Page ");
    if !text.contains('\u{c}') || !text.lines().any(is_foot) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut is_head = false;
    for line in text.lines() {
        let begins_page = line.contains('\u{c}');
        // The page header may follow the page break, or be on the next line.
        let is_empty = line.trim_matches(['\u{c}', ' ']).is_empty();
        if !(is_foot(line) || begins_page || is_head && !is_empty) {
            out.push_str(line);
        }
        is_head = (is_head || begins_page) && is_empty;
        out.push('\n');
    }
    out.into()
}

/// The first line, if it is alone and not a question.
fn page_title(lines: &[&str]) -> String {
    let mut lines = lines.iter().map(|line| line.trim()).skip_while(|l| l.is_empty() || is_rule(l));
    let first = lines.next().unwrap_or_default();
    let alone = lines.next().is_none_or(|line| line.is_empty() || is_rule(line));
    let first = first.trim_matches(['-', '=', '*', ' ']);
    let is_title = alone && first.len() <= MAX_TITLE_CHARS && question_likeness(first) < 1.0;
    if is_title { squeeze(first) } else { String::new() }
}

fn outline(lines: &[&str]) -> Outline {
    let mut outline = Outline::default();
    for line in lines {
        let visible = line.chars().filter(|c| !c.is_whitespace()).count() as u32;
        let is_contents = is_contents_line(line);
        outline.mass.push(if is_rule(line) || is_contents { 0 } else { visible });
        outline.contents.push(if is_contents { visible } else { 0 });
    }
    let page = TextPage::new(lines);
    let mut n = 0;
    while n < lines.len() {
        let end = match page.candidate(n, outline.candidates.last()) {
            Some(mut found) => {
                found.line = n as u32 + 1;
                found.title = squeeze(&found.title);
                let end = found.units.end;
                if found.features.heading.is_some() {
                    outline.mass[found.units.clone()].fill(0);
                }
                outline.candidates.push(found);
                end
            }
            None => n + 1,
        };
        n = end.max(n + 1);
    }
    outline
}

/// The lines below a question, moved to the left margin.
fn answer(lines: &[&str], rest: &str, units: Range<usize>) -> String {
    let mut own: Vec<&str> = Vec::new();
    if !rest.is_empty() {
        own.push(rest);
    }
    own.extend(lines[units].iter().map(|line| line.trim_end()));
    // The rulers of a drawing belong to it; others separate sections.
    let drawn = drawing::drawn_lines(&own);
    let is_edge = |n: &usize| own[*n].is_empty() || is_rule(own[*n]) && !drawn[*n];
    let Some(end) = (0..own.len()).rfind(|n| !is_edge(n)).map(|n| n + 1) else {
        return String::new();
    };
    let skip = (0..end).take_while(is_edge).count();
    let own = &own[skip..end];
    let Some(first) = own.first() else { return String::new() };
    let mut out = Vec::with_capacity(own.len());
    // The text of `A:   text` is aligned with the lines below it.
    let marked = after_answer_mark(first).filter(|_| !opens_options(own));
    let shared = own.iter().skip(usize::from(marked.is_some())).filter(|line| !line.is_empty());
    let cut = shared.map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    for (n, line) in own.iter().enumerate() {
        let line = match (n, marked) {
            (0, Some(text)) => text,
            _ => line.get(cut..).unwrap_or_default(),
        };
        out.push(line);
    }
    out.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing;
    use std::fmt::Write;

    fn read(text: &str) -> Vec<(String, String)> {
        testing::pairs(testing::read(&PlainText, text))
    }

    #[test]
    fn a_page_with_a_title_an_introduction_and_eighteen_questions() {
        let mut page = String::from(
            "Bread at home\n\nWhat people ask in the first week of baking.\n\nTake your time.\n\n",
        );
        for n in 1..=18 {
            let _ = write!(
                page,
                "Does loaf number {n} need more water?

It depends on the flour.

"
            );
            if n % 3 == 0 {
                page += "Wholemeal takes more of it.\n\nRye takes most\n\n";
            }
        }
        let entries = read(&page);
        assert_eq!(entries.len(), 18);
        assert_eq!(entries[0].0, "Does loaf number 1 need more water?");
        assert_eq!(entries[0].1, "It depends on the flour.");
        assert_eq!(
            entries[2].1,
            "It depends on the flour.\n\nWholemeal takes more of it.\n\nRye takes most"
        );
    }

    #[test]
    fn a_digest_with_its_contents_list() {
        let digest = "Kites\n\nContents\n\n1. Basics\n  1.1 What is a kite?\n  1.2 Lines get tangled\n  1.3 Which wind\n      is best?\n\n\
            =====\n\n1. Basics\n\n  1.1 What is a kite?\n\n  A thing\n  on a line.\n\n  1.2 Lines get tangled\n\n  Be patient, 4 times.\n  1.5 and so on.\n\n\
            \x20 1.3 Which wind\n  is best?\n\n  A steady one.\n";
        let entries = read(digest);
        let titles: Vec<_> = entries.iter().map(|e| e.0.as_str()).collect();
        assert_eq!(titles, ["What is a kite?", "Lines get tangled", "Which wind is best?"]);
        assert_eq!(entries[0].1, "A thing\non a line.");
        assert_eq!(entries[1].1, "Be patient, 4 times.\n1.5 and so on.");
    }

    #[test]
    fn headings_of_org_asciidoc_and_wikis() {
        let expected = [("How hot?", "Very."), ("How long?", "Short.\n* a\n* b")];
        let expected = expected.map(|(q, a)| (q.to_owned(), a.to_owned()));
        for (one, two, close) in [("* ", "** ", ""), ("= ", "== ", ""), ("== ", "=== ", " ===")] {
            let list = if one == "* " { "Short.\n- a\n- b" } else { "Short.\n* a\n* b" };
            let page = format!(
                "{one}Water\n{two}How hot?{close}\n\nVery.\n\n{two}How long?{close}\n\n{list}\n"
            );
            let mut entries = read(&page);
            entries[1].1 = entries[1].1.replace("\n- ", "\n* ");
            assert_eq!(entries, expected, "{page}");
        }
    }

    #[test]
    fn numbered_questions_without_blank_lines() {
        let entries =
            read("1) How hot?\n   Very.\n2) How long?\n   Short,\n   or not.\n3) Why?\n   So.\n");
        let expected = [("How hot?", "Very."), ("How long?", "Short,\nor not."), ("Why?", "So.")];
        assert_eq!(entries, expected.map(|(q, a)| (q.to_owned(), a.to_owned())));
    }

    #[test]
    fn an_answer_right_below_its_title_where_others_stand_alone() {
        let entries = read(
            "  1) How hot?\n\n     Very.\n\n  2) How long? Is it\n     short?\n\n     Or not.\n\n  3) Why?\n     So it is.\n\n  4) Where?\n\n     Here.\n",
        );
        let expected = [
            ("How hot?", "Very."),
            ("How long? Is it short?", "Or not."),
            ("Why?", "So it is."),
            ("Where?", "Here."),
        ];
        assert_eq!(entries, expected.map(|(q, a)| (q.to_owned(), a.to_owned())));
    }

    #[test]
    fn interview_notes() {
        let entries = read(
            "Notes, 12 March\n\nTell me about your garden.\nIt is small.\n\nWhat grows there?\nPeas.\n\nWhy peas?\nThey climb.\n",
        );
        let titles: Vec<_> = entries.iter().map(|e| e.0.as_str()).collect();
        assert_eq!(titles, ["Tell me about your garden.", "What grows there?", "Why peas?"]);
        assert_eq!(entries[0].1, "It is small.");
    }

    #[test]
    fn framed_titles_of_sections() {
        let found = testing::read(
            &PlainText,
            "*** HEAT ***\n\nHow hot?\n\nVery.\n\n*** TIME ***\n\nHow long?\n\nA day.\n",
        );
        let tags: Vec<_> = found.entries.iter().map(|entry| entry.tags.join(", ")).collect();
        assert_eq!(tags, ["HEAT", "TIME"]);
        let expected = [("How hot?", "Very."), ("How long?", "A day.")];
        assert_eq!(testing::pairs(found), expected.map(|(q, a)| (q.to_owned(), a.to_owned())));
    }

    #[test]
    fn marked_questions() {
        let entries =
            read("Q: My kite\n   fell down\nA: Pick\n   it up.\n\nQ: Why?\n   Nobody knows.\n");
        let expected = [("My kite fell down", "Pick\nit up."), ("Why?", "Nobody knows.")];
        assert_eq!(entries, expected.map(|(q, a)| (q.to_owned(), a.to_owned())));
    }
}
