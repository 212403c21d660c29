//! The screen after some keys.

use crate::harness::{Screen, entries};
use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use insta::assert_snapshot;
use quick_answer::app::{AppOptions, Command, Message, Mode, Outcome};
use quick_answer::collection::{Entry, EntryKey, Place};
use quick_answer::load::Diagnostic;
use quick_answer::search::{Index, IndexEvent};
use quick_answer::view::ViewOptions;

fn screen(width: u16, height: u16, keys: &str) -> String {
    Screen::new(width, height).keys(keys).text()
}

#[test]
fn an_empty_query_lists_everything() {
    assert_snapshot!("80x24", screen(80, 24, ""));
    assert_snapshot!("120x40", screen(120, 40, ""));
    assert_snapshot!("200x50", screen(200, 50, ""));
    assert_snapshot!("40x12", screen(40, 12, ""));
    assert_snapshot!("20x5", screen(20, 5, ""));
}

#[test]
fn the_list_narrows_with_every_key() {
    assert_snapshot!("typed", screen(80, 24, "toad"));
    assert_snapshot!("typed_styles", Screen::new(80, 24).keys("toad").styles());
    assert_snapshot!("nothing_found", screen(80, 24, "zzzzqqqq"));
}

#[test]
fn reads() {
    assert_snapshot!("reading", screen(120, 40, "tree<enter>G"));
    assert_snapshot!("finding", screen(80, 24, "tree<enter>/step 3"));
    assert_snapshot!("found", screen(80, 24, "tree<enter>/step 3<enter>n"));
}

#[test]
fn opens_lists_over_the_panes() {
    assert_snapshot!("help", screen(80, 24, "<f1>"));
    assert_snapshot!("help_filtered", screen(80, 24, "tree<enter>?scroll"));
    assert_snapshot!("tags", screen(80, 24, "<ctrl-t>"));
    assert_snapshot!("links", screen(80, 24, "water<enter>o"));
}

#[test]
fn the_palette_runs_the_best_match() {
    for (typed, expected) in [
        ("quit", Command::Quit(Outcome::Done)),
        ("qiut", Command::Quit(Outcome::Done)),
        ("suspend", Command::Suspend),
        ("theme", Command::NextTheme),
        ("next theme", Command::NextTheme),
    ] {
        let mut screen = Screen::new(80, 24);
        screen.keys(&format!("<f1>{typed}<enter>"));
        let ran = format!("{:?}", screen.commands.last());
        assert_eq!(ran, format!("{:?}", Some(expected)), "{typed}");
    }
}

#[test]
fn tags_are_counted_in_the_hits() {
    let mut screen = Screen::new(80, 24);
    screen.keys("tomatoes<ctrl-t>");
    let text = screen.text();
    assert!(text.contains("watering") && !text.contains("myths"), "{text}");
}

/// The same keys on a screen of every size that has a picture.
fn sizes(keys: &str) -> String {
    let sizes = [(80, 24), (120, 40), (200, 50), (40, 12), (20, 5)];
    let shown = |(width, height)| format!("{width}x{height}\n{}", screen(width, height, keys));
    sizes.map(shown).join("\n")
}

#[test]
fn every_list_fits_every_size() {
    for (name, keys) in [
        ("help", "<f1>"),
        ("tags", "<ctrl-t>"),
        ("related", "<enter>r"),
        ("recent", "<down><enter><esc><enter><ctrl-r>"),
        ("problems", "<f2>"),
        ("links", "water<enter>o"),
        ("code", "water<enter>c"),
    ] {
        assert_snapshot!(format!("sizes_{name}"), sizes(keys));
    }
}

#[test]
fn the_list_of_problems_names_text_that_reached_no_entry() {
    let mut screen = Screen::new(100, 20);
    let unused = Diagnostic {
        source: "garden/notes.md".into(),
        line: 7,
        column: 0,
        message: "text in no entry: 42 characters, “Rain fell …”".into(),
    };
    screen.send(Message::Index(IndexEvent::Unused(unused)));
    screen.draw().keys("<f2>");
    let text = screen.text();
    assert!(text.contains("notes.md:7") && text.contains("“Rain fell …”"), "{text}");
}

#[test]
fn reading_and_finding_fit_every_size() {
    assert_snapshot!("sizes_reading", sizes("tree<enter>G"));
    assert_snapshot!("sizes_found", sizes("tree<enter>/step 3<enter>n"));
    assert_snapshot!("sizes_nothing", sizes("zzzzqqqq"));
}

/// A click, or another mouse event, at a place.
fn mouse(kind: MouseEventKind, column: u16, row: u16) -> MouseEvent {
    MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }
}

#[test]
fn the_mouse_selects_scrolls_and_drags() {
    use MouseEventKind::{Down, Drag, ScrollDown, Up};
    let mut screen = Screen::new(100, 20);
    screen.mouse(mouse(Down(MouseButton::Left), 5, 4));
    assert!(screen.line(4).contains("▌How deep"), "{}", screen.text());
    screen.mouse(mouse(ScrollDown, 80, 5));
    assert!(screen.line(4).contains("Step 2"), "{}", screen.text());
    screen.mouse(mouse(ScrollDown, 5, 5));
    assert!(screen.line(5).contains("▌What keeps"), "{}", screen.text());
    screen.mouse(mouse(Down(MouseButton::Left), 45, 5));
    screen.mouse(mouse(Drag(MouseButton::Left), 60, 5));
    screen.mouse(mouse(Up(MouseButton::Left), 60, 5));
    assert_eq!(
        screen.line(2).chars().position(|c| c == '╮').map(|x| x + 1),
        Some(60),
        "{}",
        screen.text()
    );
    screen.mouse(mouse(Down(MouseButton::Left), 70, 5));
    assert_eq!(screen.app.mode(), Mode::Reading);
}

#[test]
fn escape_goes_back_one_step_at_a_time() {
    let mut screen = Screen::new(80, 24);
    screen.keys("tree<enter>/step<enter>");
    screen.keys("?<esc>");
    assert!(screen.app.answer().find().is_some());
    screen.keys("<esc>");
    assert!(screen.app.answer().find().is_none());
    assert_eq!(screen.app.mode(), Mode::Reading);
    screen.keys("<esc>");
    assert_eq!(screen.app.mode(), Mode::Typing);
    screen.keys("<esc>");
    assert!(screen.app.prompt().is_empty() && screen.commands.iter().all(|c| !is_quit(c)));
    screen.keys("<esc>");
    assert!(screen.commands.iter().any(is_quit));
}

fn is_quit(command: &Command) -> bool {
    matches!(command, Command::Quit(_))
}

#[test]
fn copying_shows_a_notice_until_the_next_key() {
    let mut screen = Screen::new(80, 24);
    screen.keys("water<enter>c2");
    let copied = screen.commands.iter().find_map(|command| match command {
        Command::Copy { text, .. } => Some(text.as_str()),
        _ => None,
    });
    assert_eq!(copied, Some("water --more"));
    assert!(screen.line(23).contains("copied the code"));
    screen.keys("j");
    assert!(!screen.line(23).contains("copied"));
}

#[test]
fn reads_related_questions_and_comes_back() {
    let mut screen = Screen::new(80, 24);
    screen.keys("moon<enter>r<down><enter>");
    let question = |screen: &Screen| screen.app.entry().unwrap().question().to_owned();
    assert_eq!(question(&screen), "How deep should the hole for a tree be?");
    screen.keys("<alt-left>");
    assert_eq!(question(&screen), "Does the moon matter?");
    screen.keys("<alt-right>");
    assert_eq!(question(&screen), "How deep should the hole for a tree be?");
}

#[test]
fn recently_read_questions_are_listed_newest_first() {
    let mut screen = Screen::new(80, 24);
    screen.keys("<ctrl-r>");
    assert!(screen.line(23).contains("no question read yet"), "{}", screen.text());
    screen.keys("moon<enter><esc><esc>slugs<enter>]");
    assert_snapshot!("recent", screen.keys("<esc><esc><ctrl-r>").text());
    screen.keys("moon<enter>");
    assert_eq!(screen.app.entry().unwrap().id(), "moon");
    assert_eq!(screen.app.mode(), Mode::Reading);
}

fn read_before(names: &[&str], query: &str) -> AppOptions {
    let key = |name: &&str| EntryKey { source: "notes/garden.json", name }.to_string();
    AppOptions {
        recent: names.iter().map(key).collect(),
        query: query.into(),
        ..AppOptions::default()
    }
}

#[test]
fn a_small_collection_opens_at_the_last_position() {
    let start = |recent: &[&str], query| {
        let index = Index::new(&entries());
        let options = read_before(recent, query);
        Screen::with(80, 24, index, options, ViewOptions::default())
    };
    let mut screen = start(&["gone", "water", "moon"], "");
    assert_eq!(screen.app.entry().unwrap().id(), "moon");
    assert!(screen.line(23).contains("left off"), "{}", screen.text());
    // A query starts at the top, as always.
    assert_eq!(screen.keys("tree").app.list().selected(), 0);
    assert_eq!(start(&["moon", "gone"], "").app.list().selected(), 0);
    assert_eq!(start(&["moon"], "t").app.list().selected(), 0);
}

#[test]
fn a_large_collection_opens_with_an_overview() {
    let tags = ["trees", "soil", "soil", "weeds and other guests"];
    let entry = |n: usize| Entry {
        id: n.to_string(),
        question: format!("What is question number {n}?"),
        answer: if n % 4 == 3 { String::new() } else { "It is one of many.".into() },
        tags: vec![tags[n % 4].to_owned()],
        place: Place { source: "notes/garden.json".into(), line: 0 },
        ..Entry::default()
    };
    let index = Index::new(&(0..1500).map(entry).collect::<Vec<_>>());
    let options = read_before(&["7", "900"], "");
    let mut screen = Screen::with(100, 24, index, options, ViewOptions::default());
    assert_snapshot!("overview", screen.text());
    assert!(screen.keys("<down>").text().contains("╭ Answer"));
    assert!(screen.keys("<esc>1499").text().contains("╭ Answer"));
    assert!(screen.keys("<ctrl-u>").text().contains("╭ Overview"));
}

#[test]
fn the_key_of_a_list_opens_it_over_another_and_closes_it() {
    let mut screen = Screen::new(80, 24);
    let open = |screen: &mut Screen, key: &str, title: &str| {
        let text = screen.keys(key).text();
        assert!(text.contains(&format!("╭ {title}")), "{key}:\n{text}");
    };
    open(&mut screen, "<f2>", "Problems");
    open(&mut screen, "<f1>", "Keys");
    open(&mut screen, "<f2>", "Problems");
    assert!(screen.keys("<f2>").app.popup().is_none());
    open(&mut screen, "<f1>", "Keys");
    assert!(screen.keys("<f1>").app.popup().is_none());
}

#[test]
fn messages_replace_a_finished_search() {
    let mut screen = Screen::new(80, 24);
    screen.keys("tree<enter>/step<enter>");
    assert!(screen.line(23).starts_with(" /step"), "{}", screen.text());
    assert!(screen.keys("o").line(23).contains("the answer has no link"), "{}", screen.text());
    // The next key removes the message.
    assert!(screen.keys("n").line(23).starts_with(" /step"), "{}", screen.text());
}

#[test]
fn bookmarks_filters_and_earlier_queries() {
    let mut screen = Screen::new(80, 24);
    screen.keys("moon<enter>m'");
    assert_eq!(screen.app.prompt().text(), "is:bookmarked moon");
    screen.keys("<esc><ctrl-t>tree<enter>");
    assert_eq!(screen.app.prompt().text(), "tag:trees ");
    screen.keys("<ctrl-u>half<ctrl-up>");
    assert_eq!(screen.app.prompt().text(), "moon");
    screen.keys("<ctrl-down>");
    assert_eq!(screen.app.prompt().text(), "half");
}

#[test]
fn several_are_marked_and_picked_together() {
    let options = AppOptions { pick: true, multi: true, ..AppOptions::default() };
    let index = Index::new(&entries());
    let mut screen = Screen::with(60, 20, index, options, ViewOptions::default());
    screen.keys("<tab><tab><tab><up><tab>moon<tab>");
    assert_snapshot!("marked", screen.text());
    screen.keys("<ctrl-u><enter>");
    let picked = screen.commands.iter().find_map(|command| match command {
        Command::Quit(Outcome::Picked { entries, .. }) => Some(entries),
        _ => None,
    });
    // In the order of marking; the third one was unmarked again.
    let ids: Vec<&str> = picked.unwrap().iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, ["water", "hole", "moon"]);
}

#[test]
fn the_prompt_can_be_below_and_the_list_reversed() {
    let start = |upwards| {
        let options = AppOptions { prompt_below: true, upwards, ..AppOptions::default() };
        Screen::with(70, 24, Index::new(&entries()), options, ViewOptions::default())
    };
    let mut screen = start(true);
    assert_snapshot!("upwards", screen.keys("to<up>").text());
    // The second best is above: what goes up the screen goes on in the list.
    assert_eq!(screen.app.list().selected(), 1);
    assert_eq!(screen.keys("<enter>]").app.list().selected(), 2);
    assert_eq!(screen.keys("<esc><down>").app.list().selected(), 1);
    let row = (0..24).find(|&y| screen.line(y).contains("▌")).unwrap();
    screen.mouse(mouse(MouseEventKind::ScrollDown, 5, row));
    assert_eq!(screen.app.list().selected(), 0);
    let down = MouseEventKind::Down(MouseButton::Left);
    screen.mouse(mouse(down, 5, row));
    assert_eq!(screen.app.list().selected(), 1);
    assert_snapshot!("prompt_below", start(false).keys("to").text());
}

#[test]
fn plain_has_words_instead_of_frames_and_the_cursor_on_the_selected_row() {
    let options = AppOptions { plain: true, ..AppOptions::default() };
    let index = Index::new(&entries());
    let mut screen = Screen::with(60, 20, index, options, ViewOptions::new(true));
    screen.keys("<down>");
    assert_snapshot!("plain", screen.text());
    let cursor = screen.cursor();
    assert!(screen.line(cursor.y).contains("How deep"));
}

#[test]
fn the_built_in_collection_starts_with_a_welcome_text() {
    let options = AppOptions { welcome: true, ..AppOptions::default() };
    let index = Index::new(&entries());
    let mut screen = Screen::with(100, 20, index, options, ViewOptions::default());
    assert_snapshot!("welcome", screen.text());
    assert!(screen.keys("<down>").text().contains("╭ Answer"));
}

#[test]
fn next_match_goes_through_the_places_that_match_the_query() {
    let mut screen = Screen::new(80, 24);
    screen.keys("step 4<enter>n");
    assert!(screen.line(23).contains("match 1 of "), "{}", screen.text());
    let current = |screen: &Screen| {
        let styles = screen.styles();
        let marked = styles.lines().find(|line| line.contains("bold underlined reversed"));
        marked.map(str::to_owned)
    };
    let first = current(&screen);
    assert!(first.as_deref().is_some_and(|line| line.ends_with(": Step")), "{first:?}");
    screen.keys("n");
    assert_ne!(current(&screen), first);
    screen.keys("N");
    assert!(screen.line(23).contains("match 1 of "), "{}", screen.text());
    assert_eq!(current(&screen), first);
    screen.keys("<esc><ctrl-u><enter>n");
    assert!(screen.line(23).contains("no match of the query"), "{}", screen.text());
}

#[test]
fn links_lead_to_headings_to_questions_and_to_files_beside_the_source() {
    let entry = |question: &str, answer: &str| Entry {
        question: question.into(),
        answer: answer.into(),
        place: quick_answer::collection::Place { source: "docs/faq.md".into(), line: 1 },
        ..Entry::default()
    };
    let long = "x\n\n".repeat(40);
    let answer = format!(
        "[a](#the-end) [b](#who-knows) [c](./more.md#x) [d](#none)\n\n{long}## The end\n\ny"
    );
    let index = Index::new(&[entry("Where to?", &answer), entry("Who knows?", "Nobody.")]);
    let start = || {
        let (options, view) = (AppOptions::default(), ViewOptions::default());
        Screen::with(80, 24, index.clone(), options, view)
    };
    assert!(start().keys("<enter>o1").text().contains("The end"));
    assert!(start().keys("<enter>o2").text().contains("Nobody."));
    let mut screen = start();
    screen.keys("<enter>o3");
    let edited = screen.commands.iter().find_map(|command| match command {
        Command::Edit { path, .. } => Some(path.to_string()),
        _ => None,
    });
    assert_eq!(edited.as_deref(), Some("docs/more.md"));
    assert!(start().keys("<enter>o4").line(23).contains("no section is named `none`"));
}
