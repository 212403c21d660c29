//! Markup in source code: JSX, and the templates of components.

use super::cursor::Scanner;
use super::syntax::ModuleSyntax;
use super::text::is_word;
use crate::load::formats::xml::tree::{Element, Node};
use crate::load::value::Value;
use std::borrow::Cow;

/// Elements without content.
const VOID: &[&str] = &["br", "hr", "img", "input", "meta", "link", "source", "wbr", "area", "col"];

impl<'a> Scanner<'a, '_> {
    /// Whether an element or a fragment begins here.
    pub(super) fn is_markup(&self) -> bool {
        let mut chars = self.rest().chars().skip(1);
        self.syntax == ModuleSyntax::Jsx
            && chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '>')
    }

    /// An element; `None` if it turns out to be something else, such as a TypeScript type.
    pub(super) fn element(&mut self) -> Option<Element<'a>> {
        self.bump();
        let mut element = Element { name: self.tag_name(), ..Element::default() };
        loop {
            self.space();
            match self.peek()? {
                '/' if self.eat("/>") => return Some(element),
                '>' => {
                    self.bump();
                    break;
                }
                '{' => {
                    self.bump();
                    let _ = self.value();
                    self.eat("}");
                }
                c if is_word(c) || matches!(c, ':' | '#' | '-' | '.') => {
                    self.attribute(&mut element);
                }
                // `a < b` and `<T,>(x)`. Backtracking would take exponential time.
                _ => return None,
            }
        }
        match element.name {
            // Its content is code.
            "script" => {}
            "style" => {
                let rest = self.rest();
                self.at += rest.find("</style>").unwrap_or(rest.len());
            }
            name if VOID.contains(&name) => {}
            _ => self.children(&mut element),
        }
        Some(element)
    }

    fn tag_name(&mut self) -> &'a str {
        let rest = self.rest();
        let is_name = |c: char| is_word(c) || matches!(c, '.' | '-' | ':');
        let length = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn attribute(&mut self, element: &mut Element<'a>) {
        let rest = self.rest();
        let is_name = |c: char| !c.is_whitespace() && !matches!(c, '=' | '>' | '/' | '{' | '"');
        let length = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len()).max(1);
        self.at += length;
        let name = &rest[..length];
        if !self.eat("=") {
            element.attributes.push((Cow::Borrowed(name), String::new()));
            return;
        }
        let value = match self.peek() {
            Some('{') => {
                self.bump();
                let value = self.value();
                self.eat("}");
                value
            }
            Some('"' | '\'') => self.quoted(),
            _ => Value::Null,
        };
        match value {
            Value::Text(text) => element.attributes.push((Cow::Borrowed(name), text.into_owned())),
            Value::List(_) | Value::Map(_) => self.literals.push(value),
            Value::Null | Value::Scalar(_) => {}
        }
    }

    /// The value of an attribute, whose only escapes are entities.
    fn quoted(&mut self) -> Value<'a> {
        let rest = self.rest();
        let quote = &rest[..1];
        let Some(end) = rest[1..].find(quote) else {
            self.bump();
            return Value::Null;
        };
        self.at += end + 2;
        Value::Text(crate::markup::source::decode(&rest[1..=end]))
    }

    fn children(&mut self, element: &mut Element<'a>) {
        loop {
            let rest = self.rest();
            let Some(next) = rest.find(['<', '{']) else {
                self.at = self.text.len();
                return;
            };
            push_text(element, &rest[..next]);
            self.at += next;
            if self.starts("</") {
                self.at += self.rest().find('>').map_or(self.rest().len(), |end| end + 1);
                return;
            } else if self.starts("<!--") {
                self.at += self.rest().find("-->").map_or(self.rest().len(), |end| end + 3);
            } else if self.starts("<") {
                match self.is_markup().then(|| self.nested(Self::element)).flatten() {
                    Some(child) => element.children.push(Node::Element(child)),
                    None => self.bump(),
                }
            } else if self.starts("{{") {
                // A computed part of a template.
                let rest = self.rest();
                self.at += rest.find("}}").map_or(rest.len(), |end| end + 2);
            } else {
                self.computed(element);
            }
        }
    }

    /// `{"text"}`, `{shown && <b>so</b>}`, `{items.map(item => <li/>)}`.
    fn computed(&mut self, element: &mut Element<'a>) {
        self.bump();
        let before = self.markup.len();
        match self.value() {
            Value::Text(text) => element.children.push(Node::Raw(text.into_owned())),
            value @ (Value::List(_) | Value::Map(_)) => self.literals.push(value),
            Value::Null | Value::Scalar(_) => {}
        }
        let inner = self.markup.split_off(before);
        element.children.extend(inner.into_iter().map(Node::Element));
        self.space();
        if !self.eat("}") {
            self.code(Some('}'));
        }
    }
}

/// Text between elements; a line break with the blanks around it is one blank.
fn push_text(element: &mut Element<'_>, raw: &str) {
    if raw.trim().is_empty() && (raw.contains('\n') || raw.is_empty()) {
        return;
    }
    let words = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    let before = if raw.starts_with(char::is_whitespace) { " " } else { "" };
    let after = if raw.ends_with(char::is_whitespace) && !words.is_empty() { " " } else { "" };
    let text = crate::markup::source::decode(&words).into_owned();
    element.children.push(Node::Text(format!("{before}{text}{after}")));
}
