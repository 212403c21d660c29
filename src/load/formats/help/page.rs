//! Reads a help text line by line: headings, options with their descriptions, and the rest, which
//! belongs to its section.

use super::layout::Layout;
use super::line::HelpLine;
use super::row::{Row, begins_with_option, split_second};

/// The name and the synopsis are the first sections of a manual page.
const SYNOPSIS_WITHIN: usize = 3;

/// A help text or a formatted manual page.
#[derive(Debug, Default)]
pub(super) struct HelpPage {
    /// The program's name; empty when the text does not say it.
    pub(super) title: String,
    pub(super) items: Vec<HelpItem>,
    /// Descriptions of options and commands among the items.
    pub(super) rows: usize,
    /// Lines of descriptions, headings and the usage.
    pub(super) recognised: usize,
    headings: usize,
    pub(super) is_manual: bool,
    pub(super) has_usage: bool,
}

/// An option, a command, or the text of a section without them.
#[derive(Debug, Default)]
pub(super) struct HelpItem {
    /// 1-based.
    pub(super) line: u32,
    pub(super) name: String,
    pub(super) text: String,
    /// The headings above it.
    pub(super) sections: Vec<String>,
}

impl HelpPage {
    pub(super) fn new(text: &str) -> Self {
        let lines: Vec<HelpLine<'_>> = text.lines().map(HelpLine::new).collect();
        let layout = Layout::new(&lines);
        let mut reader = Reader::new(&layout);
        let mut n = 0;
        while n < lines.len() {
            n = reader.line(n);
        }
        reader.end()
    }
}

/// A description that is being read.
struct OpenRow {
    first: usize,
    indent: usize,
    term: String,
    /// The column of the description, once it is known.
    column: Option<usize>,
    description: Vec<String>,
}

struct Reader<'a> {
    layout: &'a Layout<'a>,
    page: HelpPage,
    open: Option<OpenRow>,
    /// The headings above, with their indentation.
    headings: Vec<(usize, String)>,
    /// The item that takes the text of this section, and the numbers of its lines.
    section: (usize, Vec<usize>),
    /// The item for the text outside of sections, the first of all.
    outside: Vec<usize>,
    /// Behind the options of a section, at its left edge.
    is_outside: bool,
    after_blank: bool,
    /// In the section that shows how a command is called.
    is_synopsis: bool,
}

impl<'a> Reader<'a> {
    fn new(layout: &'a Layout<'a>) -> Self {
        let name = layout.usage_label();
        let first = HelpItem { line: 1, name, ..HelpItem::default() };
        let page = HelpPage {
            title: layout.title(),
            items: vec![first],
            is_manual: layout.is_manual(),
            has_usage: layout.has_usage(),
            ..HelpPage::default()
        };
        Self {
            layout,
            page,
            open: None,
            headings: Vec::new(),
            section: (0, Vec::new()),
            outside: Vec::new(),
            is_outside: true,
            after_blank: true,
            is_synopsis: false,
        }
    }

    /// Reads line `n` and gives the number of the next one.
    fn line(&mut self, n: usize) -> usize {
        let line = &self.layout.lines[n];
        if self.layout.is_page_edge(n) {
            return n + 1;
        }
        if line.is_ruler() {
            self.close();
            self.after_blank = true;
            return n + 1;
        }
        if line.is_blank() {
            if let Some(open) = &mut self.open {
                open.description.push(String::new());
            }
            self.after_blank = true;
            return n + 1;
        }
        let is_below = self.open.as_ref().is_some_and(|open| {
            open.column.is_some_and(|column| line.indent >= column)
                || open.column.is_none() && line.indent > open.indent && !self.layout.is_option(n)
        });
        if is_below {
            self.describe(n);
        } else if let Some(row) = self.row(n) {
            self.start(n, row);
        } else if let Some((heading, level)) = self.layout.heading(n) {
            self.head(n, heading, level);
        } else if !self.after_blank && self.open.as_ref().is_some_and(|o| line.indent > o.indent) {
            self.describe(n);
        } else {
            self.close();
            self.text(n);
        }
        self.after_blank = false;
        n + 1
    }

    fn row(&self, n: usize) -> Option<Row<'a>> {
        if self.is_synopsis { None } else { self.layout.row(n) }
    }

    fn start(&mut self, n: usize, row: Row<'_>) {
        let line = &self.layout.lines[n];
        if let Some(open) = &mut self.open
            && open.description.is_empty()
            && open.indent == line.indent
        {
            // Several options share a description.
            open.term = format!("{}, {}", open.term.trim_end_matches(','), row.term);
            open.column = row.column;
            if !row.description.is_empty() {
                open.description.push(row.description.to_owned());
            }
            return;
        }
        let (row, second) = if self.layout.is_manual() { (row, None) } else { split_second(row) };
        self.close();
        let is_described = !row.description.is_empty();
        self.open = Some(OpenRow {
            first: n,
            indent: line.indent,
            term: row.term.to_owned(),
            column: row.column,
            description: is_described.then(|| row.description.to_owned()).into_iter().collect(),
        });
        if let Some(second) = second {
            self.close();
            self.start(n, second);
        }
    }

    fn describe(&mut self, n: usize) {
        let line = &self.layout.lines[n];
        if let Some(open) = &mut self.open {
            let column = *open.column.get_or_insert(line.indent);
            open.description.push(line.dedented(column).to_owned());
            self.page.recognised += 1;
        }
    }

    fn head(&mut self, n: usize, heading: &str, level: usize) {
        self.end_section();
        self.headings.retain(|&(other, _)| other < level);
        let sections = self.headings.iter().map(|(_, title)| title.clone()).collect();
        self.headings.push((level, heading.to_owned()));
        let line = n as u32 + 1;
        let item = HelpItem { line, name: heading.to_owned(), sections, ..HelpItem::default() };
        self.page.items.push(item);
        self.section = (self.page.items.len() - 1, Vec::new());
        self.is_outside = false;
        self.is_synopsis = self.page.headings < SYNOPSIS_WITHIN && self.layout.is_synopsis(n);
        self.page.headings += 1;
        self.page.recognised += 1;
    }

    fn text(&mut self, n: usize) {
        let line = &self.layout.lines[n];
        let section = &self.section;
        let has_rows = self.page.items.len() > section.0 + 1;
        let edge = self.headings.last().map_or(0, |&(level, _)| level);
        if self.after_blank && !self.layout.is_manual() && has_rows && line.indent <= edge {
            self.is_outside = true;
        }
        // A list of options without descriptions.
        self.page.recognised += usize::from(begins_with_option(line.text()));
        if self.is_outside {
            self.page.recognised += usize::from(self.layout.is_usage(n));
            self.outside.push(n);
        } else {
            self.section.1.push(n);
        }
    }

    /// Ends the description that is being read. A term without any is text.
    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let text = open.description.join("\n");
        let text = text.trim_end();
        if text.is_empty() {
            let lines = if self.is_outside { &mut self.outside } else { &mut self.section.1 };
            lines.push(open.first);
            return;
        }
        let sections = self.headings.iter().map(|(_, title)| title.clone()).collect();
        self.page.rows += 1;
        self.page.recognised += 1;
        self.page.items.push(HelpItem {
            line: open.first as u32 + 1,
            name: open.term.split_whitespace().collect::<Vec<_>>().join(" "),
            text: text.to_owned(),
            sections,
        });
    }

    fn end_section(&mut self) {
        self.close();
        let (item, lines) = std::mem::take(&mut self.section);
        if item > 0 {
            self.page.items[item].text = self.layout.paragraphs(&lines);
        }
    }

    fn end(mut self) -> HelpPage {
        self.end_section();
        let mut lines = self.outside.as_slice();
        let first = &mut self.page.items[0];
        if first.name.is_empty()
            && let Some((&title, rest)) = lines.split_first()
        {
            self.layout.lines[title].text().clone_into(&mut first.name);
            lines = rest;
        }
        first.line = lines.first().map_or(1, |&line| line as u32 + 1);
        first.text = self.layout.paragraphs(lines);
        self.merge_usage();
        self.page.items.retain(|item| !item.text.is_empty());
        self.page
    }

    /// The text outside of sections may have the name of one, such as the usage.
    fn merge_usage(&mut self) {
        let Some((outside, items)) = self.page.items.split_first_mut() else { return };
        let section = items
            .iter_mut()
            .find(|item| item.name.eq_ignore_ascii_case(&outside.name) && !item.text.is_empty());
        if let Some(section) = section.filter(|_| !outside.text.is_empty()) {
            let texts = [std::mem::take(&mut outside.text), std::mem::take(&mut section.text)];
            let [first, second] = &texts;
            section.text = if outside.line < section.line {
                format!("{first}\n\n{second}")
            } else {
                format!("{second}\n\n{first}")
            };
            section.line = section.line.min(outside.line);
        }
    }
}
