//! Drawing the state; it never changes it.
//!
//! [`ViewState`] remembers what drawing found out: areas for the mouse, wrapped text. All of it
//! can be thrown away at any time, and the next frame looks the same.

mod answer;
mod cells;
mod depth;
mod layout;

mod mouse;
mod overview;
mod pane;
mod popup;
mod question_list;
mod status;
mod theme;
mod theme_file;

pub use depth::Depth;
pub use theme::Theme;

use crate::app::{App, Measures};
use crate::keymap::Keymap;
use crate::markup::Syntax;
use layout::Areas;
use ratatui::Frame;
use std::cell::Cell;

/// How it is drawn.
#[derive(Debug, Clone, Default)]
pub struct ViewOptions {
    /// No box characters, the cursor on the selected row: for screen readers.
    pub plain: bool,
    /// How everything looks.
    pub theme: Theme,
    /// How many colours the terminal has.
    pub depth: Depth,
    /// Nobody chose the theme: it may fit itself to a light background.
    pub adapts: bool,
    /// Where code gets its colours from.
    pub syntax: Syntax,
}

impl ViewOptions {
    /// The terminal's own colours, or none.
    pub fn new(plain: bool, colourless: bool) -> Self {
        let theme = if colourless { Theme::monochrome() } else { Theme::default() };
        Self { plain, theme, ..Self::default() }
    }
}

/// What drawing remembers between frames.
#[derive(Debug, Default)]
pub struct ViewState {
    /// The keys, for the hints.
    pub keymap: Keymap,
    /// How it is drawn.
    pub options: ViewOptions,
    areas: Areas,
    list: question_list::ListState,
    answer: answer::AnswerState,
    popup: popup::PopupState,
    measures: Measures,
    /// The terminal's background is light.
    light: bool,
    /// The number of the theme among all names.
    theme: usize,
    /// Whether the border between the panes is held by the mouse.
    dragging: Cell<bool>,
}

impl ViewState {
    /// A fresh one.
    pub fn new(keymap: Keymap, mut options: ViewOptions) -> Self {
        let mut theme = 0;
        for (n, name) in Theme::names().enumerate() {
            if Theme::named(name).as_ref() == Some(&options.theme) {
                theme = n;
            }
        }
        options.theme = options.theme.reduced(options.depth);
        options.theme.markdown.drawing = !options.plain;
        Self { keymap, options, theme, ..Self::default() }
    }

    /// What the last draw measured: the runtime sends it as
    /// [`Message::Measured`](crate::app::Message::Measured) after each draw.
    pub fn measures(&self) -> Measures {
        self.measures.clone()
    }

    /// Changes to the next of the themes that come with the program, and gives its name. Without
    /// colours there is only one.
    pub fn next_theme(&mut self) -> &'static str {
        if self.options.theme.matched.fg.is_none() {
            return "monochrome";
        }
        let names: Vec<&str> = Theme::names().collect();
        self.theme = (self.theme + 1) % names.len();
        let name = names[self.theme];
        if let Some(theme) = Theme::named(name) {
            self.set_theme(if self.theme == 0 && self.light { theme.on_light() } else { theme });
        }
        self.options.adapts = false;
        name
    }

    fn set_theme(&mut self, theme: Theme) {
        self.options.theme = theme.reduced(self.options.depth);
        self.options.theme.markdown.drawing = !self.options.plain;
        self.forget();
    }

    /// Takes what the terminal said of its background.
    pub fn fit_background(&mut self, light: bool) {
        self.light = light;
        if light && self.options.adapts {
            self.set_theme(Theme::default().on_light());
        }
    }

    /// Forgets wrapped text: when its colours arrived, or the theme changed.
    pub fn forget(&mut self) {
        self.answer = answer::AnswerState::default();
    }
}

/// Draws one frame.
pub fn draw(app: &App, state: &mut ViewState, frame: &mut Frame) {
    state.measures = Measures::default();
    state.areas = layout::arrange(frame.area(), app, state.options.plain);
    if frame.area().is_empty() {
        return;
    }
    let area = frame.area();
    frame.buffer_mut().set_style(area, state.options.theme.text);
    answer::draw(app, state, frame);
    question_list::draw(app, state, frame);
    state.measures.list_rows = state.list.rows();
    status::draw(app, state, frame);
    popup::draw(app, state, frame);
}
