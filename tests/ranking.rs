//! The purpose of each weight of the ranking: tiny collections whose order depends on that weight.
//!
//! Every case is checked twice: the default weights produce the expected order, and with the one
//! weight switched off (by [`Weights::ABLATIONS`]) they do not. So no case can pass by chance, and
//! a weight that the code no longer reads fails its cases.

use quick_answer::collection::Entry;
use quick_answer::search::{Engine, Index, Query, Weights, related};

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

/// Entries that change counts and means, but match no query.
fn padding(count: usize, question: &str, answer: &str) -> impl Iterator<Item = Entry> {
    (0..count).map(move |n| with_answer(&format!("{question} item{n}"), answer))
}

/// The default weights except for one.
fn without(name: &str) -> Weights {
    let switch_off = Weights::ABLATIONS.iter().find(|(known, _)| *known == name);
    let (_, switch_off) = switch_off.unwrap_or_else(|| panic!("no weight is called {name}"));
    let mut weights = Weights::default();
    switch_off(&mut weights);
    weights
}

/// The numbers of the hits, best first.
fn ranked(entries: &[Entry], query: &Query, weights: Weights) -> Vec<u32> {
    let hits = Engine::with_weights(Index::new(entries), weights).search(query);
    (0..hits.ready()).filter_map(|n| hits.get(n)).map(|hit| hit.entry).collect()
}

/// By words alone. A query that ends with a blank is typed to its end.
fn words(text: &str) -> Query {
    Query { text: text.into(), limit: 100, no_meaning: true, ..Query::default() }
}

/// `wanted` are the first hits, and without the weight they are not.
#[track_caller]
fn depends_on(weight: &str, entries: &[Entry], query: &Query, wanted: &[u32]) {
    let beginning = |hits: Vec<u32>| hits.into_iter().take(wanted.len()).collect::<Vec<_>>();
    assert_eq!(beginning(ranked(entries, query, Weights::default())), wanted, "with {weight}");
    assert_ne!(beginning(ranked(entries, query, without(weight))), wanted, "without {weight}");
}

/// `wanted` are all hits, and without the weight they are not.
#[track_caller]
fn hits_depend_on(weight: &str, entries: &[Entry], query: &Query, wanted: &[u32]) {
    assert_eq!(ranked(entries, query, Weights::default()), wanted, "with {weight}");
    assert_ne!(ranked(entries, query, without(weight)), wanted, "without {weight}");
}

// ---- match scores ----

#[test]
fn the_word_itself_comes_before_its_other_forms() {
    let entries = [entry("How do I fly the kites?"), entry("How do I fly the kite?")];
    depends_on("same_stem", &entries, &words("kite "), &[1, 0]);
}

#[test]
fn the_word_itself_comes_before_one_that_begins_with_it() {
    let entries = [entry("one kits two"), with_alias("one three two", "one kit two")];
    depends_on("prefix_typed", &entries, &words("kit"), &[1, 0]);
    depends_on("prefix", &entries, &words("kit "), &[1, 0]);
}

#[test]
fn of_words_that_begin_with_the_term_the_shorter_comes_first() {
    let entries = [entry("alpha kitchens beta"), entry("alpha kits beta")];
    depends_on("extra_letter_penalty", &entries, &words("kit"), &[1, 0]);
}

#[test]
fn words_with_fewer_typos_come_first() {
    for (weight, term, more, fewer) in [
        ("two_typos", "kitchen", "kibchon", "kitchon"),
        ("prefix_one_typo", "kitc", "kibchens", "kitb"),
        ("prefix_two_typos", "kitchen", "kibchonette", "kitchonette"),
    ] {
        let worse = entry(&format!("one {more} two"));
        let better = with_alias("one three two", &format!("one {fewer} two"));
        depends_on(weight, &[worse, better], &words(&format!("{term} ")), &[1, 0]);
    }
}

#[test]
fn a_typo_is_seldom_in_the_first_letter() {
    let entries = [entry("one date two"), entry("one kiteen two")];
    depends_on("first_letter_typo_tenths", &entries, &words("kate "), &[1, 0]);
}

#[test]
fn words_with_typos_are_found() {
    hits_depend_on("one_typo_from", &[entry("one kite two")], &words("kipe "), &[0]);
    hits_depend_on("two_typos_from", &[entry("one kitchen two")], &words("kibchon "), &[0]);
}

#[test]
fn letters_inside_a_word_count_more_than_a_mistyped_beginning() {
    let entries = [entry("one dchexx two"), entry("one kitchen two")];
    depends_on("infix", &entries, &words("tche "), &[1, 0]);
    let entries = [entry("one kitchen two"), entry("one dche two")];
    depends_on("infix_base", &entries, &words("tche "), &[1, 0]);
}

#[test]
fn letters_inside_a_word_count_more_the_more_of_it_they_are() {
    let entries = [entry("one kitchenettes two"), entry("one kitche two")];
    depends_on("infix_length_share", &entries, &words("tche "), &[1, 0]);
}

#[test]
fn an_abbreviation_is_not_a_typo() {
    let entries = [entry("one prte two"), entry("one proteus two")];
    depends_on("abbreviation", &entries, &words("prts "), &[1, 0]);
}

// ---- fields ----

#[test]
fn a_word_of_an_alias_counts_a_little_less_than_one_of_the_question() {
    let entries = [with_alias("flying", "kite"), with_alias("kite", "flying")];
    depends_on("alias_factor", &entries, &words("kite "), &[1, 0]);
}

/// Even a longer word that begins with the term comes before a tag that is the term.
#[test]
fn a_word_of_a_tag_counts_less_than_one_of_the_question() {
    let entries = [
        with_tag("one two three four five six seven", "kite"),
        entry("one two three kiteboarder five six seven"),
    ];
    depends_on("tag_factor", &entries, &words("kite "), &[1, 0]);
    depends_on("coverage_bonus", &entries, &words("kite "), &[1, 0]);
}

#[test]
fn a_word_of_an_answer_counts_less_than_one_of_a_tag() {
    let mut entries = vec![
        with_answer("one two three", "kite kite kite kite kite kite kite"),
        with_tag("one two three", "kite"),
    ];
    entries.extend(padding(5, "nothing here", &"filler ".repeat(30)));
    depends_on("answer_factor", &entries, &words("kite "), &[1, 0]);
}

#[test]
fn a_repeated_word_of_an_answer_counts_more_than_a_single_one() {
    let entries = [
        with_answer("one two", "kite one two three four five"),
        with_answer("two one", "kite kite kite one two three"),
    ];
    depends_on("answer_saturation", &entries, &words("kite "), &[1, 0]);
}

/// An answer that has both words three times is about both; one that repeats a single word is not.
#[test]
fn repeating_one_word_does_not_make_up_for_another_one() {
    let entries = [
        with_answer("one two", "kite kite kite kite kite kite kite lake"),
        with_answer("two one", "kite kite kite lake lake lake sand sand"),
    ];
    assert_eq!(ranked(&entries, &words("kite lake "), Weights::default()), [1, 0]);
}

/// Occurrences are stored in a few bits: more of them than fit must not start over at zero.
#[test]
fn any_number_of_occurrences_counts_as_much_as_a_few() {
    for count in [7, 8, 9, 15, 16, 17, 64, 300] {
        let filler = "filler ".repeat(301);
        let often = format!("{}{}", "kite ".repeat(count), "filler ".repeat(301 - count));
        let once = filler.replacen("filler", "kite", 1);
        let entries = [with_answer("one two", &once), with_answer("two one", &often)];
        let hits = ranked(&entries, &words("kite "), Weights::default());
        assert_eq!(hits, [1, 0], "{count} times");
    }
}

#[test]
fn a_short_question_with_the_word_in_an_alias_beats_a_long_question_with_the_word() {
    let long = "one two three four five six seven kite eight nine ten eleven twelve thirteen";
    let entries = [with_alias(long, "kite"), with_alias("flying", "kite")];
    depends_on("question_length_norm", &entries, &words("kite "), &[1, 0]);
}

#[test]
fn a_word_in_a_short_answer_counts_more_than_in_a_long_one() {
    let long = format!("{} kite", "filler ".repeat(60));
    let entries = [with_answer("one two", &long), with_answer("two one", "a kite")];
    depends_on("answer_length_norm", &entries, &words("kite "), &[1, 0]);
}

#[test]
fn a_short_answer_with_the_word_beats_a_long_one_with_it_twice() {
    let long = format!("kite kite {}", "filler ".repeat(28));
    let mut entries = vec![with_answer("one two", &long), with_answer("two one", "a kite")];
    entries.extend(padding(20, "nothing here", &"filler ".repeat(30)));
    depends_on("short_answer_cap", &entries, &words("kite "), &[1, 0]);
}

// ---- retrieval ----

#[test]
fn a_rare_word_counts_more_than_a_common_one() {
    let mut entries = vec![entry("a lake with sand"), entry("a kite with sand")];
    entries.extend(padding(20, "another lake", ""));
    depends_on("rarity_exponent", &entries, &words("lake kite "), &[1]);
}

/// Both entries lack "sand" and one more word: a stop word, or one that names something.
#[test]
fn a_stop_word_counts_less_than_another_word_as_rare() {
    let mut entries = vec![entry("bag with lake handles"), entry("bag lake kite handles")];
    entries.push(entry("sand somewhere else today"));
    entries.extend(padding(8, "How do I get to the station by a bus at", ""));
    depends_on("stop_word_factor", &entries, &words("with lake kite sand "), &[1, 0]);
}

/// What a question is about matters more than how often an answer says it.
#[test]
fn a_long_question_with_every_term_comes_before_a_short_one_that_needs_its_answer() {
    let long = format!("one kite {}lake two", "more ".repeat(20));
    let mut entries =
        vec![with_answer("lake shore", "kite kite kite kite kite kite kite"), entry(&long)];
    entries.extend(padding(38, "nothing here", &"filler ".repeat(30)));
    depends_on("question_match_boost", &entries, &words("lake kite "), &[1, 0]);
}

#[test]
fn an_entry_with_only_a_common_word_of_the_query_is_not_a_hit() {
    let mut entries = vec![entry("kite common")];
    entries.extend(padding(20, "a common", ""));
    hits_depend_on("min_coverage_ratio", &entries, &words("kite common "), &[0]);
}

#[test]
fn a_sentence_is_answered_by_an_entry_that_lacks_one_of_its_words() {
    let mut entries = vec![
        with_answer("What is sand?", "A lake, all over. Something red, and then a kite."),
        entry("red kite over a hill"),
    ];
    entries.extend(padding(20, "nothing here", ""));
    depends_on("sentence_terms", &entries, &words("red kite over lake "), &[1]);
}

// ---- rank ----

#[test]
fn terms_rank_by_distance_and_order() {
    let from_worst_to_best = [
        "one kite two three four five red six",
        "one two kite red three four five six",
        "one red two three four five kite six",
        "one red two three kite four five six",
        "one red kite two three four five six",
    ];
    let entries = from_worst_to_best.map(entry);
    for weight in ["adjacent_bonus", "near_bonus", "in_order_bonus", "swapped_bonus"] {
        depends_on(weight, &entries, &words("red kite "), &[4, 3, 2, 1, 0]);
    }
}

#[test]
fn the_whole_question_comes_before_one_whose_answer_repeats_its_words() {
    let entries = [
        with_answer("see red kite", "red kite red kite red kite"),
        entry("red kite"),
        with_answer("one two three", &"filler ".repeat(60)),
    ];
    depends_on("exact_question_bonus", &entries, &words("red kite "), &[1, 0]);
}

#[test]
fn a_question_with_fewer_other_words_comes_first() {
    let entries = [with_alias("one", "kite and much more"), with_alias("two", "kite more")];
    depends_on("no_other_words_bonus", &entries, &words("kite "), &[1, 0]);
}

#[test]
fn a_question_that_begins_with_the_first_term_comes_first() {
    let entries = [entry("one kite two"), entry("kite one two")];
    depends_on("first_term_bonus", &entries, &words("kite "), &[1, 0]);
}

fn howto(task: &str, command: &str) -> Entry {
    let name = command.split(' ').next().unwrap_or_default();
    Entry { answer: format!("```sh\n{command}\n```"), ..with_tag(task, name) }
}

#[test]
fn the_tasks_of_a_command_come_before_others_that_mention_it() {
    let entries = [
        howto("Print a parcel (as pack does)", "wrap --print"),
        howto("Put things into a parcel", "pack --all things parcel"),
    ];
    depends_on("command_bonus", &entries, &words("pack "), &[1, 0]);
}

/// Its tag is the topic of an answer that only ends with a script.
#[test]
fn a_topic_is_not_the_command_of_a_script() {
    let topic = Entry {
        answer: "Pull both ends.\n\n```sh\npull --left\npull --right\n```".into(),
        ..with_tag("When is the rope tight?", "knots")
    };
    let entries =
        [topic.clone(), entry("Which knots hold a rope that is wet, old, thick or torn?")];
    assert_eq!(ranked(&entries, &words("rope knots "), Weights::default()), [1, 0]);
    // A script that names its tool is a task of the tool.
    let tool = Entry { answer: topic.answer.replace("pull", "knots"), ..topic };
    let entries = [tool, entries[1].clone()];
    assert_eq!(ranked(&entries, &words("rope knots "), Weights::default()), [0, 1]);
}

/// `crs` is short for "cars"; that its letters stand in "codecrates" names no command.
#[test]
fn letters_of_a_command_do_not_name_it() {
    let entries = [
        howto("List parcels without any change", "codecrates --list"),
        howto("List all parcels that are in cars", "wrap --cars"),
    ];
    assert_eq!(ranked(&entries, &words("list parcels crs "), Weights::default())[0], 1);
}

#[test]
fn a_sheet_that_only_names_another_one_comes_last() {
    let reference = Entry {
        tags: vec!["pack".into()],
        ..howto("View documentation for the original command", "tldr wrap")
    };
    let entries =
        [reference, howto("Print all the documentation that a parcel has", "wrap --about")];
    depends_on("reference_factor", &entries, &words("documentation "), &[1, 0]);
    // Who asks for it by its own words wants it.
    let asked = [
        Entry {
            tags: vec!["pack".into()],
            ..howto("View documentation for wrapping parcels", "tldr wrap")
        },
        howto("Print documentation of parcels, their wrapping and what they hold", "label --all"),
    ];
    let query = words("documentation wrapping parcels ");
    assert_eq!(ranked(&asked, &query, Weights::default()), [0, 1]);
    let reader = [howto("View documentation for a command", "tldr pack")];
    assert_eq!(ranked(&reader, &words("tldr "), Weights::default()), [0]);
}

#[test]
fn an_answer_with_every_word_of_a_list_comes_before_questions_with_some() {
    let entries = [
        entry("Which one is red?"),
        entry("Where is the kite?"),
        with_answer("One?", "The red lamp of the kite shop."),
    ];
    depends_on("sentence_match_boost", &entries, &words("red lamp kite shop "), &[2]);
}

#[test]
fn an_answer_that_lacks_one_word_comes_before_a_question_that_lacks_two() {
    let mut entries =
        vec![entry("lamp"), with_answer("One?", "A lamp for the kite. A kite, a lamp.")];
    entries.extend(padding(20, "Two", &"three ".repeat(20)));
    depends_on("close_coverage_exponent", &entries, &words("lamp kite gravel "), &[1, 0]);
}

// ---- semantic ----

#[test]
fn among_entries_that_lack_a_word_the_most_similar_in_meaning_comes_first() {
    let entries = [entry("Where do I sell my bicycle?"), entry("Where do I repair my bicycle?")];
    let query = Query { no_meaning: false, ..words("where can I fix my bicycle") };
    depends_on("semantic_weight", &entries, &query, &[1]);
    assert_eq!(ranked(&entries, &words(&query.text), Weights::default())[0], 0, "by words alone");
}

#[test]
fn an_entry_that_shares_no_word_with_the_query_is_found_by_meaning() {
    let entries = [entry("Where do I sell the house?"), entry("How do I repair my bicycle?")];
    let query = Query { no_meaning: false, ..words("fixing a broken bike") };
    depends_on("min_cosine", &entries, &query, &[1]);
}

#[test]
fn few_matches_are_followed_by_entries_of_similar_meaning() {
    let entries = [
        entry("May I hug my teacher?"),
        entry("Where is the house of my uncle?"),
        entry("May I embrace my teacher?"),
    ];
    let query = Query { no_meaning: false, ..words("hug teacher ") };
    depends_on("enough_matches", &entries, &query, &[0, 2]);
}

// ---- related questions ----

#[test]
fn related_questions_share_informative_words() {
    let entries = [
        entry("How do I mend the kite?"),
        entry("How do I mend the chair?"),
        entry("How do I fly the kite over a lake?"),
        with_answer("What flies?", "A bird, and a kite."),
    ];
    let found = related(&Index::new(&entries), 0, 3);
    assert!(found.contains(&1) && found.contains(&2) && !found.contains(&0), "{found:?}");
}
