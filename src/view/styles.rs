//! The styles of a theme for the roles of an answer's text, and drawing its lines with them.

use crate::markup::{Line, Role, Roles};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line as StyledLine, Span};
use std::ops::Range;

/// A part of a line's text drawn in another style, such as a match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Overlay {
    /// The byte range in [`Line::text`], at grapheme boundaries.
    pub range: Range<usize>,
    /// The style, on top of the text's own.
    pub style: Style,
}

/// The style of each role, set by a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Styles {
    by_role: [Style; Role::ALL.len()],
}

impl Styles {
    /// Styles that show every role as plain text.
    pub fn plain() -> Self {
        Self { by_role: [Style::new(); Role::ALL.len()] }
    }

    /// Styles without colour: only bold, italic and underlining distinguish the roles.
    pub fn monochrome() -> Self {
        let style = Style::new();
        let bold = style.add_modifier(Modifier::BOLD);
        let dim = style.add_modifier(Modifier::DIM);
        let slanted = style.add_modifier(Modifier::ITALIC);
        let lined = style.add_modifier(Modifier::UNDERLINED);
        Self::plain()
            .with(Role::QuoteBar, dim)
            .with(Role::Heading1, bold.add_modifier(Modifier::UNDERLINED))
            .with(Role::Heading2, bold)
            .with(Role::Heading3, bold)
            .with(Role::Term, bold)
            .with(Role::TableHead, bold)
            .with(Role::TableBorder, dim)
            .with(Role::Rule, dim)
            .with(Role::Alert, bold)
            .with(Role::Strong, bold)
            .with(Role::Emphasis, slanted)
            .with(Role::Strike, style.add_modifier(Modifier::CROSSED_OUT))
            .with(Role::Code, bold)
            .with(Role::CodeBar, dim)
            .with(Role::CodeLabel, dim)
            .with(Role::Continued, dim)
            .with(Role::Kbd, bold)
            .with(Role::Placeholder, lined)
            .with(Role::Link, lined)
            .with(Role::LinkNumber, dim.remove_modifier(Modifier::UNDERLINED))
            .with(Role::Comment, dim)
    }

    /// The style of a role.
    pub fn get(&self, role: Role) -> Style {
        self.by_role[role as usize]
    }

    /// Sets the style of a role.
    pub fn set(&mut self, role: Role, style: Style) {
        self.by_role[role as usize] = style;
    }

    /// Returns the styles with another style for `role`.
    #[must_use]
    pub fn with(mut self, role: Role, style: Style) -> Self {
        self.set(role, style);
        self
    }

    /// Applies `change` to every style.
    pub fn each(&mut self, change: impl FnMut(&mut Style)) {
        self.by_role.iter_mut().for_each(change);
    }

    /// One style for text that has all of `roles`.
    pub fn of(&self, roles: Roles) -> Style {
        roles.iter().fold(Style::new(), |style, role| style.patch(self.get(role)))
    }
}

impl Default for Styles {
    /// Uses the terminal's 16 colours, which fit any light or dark palette.
    fn default() -> Self {
        let colour = |colour| Style::new().fg(colour);
        let mut styles = Self::monochrome();
        for (role, colour) in [
            (Role::Heading1, Color::Cyan),
            (Role::Heading2, Color::Cyan),
            (Role::Heading3, Color::Cyan),
            (Role::Bullet, Color::Cyan),
            (Role::TaskDone, Color::Green),
            (Role::TaskOpen, Color::Yellow),
            (Role::Alert, Color::Yellow),
            (Role::Placeholder, Color::Yellow),
            (Role::Link, Color::Blue),
            (Role::Image, Color::Magenta),
            (Role::Footnote, Color::Cyan),
        ] {
            let style = styles.get(role).fg(colour);
            styles.set(role, style);
        }
        styles
            .with(Role::Code, colour(Color::Green))
            .with(Role::Kbd, Style::new().add_modifier(Modifier::BOLD))
            .with(Role::Keyword, colour(Color::Magenta))
            .with(Role::String, colour(Color::Green))
            .with(Role::Number, colour(Color::Yellow))
            .with(Role::Function, colour(Color::Blue))
            .with(Role::Type, colour(Color::Cyan))
            .with(Role::Inserted, colour(Color::Green))
            .with(Role::Deleted, colour(Color::Red))
    }
}

/// Styles a line of an answer, with `overlays` on top, later ones above earlier ones. Ranges that
/// are not on the text's character boundaries are ignored.
pub(super) fn draw_line<'a>(
    line: &'a Line,
    styles: &Styles,
    overlays: &[Overlay],
) -> StyledLine<'a> {
    let text = line.text();
    let fits = |over: &&Overlay| text.get(over.range.clone()).is_some_and(|t| !t.is_empty());
    let overlays: Vec<&Overlay> = overlays.iter().filter(fits).collect();
    let mut borders: Vec<usize> =
        overlays.iter().flat_map(|over| [over.range.start, over.range.end]).collect();
    borders.sort_unstable();
    let mut spans = Vec::new();
    let mut start = 0;
    for (part, roles) in line.spans() {
        let base = styles.of(roles);
        let part_end = start + part.len();
        let inside: Vec<usize> =
            borders.iter().copied().filter(|&b| start < b && b < part_end).collect();
        for end in inside.into_iter().chain([part_end]) {
            if end == start {
                continue;
            }
            let over = overlays.iter().filter(|o| o.range.start <= start && end <= o.range.end);
            let style = over.fold(base, |style, o| style.patch(o.style));
            spans.push(Span::styled(&text[start..end], style));
            start = end;
        }
    }
    StyledLine::from(spans)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::render;

    #[test]
    fn later_roles_lie_over_earlier_ones() {
        let roles = Roles::from(Role::Link).with(Role::Strong).with(Role::Heading1);
        let style = Styles::default().of(roles);
        assert_eq!(style.fg, Some(Color::Blue));
        assert!(style.add_modifier.contains(Modifier::BOLD | Modifier::UNDERLINED));
    }

    #[test]
    fn overlays_cut_spans() {
        let rendered = render("plain **strong**", 40);
        let over = |range, colour| Overlay { range, style: Style::new().bg(colour) };
        let drawn = draw_line(
            &rendered.lines[0],
            &Styles::monochrome(),
            &[over(3..8, Color::Red), over(7..8, Color::Blue), over(90..99, Color::Red)],
        );
        let parts: Vec<_> = drawn.spans.iter().map(|s| (s.content.as_ref(), s.style.bg)).collect();
        let red = Some(Color::Red);
        assert_eq!(
            parts,
            [("pla", None), ("in ", red), ("s", red), ("t", Some(Color::Blue)), ("rong", None)]
        );
    }
}
