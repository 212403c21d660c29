//! Cards of org-drill with two or more sides, each a section below the card's heading.

use crate::load::document::{Block, Content};
use crate::markup::source::clean;

/// Whether a line of a drawer says that the card has several sides.
pub(super) fn has_sides(line: &str) -> bool {
    let Some((name, value)) = line.trim().split_once(": ") else { return false };
    name.eq_ignore_ascii_case(":DRILL_CARD_TYPE")
        && ["twosided", "multisided"].contains(&value.trim())
}

/// The blocks with the first side of each card as its heading: the heading of a card says what kind
/// of card it is. `cards` has the lines of the drawers, in order.
pub(super) fn with_sides(blocks: Vec<Block>, cards: &[u32]) -> Vec<Block> {
    if cards.is_empty() {
        return blocks;
    }
    let mut out = Vec::with_capacity(blocks.len());
    let mut rest = blocks.into_iter().peekable();
    let mut drawers = cards.iter().copied().peekable();
    while let Some(block) = rest.next() {
        let Some(own) = level(&block) else {
            out.push(block);
            continue;
        };
        while drawers.next_if(|&line| line < block.line).is_some() {}
        let next = rest.peek().map_or(u32::MAX, |next| next.line);
        let is_card = drawers.next_if(|&line| line < next).is_some();
        if !is_card {
            out.push(block);
            continue;
        }
        let mut body = Vec::new();
        while let Some(inner) = rest.next_if(|inner| level(inner).is_none_or(|other| other > own)) {
            body.push(inner);
        }
        out.extend(card(block, body, own + 1));
    }
    out
}

fn level(block: &Block) -> Option<u8> {
    match block.content {
        Content::Heading { level, .. } => Some(level),
        _ => None,
    }
}

/// The blocks of a card, whose sides are sections of level `sides`.
fn card(mut heading: Block, mut body: Vec<Block>, sides: u8) -> Vec<Block> {
    let starts: Vec<usize> = (0..body.len()).filter(|&n| level(&body[n]) == Some(sides)).collect();
    if let [first, second, ..] = starts[..]
        && let [Block { content: Content::Paragraph(front), .. }] = &body[first + 1..second]
        && let Content::Heading { text, .. } = &mut heading.content
    {
        *text = clean(front);
        // With two sides, the other one needs no label.
        let end = if starts.len() == 2 { second + 1 } else { second };
        body.drain(first..end);
    }
    std::iter::once(heading).chain(body).collect()
}

#[cfg(test)]
mod tests {
    use crate::load::formats::org::Org;
    use crate::load::testing;

    #[test]
    fn the_first_side_is_the_question() {
        let drawer =
            |kind: &str| format!(":PROPERTIES:\n:ID: 1\n:DRILL_CARD_TYPE: {kind}\n:END:\n");
        let text = format!(
            "* Noun :drill:\n{}Translate.\n** English\nthe saw\n** German\ndie Säge\n\
             * What cuts?\n{}A saw.\n\
             * Verb :drill:\n{}** English\nto cut\n** German\nschneiden\n",
            drawer("twosided"),
            ":PROPERTIES:\n:ID: 2\n:END:\n",
            drawer("twosided"),
        );
        let expected = [
            ("the saw", "Translate.\n\ndie Säge"),
            ("What cuts?", "A saw."),
            ("to cut", "schneiden"),
        ];
        let expected = expected.map(|(q, a)| (q.to_owned(), a.to_owned()));
        assert_eq!(testing::pairs(testing::read(&Org, &text)), expected);
        let text = format!(
            "* Colour :drill:\n{}** Light\nred\n** Paint\nblue\n** Ink\nblack\n* Why? :drill:\nSo.\n",
            drawer("multisided"),
        );
        let found = testing::pairs(testing::read(&Org, &text));
        assert_eq!(found[0], ("red".to_owned(), "## Paint\n\nblue\n\n## Ink\n\nblack".to_owned()));
    }
}
