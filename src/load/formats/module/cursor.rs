//! A position in the source, and the literals before it.

use super::syntax::ModuleSyntax;
use super::text::{
    heredoc_body, heredoc_name, is_word, long_bracket, percent_string, read_string, sigil,
};
use crate::load::formats::xml::tree::Element;
use crate::load::value::{Map, Value};
use std::borrow::Cow;
use std::ops::Range;

/// Nesting depth; deeper brackets are skipped.
const MAX_DEPTH: usize = 100;

/// Receives literals and their range in the text; returns false when no more are wanted.
pub(super) type Take<'a, 's> = dyn FnMut(Range<usize>, Vec<Value<'a>>) -> bool + 's;

/// How literals are delivered before the text ends.
pub(super) struct Delivery<'a, 's> {
    /// Bytes of text between two deliveries.
    pub(super) piece: usize,
    pub(super) take: &'s mut Take<'a, 's>,
}

pub(super) struct Scanner<'a, 's> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) syntax: ModuleSyntax,
    depth: usize,
    delivery: Delivery<'a, 's>,
    /// All literals before this offset are delivered.
    pub(super) delivered_to: usize,
    /// The keys of the objects around the current offset.
    pub(super) path: Vec<Cow<'a, str>>,
    /// The number of lists and objects around the current offset.
    pub(super) around: usize,
    /// The number of undelivered items of the lists around it.
    pub(super) held: usize,
    /// The end of the line with a heredoc of Ruby, and the end of its text below.
    heredoc: Option<Range<usize>>,
    /// Quotes of multi-line strings that are never closed.
    unclosed: Vec<char>,
    /// Top-level lists and objects that are not delivered yet.
    pub(super) literals: Vec<Value<'a>>,
    /// Markup outside of literals.
    pub(super) markup: Vec<Element<'a>>,
}

/// What is found where an item of a bracket may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemStart {
    Item,
    /// A separator, which is skipped.
    Separator,
    /// The end of the bracket: its closing sign was skipped, or is missing.
    End,
}

impl<'a, 's> Scanner<'a, 's> {
    /// Looks for the next item of a bracket that is closed by `close`.
    pub(super) fn item_start(&mut self, close: char) -> ItemStart {
        self.space();
        match self.peek() {
            Some(c) if c == close => {
                self.bump();
                ItemStart::End
            }
            None | Some(')' | ']' | '}') => ItemStart::End,
            Some(',' | ';') => {
                self.bump();
                ItemStart::Separator
            }
            Some(_) => ItemStart::Item,
        }
    }

    pub(super) fn new(text: &'a str, syntax: ModuleSyntax, delivery: Delivery<'a, 's>) -> Self {
        Self {
            text,
            at: 0,
            syntax,
            depth: 0,
            delivery,
            delivered_to: 0,
            path: Vec::new(),
            around: 0,
            held: 0,
            heredoc: None,
            unclosed: Vec::new(),
            literals: Vec::new(),
            markup: Vec::new(),
        }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn starts(&self, with: &str) -> bool {
        self.rest().starts_with(with)
    }

    pub(super) fn bump(&mut self) {
        self.at += self.peek().map_or(1, char::len_utf8);
    }

    /// Skips an expected token, if it is there.
    pub(super) fn eat(&mut self, token: &str) -> bool {
        let is_there = self.starts(token);
        if is_there {
            self.at += token.len();
        }
        is_there
    }

    pub(super) fn skip_to_php(&mut self) {
        let next = self.rest().find("<?");
        self.at = next.map_or(self.text.len(), |next| self.at + next);
    }

    /// Skips blanks and comments.
    pub(super) fn space(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start().len();
            self.at += blank;
            if self.skip_heredoc() {
                continue;
            }
            let rest = self.rest();
            let line_end = || rest.find('\n').unwrap_or(rest.len());
            if self.syntax.has_slash_comments() && rest.starts_with("//")
                || self.syntax.has_hash_comments() && rest.starts_with('#')
            {
                self.at += line_end();
            } else if self.syntax.has_slash_comments() && rest.starts_with("/*") {
                self.at += rest.find("*/").map_or(rest.len(), |end| end + 2);
            } else if self.syntax == ModuleSyntax::Lua && rest.starts_with("--") {
                let block = long_bracket(&rest[2..]).map(|(_, length)| length + 2);
                self.at += block.unwrap_or_else(line_end);
            } else if self.syntax == ModuleSyntax::Php && rest.starts_with("?>") {
                self.skip_to_php();
                if self.at == self.text.len() {
                    return;
                }
            } else if self.syntax == ModuleSyntax::Php && rest.starts_with("<?") {
                self.at += rest.find(|c: char| c.is_whitespace()).unwrap_or(rest.len());
            } else {
                return;
            }
        }
    }

    /// Runs `inner` one level deeper; beyond the limit everything is skipped.
    pub(super) fn nested<T: Default>(&mut self, inner: impl FnOnce(&mut Self) -> T) -> T {
        if self.depth >= MAX_DEPTH {
            self.at = self.text.len();
            return T::default();
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    pub(super) fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    pub(super) fn string(&mut self) -> Option<Cow<'a, str>> {
        let quote = self.peek()?;
        let read = if self.unclosed.contains(&quote) {
            None
        } else {
            read_string(self.rest(), self.syntax)
        };
        if let Some((text, length)) = read {
            self.at += length;
            return Some(text);
        }
        if quote == '`' || self.syntax == ModuleSyntax::Php {
            self.unclosed.push(quote);
        }
        self.bump();
        None
    }

    /// A string without quotes: a heredoc or `%q(…)` of Ruby, `[[…]]` of Lua.
    pub(super) fn marked_string(&mut self) -> Option<Cow<'a, str>> {
        let (text, length) = match self.syntax {
            ModuleSyntax::Lua => long_bracket(self.rest())?,
            ModuleSyntax::Scripted if self.starts("<<") => return self.heredoc(),
            ModuleSyntax::Scripted => percent_string(self.rest())?,
            ModuleSyntax::Elixir => sigil(self.rest())?,
            ModuleSyntax::Script
            | ModuleSyntax::Jsx
            | ModuleSyntax::Php
            | ModuleSyntax::Perl
            | ModuleSyntax::Compiled => {
                return None;
            }
        };
        self.at += length;
        Some(text)
    }

    /// `<<~NAME`, whose text begins on the next line, or below that of another heredoc.
    fn heredoc(&mut self) -> Option<Cow<'a, str>> {
        let (name, length) = heredoc_name(self.rest())?;
        let line_end = self.at + self.rest().find('\n')?;
        let pending = self.heredoc.clone().filter(|heredoc| heredoc.start == line_end);
        let from = pending.map_or(line_end + 1, |heredoc| heredoc.end);
        let (text, body) = heredoc_body(self.text.get(from..)?, name)?;
        self.heredoc = Some(line_end..from + body);
        self.at += length;
        Some(text)
    }

    /// Skips the text of heredocs at the end of their line; whether there was one.
    fn skip_heredoc(&mut self) -> bool {
        let passed = self.heredoc.take_if(|heredoc| heredoc.start < self.at);
        if let Some(heredoc) = &passed {
            self.at = self.at.max(heredoc.end);
        }
        passed.is_some()
    }

    /// Skips a regular expression, or a division sign.
    pub(super) fn pattern(&mut self) {
        self.bump();
        let line = self.rest().lines().next().unwrap_or_default();
        let mut escaped = false;
        let end = line.char_indices().find(|&(_, c)| {
            let ends = c == '/' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        if let Some((end, _)) = end {
            self.at += end + 1;
        }
    }

    /// Keeps a literal unless it is empty.
    pub(super) fn keep(&mut self, value: Value<'a>) {
        let has_something = match &value {
            Value::List(items) => !items.is_empty(),
            Value::Map(map) => !map.is_empty(),
            Value::Null | Value::Scalar(_) | Value::Text(_) => false,
        };
        if has_something {
            self.literals.push(value);
        }
        if self.around == 0 && self.held == 0 && self.is_piece_from(self.delivered_to) {
            self.deliver_literals(self.at);
        }
    }

    /// Whether the text between `from` and the current offset is long enough to be delivered.
    pub(super) fn is_piece_from(&self, from: usize) -> bool {
        self.at - from >= self.delivery.piece
    }

    /// Delivers the literals that were kept before `to`.
    pub(super) fn deliver_literals(&mut self, to: usize) {
        let literals = std::mem::take(&mut self.literals);
        if !literals.is_empty() {
            self.deliver(self.delivered_to.min(to)..to, literals);
        }
    }

    /// Delivers a part of the literal that opens around `from`, under the keys around it.
    pub(super) fn deliver_part(&mut self, from: usize, part: Value<'a>) {
        self.deliver_literals(from);
        let below = |part, key: &Cow<'a, str>| Value::Map(Map::from([(key.clone(), part)]));
        let part = self.path.iter().rev().fold(part, below);
        self.deliver(from..self.at, vec![part]);
    }

    fn deliver(&mut self, range: Range<usize>, literals: Vec<Value<'a>>) {
        self.delivered_to = range.end;
        if !(self.delivery.take)(range, literals) {
            self.at = self.text.len();
        }
    }
}
