//! The changes by every step of a session: keys, pastes, the mouse and the size of the screen.
//!
//! Each line of a snapshot is a step and the parts of the state that it changed, so that a key that
//! does something else, or a key that does something more, shows.

use crate::harness::{Screen, entries};
use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use insta::assert_snapshot;
use quick_answer::app::{
    AppOptions, Area, Command, Focus, Message, Passages, Popup, PopupLine, StateChange,
};
use quick_answer::collection::{Entry, Place};
use quick_answer::load::Diagnostic;
use quick_answer::search::{Index, IndexEvent};
use quick_answer::view::ViewOptions;
use std::collections::HashMap;
use std::fmt::Write as _;

/// A part of the state: its name and its value.
type Part = (&'static str, String);

/// Carries out the steps of a script; a line for each. A step is a run of keys as
/// [`Screen::keys`] takes them, or one of the words below.
fn trace(screen: &mut Screen, script: &str) -> String {
    let mut before = parts(screen);
    let mut lines = String::new();
    writeln!(lines, "{:<14} {}", "", changed(&[], &before)).unwrap();
    for step in script.split_whitespace() {
        screen.commands.clear();
        carry_out(screen, step);
        let after = parts(screen);
        writeln!(lines, "{step:<14} {}", changed(&before, &after)).unwrap();
        before = after;
    }
    lines
}

fn carry_out(screen: &mut Screen, step: &str) {
    let Some((name, value)) = step.split_once(':').filter(|(name, _)| name.len() > 3) else {
        screen.keys(step);
        return;
    };
    let (x, y) = value.split_once(',').unwrap_or((value, "0"));
    let numbers = (x.parse().unwrap_or(0_u16), y.parse().unwrap_or(0_u16));
    let mut mouse = |kind| {
        let (column, row) = numbers;
        screen.mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE });
    };
    match name {
        "press" => mouse(MouseEventKind::Down(MouseButton::Left)),
        "drag" => mouse(MouseEventKind::Drag(MouseButton::Left)),
        "release" => mouse(MouseEventKind::Up(MouseButton::Left)),
        "right" => mouse(MouseEventKind::Down(MouseButton::Right)),
        "wheel-down" => mouse(MouseEventKind::ScrollDown),
        "wheel-up" => mouse(MouseEventKind::ScrollUp),
        "size" => screen.resize(numbers.0, numbers.1),
        "paste" => screen.send(Message::Paste(value.replace('_', " "))),
        "reload" => reload(screen, numbers.0),
        _ => panic!("no step is named {name}"),
    }
    screen.draw();
}

/// Shows an index without the entry of a number.
fn reload(screen: &mut Screen, without: u16) {
    let all: Vec<Entry> = screen.index.entries().map(|entry| entry.to_entry()).collect();
    let kept = all.into_iter().enumerate().filter(|(n, _)| *n != usize::from(without));
    screen.index = Index::new(&kept.map(|(_, entry)| entry).collect::<Vec<_>>());
    screen.send(Message::Index(IndexEvent::Grown(screen.index.clone())));
    screen.search_again();
}

fn changed(before: &[Part], after: &[Part]) -> String {
    let is_new = |part: &&Part| {
        let old = before.iter().find(|(name, _)| *name == part.0).map(|(_, value)| value.as_str());
        old.unwrap_or("-") != part.1
    };
    let changed = after.iter().filter(is_new).map(|(name, value)| format!("{name} {value}"));
    changed.collect::<Vec<_>>().join(" · ")
}

fn area(area: Area) -> String {
    format!("{}x{}+{}+{}", area.width, area.height, area.x, area.y)
}

/// The state as text; `-` for nothing.
fn parts(screen: &Screen) -> Vec<Part> {
    let app = &screen.app;
    let (list, answer, layout) = (app.list(), app.answer(), app.layout());
    let hits = list.hits();
    let answer_rows = usize::from(layout.answer.inner.height);
    let or_none = |text: String| if text.is_empty() { "-".to_owned() } else { text };
    let number = |n: usize| if n == 0 { "-".to_owned() } else { n.to_string() };
    let prompt = app.prompt();
    let typed =
        format!("{}|{}", prompt.before_cursor(), &prompt.text()[prompt.before_cursor().len()..]);
    let find = answer.find().map(|find| {
        format!("{:?} {} of {}", find.input.text(), find.current() + 1, find.occurrences().count())
    });
    let entry = app.entry();
    let flags = [
        (app.is_hidden(), "hidden"),
        (app.overview().is_some(), "overview"),
        (app.shows_welcome(), "welcome"),
        (list.is_moved(), "moved"),
        (app.has_read_before(), "read-before"),
        (app.has_recent(), "recent"),
        (app.back_leaves(), "back-leaves"),
        (entry.is_some_and(|entry| app.is_bookmarked(&entry)), "bookmarked"),
        (entry.is_some_and(|entry| app.is_marked(&entry)), "marked"),
        (app.is_waiting(), "waiting"),
    ];
    let flags: Vec<&str> = flags.iter().filter(|(is, _)| *is).map(|(_, name)| *name).collect();
    vec![
        ("mode", format!("{:?}", app.mode())),
        ("prompt", if typed == "|" { "-".into() } else { typed }),
        ("hits", format!("{}/{} {}", hits.matches, hits.total, hits.ready())),
        ("selected", number(list.selected())),
        ("shown", entry.map_or("-".into(), |entry| entry.id().to_owned())),
        (
            "recall",
            entry.and_then(|entry| app.recall(&entry)).map_or("-".into(), |it| format!("{it:?}")),
        ),
        ("flags", or_none(flags.join(" "))),
        ("rows", list_rows(screen)),
        ("top", number(app.answer_top())),
        ("first", or_none(first_line(screen))),
        ("line", number(answer.reading_line(answer_rows).saturating_sub(app.answer_top()))),
        ("find", find.unwrap_or("-".into())),
        ("match", answer.match_place().map_or("-".into(), |at| format!("{}.{}", at.line, at.nth))),
        ("popup", app.popup().map_or("-".into(), popup)),
        (
            "popup rows",
            app.popup_layout()
                .map_or("-".into(), |(open, layout)| visible_rows(open, layout.rows.height)),
        ),
        ("marked", number(app.marked_count())),
        ("list", area(layout.list.inner)),
        ("answer", area(layout.answer.inner)),
        ("notice", app.notice().map_or("-".into(), |notice| notice.text.clone())),
        ("asked for", or_none(screen.commands.iter().map(command).collect::<Vec<_>>().join(", "))),
    ]
}

/// The first and the last visible row of the list, and the rows of more than one line.
fn list_rows(screen: &Screen) -> String {
    let height = usize::from(screen.app.layout().list.inner.height);
    let visible: Vec<_> = screen.app.list().visible_rows(height).collect();
    let (Some(first), Some(last)) = (visible.first(), visible.last()) else { return "-".into() };
    let mut rows = format!("{}-{}", first.rank, last.rank);
    for row in visible.iter().filter(|row| row.height > 1) {
        let divider = if row.divided { "divided " } else { "" };
        write!(rows, ", {divider}{}: {} lines", row.rank, row.height).unwrap();
    }
    rows
}

/// The beginning of the first visible line of the answer.
fn first_line(screen: &Screen) -> String {
    let Area { x, y, width, .. } = screen.app.layout().answer.inner;
    let line = screen.line(y);
    let line = line.chars().skip(usize::from(x)).take(usize::from(width.min(24)));
    line.collect::<String>().trim().to_owned()
}

fn popup(popup: &Popup) -> String {
    let input = popup.input().text();
    let row = popup.get(popup.selected()).map_or("", |row| row.text.as_str());
    format!("{:?} {input:?} {} of {}: {row}", popup.kind, popup.selected() + 1, popup.len())
}

/// The numbers of the rows of a pop-up that are visible, with `#` for a heading.
fn visible_rows(popup: &Popup, height: u16) -> String {
    let line = |line| match line {
        PopupLine::Heading(_) => "#".to_owned(),
        PopupLine::Row(number, _) => number.to_string(),
    };
    popup.visible_lines(usize::from(height)).map(line).collect::<Vec<_>>().join(" ")
}

fn command(command: &Command) -> String {
    match command {
        Command::Save(StateChange::Keep(_)) => "keep".into(),
        Command::Save(change) => format!("save {change:?}"),
        Command::Quit(outcome) => format!("quit {outcome:?}").chars().take(60).collect(),
        Command::Copy { text, what } => {
            format!("copy {what} {:?}", text.chars().take(40).collect::<String>())
        }
        other => format!("{other:?}"),
    }
}

/// More entries than a list shows at once, some with headings, links and long lines.
fn many() -> Vec<Entry> {
    let entry = |n: usize| Entry {
        id: format!("bed{n}"),
        question: format!("What grows in bed {n}?"),
        answer: format!("Mostly *row {n}*, and peas.\n\nPeas again.").repeat(1 + n % 3),
        tags: vec![format!("row{}", n % 4)],
        place: Place { source: "notes/beds.json".into(), line: n as u32 },
        ..Entry::default()
    };
    let guide = "# Digging\n\nDig [deep](#watering), or see [the pond](pond.md#fish), \
                 [a neighbour](#what-grows-in-bed-3), [nothing](#nowhere), \
                 [a letter](mailto:a@example.org) and [a page](//example.org/x).\n\n\
                 ## Watering\n\nTwice.\n\n";
    let guide = guide.to_owned() + &"A line about mulch and mulch.\n\n".repeat(30) + "The end.\n";
    let mut all = entries();
    all.extend((0..30).map(entry));
    let pages: Vec<String> = (0..10).map(|n| format!("[page {n}](p{n}.md)")).collect();
    let pages = pages.join("\n\n");
    all.push(Entry {
        id: "pages".into(),
        question: "Where else?".into(),
        answer: pages,
        ..Entry::default()
    });
    all.push(Entry {
        id: "guide".into(),
        question: "How is a bed prepared?".into(),
        answer: guide,
        url: Some("https://example.org/beds".into()),
        place: Place { source: "notes/beds.json".into(), line: 0 },
        ..Entry::default()
    });
    all
}

fn start(width: u16, height: u16, options: AppOptions) -> Screen {
    let index = Index::new(&many());
    Screen::with(width, height, index, options, ViewOptions::default())
}

#[test]
fn moving_through_the_list() {
    let mut screen = start(100, 20, AppOptions::default());
    let script = "<down> <down> <up> <pgdn> <pgdn> <pgdn> <down> <pgup> <alt-<> <up> <alt->> <down> \
                  bed <down> <pgdn> <pgdn> <pgdn> <pgup> <enter> ] ] [ ] <esc> <backspace> <ctrl-u> \
                  3 <down> <ctrl-w> zzzqq <enter> <down> <esc> <esc>";
    assert_snapshot!("trace_list", trace(&mut screen, script));
}

#[test]
fn reading_an_answer() {
    let mut screen = start(80, 24, AppOptions::default());
    let script = "prepared <enter> j j k d u <space> b G k g k <enter> /mulch <down> <down> <up> <up> \
                  <backspace> <enter> n N n <esc> n <esc> <ctrl-u> mulch <enter> n n N N N G n \
                  /zzz <enter> n <esc> <tab> <shift-down> <shift-up> <ctrl-v> <alt-v> <alt-v> <esc>";
    assert_snapshot!("trace_reading", trace(&mut screen, script));
    let mut screen = start(80, 24, AppOptions { plain: true, ..AppOptions::default() });
    let script = "prepared <down> <enter> j j j k <space> j k k G j g /mulch n <enter> n N <esc> <esc> \
                  <f1> <down> <esc> <ctrl-t> <end> <esc>";
    assert_snapshot!("trace_reading_plain", trace(&mut screen, script));
}

#[test]
fn links_code_and_copies() {
    let mut screen = start(80, 24, AppOptions::default());
    let script = "prepared <enter> o 1 <alt-left> g o 2 o 3 <alt-left> o 4 o 5 o 6 o 7 o 8 <esc> \
                  <esc> <ctrl-u> water <enter> o <down> <enter> o 9 <esc> o 0 <esc> o page <enter> c 1 c \
                  <down> <down> <enter> y Y e m m <ctrl-y> <esc> <ctrl-u> moon <ctrl-y> <enter> \
                  o c <esc> <ctrl-u> zzzqq <ctrl-y> <ctrl-o> <enter> <ctrl-u> else <enter> o 1 <enter> o <pgdn> <enter>";
    assert_snapshot!("trace_links", trace(&mut screen, script));
}

#[test]
fn lists_over_the_panes() {
    let mut screen = start(90, 22, AppOptions::default());
    let script = "<f1> <down> <pgdn> <pgdn> <end> <up> <pgup> <home> <up> scroll <down> <ctrl-u> \
                  <esc> <ctrl-t> row <down> <down> <enter> <ctrl-t> <enter> <ctrl-u> <f2> <f2> \
                  <ctrl-r> moon <enter> <esc> bed <enter> R <down> <enter> <alt-left> <alt-left> \
                  <alt-right> <alt-right> r <down> <enter> <esc> r <esc> <esc> <esc>";
    assert_snapshot!("trace_popups", trace(&mut screen, script));
    let problem = |line| Diagnostic {
        source: "notes/beds.json".into(),
        line,
        column: 2,
        message: format!("a comma is missing on line {line}"),
    };
    for line in 1..4 {
        screen.send(Message::Index(IndexEvent::Diagnostic(problem(line))));
    }
    screen.send(Message::Index(IndexEvent::Unused(problem(9))));
    screen.draw();
    let script = "<f2> <down> <down> <down> <enter> press:3,21 <esc> <f1> q <esc> <f1> <ctrl-c>";
    assert_snapshot!("trace_problems", trace(&mut screen, script));
}

#[test]
fn the_mouse() {
    let mut screen = start(100, 20, AppOptions::default());
    let script = "press:5,6 press:5,3 press:5,19 wheel-down:5,6 wheel-up:5,6 wheel-down:80,6 press:80,6 \
                  wheel-down:80,6 wheel-up:80,6 right:5,5 press:44,5 drag:60,5 drag:20,5 drag:0,5 drag:99,5 \
                  drag:50,5 release: drag:70,5 press:3,1 press:99,19 press:45,2 release: <ctrl-t> press:50,9 \
                  <ctrl-t> wheel-down:50,9 press:1,1 <ctrl-t> press:50,5 <ctrl-u> prepared <enter> press:56,7 \
                  press:58,8 press:70,8";
    assert_snapshot!("trace_mouse", trace(&mut screen, script));
    let mut screen = start(70, 24, AppOptions::default());
    let script =
        "press:5,5 press:5,10 press:5,9 drag:5,15 drag:5,2 drag:5,23 release: drag:5,8 press:5,20";
    assert_snapshot!("trace_mouse_stacked", trace(&mut screen, script));
    let options = AppOptions { prompt_below: true, upwards: true, ..AppOptions::default() };
    let mut screen = start(70, 24, options);
    let script = "<up> <down> <down> <pgup> <pgdn> press:5,20 press:5,15 press:5,17 wheel-up:5,20 \
                  wheel-down:5,20 press:5,13 drag:5,9 release: press:5,22 <alt->> <enter> ] [";
    assert_snapshot!("trace_mouse_upwards", trace(&mut screen, script));
}

#[test]
fn sizes_borders_and_zoom() {
    let mut screen = start(100, 20, AppOptions::default());
    let script = "<enter> > > < < < < < < < < < > z > z z <esc> <esc> size:89,20 size:90,20 size:70,30 \
                  size:70,16 size:70,12 size:70,11 size:70,10 size:19,20 size:20,20 size:60,8 size:60,5 \
                  size:60,4 size:60,3 size:60,2 size:60,1 <enter> size:60,2 size:60,7 size:250,60 z <esc>";
    assert_snapshot!("trace_sizes", trace(&mut screen, script));
}

#[test]
fn learning_and_marks() {
    let used = Some(HashMap::new());
    let options = AppOptions { hide_answers: true, seed: 7, used, ..AppOptions::default() };
    let mut screen = start(80, 24, options);
    let script = "toad <shift-down> <alt-a> <alt-a> <enter> j y ] y G [ + + - m ' <esc> <alt-'> is:n <down> \
                  <enter> + + <esc> <ctrl-u> <alt-x> x x <space> v x <esc> <esc> bed <enter> <esc> <ctrl-u> \
                  toad <enter> <esc> <ctrl-u> half <ctrl-up> <ctrl-up> <ctrl-up> <ctrl-up> <ctrl-down> \
                  <ctrl-down> <ctrl-down> <ctrl-down> <ctrl-up> s <ctrl-down> <esc> <esc>";
    assert_snapshot!("trace_learning", trace(&mut screen, script));
}

#[test]
fn picking_and_editing_the_query() {
    let options = AppOptions {
        pick: true,
        multi: true,
        query: "bed".into(),
        passages: Passages::All,
        ..AppOptions::default()
    };
    let mut screen = start(80, 24, options);
    let script = "<tab> <tab> <up> <tab> <shift-tab> <ctrl-w> peas_again <home> x <ctrl-right> <ctrl-left> \
                  <right> <left> <delete> <alt-d> <end> <backspace> <ctrl-u> paste:two_words <ctrl-left> \
                  <ctrl-u> <esc> bed <tab> <enter>";
    assert_snapshot!("trace_picking", trace(&mut screen, script));
    assert_eq!(screen.app.focus(), Focus::List);
}

#[test]
fn reloads_keep_what_is_read() {
    let mut screen = start(80, 24, AppOptions::default());
    let script = "bed <down> <down> reload:7 reload:9 <enter> <space> reload:0 ] m reload:20 <alt-left> reload:8 \
                  <esc> <ctrl-u> <down> reload:1 R <ctrl-r> reload:0 <esc> <enter> R reload:0 reload:0";
    assert_snapshot!("trace_reloads", trace(&mut screen, script));
}

/// A collection that opens with an overview, and whose hits are not all put in order at first.
#[test]
fn a_large_collection() {
    let entry = |n: usize| Entry {
        id: n.to_string(),
        question: format!("What is question {n}?"),
        answer: "One of many.".into(),
        ..Entry::default()
    };
    let index = Index::new(&(0..5000).map(entry).collect::<Vec<_>>());
    let options = AppOptions { welcome: true, ..AppOptions::default() };
    let mut screen = Screen::with(100, 200, index, options, ViewOptions::default());
    let script = "<tab> <esc> <down> <up> x <ctrl-u> <down> <ctrl-u> question <pgdn> <pgdn> <pgdn> <pgdn> \
                  <pgdn> <pgdn> <pgdn> <alt->> <up> <alt-<> <ctrl-u> <alt->>";
    assert_snapshot!("trace_large", trace(&mut screen, script));
    let mut screen =
        Screen::with(100, 20, screen.index, AppOptions::default(), ViewOptions::default());
    screen.keys("question");
    screen.answers = false;
    let late = trace(&mut screen, "<alt->> <up> <alt->>");
    screen.answer_all();
    assert_snapshot!("trace_large_late", late + &trace(&mut screen, "<up>"));
}
