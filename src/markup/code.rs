//! Lays out code blocks: a bar at the left, the language at the right, long lines broken with a
//! mark, and placeholders without their braces.

use super::flow::Flow;
use super::line::{Join, SpanStyle};
use super::page::Page;
use super::role::{Role, Roles};
use super::wrap::{grapheme_end, is_seam};
use crate::text::{columns, grapheme_width};
use std::borrow::Cow;
use std::ops::Range;

/// The minimum columns for a mark before the rest of a long line.
const MARKED: usize = 4;

/// Coloured parts of code: each ends at a byte offset, and starts where the previous one ends.
pub(super) type Colours = [(usize, Roles)];

/// A code block as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeBlock {
    /// The code, without the final line end.
    pub code: String,
    /// The language according to the fence; empty if it has none.
    pub language: String,
    /// The lines of the page that show it.
    pub lines: Range<usize>,
}

/// Adds a code block to the page.
pub(super) fn lay_out(
    page: &mut Page,
    code: &str,
    language: &str,
    colours: Option<&Colours>,
    drawing: bool,
) {
    let shown = ShownCode::new(code, language);
    let bar = if drawing { "│ " } else { "    " };
    let opened = page.open(None, (bar, Role::CodeBar.into()));
    let mut coloured = Flow::default();
    shown.colour(colours.unwrap_or_default(), &mut coloured);
    let mut cursor = 0;
    let mut start = 0;
    let label = if drawing {
        Label::new(&shown.text, language, page.room())
    } else {
        // For a screen reader the language must not look like the end of a line of code.
        Label { place: CodePlace::Above, free: 0 }
    };
    if label.place == CodePlace::Above && !language.is_empty() {
        let mut line = page.begin();
        line.push(&cut(language, page.room()), Role::CodeLabel.into());
        page.end(line);
    }
    let count = shown.text.split('\n').count();
    for (n, text) in shown.text.split('\n').enumerate() {
        let pieces = pieces(text, page.room());
        let last = pieces.len() - 1;
        let blanks = hanging_indent(text, page.room());
        for (piece, range) in pieces.into_iter().enumerate() {
            let mut line = page.begin();
            if piece > 0 {
                line.join = Join::Direct;
                if page.room() > MARKED {
                    line.pad(blanks, Role::Continued.into());
                    line.push(if drawing { "↳ " } else { "> " }, Role::Continued.into());
                    line.indent = line.text().len() as u32;
                }
            }
            coloured.copy(start + range.start..start + range.end, &mut cursor, &mut line);
            let here = match label.place {
                CodePlace::First => n == 0,
                CodePlace::Last => n + 1 == count && piece == last,
                CodePlace::Above => false,
            };
            if here {
                line.pad(label.free, SpanStyle::default());
                line.push(language, Role::CodeLabel.into());
            }
            page.end(line);
        }
        start += text.len() + 1;
    }
    if opened {
        page.close();
    }
}

/// The position of the language label.
struct Label {
    place: CodePlace,
    /// The blanks before it.
    free: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum CodePlace {
    First,
    Last,
    Above,
}

impl Label {
    /// At the right of the first line, or of the last; above if neither has space.
    fn new(code: &str, language: &str, room: usize) -> Self {
        let needed = columns(language);
        let after = |used: usize| room.checked_sub(used + needed).filter(|&free| free >= 2);
        let whole = code.split('\n').next().unwrap_or_default();
        if language.is_empty() {
            return Label { place: CodePlace::Above, free: 0 };
        }
        if let Some(free) = after(columns(whole)) {
            return Label { place: CodePlace::First, free };
        }
        let text = code.rsplit('\n').next().unwrap_or_default();
        let pieces = pieces(text, room);
        let continued = pieces.len() > 1 && room > MARKED;
        let mark = if continued { hanging_indent(text, room) + 2 } else { 0 };
        let used = pieces.last().map_or(0, |piece| columns(&text[piece.clone()]));
        match after(used + mark) {
            Some(free) => Label { place: CodePlace::Last, free },
            None => Label { place: CodePlace::Above, free: 0 },
        }
    }
}

/// The beginning of `text` that fits.
fn cut(text: &str, room: usize) -> String {
    let mut out = String::new();
    let mut at = 0;
    let mut used = 0;
    while at < text.len() {
        let end = grapheme_end(text, at);
        used += grapheme_width(&text[at..end]);
        if used > room {
            break;
        }
        out.push_str(&text[at..end]);
        at = end;
    }
    out
}

/// The indentation of the rest of a long line: that of the line itself, if it leaves enough space.
pub(super) fn hanging_indent(text: &str, room: usize) -> usize {
    let indent = text.len() - text.trim_start_matches(' ').len();
    if room > MARKED && indent * 3 <= room { indent } else { 0 }
}

/// Breaks a line of code: in the second half of the width at a blank, else after a sign that joins
/// words, else anywhere. Keeps every character. All pieces except the first leave columns for the
/// mark and for [`hanging_indent`].
pub(super) fn pieces(text: &str, room: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut start, mut used) = (0, 0);
    // Where the line may end, and its width up to there: after a blank, after a sign.
    let (mut blank, mut seam) = (None, None);
    let mut space = room.max(1);
    let rest = if room > MARKED { room - 2 - hanging_indent(text, room) } else { room.max(1) };
    let mut at = 0;
    while at < text.len() {
        let end = grapheme_end(text, at);
        let width = grapheme_width(&text[at..end]);
        if used + width > space && at > start {
            let late = |place: &(usize, usize)| place.1 * 2 > space;
            let (stop, before) = blank.filter(late).or(seam.filter(late)).unwrap_or((at, used));
            out.push(start..stop);
            start = stop;
            used -= before;
            (blank, seam) = (None, None);
            space = rest;
            continue;
        }
        used += width;
        match text[at..end].chars().next() {
            Some(' ') => blank = Some((end, used)),
            Some(sign) if is_seam(sign) || matches!(sign, '(' | '{' | '[' | '|' | '>') => {
                seam = Some((end, used));
            }
            Some(_) | None => {}
        }
        at = end;
    }
    out.push(start..text.len());
    out
}

/// Code as shown: `{{placeholders}}` without their braces, and their positions.
pub(super) struct ShownCode<'a> {
    pub text: Cow<'a, str>,
    pub placeholders: Vec<Range<usize>>,
}

impl<'a> ShownCode<'a> {
    /// Only shell commands, and code without a known language, have placeholders.
    pub fn new(code: &'a str, language: &str) -> Self {
        let mut whole = ShownCode { text: Cow::Borrowed(code), placeholders: Vec::new() };
        if !may_have_placeholders(language) || !code.contains("{{") {
            return whole;
        }
        let mut text = String::with_capacity(code.len());
        let mut rest = code;
        while let Some((before, inner, after)) = next_placeholder(rest) {
            // Anything that looks like a template of a language keeps its braces.
            if !is_placeholder(inner) {
                return whole;
            }
            text.push_str(before);
            let start = text.len();
            text.push_str(inner);
            whole.placeholders.push(start..text.len());
            rest = after;
        }
        text.push_str(rest);
        whole.text = Cow::Owned(text);
        whole
    }

    /// Adds the code to the flow with its colours, whose offsets are in the shown text.
    pub fn colour(&self, colours: &Colours, flow: &mut Flow) {
        let mut at = 0;
        let base = Roles::from(Role::CodeBlock);
        let rest = [(self.text.len(), Roles::NONE)];
        for &(end, roles) in colours.iter().chain(&rest) {
            let end = end.min(self.text.len());
            self.piece(at..end, base.and(roles).into(), flow);
            at = at.max(end);
        }
    }

    /// Adds a part of the code in one colour, except for its placeholders.
    pub fn piece(&self, range: Range<usize>, look: SpanStyle, flow: &mut Flow) {
        let mut at = range.start;
        let from = self.placeholders.partition_point(|place| place.end <= range.start);
        for place in &self.placeholders[from..] {
            let (start, end) = (place.start.max(at), place.end.min(range.end));
            if start >= end {
                break;
            }
            flow.push(&self.text[at..start], look);
            let inside = SpanStyle { roles: look.roles.with(Role::Placeholder), ..look };
            flow.push(&self.text[start..end], inside);
            at = end;
        }
        if at < range.end {
            flow.push(&self.text[at..range.end], look);
        }
    }
}

/// A part of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandPart<'a> {
    /// Literal text.
    Text(&'a str),
    /// A placeholder: the text between the braces.
    Placeholder(&'a str),
}

/// The parts of a command, with its placeholders (`{{path/to/file}}`) without their braces.
pub fn command_parts(command: &str) -> Vec<CommandPart<'_>> {
    let mut parts = Vec::new();
    let mut rest = command;
    while let Some((before, inner, after)) = next_placeholder(rest) {
        // Anything that looks like a template of a language keeps its braces.
        if !is_placeholder(inner) {
            return vec![CommandPart::Text(command)];
        }
        parts.extend([CommandPart::Text(before), CommandPart::Placeholder(inner)]);
        rest = after;
    }
    parts.push(CommandPart::Text(rest));
    parts
}

fn may_have_placeholders(language: &str) -> bool {
    matches!(
        language.to_ascii_lowercase().as_str(),
        "" | "sh" | "bash" | "zsh" | "fish" | "shell" | "console" | "powershell" | "cmd" | "text"
    )
}

/// The text before, inside and after the next `{{...}}` of a line.
fn next_placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let open = text.find("{{")?;
    let inner = &text[open + 2..];
    let mut close = inner.find("}}")?;
    // `{{{a}}}`: the innermost braces belong to the text.
    while inner[close + 2..].starts_with('}') {
        close += 1;
    }
    Some((&text[..open], &inner[..close], &inner[close + 2..]))
}

/// `path/to/file`, `[-v|--verbose]`; not `.Name`, ` user.name `, `range .`, which are templates.
fn is_placeholder(inner: &str) -> bool {
    let ends = |c: char| c.is_whitespace() || matches!(c, '{' | '}');
    !inner.is_empty()
        && !inner.contains('\n')
        && !inner.starts_with(ends)
        && !inner.ends_with(ends)
        && !inner.starts_with(['.', '#', '%', '$', '-', '^', '!', '>'])
        && !inner.contains(" .")
        && !matches!(inner, "end" | "else")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_and_templates() {
        for (code, language, shown, places) in [
            ("tar xf {{path/to/a.tar}} -C {{dir}}", "sh", "tar xf path/to/a.tar -C dir", 2),
            ("ls {{[-a|--all]}}", "", "ls [-a|--all]", 1),
            ("docker inspect -f '{{.Name}}'", "sh", "docker inspect -f '{{.Name}}'", 0),
            ("echo {{ user }}", "", "echo {{ user }}", 0),
            ("f'{{x}}'", "python", "f'{{x}}'", 0),
            ("a {{b", "sh", "a {{b", 0),
        ] {
            let got = ShownCode::new(code, language);
            assert_eq!((got.text.as_ref(), got.placeholders.len()), (shown, places));
        }
    }

    #[test]
    fn long_code_is_broken_and_kept() {
        let text = "aaaa bbbb cccccccccccccc";
        let got: Vec<_> = pieces(text, 8).into_iter().map(|range| &text[range]).collect();
        assert_eq!(got, ["aaaa ", "bbbb ", "cccccc", "cccccc", "cc"]);
        // After a sign if there is no blank; the rest keeps the indentation of its line.
        let text = "    total.push(receipts.last().cloned());";
        let got: Vec<_> = pieces(text, 26).into_iter().map(|range| &text[range]).collect();
        assert_eq!(got, ["    total.push(receipts.", "last().cloned());"]);
        assert_eq!((hanging_indent(text, 26), hanging_indent(text, 10)), (4, 0));
    }
}
