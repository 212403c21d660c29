//! The document as a sequence of units: the smallest parts that belong to an answer or not.

use super::{Block, Content, Item, Tab};
use crate::markup::source::{emphasise, fenced, protect_start};

/// A piece of Markdown with its position in lists.
#[derive(Debug, Clone, Default)]
pub(super) struct Unit {
    pub(super) line: u32,
    /// The column of its text; the marker comes before it.
    pub(super) column: usize,
    /// The bullet or number of an item, the colon of a definition.
    pub(super) marker: String,
    pub(super) text: String,
    /// It follows the previous unit without a blank line.
    pub(super) is_tight: bool,
    pub(super) role: UnitRole,
}

/// The role of a unit when questions are chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum UnitRole {
    Heading {
        level: u8,
        tags: Vec<String>,
    },
    #[default]
    Paragraph,
    /// The first paragraph of an item.
    Item {
        is_numbered: bool,
    },
    Term,
    /// The first block of a definition.
    Definition,
    Summary,
    Code,
    Rule,
    /// Text that is never a question on its own.
    Other,
}

/// The marker of a tab.
const BULLET: &str = "- ";
/// The marker of a definition.
const DEFINITION: &str = ": ";

/// Flattens blocks into units.
pub(super) fn units(blocks: &[Block]) -> Vec<Unit> {
    let mut flattener = Flattener { units: Vec::new(), depth: 0, in_tight_item: false };
    flattener.blocks(blocks, 0);
    flattener.units
}

/// The Markdown of consecutive units, moved to the left edge.
pub(super) fn render(units: &[Unit]) -> String {
    let is_edge = |unit: &&Unit| unit.role == UnitRole::Rule || unit.text.is_empty();
    let start = units.iter().take_while(is_edge).count();
    let end = units.len() - units[start..].iter().rev().take_while(is_edge).count();
    let units = &units[start..end];
    // The colon before a definition means nothing without its term.
    let drops_first = units.first().is_some_and(|unit| unit.role == UnitRole::Definition);
    let marker = |n: usize| {
        let marker = units[n].marker.as_str();
        let without = marker.strip_prefix(DEFINITION).filter(|_| n == 0 && drops_first);
        without.unwrap_or(marker)
    };
    let edge = |n: usize| units[n].column - marker(n).chars().count();
    let edge = (0..units.len()).map(edge).min().unwrap_or(0);
    let mut out = String::new();
    for (n, unit) in units.iter().enumerate() {
        if n > 0 {
            out.push_str(if unit.is_tight { "\n" } else { "\n\n" });
        }
        let marker = marker(n);
        let blanks = unit.column - edge;
        for (m, line) in unit.text.lines().enumerate() {
            if m == 0 {
                out.push_str(&" ".repeat(blanks - marker.chars().count()));
                out.push_str(marker);
            } else {
                out.push('\n');
                if !line.is_empty() {
                    out.push_str(&" ".repeat(blanks));
                }
            }
            out.push_str(line);
        }
    }
    out
}

struct Flattener {
    units: Vec<Unit>,
    depth: usize,
    /// Inside an item of a list without blank lines.
    in_tight_item: bool,
}

/// Blocks nested deeper are written at this depth.
const MAX_DEPTH: usize = 40;

impl Flattener {
    fn blocks(&mut self, blocks: &[Block], column: usize) {
        if self.depth >= MAX_DEPTH {
            return;
        }
        self.depth += 1;
        for block in blocks {
            self.block(block, column);
        }
        self.depth -= 1;
    }

    fn push(&mut self, line: u32, column: usize, role: UnitRole, text: String) {
        self.units.push(Unit { line, column, text, role, ..Unit::default() });
    }

    fn block(&mut self, block: &Block, column: usize) {
        let line = block.line;
        match &block.content {
            Content::Heading { level, text, tags } => {
                let role = UnitRole::Heading { level: *level, tags: tags.clone() };
                let marks = "#".repeat(usize::from(*level).clamp(1, 6));
                self.push(line, column, role, format!("{marks} {text}"));
            }
            Content::Paragraph(text) => {
                self.push(line, column, UnitRole::Paragraph, protect_start(text).into_owned());
            }
            Content::List { start, items } => self.list(*start, items, column),
            Content::Definition { term, body } => {
                self.push(line, column, UnitRole::Term, term.clone());
                self.definition(body, column);
            }
            Content::Code { language, text } => {
                self.push(line, column, UnitRole::Code, fenced(language, text));
            }
            Content::Table { header, rows } => {
                self.push(line, column, UnitRole::Other, table(header, rows));
            }
            Content::Quote(body) => {
                self.push(line, column, UnitRole::Other, quoted(&render(&units(body))));
            }
            Content::Admonition { label, body } => {
                let head = admonition_head(label);
                let text = quoted(&format!("{head}{}", render(&units(body))));
                self.push(line, column, UnitRole::Other, text);
            }
            Content::Details { summary, body } => {
                self.push(line, column, UnitRole::Summary, emphasise(summary, "**"));
                self.blocks(body, column);
            }
            Content::Tabs(tabs) => self.tabs(tabs, line, column),
            Content::Rule => self.push(line, column, UnitRole::Rule, "---".into()),
            Content::Raw(text) => self.push(line, column, UnitRole::Other, text.clone()),
        }
    }

    fn definition(&mut self, body: &[Block], column: usize) {
        let first = self.units.len();
        self.blocks(body, column + DEFINITION.len());
        if let Some(unit) = self.units.get_mut(first) {
            // The definition may begin with a list item, which has its own marker.
            unit.marker.insert_str(0, DEFINITION);
            unit.is_tight = true;
            unit.role = UnitRole::Definition;
        }
    }

    /// Tabs as list items, so that the end of the last tab is visible.
    fn tabs(&mut self, tabs: &[Tab], line: u32, column: usize) {
        for tab in tabs {
            let column = column + BULLET.len();
            self.push(line, column, UnitRole::Other, emphasise(&tab.label, "**"));
            if let Some(unit) = self.units.last_mut() {
                BULLET.clone_into(&mut unit.marker);
            }
            self.blocks(&tab.body, column);
        }
    }

    fn list(&mut self, start: Option<u64>, items: &[Item], column: usize) {
        let is_tight = items.iter().all(is_tight);
        let follows_tightly = std::mem::replace(&mut self.in_tight_item, is_tight);
        for (n, item) in items.iter().enumerate() {
            let marker = start.map_or("- ".to_owned(), |first| format!("{}. ", first + n as u64));
            let column = column + marker.chars().count();
            let first = self.units.len();
            self.blocks(&item.body, column);
            if first == self.units.len() {
                self.push(item.line, column, UnitRole::Paragraph, String::new());
            }
            let is_numbered = start.is_some();
            let unit = &mut self.units[first];
            if unit.role == UnitRole::Paragraph {
                unit.role = UnitRole::Item { is_numbered };
            }
            unit.marker.insert_str(0, &marker);
            if let Some(done) = item.done {
                unit.text.insert_str(0, if done { "[x] " } else { "[ ] " });
            }
            unit.is_tight = if n == 0 { follows_tightly } else { is_tight };
        }
        self.in_tight_item = follows_tightly;
    }
}

/// The lines before the text of an admonition: the mark of an alert, or its title.
fn admonition_head(label: &str) -> String {
    match label.to_lowercase().as_str() {
        kind @ ("note" | "tip" | "important" | "warning" | "caution") => {
            format!("[!{}]\n", kind.to_uppercase())
        }
        "" => String::new(),
        _ => format!("{}\n\n", emphasise(label, "**")),
    }
}

/// Whether the first paragraph is followed by at most a nested list.
fn is_tight(item: &Item) -> bool {
    let rest = item.body.iter().skip(1);
    rest.clone().count() <= 1
        && rest.into_iter().all(|block| {
            let Content::List { items, .. } = &block.content else { return false };
            items.iter().all(is_tight)
        })
}

fn quoted(text: &str) -> String {
    let line = |line: &str| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn table(header: &[String], rows: &[Vec<String>]) -> String {
    let width = rows.iter().map(Vec::len).chain([header.len()]).max().unwrap_or(0);
    let mut out = String::new();
    let mut row = |cells: &[String]| {
        for n in 0..width {
            out.push_str("| ");
            out.push_str(&cells.get(n).map_or(String::new(), |cell| cell_text(cell)));
            out.push(' ');
        }
        out.push_str("|\n");
    };
    // Markdown has no table without a header.
    let (header, rows) = match (header, rows.split_first()) {
        ([], Some((first, rest))) => (first.as_slice(), rest),
        (header, _) => (header, rows),
    };
    row(header);
    row(&vec!["---".to_owned(); width]);
    for cells in rows {
        row(cells);
    }
    out.truncate(out.trim_end().len());
    out
}

/// A cell on one line, its bars escaped.
fn cell_text(cell: &str) -> String {
    let lines: Vec<&str> = cell.trim().lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let text =
        lines.join(if cell.contains("\n\n") || cell.contains("\\\n") { "<br>" } else { " " });
    let text = text.replace("\\<br>", "<br>");
    text.replace("\\|", "|").replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str) -> Block {
        Block::new(0, Content::Paragraph(text.into()))
    }

    fn list(start: Option<u64>, items: Vec<Vec<Block>>) -> Block {
        let items = items.into_iter().map(|body| Item { body, ..Item::default() }).collect();
        Block::new(0, Content::List { start, items })
    }

    #[test]
    fn blocks_become_markdown() {
        let blocks = [
            paragraph("1. of all"),
            list(
                None,
                vec![
                    vec![
                        paragraph("a"),
                        list(Some(9), vec![vec![paragraph("b")], vec![paragraph("c")]]),
                    ],
                    vec![paragraph("d")],
                ],
            ),
            list(
                None,
                vec![vec![
                    paragraph("a"),
                    Block::new(0, Content::Code { language: "sh".into(), text: "x\ny\n".into() }),
                ]],
            ),
            Block::new(
                0,
                Content::Definition {
                    term: "Oil".into(),
                    body: vec![paragraph("It\nslips"), paragraph("So")],
                },
            ),
            Block::new(
                0,
                Content::Admonition { label: "Tip".into(), body: vec![paragraph("Be careful")] },
            ),
            Block::new(
                0,
                Content::Table {
                    header: Vec::new(),
                    rows: vec![vec!["a".into(), "b|c".into()], vec!["d".into()]],
                },
            ),
        ];
        let expected = "1\\. of all\n\n- a\n  9. b\n  10. c\n- d\n\n- a\n\n  ```sh\n  x\n  y\n  ```\n\n\
            Oil\n: It\n  slips\n\n  So\n\n> [!TIP]\n> Be careful\n\n| a | b\\|c |\n| --- | --- |\n| d |  |";
        assert_eq!(render(&units(&blocks)), expected);
    }

    #[test]
    fn a_part_of_a_list_moves_to_the_left_edge() {
        let blocks = [list(
            Some(1),
            vec![vec![paragraph("How?"), paragraph("So."), list(None, vec![vec![paragraph("x")]])]],
        )];
        assert_eq!(render(&units(&blocks)[1..]), "So.\n\n- x");
        let definition = Content::Definition {
            term: "Why?".into(),
            body: vec![paragraph("So."), paragraph("Yes.")],
        };
        assert_eq!(render(&units(&[Block::new(0, definition)])[1..]), "So.\n\nYes.");
    }
}
