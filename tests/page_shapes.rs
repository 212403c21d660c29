//! The rules for which parts of a page are questions: one small page per rule.

use quick_answer::load::{Format, Options, Source, collect_with};

/// The questions of a text, each with the first line of its answer and its tags.
fn read(format: &str, text: &str) -> Vec<(String, String, Vec<String>)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page");
    std::fs::write(&path, text).unwrap();
    let from: Format = format.parse().unwrap();
    let options = Options { from: Some(from), ..Options::default() };
    let (collection, _) = collect_with(&[Source::Path(path)], &options).unwrap();
    let first_line = |answer: &str| answer.lines().next().unwrap_or_default().to_owned();
    let one = |entry: quick_answer::collection::Entry| {
        (entry.question, first_line(&entry.answer), entry.tags)
    };
    collection.entries.into_iter().map(one).collect()
}

#[track_caller]
fn assert_reads(format: &str, text: &str, expected: &[(&str, &str)]) {
    let found = read(format, text);
    let found: Vec<(&str, &str)> = found.iter().map(|(q, a, _)| (q.as_str(), a.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn headings_of_one_level_are_the_questions_and_those_above_are_tags() {
    let page = "# Tea\n\nAll about it.\n\n## Water\n\n### How hot should it be?\n\nVery.\n\n\
                ### How much do I need?\n\nA cup.\n\n## Leaves\n\n### Which leaves are best?\n\nYoung ones.\n";
    assert_reads(
        "markdown",
        page,
        &[
            ("How hot should it be?", "Very."),
            ("How much do I need?", "A cup."),
            ("Which leaves are best?", "Young ones."),
        ],
    );
    let tags: Vec<_> = read("markdown", page).into_iter().map(|(.., tags)| tags).collect();
    assert_eq!(tags, [["Water"], ["Water"], ["Leaves"]]);
}

#[test]
fn a_heading_below_a_question_belongs_to_its_answer() {
    let page = "# Tea\n\n## How is it made?\n\nLike this.\n\n### Step one\n\nBoil.\n\n### Step two\n\nPour.\n\n\
                ## How is it kept?\n\nDry.\n";
    assert_reads(
        "markdown",
        page,
        &[("How is it made?", "Like this."), ("How is it kept?", "Dry.")],
    );
}

/// Between sections of questions a section may be a question itself.
#[test]
fn a_single_heading_that_asks_between_sections_is_a_question() {
    let page = "# Tea\n\n## Water\n\n### How hot should it be?\n\nVery.\n\n### How much do I need?\n\nA cup.\n\n\
                ## Is there a difference between pots?\n\nHardly.\n\n## Leaves\n\n### Which are best?\n\nYoung ones.\n\n\
                ### Which are worst?\n\nOld ones.\n";
    assert_reads(
        "markdown",
        page,
        &[
            ("How hot should it be?", "Very."),
            ("How much do I need?", "A cup."),
            ("Is there a difference between pots?", "Hardly."),
            ("Which are best?", "Young ones."),
            ("Which are worst?", "Old ones."),
        ],
    );
}

#[test]
fn text_after_the_last_question_belongs_to_the_page() {
    let page = "# Tea\n\n## Water\n\n### How hot should it be?\n\nVery.\n\n### How much do I need?\n\nA cup.\n\n\
                ## Licence\n\nFree for all.\n";
    assert_reads(
        "markdown",
        page,
        &[("How hot should it be?", "Very."), ("How much do I need?", "A cup.")],
    );
}

#[test]
fn a_table_of_contents_is_not_a_question() {
    let page = "# Tea\n\n## Contents\n\n- [How hot should it be?](#how-hot)\n- [How much do I need?](#how-much)\n\n\
                ## How hot should it be?\n\nVery.\n\n## How much do I need?\n\nA cup.\n";
    assert_reads(
        "markdown",
        page,
        &[("How hot should it be?", "Very."), ("How much do I need?", "A cup.")],
    );
}

#[test]
fn text_after_a_numbered_question_is_its_answer() {
    let page = "Tea\n\n1. How hot should it be?\n\nVery.\n\n2. How much do I need?\n\nA cup.\n\nOr two.\n\n\
                3. Who drinks it?\n\nEverybody.\n";
    assert_reads(
        "text",
        page,
        &[
            ("How hot should it be?", "Very."),
            ("How much do I need?", "A cup."),
            ("Who drinks it?", "Everybody."),
        ],
    );
}

#[test]
fn numbered_sections_with_numbered_questions() {
    let page = "Tea FAQ\n\n1. Water\n\n1.1. How hot should it be?\n\nVery.\n\n1.2. How much do I need?\n\nA cup.\n\n\
                2. Leaves\n\n2.1. Which are best?\n\nYoung ones.\n\n2.2. Which are worst?\n\nOld ones.\n";
    let found = read("text", page);
    let questions: Vec<&str> = found.iter().map(|(question, ..)| question.as_str()).collect();
    let expected =
        ["How hot should it be?", "How much do I need?", "Which are best?", "Which are worst?"];
    assert_eq!(questions, expected);
    assert_eq!(found[1].1, "A cup.", "the next section's title is no part of the answer");
}

#[test]
fn questions_in_bold_with_paragraphs_as_answers() {
    let page = "# Tea\n\n**How hot should it be?**\n\nVery.\n\nReally.\n\n**How much do I need?**\n\nA cup.\n\n\
                **Who drinks it?**\n\nEverybody.\n";
    assert_reads(
        "markdown",
        page,
        &[
            ("How hot should it be?", "Very."),
            ("How much do I need?", "A cup."),
            ("Who drinks it?", "Everybody."),
        ],
    );
}

#[test]
fn questions_and_answers_marked_with_letters() {
    let page = "Tea\n\nQ: How hot should it be?\nA: Very.\n\nQ: How much\ndo I need?\nA: A cup.\nOr two.\n";
    assert_reads(
        "text",
        page,
        &[("How hot should it be?", "Very."), ("How much do I need?", "A cup.")],
    );
}

#[test]
fn a_collapsible_block_is_a_question_with_its_answer() {
    let page = "# Tea\n\n<details><summary>How hot should it be?</summary>\n\nVery.\n\n</details>\n\n\
                <details><summary>How much do I need?</summary>\n\nA cup.\n\n</details>\n";
    assert_reads(
        "markdown",
        page,
        &[("How hot should it be?", "Very."), ("How much do I need?", "A cup.")],
    );
    let page = "<h1>Tea</h1><details><summary>How hot should it be?</summary><p>Very.</p></details>\
                <details><summary>How much do I need?</summary><p>A cup.</p></details>";
    assert_reads(
        "html",
        page,
        &[("How hot should it be?", "Very."), ("How much do I need?", "A cup.")],
    );
}

#[test]
fn items_of_a_list_that_ask_have_the_items_below_them_as_answers() {
    let page = "# Tea\n\n- How hot should it be?\n  - Very.\n- How much do I need?\n  - A cup.\n- Who drinks it?\n  - Everybody.\n";
    let found = read("markdown", page);
    let questions: Vec<&str> = found.iter().map(|(question, ..)| question.as_str()).collect();
    assert_eq!(questions, ["How hot should it be?", "How much do I need?", "Who drinks it?"]);
    assert!(found[0].1.ends_with("Very.") && found[2].1.ends_with("Everybody."), "{found:?}");
}

#[test]
fn headings_that_state_are_questions_where_most_do() {
    let page = "# Tea\n\n## Hot water\n\nVery hot.\n\n## Young leaves\n\nThe best.\n\n## Old pots\n\nKeep them.\n";
    assert_reads(
        "markdown",
        page,
        &[("Hot water", "Very hot."), ("Young leaves", "The best."), ("Old pots", "Keep them.")],
    );
}

#[test]
fn of_duplicate_questions_the_answered_one_is_kept() {
    let page = "# Tea\n\n## How hot should it be?\n\n## How much do I need?\n\n## How hot should it be?\n\nVery.\n\n\
                ## How much do I need?\n\nA cup.\n";
    assert_reads(
        "markdown",
        page,
        &[("How hot should it be?", "Very."), ("How much do I need?", "A cup.")],
    );
}

#[test]
fn code_with_a_comment_that_looks_like_a_heading_stays_in_the_answer() {
    let page = "# Tea\n\n## How is it made?\n\n```sh\n# Is this a heading?\nboil\n```\n\n## How is it kept?\n\nDry.\n";
    assert_reads("markdown", page, &[("How is it made?", "```sh"), ("How is it kept?", "Dry.")]);
}

#[test]
fn an_object_whose_keys_ask_is_a_list_of_questions() {
    let object = r#"{"How hot should it be?": "Very.", "How much do I need?": "A cup.", "Who drinks it?": "All."}"#;
    assert_reads(
        "json",
        object,
        &[
            ("How hot should it be?", "Very."),
            ("How much do I need?", "A cup."),
            ("Who drinks it?", "All."),
        ],
    );
}

#[test]
fn cloze_cards_ask_for_what_is_hidden() {
    let cards = "#separator:tab\nThe {{c1::kettle::thing}} sings in the {{c2::kitchen}}\tAlways\nHow hot?\tVery\n";
    assert_reads(
        "anki",
        cards,
        &[
            ("The [thing] sings in the […]", "The kettle sings in the kitchen"),
            ("How hot?", "Very"),
        ],
    );
}

#[test]
fn headings_separate_the_sides_of_cards() {
    let drill = "* Ropes\n** Item :drill:\n:PROPERTIES:\n:ID: 1\n:END:\nWhich rope floats?\n*** Answer\nThe yellow one.\n** Item :drill:\nWhich sinks?\n*** Answer\nThe grey one.\n";
    let expected = [("Which rope floats?", "The yellow one."), ("Which sinks?", "The grey one.")];
    assert_reads("org", drill, &expected);
    let deck = "# Ropes\n\n## Card 1\n\n### Front\n\nfloats\n\n### Back\n\nyellow\n\n## Card 2\n\n### Front\n\nsinks\n\n### Back\n\ngrey\n";
    assert_reads("markdown", deck, &[("floats", "yellow"), ("sinks", "grey")]);
}

#[test]
fn underlined_lines_of_plain_text_are_titles_whether_they_ask_or_not() {
    let text = "Ropes\n=====\n\nDoes it float?\n--------------\n\nIt does.\n\nKnots slip\n----------\n\nWet them.\n\nIs it long?\n-----------\n\nNo.\n";
    let expected =
        [("Does it float?", "It does."), ("Knots slip", "Wet them."), ("Is it long?", "No.")];
    assert_reads("text", text, &expected);
    let marked = "Q1. Does it float?\n------------------\nA1. It does.\n\nQ2. Is it long?\n---------------\nA2. No.\n";
    assert_reads("text", marked, &[("Does it float?", "It does."), ("Is it long?", "No.")]);
    let options =
        "Does it float?\nA. Always\nB. Never\nANSWER: A\n\nIs it long?\nA. Yes\nB. No\nANSWER: B\n";
    let expected = [("Does it float?", "A. Always"), ("Is it long?", "A. Yes")];
    assert_reads("text", options, &expected);
}

#[test]
fn lists_within_lists_terms_within_definitions_and_sections_of_docbook() {
    let texinfo = "\\input texinfo\n@node Top\n@top Ropes\n@enumerate\n@item\nDoes it float?\n\nSome do:\n@itemize\n@item\nyellow ones\n@end itemize\n@item\nDoes @RopeX{} sink?\n\nYes.\n@end enumerate\n@bye\n";
    let expected = [("Does it float?", "Some do:"), ("Does RopeX sink?", "Yes.")];
    assert_reads("texinfo", texinfo, &expected);
    let html = "<dl><dt>Does it float?</dt><dd>Some.<dl><dt>Hemp</dt><dd>no</dd></dl></dd>\
        <dt>Does it sink?</dt><dd>Yes.</dd></dl>";
    assert_reads("html", html, &[("Does it float?", "Some."), ("Does it sink?", "Yes.")]);
    let docbook = "<article><title>Ropes</title><section><title>Does it float?</title><para>Some.</para>\
        <section><title>At sea</title><para>All.</para></section></section>\
        <section><title>Knots</title><para>Wet them.</para></section></article>";
    let found = read("xml", docbook);
    let questions: Vec<&str> = found.iter().map(|(question, ..)| question.as_str()).collect();
    assert_eq!(questions, ["Does it float?", "Knots"]);
    let latex = "\\documentclass{article}\\begin{document}\n\\section{Which ropes?}\nThese: \\begin{itemize}\\item hemp \\item wire\\end{itemize}\n\\section{Which knots?}\nAll.\n\\end{document}\n";
    assert_reads("latex", latex, &[("Which ropes?", "These:"), ("Which knots?", "All.")]);
}

#[test]
fn questions_and_answers_as_components_and_marks_of_headings() {
    let page = "<FAQ>\n  <Question>Does it float?</Question>\n  <Answer>Some **do**.</Answer>\n  <Question>\n  Does it sink?\n  </Question>\n  <Answer>\n\n  Yes.\n\n  </Answer>\n</FAQ>\n";
    let expected = [("Does it float?", "Some **do**."), ("Does it sink?", "Yes.")];
    assert_reads("markdown", page, &expected);
    let page = "# Ropes\n\n## Does it float? { #float .new }\n\nSome.\n^a12f\n\n## Does it sink? #card\n\nYes.\n\n??? \"Deep?\"\n    Very.\n";
    assert_reads("markdown", page, &[("Does it float?", "Some."), ("Does it sink?", "Yes.")]);
}

#[test]
fn an_answer_of_headings_alone_is_one() {
    let page = "# Ropes\n\n## Does it float?\n\n### It does\n\n## Does it float?\n\nSome.\n";
    let expected = [("Does it float?", "### It does"), ("Does it float?", "Some.")];
    assert_reads("markdown", page, &expected);
}

/// Text above the level of the questions does not belong to any of them.
#[test]
fn introductions_and_sections_without_questions_are_entries() {
    let page = "# Kiln\n\n## How we fire\n\nTwice a week, in the large kiln.\n\n## Glazing\n\n\
                Glazes are in the cellar, sorted by heat.\n\n### Which glaze is red?\n\nNumber 9.\n\n\
                ### Which one runs?\n\nNumber 4.\n\n## Prices\n\n### What is a shelf?\n\nSix.\n\n\
                ### Who pays for clay?\n\nYou do.\n\n## Opening hours\n\nFrom nine to five.\n\n\
                ## Licence\n\nFree to copy.\n\n## More questions?\n\nWrite to us.\n";
    let expected = [
        ("How we fire", "Twice a week, in the large kiln."),
        ("Glazing", "Glazes are in the cellar, sorted by heat."),
        ("Which glaze is red?", "Number 9."),
        ("Which one runs?", "Number 4."),
        ("What is a shelf?", "Six."),
        ("Who pays for clay?", "You do."),
        ("Opening hours", "From nine to five."),
    ];
    assert_reads("markdown", page, &expected);
}

#[test]
fn quotes_tables_and_headings_that_hold_questions_and_answers() {
    let expected = [("Which clay?", "The grey one."), ("Which wheel?", "The left one.")];
    for page in [
        "> **Q: Which clay?**\n>\n> A: The grey one.\n\n> **Q: Which wheel?**\n>\n> A: The left one.\n",
        "| | |\n|---|---|\n| **Which clay?** | The grey one. |\n| **Which wheel?** | The left one. |\n",
        "| Which clay? | The grey one. |\n|---|---|\n| Which wheel? | The left one. |\n| Why? | So. |\n",
        "### Question 1\n\nWhich clay?\n\n### Answer 1\n\nThe grey one.\n\n### Question 2\n\n\
         Which wheel?\n\n### Answer 2\n\nThe left one.\n",
        "## Which clay?\n\n**Answer**\n\nThe grey one.\n\n## Which wheel?\n\n**Answer:** The left one.\n",
        "❓ Which clay?\n💡 The grey one.\n\n❓ Which wheel?\n💡 The left one.\n",
        "**Ques 1: Which clay?**\n\nAns: The grey one.\n\n**Ques 2: Which wheel?**\n\nAns: The left one.\n",
    ] {
        let found = read("markdown", page);
        let found: Vec<_> = found.iter().map(|(q, a, _)| (q.as_str(), a.as_str())).collect();
        assert_eq!(found[..2], expected, "{page}");
    }
}

#[test]
fn signs_that_open_an_answer_are_not_part_of_the_title() {
    let page = "<div><button class='fold'>Which clay? <span>+</span></button><div class='body'>Grey.</div></div>\
                <div><button class='fold'><i>▾</i> Prices of clay <span>−</span></button><div class='body'>Low.</div></div>";
    assert_reads("html", page, &[("Which clay?", "Grey."), ("Prices of clay", "Low.")]);
    let page = "### + Which clay?\n\nGrey.\n\n### + Which wheel?\n\nLeft.\n";
    assert_reads("markdown", page, &[("Which clay?", "Grey."), ("Which wheel?", "Left.")]);
}
