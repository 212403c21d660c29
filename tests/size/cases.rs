//! Texts of every format and any size: ordinary ones and ones made to be costly.

/// A file to open: its name and the repeated unit, with its number in place of `@`.
pub struct Case {
    pub name: &'static str,
    before: &'static str,
    unit: &'static str,
    after: &'static str,
}

pub const fn case(
    name: &'static str,
    before: &'static str,
    unit: &'static str,
    after: &'static str,
) -> Case {
    Case { name, before, unit, after }
}

/// Replaced by a text of a quarter of the size, which is written once.
const LONG: &str = "LONG";

/// Every text.
pub const CASES: &[Case] = &[
    // One long text that every entry uses.
    case("link.md", "[a]: http://LONG\n\n", "## What is x@?\n\nSee [it][a].\n\n", ""),
    case("footnote.md", "[^a]: LONG\n\n", "## What is x@?\n\nSee[^a].\n\n", ""),
    case("tag.md", "---\ntags: [LONG]\n---\n\n", "## What is x@?\n\ny\n\n", ""),
    case("section.org", "* T\n* LONG\n", "** What is x@?\ny\n", ""),
    case("attribute.adoc", ":l: LONG\n\n= T\n\n", "== What is x@?\n\nSee {l}{l}.\n\n", ""),
    case("section.adoc", "= T\n\n== LONG\n\n", "=== What is x@?\n\ny\n\n", ""),
    case(
        "name.rst",
        ".. |l| replace:: LONG\n\n",
        "What is x@?\n----------------\n\nSee |l|.\n\n",
        "",
    ),
    case("link.rst", ".. _l: http://LONG\n\n", "What is x@?\n----------------\n\nSee l_.\n\n", ""),
    case("tag.org", "#+FILETAGS: :LONG:\n", "* What is x@?\ny\n", ""),
    case("footnote.org", "[fn:1] LONG\n\n", "* What is x@?\nSee [fn:1].\n", ""),
    case("category.gift", "$CATEGORY: LONG\n\n", "::t:: What is x@? { =a ~b }\n\n", ""),
    case("tag.cheat", "% LONG\n\n", "# What is x@\nls\n\n", ""),
    case("sheet.page.md", "# LONG\n\n> T.\n\n", "- Make x @:\n\n`t`\n\n", ""),
    case("alias.yaml", "- q: What is x?\n  a: &b \"LONG\"\n", "- q: What is x@?\n  a: *b\n", ""),
    case("merge.yaml", "b: &b {a: \"LONG\"}\nf:\n", "- <<: *b\n  q: What is x@?\n", ""),
    // Ordinary texts.
    case(
        "usual.md",
        "# Tea\n\n",
        "## What is tea @?\n\nIt is *hot*, see [this](x).\n\n- a\n- b\n\n",
        "",
    ),
    case("bold.md", "# Tea\n\n", "**Q: What is tea @?**\n\nA: It is hot.\n\n", ""),
    case("list.md", "# Tea\n\n", "- What is tea @? It is hot.\n", ""),
    case(
        "usual.html",
        "<!doctype html><title>Tea</title>",
        "<h2>What is tea @?</h2>\n<p>It is <b>hot</b>, very.</p>\n",
        "",
    ),
    case(
        "told.html",
        "<!doctype html><script type=application/ld+json>{\"@type\": \"FAQPage\", \"mainEntity\": [{}",
        ", {\"\\u0040type\": \"Question\", \"name\": \"What is tea @?\", \"acceptedAnswer\": {\"text\": \"It is hot.\"}}",
        "]}</script><h2>What is tea 1?</h2><p>It is hot.</p>",
    ),
    case(
        "both.html",
        "<!doctype html>",
        "<div itemscope itemtype=https://schema.org/Question><h3 itemprop=name>What is tea @?</h3><div itemtype=https://schema.org/Answer>It is hot @.</div></div>\n",
        "",
    ),
    case(
        "usual.json",
        "[{}",
        ",\n{\"question\": \"What is tea @?\", \"answer\": \"It is hot.\", \"tags\": [\"a\"]}",
        "]",
    ),
    case("map.json", "{\"What?\": \"So\"", ",\n\"What is tea @?\": \"It is hot.\"", "}"),
    case("usual.jsonl", "", "{\"question\": \"What is tea @?\", \"answer\": \"It is hot.\"}\n", ""),
    case("usual.csv", "question,answer\n", "What is tea @?,\"It is hot, very\"\n", ""),
    case("usual.tsv", "", "What is tea @?\tIt is hot\n", ""),
    case("usual.yaml", "", "- question: What is tea @?\n  answer: It is hot.\n", ""),
    case("usual.txt", "Tea\n\n", "Q: What is tea @?\nA: It is hot.\n\n", ""),
    case("lines.txt", "", "What is tea @?\n", ""),
    case("anki.txt", "#separator:tab\n", "What is tea @?\tIt is <b>hot</b>\n", ""),
    case(
        "Posts.xml",
        "<posts>\n",
        "<row Id=\"@\" PostTypeId=\"1\" AcceptedAnswerId=\"@1\" Title=\"What is tea @?\" Tags=\"|a|\" />\n<row Id=\"@1\" PostTypeId=\"2\" ParentId=\"@\" Body=\"&lt;p&gt;Hot&lt;/p&gt;\" />\n",
        "</posts>",
    ),
    case("tea.page.md", "# tea\n\n> Makes tea.\n\n", "- Make tea @:\n\n`tea {{@}}`\n\n", ""),
    case(
        "usual.adoc",
        "= Tea\n\n",
        "== What is tea @?\n\nIt is *hot*, see https://x.org[this].\n\n* a\n* b\n\n",
        "",
    ),
    case(
        "usual.rst",
        "Tea\n===\n\n",
        "What is tea @?\n--------------------\n\nIt is *hot*, see `this <x>`_.\n\n- a\n- b\n\n",
        "",
    ),
    case(
        "usual.org",
        "#+TITLE: Tea\n\n",
        "* What is tea @?\nIt is *hot*, see [[x][this]].\n\n- a\n- b\n\n",
        "",
    ),
    case(
        "usual.wiki",
        "",
        "== What is tea @? ==\nIt is ''hot'', see [[x|this]].\n\n* a\n* b\n\n",
        "",
    ),
    case(
        "usual.textile",
        "",
        "h2. What is tea @?\n\nIt is *hot*, see \"this\":x.\n\n* a\n* b\n\n",
        "",
    ),
    case(
        "usual.pod",
        "=head1 FAQ\n\n",
        "=head2 What is tea @?\n\nIt is B<hot>, see L<this|x>.\n\n",
        "",
    ),
    case(
        "usual.tex",
        "\\documentclass{article}\n\\begin{document}\n",
        "\\section{What is tea @?}\n\nIt is \\emph{hot}.\n\n",
        "\\end{document}\n",
    ),
    case(
        "usual.7",
        ".TH TEA 7\n",
        ".SH \"What is tea @?\"\nIt is \\fIhot\\fR.\n.IP \\(bu 2\na\n",
        "",
    ),
    case(
        "usual.xml",
        "<faqs>\n",
        "<faq><question>What is tea @?</question><answer>It is &lt;b&gt;hot&lt;/b&gt;.</answer></faq>\n",
        "</faqs>",
    ),
    case("usual.gift", "", "::t@:: What is tea @? { =It is hot ~It is not }\n\n", ""),
    case(
        "usual.toml",
        "",
        "[[faq]]\nquestion = \"What is tea @?\"\nanswer = \"It is hot.\"\n\n",
        "",
    ),
    case(
        "usual.js",
        "export const faqs = [\n",
        "  { question: \"What is tea @?\", answer: `It is hot.` },\n",
        "];\n",
    ),
    // Texts made to be costly.
    case("attributes.html", "<!doctype html><h2>What?</h2><p", " a@=b", ">So.</p>"),
    case("quoted.html", "<!doctype html><h2>What?</h2><p x=\">\"", " a@=b", ">So.</p>"),
    case("attributes.md", "## What?\n\n<p", " a@=b", ">So.</p>\n"),
    case("paragraphs.html", "<!doctype html><h2>What?</h2>", "<p>x", ""),
    case("classes.html", "<!doctype html>", "<div class=\"c@\"><b>What is @?</b> So.</div>\n", ""),
    case("ampersands.html", "<!doctype html><h2>What?</h2><p>", "&", "</p>"),
    case("ampersands.md", "## What?\n\n", "&", "\n"),
    case("references.html", "<!doctype html><h2>What?</h2><p>", "&amp", "</p>"),
    case("elements.html", "<!doctype html><h2>What?</h2>", "<b>", ""),
    case(
        "formatting.html",
        "<!doctype html><h2>What?</h2><b a=1><i a=1><u a=1><s a=1><b a=2><i a=2><u a=2><s a=2><b a=3><i a=3><u a=3><s a=3><b a=4><i a=4><u a=4><s a=4><b a=5><i a=5><u a=5><s a=5>",
        "<p>x",
        "",
    ),
    case("tables.html", "<!doctype html><h2>What?</h2>", "<table><td>x", ""),
    case("stray.html", "<!doctype html><h2>What?</h2><table>", "<a>x", ""),
    case("closing.html", "<!doctype html><h2>What?</h2>", "</a>", ""),
    case("unclosed.html", "<!doctype html><h2>What?</h2>", "<a href=\"", ""),
    case("comments.html", "<!doctype html><h2>What?</h2>", "<!--", ""),
    case("scripts.html", "<!doctype html><h2>What?</h2>", "<script>", ""),
    case("deep.html", "<!doctype html><h2>What?</h2>", "<ul><li>x", ""),
    case("spans.html", "<!doctype html><h2>What?</h2>", "<div><span>x", ""),
    case(
        "accordion.html",
        "<!doctype html>",
        "<div class=i><button>What is @?</button><div>So.</div></div>",
        "",
    ),
    case("quotes.md", "## What?\n\n", "> ", "deep\n"),
    case("containers.md", "## What?\n\n", "::: note\n", "So.\n"),
    case("brackets.md", "## What?\n\n", "[", "\n"),
    case("links.md", "## What?\n\n", "[a](", "\n"),
    case("stars.md", "## What?\n\n", "*a **b ", "\n"),
    case("ticks.md", "## What?\n\n", "` `` ``` ", "\n"),
    case("references.md", "## What?\n\n[a@]\n\n", "[a@]: x\n", ""),
    case("details.md", "", "<details><summary>What is @?</summary>\n\nSo.\n\n", ""),
    case("headings.md", "", "# What is @?\n", ""),
    case("pipes.md", "## What?\n\n|a|b|\n|-|-|\n", "|", "\n"),
    case("nested.md", "## What?\n\n", "- - - - ", "\n"),
    case("same.md", "", "## What?\n\n", ""),
    case("spaces.md", "## What?\n\n", " ", "\nx\n"),
    case("deep.json", "", "[", ""),
    case(
        "texts.json",
        "[{\"question\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": {\"text\": \"What",
        " x",
        "?\"}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}]",
    ),
    case("numbers.json", "[{\"question\": \"What?\", \"answer\": [0", ",0", "]}]"),
    case("keys.json", "[{\"question\": \"What?\"", ",\"k@\":1", "}]"),
    case("same.json", "[{}", ",{\"question\": \"What?\", \"answer\": \"So\"}", "]"),
    case(
        "tags.json",
        "[{\"question\": \"What?\", \"answer\": \"So\", \"tags\": [\"a\"",
        ",\"t@\"",
        "]}]",
    ),
    case("broken.jsonl", "", "{\"question\": \"What\n", ""),
    case("kinds.jsonl", "", "{\"k@\": \"What is tea @?\", \"a@\": \"It is hot.\"}\n", ""),
    case("wide.csv", "question,answer", ",", "\nWhat?,So\n"),
    case("quote.csv", "question,answer\n", "\"", ""),
    case("delimiters.csv", "question,answer\n", "a,b;c|d\n", ""),
    case("anchors.yaml", "- &a [x,x,x,x,x,x,x,x]\n", "- &a [*a,*a,*a,*a]\n", ""),
    case("flow.yaml", "a: ", "[", ""),
    case("keys.yaml", "- question: What?\n", "  k@: 1\n", ""),
    case("colons.txt", "What?\n", "::", "\n"),
    case("indent.txt", "What is it?\n\n", "  x\n", ""),
    case("cloze.txt", "#separator:tab\n", "{{c1::", "\n"),
    case(
        "rows.xml",
        "<posts>\n<row PostTypeId=\"1\" Title=\"What?\"",
        " a@=\"b\"",
        " />\n</posts>",
    ),
    case(
        "answers.xml",
        "<posts>\n<row Id=\"1\" PostTypeId=\"1\" Title=\"What?\" />\n",
        "<row Id=\"@\" PostTypeId=\"2\" ParentId=\"1\" Score=\"@\" Body=\"x\" />\n",
        "</posts>",
    ),
    case("overstrike.txt", "What is it?\n\n", "_\u{8}a", "\n"),
    case("marks.txt", "What is it?\n\na", "\u{301}", "\n"),
    case("escapes.txt", "What is it?\n\na", "\u{1b}]", "\n"),
    case("strings.txt", "What is it?\n\na", "\u{90}", "\n"),
];

impl Case {
    /// Of about `size` bytes.
    pub fn text(&self, size: usize) -> String {
        let mut text = self.before.replace(LONG, &"y".repeat(size / 4));
        for n in 0_usize.. {
            if text.len() >= size {
                break;
            }
            text.push_str(&self.unit.replace('@', &n.to_string()));
        }
        text.push_str(self.after);
        text
    }
}
