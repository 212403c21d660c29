//! Shows images of answers as pictures, if the terminal supports graphics (feature `images`).
//!
//! A separate thread reads, decodes and encodes them. Only files beside the source are opened,
//! never a network address. Until a picture is ready, or if it cannot be shown, the alternative
//! text of the image is shown.

mod address;
mod decode;

use crate::markup::{ImageCatalogue, ImageRef, ImageSize};
use ratatui::layout::Size;
use ratatui_image::picker::{Picker, ProtocolType};
use ratatui_image::sliced::SlicedProtocol;
use ratatui_image::{FilterType, FontSize, Resize};
use std::collections::VecDeque;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::{env, io, thread};

/// How many pictures are cached: more than one answer shows.
const MAX_REMEMBERED: usize = 16;
/// The maximum rows of a picture.
const MAX_ROWS: u16 = 24;
/// The maximum columns of a picture.
const MAX_COLUMNS: u16 = 100;

/// The graphics protocols that the terminal reported.
#[derive(Debug, Clone, Copy, Default)]
pub struct PictureProtocols {
    /// The Kitty graphics protocol.
    pub kitty: bool,
    /// Sixel graphics.
    pub sixel: bool,
}

/// Pictures by their images, encoded for the terminal.
#[derive(Debug)]
pub struct ImageStore {
    shared: Arc<Shared>,
    work: Mutex<Sender<ImageKey>>,
}

#[derive(Debug, Default)]
struct Shared {
    /// How the terminal draws pictures; `None` if it cannot.
    picker: Mutex<Option<Picker>>,
    /// The pictures, oldest first.
    pictures: Mutex<VecDeque<(ImageKey, Picture)>>,
}

/// An image at a width.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ImageKey {
    source: String,
    address: String,
    columns: u16,
}

impl ImageKey {
    fn is_of(&self, image: ImageRef<'_>) -> bool {
        self.source == image.source
            && self.address == image.address
            && self.columns == image.columns
    }
}

#[derive(Debug, Clone)]
enum Picture {
    /// It is being encoded.
    Pending,
    /// It cannot be shown.
    Failed,
    Ready(Arc<EncodedPicture>),
}

/// A picture encoded for the terminal.
pub struct EncodedPicture(SlicedProtocol);

impl EncodedPicture {
    /// The widget that draws it.
    pub fn protocol(&self) -> &SlicedProtocol {
        &self.0
    }
}

impl fmt::Debug for EncodedPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("EncodedPicture").field(&self.0.size()).finish()
    }
}

impl ImageStore {
    /// An empty store. `file_of` returns the path of the source with a display name. `ready` is
    /// called when laying out again will show a picture. Both are called on a thread of the store.
    pub fn spawn(
        file_of: impl Fn(&str) -> Option<PathBuf> + Send + 'static,
        ready: impl Fn() + Send + 'static,
    ) -> io::Result<Arc<Self>> {
        let shared = Arc::new(Shared::default());
        let (work, jobs) = channel();
        let worker = Worker { shared: Arc::clone(&shared), jobs, file_of, ready };
        thread::Builder::new().name("images".into()).spawn(move || worker.run())?;
        Ok(Arc::new(Self { shared, work: Mutex::new(work) }))
    }

    /// Enables pictures, if the terminal supports graphics and reports the size of its cells in
    /// pixels.
    pub fn enable(&self, protocols: PictureProtocols, cell: Option<(u16, u16)>) {
        let picker = cell.and_then(|(width, height)| picker(protocols, width, height));
        *lock(&self.shared.picker) = picker;
        self.forget();
    }

    /// Drops all pictures, since the terminal may have dropped them too.
    pub fn forget(&self) {
        lock(&self.shared.pictures).clear();
    }

    /// The picture of an image, when it is ready.
    pub fn get(&self, image: ImageRef<'_>) -> Option<Arc<EncodedPicture>> {
        let pictures = lock(&self.shared.pictures);
        let (_, picture) = pictures.iter().find(|(key, _)| key.is_of(image))?;
        match picture {
            Picture::Ready(picture) => Some(Arc::clone(picture)),
            Picture::Pending | Picture::Failed => None,
        }
    }

    fn request(&self, image: ImageRef<'_>) {
        let mut pictures = lock(&self.shared.pictures);
        if pictures.iter().any(|(key, _)| key.is_of(image)) {
            return;
        }
        if pictures.len() == MAX_REMEMBERED {
            pictures.pop_front();
        }
        let key = ImageKey {
            source: image.source.to_owned(),
            address: image.address.to_owned(),
            columns: image.columns,
        };
        pictures.push_back((key.clone(), Picture::Pending));
        // If the worker has ended, there are no more pictures.
        let _ = lock(&self.work).send(key);
    }
}

impl ImageCatalogue for ImageStore {
    fn size(&self, image: ImageRef<'_>) -> Option<ImageSize> {
        lock(&self.shared.picker).as_ref()?;
        let Some(picture) = self.get(image) else {
            self.request(image);
            return None;
        };
        let Size { width, height } = picture.0.size();
        Some(ImageSize { columns: width, rows: height })
    }
}

struct Worker<F, R> {
    shared: Arc<Shared>,
    jobs: Receiver<ImageKey>,
    file_of: F,
    ready: R,
}

impl<F: Fn(&str) -> Option<PathBuf>, R: Fn()> Worker<F, R> {
    /// Runs until the store is dropped.
    fn run(self) {
        while let Ok(key) = self.jobs.recv() {
            let picture = self.picture(&key).map(|picture| Picture::Ready(Arc::new(picture)));
            let is_ready = picture.is_some();
            let mut pictures = lock(&self.shared.pictures);
            if let Some((_, state)) = pictures.iter_mut().find(|(other, _)| *other == key) {
                *state = picture.unwrap_or(Picture::Failed);
            }
            drop(pictures);
            if is_ready {
                (self.ready)();
            }
        }
    }

    fn picture(&self, key: &ImageKey) -> Option<EncodedPicture> {
        let picker = lock(&self.shared.picker).clone()?;
        let relative = address::local_path(&key.address)?;
        let source = (self.file_of)(&key.source)?;
        let path = source.parent().unwrap_or(Path::new("")).join(relative);
        let image = decode::decode(&path)?;
        let natural = Resize::natural_size(&image, picker.font_size());
        let columns = key.columns.min(MAX_COLUMNS);
        let room = Size::new(natural.width.min(columns), natural.height.min(MAX_ROWS));
        if room.width == 0 || room.height == 0 {
            return None;
        }
        let resize = Resize::Fit(Some(FilterType::Triangle));
        let protocol = SlicedProtocol::new_with_resize(&picker, image, room, resize).ok()?;
        let size = protocol.size();
        // The encoder may round up, but not beyond the pane.
        let fits = (1..=columns).contains(&size.width) && (1..=MAX_ROWS).contains(&size.height);
        fits.then_some(EncodedPicture(protocol))
    }
}

/// How pictures are drawn; `None` if the terminal cannot. Some terminals support Kitty's graphics
/// without its placeholders in text, or have faulty Sixels; the protocol of iTerm works better
/// there.
fn picker(protocols: PictureProtocols, width: u16, height: u16) -> Option<Picker> {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    // Konsole (22.12) draws pictures, but does not remove them when text replaces them.
    if width == 0 || height == 0 || is_set("KONSOLE_VERSION") {
        return None;
    }
    #[expect(deprecated, reason = "the other ways read from the terminal, whose input is ours")]
    let mut picker = Picker::from_fontsize(FontSize::new(width, height));
    let prefers_iterm = is_set("WEZTERM_EXECUTABLE");
    let PictureProtocols { kitty, sixel } = protocols;
    match picker.protocol_type() {
        _ if kitty && !prefers_iterm => picker.set_protocol_type(ProtocolType::Kitty),
        ProtocolType::Iterm2 => {}
        _ if sixel && !prefers_iterm => picker.set_protocol_type(ProtocolType::Sixel),
        ProtocolType::Halfblocks | ProtocolType::Kitty | ProtocolType::Sixel => return None,
    }
    Some(picker)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
