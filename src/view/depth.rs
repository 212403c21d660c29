//! The colour depth of the terminal, and themes reduced to it.

use super::theme::Theme;
use ratatui::style::{Color, Style};

/// The colours that a terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColorDepth {
    /// 24-bit colours.
    #[default]
    Any,
    /// The 256 colours of xterm.
    Many,
    /// The 16 named colours.
    Sixteen,
}

impl ColorDepth {
    /// The depth according to the variables `COLORTERM` and `TERM`.
    pub fn of(colorterm: &str, term: &str) -> Self {
        if matches!(colorterm, "truecolor" | "24bit") || term.ends_with("-direct") {
            Self::Any
        } else if term.contains("256color") {
            Self::Many
        } else {
            Self::Sixteen
        }
    }

    /// The available colours, and their values in most terminals.
    fn palette(self) -> Vec<(Color, Rgb)> {
        match self {
            Self::Any => Vec::new(),
            Self::Many => {
                let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
                let cube = (0..216).map(|n| [level(n / 36), level(n / 6 % 6), level(n % 6)]);
                let greys = (0..24).map(|n| [8 + 10 * n; 3]);
                (16..=255).map(Color::Indexed).zip(cube.chain(greys)).collect()
            }
            Self::Sixteen => SIXTEEN.to_vec(),
        }
    }

    /// The nearest colour; on a `ground`, the nearest that is readable there.
    fn nearest(self, colour: Color, ground: Option<(Rgb, Rgb)>) -> Color {
        let Some(wanted) = rgb(colour) else { return colour };
        // A colour that is faint on purpose may stay faint.
        let needed = ground.map_or(0.0, |(before, _)| contrast(wanted, before).min(READABLE));
        let legible = |other: Rgb| ground.is_none_or(|(_, now)| contrast(other, now) >= needed);
        let mut palette = self.palette();
        palette.sort_by_key(|(_, other)| distance(wanted, *other));
        let found = palette.iter().find(|(_, other)| legible(*other));
        found.map_or(colour, |(name, _)| *name)
    }
}

impl Theme {
    /// The theme in the available colours; readable text stays readable.
    #[must_use]
    pub fn reduced(mut self, depth: ColorDepth) -> Self {
        if depth == ColorDepth::Any {
            return self;
        }
        let paper = self.text.bg;
        self.each(|style| {
            let ground = style.bg.or(paper);
            let before = ground.and_then(rgb);
            style.bg = style.bg.map(|colour| depth.nearest(colour, None));
            let now =
                ground.map(|colour| depth.nearest(colour, None)).and_then(|c| shown(depth, c));
            style.fg = style.fg.map(|colour| depth.nearest(colour, before.zip(now)));
        });
        self
    }

    /// The theme with terminal colours that are readable on a light background.
    #[must_use]
    pub fn on_light(mut self) -> Self {
        let darker = |colour| match colour {
            Color::Cyan => Color::Blue,
            Color::Yellow | Color::LightMagenta => Color::Magenta,
            other => other,
        };
        self.each(|style: &mut Style| style.fg = style.fg.map(darker));
        self
    }
}

type Rgb = [u8; 3];

/// The minimum contrast of readable text (WCAG 2.2, 1.4.11).
const READABLE: f32 = 3.0;

/// The values of the named colours in xterm.
const SIXTEEN: [(Color, Rgb); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [205, 0, 0]),
    (Color::Green, [0, 205, 0]),
    (Color::Yellow, [205, 205, 0]),
    (Color::Blue, [0, 0, 238]),
    (Color::Magenta, [205, 0, 205]),
    (Color::Cyan, [0, 205, 205]),
    (Color::Gray, [229, 229, 229]),
    (Color::DarkGray, [127, 127, 127]),
    (Color::LightRed, [255, 0, 0]),
    (Color::LightGreen, [0, 255, 0]),
    (Color::LightYellow, [255, 255, 0]),
    (Color::LightBlue, [92, 92, 255]),
    (Color::LightMagenta, [255, 0, 255]),
    (Color::LightCyan, [0, 255, 255]),
    (Color::White, [255, 255, 255]),
];

/// `None` for named colours: only the terminal knows their values.
fn rgb(colour: Color) -> Option<Rgb> {
    if let Color::Rgb(r, g, b) = colour { Some([r, g, b]) } else { None }
}

fn shown(depth: ColorDepth, colour: Color) -> Option<Rgb> {
    depth.palette().into_iter().find(|(name, _)| *name == colour).map(|(_, rgb)| rgb)
}

fn distance(a: Rgb, b: Rgb) -> u32 {
    // The eye distinguishes greens best, then reds.
    let weights = [3, 4, 2];
    (0..3).map(|n| weights[n] * u32::from(a[n].abs_diff(b[n])).pow(2)).sum()
}

/// The contrast from 1 (the same) to 21 (black on white), as in WCAG 2.2.
fn contrast(a: Rgb, b: Rgb) -> f32 {
    let linear = |value: u8| {
        let value = f32::from(value) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let light = |[r, g, b]: Rgb| 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    let (a, b) = (light(a) + 0.05, light(b) + 0.05);
    a.max(b) / a.min(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_depth_is_detected_from_the_environment() {
        assert_eq!(ColorDepth::of("truecolor", "xterm"), ColorDepth::Any);
        assert_eq!(ColorDepth::of("", "xterm-256color"), ColorDepth::Many);
        assert_eq!(ColorDepth::of("", "linux"), ColorDepth::Sixteen);
    }

    #[test]
    fn the_nearest_colour_is_found() {
        let nearest = |depth: ColorDepth, r, g, b| depth.nearest(Color::Rgb(r, g, b), None);
        assert_eq!(nearest(ColorDepth::Sixteen, 10, 10, 10), Color::Black);
        assert_eq!(nearest(ColorDepth::Sixteen, 250, 250, 240), Color::White);
        assert_eq!(nearest(ColorDepth::Sixteen, 190, 20, 30), Color::Red);
        assert_eq!(nearest(ColorDepth::Many, 95, 135, 175), Color::Indexed(67));
        assert_eq!(nearest(ColorDepth::Many, 9, 8, 8), Color::Indexed(232));
        assert_eq!(ColorDepth::Many.nearest(Color::Cyan, None), Color::Cyan);
    }

    #[test]
    fn every_theme_can_be_read_in_any_number_of_colours() {
        for name in Theme::names() {
            for depth in [ColorDepth::Any, ColorDepth::Many, ColorDepth::Sixteen] {
                let mut theme = Theme::named(name).unwrap().reduced(depth);
                let look = |colour| rgb(colour).or_else(|| shown(depth, colour));
                let paper = theme.text.bg.and_then(look);
                let mut seen = 0;
                theme.each(|style| {
                    let ground = style.bg.and_then(look).or(paper);
                    let Some((text, ground)) = style.fg.and_then(look).zip(ground) else { return };
                    seen += 1;
                    let contrast = contrast(text, ground);
                    assert!(contrast >= 3.0, "{name} in {depth:?}: {style:?} has {contrast}");
                });
                assert!(seen > 20 || name == "terminal", "{name} in {depth:?}: {seen}");
            }
        }
    }
}
