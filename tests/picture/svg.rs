//! Screens as a moving picture: one group of shapes per frame, shown one after the other.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};
use std::fmt::Write as _;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Width and height of a cell, size of a letter, and the room around the screen, in pixels.
const CELL: (f32, f32) = (8.4, 19.0);
const LETTER: f32 = 14.0;
const MARGIN: f32 = 14.0;
const BAR: f32 = 34.0;

const BACKGROUND: &str = "#15181e";
const FOREGROUND: &str = "#d4d8df";
/// A terminal's sixteen colours: black, red, green, yellow, blue, magenta, cyan, grey, then bright.
const PALETTE: [&str; 16] = [
    "#22262e", "#e5707a", "#93c47d", "#e3b85c", "#6aa6e8", "#c08ae0", "#5cc2c7", "#c3c8d0",
    "#717a88", "#f28b94", "#aedd97", "#f3cf7d", "#8fbef5", "#d5a8ef", "#82dbe0", "#f4f6f8",
];

/// A screen, and how long it is shown.
pub struct Frame {
    pub buffer: Buffer,
    pub cursor: Option<Position>,
    pub milliseconds: u32,
}

/// Draws the frames as an animation of a window with a title bar. They are placed side by side, and
/// the window moves from one to the next; repeated rows are drawn once.
pub fn film(frames: &[Frame], title: &str) -> String {
    let area = frames.first().map_or(Rect::ZERO, |frame| frame.buffer.area);
    let (width, height) = (
        f32::from(area.width) * CELL.0 + 2.0 * MARGIN,
        f32::from(area.height) * CELL.1 + 2.0 * MARGIN + BAR,
    );
    let mut out = String::new();
    let _ = writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0}" height="{height:.0}" viewBox="0 0 {width:.0} {height:.0}" font-family="'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace" font-size="{LETTER}">"#
    );
    let _ = writeln!(out, "<title>{}</title>", escape(title));
    out.push_str(&style(frames, width));
    window(&mut out, width, height, title);
    let mut rows: Vec<String> = Vec::new();
    let mut strip = String::new();
    for (n, frame) in frames.iter().enumerate() {
        let _ = write!(strip, r#"<g transform="translate({:.0})">"#, n as f32 * width);
        for y in area.top()..area.bottom() {
            let mut shapes = String::new();
            row(&mut shapes, &frame.buffer, y);
            if shapes.is_empty() {
                continue;
            }
            let number = rows.iter().position(|known| *known == shapes).unwrap_or_else(|| {
                rows.push(shapes);
                rows.len() - 1
            });
            let _ = write!(strip, r##"<use href="#r{number}"/>"##);
        }
        if let Some(Position { x, y }) = frame.cursor {
            let (x, y) = corner(x, y);
            let _ = write!(
                strip,
                r#"<rect x="{x:.1}" y="{:.1}" width="2" height="{LETTER:.1}" fill="{FOREGROUND}"/>"#,
                y + 2.5
            );
        }
        strip.push_str("</g>\n");
    }
    out.push_str("<defs>\n");
    for (number, shapes) in rows.iter().enumerate() {
        let _ = writeln!(out, r#"<g id="r{number}">{shapes}</g>"#);
    }
    let _ = writeln!(out, "</defs>\n<g class=\"film\">\n{strip}</g>\n</svg>");
    out
}

/// The times of the frames. Readers who prefer no motion see the last one.
fn style(frames: &[Frame], width: f32) -> String {
    let whole: u32 = frames.iter().map(|frame| frame.milliseconds).sum();
    let mut keys = String::new();
    let mut before = 0;
    for (n, frame) in frames.iter().enumerate() {
        let percent = before as f32 * 100.0 / whole.max(1) as f32;
        let _ = write!(keys, "{percent:.3}%{{transform:translateX({:.0}px)}}", -(n as f32) * width);
        before += frame.milliseconds;
    }
    let last = -(frames.len().saturating_sub(1) as f32) * width;
    format!(
        "<style>@keyframes film{{{keys}}}.film{{animation:film {whole}ms step-end infinite}}\
         @media (prefers-reduced-motion:reduce){{.film{{animation:none;transform:translateX({last:.0}px)}}}}\
         </style>\n"
    )
}

/// The frame of a window, and its title.
fn window(out: &mut String, width: f32, height: f32, title: &str) {
    let (right, bottom) = (width - 1.0, height - 1.0);
    let _ = writeln!(
        out,
        r##"<rect x="0.5" y="0.5" width="{right:.0}" height="{bottom:.0}" rx="9" fill="{BACKGROUND}" stroke="#3a404b"/>"##
    );
    for (n, colour) in ["#e5707a", "#e3b85c", "#93c47d"].into_iter().enumerate() {
        let x = 22.0 + 20.0 * n as f32;
        let _ = writeln!(out, r#"<circle cx="{x:.0}" cy="19" r="6" fill="{colour}"/>"#);
    }
    let _ = writeln!(
        out,
        r##"<text x="{:.0}" y="24" fill="#8b93a1" text-anchor="middle">{}</text>"##,
        width / 2.0,
        escape(title)
    );
}

/// The upper left corner of a cell.
fn corner(x: u16, y: u16) -> (f32, f32) {
    (MARGIN + f32::from(x) * CELL.0, MARGIN + BAR + f32::from(y) * CELL.1)
}

/// Draws a row: cells of the same style form one piece, so that letters keep their distance.
fn row(out: &mut String, buffer: &Buffer, y: u16) {
    let mut x = buffer.area.left();
    while x < buffer.area.right() {
        let style = Look::of(&buffer[(x, y)]);
        let (start, mut text) = (x, String::new());
        while x < buffer.area.right() && Look::of(&buffer[(x, y)]) == style {
            let symbol = buffer[(x, y)].symbol();
            text.push_str(symbol);
            x += (symbol.width() as u16).max(1);
        }
        piece(out, start, y, &text, &style);
    }
}

fn piece(out: &mut String, x: u16, y: u16, text: &str, look: &Look) {
    let cells = text.width() as f32;
    let (left, top) = corner(x, y);
    if let Some(colour) = &look.background {
        let _ = writeln!(
            out,
            r#"<rect x="{left:.1}" y="{top:.1}" width="{:.1}" height="{:.1}" fill="{colour}"/>"#,
            cells * CELL.0,
            CELL.1
        );
    }
    // Lines are drawn as lines: a font's own would not meet between the rows. Stretches of words
    // that stand apart are put where they belong, whatever width the reader's font has.
    let (mut column, mut words, mut strokes) = (0, String::new(), String::new());
    for grapheme in text.graphemes(true) {
        let line = match grapheme {
            "█" | "▌" => Some(block(grapheme, left + column as f32 * CELL.0, top)),
            _ => line(grapheme, left + column as f32 * CELL.0, top),
        };
        if line.is_some() || (grapheme == " " && (words.is_empty() || words.ends_with(' '))) {
            say(out, left, top, column, &mut words, look);
        } else {
            words.push_str(grapheme);
        }
        strokes.push_str(&line.unwrap_or_default());
        column += grapheme.width();
    }
    say(out, left, top, column, &mut words, look);
    if !strokes.is_empty() {
        let _ = writeln!(out, r#"<path d="{strokes}" stroke="{}"/>"#, look.foreground);
    }
}

/// Writes `words`, which end before `column`, and empties them.
fn say(out: &mut String, left: f32, top: f32, column: usize, words: &mut String, look: &Look) {
    let start = left + (column - words.width()) as f32 * CELL.0;
    let said = words.trim_end();
    if !said.is_empty() {
        let _ = writeln!(
            out,
            r#"<text x="{start:.1}" y="{:.1}" textLength="{:.1}" fill="{}"{}>{}</text>"#,
            top + 14.0,
            said.width() as f32 * CELL.0,
            look.foreground,
            look.extras,
            escape(said)
        );
    }
    words.clear();
}

/// A block in the cell whose corner this is, as the strokes that fill it.
fn block(character: &str, left: f32, top: f32) -> String {
    let columns = if character == "█" { CELL.0 as usize } else { CELL.0 as usize / 2 };
    (0..columns).fold(String::new(), |mut path, n| {
        let x = left + n as f32 + 0.5;
        let _ = write!(path, "M{x:.1} {top:.1}v{:.1}", CELL.1);
        path
    })
}

/// The strokes of a box-drawing character in the cell whose corner this is.
fn line(character: &str, left: f32, top: f32) -> Option<String> {
    // Up, down, left, right.
    let arms = match character {
        "─" | "━" => [false, false, true, true],
        "│" | "┃" => [true, true, false, false],
        "┌" | "╭" => [false, true, false, true],
        "┐" | "╮" => [false, true, true, false],
        "└" | "╰" => [true, false, false, true],
        "┘" | "╯" => [true, false, true, false],
        "├" => [true, true, false, true],
        "┤" => [true, true, true, false],
        "┬" => [false, true, true, true],
        "┴" => [true, false, true, true],
        "┼" => [true; 4],
        _ => return None,
    };
    let (middle, centre) = (left + CELL.0 / 2.0, top + CELL.1 / 2.0);
    let ends = [(middle, top), (middle, top + CELL.1), (left, centre), (left + CELL.0, centre)];
    let mut path = String::new();
    for (_, (x, y)) in arms.into_iter().zip(ends).filter(|(there, _)| *there) {
        let _ = write!(path, "M{middle:.1} {centre:.1}L{x:.1} {y:.1}");
    }
    Some(path)
}

/// How a cell looks, ready to be written.
#[derive(PartialEq)]
struct Look {
    foreground: String,
    background: Option<String>,
    extras: String,
}

impl Look {
    fn of(cell: &Cell) -> Self {
        let mut foreground = colour(cell.fg).unwrap_or_else(|| FOREGROUND.into());
        let mut background = colour(cell.bg);
        if cell.modifier.contains(Modifier::REVERSED) {
            let behind = background.unwrap_or_else(|| BACKGROUND.into());
            background = Some(std::mem::replace(&mut foreground, behind));
        }
        let mut extras = String::new();
        for (modifier, attribute) in [
            (Modifier::BOLD, r#" font-weight="bold""#),
            (Modifier::ITALIC, r#" font-style="italic""#),
            (Modifier::UNDERLINED, r#" text-decoration="underline""#),
            (Modifier::DIM, r#" opacity="0.65""#),
        ] {
            if cell.modifier.contains(modifier) {
                extras.push_str(attribute);
            }
        }
        Self { foreground, background, extras }
    }
}

/// The colour's code; nothing for the terminal's own.
fn colour(colour: Color) -> Option<String> {
    let number = match colour {
        Color::Reset => return None,
        Color::Rgb(r, g, b) => return Some(format!("#{r:02x}{g:02x}{b:02x}")),
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(n) => n,
    };
    Some(match number {
        0..=15 => PALETTE[usize::from(number)].into(),
        16..=231 => {
            let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
            let n = number - 16;
            format!("#{:02x}{:02x}{:02x}", level(n / 36), level(n / 6 % 6), level(n % 6))
        }
        232.. => {
            let grey = 8 + 10 * (number - 232);
            format!("#{grey:02x}{grey:02x}{grey:02x}")
        }
    })
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[test]
fn the_picture_shows_the_text_of_the_screens() {
    let mut buffer = Buffer::with_lines(["┌─ a <b> ─┐", "│ bold    │", "└─────────┘"]);
    buffer[(2, 1)].set_fg(Color::Cyan).modifier.insert(Modifier::BOLD);
    let first =
        Frame { buffer: buffer.clone(), cursor: Some(Position::new(7, 1)), milliseconds: 300 };
    buffer.set_string(2, 1, "else", ratatui::style::Style::new());
    let frames = [first, Frame { buffer, cursor: None, milliseconds: 100 }];
    let picture = film(&frames, "qa & more");
    assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>\n"));
    assert!(picture.contains("<title>qa &amp; more</title>"));
    assert!(picture.contains(r##"fill="#5cc2c7" font-weight="bold">b</text>"##));
    assert!(!picture.contains('─'), "lines are drawn");
    // Rows that both frames have are drawn once.
    assert_eq!(picture.matches(">a &lt;b&gt;</text>").count(), 1);
    assert_eq!(picture.matches(r#"<g id="r"#).count(), 4);
    assert!(picture.contains("75.000%") && picture.contains("animation:film 400ms"));
}
