//! Parses the text of a query into clauses and conditions.

use super::parsed::{Alternative, Clause, Condition, ParsedQuery, Term};
use super::tokens::{folded_words, is_open_operator, is_punctuation, term_words, tokens};
use super::unknown_filter::UnknownFilter;
use crate::collection::Recall;
use crate::search::language::Languages;
use crate::text::{fold, normalise_signs};

/// Parses a query; with `exact`, as if every word had a `'` before it.
pub(in crate::search) fn parse(text: &str, exact: bool, languages: Languages) -> ParsedQuery {
    let tokens = tokens(text);
    let has_words = tokens.iter().any(|token| !folded_words(token).is_empty());
    let mut parser = Parser {
        parsed: ParsedQuery::default(),
        exact,
        languages,
        has_words,
        is_single: tokens.len() == 1,
        group: Vec::new(),
    };
    let open = !text.ends_with(char::is_whitespace);
    let mut either = false;
    for (n, token) in tokens.iter().enumerate() {
        if joins(&tokens, n) {
            either = true;
            continue;
        }
        if !std::mem::take(&mut either) {
            parser.end_group();
        }
        let mut atom = Atom::default();
        parser.token(token, open && n + 1 == tokens.len(), &mut atom);
        if !atom.is_empty() {
            parser.group.push(atom);
        }
    }
    parser.end_group();
    let mut parsed = parser.parsed;
    let only_stop_words = parsed.clauses.iter().all(|clause| clause.is_stop_word);
    for clause in &mut parsed.clauses {
        // "for" may become "form".
        let unfinished = clause.terms().any(|term| term.typed);
        clause.is_stop_word &= !only_stop_words && !unfinished;
    }
    parsed
}

/// Whether a token joins its neighbours: `|`, and `||` between two others.
fn joins(tokens: &[&str], n: usize) -> bool {
    match tokens[n] {
        "|" => tokens.len() > 1,
        "||" => n > 0 && n + 1 < tokens.len(),
        _ => false,
    }
}

/// The clauses of a query without operators: all of the text is words. Stop words are required if
/// there are no other words.
pub(in crate::search) fn plain_clauses(text: &str, languages: Languages) -> Vec<Clause> {
    let parser = Parser {
        parsed: ParsedQuery::default(),
        exact: false,
        languages,
        has_words: false,
        is_single: false,
        group: Vec::new(),
    };
    let mut atom = Atom::default();
    let open = !text.ends_with(char::is_whitespace);
    let mut tokens = text.split_whitespace().peekable();
    while let Some(token) = tokens.next() {
        if folded_words(token).is_empty() {
            parser.signs(token, &mut atom);
        } else {
            parser.terms(token, false, open && tokens.peek().is_none(), &mut atom);
        }
    }
    let mut clauses = atom.clauses;
    let informative = clauses.iter().any(|clause| !clause.is_stop_word);
    for clause in &mut clauses {
        let unfinished = clause.terms().any(|term| term.typed);
        clause.is_stop_word &= informative && !unfinished;
        clause.required = !clause.is_stop_word;
    }
    clauses
}

/// The clauses and conditions of one token.
#[derive(Default)]
struct Atom {
    clauses: Vec<Clause>,
    conditions: Vec<Condition>,
}

impl Atom {
    fn is_empty(&self) -> bool {
        self.clauses.is_empty() && self.conditions.is_empty()
    }

    /// The condition that replaces the atom as one of several alternatives.
    fn into_condition(self) -> Condition {
        let words = |clause: &Clause| clause.terms().map(|term| term.word.clone()).collect();
        let mut conditions = self.conditions.into_iter();
        match (conditions.next(), self.clauses.first()) {
            (Some(condition), _) => condition,
            (None, Some(clause)) => Condition::Contains(words(clause)),
            (None, None) => Condition::Nothing,
        }
    }
}

struct Parser {
    parsed: ParsedQuery,
    exact: bool,
    languages: Languages,
    /// Whether any token has a word.
    has_words: bool,
    /// Whether it is the only token.
    is_single: bool,
    /// The tokens joined by `|` so far.
    group: Vec<Atom>,
}

impl Parser {
    /// Adds the tokens joined by `|`.
    fn end_group(&mut self) {
        let mut group = std::mem::take(&mut self.group);
        if group.len() < 2 {
            for atom in group {
                atom.clauses.into_iter().for_each(|clause| self.push(clause));
                self.parsed.conditions.extend(atom.conditions);
            }
            return;
        }
        let is_alternative = |condition: &Condition| condition.is_filter();
        let joinable = |atom: &Atom| atom.conditions.iter().all(is_alternative);
        let all_joinable = group.iter().all(joinable);
        // What an alternative excludes does not determine the words of its entries.
        let has_wordless = group.iter().any(|atom| atom.clauses.is_empty() && !joinable(atom));
        let mut joined: Option<Clause> = None;
        let mut further = Vec::new();
        for atom in &mut group {
            let filters = if all_joinable {
                std::mem::take(&mut atom.conditions)
            } else if atom.clauses.is_empty() && joinable(atom) {
                atom.conditions.clone()
            } else {
                Vec::new()
            };
            let filter = |condition| Clause {
                alternatives: vec![Alternative::Filter(condition)],
                is_stop_word: false,
                required: true,
            };
            let all = filters.into_iter().map(filter).chain(atom.clauses.iter().cloned());
            // Only the first word of a token is an alternative: the others add to the score, but
            // entries of the other alternatives need not have them.
            for (n, clause) in all.enumerate() {
                match (&mut joined, n) {
                    (Some(joined), 0) => {
                        joined.alternatives.extend(clause.alternatives);
                        joined.is_stop_word &= clause.is_stop_word;
                        joined.required |= clause.required;
                    }
                    (None, 0) => joined = Some(clause),
                    (_, _) => further.push(Clause { required: false, ..clause }),
                }
            }
        }
        if !all_joinable {
            let conditions = group.into_iter().map(Atom::into_condition).collect();
            self.parsed.conditions.push(Condition::Any(conditions));
        }
        for clause in joined.into_iter().chain(further) {
            let required = clause.required && !has_wordless;
            self.push(Clause { required, ..clause });
        }
    }

    fn push(&mut self, clause: Clause) {
        if !self.parsed.clauses.contains(&clause) {
            self.parsed.clauses.push(clause);
        }
    }

    fn token(&mut self, token: &str, typed: bool, atom: &mut Atom) {
        if let Some(rest) = token.strip_prefix('!')
            && (!folded_words(rest).is_empty() || rest.starts_with('"'))
        {
            self.negated(rest, atom);
        } else if let Some((name, value)) = token.split_once(':')
            && self.named(token, name, value, atom)
        {
        } else if let Some(rest) = token.strip_prefix('"')
            && !is_open_operator(token)
        {
            let open = typed && !rest.ends_with('"');
            self.phrase(rest.strip_suffix('"').unwrap_or(rest), open, atom);
        } else if folded_words(token).is_empty() {
            self.signs(token, atom);
        } else if let Some(rest) = token.strip_prefix('\'') {
            self.terms(rest, true, typed, atom);
        } else if let Some(rest) = token.strip_prefix('^') {
            self.terms(rest, self.exact, typed, atom);
            atom.conditions.push(Condition::Begins(folded_words(rest)));
        } else if let Some(rest) = token.strip_suffix('$') {
            self.terms(rest, true, false, atom);
            atom.conditions.push(Condition::Ends(folded_words(rest)));
        } else {
            self.terms(token, self.exact, typed, atom);
        }
    }

    /// Parses what follows a `!`.
    fn negated(&mut self, rest: &str, atom: &mut Atom) {
        let mut inner = Atom::default();
        if let Some((name, value)) = rest.split_once(':')
            && self.named(rest, name, value, &mut inner)
        {
            let negate = |condition| Condition::Not(Box::new(condition));
            atom.conditions.extend(inner.conditions.into_iter().map(negate));
            return;
        }
        let words = folded_words(rest);
        if rest.starts_with('"') && words.len() > 1 {
            atom.conditions.push(Condition::Not(Box::new(Condition::Phrase(words))));
        } else if !words.is_empty() {
            atom.conditions.push(Condition::Without(words));
        }
    }

    /// Parses `tag:`, `source:` and `is:`; false if the name is none of them.
    fn named(&mut self, token: &str, name: &str, value: &str, atom: &mut Atom) -> bool {
        let value = value.trim_matches('"');
        let condition = match name {
            "tag" => {
                let words = folded_words(value);
                (!words.is_empty()).then_some(Condition::Tag(words))
            }
            "source" => (!value.is_empty()).then(|| Condition::Source(fold(value))),
            "is" if value.is_empty() => None,
            "is" => {
                let meant = mark_condition(value);
                if meant.is_none() {
                    self.parsed.unknown.push(UnknownFilter::of_mark(token, value));
                }
                Some(meant.unwrap_or(Condition::Nothing))
            }
            _ => {
                self.parsed.mistyped.extend(UnknownFilter::of_name(token, name, value));
                return false;
            }
        };
        atom.conditions.extend(condition);
        true
    }

    fn phrase(&mut self, text: &str, typed: bool, atom: &mut Atom) {
        let mut words = folded_words(text);
        if words.is_empty() {
            self.signs(text, atom);
            return;
        }
        for (n, word) in words.iter().enumerate() {
            let last = typed && n + 1 == words.len();
            let term = Term { word: word.clone(), exact: !last, typed: last };
            atom.clauses.push(Clause {
                alternatives: vec![Alternative::Term(term)],
                is_stop_word: false,
                required: true,
            });
        }
        if typed {
            // The last word may be unfinished.
            words.pop();
        }
        if words.len() > 1 {
            atom.conditions.push(Condition::Phrase(words));
        }
    }

    fn terms(&self, text: &str, exact: bool, typed: bool, atom: &mut Atom) {
        let words = term_words(text);
        let count = words.len();
        for (n, word) in words.into_iter().enumerate() {
            let typed = typed && n + 1 == count;
            let is_stop_word = !exact && self.languages.is_stop_word(&word);
            // A word that may become a stop word does not narrow the matches: the next letter would
            // widen them again.
            let optional = !exact && typed && self.languages.begins_stop_word(&word);
            let term = Term { word, exact, typed };
            atom.clauses.push(Clause {
                alternatives: vec![Alternative::Term(term)],
                is_stop_word,
                required: !is_stop_word && !optional,
            });
        }
    }

    /// Adds signs without a word. Sentence punctuation counts only if there are no words.
    fn signs(&self, signs: &str, atom: &mut Atom) {
        let signs = normalise_signs(signs);
        // An operator without an operand may be unfinished, so it does not narrow the matches.
        let is_operator = is_open_operator(&signs);
        let ignored = is_operator && !self.is_single || self.has_words && is_punctuation(&signs);
        if !signs.is_empty() && !ignored {
            let alternatives = vec![Alternative::Signs(signs)];
            let required = !is_operator;
            atom.clauses.push(Clause { alternatives, is_stop_word: false, required });
        }
    }
}

/// The condition of `is:` and a name or the beginning of one.
fn mark_condition(value: &str) -> Option<Condition> {
    let known = || Condition::Recalled(Recall::Known);
    let conditions = [
        ("bookmarked", Condition::Bookmarked),
        ("known", known()),
        ("again", Condition::Recalled(Recall::Again)),
        ("new", Condition::Not(Box::new(known()))),
    ];
    conditions.into_iter().find(|(name, _)| name.starts_with(value)).map(|(_, condition)| condition)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::language::Language;
    use proptest::prelude::*;

    /// `word`, `'exact`, `typed…`, `optional?`, `(stop word)`, `a|b`, then the conditions.
    fn show(text: &str) -> String {
        let parsed = parse(text, false, Language::English.into());
        let alternative = |alternative: &Alternative| match alternative {
            Alternative::Term(t) => format!(
                "{}{}{}",
                if t.exact { "'" } else { "" },
                t.word,
                if t.typed { "…" } else { "" }
            ),
            Alternative::Signs(signs) => format!("<{signs}>"),
            Alternative::Filter(condition) => format!("{condition:?}"),
        };
        let clause = |c: &Clause| {
            let all = c.alternatives.iter().map(alternative).collect::<Vec<_>>().join("|");
            let all = if c.required || c.is_stop_word { all } else { format!("{all}?") };
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
            ("how to", "how? to…?"),
            ("hug for", "hug for…?"),
            ("hug for ", "hug (for)"),
            ("a | b", "a|b…?"),
            ("hug | the ", "hug|the"),
            ("tag:x | tag:y", "Tag([\"x\"])|Tag([\"y\"])"),
            ("tag:x|tag:y", "Tag([\"x\"])|Tag([\"y\"])"),
            ("tag:x|hug||!cry ", "Tag([\"x\"])|hug|Without([\"cry\"])"),
            ("'a|'b ", "'a|'b"),
            ("^a|b$", "a|'b Any([Begins([\"a\"]), Ends([\"b\"])])"),
            ("tag:\"x|y\"", "Tag([\"x\", \"y\"])"),
            ("tag:x|", "Tag([\"x\"])"),
            ("string|null ", "string null"),
            ("!tag:x", "Not(Tag([\"x\"]))"),
            ("=> arrow", "<=>> arrow…"),
            ("hug - cry", "hug cry…"),
            ("cry|", "cry…"),
            ("cry |", "cry"),
            ("cry | weep tears", "cry|weep tears…"),
            ("\"safe space\" x", "'safe 'space x… Phrase([\"safe\", \"space\"])"),
            ("\"safe sp", "'safe sp…"),
            ("^why cry$", "(why) 'cry Begins([\"why\"]) Ends([\"cry\"])"),
            ("!cry", "Without([\"cry\"])"),
            ("!\"safe space\"", "Not(Phrase([\"safe\", \"space\"]))"),
            ("!\"safe\"", "Without([\"safe\"])"),
            (
                "cry | !\"safe space\"",
                "cry? Any([Contains([\"cry\"]), Not(Phrase([\"safe\", \"space\"]))])",
            ),
            ("tag:crying hug", "hug… Tag([\"crying\"])"),
            ("tag:\"two words\"", "Tag([\"two\", \"words\"])"),
            ("source:faq.md is:book", "Source(\"faq.md\") Bookmarked"),
            ("is:known is:again", "Recalled(Known) Recalled(Again)"),
            ("is:n", "Not(Recalled(Known))"),
            ("! ' ^ $ tag: is: | \"", "<$>"),
            ("!", "<!>?"),
            ("|", "<|>?"),
            ("||", "<||>"),
            ("what is ||", "(what) (is) <||>"),
            ("hug || cry", "hug|cry…"),
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
            parse(&text, exact, Language::English.into());
        }

        #[test]
        fn operators_in_any_order_are_a_query(text in "[a-c'^$!|\": tag]{0,16}") {
            parse(&text, false, Language::Unknown.into());
        }
    }
}
