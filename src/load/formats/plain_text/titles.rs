//! Finds possible titles in a text: marked, numbered, underlined, in capitals or alone.

use super::drawing;
use super::lines::{indent, is_asking_item, is_contents_line, is_rule, paragraph, raw_indent};
use crate::load::lead::{Lead, after_answer_mark, split_lead};
use crate::load::outline::{Features, TitleCandidate};
use crate::load::question_detect::{asks_in_imperative, ends_as_question, question_likeness};
use std::ops::Range;

/// A longer paragraph is no title.
const MAX_TITLE_LINES: usize = 4;
/// A line that is longer is no title.
pub(super) const MAX_TITLE_CHARS: usize = 90;

/// The lines of a text, with what the whole text shows about them.
pub(super) struct TextPage<'a> {
    lines: &'a [&'a str],
    /// Lines of drawn tables, which contain no titles.
    drawn: Vec<bool>,
    titles_stand_alone: bool,
    /// Stars at the left margin are headings, as in Org, not list items.
    starred: bool,
}

impl<'a> TextPage<'a> {
    pub(super) fn new(lines: &'a [&'a str]) -> Self {
        Self {
            lines,
            drawn: drawing::drawn_lines(lines),
            titles_stand_alone: titles_stand_alone(lines),
            starred: lines.iter().any(|line| line.starts_with("** ")),
        }
    }

    /// The candidate in the paragraph that begins on line `n`.
    pub(super) fn candidate(
        &self,
        n: usize,
        before: Option<&TitleCandidate>,
    ) -> Option<TitleCandidate> {
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

    /// A line in capitals, or between signs (`--- Money ---`), directly above a question.
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
            && bare.chars().count() <= MAX_TITLE_CHARS
            && !ends_as_question(bare);
        if !is_title {
            return None;
        }
        let next = self.lines[n + 1..].iter().map(|line| line.trim()).find(|l| !l.is_empty())?;
        let (lead, _) = split_lead(next);
        let leads = lead.marked || lead.number > 0 && ends_as_question(next);
        let leads = leads || is_framed && ends_as_question(next);
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

    /// Whether line `n` is the next item of a numbered list: between it and the title of the
    /// previous item there are only lines that belong to that item.
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
        // A rule below the question is its underline.
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

    /// `1.2. A title`, possibly over several lines.
    fn numbered(&self, n: usize, paragraph: &Range<usize>, lead: &Lead) -> TitleCandidate {
        let own = &self.lines[paragraph.clone()];
        let next_item = own[1..].iter().position(|line| split_lead(line.trim()).0.number > 0);
        let most = next_item.map_or(own.len(), |at| at + 1);
        let asked = if !self.titles_stand_alone || most > MAX_TITLE_LINES {
            own[..most].iter().position(|line| ends_as_question(line))
        } else if next_item.is_none() {
            last_asked(own)
        } else {
            // A list of contents has only titles.
            None
        };
        let length = match asked {
            Some(at) if at < MAX_TITLE_LINES => at + 1,
            _ if most <= MAX_TITLE_LINES => most,
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

    /// A paragraph without number or mark that asks, or is a single short line.
    fn free(&self, n: usize, paragraph: &Range<usize>) -> Option<TitleCandidate> {
        let own = &self.lines[paragraph.clone()];
        let features = Features { indent: indent(self.lines[n]), ..Features::default() };
        let asked = own.iter().take(MAX_TITLE_LINES).position(|line| ends_as_question(line));
        if let Some(at) = asked {
            return Some(titled(self.lines, n..n + at + 1, Features { asks: true, ..features }));
        }
        let line = own[0].trim();
        if asks_in_imperative(line) && line.chars().count() <= MAX_TITLE_CHARS {
            return Some(titled(self.lines, n..n + 1, Features { asks: true, ..features }));
        }
        let short = own.len() == 1 && line.chars().count() <= MAX_TITLE_CHARS;
        let sentence = line.ends_with(['.', ',', ';', ':', '!', '。']);
        let worded = line.chars().next().is_some_and(char::is_alphanumeric);
        if !short || sentence || !worded {
            return None;
        }
        let asks = question_likeness(line) > 0.0;
        Some(titled(self.lines, n..n + 1, Features { asks, line: true, ..features }))
    }
}

/// The line that ends the last question of a title; `None` if the sentence goes on below it.
fn last_asked(own: &[&str]) -> Option<usize> {
    let at = own.iter().rposition(|line| ends_as_question(line))?;
    let below = own.get(at + 1).map_or("", |line| line.trim_start());
    (!below.starts_with(char::is_lowercase)).then_some(at)
}

/// Whether most numbered titles and questions are separate paragraphs; then a question mark at the
/// end of a line inside a paragraph does not end a title.
fn titles_stand_alone(lines: &[&str]) -> bool {
    let (mut alone, mut all) = (0, 0);
    for n in 0..lines.len() {
        let starts = n == 0 || lines[n - 1].trim().is_empty();
        if !starts || lines[n].trim().is_empty() {
            continue;
        }
        let own = &lines[paragraph(lines, n)];
        if let Some(at) = own.iter().take(MAX_TITLE_LINES).position(|line| ends_as_question(line)) {
            all += 1;
            alone += usize::from(at + 1 == own.len());
        }
    }
    alone * 10 >= all * 7
}

/// A line with a rule below it, or one that begins with a word for "chapter".
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
