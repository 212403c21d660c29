//! The engine as its users see it: queries and their hits.

use proptest::prelude::*;
use quick_answer::collection::{Entry, EntryStore, TextFormat};
use quick_answer::load::{Sink, Source, collect};
use quick_answer::search::{Engine, Field, Hits, Index, Indexer, Query};

fn query(text: &str) -> Query {
    Query { text: text.into(), limit: 1000, ..Query::default() }
}

fn entries(texts: &[(String, String)]) -> Vec<Entry> {
    let entry = |(question, answer): &(String, String)| Entry {
        question: question.clone(),
        answer: answer.clone(),
        ..Entry::default()
    };
    texts.iter().map(entry).collect()
}

fn numbers(hits: &Hits) -> Vec<u32> {
    (0..hits.ready()).filter_map(|n| hits.get(n)).map(|hit| hit.entry).collect()
}

fn in_parts(entries: &[Entry], size: usize) -> Index {
    let indexer = Indexer::new(|_| ());
    // The parts arrive in any order.
    let parts: Vec<_> = entries.chunks(size.max(1)).enumerate().collect();
    for (part, entries) in parts.into_iter().rev() {
        indexer.entries(part, EntryStore::new(entries));
    }
    indexer.finish()
}

/// The id of the first hit in the built-in collection.
fn first(text: &str) -> String {
    let (collection, _) = collect(&[Source::BuiltIn]).expect("the built-in collection loads");
    let hits = Engine::new(Index::new(&collection.entries)).search(&query(text));
    let first = hits.get(0).unwrap_or_else(|| panic!("{text:?} finds something"));
    collection.entries[first.entry as usize].question.clone()
}

#[test]
fn the_built_in_collection_answers_typed_queries() {
    for (text, word) in [
        ("cry ses", "session"),
        ("therpist", "therapist"),
        ("hug", "hug"),
        ("crying every day", "every day"),
        ("thrpst lie", "lying"),
        ("why does my therapist look at me all the time", "look"),
    ] {
        let question = first(text);
        assert!(question.to_lowercase().contains(word), "{text:?} gave {question:?}");
    }
}

#[test]
fn words_that_no_entry_has_find_entries_of_similar_meaning() {
    for (text, words) in [
        ("my counselor keeps looking at me", &["look", "eye", "stare"][..]),
        ("sobbing", &["cry", "tears"]),
        ("is it weird to adore my psychologist", &["love"]),
        ("fibbing to my shrink", &["lying"]),
        ("embrace", &["hug"]),
        ("sad all the time", &["cry", "every day"]),
    ] {
        let question = first(text).to_lowercase();
        assert!(words.iter().any(|word| question.contains(word)), "{text:?} gave {question:?}");
    }
}

#[test]
fn words_of_answers_are_found_in_plain_text_and_in_markdown() {
    for format in [TextFormat::Plain, TextFormat::Markdown] {
        let entry = |question: &str, answer: &str| Entry {
            question: question.into(),
            answer: answer.into(),
            format,
            ..Entry::default()
        };
        let all = [entry("What is this?", "A kettle."), entry("And that?", "A teapot.")];
        let hits = Engine::new(Index::new(&all)).search(&query("teapot"));
        assert_eq!(numbers(&hits).first(), Some(&1), "{format:?}");
    }
}

#[test]
fn operators_filter_entries() {
    let index = Index::new(&entries(&[
        ("How do I cry less?".into(), "Breathe.".into()),
        ("Why do people cry?".into(), "Nobody knows it all.".into()),
        ("Why do dogs bark?".into(), "They cry wolf.".into()),
    ]));
    let mut engine = Engine::new(index);
    for (text, expected) in [
        ("'cry", &[0, 1, 2][..]),
        ("cry !wolf", &[0, 1]),
        ("^why", &[1, 2]),
        ("cry$", &[1]),
        ("bark | less", &[0, 2]),
        ("\"cry less\"", &[0]),
    ] {
        let hits = engine.search(&query(text));
        let mut found = numbers(&hits);
        found.sort_unstable();
        assert_eq!(found, expected, "{text}");
        assert_eq!(hits.matches, expected.len(), "{text}");
    }
    let wolf = engine.search(&query("wolf"));
    assert_eq!(wolf.get(0).map(|hit| hit.field), Some(Field::Answer));
    let none_has_all = engine.search(&query("cry bark less"));
    assert_eq!((none_has_all.matches, none_has_all.divider()), (0, Some(0)));
    assert!(none_has_all.total > 0);
}

/// A word that no entry has is not a typo of a stop word: an entry without it is not a match.
#[test]
fn a_word_that_no_entry_has_is_not_a_stop_word() {
    let texts = ["How do I use the oven?", "What can I bake with rye?", "Can I have the recipe?"];
    let texts = texts.map(|text| (text.to_owned(), String::new()));
    let mut engine = Engine::new(Index::new(&entries(&texts)));
    for text in ["what is usb ", "what is a wish ", "how do i hare ", "cans "] {
        assert_eq!(engine.search(&query(text)).matches, 0, "{text}");
    }
    for text in ["waht is rye ", "whot is rye ", "waht rye "] {
        assert_eq!(engine.search(&query(text)).matches, 1, "{text}");
    }
}

/// Regression: beginnings of words that occur only in answers hid the questions with the intended
/// words.
#[test]
fn letters_of_a_question_come_before_words_of_answers() {
    let index = Index::new(&entries(&[
        ("What is the proper way to open the store?".into(), "With the key.".into()),
        ("When is it closed?".into(), "Properly said, the way is a strange one: never.".into()),
    ]));
    let mut engine = Engine::new(index);
    let hits = engine.search(&query("prpr way str"));
    assert_eq!(numbers(&hits)[0], 0);
    // A completely typed word is intended.
    let hits = engine.search(&query("strange way"));
    assert_eq!((numbers(&hits)[0], hits.matches), (1, 1));
}

/// Regression: files called `x.ltx` in an answer hid the question about LaTeX.
#[test]
fn an_abbreviation_stays_one_although_an_answer_has_it_as_a_word() {
    let index = Index::new(&entries(&[
        ("Where are styles kept?".into(), "Other files than x.ltx include them.".into()),
        ("How does LaTeX include other files?".into(), "By their names.".into()),
    ]));
    let hits = Engine::new(index).search(&query("ltx incld othr"));
    assert_eq!(numbers(&hits)[0], 1);
}

#[test]
fn an_abbreviation_stays_one_although_a_question_has_it_as_a_word() {
    let texts = ["Import a CRT file", "Show a new key", "Create a new key pair"];
    let texts: Vec<_> = texts.map(|text| (text.to_owned(), String::new())).into();
    let mut engine = Engine::new(Index::new(&entries(&texts)));
    let hits = engine.search(&query("crt new key"));
    assert_eq!(numbers(&hits).first(), Some(&2));
    // Alone it is the word.
    assert_eq!(numbers(&engine.search(&query("crt"))).first(), Some(&0));
}

#[test]
fn a_term_without_vowels_abbreviates_words_beside_those_that_it_begins() {
    let texts = ["Copy the dbname of a server", "Install Debian on a server", "Rent a server"];
    let texts: Vec<_> = texts.map(|text| (text.to_owned(), String::new())).into();
    let mut engine = Engine::new(Index::new(&entries(&texts)));
    for text in ["dbn", "dbn server"] {
        let hits = engine.search(&query(text));
        let matches = (0..hits.ready()).filter_map(|n| hits.get(n)).filter(|hit| hit.is_match);
        let mut found: Vec<u32> = matches.map(|hit| hit.entry).collect();
        found.sort_unstable();
        assert_eq!(found, [0, 1], "{text}");
    }
    assert_eq!(numbers(&engine.search(&query("install dbn"))).first(), Some(&1));
}

/// "signs" occurs in most answers, and so seemed uninformative, although few questions have it.
#[test]
fn a_question_with_every_word_comes_before_one_whose_answer_has_them_often() {
    let mut texts = vec![
        ("What is woolpox fever?".to_owned(), "Signs: woolpox fever is woolpox fever.".to_owned()),
        ("What are all the early signs of woolpox fever?".into(), "Wool behind the ears.".into()),
    ];
    for name in ["ironfoot", "mistcough", "paperhand", "saltnose", "tintooth", "glassknee"] {
        texts.push((format!("What is {name}?"), "It has signs that nobody misses.".into()));
    }
    let hits = Engine::new(Index::new(&entries(&texts))).search(&query("signs woolpox fever"));
    assert_eq!(numbers(&hits)[..2], [1, 0]);
}

fn word() -> impl Strategy<Value = String> {
    "[a-c]{1,4}|über|naïve|日本語|👩‍👩‍👧"
}

fn texts() -> impl Strategy<Value = Vec<(String, String)>> {
    let text = || proptest::collection::vec(word(), 0..5).prop_map(|words| words.join(" "));
    proptest::collection::vec((text(), text()), 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_index_built_in_pieces_finds_the_same(texts in texts(), text in "[a-c]{1,3}( [a-c]{1,3}){0,2}", size in 1_usize..9) {
        let entries = entries(&texts);
        let whole = Engine::new(Index::new(&entries)).search(&query(&text));
        let pieces = Engine::new(in_parts(&entries, size)).search(&query(&text));
        prop_assert_eq!(numbers(&whole), numbers(&pieces));
        prop_assert_eq!((whole.total, whole.mode), (pieces.total, pieces.mode));
    }

    #[test]
    fn refining_equals_starting_over(texts in texts(), text in "[a-c']{1,3}( [a-c|!]{1,3}){0,2}") {
        let index = Index::new(&entries(&texts));
        let mut engine = Engine::new(index.clone());
        // Typed and deleted, in both orders.
        for end in (0..=text.len()).chain((0..text.len()).rev()) {
            for exact in [false, true] {
                let query = Query { exact, ..query(&text[..end]) };
                let (refined, fresh) = (engine.search(&query), Engine::new(index.clone()).search(&query));
                prop_assert_eq!(numbers(&refined), numbers(&fresh));
                prop_assert_eq!((refined.total, refined.mode), (fresh.total, fresh.mode));
            }
        }
    }

    #[test]
    fn another_term_never_adds_matches(texts in texts(), words in proptest::collection::vec("[a-c]{1,4}|how|the|with", 2..6)) {
        // Beside stop words these are typos of "can", which the first word alone is not yet.
        prop_assume!(!words.iter().any(|word| word.starts_with("ca") && word.len() == 3));
        let mut texts = texts;
        // Enough to detect the language.
        texts.extend((0..8).map(|_| ("How is it with the a?".into(), "Why not as you do?".into())));
        let mut engine = Engine::new(Index::new(&entries(&texts)));
        let mut matches = |words: &[String]| -> Vec<u32> {
            let hits = engine.search(&query(&words.join(" ")));
            let hits = (0..hits.ready()).filter_map(|n| hits.get(n));
            hits.filter(|hit| hit.is_match).map(|hit| hit.entry).collect()
        };
        let mut before = matches(&words[..1]);
        for end in 2..=words.len() {
            let after = matches(&words[..end]);
            prop_assert!(after.iter().all(|entry| before.contains(entry)), "{:?}", &words[..end]);
            before = after;
        }
    }

    #[test]
    fn a_smaller_limit_gives_the_beginning_of_the_same_order(texts in texts(), text in "[a-c]{1,3}") {
        let mut engine = Engine::new(Index::new(&entries(&texts)));
        let all = numbers(&engine.search(&query(&text)));
        let few = engine.search(&Query { limit: 3, ..query(&text) });
        prop_assert_eq!(&all[..few.ready()], &numbers(&few)[..]);
    }

    #[test]
    fn highlights_are_sorted_disjoint_and_on_grapheme_borders(texts in texts(), text in any::<String>()) {
        use unicode_segmentation::UnicodeSegmentation;
        let mut engine = Engine::new(Index::new(&entries(&texts)));
        for text in [&text, "a", "日本", "ube", "b c"] {
            let hits = engine.search(&query(text));
            for (question, _) in &texts {
                let borders: Vec<usize> = question.grapheme_indices(true).map(|(at, _)| at).chain([question.len()]).collect();
                let mut last = 0;
                for range in hits.highlighter.ranges(question) {
                    prop_assert!(range.start >= last && range.start < range.end);
                    prop_assert!(borders.contains(&range.start) && borders.contains(&range.end));
                    last = range.end;
                }
            }
        }
    }

    #[test]
    fn any_text_is_answered(texts in texts(), text in any::<String>(), exact: bool) {
        let mut engine = Engine::new(Index::new(&entries(&texts)));
        let hits = engine.search(&Query { exact, ..query(&text) });
        prop_assert!(hits.ready() <= hits.total);
    }
}

proptest! {
    // Large enough that most entries cannot be among the best.
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Entries that a condition might exclude are checked individually, all others in blocks.
    #[test]
    fn scoring_in_blocks_equals_scoring_single_entries(
        words in proptest::collection::vec("[a-d]{1,2}", 5000),
        lengths in proptest::collection::vec((1_usize..9, 0_usize..9), 9000),
        text in "[a-d]{1,2}( [a-d]{1,2}){0,4}",
    ) {
        let mut words = words.iter().map(String::as_str).cycle();
        let mut take = |count| words.by_ref().take(count).collect::<Vec<_>>().join(" ");
        let texts: Vec<_> = lengths.iter().map(|&(q, a)| (take(q), take(a))).collect();
        let mut engine = Engine::new(Index::new(&entries(&texts)));
        let mut search = |text| engine.search(&Query { limit: 400, ..query(text) });
        let (many, single) = (search(&text), search(&format!("!nothing {text}")));
        prop_assert_eq!(numbers(&many), numbers(&single));
        prop_assert_eq!((many.total, many.mode), (single.total, single.mode));
    }
}
