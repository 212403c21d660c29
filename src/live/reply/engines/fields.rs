//! Helpers for reading the fields of replies.

use crate::live::reply::record;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// A reply by the names of its fields.
pub(super) type Fields<'a> = BTreeMap<String, &'a RawValue>;

/// The hits of a reply, best first.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::live) struct EngineHits {
    /// Records of JSON.
    pub(in crate::live) records: Vec<String>,
    /// The total number of hits.
    pub(in crate::live) total: Option<u64>,
}

/// The value of a field, if it has one of this type.
pub(super) fn get<'a, T: Deserialize<'a>>(fields: &Fields<'a>, name: &str) -> Option<T> {
    serde_json::from_str(fields.get(name)?.get()).ok()
}

/// Records whose id is the field `id`.
pub(super) fn records(list: Vec<&RawValue>, id: &str) -> Vec<String> {
    list.into_iter().map(|text| record::with_id(text.get(), id)).collect()
}

/// The matching passages of a field, without their highlighting marks.
pub(super) fn passages(texts: &[String]) -> String {
    const MARKS: [&str; 8] =
        ["<em>", "</em>", "<b>", "</b>", "<mark>", "</mark>", "<strong>", "</strong>"];
    let unmarked =
        |text: &String| MARKS.iter().fold(text.clone(), |text, mark| text.replace(mark, ""));
    texts.iter().map(unmarked).collect::<Vec<_>>().join(" … ")
}
