//! Properties of every screen.

use crate::harness::{Screen, entries};
use proptest::prelude::*;
use quick_answer::app::{AppOptions, Command, Message};
use quick_answer::collection::Entry;
use quick_answer::search::Index;
use quick_answer::view::{ViewOptions, ViewState};

/// Keys that lead to every kind of screen.
const SCREENS: &[&str] = &[
    "",
    "tomato",
    "zzzzqqqq",
    "toad<enter>",
    "tree<enter>G",
    "water<enter>/t",
    "water<enter>/two<enter>n",
    "water<enter>o",
    "water<enter>c",
    "water<enter>r",
    "water<enter>z",
    "<f1>",
    "<f1>scroll<down>",
    "<ctrl-t>tom",
    "water<enter>m",
];

fn options(plain: bool) -> AppOptions {
    AppOptions { plain, ..AppOptions::default() }
}

#[test]
fn no_size_is_too_small() {
    for keys in SCREENS {
        for plain in [false, true] {
            let index = Index::new(&entries());
            let mut screen = Screen::with(80, 24, index, options(plain), ViewOptions::default());
            screen.keys(keys);
            for size in 0..21 * 21 {
                screen.resize(size % 21, size / 21);
            }
        }
    }
}

#[test]
fn after_many_resizes_the_screen_equals_a_fresh_one() {
    for keys in SCREENS {
        let mut screen = Screen::new(80, 24);
        screen.keys(keys);
        for n in 0..500_u32 {
            let n = n.wrapping_mul(2_654_435_761) >> 16;
            let (width, height) = if n % 50 == 0 { (1000, 500) } else { (n % 130, n / 130 % 50) };
            screen.resize(width as u16, height as u16);
        }
        screen.resize(100, 30);
        let resized = screen.buffer().clone();
        screen.view = ViewState::new(ViewOptions::default());
        screen.draw();
        assert_eq!(resized, *screen.buffer(), "after {keys:?}");
    }
}

fn any_key() -> impl Strategy<Value = String> {
    let keys = "<down> <up> <enter> <esc> <tab> <pgdn> <pgup> <home> <end> <f1> <f2> <ctrl-t> \
                <ctrl-w> <ctrl-u> <backspace> <alt-left> <alt-right> <alt->> / n N ] [ r z o c m ' \
                y g G d u j k < > 1 2 t tomato slug tree zzz \u{65e5}\u{672c} e\u{301}";
    let keys: Vec<String> = keys.split_whitespace().map(str::to_owned).collect();
    prop::sample::select(keys)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_keys_and_any_text_are_survived(
        keys in prop::collection::vec(any_key(), 0..25),
        texts in prop::collection::vec(("\\PC{0,200}", "\\PC{0,200}"), 1..5),
        width in 0..130_u16,
        height in 0..50_u16,
    ) {
        let mut all = entries();
        all.extend(texts.into_iter().map(|(question, answer)| Entry { question, answer, ..Entry::default() }));
        let mut screen =
            Screen::with(width, height, Index::new(&all), options(false), ViewOptions::default());
        for key in keys {
            screen.keys(&key);
        }
        screen.send(Message::Paste("\u{1b}[31m\0\r\nx".into()));
        screen.draw();
        prop_assert!(!screen.text().chars().any(|c| c.is_control() && c != '\n'));
    }
}

/// The parts of the state that are not on the screen: copied, opened and saved items, among others.
fn effects(screen: &Screen) -> String {
    format!("{:?}", screen.commands)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_burst_of_keys_does_what_the_keys_do_one_by_one(
        keys in prop::collection::vec(any_key(), 0..25),
        (width, height) in prop::sample::select(vec![(80, 24), (100, 30), (40, 12), (19, 7)]),
        late_answers in any::<bool>(),
    ) {
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        // Esc cancels a list that is being made, and cannot know that it would be empty.
        let gives_up = |two: &[&str]| matches!(two, ["<ctrl-t>" | "<f2>" | "r", "<esc>"]);
        prop_assume!(!late_answers || !keys.windows(2).any(gives_up));
        let mut one_by_one = Screen::new(width, height);
        for key in &keys {
            one_by_one.keys(key);
        }
        let mut burst = Screen::new(width, height);
        burst.answers = !late_answers;
        burst.burst(&keys);
        burst.answer_all();
        // The cell covered by a wide character keeps its content: redraw both.
        prop_assert_eq!(one_by_one.redraw().text(), burst.redraw().text());
        prop_assert_eq!(one_by_one.styles(), burst.styles());
        prop_assert_eq!(effects(&one_by_one), effects(&burst));
    }
}

#[test]
fn keys_in_one_write_act_on_the_entry_that_they_lead_to() {
    let mut screen = Screen::new(80, 24);
    screen.answers = false;
    screen.burst(&["tomato<enter>"]);
    screen.answer_all();
    screen.burst(&["<esc><ctrl-u>slugs<enter><esc><ctrl-u>water<enter>Gc2"]);
    screen.answer_all();
    let copied = screen.commands.iter().find_map(|command| match command {
        Command::Copy { text, .. } => Some(text.as_str()),
        _ => None,
    });
    assert_eq!(copied, Some("water --more"), "{}", screen.text());
}

#[test]
fn a_frame_does_not_read_a_million_questions() {
    let entry = |n: usize| Entry { question: format!("Question {n}?"), ..Entry::default() };
    let index = Index::new(&(0..1_000_000).map(entry).collect::<Vec<_>>());
    let mut screen = Screen::with(80, 24, index, AppOptions::default(), ViewOptions::default());
    screen.keys("<alt->>");
    assert!(screen.text().contains("▌Question 999999?"), "{}", screen.text());
    screen.keys("<pgup><pgup><alt-<>");
    assert!(screen.text().contains("▌Question 0?"));
}
