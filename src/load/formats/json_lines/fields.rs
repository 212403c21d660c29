//! Reads the fields of a record without building a tree of values.

use crate::collection::RawEntry;
use crate::load::keys::Keys;
use crate::load::value::{KeyText, Map, Value, as_written, next_value};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

/// The entry of a record with the usual keys. Values of other keys are not built.
pub(super) fn fields<'t>(line: &'t str, keys: &Keys, record: &mut Map<'t>) -> Option<RawEntry<'t>> {
    let mut reader = serde_json::Deserializer::from_str(line);
    let is_inexact = Cell::new(false);
    record.clear();
    Wanted { keys, record, is_inexact: &is_inexact }.deserialize(&mut reader).ok()?;
    reader.end().ok()?;
    if is_inexact.get()
        && let Some(Value::Map(exact)) = as_written(line)
    {
        *record = exact;
    }
    keys.draft(record)
}

/// Reads question, answer and id of a record directly into `draft`: moving a tree of values costs
/// more than parsing it. Returns false if the record has another shape.
pub(super) fn plain_fields<'t>(line: &'t str, keys: &Keys, draft: &mut RawEntry<'t>) -> bool {
    let mut reader = serde_json::Deserializer::from_str(line);
    Plain { keys, draft }.deserialize(&mut reader).is_ok()
        && reader.end().is_ok()
        && Keys::finish_plain(draft)
}

struct Plain<'k, 'd, 't> {
    keys: &'k Keys,
    draft: &'d mut RawEntry<'t>,
}

impl<'de> DeserializeSeed<'de> for Plain<'_, '_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Plain<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of texts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while let Some(key) = map.next_key::<&str>()? {
            match self.keys.slot(key, self.draft) {
                None => _ = map.next_value::<IgnoredAny>()?,
                Some(slot) if slot.is_empty() => map.next_value_seed(Text(slot))?,
                Some(_) => return Err(A::Error::custom("a key stands here twice")),
            }
        }
        Ok(())
    }
}

/// Deserializes a text in place.
struct Text<'s, 't>(&'s mut Cow<'t, str>);

impl<'de> DeserializeSeed<'de> for Text<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Text<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        *self.0 = Cow::Borrowed(text);
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        *self.0 = Cow::Owned(text.to_owned());
        Ok(())
    }
}

/// Deserializes the needed fields into `record`.
struct Wanted<'k, 'r, 't> {
    keys: &'k Keys,
    record: &'r mut Map<'t>,
    /// Set if a number lost its spelling.
    is_inexact: &'k Cell<bool>,
}

impl<'de> DeserializeSeed<'de> for Wanted<'_, '_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Wanted<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while let Some(key) = map.next_key_seed(KeyText)? {
            if self.keys.wants(&key) {
                self.record.push((key, next_value(&mut map, self.is_inexact)?));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}
