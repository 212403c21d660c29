//! The key bindings: one table, which is also used for the hints and the help.

mod defaults;
mod key;

use crate::app::{Action, HelpRow, Message, Mode};
use crate::text::nearest;
use crossterm::event::{KeyEvent, KeyEventKind};
use defaults::{DEFAULT, EDITING, EDITING_ALONE, EVERYWHERE, PRESETS};
pub use key::{Key, KeyError, KeyLabels};
use std::collections::HashMap;

/// The bindings of every mode.
#[derive(Debug, Clone)]
pub struct Keymap {
    /// The rows, in the order of the help.
    rows: Vec<BindingRow>,
    bound: HashMap<(Mode, Key), Action>,
    labels: KeyLabels,
}

/// The keys of an action in a mode, the one shown in hints first.
#[derive(Debug, Clone)]
struct BindingRow {
    mode: Mode,
    keys: Vec<Key>,
    action: Action,
    in_help: bool,
}

impl Default for Keymap {
    fn default() -> Self {
        let (rows, bound) = (Vec::new(), HashMap::new());
        let mut keymap = Self { rows, bound, labels: KeyLabels::Short };
        for &(mode, keys, action) in DEFAULT {
            keymap.add(mode, keys, action, true);
        }
        for mode in Mode::ALL {
            for &(keys, action) in EVERYWHERE {
                keymap.add(mode, keys, action, mode == Mode::Typing);
            }
            // Ctrl-C must work right after an escape.
            keymap.add(mode, "ctrl-alt-c", Action::Interrupt, false);
        }
        for mode in [Mode::Finding, Mode::Choosing] {
            for &(keys, action) in EDITING {
                keymap.add(mode, keys, action, false);
            }
        }
        for &(keys, action) in EDITING_ALONE {
            keymap.add(Mode::Finding, keys, action, false);
        }
        keymap
    }
}

impl Keymap {
    /// The message of a key press; `None` for a release, and for an unbound key.
    pub fn message(&self, mode: Mode, event: KeyEvent) -> Option<Message> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let key = Key::from(event);
        if let Some(&action) = self.bound.get(&(mode, key)) {
            return Some(Message::Do(action));
        }
        key.typed().filter(|_| mode != Mode::Reading).map(Message::Type)
    }

    /// The label of the first key of an action; `None` if no key is bound to it.
    pub fn label(&self, mode: Mode, action: Action) -> Option<String> {
        let row = self.rows.iter().find(|row| (row.mode, row.action) == (mode, action))?;
        row.keys.first().map(|key| key.label(self.labels))
    }

    /// The rows of the help.
    pub fn help(&self) -> Vec<HelpRow> {
        let labels = |keys: &[Key]| -> Vec<String> {
            keys.iter().map(|key| key.label(self.labels)).collect()
        };
        let help = |row: &BindingRow| {
            let keys = labels(&row.keys).join(" ");
            HelpRow { mode: row.mode, keys, action: row.action }
        };
        self.rows.iter().filter(|row| row.in_help && !row.keys.is_empty()).map(help).collect()
    }

    /// Every action with a key in a mode, in the order of the help.
    pub fn bindings(&self, mode: Mode) -> impl Iterator<Item = (&[Key], Action)> {
        let rows = self.rows.iter().filter(move |row| row.mode == mode && !row.keys.is_empty());
        rows.map(|row| (row.keys.as_slice(), row.action))
    }

    /// Whether an action has a key in a mode.
    pub fn is_bound(&self, mode: Mode, action: Action) -> bool {
        self.bindings(mode).any(|(_, other)| other == action)
    }

    /// Sets how keys are labelled.
    pub fn set_labels(&mut self, labels: KeyLabels) {
        self.labels = labels;
    }

    fn add(&mut self, mode: Mode, names: &str, action: Action, in_help: bool) {
        let keys: Vec<Key> = parse_all(names).collect();
        self.bound.extend(keys.iter().map(|key| ((mode, *key), action)));
        self.rows.push(BindingRow { mode, keys, action, in_help });
    }

    /// The default keys, overridden by those of a preset (`default`, `vim`, `emacs`). The error
    /// names the most similar preset.
    pub fn preset(name: &str) -> Result<Self, String> {
        let (_, bindings) = PRESETS
            .iter()
            .find(|(other, _)| *other == name)
            .ok_or_else(|| unknown("keymap", name, PRESETS.iter().map(|(name, _)| *name)))?;
        let mut keymap = Self::default();
        for (mode, names, action) in *bindings {
            for key in parse_all(names) {
                keymap.rebind(*mode, key, Some(*action));
            }
        }
        Ok(keymap)
    }

    /// Binds a key to an action by their names; `none` removes the key's binding. `mode` is
    /// `typing`, `reading`, `finding` or `choosing`. The error names the most similar valid name.
    pub fn bind(&mut self, mode: &str, key: &str, action: &str) -> Result<(), String> {
        let mode = Mode::ALL
            .into_iter()
            .find(|other| other.name() == mode)
            .ok_or_else(|| unknown("key table", mode, Mode::ALL.map(Mode::name)))?;
        let key = key.parse().map_err(|error: KeyError| error.to_string())?;
        let found = Action::ALL.iter().find(|other| other.name() == action);
        if found.is_none() && action != "none" {
            let names = Action::ALL.iter().map(|action| action.name());
            return Err(unknown("action", action, names.chain(["none"])));
        }
        self.rebind(mode, key, found.copied());
        Ok(())
    }

    /// With `--multi`, Tab marks an entry and moves on, as in fzf.
    pub fn mark_with_tab(&mut self) {
        for (name, action) in [("tab", Action::Mark), ("shift-tab", Action::MarkBack)] {
            for key in parse_all(name) {
                self.rebind(Mode::Typing, key, Some(action));
            }
        }
    }

    fn rebind(&mut self, mode: Mode, key: Key, action: Option<Action>) {
        self.bound.remove(&(mode, key));
        for row in self.rows.iter_mut().filter(|row| row.mode == mode) {
            row.keys.retain(|other| *other != key);
        }
        let Some(action) = action else { return };
        self.bound.insert((mode, key), action);
        match self.rows.iter_mut().find(|row| (row.mode, row.action) == (mode, action)) {
            Some(row) => {
                row.keys.insert(0, key);
                row.in_help = true;
            }
            None => self.rows.push(BindingRow { mode, keys: vec![key], action, in_help: true }),
        }
    }
}

/// The keys of a table's row. A test ensures that all of them are valid.
fn parse_all(names: &str) -> impl Iterator<Item = Key> {
    names.split(' ').filter_map(|name| name.parse().ok())
}

/// "unknown action `copi`: did you mean `copy`?"
fn unknown<'a>(what: &str, name: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    let hint = nearest(name, names).map(|near| format!(": did you mean `{near}`?"));
    format!("unknown {what} `{name}`{}", hint.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyCode, KeyModifiers};

    #[test]
    fn every_key_of_the_tables_has_a_name_and_one_meaning() {
        for mode in Mode::ALL {
            let mut seen = HashMap::new();
            let rows = DEFAULT.iter().filter(|row| row.0 == mode);
            for (keys, action) in rows.map(|row| (row.1, row.2)).chain(EVERYWHERE.iter().copied()) {
                for name in keys.split(' ') {
                    let key: Key = name.parse().unwrap();
                    let other = seen.insert(key, action);
                    assert_eq!(other, None, "{name} twice in {mode:?}");
                }
            }
        }
        let presets = PRESETS.iter().flat_map(|(_, rows)| rows.iter().map(|row| row.1));
        for name in EDITING.iter().map(|row| row.0).chain(presets).flat_map(|keys| keys.split(' '))
        {
            assert!(name.parse::<Key>().is_ok(), "{name}");
        }
    }

    #[test]
    fn every_binding_that_is_shown_works() {
        let mut keymaps: Vec<Keymap> =
            PRESETS.iter().map(|(name, _)| Keymap::preset(name).unwrap()).collect();
        for (mode, key, action) in [
            ("typing", "ctrl-N", "copy"),
            ("typing", "shift-a", "quit"),
            ("reading", "f1", "none"),
            ("typing", "f1", "none"),
            ("choosing", "ctrl-/", "next"),
            ("finding", "shift-tab", "find-next"),
        ] {
            keymaps[0].bind(mode, key, action).unwrap();
        }
        keymaps[0].mark_with_tab();
        for keymap in keymaps {
            for row in &keymap.rows {
                for key in &row.keys {
                    let bound = keymap.bound.get(&(row.mode, *key));
                    assert_eq!(bound, Some(&row.action), "{key} in {:?}", row.mode);
                }
            }
            for (mode, action) in
                Mode::ALL.iter().flat_map(|m| Action::ALL.iter().map(|a| (*m, *a)))
            {
                if let Some(label) = keymap.label(mode, action) {
                    let key: Key = label.parse().unwrap();
                    assert_eq!(keymap.bound.get(&(mode, key)), Some(&action), "{label}");
                }
            }
        }
    }

    #[test]
    fn keys_are_bound_by_name() {
        let mut keymap = Keymap::default();
        let x = KeyEvent::new(KeyCode::Char('x'), KeyModifiers::CONTROL);
        keymap.bind("typing", "ctrl-X", "copy").unwrap();
        assert!(matches!(keymap.message(Mode::Typing, x), Some(Message::Do(Action::Copy))));
        assert_eq!(keymap.label(Mode::Typing, Action::Copy).as_deref(), Some("^X"));
        keymap.set_labels(KeyLabels::Words);
        assert_eq!(keymap.label(Mode::Typing, Action::Copy).as_deref(), Some("Ctrl-X"));
        keymap.bind("typing", "ctrl-x", "none").unwrap();
        assert!(keymap.message(Mode::Typing, x).is_none());
        let released = KeyEvent { kind: KeyEventKind::Release, ..KeyEvent::from(KeyCode::Up) };
        assert!(keymap.message(Mode::Typing, released).is_none());
        let wrong = keymap.bind("typing", "ctrl-x", "copi").unwrap_err();
        assert_eq!(wrong, "unknown action `copi`: did you mean `copy`?");
        let wrong = keymap.bind("browse", "x", "copy").unwrap_err();
        assert!(wrong.starts_with("unknown key table `browse`"), "{wrong}");
        assert!(keymap.bind("typing", "ctrl-", "copy").is_err());
        assert!(Keymap::preset("vi").unwrap_err().contains("`vim`"));
    }
}
