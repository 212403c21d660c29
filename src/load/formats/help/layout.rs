//! How a help text is laid out: where its headings are, and in which columns its descriptions begin.

use super::header::{manual_name, usage_label};
use super::line::HelpLine;
use super::row::{Row, begins_with_option, key_row, option_row, term_row};
use std::collections::HashMap;

/// The longest heading, in characters.
const MAX_HEADING_CHARS: usize = 80;
/// The fewest columns between the indentation of a tag and that of its text in a manual page.
const MIN_HANG: usize = 3;
/// The columns of a tag and the blank behind it, where the text follows on the same line.
const MANUAL_HANG: usize = 7;
/// The longest term of a tagged paragraph, in characters.
const MAX_TAG_CHARS: usize = 72;
/// From this indentation on, a heading is centred.
const MIN_CENTRED_INDENT: usize = 12;
/// The leftmost column of the descriptions of keys, and the fewest lines that have them.
const MIN_KEY_COLUMN: usize = 10;
const MIN_KEY_ROWS: usize = 8;
/// The number of lines from the top among which the usage is looked for.
const USAGE_LINES: usize = 40;

/// The lines of a text, and what all of them together say about one.
pub(super) struct Layout<'a> {
    pub(super) lines: &'a [HelpLine<'a>],
    /// `LS(1)`, from the first line of a manual page.
    manual: Option<&'a str>,
    /// The indentation of a manual page's paragraphs.
    body: usize,
    usage: Option<usize>,
    /// How many rows begin in a column and have their description in another.
    columns: HashMap<(usize, Option<usize>), usize>,
    /// The column of most options' descriptions.
    main_column: Option<usize>,
    /// The column in which the descriptions of keys begin, in a list of commands and their keys.
    key_column: Option<usize>,
    /// A dash and blanks begin items of lists.
    has_bullets: bool,
}

impl<'a> Layout<'a> {
    pub(super) fn new(lines: &'a [HelpLine<'a>]) -> Self {
        let manual = manual_name(lines);
        let below_first = lines.iter().skip_while(|line| line.is_blank()).skip(1);
        let body = below_first.filter(|line| !line.is_blank()).find(|line| line.indent > 0);
        let body = body.map_or(0, |line| line.indent);
        let usage = lines.iter().take(USAGE_LINES).position(|line| usage_label(line).is_some());
        let mut columns = HashMap::new();
        let mut option_columns: HashMap<usize, usize> = HashMap::new();
        for line in lines.iter().filter(|line| !line.is_blank()) {
            let option = option_row(line, None);
            if let Some(column) = option.and_then(|row| row.column) {
                *option_columns.entry(column).or_default() += 1;
            }
            if let Some(row) = option.or_else(|| term_row(line)) {
                *columns.entry((line.indent, row.column)).or_default() += 1;
            }
        }
        let main_column = option_columns.into_iter().max_by_key(|&(column, count)| (count, column));
        let main_column = main_column.map(|(column, _)| column);
        let has_bullets = lines.iter().filter(|line| line.text().starts_with("-  ")).count() > 1;
        let key_column = if manual.is_some() { None } else { key_column(lines) };
        Self { lines, manual, body, usage, columns, main_column, key_column, has_bullets }
    }

    pub(super) fn is_manual(&self) -> bool {
        self.manual.is_some()
    }

    pub(super) fn has_usage(&self) -> bool {
        self.usage.is_some()
    }

    /// The program that the text is about; empty when it does not say so.
    pub(super) fn title(&self) -> String {
        if let Some(name) = self.manual {
            return name.to_owned();
        }
        let usage = self.usage.map(|n| self.lines[n].text()).unwrap_or_default();
        let command = usage.split_once(": ").map_or(usage, |(_, command)| command);
        let program = command.split_whitespace().next().unwrap_or_default();
        program.rsplit(['/', '\\']).next().unwrap_or_default().trim_end_matches(':').to_owned()
    }

    /// The word before the usage, in the language of the text; empty without a usage.
    pub(super) fn usage_label(&self) -> String {
        self.usage.and_then(|n| usage_label(&self.lines[n])).unwrap_or_default().to_owned()
    }

    pub(super) fn is_usage(&self, n: usize) -> bool {
        self.usage.is_some_and(|usage| usage == n)
    }

    /// The first and the last line of a manual page, and those between its printed pages.
    pub(super) fn is_page_edge(&self, n: usize) -> bool {
        let Some(name) = self.manual else { return false };
        let text = self.lines[n].text();
        self.lines[n].indent == 0
            && text.contains("  ")
            && (text.starts_with(name) || text.ends_with(name) || self.is_last(n))
    }

    fn is_last(&self, n: usize) -> bool {
        self.lines[n + 1..].iter().all(HelpLine::is_blank)
    }

    pub(super) fn is_option(&self, n: usize) -> bool {
        self.option(&self.lines[n]).is_some()
    }

    /// Paragraphs of manual pages begin in no column but their own.
    fn option(&self, line: &'a HelpLine<'a>) -> Option<Row<'a>> {
        option_row(line, self.main_column.filter(|_| !self.is_manual()))
    }

    /// The option or the command that begins in a line.
    pub(super) fn row(&self, n: usize) -> Option<Row<'a>> {
        let line = &self.lines[n];
        let is_deeper = self.next_line(n).is_some_and(|next| next.indent > line.indent);
        if let Some(row) = self.hanging_option(n).or_else(|| self.option(line)) {
            // A wrapped line of prose, or an item of a list.
            let is_prose = self.is_manual() && !self.begins_paragraph(n) && !self.follows_option(n);
            if is_prose || row.term == "-" && (self.is_manual() || self.has_bullets) {
                return None;
            }
            let shares = !row.description.is_empty() || is_deeper || self.precedes_option(n);
            return shares.then_some(row);
        }
        if begins_with_option(line.text()) {
            return None;
        }
        let keys = || key_row(line, self.key_column?);
        self.tagged(n).or_else(|| self.term(n)).or_else(keys)
    }

    /// An option of a manual page that leaves but one blank before its description.
    fn hanging_option(&self, n: usize) -> Option<Row<'a>> {
        let line = &self.lines[n];
        let text = line.text();
        let (term, description) = text.split_once(' ').filter(|_| self.is_manual())?;
        let column = line.indent + MANUAL_HANG;
        let hangs = term.chars().count() + 1 == MANUAL_HANG
            && begins_with_option(text)
            && !description.starts_with([' ', '<', '[', '='])
            && self.next_line(n).is_none_or(|next| next.indent == column)
            && description.contains(' ');
        hangs.then_some(Row { term, description, column: Some(column) })
    }

    /// A command with its description in the same line, where other lines do the same.
    fn term(&self, n: usize) -> Option<Row<'a>> {
        let row = term_row(&self.lines[n])?;
        let is_row = match row.column {
            Some(column) if self.is_manual() => self.hangs(n, column),
            Some(_) => self.is_aligned(n, row),
            None => self.has_like(n),
        };
        is_row.then_some(row)
    }

    /// Whether the text below goes on in the column of the description.
    fn hangs(&self, n: usize, column: usize) -> bool {
        let line = &self.lines[n];
        let is_followed = self.next_line(n).is_none_or(|next| {
            next.indent < line.indent
                || next.indent == column
                || term_row(next).is_some_and(|next| next.column == Some(column))
                || self.option(next).is_some()
        });
        is_followed && column >= line.indent + MIN_HANG && self.begins_paragraph(n)
    }

    /// Whether other rows have the same columns, or this is the only one below a heading.
    fn is_aligned(&self, n: usize, row: Row<'_>) -> bool {
        let count = self.columns.get(&(self.lines[n].indent, row.column)).copied();
        count.unwrap_or(0) > 1 || self.main_column.is_some() && self.is_below_heading(n)
    }

    /// Whether the line before or behind is written alike: `name - description`.
    fn has_like(&self, n: usize) -> bool {
        let line = &self.lines[n];
        let is_like = |other: &HelpLine<'_>| {
            let row = term_row(other).filter(|_| other.indent == line.indent);
            row.is_some_and(|row| row.column.is_none())
        };
        let before = n.checked_sub(1).map(|n| &self.lines[n]);
        let has_like = self.next_line(n).is_some_and(is_like) || before.is_some_and(is_like);
        has_like && !self.is_manual() && line.indent > 0
    }

    /// A short line right above a text that is farther to the right.
    fn tagged(&self, n: usize) -> Option<Row<'a>> {
        let line = &self.lines[n];
        let text = line.text();
        let next = self.next_line(n)?;
        let hang = if self.is_manual() { MIN_HANG } else { 1 };
        // `{add,remove}` of argparse heads the rows of these commands.
        let heads_rows = text.starts_with('{') && term_row(next).is_some();
        let is_tag = line.indent >= self.body.max(1)
            && next.indent >= line.indent + hang
            && self.begins_paragraph(n)
            && text.chars().count() <= MAX_TAG_CHARS
            && !text.ends_with([':', '.', ',', ';'])
            && !text.contains("  ")
            && !heads_rows
            && (self.is_manual()
                || self.main_column.is_some() && !text.contains(' ')
                || text.starts_with(['<', '[']))
            && text.contains(char::is_alphanumeric);
        is_tag.then_some(Row { term: text, description: "", column: None })
    }

    /// The heading in a line, and its level.
    pub(super) fn heading(&self, n: usize) -> Option<(&'a str, usize)> {
        let line = &self.lines[n];
        let text = line.text();
        let title = text.trim_end_matches([':', '：']).trim_end();
        if self.is_manual() {
            let is_heading = line.indent < self.body && !text.ends_with(['.', ',']);
            return is_heading.then_some((title, line.indent));
        }
        let is_usage = self.is_usage(n) && title.len() == text.len();
        if is_usage || title.is_empty() || title.chars().count() > MAX_HEADING_CHARS {
            return None;
        }
        let after = self.lines[n + 1..].iter().position(|line| !line.is_blank())? + n + 1;
        let next = &self.lines[after];
        let has_rows = next.indent >= line.indent && self.row(after).is_some();
        let is_deeper = next.indent > line.indent;
        let begins = self.begins_paragraph(n);
        let is_short = !title.contains(' ');
        let is_heading = if title.len() < text.len() {
            has_rows || is_deeper && begins
        } else if line.indent >= MIN_CENTRED_INDENT && begins && after > n + 1 {
            is_in_capitals(title)
        } else if title.ends_with(['.', ',', ';']) || !is_deeper || !begins {
            false
        } else {
            is_in_capitals(title) || has_rows && (after == n + 1 || is_short)
        };
        // One level: the depth of headings in a help text says nothing.
        is_heading.then_some((title, 0))
    }

    /// Whether the section below a heading of a manual page holds its name or synopsis.
    pub(super) fn is_synopsis(&self, heading: usize) -> bool {
        let Some(manual) = self.manual else { return false };
        let name = manual.split('(').next().unwrap_or_default().to_lowercase();
        let below = self.lines[heading + 1..].iter().find(|line| !line.is_blank());
        let first = below.and_then(|line| line.text().split_whitespace().next());
        let first = first.unwrap_or_default().trim_end_matches(',').to_lowercase();
        first == name || name.starts_with(&format!("{first}-"))
    }

    /// The text of some lines, without their common indentation; a blank line replaces the lines left out.
    pub(super) fn paragraphs(&self, numbers: &[usize]) -> String {
        let indents = numbers.iter().map(|&n| self.lines[n].indent);
        let edge = indents.min().unwrap_or(0);
        let mut out = String::new();
        let mut before = None;
        for &n in numbers {
            if let Some(before) = before {
                out.push_str(if n == before + 1 { "\n" } else { "\n\n" });
            }
            out.push_str(self.lines[n].dedented(edge));
            before = Some(n);
        }
        out
    }

    /// The line right below.
    fn next_line(&self, n: usize) -> Option<&'a HelpLine<'a>> {
        self.lines.get(n + 1).filter(|line| !line.is_blank())
    }

    /// Whether the next line has another option of the same description.
    fn precedes_option(&self, n: usize) -> bool {
        let indent = self.lines[n].indent;
        let next = self.next_line(n).filter(|next| next.indent == indent);
        next.is_some_and(|next| begins_with_option(next.text()))
    }

    /// Whether the line before is an option of the same description.
    fn follows_option(&self, n: usize) -> bool {
        let before = n.checked_sub(1).map(|n| &self.lines[n]);
        before.is_some_and(|line| begins_with_option(line.text()))
    }

    /// Whether the line above is blank or has another indentation.
    fn begins_paragraph(&self, n: usize) -> bool {
        let before = n.checked_sub(1).map(|n| &self.lines[n]);
        before.is_none_or(|line| line.is_blank() || line.indent != self.lines[n].indent)
    }

    fn is_below_heading(&self, n: usize) -> bool {
        let before = self.lines[..n].iter().rev().find(|line| !line.is_blank());
        before.is_some_and(|line| line.indent < self.lines[n].indent && line.text().ends_with(':'))
    }
}

/// The column in which most lines have the beginning of a text behind a gap.
fn key_column(lines: &[HelpLine<'_>]) -> Option<usize> {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    let mut filled = 0;
    for line in lines.iter().filter(|line| !line.is_blank()) {
        filled += 1;
        let mut blanks = 0;
        for (n, c) in line.text().chars().enumerate() {
            if blanks > 1 && c.is_alphabetic() && line.indent + n >= MIN_KEY_COLUMN {
                *counts.entry(line.indent + n).or_default() += 1;
            }
            blanks = if c == ' ' { blanks + 1 } else { 0 };
        }
    }
    let (column, count) = counts.into_iter().max_by_key(|&(column, count)| (count, column))?;
    (count >= MIN_KEY_ROWS && count * 5 >= filled).then_some(column)
}

fn is_in_capitals(text: &str) -> bool {
    text.contains(char::is_alphabetic)
        && !text.contains(char::is_lowercase)
        && text.split(' ').count() <= 6
}
