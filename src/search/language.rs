//! The supported languages, with stop words and stemmers, and those of a collection.

mod detect;
mod stop_words;

pub(super) use detect::Languages;

use crate::text::fold;
use frostem::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::sync::LazyLock;

/// A language that is detected by its most frequent words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub(super) enum Language {
    /// Any other language; words are not stemmed.
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
    Spanish, Swedish, Turkish, Ukrainian,
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

/// The languages of each stop word, as bits by their indices in [`LANGUAGES`].
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

impl Language {
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

    /// Whether a folded word is a stop word of the language.
    pub fn is_stop_word(self, word: &str) -> bool {
        self.profile().is_some_and(|profile| profile.stop_words.contains(word))
    }

    fn profile(self) -> Option<&'static Profile> {
        LANGUAGES.iter().find(|profile| profile.language == self)
    }
}
