//! The hits of many queries as they were recorded: order, scores, fields, and what is highlighted.
//!
//! The thresholds of each class allow unintended changes. Here every change of a hit is visible.
//! After an intended change of the ranking, `UPDATE_HITS=1 cargo test --test search_quality`
//! records the hits again; commit the difference with the change.

use super::{SETS, evaluation, index_of, queries_in};
use quick_answer::collection::{Entry, Marks};
use quick_answer::search::{Engine, Hits, Index, Query, related};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

/// How many hits of a query are recorded.
const RECORDED: usize = 6;
/// The share by which a score may differ: other machines round in other places.
const TOLERANCE: f32 = 0.001;

/// Queries with operators, pasted sentences, and words that match in unusual ways.
const FURTHER: &[&str] = &[
    "",
    "b",
    "how do i",
    "the of",
    "fee | deposit",
    "fee || deposit",
    "| fee",
    "fee |",
    "tag:loans | tag:rooms",
    "tag:loans|tag:rooms key",
    "fee | tag:loans !deposit",
    "\"membership fee\" | locker",
    "!\"membership fee\" fee",
    "!fee | locker",
    "!tag:loans borrow",
    "\"repair stand\"",
    "\"repair stan",
    "\"stand repair\"",
    "\"\" fee",
    "'member",
    "'members",
    "'memb",
    "^how card",
    "^card",
    "card$",
    "workshop$ ^is",
    "!card ^what",
    "source:workshop key",
    "source:nowhere key",
    "!source:workshop",
    "tag:",
    "tag:loa",
    "is:",
    "is:b",
    "is:new key",
    "is:foo key",
    "!is:bookmarked chain",
    "sorce:x key",
    "http://example.org/chain",
    "bike-stand",
    "repair-stand book",
    "e-bike",
    "key?",
    "key ?",
    "?",
    "->",
    "chain , wear",
    "fee fee fee",
    "feee",
    "fe",
    "membrship fees du",
    "mmbrshp",
    "wheelbuild",
    "bottombracket",
    "zzzz",
    "zzzz qqqq",
    "zzzz fee",
    "chain cleaning oil dirt",
    "hub gear brake cable chain tyre pump",
    "what do i need to bring when i want to borrow a cargo bike for the weekend",
    "my bike makes a noise when i brake, what can i do about it?",
    "somebody took my bicycle",
    "is there a place where i can leave my things",
    "which tool removes the thing at the back",
    "animals",
    "payment by phone",
    "puncture",
    "children",
    "thief",
    "internet",
    "spokes broken wheel true",
    "woh pays teh fee",
];

fn evaluated(name: &str) -> Vec<String> {
    queries_in(name).into_iter().map(|judged| judged.query).collect()
}

/// The parts of a text that are highlighted.
fn marked(hits: &Hits, text: &str) -> String {
    let part = |range: Range<usize>| &text[range];
    hits.highlighter.ranges(text).into_iter().map(part).collect::<Vec<_>>().join("/")
}

/// A line for a query: the counts, then each hit with its score, its field and whether it matches.
fn line(name: &str, hits: &Hits) -> String {
    let Hits { total, matches, mode, .. } = hits;
    let mut line = format!("{name}\t{:?}\t{total} {matches} {mode:?}", hits.query.text);
    for hit in (0..RECORDED).map_while(|n| hits.get(n)) {
        let entry = hits.index.entry(hit.entry).unwrap();
        let sign = if hit.is_match { '=' } else { '~' };
        write!(line, "\t{} {} {:?}{sign}", entry.id(), hit.score, hit.field).unwrap();
    }
    let first = hits.get(0).and_then(|hit| hits.index.entry(hit.entry));
    if let Some(first) = first.filter(|_| !hits.query.text.is_empty()) {
        let answer: String = first.answer().chars().take(200).collect();
        write!(line, "\t[{}] [{}]", marked(hits, first.question()), marked(hits, &answer)).unwrap();
    }
    for unknown in &hits.unknown_filters {
        let suggested = unknown.suggestion.as_deref().unwrap_or("nothing");
        write!(line, "\tinstead of {}: {suggested}", unknown.text).unwrap();
    }
    line
}

fn search(engine: &mut Engine, query: Query) -> Hits {
    engine.search(&Query { limit: 200, ..query })
}

/// The hits of all queries.
fn hits_now() -> String {
    let mut lines = Vec::new();
    for (name, queries) in SETS {
        let mut engine = Engine::new(index_of(name));
        for text in evaluated(queries) {
            let hits = search(&mut engine, Query { text, ..Query::default() });
            lines.push(line(name, &hits));
        }
    }
    let workshop = index_of("workshop.json");
    let mut engine = Engine::new(workshop.clone());
    let key = |n: u32| workshop.entry(n).map(|entry| entry.key().to_string());
    let marks = Marks { bookmarked: (0..9).filter_map(key).collect(), ..Marks::default() };
    let marks = Arc::new(marks);
    for text in FURTHER {
        for (name, exact, no_meaning) in
            [("usual", false, false), ("exact", true, false), ("no meaning", false, true)]
        {
            let (text, marks) = ((*text).to_owned(), Arc::clone(&marks));
            let query = Query { text, exact, no_meaning, marks, ..Query::default() };
            lines.push(line(name, &search(&mut engine, query)));
        }
    }
    for n in 0..workshop.len() as u32 {
        let id = |n: u32| workshop.entry(n).map_or("", |entry| entry.id());
        let others: Vec<&str> = related(&workshop, n, RECORDED).into_iter().map(id).collect();
        lines.push(format!("related\t{}\t{}", id(n), others.join(" ")));
    }
    lines.join("\n") + "\n"
}

/// Whether two lines are the same except for the rounding of scores.
fn is_same(one: &str, other: &str) -> bool {
    let is_near = |one: &str, other: &str| match (one.parse::<f32>(), other.parse::<f32>()) {
        (Ok(one), Ok(other)) => (one - other).abs() <= TOLERANCE * one.abs().max(other.abs()),
        (_, _) => one == other,
    };
    let mut pairs = one.split(' ').zip(other.split(' '));
    one.split(' ').count() == other.split(' ').count() && pairs.all(|(a, b)| is_near(a, b))
}

#[test]
fn the_hits_of_every_query_are_the_recorded_ones() {
    let path = evaluation("hits.tsv");
    let now = hits_now();
    if std::env::var_os("UPDATE_HITS").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    let recorded = std::fs::read_to_string(&path).unwrap_or_default();
    let others: Vec<String> = recorded
        .lines()
        .zip(now.lines())
        .filter(|(recorded, now)| !is_same(recorded, now))
        .map(|(recorded, now)| format!("- {recorded}\n+ {now}"))
        .collect();
    assert!(
        others.is_empty() && recorded.lines().count() == now.lines().count(),
        "the hits of {} queries changed; if that is meant: UPDATE_HITS=1\n{}",
        others.len(),
        others.join("\n")
    );
}

/// Entries with words of a few letters, so that every word is in many of them.
fn many_entries(count: usize) -> Vec<Entry> {
    const WORDS: &[&str] = &[
        "lathe", "drill", "saw", "glue", "nail", "plank", "vice", "file", "brush", "paint",
        "clamp", "chisel", "gauge", "rasp", "level", "plane",
    ];
    let mut random = 0x2545_f491_u32;
    let mut below = |n: usize| {
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        random as usize % n
    };
    let mut words = |least: usize, most: usize| -> String {
        let count = least + below(most - least);
        // The first words of the list are in more entries than the last ones.
        let word = |_| {
            let most = 1 + below(WORDS.len());
            WORDS[below(most)]
        };
        (0..count).map(word).collect::<Vec<_>>().join(" ")
    };
    let entry = |_| Entry {
        question: words(1, 6),
        answer: words(0, 30),
        place: quick_answer::collection::Place { source: "shed".into(), line: 1 },
        ..Entry::default()
    };
    (0..count).map(entry).collect()
}

/// A condition that every entry meets makes the engine look at each of them; without it, bounds rule
/// out most of a block at once.
#[test]
fn in_a_large_collection_bounds_leave_out_none_of_the_best() {
    let mut engine = Engine::new(Index::new(&many_entries(7000)));
    let mut found = |text: &str, limit: usize| {
        let query = Query { text: text.into(), no_meaning: true, limit, ..Query::default() };
        let hits = engine.search(&query);
        let best: Vec<(u32, f32)> =
            (0..limit).map_while(|n| hits.get(n)).map(|hit| (hit.entry, hit.score)).collect();
        (hits.total, hits.matches, best)
    };
    for text in [
        "lathe",
        "plane",
        "lathe drill",
        "plane level",
        "saw glue",
        "lathe plane rasp",
        "level vice nail",
        "drill saw glue nail plank vice",
        "how do i lathe the plane",
        "lat",
        "pl",
        "gauge lathee",
    ] {
        for limit in [1, 10, 450, 7000] {
            let (total, matches, best) = found(text, limit);
            let each = found(&format!("source:shed {text}"), limit);
            assert_eq!(
                (total, matches, best.len()),
                (each.0, each.1, each.2.len()),
                "{text} {limit}"
            );
            let score = |best: &[(u32, f32)]| best.iter().map(|hit| hit.1).sum::<f32>();
            let (one, other) = (score(&best), score(&each.2));
            assert!((one - other).abs() <= 0.001 * one, "{text} {limit}: {one} {other}");
        }
    }
}
