//! Whether the terminal's background is light. It is asked, and many answer; the answer comes as
//! if it were typed, so it is caught among the keys before anybody takes it for some.

use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers};

/// Asks for the colour of the background (OSC 11).
pub(super) const QUESTION: &[u8] = b"\x1b]11;?\x07";

/// How every answer begins, after the escape.
const BEGIN: &str = "]11;";
/// No answer is longer.
const LONGEST: usize = 40;

/// Whether a terminal of this name is known to answer, or at least to take no harm.
pub(super) fn can_be_asked(term: &str) -> bool {
    let deaf = ["dumb", "linux", "screen", "eterm", "vt1", "vt2", "cons25", "ansi"];
    !term.is_empty() && !deaf.iter().any(|name| term.to_lowercase().starts_with(name))
}

/// Catches the answer among the keys.
#[derive(Debug, Default)]
pub(super) struct Catcher {
    asked: bool,
    /// The beginning of an answer, perhaps, and what it says.
    held: Vec<Event>,
    text: String,
}

impl Catcher {
    /// Catches one answer if the question was `asked`.
    pub(super) fn new(asked: bool) -> Self {
        Self { asked, ..Self::default() }
    }

    /// Whether the answer may still come.
    pub(super) fn waits(&self) -> bool {
        self.asked
    }

    /// Takes the next event: `pass` gets what is no part of the answer. Gives whether the
    /// background is light once the answer says so.
    pub(super) fn take(&mut self, event: Event, pass: impl FnMut(Event)) -> Option<bool> {
        match self.asked.then(|| character(&event)).flatten() {
            Some('\u{7}') if self.text.len() > BEGIN.len() => {
                let light = is_light(&self.text[BEGIN.len()..]);
                *self = Self::default();
                light
            }
            Some(c) if self.goes_on(c) => {
                self.text.push(c);
                self.held.push(event);
                None
            }
            _ => {
                self.let_go(pass, Some(event));
                None
            }
        }
    }

    /// Nothing more is there for the moment. A person does not type the beginning of an answer in
    /// no time, but may well press its first key.
    pub(super) fn pause(&mut self, pass: impl FnMut(Event)) {
        if self.text.len() < BEGIN.len() {
            self.let_go(pass, None);
        }
    }

    fn let_go(&mut self, pass: impl FnMut(Event), last: Option<Event>) {
        self.text.clear();
        self.held.drain(..).chain(last).for_each(pass);
    }

    fn goes_on(&self, c: char) -> bool {
        match BEGIN.chars().nth(self.text.len()) {
            Some(expected) => c == expected,
            None => self.text.len() < LONGEST && (c.is_ascii_alphanumeric() || ":/#".contains(c)),
        }
    }
}

/// The character that a key stands for; the end of an answer is always `\u{7}`.
fn character(event: &Event) -> Option<char> {
    let Event::Key(key) = event else { return None };
    if key.kind != KeyEventKind::Press {
        return None;
    }
    match (key.modifiers - KeyModifiers::SHIFT, key.code) {
        (KeyModifiers::CONTROL, KeyCode::Char('g')) | (KeyModifiers::ALT, KeyCode::Char('\\')) => {
            Some('\u{7}')
        }
        (KeyModifiers::ALT, KeyCode::Char(']')) => Some(']'),
        (KeyModifiers::NONE, KeyCode::Char(c)) => Some(c),
        _ => None,
    }
}

/// Reads `rgb:ffff/ffff/ffff`, `rgba:...` or `#ffffff`.
fn is_light(colour: &str) -> Option<bool> {
    let part = |digits: &str| {
        let most = 16_u32.checked_pow(digits.len().try_into().ok()?)?.checked_sub(1)?;
        Some(u32::from_str_radix(digits, 16).ok()? as f32 / most.max(1) as f32)
    };
    let parts: Option<Vec<f32>> = match colour.strip_prefix('#') {
        Some(digits) => {
            let size = digits.len() / 3;
            (0..3).map(|n| part(digits.get(n * size..(n + 1) * size)?)).collect()
        }
        None => colour.split_once(':')?.1.split('/').map(part).collect(),
    };
    match parts?[..] {
        [red, green, blue, ..] => Some(0.299 * red + 0.587 * green + 0.114 * blue > 0.5),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::KeyEvent;

    /// As crossterm reads bytes: an escape makes the next key one with Alt.
    fn events(bytes: &str) -> Vec<Event> {
        let mut alt = false;
        let mut events = Vec::new();
        for c in bytes.chars() {
            let (mut modifiers, code) = match c {
                '\u{1b}' => {
                    alt = true;
                    continue;
                }
                '\u{7}' => (KeyModifiers::CONTROL, KeyCode::Char('g')),
                c => (KeyModifiers::NONE, KeyCode::Char(c)),
            };
            if std::mem::take(&mut alt) {
                modifiers |= KeyModifiers::ALT;
            }
            events.push(Event::Key(KeyEvent::new(code, modifiers)));
        }
        events
    }

    /// What of some batches of bytes is left for the person, and the answer.
    fn caught(batches: &[&str]) -> (Vec<Event>, Option<bool>) {
        let mut catcher = Catcher::new(true);
        let (mut passed, mut answer) = (Vec::new(), None);
        for batch in batches {
            for event in events(batch) {
                answer = answer.or(catcher.take(event, |event| passed.push(event)));
            }
            catcher.pause(|event| passed.push(event));
        }
        (passed, answer)
    }

    #[test]
    fn the_answer_is_caught_and_keys_around_it_are_not() {
        for (batches, typed, answer) in [
            (&["\x1b]11;rgb:ffff/ffff/dddd\x07"][..], "", Some(true)),
            (&["\x1b]11;rgb:1e/1e/2e\x1b\\"], "", Some(false)),
            (&["\x1b]11;rgba:0/0/0/8\x1b\\"], "", Some(false)),
            (&["\x1b]11;#fafafa\x07"], "", Some(true)),
            (&["hu\x1b]11;rgb:ff/ff/ff\x07g"], "hug", Some(true)),
            (&["\x1b]11;rgb:ff", "ff/ffff/ffff\x07x"], "x", Some(true)),
            (&["]11;rgb:ff/ff/ff\x07"], "", Some(true)),
            // What only looks like it, or is no colour.
            (&["]", "1"], "]1", None),
            (&["]1 "], "]1 ", None),
            (&["\x1b]", "x"], "\x1b]x", None),
            (&["\x1b]11;rgb:zz/1\x07x"], "x", None),
            (&["\x07"], "\x07", None),
        ] {
            assert_eq!(caught(batches), (events(typed), answer), "{batches:?}");
        }
    }

    #[test]
    fn nothing_is_held_when_nothing_was_asked() {
        let mut catcher = Catcher::default();
        let mut passed = Vec::new();
        for event in events("\x1b]11;rgb:ff/ff/ff\x07") {
            assert_eq!(catcher.take(event, |event| passed.push(event)), None);
        }
        assert_eq!(passed, events("\x1b]11;rgb:ff/ff/ff\x07"));
    }

    #[test]
    fn consoles_that_would_show_the_question_are_not_asked() {
        assert!(can_be_asked("xterm-256color") && can_be_asked("tmux-256color"));
        assert!(!can_be_asked("linux") && !can_be_asked("screen.xterm") && !can_be_asked(""));
    }
}
