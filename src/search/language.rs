//! The language of a collection: detection, stop words and stemmer.

mod stop_words;

use crate::collection::EntryRef;
use crate::text::words;
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::HashSet;
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
    Russian,
}

use Language::{
    Dutch, English, French, German, Italian, Portuguese, Russian, Spanish, Swedish, Unknown,
};

/// The stop words of each language.
static STOP_WORDS: LazyLock<[(Language, HashSet<&str>); 9]> = LazyLock::new(|| {
    [
        (English, stop_words::ENGLISH),
        (German, stop_words::GERMAN),
        (French, stop_words::FRENCH),
        (Spanish, stop_words::SPANISH),
        (Italian, stop_words::ITALIAN),
        (Portuguese, stop_words::PORTUGUESE),
        (Dutch, stop_words::DUTCH),
        (Swedish, stop_words::SWEDISH),
        (Russian, stop_words::RUSSIAN),
    ]
    .map(|(language, words)| (language, words.split_whitespace().collect()))
});

/// Characters of each answer that are read to detect the language.
const ANSWER_SAMPLE: usize = 300;
/// A text is in a language if more than one word in this many is one of its stop words.
const MIN_STOP_WORD_RATIO: usize = 8;

impl Language {
    /// The language whose stop words are the most frequent in the entries; `Unknown` if no
    /// language has enough of them.
    pub fn detect<'a>(entries: impl Iterator<Item = EntryRef<'a>>) -> Self {
        let mut counts = vec![0_usize; STOP_WORDS.len()];
        let mut total = 0_usize;
        for entry in entries {
            let answer = entry.answer();
            let end = answer.char_indices().nth(ANSWER_SAMPLE).map_or(answer.len(), |(at, _)| at);
            for text in [entry.question(), &answer[..end]] {
                words(text, |word| {
                    total += 1;
                    for (count, (_, stop_words)) in counts.iter_mut().zip(STOP_WORDS.iter()) {
                        *count += usize::from(stop_words.contains(word.folded));
                    }
                });
            }
        }
        let best = (0..counts.len()).max_by_key(|&n| (counts[n], std::cmp::Reverse(n)));
        match best {
            // In running text a third of the words and more are stop words.
            Some(n) if counts[n] * MIN_STOP_WORD_RATIO > total && total > 0 => STOP_WORDS[n].0,
            _ => Unknown,
        }
    }

    /// Whether a folded word is a stop word of the language.
    pub fn is_stop_word(self, word: &str) -> bool {
        let set = STOP_WORDS.iter().find(|(language, _)| *language == self);
        set.is_some_and(|(_, words)| words.contains(word))
    }

    /// The language's Snowball stemmer.
    pub fn stemmer(self) -> Option<Stemmer> {
        let algorithm = match self {
            Unknown => return None,
            English => Algorithm::English,
            German => Algorithm::German,
            French => Algorithm::French,
            Spanish => Algorithm::Spanish,
            Italian => Algorithm::Italian,
            Portuguese => Algorithm::Portuguese,
            Dutch => Algorithm::Dutch,
            Swedish => Algorithm::Swedish,
            Russian => Algorithm::Russian,
        };
        Some(Stemmer::create(algorithm))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::{Entry, Store};

    fn of(questions: &[&str]) -> Language {
        let entry = |q: &&str| Entry { question: (*q).into(), ..Entry::default() };
        let store = Store::new(&questions.iter().map(entry).collect::<Vec<_>>());
        Language::detect((0..store.len()).filter_map(|n| store.get(n)))
    }

    #[test]
    fn tells_languages_apart() {
        assert_eq!(of(&["How do I get to the station?", "What is the time?"]), English);
        assert_eq!(of(&["Wie komme ich zum Bahnhof?", "Was ist das für ein Hund?"]), German);
        assert_eq!(of(&["Comment est-ce que je peux faire du pain ?"]), French);
        assert_eq!(of(&["Как мне попасть на вокзал?"]), Russian);
        assert_eq!(of(&["歇后语", "xargs zzz qqq"]), Unknown);
        assert_eq!(of(&[]), Unknown);
    }
}
