//! A tree of values, the common form of JSON, YAML, TOML, XML and the literals of modules.
//!
//! Texts borrow from the source where possible, which saves memory and preserves the line of a
//! record. From a source that is cut or invalid, everything before the error is kept.

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor,
};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt;

/// One value.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum Value<'a> {
    #[default]
    Null,
    /// A number or a truth value, in its original spelling.
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

    pub(crate) fn into_map(self) -> Option<Map<'a>> {
        if let Self::Map(map) = self { Some(map) } else { None }
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The text, or the number or truth value in its original spelling.
    pub(crate) fn as_scalar(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Scalar(text) => Some(text),
            Self::Null | Self::List(_) | Self::Map(_) => None,
        }
    }

    /// Whether it means yes or no.
    pub(crate) fn truth(&self) -> Option<bool> {
        const YES: &[&str] = &["true", "yes", "y", "1", "x", "right", "correct"];
        const NO: &[&str] = &["false", "no", "n", "0", "wrong", "incorrect"];
        let text = self.as_scalar()?.trim();
        let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
        if is(YES) { Some(true) } else { is(NO).then_some(false) }
    }

    pub(crate) fn number(&self) -> Option<f64> {
        self.as_scalar()?.trim().trim_end_matches('%').parse().ok()
    }

    /// A number, or 1 and 0 for yes and no.
    pub(crate) fn score(&self) -> Option<f64> {
        self.number().or_else(|| self.truth().map(f64::from))
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

/// Reads JSON as far as possible: the whole document, or the containers open at the error,
/// innermost first, and the error.
pub(crate) fn parse_json(text: &str) -> (Vec<Value<'_>>, Option<serde_json::Error>) {
    let salvage = RefCell::new(Vec::new());
    let is_inexact = Cell::new(false);
    let mut reader = serde_json::Deserializer::from_str(text);
    let build = Build { salvage: Some(&salvage), is_inexact: &is_inexact };
    match build.deserialize(&mut reader) {
        Ok(node) => {
            let fault = reader.end().err();
            let exact = is_inexact.get().then(|| as_written(text)).flatten();
            (vec![exact.unwrap_or(node)], fault)
        }
        Err(error) => {
            // A number that does not fit a float is not a syntax error.
            if error.is_syntax()
                && error.to_string().starts_with("number out of range")
                && let Some(exact) = as_written(text)
            {
                return (vec![exact], None);
            }
            let mut pieces = salvage.into_inner();
            // The record that contains the error is incomplete.
            if pieces.len() > 1 && matches!(pieces[0], Value::Map(_)) {
                pieces.remove(0);
            }
            (pieces, Some(error))
        }
    }
}

/// The value of a key of a JSON object. `is_inexact` is set if a number lost its spelling;
/// [`as_written`] keeps it.
pub(crate) fn next_value<'de, A: MapAccess<'de>>(
    map: &mut A,
    is_inexact: &Cell<bool>,
) -> Result<Value<'de>, A::Error> {
    map.next_value_seed(Build { salvage: None, is_inexact })
}

/// A JSON document with numbers in their original spelling: `1.10` is not `1.1`. Every container is
/// scanned once more for each one around it, so it is only called when needed.
pub(crate) fn as_written(text: &str) -> Option<Value<'_>> {
    AsWritten.deserialize(&mut serde_json::Deserializer::from_str(text)).ok()
}

/// Builds nodes of JSON with numbers in their original spelling.
#[derive(Clone, Copy)]
struct AsWritten;

impl<'de> DeserializeSeed<'de> for AsWritten {
    type Value = Value<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let text = <&RawValue>::deserialize(deserializer)?.get();
        let mut reader = serde_json::Deserializer::from_str(text);
        match text.as_bytes().first() {
            Some(b'-' | b'0'..=b'9') => Ok(Value::Scalar(Cow::Borrowed(text))),
            Some(b'{') => reader.deserialize_map(self).map_err(D::Error::custom),
            Some(b'[') => reader.deserialize_seq(self).map_err(D::Error::custom),
            _ => {
                let build = Build { salvage: None, is_inexact: &Cell::new(false) };
                build.deserialize(&mut reader).map_err(D::Error::custom)
            }
        }
    }
}

impl<'de> Visitor<'de> for AsWritten {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(key) = map.next_key_seed(KeyText)? {
            fields.push((key, map.next_value_seed(self)?));
        }
        Ok(Value::Map(fields))
    }
}

/// Builds nodes; the content of a container before an error goes to `salvage`.
#[derive(Clone, Copy)]
struct Build<'s, 'a> {
    salvage: Option<&'s RefCell<Vec<Value<'a>>>>,
    /// Set if a number lost its spelling.
    is_inexact: &'s Cell<bool>,
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
        self.is_inexact.set(true);
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
                .next_key_seed(KeyText)
                .and_then(|key| key.map(|key| Ok((key, map.next_value_seed(self)?))).transpose());
            match next {
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

/// A key as text.
pub(crate) struct KeyText;

impl<'de> DeserializeSeed<'de> for KeyText {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let build = Build { salvage: None, is_inexact: &Cell::new(false) };
        Ok(match build.deserialize(deserializer)? {
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
    fn numbers_are_kept_as_written() {
        let text = r#"{"a": [1.50, -0, 6E2, {"b": 98765432109876543210987}], "c": true, "d": "x"}"#;
        let (pieces, fault) = parse_json(text);
        assert!(fault.is_none());
        let Some(Value::List(items)) = pieces[0].get("a") else { panic!("{pieces:?}") };
        let written: Vec<_> = items.iter().filter_map(Value::as_scalar).collect();
        assert_eq!(written, ["1.50", "-0", "6E2"]);
        let big = items[3].get("b").and_then(Value::as_scalar);
        assert_eq!(big, Some("98765432109876543210987"));
        assert_eq!(pieces[0].get("c").and_then(Value::truth), Some(true));
    }

    #[test]
    fn deep_nesting_is_a_fault() {
        let text = "[".repeat(100_000);
        assert!(parse_json(&text).1.is_some());
    }
}
