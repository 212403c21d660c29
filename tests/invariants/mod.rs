//! Properties that hold for any input. The fuzzer (`fuzz/`) searches for counterexamples;
//! `tests/corpus.rs` runs those that it kept.

use quick_answer::collection::{Entry, EntryStore, Place};
use quick_answer::load::{Format, Options, Sink, Source, collect, collect_with};
use quick_answer::markup::render;
use quick_answer::search::{Engine, Index, IndexEvent, Indexer, Query};
use quick_answer::text::{columns, fold, sanitise, sanitise_line, words};
use std::collections::HashSet;
use std::io::Write;
use std::sync::{Mutex, OnceLock, PoisonError};

/// A source of the format, or of the one that is detected, loads or is an error. Nothing unsafe
/// comes out of it.
pub fn load(from: Option<Format>, content: &[u8]) {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(content).expect("a temporary file takes the input");
    let options = Options { from, ..Options::default() };
    let source = [Source::Path(file.path().into())];
    let texts = |entry: &Entry| {
        let Entry { id, question, answer, tags, aliases, url, .. } = entry.clone();
        [vec![id, question, answer], tags, aliases, url.into_iter().collect()].concat()
    };
    match collect_with(&source, &options) {
        Ok((collection, problems)) => {
            for entry in &collection.entries {
                assert!(!entry.question.trim().is_empty(), "an entry without a question");
                assert!(texts(entry).iter().all(|text| is_safe(text)), "{entry:?}");
            }
            assert!(problems.iter().all(|problem| is_safe(&problem.to_string())));
        }
        Err(error) => assert!(is_safe(&error.to_string()), "{error:?}"),
    }
}

/// A text that is read in pieces, which the first byte says the size of, loads as well: nothing
/// unsafe comes out, and every entry stands on a line of the text.
pub fn pieces(from: Option<Format>, data: &[u8]) {
    let Some((&size, content)) = data.split_first() else { return };
    let options = Options { from, piece_size: Some(usize::from(size) + 16), ..Options::default() };
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(content).expect("a temporary file takes the input");
    let lines = content.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
    if let Ok((collection, _)) = collect_with(&[Source::Path(file.path().into())], &options) {
        for entry in &collection.entries {
            assert!(!entry.question.trim().is_empty(), "an entry without a question");
            assert!(is_safe(&entry.question) && is_safe(&entry.answer), "{entry:?}");
            assert!(entry.place.line as usize <= lines, "{entry:?}");
        }
    }
}

/// The same of what is packed in each way that can be opened. The first byte chooses the packing, so
/// that the content changes without breaking a checksum.
pub fn package(data: &[u8]) {
    let Some((&packing, content)) = data.split_first() else { return };
    let packed = match packing % 5 {
        0 => content.to_vec(),
        1 => {
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(content).expect("memory takes the input");
            encoder.finish().expect("memory takes the input")
        }
        2 => zstd::encode_all(content, 1).expect("memory takes the input"),
        3 => archive("collection.anki2", content),
        _ => {
            let content = zstd::encode_all(content, 1).expect("memory takes the input");
            archive("collection.anki21b", &content)
        }
    };
    load(None, &packed);
}

#[cfg(feature = "anki")]
fn archive(name: &str, content: &[u8]) -> Vec<u8> {
    use zip::write::{SimpleFileOptions, ZipWriter};
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file(name, stored).expect("memory takes the input");
    archive.write_all(content).expect("memory takes the input");
    archive.finish().expect("memory takes the input").into_inner()
}

#[cfg(not(feature = "anki"))]
fn archive(_: &str, content: &[u8]) -> Vec<u8> {
    content.to_vec()
}

/// No control but line feeds and tabs, no direction control, nothing invisible that hides a text.
fn is_safe(text: &str) -> bool {
    !text.contains(|c: char| {
        c.is_control() && !matches!(c, '\n' | '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{feff}'
                | '\u{2028}' | '\u{2029}' | '\u{e0000}'..='\u{e007f}')
    })
}

/// The sanitiser lets nothing unsafe through, and a second time changes nothing.
pub fn sanitised(text: &str) {
    let once = sanitise(text.into());
    assert!(is_safe(&once), "{once:?}");
    assert_eq!(sanitise(once.as_ref().into()), once);
    let line = sanitise_line(text.into());
    assert!(is_safe(&line) && !line.contains('\n'), "{line:?}");
    let folded = fold(text);
    assert_eq!(fold(&folded), folded, "folding twice");
    words(text, |word| assert!(text.get(word.range.clone()).is_some(), "half a character"));
}

/// No line is wider than the width, for any content; find and links stay inside.
pub fn layout(data: &[u8]) {
    let Some((&width, text)) = data.split_first() else { return };
    let text = sanitise(String::from_utf8_lossy(text)).into_owned();
    let width = u16::from(width % 100) + 2;
    let rendered = render(&text, width);
    for n in 0..rendered.len() {
        let line = rendered.text(n);
        // A character of two columns may be all that a narrow cell has.
        assert!(columns(line) <= usize::from(width).max(20), "{line:?} at {width}");
        for column in 0..usize::from(width) {
            let _ = rendered.link_at(n, column);
        }
    }
    let needle: String = text.chars().take(3).collect();
    let finds = rendered.find(&needle);
    for n in 0..rendered.len() {
        let _ = rendered.found_on(&finds, n);
    }
}

/// One engine that is used again and one that is new for each query.
static ENGINES: Mutex<Option<[Engine; 2]>> = Mutex::new(None);

/// The hits are entries, none of them twice, and those of an engine that never searched before.
pub fn query(texts: &str) {
    static INDEX: OnceLock<Index> = OnceLock::new();
    let index = INDEX.get_or_init(|| {
        let built_in = collect(&[Source::BuiltIn]).expect("the built-in collection loads");
        let mut entries = built_in.0.entries;
        let more =
            ["如何泡茶？", "Сколько ждать?", "What does `===` mean?", "Straße 🌱 café", "a b c"];
        entries.extend(more.map(|question| Entry {
            question: question.into(),
            answer: "Boil the water.".into(),
            tags: vec!["tea".into()],
            place: Place::default(),
            ..Entry::default()
        }));
        Index::new(&entries)
    });
    // Starting the threads of an engine takes longer than most queries.
    let mut engines = ENGINES.lock().unwrap_or_else(PoisonError::into_inner);
    let [used, fresh] = engines.get_or_insert_with(|| [0, 1].map(|_| Engine::new(index.clone())));
    used.set_index(index.clone());
    for text in texts.split('\0') {
        let query = Query { text: text.into(), limit: 100, ..Query::default() };
        let hits = used.search(&query);
        let found = numbers(&hits);
        assert!(hits.ready() <= hits.total.max(100));
        assert!(found.iter().all(|&entry| (entry as usize) < index.len()));
        assert_eq!(found.iter().collect::<HashSet<_>>().len(), found.len(), "an entry twice");
        for &entry in found.iter().take(3) {
            let question = index.entry(entry).expect("a hit is an entry").question().to_owned();
            for range in hits.highlighter.ranges(&question) {
                assert!(question.get(range.start..range.end).is_some(), "half a character");
            }
        }
        fresh.set_index(index.clone());
        let again = numbers(&fresh.search(&query));
        assert_eq!(found, again, "{text:?} after other queries");
    }
}

/// An index built from parts finds what one built at once finds, a question is found by its own
/// words, and what is found does not depend on the queries before. The first text is the query, the
/// others are questions with answers.
pub fn engine(texts: &str) {
    let mut texts = texts.split('\0').map(|text| sanitise(text.into()).into_owned());
    let query = texts.next().unwrap_or_default();
    let entries: Vec<Entry> = texts
        .take(50)
        .filter_map(|text| {
            let (question, answer) = text.split_once('\n').unwrap_or((&text, ""));
            let question = sanitise_line(question.into()).trim().to_owned();
            let answer = answer.to_owned();
            (!question.is_empty()).then(|| Entry { question, answer, ..Entry::default() })
        })
        .collect();
    let whole = Index::new(&entries);
    assert_eq!(whole.len(), entries.len());
    let grown = Mutex::new(Index::default());
    let indexer = Indexer::new(|event| {
        if let IndexEvent::Grown(index) = event {
            *grown.lock().expect("no thread panicked") = index;
        }
    });
    for (number, part) in entries.chunks(7).enumerate() {
        indexer.entries(number, EntryStore::new(part));
    }
    let parts = indexer.finish();
    let mut engine = Engine::new(whole.clone());
    for text in [&query, ""].into_iter().chain(entries.iter().map(|entry| &*entry.question).take(9))
    {
        let query = Query { text: text.into(), limit: 100, no_meaning: true, ..Query::default() };
        let found = numbers(&engine.search(&query));
        assert!(found.iter().all(|&entry| (entry as usize) < entries.len()));
        assert_eq!(found, numbers(&Engine::new(whole.clone()).search(&query)), "{text:?} again");
        assert_eq!(found, numbers(&Engine::new(parts.clone()).search(&query)), "{text:?} in parts");
        if text.is_empty() {
            assert_eq!(found.len(), entries.len(), "no query shows everything");
        }
    }
}

fn numbers(hits: &quick_answer::search::Hits) -> Vec<u32> {
    (0..hits.ready()).filter_map(|n| hits.get(n)).map(|hit| hit.entry).collect()
}

/// The keys do not depend on the pieces in which their bytes arrive, and are no more than the bytes.
/// The first byte says how long the pieces are.
#[cfg(all(unix, feature = "tui"))]
pub fn keys(data: &[u8]) {
    let Some((&size, input)) = data.split_first() else { return };
    for asked in [false, true] {
        let whole = quick_answer::terminal::decode([input], asked);
        assert!(whole.len() <= input.len());
        let pieces = input.chunks(usize::from(size % 16) + 1);
        assert_eq!(whole, quick_answer::terminal::decode(pieces, asked));
    }
}
