//! Bounded decompression: the unpacked size must stay in proportion to the packed size. Every
//! loader decompresses through [`unpack`].

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Bytes that may be unpacked regardless of the packed size.
const ALLOWANCE: u64 = 64 << 20;
/// Further bytes that may be unpacked per packed byte read. Texts and databases compress 3:1 to
/// 10:1, generated texts up to 30:1, decompression bombs 1000:1 and more.
const MAX_RATIO: u64 = 32;

/// Reads the output of `decoder` over `packed`. Beyond the bound it fails with
/// [`io::ErrorKind::FileTooLarge`].
pub(crate) fn unpack<R: Read, D: Read>(
    packed: R,
    decoder: impl FnOnce(Counted<R>) -> io::Result<D>,
) -> io::Result<Unpacked<D>> {
    let consumed = Arc::new(AtomicU64::new(0));
    let counted = Counted { inner: packed, count: Arc::clone(&consumed) };
    Ok(Unpacked { decoder: decoder(counted)?, consumed, produced: 0 })
}

/// Counts the bytes that are read through it.
pub(crate) struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.fetch_add(read as u64, Relaxed);
        Ok(read)
    }
}

/// A decompressor that fails once its output exceeds what its packed bytes allow.
pub(crate) struct Unpacked<D> {
    decoder: D,
    consumed: Arc<AtomicU64>,
    produced: u64,
}

impl<D: Read> Read for Unpacked<D> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.decoder.read(buffer)?;
        self.produced += read as u64;
        let allowed = ALLOWANCE + MAX_RATIO * self.consumed.load(Relaxed);
        if self.produced > allowed {
            let message =
                format!("unpacks to more than {MAX_RATIO} times its size; unpack it to open it");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    fn unpacked(packed: &[u8]) -> (u64, Option<io::ErrorKind>) {
        let mut reader = unpack(packed, |packed| Ok(flate2::read::GzDecoder::new(packed))).unwrap();
        let result = io::copy(&mut reader, &mut io::sink());
        (reader.produced, result.err().map(|error| error.kind()))
    }

    #[test]
    fn a_bomb_is_stopped_and_a_small_source_is_not() {
        let small = gzip(&vec![0; 1 << 20]);
        assert_eq!(unpacked(&small), (1 << 20, None));
        let bomb = gzip(&vec![0; 300 << 20]);
        let (produced, error) = unpacked(&bomb);
        assert_eq!(error, Some(io::ErrorKind::FileTooLarge));
        assert!(produced < ALLOWANCE + (32 << 20), "{produced}");
    }
}
