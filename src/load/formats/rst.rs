//! reStructuredText: sections by adornment, directives, lists, tables.
//!
//! `rst_parser` 0.4 stops at unknown markup and has no line numbers, so the blocks are read here.

mod blocks;
mod directive;
mod inline;
mod list;
mod parser;
mod table;

use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use crate::load::splitting::Pieces;

pub(crate) struct ReStructuredText;

impl Loader for ReStructuredText {
    fn name(&self) -> &'static str {
        "rst"
    }

    fn description(&self) -> &'static str {
        "reStructuredText: sections, directives, lists, tables"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[".rst", ".rest"]
    }

    fn pieces(&self) -> Pieces {
        Pieces::ByEntry
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        let is_directive = |line: &str| {
            let name = line.trim_start().strip_prefix(".. ").and_then(|rest| rest.split_once("::"));
            name.is_some_and(|(name, _)| !name.is_empty() && !name.contains(' '))
                || line.starts_with(".. _") && line.trim_end().ends_with(':')
        };
        if peek.text.lines().any(is_directive) { 55 } else { 0 }
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
        testing::pairs(testing::read(&ReStructuredText, text))
    }

    fn answer(body: &str) -> String {
        let text = format!(
            "Pumps\n=====\n\nWhy does it drip?\n-----------------\n\n{body}\n\nIs it loud?\n-----------\n\nNo.\n\n.. _shop: https://a.example\n"
        );
        let pairs = pairs(&text);
        assert_eq!(pairs.len(), 2, "{pairs:?}");
        pairs[0].1.clone()
    }

    #[test]
    fn blocks() {
        let cases = [
            ("Run::\n\n    ls\n\n    pwd\n\nDone.", "Run:\n\n```\nls\n\npwd\n```\n\nDone."),
            ("Run:\n\n::\n\n  ls", "Run:\n\n```\nls\n```"),
            (".. code-block:: sh\n   :linenos:\n\n   ls", "```sh\nls\n```"),
            (".. note:: Mind the\n   gap.", "> [!NOTE]\n> Mind the\n> gap."),
            (".. admonition:: By hand\n\n   Slowly.", "> **By hand**\n>\n> Slowly."),
            (".. image:: a.png\n   :alt: A pump", "![A pump](a.png)"),
            (".. contents::\n   :local:\n\nText.", "Text."),
            (".. not shown\n   at all\n\nText.", "Text."),
            ("| one\n| two", "one\\\ntwo"),
            ("Text.\n\n  Quoted.", "Text.\n\n> Quoted."),
            (">>> 1 + 1\n2", "```python\n>>> 1 + 1\n2\n```"),
            ("Oil\n  Black.\nWater\n  Clear.", "Oil\n: Black.\n\nWater\n: Clear."),
            (".. versionadded:: 2.0\n   By hand.", "*Added in version 2.0:* By hand."),
        ];
        for (body, expected) in cases {
            assert_eq!(answer(body), expected, "{body}");
        }
    }

    #[test]
    fn footnotes_belong_to_the_section_that_refers_to_them() {
        let text = "Pumps\n=====\n\nWhy wet?\n--------\n\nRain [1]_.\n\nIs it loud?\n-----------\n\nNo.\n\n.. rubric:: Footnotes\n\n.. [1] In May.\n";
        let expected = [("Why wet?", "Rain \\[1\\].\n\n\\[1\\] In May."), ("Is it loud?", "No.")];
        assert_eq!(pairs(text), expected.map(|(q, a)| (q.to_owned(), a.to_owned())));
    }

    #[test]
    fn lists() {
        let cases = [
            ("- a\n- b\n\n  - c\n\n- d", "- a\n- b\n  - c\n- d"),
            ("1. one\n2. two\n   goes on", "1. one\n2. two\n   goes on"),
            ("#. one\n#. two", "1. one\n2. two"),
            ("* a\n\n  ::\n\n    code\n\n* b", "- a\n\n  ```\n  code\n  ```\n\n- b"),
        ];
        for (body, expected) in cases {
            assert_eq!(answer(body), expected, "{body}");
        }
    }

    #[test]
    fn tables() {
        let expected = "| Name | Size |\n| --- | --- |\n| small | 10 |\n| large one | 20 |";
        let grid = "+-------+------+\n| Name  | Size |\n+=======+======+\n| small | 10   |\n+-------+------+\n| large | 20   |\n| one   |      |\n+-------+------+";
        let simple = "=========  ====\nName       Size\n=========  ====\nsmall      10\nlarge one  20\n=========  ====";
        let listed = ".. list-table::\n   :header-rows: 1\n\n   * - Name\n     - Size\n   * - small\n     - 10\n   * - large one\n     - 20";
        let csv = ".. csv-table::\n   :header: Name, Size\n\n   small, 10\n   \"large one\", 20";
        let other = ".. csv-table::\n   :header: Name; Size\n   :delim: U+003B\n\n   small; 10\n   large one; 20";
        for table in [grid, simple, listed, csv, other] {
            assert_eq!(answer(table), expected, "{table}");
        }
    }

    #[test]
    fn running_text() {
        let cases = [
            ("*e* **b** ``a*b`` 2 * 3", "*e* **b** `a*b` 2 \\* 3"),
            (
                "`here <https://b.example>`_ and shop_ and `shop`_",
                "[here](https://b.example) and [shop](https://a.example) and [shop](https://a.example)",
            ),
            (":ref:`the end <end>` :func:`run` :sup:`2`", "the end `run` ²"),
            ("a\\ b \\*as is\\* snake_case", "ab \\*as is\\* snake_case"),
        ];
        for (body, expected) in cases {
            assert_eq!(answer(body), expected, "{body}");
        }
    }
}
