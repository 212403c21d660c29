//! The layout of the screen: a pure function of the screen's area and some of the state, so that
//! scrolling, paging and the mouse use the same areas as drawing.

use super::document::MAX_COLUMNS;
use super::geometry::Area;

/// The fewest columns for list and answer side by side.
const SIDE_BY_SIDE_COLUMNS: u16 = 90;
/// The fewest columns for two panes.
const MIN_TWO_PANE_COLUMNS: u16 = 20;
/// The fewest rows for two panes.
const MIN_TWO_PANE_ROWS: u16 = 8;
/// The fewest rows for boxes around both panes; with fewer a line separates them.
const MIN_BOX_ROWS: u16 = 16;
/// The maximum width of the list, in columns.
const MAX_LIST_COLUMNS: u16 = 100;
/// The maximum width of the answer with its margins and frame, in columns.
const MAX_ANSWER_COLUMNS: u16 = MAX_COLUMNS + 4;
/// The minimum width of the list, in columns.
const MIN_LIST_COLUMNS: u16 = 44;
/// The list's share of the columns beside the answer, in thousandths.
pub(super) const LIST_SHARE: u16 = 450;
/// The list's share of the rows above the answer, in thousandths.
const STACKED_LIST_SHARE: u16 = 400;
/// The list's share of rows or columns if no entry has an answer, in thousandths.
const LINES_SHARE: u16 = 700;
/// The minimum and maximum width of a pop-up, in columns.
const POPUP_COLUMNS: (u16, u16) = (64, 84);

/// What the layout of a screen depends on.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of the state")]
pub struct LayoutInput {
    /// The whole screen.
    pub screen: Area,
    /// Whether the prompt is below the panes.
    pub prompt_below: bool,
    /// Whether the prompt has the focus: then even the smallest screen shows it.
    pub typing: bool,
    /// Whether the answer takes the space of both panes.
    pub zoomed: bool,
    /// The list's share of the space in thousandths, if the user chose it.
    pub split: Option<u16>,
    /// The columns that most rows of the list need, and that all of them need.
    pub list_columns: (u16, u16),
    /// Whether no entry has an answer: the list gets most of the space.
    pub lacks_answers: bool,
    /// Whether to lay out for screen readers: no boxes, one pane at a time.
    pub plain: bool,
}

/// The areas of a screen; an area without space is empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Layout {
    /// The title line: the program's name, the collection, the count.
    pub head: Area,
    /// The prompt.
    pub prompt: Area,
    /// The question list.
    pub list: Pane,
    /// The answer.
    pub answer: Pane,
    /// The status line.
    pub status: Area,
    /// The area of list and answer together.
    pub body: Area,
    /// How the panes are arranged.
    pub arrangement: Arrangement,
}

/// A pane or a pop-up with its frame.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pane {
    /// The whole area.
    pub area: Area,
    /// The area inside the frame.
    pub inner: Area,
    /// The frame.
    pub edges: Edges,
}

/// How the panes are arranged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// The list to the left of the answer.
    SideBySide,
    /// One above the other.
    Stacked,
    /// Only the answer.
    #[default]
    AnswerOnly,
    /// Only the list.
    ListOnly,
}

/// How a pane is framed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Edges {
    /// A box.
    Boxed,
    /// A line on top.
    Line,
    /// A title in words, without line-drawing characters.
    Words,
    /// No frame.
    #[default]
    None,
}

impl Pane {
    fn new(area: Area, edges: Edges) -> Self {
        let inner = match edges {
            Edges::Boxed => area.inside_border(),
            Edges::Line | Edges::Words => area.split_top(1).1,
            Edges::None => area,
        };
        Self { area, inner, edges }
    }
}

impl Layout {
    /// Lays out a screen.
    pub fn of(input: LayoutInput) -> Self {
        let screen = input.screen;
        let (head, rest) = screen.split_top(u16::from(screen.height >= 12));
        let (rest, status) = rest.split_bottom(u16::from(screen.height >= 5));
        let prompt_rows = u16::from(input.typing || screen.height >= 3);
        let (prompt, body) = if input.prompt_below {
            let (body, prompt) = rest.split_bottom(prompt_rows);
            (prompt, body)
        } else {
            rest.split_top(prompt_rows)
        };
        let (arrangement, edges) = arrange(body, &input);
        let (list, answer) = match arrangement {
            Arrangement::AnswerOnly => (Area::default(), body),
            Arrangement::ListOnly => (body, Area::default()),
            Arrangement::SideBySide => body.split_left(list_columns(body.width, &input)),
            Arrangement::Stacked => {
                let usual = if input.lacks_answers { LINES_SHARE } else { STACKED_LIST_SHARE };
                let rows = share(body.height, input.split.unwrap_or(usual), 3);
                // The list is next to the prompt.
                if input.prompt_below {
                    let (answer, list) = body.split_bottom(rows);
                    (list, answer)
                } else {
                    body.split_top(rows)
                }
            }
        };
        let (list, answer) = (Pane::new(list, edges), Pane::new(answer, edges));
        Self { head, prompt, list, answer, status, body, arrangement }
    }
}

/// The width of the list beside the answer: what its rows need and no more, unless the user chose
/// its share.
fn list_columns(width: u16, input: &LayoutInput) -> u16 {
    let part = if input.lacks_answers { LINES_SHARE } else { LIST_SHARE };
    let usual = share(width, input.split.unwrap_or(part), 20);
    if input.split.is_some() {
        return usual;
    }
    let limit = if input.lacks_answers { usual } else { MAX_LIST_COLUMNS };
    let needed = |columns: u16| columns.min(limit).max(MIN_LIST_COLUMNS);
    let (most, all) = input.list_columns;
    if input.lacks_answers {
        return usual.min(needed(all));
    }
    // Columns that the answer cannot use go to the few rows that are longer than most.
    let spare = width.saturating_sub(MAX_ANSWER_COLUMNS);
    usual.min(needed(most)).max(spare.min(needed(all)))
}

/// Thousandths of `of`, leaving at least `least` on both sides if there is enough space.
fn share(of: u16, thousandths: u16, least: u16) -> u16 {
    let wanted = u32::from(of) * u32::from(thousandths) / 1000;
    (wanted as u16).clamp(least.min(of), of.saturating_sub(least).max(least.min(of)))
}

fn arrange(body: Area, input: &LayoutInput) -> (Arrangement, Edges) {
    let tiny = body.width < MIN_TWO_PANE_COLUMNS || body.height < MIN_TWO_PANE_ROWS;
    // A screen reader gets one pane at a time: the questions while choosing, then the answer.
    let one_pane = tiny || input.plain;
    let arrangement = if one_pane && input.typing {
        Arrangement::ListOnly
    } else if one_pane || input.zoomed {
        Arrangement::AnswerOnly
    } else if body.width >= SIDE_BY_SIDE_COLUMNS {
        Arrangement::SideBySide
    } else {
        Arrangement::Stacked
    };
    let edges = match arrangement {
        _ if body.height < 4 || body.width < 6 => Edges::None,
        _ if input.plain => Edges::Words,
        Arrangement::Stacked if body.height < MIN_BOX_ROWS => Edges::Line,
        Arrangement::AnswerOnly | Arrangement::ListOnly if tiny => Edges::Line,
        Arrangement::Stacked
        | Arrangement::AnswerOnly
        | Arrangement::ListOnly
        | Arrangement::SideBySide => Edges::Boxed,
    };
    (arrangement, edges)
}

/// The areas of a pop-up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PopupLayout {
    /// The whole pop-up.
    pub pane: Pane,
    /// The input line that filters the rows.
    pub filter: Area,
    /// The rows.
    pub rows: Area,
    /// The full text of the selected row, below the rows, if its row cuts it off.
    pub detail: Area,
}

impl PopupLayout {
    /// Lays out a pop-up of `lines` lines (rows and headings) and `detail` lines of detail in the
    /// middle of the screen, or on the whole screen for screen readers.
    pub fn of(screen: Area, lines: usize, detail: u16, plain: bool) -> Self {
        if plain {
            // The last line keeps the hints.
            let area = screen.split_bottom(u16::from(screen.height >= 5)).0;
            return Self::in_area(area, 0, true);
        }
        let lines = lines + usize::from(detail);
        let (least, most) = POPUP_COLUMNS;
        let width = screen.width.min(most).max(screen.width.saturating_sub(8).min(least));
        let height = (lines + 3).min(usize::from(screen.height.saturating_sub(2).max(3)));
        let height = (height as u16).min(screen.height);
        let area = Area {
            x: screen.x + (screen.width - width) / 2,
            y: screen.y + (screen.height - height) / 2,
            width,
            height,
        };
        Self::in_area(area, detail, false)
    }

    fn in_area(area: Area, detail: u16, plain: bool) -> Self {
        let edges = match (plain, area.height) {
            (_, 0..=4) => Edges::None,
            (true, _) => Edges::Words,
            (false, _) => Edges::Boxed,
        };
        let pane = Pane::new(area, edges);
        let (filter, rest) = pane.inner.split_top(1);
        // In a short window the rows have priority.
        let detail = if rest.height >= detail + 2 { detail } else { 0 };
        let (rows, detail) = rest.split_bottom(detail);
        Self { pane, filter, rows, detail }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn inside(part: Area, whole: Area) -> bool {
        part.is_empty()
            || part.x >= whole.x
                && part.y >= whole.y
                && part.right() <= whole.right()
                && part.bottom() <= whole.bottom()
    }

    proptest! {
        #[test]
        fn all_parts_lie_on_the_screen_and_apart(
            (width, height, x, y) in (0..300_u16, 0..100_u16, 0..5_u16, 0..50_u16),
            (prompt_below, typing, zoomed) in any::<(bool, bool, bool)>(),
            (lacks_answers, plain) in any::<(bool, bool)>(),
            split in prop::option::of(0..=1000_u16),
            list_columns in (0..200_u16, 0..200_u16),
            (lines, detail) in (0..500_usize, 0..4_u16),
        ) {
            let screen = Area { x, y, width, height };
            let layout =
                Layout::of(LayoutInput { screen, prompt_below, typing, zoomed, split, list_columns, lacks_answers, plain });
            let parts = [
                layout.head, layout.prompt, layout.list.area, layout.answer.area, layout.status,
            ];
            for (n, part) in parts.into_iter().enumerate() {
                prop_assert!(inside(part, screen));
                for other in &parts[n + 1..] {
                    let apart = part.is_empty() || other.is_empty()
                        || part.right() <= other.x || other.right() <= part.x
                        || part.bottom() <= other.y || other.bottom() <= part.y;
                    prop_assert!(apart, "{part:?} {other:?}");
                }
            }
            for pane in [layout.list, layout.answer] {
                prop_assert!(inside(pane.inner, pane.area));
            }
            let popup = PopupLayout::of(screen, lines, detail, plain);
            prop_assert!(inside(popup.pane.area, screen) && inside(popup.rows, popup.pane.area));
            prop_assert!(inside(popup.detail, popup.pane.area));
        }
    }
}
