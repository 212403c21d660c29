//! Formulas in text: `\( \)`, `\[ \]`, `$ $`, `$$ $$`. They are shown as written.

use std::borrow::Cow;
use std::ops::Range;

/// The maximum length of a formula in bytes.
const MAX_LENGTH: usize = 2000;

/// Escapes the formulas of a Markdown text, so that its parser leaves them alone. Skips code.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains('$') && !text.contains("\\(") && !text.contains("\\[") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 32);
    let mut copied = 0;
    let mut at = 0;
    let mut line_start = true;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if c == '`' || c == '~' && line_start && rest.starts_with("~~~") {
            at += code_length(rest, line_start);
        } else if let Some(formula) = formula(text, at) {
            out.push_str(&text[copied..at]);
            for c in text[formula.clone()].chars() {
                if c.is_ascii_punctuation() {
                    out.push('\\');
                }
                out.push(c);
            }
            (at, copied) = (formula.end, formula.end);
        } else if c == '\\' {
            at += 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
        } else {
            at += c.len_utf8();
        }
        line_start = c == '\n' || line_start && c == ' ';
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// The length of the code that starts here, or of its marks if nothing closes it.
fn code_length(text: &str, line_start: bool) -> usize {
    let sign = text.chars().next().unwrap_or('`');
    let marks = text.len() - text.trim_start_matches(sign).len();
    let fence = &text[..marks];
    let inner = &text[marks..];
    let end = if line_start && marks >= 3 {
        let mut from = 0;
        loop {
            let Some(at) = inner[from..].find('\n') else { break None };
            from += at + 1;
            if inner[from..].trim_start_matches(' ').starts_with(fence) {
                break inner[from..].find(fence).map(|at| from + at);
            }
        }
    } else {
        inner.find(fence)
    };
    end.map_or(marks, |end| marks + end + marks)
}

/// The formula that starts at a position of a text.
fn formula(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = &text[at..];
    let (open, close) = [("\\(", "\\)"), ("\\[", "\\]"), ("$$", "$$"), ("$", "$")]
        .into_iter()
        .find(|(open, _)| rest.starts_with(open))?;
    let limit = rest.floor_char_boundary(MAX_LENGTH);
    let inner = &rest[open.len()..limit.max(open.len())];
    let end = inner.find(close)?;
    let formula = &inner[..end];
    let after = &inner[end + close.len()..];
    let is_formula = match open {
        // `$5 and $6` are prices.
        "$" => {
            !formula.is_empty()
                && !formula.contains(['\n', '`'])
                && !formula.starts_with(char::is_whitespace)
                && !formula.ends_with(char::is_whitespace)
                && !after.starts_with(|c: char| c.is_ascii_digit())
        }
        _ => !formula.trim().is_empty() && !formula.contains("\n\n"),
    };
    // `\[note\]` is an escaped bracket; a formula in brackets has its own lines.
    let before = text[..at].trim_end_matches([' ', '\t', '>']);
    let stands_alone = (before.is_empty() || before.ends_with('\n'))
        && after.trim_start_matches([' ', '\t', '.', ',']).chars().next().is_none_or(|c| c == '\n');
    let looks = match open {
        "\\[" => stands_alone && formula.contains(['=', '^', '\\']),
        "\\(" => formula.contains(MATH_SIGNS) || formula.chars().count() < 3,
        _ => true,
    };
    (is_formula && looks).then(|| at..at + open.len() + end + close.len())
}

/// Signs of formulas, which are rare in other texts in parentheses.
const MATH_SIGNS: &[char] = &['=', '+', '*', '_', '^', '\\', '/', '<', '>', '|'];

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn formulas_are_escaped_and_nothing_else() {
        for (text, escaped) in [
            ("so $a*b$ it", "so \\$a\\*b\\$ it"),
            ("\\(x_1\\)", "\\\\\\(x\\_1\\\\\\)"),
            ("`$a*b$` and ```\n$x*y$\n```", "`$a*b$` and ```\n$x*y$\n```"),
            ("costs $5*2 or $6*3", "costs $5*2 or $6*3"),
            ("\\[not so\\] *here*", "\\[not so\\] *here*"),
            ("\\[s = a*b\\]", "\\\\\\[s \\= a\\*b\\\\\\]"),
            ("```sh\necho $a*$b\n```\n$$u*v$$", "```sh\necho $a*$b\n```\n\\$\\$u\\*v\\$\\$"),
        ] {
            assert_eq!(escape(text), escaped);
        }
    }
}
