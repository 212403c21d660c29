//! XML as a stream of events that continues after errors: a malformed record does not affect the
//! others.

use super::places::Places;
use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::Event;

/// After more errors reading stops.
const MAX_FAULTS: usize = 1000;
/// How many times the text may be read again after unclosed tags.
const MAX_PASSES: usize = 8;

/// The events of a text.
pub(crate) struct XmlEvents<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    /// The reader's starting offset.
    base: usize,
    /// How many bytes may still be read again.
    left: usize,
    places: Places<'t>,
    /// Line, column and message of each fault.
    pub(crate) faults: Vec<(u32, u32, String)>,
}

/// The next step of reading.
pub(crate) enum XmlStep<'t> {
    /// An event with its offset in bytes.
    Event(usize, Event<'t>),
    /// An error; reading continues at the next record.
    Skipped,
}

impl<'t> XmlEvents<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let left = text.len() * MAX_PASSES;
        // The reader would skip a byte order mark without counting it.
        let base = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let (reader, places) = (reader(&text[base..]), Places::new(text));
        Self { text, reader, base, left, places, faults: Vec::new() }
    }

    /// The offset after the last event.
    pub(crate) fn position(&self) -> usize {
        (self.base + self.reader.buffer_position() as usize).min(self.text.len())
    }

    /// The next event. After an error it is the next element called `record`, or any element if
    /// that is `None`.
    pub(crate) fn next(&mut self, record: Option<&str>) -> XmlStep<'t> {
        let start = self.base + self.reader.buffer_position() as usize;
        let event = self.reader.read_event();
        let end = self.position();
        let message = match event {
            Ok(Event::Start(ref tag) | Event::Empty(ref tag)) if tag.contains('<') => {
                "a tag that is not closed; expected `>`".to_owned()
            }
            Ok(Event::End(ref tag)) if tag.contains('<') => {
                "a tag that is not closed; expected `>`".to_owned()
            }
            Ok(event) => return XmlStep::Event(start, event),
            Err(error) => error.to_string(),
        };
        self.report(start, message);
        self.left = self.left.saturating_sub(end - start.min(end));
        self.base = self.next_record(start, record).unwrap_or(self.text.len());
        self.reader = reader(&self.text[self.base..]);
        XmlStep::Skipped
    }

    /// Reports an error found in an event.
    pub(crate) fn report(&mut self, at: usize, message: String) {
        if self.faults.len() < MAX_FAULTS {
            let (line, column) = self.places.of(at);
            self.faults.push((line, column, message));
        }
    }

    fn next_record(&self, from: usize, record: Option<&str>) -> Option<usize> {
        if self.left == 0 || self.faults.len() == MAX_FAULTS {
            return None;
        }
        let rest = self.text.get(from + 1..)?;
        let opens = format!("<{}", record.unwrap_or_default());
        memmem::find_iter(rest.as_bytes(), &opens).find_map(|at| {
            let next = rest[at + opens.len()..].chars().next()?;
            let is_tag = match record {
                Some(_) => next.is_whitespace() || matches!(next, '>' | '/'),
                None => next.is_alphabetic(),
            };
            is_tag.then_some(from + 1 + at)
        })
    }
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    // The tree builder matches end tags, and closes open elements.
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    reader
}
