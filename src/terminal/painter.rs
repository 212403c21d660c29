//! Encodes changed cells in as few bytes as possible.
//!
//! A key changes most rows of the list, each in many short runs, and a shorter frame is displayed
//! sooner: a pseudo terminal passes on 4 KB at a time, a remote connection a packet. So attributes
//! are written as differences in one sequence, the sixteen colours by their short parameters, moves
//! to the right relative, and runs of blanks by their length. Everything else is crossterm's.

mod clusters;

use super::FrameBuffer;
use clusters::{Change, Shown, is_cluster, width};
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use std::fmt::{Display, Write as _};
use std::io::{self, Write};

/// From this many on, blank cells are erased (ECH) instead of written.
const ERASED: u16 = 10;

/// A ratatui backend that encodes frames into a [`FrameBuffer`].
pub(super) struct Painter {
    crossterm: CrosstermBackend<FrameBuffer>,
    frame: FrameBuffer,
    shown: Shown,
}

impl Painter {
    /// Draws on a cleared screen of this size.
    pub(super) fn new(frame: &FrameBuffer, size: Size) -> Self {
        let crossterm = CrosstermBackend::new(frame.clone());
        let mut shown = Shown::default();
        shown.clear(size.width, size.height);
        Self { crossterm, frame: frame.clone(), shown }
    }
}

impl Backend for Painter {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let changes: Vec<Change> = content.collect();
        let changes = self.shown.with_repairs(&changes);
        let mut writer = CellWriter::new(&mut self.frame);
        for &(x, y, cell) in &changes {
            writer.cell(x, y, cell)?;
        }
        writer.finish()?;
        let written: Vec<(u16, u16, Cell)> =
            changes.into_iter().map(|(x, y, cell)| (x, y, cell.clone())).collect();
        self.shown.remember(written);
        Ok(())
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
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        let size = self.size()?;
        self.shown.clear(size.width, size.height);
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

/// The graphic rendition (SGR) that the terminal writes with.
#[derive(Clone, Copy, PartialEq)]
struct SgrState {
    fg: Color,
    bg: Color,
    underline: Color,
    modifier: Modifier,
}

impl SgrState {
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

/// Encodes the changed cells of one frame.
struct CellWriter<W> {
    out: W,
    sgr: SgrState,
    /// Column and row of the terminal's cursor.
    cursor: Option<(u16, u16)>,
    /// Whether the cursor's column is certain: terminals differ in the width of characters beyond
    /// ASCII.
    certain: bool,
    /// Pending plain blanks at the cursor.
    blanks: u16,
    /// Buffers for the two encodings of a new state: as a difference, and from the reset state.
    difference: SgrParameters,
    from_reset: SgrParameters,
}

impl<W: Write> CellWriter<W> {
    fn new(out: W) -> Self {
        Self {
            out,
            sgr: SgrState::PLAIN,
            cursor: None,
            certain: false,
            blanks: 0,
            difference: SgrParameters::default(),
            from_reset: SgrParameters::default(),
        }
    }

    fn cell(&mut self, x: u16, y: u16, cell: &Cell) -> io::Result<()> {
        let is_blank = cell.symbol() == " " && SgrState::of(cell) == SgrState::PLAIN;
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
        self.set_sgr(SgrState::of(cell))?;
        if is_cluster(cell.symbol()) && width(cell) > 1 {
            // Where the terminal shows it narrower, nothing of what was there stays.
            write!(self.out, "\x1b[{}X", width(cell))?;
        }
        self.print(cell.symbol())
    }

    fn finish(mut self) -> io::Result<()> {
        self.write_blanks()?;
        self.set_sgr(SgrState::PLAIN)
    }

    fn write_blanks(&mut self) -> io::Result<()> {
        let count = std::mem::take(&mut self.blanks);
        if count > 0 {
            self.set_sgr(SgrState::PLAIN)?;
        }
        if count >= ERASED {
            // ECH does not move the cursor.
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

    /// Sets the SGR state, as a difference or after a reset, whichever is shorter.
    fn set_sgr(&mut self, sgr: SgrState) -> io::Result<()> {
        if sgr == self.sgr {
            return Ok(());
        }
        self.difference.encode(self.sgr, sgr);
        self.from_reset.encode(SgrState::PLAIN, sgr);
        self.sgr = sgr;
        let (difference, from_reset) = (&self.difference.0, &self.from_reset.0);
        let reset = if from_reset.is_empty() { "" } else { "0;" };
        if reset.len() + from_reset.len() < difference.len() {
            write!(self.out, "\x1b[{reset}{from_reset}m")
        } else {
            write!(self.out, "\x1b[{difference}m")
        }
    }
}

/// The attributes, each with the parameter that sets it and the one that resets it.
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

/// Parameters of one SGR sequence (ECMA-48), separated by semicolons.
#[derive(Default)]
struct SgrParameters(String);

impl SgrParameters {
    fn push(&mut self, number: impl Display) {
        let separator = if self.0.is_empty() { "" } else { ";" };
        // Nothing can go wrong in writing to a string.
        let _ = write!(self.0, "{separator}{number}");
    }

    /// Encodes the difference of two states.
    fn encode(&mut self, old: SgrState, new: SgrState) {
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
            // Bold and dim share one reset parameter, and so do both kinds of blinking.
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

    /// A foreground (`base` 30), background (40) or underline (50) colour.
    fn colour(&mut self, colour: Color, base: u8) {
        let large = base + 8;
        match (colour, sixteen(colour)) {
            (Color::Reset, _) => self.push(base + 9),
            (Color::Rgb(red, green, blue), _) => {
                self.push(format_args!("{large};2;{red};{green};{blue}"));
            }
            (Color::Indexed(n), _) => self.push(format_args!("{large};5;{n}")),
            // Underline colours have no short parameters.
            (_, n) if base == UNDERLINE => self.push(format_args!("{large};5;{n}")),
            (_, n @ ..8) => self.push(base + n),
            // The eight bright colours.
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
        // What the terminal of this test supports; of bold and dim it takes one to end the other.
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

    /// Draws screens in turn; gives the terminal's contents and the bytes written.
    fn show(
        screens: &[Buffer],
        backend: impl Fn(&FrameBuffer) -> Option<Painter>,
    ) -> (String, usize) {
        let mut terminal = {
            let cells = |n| std::num::NonZero::new(n).unwrap();
            vt100::Parser::new(cells(AREA.height), cells(AREA.width), 0)
        };
        let frame = FrameBuffer::default();
        let mut before = Buffer::empty(AREA);
        let mut length = 0;
        for screen in screens {
            let cells = before.diff(screen);
            let drawn = match backend(&frame) {
                Some(mut painter) => painter.draw(cells.into_iter()),
                None => CrosstermBackend::new(frame.clone()).draw(cells.into_iter()),
            };
            drawn.unwrap();
            let bytes = frame.0.take();
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
            let (ours, length) = show(&screens, |frame| Some(Painter::new(frame, AREA.as_size())));
            let (theirs, longer) = show(&screens, |_| None);
            prop_assert_eq!(ours, theirs);
            prop_assert!(length < longer, "{} bytes instead of {}", length, longer);
        }
    }

    /// A terminal that shows each character of a cluster in a cell of its own, as tmux 3.3 does.
    struct Splitting {
        cells: Vec<String>,
        at: usize,
    }

    impl Splitting {
        fn process(&mut self, text: &str) {
            let mut rest = text;
            while let Some(c) = rest.chars().next() {
                rest = &rest[c.len_utf8()..];
                if c != '\u{1b}' {
                    self.print(c);
                    continue;
                }
                let end = rest.find(|c: char| c.is_ascii_alphabetic()).unwrap();
                let numbers: Vec<usize> =
                    rest[1..end].split(';').map(|digits| digits.parse().unwrap_or(1)).collect();
                match &rest[end..=end] {
                    "H" => self.at = (numbers[0] - 1) * usize::from(AREA.width) + numbers[1] - 1,
                    "C" => self.at += numbers[0],
                    "X" => self.cells[self.at..][..numbers[0]].fill(" ".into()),
                    _ => {}
                }
                rest = &rest[end + 1..];
            }
        }

        fn print(&mut self, c: char) {
            let width = ratatui::text::Span::raw(c.to_string()).width();
            if width == 0 {
                self.cells[self.at.saturating_sub(1)].push(c);
                return;
            }
            for (n, cell) in self.cells.iter_mut().skip(self.at).take(width).enumerate() {
                *cell = if n == 0 { c.to_string() } else { String::new() };
            }
            self.at = (self.at + width).min(self.cells.len());
        }
    }

    fn shown_by_splitting(screens: &[Buffer]) -> Vec<String> {
        let frame = FrameBuffer::default();
        let mut painter = Painter::new(&frame, AREA.as_size());
        let mut terminal = Splitting { cells: vec![" ".into(); AREA.area() as usize], at: 0 };
        let mut before = Buffer::empty(AREA);
        for screen in screens {
            painter.draw(before.diff(screen).into_iter()).unwrap();
            terminal.process(std::str::from_utf8(&frame.0.take()).unwrap());
            before = screen.clone();
        }
        terminal.cells
    }

    fn a_line_of_clusters() -> impl Strategy<Value = Buffer> {
        let parts = ["a", "plain", " ", "क्षि", "🇩🇪", "👨\u{200d}👩\u{200d}👧", "e\u{301}"];
        let part = proptest::sample::select(parts.to_vec());
        proptest::collection::vec(part, 0..7).prop_map(|parts| {
            let mut buffer = Buffer::empty(AREA);
            buffer.set_string(0, 1, parts.concat(), Style::new());
            buffer
        })
    }

    proptest! {
        #[test]
        fn nothing_of_a_cluster_stays_where_it_took_more_cells_than_believed(
            screens in proptest::collection::vec(a_line_of_clusters(), 2..5),
        ) {
            let last = &screens[screens.len() - 1..];
            prop_assert_eq!(shown_by_splitting(&screens), shown_by_splitting(last));
        }
    }

    #[test]
    fn attributes_take_few_parameters() {
        let sgr = |style: Style| {
            let mut cell = Cell::default();
            SgrState::of(cell.set_style(style))
        };
        let encoded = |old: Style, new: Style| {
            let mut parameters = SgrParameters::default();
            parameters.encode(sgr(old), sgr(new));
            parameters.0
        };
        let bold = Style::new().bold();
        assert_eq!(encoded(Style::new(), bold.magenta().underlined()), "1;4;35");
        assert_eq!(encoded(bold.magenta().underlined(), bold), "24;39");
        assert_eq!(encoded(bold.dim(), bold), "22;1");
        assert_eq!(encoded(Style::new().fg(Color::White), Style::new().bg(Color::White)), "39;107");
        let blinking = Modifier::SLOW_BLINK | Modifier::RAPID_BLINK;
        assert_eq!(
            encoded(Style::new().add_modifier(blinking), Style::new().crossed_out()),
            "25;9"
        );
        assert_eq!(encoded(Style::new(), Style::new().underline_color(Color::Red)), "58;5;1");
    }
}
