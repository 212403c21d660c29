//! What stays visible while the collection, the window or the answers change.

use crate::harness::{Screen, entries};
use quick_answer::app::{AppOptions, Message};
use quick_answer::collection::Entry;
use quick_answer::load::Summary;
use quick_answer::search::{Index, IndexEvent};
use quick_answer::view::ViewOptions;

#[test]
fn late_answers_are_dropped_and_old_hits_stay_until_then() {
    let mut screen = Screen::new(80, 24);
    screen.answers = false;
    screen.keys("moon");
    assert!(screen.text().contains("5 of 5"));
    screen.answer_all();
    assert!(screen.text().contains("▌Does the moon matter?"));
    assert!(screen.text().contains("1 match"));
}

#[test]
fn the_selection_stays_on_its_entry_while_the_collection_grows() {
    let mut screen = Screen::new(80, 24);
    let all = entries();
    screen.index = Index::new(&all[..4]);
    screen.keys("t<down>");
    let before = screen.app.list().entry().unwrap().id().to_owned();
    screen.index = Index::new(&all);
    screen.search_again();
    assert_eq!(screen.app.list().entry().unwrap().id(), before);
    // A changed query selects the best hit again.
    screen.keys("o");
    assert_eq!(screen.app.list().selected(), 0);
}

#[test]
fn the_selected_question_stays_visible() {
    let entry = |n: usize| Entry { question: format!("Question {n}?"), ..Entry::default() };
    let index = Index::new(&(0..300).map(entry).collect::<Vec<_>>());
    let (options, view) = (AppOptions::default(), ViewOptions::default());
    let mut screen = Screen::with(100, 20, index, options, view);
    for keys in ["<pgdn>", "<pgdn>", "<down>", "<alt->>", "<pgup>", "<up>", "<alt-<>"] {
        screen.keys(keys);
        let selected = screen.app.list().entry().unwrap().question().to_owned();
        assert!(screen.text().contains(&format!("▌{selected}")), "{keys}: {}", screen.text());
    }
    assert_eq!(screen.app.list().selected(), 0);
}

#[test]
fn another_question_is_shown_from_the_top_of_its_answer() {
    let lines: Vec<String> = (0..200).map(|n| format!("line{n}")).collect();
    let long = |question: &str| Entry {
        question: question.into(),
        answer: lines.join("\n\n"),
        ..Entry::default()
    };
    let index = Index::new(&[long("How many?"), long("How much?")]);
    let (options, view) = (AppOptions::default(), ViewOptions::default());
    let mut screen = Screen::with(100, 30, index, options, view);
    screen.keys("<enter>G");
    assert!(!screen.text().contains("line0 "));
    screen.keys("]");
    assert!(screen.text().contains("line0 "), "{}", screen.text());
}

#[test]
fn an_address_that_changed_in_the_source_is_shown_below_the_same_answer() {
    let mut screen = Screen::new(100, 40);
    screen.keys("");
    let mut all = entries();
    for entry in &mut all {
        entry.url = Some("https://example.org/moved".into());
    }
    assert!(!screen.text().contains("example.org/moved"));
    screen.index = Index::new(&all);
    screen.search_again();
    screen.draw();
    assert!(screen.text().contains("example.org/moved"), "{}", screen.text());
}

#[test]
fn keys_do_not_wait_until_all_of_a_large_answer_is_laid_out() {
    const LINES: usize = 70_000;
    let entry = |question: &str| Entry {
        question: question.into(),
        answer: "A line of the answer.\n\n".repeat(LINES / 2),
        ..Entry::default()
    };
    let index = Index::new(&[entry("How long?"), entry("How wide?")]);
    let mut screen = Screen::with(80, 24, index, AppOptions::default(), ViewOptions::default());
    let lines = |screen: &Screen| screen.app.document().unwrap().line_count();
    screen.answers = false;
    screen.keys("<down>");
    assert!(screen.text().contains("A line of the answer."), "{}", screen.text());
    assert!(lines(&screen) < LINES / 10, "{} lines", lines(&screen));
    screen.answer_all();
    assert!(lines(&screen) >= LINES - 1, "{} lines", lines(&screen));
}

#[test]
fn a_new_width_keeps_the_scroll_position() {
    let words: Vec<String> = (0..3000).map(|n| format!("word{n}")).collect();
    let words = words.join(" ");
    let entry = Entry { question: "How many?".into(), answer: words, ..Entry::default() };
    let index = Index::new(&[entry]);
    let options = AppOptions::default();
    let mut screen = Screen::with(100, 30, index, options, ViewOptions::default());
    screen.keys("<enter>   ");
    let first = |screen: &Screen| {
        let line = screen.text().lines().find(|line| line.contains("word")).unwrap().to_owned();
        line.split_whitespace().find(|word| word.starts_with("word")).unwrap().to_owned()
    };
    let before = first(&screen);
    assert_ne!(before, "word0");
    for width in [60, 200, 43, 0, 77, 130] {
        screen.resize(width, 30);
        assert!(width == 0 || screen.text().contains(&format!(" {before} ")), "{width}");
    }
    screen.resize(100, 30);
    assert_eq!(first(&screen), before);
}

#[test]
fn the_overview_of_a_reloaded_collection_counts_its_new_tags() {
    let entries = |tag: &str| {
        let entry = |n: usize| Entry {
            question: format!("Question {n}?"),
            tags: vec![tag.to_owned()],
            ..Entry::default()
        };
        (0..1500).map(entry).collect::<Vec<_>>()
    };
    let index = Index::new(&entries("roses"));
    let mut screen = Screen::with(100, 24, index, AppOptions::default(), ViewOptions::default());
    assert!(screen.text().contains("roses"), "{}", screen.text());
    screen.index = Index::new(&entries("thistles"));
    screen.send(Message::Index(IndexEvent::Grown(screen.index.clone())));
    screen.send(Message::Loaded(Ok(Summary::default())));
    screen.search_again();
    screen.draw();
    assert!(screen.text().contains("thistles"), "{}", screen.text());
}
