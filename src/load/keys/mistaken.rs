//! Misspelt keys (`answr`), and requested keys that do not exist.

use super::names;
use crate::load::options::Options;
use crate::load::value::Map;
use std::collections::HashSet;

/// The keys that a misspelt one may stand for.
const MEANT: &[&str] =
    &["question", "answer", "answers", "options", "explanation", "tags", "aliases", "category"];
/// The most records that are examined.
const SAMPLE: usize = 10_000;

/// The misspelt keys of records, each once with the likely intended key.
pub(crate) fn misspelt<'k>(records: &[&'k Map<'_>]) -> Vec<(&'k str, &'static str)> {
    let mut seen = HashSet::new();
    let keys = records.iter().take(SAMPLE).flat_map(|record| record.iter().map(|(key, _)| &**key));
    let new = keys.filter(|key| seen.insert(*key));
    new.filter_map(|key| Some((key, meant(key)?))).collect()
}

fn meant(key: &str) -> Option<&'static str> {
    let name = names::normal(key);
    let most = if name.len() < 6 { 1 } else { 2 };
    let is_near = |known: &&str| {
        known.len().abs_diff(name.len()) <= 1
            && known.as_bytes().first() == name.as_bytes().first()
            && strsim::damerau_levenshtein(known, &name) <= most
    };
    // `answered` is another word, and `option 1` is one of several options.
    let words = names::words(key);
    let is_one_of_several = words.last().is_some_and(|last| {
        last.chars().count() == 1 || last.bytes().all(|byte| byte.is_ascii_digit())
    });
    let is_another = is_one_of_several
        || names::is_listed(&name)
        || MEANT.iter().any(|known| name.starts_with(known));
    if name.len() < 4 || is_another { None } else { MEANT.iter().copied().find(is_near) }
}

/// The message for a misspelt key.
pub(crate) fn did_you_mean(key: &str, meant: &str) -> String {
    format!("unknown key {key:?}: did you mean {meant:?}?")
}

/// The message for a requested key that no record has.
pub(crate) fn missing<'k>(
    keys: impl Iterator<Item = &'k str>,
    options: &Options,
) -> Option<String> {
    let mut seen = HashSet::new();
    let keys: Vec<&str> = keys.filter(|key| seen.insert(*key)).take(100).collect();
    let asked = [&options.question_key, &options.answer_key];
    let is_there =
        |wanted: &str| keys.iter().any(|key| key.to_lowercase() == wanted.to_lowercase());
    let wanted = asked.into_iter().flatten().find(|wanted| !is_there(wanted))?;
    let nearest = keys
        .iter()
        .map(|key| (strsim::damerau_levenshtein(&key.to_lowercase(), &wanted.to_lowercase()), key))
        .min()
        .filter(|(distance, _)| *distance <= 3.min(wanted.chars().count() / 2));
    let hint = nearest.map(|(_, key)| format!("; did you mean {key:?}?")).unwrap_or_default();
    Some(format!("nothing is called {wanted:?}{hint} (there are: {})", keys.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_told_and_known_ones_are_not() {
        for (key, expected) in [
            ("answr", Some("answer")),
            ("qestion", Some("question")),
            ("Anwser", Some("answer")),
            ("answered", None),
            ("answer", None),
            ("questions", None),
            ("anchor", None),
            ("Option B", None),
            ("option12", None),
        ] {
            assert_eq!(meant(key), expected, "{key}");
        }
    }

    #[test]
    fn a_key_that_is_not_there_is_told_with_the_nearest() {
        let options = Options { question_key: Some("Frag".into()), ..Options::default() };
        let message = missing(["Frage", "Antwort"].into_iter(), &options);
        let expected =
            "nothing is called \"Frag\"; did you mean \"Frage\"? (there are: Frage, Antwort)";
        assert_eq!(message.as_deref(), Some(expected));
        let options = Options { question_key: Some("frage".into()), ..Options::default() };
        assert_eq!(missing(["Frage"].into_iter(), &options), None);
    }
}
