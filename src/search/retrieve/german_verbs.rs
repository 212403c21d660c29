//! German words derived from one verb: nouns (`Öffnung`, `Rückgabe`), infinitives (`öffnen`,
//! `zurückgeben`, `zurückzugeben`) and participles (`geöffnet`, `zurückgegeben`). Stemmers do not
//! relate these. All words are folded.

/// The fewest letters of a verb's root.
const MIN_ROOT: usize = 3;

/// Separable prefixes, and their forms in nouns.
const PREFIXES: [(&str, &str); 25] = [
    ("ab", "ab"),
    ("an", "an"),
    ("auf", "auf"),
    ("aus", "aus"),
    ("bei", "bei"),
    ("ein", "ein"),
    ("fest", "fest"),
    ("fort", "fort"),
    ("frei", "frei"),
    ("heraus", "heraus"),
    ("her", "her"),
    ("hinaus", "hinaus"),
    ("hinzu", "hinzu"),
    ("hin", "hin"),
    ("los", "los"),
    ("mit", "mit"),
    ("nach", "nach"),
    ("um", "um"),
    ("vor", "vor"),
    ("weg", "weg"),
    ("weiter", "weiter"),
    ("wieder", "wieder"),
    ("zuruck", "ruck"),
    ("zusammen", "zusammen"),
    ("zu", "zu"),
];

/// Nouns whose vowel differs from their verb's, or that have no ending, with the verb's root.
const NOUNS: [(&str, &str); 19] = [
    ("bau", "bau"),
    ("bruch", "brech"),
    ("fahrt", "fahr"),
    ("flug", "flieg"),
    ("gabe", "geb"),
    ("gang", "geh"),
    ("griff", "greif"),
    ("kauf", "kauf"),
    ("kunft", "komm"),
    ("lauf", "lauf"),
    ("nahme", "nehm"),
    ("ruf", "ruf"),
    ("schluss", "schliess"),
    ("schrift", "schreib"),
    ("sicht", "seh"),
    ("spruch", "sprech"),
    ("tausch", "tausch"),
    ("tritt", "tret"),
    ("zug", "zieh"),
];

/// A verb by its parts.
pub(super) struct Verb<'a> {
    /// The separable prefix; empty for most verbs.
    prefix: &'static str,
    /// The form of the prefix in nouns.
    noun_prefix: &'static str,
    root: &'a str,
}

impl<'a> Verb<'a> {
    /// The verbs that a word may be derived from.
    pub fn all(word: &'a str) -> impl Iterator<Item = Self> {
        let simple = roots(word, false).map(|root| Self { prefix: "", noun_prefix: "", root });
        let separable = PREFIXES.into_iter().flat_map(move |(prefix, noun_prefix)| {
            let of_verb = word.strip_prefix(prefix);
            let of_noun = word.strip_prefix(noun_prefix).filter(|_| prefix != noun_prefix);
            let rests = of_verb.into_iter().chain(of_noun);
            rests.flat_map(|rest| roots(rest, true)).map(move |root| Self {
                prefix,
                noun_prefix,
                root,
            })
        });
        simple.chain(separable)
    }

    /// The words derived from the verb.
    pub fn forms(&self) -> impl Iterator<Item = String> {
        let Self { prefix, noun_prefix, root } = *self;
        let verbal = [("", "en"), ("ge", "t"), ("ge", "et"), ("ge", "en"), ("zu", "en")];
        let verbal =
            verbal.into_iter().filter(move |(before, _)| *before != "zu" || !prefix.is_empty());
        let verbal = verbal.map(move |(before, end)| format!("{prefix}{before}{root}{end}"));
        let noun = format!("{noun_prefix}{root}ung");
        let nouns = NOUNS.into_iter().filter(move |(_, of)| !prefix.is_empty() && *of == root);
        verbal
            .chain(std::iter::once(noun))
            .chain(nouns.map(move |(noun, _)| format!("{noun_prefix}{noun}")))
    }

    /// The prefix and infinitive, which are separate words in a clause (`gebe … zurück`); `None`
    /// without a prefix.
    pub fn separated(&self) -> Option<(&'static str, String)> {
        (!self.prefix.is_empty()).then(|| (self.prefix, format!("{}en", self.root)))
    }
}

/// The roots of the verbs that a word may be derived from; if it had a separable prefix
/// (`has_prefix`), those of irregular nouns as well.
fn roots(word: &str, has_prefix: bool) -> impl Iterator<Item = &str> {
    let noun = ["ungen", "ung"].into_iter().find_map(|end| word.strip_suffix(end));
    let participle = word
        .strip_prefix("ge")
        .and_then(|rest| ["et", "t", "en"].into_iter().find_map(|end| rest.strip_suffix(end)));
    let infinitive = word.strip_suffix("en");
    let with_zu = infinitive.filter(|_| has_prefix).and_then(|it| it.strip_prefix("zu"));
    let irregular = NOUNS.into_iter().filter(move |(noun, _)| {
        let end = word.strip_prefix(noun).filter(|_| has_prefix);
        end.is_some_and(|end| matches!(end, "" | "e" | "n" | "en" | "s" | "es"))
    });
    [noun, participle, with_zu, infinitive]
        .into_iter()
        .flatten()
        .filter(|root| root.chars().count() >= MIN_ROOT)
        .chain(irregular.map(|(_, root)| root))
}

#[cfg(test)]
mod tests {
    use super::Verb;

    /// Whether a form of some verb that `word` comes from is `other`.
    fn derives(word: &str, other: &str) -> bool {
        Verb::all(word).any(|verb| verb.forms().any(|form| form == other))
    }

    #[test]
    fn words_of_one_verb_lead_to_one_another() {
        for words in [
            ["offnung", "offnen", "geoffnet"],
            ["ruckgabe", "zuruckgeben", "zuruckgegeben"],
            ["anmeldung", "anmelden", "angemeldet"],
            ["abholung", "abzuholen", "abgeholt"],
            ["ruckzahlung", "zuruckzahlen", "zuruckgezahlt"],
            ["einnahme", "einnehmen", "einzunehmen"],
        ] {
            for word in words {
                for other in words.into_iter().filter(|other| *other != word) {
                    assert!(derives(word, other), "{word} {other}");
                }
            }
        }
        for (word, other) in [("zug", "ziehen"), ("angabe", "aufgeben"), ("gabe", "geben")] {
            assert!(!derives(word, other), "{word} {other}");
        }
    }
}
