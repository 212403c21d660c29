//! Marks of single formats: anchors, conditions, spans of cells, styles.

use crate::{answer, assert_read};

#[test]
fn an_anchor_above_a_heading_hides_no_question() {
    for anchor in
        ["<a name=\"x\"></a>\n", "<a id=x></a>\n\n", "<a id=\"x\" />\n", "<span id=\"x\"></span>\n"]
    {
        for heading in ["Leaves\n------", "## Leaves", "How long?\n---"] {
            let text = format!(
                "# Tea\n\nAbout tea.\n\nWater\n-----\n\nIt boils.\n\n{anchor}{heading}\n\nFour minutes.\n"
            );
            let title = if heading.contains('?') { "How long?" } else { "Leaves" };
            assert_read("tea.md", &text, &[("Water", "It boils."), (title, "Four minutes.")]);
        }
    }
}

#[test]
fn tables_of_data_in_asciidoc() {
    let expected = "| Name | Size |\n| --- | --- |\n| small | 10 |";
    for body in [
        "[%header]\n,===\nName,Size\nsmall,\"10\"\n,===",
        ":===\nName:Size\n\nsmall:10\n:===",
        "[options=\"header\",format=dsv]\n|===\nName:Size\nsmall:10\n|===",
        "[%header,format=csv,separator=;]\n|===\nName;Size\nsmall;10\n|===",
        "[%header]\n|===\n|Name |Size\nifdef::big[]\n|small |10\nendif::[]\n|===",
    ] {
        assert_eq!(answer("tea.adoc", |title| format!("== {title}"), body), expected, "{body}");
    }
}

#[test]
fn conditions_and_included_files_of_asciidoc() {
    for (body, expected) in [
        ("One\nifdef::big[]\ntwo\nendif::big[]\nthree.", "One\ntwo\nthree."),
        ("ifndef::big,small[Two.]", "Two."),
        ("* one\nifeval::[\"{a}\" == \"b\"]\n* two\nendif::[]", "- one\n- two"),
        ("----\na\nifdef::big[]\nb\nendif::[]\n----", "```\na\nb\n```"),
        ("See\ninclude::more.adoc[lines=1..2]", "See\n[more.adoc](more.adoc)"),
        ("----\ninclude::pot.rb[]\n----", "[pot.rb](pot.rb)"),
    ] {
        assert_eq!(answer("tea.adoc", |title| format!("== {title}"), body), expected, "{body}");
    }
}

#[test]
fn cells_and_definitions_of_textile() {
    for (body, expected) in [
        (
            "table(wide). All pots\n|_. Name |_(x). Size |\n|\\2. both |\n|/2. pot |>. 1 |\n{color:red}. | 2 |",
            "| Name | Size |\n| --- | --- |\n| both |  |\n| pot | 1 |\n|  | 2 |",
        ),
        (
            "- Oil := Black.\n- Water :=\nClear.\nWet. =:",
            "Oil\n: Black.\n\nWater\n: Clear.\\\n  Wet.",
        ),
    ] {
        assert_eq!(answer("tea.textile", |title| format!("h2. {title}"), body), expected, "{body}");
    }
}

#[test]
fn tables_and_glossaries_of_restructured_text() {
    let heading = |title: &str| format!("{title}\n{}", "-".repeat(title.len()));
    let table = "| Name | Size |\n| --- | --- |\n| small | 1,5 |";
    for (body, expected) in [
        (".. csv-table::\n   :header-rows: 1\n   :delim: ;\n\n   Name;Size\n   small;1,5", table),
        (".. csv-table::\n   :header: Name|Size\n   :delim: |\n\n   small|1,5", table),
        (
            ".. glossary::\n\n   pot\n   jug\n      Holds water.\n\n   cup\n      Holds tea.",
            "pot, jug\n: Holds water.\n\ncup\n: Holds tea.",
        ),
    ] {
        assert_eq!(answer("tea.rst", heading, body), expected, "{body}");
    }
}

#[test]
fn a_drawn_box_is_no_section() {
    let pot = "+-----+\n| pot |\n+-----+";
    let text = format!("Q: How hot?\nA: It boils.\n\n{pot}\n\nQ: How long?\nA: Four minutes.\n");
    let first = format!("It boils.\n\n```text\n{pot}\n```");
    assert_read("tea.txt", &text, &[("How hot?", &first), ("How long?", "Four minutes.")]);
}

#[test]
fn a_title_in_a_frame_is_no_drawing_of_the_answer_above() {
    let title = "+-----------+\n| 2. Coffee |\n+-----------+";
    let text = format!("Q: How hot?\nA: It boils.\n\n{title}\n\nQ: How long?\nA: Four minutes.\n");
    assert_read("tea.txt", &text, &[("How hot?", "It boils."), ("How long?", "Four minutes.")]);
}

#[test]
fn a_translated_word_is_a_text_and_a_key_is_not() {
    let text = "FAQ = [\n    {\"question\": _(\"How hot?\"), \"answer\": _(\"Boiling\")},\n    \
        {\"question\": _(\"How long?\"), \"answer\": gettext(\"Minutes\")},\n    \
        {\"question\": _(\"Why?\"), \"answer\": _(\"faq.why\")},\n]\n";
    let expected = [("How hot?", "Boiling"), ("How long?", "Minutes"), ("Why?", "")];
    assert_read("faq.py", text, &expected);
}

#[test]
fn commands_of_latex_texinfo_and_man() {
    for (body, expected) in [
        ("Use \\verb|a{b}%| and \\verb+x_y+.", "Use `a{b}%` and `x_y`."),
        ("Use \\lstinline[language=C]!a|b! % not\n\\verb|%|.", "Use `a|b`\n`%`."),
        ("\\textcolor{red}{Hot} water", "Hot water"),
        ("{\\bf Mind} the {\\em hot} {\\tt pot}, {plain}", "**Mind** the *hot* `pot`, plain"),
        (
            "\\begin{tabular}{cc}\n\\multicolumn{2}{c}{Pots} \\\\\na & b \\\\\n\\end{tabular}",
            "| Pots |  |\n| --- | --- |\n| a | b |",
        ),
    ] {
        assert_eq!(answer("tea.tex", |title| format!("\\subsection{{{title}}}"), body), expected);
    }
    let body = "@verbatim\nif (a) { b@c; }\n@end verbatim";
    let found = answer("tea.texi", |title| format!("@section {title}"), body);
    assert_eq!(found, "```\nif (a) { b@c; }\n```");
    let text = ".TH TEA 7\n.SH How hot?\n.TP\n.B \\-h\n.TQ\n.B \\-\\-hot\nIt boils.\n.SH How long?\nFour minutes.\n";
    let expected = [("How hot?", "**-h**, **--hot**\n: It boils."), ("How long?", "Four minutes.")];
    assert_read("tea.7", text, &expected);
}
