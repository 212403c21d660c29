//! Key bindings in the configuration: tables `[keys.MODE]` of `"key" = "action"`.

use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// The tables by mode, as written; the keymap checks the names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct KeyTables(BTreeMap<String, BTreeMap<Spanned<String>, String>>);

/// A key binding of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyBinding {
    /// The file and line, for error messages.
    pub place: String,
    /// The key table: `typing`, `reading`, `finding` or `choosing`.
    pub mode: String,
    /// The key's name.
    pub key: String,
    /// The action's name, or `none`.
    pub action: String,
}

impl KeyTables {
    /// All bindings; `place` returns the file and line of a byte offset.
    pub(super) fn bindings(&self, place: impl Fn(usize) -> String) -> Vec<KeyBinding> {
        let rows = self.0.iter().flat_map(|(mode, keys)| keys.iter().map(move |row| (mode, row)));
        rows.map(|(mode, (key, action))| KeyBinding {
            place: place(key.span().start),
            mode: mode.clone(),
            key: key.get_ref().clone(),
            action: action.clone(),
        })
        .collect()
    }
}
