//! What a query says: its terms, and the conditions that operators put on entries.
//!
//! | typed | means |
//! |---|---|
//! | `word` | the word, its forms, what it may be the beginning of, or a typo of |
//! | `'word` | exactly this word |
//! | `^word` | the question begins with it |
//! | `word$` | the question ends with it |
//! | `!word` | entries without it |
//! | `a \| b` | either of them |
//! | `"a phrase"` | these words, in this order, side by side |
//! | `tag:x`, `source:x`, `is:bookmarked` | entries with such a tag, from such a source, bookmarked |
//!
//! An operator that is not typed to its end is not an error: what is there already counts.

use super::language::Language;
use crate::text::{fold, words};

/// A query taken apart.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Parsed {
    pub clauses: Vec<Clause>,
    pub conditions: Vec<Condition>,
}

/// What a hit should have: one of some terms.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Clause {
    pub alternatives: Vec<Term>,
    /// Whether a hit may lack it: it is only words such as "the" and "how".
    pub weightless: bool,
}

/// A folded word as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Term {
    pub word: String,
    /// Neither forms nor typos.
    pub exact: bool,
    /// The last one, perhaps not typed to its end.
    pub typed: bool,
}

/// What every hit must meet beside its terms. All words are folded.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Condition {
    /// Has none of these words.
    Without(Vec<String>),
    /// The question, or another wording, begins with this.
    Begins(Vec<String>),
    /// The question, or another wording, ends with this.
    Ends(Vec<String>),
    /// Has these words side by side.
    Phrase(Vec<String>),
    /// Has a tag with words that begin so.
    Tag(Vec<String>),
    /// The source's name contains this.
    Source(String),
    /// Is bookmarked.
    Bookmarked,
}

impl Parsed {
    /// Takes a query apart. `exact` is as if every word had a `'` before it.
    pub fn of(text: &str, exact: bool, language: Language) -> Self {
        let mut parser = Parser { parsed: Self::default(), exact, language, either: false };
        let tokens = tokens(text);
        let open = !text.ends_with(char::is_whitespace);
        for (n, token) in tokens.iter().enumerate() {
            parser.token(token, open && n + 1 == tokens.len());
        }
        let mut parsed = parser.parsed;
        let all_weightless = parsed.clauses.iter().all(|clause| clause.weightless);
        for clause in &mut parsed.clauses {
            // "for" may yet become "form".
            let unfinished = clause.alternatives.iter().any(|term| term.typed);
            clause.weightless &= !all_weightless && !unfinished;
        }
        parsed
    }

    /// The same query without what operators demand of the text: a phrase that no entry has is
    /// still worth looking for word by word.
    pub fn loosened(&self) -> Self {
        let mut loose = self.clone();
        loose.conditions.retain(super::conditions::is_filter);
        loose.clauses.iter_mut().flat_map(|clause| &mut clause.alternatives).for_each(|term| {
            term.exact = false;
        });
        loose
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty() && self.conditions.is_empty()
    }
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

/// The folded words of a text, without their variants.
pub(super) fn folded_words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    words(text, |word| {
        if !word.variant {
            found.push(word.folded.to_owned());
        }
    });
    found
}

struct Parser {
    parsed: Parsed,
    exact: bool,
    language: Language,
    /// A `|` came last: the next term is another alternative of the last clause.
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

    /// `tag:`, `source:` and `is:`; tells whether it was one of them.
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
            // The last word is not typed to its end yet.
            words.pop();
        }
        if words.len() > 1 {
            self.parsed.conditions.push(Condition::Phrase(words));
        }
    }

    fn terms(&mut self, text: &str, exact: bool, typed: bool, either: bool) {
        let words = folded_words(text);
        // In a run without spaces the last character is given alone too; the pair before has it.
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

    fn clause(&mut self, term: Term, either: bool, may_be_weightless: bool) {
        let weightless =
            may_be_weightless && !term.exact && self.language.is_weightless(&term.word);
        if either && let Some(last) = self.parsed.clauses.last_mut() {
            last.alternatives.push(term);
            last.weightless &= weightless;
            return;
        }
        let clause = Clause { alternatives: vec![term], weightless };
        if !self.parsed.clauses.contains(&clause) {
            self.parsed.clauses.push(clause);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `word`, `'exact`, `typed…`, `(weightless)`, `a|b`, then the conditions.
    fn show(text: &str) -> String {
        let parsed = Parsed::of(text, false, Language::English);
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
            if c.weightless { format!("({all})") } else { all }
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
            Parsed::of(&text, exact, Language::English);
        }

        #[test]
        fn operators_in_any_order_are_a_query(text in "[a-c'^$!|\": tag]{0,16}") {
            Parsed::of(&text, false, Language::Unknown);
        }
    }
}
