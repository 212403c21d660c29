//! Tests of the whole renderer.

use super::*;
use crate::text::grapheme_width;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

fn lines(rendered: &Rendered) -> Vec<&str> {
    rendered.lines.iter().map(Line::text).collect()
}

fn shown(text: &str, width: u16) -> String {
    lines(&render(text, width)).join("\n")
}

/// Each line with the roles of its parts: `<Strong word>`.
fn legible(text: &str) -> String {
    let rendered = render(text, 60);
    let part = |(text, roles): (&str, Roles)| {
        let names: Vec<_> = roles.iter().map(|role| format!("{role:?}")).collect();
        if names.is_empty() { text.to_owned() } else { format!("<{} {text}>", names.join("+")) }
    };
    let line = |line: &Line| line.spans().map(part).collect::<String>();
    rendered.lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The subject, the Markdown, the lines at 18 columns.
const CASES: &[(&str, &str, &[&str])] = &[
    (
        "paragraphs, breaks",
        "One two three four five.\nSix.  \nSeven<br>eight.\n\n\nNine.",
        &["One two three four", "five. Six.", "Seven", "eight.", "", "Nine."],
    ),
    (
        "headings",
        "# One #\ntext\n\nTwo {#two}\n---\ntext",
        &["One", "", "text", "", "Two", "", "text"],
    ),
    (
        "tight lists",
        "- one\n- two three four five\n  - six\n    1. seven\n- eight\n\nend",
        &["• one", "• two three four", "  five", "  ◦ six", "    1. seven", "• eight", "", "end"],
    ),
    (
        "loose lists",
        "9. one\n\n   more\n10. two\n    - x",
        &["9. one", "", "   more", "", "10. two", "", "    ◦ x"],
    ),
    ("empty items", "-\n- - a\n-", &["•", "• ◦ a", "•"]),
    (
        "tasks",
        "- [x] done and dusted, it is\n- [ ] open",
        &["[x] done and", "    dusted, it is", "[ ] open"],
    ),
    (
        "quotes",
        "> one two three four\n>\n> > five\n\nsix\n\n> [!TIP]\n> - seven",
        &["▌ one two three", "▌ four", "▌", "▌ ▌ five", "", "six", "", "▌ Tip", "▌ • seven"],
    ),
    (
        "code",
        "```sh\ntar xf {{a.tar}} \\\n    --directory={{folder}}\n\nls\n```\nend",
        &[
            "│ tar xf a.tar \\",
            "│     --directory=",
            "│     ↳ folder",
            "│",
            "│ ls            sh",
            "",
            "end",
        ],
    ),
    ("code, label", "``` rust,ignore\nx\n```\n\n    y", &["│ x           rust", "", "│ y"]),
    ("code, long label", "~~~javascript\nlet a = 1;\n~~~", &["│ javascript", "│ let a = 1;"]),
    (
        "code, label below",
        "```sh\n\n\ntar xf -C folder -v\n```",
        &["│ tar xf -C", "│ ↳ folder -v   sh"],
    ),
    (
        "table in which one row is folded",
        "a|b\n-|-\n1|x\n2|y\n3|some long words\n4|z",
        &[
            "a │ b",
            "──┼───────────────",
            "1 │ x",
            "2 │ y",
            "──┼───────────────",
            "3 │ some long",
            "  │ words",
            "──┼───────────────",
            "4 │ z",
        ],
    ),
    ("table", "a|b\n-|-:\none|1\ntwo|22", &["a   │  b", "────┼───", "one │  1", "two │ 22"]),
    (
        "table, wrapped",
        "|Key|What it does|\n|-|-|\n|q|leaves the answer|\n|z|zooms|",
        &[
            "Key │ What it does",
            "────┼─────────────",
            "q   │ leaves the",
            "    │ answer",
            "────┼─────────────",
            "z   │ zooms",
        ],
    ),
    (
        "table, too many columns",
        "|One|Two|Three|Four|\n|-|-|-|-|\n|alpha|beta||delta|\n|1|2|3|4|",
        &["One: alpha", "Two: beta", "Four: delta", "", "One: 1", "Two: 2", "Three: 3", "Four: 4"],
    ),
    (
        "links",
        "[a](http://x.y) [b](#here) <m@x.y> [a](http://x.y) http://z.",
        &["a[1] b[2] m@x.y[3]", "a[1] http://z[4].", "", "[1] http://x.y"],
    ),
    (
        "images",
        "![a cat](c/at.png?x=1) ![](c/dog.png) [![b](b.svg)](http://x)",
        &["a cat[1]", "dog.png[2] b[3]", "", "[1] c/at.png?x=1", "[2] c/dog.png", "[3] http://x"],
    ),
    (
        "footnotes",
        "One[^b], two[^a].\n\n[^a]: First.\n\n[^b]: Second,\n    which is longer.\n\nEnd.",
        &["One¹, two².", "", "End.", "", "² First.", "¹ Second, which is", "  longer."],
    ),
    ("rule", "a\n\n---\nb", &["a", "", "──────────────────", "", "b"]),
    (
        "definitions",
        "Term\n: one two three four\n: five",
        &["Term", "  one two three", "  four", "  five"],
    ),
    (
        "inline tags",
        "<kbd>Ctrl</kbd>+C Vec\\<T> x<sup>ab</sup> y<sub>i, j</sub> &lt;i&gt;",
        &["Ctrl+C Vec<T> x^ab", "y_(i, j) <i>"],
    ),
    ("escapes by number", "a&#27;[31mb &#x202e;c", &["ab \u{fffd}c"]),
    ("wide characters", "他说：「你好。」\n然后走了。", &["他说：「你好。」然", "后走了。"]),
    ("nothing", "\n\n", &[]),
];

#[test]
fn blocks_at_a_narrow_width() {
    for &(name, text, expected) in CASES {
        assert_eq!(lines(&render(text, 18)), expected, "{name}");
    }
}

#[test]
fn without_drawing_characters() {
    let text = "- a\n> b\n\n|c|d|\n|-|-|\n|e|f|\n\n```\ng\n```\n\n---\n<details><summary>h</summary>x[^1]\n\n[^1]: i";
    let options =
        LayoutOptions { width: 12, line_drawing: false, syntax: &Syntax::off(), images: None };
    let rendered = render_with(text, TextFormat::Markdown, options);
    assert!(lines(&rendered).concat().is_ascii());
    assert_eq!(lines(&rendered)[..3], ["- a", "", "> b"]);
    assert!(lines(&rendered).contains(&"c: e"), "a row is written cell by cell");
    let code = render_with("```sh\nls\n```", TextFormat::Markdown, options);
    assert_eq!(lines(&code), ["    sh", "    ls"]);
}

#[test]
fn parts_have_their_roles() {
    for (text, expected) in [
        ("# A *b*", "<Heading1 A ><Heading1+Emphasis b>"),
        ("a **b `c`** ~~d~~", "a <Strong b ><Strong+Code c> <Strike d>"),
        ("[a](http://x)", "<Link a><LinkNumber [1]>\n\n<LinkNumber [1] ><Link http://x>"),
        ("`cd {{dir}}`", "<Code cd ><Code+Placeholder dir>"),
        ("> a\n> - b", "<QuoteBar ▌ ><Quote a>\n<QuoteBar ▌>\n<QuoteBar ▌ ><Bullet • ><Quote b>"),
        ("```\na {{b}}\n```", "<CodeBar │ ><CodeBlock a ><CodeBlock+Placeholder b>"),
        ("<kbd>a</kbd> b[^1]\n\n[^1]: c", "<Kbd a> b<Footnote ¹>\n\n<Footnote ¹ >c"),
    ] {
        assert_eq!(legible(text), expected, "{text}");
    }
}

#[test]
fn links_code_blocks_and_headings_are_collected() {
    let text =
        "# One\n\nsee [the *docs*](http://x/y), http://z\n\n```sh\nls {{dir}}\n\n```\n\n## Two";
    let rendered = render(text, 40);
    let links: Vec<_> =
        rendered.links.iter().map(|l| (l.number, l.text.as_str(), l.url.as_str())).collect();
    assert_eq!(links, [(1, "the docs", "http://x/y"), (2, "http://z", "http://z")]);
    let CodeBlock { code, language, lines } = &rendered.code_blocks[0];
    assert_eq!((code.as_str(), language.as_str(), lines.clone()), ("ls {{dir}}", "sh", 4..5));
    let headings: Vec<_> =
        rendered.headings.iter().map(|h| (h.line, h.level, h.text.as_str())).collect();
    assert_eq!(headings, [(0, 1, "One"), (6, 2, "Two")]);
    let at = |line, column| rendered.link_at(line, column).map(|link| link.number);
    assert_eq!(
        [at(2, 3), at(2, 4), at(2, 14), at(2, 15), at(8, 5), at(99, 0)],
        [None, Some(1), Some(1), None, Some(1), None]
    );
}

#[test]
fn finding_ignores_case_accents_and_line_breaks() {
    let rendered = render("Über die Brücke\ngehen.\n\n- brucke", 12);
    assert_eq!(lines(&rendered), ["Über die", "Brücke", "gehen.", "", "• brucke"]);
    let spots = |needle: &str| -> Vec<_> {
        let occurrences = rendered.find(needle);
        let spots = (0..rendered.len()).flat_map(|n| rendered.found_on(&occurrences, n));
        spots.map(|s| (s.line, s.range, s.part_of)).collect()
    };
    assert_eq!(spots("BRUCKE"), [(1, 0..7, 0), (4, 4..10, 1)]);
    assert_eq!(spots("die brücke g"), [(0, 6..9, 0), (1, 0..7, 0), (2, 0..1, 0)]);
    assert_eq!(spots(" "), []);
    let occurrences = rendered.find("e");
    assert_eq!((occurrences.count(), rendered.line_of(&occurrences, 1)), (6, Some(0)));
    assert_eq!(rendered.first_from(&occurrences, 1), Some(2));
    assert_eq!(rendered.found_on(&occurrences, 2).len(), 2);
}

#[test]
fn an_answer_of_any_length() {
    let text = "A line of the answer.\n\n".repeat(35_000);
    let rendered = render(&text, 40);
    assert_eq!(rendered.len(), 69_999);
    assert_eq!(rendered.lines[69_998].width(), 21);
    assert_eq!(rendered.find("LINE OF").count(), 35_000);
}

fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z ]{0,12}",
        any::<String>(),
        proptest::sample::select(vec![
            "\n",
            "\n\n",
            "> ",
            "- ",
            "1. ",
            "# ",
            "* ",
            "**",
            "_",
            "~~",
            "`",
            "```\n",
            "    ",
            "[a](http://b)",
            "![i](c.png)",
            "|",
            "|-|-|\n",
            "\n|a|b|\n|-|-|\n|c|dd d|\n",
            "---\n",
            "<br>",
            "<details>",
            "</summary>",
            "<table><tr><td>",
            "<ul><li>",
            "</ul>",
            "<pre>",
            "[^1]",
            "\n\n[^1]: f\n",
            "- [ ] ",
            "\n: d\n",
            "{{x}}",
            "界",
            "👩‍👩‍👧‍👦",
            "e\u{301}",
            "❤\u{fe0f}",
            "&#27;",
            "https://a.b/c",
            "  \n",
            "<a href=x>",
            "</a>",
            "<b>",
            "</blockquote>",
            "> [!NOTE]\n",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_markdown_fits_any_width(text in markdown(), width in 0_u16..=40) {
        let rendered = render(&text, width);
        for line in &rendered.lines {
            // A character that is wider than the space left by bars and bullets does not fit.
            let (indent, own) = line.text().split_at(line.indent as usize);
            let widest = own.graphemes(true).map(grapheme_width).max();
            let least = crate::text::columns(indent) + widest.unwrap_or(0);
            let room = usize::from(width).max(1).max(least);
            prop_assert!(line.width() <= room, "{:?} at {width}", line.text());
            prop_assert!(!line.text().chars().any(char::is_control), "{:?}", line.text());
            let drawn: String = line.spans().map(|(text, _)| text).collect();
            prop_assert_eq!(drawn, line.text());
        }
        for find in ["a", " ", "x", "界"] {
            let occurrences = rendered.find(find);
            let spots = (0..rendered.len()).flat_map(|n| rendered.found_on(&occurrences, n));
            let spots: Vec<Spot> = spots.collect();
            for spot in &spots {
                prop_assert!(rendered.text(spot.line).get(spot.range.clone()).is_some());
            }
            for n in 0..occurrences.count() {
                let line = spots.iter().find(|spot| spot.part_of == n).map(|spot| spot.line);
                prop_assert_eq!(rendered.line_of(&occurrences, n), line);
            }
        }
        plain(&text, TextFormat::Markdown, usize::from(width));
    }

    #[test]
    fn every_word_of_a_paragraph_stays(text in "([a-zéж界한]{1,9} ?\n?){1,20}", width in 2_u16..30) {
        let bare = |text: &str| text.replace([' ', '\n'], "");
        prop_assert_eq!(bare(&shown(&text, width)), bare(&text));
    }
}

#[test]
fn no_nesting_is_too_deep() {
    for text in [
        ">".repeat(100_000),
        "- ".repeat(64_000),
        "<ul><li>".repeat(64_000),
        "</ul></li>".repeat(64_000),
        "<blockquote>\n\n".repeat(20_000),
        "*a _b ".repeat(20_000),
        "[".repeat(64_000),
        "![a](".repeat(20_000),
        "<a ".repeat(64_000),
        "<script>".repeat(20_000),
    ] {
        assert!(render(&text, 40).len() < 300_000);
    }
}

#[derive(Debug)]
struct Pictures;

impl ImageCatalogue for Pictures {
    fn size(&self, image: ImageRef<'_>) -> Option<ImageSize> {
        let columns = image.columns.min(10);
        (image.address.contains(".png") && image.source == "a.md")
            .then_some(ImageSize { columns, rows: 2 })
    }
}

#[test]
fn pictures_have_rows_below_their_text() {
    let syntax = Syntax::off();
    let lay_out = |text: &str| {
        let images: Option<(&dyn ImageCatalogue, &str)> = Some((&Pictures, "a.md"));
        let options = LayoutOptions { width: 20, line_drawing: true, syntax: &syntax, images };
        render_with(text, TextFormat::Markdown, options)
    };
    let page = lay_out(
        "a ![b](c.png) d\n\n- e ![f](g.png)\n\n![h](i.svg) j\n\n| k |\n|---|\n| ![](l.png) |",
    );
    let lines: Vec<&str> = page.lines.iter().map(Line::text).collect();
    assert_eq!(lines[..4], ["a b[1] d", "", "", ""]);
    assert_eq!(lines[4..9], ["• e f[2]", "", "", "", "h[3] j"]);
    let rows: Vec<_> =
        page.images.iter().map(|i| (i.address.as_str(), i.line, i.column, i.room)).collect();
    assert_eq!(rows, [("c.png", 1, 0, 20), ("g.png", 5, 2, 18)]);
    assert_eq!(lay_out(&"![a](b.png)\n\n".repeat(20)).images.len(), 8);
}
