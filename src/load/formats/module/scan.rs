//! Finds the literals in source code: lists, objects (arrays in PHP) and markup.
//!
//! One pass over the text, without a grammar of the whole language: everything that is not a
//! literal is skipped, except for literals inside it. Computed values are missing.
//!
//! Considered: `json5` and `jsonc-parser` do not read modules; `swc`, `oxc`, `boa` are whole
//! compilers; tree-sitter's grammars take longer to build than the rest of the program.

use super::cursor::{Delivery, ItemStart, Scanner};
use super::syntax::ModuleSyntax;
use super::text::is_word;
use crate::load::formats::xml::tree::Element;
use crate::load::value::{Map, Value};
use std::borrow::Cow;

/// A longer object is a map, not a record.
const MAX_RECORD_FIELDS: usize = 64;

/// Delivers the literals of a module, and returns its markup.
pub(super) fn scan<'a>(
    text: &'a str,
    syntax: ModuleSyntax,
    delivery: Delivery<'a, '_>,
) -> Vec<Element<'a>> {
    let mut scanner = Scanner::new(text, syntax, delivery);
    if syntax == ModuleSyntax::Php && !text.trim_start().starts_with("<?") {
        scanner.skip_to_php();
    }
    while scanner.at < text.len() {
        scanner.code(None);
        // An unmatched closing bracket.
        scanner.at += 1;
        scanner.at = scanner.text.ceil_char_boundary(scanner.at);
    }
    scanner.deliver_literals(text.len());
    scanner.markup
}

impl<'a> Scanner<'a, '_> {
    /// Skips code up to its closing bracket, keeping the literals in it.
    pub(super) fn code(&mut self, close: Option<char>) {
        // The previous token decides whether `<` begins markup and `/` an expression.
        let mut after_value = false;
        loop {
            self.space();
            let Some(c) = self.peek() else { return };
            match c {
                _ if Some(c) == close => {
                    self.bump();
                    return;
                }
                ')' | ']' | '}' => {
                    if close.is_none() {
                        return;
                    }
                    self.bump();
                    after_value = true;
                }
                '"' | '\'' | '`' => {
                    self.string();
                    after_value = true;
                }
                '<' | '[' if self.marked_string().is_some() => after_value = true,
                '<' if !after_value && self.is_markup() => {
                    if let Some(element) = self.element() {
                        self.markup.push(element);
                    }
                    after_value = true;
                }
                '[' | '{' | '(' if self.syntax.is_program() => {
                    let value = self.group();
                    self.keep(value);
                    after_value = true;
                }
                '[' | '{' if !(after_value && c == '[') => {
                    let value = self.bracketed();
                    self.keep(value);
                    after_value = c == '[';
                }
                '[' | '(' => {
                    self.nested(|scanner| {
                        scanner.bump();
                        scanner.code(Some(if c == '[' { ']' } else { ')' }));
                    });
                    after_value = true;
                }
                '/' if !after_value => self.pattern(),
                c if is_word(c) => {
                    let word = self.word_in_code();
                    after_value =
                        !matches!(word, "return" | "default" | "case" | "typeof" | "else");
                }
                _ => {
                    after_value = false;
                    self.bump();
                }
            }
        }
    }

    /// A word in code, with the literal that it may begin: an array of PHP, or a call.
    fn word_in_code(&mut self) -> &'a str {
        let word = self.word();
        if self.syntax == ModuleSyntax::Php && word == "array" && self.starts("(") {
            let value = self.bracketed();
            self.keep(value);
        }
        if self.syntax.is_program() && self.starts("(") {
            let value = self.call(word);
            self.keep(value);
        }
        word
    }

    /// A list, an object, or a block of code, which has no value.
    pub(super) fn bracketed(&mut self) -> Value<'a> {
        if self.syntax.is_program() {
            return self.group();
        }
        self.nested(|scanner| {
            let open = scanner.peek();
            scanner.bump();
            scanner.around += 1;
            let value = match open {
                Some('{') => scanner.object().map_or(Value::Null, Value::Map),
                Some('(') => scanner.list(')'),
                _ => scanner.list(']'),
            };
            scanner.around -= 1;
            value
        })
    }

    /// `{key: value, …}`; `None` for a block of code.
    fn object(&mut self) -> Option<Map<'a>> {
        let mut map = Map::new();
        let mut from = self.at;
        loop {
            self.deliver_members(&mut from, &mut Vec::new(), &mut map);
            self.space();
            match self.peek()? {
                '}' => {
                    self.bump();
                    return Some(map);
                }
                ',' | ';' => {
                    self.bump();
                    continue;
                }
                ')' | ']' => return Some(map),
                _ => {}
            }
            if self.eat("...") {
                let _ = self.value();
                continue;
            }
            let key = self.key();
            self.space();
            let is_optional = self.eat("?");
            let key = key.filter(|_| self.starts(":") && !self.starts("::"));
            let Some(key) = key else {
                if is_optional || !self.shorthand() {
                    self.code(Some('}'));
                    return (!map.is_empty()).then_some(map);
                }
                continue;
            };
            self.bump();
            let (key, value) = self.field(key);
            map.extend(key.map(|key| (key, value)));
            from = from.max(self.delivered_to);
        }
    }

    /// A key with the value that follows.
    pub(super) fn field(&mut self, key: Cow<'a, str>) -> (Option<Cow<'a, str>>, Value<'a>) {
        self.path.push(key);
        let value = self.value();
        (self.path.pop(), value)
    }

    /// Delivers the items of a bracket if they are records, or its fields if they are a map, once
    /// the text from `from` on is as long as a piece.
    pub(super) fn deliver_members(
        &mut self,
        from: &mut usize,
        items: &mut Vec<Value<'a>>,
        map: &mut Map<'a>,
    ) {
        if self.held > 0 || !self.is_piece_from(*from) {
            return;
        }
        if items.is_empty() {
            if map.len() > MAX_RECORD_FIELDS {
                self.deliver_part(*from, Value::Map(std::mem::take(map)));
                *from = self.at;
            }
            return;
        }
        if map.is_empty() && holds_records(items) {
            self.deliver_part(*from, Value::List(std::mem::take(items)));
        }
        *from = self.at;
    }

    /// Skips a field without a value: a name alone, or a method.
    fn shorthand(&mut self) -> bool {
        self.space();
        match self.peek() {
            Some(',' | '}') => true,
            Some('(') => {
                self.nested(|scanner| {
                    scanner.bump();
                    scanner.code(Some(')'));
                });
                self.space();
                let is_method = self.starts("{");
                if is_method {
                    let _ = self.bracketed();
                }
                is_method
            }
            _ => false,
        }
    }

    fn key(&mut self) -> Option<Cow<'a, str>> {
        match self.peek()? {
            '"' | '\'' | '`' => self.string(),
            c if is_word(c) => Some(Cow::Borrowed(self.word())),
            _ => None,
        }
    }

    /// The items of a list up to its end; with keys, as in PHP, an object.
    pub(super) fn list(&mut self, close: char) -> Value<'a> {
        let (mut items, mut map) = (Vec::new(), Map::new());
        let mut from = self.at;
        loop {
            self.deliver_members(&mut from, &mut items, &mut map);
            match self.item_start(close) {
                ItemStart::Item => {}
                ItemStart::Separator => continue,
                ItemStart::End => break,
            }
            let before = self.at;
            let held = items.len() + map.len();
            self.held += held;
            let value = self.value();
            self.held -= held;
            from = from.max(self.delivered_to);
            self.space();
            if self.eat("=>") {
                let key = match value {
                    Value::Text(text) | Value::Scalar(text) => text,
                    Value::Null | Value::List(_) | Value::Map(_) => Cow::Borrowed(""),
                };
                let (key, value) = self.field(key);
                map.extend(key.map(|key| (key, value)));
                from = from.max(self.delivered_to);
            } else {
                items.push(value);
            }
            if self.at == before {
                self.bump();
            }
        }
        if map.is_empty() { Value::List(items) } else { Value::Map(map) }
    }
}

fn holds_records(items: &[Value<'_>]) -> bool {
    !items.is_empty() && items.iter().all(|item| matches!(item, Value::Map(_) | Value::List(_)))
}
