//! Anki packages: zip archives that hold an `SQLite` database, both untrusted.
//!
//! The database is unpacked into memory and opened there, so that no temporary file remains. Its
//! schema is not trusted: only tables are read, and the work of a query is limited.

use crate::load::bounded;
use crate::load::input::{Input, ReadSeek};
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, MAIN_DB, Row};
use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;
use std::time::{Duration, Instant};
use zip::{CompressionMethod, ZipArchive};

/// A larger database is not read.
const MAX_DATABASE_BYTES: u64 = 1 << 30;
/// A longer directory of an archive is not read.
const MAX_DIRECTORY_BYTES: u64 = 16 << 20;
const SIGNATURE: &[u8] = b"SQLite format 3\0";
/// Virtual machine instructions of `SQLite` between two checks of the limit.
const INSTRUCTIONS: u64 = 1000;

/// Why a package cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum PackageError {
    #[error("{0}")]
    Io(#[from] io::Error),
    #[error("{0}")]
    Archive(#[from] zip::result::ZipError),
    #[error("{0}")]
    Database(#[from] rusqlite::Error),
    #[error("{0}")]
    Foreign(&'static str),
}

/// A note as it is stored.
pub(super) struct RawNote<'r> {
    pub(super) id: i64,
    /// The id of its note type.
    pub(super) kind: i64,
    /// Its fields, joined by unit separators.
    pub(super) fields: Cow<'r, str>,
    pub(super) tags: Cow<'r, str>,
}

/// The database of a package.
pub(super) struct Database {
    connection: Connection,
    /// In bytes.
    size: u64,
}

impl Database {
    /// Opens a package, or the database of one.
    pub(super) fn open(input: Input) -> Result<Self, PackageError> {
        let is_archive = input.head.starts_with(b"PK");
        let source = input.into_seekable(MAX_DATABASE_BYTES)?;
        let bytes = if is_archive { unpack(source)? } else { read(source)? };
        let mut connection = Connection::open_in_memory()?;
        connection.deserialize_read_exact(MAIN_DB, bytes.as_slice(), bytes.len(), true)?;
        let size = bytes.len() as u64;
        drop(bytes);
        for (setting, value) in [
            (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
            (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
            (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
            (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        ] {
            connection.set_db_config(setting, value)?;
        }
        // No value is longer than the database that holds it.
        let longest = i32::try_from(size).unwrap_or(i32::MAX).max(1 << 20);
        connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, longest)?;
        limit_work(&connection, size)?;
        Ok(Self { connection, size })
    }

    /// Calls `each` with every note, in order.
    pub(super) fn notes(&self, mut each: impl FnMut(&RawNote<'_>)) -> Result<(), PackageError> {
        self.check_table("notes")?;
        // Ordered by row number, which needs no sorting: how much work that is would be up to the
        // database.
        let mut statement = self.connection.prepare("select mid, flds, tags, id from notes")?;
        let mut rows = statement.query([])?;
        let mut left = Allowance::of(self.size);
        while let Some(row) = left.timed(|| rows.next())? {
            let note = RawNote {
                id: integer(row, 3),
                kind: integer(row, 0),
                fields: text(row, 1),
                tags: text(row, 2),
            };
            left.spend(note.fields.len() + note.tags.len())?;
            each(&note);
        }
        Ok(())
    }

    /// Rejects what only looks like a table: a view, a virtual table, computed columns.
    fn check_table(&self, name: &str) -> Result<(), PackageError> {
        let kind = "select type from pragma_table_list where schema = 'main' and name = ?";
        let kind: String = self.connection.query_row(kind, [name], |row| row.get(0)).map_err(
            |error| match error {
                rusqlite::Error::QueryReturnedNoRows => {
                    PackageError::Foreign("the database has no notes")
                }
                other => other.into(),
            },
        )?;
        let computed = "select count(*) from pragma_table_xinfo(?) where hidden > 0";
        let computed: i64 = self.connection.query_row(computed, [name], |row| row.get(0))?;
        if kind != "table" || computed > 0 {
            return Err(PackageError::Foreign("its notes are not a plain table"));
        }
        Ok(())
    }

    /// The field names of each note type, by index: newer packages have tables, older ones JSON in
    /// one cell. Empty if neither can be read.
    pub(super) fn field_names(&self) -> HashMap<(i64, usize), String> {
        let from_tables = || -> Result<HashMap<_, _>, PackageError> {
            self.check_table("fields")?;
            let mut statement = self.connection.prepare("select ntid, ord, name from fields")?;
            let mut rows = statement.query([])?;
            let mut left = Allowance::of(self.size);
            let mut names = HashMap::new();
            while let Some(row) = left.timed(|| rows.next())? {
                let name = text(row, 2);
                left.spend(name.len())?;
                names.insert((integer(row, 0), integer(row, 1) as usize), name.into_owned());
            }
            Ok(names)
        };
        from_tables().or_else(|_| self.names_from_models()).unwrap_or_default()
    }

    fn names_from_models(&self) -> Result<HashMap<(i64, usize), String>, PackageError> {
        self.check_table("col")?;
        let models = "select models from col";
        let models = self.connection.query_row(models, [], |row| Ok(text(row, 0).into_owned()))?;
        let models: serde_json::Value = serde_json::from_str(&models).unwrap_or_default();
        let mut names = HashMap::new();
        for (id, model) in models.as_object().into_iter().flatten() {
            let fields = model["flds"].as_array().into_iter().flatten();
            for (n, field) in fields.enumerate() {
                if let (Ok(id), Some(name)) = (id.parse(), field["name"].as_str()) {
                    names.insert((id, n), name.to_owned());
                }
            }
        }
        Ok(names)
    }
}

/// Interrupts queries after the number of instructions that reading every byte could take.
fn limit_work(connection: &Connection, size: u64) -> rusqlite::Result<()> {
    let mut left = 1_000 + size * 10 / INSTRUCTIONS;
    let spent = move || {
        left = left.saturating_sub(1);
        left == 0
    };
    connection.progress_handler(INSTRUCTIONS as i32, Some(spent))
}

/// The budget for reading a table: a damaged or hostile database refers to the same pages many
/// times.
struct Allowance {
    bytes: u64,
    time: Duration,
}

impl Allowance {
    fn of(size: u64) -> Self {
        let seconds = 1 + size / (16 << 20);
        Self { bytes: size + 4096, time: Duration::from_secs(seconds) }
    }

    fn spend(&mut self, bytes: usize) -> Result<(), PackageError> {
        self.bytes = self.bytes.checked_sub(bytes as u64).ok_or(Self::EXHAUSTED)?;
        Ok(())
    }

    fn timed<T>(&mut self, step: impl FnOnce() -> rusqlite::Result<T>) -> Result<T, PackageError> {
        let start = Instant::now();
        let result = step()?;
        self.time = self.time.checked_sub(start.elapsed()).ok_or(Self::EXHAUSTED)?;
        Ok(result)
    }

    const EXHAUSTED: PackageError =
        PackageError::Foreign("the database repeats itself without end");
}

/// A cell as text, whatever its type.
fn text<'r>(row: &'r Row<'_>, column: usize) -> Cow<'r, str> {
    match row.get_ref(column) {
        Ok(ValueRef::Text(bytes) | ValueRef::Blob(bytes)) => String::from_utf8_lossy(bytes),
        Ok(ValueRef::Integer(number)) => number.to_string().into(),
        Ok(ValueRef::Real(number)) => number.to_string().into(),
        Ok(ValueRef::Null) | Err(_) => Cow::Borrowed(""),
    }
}

fn integer(row: &Row<'_>, column: usize) -> i64 {
    row.get_ref(column).ok().and_then(|cell| cell.as_i64().ok()).unwrap_or_default()
}

/// The newest database of a package; beside it there may be one that only says "please update".
fn unpack(source: Box<dyn ReadSeek>) -> Result<Vec<u8>, PackageError> {
    let left = Rc::new(Cell::new(MAX_DIRECTORY_BYTES));
    let mut archive = ZipArchive::new(Limited { inner: source, left: Rc::clone(&left) })?;
    // What follows is bounded by the unpacked size.
    left.set(u64::MAX);
    for name in ["collection.anki21b", "collection.anki21", "collection.anki2"] {
        let Ok(file) = archive.by_name_raw(name.as_bytes()) else { continue };
        let method = file.compression();
        let reader = bounded::unpack(file, |packed| {
            let inflated: Box<dyn Read> = match method {
                CompressionMethod::Stored => Box::new(packed),
                CompressionMethod::Deflated => Box::new(flate2::read::DeflateDecoder::new(packed)),
                _ => return Err(io::Error::other("it is packed in an unknown way")),
            };
            let is_zstd = name.ends_with('b');
            Ok(if is_zstd { Box::new(zstd::Decoder::new(inflated)?) } else { inflated })
        })?;
        return read(reader);
    }
    Err(PackageError::Foreign("no collection inside"))
}

/// A database, prepared for opening in memory.
fn read(mut reader: impl Read) -> Result<Vec<u8>, PackageError> {
    let mut bytes = Vec::new();
    reader.by_ref().take(100).read_to_end(&mut bytes)?;
    if !bytes.starts_with(SIGNATURE) || bytes.len() < 100 {
        return Err(PackageError::Foreign("its collection is not a database"));
    }
    reader.take(MAX_DATABASE_BYTES).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_DATABASE_BYTES {
        let error = io::Error::new(io::ErrorKind::FileTooLarge, "its collection is too large");
        return Err(error.into());
    }
    // Clears the write-ahead log flag: a database in memory has no log.
    bytes[18..20].copy_from_slice(&[1, 1]);
    Ok(bytes)
}

/// Fails when more than `left` bytes are read.
struct Limited<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let left = self.left.get().checked_sub(read as u64);
        self.left.set(left.ok_or_else(|| io::Error::other("its directory is too long"))?);
        Ok(read)
    }
}

impl<R: Seek> Seek for Limited<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}
