//! Reads and decodes an image file, within limits of bytes, pixels and memory.

use image::{DynamicImage, ImageFormat, ImageReader, Limits};
use std::fs::{self, File};
use std::io::{Cursor, Read};
use std::path::Path;

/// The most bytes of a file.
const MAX_FILE_BYTES: u64 = 32 << 20;
/// The most pixels of a side.
const MAX_SIDE_PIXELS: u32 = 10_000;
/// The most memory that decoding may take, in bytes.
const MAX_MEMORY: u64 = 192 << 20;

/// Decodes a file, or the first picture of an animation; `None` for anything other than a PNG,
/// JPEG, GIF or WebP image within the limits.
pub(super) fn decode(path: &Path) -> Option<DynamicImage> {
    // Opening a pipe would block.
    let about = fs::metadata(path).ok()?;
    if !about.is_file() || about.len() > MAX_FILE_BYTES {
        return None;
    }
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(MAX_FILE_BYTES).read_to_end(&mut bytes).ok()?;
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let known = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP];
    reader.format().filter(|format| known.contains(format))?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE_PIXELS);
    limits.max_image_height = Some(MAX_SIDE_PIXELS);
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    reader.decode().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_images_within_bounds_are_decoded() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        image::RgbImage::new(3, 2).save(path("good.png")).unwrap();
        assert_eq!(decode(&path("good.png")).map(|image| image.width()), Some(3));
        // The content decides, not the file extension.
        fs::copy(path("good.png"), path("png.txt")).unwrap();
        assert!(decode(&path("png.txt")).is_some());
        let good = fs::read(path("good.png")).unwrap();
        fs::write(path("cut.png"), &good[..good.len() / 2]).unwrap();
        fs::write(path("text.png"), "no picture").unwrap();
        fs::write(path("icon.ico"), [0, 0, 1, 0, 1, 0, 1, 1, 0, 0]).unwrap();
        image::GrayImage::new(MAX_SIDE_PIXELS + 1, 1).save(path("wide.png")).unwrap();
        for name in ["cut.png", "text.png", "icon.ico", "wide.png", "none.png", "."] {
            assert!(decode(&path(name)).is_none(), "{name}");
        }
    }
}
