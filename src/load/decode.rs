//! Encodings. Text other than UTF-8 is recognised by its byte order mark, zero bytes or letters,
//! and decoded while it is read. Binary data is distinguished from text here.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;
use std::io::{self, Read};

/// This many zero bytes in a row do not occur in text: a hole in a sparse file, the padding of an
/// archive.
const ZEROS: [u8; 64] = [0; 64];
/// Text before such zeros has at least this many bytes; a file header has fewer.
const MIN_TEXT_BYTES: usize = 512;

/// The encoding of a text that begins with `head`; `None` for UTF-8, even with a few invalid bytes,
/// and for binary data.
pub(crate) fn foreign(head: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return (encoding != UTF_8).then_some(encoding);
    }
    if let Some(encoding) = utf16_by_zeros(head) {
        return Some(encoding);
    }
    if is_binary(head) || is_nearly_utf8(head) {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(head, false);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    (encoding != UTF_8).then_some(encoding)
}

/// Whether data that begins with `head` is binary. A stray zero byte does not make it so.
pub(crate) fn is_binary(head: &[u8]) -> bool {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"SQLite format 3\0") {
        return true;
    }
    let text = &head[..text_length(head)];
    if text.len() < head.len().min(MIN_TEXT_BYTES) {
        return true;
    }
    if memchr::memchr(0, text).is_none() {
        return false;
    }
    let control = |b: &&u8| **b < b' ' && !matches!(**b, 0x08..=0x0d | 0x1b);
    let faults = text.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    let odd = text.iter().filter(control).count() + faults;
    odd > 4 + text.len() / 100
}

/// The number of bytes before a run of zeros that does not occur in text.
fn text_length(bytes: &[u8]) -> usize {
    memmem::find(bytes, &ZEROS).unwrap_or(bytes.len())
}

/// Text of the first few alphabets has every other byte zero.
fn utf16_by_zeros(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head[..head.len().min(2000)].chunks_exact(2);
    let all = pairs.len();
    let zeros = |n: usize| pairs.clone().filter(|pair| pair[n] == 0 && pair[1 - n] != 0).count();
    if all < 4 {
        return None;
    }
    if zeros(1) * 10 > all * 4 && zeros(0) == 0 {
        return Some(UTF_16LE);
    }
    (zeros(0) * 10 > all * 4 && zeros(1) == 0).then_some(UTF_16BE)
}

/// Whether multi-byte characters outnumber invalid sequences.
fn is_nearly_utf8(head: &[u8]) -> bool {
    let (mut faults, mut letters) = (0, 0);
    for chunk in head.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        // The head may end inside a character.
        faults += usize::from(!chunk.invalid().is_empty());
    }
    faults <= 1 && letters > 0 || faults == 0 || faults * 4 < letters
}

/// Gives a text in another encoding as UTF-8.
pub(crate) struct Decoding<R> {
    inner: R,
    decoder: Decoder,
    raw: Box<[u8]>,
    /// The part of `raw` that is not yet decoded.
    pending: std::ops::Range<usize>,
    decoded: Box<[u8]>,
    /// The part of `decoded` that was not yet returned.
    ready: std::ops::Range<usize>,
    /// How far reading has come.
    end: End,
}

#[derive(PartialEq)]
enum End {
    NotReached,
    /// The input is read; the decoder may still hold output.
    Read,
    Decoded,
}

impl<R: Read> Decoding<R> {
    pub(crate) fn new(inner: R, encoding: &'static Encoding) -> Self {
        const BUFFER: usize = 64 * 1024;
        Self {
            inner,
            decoder: encoding.new_decoder(),
            raw: vec![0; BUFFER].into(),
            pending: 0..0,
            decoded: vec![0; BUFFER].into(),
            ready: 0..0,
            end: End::NotReached,
        }
    }
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.ready.is_empty() && self.end != End::Decoded {
            if self.pending.is_empty() && self.end == End::NotReached {
                self.pending = 0..self.inner.read(&mut self.raw)?;
                if self.pending.is_empty() {
                    self.end = End::Read;
                }
            }
            let last = self.end == End::Read;
            let raw = &self.raw[self.pending.clone()];
            let (result, read, written, _) =
                self.decoder.decode_to_utf8(raw, &mut self.decoded, last);
            self.pending.start += read;
            self.ready = 0..written;
            if last && result == CoderResult::InputEmpty {
                self.end = End::Decoded;
            }
        }
        let given = self.ready.len().min(buffer.len());
        let start = self.ready.start;
        buffer[..given].copy_from_slice(&self.decoded[start..start + given]);
        self.ready.start += given;
        Ok(given)
    }
}

/// Returns text up to a run of zeros that does not occur in text, and fails there.
pub(crate) struct TextOnly<R> {
    inner: R,
    ended: bool,
}

impl<R: Read> TextOnly<R> {
    /// Also cuts `head`, the bytes before `inner`.
    pub(crate) fn new(head: &mut Vec<u8>, inner: R) -> Self {
        let length = text_length(head);
        let ended = length < head.len();
        head.truncate(length);
        Self { inner, ended }
    }
}

impl<R: Read> Read for TextOnly<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.ended {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "binary data follows"));
        }
        let read = self.inner.read(buffer)?;
        let text = text_length(&buffer[..read]);
        self.ended = text < read;
        if self.ended && text == 0 {
            return self.read(buffer);
        }
        Ok(text)
    }
}

/// Turns the carriage returns of a text that has no line feeds into line feeds.
pub(crate) struct LineFeeds<R>(pub(crate) R);

impl<R: Read> Read for LineFeeds<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(buffer)?;
        line_feeds(&mut buffer[..read]);
        Ok(read)
    }
}

/// Turns the carriage returns of a text that has no line feeds into line feeds, in place.
pub(crate) fn line_feeds(text: &mut [u8]) {
    text.iter_mut().filter(|b| **b == b'\r').for_each(|b| *b = b'\n');
}

/// Whether the lines of a text that begins with `head` end in carriage returns alone.
pub(crate) fn ends_lines_with_returns(head: &[u8]) -> bool {
    memchr::memchr2(b'\r', b'\n', head).is_some_and(|at| head[at] == b'\r')
        && memchr::memchr(b'\n', head).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decode(bytes: &[u8], encoding: &'static Encoding) -> String {
        let mut text = String::new();
        Decoding::new(bytes, encoding).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn encodings_are_told_apart() {
        let russian = "Как заварить чай? Налейте горячей воды и подождите.\n";
        let (koi8, ..) = encoding_rs::KOI8_R.encode(russian);
        let (latin, ..) =
            encoding_rs::WINDOWS_1252.encode("Où est la théière? Là-bas, à côté du thé.\n");
        let utf16: Vec<u8> = "How hot?\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        // KOI8-U has all letters of KOI8-R.
        assert!(foreign(&koi8).is_some_and(|encoding| encoding.name().starts_with("KOI8")));
        assert_eq!(foreign(&latin), Some(encoding_rs::WINDOWS_1252));
        assert_eq!(foreign(&utf16), Some(UTF_16LE));
        assert_eq!(foreign(russian.as_bytes()), None);
        assert_eq!(foreign("größer \u{e9}\u{e8}".as_bytes()), None);
        assert_eq!(foreign(b"\xef\xbb\xbfplain"), None);
        assert_eq!(decode(&koi8, encoding_rs::KOI8_R), russian);
    }

    #[test]
    fn text_of_two_bytes_a_letter_is_known_from_four_letters_on() {
        let encoded =
            |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        assert_eq!(foreign(&encoded("Hot?")), Some(UTF_16LE));
        assert_eq!(foreign(&encoded("Hot")), None);
        let swapped: Vec<u8> = "Hot?".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(foreign(&swapped), Some(UTF_16BE));
        // Two of five letters are above the first alphabets.
        assert_eq!(foreign(&encoded("кто a?\n")), Some(UTF_16LE));
        assert_eq!(foreign(b"a\0bcdefghijk\0lmn"), None);
    }

    #[test]
    fn reading_ends_where_binary_data_follows_a_text() {
        let text = "Why is it hot? It burns.\n".repeat(40);
        let zeros = [0; 300];
        for (head, behind) in [(0, "more"), (1000, "more"), (0, ""), (text.len(), "x")] {
            let all = [text.as_bytes(), &zeros, behind.as_bytes()].concat();
            for length in [200, text.len(), text.len() + 100, all.len()] {
                let mut begun = all[..head].to_vec();
                let mut reader = TextOnly::new(&mut begun, &all[head..]);
                let mut buffer = vec![0; length];
                let end = loop {
                    match reader.read(&mut buffer) {
                        Ok(0) => break None,
                        Ok(read) => begun.extend_from_slice(&buffer[..read]),
                        Err(error) => break Some(error.to_string()),
                    }
                };
                assert_eq!(end.as_deref(), Some("binary data follows"), "{head} {length}");
                assert!(begun.starts_with(text.as_bytes()) && !begun.ends_with(b"more"));
            }
        }
        let mut head = [text.as_bytes(), &zeros].concat();
        let mut reader = TextOnly::new(&mut head, &b"more"[..]);
        assert_eq!(head, text.as_bytes());
        assert!(reader.read(&mut [0; 10]).is_err());
    }

    #[test]
    fn a_stray_zero_byte_is_text_and_a_header_is_not() {
        for text in ["a\0b", "# What?\n\nYes\0.\n", ""] {
            assert!(!is_binary(text.as_bytes()), "{text:?}");
        }
        let mut tail = "## What is it?\n\nA file after a power cut.\n".repeat(20).into_bytes();
        tail.resize(20_000, 0);
        assert!(!is_binary(&tail));
        let mut archive = b"name-of-a-file.txt".to_vec();
        archive.resize(1024, 0);
        for data in [&archive[..], &[0; 100], b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0"] {
            assert!(is_binary(data), "{data:?}");
        }
    }

    proptest! {
        #[test]
        fn decoding_in_pieces_equals_decoding_at_once(text in "[ -~é界😀\n]{0,40}", times in 1_usize..4000) {
            let text = text.repeat(times);
            let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            prop_assert_eq!(decode(&bytes, UTF_16LE), UTF_16LE.decode(&bytes).0);
        }
    }
}
