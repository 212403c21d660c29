//! The languages of a collection, detected by their stop words.

use super::{LANGUAGES, LANGUAGES_OF, Language};
use crate::collection::{EntryRef, EntryStore};
use crate::text::words;
use std::sync::Arc;

/// The number of entries sampled.
const SAMPLE: usize = 400;
/// The characters of each answer that are read.
const ANSWER_SAMPLE: usize = 300;
/// An entry is in a language if more than one word in this many is one of its stop words. In
/// running text it is every third.
const MIN_STOP_WORD_RATIO: usize = 8;
/// A collection has a most frequent language if one entry in this many has two of its stop words.
const MIN_PRIMARY_RATIO: usize = 8;
/// Another language belongs to a collection if one entry in this many that are in a language is in
/// that one.
const MIN_OTHER_RATIO: usize = 12;
/// The minimum number of entries for another language to belong to a collection.
const MIN_OTHER_ENTRIES: usize = 3;
/// The minimum letters of a word that may be a typo of a stop word.
const MISSPELT_FROM: usize = 3;

/// The languages of a collection. Words are stemmed as in the most frequent one; the stop words of
/// all count, since a folder of notes may be in two languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::search) struct Languages {
    primary: Language,
    /// The languages as bits, by their indices in [`LANGUAGES`].
    all: u32,
}

impl Languages {
    /// Detects the languages of stores, by a sample spread over all of them. The primary language
    /// is `Unknown` if too few entries are in any language.
    pub fn detect(stores: &[Arc<EntryStore>]) -> Self {
        let total: usize = stores.iter().map(|store| store.len()).sum();
        let (mut entries, mut phrased, mut stop_words) = ([0_usize; 32], [0; 32], [0; 32]);
        let (mut sampled, mut words) = (0, 0);
        for n in sample(total) {
            let Some(entry) = entry(stores, n) else { continue };
            sampled += 1;
            let counts = StopWordCounts::of(entry);
            words += counts.total;
            if let Some((language, count)) = counts.language() {
                entries[language] += 1;
                phrased[language] += usize::from(count > 1);
                stop_words[language] += count;
            }
        }
        let in_any: usize = entries.iter().sum();
        let first = (0..LANGUAGES.len()).max_by_key(|&n| (entries[n], std::cmp::Reverse(n)));
        let Some(first) = first.filter(|&n| {
            // One stop word among commands may be a coincidence.
            phrased[n] * MIN_PRIMARY_RATIO > sampled || stop_words[n] * MIN_STOP_WORD_RATIO > words
        }) else {
            return Self::default();
        };
        let belongs = |n: &usize| {
            *n == first
                || entries[*n] >= MIN_OTHER_ENTRIES && entries[*n] * MIN_OTHER_RATIO >= in_any
        };
        let all = (0..LANGUAGES.len()).filter(belongs).fold(0, |all, n| all | 1 << n);
        Self { primary: LANGUAGES[first].language, all }
    }

    /// The language of most entries.
    pub fn primary(self) -> Language {
        self.primary
    }

    /// Whether a folded word is a stop word of one of the languages.
    pub fn is_stop_word(self, word: &str) -> bool {
        LANGUAGES_OF.get(word).is_some_and(|languages| languages & self.all != 0)
    }

    /// Whether a folded word is a stop word of one of the languages or its beginning.
    pub fn begins_stop_word(self, word: &str) -> bool {
        self.stop_words().any(|stop_word| stop_word.starts_with(word))
    }

    /// The stop word that a folded word is most likely a typo of: with two letters swapped or, with
    /// `any_typo`, with a letter other than the first changed, left out or added.
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
        let profiles = LANGUAGES.iter().enumerate();
        profiles
            .filter(move |(n, _)| self.all >> n & 1 == 1)
            .flat_map(|(_, profile)| profile.stop_words.iter().map(String::as_str))
    }
}

#[cfg(test)]
impl From<Language> for Languages {
    fn from(primary: Language) -> Self {
        let place = LANGUAGES.iter().position(|profile| profile.language == primary);
        Self { primary, all: place.map_or(0, |place| 1 << place) }
    }
}

/// Up to [`SAMPLE`] numbers below `total`, evenly spread.
fn sample(total: usize) -> impl Iterator<Item = usize> {
    let count = total.min(SAMPLE);
    (0..count).map(move |n| n * total / count)
}

/// The entry with this number in the concatenation of all stores.
fn entry(stores: &[Arc<EntryStore>], mut n: usize) -> Option<EntryRef<'_>> {
    let store = stores.iter().find(|store| {
        let found = n < store.len();
        if !found {
            n -= store.len();
        }
        found
    })?;
    store.get(n)
}

/// The stop words of an entry by language. Single Latin letters are left out: they also name
/// options, variables and units.
#[derive(Default)]
struct StopWordCounts {
    /// Counts by index in [`LANGUAGES`].
    counts: [usize; 32],
    /// The number of all words.
    total: usize,
}

impl StopWordCounts {
    fn of(entry: EntryRef<'_>) -> Self {
        let mut found = Self::default();
        let answer = entry.answer();
        let end = answer.char_indices().nth(ANSWER_SAMPLE).map_or(answer.len(), |(at, _)| at);
        for text in [entry.question(), &answer[..end]] {
            words(text, |word| {
                if word.folded.len() < 2 {
                    return;
                }
                found.total += 1;
                let mut languages = LANGUAGES_OF.get(word.folded).copied().unwrap_or(0);
                while languages != 0 {
                    found.counts[languages.trailing_zeros() as usize] += 1;
                    languages &= languages - 1;
                }
            });
        }
        found
    }

    /// The index of the language with the most stop words, and their number.
    fn language(&self) -> Option<(usize, usize)> {
        let counts = self.counts.iter().copied().take(LANGUAGES.len()).enumerate();
        let best = counts.max_by_key(|&(n, count)| (count, std::cmp::Reverse(n)))?;
        (best.1 * MIN_STOP_WORD_RATIO > self.total).then_some(best)
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
    use super::Language::{English, French, German, Greek, Persian, Russian, Unknown};
    use super::*;
    use crate::collection::Entry;

    fn of(questions: &[&str]) -> Languages {
        let entry = |q: &&str| Entry { question: (*q).into(), ..Entry::default() };
        let store = EntryStore::new(&questions.iter().map(entry).collect::<Vec<_>>());
        Languages::detect(&[Arc::new(store)])
    }

    #[test]
    fn languages_are_distinguished() {
        let of = |questions| of(questions).primary();
        assert_eq!(of(&["How do I get to the station?", "What is the time?"]), English);
        assert_eq!(of(&["Wie komme ich zum Bahnhof?", "Was ist das für ein Hund?"]), German);
        assert_eq!(of(&["Comment est-ce que je peux faire du pain ?"]), French);
        assert_eq!(of(&["Как мне попасть на вокзал?"]), Russian);
        assert_eq!(of(&["Πώς μπορώ να αλλάξω τον κωδικό μου;", "Τι είναι αυτό;"]), Greek);
        assert_eq!(of(&["چگونه می‌توانم رمز خود را عوض کنم؟", "این چیست و از کجا است؟"]), Persian);
        assert_eq!(of(&["歇后语", "xargs zzz qqq"]), Unknown);
        assert_eq!(of(&[]), Unknown);
    }

    #[test]
    fn a_folder_in_two_languages_has_the_stop_words_of_both() {
        let german = ["Wie backe ich ein Brot?", "Was ist das für ein Mehl?", "Wo ist der Ofen?"];
        let english = ["How do I bake a loaf?", "What is the flour for?", "Is the oven hot?"];
        let more = ["When do I knead it?", "Why is it wet?"];
        let both = of(&[&german[..], &english, &more].concat());
        assert_eq!(both.primary(), English);
        assert!(both.is_stop_word("what") && both.is_stop_word("wie"));
        assert!(!of(&english).is_stop_word("wie"));
    }

    /// A quiz with lettered options and variables is not French for its "c", "d" and "t".
    #[test]
    fn single_letters_do_not_determine_the_language() {
        let quiz = ["a) c b) d c) t d) l", "int c, d; t = c + d;", "What is c?", "Is d the sum?"];
        assert!(!of(&quiz).is_stop_word("dans"));
    }

    /// A folder begins with many entries in another language than all that follow.
    #[test]
    fn the_sample_is_spread_over_all_entries() {
        let entry = |q: &str| Entry { question: q.into(), ..Entry::default() };
        let store = |q: &str, count| Arc::new(EntryStore::new(&vec![entry(q); count]));
        let stores = [store("Wo ist der Ofen?", 500), store("Where is the oven?", 5000)];
        assert_eq!(Languages::detect(&stores).primary(), English);
    }
}
