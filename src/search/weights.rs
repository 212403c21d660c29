//! Every number that determines the order of hits, in one place.
//!
//! Limits on time and memory are not weights; they are next to the code that they bound.
//!
//! Most defaults were set together, by coordinate search over known-item queries (three words, a
//! typo, half typed, abbreviated, words of the answer) and people's own wordings, on about ten
//! collections; "Set by: joint search" below means that. "Set by: hand" is a plausible first value
//! that was never measured alone. `cargo bench --bench quality` prints the contribution of each
//! weight: it switches one off at a time, through [`Weights::ABLATIONS`].

/// The match score of the term itself; other words score less.
pub(in crate::search) const EXACT: u8 = 255;

macro_rules! weights {
    ($($(#[doc = $doc:literal])+ $name:ident: $type:ty = $default:expr, off $off:expr;)+) => {
        /// The weights of ranking. [`Weights::default`] has the values in use.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Weights {
            $($(#[doc = $doc])+ pub $name: $type,)+
        }

        impl Default for Weights {
            fn default() -> Self {
                Self { $($name: $default,)+ }
            }
        }

        impl Weights {
            /// The name of every weight, and a function that sets it to the value at which it has
            /// no effect.
            pub const ABLATIONS: &[(&str, fn(&mut Self))] =
                &[$((stringify!($name), |weights| weights.$name = $off),)+];
        }
    };
}

weights! {
    // ---- match scores: how well a word of the collection matches a term; 255 is the word itself ----

    /// The score of another form of the term, by its stem. 0 to 255, above `prefix_typed`: only the
    /// word and its forms count as having the term. Set by: hand.
    same_stem: u8 = 212, off 255;
    /// The score of a word that begins with the last term, which may be unfinished. 0 to 255. Set
    /// by: hand.
    prefix_typed: u8 = 208, off 255;
    /// The score of a word that begins with another term. 0 to 255. Set by: hand.
    prefix: u8 = 184, off 255;
    /// The penalty of a prefix for each further letter of the word, up to ten letters. 0 to 18. Set
    /// by: hand.
    extra_letter_penalty: u8 = 4, off 0;
    /// The score of another form of a word that begins with the last term: `cryin` finds `cry`. 0
    /// to 255. Set by: hand.
    completion_stem: u8 = 176, off 255;
    /// The score of one typo. 0 to 255. Set by: joint search, mostly by the class of typos.
    one_typo: u8 = 176, off 255;
    /// The score of two typos. 0 to 255. Set by: joint search, mostly by the class of typos.
    two_typos: u8 = 112, off 255;
    /// The score of a prefix of the word with one typo. 0 to 255. Set by: hand.
    prefix_one_typo: u8 = 144, off 255;
    /// The score of a prefix of the word with two typos. 0 to 255. Set by: hand.
    prefix_two_typos: u8 = 80, off 255;
    /// The factor of a typo in the first letter, in tenths: people rarely mistype that letter. 0 to
    /// 10. Set by: a prototype on nine query sets (0.7 was best).
    first_letter_typo_tenths: u8 = 7, off 10;
    /// The factor of a typo of a term that is itself a word of the language, and so probably meant,
    /// unless two letters are swapped, in tenths: `fee` counts less for `pee`. 0 to 10. Set by:
    /// people's wordings of five collections and known items of nine; two queries of 20,000 gain,
    /// none loses.
    word_typo_tenths: u8 = 5, off 10;
    /// The minimum characters of a term with one typo. Set by: hand; below three letters a typo can
    /// turn any word into any other.
    one_typo_from: usize = 3, off usize::MAX;
    /// The minimum characters of a term with two typos. Set by: hand.
    two_typos_from: usize = 7, off usize::MAX;
    /// The maximum score of a word that contains the term. 0 to 255. Set by: hand.
    infix: u8 = 128, off 0;
    /// The share of `infix` that does not depend on lengths. 0 to 1. Set by: hand.
    infix_base: f32 = 0.6, off 1.0;
    /// The share of `infix` that is multiplied by term length / word length. 0 to 1; the sum with
    /// `infix_base` is at most 1. Set by: hand.
    infix_length_share: f32 = 0.4, off 0.0;
    /// The maximum score of a word with the letters of the term in order. 0 to 255. Set by: joint
    /// search, mostly by the class of abbreviations.
    subsequence: u8 = 150, off 0;
    /// The share of `subsequence` that every such word gets. 0 to 1. Set by: joint search.
    subsequence_base: f32 = 0.25, off 0.0;
    /// The share of `subsequence` that is multiplied by fuzzy-matcher's score of the letters. 0 to
    /// 1. Set by: joint search.
    subsequence_closeness: f32 = 0.45, off 0.0;
    /// The share of `subsequence` that is multiplied by term length / word length. 0 to 1; the sum
    /// of the three shares is at most 1. Set by: joint search.
    subsequence_length_share: f32 = 0.3, off 0.0;
    /// The score of a term that is the word without its vowels. 0 to 255. Set by: abbreviated known
    /// items (names of composers lost to typos of other names at 150).
    abbreviation: u8 = 180, off 150;
    /// The score of a term that is the beginning of the word without its vowels. 0 to 255. Set by:
    /// as `abbreviation`.
    abbreviation_prefix: u8 = 160, off 150;
    /// The maximum score of a question with the letters of the term in order, as a last resort. 0
    /// to 255. Set by: hand.
    question_subsequence: f32 = 60.0, off 0.0;

    // ---- fields: the factor of a match by its field, where the question is 1 ----

    /// A match in another wording. 0 to 1. Set by: hand.
    alias_factor: f32 = 0.95, off 1.0;
    /// A match in a tag. 0 to 1. Set by: hand.
    tag_factor: f32 = 0.75, off 1.0;
    /// A match in the answer. 0 to 1. Set by: joint search; 0.2 to 0.35 is good for people's
    /// wordings, 0.5 harms short queries, at 0.1 words that occur only in answers are lost.
    answer_factor: f32 = 0.26, off 1.0;
    /// How quickly repetitions of a word in an answer stop counting: the k1 of BM25 (Robertson and
    /// Zaragoza, "The Probabilistic Relevance Framework", 2009). Above 0, usually 1.2 to 2. Set by:
    /// the usual value.
    answer_saturation: f32 = 1.2, off 0.001;
    /// How much a question's length matters: the b of BM25. 0 to 1. Set by: joint search.
    question_length_norm: f32 = 0.25, off 0.0;
    /// How much an answer's length matters: the b of BM25. 0 to 1. Set by: joint search.
    answer_length_norm: f32 = 0.5, off 0.0;
    /// The maximum factor for a short answer. Above 1. Set by: hand.
    short_answer_cap: f32 = 1.6, off 1.0;

    // ---- retrieval: the score by words alone ----

    /// How much rarity counts: the exponent of the inverse document frequency. 0 to 1. Set by:
    /// people's wordings of three collections; at 1 an entry with nearly the whole query in
    /// sequence lost to one with its rarer words.
    rarity_exponent: f32 = 0.85, off 0.0;
    /// The factor of a stop word ("the", "how") relative to another word that is as rare. 0 to 1.
    /// Set by: joint search, by people's wordings.
    stop_word_factor: f32 = 0.5, off 1.0;
    /// The exponent of the covered share of the query, which is a factor of the score. 0 to 2. Set
    /// by: joint search.
    coverage_exponent: f32 = 0.15, off 0.0;
    /// The factor of an entry whose question, wordings and tags have every informative term. 1 to
    /// 3. Set by: known items of medical questions: a question with every word lost to one whose
    /// answer repeats them.
    question_match_boost: f32 = 1.6, off 1.0;
    /// Entries that lack a term are kept if they cover at least this share of what the best one
    /// covers. 0 to 1. Set by: joint search.
    min_coverage_ratio: f32 = 0.1, off 0.0;

    // ---- rank: bonuses by the text of a question, which are added to 1; the sum is a factor ----

    /// Two consecutive terms of the query are adjacent in the question. 0 to 2. Set by: joint
    /// search; a prototype on nine query sets gained up to a bonus of 0.6.
    adjacent_bonus: f32 = 1.0, off 0.0;
    /// They are two or three words apart, in order. 0 to 2. Set by: joint search.
    near_bonus: f32 = 0.7, off 0.0;
    /// They are further apart, in order. 0 to 2. Set by: joint search.
    in_order_bonus: f32 = 0.45, off 0.0;
    /// They are adjacent or two words apart, in reverse order. 0 to 2. Set by: joint search.
    swapped_bonus: f32 = 0.35, off 0.0;
    /// They are further apart, in reverse order. 0 to 2. Set by: joint search.
    reversed_bonus: f32 = 0.25, off 0.0;
    /// The factor of the square of the share of the query that the question covers. 0 to 2. Set by:
    /// joint search.
    coverage_bonus: f32 = 0.8, off 0.0;
    /// The question is the whole query and nothing else. 0 to 2. Set by: joint search.
    exact_question_bonus: f32 = 0.42, off 0.0;
    /// The factor of the share of the question's words that match. 0 to 2. Set by: joint search;
    /// without it, the shorter of templated questions, which was expected, came second.
    no_other_words_bonus: f32 = 0.95, off 0.0;
    /// The question begins with the query's first term. 0 to 1. Set by: hand.
    first_term_bonus: f32 = 0.12, off 0.0;

    /// The query names the command of a how-to. 0 to 2. Set by: hand (`cat` finds the tasks of `cat`
    /// before a task of another command that mentions it).
    command_bonus: f32 = 0.8, off 0.0;
    /// The factor of a how-to that only names another sheet to read. 0 to 1. Set by: hand.
    reference_factor: f32 = 0.05, off 1.0;

    // ---- semantic: embeddings ----

    /// The weight of the cosine of query and question, where the best score by words is 1. 0 to 3.
    /// Set by: people's wordings of two collections by word vectors alone (76.0 to 77.1% and 70.4
    /// to 71.3% compared with 1.6; the same with the sentence encoder).
    semantic_weight: f32 = 2.0, off 0.0;
    /// With more informative terms than this, the cosine is multiplied by this number / their
    /// number: the mean of many words' vectors is near to most questions. 1 or more. Set by:
    /// letters to a forum (60% first, 71% without word vectors), which lose two points at 5.
    semantic_terms: f32 = 4.0, off f32::MAX;
    /// The minimum of the best score by words, as a share of the query's weight, when scores are
    /// scaled: if it is lower, words are not informative. 0 to 1. Set by: hand.
    lexical_floor: f32 = 0.5, off 0.0;
    /// The minimum cosine of a hit that shares no word with the query. 0 to 1. Set by: correct
    /// pairs have 0.5 to 0.9; the best of an unrelated collection is below 0.4 in 90% of cases.
    min_cosine: f32 = 0.45, off 1.0;

    /// The minimum cosine of a close entry that shares only stop words with the query. 0 to 1. Set
    /// by: people's wordings of three collections; higher values lost expected entries.
    min_close_cosine: f32 = 0.25, off 0.0;
    /// The weight of the cosine of the sentence vectors of query and entry, where the best score by
    /// words and word vectors is 1. 0 to 8. Set by: a grid search with the two weights below, over
    /// people's wordings of four collections. One half of the queries selects these values, the
    /// other half 3.5, 2 and 1; both selections differ by less than a point.
    sentence_weight: f32 = 4.0, off 0.0;
    /// The weight of the share of the query that the words of a question cover, by form or by word
    /// vectors, in addition to sentence vectors. 0 to 4. Set by: as `sentence_weight`; 2 to 3
    /// differ by less than a point.
    meaning_coverage: f32 = 3.0, off 0.0;
    /// The weight of the share of the query that the words of an answer cover in the same way. 0 to
    /// 4. Set by: as `sentence_weight`; reworded questions gain from it; at 1 a collection whose
    /// entries all have one topic loses a point.
    answer_meaning_coverage: f32 = 0.25, off 0.0;
    /// The minimum cosine of sentence vectors of a hit that shares no word with the query. 0 to 1.
    /// Set by: questions with other topics have 0.1 to 0.35; at 0.45, expected entries of one
    /// collection in forty are lost.
    min_sentence_cosine: f32 = 0.4, off 1.0;

    /// The factor of an entry that has every informative term of a query of many terms without stop
    /// words: such a list of words rarely occurs in an entry by coincidence. 1 to 10. Set by: words
    /// of a single answer (18 to 27 of 34 first), which lost to entries that share a word or the
    /// meaning.
    sentence_match_boost: f32 = 5.0, off 1.0;
    /// The exponent of the covered share of the query, which is a factor of close entries: one that
    /// lacks one word comes before one that lacks two; not applied to queries with stop words. 0 to
    /// 4. Set by: hand; applied after the semantic rerank, it lost a point of people's wordings.
    close_coverage_exponent: f32 = 2.0, off 0.0;

    // ---- learning ----

    /// The share of its score by which a hit may be worse than another one and still be level with
    /// it: then the one that was used more comes first. 0 to 0.1. Set by: after a thousand random
    /// picks, at most one first hit in five hundred of the evaluation sets changes.
    level_score_ratio: f32 = 0.002, off 0.0;

    // ---- strategy: which entries are retrieved when ----

    /// A query with at least this many required terms reads as a sentence. 1 or more. Set by: joint
    /// search, by people's wordings.
    sentence_terms: usize = 4, off usize::MAX;
    /// A query with stop words, two required terms and at least this many words reads as a
    /// sentence. 3 or more. Set by: people's wordings of three collections; at 3 they gain a point
    /// ("symptoms of fever"), but words of answers ("using class props") lose up to five.
    sentence_words: usize = 4, off usize::MAX;
    /// With fewer matches than this, close entries are shown as well. 0 or more. Set by: hand (a
    /// list that fills half a screen needs no others).
    enough_matches: usize = 10, off 0;
    /// Close entries, and entries of a sentence, are dropped below this share of the best score. 0
    /// to 1. Set by: hand.
    min_score_ratio: f32 = 0.33, off 0.0;

    // ---- live: hits of search engines ----

    /// The weight of the first rank in a search engine's reply, where the best local score is 1. 0
    /// to 3. Set by: people's wordings of six collections over the first hundred hits of
    /// PostgreSQL; 0.2 to 0.5 differ by less than a point, at 1.5 the mean falls by three.
    live_rank_weight: f32 = 0.3, off 0.0;
    /// How quickly the weight of lower ranks decreases: rank n, from 0, counts 1 / (1 + n * decay).
    /// 0 to 1. Set by: as `live_rank_weight`; 0.03 to 1 differ by less than a point.
    live_rank_decay: f32 = 0.1, off 0.0;

    // ---- related questions: the factor of a word by its field, where the question is 1 ----

    /// A word in another wording. 0 to 1. Set by: hand.
    related_alias_factor: f32 = 0.8, off 1.0;
    /// A word in a tag. 0 to 1. Set by: hand.
    related_tag_factor: f32 = 0.8, off 1.0;
    /// A word in the answer. 0 to 1. Set by: hand.
    related_answer_factor: f32 = 0.4, off 0.0;
}

#[cfg(test)]
mod tests {
    use super::Weights;

    #[test]
    fn every_ablation_changes_its_weight() {
        for (name, switch_off) in Weights::ABLATIONS {
            let mut weights = Weights::default();
            switch_off(&mut weights);
            assert_ne!(weights, Weights::default(), "{name}");
        }
    }
}
