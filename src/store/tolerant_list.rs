//! A list in a state file that may have unknown items.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::ops::{Deref, DerefMut};

/// Items of type `T`, and unreadable ones, for example of a later version, which are kept
/// unchanged.
#[derive(Debug, Clone)]
pub(super) struct TolerantList<T> {
    items: Vec<T>,
    other: Vec<Value>,
}

impl<T> TolerantList<T> {
    /// Whether it has neither items nor unreadable ones.
    pub(super) fn has_nothing(&self) -> bool {
        self.items.is_empty() && self.other.is_empty()
    }

    pub(super) fn into_items(self) -> Vec<T> {
        self.items
    }
}

impl<T> Default for TolerantList<T> {
    fn default() -> Self {
        Self { items: Vec::new(), other: Vec::new() }
    }
}

impl<T> Deref for TolerantList<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.items
    }
}

impl<T> DerefMut for TolerantList<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.items
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for TolerantList<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut list = Self::default();
        for value in Vec::<Value>::deserialize(deserializer)? {
            match T::deserialize(&value) {
                Ok(item) => list.items.push(item),
                Err(_) => list.other.push(value),
            }
        }
        Ok(list)
    }
}

impl<T: Serialize> Serialize for TolerantList<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(untagged)]
        enum Item<'i, T> {
            Known(&'i T),
            Other(&'i Value),
        }
        let known = self.items.iter().map(Item::Known);
        serializer.collect_seq(self.other.iter().map(Item::Other).chain(known))
    }
}
