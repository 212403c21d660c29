//! What holds for any input whatever. The fuzzer (`fuzz/`) looks for inputs for which it does not;
//! `tests/corpus.rs` tries those that it kept.

use quick_answer::collection::{Entry, Place};
use quick_answer::load::{Format, Options, Source, collect, collect_with};
use quick_answer::markup::render;
use quick_answer::search::{Engine, Index, Query};
use quick_answer::text::{columns, fold, sanitise, sanitise_line, words};
use std::collections::HashSet;
use std::io::Write;
use std::sync::OnceLock;

/// Names the input as a file of each kind by its first byte, or leaves the kind to be detected.
pub fn load(data: &[u8]) {
    let Some((&kind, content)) = data.split_first() else { return };
    let formats: Vec<Format> = Format::all().collect();
    let from = formats.get(usize::from(kind)).copied();
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

/// No line is wider than the width, whatever stands in it; find and links stay inside.
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
    let mut used = Engine::new(index.clone());
    for text in texts.split('\0') {
        let query = Query { text: text.into(), limit: 100, ..Query::default() };
        let hits = used.search(&query);
        let found: Vec<u32> =
            (0..hits.ready()).filter_map(|n| hits.get(n)).map(|h| h.entry).collect();
        assert!(hits.ready() <= hits.total.max(100));
        assert!(found.iter().all(|&entry| (entry as usize) < index.len()));
        assert_eq!(found.iter().collect::<HashSet<_>>().len(), found.len(), "an entry twice");
        for &entry in found.iter().take(3) {
            let question = index.entry(entry).expect("a hit is an entry").question().to_owned();
            for range in hits.highlighter.ranges(&question) {
                assert!(question.get(range.start..range.end).is_some(), "half a character");
            }
        }
        let fresh = Engine::new(index.clone()).search(&query);
        let again: Vec<u32> =
            (0..fresh.ready()).filter_map(|n| fresh.get(n)).map(|h| h.entry).collect();
        assert_eq!(found, again, "{text:?} after other queries");
    }
}
