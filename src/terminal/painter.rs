//! Writing the cells that changed in as few bytes as a terminal understands.
//!
//! A key changes most rows of the list, each in many short pieces. A frame that is half as long is
//! on the screen sooner: a pseudo terminal hands on 4 KB at a time, a remote connection a packet,
//! and the terminal has to read every byte of it. So this says no more than what changes: one
//! sequence for all attributes together, the short numbers of the sixteen colours, steps to the
//! right instead of a new place, and blank runs by their length. Everything else is crossterm's.

use super::Pen;
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use std::fmt::{Display, Write as _};
use std::io::{self, Write};

/// So many blank cells are shorter to erase than to write.
const ERASED: u16 = 10;

/// A backend of ratatui that draws into a [`Pen`].
pub(super) struct Painter {
    crossterm: CrosstermBackend<Pen>,
    pen: Pen,
}

impl Painter {
    pub(super) fn new(pen: &Pen) -> Self {
        Self { crossterm: CrosstermBackend::new(pen.clone()), pen: pen.clone() }
    }
}

impl Backend for Painter {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut strokes = Strokes::new(&mut self.pen);
        for (x, y, cell) in content {
            strokes.cell(x, y, cell)?;
        }
        strokes.finish()
    }

    fn append_lines(&mut self, n: u16) -> io::Result<()> {
        self.crossterm.append_lines(n)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.crossterm.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.crossterm.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.crossterm.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.crossterm.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.crossterm.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.crossterm.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        self.crossterm.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.crossterm.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What the terminal is set to write with.
#[derive(Clone, Copy, PartialEq)]
struct Ink {
    fg: Color,
    bg: Color,
    underline: Color,
    modifier: Modifier,
}

impl Ink {
    const PLAIN: Self = Self {
        fg: Color::Reset,
        bg: Color::Reset,
        underline: Color::Reset,
        modifier: Modifier::empty(),
    };

    fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, underline: cell.underline_color, modifier: cell.modifier }
    }
}

/// One frame on its way.
struct Strokes<W> {
    out: W,
    ink: Ink,
    /// Where the terminal's cursor should be.
    cursor: Option<(u16, u16)>,
    /// Whether it is there for certain: how wide it takes other characters than ASCII to be, only
    /// the terminal knows.
    certain: bool,
    /// Plain blanks at the cursor that were not written yet.
    blanks: u16,
    /// Room for the two ways to say an ink.
    changed: Numbers,
    afresh: Numbers,
}

impl<W: Write> Strokes<W> {
    fn new(out: W) -> Self {
        Self {
            out,
            ink: Ink::PLAIN,
            cursor: None,
            certain: false,
            blanks: 0,
            changed: Numbers::default(),
            afresh: Numbers::default(),
        }
    }

    fn cell(&mut self, x: u16, y: u16, cell: &Cell) -> io::Result<()> {
        let is_blank = cell.symbol() == " " && Ink::of(cell) == Ink::PLAIN;
        let goes_on = |(at, row)| row == y && at + self.blanks == x;
        if is_blank && self.blanks > 0 && self.cursor.is_some_and(goes_on) {
            self.blanks += 1;
            return Ok(());
        }
        self.write_blanks()?;
        self.go(x, y)?;
        if is_blank {
            self.blanks = 1;
            return Ok(());
        }
        self.dip(Ink::of(cell))?;
        self.print(cell.symbol())
    }

    fn finish(mut self) -> io::Result<()> {
        self.write_blanks()?;
        self.dip(Ink::PLAIN)
    }

    fn write_blanks(&mut self) -> io::Result<()> {
        let count = std::mem::take(&mut self.blanks);
        if count > 0 {
            self.dip(Ink::PLAIN)?;
        }
        if count >= ERASED {
            // The cursor stays in front of what it erases.
            return write!(self.out, "\x1b[{count}X");
        }
        (0..count).try_for_each(|_| self.print(" "))
    }

    fn go(&mut self, x: u16, y: u16) -> io::Result<()> {
        if self.cursor == Some((x, y)) {
            return Ok(());
        }
        let steps = self.cursor.filter(|&(_, row)| row == y).and_then(|(at, _)| x.checked_sub(at));
        self.cursor = Some((x, y));
        match steps.filter(|_| self.certain) {
            Some(1) => return write!(self.out, "\x1b[C"),
            Some(steps) => return write!(self.out, "\x1b[{steps}C"),
            None => self.certain = true,
        }
        write!(self.out, "\x1b[{};{}H", y + 1, x + 1)
    }

    fn print(&mut self, symbol: &str) -> io::Result<()> {
        self.certain &= symbol.len() == 1 && symbol.is_ascii();
        self.cursor = self.cursor.map(|(x, y)| (x + 1, y));
        self.out.write_all(symbol.as_bytes())
    }

    /// Changes the ink, from the old one or from none, whichever is shorter to say.
    fn dip(&mut self, ink: Ink) -> io::Result<()> {
        if ink == self.ink {
            return Ok(());
        }
        self.changed.describe(self.ink, ink);
        self.afresh.describe(Ink::PLAIN, ink);
        self.ink = ink;
        let (changed, afresh) = (&self.changed.0, &self.afresh.0);
        let zero = if afresh.is_empty() { "" } else { "0;" };
        if zero.len() + afresh.len() < changed.len() {
            write!(self.out, "\x1b[{zero}{afresh}m")
        } else {
            write!(self.out, "\x1b[{changed}m")
        }
    }
}

/// The attributes, each with the number that sets it and the one that takes it off.
const ATTRIBUTES: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// Numbers of SGR (ECMA-48), one after the other.
#[derive(Default)]
struct Numbers(String);

impl Numbers {
    fn push(&mut self, number: impl Display) {
        let separator = if self.0.is_empty() { "" } else { ";" };
        // Nothing can go wrong in writing to a string.
        let _ = write!(self.0, "{separator}{number}");
    }

    /// Those that turn one ink into another.
    fn describe(&mut self, old: Ink, new: Ink) {
        self.0.clear();
        let gone = old.modifier - new.modifier;
        let mut taken = 0;
        for (modifier, _, off) in ATTRIBUTES {
            if gone.contains(modifier) && taken != off {
                self.push(off);
                taken = off;
            }
        }
        for (modifier, on, off) in ATTRIBUTES {
            // Bold and dim, and both kinds of blinking, are taken off together.
            let shares = |(other, _, with): (Modifier, u8, u8)| with == off && gone.contains(other);
            let stays = old.modifier.contains(modifier) && !ATTRIBUTES.into_iter().any(shares);
            if new.modifier.contains(modifier) && !stays {
                self.push(on);
            }
        }
        if old.fg != new.fg {
            self.colour(new.fg, 30);
        }
        if old.bg != new.bg {
            self.colour(new.bg, 40);
        }
        if old.underline != new.underline {
            self.colour(new.underline, UNDERLINE);
        }
    }

    /// A colour of the text (`base` 30), behind it (40) or of the line under it.
    fn colour(&mut self, colour: Color, base: u8) {
        let large = base + 8;
        match (colour, sixteen(colour)) {
            (Color::Reset, _) => self.push(base + 9),
            (Color::Rgb(red, green, blue), _) => {
                self.push(format_args!("{large};2;{red};{green};{blue}"));
            }
            (Color::Indexed(n), _) => self.push(format_args!("{large};5;{n}")),
            // Lines know no short numbers.
            (_, n) if base == UNDERLINE => self.push(format_args!("{large};5;{n}")),
            (_, n @ ..8) => self.push(base + n),
            // The brighter eight have numbers of their own.
            (_, n) => self.push(base + 52 + n),
        }
    }
}

const UNDERLINE: u8 = 50;

/// The number of one of the sixteen colours.
fn sixteen(colour: Color) -> u8 {
    match colour {
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
        Color::Black | Color::Reset | Color::Rgb(..) | Color::Indexed(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    const AREA: Rect = Rect { x: 0, y: 0, width: 30, height: 4 };

    fn a_style() -> impl Strategy<Value = Style> {
        let colours = [
            Color::Reset,
            Color::Reset,
            Color::Black,
            Color::Magenta,
            Color::DarkGray,
            Color::White,
            Color::Indexed(99),
            Color::Rgb(1, 2, 3),
        ];
        let colour = || proptest::sample::select(colours.to_vec());
        // What the terminal of this test knows; of bold and dim it takes one to end the other.
        let known = Modifier::BOLD | Modifier::ITALIC | Modifier::UNDERLINED | Modifier::REVERSED;
        (colour(), colour(), any::<u16>(), 0..3).prop_map(move |(fg, bg, bits, plain)| {
            let modifier = Modifier::from_bits_truncate(bits) & known;
            let style = Style::new().fg(fg).bg(bg).add_modifier(modifier);
            if plain == 0 { Style::new() } else { style }
        })
    }

    fn a_screen() -> impl Strategy<Value = Buffer> {
        let text = "[a-c ]{1,6}| {8,20}|[─é漢]{1,3}";
        let piece = (0..AREA.width, 0..AREA.height, text, a_style());
        proptest::collection::vec(piece, 0..12).prop_map(|pieces| {
            let mut buffer = Buffer::empty(AREA);
            for (x, y, text, style) in pieces {
                buffer.set_string(x, y, text, style);
            }
            buffer
        })
    }

    /// Shows screens one after the other; gives what the terminal shows in the end.
    fn show(screens: &[Buffer], backend: impl Fn(&Pen) -> Option<Painter>) -> (String, usize) {
        let mut terminal = {
            let cells = |n| std::num::NonZero::new(n).unwrap();
            vt100::Parser::new(cells(AREA.height), cells(AREA.width), 0)
        };
        let pen = Pen::default();
        let mut before = Buffer::empty(AREA);
        let mut length = 0;
        for screen in screens {
            let cells = before.diff(screen);
            let drawn = match backend(&pen) {
                Some(mut painter) => painter.draw(cells.into_iter()),
                None => CrosstermBackend::new(pen.clone()).draw(cells.into_iter()),
            };
            drawn.unwrap();
            let bytes = pen.0.take();
            length += bytes.len();
            terminal.process(&bytes);
            before = screen.clone();
        }
        let cell = |n: u16| {
            let cell = terminal.screen().cell(n / AREA.width, n % AREA.width).unwrap();
            let text = if cell.contents().is_empty() { " " } else { cell.contents() };
            let attributes = [cell.bold(), cell.italic(), cell.underline(), cell.inverse()];
            format!("{text} {:?} {:?} {attributes:?}\n", cell.fgcolor(), cell.bgcolor())
        };
        ((0..AREA.width * AREA.height).map(cell).collect(), length)
    }

    proptest! {
        #[test]
        fn shows_what_crossterm_shows_in_fewer_bytes(
            screens in proptest::collection::vec(a_screen(), 1..5),
        ) {
            let (ours, length) = show(&screens, |pen| Some(Painter::new(pen)));
            let (theirs, longer) = show(&screens, |_| None);
            prop_assert_eq!(ours, theirs);
            prop_assert!(length < longer, "{} bytes instead of {}", length, longer);
        }
    }

    #[test]
    fn an_ink_is_said_in_few_numbers() {
        let ink = |style: Style| {
            let mut cell = Cell::default();
            Ink::of(cell.set_style(style))
        };
        let said = |old: Style, new: Style| {
            let mut numbers = Numbers::default();
            numbers.describe(ink(old), ink(new));
            numbers.0
        };
        let bold = Style::new().bold();
        assert_eq!(said(Style::new(), bold.magenta().underlined()), "1;4;35");
        assert_eq!(said(bold.magenta().underlined(), bold), "24;39");
        assert_eq!(said(bold.dim(), bold), "22;1");
        assert_eq!(said(Style::new().fg(Color::White), Style::new().bg(Color::White)), "39;107");
        let blinking = Modifier::SLOW_BLINK | Modifier::RAPID_BLINK;
        assert_eq!(said(Style::new().add_modifier(blinking), Style::new().crossed_out()), "25;9");
        assert_eq!(said(Style::new(), Style::new().underline_color(Color::Red)), "58;5;1");
    }
}
