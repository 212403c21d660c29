//! Colours and attributes (SGR), as the shortest parameters.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};
use std::fmt::{Display, Write as _};

/// The graphic rendition (SGR) state of the terminal.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct SgrState {
    fg: Color,
    bg: Color,
    underline: Color,
    modifier: Modifier,
}

impl SgrState {
    pub(super) const PLAIN: Self = Self {
        fg: Color::Reset,
        bg: Color::Reset,
        underline: Color::Reset,
        modifier: Modifier::empty(),
    };

    pub(super) fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, underline: cell.underline_color, modifier: cell.modifier }
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
pub(super) struct SgrParameters(String);

impl SgrParameters {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    fn push(&mut self, number: impl Display) {
        let separator = if self.0.is_empty() { "" } else { ";" };
        // Writing to a string cannot fail.
        let _ = write!(self.0, "{separator}{number}");
    }

    /// Encodes the difference of two states.
    pub(super) fn encode(&mut self, old: SgrState, new: SgrState) {
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
    use ratatui::style::Style;

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
