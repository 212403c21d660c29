//! Compares the sentence encoder with its original model: the references in `tests/encoder` are
//! made by `assets/encoder/reference.py`.
#![cfg(encoder_asset)]

use quick_answer::collection::Entry;
use quick_answer::search::{
    Encoder, Engine, Field, Hits, Index, Query, Searcher, SentenceOptions, SentenceVector,
    encoded_share, related,
};
use serde::Deserialize;
use std::sync::Arc;

fn encoder() -> &'static Encoder {
    Encoder::english().expect("the encoder that is compiled in is whole")
}

fn sentences() -> Vec<&'static str> {
    include_str!("encoder/sentences.txt").lines().collect()
}

fn vectors(bytes: &[u8]) -> Vec<SentenceVector> {
    let vector = |row: &[u8]| row.iter().map(|byte| byte.cast_signed()).collect();
    bytes.chunks_exact(384).map(|row| SentenceVector::from_bytes(vector(row))).collect()
}

/// The minimum and the mean cosine of corresponding vectors.
fn likeness(ours: &[SentenceVector], theirs: &[SentenceVector]) -> (f32, f32) {
    assert_eq!(ours.len(), theirs.len());
    let cosines: Vec<f32> = ours.iter().zip(theirs).map(|(a, b)| a.cosine(b)).collect();
    let least = cosines.iter().copied().fold(1.0, f32::min);
    (least, cosines.iter().sum::<f32>() / cosines.len() as f32)
}

#[test]
fn tokens_equal_those_of_the_original_tokenizer() {
    #[derive(Deserialize)]
    struct Reference {
        text: String,
        ids: Vec<u32>,
    }
    let mut count = 0;
    for line in include_str!("encoder/tokens.jsonl").lines() {
        let Reference { text, ids } = serde_json::from_str(line).expect("a reference is JSON");
        assert_eq!(encoder().tokens(&text), ids, "{text:?}");
        count += 1;
    }
    assert_eq!(count, 2000);
}

/// The original uses 32-bit numbers, ours 8-bit ones.
#[test]
fn vectors_are_close_to_those_of_the_original_model() {
    let tokens: Vec<_> = sentences().iter().map(|text| encoder().tokens(text)).collect();
    let ours: Vec<_> = tokens.chunks(16).flat_map(|batch| encoder().encode_tokens(batch)).collect();
    let (least, mean) = likeness(&ours, &vectors(include_bytes!("encoder/rounded.bin")));
    assert!(least > 0.99 && mean > 0.995, "with the same weights: {least}, {mean}");
    let (least, mean) = likeness(&ours, &vectors(include_bytes!("encoder/teacher.bin")));
    assert!(least > 0.97 && mean > 0.985, "with its weights at full size: {least}, {mean}");
}

#[test]
fn a_batch_changes_no_vector() {
    let texts: Vec<_> = sentences().into_iter().take(12).chain([""]).collect();
    let tokens: Vec<_> = texts.iter().map(|text| encoder().tokens(text)).collect();
    let together = encoder().encode_tokens(&tokens);
    for (text, embedding) in texts.iter().zip(together) {
        assert!(encoder().encode(text).cosine(&embedding) > 0.9999, "{text:?}");
    }
}

#[test]
fn texts_of_the_same_meaning_have_near_vectors() {
    let near = |a: &str, b: &str| encoder().encode(a).cosine(&encoder().encode(b));
    assert!(near("How do I delete a folder?", "removing a directory") > 0.6);
    assert!(near("How do I delete a folder?", "When does the bakery open?") < 0.3);
}

// ---- in the engine ----

const QUESTIONS: [(&str, &str); 24] = [
    ("How do I delete a folder?", "Use the remove command with its recursive flag."),
    ("When does the bakery open?", "At six on weekdays, at seven on Sundays."),
    ("What does a new bicycle cost?", "Between four hundred and two thousand."),
    ("How can I quieten a barking dog?", "Distract it, then reward silence."),
    ("Why is my kettle leaking?", "The seal under the lid wears out."),
    ("How long do I boil an egg?", "Six minutes for a soft one."),
    ("Where can I park my car overnight?", "Behind the station; it is free after eight."),
    ("How do I reset my password?", "Follow the link below the sign-in form."),
    ("Who repairs broken shoes?", "The cobbler in Mill Lane."),
    ("How do I cancel my subscription?", "In the account settings, under plans."),
    ("What helps against a headache?", "Water, rest, and fresh air."),
    ("Is the tap water safe?", "Yes, it is tested every week."),
    ("How do I undo the last commit?", "Reset softly to the one before."),
    ("Why does bread go mouldy?", "Spores grow where it is moist."),
    ("Which plants survive in the shade?", "Ferns, hostas and ivy."),
    ("How do I remove red wine from a carpet?", "Salt at once, then cold water."),
    ("What should I wear to an interview?", "What the people there wear, one notch smarter."),
    ("How are taxes paid by freelancers?", "Four times a year, in advance."),
    ("Can I bring my cat on the train?", "In a closed basket, without a ticket."),
    ("How do I make a list of unique items?", "Sort it and drop repeated lines."),
    ("Why do my hands shake?", "Coffee, cold or nerves, most often."),
    ("How do I renew a passport?", "Book an appointment at the town hall."),
    ("What is a good present for a teacher?", "A card from the whole class."),
    ("How often should I water a cactus?", "Every two weeks in summer."),
];

fn index() -> Index {
    let entry = |(question, answer): (&str, &str)| Entry {
        question: question.into(),
        answer: answer.into(),
        ..Entry::default()
    };
    Index::new(&QUESTIONS.map(entry))
}

fn query(text: &str) -> Query {
    Query { text: text.into(), limit: 100, ..Query::default() }
}

fn order(hits: &Hits) -> Vec<u32> {
    (0..hits.ready()).filter_map(|n| hits.get(n)).map(|hit| hit.entry).collect()
}

#[test]
fn queries_in_other_words_find_the_entry() {
    let mut engine = Engine::new(index());
    for (text, wanted) in [
        ("how can i get rid of a directory", 0),
        ("at what hour do they begin selling rolls", 1),
        ("what is the price of a two wheeler", 2),
        ("how do i make my puppy shut up", 3),
        ("my skull hurts a lot", 10),
        ("is it ok to drink from the faucet", 11),
        ("how do i clean a purple stain on my rug", 15),
        ("how should i dress when i apply for a job", 16),
        ("may i travel by rail with a kitten", 18),
    ] {
        let hits = engine.search_now(&query(text), &SentenceOptions::default(), false);
        let found = order(&hits).first().copied();
        assert_eq!(found, Some(wanted), "{text}: {:?}", found.map(|n| QUESTIONS[n as usize].0));
    }
}

/// Queries in other words than the questions.
const OTHER_WORDS: [&str; 20] = [
    "how can i get rid of a directory",
    "at what hour do they begin selling rolls",
    "what is the price of a two wheeler",
    "how do i make my puppy shut up",
    "my skull hurts a lot",
    "is it ok to drink from the faucet",
    "how do i clean a purple stain on my rug",
    "how should i dress when i apply for a job",
    "may i travel by rail with a kitten",
    "how do i delete a folder",
    "how do i delete a directory with files",
    "what do i do about a leaking pot",
    "how long does it take to cook eggs",
    "i forgot the secret word for my account",
    "who can mend my broken boots",
    "stop paying for the plan every month",
    "why is there green stuff on my toast",
    "greenery for a dark corner of the garden",
    "what can i give to somebody who taught me",
    "travel document has expired what now",
];

/// The best hits of a query: each entry with its score and its field.
fn scored(engine: &mut Engine, text: &str) -> Vec<(u32, f32, Field)> {
    let hits = engine.search_now(&query(text), &SentenceOptions::default(), true);
    let hits = (0..hits.ready()).filter_map(|n| hits.get(n));
    hits.map(|hit| (hit.entry, hit.score, hit.field)).collect()
}

/// No entry has a word of the query, so that no score by words is there to divide by.
#[test]
fn without_a_word_in_common_scores_by_both_vectors_count() {
    let mut engine = Engine::new(index());
    let found = scored(&mut engine, "where is a shoemaker");
    assert_eq!(found.first().map(|hit| hit.0), Some(8), "{found:?}");
    assert!(found.iter().all(|hit| hit.1 < 10.0), "{found:?}");
}

/// `UPDATE_HITS=1` records the scores again, after a change of the ranking that is meant.
#[test]
fn scores_by_sentence_vectors_are_the_recorded_ones() {
    let mut engine = Engine::new(index());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/encoder/scores.tsv");
    if std::env::var_os("UPDATE_HITS").is_some() {
        let line = |text: &&str| {
            let best = scored(&mut engine, text).into_iter().take(6);
            let best: Vec<String> =
                best.map(|(entry, score, field)| format!("{entry} {score:.3} {field:?}")).collect();
            format!("{text}\t{}\n", best.join("\t"))
        };
        std::fs::write(path, OTHER_WORDS.iter().map(line).collect::<String>()).expect("a file");
    }
    let recorded = std::fs::read_to_string(path).expect("a file");
    assert_eq!(recorded.lines().count(), OTHER_WORDS.len());
    for line in recorded.lines() {
        let mut parts = line.split('\t');
        let text = parts.next().unwrap_or_default();
        let now = scored(&mut engine, text);
        for part in parts {
            let [entry, score, field] = part.split(' ').collect::<Vec<_>>()[..] else {
                panic!("{part:?} is no hit");
            };
            let found = now.iter().find(|hit| hit.0.to_string() == entry);
            let (_, score_now, field_now) = *found.unwrap_or_else(|| panic!("{text}: no {entry}"));
            let score: f32 = score.parse().expect("a number");
            // Processors round in different places.
            assert!((score - score_now).abs() < 0.01, "{text}: {part}, now {score_now}");
            assert_eq!(field, format!("{field_now:?}"), "{text}: {entry}");
        }
    }
}

/// Word beginnings, typos, abbreviations, operators and single words are ranked by letters alone.
#[test]
fn quick_typing_keeps_its_order() {
    let mut engine = Engine::new(index());
    for text in [
        "how do",
        "pass",
        "passw rese",
        "delte foldr",
        "bcycle cst",
        "dlt fldr",
        "'delete a",
        "!cat how do i",
        "water cactus",
        "source:x how do i delete",
        "\"how do i\" delete a",
        "kettle leaking",
        "xqzt how do i zzgh",
    ] {
        let words = order(&engine.search(&query(text)));
        let hits = engine.search_now(&query(text), &SentenceOptions::default(), false);
        assert_eq!(order(&hits), words, "{text}");
    }
    let exact = Query { exact: true, ..query("how do i delete a folder") };
    let plain = Query { no_meaning: true, ..query("how can i get rid of a directory") };
    for query in [exact, plain] {
        let words = order(&engine.search(&query));
        assert_eq!(order(&engine.search_now(&query, &SentenceOptions::default(), false)), words);
    }
}

#[test]
fn a_row_found_only_by_meaning_is_labelled() {
    let mut engine = Engine::new(index());
    let hits =
        engine.search_now(&query("get rid of some directory"), &SentenceOptions::default(), false);
    let hit = (0..hits.ready()).filter_map(|n| hits.get(n)).find(|hit| hit.entry == 0);
    assert_eq!(hit.map(|hit| hit.field), Some(Field::Meaning));
}

#[test]
fn vectors_are_cached_by_content() {
    let folder = tempfile::tempdir().expect("a folder");
    let options =
        SentenceOptions { cache: Some(folder.path().join("qa")), ..SentenceOptions::default() };
    let text = query("how can i get rid of a directory");
    let fresh = Engine::new(index()).search_now(&text, &options, false);
    let files: Vec<_> = std::fs::read_dir(folder.path().join("qa")).expect("it was made").collect();
    assert_eq!(files.len(), 1);
    // If no entry is left to encode, even the smallest limit is enough.
    let kept = Engine::new(index()).search_now(&text, &options, false);
    assert_eq!(order(&kept), order(&fresh));
}

/// One answer by words immediately, one by sentence vectors after the pause, and none after that.
#[test]
fn a_pause_changes_the_order_once() {
    let (publish, published) = std::sync::mpsc::channel();
    let searcher = Searcher::spawn(SentenceOptions::default(), move |hits| {
        let _ = publish.send(hits);
    })
    .expect("a thread");
    let index = index();
    searcher.set_index(index.clone());
    while encoded_share(&index).is_none_or(|share| share < 1.0) {
        std::thread::yield_now();
    }
    let text = "how can i get rid of a directory";
    for (generation, end) in (1..=text.len()).enumerate() {
        searcher.search(generation as u64, query(&text[..end]));
    }
    let last = text.len() as u64 - 1;
    let answers: Vec<Hits> =
        published.iter().skip_while(|hits| hits.generation < last).take(2).collect();
    assert!(answers.iter().all(|hits| hits.generation == last && hits.query.text == text));
    assert_eq!(order(&answers[1]).first(), Some(&0));
    // More hits of the same answer come in the same order.
    searcher.search(last, Query { limit: 200, ..query(text) });
    let more = published.recv().expect("an answer");
    assert_eq!(order(&more), order(&answers[1]));
}

/// While a large collection is loading, its first part looks like a small one.
#[test]
fn a_collection_that_grows_too_large_is_encoded_no_further() {
    let entry = |n: u32| Entry { question: format!("What is number {n}?"), ..Entry::default() };
    let entries: Vec<Entry> = (0..601).map(entry).collect();
    let (small, large) = (Index::new(&entries[..600]), Index::new(&entries));
    // The encoder waits until its progress is read.
    let (sender, progress) = std::sync::mpsc::sync_channel(0);
    let (publish, published) = std::sync::mpsc::channel();
    let on_progress = move |percent| {
        let _ = sender.send(percent);
    };
    let options = SentenceOptions {
        max_entries: small.len(),
        on_progress: Arc::new(on_progress),
        ..SentenceOptions::default()
    };
    let searcher = Searcher::spawn(options, move |hits| drop(publish.send(hits))).expect("starts");
    searcher.set_index(small.clone());
    assert_eq!(progress.recv(), Ok(Some(0)));
    searcher.set_index(large.clone());
    searcher.search(1, query("number"));
    while published.recv().is_ok_and(|hits| !hits.index.is_same(&large)) {}
    while progress.recv().is_ok_and(|percent| percent.is_some()) {}
    assert!(encoded_share(&small).is_some_and(|share| share < 1.0));
}

#[test]
fn related_questions_say_the_same_in_other_words() {
    let questions = [
        "How do I delete a folder?",
        "When does the bakery open its doors?",
        "How do I buy a used car?",
        "What gets rid of a directory?",
    ];
    let entry = |question: &str| Entry { question: question.into(), ..Entry::default() };
    let index = Index::new(&questions.map(entry));
    let searcher = Searcher::spawn(SentenceOptions::default(), |_| ()).expect("a thread");
    searcher.set_index(index.clone());
    while encoded_share(&index).is_none_or(|share| share < 1.0) {
        std::thread::yield_now();
    }
    assert_eq!(related(&index, 0, 3).first(), Some(&3));
}
