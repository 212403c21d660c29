//! Distinguishes queries in plain words from those with operators.

use super::tokens::{CONDITIONS, is_open_operator, is_operator, tokens};

/// Whether a query has no operators: no exact words, phrases, anchors, conditions or alternatives.
pub(in crate::search) fn is_plain(query: &str) -> bool {
    tokens(query).into_iter().all(|token| !is_operator(token) && !token.starts_with('|'))
}

/// The words of a query without its operators, for a search engine that has other ones: conditions
/// are left out, `'word`, `^word` and `word$` become `word`, phrases keep their quotes.
pub fn without_operators(query: &str) -> String {
    let words = tokens(query).into_iter().filter_map(|token| {
        let is_condition = token.starts_with('!')
            || token.split_once(':').is_some_and(|(name, _)| CONDITIONS.contains(&name));
        let word = token.trim_start_matches(['\'', '^']).trim_end_matches('$');
        let word = if word.is_empty() { token } else { word };
        let is_alternative = token.chars().all(|c| c == '|');
        (!is_condition && !is_alternative && !is_open_operator(token)).then_some(word)
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::without_operators;

    #[test]
    fn an_engine_gets_the_words_alone() {
        for (query, words) in [
            ("python async", "python async"),
            ("tag:web  'exact ^first last$ !not", "exact first last"),
            ("source:\"my notes\" is:book \"a phrase\" | b", "\"a phrase\" b"),
            ("!tag:x", ""),
            ("=> c++ http://x", "=> c++ http://x"),
            ("  ", ""),
            ("what is $", "what is $"),
        ] {
            assert_eq!(without_operators(query), words, "{query}");
        }
    }
}
