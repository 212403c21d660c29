//! A cache of vectors on disk, so that a collection need not be encoded at each start.
//!
//! One file per set of sources, with records identified by the content of their texts: only changed
//! entries are encoded again. The format: `QAVECT03`, then little-endian the width of a vector
//! (u32), the number of records (u32), their checksum (u64); each record is the key of a text (u64)
//! and the bytes of its vector. A damaged file is ignored.

use super::super::encoder::SentenceVector;
use super::texts::TextKey;
use crate::load::read_small_file;
use crate::search::index::Index;
use crate::text::{FNV_START, fnv};
use rustc_hash::FxHashMap;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{fs, io};

/// Its number changes with every change of the encoder, whose older vectors would not fit.
const MAGIC: &[u8; 8] = b"QAVECT03";
const HEAD: usize = 24;
/// The largest file that is read: 50,000 entries with a few wordings.
const MAX_FILE: u64 = 100_000_000;
/// The limit of all files together; the least recently used ones are removed first.
const MAX_FOLDER: u64 = 300_000_000;

/// The vectors of the built-in collection: the test `the_built_in_collection_is_encoded_in_advance`
/// describes how to update them.
const BUILT_IN: &[u8] = include_bytes!("../../../../assets/quick-answers.vectors");

/// Vectors by the content of their texts.
#[derive(Default)]
pub(super) struct VectorCache {
    vectors: FxHashMap<TextKey, Cached>,
    file: Option<PathBuf>,
    /// Whether it has vectors that the file lacks.
    grown: bool,
}

struct Cached {
    vector: SentenceVector,
    /// Whether the collection still has the text.
    used: bool,
}

impl VectorCache {
    /// Opens the compiled-in vectors, and those in `folder` for the sources of `index`.
    pub fn open(folder: Option<&Path>, index: &Index) -> Self {
        let file = folder.map(|folder| folder.join(format!("{:016x}.vectors", sources_key(index))));
        let data = file.as_deref().and_then(|file| read(file).ok()).unwrap_or_default();
        let mut vectors = parse(BUILT_IN).unwrap_or_default();
        vectors.extend(parse(&data).unwrap_or_default());
        Self { vectors, file, grown: false }
    }

    /// The vector of a text.
    pub fn get(&mut self, key: TextKey) -> Option<SentenceVector> {
        let cached = self.vectors.get_mut(&key)?;
        cached.used = true;
        Some(cached.vector.clone())
    }

    pub fn insert(&mut self, key: TextKey, vector: SentenceVector) {
        self.grown = true;
        self.vectors.insert(key, Cached { vector, used: true });
    }

    /// Writes the used and added vectors to the file, if there are new ones. Without a folder they
    /// are only kept in memory.
    pub fn save(&mut self) {
        let Some(file) = self.file.as_deref().filter(|_| self.grown) else { return };
        // A cache that cannot be written only costs time.
        if self.write(file).is_ok() {
            self.grown = false;
        }
    }

    fn write(&self, file: &Path) -> io::Result<()> {
        let folder = file.parent().unwrap_or(Path::new("."));
        create_private(folder)?;
        // It is created readable for its owner only.
        let mut temporary = tempfile::NamedTempFile::new_in(folder)?;
        let mut out = BufWriter::new(&mut temporary);
        self.write_to(&mut out)?;
        out.flush()?;
        drop(out);
        temporary.persist(file).map_err(|error| error.error)?;
        shrink(folder, MAX_FOLDER)
    }

    /// Writes the used vectors. They are read twice, since a copy of all would take as much memory as
    /// the vectors.
    fn write_to(&self, out: &mut impl Write) -> io::Result<()> {
        let mut used: Vec<_> = self.vectors.iter().filter(|(_, cached)| cached.used).collect();
        used.sort_by_key(|(key, _)| **key);
        let width = used.first().map_or(0, |(_, cached)| cached.vector.bytes().len());
        let mut record = Vec::with_capacity(8 + width);
        let mut sum = FNV_START;
        for (key, cached) in &used {
            set_record(&mut record, **key, &cached.vector);
            sum = fnv(sum, &record);
        }
        out.write_all(MAGIC)?;
        out.write_all(&(width as u32).to_le_bytes())?;
        out.write_all(&(used.len() as u32).to_le_bytes())?;
        out.write_all(&sum.to_le_bytes())?;
        for (key, cached) in &used {
            set_record(&mut record, **key, &cached.vector);
            out.write_all(&record)?;
        }
        Ok(())
    }
}

/// Sets `record` to that of a vector.
fn set_record(record: &mut Vec<u8>, key: TextKey, vector: &SentenceVector) {
    record.clear();
    record.extend(key.0.to_le_bytes());
    record.extend(vector.bytes().iter().map(|byte| byte.cast_unsigned()));
}

/// Identifies the sources of a collection.
fn sources_key(index: &Index) -> u64 {
    let mut hash = FNV_START;
    let mut last = "";
    for entry in index.entries() {
        let source: &str = entry.source();
        if source != last {
            last = source;
            hash = fnv(fnv(hash, last.as_bytes()), &[0]);
        }
    }
    hash
}

fn parse(data: &[u8]) -> Option<FxHashMap<TextKey, Cached>> {
    let (head, records) = data.split_first_chunk::<HEAD>()?;
    let number = |at: usize| Some(u32::from_le_bytes(*head.get(at..)?.first_chunk()?) as usize);
    let (width, count) = (number(8)?, number(12)?);
    let sum = u64::from_le_bytes(*head[16..].first_chunk()?);
    let whole = head.starts_with(MAGIC)
        && width > 0
        && records.len() == count.checked_mul(8 + width)?
        && fnv(FNV_START, records) == sum;
    let record = |record: &[u8]| {
        let (key, bytes) = record.split_first_chunk()?;
        let vector = bytes.iter().map(|byte| byte.cast_signed()).collect();
        let vector = SentenceVector::from_bytes(vector);
        Some((TextKey(u64::from_le_bytes(*key)), Cached { vector, used: false }))
    };
    whole.then(|| records.chunks_exact(8 + width).filter_map(record).collect())
}

fn read(file: &Path) -> io::Result<Vec<u8>> {
    if fs::metadata(file)?.len() > MAX_FILE {
        return Ok(Vec::new());
    }
    let data = read_small_file(file)?;
    // The time of its last use determines how long it is kept; a file whose time cannot be set is
    // removed earlier.
    let _ =
        fs::File::options().append(true).open(file).and_then(|f| f.set_modified(SystemTime::now()));
    Ok(data)
}

fn create_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Removes the least recently used files, until all together have at most `most` bytes.
fn shrink(folder: &Path, most: u64) -> io::Result<()> {
    let mut files = Vec::new();
    for item in fs::read_dir(folder)? {
        let item = item?;
        let about = item.metadata()?;
        if about.is_file() {
            files.push((about.modified()?, about.len(), item.path()));
        }
    }
    files.sort();
    let mut total: u64 = files.iter().map(|(_, size, _)| size).sum();
    for (_, size, path) in files {
        if total <= most {
            break;
        }
        fs::remove_file(path)?;
        total -= size;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
