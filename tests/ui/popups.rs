//! Pop-up lists: leaving them, and rows that are too wide.

use crate::harness::{Screen, entries};
use quick_answer::app::{AppOptions, Command, Outcome};
use quick_answer::collection::Entry;
use quick_answer::search::Index;
use quick_answer::view::ViewOptions;

/// Keys that open each list.
const OPENED_BY: [&str; 7] = [
    "<f1>",
    "<ctrl-t>",
    "<enter>r",
    "<enter><esc><down><enter><ctrl-r>",
    "<f2>",
    "water<enter>o",
    "water<enter>c",
];

#[test]
fn every_list_is_left_by_escape_and_by_ctrl_c() {
    for keys in OPENED_BY {
        for typed in ["", "q", "zzz"] {
            let opened = || {
                let mut screen = Screen::new(80, 24);
                screen.keys(keys).keys(typed);
                let popup = screen.app.popup().map(|popup| popup.input().text().to_owned());
                assert_eq!(popup.as_deref(), Some(typed), "{keys}: letters filter, q too");
                screen
            };
            let mut screen = opened();
            screen.keys("<esc>");
            assert!(screen.app.popup().is_none(), "{keys}{typed}");
            let mut screen = opened();
            screen.keys("<ctrl-c>");
            let left = |c: &Command| matches!(c, Command::Quit(Outcome::Interrupted));
            assert!(screen.commands.iter().any(left), "{keys}{typed}");
        }
    }
}

fn screen_of(answer: &str) -> Screen {
    let entry = Entry {
        question: "Where is it told?".into(),
        answer: answer.into(),
        format: quick_answer::collection::TextFormat::Markdown,
        ..Entry::default()
    };
    let index = Index::new(&[entry]);
    Screen::with(80, 24, index, AppOptions::default(), ViewOptions::default())
}

#[test]
fn a_row_that_is_cut_is_shown_whole_below_the_list() {
    let long = format!("https://example.org/{}/the-very-end", "folder/".repeat(12));
    let mut screen = screen_of(&format!("[The manual]({long}) or <https://example.org/short>"));
    screen.keys("<enter>o");
    let joined: String = screen.text().split(['│', ' ', '\n']).collect();
    assert!(joined.contains(&format!("Themanual:{long}")), "{}", screen.text());
    screen.keys("<down>");
    let text = screen.text();
    assert_eq!(text.matches("https://example.org/short").count(), 1, "it is not cut: {text}");
}

#[test]
fn links_are_found_by_their_text() {
    let mut screen = screen_of("[Alpha](https://a.example/1) [Beta](https://a.example/2)");
    screen.keys("<enter>obeta");
    let text = screen.text();
    assert!(text.contains("Beta: https://a.example/2") && text.contains("1 of 2"), "{text}");
}

#[test]
fn groups_have_exactly_one_line_for_their_heading() {
    let mut screen =
        Screen::with(80, 24, Index::new(&entries()), AppOptions::default(), ViewOptions::default());
    screen.keys("<f2>");
    let (popup, layout) = screen.app.popup_layout().unwrap();
    assert_eq!(usize::from(layout.rows.height), popup.total() + 1);
}
