//! Detects questions in many languages.

/// How likely a title is a question: 1 for a question mark, less for a beginning that asks.
pub(crate) fn question_likeness(title: &str) -> f32 {
    let title = title.trim();
    if ends_as_question(title) {
        1.0
    } else if begins_as_question(title) {
        0.8
    } else {
        0.0
    }
}

/// Whether the text ends in a question mark of any script, ignoring closing punctuation after it.
pub(crate) fn ends_as_question(title: &str) -> bool {
    let is_greek = |c: char| matches!(c, '\u{0370}'..='\u{03ff}' | '\u{1f00}'..='\u{1fff}');
    // The question mark of Greek is mostly typed as a semicolon.
    if let Some(text) = title.trim_end().strip_suffix(';') {
        return text.chars().rev().find(|c| c.is_alphabetic()).is_some_and(is_greek);
    }
    title
        .trim_end_matches(|c: char| {
            c.is_whitespace()
                || matches!(c, '"' | '\'' | ')' | ']' | '*' | '_' | '`' | '~' | '¶' | '.' | '!')
                || matches!(c, '”' | '’' | '»' | '」' | '』' | '）' | '：' | ':')
        })
        .ends_with(['?', '？', '؟', '՞', '⁇', '⁈', '፧', '⸮', '?'])
}

/// Whether a text asks in the imperative, as in interviews: "Tell me about …".
pub(crate) fn asks_in_imperative(title: &str) -> bool {
    const BIDS: &[&str] = &[
        "tell me ",
        "tell us ",
        "walk me through ",
        "walk us through ",
        "talk me through ",
        "talk about ",
        "give me an example",
        "give us an example",
        "describe a time ",
        "describe yourself",
        "describe your ",
        "erzählen sie ",
        "beschreiben sie ",
        "parlez-moi ",
        "cuéntame ",
        "háblame ",
    ];
    let start = title.trim_start().to_lowercase();
    BIDS.iter().any(|bid| start.starts_with(bid))
}

/// Whether the first word is an interrogative, or a request such as "explain".
pub(crate) fn begins_as_question(title: &str) -> bool {
    let start = title.trim_start_matches(|c: char| !c.is_alphabetic());
    let end = start.char_indices().nth(24).map_or(start.len(), |(at, _)| at);
    let start = lowercase(&start[..end]);
    let word = start.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    ASKING_WORDS.contains(&word) || ASKING_STARTS.iter().any(|s| start.starts_with(s))
}

/// Character by character: there is no context-dependent case mapping.
fn lowercase(text: &str) -> String {
    if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        text.chars().flat_map(char::to_lowercase).collect()
    }
}

const ASKING_WORDS: &[&str] = &[
    // English
    "how",
    "what",
    "why",
    "when",
    "where",
    "which",
    "who",
    "whom",
    "whose",
    "can",
    "could",
    "do",
    "does",
    "did",
    "is",
    "are",
    "was",
    "were",
    "will",
    "would",
    "should",
    "may",
    "must",
    "has",
    "have",
    "am",
    "explain",
    "describe",
    "whats",
    // German, Dutch
    "wie",
    "was",
    "warum",
    "wann",
    "wo",
    "welche",
    "welcher",
    "welches",
    "wer",
    "wieso",
    "kann",
    "muss",
    "gibt",
    "hoe",
    "wat",
    "waarom",
    "wanneer",
    "waar",
    "welke",
    // French, Spanish, Portuguese, Italian
    "comment",
    "pourquoi",
    "quand",
    "où",
    "quel",
    "quelle",
    "quels",
    "quelles",
    "qui",
    "que",
    "combien",
    "cómo",
    "como",
    "qué",
    "cuál",
    "cuándo",
    "dónde",
    "quién",
    "por",
    "puedo",
    "qual",
    "quando",
    "onde",
    "quem",
    "posso",
    "come",
    "perché",
    "quale",
    "dove",
    "chi",
    "cosa",
    // Russian, Ukrainian, Polish, Czech
    "как",
    "что",
    "почему",
    "когда",
    "где",
    "какой",
    "какая",
    "какие",
    "кто",
    "зачем",
    "можно",
    "можете",
    "сколько",
    "куда",
    "откуда",
    "есть",
    "чем",
    "як",
    "що",
    "чому",
    "коли",
    "де",
    "хто",
    "jak",
    "co",
    "dlaczego",
    "kiedy",
    "gdzie",
    "czy",
    "proč",
    "kdy",
    "kde",
    // Turkish, Arabic
    "nasıl",
    "neden",
    "nedir",
    "ne",
    "hangi",
    "كيف",
    "ما",
    "ماذا",
    "لماذا",
    "متى",
    "أين",
    "هل",
    "من",
];

/// Scripts without spaces between words.
const ASKING_STARTS: &[&str] = &[
    "为什么",
    "怎么",
    "如何",
    "什么",
    "怎样",
    "哪",
    "是否",
    "能否",
    "有没有",
    "為什麼",
    "怎麼",
    "什麼",
    "なぜ",
    "どう",
    "どの",
    "何",
    "いつ",
    "どこ",
    "왜",
    "어떻게",
    "무엇",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_of_many_languages() {
        for title in ["Is it?", "“Really?”", "歌詞は？", "ما هذا ؟", "How to do it", "Как быть"]
        {
            assert!(question_likeness(title) > 0.5, "{title}");
        }
        for title in ["Installation", "It is.", "", "Questions & answers"] {
            assert!(question_likeness(title) < 0.5, "{title}");
        }
    }
}
