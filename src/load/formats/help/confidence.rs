//! Whether a text is the help of a program.

use super::line::HelpLine;
use super::page::HelpPage;
use super::row::begins_with_option;
use crate::load::question_detect::ends_as_question;

/// Of a text with the lines of a usage or a manual page.
const SURE: u8 = 95;
/// Of a text whose lines are mostly options.
const LIKELY: u8 = 80;
/// Bytes from the beginning that decide.
const SAMPLE: usize = 64 << 10;
/// What begins lines of Markdown and of differences between files.
const OTHER_MARKS: [&str; 4] = ["```", "# ", "## ", "@@ "];
/// The fewest lines of options in a text without a usage.
const MIN_OPTIONS: usize = 3;

/// How surely a text is the help of a program, from 0 to 100.
pub(super) fn of(text: &str) -> u8 {
    let text = &text[..text.floor_char_boundary(SAMPLE)];
    let text = text.trim_start_matches('\u{feff}');
    if !may_be_help(text) {
        return 0;
    }
    let page = HelpPage::new(text);
    if page.is_manual {
        return if page.items.len() > 1 { SURE } else { 0 };
    }
    let filled = text.lines().filter(|line| !line.trim().is_empty()).count();
    let percent = page.recognised * 100 / filled.max(1);
    // A part of most pages is prose.
    match page.has_usage {
        true if page.rows >= 2 && percent >= 35 || page.rows >= 5 && percent >= 20 => SURE,
        false if page.rows >= MIN_OPTIONS && percent >= 60 => LIKELY,
        _ => 0,
    }
}

/// Whether a text has what every help text has, and no mark of another format.
fn may_be_help(text: &str) -> bool {
    let mut options = 0;
    let mut asking = 0;
    if text.starts_with("---\n") {
        return false;
    }
    for line in text.lines() {
        if OTHER_MARKS.iter().any(|mark| line.starts_with(mark)) {
            return false;
        }
        let line = line.trim();
        // Not a column of numbers.
        let name = line.trim_start_matches('-');
        let has_letters = name.starts_with(|c: char| !c.is_ascii_digit() && c != ' ');
        options += usize::from(has_letters && begins_with_option(line));
        asking += usize::from(ends_as_question(line));
    }
    let first = text.lines().map(HelpLine::new).find(|line| !line.is_blank());
    let is_manual = first.is_some_and(|line| line.text().ends_with(')'));
    is_manual || asking * 10 <= options && (options > 0 || has_usage(text))
}

fn has_usage(text: &str) -> bool {
    text.lines().take(40).any(|line| line.to_lowercase().contains("usage"))
}
