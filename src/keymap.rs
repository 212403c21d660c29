//! Which key does what: one table, which also feeds the hints and the help.

mod defaults;
mod names;

use crate::app::{Action, HelpRow, Message, Mode};
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use defaults::{DEFAULT, EDITING, EVERYWHERE, PRESETS};
pub use names::{Key, key};
use names::{normal, pretty};
use std::collections::HashMap;

/// What every key means in every mode.
#[derive(Debug, Clone)]
pub struct Keymap {
    /// What the help lists, in its order.
    rows: Vec<(Mode, Vec<String>, Action)>,
    bound: HashMap<(Mode, Key), Action>,
}

impl Default for Keymap {
    fn default() -> Self {
        let mut keymap = Self { rows: Vec::new(), bound: HashMap::new() };
        for &(mode, keys, action) in DEFAULT {
            keymap.add(mode, keys, action, true);
        }
        for mode in Mode::ALL {
            for &(keys, action) in EVERYWHERE {
                keymap.add(mode, keys, action, mode == Mode::Typing);
            }
        }
        for mode in [Mode::Finding, Mode::Choosing] {
            for &(keys, action) in EDITING {
                keymap.add(mode, keys, action, false);
            }
        }
        keymap
    }
}

impl Keymap {
    /// What a key press means; `None` for a release, and for a key that means nothing here.
    pub fn message(&self, mode: Mode, event: KeyEvent) -> Option<Message> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let key = normal(event.modifiers, event.code);
        if let Some(&action) = self.bound.get(&(mode, key)) {
            return Some(Message::Do(action));
        }
        match key {
            (KeyModifiers::NONE, KeyCode::Char(c)) if mode != Mode::Reading => {
                Some(Message::Type(c))
            }
            _ => None,
        }
    }

    /// How people write the first key of an action.
    pub fn label(&self, mode: Mode, action: Action) -> Option<String> {
        let is_it = |row: &&(Mode, Vec<String>, Action)| (row.0, row.2) == (mode, action);
        let everywhere = |row: &&(Mode, Vec<String>, Action)| {
            row.2 == action && EVERYWHERE.iter().any(|(_, other)| *other == action)
        };
        let row = self.rows.iter().find(is_it).or_else(|| self.rows.iter().find(everywhere))?;
        row.1.first().map(|key| pretty(key))
    }

    /// The rows of the help.
    pub fn help(&self) -> Vec<HelpRow> {
        let row = |(mode, keys, action): &(Mode, Vec<String>, Action)| HelpRow {
            mode: *mode,
            keys: keys.iter().map(|key| pretty(key)).collect::<Vec<_>>().join(" "),
            action: *action,
        };
        self.rows.iter().filter(|row| !row.1.is_empty()).map(row).collect()
    }

    fn add(&mut self, mode: Mode, keys: &str, action: Action, in_help: bool) {
        let names: Vec<String> = keys.split(' ').map(str::to_owned).collect();
        self.bound
            .extend(names.iter().filter_map(|name| key(name)).map(|key| ((mode, key), action)));
        if in_help {
            self.rows.push((mode, names, action));
        }
    }

    /// The default keys with those of a preset (`default`, `vim`, `emacs`) over them. The error
    /// says what there is.
    pub fn preset(name: &str) -> Result<Self, String> {
        let (_, bindings) = PRESETS
            .iter()
            .find(|(other, _)| *other == name)
            .ok_or_else(|| unknown("preset", name, PRESETS.iter().map(|(name, _)| *name)))?;
        let mut keymap = Self::default();
        for (mode, keys, action) in *bindings {
            for key in keys.split(' ') {
                keymap.rebind(*mode, key, Some(*action));
            }
        }
        Ok(keymap)
    }

    /// Binds a key to an action by their names; `none` takes the key's meaning away. `mode` is
    /// `typing`, `reading`, `finding` or `choosing`. The error names what was most likely meant.
    pub fn bind(&mut self, mode: &str, key_name: &str, action: &str) -> Result<(), String> {
        let mode = Mode::ALL
            .into_iter()
            .find(|other| other.name() == mode)
            .ok_or_else(|| unknown("place for keys", mode, Mode::ALL.map(Mode::name)))?;
        if key(key_name).is_none() {
            return Err(format!(
                "{key_name:?} is no key: write ctrl-x, alt-x, f5, pgdn, enter or x"
            ));
        }
        let named = Action::ALL.iter().find(|other| other.name() == action);
        let all = || Action::ALL.iter().map(|action| action.name());
        if named.is_none() && action != "none" {
            return Err(unknown("action", action, all()));
        }
        self.rebind(mode, key_name, named.copied());
        Ok(())
    }

    /// Where several entries can be picked, Tab marks one and goes on, as elsewhere.
    pub fn mark_with_tab(&mut self) {
        self.rebind(Mode::Typing, "tab", Some(Action::Mark));
        self.rebind(Mode::Typing, "shift-tab", Some(Action::MarkBack));
    }

    fn rebind(&mut self, mode: Mode, name: &str, action: Option<Action>) {
        let Some(chord) = key(name) else { return };
        self.bound.remove(&(mode, chord));
        for row in self.rows.iter_mut().filter(|row| row.0 == mode) {
            row.1.retain(|other| key(other) != Some(chord));
        }
        let Some(action) = action else { return };
        self.bound.insert((mode, chord), action);
        match self.rows.iter_mut().find(|row| (row.0, row.2) == (mode, action)) {
            Some(row) => row.1.insert(0, name.to_owned()),
            None => self.rows.push((mode, vec![name.to_owned()], action)),
        }
    }
}

/// "there is no action `copi`: did you mean `copy`?"
fn unknown<'a>(what: &str, name: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    let near = names.into_iter().map(|other| (strsim::damerau_levenshtein(name, other), other));
    let nearest = near.min().map_or("", |(_, name)| name);
    format!("there is no {what} `{name}`: did you mean `{nearest}`?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_tables_has_a_name_and_one_meaning() {
        for mode in Mode::ALL {
            let mut seen = HashMap::new();
            let rows = DEFAULT.iter().filter(|row| row.0 == mode);
            for (keys, action) in rows.map(|row| (row.1, row.2)).chain(EVERYWHERE.iter().copied()) {
                for name in keys.split(' ') {
                    let key = key(name).unwrap_or_else(|| panic!("{name}"));
                    let other = seen.insert(key, action);
                    assert_eq!(other, None, "{name} twice in {mode:?}");
                }
            }
        }
        for (name, _) in PRESETS {
            assert!(Keymap::preset(name).is_ok());
        }
    }

    #[test]
    fn keys_are_bound_by_name() {
        let mut keymap = Keymap::default();
        let x = KeyEvent::new(KeyCode::Char('x'), KeyModifiers::CONTROL);
        keymap.bind("typing", "ctrl-x", "copy").unwrap();
        assert!(matches!(keymap.message(Mode::Typing, x), Some(Message::Do(Action::Copy))));
        assert_eq!(keymap.label(Mode::Typing, Action::Copy).as_deref(), Some("^X"));
        keymap.bind("typing", "ctrl-x", "none").unwrap();
        assert!(keymap.message(Mode::Typing, x).is_none());
        assert_eq!(keymap.label(Mode::Typing, Action::Copy).as_deref(), Some("^Y"));
        let wrong = keymap.bind("typing", "ctrl-x", "copi").unwrap_err();
        assert_eq!(wrong, "there is no action `copi`: did you mean `copy`?");
        assert!(keymap.bind("tiping", "x", "copy").unwrap_err().contains("`typing`"));
        assert!(keymap.bind("typing", "ctrl-", "copy").is_err());
        assert!(Keymap::preset("vi").unwrap_err().contains("`vim`"));
    }
}
