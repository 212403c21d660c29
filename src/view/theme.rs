//! The theme: the styles of the parts of the screen.

use super::styles::Styles;
use ratatui::style::{Color, Modifier, Style};

/// A style for each part of the screen. No two states differ only by colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Text without a style of its own.
    pub text: Style,
    /// Less important text: tags, sources, positions.
    pub dim: Style,
    /// The program's name and the titles of panes.
    pub title: Style,
    /// The prompt's mark.
    pub prompt: Style,
    /// The frame of a pane.
    pub border: Style,
    /// The frame of the pane that has the focus.
    pub focus: Style,
    /// The selected row.
    pub selected: Style,
    /// The mark before the selected row.
    pub marker: Style,
    /// Matches of the query.
    pub matched: Style,
    /// Occurrences of the text to find in the answer.
    pub found: Style,
    /// The current occurrence.
    pub current: Style,
    /// Keys in hints and in the help.
    pub key: Style,
    /// A message.
    pub notice: Style,
    /// An error message.
    pub failed: Style,
    /// The styles of answers.
    pub markdown: Styles,
}

impl Theme {
    /// A theme without colours.
    pub fn monochrome() -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let dim = plain.add_modifier(Modifier::DIM);
        Self {
            text: plain,
            dim,
            title: bold,
            prompt: bold,
            border: dim,
            focus: plain,
            selected: plain.add_modifier(Modifier::REVERSED),
            marker: bold.remove_modifier(Modifier::REVERSED),
            matched: bold.add_modifier(Modifier::UNDERLINED),
            found: plain.add_modifier(Modifier::REVERSED),
            current: bold.add_modifier(Modifier::REVERSED | Modifier::UNDERLINED),
            key: bold,
            notice: bold,
            failed: bold.add_modifier(Modifier::REVERSED),
            markdown: Styles::monochrome(),
        }
    }
}

impl Theme {
    /// Applies `change` to every style.
    pub(super) fn each(&mut self, mut change: impl FnMut(&mut Style)) {
        let parts = [
            &mut self.text,
            &mut self.dim,
            &mut self.title,
            &mut self.prompt,
            &mut self.border,
            &mut self.focus,
            &mut self.selected,
            &mut self.marker,
            &mut self.matched,
            &mut self.found,
            &mut self.current,
            &mut self.key,
            &mut self.notice,
            &mut self.failed,
        ];
        parts.into_iter().for_each(&mut change);
        self.markdown.each(change);
    }
}

impl Default for Theme {
    /// Uses the terminal's 16 colours, which fit any light or dark palette. Dim text has no colour
    /// of its own: bright black is the background of common palettes.
    fn default() -> Self {
        let plain = Self::monochrome();
        Self {
            title: plain.title.fg(Color::Cyan),
            prompt: plain.prompt.fg(Color::Cyan),
            focus: plain.focus.fg(Color::Cyan),
            marker: plain.marker.fg(Color::Cyan),
            matched: plain.matched.fg(Color::LightMagenta),
            // The colour of the text below does not matter.
            found: plain.found.fg(Color::Reset),
            current: plain.current.fg(Color::LightMagenta),
            key: plain.key.fg(Color::Cyan),
            failed: plain.notice.fg(Color::Red),
            markdown: Styles::default(),
            ..plain
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Even in coloured code, all occurrences look the same, and the current one differs.
    #[test]
    fn occurrences_do_not_take_the_colour_of_the_text() {
        let theme = Theme::default();
        for theme in [theme.clone(), theme.on_light()] {
            let over = |colour, style| Style::new().fg(colour).patch(style);
            assert_eq!(over(Color::Blue, theme.found), over(Color::Green, theme.found));
            assert_ne!(theme.found.fg, theme.current.fg);
        }
    }
}
