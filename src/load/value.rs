//! A tree of values, the common form of JSON, YAML and TOML.
//!
//! Texts borrow from the source where they can, which saves most of the memory and tells the line
//! that a record stands on. A source that ends too early or has a fault keeps all that came
//! before it.

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    Null,
    /// A number or a truth value, as it is written.
    Scalar(Cow<'a, str>),
    Text(Cow<'a, str>),
    List(Vec<Self>),
    Map(Map<'a>),
}

/// Keys and values in the source's order.
pub(crate) type Map<'a> = Vec<(Cow<'a, str>, Value<'a>)>;

impl<'a> Value<'a> {
    pub(crate) fn as_map(&self) -> Option<&Map<'a>> {
        if let Self::Map(map) = self { Some(map) } else { None }
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The text, or the number or truth value as it is written.
    pub(crate) fn as_scalar(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Scalar(text) => Some(text),
            Self::Null | Self::List(_) | Self::Map(_) => None,
        }
    }

    /// The value of a key, if this is a map that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        get(self.as_map()?, key)
    }
}

/// The value of a key.
pub(crate) fn get<'n, 'a>(
    map: &'n [(Cow<'a, str>, Value<'a>)],
    key: &str,
) -> Option<&'n Value<'a>> {
    map.iter().find(|(name, _)| name == key).map(|(_, value)| value)
}

/// Reads JSON as far as it can be read: the whole, or the pieces before a fault and the fault.
/// The pieces go from the innermost container to the outermost.
pub(crate) fn parse_json(text: &str) -> (Vec<Value<'_>>, Option<serde_json::Error>) {
    let salvage = RefCell::new(Vec::new());
    let mut reader = serde_json::Deserializer::from_str(text);
    let build = Build { salvage: Some(&salvage) };
    let (mut pieces, fault) = match build.deserialize(&mut reader) {
        Ok(node) => (vec![node], reader.end().err()),
        Err(error) => {
            let mut pieces = salvage.into_inner();
            // The record with the fault in it is not whole.
            if pieces.len() > 1 && matches!(pieces[0], Value::Map(_)) {
                pieces.remove(0);
            }
            (pieces, Some(error))
        }
    };
    for piece in &mut pieces {
        restore_exponents(piece, text);
    }
    (pieces, fault)
}

/// `serde_json` writes the exponent of a number in its own way; the key before it, which borrows from
/// the text, tells where it stands.
fn restore_exponents(value: &mut Value<'_>, source: &str) {
    match value {
        Value::List(items) => items.iter_mut().for_each(|item| restore_exponents(item, source)),
        Value::Map(fields) => {
            for (key, value) in fields {
                match value {
                    Value::Scalar(digits) if digits.contains(['e', 'E']) => {
                        if let Some(written) = number_after(key, source) {
                            *digits = Cow::Owned(written.to_owned());
                        }
                    }
                    value => restore_exponents(value, source),
                }
            }
        }
        Value::Null | Value::Scalar(_) | Value::Text(_) => {}
    }
}

/// The number that follows a key, if the key is a part of the text.
fn number_after<'t>(key: &str, source: &'t str) -> Option<&'t str> {
    let offset = (key.as_ptr() as usize).wrapping_sub(source.as_ptr() as usize);
    let after = source.get(offset.checked_add(key.len())?..)?.strip_prefix('"')?;
    let after = after.trim_start().strip_prefix(':')?.trim_start();
    let end = after.find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c));
    Some(&after[..end.unwrap_or(after.len())])
        .filter(|n| n.starts_with(|c: char| c == '-' || c.is_ascii_digit()))
}

impl<'de> Deserialize<'de> for Value<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Build { salvage: None }.deserialize(deserializer)
    }
}

/// Builds nodes; what a container held before a fault goes to `salvage`.
#[derive(Clone, Copy)]
struct Build<'s, 'a> {
    salvage: Option<&'s RefCell<Vec<Value<'a>>>>,
}

impl<'a> Build<'_, 'a> {
    fn keep(self, node: Value<'a>) {
        if let Some(salvage) = self.salvage {
            salvage.borrow_mut().push(node);
        }
    }
}

impl<'de> DeserializeSeed<'de> for Build<'_, 'de> {
    type Value = Value<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Build<'_, 'de> {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Value::Scalar(Cow::Borrowed(if value { "true" } else { "false" })))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Value::Scalar(value.to_string().into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Value::Scalar(value.to_string().into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Value::Scalar(value.to_string().into()))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Value::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Value::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<Self::Value, E> {
        Ok(Value::Text(Cow::Owned(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        loop {
            match seq.next_element_seed(self) {
                Ok(Some(item)) => items.push(item),
                Ok(None) => return Ok(Value::List(items)),
                Err(error) => {
                    self.keep(Value::List(items));
                    return Err(error);
                }
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        loop {
            let next = map
                .next_key_seed(Key)
                .and_then(|key| key.map(|key| Ok((key, map.next_value_seed(self)?))).transpose());
            match next {
                // The form in which serde_json hands over a number with all its digits.
                Ok(Some((key, Value::Text(digits)))) if key == NUMBER => {
                    return Ok(Value::Scalar(digits));
                }
                Ok(Some(field)) => fields.push(field),
                Ok(None) => return Ok(Value::Map(fields)),
                Err(error) => {
                    self.keep(Value::Map(fields));
                    return Err(error);
                }
            }
        }
    }
}

/// The key of the only field of a number, in `serde_json` with `arbitrary_precision`.
const NUMBER: &str = "$serde_json::private::Number";

/// A key as text, whatever it was.
pub(crate) struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let node = Build { salvage: None }.deserialize(deserializer)?;
        Ok(match node {
            Value::Text(text) | Value::Scalar(text) => text,
            Value::Null | Value::List(_) | Value::Map(_) => Cow::Borrowed(""),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_before_a_fault_is_kept() {
        let (pieces, fault) = parse_json(r#"{"a": [{"q": "one"}, {"q": "two"}, {"q": "thr"#);
        assert!(fault.is_some());
        let Value::List(items) = &pieces[0] else { panic!("{pieces:?}") };
        assert_eq!(items[1].get("q").and_then(Value::as_text), Some("two"));
    }

    #[test]
    fn numbers_keep_their_digits() {
        let text = r#"{"a": 1.10, "b": 12345678901234567890123, "c": 1E3, "d" : -0.50, "e": true}"#;
        let (pieces, _) = parse_json(text);
        let fields = pieces[0].as_map().unwrap();
        let written: Vec<_> = fields.iter().filter_map(|(_, value)| value.as_scalar()).collect();
        assert_eq!(written, ["1.10", "12345678901234567890123", "1E3", "-0.50", "true"]);
    }

    #[test]
    fn deep_nesting_is_a_fault() {
        let text = "[".repeat(100_000);
        assert!(parse_json(&text).1.is_some());
    }
}
