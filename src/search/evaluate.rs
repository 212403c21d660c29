//! One term against every entry: which have it, and how well.

use super::dictionary::Dictionary;
use super::grade::{Grader, STEM, Tolerance};
use super::index::Index;
use super::language::Language;
use super::postings::{NOTES, Postings};
use super::query::Term;
use super::segment::{IN_ALIAS, IN_QUESTION, IN_TAG, Segment};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Where a clause of a query matches, in all segments.
#[derive(Debug)]
pub(super) struct Matches {
    pub segments: Vec<SegmentMatches>,
    /// The graders that found them, for ranking and highlighting.
    pub graders: Vec<Arc<Grader>>,
    /// How much it tells that an entry has it: the inverse document frequency.
    pub weight: f32,
    /// The word of the collection that matches best, with its grade.
    pub best_word: Option<(u8, Box<str>)>,
    /// Whether a question, another wording or a tag has a term or one of its forms.
    pub is_asked: bool,
}

/// Where a clause matches in one segment.
#[derive(Debug, Default)]
pub(super) struct SegmentMatches {
    /// For each entry the grade in its question, other wordings or tags; empty if none matches.
    pub head: Vec<u8>,
    /// For each entry the grade in its answer; empty if none matches.
    pub body: Vec<u8>,
    /// The entries that match, in no order, if they are few.
    pub few: Option<Vec<u32>>,
}

/// Entries that match are listed if they are fewer than one in this many.
const FEW: usize = 32;
/// Other wordings and tags count nearly as much as the question.
const ALIAS_SHARE: f32 = 0.95;
const TAG_SHARE: f32 = 0.75;
/// Letters in order across a whole question: the last resort, in collections small enough.
const ACROSS_AT_MOST: usize = 200_000;
const ACROSS: f32 = 60.0;

impl Matches {
    /// Matches a clause, which is any of some terms. Unless `fuzzy`, typos and letters in order are only tried for a term that
    /// no entry has in any form.
    pub fn of(terms: &[Term], fuzzy: bool, index: &Index, spare: &Spare) -> Self {
        let mut found = Self {
            segments: index.segments().map(|_| SegmentMatches::default()).collect(),
            graders: Vec::new(),
            weight: 0.0,
            best_word: None,
            is_asked: false,
        };
        let mut telling = 0;
        for term in terms {
            telling += found.add(term, fuzzy, index, spare);
        }
        let total = index.len() as f32;
        let having = (telling as f32).clamp(1.0, total.max(1.0));
        found.weight = (1.0 + (total - having + 0.5) / (having + 0.5)).ln();
        found
    }

    /// Adds the matches of one term; gives the number of entries that tell its rarity.
    fn add(&mut self, term: &Term, fuzzy: bool, index: &Index, spare: &Spare) -> usize {
        let language = index.language();
        let ladder: &[(Tolerance, Language)] = match (term.exact, term.typed, fuzzy) {
            (true, false, _) => &[(Tolerance::Exact, language)],
            (true, true, _) => {
                &[(Tolerance::Exact, language), (Tolerance::Forms, Language::Unknown)]
            }
            (false, _, false) => &[(Tolerance::Forms, language), (Tolerance::Fuzzy, language)],
            (false, _, true) => &[(Tolerance::Fuzzy, language)],
        };
        for &(tolerance, language) in ladder {
            let mut grader = Grader::new(&term.word, term.typed, tolerance, language);
            grader.complete(dictionaries(index));
            let found = find(&grader, index, spare);
            if found.words > 0 {
                return self.take(found, grader);
            }
        }
        let across = !term.exact && term.word.chars().count() >= 3 && index.len() <= ACROSS_AT_MOST;
        if across {
            let found = find_across(&term.word, index);
            let grader = Grader::new(&term.word, term.typed, Tolerance::Across, language);
            return self.take(found, grader);
        }
        0
    }

    /// Whether an entry has a term or one of its forms.
    pub fn has_word(&self) -> bool {
        self.best_word.as_ref().is_some_and(|(grade, _)| is_the_word(*grade))
    }

    /// How much memory the grades take.
    pub fn bytes(&self) -> usize {
        self.segments.iter().map(|segment| segment.head.len() + segment.body.len()).sum()
    }

    fn take(&mut self, found: Found, grader: Grader) -> usize {
        self.is_asked |= found.exactly_asked > 0;
        let count = if found.words_exactly > 0 { found.words_exactly } else { found.entries };
        let best = self.best_word.take().max(found.best_word);
        self.best_word = best;
        for (old, new) in self.segments.iter_mut().zip(found.segments) {
            old.merge(new);
        }
        self.graders.push(Arc::new(grader));
        count
    }
}

struct Found {
    segments: Vec<SegmentMatches>,
    /// How many words of the dictionaries match.
    words: usize,
    /// How many entries match.
    entries: usize,
    /// How many entries have the word or one of its forms.
    words_exactly: usize,
    /// How many of them have it in the question, another wording or a tag.
    exactly_asked: usize,
    /// The word that matches best, with its grade.
    best_word: Option<(u8, Box<str>)>,
}

fn dictionaries(index: &Index) -> impl Iterator<Item = &Dictionary> {
    index.segments().flat_map(|(_, segment)| segment.postings()).map(|postings| &postings.words)
}

fn find(grader: &Grader, index: &Index, spare: &Spare) -> Found {
    let segments: Vec<&Segment> = index.segments().map(|(_, segment)| segment).collect();
    let one = |segment: &&Segment| find_in(grader, segment, spare);
    let found: Vec<_> = if segments.len() > 1 {
        segments.par_iter().map(one).collect()
    } else {
        segments.iter().map(one).collect()
    };
    let mut all = Found {
        segments: Vec::new(),
        words: 0,
        entries: 0,
        words_exactly: 0,
        exactly_asked: 0,
        best_word: None,
    };
    for InSegment { matches, words, exactly, exactly_asked, best } in found {
        all.best_word = all.best_word.max(best);
        all.words += words;
        all.words_exactly += exactly;
        all.exactly_asked += exactly_asked;
        all.entries += matches.count();
        all.segments.push(matches);
    }
    all
}

/// What was found in one segment; the numbers are those of [`Found`].
struct InSegment {
    matches: SegmentMatches,
    words: usize,
    exactly: usize,
    exactly_asked: usize,
    best: Option<(u8, Box<str>)>,
}

fn find_in(grader: &Grader, segment: &Segment, spare: &Spare) -> InSegment {
    let entries = segment.len();
    let mut matches = SegmentMatches { few: Some(Vec::new()), ..SegmentMatches::default() };
    let mut words = 0;
    let mut list = Vec::new();
    grader.find(&segment.head.postings.words, |n, grade| list.push((n, grade)));
    words += list.len();
    let mut best = best_of(&list, &segment.head.postings);
    let mut exactly_asked = 0;
    for (n, grade) in list.drain(..) {
        if is_the_word(grade) {
            exactly_asked += segment.head.postings.count(n) as usize;
        }
        if matches.head.is_empty() {
            matches.head = spare.grades(entries);
        }
        matches.add_head(segment, n, grade, entries);
    }
    let mut exactly = exactly_asked;
    if let Some(body) = &segment.body {
        grader.find(&body.postings.words, |n, grade| list.push((n, grade)));
        words += list.len();
        best = best.max(best_of(&list, &body.postings));
        let mut exactly_in_body = 0;
        for (n, grade) in list {
            if is_the_word(grade) {
                exactly_in_body += body.postings.count(n) as usize;
            }
            if matches.body.is_empty() {
                matches.body = spare.grades(entries);
            }
            matches.add_body(body, n, grade, entries);
        }
        exactly = exactly.max(exactly_in_body);
    }
    InSegment { matches, words, exactly, exactly_asked, best }
}

/// Of the words with the highest grade the first.
fn best_of(list: &[(usize, u8)], postings: &Postings) -> Option<(u8, Box<str>)> {
    let (n, grade) = list.iter().max_by_key(|(n, grade)| (*grade, Reverse(*n)))?;
    Some((*grade, postings.words.word(*n).into()))
}

/// The word or one of its forms.
fn is_the_word(grade: u8) -> bool {
    grade >= STEM
}

impl SegmentMatches {
    fn add_head(&mut self, segment: &Segment, n: usize, grade: u8, entries: usize) {
        let mut by_note = [0_u8; NOTES];
        for (note, value) in by_note.iter_mut().enumerate() {
            let note = note as u32;
            let share = if note & IN_QUESTION != 0 {
                1.0
            } else if note & IN_ALIAS != 0 {
                ALIAS_SHARE
            } else if note & IN_TAG != 0 {
                TAG_SHARE
            } else {
                0.0
            };
            *value = (f32::from(grade) * share) as u8;
        }
        let head = &mut self.head[..];
        let postings = &segment.head.postings;
        let mut list = Lister::new(&mut self.few, entries, postings.count(n));
        if list.is_full() {
            postings.for_each(n, |entry, note| head[entry] = head[entry].max(by_note[note]));
            return;
        }
        postings.for_each(n, |entry, note| {
            let value = by_note[note];
            if head[entry] < value {
                list.note(entry, head[entry] == 0);
                head[entry] = value;
            }
        });
    }

    fn add_body(&mut self, body: &super::segment::Part, n: usize, grade: u8, entries: usize) {
        // The saturating count of BM25 (Robertson and Zaragoza 2009), scaled so that many
        // occurrences approach the whole grade.
        let by_count: [u8; NOTES] = std::array::from_fn(|count| {
            let count = count as f32;
            (f32::from(grade) * count / (count + 1.2)) as u8
        });
        let (head, values) = (&self.head[..], &mut self.body[..]);
        let by_count = by_count.map(|value| value.max(1));
        let mut list = Lister::new(&mut self.few, entries, body.postings.count(n));
        if list.is_full() {
            body.postings
                .for_each(n, |entry, note| values[entry] = values[entry].max(by_count[note]));
            return;
        }
        body.postings.for_each(n, |entry, note| {
            let value = by_count[note];
            if values[entry] < value {
                let new = values[entry] == 0 && head.get(entry).is_none_or(|&head| head == 0);
                list.note(entry, new);
                values[entry] = value;
            }
        });
    }

    /// How many entries match.
    fn count(&self) -> usize {
        if let Some(few) = &self.few {
            return few.len();
        }
        match (self.head.is_empty(), self.body.is_empty()) {
            (true, true) => 0,
            (false, true) => self.head.chunks(TOGETHER).map(matching).sum(),
            (true, false) => self.body.chunks(TOGETHER).map(matching).sum(),
            (false, false) => {
                let both = |(head, body): (&u8, &u8)| u32::from(head | body > 0);
                self.head.iter().zip(&self.body).map(both).sum::<u32>() as usize
            }
        }
    }

    /// Takes the better of two matches everywhere.
    fn merge(&mut self, other: Self) {
        if self.head.is_empty() && self.body.is_empty() {
            *self = other;
            return;
        }
        let few = match (self.few.take(), other.few) {
            (Some(mut few), Some(more)) => {
                let new = |&n: &u32| {
                    let n = n as usize;
                    let old = |values: &[u8]| values.get(n).is_some_and(|&value| value > 0);
                    !old(&self.head) && !old(&self.body)
                };
                few.extend(more.into_iter().filter(new));
                Some(few)
            }
            _ => None,
        };
        for (mine, theirs) in [(&mut self.head, other.head), (&mut self.body, other.body)] {
            if mine.is_empty() {
                *mine = theirs;
            } else {
                mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine = theirs.max(*mine));
            }
        }
        self.few = few;
    }
}

/// Room for grades that is used again: to fetch a page of memory from the system takes longer than
/// to grade the entries on it.
#[derive(Debug, Default)]
pub(super) struct Spare(Mutex<Vec<Vec<u8>>>);

/// Room is fetched ahead for so many terms (those that an engine keeps, and one that is new), and at
/// most for so many bytes.
const AHEAD: usize = 11;
const MOST_AHEAD: usize = 16 << 20;

impl Spare {
    fn rooms(&self) -> MutexGuard<'_, Vec<Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A grade of 0 for each of so many entries.
    fn grades(&self, entries: usize) -> Vec<u8> {
        let room = {
            let mut rooms = self.rooms();
            let at = rooms.iter().position(|room| room.capacity() >= entries);
            at.map(|at| rooms.swap_remove(at))
        };
        let Some(mut grades) = room else { return vec![0; entries] };
        grades.clear();
        grades.resize(entries, 0);
        grades
    }

    /// Takes the room of matches that nobody needs.
    pub fn take(&self, matches: Matches) {
        let of_segments = matches.segments.into_iter();
        let grades = of_segments.flat_map(|segment| [segment.head, segment.body]);
        self.rooms().extend(grades.filter(|grades| !grades.is_empty()));
    }

    /// Fetches room ahead.
    pub fn fetch(&self, index: &Index) {
        let mut rooms = self.rooms();
        let terms = AHEAD.min(MOST_AHEAD / index.len().max(1));
        for (_, segment) in std::iter::repeat_n((), terms).flat_map(|()| index.segments()) {
            // Zeros would come as pages that are only fetched when they are written to.
            rooms.push(vec![1; segment.len()]);
        }
    }
}

/// So many entries are counted in eight bits.
const TOGETHER: usize = 255;

/// How many of at most [`TOGETHER`] grades are a match.
fn matching(grades: &[u8]) -> usize {
    usize::from(grades.iter().map(|&grade| u8::from(grade > 0)).sum::<u8>())
}

/// Lists entries until they are too many.
struct Lister<'a> {
    few: &'a mut Option<Vec<u32>>,
    most: usize,
}

impl<'a> Lister<'a> {
    /// `coming` entries are about to be noted.
    fn new(few: &'a mut Option<Vec<u32>>, entries: usize, coming: u32) -> Self {
        let most = (entries / FEW).max(64);
        // Even if all of them were noted before, there are more than may be listed.
        if coming as usize > most {
            *few = None;
        }
        Self { few, most }
    }

    fn is_full(&self) -> bool {
        self.few.is_none()
    }

    fn note(&mut self, entry: usize, new: bool) {
        if new && let Some(few) = self.few {
            few.push(entry as u32);
            if few.len() > self.most {
                *self.few = None;
            }
        }
    }
}

/// The letters of a term in order across whole questions.
fn find_across(word: &str, index: &Index) -> Found {
    let matcher = SkimMatcherV2::default().element_limit(1 << 16);
    let perfect = matcher.fuzzy_match(word, word).unwrap_or(1).max(1) as f32;
    let one = |(start, segment): (usize, &Segment)| {
        let mut found = SegmentMatches { few: Some(Vec::new()), ..SegmentMatches::default() };
        let mut folded = String::new();
        for n in 0..segment.len() {
            let Some(entry) = index.entry((start + n) as u32) else { continue };
            folded.clear();
            crate::text::fold_into(entry.question(), &mut folded);
            let Some(score) = matcher.fuzzy_match(&folded, word) else { continue };
            let value = (ACROSS * (score as f32 / perfect).clamp(0.02, 1.0)) as u8;
            if found.head.is_empty() {
                found.head = vec![0; segment.len()];
            }
            found.head[n] = value.max(1);
            Lister::new(&mut found.few, segment.len(), 0).note(n, true);
        }
        found
    };
    let segments: Vec<_> = index.segments().collect::<Vec<_>>().into_par_iter().map(one).collect();
    let entries = segments.iter().map(SegmentMatches::count).sum();
    Found {
        segments,
        words: usize::from(entries > 0),
        entries,
        words_exactly: 0,
        exactly_asked: 0,
        best_word: None,
    }
}
