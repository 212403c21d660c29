//! Answers that are hidden until revealed, random questions, marks of what is known.

use crate::harness::{Screen, entries};
use insta::assert_snapshot;
use quick_answer::app::{AppOptions, Command, Mode, StateChange};
use quick_answer::collection::{Entry, Recall};
use quick_answer::search::Index;
use quick_answer::view::ViewOptions;

/// A screen that hides answers.
fn learning(keys: &str) -> Screen {
    let options = AppOptions { hide_answers: true, ..AppOptions::default() };
    let index = Index::new(&entries());
    let mut screen = Screen::with(80, 24, index, options, ViewOptions::default());
    screen.keys(keys);
    screen
}

#[test]
fn answers_are_hidden_until_revealed() {
    // No part of the answer is on the screen: no passage, no links, no code.
    let hidden = learning("toad");
    assert!(hidden.text().contains("What keeps slugs") && !hidden.text().contains("Copper"));
    assert!(hidden.text().contains("The answer is hidden: Shift-\u{2193} reveals it."));
    assert_snapshot!("hidden", learning("water<enter>").text());
    let mut screen = learning("<enter>");
    assert!(screen.keys(" ").text().contains("two days"));
    screen.keys("]").keys("[");
    assert!(screen.text().contains("The answer is hidden"), "hidden again after another one");
    for key in ["j", "<enter>", "G", "o", "c", "/"] {
        let mut screen = learning("water<enter>");
        assert!(screen.keys(key).text().contains("two days"), "{key} asks for the answer");
        assert_eq!(screen.app.mode(), Mode::Reading, "{key} does nothing more");
    }
    assert!(screen.keys("v").text().contains("two days"));
    assert!(screen.keys("v").text().contains("The answer is hidden"));
}

#[test]
fn the_choices_of_a_quiz_are_shown_and_the_right_one_is_not() {
    let entry = Entry {
        question: "What glows?".into(),
        answer: "Oak\n\n- [ ] Slate\n- [x] Oak\n\nIt has a fungus.".into(),
        ..Entry::default()
    };
    let options = AppOptions { hide_answers: true, ..AppOptions::default() };
    let mut screen = Screen::with(80, 24, Index::new(&[entry]), options, ViewOptions::default());
    screen.draw();
    let hidden = screen.text();
    assert!(hidden.contains("• Slate") && hidden.contains("• Oak"), "{hidden}");
    assert!(hidden.contains("The answer is hidden") && !hidden.contains("fungus"), "{hidden}");
    assert!(screen.keys("<enter> ").text().contains("fungus"));
}

#[test]
fn random_questions_come_once_each() {
    let mut screen = learning("");
    let mut seen = Vec::new();
    for key in ["<alt-x>", "x", "x", "x"] {
        screen.keys(key);
        assert_eq!(screen.app.mode(), Mode::Reading);
        seen.push(screen.app.entry().unwrap().id().to_owned());
    }
    let other = entries().into_iter().map(|entry| entry.id).find(|id| !seen.contains(id));
    seen.sort_unstable();
    seen.dedup();
    assert!(seen.len() == 4 && other.is_some(), "{seen:?}");
    screen.keys("<esc><ctrl-u>moon<alt-x>");
    assert!(screen.line(23).contains("no other question"), "{}", screen.text());
}

#[test]
fn an_entry_that_no_longer_meets_the_query_leaves_the_list() {
    let mut screen = learning("is:new");
    let all = screen.app.list().hits().total;
    screen.keys("<down><enter>");
    let known = screen.app.entry().unwrap().id().to_owned();
    let next = screen.app.list().hits().get(2).unwrap().entry;
    screen.keys("+");
    assert_eq!(screen.app.list().hits().total, all - 1);
    // It stays shown, so that the mark can be removed; then the list has it again.
    assert_eq!(screen.app.entry().unwrap().id(), known);
    screen.keys("+");
    assert_eq!(screen.app.list().hits().total, all);
    assert_eq!(screen.app.list().hit().map(|hit| hit.entry), screen.app.shown());
    // The next one has taken its place.
    screen.keys("+]");
    assert_eq!(screen.app.shown(), Some(next));
}

#[test]
fn the_list_selects_what_is_read() {
    let mut screen = learning("");
    for key in ["x", "x", "<alt-left>", "x"] {
        screen.keys(if screen.app.mode() == Mode::Typing { "<alt-x>" } else { key });
        let selected = screen.app.list().hit().map(|hit| hit.entry);
        assert_eq!(selected, screen.app.shown());
        let question = screen.app.entry().unwrap().question().to_owned();
        let start: String = question.chars().take(12).collect();
        assert!(screen.text().contains(&format!("▌{start}")), "{}", screen.text());
    }
}

#[test]
fn known_entries_are_marked_saved_and_filtered() {
    let mut screen = learning("water<enter>+");
    let saved = |screen: &Screen| {
        let recall = |command: &Command| match command {
            Command::Save(StateChange::Recall(_, recall)) => Some(*recall),
            _ => None,
        };
        screen.commands.iter().rev().find_map(recall).expect("nothing was saved")
    };
    assert_eq!(saved(&screen), Some(Recall::Known));
    assert!(screen.text().contains("Answer \u{b7} known"), "{}", screen.text());
    screen.keys("<esc><ctrl-u>is:new");
    assert!(screen.text().contains("4 match"), "{}", screen.text());
    screen.keys("<ctrl-u>is:known");
    assert!(screen.line(3).contains("How often") && screen.line(3).contains("known"));
    screen.keys("<enter>-");
    assert_eq!(saved(&screen), Some(Recall::Again));
    assert!(screen.text().contains("0 match"), "{}", screen.text());
    screen.keys("-");
    assert_eq!(saved(&screen), None, "the same mark twice takes it away");
}
