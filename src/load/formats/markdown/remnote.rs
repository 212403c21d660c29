//! Cards of `RemNote`: `front >> back`, and `front >>>` with its back in nested items.

use super::cards::{Card, depth, without_shared_depth};
use super::dialect::DialectLine;
use super::line::{fence_of, list_item};
use crate::markup::source::clean;

/// The cards of a page whose items are mostly cards. Single ones may be a path of menus, or a
/// redirection in a shell.
pub(super) fn cards(lines: &[DialectLine<'_>]) -> Vec<Card> {
    if !lines.iter().any(|line| line.text.contains(" >>")) {
        return Vec::new();
    }
    let (mut cards, mut others, mut is_code) = (Vec::new(), 0, false);
    let mut n = 0;
    while let Some(line) = lines.get(n) {
        n += 1;
        let is_fence = fence_of(line.text.trim()).is_some();
        is_code ^= is_fence;
        let bare = list_item(&line.text).map_or(line.text.trim(), |item| item.text.trim());
        if is_code || is_fence || bare.is_empty() || bare.starts_with('#') {
            continue;
        }
        let Some((front, back)) = split(bare) else {
            others += 1;
            continue;
        };
        let own = depth(&line.text);
        let below: Vec<&DialectLine<'_>> =
            lines[n..].iter().take_while(|next| depth(&next.text) > own).collect();
        n += below.len();
        let back = (!back.is_empty()).then(|| back.to_owned()).into_iter();
        let answer: Vec<String> = back.chain(without_shared_depth(&below)).collect();
        cards.push(Card {
            line: line.number,
            question: clean(front),
            answer: answer.join("\n"),
            ..Card::default()
        });
    }
    let is_deck = cards.len() > 1 && cards.len() > others;
    if is_deck && cards.iter().all(|card| !card.answer.is_empty()) { cards } else { Vec::new() }
}

/// The sides of a card; only one mark, outside of code, and no path of several steps.
fn split(item: &str) -> Option<(&str, &str)> {
    let (front, back) = item.split_once(" >>")?;
    let back = back.trim_start_matches('>');
    let is_mark = back.is_empty() || back.starts_with(' ');
    let is_card =
        is_mark && !front.trim().is_empty() && !item.contains('`') && !back.contains(">>");
    is_card.then_some((front.trim(), back.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        let line = |(n, text)| DialectLine { text: std::borrow::Cow::Borrowed(text), number: n };
        let lines: Vec<DialectLine<'_>> = (1..).zip(text.lines()).map(line).collect();
        cards(&lines).into_iter().map(|card| (card.question, card.answer)).collect()
    }

    #[test]
    fn cards_of_one_and_of_several_lines() {
        let text = "- Mills\n  - What is a quern? >> A hand mill.\n  - Which parts? >>>\n    - upper stone\n    - lower stone\n";
        let expected = [
            ("What is a quern?", "A hand mill."),
            ("Which parts?", "- upper stone\n- lower stone"),
        ];
        assert_eq!(read(text), expected.map(|(q, a)| (q.to_owned(), a.to_owned())));
    }

    #[test]
    fn paths_and_redirections_are_no_cards() {
        for text in [
            "- Open Settings >> Network >> Proxy\n- Open Settings >> Network >> VPN\n",
            "- `echo a >> b`\n- `echo c >> d`\n",
            "- One >> two\n- Three\n- Four\n- Five >> six\n",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
