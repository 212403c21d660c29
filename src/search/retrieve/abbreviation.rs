//! Words abbreviated by leaving out their vowels: `cmpnn` for `component`.

/// How a term abbreviates a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// The term has all consonants of the word.
    Whole,
    /// The term has the first consonants of the word.
    Prefix,
}

/// Whether a term looks abbreviated: three or more Latin letters, without a vowel after the first.
pub(super) fn is_abbreviation(term: &str) -> bool {
    let is_consonant = |c: char| c.is_ascii_lowercase() && !is_vowel(c);
    term.len() >= 3
        && term.chars().skip(1).all(is_consonant)
        && term.starts_with(|c: char| c.is_ascii_lowercase())
}

/// How `term` abbreviates `word`, which must start with the same letter.
pub(super) fn abbreviates(term: &str, word: &str) -> Option<Abbreviation> {
    if !is_abbreviation(term) {
        return None;
    }
    let mut consonants = word.chars().skip(1).filter(|&c| !is_vowel(c));
    let matches = term.chars().skip(1).all(|c| consonants.next() == Some(c));
    let kind = if consonants.next().is_none() { Abbreviation::Whole } else { Abbreviation::Prefix };
    matches.then_some(kind)
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}
