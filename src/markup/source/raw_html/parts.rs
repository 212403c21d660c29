//! Splits long Markdown into parts that can be parsed independently: a parser takes tens of times
//! the memory of its input.

/// The minimum bytes of a part.
const PART: usize = 128 * 1024;
/// The bytes after which any line end is a place to split, and then any character.
const MAX_LENGTH: usize = 1 << 20;

/// Splits a text between paragraphs at the left margin.
pub(super) fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    let mut fence: Option<&str> = None;
    let mut follows_blank = false;
    for line in text.split_inclusive('\n') {
        let length = at - from;
        let is_edge = fence.is_none() && follows_blank && !line.starts_with([' ', '\t', '\n', '>']);
        if length > 0 && (length >= PART && is_edge || length >= MAX_LENGTH) {
            parts.push(&text[from..at]);
            from = at;
        }
        let bare = line.trim_start();
        match fence {
            Some(mark) if bare.starts_with(mark) => fence = None,
            None => fence = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark)),
            Some(_) => {}
        }
        follows_blank = bare.is_empty();
        at += line.len();
        while at - from > 2 * MAX_LENGTH {
            let end = text.floor_char_boundary(from + MAX_LENGTH);
            parts.push(&text[from..end]);
            from = end;
        }
    }
    parts.push(&text[from..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_end_between_paragraphs() {
        let paragraph = format!("{}\n\n", "word ".repeat(1000));
        let fenced = format!("```\n{}```\n\n", "x\n\n".repeat(60_000));
        let text = format!("{}{fenced}{paragraph}", paragraph.repeat(50));
        let found = parts(&text);
        assert_eq!(found.concat(), text);
        assert_eq!(found.len(), 3);
        assert!(found.iter().all(|part| part.starts_with("word")));
        let line = "é".repeat(2 * MAX_LENGTH);
        assert_eq!(parts(&line).concat(), line);
        assert!(parts(&line).iter().all(|part| part.len() <= 2 * MAX_LENGTH));
    }
}
