//! Reserves rows for images that the terminal shows as pictures, below their alternative text. An
//! [`ImageCatalogue`] knows their sizes; the view draws them.

use super::page::Page;
use std::fmt::Debug;

/// The most images of an answer that are shown as pictures.
const MAX_IMAGES: usize = 8;

/// An image of an answer: its file is the address, relative to the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ImageRef<'a> {
    /// The display name of the source.
    pub source: &'a str,
    /// The address as written.
    pub address: &'a str,
    /// The columns available for it.
    pub columns: u16,
}

/// The size of a picture in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImageSize {
    /// At most the available columns.
    pub columns: u16,
    /// At least one.
    pub rows: u16,
}

/// Knows which images can be drawn as pictures.
pub trait ImageCatalogue: Debug + Send + Sync {
    /// The size of a picture; `None` if its text is shown instead, perhaps until it is ready. Must
    /// not block.
    fn size(&self, image: ImageRef<'_>) -> Option<ImageSize>;
}

/// The rows that a picture takes in an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageRows {
    /// The address as written.
    pub address: String,
    /// The columns that were available for it.
    pub room: u16,
    /// The first line of the answer that is reserved for it.
    pub line: usize,
    /// The column where it starts.
    pub column: u16,
    /// Its size.
    pub size: ImageSize,
}

/// The images of the answer being laid out.
#[derive(Debug, Default)]
pub(super) struct Images<'a> {
    /// The catalogue, and the source of the answer.
    pub catalogue: Option<(&'a dyn ImageCatalogue, &'a str)>,
    /// Addresses whose text was laid out and whose rows follow.
    pending: Vec<String>,
    pub rows: Vec<ImageRows>,
}

impl Images<'_> {
    /// Records an image in the current text.
    pub fn record(&mut self, address: &str) {
        if self.catalogue.is_some() {
            self.pending.push(address.to_owned());
        }
    }

    /// Drops the recorded images, since their text is not on lines of its own.
    pub fn forget(&mut self) {
        self.pending.clear();
    }

    /// Reserves the rows, below the text.
    pub fn lay_out(&mut self, page: &mut Page) {
        let Some((catalogue, source)) = self.catalogue else { return };
        for address in std::mem::take(&mut self.pending) {
            let room = u16::try_from(page.room()).unwrap_or(u16::MAX);
            let image = ImageRef { source, address: &address, columns: room };
            if self.rows.len() == MAX_IMAGES {
                return;
            }
            let Some(size) = catalogue.size(image) else { continue };
            let line = page.lines.len();
            for _ in 0..size.rows {
                page.blank();
            }
            let column = page.indent() as u16;
            self.rows.push(ImageRows { address, room, line, column, size });
        }
    }
}
