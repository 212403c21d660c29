//! The words and letters for "question" and "answer" before a colon, in many languages.
//!
//! Words are labels everywhere. The meaning of a single letter depends on the text: `S:` asks in
//! Turkish and answers in Swedish. [`with_common_letters`] looks for pairs that alternate, and
//! replaces them by `Q:` and `A:`.

use memchr::memchr2;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The meaning of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    Question,
    Answer,
}

/// For each language its words for "question" and for "answer", in lower case.
const LANGUAGES: &[(&[&str], &[&str])] = &[
    (&["question", "ques", "qn", "q"], &["answer", "ans", "a"]),
    (&["frage"], &["antwort"]),
    (&["vraag"], &["antwoord"]),
    (&["question"], &["réponse", "reponse", "rép", "r"]),
    (&["pregunta"], &["respuesta"]),
    (&["pergunta", "questão"], &["resposta"]),
    (&["domanda"], &["risposta"]),
    (&["întrebare", "intrebare"], &["răspuns", "raspuns"]),
    (&["fråga", "spørgsmål", "spørsmål", "spurning"], &["svar"]),
    (&["kysymys", "küsimus"], &["vastaus", "vastus"]),
    (&["jautājums", "klausimas"], &["atbilde", "atsakymas"]),
    (&["вопрос"], &["ответ", "о", "р"]),
    (&["питання", "запитання"], &["відповідь"]),
    (&["въпрос", "питање", "прашање"], &["отговор", "одговор"]),
    (&["pytanie"], &["odpowiedź"]),
    (&["otázka"], &["odpověď", "odpoveď"]),
    (&["pitanje", "vprašanje"], &["odgovor"]),
    (&["kérdés"], &["válasz"]),
    (&["ερώτηση"], &["απάντηση"]),
    (&["soru", "sual"], &["cevap", "yanıt", "cavab"]),
    (&["pertanyaan", "tanya", "soalan"], &["jawaban", "jawab", "jawapan"]),
    (&["câu hỏi", "hỏi"], &["trả lời", "đáp", "đáp án"]),
    (&["swali", "demando", "galdera"], &["jibu", "respondo", "erantzuna"]),
    (&["سؤال", "السؤال", "س"], &["جواب", "الجواب", "الإجابة", "ج"]),
    (&["سوال", "پرسش"], &["پاسخ"]),
    (&["שאלה"], &["תשובה"]),
    (&["प्रश्न", "सवाल", "প্রশ্ন"], &["उत्तर", "जवाब", "উত্তর"]),
    (&["ถาม", "คำถาม"], &["ตอบ", "คำตอบ"]),
    (&["问", "問", "问题", "問題", "提问"], &["答", "答案", "回答", "解答"]),
    (&["質問", "問い"], &["回答", "答え"]),
    (&["질문", "문"], &["답변", "답"]),
];

/// Letters for "question" and "answer" of the same text.
const LETTERS: &[(&str, &str)] = &[
    ("d", "r"),
    ("v", "a"),
    ("p", "o"),
    ("s", "c"),
    ("s", "y"),
    ("p", "r"),
    ("f", "s"),
    ("f", "a"),
    ("k", "v"),
    ("î", "r"),
    ("t", "j"),
    ("h", "đ"),
    ("в", "о"),
    ("п", "в"),
    ("з", "в"),
    ("ε", "α"),
    ("ש", "ת"),
    ("प्र", "उ"),
];

/// Longer words are not labels, in bytes.
const MAX_LABEL_BYTES: usize = 40;

/// The meaning of a word before a colon.
pub(crate) fn label(word: &str) -> Option<Label> {
    static LABELS: LazyLock<HashMap<&str, Label>> = LazyLock::new(|| {
        let each = |words: &'static [&str], label| words.iter().map(move |word| (*word, label));
        let languages = LANGUAGES.iter();
        languages
            .flat_map(|(asks, answers)| {
                each(asks, Label::Question).chain(each(answers, Label::Answer))
            })
            .collect()
    });
    if word.len() > MAX_LABEL_BYTES {
        return None;
    }
    let is_lower = word.bytes().all(|byte| byte.is_ascii_lowercase());
    let word = if is_lower { Cow::Borrowed(word) } else { word.to_lowercase().into() };
    LABELS.get(word.as_ref()).copied()
}

/// Whether a word in lower case means "question", in any form: `questions`, `Fragen`.
pub(crate) fn names_questions(word: &str) -> bool {
    let mut words = LANGUAGES.iter().flat_map(|(asks, _)| asks.iter());
    words.any(|asks| asks.len() > 4 && word.starts_with(asks))
}

/// The end of the leading word, or of two words that form a label, in bytes; 0 when the text does
/// not begin with a word.
pub(crate) fn word_end(text: &str) -> usize {
    let end = |text: &str| text.find(|c: char| !is_word_sign(c)).unwrap_or(text.len());
    let first = end(text);
    // Vietnamese labels have two words.
    if matches!(text[..first].to_lowercase().as_str(), "câu" | "trả" | "đáp")
        && let Some(rest) = text[first..].strip_prefix(' ')
    {
        let both = first + 1 + end(rest);
        return if label(&text[..both]).is_some() { both } else { first };
    }
    first
}

/// Letters, and the combining marks of Indian scripts and Thai.
fn is_word_sign(c: char) -> bool {
    c.is_alphabetic() || !c.is_ascii() && matches!(c, '\u{900}'..='\u{dff}' | '\u{e30}'..='\u{e4e}')
}

/// The text with the letters of its language before questions and answers replaced by `Q` and `A`;
/// unchanged if it has none.
pub(crate) fn with_common_letters(text: &str) -> Cow<'_, str> {
    let labels: Vec<&str> = text.lines().filter_map(|line| lettered(line).map(|l| l.1)).collect();
    let Some((asks, answers)) = LETTERS.iter().find(|pair| alternate(&labels, pair)) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let common = lettered(line).and_then(|(start, letter)| {
            let letter_lower = letter.to_lowercase();
            let common = if letter_lower == *asks { "Q" } else { "A" };
            let is_one = letter_lower == *asks || letter_lower == *answers;
            is_one.then_some((start, start + letter.len(), common))
        });
        match common {
            Some((start, end, common)) => {
                out.push_str(&line[..start]);
                out.push_str(common);
                out.push_str(&line[end..]);
            }
            None => out.push_str(line),
        }
    }
    out.into()
}

/// The letter before a colon at the beginning of a line, and its offset.
fn lettered(line: &str) -> Option<(usize, &str)> {
    // Most lines have no colon near their beginning.
    let head = &line.as_bytes()[..line.len().min(24)];
    memchr2(b':', 0xef, head)?;
    let bare = line.trim_start_matches([' ', '\t', '>', '-', '*', '_', '#']);
    let start = line.len() - bare.len();
    let end = bare.find(|c: char| !is_word_sign(c))?;
    let rest = bare[end..].trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let is_label = end > 0
        && bare[..end].chars().count() <= 3
        && rest.trim_start_matches(['*', '_']).starts_with([':', '：']);
    is_label.then_some((start, &bare[..end]))
}

/// Whether the labels of a text are mostly questions followed by answers.
fn alternate(labels: &[&str], (asks, answers): &(&str, &str)) -> bool {
    let is = |label: &str, letter: &str| label.to_lowercase() == letter;
    let own: Vec<bool> = labels
        .iter()
        .filter(|label| is(label, asks) || is(label, answers))
        .map(|label| is(label, asks))
        .collect();
    let pairs = own.windows(2).filter(|two| two[0] && !two[1]).count();
    pairs > 1 && pairs * 5 >= own.len() * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_many_languages() {
        for (text, expected) in [
            ("Otázka", Label::Question),
            ("Odpověď", Label::Answer),
            ("Câu hỏi", Label::Question),
            ("Trả lời", Label::Answer),
            ("प्रश्न", Label::Question),
            ("คำตอบ", Label::Answer),
            ("תשובה", Label::Answer),
        ] {
            assert_eq!(word_end(&format!("{text}: x")), text.len(), "{text}");
            assert_eq!(label(text), Some(expected), "{text}");
        }
        assert_eq!(label("note"), None);
    }

    #[test]
    fn letters_mean_what_the_text_shows() {
        let turkish = "S: Lodos mu?\nC: Evet.\n\n**S2:** Poyraz mı?\n**C2:** Hayır.\n";
        let common = "Q: Lodos mu?\nA: Evet.\n\n**Q2:** Poyraz mı?\n**A2:** Hayır.\n";
        assert_eq!(with_common_letters(turkish), common);
        let swedish = "F: Blåser det?\nS: Ja.\n\nF: Regnar det?\nS: Nej.\n";
        assert_eq!(with_common_letters(swedish).matches("A:").count(), 2);
        for other in ["D: one drive\nE: another\nR: a third\n", "P: Why?\nSo.\n\nP: And?\nSo.\n"] {
            assert_eq!(with_common_letters(other), other);
        }
    }
}
