//! MediaWiki text: headings, nested lists, tables, tags.
//!
//! `parse-wiki-text-2` has no licence in its registry entry; the other `wikitext` parsers for Rust
//! are unmaintained.

mod blocks;
mod inline;
mod source;
mod table;

use crate::load::document::Document;
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use crate::load::splitting::Pieces;

pub(crate) struct MediaWiki;

impl Loader for MediaWiki {
    fn name(&self) -> &'static str {
        "mediawiki"
    }

    fn description(&self) -> &'static str {
        "MediaWiki text: headings, lists, tables"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[".wiki", ".mediawiki", ".wikitext"]
    }

    fn pieces(&self) -> Pieces {
        Pieces::ByEntry
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        let headings = peek.text.lines().filter(|line| blocks::heading(line).is_some()).count();
        let is_mark = |line: &str| {
            ["{|", "[[", "'''", "__", "{{"].iter().any(|mark| line.contains(mark))
                || line.starts_with("**")
        };
        match headings {
            2.. if peek.text.lines().any(is_mark) => 50,
            2.. => 40,
            _ => 0,
        }
    }

    fn read(&self, source: &SourceText<'_>) -> ParsedDocument {
        let text = source::without_hidden(source.text.trim_start_matches('\u{feff}'));
        let lines: Vec<&str> = text.lines().collect();
        let blocks = blocks::WikiParser::new(&lines, 0).blocks();
        Document { blocks, ..Document::default() }.parsed(source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing;

    fn answer(body: &str) -> String {
        let text = format!("== Why does it drip? ==\n{body}\n\n==Is it loud?==\nNo.\n");
        let found = testing::read(&MediaWiki, &text);
        assert_eq!(found.entries.len(), 2, "{:?}", found.entries);
        found.entries[0].answer.clone()
    }

    #[test]
    fn blocks() {
        let cases = [
            ("* a\n** b\n* c\n*# d", "- a\n  - b\n- c\n  1. d"),
            ("# one\n#* x\n# two", "1. one\n   - x\n2. two"),
            ("; Oil : Black.\n; Water\n: Clear.", "Oil\n: Black.\n\nWater\n: Clear."),
            (": indented", "> indented"),
            (" code\n  more", "```\ncode\n more\n```"),
            ("<pre>\na [[b]]\n\n== c ==\n</pre>", "```\na [[b]]\n\n== c ==\n```"),
            ("<syntaxhighlight lang=\"sh\">ls</syntaxhighlight>", "```sh\nls\n```"),
            ("{{Box|a\n|b}}Seen.<!-- not\nthis -->", "Seen."),
            (
                "{| class=x\n|+ Sizes\n! Name !! Size\n|-\n| small || 10\n|-\n| large\n| 20\n|}",
                "**Sizes**\n\n| Name | Size |\n| --- | --- |\n| small | 10 |\n| large | 20 |",
            ),
            ("<blockquote>So.</blockquote>", "> So."),
            ("one\n----\ntwo", "one\n\n---\n\ntwo"),
        ];
        for (body, expected) in cases {
            assert_eq!(answer(body), expected, "{body}");
        }
    }

    #[test]
    fn running_text() {
        let cases = [
            ("'''b''' ''e'' '''''both''''' <code>a*b</code>", "**b** *e* ***both*** `a*b`"),
            (
                "[https://a.example here] [[Page|there]] [[Other]]s https://b.example",
                "[here](https://a.example) there Others <https://b.example>",
            ),
            (
                "x<sup>2</sup> <nowiki>''as is''</nowiki> <s>gone</s><br />new",
                "x² ''as is'' ~~gone~~\\\nnew",
            ),
            ("Seen.<ref>A book.</ref> [[File:a.png|thumb]][[Category:Pumps]]", "Seen. (A book.)"),
            ("{{ic|ls -l}} and {{key|Esc}}", "`ls -l` and `Esc`"),
        ];
        for (body, expected) in cases {
            assert_eq!(answer(body), expected, "{body}");
        }
    }
}
