//! Encodings: what is no UTF-8 is told by its byte order mark, its zero bytes, or its letters.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The encoding of a text that begins with `head`; `None` for UTF-8, be it with a few faults, and
/// for what is no text.
pub(crate) fn foreign(head: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return (encoding != UTF_8).then_some(encoding);
    }
    if let Some(encoding) = utf16_by_zeros(head) {
        return Some(encoding);
    }
    if head.contains(&0) || is_nearly_utf8(head) {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(head, false);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    (encoding != UTF_8).then_some(encoding)
}

/// All of a text in a foreign encoding.
pub(crate) fn decode(bytes: &[u8], encoding: &'static Encoding) -> String {
    encoding.decode(bytes).0.into_owned()
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

/// Whether there are more letters of several bytes than faults.
fn is_nearly_utf8(head: &[u8]) -> bool {
    let (mut faults, mut letters) = (0, 0);
    for chunk in head.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        // The head may end inside a letter.
        faults += usize::from(!chunk.invalid().is_empty());
    }
    faults <= 1 && letters > 0 || faults == 0 || faults * 4 < letters
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
