//! Large files with one record per line, read in blocks and parsed on all cores.
//!
//! Every worker reads its next block itself, so there is no reading thread and there are no more
//! blocks in memory than workers. The first block is small: it fills the first screen while the
//! rest is read.

use super::input::{Input, reading_stopped};
use super::output::Output;
use super::sink::lock;
use crate::collection::RawEntry;
use memchr::{memchr_iter, memrchr};
use std::borrow::Cow;
use std::io::Read;
use std::sync::Mutex;

const FIRST_BLOCK: usize = 256 * 1024;
const BLOCK: usize = 4 * 1024 * 1024;
/// The last blocks are smaller, so that no worker waits long for another.
const LAST_BLOCK: usize = 512 * 1024;
/// A source without an entry in this many bytes is not read further.
const SAMPLE: u64 = 1024 * 1024;
/// A longer line is not a record.
const MAX_LINE_BYTES: usize = 64 * 1024 * 1024;

/// Whole lines of a source.
pub(crate) struct LineBlock<'a> {
    pub(crate) text: &'a str,
    /// The number of its first line, from 1.
    pub(crate) first_line: u32,
}

/// Gives the entries of a block one by one.
pub(crate) type Parse<'p> = dyn Fn(&LineBlock<'_>, &mut dyn FnMut(RawEntry<'_>)) + Sync + 'p;

/// How reading ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReadEnd {
    /// Everything readable was read.
    Whole,
    /// The beginning of a long source has no entry.
    NothingSoFar,
}

/// Reads the lines of `input` and delivers what `parse` finds in them, in order. Unless `reads_all`
/// is set, stops after about a megabyte without an entry.
pub(crate) fn read(
    input: Input,
    output: &Output<'_>,
    reads_all: bool,
    parse: &Parse<'_>,
) -> ReadEnd {
    let size = input.size;
    let reader = input.into_reader();
    let lines = Mutex::new(LineReader {
        reader,
        carry: Vec::new(),
        next_line: 1,
        size,
        done: 0,
        delivered: 0,
        blocks: 0,
        ended: false,
        end: ReadEnd::Whole,
    });
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let workers = if size > 0 && size < BLOCK as u64 / 4 { 1 } else { cores };
    std::thread::scope(|scope| {
        for _ in 1..workers {
            scope.spawn(|| work(&lines, output, reads_all, parse));
        }
        work(&lines, output, reads_all, parse);
    });
    if size == 0 {
        let all = lock(&lines).delivered;
        output.progress(all, all);
    }
    lock(&lines).end
}

/// The rest of a source, and how far it has been read.
struct LineReader<R> {
    reader: R,
    /// The beginning of a line whose end is not read yet.
    carry: Vec<u8>,
    next_line: u32,
    /// 0 when unknown.
    size: u64,
    done: u64,
    /// Bytes of delivered blocks.
    delivered: u64,
    blocks: usize,
    ended: bool,
    end: ReadEnd,
}

fn work<R: Read>(
    lines: &Mutex<LineReader<R>>,
    output: &Output<'_>,
    reads_all: bool,
    parse: &Parse<'_>,
) {
    let mut bytes = Vec::new();
    loop {
        let (first_line, part) = {
            let mut lines = lock(lines);
            if output.cancelled() {
                return;
            }
            let Some(first_line) = lines.next(&mut bytes, output) else { return };
            (first_line, output.take_part())
        };
        let text = as_text(&bytes, first_line, output);
        let block = LineBlock { text: &text, first_line };
        output.deliver_each(part, text.len(), |give| parse(&block, give));
        // Under the lock, so that progress never decreases and the final value comes last.
        let mut lines = lock(lines);
        lines.delivered += bytes.len() as u64;
        if !reads_all && !lines.ended && lines.delivered >= SAMPLE && output.count() == 0 {
            lines.ended = true;
            lines.end = ReadEnd::NothingSoFar;
        }
        output.progress(lines.delivered, lines.size);
    }
}

impl<R: Read> LineReader<R> {
    /// Fills `bytes` with the next whole lines and gives the first one's number.
    fn next(&mut self, bytes: &mut Vec<u8>, output: &Output<'_>) -> Option<u32> {
        bytes.clear();
        if self.ended {
            return None;
        }
        let target = match self.blocks {
            0 => FIRST_BLOCK,
            // The source may have no entries.
            _ if output.count() == 0 => FIRST_BLOCK,
            _ if self.size == 0 => BLOCK,
            _ => (self.size.saturating_sub(self.done) as usize / 4).clamp(LAST_BLOCK, BLOCK),
        };
        bytes.append(&mut self.carry);
        let end = loop {
            let from = bytes.len();
            let wanted = target.max(from / 2) as u64;
            match self.reader.by_ref().take(wanted).read_to_end(bytes) {
                Ok(0) => self.ended = true,
                Ok(read) => self.done += read as u64,
                Err(error) => {
                    self.ended = true;
                    output.problem(0, 0, reading_stopped(&error));
                }
            }
            if self.ended {
                break bytes.len();
            }
            if let Some(end) = memrchr(b'\n', &bytes[from..]) {
                break from + end + 1;
            }
            if bytes.len() > MAX_LINE_BYTES {
                self.ended = true;
                let line = self.next_line;
                output.problem(line, 0, "a line of more than 64 MB; expected one record a line");
                return None;
            }
        };
        self.carry.extend_from_slice(&bytes[end..]);
        bytes.truncate(end);
        if bytes.is_empty() {
            return None;
        }
        let first_line = self.next_line;
        self.next_line += memchr_iter(b'\n', bytes).count() as u32;
        self.blocks += 1;
        Some(first_line)
    }
}

/// The block as text; invalid UTF-8 becomes U+FFFD and is reported.
fn as_text<'a>(bytes: &'a [u8], first_line: u32, output: &Output<'_>) -> Cow<'a, str> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(error) => {
            let before = &bytes[..error.valid_up_to()];
            let line = first_line + memchr_iter(b'\n', before).count() as u32;
            let start = memrchr(b'\n', before).map_or(0, |at| at + 1);
            let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
            output.problem(line, column as u32, "a character that is no UTF-8");
            String::from_utf8_lossy(bytes)
        }
    };
    match text {
        Cow::Borrowed(text) => text.trim_start_matches('\u{feff}').into(),
        Cow::Owned(text) => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use crate::collection::EntryStore;
    use crate::load::sink::lock;
    use crate::load::{Diagnostic, Sink, Source, load};
    use std::io::Write;
    use std::sync::Mutex;

    /// Regression: blocks reported the progress at the time they were taken, in the order in which
    /// they were finished.
    #[test]
    fn progress_never_goes_back_and_ends_with_all() {
        #[derive(Default)]
        struct RecordedProgress(Mutex<Vec<(u64, u64)>>);
        impl Sink for RecordedProgress {
            fn entries(&self, part: usize, _: EntryStore) {
                // Some blocks take longer than others.
                for n in 0..part % 3 * 5_000_000 {
                    std::hint::black_box(n);
                }
            }
            fn problem(&self, problem: Diagnostic) {
                panic!("{problem}");
            }
            fn progress(&self, done: u64, total: u64) {
                lock(&self.0).push((done, total));
            }
        }
        let mut file = tempfile::Builder::new().suffix(".jsonl").tempfile().unwrap();
        let line = format!("{{\"q\": \"What?\", \"a\": \"{}\"}}\n", "x".repeat(10_000));
        (0..700).for_each(|_| file.write_all(line.as_bytes()).unwrap());
        let progress = RecordedProgress::default();
        load(&[Source::Path(file.path().into())], &progress).unwrap();
        let progress = progress.0.into_inner().unwrap();
        let size = 700 * line.len() as u64;
        assert!(progress.len() > 5, "{progress:?}");
        assert!(progress.is_sorted(), "{progress:?}");
        assert_eq!(progress.last(), Some(&(size, size)));
    }
}
