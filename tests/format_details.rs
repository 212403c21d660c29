//! Details of formats in real pages: what is dropped, what stays, where titles end.

#[path = "format_details/alterations.rs"]
mod alterations;
#[path = "format_details/altered.rs"]
mod altered;
#[path = "format_details/edges.rs"]
mod edges;
#[path = "format_details/marks.rs"]
mod marks;
#[path = "format_details/pages.rs"]
mod pages;
#[path = "format_details/pieces.rs"]
mod pieces;
#[path = "format_details/unnamed.rs"]
mod unnamed;

use quick_answer::load::{Source, collect};

/// Questions and answers of a file of this name.
fn read(name: &str, text: &str) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let (collection, _) = collect(&[Source::Path(path)]).unwrap();
    collection.entries.into_iter().map(|entry| (entry.question, entry.answer)).collect()
}

/// Checks the questions and answers of a file of this name.
fn assert_read(name: &str, text: &str, expected: &[(&str, &str)]) {
    let found = read(name, text);
    let found: Vec<(&str, &str)> = found.iter().map(|(q, a)| (q.as_str(), a.as_str())).collect();
    assert_eq!(found, expected, "{name}: {text}");
}

/// The answer to the first of two questions of a page of markup.
fn answer(name: &str, heading: fn(&str) -> String, body: &str) -> String {
    let (first, second) = (heading("How hot?"), heading("How long?"));
    let found = read(name, &format!("{first}\n\n{body}\n\n{second}\n\nFour minutes.\n"));
    assert_eq!(found.len(), 2, "{found:?}");
    found[0].1.clone()
}

const TEA: &[(&str, &str)] = &[("How hot?", "It boils."), ("How long?", "Four minutes.")];

#[test]
fn quizzes_of_gift_are_known_by_names_or_by_categories() {
    for text in [
        "::One::How hot? {=very ~cold}\n\n::Two::How long? {=four ~five}\n",
        "$CATEGORY: tea\n\nHow hot? {=very ~cold}\n\nHow long? {=four ~five}\n",
    ] {
        let found = read("tea.txt", text);
        let questions: Vec<_> = found.iter().map(|(question, _)| question.as_str()).collect();
        assert_eq!(questions, ["How hot?", "How long?"], "{found:?}");
        assert!(found[0].1.contains("cold"), "{found:?}");
    }
}

#[test]
fn components_with_details_are_read_and_comments_stepped_over() {
    let text = "/* All about tea. */\nexport const Faq = () => (\n  <section>\n    <details>\n      \
        <summary>How hot?</summary>\n      <p>It boils.</p>\n    </details>\n    <!-- no -->\n    \
        <details><summary>How long?</summary><p>Four minutes.</p></details>\n  </section>\n);\n";
    assert_read("faq.jsx", text, TEA);
    let text = "const faq = [\n  /* the first */ { question: \"How hot?\", answer: \"It boils.\" },\n  \
        // the last\n  { question: 'How long?', answer: 'Four ' + 'minutes.' },\n];\n";
    assert_read("faq.js", text, TEA);
    let text = "<?php\n$faq = array(\n  array('question' => 'How hot?', 'answer' => 'It '.'boils.'),\n  \
        # the last\n  ['question' => PREFIX.'How long?', 'answer' => 'Four minutes.'],\n);\n";
    assert_read("faq.php", text, TEA);
}

#[test]
fn folded_blocks_of_site_generators() {
    for (open, close) in [
        ("{{< details \"TITLE\" >}}", "{{< /details >}}"),
        ("{{% details title=\"TITLE\" closed=\"true\" %}}", "{{% /details %}}"),
        ("{{< faq question=\"TITLE\" >}}", "{{< /faq >}}"),
        ("{% details TITLE %}", "{% enddetails %}"),
        ("{% details(summary=\"TITLE\") %}", "{% end %}"),
    ] {
        let block = |title, text| format!("{}\n{text}\n{close}\n\n", open.replace("TITLE", title));
        let text = block("How hot?", "It boils.") + &block("How long?", "Four minutes.");
        assert_read("tea.md", &text, TEA);
    }
    let text = "{% include faq.html q=\"How hot?\" a=\"It boils.\" %}\n\
        {% include faq.html q=\"How long?\" a=\"Four minutes.\" %}\n";
    assert_read("tea.md", text, TEA);
}

#[test]
fn a_list_of_steps_is_part_of_an_answer() {
    let text = "<h1>Tea</h1><h2>How hot?</h2><ul><li><p>Boil water.</p></li><li><b>Pour</b> it.</li>\
        </ul><h2>How long?</h2><p>Four minutes.</p>";
    assert_read(
        "tea.html",
        text,
        &[("How hot?", "- Boil water.\n\n- **Pour** it."), ("How long?", "Four minutes.")],
    );
}

#[test]
fn data_of_other_kinds_in_a_page_is_not_read() {
    let text = "<h1>Tea</h1><h2>How hot?</h2><p>It boils.</p><h2>How long?</h2><p>Four minutes.</p>\
        <script type=\"application/json\">{\"@type\": \"Question\", \"name\": \"Seen?\", \
        \"acceptedAnswer\": {\"@type\": \"Answer\", \"text\": \"No.\"}}</script>";
    assert_read("tea.html", text, TEA);
}

#[test]
fn a_summary_with_content_stays_above_its_details() {
    let text = "## What do pets drink?\n\nIt depends.\n\n<details><summary>For cats</summary>\n\nMilk.\n\n\
        </details>\n\n## How long?\n\nFour minutes.\n";
    let expected = [
        ("What do pets drink?", "It depends.\n\n**For cats**\n\nMilk."),
        ("How long?", "Four minutes."),
    ];
    assert_read("tea.md", text, &expected);
}

#[test]
fn blocks_of_asciidoc() {
    for (body, expected) in [
        ("chart::[type=bar]", "chart::\\[type=bar\\]"),
        ("chart:: [type=bar]", "chart:: \\[type=bar\\]"),
        ("image::pot.png[A pot]", "![A pot](pot.png)"),
        ("Oil::\n\nBlack.\nWater:: Clear.", "Oil\n: Black.\n\nWater\n: Clear."),
        ("Tools::\n* pot\n* cup", "Tools\n: - pot\n  - cup"),
    ] {
        assert_eq!(answer("tea.adoc", |title| format!("== {title}"), body), expected, "{body}");
    }
}

#[test]
fn a_definition_that_begins_with_a_list_keeps_all_items() {
    let text = "= Tea\n\n[qanda]\nWhat do I need?::\n* pot\n* cup\nHow long?:: Four minutes.\n";
    let expected = [("What do I need?", "- pot\n- cup"), ("How long?", "Four minutes.")];
    assert_read("tea.adoc", text, &expected);
}

#[test]
fn terms_of_markdown_are_questions_unless_they_are_part_of_an_answer() {
    let text = "# Pottery\n\nKiln\n: An oven.\n: Also a room.\n\n**Slip** or `slurry`\n\n:   Wet clay.\n\n    \
        It joins parts.\n";
    let expected =
        [("Kiln", "An oven.\n\nAlso a room."), ("Slip or slurry", "Wet clay.\n\nIt joins parts.")];
    assert_read("pottery.md", text, &expected);
    let text = "## What do I need?\n\nSlip\n: Wet clay.\n\nKiln\n: An oven.\n\n## How hot is it?\n\nVery.\n";
    let expected =
        [("What do I need?", "Slip\n: Wet clay.\n\nKiln\n: An oven."), ("How hot is it?", "Very.")];
    assert_read("pottery.md", text, &expected);
}

#[test]
fn blocks_of_restructured_text() {
    let heading = |title: &str| format!("{title}\n{}", "-".repeat(title.len()));
    for (body, expected) in [
        ("123456. parts were made.", "123456\\. parts were made."),
        (
            "=====  ======\nName   Size\n=====  ======\nsmall  about\n       ten\n=====  ======",
            "| Name | Size |\n| --- | --- |\n| small | about ten |",
        ),
    ] {
        assert_eq!(answer("tea.rst", heading, body), expected, "{body}");
    }
}

#[test]
fn items_of_org_go_on_in_indented_lines() {
    let body = "- boil\n  water\n- pour\n\nThen wait.";
    let expected = "- boil\n  water\n- pour\n\nThen wait.";
    assert_eq!(answer("tea.org", |title| format!("* {title}"), body), expected);
}

#[test]
fn a_sheet_may_have_prose_beside_its_commands() {
    let text = "---\nsyntax: bash\ntags: [ vcs ]\n---\n# undo the last commit\ngit reset --soft HEAD~1\
        \n\n# list branches\ngit branch\n\nSome words about branches which are no command at all.\n";
    let found = read("git.txt", text);
    assert_eq!(
        found[0],
        ("undo the last commit".into(), "```bash\ngit reset --soft HEAD~1\n```".into())
    );
}

#[test]
fn numbers_of_keys_tell_which_answer_belongs_to_which_question() {
    let text = r#"{"faq_q_1": "How hot?", "faq_a_1": "It boils.", "faq_q_2": "How long?",
        "faq_a_2": "Four minutes."}"#;
    assert_read("tea.json", text, TEA);
}

#[test]
fn titles_of_plain_text_and_markdown() {
    assert_read(
        "tea.txt",
        "Brewing\n=======\n\nHow hot does the water\nhave to be?\nIt boils.\n\nHow long?\nFour minutes.\n\nHow much?\n\
        One spoon.\n",
        &[
            ("How hot does the water have to be?", "It boils."),
            ("How long?", "Four minutes."),
            ("How much?", "One spoon."),
        ],
    );
    for text in [
        "# Tea\n\n> How hot?\n\nIt boils.\n\n> How long?\n\nFour minutes.\n",
        "**How hot?** It boils.\n\n**How long?** Four minutes.\n",
        "## How hot?\n\n<details><summary>Answer</summary>\n\nIt boils.\n\n</details>\n\n## How long?\n\n\
        <details><summary>Show answer</summary>\n\nFour minutes.\n\n</details>\n",
    ] {
        assert_read("tea.md", text, TEA);
    }
}

#[test]
fn marks_of_docbook_become_those_of_markdown() {
    let entry = |question: &str, answer: &str| {
        format!(
            "<qandaentry><question><para>{question}</para></question><answer><para>{answer}</para>\
            </answer></qandaentry>"
        )
    };
    let text = format!(
        "<?xml version=\"1.0\"?><qandaset>{}{}</qandaset>",
        entry(
            "How hot?",
            "<emphasis role=\"bold\">Very</emphasis>, <emphasis>see</emphasis> <code>a`b</code> \
            of <medialabel>tea</medialabel> now."
        ),
        entry("How long?", "Four minutes."),
    );
    assert_read(
        "tea.xml",
        &text,
        &[("How hot?", "**Very**, *see* ``a`b`` of tea now."), ("How long?", "Four minutes.")],
    );
}

#[test]
fn questions_of_moodle_show_the_right_answers() {
    let text = "<?xml version=\"1.0\"?><quiz><question type=\"category\"><category><text>$course$/Tea</text>\
        </category></question><question type=\"multichoice\"><name><text>n</text></name><questiontext>\
        <text>How hot?</text></questiontext><answer fraction=\"100\"><text>very</text></answer>\
        <answer fraction=\"50\"><text>warm</text></answer>\
        <answer fraction=\"0\"><text>cold</text></answer></question></quiz>";
    let found = read("tea.xml", text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0], ("How hot?".into(), "very\n\n- [x] very\n- [ ] warm\n- [ ] cold".into()));
}

#[test]
fn components_on_one_line_and_fences_inside_containers() {
    let expected = [("Is it deep?", "Two feet."), ("Is it clear?", "No.")];
    for page in [
        "<Accordion title='Is it deep?' icon=\"x\">Two feet.</Accordion>\n<Accordion title=\"Is it clear?\">No.</Accordion>\n",
        "<Faq>\n<FaqItem question=\"Is it deep?\" answer=\"Two feet.\" />\n<FaqItem question=\"Is it clear?\" answer=\"No.\" />\n</Faq>\n",
        "::: details Is it deep? {open}\nTwo feet.\n:::\n\n:::details Is it clear?\nNo.\n:::\n",
        "<details><summary>Is it deep?</summary>Two feet.</details>\n<details open>\n<summary>\n\n### Is it clear?\n\n</summary>\nNo.\n</details>\n",
    ] {
        assert_read("pond.mdx", page, &expected);
    }
    let page =
        ":::details Is it deep?\nYes.\n```sh\n:::\n```\n:::\n\n:::details Is it clear?\nNo.\n:::\n";
    let expected = [("Is it deep?", "Yes.\n```sh\n:::\n```"), ("Is it clear?", "No.")];
    assert_read("pond.md", page, &expected);
}

#[test]
fn parts_of_a_page_that_are_not_questions() {
    let expected = [("Is it deep?", "Two feet[^1].\n\n[^1]: Or three.")];
    let page = "# Pond\n\n## Is it deep?\n\nTwo feet[^1].\n\n## References\n\n[^1]: Or three.\n";
    assert_read("pond.md", page, &expected);
    let page = "---\ntitle: Is it deep?\n---\n\nTwo feet.\n\n- or three\n";
    assert_read("pond.md", page, &[("Is it deep?", "Two feet.\n\n- or three")]);
    let page = "---\ntitle: Pond\nfaqs:\n  - question: Is it deep?\n    answer: Two feet.\n---\n\n## Is it clear?\n\nNo.\n";
    assert_read("pond.md", page, &[("Is it deep?", "Two feet."), ("Is it clear?", "No.")]);
    let page = "<details>\n<summary>Is it deep?</summary>\n\nYes.\n\n<details>\n<summary>How deep</summary>\n\nTwo feet.\n\n</details>\n\nSo.\n\n</details>\n\n\
        <details>\n<summary>Is it clear?</summary>\n\nNo.\n\n</details>\n\n<details>\n<summary>Is it old?</summary>\n\nNo.\n\n</details>\n";
    let expected = [
        ("Is it deep?", "Yes.\n\n**How deep**\n\nTwo feet.\n\nSo."),
        ("Is it clear?", "No."),
        ("Is it old?", "No."),
    ];
    assert_read("pond.md", page, &expected);
    let page = "* COMMENT Is it hidden?\nYes.\n** Really?\nYes.\n* Is it deep? [1/2]\nTwo feet.\n* Is it clear?\nNo.\n";
    assert_read("pond.org", page, &[("Is it deep?", "Two feet."), ("Is it clear?", "No.")]);
}

#[test]
fn signs_before_and_behind_questions() {
    let expected = [("Is it deep?", "Two feet."), ("Is it clear?", "No.")];
    for (name, page) in [
        (
            "p.md",
            "## :fish: Is it deep?\n\nTwo feet.\n\n## Is it clear? <a href=\"#top\">↑</a>\n\nNo.\n",
        ),
        ("p.md", "Is it deep? {#deep}\n--\nTwo feet.\n\nIs it clear?\n--\nNo.\n"),
        ("p.md", "# Pond\n\nIs it deep?\n: Two feet.\n\nIs it clear?\n: No.\n"),
        ("p.txt", "1. Is it deep?\nTwo feet.\n2. Is it clear?\nNo.\n"),
        (
            "p.md",
            "|#|Question|Answer|\n|-|--|--|\n|1|Is it deep?|Two feet.|\n|2|Is it clear?|No.|\n",
        ),
    ] {
        assert_read(name, page, &expected);
    }
    let expected = [("연못은 깊습니까?", "두 자."), ("맑습니까?", "아니요.")];
    let page = "질문: 연못은 깊습니까?\n답변: 두 자.\n\n질문: 맑습니까?\n답변: 아니요.\n";
    assert_read("p.txt", page, &expected);
    let page = "- Is it deep?\n- Is it clear?\n- Is it old?\n";
    assert_read("p.txt", page, &[("Is it deep?", ""), ("Is it clear?", ""), ("Is it old?", "")]);
    let page =
        "- [Is it deep?](https://a.example/1) - a note\n- [Is it clear?](https://a.example/2)\n";
    let expected = [
        ("Is it deep?", "a note\n\n<https://a.example/1>"),
        ("Is it clear?", "<https://a.example/2>"),
    ];
    assert_read("p.md", page, &expected);
}

#[test]
fn tags_that_are_spoken_of_are_words() {
    let records = r#"[{"question": "Where?", "answer": "Between <b> and </b>."},
        {"question": "How?", "answer": "<pre>a\n\tb</pre>"}, {"question": "Who?", "answer": "<p> I </p>"}]"#;
    let expected =
        [("Where?", "Between <b> and </b>."), ("How?", "```\na\n\tb\n```"), ("Who?", "I")];
    assert_read("p.json", records, &expected);
}

#[test]
fn tables_of_comma_separated_cells() {
    let expected = [
        ("Which fish?", "| Name | Length |\n| --- | --- |\n| carp | 30 |"),
        ("Is it deep?", "No."),
    ];
    let page = "= Pond\n\n== Which fish?\n\n[%header,format=csv]\n|===\nName,Length\ncarp,30\n|===\n\n== Is it deep?\n\nNo.\n";
    assert_read("p.adoc", page, &expected);
    let page = "Pond\n====\n\nWhich fish?\n-----------\n\n.. csv-table::\n   :header: \"Name\", \"Length\"\n\n   \"carp\", 30\n\n\
        Is it deep?\n-----------\n\nNo.\n";
    assert_read("p.rst", page, &expected);
}

/// Marks that only one format has, with what is read of them.
#[test]
fn notes_spans_fields_and_entities() {
    let org = "* Which oar?\n\nThe long one[fn:1], not that[fn:: it is cracked].\n\n* Which sail?\n\nThe red one.\n\n* Footnotes\n\n[fn:1] Of ash.\n";
    assert_read(
        "boat.org",
        org,
        &[
            ("Which oar?", "The long one[^1], not that (it is cracked).\n\n[^1]: Of ash."),
            ("Which sail?", "The red one."),
        ],
    );
    let textile = "h2. Which oar?\n\nThe %{color:red}red% one, 5% longer.\n\nh2. Which sail?\n\nThe %(big)large% one.\n";
    let expected = [("Which oar?", "The red one, 5% longer."), ("Which sail?", "The large one.")];
    assert_read("boat.textile", textile, &expected);
    let rst = "Boats\n=====\n\n:Q: Which oar?\n:A: The long\n    one.\n\n:Q: Which sail?\n:A: The red one.\n";
    let expected = [("Which oar?", "The long\none."), ("Which sail?", "The red one.")];
    assert_read("boat.rst", rst, &expected);
    let xml = "<!DOCTYPE qandaset [<!ENTITY boat \"Gull\"> <!ENTITY bomb \"&boat;&boat;\">]>\n<qandaset><qandaentry>\
               <question><para>What is &boat;?</para></question><answer><para>A boat &mdash; old.</para></answer></qandaentry></qandaset>";
    assert_read("boat.xml", xml, &[("What is Gull?", "A boat — old.")]);
    let html = "<dl><dt>oar</dt><dt>paddle</dt><dd>It moves a boat.</dd><dt>sail</dt><dd>So does it.</dd></dl>";
    assert_read("boat.html", html, &[("oar, paddle", "It moves a boat."), ("sail", "So does it.")]);
    let anki =
        "#separator:tab\n#html:true\noar[sound:oar.mp3]\t<b>Ruder</b>\nsail\tSegel[sound:s.ogg]\n";
    assert_read("boat.txt", anki, &[("oar", "**Ruder**"), ("sail", "Segel")]);
}

#[test]
fn sections_contents_and_numbers_of_plain_text() {
    let text = "BOATS\n\nGENERAL\n\nQ: Which oar?\nA: The long one.\n\n--- Money ---\n\nQ: Who pays?\nA: You.\n";
    let expected = [("Which oar?", "The long one."), ("Who pays?", "You.")];
    assert_read("boats.txt", text, &expected);
    let digest = "Subject: Boats\nFrom: a@b.example\n\nSubject: 1. Which oar?\n\nThe long one.\n\n----------\n\nSubject: 2. Who pays?\n\nYou.\n";
    assert_read("boats.txt", digest, &expected);
    let bracketed = "Boats\n\n[1-1] Which oar?\n[1-2] Who pays?\n[2-1] Last?\n\n=====\n\n[1-1] Which oar?\n\nThe long one.\n\n\
                     [1-2] Who pays?\n\nYou.\n\n[2-1] Last?\n\nNo.\n";
    assert_read("boats.txt", bracketed, &[expected[0], expected[1], ("Last?", "No.")]);
    let printed = "Boats\n\n   1.1 Which oar? ........... 1\n   1.2 Who pays? ............ 2\n\n1. Boats\n\n1.1 Which oar?\n\n   The long one.\n\n\
                   Gull                    [Page 1]\n\u{c}\nRFC 0                 Boats\n\n1.2 Who pays?\n\n   You.\n";
    assert_read("boats.txt", printed, &expected);
}

#[test]
fn sheets_in_older_and_newer_forms() {
    let tldr = "# oar\n\n> Row.\n\n- Row on:\n\n```oar {{on}}```\n\n- Row back:\n\n```sh\noar --back\n```\n";
    let expected = [
        ("Row on", "Row.\n\n```sh\noar {{on}}\n```"),
        ("Row back", "Row.\n\n```sh\noar --back\n```"),
    ];
    assert_read("oar.md", tldr, &expected);
    let eg = "# oar\n\nrow on\n\n\toar on\n\n# More\n\nrow back\n\n\toar --back\n";
    let expected = [("row on", "```sh\noar on\n```"), ("row back", "```sh\noar --back\n```")];
    assert_read("oar.md", eg, &expected);
    let sheet = "# Row on,\n# slowly\noar on\n\n# Row back\n# (fast)\noar --back\n\n# Rest\noar\n";
    let expected = [
        ("Row on, slowly", "```sh\noar on\n```"),
        ("Row back (fast)", "```sh\noar --back\n```"),
        ("Rest", "```sh\noar\n```"),
    ];
    assert_read("oar.cheat", sheet, &expected);
}

/// The items were taken for sections, and the answer ended there.
#[test]
fn numbered_items_of_an_answer_are_not_sections() {
    let text = "1. Boats\n\n  1.1 Which oar?\n\n  It depends:\n\n  1. The long one at sea.\n\n  2. The short one in a lake.\n\n\
                2. Money\n\nAll about it.\n\n  2.1 Who pays?\n\n  You.\n\n  2.2 How much?\n\n  Nine.\n";
    let oar = "It depends:\n\n1. The long one at sea.\n\n2. The short one in a lake.";
    let expected = [("Which oar?", oar), ("Who pays?", "You."), ("How much?", "Nine.")];
    assert_read("boats.txt", text, &expected);
}

#[test]
fn lists_of_html_in_a_wiki() {
    let text = "== Which oar? ==\n\nOne of:\n\n<ul>\n<li>The [https://a.example long] one</li>\n<li>Else\n<ol>\n<li>row</li>\n</ol></li>\n</ul>\n\n\
                == Who pays? ==\n\nYou.\n";
    let oar = "One of:\n\n- The [long](https://a.example) one\n- Else\n  1. row";
    assert_read("boats.mediawiki", text, &[("Which oar?", oar), ("Who pays?", "You.")]);
}
