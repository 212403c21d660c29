//! Series of collapsible blocks below a heading, whose summaries are questions beside the headings
//! that are. A single block inside an answer belongs to it.

use super::select::{Selector, asks};

/// Collapsible blocks one after the other, below one heading.
pub(super) struct Series {
    /// The candidate that heads them.
    pub(super) heading: usize,
    /// The candidates that are their summaries.
    pub(super) summaries: Vec<usize>,
    /// Whether nothing stands between the heading and the first of them.
    pub(super) is_whole_section: bool,
}

impl Selector<'_> {
    /// The series that end where an answer of headings of `level` ends, or where the next series
    /// begins.
    pub(super) fn series(&self, level: u8) -> Vec<Series> {
        let candidates = &self.outline.candidates;
        let mut series: Vec<Series> = Vec::new();
        // Whether an answer ends at the heading behind the one that is looked at.
        let mut ends_behind = true;
        let is_heading = |n: &usize| candidates[*n].features.heading.is_some();
        for heading in (0..candidates.len()).rev().filter(is_heading) {
            let found = self.series_below(heading).filter(|_| ends_behind);
            let own = candidates[heading].features.heading;
            let begins = found.as_ref().is_some_and(|series| series.is_whole_section);
            ends_behind = begins || own.is_some_and(|own| own <= level);
            series.extend(found);
        }
        series.reverse();
        series
    }

    fn series_below(&self, heading: usize) -> Option<Series> {
        let candidates = &self.outline.candidates;
        let below = heading + 1..self.next_heading[heading].min(candidates.len());
        let is_summary = |n: &usize| {
            let candidate = &candidates[*n];
            candidate.features.summary && !candidate.features.nested && !candidate.title.is_empty()
        };
        let summaries: Vec<usize> = below.filter(is_summary).collect();
        let first = candidates.get(*summaries.first()?)?;
        let between = candidates[heading].units.end..first.units.start;
        let is_whole_section = self.mass(between) == 0 && candidates[heading].rest.is_empty();
        let asking = summaries.iter().filter(|&&n| asks(&candidates[n])).count();
        let most_ask = asking * 2 > summaries.len();
        // `Linux` and `Windows` below `How do I install it?` are parts of its answer.
        let are_titles = is_whole_section && !asks(&candidates[heading]);
        let is_series = summaries.len() > 1 && (most_ask || are_titles);
        is_series.then_some(Series { heading, summaries, is_whole_section })
    }
}
