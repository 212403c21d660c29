//! Pairs the tags of a paragraph, and determines their replacements.

use super::tag::RawTag;
use crate::markup::source::{code_span, decode, destination, emphasise, scripts, without_tags};
use std::ops::Range;

/// A range of the text and its replacement.
pub(super) type Edit = (Range<usize>, String);

/// The context of a run of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TagContext {
    Paragraph,
    Heading,
    Cell,
}

/// The tags of a paragraph, a heading or a cell, in order.
pub(super) struct TagRun<'t> {
    text: &'t str,
    pub(super) tags: Vec<RawTag>,
    pub(super) place: TagContext,
}

impl<'t> TagRun<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, tags: Vec::new(), place: TagContext::Paragraph }
    }

    /// Ends the run, and returns its edits.
    pub(super) fn finish(&mut self) -> Vec<Edit> {
        let tags = std::mem::take(&mut self.tags);
        let partners = partners(&tags);
        let mut edits: Vec<Edit> = Vec::new();
        // Skips tags inside a replaced element.
        let mut done = 0;
        for (n, tag) in tags.iter().enumerate() {
            if tag.range.start < done {
                continue;
            }
            match partners[n] {
                Some(partner) if partner > n => {
                    let inner = &tags[n + 1..partner];
                    let is_bare = inner.iter().zip(&partners[n + 1..]).all(|(tag, partner)| {
                        if partner.is_some() { tag.is_emphasis() } else { tag.is_dropped() }
                    });
                    let inner = is_bare.then_some(inner.len());
                    if let Some(edit) = self.whole(tag, &tags[partner], inner) {
                        done = edit.0.end;
                        edits.push(edit);
                    } else {
                        self.pair(tag, &tags[partner], &mut edits);
                    }
                }
                Some(_) => {}
                None => edits.extend(self.single(tag)),
            }
        }
        edits
    }

    /// Replaces a pair with everything between; `dropped` is the number of tags between them if all
    /// of these can be dropped.
    fn whole(&self, open: &RawTag, close: &RawTag, dropped: Option<usize>) -> Option<Edit> {
        let inner = &self.text[open.range.end..close.range.start];
        let replacement = match open.name.as_str() {
            "code" | "tt" | "samp" => code_span(&decode(&without_tags(inner))),
            "sup" | "sub" if dropped == Some(inner.matches('<').count()) => {
                scripts::tagged(&open.name, &without_tags(inner))
            }
            "script" | "style" => String::new(),
            _ => return None,
        };
        Some((open.range.start..close.range.end, replacement))
    }

    fn pair(&self, open: &RawTag, close: &RawTag, edits: &mut Vec<Edit>) {
        let inner = &self.text[open.range.end..close.range.start];
        let (start, end) = match open.name.as_str() {
            "b" | "strong" | "mark" => return self.marks(open, close, "**", edits),
            "i" | "em" | "u" | "ins" | "cite" | "dfn" | "var" => {
                return self.marks(open, close, "*", edits);
            }
            "s" | "del" | "strike" => return self.marks(open, close, "~~", edits),
            "q" => ("“".to_owned(), "”".to_owned()),
            "kbd" | "sup" | "sub" if without_tags(inner).trim().is_empty() => {
                (String::new(), String::new())
            }
            "kbd" | "sup" | "sub" => (format!("<{}>", open.name), format!("</{}>", open.name)),
            "a" => match open.attribute("href").filter(|_| !inner.trim().is_empty()) {
                Some(url) => ("[".to_owned(), format!("]({})", destination(&url))),
                None => (String::new(), String::new()),
            },
            _ => match open.label() {
                Some(label) => (format!("**{label}** "), String::new()),
                None => (String::new(), String::new()),
            },
        };
        edits.push((open.range.clone(), start));
        edits.push((close.range.clone(), end));
    }

    /// Replaces a pair by emphasis marks. Moves blanks and punctuation at its ends outside if the
    /// marks would not be recognised otherwise.
    fn marks(&self, open: &RawTag, close: &RawTag, mark: &str, edits: &mut Vec<Edit>) {
        let inner = &self.text[open.range.end..close.range.start];
        let touches = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let hangs =
            |c: char| c.is_whitespace() || c.is_ascii_punctuation() && !"`*_~<>[(!".contains(c);
        let leads =
            |c: char| c.is_whitespace() || c.is_ascii_punctuation() && !"`*_~<[".contains(c);
        let after = touches(self.text[close.range.end..].chars().next());
        let before = touches(self.text[..open.range.start].chars().next_back());
        let text = without_final_breaks(inner);
        let tail = if after { text.trim_end_matches(hangs) } else { text.trim_end() };
        let core = if before { tail.trim_start_matches(leads) } else { tail.trim_start() };
        let lead = tail.len() - core.len();
        let (from, to) = (open.range.end + lead, open.range.end + tail.len());
        if without_tags(inner).trim().is_empty() || emphasise(core, mark) == core {
            edits.push((open.range.clone(), String::new()));
            edits.push((close.range.clone(), String::new()));
            return;
        }
        edits.push((open.range.start..from, format!("{}{mark}", &inner[..lead])));
        if text.len() < inner.len() {
            // The breaks after the mark have their own edits.
            edits.push((to..to, mark.to_owned()));
            edits.push((close.range.clone(), String::new()));
        } else {
            edits.push((to..close.range.end, format!("{mark}{}", &inner[tail.len()..])));
        }
    }

    /// Replaces a tag without its pair.
    fn single(&self, tag: &RawTag) -> Option<Edit> {
        let range = tag.range.clone();
        if !tag.is_certain() {
            // It only looks like a tag.
            let escaped = self.text[..range.start].ends_with('\\');
            return (!escaped).then(|| (range.start..range.start, "\\".to_owned()));
        }
        let replacement = match tag.name.as_str() {
            "br" => return self.line_break(tag),
            "img" => {
                let alt = tag.attribute("alt").unwrap_or_default().replace(['[', ']'], "");
                match tag.attribute("src") {
                    Some(src) => format!("![{alt}]({})", destination(&src)),
                    None => alt,
                }
            }
            _ => String::new(),
        };
        Some((range, replacement))
    }

    fn line_break(&self, tag: &RawTag) -> Option<Edit> {
        let (start, end) = (tag.range.start, tag.range.end);
        match self.place {
            TagContext::Cell if &self.text[tag.range.clone()] == "<br>" => None,
            TagContext::Cell => Some((start..end, "<br>".to_owned())),
            TagContext::Heading => Some((start..end, " ".to_owned())),
            TagContext::Paragraph => {
                let after = self.text[end..].trim_start_matches([' ', '\t']);
                if after.starts_with('\n') || after.is_empty() {
                    let is_last =
                        after.is_empty() || after[1..].trim_start_matches(' ').starts_with('\n');
                    let mark = if is_last { "" } else { "\\" };
                    return Some((start..self.text.len() - after.len(), mark.to_owned()));
                }
                let line = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
                let prefix = continuation(&self.text[line..start]);
                Some((start..self.text.len() - after.len(), format!("\\\n{prefix}")))
            }
        }
    }
}

/// The prefix of a line that continues the paragraph of another line: marks of quotes, and blanks
/// instead of bullets.
fn continuation(line: &str) -> String {
    let digits =
        |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut rest = line;
    let mut out = String::new();
    loop {
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        out.push_str(&rest[..blanks]);
        rest = &rest[blanks..];
        let number = digits(rest);
        if let Some(after) = rest.strip_prefix('>') {
            out.push('>');
            rest = after;
        } else if rest.starts_with("- ") || rest.starts_with("* ") || rest.starts_with("+ ") {
            out.push(' ');
            rest = &rest[1..];
        } else if number > 0
            && rest[number..].starts_with(['.', ')'])
            && rest[number + 1..].starts_with(' ')
        {
            out.push_str(&" ".repeat(number + 1));
            rest = &rest[number + 1..];
        } else {
            return out;
        }
    }
}

/// The partner of each tag.
fn partners(tags: &[RawTag]) -> Vec<Option<usize>> {
    let mut partners = vec![None; tags.len()];
    let mut open: Vec<usize> = Vec::new();
    for (n, tag) in tags.iter().enumerate().filter(|(_, tag)| tag.may_pair()) {
        if !tag.closes {
            open.push(n);
        } else if let Some(at) = open.iter().rposition(|&other| tags[other].name == tag.name) {
            partners[n] = Some(open[at]);
            partners[open[at]] = Some(n);
            open.truncate(at);
        }
    }
    partners
}

/// A text without the line breaks at its end.
fn without_final_breaks(text: &str) -> &str {
    let mut rest = text;
    while let Some((before, tag)) = rest.trim_end().rsplit_once('<') {
        if !matches!(tag.replace(['/', ' '], "").as_str(), "br>" | "BR>") {
            break;
        }
        rest = before;
    }
    rest
}
