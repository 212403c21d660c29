//! String resources of Android: texts and arrays of texts, whose names give their roles.
//! <https://developer.android.com/guide/topics/resources/string-resource>

use super::html;
use super::tree::Element;
use crate::load::value::{Map, Value};
use std::borrow::Cow;

/// The texts of a `<resources>` element by name. The items of an array are numbered, so that the
/// items of `faq_questions` and `faq_answers` are pairs.
pub(super) fn resources<'a>(element: &'a Element<'a>) -> Option<Map<'a>> {
    if element.name != "resources" {
        return None;
    }
    let mut map = Map::new();
    for child in element.elements() {
        let Some(name) = child.attribute("name") else { continue };
        let text = |element: &Element<'_>| Value::Text(unescaped(&html::text(element)).into());
        match child.name {
            "string" => map.push((Cow::Borrowed(name), text(child))),
            "string-array" | "array" => map.extend(
                (1..)
                    .zip(child.elements())
                    .map(|(n, item)| (format!("{name}_{n}").into(), text(item))),
            ),
            _ => {}
        }
    }
    (map.len() > 1).then_some(map)
}

/// The text of an Android string resource, with backslash escapes resolved.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, chars.as_str().chars().next()) {
            ('\\', Some(sign @ ('\'' | '"' | '@' | '?' | '\\'))) => {
                out.push(sign);
                chars.next();
            }
            ('\\', Some('n')) => {
                out.push('\n');
                chars.next();
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::load::formats::xml::Xml;
    use crate::load::testing;

    #[test]
    fn strings_and_arrays_in_pairs() {
        let expected = [("How long?", "Two days."), ("Isn't it hot?", "No\nand yes.")];
        let expected = expected.map(|(q, a)| (q.to_owned(), a.to_owned()));
        for text in [
            r"<resources><string name='app'>Bread</string><string name='faq_q1'>How long\?</string>
              <string name='faq_a1'>Two days.</string><string name='faq_q2'>Isn\'t it hot\?</string>
              <string name='faq_a2'>No\nand yes.</string></resources>",
            r"<resources><string name='app'>Bread</string>
              <string-array name='bread_questions'><item>How long\?</item><item>Isn\'t it hot\?</item></string-array>
              <string-array name='bread_answers'><item>Two days.</item><item>No\nand yes.</item></string-array>
              <string-array name='flours'><item>rye</item><item>wheat</item></string-array></resources>",
        ] {
            assert_eq!(testing::pairs(testing::read(&Xml, text)), expected, "{text}");
        }
    }
}
