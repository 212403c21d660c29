//! Tables drawn in plain text, whose columns must stay aligned.

use crate::collection::TextFormat;
use crate::load::labels::label;
use crate::load::lead::after_answer_mark;
use crate::markup::source::{detect, fenced, plain_to_markdown};

/// A line between the rows of a table or around a box: `+----+---+`, `====  ===`, `+----+`.
fn is_ruler(line: &str) -> bool {
    let bare = line.trim();
    let runs = bare.split([' ', '+', '|']).filter(|run| !run.is_empty());
    bare.len() > 3
        && bare.chars().all(|c| matches!(c, '-' | '=' | '+' | '|' | ' ' | ':'))
        && (runs.filter(|run| run.len() > 1).count() > 1
            || bare.starts_with('+') && bare.ends_with('+') && bare.contains("--"))
}

/// For each line, whether it belongs to a drawn table: a paragraph with a ruler, or one whose lines
/// all have bars at both ends.
pub(super) fn drawn_lines(lines: &[&str]) -> Vec<bool> {
    let mut drawn = vec![false; lines.len()];
    let mut n = 0;
    while n < lines.len() {
        let length = lines[n..].iter().take_while(|line| !line.trim().is_empty()).count();
        // The marks of a question and its answer may stand above the table.
        let labels = lines[n..n + length].iter().take_while(|line| is_labelled(line)).count();
        if is_drawn(&lines[n + labels..n + length]) {
            drawn[n + labels..n + length].fill(true);
        }
        n += length.max(1);
    }
    drawn
}

/// Whether a line begins with `Q:`, `A:` or the like.
fn is_labelled(line: &str) -> bool {
    let word = line.trim_start().split(':').next().unwrap_or_default();
    word.len() < line.trim_start().len() && label(&word.to_lowercase()).is_some()
        || after_answer_mark(line).is_some()
}

/// Whether a paragraph is a title in a frame: a single row that begins with a capital or a number.
fn is_framed_title(paragraph: &[&str]) -> bool {
    let [above, row, below] = paragraph else { return false };
    let title = row.trim().trim_matches('|').trim_start();
    is_ruler(above)
        && is_ruler(below)
        && !title.contains('|')
        && title.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
}

fn is_drawn(paragraph: &[&str]) -> bool {
    let in_bars = |line: &&str| line.trim().starts_with('|') && line.trim().ends_with('|');
    paragraph.len() > 1
        && !is_framed_title(paragraph)
        && (paragraph.iter().any(|line| is_ruler(line)) || paragraph.iter().all(in_bars))
}

/// An answer with its format: plain, unless it clearly uses Markdown or contains a drawn table.
pub(super) fn formatted(answer: String) -> (String, TextFormat) {
    let lines: Vec<&str> = answer.lines().collect();
    let drawn = drawn_lines(&lines);
    let is_comment = |line: &&str| !line.starts_with('#');
    if !drawn.contains(&true) {
        let uncommented: Vec<&str> = lines.iter().copied().filter(is_comment).collect();
        let format = detect(&uncommented.join("\n"));
        let has_signs = format == TextFormat::Markdown && lines.iter().any(|l| l.starts_with('#'));
        if has_signs {
            // A `#` would begin a heading.
            let escaped = lines.iter().map(|line| {
                if line.starts_with('#') { format!("\\{line}") } else { (*line).to_owned() }
            });
            return (escape_quotes(&escaped.collect::<Vec<_>>().join("\n")), format);
        }
        return match format {
            TextFormat::Markdown => (escape_quotes(&answer), format),
            TextFormat::Plain => (answer, format),
        };
    }
    let mut parts: Vec<String> = Vec::new();
    let mut n = 0;
    while n < lines.len() {
        let is_table = drawn[n];
        let end = n + drawn[n..].iter().take_while(|&&other| other == is_table).count();
        let part = &lines[n..end];
        let text = part.join("\n");
        let text = text.trim_matches('\n');
        if is_table {
            let blanks = |line: &&str| line.len() - line.trim_start().len();
            let shared = part.iter().map(blanks).min().unwrap_or(0);
            let cut: Vec<&str> = part.iter().map(|line| &line[shared..]).collect();
            parts.push(fenced("text", &cut.join("\n")));
        } else if !text.trim().is_empty() {
            parts.push(plain_to_markdown(text.trim()));
        }
        n = end;
    }
    (parts.join("\n\n"), TextFormat::Markdown)
}

/// Escapes TeX's quotation marks (two grave accents before, two apostrophes after), which would
/// open code in Markdown.
fn escape_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("``") {
        let inner = &rest[at + 2..];
        let before_next = inner.split('`').next().unwrap_or_default();
        let quoted = before_next.split("\n\n").next().unwrap_or_default();
        let is_quote = quoted.contains("''") && !rest[..at].ends_with('`');
        out.push_str(&rest[..at]);
        out.push_str(if is_quote { "\\`\\`" } else { "``" });
        rest = inner;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_become_code_and_the_rest_stays_literal() {
        let text = "So *it* is 2*3:\n\n  A     B\n  ---   ---\n  x     y\n\n  Done.";
        let (answer, format) = formatted(text.into());
        assert_eq!(format, TextFormat::Markdown);
        assert_eq!(
            answer,
            "So \\*it\\* is 2\\*3:\n\n```text\nA     B\n---   ---\nx     y\n```\n\nDone."
        );
        assert_eq!(formatted("2*3*4 __x__".into()).1, TextFormat::Plain);
        assert!(
            is_ruler("+---+-----+")
                && is_ruler("====  ==")
                && !is_ruler("-----")
                && !is_ruler("- x")
        );
    }

    #[test]
    fn quotes_of_tex_open_no_code() {
        let (text, format) = formatted("- Press ``x\ny'' or ``y''.\n- Not ``a`b`` and `c`.".into());
        assert_eq!(format, TextFormat::Markdown);
        assert_eq!(text, "- Press \\`\\`x\ny'' or \\`\\`y''.\n- Not ``a`b`` and `c`.");
    }
}
