//! AsciiDoc: sections, delimited blocks, lists, tables; `inline` converts running text to Markdown.
//!
//! Existing parsers return rendered HTML (asciidoc-parser 0.31) or no line numbers; a parser for
//! the common blocks is shorter than converting back from HTML.

mod blocks;
mod directives;
mod inline;
mod leaves;
mod marks;
mod parser;
mod table;

use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use crate::load::splitting::Pieces;

pub(crate) struct AsciiDoc;

impl Loader for AsciiDoc {
    fn name(&self) -> &'static str {
        "asciidoc"
    }

    fn description(&self) -> &'static str {
        "AsciiDoc: sections, [qanda] and other lists, blocks, tables"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[".adoc", ".asciidoc", ".asc"]
    }

    fn pieces(&self) -> Pieces {
        Pieces::ByEntry
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        let is_mark = |line: &str| {
            let line = line.trim_end();
            matches!(line, "[qanda]" | "toc::[]" | "|===" | ":toc:")
                || line.starts_with("[source")
                || line.starts_with("[[") && line.ends_with("]]")
                || line.starts_with(":toc:")
        };
        let marks = peek.text.lines().filter(|line| is_mark(line)).count();
        let sections = peek.text.lines().filter(|line| marks::section(line).is_some()).count();
        match (sections, marks) {
            (2.., 1..) => 60,
            (_, 2..) => 45,
            // MediaWiki closes its headings, AsciiDoc does not.
            (2.., 0) if peek.text.starts_with("= ") => 45,
            _ => 0,
        }
    }

    fn read(&self, source: &SourceText<'_>) -> ParsedDocument {
        blocks::document(source.text.trim_start_matches('\u{feff}')).parsed(source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing;

    fn pairs(text: &str) -> Vec<(String, String)> {
        testing::pairs(testing::read(&AsciiDoc, text))
    }

    fn answer(body: &str) -> String {
        let text = format!("= Pumps\n\n== Why does it drip?\n\n{body}\n\n== Is it loud?\n\nNo.\n");
        let pairs = pairs(&text);
        assert_eq!(pairs.len(), 2, "{pairs:?}");
        pairs[0].1.clone()
    }

    #[test]
    fn blocks_keep_their_text_and_lose_their_marks() {
        let cases = [
            ("----\nturn left\n\n# now\n----", "```\nturn left\n\n# now\n```"),
            (".A title\n[source,sh]\n----\nls\n----", "**A title**\n\n```sh\nls\n```"),
            ("[source%linenums,rust]\nfn main() {}", "```rust\nfn main() {}\n```"),
            ("....\n a  b\n....", "```\n a  b\n```"),
            ("****\nAside.\n****", "> Aside."),
            ("====\nFor one.\n====\nAfter.", "> For one.\n\nAfter."),
            ("NOTE: Mind the *gap*.", "> [!NOTE]\n> Mind the **gap**."),
            ("[WARNING]\n====\nHot.\n====", "> [!WARNING]\n> Hot."),
            ("[quote, Ann]\n____\nSo it is.\n____", "> So it is.\n>\n> — Ann"),
            ("++++\n<b>x</b>\n++++", "**x**"),
            ("// not shown\nSeen.", "Seen."),
            ("[[here]]\n[.lead]\nSeen.", "Seen."),
            (" literal text", "```\nliteral text\n```"),
            ("one +\ntwo", "one\\\ntwo"),
        ];
        for (body, expected) in cases {
            assert_eq!(answer(body), expected, "{body}");
        }
    }

    #[test]
    fn lists_nest_continue_and_count() {
        let cases = [
            ("* a\n** b\n*** c\n* d", "- a\n  - b\n    - c\n- d"),
            (". one\n.. deep\n. two", "1. one\n   1. deep\n2. two"),
            ("* a\n+\n----\ncode\n----\n* b", "- a\n\n  ```\n  code\n  ```\n\n- b"),
            ("* [x] done\n* [ ] open", "- [x] done\n- [ ] open"),
            ("- a\ngoes on\n- b", "- a\ngoes on\n- b"),
            ("Oil:: Black.\nWater::\n  Clear.", "Oil\n: Black.\n\nWater\n: Clear."),
        ];
        for (body, expected) in cases {
            assert_eq!(answer(body).replace("  goes on", "goes on"), expected, "{body}");
        }
    }

    #[test]
    fn tables_in_both_layouts() {
        let inner = "|===\n|Name |Size\n\n|small\na|\n[cols=2]\n!===\n! 10 ! 20\n! 30 ! 40\n!===\n|large |20\n|===";
        assert_eq!(
            answer(inner),
            "| Name | Size |\n| --- | --- |\n| small | 10, 20; 30, 40 |\n| large | 20 |"
        );
        let wide = "|===\n|Name |Size\n\n|small |10\n|large |20\n|===";
        let tall =
            "[cols=2,options=\"header\"]\n|===\n|Name\n|Size\n|small\n|10\n|large\n|20\n|===";
        let expected = "| Name | Size |\n| --- | --- |\n| small | 10 |\n| large | 20 |";
        assert_eq!((answer(wide).as_str(), answer(tall).as_str()), (expected, expected));
    }

    #[test]
    fn running_text() {
        let cases = [
            ("*b* _e_ `c` 2^10^ H~2~O", "**b** *e* `c` 2¹⁰ H₂O"),
            (
                "link:a.html[here^] https://a.example[there] <<two,part 2>>",
                "[here](a.html) [there](https://a.example) part 2",
            ),
            ("kbd:[Ctrl+C] \\*as is* a_b_c", "<kbd>Ctrl+C</kbd> \\*as is\\* a_b_c"),
            ("[.big]#large# text", "large text"),
            ("\"`quoted`\"", "“quoted”"),
        ];
        for (body, expected) in cases {
            assert_eq!(answer(body), expected, "{body}");
        }
    }

    #[test]
    fn every_term_of_a_qanda_list_asks() {
        let text = "= Pumps\nAnn\n:toc:\n:name: pump\n\n[qanda]\nWhy does the {name} drip?::\nThe seal.\nHow to mend it:: With care.\n+\nAlways.\n";
        let expected =
            [("Why does the pump drip?", "The seal."), ("How to mend it", "With care.\n\nAlways.")];
        assert_eq!(pairs(text), expected.map(|(q, a)| (q.to_owned(), a.to_owned())));
    }
}
