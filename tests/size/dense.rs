//! Dense texts of every format that is read in pieces.

use super::cases::{Case, case};

/// Texts of every format that is read in pieces: dense, with entries of a few letters, which take the
/// most memory for their size. `@` is replaced by the number in each.
pub const CUT: &[Case] = &[
    case("a.md", "# T\n\n", "## Q@?\n\na\n\n", ""),
    case("list.md", "# T\n\n", "- **Q@?** a\n", ""),
    case("sheet.page.md", "# t\n\n> T.\n\n", "- M @:\n\n`t @`\n\n", ""),
    case("a.html", "<!doctype html><title>T</title>", "<h2>Q@?</h2><p>a</p>", ""),
    case("a.json", "[{\"q\":\"Why?\"}", ",{\"q\":\"Q@?\",\"a\":\"a\"}", "]"),
    case("map.json", "{\"Why?\":\"So\"", ",\"Q@?\":\"a\"", "}"),
    case("a.jsonl", "", "{\"q\":\"Q@?\",\"a\":\"a\"}\n", ""),
    case("a.csv", "question,answer\n", "Q@?,a\n", ""),
    case("a.tsv", "question\tanswer\n", "Q@?\ta\n", ""),
    case("a.yaml", "", "- q: Q@?\n  a: a\n", ""),
    case("groups.yaml", "", "G@:\n- q: Q@?\n  a: a\n", ""),
    case("map.yaml", "", "Q@?: a\n", ""),
    case("nested.yaml", "en:\n  faq:\n", "    Q@?: a\n", ""),
    case("map.toml", "", "\"Q@?\" = \"a\"\n", ""),
    case("tables.toml", "t = \"T\"\n", "[f.x@]\nq=\"Q@?\"\na=\"a\"\n", ""),
    case("a.aiken", "", "Q@?\nA. a\nB. b\nANSWER: A\n\n", ""),
    case("a.toml", "", "[[f]]\nq=\"Q@?\"\na=\"a\"\n", ""),
    case("a.txt", "T\n\n", "Q: Q@?\nA: a\n", ""),
    case("lines.txt", "", "Q@?\n", ""),
    case("anki.txt", "#separator:tab\n", "Q@?\ta\n", ""),
    case("a.adoc", "= T\n\n", "== Q@?\n\na\n\n", ""),
    case("a.rst", "T\n===\n\n", "Q@?\n---------\n\na\n\n", ""),
    case("a.org", "", "* Q@?\na\n", ""),
    case("a.wiki", "", "== Q@? ==\na\n", ""),
    case("a.textile", "", "h2. Q@?\n\na\n\n", ""),
    case("a.pod", "=head1 FAQ\n\n", "=head2 Q@?\n\na\n\n", ""),
    case("a.tex", "\\documentclass{article}\n\\begin{document}\n", "\\section{Q@?}\na\n", ""),
    case("a.7", ".TH T 7\n", ".SH \"Q@?\"\na\n", ""),
    case("a.gift", "", "::t@:: Q@? { =a ~b }\n\n", ""),
    case("a.xml", "<faqs>\n", "<faq><question>Q@?</question><answer>a</answer></faq>", "</faqs>"),
    case("open.xml", "<faqs>\n", "<faq><question>Q@?</question><answer>a & b</answer></faq>\n", ""),
    case(
        "Posts.xml",
        "<posts>\n",
        "<row Id=\"@\" PostTypeId=\"1\" AcceptedAnswerId=\"1@\" Title=\"Q@?\" />\n<row Id=\"1@\" PostTypeId=\"2\" ParentId=\"@\" Body=\"a\" />\n",
        "</posts>",
    ),
    case("a.js", "export const f = [\n", "{q:\"Q@?\",a:\"a\"},\n", "];\n"),
    case("map.ts", "export default {f: {\n", "\"Q@?\":\"a\",\n", "}};\n"),
    case(
        "a.vue",
        "<script>\nexport default {data(){return{f:[\n",
        "{q:\"Q@?\",a:\"a\"},\n",
        "]}}}\n</script>\n",
    ),
    case("a.php", "<?php\nreturn [\n", "['question'=>'Q@?','answer'=>'a'],\n", "];\n"),
];
