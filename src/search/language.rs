//! The language of a collection: its stems, and its words that carry no weight.

use crate::collection::EntryRef;
use crate::text::words;
use rust_stemmers::{Algorithm, Stemmer};

/// Languages that are told apart by their most frequent words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub(super) enum Language {
    /// None of the others; words are not stemmed.
    #[default]
    Unknown,
    English,
    German,
    French,
    Spanish,
    Italian,
    Portuguese,
    Dutch,
    Swedish,
    Russian,
}

use Language::{
    Dutch, English, French, German, Italian, Portuguese, Russian, Spanish, Swedish, Unknown,
};

/// Each with its function words, folded. What asks or points but names nothing has no weight.
const LANGUAGES: &[(Language, &str)] = &[
    (
        English,
        "a about after all also am an and any are as at be because been before being but by can \
         cant could did didnt do does doesnt doing dont during each for from get gets getting had \
         has have having he her him his how i id if im in into is isnt it its ive just let lets me \
         more most my no not of on one only or other our out please shall she should so some such \
         than that the their them then there these they this those to too up us use used using \
         very was we were what whats when where which while who whom whose why will with wont \
         would you your yours",
    ),
    (
        German,
        "aber als am an auch auf aus bei bin bis da damit dann das dass dem den der des die dies \
         diese dieser dir doch du durch ein eine einem einen einer eines er es fur gegen hab habe \
         haben hat hatte ich ihr im in ist ja jetzt kann kein keine konnen man mehr mein meine mich \
         mir mit muss nach nicht noch nur ob oder ohne sehr sein sich sie sind so soll sollte uber \
         um und uns unter vom von vor wann warum was wegen welche wenn wer werden wie wieso wir \
         wird wo wurde zu zum zur",
    ),
    (
        French,
        "a ai au aux avec c ce ces cette comment d dans de des dois du elle en est et etre fait faire \
         faut il ils j je l la le les leur lors ma mais me mes moi mon n ne nous on ou par pas peut \
         plus pour pourquoi puis qu quand que quel quelle quels qui quoi s sa sans se ses si son \
         sont sur t ta te tu un une vous y",
    ),
    (
        Spanish,
        "a al como con cual cuales cuando cuanto de del desde donde el ella ellos en es esta este \
         esto hay la las le les lo los me mi mis mas muy no nos o para pero por porque puede puedo que quien \
         se ser si sin sobre son su sus te tener tengo tiene un una y ya yo",
    ),
    (
        Italian,
        "a ai al alla anche che chi ci come con cosa da dal dei del della delle di dove e ed fare gli \
         ha ho i il in io la le lo ma mi mia mio ne nel nella non o per perche piu posso puo quale quali \
         quando quanto quello questa questo se si sono su un una",
    ),
    (
        Portuguese,
        "a ao aos as com como da das de do dos e ela ele em entre essa este eu fazer ha isso mais mas \
         me meu minha na nao nas no nos o onde os ou para pela pelo pode por porque posso qual quais \
         quando que quem se sem ser seu sua sao tem um uma voce",
    ),
    (
        Dutch,
        "aan al als bij dan dat de deze die dit doe door een en er ga geen gebruik heb hebben heeft het \
         hij hoe ik in is je kan kunnen maar me met mijn moet naar niet nog of om onder ook op over te tot \
         uit van veel voor waar waarom wanneer wat we welke werd wie wil wordt worden ze zich zijn zo",
    ),
    (
        Swedish,
        "alla att av blir de dem den det detta dig din du eller en ett for fran gor han har hon hur i \
         inte ja jag kan man med men mig min mitt mot nar nagon och om pa sa sig ska som till under upp ut \
         vad var varfor vi vilka vilken",
    ),
    (
        Russian,
        "а без бы быть в вам вас во вот все вы где да для до его ее если есть еще же за и из или им их \
         к как какая какие какой когда кто ли меня мне можно мой мы на надо не нет ни но ну о об он она они \
         от по почему при с со так также такое там то только у уже что чтобы это этот я",
    ),
];

impl Language {
    /// The language that most of the entries' words speak for; `Unknown` where no language has
    /// enough of them.
    pub fn of<'a>(entries: impl Iterator<Item = EntryRef<'a>>) -> Self {
        let mut counts = [0_usize; LANGUAGES.len()];
        let mut total = 0_usize;
        for entry in entries {
            let answer = entry.answer();
            let end = answer.char_indices().nth(300).map_or(answer.len(), |(at, _)| at);
            for text in [entry.question(), &answer[..end]] {
                words(text, |word| {
                    total += 1;
                    for (count, (language, _)) in counts.iter_mut().zip(LANGUAGES) {
                        *count += usize::from(language.is_weightless(word.folded));
                    }
                });
            }
        }
        let best = (0..counts.len()).max_by_key(|&n| (counts[n], std::cmp::Reverse(n)));
        match best {
            // In running text a third of the words and more are function words.
            Some(n) if counts[n] * 8 > total && total > 0 => LANGUAGES[n].0,
            _ => Unknown,
        }
    }

    /// Whether a folded word says nothing about what is asked.
    pub fn is_weightless(self, word: &str) -> bool {
        use std::collections::HashSet;
        use std::sync::LazyLock;
        static SETS: LazyLock<Vec<(Language, HashSet<&str>)>> = LazyLock::new(|| {
            LANGUAGES.iter().map(|(l, words)| (*l, words.split_whitespace().collect())).collect()
        });
        let set = SETS.iter().find(|(language, _)| *language == self);
        set.is_some_and(|(_, words)| words.contains(word))
    }

    /// Its Snowball stemmer.
    pub fn stemmer(self) -> Option<Stemmer> {
        let algorithm = match self {
            Unknown => return None,
            English => Algorithm::English,
            German => Algorithm::German,
            French => Algorithm::French,
            Spanish => Algorithm::Spanish,
            Italian => Algorithm::Italian,
            Portuguese => Algorithm::Portuguese,
            Dutch => Algorithm::Dutch,
            Swedish => Algorithm::Swedish,
            Russian => Algorithm::Russian,
        };
        Some(Stemmer::create(algorithm))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::{Entry, Store};

    fn of(questions: &[&str]) -> Language {
        let entry = |q: &&str| Entry { question: (*q).into(), ..Entry::default() };
        let store = Store::new(&questions.iter().map(entry).collect::<Vec<_>>());
        Language::of((0..store.len()).filter_map(|n| store.get(n)))
    }

    #[test]
    fn tells_languages_apart() {
        assert_eq!(of(&["How do I get to the station?", "What is the time?"]), English);
        assert_eq!(of(&["Wie komme ich zum Bahnhof?", "Was ist das für ein Hund?"]), German);
        assert_eq!(of(&["Comment est-ce que je peux faire du pain ?"]), French);
        assert_eq!(of(&["Как мне попасть на вокзал?"]), Russian);
        assert_eq!(of(&["歇后语", "xargs zzz qqq"]), Unknown);
        assert_eq!(of(&[]), Unknown);
    }
}
