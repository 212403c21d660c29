//! Draws the picture that the README shows, from the real screen.
//!
//! `cargo test --test picture -- --ignored` writes `assets/screen.svg`. The same program gives the
//! same bytes: no clock, no thread and no terminal has a part in it.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use std::fmt::Write as _;
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

/// The buffer as a picture of a window with a title bar.
fn svg(buffer: &Buffer, title: &str, cursor: Option<Position>) -> String {
    let area = buffer.area;
    let (width, height) = (
        f32::from(area.width) * CELL.0 + 2.0 * MARGIN,
        f32::from(area.height) * CELL.1 + 2.0 * MARGIN + BAR,
    );
    let mut out = String::new();
    let _ = writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0}" height="{height:.0}" viewBox="0 0 {width:.0} {height:.0}" font-family="ui-monospace, 'DejaVu Sans Mono', 'Liberation Mono', Menlo, Consolas, monospace" font-size="{LETTER}">"#
    );
    let _ = writeln!(out, "<title>{}</title>", escape(title));
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
    for y in area.top()..area.bottom() {
        row(&mut out, buffer, y);
    }
    if let Some(Position { x, y }) = cursor {
        let (x, y) = corner(x, y);
        let _ = writeln!(
            out,
            r#"<rect x="{x:.1}" y="{:.1}" width="2" height="{LETTER:.1}" fill="{FOREGROUND}"/>"#,
            y + 2.5
        );
    }
    out.push_str("</svg>\n");
    out
}

/// The upper left corner of a cell.
fn corner(x: u16, y: u16) -> (f32, f32) {
    (MARGIN + f32::from(x) * CELL.0, MARGIN + BAR + f32::from(y) * CELL.1)
}

/// One row: what looks alike stands in one piece, so that letters keep their distance.
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
    let mut letters = String::new();
    for (n, c) in text.chars().enumerate() {
        // Lines are drawn as lines: a font's own would not meet between the rows.
        let line = (text.width() == text.chars().count()).then(|| line(c)).flatten();
        match line {
            Some(path) => {
                let at = left + n as f32 * CELL.0;
                let _ = writeln!(
                    out,
                    r#"<path transform="translate({at:.1} {top:.1})" d="{path}" fill="none" stroke="{}"/>"#,
                    look.foreground
                );
                letters.push(' ');
            }
            None => letters.push(c),
        }
    }
    let words = letters.trim_end();
    let indent = words.len() - words.trim_start().len();
    let words = words.trim_start();
    if words.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        r#"<text x="{:.1}" y="{:.1}" textLength="{:.1}" xml:space="preserve" fill="{}"{}>{}</text>"#,
        left + indent as f32 * CELL.0,
        top + 14.0,
        words.width() as f32 * CELL.0,
        look.foreground,
        look.extras,
        escape(words)
    );
}

/// The strokes of a box-drawing character inside a cell.
fn line(c: char) -> Option<String> {
    let (right, bottom) = CELL;
    let (middle, centre) = (right / 2.0, bottom / 2.0);
    let to = |up: bool, down: bool, left: bool, right_too: bool| {
        let mut path = String::new();
        for (there, x, y) in [
            (up, middle, 0.0),
            (down, middle, bottom),
            (left, 0.0, centre),
            (right_too, right, centre),
        ] {
            if there {
                let _ = write!(path, "M{middle:.1} {centre:.1}L{x:.1} {y:.1}");
            }
        }
        Some(path)
    };
    match c {
        '─' | '━' => to(false, false, true, true),
        '│' | '┃' => to(true, true, false, false),
        '┌' | '╭' => to(false, true, false, true),
        '┐' | '╮' => to(false, true, true, false),
        '└' | '╰' => to(true, false, false, true),
        '┘' | '╯' => to(true, false, true, false),
        '├' => to(true, true, false, true),
        '┤' => to(true, true, true, false),
        '┬' => to(false, true, true, true),
        '┴' => to(true, false, true, true),
        '┼' => to(true, true, true, true),
        _ => None,
    }
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
fn the_picture_says_what_the_screen_says() {
    let mut buffer = Buffer::with_lines(["┌─ a <b> ─┐", "│ bold    │", "└─────────┘"]);
    buffer[(2, 1)].set_fg(Color::Cyan).modifier.insert(Modifier::BOLD);
    let picture = svg(&buffer, "qa & more", Some(Position::new(7, 1)));
    assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>\n"));
    assert!(picture.contains("<title>qa &amp; more</title>"));
    assert!(picture.contains(">a &lt;b&gt;</text>"));
    assert!(picture.contains(r##"fill="#5cc2c7" font-weight="bold">b</text>"##));
    assert!(!picture.contains('─'), "lines are drawn");
}
