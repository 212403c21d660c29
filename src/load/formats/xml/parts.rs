//! Finds the elements of a long XML text without building a tree.

use crate::load::splitting::{Parts, Sizes};
use crate::load::xml_events::{XmlEvents, XmlStep};
use quick_xml::events::Event;
use std::ops::Range;

/// Deeper trees are rejected.
const MAX_DEPTH: usize = 100;

/// The children of the root, or of its only long child; the roots if there are several.
pub(super) fn parts(text: &str, sizes: Sizes) -> Option<Parts> {
    let mut level = Level::default();
    loop {
        let found = level.scan(text, sizes);
        if found.has_another_root {
            level = Level { is_rootless: true, ..Level::default() };
            continue;
        }
        let around = if level.within.is_empty() { text.len() } else { level.within.len() };
        if found.longest.len() <= (around / 2).min(2 * sizes.whole) {
            let Level { opening, closing, .. } = level;
            return Parts { opening, closing, ..found.parts }.some();
        }
        level = level.below(text, found.longest)?;
    }
}

/// The children of one element.
#[derive(Default)]
struct Level {
    /// Its range; empty for the whole text.
    within: Range<usize>,
    /// The depth of its children.
    depth: usize,
    /// The text has several roots, which are the children.
    is_rootless: bool,
    opening: String,
    closing: String,
}

#[derive(Default)]
struct Children {
    parts: Parts,
    longest: Range<usize>,
    has_another_root: bool,
}

/// The elements that are open while a level is scanned.
struct OpenElements {
    names: Vec<String>,
    /// The number of open elements around the children.
    around: usize,
    has_root: bool,
    /// The name of the last child: reading continues at the next one after an error.
    record: Option<String>,
}

impl OpenElements {
    fn is_around_children(&self) -> bool {
        self.names.len() == self.around
    }

    fn close(&mut self, name: &str) {
        if let Some(at) = self.names.iter().rposition(|open| open == name) {
            self.names.truncate(at);
        }
    }
}

impl Level {
    fn scan(&mut self, text: &str, sizes: Sizes) -> Children {
        let base = self.within.start;
        let part = if self.within.is_empty() { text } else { &text[self.within.clone()] };
        let mut events = XmlEvents::new(part);
        let mut found = Children::default();
        let mut open = OpenElements {
            names: Vec::new(),
            around: usize::from(!self.is_rootless),
            has_root: self.is_rootless,
            record: None,
        };
        let mut start = 0;
        loop {
            let (at, event) = match events.next(open.record.as_deref()) {
                XmlStep::Event(at, event) => (base + at, event),
                XmlStep::Skipped => {
                    // Like in the tree: the root stays open.
                    open.names.truncate(open.around);
                    continue;
                }
            };
            let end = base + events.position();
            let was_inside = open.names.len() > open.around;
            let is_child =
                open.is_around_children() && matches!(event, Event::Start(_) | Event::Empty(_));
            if is_child {
                found.parts.add(at, sizes);
                start = at;
            }
            match event {
                Event::Start(_) if open.names.is_empty() && open.has_root && !self.is_rootless => {
                    found.has_another_root = true;
                    return found;
                }
                Event::Start(_) if open.names.len() == MAX_DEPTH => return Children::default(),
                Event::Start(tag) => {
                    let name = tag.name().as_ref().to_owned();
                    if open.names.is_empty() && !open.has_root {
                        open.has_root = true;
                        self.opening.push_str(&text[at..end]);
                        self.closing.insert_str(0, &format!("</{name}>"));
                    } else if is_child {
                        open.record = Some(name.clone());
                    }
                    open.names.push(name);
                }
                Event::End(tag) => open.close(tag.name().as_ref()),
                Event::Eof => return found,
                Event::Empty(_)
                | Event::Text(_)
                | Event::CData(_)
                | Event::GeneralRef(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_) => {}
            }
            let ends = open.is_around_children() && (was_inside || is_child);
            if ends && end - start > found.longest.len() {
                found.longest = start..end;
            }
        }
    }

    /// The children of the one child that contains most of the text.
    fn below(self, text: &str, within: Range<usize>) -> Option<Self> {
        let around = if self.within.is_empty() { text.len() } else { self.within.len() };
        let is_most = within.len() * 2 > around && self.depth < 4;
        let Self { depth, opening, closing, .. } = self;
        let is_rootless = false;
        is_most.then_some(Self { within, depth: depth + 1, is_rootless, opening, closing })
    }
}
