//! Plain text: pages of questions and paragraphs, `Q:` and `A:`, numbered digests with their
//! lists of contents.

mod drawing;

use crate::collection::{Entry, Place};
use crate::load::labels::with_common_letters;
use crate::load::lead::{Lead, after_answer_mark, opens_options, split_lead};
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use crate::load::outline::{Features, Outline, TitleCandidate};
use crate::load::pieces::Pieces;
use crate::load::question_detect::{bids_to_speak, ends_as_question, question_likeness};
use crate::load::transcript;
use crate::load::unused_text::UnusedText;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// A longer paragraph is no title.
const MOST_TITLE_LINES: usize = 4;
/// A line that is longer is no title.
const LONGEST_TITLE: usize = 90;

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
        let entries = transcript::entries(&text, doc.name);
        if !entries.is_empty() {
            return ParsedDocument { entries, ..ParsedDocument::default() };
        }
        let lines: Vec<&str> = text.lines().collect();
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

/// The text without the foot and the head of each page of a printed text, as in an RFC. The number
/// of lines stays.
fn without_page_breaks(text: &str) -> Cow<'_, str> {
    let is_foot = |line: &str| line.trim_end().ends_with(']') && line.contains("[Page ");
    if !text.contains('\u{c}') || !text.lines().any(is_foot) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut is_head = false;
    for line in text.lines() {
        let begins_page = line.contains('\u{c}');
        // The head may stand behind the page break, or on the next line.
        let is_empty = line.trim_matches(['\u{c}', ' ']).is_empty();
        if !(is_foot(line) || begins_page || is_head && !is_empty) {
            out.push_str(line);
        }
        is_head = (is_head || begins_page) && is_empty;
        out.push('\n');
    }
    out.into()
}

/// The first line, if it stands alone and is no question.
fn page_title(lines: &[&str]) -> String {
    let mut lines = lines.iter().map(|line| line.trim()).skip_while(|l| l.is_empty() || is_rule(l));
    let first = lines.next().unwrap_or_default();
    let alone = lines.next().is_none_or(|line| line.is_empty() || is_rule(line));
    let first = first.trim_matches(['-', '=', '*', ' ']);
    let is_title = alone && first.len() <= LONGEST_TITLE && question_likeness(first) < 1.0;
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
    let page = TextPage {
        lines,
        drawn: drawing::drawn_lines(lines),
        titles_stand_alone: titles_stand_alone(lines),
        starred: lines.iter().any(|line| line.starts_with("** ")),
    };
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

/// Whether most numbered titles and questions are paragraphs of their own; then a question mark
/// at the end of a line inside one ends nothing.
fn titles_stand_alone(lines: &[&str]) -> bool {
    let (mut alone, mut all) = (0, 0);
    for n in 0..lines.len() {
        let starts = n == 0 || lines[n - 1].trim().is_empty();
        if !starts || lines[n].trim().is_empty() {
            continue;
        }
        let own = &lines[paragraph(lines, n)];
        if let Some(at) = own.iter().take(MOST_TITLE_LINES).position(|line| ends_as_question(line))
        {
            all += 1;
            alone += usize::from(at + 1 == own.len());
        }
    }
    alone * 10 >= all * 7
}

struct TextPage<'a> {
    lines: &'a [&'a str],
    /// Lines of drawn tables, which hold no titles.
    drawn: Vec<bool>,
    titles_stand_alone: bool,
    /// Stars at the left edge are headings, as in Org, and no items of a list.
    starred: bool,
}

impl TextPage<'_> {
    /// What the paragraph that begins on line `n` could be.
    fn candidate(&self, n: usize, before: Option<&TitleCandidate>) -> Option<TitleCandidate> {
        let lines = self.lines;
        let line = lines[n].trim();
        if line.is_empty() || is_rule(line) || self.drawn[n] || is_contents_line(line) {
            return None;
        }
        let starts = n == 0
            || lines[n - 1].trim().is_empty()
            || is_rule(lines[n - 1].trim())
            || is_asking_item(line) && is_asking_item(lines[n - 1]);
        if let Some(heading) = self.marked_heading(n) {
            return Some(heading);
        }
        let (lead, text) = split_lead(line);
        let paragraph = paragraph(lines, n);
        if lead.marked {
            return Some(self.marked(n, &paragraph));
        }
        if starts && let Some(heading) = heading(lines, n, text).or_else(|| self.section(n)) {
            return Some(heading);
        }
        let follows = |c: &TitleCandidate| c.features.number > 0 && self.is_next_item(c, n);
        if lead.number > 0 && (starts || before.is_some_and(follows)) {
            return Some(self.numbered(n, &paragraph, &lead));
        }
        if starts { self.free(n, &paragraph) } else { None }
    }

    /// A line alone in capitals, or between signs (`--- Money ---`), right above a question.
    fn section(&self, n: usize) -> Option<TitleCandidate> {
        let line = self.lines[n].trim();
        let bare = line.trim_matches(['-', '=', '*', '#', '~', ' ']);
        let is_framed = line.len() > bare.len() + 5 && line.starts_with(['-', '=', '*', '#', '~']);
        let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
        let is_capital = letters > 2 && !bare.chars().any(char::is_lowercase);
        let has_case = bare.chars().any(char::is_uppercase);
        let below = self.lines.get(n + 1).map_or("", |line| line.trim());
        let is_title = (is_framed || is_capital && has_case)
            && letters > 0
            && below.is_empty()
            && bare.chars().count() <= LONGEST_TITLE
            && !ends_as_question(bare);
        if !is_title {
            return None;
        }
        let next = self.lines[n + 1..].iter().map(|line| line.trim()).find(|l| !l.is_empty())?;
        let (lead, _) = split_lead(next);
        let leads = lead.marked || lead.number > 0 && ends_as_question(next);
        leads.then(|| {
            let features = Features { heading: Some(2), ..Features::default() };
            let title = bare.to_owned();
            TitleCandidate { units: n..n + 1, title, features, ..TitleCandidate::default() }
        })
    }

    /// `== A title ==` and `** A title`: the level is the number of signs.
    fn marked_heading(&self, n: usize) -> Option<TitleCandidate> {
        let line = self.lines[n].trim_end();
        let sign = line.chars().next().filter(|c| *c == '=' || *c == '*' && self.starred)?;
        let rest = line.trim_start_matches(sign);
        let level = line.len() - rest.len();
        if level > 6 || !rest.starts_with(' ') {
            return None;
        }
        let title = if sign == '=' { rest.trim_end_matches('=') } else { rest };
        let features = Features { heading: Some(level as u8), ..Features::default() };
        let title = split_lead(title.trim()).1.to_owned();
        Some(TitleCandidate { units: n..n + 1, title, features, ..TitleCandidate::default() })
    }

    /// Whether line `n` is the next item of a numbered list: nothing stands between it and the
    /// title of the item before, or only lines that belong to that item.
    fn is_next_item(&self, before: &TitleCandidate, n: usize) -> bool {
        if before.units.end == n {
            return true;
        }
        let own = raw_indent(self.lines[n]);
        let between = &self.lines[before.units.end..n];
        let ask = ends_as_question(&before.title) && ends_as_question(self.lines[n]);
        if ask && between.iter().all(|line| !line.trim().is_empty()) {
            return indent(self.lines[n]) == before.features.indent;
        }
        let deeper = |line: &&str| !line.trim().is_empty() && raw_indent(line) > own;
        indent(self.lines[n]) == before.features.indent
            && self.lines[before.units.end..n].iter().all(deeper)
    }

    /// `Q: …` up to `A:`, the end of the paragraph, or the line that ends the question.
    fn marked(&self, n: usize, paragraph: &Range<usize>) -> TitleCandidate {
        let lines = self.lines;
        // A rule below the question underlines it.
        let rule = lines[n + 1..paragraph.end].iter().position(|line| is_rule(line));
        let paragraph = &(n..rule.map_or(paragraph.end, |at| n + 1 + at));
        let below = lines[n + 1..paragraph.end].iter();
        let answered = below.clone().position(|line| after_answer_mark(line).is_some());
        let mut next = lines[paragraph.end..].iter();
        let next = next.find(|line| !line.trim().is_empty() && !is_rule(line));
        let answer_is_next = next.is_some_and(|line| after_answer_mark(line).is_some());
        let asked = lines[paragraph.clone()].iter().position(|line| ends_as_question(line));
        let length = match (answered, asked) {
            (Some(at), _) => at + 1,
            (None, Some(at)) if !answer_is_next => at + 1,
            _ => paragraph.len(),
        };
        let features = Features { marked: true, indent: indent(lines[n]), ..Features::default() };
        titled(lines, n..n + length, features)
    }

    /// `1.2. A title`, over several lines.
    fn numbered(&self, n: usize, paragraph: &Range<usize>, lead: &Lead) -> TitleCandidate {
        let own = &self.lines[paragraph.clone()];
        let next_item = own[1..].iter().position(|line| split_lead(line.trim()).0.number > 0);
        let most = next_item.map_or(own.len(), |at| at + 1);
        let asked = own[..most].iter().position(|line| ends_as_question(line));
        let length = match asked {
            Some(at)
                if at < MOST_TITLE_LINES
                    && !(self.titles_stand_alone && most <= MOST_TITLE_LINES) =>
            {
                at + 1
            }
            _ if most <= MOST_TITLE_LINES => most,
            _ => 1,
        };
        let features = Features {
            number: lead.number,
            first_number: lead.first,
            indent: indent(self.lines[n]),
            ..Features::default()
        };
        titled(self.lines, n..n + length, features)
    }

    /// A paragraph without number or mark: one that asks, or a short line by itself.
    fn free(&self, n: usize, paragraph: &Range<usize>) -> Option<TitleCandidate> {
        let own = &self.lines[paragraph.clone()];
        let features = Features { indent: indent(self.lines[n]), ..Features::default() };
        let asked = own.iter().take(MOST_TITLE_LINES).position(|line| ends_as_question(line));
        if let Some(at) = asked {
            return Some(titled(self.lines, n..n + at + 1, Features { asks: true, ..features }));
        }
        let line = own[0].trim();
        if bids_to_speak(line) && line.chars().count() <= LONGEST_TITLE {
            return Some(titled(self.lines, n..n + 1, Features { asks: true, ..features }));
        }
        let short = own.len() == 1 && line.chars().count() <= LONGEST_TITLE;
        let sentence = line.ends_with(['.', ',', ';', ':', '!', '。']);
        let worded = line.chars().next().is_some_and(char::is_alphanumeric);
        if !short || sentence || !worded {
            return None;
        }
        let asks = question_likeness(line) > 0.0;
        Some(titled(self.lines, n..n + 1, Features { asks, line: true, ..features }))
    }
}

/// A line with a rule below it, or one that calls itself a chapter.
fn heading(lines: &[&str], n: usize, text: &str) -> Option<TitleCandidate> {
    let chapter = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    let counts = text
        .split_whitespace()
        .nth(1)
        .is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let names = [
        "chapter",
        "part",
        "section",
        "глава",
        "kapitel",
        "chapitre",
        "capítulo",
        "capitolo",
        "часть",
    ];
    let is_chapter = counts && names.contains(&chapter.as_str());
    let below = lines.get(n + 1).map_or("", |line| line.trim());
    let is_underlined = is_rule(below) && below.chars().count() * 3 >= text.chars().count();
    let asks = ends_as_question(text);
    if !is_underlined && (!is_chapter || asks) {
        return None;
    }
    let level = if is_chapter || below.starts_with('=') { 1 } else { 2 };
    let features = Features { heading: Some(level), asks, ..Features::default() };
    let mut candidate = titled(lines, n..n + 1, features);
    candidate.units.end = n + 1 + usize::from(is_underlined);
    candidate.title = candidate.title.trim_start_matches(['[', ']', '+', '*', '-', ' ']).to_owned();
    Some(candidate)
}

fn titled(lines: &[&str], units: Range<usize>, features: Features) -> TitleCandidate {
    let text = lines[units.clone()].iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
    let text = if is_asking_item(&text) { text[1..].trim_start() } else { text.as_str() };
    let (_, title) = split_lead(text);
    TitleCandidate { units, title: title.to_owned(), features, ..TitleCandidate::default() }
}

/// `- A question?`
fn is_asking_item(line: &str) -> bool {
    let rest = line.trim_start().strip_prefix(['-', '*', '+']);
    rest.is_some_and(|rest| rest.starts_with(' ')) && ends_as_question(line)
}

fn paragraph(lines: &[&str], n: usize) -> Range<usize> {
    let more = lines[n..].iter().take(60).take_while(|line| !line.trim().is_empty()).count();
    n..n + more.max(1)
}

/// The columns before a text.
fn raw_indent(line: &str) -> u8 {
    let columns = line.chars().take_while(|c| c.is_whitespace());
    columns.map(|c| if c == '\t' { 8 } else { 1 }).sum::<usize>().min(200) as u8
}

/// The same, where numbers of one and of two digits end in the same column.
fn indent(line: &str) -> u8 {
    raw_indent(line) & !1
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3
        && line.chars().all(|c| matches!(c, '-' | '=' | '*' | '_' | '~' | '#' | '+' | ' '))
}

/// A line of a printed list of contents: `1.2 A title ........ 7`.
fn is_contents_line(line: &str) -> bool {
    let line = line.trim_end();
    let title = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let dots = title.trim_end();
    let bare = dots.trim_end_matches(['.', ' ']);
    title.len() < line.len() && dots[bare.len()..].matches('.').count() > 3
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines below a question, moved to the left edge.
fn answer(lines: &[&str], rest: &str, units: Range<usize>) -> String {
    let mut own: Vec<&str> = Vec::new();
    if !rest.is_empty() {
        own.push(rest);
    }
    own.extend(lines[units].iter().map(|line| line.trim_end()));
    let is_edge = |line: &&str| line.is_empty() || is_rule(line) && !drawing::is_ruler(line);
    while own.last().is_some_and(is_edge) {
        own.pop();
    }
    let skip = own.iter().take_while(|line| is_edge(line)).count();
    own.drain(..skip);
    let Some(first) = own.first() else { return String::new() };
    let mut out = Vec::with_capacity(own.len());
    // `A:   text` stands as far to the right as the lines below it.
    let marked = after_answer_mark(first).filter(|_| !opens_options(&own));
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
    fn interview_notes() {
        let entries = read(
            "Notes, 12 March\n\nTell me about your garden.\nIt is small.\n\nWhat grows there?\nPeas.\n\nWhy peas?\nThey climb.\n",
        );
        let titles: Vec<_> = entries.iter().map(|e| e.0.as_str()).collect();
        assert_eq!(titles, ["Tell me about your garden.", "What grows there?", "Why peas?"]);
        assert_eq!(entries[0].1, "It is small.");
    }

    #[test]
    fn marked_questions() {
        let entries =
            read("Q: My kite\n   fell down\nA: Pick\n   it up.\n\nQ: Why?\n   Nobody knows.\n");
        let expected = [("My kite fell down", "Pick\nit up."), ("Why?", "Nobody knows.")];
        assert_eq!(entries, expected.map(|(q, a)| (q.to_owned(), a.to_owned())));
    }
}
