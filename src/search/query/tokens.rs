//! Splits the text of a query into tokens.

use crate::text::words;

/// The names of the conditions.
pub(super) const CONDITIONS: [&str; 3] = ["tag", "source", "is"];

/// Splits at blanks, but not inside quotes, and at `|` beside an operator: `tag:a|tag:b` is
/// `tag:a | tag:b`, while `string|null` stays one token.
pub(super) fn tokens(text: &str) -> Vec<&str> {
    let split = |token| {
        let parts = alternatives(token);
        let has_operator = parts.iter().any(|part| is_operator(part));
        if parts.len() > 1 && has_operator { parts } else { vec![token] }
    };
    blank_separated(text).into_iter().flat_map(split).collect()
}

/// The parts of a token joined by `|`, with a `|` between each two. A `|` inside quotes joins
/// nothing.
fn alternatives(token: &str) -> Vec<&str> {
    let mut quoted = false;
    let parts = token.split(|c| {
        quoted ^= c == '"';
        c == '|' && !quoted
    });
    let mut parts: Vec<&str> = parts.flat_map(|part| [part, "|"]).collect();
    parts.pop();
    parts.retain(|part| !part.is_empty());
    parts.dedup();
    parts
}

/// Whether a token is more than a word: exact, excluded, anchored, quoted or a condition.
pub(super) fn is_operator(token: &str) -> bool {
    let condition = token.split_once(':').is_some_and(|(name, _)| CONDITIONS.contains(&name));
    condition || token.starts_with(['\'', '!', '^', '"']) || token.ends_with('$')
}

fn blank_separated(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let mut quoted = false;
        let end = rest
            .char_indices()
            .find(|&(at, c)| {
                let opens = at == 0 || rest[..at].ends_with([':', '!']);
                quoted ^= c == '"' && (quoted || opens);
                c.is_whitespace() && !quoted
            })
            .map_or(rest.len(), |(at, _)| at);
        tokens.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    tokens
}

/// The folded words of a text, without parts of identifiers and joined compounds.
pub(in crate::search) fn folded_words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    words(text, |word| {
        if !word.variant {
            found.push(word.folded.to_owned());
        }
    });
    found
}

/// The folded words of a token that become terms. The tokenizer also returns the last character of
/// a run without spaces by itself, which the pair before it covers.
pub(super) fn term_words(text: &str) -> Vec<String> {
    let mut words = folded_words(text);
    if let [.., before, last] = words.as_slice()
        && before.chars().count() == 2
        && before.ends_with(last.as_str())
        && !last.is_ascii()
    {
        words.pop();
    }
    words
}

/// Whether a token is an operator without its operand.
pub(super) fn is_open_operator(token: &str) -> bool {
    matches!(token, "!" | "^" | "'" | "\"" | "\"\"" | "!\"" | "|")
}

/// Whether signs are the punctuation of a sentence.
pub(super) fn is_punctuation(signs: &str) -> bool {
    signs.chars().all(|c| {
        matches!(
            c,
            '-' | '.'
                | ','
                | ';'
                | ':'
                | '?'
                | '!'
                | '('
                | ')'
                | '['
                | ']'
                | '"'
                | '\''
                | '/'
                | '*'
                | '…'
                | '–'
                | '—'
                | '«'
                | '»'
                | '“'
                | '”'
                | '„'
                | '‘'
                | '’'
                | '、'
                | '。'
                | '？'
                | '！'
                | '，'
                | '؟'
                | '،'
                | '¿'
                | '¡'
        )
    })
}
