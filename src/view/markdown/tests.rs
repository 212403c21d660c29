//! What the whole renderer promises.

use super::*;
use proptest::prelude::*;

/// The lines at a width, in ASCII drawings or not.
fn shown(text: &str, width: u16) -> String {
    let rendered = render(text, width, &Styles::monochrome());
    rendered.lines.iter().map(Line::text).collect::<Vec<_>>().join("\n")
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
        let rendered = render(&text, width, &Styles::default());
        for (n, line) in rendered.lines.iter().enumerate() {
            let widest = line.text().graphemes(true).map(|g| usize::from(g.cell_width())).max();
            let room = usize::from(width).max(1).max(widest.unwrap_or(0));
            prop_assert!(line.width() <= room, "{:?} at {width}", line.text());
            prop_assert!(!line.text().chars().any(char::is_control), "{:?}", line.text());
            let drawn: String = rendered.line(n).spans.iter().map(|s| s.content.as_ref()).collect();
            prop_assert_eq!(drawn, line.text());
        }
        for find in ["a", " ", "x", "界"] {
            for spot in rendered.find(find).spots() {
                prop_assert!(rendered.text(spot.line).get(spot.range.clone()).is_some());
            }
        }
        plain(&text, usize::from(width));
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
        assert!(render(&text, 40, &Styles::default()).len() < 300_000);
    }
}
