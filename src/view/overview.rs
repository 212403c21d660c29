//! Draws the overview of a large collection into the answer pane.

use super::cells::{self, Looks};
use super::context::Context;
use super::pane::text_area;
use super::status::grouped;
use crate::app::{Action, Mode, Overview};
use crate::markup;
use crate::text::columns;
use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// A short introduction to searching.
pub(super) const INTRODUCTION: &[&str] = &[
    "Type words in any order; their beginnings are enough, and typos are fine.",
    "tag:x filters by a tag, !word excludes a word, \"two words\" finds them side by side.",
    "F1 lists all keys and the query syntax.",
];

/// The most tags that are listed.
const MAX_TAGS: usize = 20;

/// Draws the overview into the answer pane.
pub(super) fn draw(context: &Context, overview: &Overview, frame: &mut Frame) {
    let area = text_area(context);
    let width = context.layout.answer.inner.width.saturating_sub(2);
    let page = OverviewPage { context, width };
    for (row, line) in area.rows().zip(page.lines(overview)) {
        frame.render_widget(line, row);
    }
}

struct OverviewPage<'a> {
    context: &'a Context<'a>,
    width: u16,
}

impl OverviewPage<'_> {
    fn lines(&self, overview: &Overview) -> Vec<Line<'static>> {
        let mut lines = vec![self.size(overview)];
        // A returning user needs the recent questions more than the introduction.
        if overview.recent.is_empty() {
            lines.push(Line::default());
            lines.extend(self.introduction());
        }
        let questions = |list: &[String]| -> Vec<Line<'static>> {
            list.iter().map(|question| self.row("", question)).collect()
        };
        let counts = overview.facets.tags.iter().take(MAX_TAGS);
        let counts: Vec<(String, &str)> =
            counts.map(|(tag, count)| (grouped(*count), tag.as_str())).collect();
        let widest = counts.iter().map(|(count, _)| count.len()).max().unwrap_or(0);
        let tags = counts.iter().map(|(count, tag)| self.row(&format!("{count:>widest$}"), tag));
        for (name, action, what, rows) in [
            ("Recently read", Action::Recent, "opens one", questions(&overview.recent)),
            ("Bookmarks", Action::OnlyBookmarked, "shows them", questions(&overview.bookmarked)),
            ("Tags", Action::Filter, "filters by one", tags.collect()),
        ] {
            if !rows.is_empty() {
                lines.push(Line::default());
                lines.push(self.heading(name, action, what));
                lines.extend(rows);
            }
        }
        if !overview.recent.is_empty() {
            lines.push(Line::default());
            lines.extend(self.introduction());
        }
        lines
    }

    fn introduction(&self) -> impl Iterator<Item = Line<'static>> {
        let lines = INTRODUCTION.iter().flat_map(|text| markup::wrap_text(text, self.width));
        lines.map(|text| Line::styled(text, self.context.theme.dim))
    }

    fn size(&self, overview: &Overview) -> Line<'static> {
        let count = |number: usize, one: &str, many: &str| {
            format!("{} {}", grouped(number), if number == 1 { one } else { many })
        };
        let list = self.context.app.list();
        let (one, many) = if list.facts().lacks_answers {
            ("entry", "entries")
        } else {
            ("question", "questions")
        };
        let mut parts = vec![count(list.hits().index.len(), one, many)];
        if overview.facets.sources.len() > 1 {
            parts.push(count(overview.facets.sources.len(), "source", "sources"));
        }
        if !overview.facets.tags.is_empty() {
            parts.push(count(overview.facets.tags.len(), "tag", "tags"));
        }
        Line::styled(parts.join(", "), self.context.theme.title)
    }

    fn heading(&self, name: &str, action: Action, what: &str) -> Line<'static> {
        let mut spans = vec![Span::styled(format!("{name}  "), self.context.theme.title)];
        if let Some(key) = self.context.keymap.label(Mode::Typing, action) {
            spans.push(Span::styled(format!("{key} "), self.context.theme.key));
            spans.push(Span::styled(what.to_owned(), self.context.theme.dim));
        }
        Line::from(spans)
    }

    fn row(&self, label: &str, text: &str) -> Line<'static> {
        let mut spans = vec![Span::raw("  ")];
        if !label.is_empty() {
            spans.push(Span::styled(format!("{label}  "), self.context.theme.key));
        }
        let used: usize = spans.iter().map(|span| columns(&span.content)).sum();
        let room = usize::from(self.width).saturating_sub(used);
        let looks = Looks { base: self.context.theme.text, matched: Style::new() };
        spans.extend(cells::fit(cells::first_line(text), &[], room, looks));
        Line::from(spans)
    }
}
