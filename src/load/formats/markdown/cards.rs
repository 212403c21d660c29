//! Flash cards inside notes: Obsidian's `front::back` and `?` cards, Logseq's `#card` blocks, and
//! the questions of Bot Framework's `.qna` files.

use super::dialect::DialectLine;
use super::line::{fence_of, list_item};
use crate::load::lead::split_lead;
use crate::markup::source::clean;
use memchr::memmem;

/// A card with its line.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Card {
    pub(super) line: u32,
    pub(super) question: String,
    pub(super) answer: String,
    pub(super) aliases: Vec<String>,
    pub(super) tags: Vec<String>,
}

/// The cards of a page; none if it has no cards.
pub(super) fn cards(lines: &[DialectLine<'_>]) -> Vec<Card> {
    let has = |sign: &str| {
        let sign = memmem::Finder::new(sign);
        lines.iter().any(|line| sign.find(line.text.as_bytes()).is_some())
    };
    if lines.iter().any(|line| bot_question(&line.text).is_some()) {
        return bot_questions(lines);
    }
    let exported = blocks_of_anki(lines);
    if !exported.is_empty() {
        return exported;
    }
    if has("#card") {
        return logseq(lines);
    }
    let is_marked = has("#flashcards") || has("<!--SR:") || has("#anki") || has("#spaced");
    let has_parts = || has("::") || lines.iter().any(|line| matches!(line.text.trim(), "?" | "??"));
    if !is_marked && !has_parts() {
        return Vec::new();
    }
    let cards = obsidian(lines, is_marked);
    if is_marked || cards.len() > 1 && cards.len() * 10 >= paragraphs(lines).len() * 7 {
        cards
    } else {
        Vec::new()
    }
}

/// Runs of non-empty lines, outside code.
fn paragraphs<'l, 'a>(lines: &'l [DialectLine<'a>]) -> Vec<Vec<&'l DialectLine<'a>>> {
    let mut out: Vec<Vec<&DialectLine<'_>>> = Vec::new();
    let mut fence = None;
    let mut open = false;
    for line in lines {
        let bare = line.text.trim();
        let opens = fence_of(bare);
        if fence.is_none() && bare.is_empty() {
            open = false;
            continue;
        }
        if open {
            out.last_mut().into_iter().for_each(|last| last.push(line));
        } else {
            out.push(vec![line]);
            open = true;
        }
        fence = match (fence, opens) {
            (None, opened) => opened,
            (Some(_), Some(_)) => None,
            (still, None) => still,
        };
    }
    out
}

/// A text with its marked parts, `==so==` or `{{c1::so}}`, replaced by gaps, and these parts.
fn cloze(text: &str) -> Option<(String, String)> {
    let (mut front, mut back) = (String::new(), Vec::new());
    let mut rest = text;
    let next = |text: &str| {
        let marks = [("==", "=="), ("{{cloze ", "}}"), ("{{c1::", "}}"), ("{{c2::", "}}")];
        marks.into_iter().filter_map(|(open, close)| Some((text.find(open)?, open, close))).min()
    };
    while let Some((at, open, close)) = next(rest) {
        let inner = &rest[at + open.len()..];
        let end = inner.find(close)?;
        let part = &inner[..end];
        let part = part.split("::").next().unwrap_or(part).trim();
        if part.is_empty() || part.contains('\n') {
            return None;
        }
        front.push_str(&rest[..at]);
        front.push_str("[…]");
        back.push(part);
        rest = &inner[end + close.len()..];
    }
    front.push_str(rest);
    (!back.is_empty()).then(|| (front, back.join(", ")))
}

fn obsidian(lines: &[DialectLine<'_>], is_marked: bool) -> Vec<Card> {
    let mut cards = Vec::new();
    let mut headings: Vec<(usize, String)> = Vec::new();
    for paragraph in paragraphs(lines) {
        let shown: Vec<&&DialectLine<'_>> =
            paragraph.iter().filter(|line| !line.text.trim_start().starts_with("<!--")).collect();
        let Some(first) = shown.first() else { continue };
        let level = first.text.len() - first.text.trim_start_matches('#').len();
        if level > 0 && first.text[level..].starts_with(' ') {
            headings.retain(|(above, _)| *above < level);
            headings.push((level, clean(&first.text[level..])));
        }
        let tags: Vec<String> =
            headings.iter().filter(|(n, _)| *n > 1).map(|(_, t)| t.clone()).collect();
        let part = shown.iter().position(|line| matches!(line.text.trim(), "?" | "??"));
        let mut add = |line: u32, front: &str, back: &str, both: bool| {
            let card = |question: &str, answer: &str| Card {
                line,
                question: split_lead(&clean(question)).1.to_owned(),
                answer: answer.trim().to_owned(),
                tags: tags.clone(),
                aliases: Vec::new(),
            };
            cards.push(card(front, back));
            if both {
                cards.push(card(back, front));
            }
        };
        if let Some(at) = part.filter(|&at| at > 0 && at + 1 < shown.len()) {
            let text = |part: &[&&DialectLine<'_>]| {
                part.iter().map(|line| line.text.trim_end()).collect::<Vec<_>>().join("\n")
            };
            let both = shown[at].text.trim() == "??";
            add(first.number, &text(&shown[..at]), &text(&shown[at + 1..]), both);
            continue;
        }
        let text: Vec<&str> = shown.iter().map(|line| line.text.trim()).collect();
        if level == 0
            && is_marked
            && !text.iter().any(|line| split_card(line).is_some())
            && let Some((front, back)) = cloze(&text.join("\n"))
        {
            add(first.number, &front, &back, false);
            continue;
        }
        for line in outside_fences(&shown) {
            let bare = list_item(&line.text).map_or(line.text.trim(), |item| item.text.trim());
            if let Some((front, back, both)) = split_card(bare) {
                add(line.number, front, back, both);
            }
        }
    }
    cards.retain(|card| !card.question.is_empty() && !card.answer.is_empty());
    cards
}

/// The lines of a paragraph that are neither fences nor inside one.
fn outside_fences<'p, 'a>(
    paragraph: &'p [&'p &DialectLine<'a>],
) -> impl Iterator<Item = &'p DialectLine<'a>> {
    let mut is_inside = false;
    paragraph.iter().map(|line| **line).filter(move |line| {
        let is_fence = fence_of(line.text.trim()).is_some();
        is_inside ^= is_fence;
        !is_inside && !is_fence
    })
}

/// `front::back` and `front:::back`, outside code.
fn split_card(line: &str) -> Option<(&str, &str, bool)> {
    if line.starts_with(['#', '|', '>']) || line.starts_with("```") {
        return None;
    }
    let at = line.match_indices("::").map(|(at, _)| at).find(|&at| {
        // `{{c1::…}}` marks a gap.
        let is_gap = line[..at].rsplit_once("{{c").is_some_and(|(_, number)| {
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        });
        !is_gap && line[..at].matches('`').count().is_multiple_of(2)
    })?;
    let (front, after) = (&line[..at], &line[at + 2..]);
    let both = after.starts_with(':');
    let back = after.trim_start_matches(':');
    let is_card =
        !front.trim().is_empty() && !back.trim().is_empty() && front.contains(char::is_alphabetic);
    is_card.then_some((front.trim(), back.trim(), both))
}

/// `- question #card` with its answer in nested items.
fn logseq(lines: &[DialectLine<'_>]) -> Vec<Card> {
    let mut cards = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let Some(item) = list_item(&line.text).filter(|item| item.text.contains("#card")) else {
            continue;
        };
        let own = depth(&line.text);
        let below = lines[n + 1..]
            .iter()
            .take_while(|next| next.text.trim().is_empty() || depth(&next.text) > own);
        let below: Vec<&DialectLine<'_>> = below.filter(|next| !is_property(&next.text)).collect();
        // Lines of the block itself come before the first nested item.
        let own_lines = below.iter().take_while(|next| list_item(&next.text).is_none()).count();
        let title: Vec<&str> = std::iter::once(item.text)
            .chain(below[..own_lines].iter().map(|next| next.text.trim()))
            .collect();
        let words = title.join(" ");
        let words = words.split_whitespace().filter(|word| !word.starts_with("#card"));
        let is_tag = |word: &&str| {
            word.strip_prefix('#').is_some_and(|name| name.starts_with(char::is_alphabetic))
        };
        let (tags, words): (Vec<&str>, Vec<&str>) = words.partition(is_tag);
        let mut answer = without_shared_depth(&below[own_lines..]);
        let mut question = words.join(" ");
        if answer.is_empty()
            && let Some((front, back)) = cloze(&question)
        {
            question = front;
            answer.push(back);
        }
        if let [only] = answer.as_slice() {
            answer = vec![only.trim_start_matches("- ").to_owned()];
        }
        cards.push(Card {
            line: line.number,
            question: clean(&question),
            answer: answer.join("\n").trim().to_owned(),
            tags: tags.into_iter().map(|tag| tag.trim_start_matches('#').to_owned()).collect(),
            ..Card::default()
        });
    }
    cards
}

/// The nesting depth of a line of Logseq, in columns; a tab is one level of two columns.
pub(super) fn depth(text: &str) -> usize {
    let blanks = text.chars().take_while(|c| matches!(c, ' ' | '\t'));
    blanks.map(|c| if c == '\t' { 2 } else { 1 }).sum()
}

/// Whether a line is a property of a block: `name:: value`.
fn is_property(text: &str) -> bool {
    let bare = text.trim();
    let name = bare.split("::").next().unwrap_or_default();
    bare.contains(":: ")
        && !name.is_empty()
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// Lines of nested items, moved to the left margin.
pub(super) fn without_shared_depth(lines: &[&DialectLine<'_>]) -> Vec<String> {
    let filled = lines.iter().filter(|line| !line.text.trim().is_empty());
    let shared = filled.map(|line| depth(&line.text)).min().unwrap_or(0);
    let moved = |line: &&DialectLine<'_>| {
        let blanks = depth(&line.text).saturating_sub(shared);
        format!("{}{}", " ".repeat(blanks), line.text.trim())
    };
    lines.iter().map(moved).collect()
}

/// `START`, the note type, its fields and `END`, each on its own line: notes that Obsidian sends to
/// Anki.
fn blocks_of_anki(lines: &[DialectLine<'_>]) -> Vec<Card> {
    let mut cards = Vec::new();
    let mut open: Option<Card> = None;
    let mut is_back = false;
    for (n, line) in lines.iter().enumerate() {
        let bare = line.text.trim();
        match (&mut open, bare) {
            (_, "START") => {
                open = Some(Card { line: line.number, ..Card::default() });
                is_back = false;
            }
            (Some(_), "END") => cards.extend(open.take()),
            // The note type.
            (Some(_), _) if n > 0 && lines[n - 1].text.trim() == "START" => {}
            (Some(_), _) if bare.starts_with("<!--") || bare.starts_with("ID:") => {}
            (Some(card), _) => {
                if let Some(tags) = bare.strip_prefix("Tags:") {
                    card.tags.extend(tags.split_whitespace().map(str::to_owned));
                    continue;
                }
                let text = match bare.split_once(':') {
                    Some(("Back" | "Answer" | "Extra", text)) => {
                        is_back = true;
                        text.trim()
                    }
                    Some(("Front" | "Question" | "Text", text)) => text.trim(),
                    _ => line.text.trim_end(),
                };
                let side = if is_back { &mut card.answer } else { &mut card.question };
                side.push_str(text);
                side.push('\n');
            }
            (None, _) => {}
        }
    }
    for card in &mut cards {
        card.question = clean(&card.question);
        card.answer = card.answer.trim().to_owned();
    }
    cards.retain(|card| !card.question.is_empty());
    cards
}

/// The rest of a `# ?` line; `.lu` files use any level.
fn bot_question(line: &str) -> Option<&str> {
    let bare = line.trim();
    let rest = bare.trim_start_matches('#');
    (rest.len() < bare.len()).then(|| rest.trim_start().strip_prefix("? ")).flatten()
}

/// `# ? question`, other wordings as items, and the answer in a fence.
fn bot_questions(lines: &[DialectLine<'_>]) -> Vec<Card> {
    let mut cards: Vec<Card> = Vec::new();
    let mut fence: Option<(char, usize)> = None;
    let mut in_filters = false;
    for line in lines {
        let bare = line.text.trim();
        if let Some((sign, length)) = fence {
            let ends = bare.len() >= length && bare.chars().all(|c| c == sign);
            if ends {
                fence = None;
            } else if let Some(card) = cards.last_mut() {
                card.answer.push_str(line.text.trim_end());
                card.answer.push('\n');
            }
        } else if let Some(question) = bot_question(bare) {
            in_filters = false;
            let question = split_lead(&clean(question)).1.to_owned();
            cards.push(Card { line: line.number, question, ..Card::default() });
        } else if let Some(card) = cards.last_mut() {
            if bare.starts_with("**") && bare.ends_with("**") {
                // The filters and prompts are not shown.
                in_filters = true;
            } else if let Some(item) = list_item(bare) {
                if card.answer.is_empty() && !in_filters {
                    card.aliases.push(clean(item.text));
                }
            } else {
                fence = fence_of(bare);
            }
        }
    }
    for card in &mut cards {
        card.answer = at_left_edge(&card.answer);
    }
    cards
}

/// Removes the common indentation: an answer is indented below its fence.
fn at_left_edge(text: &str) -> String {
    let filled = text.lines().filter(|line| !line.trim().is_empty());
    let shared = filled.map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    let lines: Vec<&str> = text.lines().map(|line| line.get(shared..).unwrap_or("")).collect();
    lines.join("\n").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::dialect::normalise;
    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        cards(&normalise(text)).into_iter().map(|card| (card.question, card.answer)).collect()
    }

    fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(q, a)| ((*q).to_owned(), (*a).to_owned())).collect()
    }

    #[test]
    fn cards_on_lines_and_over_lines() {
        let text = "#flashcards\n\n## Tools\nA saw::cuts\n<!--SR:!2025-01-01-->\n\nNail:::Hammer\n\nWhat bends?\n?\nA wire.\nSlowly.\n";
        let expected = owned(&[
            ("A saw", "cuts"),
            ("Nail", "Hammer"),
            ("Hammer", "Nail"),
            ("What bends?", "A wire.\nSlowly."),
        ]);
        assert_eq!(pairs(text), expected);
        assert_eq!(
            pairs("# A page\n\nCall `a::b`, std::fmt::Write and the like.\n\nMore text.\n"),
            []
        );
    }

    #[test]
    fn blocks_of_an_outliner() {
        let text = "- Which saw? #card\n  id:: 12\n\t- A fine one.\n\t- Or not.\n- a note\n- Which nail? #card\n\t- Long.\n";
        let expected =
            owned(&[("Which saw?", "- A fine one.\n- Or not."), ("Which nail?", "Long.")]);
        assert_eq!(pairs(text), expected);
    }

    #[test]
    fn parts_left_out_and_blocks_for_anki() {
        let text = "#flashcards\n\nA ==plane== smooths ==wood==.\n\nGlue::sticks\n\nA {{c1::rasp}} is rough.\n";
        let expected = owned(&[
            ("A […] smooths […].", "plane, wood"),
            ("Glue", "sticks"),
            ("A […] is rough.", "rasp"),
        ]);
        assert_eq!(pairs(text), expected);
        let text = "- The {{cloze rasp}} is rough #card\n- Which file? #card\n\t- Flat.\n";
        assert_eq!(pairs(text)[0], ("The […] is rough".to_owned(), "rasp".to_owned()));
        let text = "START\nBasic\nWhich vice?\nBack: The large one.\nTags: bench iron\n<!--ID: 1-->\nEND\n";
        let found = cards(&normalise(text));
        assert_eq!(found[0].tags, ["bench", "iron"]);
        assert_eq!(pairs(text), owned(&[("Which vice?", "The large one.")]));
    }

    #[test]
    fn questions_of_a_bot() {
        let text = "# ? Which saw?\n- what saw\n\n**Filters:**\n- kind = tool\n\n```markdown\nA **fine** one.\n```\n";
        let found = cards(&normalise(text));
        assert_eq!(found[0].aliases, ["what saw"]);
        assert_eq!(found[0].answer, "A **fine** one.");
        let text = "# ? Which saw?\n```markdown\n    A fine one.\n\n      - or not\n```\n";
        assert_eq!(cards(&normalise(text))[0].answer, "A fine one.\n\n  - or not");
    }
}
