//! The ways in which a line of a page is altered.

use std::ops::Range;

/// How many of the ways are tried at a line. The ways take turns from line to line, so that each
/// is tried in all parts of a page.
const WAYS_OF_LINE: usize = 5;

/// Characters that people mistake for one another, or use for the same purpose.
const SIMILAR: &[&str] = &["*_~`^", "\"'", "([{<", ")]}>", ":;,.", "-=+#", "!?", "@%&$", "/|\\"];

/// The lines that take the place of a line.
type Way = fn(&str) -> Vec<String>;

const WAYS: &[(&str, Way)] = &[
    ("without", |_| Vec::new()),
    ("hash before", |line| one(format!("# {line}"))),
    ("first mark doubled", |line| one(with_mark(line, first_mark(line), |mark| mark.repeat(2)))),
    ("after an empty line", |line| vec![String::new(), line.to_owned()]),
    ("first half", |line| one(line[..middle(line)].to_owned())),
    ("last mark similar", |line| one(with_mark(line, last_mark(line), similar))),
    ("indented", |line| one(format!("  {line}"))),
    ("without punctuation", |line| one(line.replace(|c: char| c.is_ascii_punctuation(), ""))),
    ("twice", |line| vec![line.to_owned(), line.to_owned()]),
    ("colon behind", |line| one(format!("{line}:"))),
    ("without first mark", |line| one(with_mark(line, first_mark(line), |_| String::new()))),
    ("upper case", |line| one(line.to_uppercase())),
    ("dash before", |line| one(format!("- {line}"))),
    ("without last character", |line| one(line[..last_character(line)].to_owned())),
    ("wide gap", |line| one(line.replacen(' ', "  ", 1))),
    ("question mark behind", |line| one(format!("{}?", line.trim_end_matches('.')))),
    ("second half", |line| one(line[middle(line)..].to_owned())),
    ("number before", |line| one(format!("1. {line}"))),
    ("first mark similar", |line| one(with_mark(line, first_mark(line), similar))),
    ("underlined", |line| vec![line.to_owned(), "-".repeat(line.chars().count())]),
    ("without first character", |line| one(without_first_character(line))),
    ("tab before", |line| one(format!("\t{line}"))),
    ("without last mark", |line| one(with_mark(line, last_mark(line), |_| String::new()))),
    ("broken", |line| {
        let (first, rest) = line.split_at(line.find(' ').map_or(line.len(), |at| at + 1));
        vec![first.to_owned(), rest.to_owned()]
    }),
    ("label before", |line| one(format!("Q: {line}"))),
    ("not indented", |line| one(line.trim_start().to_owned())),
    ("without digits", |line| one(line.replace(|c: char| c.is_ascii_digit(), ""))),
    ("tab for a blank", |line| one(line.replacen(' ', "\t", 1))),
    ("blanks behind", |line| one(format!("{line}  "))),
];

fn one(line: String) -> Vec<String> {
    vec![line]
}

fn middle(line: &str) -> usize {
    line.char_indices().nth(line.chars().count() / 2).map_or(0, |(at, _)| at)
}

fn last_character(line: &str) -> usize {
    line.char_indices().next_back().map_or(0, |(at, _)| at)
}

fn without_first_character(line: &str) -> String {
    let (indent, rest) = line.split_at(line.len() - line.trim_start().len());
    indent.to_owned() + rest.chars().next().map_or("", |first| &rest[first.len_utf8()..])
}

/// The first punctuation character and those beside it that are the same.
fn first_mark(line: &str) -> Range<usize> {
    let start = line.find(|c: char| c.is_ascii_punctuation()).unwrap_or(line.len());
    let mark = line[start..].chars().next();
    let rest = mark.map_or("", |mark| line[start..].trim_start_matches(mark));
    start..line.len() - rest.len()
}

fn last_mark(line: &str) -> Range<usize> {
    let end = line.rfind(|c: char| c.is_ascii_punctuation()).map_or(0, |at| at + 1);
    let mark = line[..end].chars().next_back();
    mark.map_or(0, |mark| line[..end].trim_end_matches(mark).len())..end
}

fn with_mark(line: &str, mark: Range<usize>, change: fn(&str) -> String) -> String {
    format!("{}{}{}", &line[..mark.start], change(&line[mark.clone()]), &line[mark.end..])
}

/// Each character replaced by the next one of those that are similar to it.
fn similar(mark: &str) -> String {
    let next = |c: char| {
        let group = SIMILAR.iter().find(|group| group.contains(c))?;
        group.chars().cycle().skip_while(|&other| other != c).nth(1)
    };
    mark.chars().map(|c| next(c).unwrap_or(c)).collect()
}

/// How an altered page is read.
#[derive(Clone, Copy)]
pub enum Reading {
    Whole,
    /// In pieces, as a large file is.
    InPieces,
    /// From a file whose name tells nothing about its format.
    Unnamed,
}

impl Reading {
    pub const ALL: [Self; 3] = [Self::Whole, Self::InPieces, Self::Unnamed];

    pub fn note(self) -> &'static str {
        match self {
            Self::Whole => "",
            Self::InPieces => " in pieces",
            Self::Unnamed => " unnamed",
        }
    }
}

/// A page with one difference.
pub struct Altered {
    pub way: &'static str,
    /// The number of the altered line.
    pub line: usize,
    pub text: String,
    pub reading: Reading,
    /// The altered part as it was, and as it is.
    pub before: String,
    pub after: String,
    /// The first line that is replaced, and how many lines are added.
    first: usize,
    lines_added: i64,
}

impl Altered {
    /// Replaces the lines `replaced` of the page, counted from 0.
    fn new(way: &'static str, page: &[&str], replaced: Range<usize>, by: &[String]) -> Self {
        let lines = |lines: &[&str]| lines.iter().flat_map(|line| [line, "\n"]).collect::<String>();
        let after: String = by.iter().flat_map(|line| [line, "\n"]).collect();
        Self {
            way,
            line: replaced.start + 1,
            first: replaced.start + 1,
            text: lines(&page[..replaced.start]) + &after + &lines(&page[replaced.end..]),
            reading: Reading::Whole,
            before: lines(&page[replaced.clone()]),
            after,
            lines_added: by.len() as i64 - replaced.len() as i64,
        }
    }

    /// The number that a line of this page has in the page as it was.
    pub fn line_before(&self, line: u32) -> i64 {
        let line = i64::from(line);
        let is_moved = line >= self.first as i64 + self.lines_added.max(0);
        if is_moved { line - self.lines_added } else { line }
    }
}

/// The page altered at each of its lines.
pub fn alterations(page: &str) -> Vec<Altered> {
    let page: Vec<&str> = page.lines().collect();
    let mut all = Vec::new();
    for at in 0..page.len() {
        let alter = |&(way, lines): &(&'static str, Way)| {
            Altered::new(way, &page, at..at + 1, &lines(page[at]))
        };
        let mut some: Vec<Altered> = WAYS.iter().map(alter).collect();
        if let Some(next) = page.get(at + 1) {
            let both = at..at + 2;
            let swapped = [(*next).to_owned(), page[at].to_owned()];
            some.push(Altered::new("swapped", &page, both.clone(), &swapped));
            let joined = [format!("{} {}", page[at], next.trim_start())];
            some.push(Altered::new("joined", &page, both, &joined));
        }
        some.push(Altered::new("end before", &page, at..page.len(), &[]));
        some.push(Altered { line: at + 1, ..Altered::new("begin at", &page, 0..at, &[]) });
        some.retain(|altered| altered.before != altered.after);
        let (count, first) = (some.len(), at * WAYS_OF_LINE);
        let is_due = |n: usize| (n + count - first % count) % count < WAYS_OF_LINE;
        let due = some.into_iter().enumerate().filter(|(n, _)| is_due(*n));
        let readings = Reading::ALL.into_iter().cycle().skip(at % Reading::ALL.len());
        all.extend(due.zip(readings).map(|((_, one), reading)| Altered { reading, ..one }));
    }
    all
}
