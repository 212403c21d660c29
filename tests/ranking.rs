//! What each weight of the ranking is for: tiny collections whose order depends on one weight.
//!
//! The entry that should win always stands behind the one that should lose, so that the order of
//! the collection, which breaks ties, never passes a test by chance.

use quick_answer::collection::Entry;
use quick_answer::search::{Engine, Hits, Index, Query};

/// An entry with this question, and nothing else.
fn entry(question: &str) -> Entry {
    Entry { question: question.into(), ..Entry::default() }
}

fn with_answer(question: &str, answer: &str) -> Entry {
    Entry { answer: answer.into(), ..entry(question) }
}

fn with_alias(question: &str, alias: &str) -> Entry {
    Entry { aliases: vec![alias.into()], ..entry(question) }
}

fn with_tag(question: &str, tag: &str) -> Entry {
    Entry { tags: vec![tag.into()], ..entry(question) }
}

fn search(entries: &[Entry], query: &Query) -> Hits {
    Engine::new(Index::new(entries)).search(query)
}

/// The numbers of the hits by words alone, best first.
fn ranked(entries: &[Entry], text: &str) -> Vec<u32> {
    let query = Query { text: text.into(), limit: 100, no_meaning: true, ..Query::default() };
    let hits = search(entries, &query);
    (0..hits.ready()).filter_map(|n| hits.get(n)).map(|hit| hit.entry).collect()
}

/// Entries that make words common, but match no query of these tests.
fn padding(question: &str, count: usize) -> impl Iterator<Item = Entry> {
    (0..count).map(move |n| entry(&format!("{question} item{n}")))
}

#[test]
fn terms_rank_by_how_close_and_in_which_order_they_stand() {
    let from_worst_to_best = [
        "one kite two three four five red six",
        "one two kite red three four five six",
        "one red two three four five kite six",
        "one red two three kite four five six",
        "one red kite two three four five six",
    ];
    let entries = from_worst_to_best.map(entry);
    assert_eq!(ranked(&entries, "red kite "), [4, 3, 2, 1, 0]);
}

#[test]
fn a_short_question_with_the_word_in_an_alias_beats_a_long_question_with_the_word() {
    let long = "one two three four five six seven kite eight nine ten eleven twelve thirteen";
    let entries = [with_alias(long, "kite"), with_alias("flying", "kite")];
    assert_eq!(ranked(&entries, "kite "), [1, 0]);
}

#[test]
fn a_word_in_a_short_answer_counts_more_than_in_a_long_one() {
    let long = format!("{} kite", "filler ".repeat(60));
    let entries = [with_answer("one two", &long), with_answer("two one", "a kite")];
    assert_eq!(ranked(&entries, "kite "), [1, 0]);
}

#[test]
fn a_word_that_an_answer_repeats_counts_more_than_one_said_once() {
    let entries = [
        with_answer("one two", "kite one two three four five"),
        with_answer("two one", "kite kite kite one two three"),
    ];
    assert_eq!(ranked(&entries, "kite "), [1, 0]);
}

/// An answer that has both words three times is about both; one that repeats a single word is not.
#[test]
fn repeating_one_word_does_not_make_up_for_another_one() {
    let entries = [
        with_answer("one two", "kite kite kite kite kite kite kite lake"),
        with_answer("two one", "kite kite kite lake lake lake sand sand"),
    ];
    assert_eq!(ranked(&entries, "kite lake "), [1, 0]);
}

/// Occurrences are stored in a few bits: more of them than fit must not start over at zero.
#[test]
fn any_number_of_occurrences_counts_as_much_as_a_few() {
    for count in [7, 8, 9, 15, 16, 17, 64, 300] {
        let filler = "filler ".repeat(301);
        let often = format!("{}{}", "kite ".repeat(count), "filler ".repeat(301 - count));
        let once = filler.replacen("filler", "kite", 1);
        let entries = [with_answer("one two", &once), with_answer("two one", &often)];
        assert_eq!(ranked(&entries, "kite "), [1, 0], "{count} times");
    }
}

#[test]
fn a_rare_word_counts_more_than_a_common_one() {
    let mut entries = vec![entry("a lake with sand"), entry("a kite with sand")];
    entries.extend(padding("another lake", 20));
    assert_eq!(ranked(&entries, "lake kite ")[0], 1);
}

/// Both entries lack "sand" and one more word: a stop word, or one that names something.
#[test]
fn a_stop_word_counts_less_than_another_word_as_rare() {
    let mut entries = vec![entry("bag with lake handles"), entry("bag lake kite handles")];
    entries.push(entry("sand somewhere else today"));
    entries.extend(padding("How do I get to the station by a bus at", 8));
    assert_eq!(ranked(&entries, "with lake kite sand ")[..2], [1, 0]);
}

#[test]
fn a_word_of_an_alias_counts_a_little_less_than_one_of_the_question() {
    let entries = [with_alias("flying", "kite"), with_alias("kite", "flying")];
    assert_eq!(ranked(&entries, "kite "), [1, 0]);
}

/// Even a longer word that begins with the term comes before a tag that is the term.
#[test]
fn a_word_of_a_tag_counts_less_than_one_of_the_question() {
    let entries = [
        with_tag("one two three four five six seven", "kite"),
        entry("one two three kiteboarder five six seven"),
    ];
    assert_eq!(ranked(&entries, "kite "), [1, 0]);
}

#[test]
fn a_word_of_a_tag_counts_more_than_one_of_the_answer() {
    let entries = [
        with_answer("one two three", "A kite, a kite, a kite."),
        with_tag("one two three", "kite"),
    ];
    assert_eq!(ranked(&entries, "kite "), [1, 0]);
}

#[test]
fn a_typo_is_seldom_in_the_first_letter() {
    let entries = [entry("one date two"), entry("one kite two")];
    assert_eq!(ranked(&entries, "kate "), [1, 0]);
}

#[test]
fn the_whole_question_comes_before_one_whose_answer_repeats_its_words() {
    let entries = [
        with_answer("see red kite", "red kite red kite red kite"),
        entry("red kite"),
        with_answer("one two three", &"filler ".repeat(60)),
    ];
    assert_eq!(ranked(&entries, "red kite "), [1, 0]);
}

#[test]
fn a_question_that_says_less_beside_the_term_comes_first() {
    let entries = [with_alias("one", "kite and much more"), with_alias("two", "kite more")];
    assert_eq!(ranked(&entries, "kite "), [1, 0]);
}

#[test]
fn a_question_that_begins_with_the_first_term_comes_first() {
    let entries = [entry("one kite two"), entry("kite one two")];
    assert_eq!(ranked(&entries, "kite "), [1, 0]);
}

/// What a question is about matters more than how often an answer says it.
#[test]
fn a_long_question_with_every_term_comes_before_a_short_one_that_needs_its_answer() {
    let long = format!("one kite {}lake two", "more ".repeat(20));
    let mut entries =
        vec![with_answer("lake shore", "kite kite kite kite kite kite kite"), entry(&long)];
    let filler = "filler ".repeat(30);
    entries.extend((0..38).map(|n| with_answer(&format!("nothing here item{n}"), &filler)));
    assert_eq!(ranked(&entries, "lake kite "), [1, 0]);
}

#[test]
fn of_entries_that_lack_a_word_the_one_that_means_the_same_comes_first() {
    let entries = [entry("Where do I sell my bicycle?"), entry("Where do I repair my bicycle?")];
    let query = Query { text: "where can I fix my bicycle".into(), limit: 10, ..Query::default() };
    let first = |query: &Query| search(&entries, query).get(0).map(|hit| hit.entry);
    assert_eq!(first(&query), Some(1));
    assert_eq!(first(&Query { no_meaning: true, ..query }), Some(0), "words alone cannot tell");
}
