//! Reads the words, names and values of SQL.

use crate::load::value::Value;
use std::borrow::Cow;

pub(super) struct SqlCursor<'a> {
    text: &'a str,
    at: usize,
    /// `\` escapes in strings, as in `MySQL`.
    escapes: bool,
    /// The line of `counted`.
    line: u32,
    counted: usize,
}

impl<'a> SqlCursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let escapes = text.contains("\\'") || text.contains("INSERT INTO `");
        Self { text, at: 0, escapes, line: 1, counted: 0 }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// The line of the next byte, from 1.
    fn line(&mut self) -> u32 {
        let passed = &self.text.as_bytes()[self.counted..self.at];
        self.line += memchr::memchr_iter(b'\n', passed).count() as u32;
        self.counted = self.at;
        self.line
    }

    /// Skips blanks and comments.
    fn skip_blanks(&mut self) {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
            let end = match self.rest() {
                rest if rest.starts_with("--") => rest.find('\n'),
                rest if rest.starts_with("/*") => rest.find("*/").map(|at| at + 2),
                _ => return,
            };
            self.at = end.map_or(self.text.len(), |end| self.at + end);
        }
    }

    /// The next word, if one is next.
    fn word(&mut self) -> Option<&'a str> {
        self.skip_blanks();
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        self.at += end;
        (end > 0).then(|| &rest[..end])
    }

    /// Takes the next word if it is this one.
    pub(super) fn takes(&mut self, wanted: &str) -> bool {
        let start = self.at;
        let is_wanted = self.word().is_some_and(|word| word.eq_ignore_ascii_case(wanted));
        if !is_wanted {
            self.at = start;
        }
        is_wanted
    }

    fn takes_sign(&mut self, sign: &str) -> bool {
        self.skip_blanks();
        let is_next = self.rest().starts_with(sign);
        self.at += if is_next { sign.len() } else { 0 };
        is_next
    }

    /// The first word of the next statement.
    pub(super) fn statement(&mut self) -> Option<&'a str> {
        loop {
            if let Some(word) = self.word() {
                return Some(word);
            }
            self.at += self.rest().chars().next()?.len_utf8();
        }
    }

    /// Skips the words up to and including this one.
    pub(super) fn skip_past(&mut self, wanted: &str) -> bool {
        while let Some(word) = self.word() {
            if word.eq_ignore_ascii_case(wanted) {
                return true;
            }
        }
        false
    }

    /// Skips the rest of the statement.
    pub(super) fn end_statement(&mut self) {
        self.skip_to(|sign| sign == ';');
        self.takes_sign(";");
    }

    /// Skips to a sign outside of strings, comments and parentheses; to the end without one.
    fn skip_to(&mut self, is_end: impl Fn(char) -> bool) {
        let mut depth = 0_usize;
        loop {
            self.skip_blanks();
            let Some(sign) = self.rest().chars().next() else { return };
            if depth == 0 && is_end(sign) {
                return;
            }
            if matches!(sign, '\'' | '"' | '`') {
                self.string();
                continue;
            }
            match sign {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.at += sign.len_utf8();
        }
    }

    /// A name, without its schema: `public.faq`, `"faq"`, `[dbo].[faq]`.
    pub(super) fn name(&mut self) -> String {
        loop {
            self.skip_blanks();
            let name = match self.rest().chars().next() {
                Some('"' | '`') => self.string().unwrap_or_default().into_owned(),
                Some('[') => {
                    let rest = &self.rest()[1..];
                    let end = rest.find(']').unwrap_or(rest.len());
                    self.at = (self.at + end + 2).min(self.text.len());
                    rest[..end].to_owned()
                }
                _ => self.word().unwrap_or_default().to_owned(),
            };
            if !self.rest().starts_with('.') {
                return name;
            }
            self.at += 1;
        }
    }

    /// The parts of a list in parentheses; none without one.
    pub(super) fn parts(&mut self) -> Vec<&'a str> {
        let mut parts = Vec::new();
        if !self.takes_sign("(") {
            return parts;
        }
        loop {
            let start = self.at;
            self.skip_to(|sign| matches!(sign, ',' | ')'));
            parts.push(self.text[start..self.at].trim());
            if !self.takes_sign(",") {
                self.takes_sign(")");
                return parts;
            }
        }
    }

    /// The next row of `VALUES`, and its line. A row that the text does not complete is left out.
    pub(super) fn row(&mut self) -> Option<(u32, Vec<Value<'a>>)> {
        self.takes_sign(",");
        if !self.takes_sign("(") {
            return None;
        }
        let line = self.line();
        let mut values = Vec::new();
        loop {
            values.push(self.value());
            self.skip_to(|sign| matches!(sign, ',' | ')'));
            if self.takes_sign(")") {
                return Some((line, values));
            }
            if !self.takes_sign(",") {
                return None;
            }
        }
    }

    /// A literal, or several joined by `||`; anything else is unknown.
    fn value(&mut self) -> Value<'a> {
        let mut value = self.operand();
        while self.takes_sign("||") {
            let next = self.operand();
            if let (Some(first), Some(next)) = (value.as_scalar(), next.as_scalar()) {
                value = Value::Text(format!("{first}{next}").into());
            }
        }
        value
    }

    fn operand(&mut self) -> Value<'a> {
        self.skip_blanks();
        let rest = self.rest();
        // `N'…'`, `E'…'`
        let prefix = usize::from(rest.starts_with(['N', 'n', 'E', 'e']));
        if rest[prefix..].starts_with(['\'', '"']) {
            let outer = self.escapes;
            self.escapes |= rest.starts_with(['E', 'e']);
            self.at += prefix;
            let text = self.string();
            self.escapes = outer;
            return text.map_or(Value::Null, Value::Text);
        }
        let is_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.');
        let digits = rest.find(|c: char| !is_number(c)).unwrap_or(rest.len());
        if digits > 0 {
            self.at += digits;
            return Value::Scalar(Cow::Borrowed(&rest[..digits]));
        }
        let Some(word) = self.word() else { return Value::Null };
        match word.to_ascii_lowercase().as_str() {
            "true" | "false" => Value::Scalar(Cow::Borrowed(word)),
            "char" | "chr" => self.character(),
            "replace" => self.replaced(),
            _ => Value::Null,
        }
    }

    /// The number in `char(10)`, as a character.
    fn character(&mut self) -> Value<'a> {
        let number = self.parts().first().and_then(|number| number.parse().ok());
        let sign = number.and_then(char::from_u32);
        sign.map_or(Value::Null, |sign| Value::Text(sign.to_string().into()))
    }

    /// The arguments of `replace('a\nb', '\n', char(10))`, which `SQLite` writes for line breaks.
    fn replaced(&mut self) -> Value<'a> {
        let Some((_, values)) = self.row() else { return Value::Null };
        match values.as_slice() {
            [Value::Text(text), Value::Text(from), Value::Text(to)] => {
                Value::Text(text.replace(from.as_ref(), to).into())
            }
            _ => Value::Null,
        }
    }

    /// The text in quotation marks, which are doubled inside; `None` if nothing closes it.
    fn string(&mut self) -> Option<Cow<'a, str>> {
        let mark = self.rest().chars().next()?;
        let inner = self.at + mark.len_utf8();
        let mut text = String::new();
        let mut start = inner;
        let escapes = self.escapes && mark != '`';
        loop {
            let rest = &self.text[start..];
            let Some(at) = rest.find(|c: char| c == mark || escapes && c == '\\') else {
                self.at = self.text.len();
                return None;
            };
            let end = start + at;
            let mut after = self.text[end..].chars();
            let (sign, next) = (after.next()?, after.next());
            if sign == mark && next != Some(mark) {
                self.at = end + sign.len_utf8();
                let last = &self.text[start..end];
                return Some(if text.is_empty() { last.into() } else { (text + last).into() });
            }
            text.push_str(&rest[..at]);
            match (sign, next) {
                ('\\', Some('n')) => text.push('\n'),
                ('\\', Some('t')) => text.push('\t'),
                ('\\', Some('r' | '0')) | (_, None) => {}
                (_, Some(next)) => text.push(next),
            }
            start = end + sign.len_utf8() + next.map_or(0, char::len_utf8);
        }
    }

    /// The rows below `COPY … FROM stdin;`, up to `\.`.
    pub(super) fn copied_rows(&mut self) -> Vec<(u32, Vec<Value<'a>>)> {
        let mut rows = Vec::new();
        let is_stdin = self.takes("from") && self.takes("stdin");
        self.end_statement();
        if !is_stdin {
            return rows;
        }
        self.at += self.rest().find('\n').map_or(self.rest().len(), |at| at + 1);
        while let Some((row, _)) = self.rest().split_once('\n') {
            let line = self.line();
            self.at += row.len() + 1;
            let row = row.trim_end_matches('\r');
            if row == "\\." {
                break;
            }
            rows.push((line, row.split('\t').map(copied).collect()));
        }
        rows
    }
}

/// A cell of `COPY`.
fn copied(cell: &str) -> Value<'_> {
    if cell == "\\N" {
        return Value::Null;
    }
    if !cell.contains('\\') {
        return Value::Text(Cow::Borrowed(cell));
    }
    let mut text = String::with_capacity(cell.len());
    let mut signs = cell.chars();
    while let Some(sign) = signs.next() {
        match (sign, if sign == '\\' { signs.next() } else { None }) {
            ('\\', Some('n')) => text.push('\n'),
            ('\\', Some('t')) => text.push('\t'),
            ('\\', Some('r')) => {}
            ('\\', Some(next)) => text.push(next),
            (sign, _) => text.push(sign),
        }
    }
    Value::Text(text.into())
}
