//! Keys: parsed from configured names, normalised from terminal events, and printed.
//!
//! A terminal sends the same bytes for several keys (Ctrl-I and Tab, Ctrl-N and Ctrl-Shift-N), and
//! reports the same key in several ways. Both configured names and events pass through
//! [`Key::new`], so a binding that can be written also works.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::fmt::{self, Display, Write as _};
use std::str::FromStr;

/// A key with its modifiers, in canonical form: one value for all keys that a terminal cannot
/// distinguish. Displays as the name in the configuration, such as `ctrl-n`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    modifiers: KeyModifiers,
    code: KeyCode,
}

/// The style of key labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeyLabels {
    /// `^Y`, `↓`.
    #[default]
    Short,
    /// `Ctrl-Y`, `Down`: for screen readers.
    Words,
}

/// Named keys: code, canonical name, other accepted names (including those of fzf), label.
const NAMED: &[(KeyCode, &str, &[&str], &str)] = &[
    (KeyCode::Enter, "enter", &["return"], "Enter"),
    (KeyCode::Esc, "esc", &["escape"], "Esc"),
    (KeyCode::Tab, "tab", &[], "Tab"),
    (KeyCode::Char(' '), "space", &[], "Space"),
    (KeyCode::Backspace, "backspace", &["bspace", "bs"], "Backspace"),
    (KeyCode::Delete, "delete", &["del"], "Delete"),
    (KeyCode::Insert, "insert", &["ins"], "Insert"),
    (KeyCode::Up, "up", &["↑"], "↑"),
    (KeyCode::Down, "down", &["↓"], "↓"),
    (KeyCode::Left, "left", &["←"], "←"),
    (KeyCode::Right, "right", &["→"], "→"),
    (KeyCode::Home, "home", &[], "Home"),
    (KeyCode::End, "end", &[], "End"),
    (KeyCode::PageUp, "pgup", &["page-up", "pageup"], "PgUp"),
    (KeyCode::PageDown, "pgdn", &["page-down", "pagedown"], "PgDn"),
];

/// The prefixes of modifiers, in display order, with their labels.
const MODIFIERS: [(KeyModifiers, &str, &str); 3] = [
    (KeyModifiers::CONTROL, "ctrl-", "Ctrl-"),
    (KeyModifiers::ALT, "alt-", "Alt-"),
    (KeyModifiers::SHIFT, "shift-", "Shift-"),
];

/// The function keys for which terminals have a sequence.
const FUNCTION_KEYS: std::ops::RangeInclusive<u8> = 1..=20;

/// Why a name is not a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The name of no key.
    #[error("unknown key `{0}`: write ctrl-x, alt-x, f5, pgdn, enter or x")]
    Unknown(String),
    /// No terminal can send it.
    #[error("terminals cannot send `{0}`")]
    Unsendable(String),
    /// The character depends on the keyboard's layout.
    #[error("`{0}` depends on the keyboard: write the character that it types")]
    Layout(String),
    /// A terminal sends the same bytes for another key.
    #[error("terminals send the same for `{0}` and `{1}`: write `{1}`")]
    Ambiguous(String, Key),
}

impl Key {
    /// The canonical form of a key, from a name or a terminal event.
    fn new(modifiers: KeyModifiers, code: KeyCode) -> Self {
        let modifiers =
            modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        match code {
            KeyCode::BackTab => {
                Self { modifiers: modifiers | KeyModifiers::SHIFT, code: KeyCode::Tab }
            }
            KeyCode::Char(c) if modifiers.contains(KeyModifiers::CONTROL) => {
                Self::control(modifiers - KeyModifiers::SHIFT, c)
            }
            // A character includes its shift.
            KeyCode::Char(c) if modifiers.contains(KeyModifiers::SHIFT) => Self {
                modifiers: modifiers - KeyModifiers::SHIFT,
                code: KeyCode::Char(upper_case(c).unwrap_or(c)),
            },
            code => Self { modifiers, code },
        }
    }

    /// Control characters have several names: Ctrl-I is Tab, Ctrl-/ is Ctrl-_. crossterm reports
    /// 0x1c to 0x1f as Ctrl-4 to Ctrl-7.
    fn control(modifiers: KeyModifiers, c: char) -> Self {
        let plain = |code| Self { modifiers: modifiers - KeyModifiers::CONTROL, code };
        match c.to_ascii_lowercase() {
            'i' => plain(KeyCode::Tab),
            'm' => plain(KeyCode::Enter),
            '[' | '3' => plain(KeyCode::Esc),
            '?' | '8' => plain(KeyCode::Backspace),
            '@' | '2' => Self { modifiers, code: KeyCode::Char(' ') },
            '4' => Self { modifiers, code: KeyCode::Char('\\') },
            '5' => Self { modifiers, code: KeyCode::Char(']') },
            '6' | '~' => Self { modifiers, code: KeyCode::Char('^') },
            '7' | '/' | '-' => Self { modifiers, code: KeyCode::Char('_') },
            c => Self { modifiers, code: KeyCode::Char(c) },
        }
    }

    /// The character that the key types, if it types one.
    pub(super) fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if self.modifiers.is_empty() => Some(c),
            _ => None,
        }
    }

    /// The label of the key.
    pub fn label(self, labels: KeyLabels) -> String {
        let words = labels == KeyLabels::Words;
        let mut label = String::new();
        let short_control = self.modifiers == KeyModifiers::CONTROL && self.is_graphic() && !words;
        if short_control {
            label.push('^');
        } else {
            for (modifier, _, prefix) in MODIFIERS {
                label.push_str(if self.modifiers.contains(modifier) { prefix } else { "" });
            }
        }
        match self.code {
            KeyCode::Char(c) if self.is_graphic() && !self.modifiers.is_empty() => {
                // Alt-v and Alt-V are two keys.
                let control = self.modifiers.contains(KeyModifiers::CONTROL);
                label.extend(if control { upper_case(c) } else { None }.or(Some(c)));
            }
            KeyCode::F(number) => {
                let _ = write!(label, "F{number}");
            }
            code => match NAMED.iter().find(|(other, ..)| *other == code) {
                Some((_, name, _, shown)) if words && !shown.is_ascii() => {
                    label.extend(name.chars().next().and_then(upper_case));
                    label.push_str(&name[1..]);
                }
                Some((.., shown)) => label.push_str(shown),
                None => label.extend(code.as_char()),
            },
        }
        label
    }

    /// Whether it is a character that is shown as itself.
    fn is_graphic(self) -> bool {
        self.code.as_char().is_some_and(|c| c != ' ')
    }
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Self {
        Self::new(event.modifiers, event.code)
    }
}

impl From<Key> for KeyEvent {
    fn from(key: Key) -> Self {
        Self::new(key.code, key.modifiers)
    }
}

impl Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (modifier, prefix, _) in MODIFIERS {
            f.write_str(if self.modifiers.contains(modifier) { prefix } else { "" })?;
        }
        match self.code {
            KeyCode::F(number) => write!(f, "f{number}"),
            code => match NAMED.iter().find(|(other, ..)| *other == code) {
                Some((_, name, ..)) => f.write_str(name),
                None => code.as_char().map_or(Ok(()), |c| f.write_char(c)),
            },
        }
    }
}

impl FromStr for Key {
    type Err = KeyError;

    /// Parses a name such as `ctrl-n`, `alt-<`, `shift-tab`, `f1`, `pgdn`, `?` or `G`, or a label
    /// (`^N`, `PgDn`). Only the case of a single character matters.
    fn from_str(name: &str) -> Result<Self, KeyError> {
        let (modifiers, rest) = split_modifiers(name);
        let code = code(rest).ok_or_else(|| KeyError::Unknown(name.to_owned()))?;
        let key = Self::new(modifiers, code);
        let KeyCode::Char(c) = code else { return Ok(key) };
        let control = modifiers.contains(KeyModifiers::CONTROL);
        if c.is_control() || (control && !(c == ' ' || c.is_ascii_graphic())) {
            return Err(KeyError::Unsendable(name.to_owned()));
        }
        if control && !has_control_character(c) {
            return Err(KeyError::Unsendable(name.to_owned()));
        }
        if modifiers.contains(KeyModifiers::SHIFT) {
            if control || c == ' ' {
                return Err(KeyError::Ambiguous(name.to_owned(), key));
            }
            if upper_case(c).is_none() {
                return Err(KeyError::Layout(name.to_owned()));
            }
        }
        Ok(key)
    }
}

fn split_modifiers(name: &str) -> (KeyModifiers, &str) {
    let mut modifiers = KeyModifiers::NONE;
    let mut rest = name;
    while let Some((modifier, tail)) = MODIFIERS.into_iter().find_map(|(modifier, prefix, _)| {
        let (head, tail) = rest.split_at_checked(prefix.len())?;
        (head.eq_ignore_ascii_case(prefix) && !tail.is_empty()).then_some((modifier, tail))
    }) {
        modifiers |= modifier;
        rest = tail;
    }
    match rest.strip_prefix('^').filter(|tail| !tail.is_empty()) {
        Some(tail) => (modifiers | KeyModifiers::CONTROL, tail),
        None => (modifiers, rest),
    }
}

fn code(name: &str) -> Option<KeyCode> {
    let mut characters = name.chars();
    let only = characters.next().filter(|_| characters.next().is_none());
    let lower = name.to_lowercase();
    let is_named = |(_, canonical, others, _): &&(KeyCode, &str, &[&str], &str)| {
        *canonical == lower || others.contains(&&*lower)
    };
    if let Some((code, ..)) = NAMED.iter().find(is_named) {
        return Some(*code);
    }
    let number =
        lower.strip_prefix('f').filter(|digits| digits.starts_with(|c| ('1'..='9').contains(&c)));
    let number = number.and_then(|digits| digits.parse().ok());
    number.filter(|n| FUNCTION_KEYS.contains(n)).map(KeyCode::F).or(only.map(KeyCode::Char))
}

/// Whether Ctrl with this character makes a control character.
fn has_control_character(c: char) -> bool {
    c.is_ascii_alphabetic() || " @[\\]^_?/-~2345678".contains(c)
}

/// The upper case of a letter that is one character in both cases.
fn upper_case(c: char) -> Option<char> {
    let mut upper = c.to_uppercase();
    upper.next().filter(|&other| upper.next().is_none() && (other != c || c.is_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names() -> impl Strategy<Value = String> {
        let named = NAMED.iter().map(|(_, name, ..)| (*name).to_owned());
        let named = named.chain((1..=20).map(|n| format!("f{n}"))).collect::<Vec<_>>();
        let key = prop_oneof![proptest::sample::select(named), "[!-~]", "\\PC"];
        let modifiers = proptest::sample::subsequence(vec!["ctrl-", "alt-", "shift-"], 0..=3);
        (modifiers, key).prop_map(|(modifiers, key)| modifiers.concat() + &key)
    }

    proptest! {
        #[test]
        fn what_is_parsed_and_printed_parses_to_the_same_key(name in names()) {
            let Ok(key) = name.parse::<Key>() else { return Ok(()) };
            prop_assert_eq!(key.to_string().parse::<Key>(), Ok(key));
            for labels in [KeyLabels::Short, KeyLabels::Words] {
                prop_assert_eq!(key.label(labels).parse::<Key>(), Ok(key), "{}", key.label(labels));
            }
            // A terminal event for it is the same key.
            prop_assert_eq!(Key::from(KeyEvent::new(key.code, key.modifiers)), key);
        }

        #[test]
        fn any_text_is_a_key_or_an_error(name in ".{0,12}") {
            let _ = name.parse::<Key>();
        }
    }

    #[test]
    fn names_of_one_key_are_one_key() {
        for (name, canonical) in [
            ("ctrl-N", "ctrl-n"),
            ("Ctrl-n", "ctrl-n"),
            ("^N", "ctrl-n"),
            ("shift-a", "A"),
            ("alt-shift-v", "alt-V"),
            ("ctrl-i", "tab"),
            ("ctrl-[", "esc"),
            ("ctrl-/", "ctrl-_"),
            ("ctrl-4", "ctrl-\\"),
            ("PgDn", "pgdn"),
            ("-", "-"),
            ("ctrl--", "ctrl-_"),
            ("shift-↓", "shift-down"),
        ] {
            assert_eq!(name.parse::<Key>().map(|key| key.to_string()).as_deref(), Ok(canonical));
        }
    }

    #[test]
    fn a_key_that_no_terminal_sends_is_an_error() {
        for (name, why) in [
            ("ctrl-shift-n", "`ctrl-n`"),
            ("shift-1", "keyboard"),
            ("ctrl-é", "cannot send"),
            ("ctrl-1", "cannot send"),
            ("f21", "unknown"),
            ("ctrl-", "unknown"),
            ("", "unknown"),
        ] {
            let error = name.parse::<Key>().expect_err(name).to_string();
            assert!(error.contains(why), "{name}: {error}");
        }
    }
}
