//! Draws the state, without changing it.
//!
//! The areas come from [`App::layout`], the lines of the answer from [`App::document`].
//! [`ViewState`] has the theme and caches passages, which are expensive to find; the cache never
//! affects the frame.

mod answer;
mod cells;
mod context;
mod depth;
mod hints;
#[cfg(feature = "images")]
mod images;
mod overview;
mod pane;
mod popup;
mod question_list;
mod screen_reader;
mod status;
mod styles;
mod theme;
mod theme_file;
mod welcome;

pub use depth::ColorDepth;
pub use styles::Styles;
pub use theme::Theme;

use crate::app::App;
use crate::keymap::Keymap;
use context::Context;
use question_list::PassageLines;
use ratatui::Frame;
use screen_reader::WrittenLines;

/// The options of drawing.
#[derive(Debug, Clone, Default)]
pub struct ViewOptions {
    /// The theme.
    pub theme: Theme,
    /// The colours of the terminal.
    pub depth: ColorDepth,
    /// Whether the theme is the default one, which adapts to a light background.
    pub adapts: bool,
    /// Whether to use no colours, with any theme.
    pub colourless: bool,
}

impl ViewOptions {
    /// Options for the terminal's own colours, or for none.
    pub fn new(colourless: bool) -> Self {
        let theme = if colourless { Theme::monochrome() } else { Theme::default() };
        Self { theme, colourless, ..Self::default() }
    }
}

/// The options of drawing, and the caches between frames.
#[derive(Debug, Default)]
pub struct ViewState {
    options: ViewOptions,
    passages: PassageLines,
    written: WrittenLines,
    /// Whether the terminal's background is light.
    light: bool,
    /// The index of the theme among all names.
    theme: usize,
    /// The pictures of images.
    #[cfg(feature = "images")]
    images: Option<std::sync::Arc<crate::images::ImageStore>>,
}

impl ViewState {
    /// The state before the first frame.
    pub fn new(mut options: ViewOptions) -> Self {
        let mut theme = 0;
        for (n, name) in Theme::names().enumerate() {
            if Theme::named(name).as_ref() == Some(&options.theme) {
                theme = n;
            }
        }
        options.theme = options.theme.reduced(options.depth);
        Self { options, theme, ..Self::default() }
    }

    /// Switches to the next built-in theme, and returns its name. Without colours there is only
    /// one.
    pub fn next_theme(&mut self) -> &'static str {
        if self.options.colourless {
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

    /// Adds a store of pictures.
    #[cfg(feature = "images")]
    #[must_use]
    pub fn with_images(self, images: std::sync::Arc<crate::images::ImageStore>) -> Self {
        Self { images: Some(images), ..self }
    }

    fn set_theme(&mut self, theme: Theme) {
        self.options.theme = theme.reduced(self.options.depth);
    }

    /// Makes the next frame a full one, after the screen was cleared.
    pub fn repaint(&mut self) {
        self.written.forget();
    }

    /// Adapts to the terminal's background.
    pub fn adapt_to_background(&mut self, light: bool) {
        self.light = light;
        if self.options.adapts {
            let theme = Theme::default();
            self.set_theme(if light { theme.on_light() } else { theme });
        }
    }
}

/// Draws a frame. The state must know its area: send it
/// [`Message::Resized`](crate::app::Message::Resized) first.
pub fn draw(app: &App, keymap: &Keymap, view: &mut ViewState, frame: &mut Frame) {
    let area = frame.area();
    if area.is_empty() {
        return;
    }
    let theme = &view.options.theme;
    frame.buffer_mut().set_style(area, theme.text);
    let context = Context {
        app,
        keymap,
        theme,
        #[cfg(feature = "images")]
        images: view.images.as_deref(),
        layout: app.layout(),
        frame: area,
    };
    answer::draw(&context, frame);
    question_list::draw(&context, &mut view.passages, frame);
    status::draw(&context, frame);
    popup::draw(&context, frame);
    if app.is_plain() {
        let query = match app.popup() {
            Some(popup) => popup.input().text(),
            None => &app.list().hits().query.text,
        };
        view.written.choose(frame.buffer_mut(), query.to_owned());
    }
}
