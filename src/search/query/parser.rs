//! Parses the text of a query into clauses and conditions.

use super::parsed::{Clause, Condition, ParsedQuery, Term};
use crate::search::language::Language;
use crate::text::{fold, words};

/// Parses a query; `exact` is as if every word had a `'` before it.
pub(in crate::search) fn parse(text: &str, exact: bool, language: Language) -> ParsedQuery {
    let mut parser = Parser { parsed: ParsedQuery::default(), exact, language, either: false };
    let tokens = tokens(text);
    let open = !text.ends_with(char::is_whitespace);
    for (n, token) in tokens.iter().enumerate() {
        parser.token(token, open && n + 1 == tokens.len());
    }
    let mut parsed = parser.parsed;
    let only_stop_words = parsed.clauses.iter().all(|clause| clause.is_stop_word);
    for clause in &mut parsed.clauses {
        // "for" may yet become "form".
        let unfinished = clause.alternatives.iter().any(|term| term.typed);
        clause.is_stop_word &= !only_stop_words && !unfinished;
    }
    parsed
}

/// Splits at blanks, but not inside quotes.
fn tokens(text: &str) -> Vec<&str> {
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

struct Parser {
    parsed: ParsedQuery,
    exact: bool,
    language: Language,
    /// Whether the last token was `|`: the next term joins the last clause.
    either: bool,
}

impl Parser {
    fn token(&mut self, token: &str, typed: bool) {
        if token.chars().all(|c| c == '|') {
            self.either = !self.parsed.clauses.is_empty();
            return;
        }
        let either = std::mem::take(&mut self.either);
        if let Some(rest) = token.strip_prefix('!') {
            self.condition(Condition::Without, folded_words(rest));
        } else if let Some((name, value)) = token.split_once(':')
            && self.named(name, value)
        {
        } else if let Some(rest) = token.strip_prefix('"') {
            self.phrase(rest.strip_suffix('"').unwrap_or(rest), typed && !rest.ends_with('"'));
        } else if let Some(rest) = token.strip_prefix('\'') {
            self.terms(rest, true, typed, either);
        } else if let Some(rest) = token.strip_prefix('^') {
            self.terms(rest, self.exact, typed, either);
            self.condition(Condition::Begins, folded_words(rest));
        } else if let Some(rest) = token.strip_suffix('$')
            && !folded_words(rest).is_empty()
        {
            self.terms(rest, true, false, either);
            self.condition(Condition::Ends, folded_words(rest));
        } else {
            self.terms(token, self.exact, typed, either);
        }
    }

    fn condition(&mut self, make: impl Fn(Vec<String>) -> Condition, words: Vec<String>) {
        if !words.is_empty() {
            self.parsed.conditions.push(make(words));
        }
    }

    /// Parses `tag:`, `source:` and `is:`; false if the name is none of them.
    fn named(&mut self, name: &str, value: &str) -> bool {
        let value = value.trim_matches('"');
        match name {
            "tag" => self.condition(Condition::Tag, folded_words(value)),
            "source" if !value.is_empty() => {
                self.parsed.conditions.push(Condition::Source(fold(value)));
            }
            "is" if !value.is_empty() && "bookmarked".starts_with(value) => {
                self.parsed.conditions.push(Condition::Bookmarked);
            }
            "source" | "is" => {}
            _ => return false,
        }
        true
    }

    fn phrase(&mut self, text: &str, typed: bool) {
        let mut words = folded_words(text);
        for (n, word) in words.iter().enumerate() {
            let last = typed && n + 1 == words.len();
            self.clause(Term { word: word.clone(), exact: !last, typed: last }, false, false);
        }
        if typed {
            // The last word may be unfinished.
            words.pop();
        }
        if words.len() > 1 {
            self.parsed.conditions.push(Condition::Phrase(words));
        }
    }

    fn terms(&mut self, text: &str, exact: bool, typed: bool, either: bool) {
        let words = folded_words(text);
        // The tokenizer also gives the last character of a run without spaces alone; the pair before
        // covers it.
        let dense = words.len() > 1
            && words[words.len() - 2].chars().count() == 2
            && words[words.len() - 2].ends_with(words[words.len() - 1].as_str())
            && !words[words.len() - 1].is_ascii();
        let count = words.len() - usize::from(dense);
        for (n, word) in words.into_iter().take(count).enumerate() {
            let term = Term { word, exact, typed: typed && n + 1 == count };
            self.clause(term, either && n == 0, true);
        }
    }

    fn clause(&mut self, term: Term, either: bool, may_be_stop_word: bool) {
        let is_stop_word =
            may_be_stop_word && !term.exact && self.language.is_stop_word(&term.word);
        if either && let Some(last) = self.parsed.clauses.last_mut() {
            last.alternatives.push(term);
            last.is_stop_word &= is_stop_word;
            return;
        }
        let clause = Clause { alternatives: vec![term], is_stop_word };
        if !self.parsed.clauses.contains(&clause) {
            self.parsed.clauses.push(clause);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `word`, `'exact`, `typed…`, `(stop word)`, `a|b`, then the conditions.
    fn show(text: &str) -> String {
        let parsed = parse(text, false, Language::English);
        let term = |t: &Term| {
            format!(
                "{}{}{}",
                if t.exact { "'" } else { "" },
                t.word,
                if t.typed { "…" } else { "" }
            )
        };
        let clause = |c: &Clause| {
            let all = c.alternatives.iter().map(term).collect::<Vec<_>>().join("|");
            if c.is_stop_word { format!("({all})") } else { all }
        };
        let mut out: Vec<String> = parsed.clauses.iter().map(clause).collect();
        out.extend(parsed.conditions.iter().map(|condition| format!("{condition:?}")));
        out.join(" ")
    }

    #[test]
    fn terms_and_operators() {
        for (text, expected) in [
            ("why do I cry", "(why) (do) (i) cry…"),
            ("cry ", "cry"),
            ("'cry tears 'x", "'cry tears 'x…"),
            ("how to", "how to…"),
            ("hug for", "hug for…"),
            ("hug for ", "hug (for)"),
            ("a | b", "a|b…"),
            ("cry|", "cry…"),
            ("cry |", "cry"),
            ("cry | weep tears", "cry|weep tears…"),
            ("\"safe space\" x", "'safe 'space x… Phrase([\"safe\", \"space\"])"),
            ("\"safe sp", "'safe sp…"),
            ("^why cry$", "(why) 'cry Begins([\"why\"]) Ends([\"cry\"])"),
            ("!cry", "Without([\"cry\"])"),
            ("tag:crying hug", "hug… Tag([\"crying\"])"),
            ("tag:\"two words\"", "Tag([\"two\", \"words\"])"),
            ("source:faq.md is:book", "Source(\"faq.md\") Bookmarked"),
            ("! ' ^ $ tag: is: | \"", ""),
            ("http://x.org", "http x org…"),
            ("歇后语", "歇后 后语…"),
            ("歇", "歇…"),
        ] {
            assert_eq!(show(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_query(text in any::<String>(), exact: bool) {
            parse(&text, exact, Language::English);
        }

        #[test]
        fn operators_in_any_order_are_a_query(text in "[a-c'^$!|\": tag]{0,16}") {
            parse(&text, false, Language::Unknown);
        }
    }
}
