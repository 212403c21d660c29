//! `WordPiece`: words as the pieces that a vocabulary has, without case and accents.
//!
//! The rules are those of BERT (Devlin et al. 2019; `BasicTokenizer` and `WordpieceTokenizer`),
//! except that a text cannot spell a special token: `[SEP]` in a text is three ordinary tokens.

use super::asset::AssetError;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Longer words are unknown.
const MAX_WORD_CHARS: usize = 100;
/// The prefix of pieces that do not start a word.
const CONTINUED: &str = "##";

/// Splits texts into the tokens of a vocabulary.
pub(super) struct WordPieceTokenizer {
    starts: FxHashMap<&'static str, u32>,
    continuations: FxHashMap<&'static str, u32>,
    unknown: u32,
    first: u32,
    last: u32,
}

impl WordPieceTokenizer {
    /// `vocabulary` in the order of the tokens' ids.
    pub fn new(vocabulary: Vec<&'static str>) -> Result<Self, AssetError> {
        let (mut starts, mut continuations) = (FxHashMap::default(), FxHashMap::default());
        for (id, token) in (0..).zip(vocabulary) {
            match token.strip_prefix(CONTINUED) {
                Some(piece) if !piece.is_empty() => continuations.insert(piece, id),
                _ => starts.insert(token, id),
            };
        }
        let mut special = |token| starts.remove(token).ok_or(AssetError::Kind);
        let (unknown, first, last) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        Ok(Self { starts, continuations, unknown, first, last })
    }

    /// At most `longest` tokens of `text`, including the special ones at both ends.
    pub fn encode(&self, text: &str, longest: usize) -> Vec<u32> {
        let mut tokens = vec![self.first];
        let most = longest.saturating_sub(1);
        let mut word = String::new();
        for c in normalised(text) {
            let is_alone = is_punctuation(c);
            if is_alone || c.is_whitespace() {
                self.add_word(&word, &mut tokens);
                word.clear();
            }
            if is_alone {
                self.add_word(c.encode_utf8(&mut [0; 4]), &mut tokens);
            } else if !c.is_whitespace() {
                word.push(c);
            }
            if tokens.len() >= most {
                break;
            }
        }
        self.add_word(&word, &mut tokens);
        tokens.truncate(most);
        tokens.push(self.last);
        tokens
    }

    /// Adds the longest piece at the start of the word, then the longest that continues from there,
    /// and so on; a word that is not made of known pieces is one unknown token.
    fn add_word(&self, word: &str, tokens: &mut Vec<u32>) {
        if word.is_empty() {
            return;
        }
        let before = tokens.len();
        let mut rest = word;
        let is_known = word.chars().count() <= MAX_WORD_CHARS
            && std::iter::from_fn(|| {
                let known =
                    if rest.len() == word.len() { &self.starts } else { &self.continuations };
                let ends = rest.char_indices().rev().map(|(at, c)| at + c.len_utf8());
                let found = ends
                    .map(|end| rest.split_at(end))
                    .find_map(|(piece, after)| known.get(piece).map(|id| (*id, after)));
                (!rest.is_empty()).then(|| {
                    found.map(|(id, after)| {
                        tokens.push(id);
                        rest = after;
                    })
                })
            })
            .all(|piece| piece.is_some());
        if !is_known {
            tokens.truncate(before);
            tokens.push(self.unknown);
        }
    }
}

/// The characters of a text in lower case, without accents and dropped characters; ideographs
/// separated by spaces.
fn normalised(text: &str) -> impl Iterator<Item = char> {
    let kept = text.chars().filter(|&c| !is_dropped(c)).flat_map(|c| {
        let space = is_ideograph(c).then_some(' ');
        space.into_iter().chain([c]).chain(space)
    });
    let bare = kept.nfd().filter(|c| c.general_category() != GeneralCategory::NonspacingMark);
    bare.flat_map(char::to_lowercase)
}

/// Whether a character is dropped: control, format and private-use characters.
fn is_dropped(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{fffd}' => true,
        _ => matches!(
            c.general_category(),
            GeneralCategory::Control | GeneralCategory::Format | GeneralCategory::PrivateUse
        ),
    }
}

/// Whether a character is a word of its own: punctuation and all ASCII signs.
fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || c.general_category_group() == GeneralCategoryGroup::Punctuation
}

/// Whether a character is a Chinese character (in the blocks that BERT names), written without
/// spaces.
fn is_ideograph(c: char) -> bool {
    matches!(
        c,
        '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{2a6df}'
            | '\u{2a700}'..='\u{2ceaf}'
            | '\u{2f800}'..='\u{2fa1f}'
    )
}
