use super::*;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

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
    // The attributes that the test's terminal supports; bold and dim end each other.
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

/// Draws screens in turn; returns the terminal's contents and the number of bytes written.
fn show(screens: &[Buffer], backend: impl Fn(&FrameBuffer) -> Option<Painter>) -> (String, usize) {
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

/// A terminal that shows each character of a cluster in its own cell, as tmux 3.3 does.
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
    fn no_part_of_a_cluster_stays_where_it_took_more_cells_than_expected(
        screens in proptest::collection::vec(a_line_of_clusters(), 2..5),
    ) {
        let last = &screens[screens.len() - 1..];
        prop_assert_eq!(shown_by_splitting(&screens), shown_by_splitting(last));
    }
}
