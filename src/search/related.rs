//! Questions that are about the same: computed from the index when somebody asks.

use super::language::Language;
use super::meaning::Meaning;
use super::sense::Meant;
use super::{Engine, Index};
use crate::text::words;
use rustc_hash::FxHashMap;

/// So many of the entry's rarest words are looked for.
const WORDS: usize = 12;

/// The `count` entries nearest to `entry`, best first: by its rarest words, those of its question
/// and tags before those of its answer, and by what its question means. Never the entry itself.
pub fn related(index: &Index, entry: u32, count: usize) -> Vec<u32> {
    let Some(this) = index.entry(entry) else { return Vec::new() };
    let language = index.language();
    let mut weights: FxHashMap<String, f32> = FxHashMap::default();
    let mut add = |text: &str, share: f32| {
        words(text, |word| {
            if !word.variant && word.folded.len() > 1 && !language.is_weightless(word.folded) {
                let weight = share * rarity(index, word.folded);
                let old = weights.entry(word.folded.to_owned()).or_default();
                *old = old.max(weight);
            }
        });
    };
    add(this.question(), 1.0);
    this.aliases().for_each(|alias| add(alias, 0.8));
    this.tags().for_each(|tag| add(tag, 0.8));
    let answer = this.answer();
    let end = answer.char_indices().nth(600).map_or(answer.len(), |(at, _)| at);
    add(&answer[..end], 0.4);
    let mut chosen: Vec<(f32, String)> = weights.into_iter().map(|(word, w)| (w, word)).collect();
    chosen.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    chosen.truncate(WORDS);
    let words = chosen.into_iter().filter(|(weight, _)| *weight > 0.0).map(|(_, word)| word);
    let english = language == Language::English;
    let meant = english.then(|| Meaning::english().of_text(this.question())).flatten();
    let meant = meant.map(Meant::from);
    let mut engine = Engine::for_once(index.clone());
    let mut near = engine.nearest(words.collect(), meant.as_ref(), count + 1);
    near.retain(|&other| other != entry);
    near.truncate(count);
    near
}

/// The inverse document frequency of a word in questions; 0 where it stands in no other entry,
/// since nothing can be found by it.
fn rarity(index: &Index, word: &str) -> f32 {
    let having: u32 = index
        .segments()
        .map(|(_, segment)| {
            let count = |part: &super::segment::Part| {
                part.postings.words.find(word).map_or(0, |n| part.postings.count(n))
            };
            count(&segment.head).max(segment.body.as_deref().map_or(0, count))
        })
        .sum();
    let total = index.len() as f32;
    if having < 2 { 0.0 } else { (1.0 + total / having as f32).ln() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::Entry;

    #[test]
    fn means_the_same_in_other_words() {
        let entry = |question: &str| Entry { question: question.into(), ..Entry::default() };
        let questions = [
            "How do I delete a folder?",
            "What is the price of a new car in the city?",
            "When is the shop open?",
            "How can the directory be removed?",
            "Why is the sky blue at noon?",
        ];
        let index = Index::new(&questions.map(entry));
        assert_eq!(related(&index, 0, 1), [3]);
    }

    #[test]
    fn shares_rare_words_and_is_never_itself() {
        let entry = |question: &str| Entry { question: question.into(), ..Entry::default() };
        let questions =
            ["How do I grow tomatoes?", "How do I fix a bike?", "When are tomatoes ripe?", "Why?"];
        let index = Index::new(&questions.map(entry));
        assert_eq!(related(&index, 0, 3).first(), Some(&2));
        assert!(!related(&index, 0, 3).contains(&0));
        assert!(related(&index, 99, 3).is_empty());
        assert_eq!(index.language(), Language::English);
    }
}
