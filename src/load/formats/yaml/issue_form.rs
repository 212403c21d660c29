//! Issue forms of GitHub: what a project asks those who report something.
//! <https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema>

use crate::collection::{Entry, Place};
use crate::load::value::Value;
use crate::markup::source::read_answer;
use std::sync::Arc;

/// A longer list is something else.
const MAX_FIELDS: usize = 500;

/// The fields of a form as entries: the label, and what is said about it; empty for other files.
pub(super) fn entries(node: &Value<'_>, text: &str, source: &Arc<str>) -> Vec<Entry> {
    let Some(Value::List(fields)) = node.get("body") else { return Vec::new() };
    let is_field =
        |field: &Value<'_>| field.get("type").is_some() && field.get("attributes").is_some();
    if fields.len() > MAX_FIELDS || !fields.iter().all(is_field) {
        return Vec::new();
    }
    let mut from = 0;
    let mut entries = Vec::new();
    for attributes in fields.iter().filter_map(|field| field.get("attributes")) {
        let Some(label) = attributes.get("label").and_then(Value::as_text) else { continue };
        let at = text[from..].find(label).map_or(from, |at| from + at);
        from = at;
        let (answer, format) = read_answer(answer(attributes).into());
        let line = text[..at].matches('\n').count() as u32 + 1;
        entries.push(Entry {
            question: label.trim().to_owned(),
            answer: answer.into_owned(),
            format,
            place: Place { source: Arc::clone(source), line },
            ..Entry::default()
        });
    }
    entries
}

/// The description, the example, and the options of a field.
fn answer(attributes: &Value<'_>) -> String {
    let text = |name: &str| attributes.get(name).and_then(Value::as_scalar).map(str::to_owned);
    let mut parts: Vec<String> =
        ["description", "placeholder", "value"].iter().filter_map(|name| text(name)).collect();
    if let Some(Value::List(options)) = attributes.get("options") {
        let option = |option: &Value<'_>| {
            let text = option.as_scalar().or_else(|| option.get("label")?.as_scalar())?;
            Some(format!("- {}", text.trim()))
        };
        parts.push(options.iter().filter_map(option).collect::<Vec<_>>().join("\n"));
    }
    let parts: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|p| !p.is_empty()).collect();
    parts.join("\n\n")
}

#[cfg(test)]
mod tests {
    use crate::load::formats::yaml::Yaml;
    use crate::load::testing;

    #[test]
    fn the_fields_of_a_form_are_entries() {
        let text = "name: Fault\ndescription: Tell us\nbody:\n  - type: markdown\n    attributes:\n      value: Thanks!\n  \
            - type: textarea\n    attributes:\n      label: What happened?\n      description: All of it.\n      placeholder: It whistled.\n  \
            - type: dropdown\n    id: v\n    attributes:\n      label: Version\n      options:\n        - 1.0\n        - 2.0\n  \
            - type: checkboxes\n    attributes:\n      label: Before\n      options:\n        - label: I looked.\n          required: true\n";
        let found = testing::read(&Yaml, text);
        assert_eq!(found.title, "Fault");
        assert_eq!(found.entries[1].place.line, 15);
        let expected = [
            ("What happened?", "All of it.\n\nIt whistled."),
            ("Version", "- 1.0\n- 2.0"),
            ("Before", "- I looked."),
        ];
        assert_eq!(testing::pairs(found), expected.map(|(q, a)| (q.to_owned(), a.to_owned())));
        let other = "body:\n  - type: a\n    question: Why?\n    answer: So.\n";
        assert_eq!(testing::read(&Yaml, other).entries.len(), 1);
    }
}
