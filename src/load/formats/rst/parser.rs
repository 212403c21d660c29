//! The lines of a text, and the state shared by its blocks.

use super::inline::References;

/// An adornment character, and whether it is above the title too. The order of first use gives
/// levels.
pub(super) type Adornment = (char, bool);

/// A position in the lines of a text or of a nested block.
pub(super) struct RstParser<'a, 'd> {
    pub(super) lines: &'a [&'a str],
    pub(super) at: usize,
    /// The number of the line before the first.
    pub(super) first_line: u32,
    pub(super) depth: usize,
    pub(super) references: &'d References,
    pub(super) adornments: &'d mut Vec<Adornment>,
}

impl<'a, 'd> RstParser<'a, 'd> {
    pub(super) fn new(
        lines: &'a [&'a str],
        first_line: u32,
        depth: usize,
        references: &'d References,
        adornments: &'d mut Vec<Adornment>,
    ) -> Self {
        Self { lines, at: 0, first_line, depth, references, adornments }
    }

    pub(super) fn number(&self) -> u32 {
        self.first_line + self.at as u32 + 1
    }

    /// A line without trailing blanks; empty after the last.
    pub(super) fn line(&self, below: usize) -> &'a str {
        self.lines.get(self.at + below).map_or("", |line| line.trim_end())
    }

    /// Takes the lines that are indented by `column` or more, without that indentation.
    pub(super) fn indented(&mut self, column: usize) -> Vec<&'a str> {
        let from = self.at;
        while self.at < self.lines.len() {
            let line = self.line(0);
            if !line.is_empty() && indent(line) < column {
                break;
            }
            self.at += 1;
        }
        let mut lines: Vec<&str> = self.lines[from..self.at].to_vec();
        while lines.last().is_some_and(|line| line.trim().is_empty()) {
            lines.pop();
        }
        lines.iter().map(|line| line.get(column..).unwrap_or("")).collect()
    }

    pub(super) fn least_indent(&self) -> usize {
        let lines = self.lines[self.at..].iter().map(|line| line.trim_end());
        let block = lines.take_while(|line| line.is_empty() || indent(line) > 0);
        block.filter(|line| !line.is_empty()).map(indent).min().unwrap_or(1)
    }
}

pub(super) fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The character of a line that repeats a single one.
pub(super) fn adornment(line: &str) -> Option<char> {
    let sign = line.chars().next().filter(char::is_ascii_punctuation)?;
    let is_short_dots = matches!(line, "..." | "::");
    (line.len() >= 3 && !is_short_dots && line.chars().all(|c| c == sign)).then_some(sign)
}

/// `:name: value`.
pub(super) fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix(':')?.split_once(':')?;
    let is_name = !name.is_empty() && !name.starts_with(' ') && !name.contains('`');
    (is_name && (value.is_empty() || value.starts_with(' '))).then(|| (name, value.trim()))
}
