//! Hypotheses about which candidates of a document are its questions.

use super::candidate::{Features, TitleCandidate};
use std::collections::HashMap;

/// With more classes only the most frequent are tried: each hypothesis costs a pass over the
/// document.
const MAX_CLASSES: usize = 64;

/// A rule that selects the questions among the candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Hypothesis {
    Heading(u8),
    /// Headings that are items of a list: `12. ### What …`.
    ItemHeading(u8),
    Marked,
    Summary,
    Term,
    Bold {
        numbered: bool,
    },
    Number {
        indent: u8,
        nested: bool,
    },
    /// Numbers with two or more parts.
    Section {
        indent: u8,
    },
    AnySection,
    Item {
        indent: u8,
        nested: bool,
    },
    AnyItem,
    Asks,
    Line,
    Class(u32),
}

impl Hypothesis {
    /// The hypotheses that the candidates suggest, each at its first candidate.
    pub(super) fn suggested_by(candidates: &[TitleCandidate]) -> Vec<Self> {
        let mut counts: HashMap<Self, usize> = HashMap::new();
        let mut found = Vec::new();
        for hypothesis in candidates.iter().flat_map(|c| Self::of(&c.features)) {
            let count = counts.entry(hypothesis).or_default();
            if *count == 0 {
                found.push(hypothesis);
            }
            *count += 1;
        }
        if found.len() > MAX_CLASSES {
            let mut by_count: Vec<usize> = found.iter().map(|one| counts[one]).collect();
            by_count.sort_unstable_by(|a, b| b.cmp(a));
            let least = by_count[MAX_CLASSES];
            found.retain(|one| counts[one] > least || !matches!(one, Self::Class(_)));
        }
        found
    }

    /// The hypotheses that one candidate suggests.
    fn of(features: &Features) -> impl Iterator<Item = Self> {
        let (indent, nested) = (features.indent, features.nested);
        let level = features.heading.unwrap_or(0);
        [
            (level > 0, Self::Heading(level)),
            (level > 0 && features.item, Self::ItemHeading(level)),
            (features.marked, Self::Marked),
            (features.summary, Self::Summary),
            (features.term, Self::Term),
            (features.bold, Self::Bold { numbered: false }),
            (features.bold && features.number > 0, Self::Bold { numbered: true }),
            (features.number == 1, Self::Number { indent, nested }),
            (features.number > 1, Self::Section { indent }),
            (features.number > 1, Self::AnySection),
            (features.item, Self::Item { indent, nested }),
            (features.item, Self::AnyItem),
            (features.asks, Self::Asks),
            (features.line, Self::Line),
            (features.class.is_some(), Self::Class(features.class.unwrap_or(0))),
        ]
        .into_iter()
        .filter_map(|(holds, hypothesis)| holds.then_some(hypothesis))
    }

    /// Whether a candidate with these features is a question.
    pub(super) fn takes(self, features: &Features) -> bool {
        match self {
            Self::Heading(level) => features.heading == Some(level),
            // At the left margin the number identifies it; the level may be wrong.
            Self::ItemHeading(level) => {
                features.item
                    && features.heading.is_some_and(|own| own == level || features.indent == 0)
            }
            Self::Marked => features.marked,
            // Such items ask in their own way, also beside blocks or terms that do.
            Self::Summary => features.summary || features.bold_item,
            Self::Term => features.term || features.bold_item,
            Self::Bold { numbered } => {
                features.bold && features.heading.is_none() && (features.number > 0 || !numbered)
            }
            Self::Number { indent, nested } => {
                features.number == 1
                    && features.heading.is_none()
                    && features.indent == indent
                    && features.nested == nested
            }
            Self::Section { indent } => features.number > 1 && features.indent == indent,
            Self::AnySection => features.number > 1,
            Self::Item { indent, nested } => {
                features.item
                    && features.heading.is_none()
                    && features.indent == indent
                    && features.nested == nested
            }
            Self::AnyItem => features.item && features.heading.is_none() && !features.nested,
            Self::Asks => features.asks,
            Self::Line => features.line || features.asks,
            Self::Class(class) => features.class == Some(class),
        }
    }

    /// The prior of the hypothesis, up to 1: writers also use some features for other things.
    pub(super) fn trust(self) -> f32 {
        match self {
            Self::Heading(_) | Self::ItemHeading(_) | Self::Marked | Self::Term => 1.0,
            Self::AnySection | Self::Section { .. } | Self::Summary | Self::Bold { .. } => 0.97,
            Self::Number { .. } | Self::Class(_) => 0.95,
            Self::Asks => 0.8,
            Self::Item { .. } | Self::AnyItem => 0.7,
            Self::Line => 0.5,
        }
    }
}
