//! The query for the terminal's background colour (OSC 11), and its reply.

/// The query.
pub(super) const QUERY: &[u8] = b"\x1b]11;?\x07";

/// Prefixes of names of terminals that print the query or do not support it.
const UNSUPPORTED: &[&str] = &["dumb", "linux", "screen", "eterm", "vt1", "vt2", "cons25", "ansi"];

/// The beginning of every reply, after `ESC ]`.
const PREFIX: &str = "11;";

/// Whether a terminal of this name (`$TERM`) supports the query.
pub(super) fn is_supported(term: &str) -> bool {
    let term = term.to_lowercase();
    !term.is_empty() && !UNSUPPORTED.iter().any(|name| term.starts_with(name))
}

/// Reads the reply byte by byte.
#[derive(Debug, Default)]
pub(super) struct Osc11Parser {
    text: String,
    escape: bool,
}

/// The state of a reply after a byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReplyState {
    /// The reply is incomplete.
    More,
    /// The reply is complete: whether the background is light, if it names a colour.
    Done(Option<bool>),
    /// The byte cannot belong to a reply.
    Broken,
}

impl Osc11Parser {
    /// Reads a byte after `ESC ]`.
    pub(super) fn byte(&mut self, byte: u8) -> ReplyState {
        let colour = self.text.strip_prefix(PREFIX);
        match (byte, colour) {
            (b'\\', Some(colour)) if self.escape => {
                let light = is_light(colour);
                self.reset();
                ReplyState::Done(light)
            }
            (0x07, Some(colour)) if !self.escape => {
                let light = is_light(colour);
                self.reset();
                ReplyState::Done(light)
            }
            (0x1b, Some(_)) if !self.escape => {
                self.escape = true;
                ReplyState::More
            }
            _ => self.push(byte),
        }
    }

    /// Drops an incomplete reply.
    pub(super) fn reset(&mut self) {
        *self = Self::default();
    }

    fn push(&mut self, byte: u8) -> ReplyState {
        self.text.push(char::from(byte));
        let continues = match self.text.strip_prefix(PREFIX) {
            Some(colour) => is_colour_prefix(colour),
            None => PREFIX.starts_with(&self.text),
        };
        if continues && !self.escape {
            return ReplyState::More;
        }
        self.reset();
        ReplyState::Broken
    }
}

/// Whether the colour of a reply can start like this. The check is strict, so that after a
/// truncated reply few keys are mistaken for the rest of it.
fn is_colour_prefix(text: &str) -> bool {
    let hex = |digits: &str, most| {
        digits.len() <= most && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let named = |name: &str, parts| match text.strip_prefix(name) {
        Some(rest) => {
            rest.split('/').count() <= parts && rest.split('/').all(|digits| hex(digits, 4))
        }
        None => name.starts_with(text),
    };
    named("rgb:", 3) || named("rgba:", 4) || text.strip_prefix('#').is_some_and(|d| hex(d, 12))
}

/// Parses `rgb:ffff/ffff/ffff`, `rgba:...` or `#ffffff`. The weights are those of BT.601 luma.
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
    use super::is_supported;

    #[test]
    fn terminals_that_would_print_the_query_are_not_queried() {
        assert!(is_supported("xterm-256color") && is_supported("tmux-256color"));
        assert!(!is_supported("linux") && !is_supported("screen.xterm") && !is_supported(""));
    }
}
