//! The literals of programs: lists, maps and tuples of Python, Ruby, Dart, Kotlin, Swift, Go, Java,
//! C#, Rust, Scala, Elixir and Perl, and calls that construct records.
//!
//! One rule covers all of them: brackets of any kind contain items separated by commas; an item
//! with a name before it (`question: "…"`, `question = "…"`, `"…" => "…"`, `"…" to "…"`) is a field
//! of an object.

use super::cursor::{ItemStart, Scanner};
use super::syntax::ModuleSyntax;
use super::text::is_word;
use crate::load::question_detect::question_likeness;
use crate::load::value::{Map, Value};
use std::borrow::Cow;

impl<'a> Scanner<'a, '_> {
    /// The value of a bracket.
    pub(super) fn group(&mut self) -> Value<'a> {
        self.nested(|scanner| {
            let (items, map) = scanner.items();
            match (items.is_empty(), map.is_empty()) {
                (_, true) => Value::List(items),
                (true, false) => Value::Map(map),
                (false, false) => {
                    scanner.keep(Value::List(items));
                    Value::Map(map)
                }
            }
        })
    }

    /// The items and fields in a bracket.
    fn items(&mut self) -> (Vec<Value<'a>>, Map<'a>) {
        let close = match self.peek() {
            Some('{') => '}',
            Some('(') => ')',
            _ => ']',
        };
        self.bump();
        let (mut items, mut map) = (Vec::new(), Map::new());
        let (mut from, mut held) = (self.at, 0);
        loop {
            self.deliver_members(&mut from, &mut items, &mut map);
            held = if items.is_empty() { 0 } else { held };
            match self.item_start(close) {
                ItemStart::Item => {}
                ItemStart::Separator => continue,
                ItemStart::End => break,
            }
            let before = self.at;
            self.held += held;
            let item = self.item();
            self.held -= held;
            match item {
                (Some(key), value) => map.push((key, value)),
                (None, value) => {
                    // Statements, which have no value, precede a field of a class.
                    held += usize::from(value != Value::Null);
                    items.push(value);
                }
            }
            from = from.max(self.delivered_to);
            if self.at == before {
                self.bump();
            }
        }
        (items, map)
    }

    fn item(&mut self) -> (Option<Cow<'a, str>>, Value<'a>) {
        if let Some(name) = self.field_name() {
            return self.field(Cow::Borrowed(name));
        }
        let value = self.value();
        self.space();
        let is_key = self.eat("=>")
            || self.eat(":=")
            || self.eat(":")
            || self.eat("=")
            || matches!(value, Value::Text(_)) && (self.eat("to ") || self.eat("->"));
        if !is_key {
            return (None, value);
        }
        let key = match value {
            Value::Text(text) | Value::Scalar(text) => text,
            // `["…"] = "…"`
            Value::List(mut items) => match items.pop() {
                Some(Value::Text(text) | Value::Scalar(text)) => text,
                _ => Cow::Borrowed(""),
            },
            Value::Null | Value::Map(_) => Cow::Borrowed(""),
        };
        self.field(key)
    }

    /// The name and sign before the value of a field.
    fn field_name(&mut self) -> Option<&'a str> {
        let start = self.at;
        // A symbol of Ruby.
        let is_symbol = self.syntax == ModuleSyntax::Scripted && self.eat(":");
        if self.peek().is_some_and(is_word) {
            let name = self.word();
            self.space();
            let is_field = match self.peek() {
                Some(':') => !is_symbol && !self.starts("::") && !self.starts(":="),
                Some('=') if self.starts("=>") => is_symbol || self.syntax == ModuleSyntax::Perl,
                Some('=') => !self.starts("=="),
                _ => false,
            };
            if is_field {
                let _ = self.eat("=>") || self.eat(":") || self.eat("=");
                return Some(name);
            }
        }
        self.at = start;
        None
    }

    /// The value of a call, as far as its arguments show; `word` is the function.
    pub(super) fn call(&mut self, word: &str) -> Value<'a> {
        let before = &self.text[..self.at.saturating_sub(word.len())];
        let is_map = word == "of" && before.ends_with("Map.");
        self.type_arguments();
        self.space();
        match self.peek() {
            Some('(') => self.nested(|scanner| {
                let from = scanner.at;
                let (items, map) = scanner.items();
                if map.is_empty() && scanner.delivered_to > from {
                    // The rest of a long list of records.
                    return Value::List(items);
                }
                if is_map && map.is_empty() {
                    return alternating(items);
                }
                scanner.called(word, items, map)
            }),
            Some('{' | '[') => self.group(),
            _ => Value::Null,
        }
    }

    fn called(&mut self, word: &str, mut items: Vec<Value<'a>>, map: Map<'a>) -> Value<'a> {
        if !map.is_empty() {
            self.keep(Value::List(items));
            return Value::Map(map);
        }
        let builds = word.starts_with(char::is_uppercase)
            || names_a_question(word)
            || ADDS_PAIR.contains(&word);
        if builds && let Some(record) = record(&items) {
            return record;
        }
        match items.as_slice() {
            [Value::Text(text)] if TRANSLATES.contains(&word) && !is_key(text) => {
                items.pop().unwrap_or_default()
            }
            [Value::Text(text)] if !text.contains(char::is_whitespace) => Value::Null,
            [_] => items.pop().unwrap_or_default(),
            _ => Value::List(items),
        }
    }

    /// Skips `<Map<String, Object>>`.
    pub(super) fn type_arguments(&mut self) {
        if !self.starts("<") {
            return;
        }
        let mut depth = 0_usize;
        let is_part =
            |c: char| is_word(c) || c.is_whitespace() || matches!(c, '<' | '>' | ',' | '?' | '.');
        for (at, c) in self.rest().char_indices().take_while(|&(_, c)| is_part(c)) {
            match c {
                '<' => depth += 1,
                '>' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                self.at += at + 1;
                return;
            }
        }
    }
}

/// Functions of gettext, whose argument is the text in the language of the source.
const TRANSLATES: [&str; 8] = [
    "_",
    "N_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "lazy_gettext",
    "ugettext",
    "ugettext_lazy",
];

/// Whether a text names a translation, `faq.first` or `faq_first`, instead of being one.
fn is_key(text: &str) -> bool {
    let parts = text.split(['.', '_', ':']);
    let is_name = |part: &str| !part.is_empty() && part.chars().all(char::is_alphanumeric);
    text.contains(['.', '_', ':']) && parts.into_iter().all(is_name)
}

/// Functions whose arguments are a key and its value.
const ADDS_PAIR: [&str; 6] = ["put", "putIfAbsent", "insert", "entry", "set", "of"];

/// The map of keys and values that alternate, as in `Map.of("…", "…", "…", "…")` of Java.
fn alternating(items: Vec<Value<'_>>) -> Value<'_> {
    let is_keyed = items.len().is_multiple_of(2)
        && items.iter().step_by(2).all(|key| matches!(key, Value::Text(_)));
    if !is_keyed {
        return Value::List(items);
    }
    let mut map = Map::new();
    let mut items = items.into_iter();
    while let (Some(Value::Text(key)), Some(value)) = (items.next(), items.next()) {
        map.push((key, value));
    }
    Value::Map(map)
}

/// Whether a function's name suggests that it constructs a question.
pub(super) fn names_a_question(word: &str) -> bool {
    let word = word.to_lowercase();
    ["question", "faq", "quiz", "card"].iter().any(|name| word.contains(name))
}

/// The record constructed by a call's arguments: a question and its answer, or a question, its
/// options, and the right one.
pub(super) fn record<'a>(arguments: &[Value<'a>]) -> Option<Value<'a>> {
    let names: &[&'static str] = match arguments {
        [Value::Text(_), Value::Text(_) | Value::Scalar(_)] => &["question", "answer"],
        [Value::Text(_), Value::List(_)] => &["question", "options"],
        [Value::Text(_), Value::List(_), Value::Text(_) | Value::Scalar(_)] => {
            &["question", "options", "answer"]
        }
        _ => return None,
    };
    let asks =
        arguments.first().and_then(Value::as_text).is_some_and(|t| question_likeness(t) > 0.0);
    asks.then(|| {
        let fields = names.iter().zip(arguments);
        Value::Map(fields.map(|(&name, value)| (Cow::Borrowed(name), value.clone())).collect())
    })
}

#[cfg(test)]
mod tests {
    use crate::load::formats::module::Module;
    use crate::load::loader::{Loader, SourceText};
    use crate::load::options::Options;
    use crate::load::testing;

    fn pairs(name: &str, text: &str) -> Vec<(String, String)> {
        let options = Options::default();
        testing::pairs(Module.read(&SourceText::whole(&name.into(), text, &options)))
    }

    #[test]
    fn literals_of_many_languages() {
        let expected = [("How deep?", "Two feet."), ("Is it \"cold\"?", "Yes, in May.")];
        let expected = expected.map(|(q, a)| (q.to_owned(), a.to_owned())).to_vec();
        for (name, text) in [
            (
                "a.py",
                "import os  # it's code\nPOND = [\n  {'question': 'How deep?', \"answer\": \"Two feet.\"},\n  \
                 dict(question='Is it \"cold\"?', answer=(\"Yes, \"\n    \"in May.\")),\n]\n\
                 def f(x):\n    return [y for y in x if y[\"question\"] == \"Why?\"]\n",
            ),
            (
                "a.exs",
                "[ # it's a list\n  %{question: \"How deep?\", answer: \"Two \" <> \"feet.\"},\n  \
                 [question: ~s(Is it \"cold\"?), answer: \"\"\"\n    Yes, in May.\n    \"\"\"]\n]\n",
            ),
            (
                "a.pl",
                "my @pond = ( # it's a list\n  { question => 'How deep?', answer => q{Two feet.} },\n  \
                 { question => 'Is it \"cold\"?', answer => \"Yes, \" . \"in May.\" },\n);\n",
            ),
            (
                "b.py",
                "P = [('How deep?', \"\"\"Two feet.\"\"\"), (r'Is it \"cold\"?', 'Yes, in May.')]\n",
            ),
            (
                "a.rb",
                "P = [{ question: \"How deep?\", answer: 'Two feet.' },\n\
                 { :question => 'Is it \"cold\"?', \"answer\" => \"Yes, in May.\" }].freeze\n",
            ),
            (
                "a.dart",
                "final List<Map<String, Object>> p = [{'question': 'How deep?', 'answer': 'Two '\n'feet.'}];\n\
                 const q = <Faq>[Faq(question: 'Is it \"cold\"?', answer: 'Yes, in May.')];\n\
                 class A extends B { @override C build(D d) => Text('Title'); }\n",
            ),
            (
                "a.kt",
                "data class Faq(val question: String, val answer: String)\n\
                 val p = listOf(Faq(\"How deep?\", \"Two feet.\"))\n\
                 val q = mapOf(\"Is it \\\"cold\\\"?\" to \"Yes, in May.\")\n",
            ),
            (
                "a.swift",
                "struct F { let question: String }\nlet p: [F] = [F(question: \"How deep?\", answer: \"Two feet.\"),\n\
                 F(question: \"Is it \\\"cold\\\"?\", answer: \"\"\"\n  Yes, in May.\n  \"\"\")]\n",
            ),
            (
                "a.go",
                "type F struct {\n\tQ string `json:\"q\"`\n}\nvar p = []F{\n\t{Question: \"How deep?\", Answer: `Two feet.`},\n\
                 \t{Question: \"Is it \\\"cold\\\"?\", Answer: \"Yes, in May.\"},\n}\n",
            ),
            (
                "A.java",
                "class A {\n  static final List<Faq> P = List.of(new Faq(\"How deep?\", \"Two feet.\"),\n    \
                 new Faq(\"Is it \\\"cold\\\"?\", \"Yes, \" + \"in May.\"));\n  int f() { return 1; }\n}\n",
            ),
            (
                "B.java",
                "class B { static final Map<String, String> P = Map.of(\n  \"How deep?\", \"Two feet.\",\n  \"Is it \\\"cold\\\"?\", \"Yes, in May.\"); }\n",
            ),
            (
                "C.java",
                "class C { void f() { p.put(\"How deep?\", \"Two feet.\");\n  p.put(\"Is it \\\"cold\\\"?\", \"Yes, \" + \"in May.\"); } }\n",
            ),
            (
                "D.java",
                "class D { Map<String, String> p = Map.ofEntries(Map.entry(\"How deep?\", \"Two feet.\"),\n  entry(\"Is it \\\"cold\\\"?\", \"Yes, in May.\")); }\n",
            ),
            (
                "a.scala",
                "val p = Map(\"How deep?\" -> \"Two feet.\", \"Is it \\\"cold\\\"?\" -> \"Yes, in May.\")\n",
            ),
            (
                "a.lua",
                "-- it's old\nlocal p = { { question = \"How deep?\", answer = [[\nTwo feet.]] },\n  \
                 --[[ { question = \"Why?\", answer = \"No.\" }, ]]\n  \
                 { [\"question\"] = 'Is it \"cold\"?', [\"answer\"] = \"Yes, \" .. [==[in May.]==] } }\nreturn p\n",
            ),
            (
                "b.lua",
                "return {\n  ['How deep?'] = 'Two feet.',\n  ['Is it \"cold\"?'] = 'Yes, in May.',\n}\n",
            ),
            (
                "b.rb",
                "P = [\n  { question: \"How deep?\", answer: <<~TEXT },\n    Two feet.\n  TEXT\n  \
                 { question: %q(Is it \"cold\"?), answer: <<-'EOS'.strip, tags: %w[a b] },\nYes, in May.\n  EOS\n]\n",
            ),
            (
                "A.cs",
                "class A { static D<string, string> P = new() {\n  [\"How deep?\"] = \"Two feet.\",\n  \
                 [@\"Is it \"\"cold\"\"?\"] = \"Yes, in May.\" }; }\n",
            ),
            (
                "a.rs",
                "const P: &[(&str, &str)] = &[(\"How deep?\", \"Two feet.\"), (r#\"Is it \"cold\"?\"#, \"Yes, in May.\")];\n",
            ),
        ] {
            assert_eq!(pairs(name, text), expected, "{name}");
        }
    }

    #[test]
    fn code_is_no_question() {
        let code = "def main():\n    \"\"\"Is it on?\"\"\"\n    print(\"Is it on?\")\n    f(\"a?\", \"b\")\n";
        assert_eq!(pairs("a.py", code), []);
        let code = "fn f<'a>(x: &'a str) -> bool { ask(\"Is it on?\", x) && y == \"Why?\" }\n";
        assert_eq!(pairs("a.rs", code), []);
    }

    #[test]
    fn calls_build_quizzes() {
        let expected = "saw\n\n- [ ] file\n- [x] saw".to_owned();
        for (name, text) in [
            ("a.py", "Q = [Question('What cuts?', ['file', 'saw'], 1)]"),
            ("a.js", "const q = [new Question(\"What cuts?\", [\"file\", \"saw\"], \"saw\")];"),
            (
                "a.dart",
                "var q = [Quiz(text: 'What cuts?', options: ['file', 'saw'], answer: 'saw')];",
            ),
        ] {
            assert_eq!(pairs(name, text), [("What cuts?".to_owned(), expected.clone())], "{name}");
        }
        let calls = "const q = [makeFaq(\"How deep?\", \"Two feet.\")];";
        assert_eq!(pairs("a.ts", calls), [("How deep?".to_owned(), "Two feet.".to_owned())]);
    }
}
