//! Titles as plain text: without number, `Q:`, emphasis, links, tags, anchors.

/// What stands before a title.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Lead {
    /// `Q:`, `Question 3:` and the like.
    pub(super) marked: bool,
    /// Parts of its number, 0 without one.
    pub(super) number: u8,
}

const QUESTION_WORDS: &[&str] = &[
    "question",
    "frage",
    "pregunta",
    "pergunta",
    "domanda",
    "вопрос",
    "問題",
    "问题",
    "質問",
    "q",
    "问",
    "問",
];
/// Letters that mean "question" before a colon.
const QUESTION_LETTERS: &[&str] = &["p", "в"];
const ANSWER_WORDS: &[&str] = &[
    "answer",
    "antwort",
    "respuesta",
    "resposta",
    "réponse",
    "risposta",
    "ответ",
    "ans",
    "答え",
    "回答",
    "a",
    "r",
    "答",
    "о",
    "р",
];

/// Splits number and mark off a title.
pub(super) fn split_lead(title: &str) -> (Lead, &str) {
    let mut lead = Lead::default();
    let mut rest = title.trim_start();
    loop {
        let before = rest;
        rest = rest.trim_start_matches(|c: char| {
            c.is_whitespace()
                || matches!(c, '>' | '»' | '•' | '▸' | '►' | '→' | '➤' | '❓' | '❔' | '·')
        });
        if let Some(after) = after_mark(rest, QUESTION_WORDS, QUESTION_LETTERS) {
            lead.marked = true;
            rest = after;
        } else if let (0, Some((parts, after))) = (lead.number, number(rest)) {
            lead.number = parts;
            rest = after;
        }
        if rest == before {
            return (lead, rest);
        }
    }
}

/// What follows `A:` and the like, if the text begins so.
pub(super) fn after_answer_mark(text: &str) -> Option<&str> {
    let bare = text.trim_start();
    let plain = bare.trim_start_matches(['*', '_']);
    let stars = &bare[..bare.len() - plain.len()];
    let after = after_mark(plain, ANSWER_WORDS, &[])?;
    Some(if stars.is_empty() {
        after
    } else {
        // `**A:** text` and `**A**: text` end their emphasis around the colon; `**A: text**` later.
        after.strip_prefix(stars).unwrap_or(after).trim_start()
    })
}

/// `word[ number][emphasis]sign`, where the sign is a colon, or a point, a bracket or a dash for
/// the short words.
fn after_mark<'a>(text: &'a str, words: &[&str], letters: &[&str]) -> Option<&'a str> {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let word = text[..end].to_lowercase();
    let is_word = words.contains(&word.as_str());
    if end == 0 || !is_word && !letters.contains(&word.as_str()) {
        return None;
    }
    let mut rest = text[end..].trim_start_matches([' ', '#', '-']);
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let numbered = digits.len() < rest.len();
    let dotted = numbered && rest[..rest.len() - digits.len()].ends_with('.');
    rest = digits.trim_start_matches(['*', '_']);
    let short = word.chars().count() == 1;
    let sign = rest.chars().next()?;
    let ends = match sign {
        ':' | '：' => true,
        '.' | ')' | '）' => short && is_word && word != "a" || numbered && is_word,
        '、' | '】' | ']' => is_word && !word.is_ascii(),
        _ => false,
    };
    // "A." begins too many sentences to be taken without emphasis.
    let emphasised = digits.len() > rest.len();
    if ends || emphasised && sign == '.' && is_word {
        return Some(rest[sign.len_utf8()..].trim_start());
    }
    (dotted && is_word).then(|| rest.trim_start())
}

/// `1.`, `1.2.`, `1.2 `, `(3)`, `4)`, `[5]`, `6、`: how many parts, and what follows.
fn number(text: &str) -> Option<(u8, &str)> {
    // `G4.`: chapters of some digests have letters.
    let lettered = text.starts_with(|c: char| c.is_ascii_uppercase())
        && text[1..].starts_with(|c: char| c.is_ascii_digit());
    let text = if lettered { &text[1..] } else { text };
    let open = text.chars().next().filter(|c| matches!(c, '(' | '[' | '（' | '【'));
    let inner = &text[open.map_or(0, char::len_utf8)..];
    let end = inner.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(inner.len());
    let digits = &inner[..end];
    let parts: Vec<&str> = digits.split('.').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() || parts.len() > 6 || parts.iter().any(|part| part.len() > 4) {
        return None;
    }
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let rest = &inner[end..];
    let next = rest.chars().next();
    let dotted = digits.ends_with('.');
    let ended = match (open, next) {
        (Some(_), Some(c @ (')' | ']' | '）' | '】'))) => Some(&rest[c.len_utf8()..]),
        (None, Some(c @ (')' | '、' | '）' | '．' | ':'))) if !dotted => {
            Some(&rest[c.len_utf8()..])
        }
        (None, Some(c)) if c.is_whitespace() && (dotted || parts.len() > 1) => Some(rest),
        (None, Some(c)) if dotted && !c.is_ascii() => Some(rest),
        (None, Some('*' | '_')) if dotted => Some(rest),
        _ => None,
    }?;
    let ended = ended.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–'));
    (!ended.is_empty()).then_some((parts.len() as u8, ended))
}

/// Markdown and HTML of one title as plain text.
pub(super) fn clean(markup: &str) -> String {
    let text = without_attributes(markup.trim());
    let text = without_links(text.trim_end_matches('#').trim());
    let text = without_tags(&text);
    let text = unescape(&text);
    let text = text.replace("~~", "").replace("**", "").replace("¶", "");
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek().is_some_and(char::is_ascii_punctuation) => {
                out.extend(chars.next());
            }
            '`' => {}
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    strip_pair(out.trim()).to_owned()
}

/// `_title_` and `*title*` as a whole.
fn strip_pair(text: &str) -> &str {
    for sign in ['*', '_'] {
        if let Some(inner) = text.strip_prefix(sign).and_then(|t| t.strip_suffix(sign))
            && !inner.contains(sign)
        {
            return inner.trim();
        }
    }
    text.trim_matches('*').trim()
}

/// Without `{#id}` at the end.
fn without_attributes(text: &str) -> &str {
    match text.rfind('{') {
        Some(at) if text.ends_with('}') && text[at..].starts_with("{#") => text[..at].trim_end(),
        Some(at) if text.ends_with('}') && text[at..].starts_with("{:") => text[..at].trim_end(),
        _ => text,
    }
}

/// `[text](address)` and `[text][name]` as `text`; pictures as their alternative text.
fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let Some(close) = matching(&rest[open..], '[', ']') else { break };
        let label = &rest[open + 1..open + close];
        let after = &rest[open + close + 1..];
        let escaped = rest[..open].ends_with('\\');
        let target = match after.chars().next().filter(|_| !escaped) {
            Some('(') => matching(after, '(', ')'),
            Some('[') => matching(after, '[', ']'),
            _ => None,
        };
        let before = &rest[..open];
        let before =
            if target.is_some() { before.strip_suffix('!').unwrap_or(before) } else { before };
        out.push_str(before);
        if let Some(end) = target {
            out.push_str(&without_links(label));
            rest = &after[end + 1..];
        } else {
            out.push_str(&rest[open..=open + close]);
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn matching(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
        if at > 2000 {
            break;
        }
    }
    None
}

/// Without HTML tags; `<T>` inside code stays.
pub(super) fn without_tags(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut code = false;
    let mut rest = text;
    while let Some(at) = rest.find(['<', '`']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('`') {
            code = !code;
        } else if let (false, Some(end)) = (code || out.ends_with('\\'), tag_end(rest)) {
            if rest.starts_with("<br") {
                out.push(' ');
            }
            rest = &rest[end..];
            continue;
        }
        out.push_str(&rest[..1]);
        rest = &rest[1..];
    }
    out.push_str(rest);
    out
}

const TAGS: &[&str] = &[
    "a", "b", "br", "i", "u", "s", "em", "strong", "span", "div", "p", "code", "kbd", "sub", "sup",
    "img", "font", "del", "ins", "strike", "small", "big", "tt", "summary", "details", "mark",
    "h1", "h2", "h3", "h4", "h5", "h6", "center", "hr", "abbr", "cite", "q", "li", "ul", "ol",
    "svg", "path", "button", "input", "label",
];

/// Where the tag that begins here ends, if one does.
fn tag_end(text: &str) -> Option<usize> {
    let name = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let is_tag = TAGS.contains(&name[..length].to_ascii_lowercase().as_str());
    is_tag.then(|| text.find('>').map(|end| end + 1)).flatten()
}

/// The usual entities.
pub(super) fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|&end| end <= 10 && !out.ends_with('\\'));
        if let Some((end, c)) = end.and_then(|end| Some((end, entity(&rest[1..end])?))) {
            out.push_str(&c);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<String> {
    let named = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" | "ldquo" | "rdquo" => "\"",
        "apos" | "lsquo" | "rsquo" => "'",
        "nbsp" => " ",
        "middot" => "·",
        "hellip" => "…",
        "mdash" => "—",
        "ndash" => "–",
        "copy" => "©",
        "times" => "×",
        "rarr" => "→",
        "larr" => "←",
        _ => "",
    };
    if !named.is_empty() {
        return Some(named.to_owned());
    }
    let code = name.strip_prefix('#')?;
    let code = match code.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => code.parse().ok()?,
    };
    char::from_u32(code).map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_are_split_off() {
        for (text, marked, number, rest) in [
            ("Q: Why?", true, 0, "Why?"),
            ("Q1. Why?", true, 0, "Why?"),
            ("Question 12: Why?", true, 0, "Why?"),
            ("1.2. Why?", false, 2, "Why?"),
            ("4.12 and so", false, 2, "and so"),
            ("(3) Why?", false, 1, "Why?"),
            (">> Why?", false, 0, "Why?"),
            ("12) Q: Why?", true, 1, "Why?"),
            ("2024 was good", false, 0, "2024 was good"),
            ("3 things", false, 0, "3 things"),
            ("问：为什么", true, 0, "为什么"),
            ("P: ¿Por qué?", true, 0, "¿Por qué?"),
            ("Quite so: yes", false, 0, "Quite so: yes"),
        ] {
            assert_eq!(split_lead(text), (Lead { marked, number }, rest), "{text}");
        }
        assert_eq!(after_answer_mark("**A:** Yes"), Some("Yes"));
        assert_eq!(after_answer_mark("**A**. Yes"), Some("Yes"));
        assert_eq!(after_answer_mark("A: Yes"), Some("Yes"));
        assert_eq!(after_answer_mark("A good one"), None);
        assert_eq!(after_answer_mark("Another: x"), None);
    }

    #[test]
    fn markup_goes() {
        for (text, plain) in [
            ("What is `Vec<T>`? {#vec}", "What is Vec<T>?"),
            ("[Run](lib/Run.htm) *it* <kbd>x</kbd> &amp; go ##", "Run *it* x & go"),
            ("~~**Old**~~ `a`", "Old a"),
            ("<a name=\"x\"></a>Why ![pic](y)?", "Why pic?"),
            ("won\\'t", "won't"),
            ("a [b] c", "a [b] c"),
        ] {
            assert_eq!(clean(text), plain);
        }
    }
}
