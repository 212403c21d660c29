//! The language of a collection: detection, stop words and stemmer.

mod stop_words;

use crate::collection::EntryRef;
use crate::text::{fold, words};
use frostem::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::sync::LazyLock;

/// A language that is detected by its most frequent words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub(super) enum Language {
    /// None of the others; words are not stemmed.
    #[default]
    Unknown,
    English,
    German,
    French,
    Spanish,
    Italian,
    Portuguese,
    Dutch,
    Swedish,
    Danish,
    Norwegian,
    Finnish,
    Russian,
    Ukrainian,
    Polish,
    Czech,
    Romanian,
    Hungarian,
    Turkish,
    Greek,
    Arabic,
    Persian,
    Hindi,
    Indonesian,
    Catalan,
}

use Language::{
    Arabic, Catalan, Czech, Danish, Dutch, English, Finnish, French, German, Greek, Hindi,
    Hungarian, Indonesian, Italian, Norwegian, Persian, Polish, Portuguese, Romanian, Russian,
    Spanish, Swedish, Turkish, Ukrainian, Unknown,
};

/// The languages with their stop words and stemmers.
static LANGUAGES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
    let profile = |&(language, words, algorithm): &(Language, &str, Algorithm)| Profile {
        language,
        stop_words: words.split_whitespace().map(fold).collect(),
        stemmer: Stemmer::new(algorithm),
    };
    [
        (English, stop_words::ENGLISH, Algorithm::English),
        (German, stop_words::GERMAN, Algorithm::German),
        (French, stop_words::FRENCH, Algorithm::French),
        (Spanish, stop_words::SPANISH, Algorithm::Spanish),
        (Italian, stop_words::ITALIAN, Algorithm::Italian),
        (Portuguese, stop_words::PORTUGUESE, Algorithm::Portuguese),
        (Dutch, stop_words::DUTCH, Algorithm::Dutch),
        (Swedish, stop_words::SWEDISH, Algorithm::Swedish),
        (Danish, stop_words::DANISH, Algorithm::Danish),
        (Norwegian, stop_words::NORWEGIAN, Algorithm::Norwegian),
        (Finnish, stop_words::FINNISH, Algorithm::Finnish),
        (Russian, stop_words::RUSSIAN, Algorithm::Russian),
        (Ukrainian, stop_words::UKRAINIAN, Algorithm::Ukrainian),
        (Polish, stop_words::POLISH, Algorithm::Polish),
        (Czech, stop_words::CZECH, Algorithm::Czech),
        (Romanian, stop_words::ROMANIAN, Algorithm::Romanian),
        (Hungarian, stop_words::HUNGARIAN, Algorithm::Hungarian),
        (Turkish, stop_words::TURKISH, Algorithm::Turkish),
        (Greek, stop_words::GREEK, Algorithm::Greek),
        (Arabic, stop_words::ARABIC, Algorithm::Arabic),
        (Persian, stop_words::PERSIAN, Algorithm::Persian),
        (Hindi, stop_words::HINDI, Algorithm::Hindi),
        (Indonesian, stop_words::INDONESIAN, Algorithm::Indonesian),
        (Catalan, stop_words::CATALAN, Algorithm::Catalan),
    ]
    .iter()
    .map(profile)
    .collect()
});

/// For each stop word the languages that have it, as bits by their places in [`LANGUAGES`].
static LANGUAGES_OF: LazyLock<FxHashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut languages = FxHashMap::default();
    for (n, profile) in LANGUAGES.iter().enumerate() {
        for word in &profile.stop_words {
            *languages.entry(word.as_str()).or_default() |= 1 << n;
        }
    }
    languages
});

struct Profile {
    language: Language,
    /// Folded.
    stop_words: FxHashSet<String>,
    stemmer: Stemmer,
}

/// Characters of each answer that are read to detect the language.
const ANSWER_SAMPLE: usize = 300;
/// From how many letters a word may be a typo of a stop word.
const MISSPELT_FROM: usize = 3;
/// A text is in a language if more than one word in this many is one of its stop words.
const MIN_STOP_WORD_RATIO: usize = 8;

impl Language {
    /// The language whose stop words are the most frequent in the entries; `Unknown` if no
    /// language has enough of them.
    pub fn detect<'a>(entries: impl Iterator<Item = EntryRef<'a>>) -> Self {
        let mut counts = vec![0_usize; LANGUAGES.len()];
        let mut total = 0_usize;
        for entry in entries {
            let answer = entry.answer();
            let end = answer.char_indices().nth(ANSWER_SAMPLE).map_or(answer.len(), |(at, _)| at);
            for text in [entry.question(), &answer[..end]] {
                words(text, |word| {
                    total += 1;
                    let mut languages = LANGUAGES_OF.get(word.folded).copied().unwrap_or(0);
                    while languages != 0 {
                        counts[languages.trailing_zeros() as usize] += 1;
                        languages &= languages - 1;
                    }
                });
            }
        }
        let best = (0..counts.len()).max_by_key(|&n| (counts[n], std::cmp::Reverse(n)));
        match best {
            // In running text a third of the words and more are stop words.
            Some(n) if counts[n] * MIN_STOP_WORD_RATIO > total && total > 0 => {
                LANGUAGES[n].language
            }
            _ => Unknown,
        }
    }

    /// Whether a folded word is a stop word of the language.
    pub fn is_stop_word(self, word: &str) -> bool {
        self.profile().is_some_and(|profile| profile.stop_words.contains(word))
    }

    /// Whether a folded word is a stop word of the language or its beginning.
    pub fn begins_stop_word(self, word: &str) -> bool {
        self.stop_words().any(|stop_word| stop_word.starts_with(word))
    }

    /// The stop word that a folded word is most likely a typo of: with two letters swapped or, if
    /// `any_typo`, with a letter but the first changed, left out or added.
    pub fn misspelt_stop_word(self, word: &str, any_typo: bool) -> Option<&'static str> {
        if word.chars().count() < MISSPELT_FROM {
            return None;
        }
        let letters = |word: &str| {
            let mut chars: Vec<char> = word.chars().collect();
            chars.sort_unstable();
            chars
        };
        let swapped = |stop_word: &str| letters(stop_word) == letters(word);
        self.stop_words()
            .filter(|stop_word| {
                stop_word.chars().count() >= MISSPELT_FROM && is_one_typo(word, stop_word)
            })
            .filter(|stop_word| {
                let same_first = stop_word.chars().next() == word.chars().next();
                any_typo && same_first || swapped(stop_word)
            })
            .min_by_key(|stop_word| (!swapped(stop_word), *stop_word))
    }

    fn stop_words(self) -> impl Iterator<Item = &'static str> {
        let profile = self.profile().into_iter();
        profile.flat_map(|profile| profile.stop_words.iter().map(String::as_str))
    }

    /// Whether words are compounded without blanks.
    pub fn has_compounds(self) -> bool {
        matches!(self, German | Dutch | Swedish | Danish | Norwegian | Finnish)
    }

    /// The Snowball stem of a folded word; `None` if the language is not stemmed.
    pub fn stem(self, word: &str) -> Option<Cow<'_, str>> {
        let stemmer = self.profile()?.stemmer;
        if self == Persian {
            // The stemmer expects the letters that folding replaces.
            let persian = word.replace('ي', "ی").replace('ك', "ک");
            return Some(Cow::Owned(stemmer.stem(&persian).into_owned()));
        }
        Some(stemmer.stem(word))
    }

    fn profile(self) -> Option<&'static Profile> {
        LANGUAGES.iter().find(|profile| profile.language == self)
    }
}

/// Whether two words differ by one letter changed, left out or added, or two swapped.
fn is_one_typo(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&a[..a.len() - end], &b[..b.len() - end]) {
        ([_] | [], [_]) | ([_], []) => true,
        ([a, b], [c, d]) => (a, b) == (d, c),
        (_, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::{Entry, EntryStore};

    fn of(questions: &[&str]) -> Language {
        let entry = |q: &&str| Entry { question: (*q).into(), ..Entry::default() };
        let store = EntryStore::new(&questions.iter().map(entry).collect::<Vec<_>>());
        Language::detect((0..store.len()).filter_map(|n| store.get(n)))
    }

    #[test]
    fn tells_languages_apart() {
        assert_eq!(of(&["How do I get to the station?", "What is the time?"]), English);
        assert_eq!(of(&["Wie komme ich zum Bahnhof?", "Was ist das für ein Hund?"]), German);
        assert_eq!(of(&["Comment est-ce que je peux faire du pain ?"]), French);
        assert_eq!(of(&["Как мне попасть на вокзал?"]), Russian);
        assert_eq!(of(&["Πώς μπορώ να αλλάξω τον κωδικό μου;", "Τι είναι αυτό;"]), Greek);
        assert_eq!(of(&["چگونه می‌توانم رمز خود را عوض کنم؟", "این چیست و از کجا است؟"]), Persian);
        assert_eq!(of(&["歇后语", "xargs zzz qqq"]), Unknown);
        assert_eq!(of(&[]), Unknown);
    }
}
