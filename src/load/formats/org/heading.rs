//! Headings of Org.

/// The level and the text of `** A heading`.
pub(super) fn heading(line: &str) -> Option<(u8, &str)> {
    let text = line.trim_start_matches('*');
    let level = line.len() - text.len();
    ((1..=12).contains(&level) && text.starts_with(' ')).then(|| (level as u8, text.trim()))
}
