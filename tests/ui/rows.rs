//! The rows of the question list.

use crate::harness::{Screen, entries};
use quick_answer::app::{AppOptions, Passages};
use quick_answer::collection::{Entry, Place};
use quick_answer::search::Index;
use quick_answer::view::ViewOptions;

#[test]
fn lines_without_answers_are_a_list_to_choose_from() {
    let line = |question: &str| Entry { question: question.into(), ..Entry::default() };
    let mut entries = vec![line("rake"), line(&"a very long line ".repeat(6))];
    let start = |entries: &[Entry]| {
        Screen::with(60, 24, Index::new(entries), AppOptions::default(), ViewOptions::default())
    };
    let mut screen = start(&entries);
    let text = screen.keys("<down>").text();
    assert!(text.contains("╭ Entries") && text.contains("╭ Entry"), "{text}");
    assert!(!text.contains("answer") && !text.contains("question"), "{text}");
    // The line is shown completely, and the list has more rows than it.
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| *word == "long").count();
    assert!(words >= 6, "{text}");
    let layout = screen.app.layout();
    assert!(layout.list.area.height > layout.answer.area.height);
    // With one answer, the others are questions that lack one.
    entries.push(Entry { answer: "A broom.".into(), ..line("sweep") });
    assert!(start(&entries).text().contains("no answer"));
}

#[test]
fn what_matches_is_highlighted_in_the_row_and_above_the_answer() {
    let entry = |question: &str| Entry { question: question.into(), ..Entry::default() };
    let index = Index::new(&[entry("What is useEffect for?"), entry("Why use useMemo?")]);
    let options = AppOptions::default();
    let mut screen = Screen::with(60, 20, index, options, ViewOptions::default());
    screen.keys("useff");
    assert!(screen.line(3).contains("no exact match; close:"), "{}", screen.text());
    assert!(screen.line(4).starts_with("│▌What is useEffect for?"), "{}", screen.text());
    assert!(screen.text().matches("What is useEffect for?").count() == 2, "{}", screen.text());
    let styles = screen.styles();
    assert!(styles.contains(" 4,10  bold underlined reversed lightmagenta: useE"), "{styles}");
}

#[test]
fn the_passage_is_shown_for_the_selected_row_or_for_all() {
    let rows = |passages| {
        let options = AppOptions { passages, ..AppOptions::default() };
        let mut long = entries();
        long[0].answer.push_str(" A toad drinks, too.");
        let index = Index::new(&long);
        let mut screen = Screen::with(80, 24, index, options, ViewOptions::default());
        screen.keys("toad");
        let list = screen.app.layout().list.area;
        let lines = (list.y..list.bottom()).map(|y| screen.line(y));
        lines.filter(|line| line.contains("toad") && !line.contains('?')).count()
    };
    assert_eq!(rows(Passages::None), 0);
    assert_eq!(rows(Passages::Selected), 1);
    assert_eq!(rows(Passages::All), 2);
}

#[test]
fn a_row_shows_the_command_of_a_how_to_when_the_answer_is_not_visible() {
    let how_to = |question: &str, command: &str| Entry {
        question: question.into(),
        answer: format!("```sh\n{command}\n```"),
        tags: vec!["boxtar".into()],
        ..Entry::default()
    };
    let entries = [how_to("Pack a folder", "boxtar -c x"), how_to("Unpack it", "boxtar -x a.box")];
    let row = |height| {
        let index = Index::new(&entries);
        let options = AppOptions::default();
        let mut screen = Screen::with(60, height, index, options, ViewOptions::default());
        let text = screen.keys("unp").text();
        text.lines().find(|line| line.contains("Unpack it")).unwrap().to_owned()
    };
    assert!(row(8).contains("Unpack it  boxtar -x a.box") && row(8).contains("boxtar "));
    assert!(!row(24).contains("-x a.box"), "{}", row(24));
}

/// Lines without answers are read in the list: it gets the columns that they need, the other pane
/// the rest.
#[test]
fn lines_without_answers_get_most_of_the_columns() {
    let line = |n: usize| Entry {
        question: format!(
            "{n}: a line of some eighty columns, as a log or a history of commands has it"
        ),
        ..Entry::default()
    };
    let entries: Vec<Entry> = (10..40).map(line).collect();
    let options = AppOptions::default();
    let mut screen = Screen::with(120, 30, Index::new(&entries), options, ViewOptions::default());
    screen.draw();
    assert!(
        screen.line(4).contains("as a log or a history of commands has it"),
        "{}",
        screen.text()
    );
}

/// The position of an entry leaves space for the hints.
#[test]
fn a_long_name_of_a_file_leaves_room_for_hints() {
    let source = "a-folder/Questions that were asked in the workshops of the last five years.md";
    let entry = Entry {
        question: "Who?".into(),
        answer: "Us.".into(),
        place: Place { source: source.into(), line: 12 },
        ..Entry::default()
    };
    let options = AppOptions::default();
    let mut screen = Screen::with(80, 24, Index::new(&[entry]), options, ViewOptions::default());
    screen.draw();
    let status = screen.line(23);
    assert!(status.contains("Esc quit") && status.ends_with("last five years.md:12"), "{status:?}");
}
