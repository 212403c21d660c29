//! The search itself.

use super::{Field, Highlighter, Hit, Hits, Index, Query, Reach};
use crate::text::{fold, words};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// Answers queries over one index.
#[derive(Default)]
pub struct Engine {
    index: Index,
}

impl Engine {
    /// An engine over `index`.
    pub fn new(index: Index) -> Self {
        Self { index }
    }

    /// The hits of `query`, best first.
    pub fn search(&mut self, query: &Query) -> Hits {
        let mut terms = Vec::new();
        words(&query.text, |word| terms.push(word.folded.to_owned()));
        let mut hits = Hits { index: self.index.clone(), query: query.clone(), ..Hits::default() };
        if terms.is_empty() {
            hits.total = self.index.len();
            return hits;
        }
        let matcher = SkimMatcherV2::default();
        let mut all: Vec<(usize, Hit)> = Vec::new();
        for n in 0..self.index.len() as u32 {
            let Some(entry) = self.index.entry(n) else { continue };
            let question = fold(entry.question());
            let answer = fold(entry.answer());
            let (mut score, mut met, mut in_question) = (0.0, 0, false);
            for term in &terms {
                if let Some(points) = matcher.fuzzy_match(&question, term) {
                    score += points as f32;
                    met += 1;
                    in_question = true;
                } else if answer.contains(term.as_str()) {
                    score += 1.0;
                    met += 1;
                }
            }
            if met > 0 {
                let field = if in_question { Field::Question } else { Field::Answer };
                all.push((met, Hit { entry: n, score, field }));
            }
        }
        let most = all.iter().map(|(met, _)| *met).max().unwrap_or(0);
        all.retain(|(met, _)| *met == most);
        all.sort_by(|(_, a), (_, b)| b.score.total_cmp(&a.score).then(a.entry.cmp(&b.entry)));
        hits.reach = if most == terms.len() { Reach::Full } else { Reach::Relaxed };
        hits.total = all.len();
        hits.ordered = all.into_iter().map(|(_, hit)| hit).take(query.limit).collect();
        hits.highlighter = Highlighter::new(terms);
        hits
    }
}
