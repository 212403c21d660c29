//! Replaces a word that no entry has: by the parts of a compound (`Versandkosten`: `Versand` and
//! `Kosten`), or by German words derived from the same verb (`Öffnung`: `geöffnet`).

use super::german_verbs::Verb;
use super::term_matcher::{TermMatcher, Tolerance};
use crate::search::index::{Dictionary, Index};
use crate::search::language::Language;
use crate::search::weights::Weights;
use std::sync::Arc;

/// The fewest letters of a part.
const MIN_PART: usize = 4;
/// Letters that may join two parts, folded, longest first.
const LINKS: [&str; 5] = ["es", "en", "er", "s", "n"];

/// The words that replace one that no entry has, if entries have any: derivations of the same verb;
/// both parts of a compound; or, unless it is a typo of a word that entries have, its longest
/// beginning and ending.
pub(super) fn parts(word: &str, index: &Index, weights: &Arc<Weights>) -> Option<Vec<String>> {
    let known = KnownWords { index, weights };
    if let Some(form) = known.derived(word) {
        return Some(vec![form]);
    }
    if let Some(separated) = known.separated(word) {
        return Some(separated);
    }
    let splits = word.char_indices().map(|(at, _)| at).skip(MIN_PART);
    let splits: Vec<usize> = splits.filter(|&at| word[at..].chars().count() >= MIN_PART).collect();
    let beginnings = splits.iter().rev().map(|&at| &word[..at]);
    let endings = splits.iter().map(|&at| &word[at..]);
    for (beginning, ending) in splits.iter().rev().map(|&at| word.split_at(at)) {
        let first = known.form(beginning);
        if let (Some(first), true) = (first, known.has(ending)) {
            return Some(vec![first, ending.to_owned()]);
        }
    }
    if known.has_typo_of(word) {
        return None;
    }
    let first = { beginnings }.find_map(|part| known.form(part));
    let last = { endings }.find_map(|part| {
        let is_known = known.has(part);
        is_known.then(|| part.to_owned()).or_else(|| known.derived(part))
    });
    let parts: Vec<String> = first.into_iter().chain(last).collect();
    (!parts.is_empty()).then_some(parts)
}

/// The words that entries have in some form.
struct KnownWords<'a> {
    index: &'a Index,
    weights: &'a Arc<Weights>,
}

impl KnownWords<'_> {
    /// The form of a part that an entry has: with or without a link at its end, or derived from the
    /// same verb.
    fn form(&self, part: &str) -> Option<String> {
        let without = LINKS.iter().filter_map(|link| part.strip_suffix(link));
        let forms = || {
            let without = without.clone().filter(|part| part.chars().count() >= MIN_PART);
            std::iter::once(part).chain(without)
        };
        forms()
            .find(|part| self.has(part))
            .map(str::to_owned)
            .or_else(|| forms().find_map(|part| self.derived(part)))
    }

    /// A word of an entry that is derived from the same verb.
    fn derived(&self, word: &str) -> Option<String> {
        let mut forms = self.verbs(word).flat_map(|verb| verb.forms().collect::<Vec<_>>());
        forms.find(|form| form != word && self.has(form))
    }

    /// The prefix and infinitive of a separable verb, if entries have both; a short prefix is as
    /// often a preposition.
    fn separated(&self, word: &str) -> Option<Vec<String>> {
        let mut separated = self.verbs(word).filter_map(|verb| verb.separated());
        let (prefix, infinitive) = separated.find(|(prefix, infinitive)| {
            prefix.len() >= MIN_PART && self.has(prefix) && self.has(infinitive)
        })?;
        Some(vec![infinitive, prefix.to_owned()])
    }

    /// The verbs that a word of a German collection may be derived from.
    fn verbs<'w>(&self, word: &'w str) -> impl Iterator<Item = Verb<'w>> + use<'w> {
        let is_german = self.index.language() == Language::German;
        is_german.then(|| Verb::all(word)).into_iter().flatten()
    }

    fn has(&self, word: &str) -> bool {
        let matcher = self.matcher(word);
        self.dictionaries().any(|words| {
            let mut found = false;
            matcher.find(words, |_, score| found |= matcher.is_form(score));
            found
        })
    }

    /// Whether an entry has a word that is one typo from `word`.
    fn has_typo_of(&self, word: &str) -> bool {
        let matcher = self.matcher(word);
        self.dictionaries().any(|words| {
            (0..words.len()).any(|n| matcher.is_one_typo_from(words.word(n), words.mask(n)))
        })
    }

    fn matcher(&self, word: &str) -> TermMatcher {
        TermMatcher::new(word, false, Tolerance::Forms, self.index.language(), self.weights)
    }

    fn dictionaries(&self) -> impl Iterator<Item = &Dictionary> {
        self.index.segments().flat_map(|(_, part)| part.postings()).map(|postings| &postings.words)
    }
}
