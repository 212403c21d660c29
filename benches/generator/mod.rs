//! Generates collections of any size, deterministically: questions of about 80 characters whose
//! words are distributed as in real text (Zipf's law), some of them unique.

use quick_answer::collection::Entry;

/// The generator `SplitMix64` (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// A rank in `0..end`, the first ones often, each about as often as one over its rank.
    fn zipf(&mut self, end: usize) -> usize {
        let share = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        ((end as f64 + 1.0).powf(share) - 1.0) as usize
    }
}

const OPENINGS: &[&str] = &[
    "how do i",
    "what is the",
    "why does my",
    "can i use",
    "how to",
    "is it possible to",
    "when should i",
    "which",
    "where is the",
    "does",
    "what happens when i",
    "should i",
    "how can we",
];
const LINKS: &[&str] = &["in", "with", "for", "and", "to a", "of the", "from", "without", "on"];
/// The words with the first ranks.
const FREQUENT: &str = "the a to in my with of and for is on using from not when without it an be by \
    get as into this use or does between that after set via only one all make new after work same \
    inside before two other if so its";
const KNOWN: &[&str] = &[
    "file", "error", "python", "function", "server", "list", "data", "string", "class", "table",
    "query", "window", "thread", "async", "button", "memory", "network", "crawler", "password",
    "account",
];
const ONSETS: &[&str] = &[
    "b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "pr", "cl",
    "gr", "sh",
];
const RIMES: &[&str] = &[
    "a", "e", "i", "o", "u", "an", "er", "in", "or", "al", "ent", "ist", "ing", "ate", "ous", "ex",
];
const VOCABULARY: usize = 60_000;

/// Generates entries.
pub struct Generator {
    random: Random,
    words: Vec<String>,
    answers: bool,
    made: usize,
}

impl Generator {
    /// `answers`: whether entries have one, of about 400 characters.
    pub fn new(answers: bool) -> Self {
        let mut random = Random(7);
        let mut words: Vec<String> = FREQUENT.split(' ').map(str::to_owned).collect();
        while words.len() < VOCABULARY {
            // Words of measured queries are neither among the most frequent nor rare.
            if words.len().is_multiple_of(25)
                && words.len() >= 50
                && let Some(known) = KNOWN.get(words.len() / 25 - 2)
            {
                words.push((*known).to_owned());
            }
            let syllables = 1 + words.len().ilog10() as usize / 2 + random.below(2);
            words.push(word(&mut random, syllables));
        }
        Self { random, words, answers, made: 0 }
    }

    fn sentence(&mut self, text: &mut String, length: usize) {
        let from = text.len();
        while text.len() - from < length {
            if !text.is_empty() {
                text.push(' ');
            }
            if self.random.below(4) == 0 {
                text.push_str(LINKS[self.random.zipf(LINKS.len())]);
            } else if self.random.below(60) == 0 {
                // A name that occurs nowhere else.
                text.push_str(&word(&mut self.random, 4));
            } else {
                text.push_str(&self.words[self.random.zipf(VOCABULARY)]);
            }
        }
    }
}

fn word(random: &mut Random, syllables: usize) -> String {
    (0..syllables)
        .map(|_| [ONSETS[random.below(ONSETS.len())], RIMES[random.below(RIMES.len())]].concat())
        .collect()
}

impl Iterator for Generator {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        let mut question = OPENINGS[self.random.zipf(OPENINGS.len())].to_owned();
        self.sentence(&mut question, 62);
        question.push('?');
        let mut answer = String::new();
        if self.answers {
            self.sentence(&mut answer, 400);
        }
        self.made += 1;
        Some(Entry { id: self.made.to_string(), question, answer, ..Entry::default() })
    }
}
