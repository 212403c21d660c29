//! Related questions, computed from the index on demand.

use super::engine::Engine;
use super::index::{Index, SegmentPart};
use super::language::Language;
use super::query::folded_words;
use super::semantic::{Embedder, EmbeddingTable, QueryEmbedding, SentenceQuery, SentenceVectors};
use super::weights::Weights;
use crate::text::words;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// How many of the rarest words of an entry are searched for.
const RARE_WORDS: usize = 12;
/// A beginning shared with this many other questions is a template.
const MIN_TEMPLATE: usize = 3;
/// Templates are only detected in collections up to this size, since it reads every question.
const MAX_QUESTIONS_READ: usize = 200_000;
/// The characters of the answer whose words are used.
const ANSWER_CHARS: usize = 600;

/// The `count` entries most related to `entry`, best first, without the entry itself: by its rarest
/// words, those of question and tags before those of the answer, and by the embedding of its
/// question.
pub fn related(index: &Index, entry: u32, count: usize) -> Vec<u32> {
    let Some(this) = index.entry(entry) else { return Vec::new() };
    let languages = index.languages();
    let weights = Arc::new(Weights::default());
    let mut rare: FxHashMap<String, f32> = FxHashMap::default();
    let template = template_words(index, entry, this.question());
    let mut add = |text: &str, factor: f32| {
        words(text, |word| {
            if !word.variant
                && !template.contains(word.folded)
                && word.folded.len() > 1
                && !languages.is_stop_word(word.folded)
            {
                let weight = factor * rarity(index, word.folded);
                let old = rare.entry(word.folded.to_owned()).or_default();
                *old = old.max(weight);
            }
        });
    };
    add(this.question(), 1.0);
    this.aliases().for_each(|alias| add(alias, weights.related_alias_factor));
    this.tags().for_each(|tag| add(tag, weights.related_tag_factor));
    let answer = this.answer();
    let end = answer.char_indices().nth(ANSWER_CHARS).map_or(answer.len(), |(at, _)| at);
    add(&answer[..end], weights.related_answer_factor);
    let mut chosen: Vec<(f32, String)> = rare.into_iter().map(|(word, w)| (w, word)).collect();
    chosen.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    chosen.truncate(RARE_WORDS);
    let words = chosen.into_iter().filter(|(weight, _)| *weight > 0.0).map(|(_, word)| word);
    let english = languages.primary() == Language::English;
    let mut embedder = Embedder::new(*EmbeddingTable::english());
    let embedding = english.then(|| embedder.embed(&content(this.question(), &template))).flatten();
    let embedding = embedding.map(QueryEmbedding::from);
    let mut engine = Engine::without_threads(index.clone(), weights);
    let vectors = index.attached::<SentenceVectors>();
    engine.set_sentence(vectors.and_then(|vectors| SentenceQuery::of_entry(vectors, entry)));
    let mut near = engine.nearest(words, embedding.as_ref(), count + 1);
    near.retain(|&other| other != entry);
    near.truncate(count);
    near
}

/// The words of the beginning that a question shares with many others ("What is the difference
/// between ..."): they are about the form of the question, not its topic. None in collections too
/// large to be read.
fn template_words(index: &Index, entry: u32, question: &str) -> FxHashSet<String> {
    let own = folded_words(question);
    if index.len() > MAX_QUESTIONS_READ || own.len() < 3 {
        return FxHashSet::default();
    }
    let mut sharing = vec![0_usize; own.len()];
    for (_, other) in (0..).zip(index.entries()).filter(|&(n, _): &(u32, _)| n != entry) {
        let other = folded_words(other.question());
        let shared = own.iter().zip(&other).take_while(|(a, b)| a == b).count();
        sharing.iter_mut().take(shared).for_each(|count| *count += 1);
    }
    let length = sharing.iter().take_while(|&&count| count >= MIN_TEMPLATE).count();
    // At least one word must remain as the topic.
    own.into_iter().take(length.min(sharing.len() - 1)).collect()
}

/// The words of a text that are not in its template.
fn content(text: &str, template: &FxHashSet<String>) -> String {
    let mut words = folded_words(text);
    words.retain(|word| !template.contains(word));
    words.join(" ")
}

/// The inverse document frequency of a word; 0 if no other entry has it, since it would find
/// nothing.
fn rarity(index: &Index, word: &str) -> f32 {
    let having: u32 = index
        .segments()
        .map(|(_, segment)| {
            let count = |part: &SegmentPart| {
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
    fn related_questions_may_use_other_words() {
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

    /// The other differences share more words, but have another topic.
    #[test]
    fn finds_what_a_question_is_about_and_not_how_it_asks() {
        let entry = |question: &str| Entry { question: question.into(), ..Entry::default() };
        let questions = [
            "What is the difference between a kite and a glider?",
            "What is the difference between a hill and a mountain?",
            "What is the difference between a lake and a pond?",
            "What is the difference between a shrub and a tree?",
            "What is the difference between a cat and a dog?",
            "How does a kite fly?",
            "How is a glider started?",
        ];
        let mut near = related(&Index::new(&questions.map(entry)), 0, 2);
        near.sort_unstable();
        assert_eq!(near, [5, 6]);
    }

    #[test]
    fn finds_rare_words_and_never_itself() {
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
