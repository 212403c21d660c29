//! Expressions: literals, texts joined with `+`, calls with one argument; null for computed values.

use super::cursor::Scanner;
use super::program::{names_a_question, record};
use super::syntax::ModuleSyntax;
use super::text::{delimited, is_word, read_raw};
use crate::load::value::Value;
use std::borrow::Cow;

impl<'a> Scanner<'a, '_> {
    /// An expression up to the comma or bracket after it; null for a computed value.
    pub(super) fn value(&mut self) -> Value<'a> {
        let mut value = self.nested(Self::operand);
        loop {
            self.space();
            let Some(c) = self.peek() else { return value };
            match c {
                ',' | ';' | ')' | ']' | '}' => return value,
                '=' if self.starts("=>") && self.syntax == ModuleSyntax::Php => return value,
                ':' | '=' if self.syntax.is_program() => {
                    if !(self.eat("::") || self.eat("==")) {
                        return value;
                    }
                }
                // The result of an arrow function.
                '=' if self.eat("=>") => value = self.nested(Self::operand),
                '+' | '.' | '<' if self.eat(self.syntax.concatenation()) => {
                    let next = self.nested(Self::operand);
                    value = joined(value, next);
                }
                // A pair of Scala.
                '-' if self.starts("->")
                    && self.syntax == ModuleSyntax::Compiled
                    && matches!(value, Value::Text(_)) =>
                {
                    return value;
                }
                '(' | '[' | '{' => {
                    let inner = self.bracketed();
                    self.keep(inner);
                }
                '|' | '&' | '?' if !matches!(value, Value::Null) => {
                    self.bump();
                    let _ = self.nested(Self::operand);
                }
                // Adjacent strings are concatenated; the first may have a prefix.
                '"' | '\'' | '`' if self.syntax.is_program() => {
                    let next = self.string().map_or(Value::Null, Value::Text);
                    value = joined(value, next);
                }
                '"' | '\'' | '`' => _ = self.string(),
                c if is_word(c) => {
                    let start = self.at;
                    let is_pair = matches!(value, Value::Text(_)) && self.syntax.is_program();
                    if self.word() == "to" && is_pair {
                        self.at = start;
                        return value;
                    }
                }
                _ => self.bump(),
            }
        }
    }

    fn operand(&mut self) -> Value<'a> {
        self.space();
        let Some(c) = self.peek() else { return Value::Null };
        match c {
            '"' | '\'' | '`' => self.string().map_or(Value::Null, Value::Text),
            '<' if self.starts("<<<") => self.string().map_or(Value::Null, Value::Text),
            '<' | '%' | '[' | '~' if let Some(text) = self.marked_string() => Value::Text(text),
            '<' if self.syntax.is_program() => {
                self.type_arguments();
                if self.starts("<") { Value::Null } else { self.nested(Self::operand) }
            }
            '<' if self.is_markup() => {
                self.element().map_or(Value::Null, |element| Value::Text(element.to_html().into()))
            }
            '%' if self.syntax == ModuleSyntax::Elixir => {
                // `%{…}` and `%Name{…}`
                self.bump();
                let _ = self.word();
                self.nested(Self::operand)
            }
            '[' | '{' => self.bracketed(),
            '(' if self.syntax.is_program() => match self.group() {
                // Brackets around one value.
                Value::List(mut items) if items.len() == 1 => items.pop().unwrap_or_default(),
                value => value,
            },
            '(' => self.parenthesised(),
            '-' => {
                let start = self.at;
                self.bump();
                self.digits();
                number(&self.text[start..self.at])
            }
            c if is_word(c) => self.named(),
            _ => Value::Null,
        }
    }

    /// Skips the digits of a number.
    fn digits(&mut self) {
        let _ = self.word();
        if self.starts(".") {
            self.bump();
            let _ = self.word();
        }
    }

    /// `(value)`, or the parameters of a function.
    fn parenthesised(&mut self) -> Value<'a> {
        self.bump();
        let value = self.value();
        loop {
            self.space();
            match self.peek() {
                Some(')') => {
                    self.bump();
                    return value;
                }
                Some(',' | ';') => {
                    self.bump();
                    let _ = self.value();
                }
                _ => return value,
            }
        }
    }

    /// A number, a truth value, a call, or a name with unknown value.
    fn named(&mut self) -> Value<'a> {
        let start = self.at;
        let mut word = self.word();
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            self.at = start;
            self.digits();
            return number(&self.text[start..self.at]);
        }
        if self.syntax == ModuleSyntax::Php && word == "array" && self.starts("(") {
            return self.bracketed();
        }
        if self.syntax == ModuleSyntax::Perl
            && matches!(word, "q" | "qq")
            && let Some((text, length)) = delimited(self.rest())
        {
            self.at += length;
            return Value::Text(text);
        }
        if self.syntax.is_program()
            && let Some((text, length)) = read_raw(word, self.rest())
        {
            self.at += length;
            return Value::Text(text);
        }
        while self.syntax != ModuleSyntax::Php && self.starts(".") || self.starts("->") {
            self.at += if self.starts(".") { 1 } else { 2 };
            word = self.word();
        }
        match word {
            "true" | "false" => return Value::Scalar(Cow::Borrowed(word)),
            "True" | "False" if self.syntax == ModuleSyntax::Scripted => {
                let is_true = word == "True";
                return Value::Scalar(Cow::Borrowed(if is_true { "true" } else { "false" }));
            }
            "new" | "await" | "async" | "function" | "const" => {
                self.space();
                return if self.peek().is_some_and(|c| is_word(c) || c == '(') {
                    self.nested(Self::operand)
                } else {
                    Value::Null
                };
            }
            _ => {}
        }
        if self.syntax.is_program() {
            return self.call(word);
        }
        if !self.starts("(") && !self.starts("`") {
            return Value::Null;
        }
        if self.starts("(") && names_a_question(word) {
            return self.question_call();
        }
        // The text of `t("…")` and `html`…``; a dictionary key is not a text.
        let inner = self.nested(Self::operand);
        self.argument(inner)
    }

    /// The record of a call that constructs a question, or its only argument.
    fn question_call(&mut self) -> Value<'a> {
        let arguments = self.bracketed_as_list();
        if let Some(record) = record(&arguments) {
            return record;
        }
        match <[Value<'a>; 1]>::try_from(arguments) {
            Ok([only]) => self.argument(only),
            Err(arguments) => {
                self.keep(Value::List(arguments));
                Value::Null
            }
        }
    }

    /// The values between parentheses, as a list.
    fn bracketed_as_list(&mut self) -> Vec<Value<'a>> {
        let list = self.nested(|scanner| {
            scanner.bump();
            scanner.list(')')
        });
        match list {
            Value::List(items) => items,
            other => vec![other],
        }
    }

    /// The value of a call with one argument.
    fn argument(&mut self, inner: Value<'a>) -> Value<'a> {
        let is_prose =
            |text: &str| text.contains(char::is_whitespace) || text.ends_with(['.', '!', '?']);
        match inner {
            Value::Text(text) if is_prose(&text) => Value::Text(text),
            Value::Null | Value::Scalar(_) | Value::Text(_) => Value::Null,
            inner => {
                self.keep(inner);
                Value::Null
            }
        }
    }
}

fn number(text: &str) -> Value<'_> {
    let is_number = text.replace('_', "").parse::<f64>().is_ok();
    if is_number { Value::Scalar(Cow::Borrowed(text)) } else { Value::Null }
}

/// Two texts concatenated; an unknown part is dropped.
fn joined<'a>(one: Value<'a>, two: Value<'a>) -> Value<'a> {
    match (one, two) {
        (Value::Text(one), Value::Text(two)) => Value::Text((one.into_owned() + &two).into()),
        (Value::Null, two) => two,
        (one, _) => one,
    }
}
