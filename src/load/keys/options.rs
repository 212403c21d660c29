//! The options of one quiz question, in any of the shapes that files have.

use super::names::{self, EXPLANATION, FLAG, OPTION_LABEL, OPTION_TEXT, WRONG};
use super::texts::texts;
use crate::load::quiz::QuizChoice;
use crate::load::value::{Map, Value, get};
use crate::text::fold;

/// A longer list is not a list of options.
const MAX_OPTIONS: usize = 64;
/// An option with nearly the best score is right too.
const AS_GOOD: f64 = 0.9;

#[derive(Debug, Default)]
pub(super) struct QuizChoices {
    list: Vec<QuizChoice>,
    /// The labels of each option: a key of a map, an id, the letter before its text.
    labels: Vec<Vec<String>>,
    /// The value of the flag or score of each option.
    scores: Vec<Option<f64>>,
}

impl QuizChoices {
    /// The options that a value lists.
    pub(super) fn of(value: &Value<'_>) -> Self {
        let mut choices = Self::default();
        match value {
            Value::List(items) => {
                items.iter().take(MAX_OPTIONS).for_each(|item| choices.item(item, ""));
            }
            Value::Map(map) => choices.map(map),
            Value::Text(text) => {
                for part in parts(text) {
                    choices.push(part, "");
                }
            }
            Value::Null | Value::Scalar(_) => {}
        }
        choices.mark_by_score();
        choices
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn has_right(&self) -> bool {
        self.list.iter().any(|choice| choice.right)
    }

    pub(super) fn position(&self, is: impl FnMut(&QuizChoice) -> bool) -> Option<usize> {
        self.list.iter().position(is)
    }

    /// The index itself, if it is valid.
    pub(super) fn at(&self, index: usize) -> Option<usize> {
        (index < self.list.len()).then_some(index)
    }

    /// The option with this label.
    pub(super) fn labelled(&self, name: &str) -> Option<usize> {
        let is = |name: &str| {
            self.labels
                .iter()
                .position(|labels| labels.iter().any(|label| fold(label) == fold(name)))
        };
        is(name)
            .or_else(|| is(&names::words(name).concat()))
            .or_else(|| is(&split_label(name).0?.to_string()))
            .or_else(|| {
                let words = names::words(name);
                let [prefix, label] = words.as_slice() else { return None };
                names::OPTION_PREFIX.contains(&prefix.as_str()).then(|| is(label)).flatten()
            })
    }

    pub(super) fn mark(&mut self, right: &[usize]) {
        for (at, choice) in self.list.iter_mut().enumerate() {
            choice.right = right.contains(&at);
        }
    }

    pub(super) fn into_list(self) -> Vec<QuizChoice> {
        self.list
    }

    /// Adds an option with a label; a letter before its text is removed and kept as a label.
    pub(super) fn push(&mut self, text: &str, label: &str) {
        let (letter, bare) = split_label(text);
        let mut labels = Vec::new();
        if !label.is_empty() {
            labels.push(label.to_owned());
            labels.push(names::words(label).concat());
        }
        labels.extend(letter.map(String::from));
        let named = label.chars().next().filter(|c| label.len() == 1 && c.is_ascii_alphabetic());
        let letter = letter.or(named).map(|c| c.to_ascii_uppercase());
        self.list.push(QuizChoice { letter, ..QuizChoice::new(bare.trim(), false) });
        self.labels.push(labels);
        self.scores.push(None);
    }

    /// Adds right options, which the source lists separately from the wrong ones.
    pub(super) fn add_right(&mut self, right: &[String]) {
        for text in right {
            self.push(text, "");
            if let Some(choice) = self.list.last_mut() {
                choice.right = true;
            }
        }
    }

    /// Adds wrong options: texts, or a map from each to an explanation.
    pub(super) fn add_wrong(&mut self, value: &Value<'_>) {
        let notes: Vec<(String, Option<String>)> = match value {
            Value::Map(map) => {
                let note = |value| texts(value).first().map(|text| text.clone().into_owned());
                map.iter().map(|(key, value)| (key.clone().into_owned(), note(value))).collect()
            }
            Value::Text(text) if parts(text).len() > 1 => {
                parts(text).into_iter().map(|part| (part.to_owned(), None)).collect()
            }
            other => texts(other).into_iter().map(|text| (text.into_owned(), None)).collect(),
        };
        for (text, note) in notes {
            let at = self.position(|choice| fold(&choice.text) == fold(&text));
            let at = at.unwrap_or_else(|| {
                self.push(&text, "");
                self.list.len() - 1
            });
            self.list[at].note = note;
        }
    }

    /// `{"A": "one", "B": "two"}`, `{"one": true, "two": false}`, `{"text": [..], "label": [..]}`.
    fn map(&mut self, map: &Map<'_>) {
        let lists = |names: &[&str]| {
            names.iter().find_map(|name| {
                let Value::List(items) = get(map, name)? else { return None };
                (items.len() <= MAX_OPTIONS).then_some(items)
            })
        };
        if let Some(items) = lists(&["text", "texts", "choices", "options"]) {
            let labels = lists(&["label", "labels", "key", "keys"]);
            for (at, item) in items.iter().enumerate() {
                let label = labels.and_then(|labels| labels.get(at));
                let name = label.and_then(Value::as_scalar).unwrap_or_default();
                self.item(item, name);
                // Labels of 0 and 1 are flags.
                let is_mark = labels.is_some_and(|all| {
                    all.iter().all(|label| matches!(label.as_scalar(), Some("0" | "1")))
                });
                if let (true, Some(score)) = (is_mark, self.scores.last_mut()) {
                    *score = label.and_then(Value::score);
                }
            }
            return;
        }
        let all_truths = map.len() > 1 && map.iter().all(|(_, value)| value.truth().is_some());
        for (key, value) in map.iter().take(MAX_OPTIONS) {
            if all_truths {
                self.push(key, "");
                if let Some(score) = self.scores.last_mut() {
                    *score = value.score();
                }
            } else {
                self.item(value, key);
            }
        }
    }

    fn item(&mut self, item: &Value<'_>, label: &str) {
        let Value::Map(map) = item else {
            if let Some(text) = texts(item).first() {
                self.push(text, label);
            }
            return;
        };
        let field = |names: &[&str], usable: &dyn Fn(&Value<'_>) -> bool| {
            names.iter().find_map(|name| {
                let named = map.iter().filter(|(key, _)| names::normal(key) == *name);
                named.map(|(_, value)| value).find(|value| usable(value))
            })
        };
        let flagged = FLAG.iter().find_map(|name| {
            let mut named = map.iter().filter(|(key, _)| names::normal(key) == *name);
            named.find_map(|(_, value)| Some((value, flag(name, value)?)))
        });
        let is_text = |value: &Value<'_>| {
            !texts(value).is_empty() && !flagged.is_some_and(|(flag, _)| std::ptr::eq(flag, value))
        };
        let Some(text) =
            field(OPTION_TEXT, &is_text).and_then(|value| texts(value).into_iter().next())
        else {
            return;
        };
        self.push(&text, label);
        let Some(at) = self.list.len().checked_sub(1) else { return };
        self.scores[at] = flagged.map(|(_, score)| score);
        self.list[at].note = field(EXPLANATION, &|value| !texts(value).is_empty())
            .map(|value| texts(value).join(" "));
        for (key, value) in map {
            let name = value.as_scalar().unwrap_or_default();
            if OPTION_LABEL.contains(&names::normal(key).as_str()) && !name.is_empty() {
                self.labels[at].push(name.to_owned());
                let mut letters = name.chars();
                if let (Some(c @ ('A'..='J' | 'a'..='j')), None) = (letters.next(), letters.next())
                {
                    self.list[at].letter = Some(c.to_ascii_uppercase());
                }
            }
            if WRONG.contains(&names::normal(key).as_str()) && value.truth() == Some(true) {
                self.scores[at] = Some(0.0);
            }
        }
    }

    fn mark_by_score(&mut self) {
        let best = self.scores.iter().flatten().copied().fold(0.0, f64::max);
        for (choice, score) in self.list.iter_mut().zip(&self.scores) {
            choice.right = score.is_some_and(|score| score > 0.0 && score >= AS_GOOD * best);
        }
    }
}

/// The score in a field of an option: 1 and 0 for right and wrong, or a number.
pub(super) fn flag(name: &str, value: &Value<'_>) -> Option<f64> {
    match name {
        _ if !FLAG.contains(&name) => None,
        "fraction" | "weight" | "score" | "points" | "grade" | "marks" => value.score(),
        "value" => {
            let is_truth = |text: &&str| matches!(*text, "true" | "false");
            let is_scalar_truth = matches!(value, Value::Scalar(text) if is_truth(&text.as_ref()));
            value.truth().filter(|_| is_scalar_truth).map(f64::from)
        }
        // An option's text may have this name too.
        "answer" | "correctanswer" => {
            let truth = value.truth().filter(|_| value.number().is_none());
            truth.filter(|_| matches!(value, Value::Scalar(_))).map(f64::from)
        }
        _ => value.truth().map(f64::from),
    }
}

/// The letter or number before a text: `A. the house`, `b) the tree`, `(c) it`.
pub(super) fn split_label(text: &str) -> (Option<char>, &str) {
    let text = text.trim();
    let inner = text.strip_prefix(['(', '[']).unwrap_or(text);
    let mut chars = inner.chars();
    let (Some(label), Some(mark)) = (chars.next(), chars.next()) else { return (None, text) };
    let is_marked = matches!(mark, '.' | ')' | ':' | ']' | '）' | '．' | '、');
    let rest = chars.as_str();
    let apart = rest.is_empty() || rest.starts_with(char::is_whitespace) || !mark.is_ascii();
    if label.is_ascii_alphabetic() && is_marked && apart {
        (Some(label), rest.trim_start())
    } else {
        (None, text)
    }
}

/// Options in one text: one per line, separated by bars or semicolons, or as a JSON list.
fn parts(text: &str) -> Vec<&str> {
    let text = text.trim();
    if let Some(inner) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) {
        let quote = inner.trim_start().chars().next().filter(|c| matches!(c, '"' | '\''));
        if let Some(quote) = quote {
            return inner.split(quote).skip(1).step_by(2).collect();
        }
    }
    for mark in ['\n', '|', ';'].into_iter().filter(|&mark| text.contains(mark)) {
        let parts: Vec<&str> = text.split(mark).map(str::trim).filter(|p| !p.is_empty()).collect();
        if parts.len() > 1 && parts.len() <= MAX_OPTIONS {
            return parts;
        }
    }
    let labelled = label_starts(text);
    if labelled.len() > 1 {
        let ends = labelled.iter().skip(1).copied().chain([text.len()]);
        let part = |(&from, to): (&usize, usize)| text[from..to].trim_end_matches([' ', ',']);
        return labelled.iter().zip(ends).map(part).collect();
    }
    Vec::new()
}

/// The offsets of the letters in `A) one B) two`.
fn label_starts(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut wanted = b'a';
    for (at, word) in words_at(text) {
        let first = word.as_bytes()[0].to_ascii_lowercase();
        if first == wanted && split_label(word).0.is_some() && word.len() <= 3 {
            found.push(at);
            wanted += 1;
        }
        if found.first() != Some(&0) {
            return Vec::new();
        }
    }
    found
}

fn words_at(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_before_texts() {
        assert_eq!(split_label("A. tin"), (Some('A'), "tin"));
        assert_eq!(split_label("(c) gold"), (Some('c'), "gold"));
        assert_eq!(split_label("A.B.C."), (None, "A.B.C."));
        assert_eq!(split_label("tin"), (None, "tin"));
    }

    #[test]
    fn options_in_one_text() {
        for text in
            ["tin\ngold", "tin | gold", "tin;gold", "[\"tin\", \"gold\"]", "['tin', 'gold']"]
        {
            assert_eq!(parts(text), ["tin", "gold"], "{text}");
        }
        assert_eq!(parts("A) tin B) gold"), ["A) tin", "B) gold"]);
        assert_eq!(parts("no options here"), Vec::<&str>::new());
    }
}
