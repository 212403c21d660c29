//! The shapes of records in JSON, YAML, TOML and tables: small files, each with the entries that it
//! must produce.

#[path = "load_records/diagnostics.rs"]
mod diagnostics;
#[path = "load_records/quizzes.rs"]
mod quizzes;

use quick_answer::load::{Options, Source, collect, collect_with, lint};

/// The questions and answers of a file of this name.
fn entries(name: &str, content: &str) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    let (collection, _) =
        collect(&[Source::Path(path)]).unwrap_or_else(|e| panic!("{e}\n{content}"));
    collection.entries.into_iter().map(|entry| (entry.question, entry.answer)).collect()
}

fn check(name: &str, content: &str, expected: &[(&str, &str)]) {
    let expected: Vec<_> = expected.iter().map(|&(q, a)| (q.to_owned(), a.to_owned())).collect();
    assert_eq!(entries(name, content), expected, "{name}:\n{content}");
}

#[test]
fn names_languages_and_pairs() {
    let tea = [("Is it hot?", "Very."), ("Is it sweet?", "No.")];
    for content in [
        r#"{"rows": [["Is it hot?", "Very."], ["Is it sweet?", "No."]]}"#,
        r#"[{"Is it hot?": "Very."}, {"Is it sweet?": "No."}]"#,
        r#"{"t": "Tea", "heat_question": "Is it hot?", "heat_answer": "Very.", "sugar_question": "Is it sweet?", "sugar_answer": "No."}"#,
        r#"{"heat": {"head": "Is it hot?", "foot": "Very."}, "sugar": {"head": "Is it sweet?", "foot": "No."}, "name": "Tea"}"#,
        r#"[{"question_id": "TT1", "question_text": "Is it hot?", "answer_text": "Very."},
            {"question_id": "TT2", "question_text": "Is it sweet?", "answer_text": "No."}]"#,
        r#"[{"customer_message": "Is it hot?", "agent_reply": "Very."},
            {"customer_message": "Is it sweet?", "agent_reply": "No."}]"#,
    ] {
        check("tea.json", content, &tea);
    }
    let spoken = [("Is it hot?", "Very."), ("Ist es heiß?", "Sehr.")];
    check(
        "tea.json",
        r#"[{"question": {"en": "Is it hot?", "de": "Ist es heiß?"}, "answer": {"de": "Sehr.", "en": "Very."}}]"#,
        &spoken,
    );
    check(
        "tea.json",
        r#"[{"question_en": "Is it hot?", "answer_en": "Very.", "question_de": "Ist es heiß?", "answer_de": "Sehr."}]"#,
        &spoken,
    );
}

#[test]
fn questions_beside_groups() {
    let tea = [("Is it hot?", "Very."), ("Is it sweet?", "No."), ("Who drinks it?", "We do.")];
    for (name, content) in [
        (
            "tea.json",
            r#"{"title": "Tea", "Is it hot?": "Very.", "Sugar": {"Is it sweet?": "No."}, "Who drinks it?": "We do."}"#,
        ),
        (
            "tea.yaml",
            "Is it hot?: Very.\nSugar:\n  - question: Is it sweet?\n    answer: No.\nWho drinks it?: We do.\n",
        ),
        (
            "tea.toml",
            "\"Is it hot?\" = \"Very.\"\n\n[a]\nquestion = \"Is it sweet?\"\nanswer = \"No.\"\n\n[b]\nquestion = \"Who drinks it?\"\nanswer = \"We do.\"\n",
        ),
    ] {
        check(name, content, &tea);
    }
    let flags = r#"{"hot?": true, "tea": {"Is it sweet?": "No.", "Who drinks it?": "We do."}}"#;
    check("tea.json", flags, &tea[1..]);
}

#[test]
fn tags_are_separated_by_commas_or_semicolons() {
    for (name, content) in [
        (
            "tea.json",
            r#"[{"question": "Is it hot?", "answer": "Very.", "tags": "hot; black tea"}]"#,
        ),
        ("tea.csv", "question,answer,keywords\nIs it hot?,Very.,hot;black tea\n"),
        ("tea.yaml", "- question: Is it hot?\n  answer: Very.\n  tags: hot, black tea\n"),
        ("tea.md", "---\ntags: hot; black tea\n---\n# Is it hot?\n\nVery.\n"),
        ("tea.md", "---\nkeywords: hot, black tea\n---\n# Is it hot?\n\nVery.\n"),
        ("tea.md", "# Is it hot?\n\nVery.\n\nTags: hot; black tea\n"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        let (collection, _) = collect(&[Source::Path(path)]).unwrap();
        assert_eq!(collection.entries[0].tags, ["hot", "black tea"], "{content}");
    }
}

#[test]
fn scalars_are_shown_as_written() {
    check(
        "tea.yaml",
        "- question: Is it hot?\n  answer: Yes\n- question: How strong?\n  answer: 2.50\n- question: Since when?\n  answer: 1999-12-31\n",
        &[("Is it hot?", "Yes"), ("How strong?", "2.50"), ("Since when?", "1999-12-31")],
    );
    check(
        "tea.yaml",
        "Is it hot?: yes\nHow strong?: 030\n",
        &[("Is it hot?", "yes"), ("How strong?", "030")],
    );
    check(
        "tea.toml",
        "[[tea]]\nq = \"How strong?\"\na = 2.50\n\n[[tea]]\nq = \"Which code?\"\na = 0x1f\n",
        &[("How strong?", "2.50"), ("Which code?", "0x1f")],
    );
    check(
        "tea.jsonl",
        "{\"question\": \"How strong?\", \"answer\": 2.50}\n{\"question\": \"Is it hot?\", \"answer\": false}\n",
        &[("How strong?", "2.50"), ("Is it hot?", "false")],
    );
}

#[test]
fn xml_lists_of_questions() {
    let pots = [
        ("Which sings?", "kettle\n\n- [ ] jar\n- [x] kettle"),
        ("Which holds roses?", "vase\n\n- [x] vase\n- [ ] kettle"),
    ];
    for content in [
        "<quiz><item><question>Which sings?</question><options><option>jar</option><option>kettle</option></options><answer>kettle</answer></item>\
         <item><question>Which holds roses?</question><options><option>vase</option><option>kettle</option></options><answer>vase</answer></item></quiz>",
        "<?xml version='1.0'?><questions><question title='x'><prompt>Which sings?</prompt><choice>jar</choice><choice correct='yes'>kettle</choice></question>\
         <question title='y'><prompt>Which holds roses?</prompt><choice correct='yes'>vase</choice><choice>kettle</choice></question></questions>",
        "<?xml version='1.0'?><quiz><question type='multichoice'><questiontext><text><![CDATA[<p>Which sings?</p>]]></text></questiontext>\
         <answer fraction='0'><text>jar</text></answer><answer fraction='100'><text>kettle</text></answer></question>\
         <question type='multichoice'><questiontext><text>Which holds roses?</text></questiontext>\
         <answer fraction='100'><text>vase</text></answer><answer fraction='-50'><text>kettle</text></answer></question></quiz>",
    ] {
        check("pots.xml", content, &pots);
    }
    let tea = [("Is it hot?", "Very."), ("Is it sweet?", "No.")];
    for content in [
        "<list><question>Is it hot?</question><answer>Very.</answer><question>Is it sweet?</question><answer>No.</answer></list>",
        "<?xml version='1.0'?><resources><string name='q1'>Is it hot?</string><string name='a1'>Very.</string>\
         <string name='q2'>Is it sweet?</string><string name='a2'>No.</string></resources>",
        "<cards><card id='1'><front>Is it hot?</front><back>Very.</back></card><card id='2'><front>Is it sweet?</front><back>No.</back></card></cards>",
    ] {
        check("tea.xml", content, &tea);
    }
    let docbook = "<?xml version='1.0'?><article><qandaset><qandaentry><question><para>Why <emphasis role='bold'>so</emphasis>?</para></question>\
        <answer><para>See <link href='https://a.example'>this</link>:</para><programlisting language='sh'>a &lt; b</programlisting></answer></qandaentry></qandaset></article>";
    let answer = "See [this](https://a.example):\n\n```sh\na < b\n```";
    check("tea.xml", docbook, &[("Why so?", answer)]);
}

#[test]
fn modules_are_read_by_their_literals_and_components() {
    let tea = [("Is it hot?", "Very."), ("Is it sweet?", "No, it isn't.")];
    for (name, content) in [
        (
            "tea.ts",
            "interface Item { question: string; answer: string }\nconst quote = /[\"'`]/;\n\
             export const tea: Item[] = [\n  { question: 'Is it hot?', answer: `Very.` }, // hot\n  \
             { 'question': \"Is it sweet?\", answer: 'No, ' + 'it isn\\'t.' },\n] as const;\n",
        ),
        (
            "tea.jsx",
            "export const Tea = () => { if (a < b) { return null } return (<div><Faq.Item title=\"Is it hot?\"><p>Very.</p></Faq.Item>\n\
             <AccordionItem><AccordionTrigger>Is it sweet?</AccordionTrigger><AccordionContent>No, it isn't.</AccordionContent></AccordionItem></div>) }\n",
        ),
        (
            "tea.vue",
            "<template><li v-for=\"x in list\">{{ x.q }}, isn't it</li></template>\n<script>\nexport default { data() { return { list: [\n\
             { q: 'Is it hot?', a: 'Very.' }, { q: 'Is it sweet?', a: \"No, it isn't.\" }] } } }\n</script>\n",
        ),
        (
            "tea.svelte",
            "<script>\n  let tea = {'Is it hot?': 'Very.', 'Is it sweet?': \"No, it isn't.\"};\n</script>\n<h1>Tea's</h1>\n",
        ),
        (
            "tea.php",
            "<h1>Tea's</h1>\n<?php\n# it's\n$tea = array(\n  array('question' => 'Is it hot?', 'answer' => 'Ve' . \"ry.\"),\n  \
             ['question' => __('Is it sweet?', 'tea'), 'answer' => 'No, it isn\\'t.'],\n);\n",
        ),
        (
            "tea.tsx",
            "export default function Tea() { return <main><h2>Is it hot?</h2><p>Very.</p><h2>Is it sweet?</h2><p>No, it isn't.</p></main> }\n",
        ),
    ] {
        check(name, content, &tea);
    }
    let markup = "const tea = [{ q: 'Why?', a: <>See <a href=\"https://a.example\">this</a>{' '}<b>now</b>.</> }];\n";
    check("tea.jsx", markup, &[("Why?", "See [this](https://a.example) **now**.")]);
}

#[test]
fn code_without_questions_is_not_a_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("code.ts");
    std::fs::write(&path, "// What is it?\nexport const add = (a: number) => { return a + 1; };\n")
        .unwrap();
    assert!(collect(&[Source::Path(path)]).is_err());
    // Very many unclosed brackets.
    for content in
        ["[".repeat(100_000), "<a>{".repeat(50_000), "a => ".repeat(50_000), "new ".repeat(50_000)]
    {
        let path = folder.path().join("deep.tsx");
        std::fs::write(&path, content).unwrap();
        assert!(collect(&[Source::Path(path)]).is_err());
    }
}

#[test]
fn headers_in_any_language_are_not_entries() {
    let tea = [("Is it hot?", "Very."), ("Is it sweet?", "No.")];
    for header in
        ["sep=,\nQuestion,Answer", "Kysymys,Vastaus", "সওয়াল,জওয়াব", "No.,Pytanie,Odpowiedź"]
    {
        let number = if header.starts_with("No") { "1," } else { "" };
        let content = format!("{header}\n{number}Is it hot?,Very.\n{number}Is it sweet?,No.\n");
        check("tea.csv", &content, &tea);
    }
    let words = [("chá", "tea"), ("pote", "pot"), ("mel", "honey")];
    for header in
        ["Portuguese,English", "palavra,tradução", "pt,en", "term;definition", "正面,背面"]
    {
        let comma = if header.contains(';') { ";" } else { "," };
        let rows = words.map(|(word, meaning)| format!("{word}{comma}{meaning}\n")).concat();
        check("words.csv", &format!("{header}\n{rows}"), &words);
    }
}

#[test]
fn a_bot_in_several_files() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "nlu.yml",
        "version: '3.1'\nnlu:\n- intent: hot\n  examples: |\n    - is it hot\n    - hot?\n",
    );
    write(
        "domain.yml",
        "version: '3.1'\nintents: [hot]\nresponses:\n  utter_hot:\n  - text: Very.\n  utter_hi:\n  - text: Hi.\n",
    );
    let (collection, _) = collect(&[Source::Path(folder.path().into())]).unwrap();
    let found: Vec<_> = collection
        .entries
        .iter()
        .map(|e| (e.question.as_str(), e.answer.as_str(), &e.aliases))
        .collect();
    assert_eq!(found, [("is it hot", "Very.", &vec!["hot?".to_owned()])]);
    assert!(collect(&[Source::Path(folder.path().join("domain.yml"))]).is_err());
}

#[test]
fn a_list_of_words_keeps_its_other_columns_and_sentences_name_columns() {
    let words = "Term,Trade,Meaning,Row\nburr,metal,a rough edge,1\ntenon,wood,fits a mortise,2\n";
    let expected =
        [("burr", "a rough edge\n\nTrade: metal"), ("tenon", "fits a mortise\n\nTrade: wood")];
    check("words.csv", words, &expected);
    let form =
        "When,What was your question?,Our reply\nMay,Is it hot?,Very.\nJune,Is it wet?,No.\n";
    check("form.csv", form, &[("Is it hot?", "Very."), ("Is it wet?", "No.")]);
}

#[test]
fn numbers_of_modules_keep_their_digits() {
    let numbers = "export default [{question: 'How warm?', answer: -0.50}, {question: 'How deep?', answer: 1.10}];\n";
    check("a.js", numbers, &[("How warm?", "-0.50"), ("How deep?", "1.10")]);
}

#[test]
fn tables_code_and_formulas_below_a_question() {
    let drawn =
        "Q: Which oars?\nA:\n name | feet\n------+-----\n long |    9\n\nQ: Who pays?\nA: You.\n";
    let found = entries("a.txt", drawn);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].1.contains(" long |    9"), "{found:?}");
    let code = "# Oars\n\n## How are they made?\n\n\tall:\n\t\tcut\n\n## Who pays?\n\nYou.\n";
    check("a.md", code, &[("How are they made?", "\tall:\n\t\tcut"), ("Who pays?", "You.")]);
    let wiki = "== How long? ==\nIt is <math>a*b_1</math> feet.\n\n== Who pays? ==\nYou.\n";
    check("a.mediawiki", wiki, &[("How long?", "It is $a*b_1$ feet."), ("Who pays?", "You.")]);
    let sheet = "# oar\n# Small tool for oars\n\n# Open:\noar open\n\n# Close:\noar close\n";
    check("oar", sheet, &[("Open", "```sh\noar open\n```"), ("Close", "```sh\noar close\n```")]);
}

#[test]
fn lists_side_by_side_and_numbered_groups() {
    let lists = r#"{"questions": ["Is it hot?", "Is it wet?"], "answers": ["Very.", "No."]}"#;
    check("lists.json", lists, &[("Is it hot?", "Very."), ("Is it wet?", "No.")]);
    let quiz = r#"{"quiz": {"tea": {"q1": {"question": "Hot?", "options": ["yes", "no"], "answer": "yes"}}}}"#;
    let (collection, _) = {
        let file = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
        std::fs::write(file.path(), quiz).unwrap();
        collect(&[Source::Path(file.path().into())]).unwrap()
    };
    assert_eq!(collection.entries[0].tags, ["tea"]);
    let unknown = r#"[{"titre": "Est-ce chaud ?", "reponses": ["oui", "non"], "bonneReponse": 0},
        {"titre": "Est-ce sec ?", "reponses": ["oui", "non"], "bonneReponse": 1}]"#;
    let expected = [
        ("Est-ce chaud ?", "oui\n\n- [x] oui\n- [ ] non"),
        ("Est-ce sec ?", "non\n\n- [ ] oui\n- [x] non"),
    ];
    check("quiz.json", unknown, &expected);
}

#[test]
fn rich_text_columns_by_index_and_turns_are_records() {
    let expected = [("Is it hot?", "Very, yes."), ("Is it wet?", "No.")];
    for content in [
        // Blocks of spans, as editors of rich text save them.
        r#"[{"question": "Is it hot?", "answer": [{"_type": "block", "children": [{"_type": "span", "text": "Very,"}, {"text": " yes."}]}]},
            {"question": "Is it wet?", "answer": {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "No."}]}]}}]"#,
        r#"[{"question": "Is it hot?", "answer": {"blocks": [{"type": "paragraph", "data": {"text": "Very, yes."}}]}},
            {"question": "Is it wet?", "answer": {"ops": [{"insert": "No."}]}}]"#,
        r#"{"question": {"0": "Is it hot?", "1": "Is it wet?"}, "answer": {"0": "Very, yes.", "1": "No."}}"#,
        r#"[{"question-id": "7", "question-title": "Is it hot?", "question-answer": "Very, yes."},
            {"question-id": "8", "question-title": "Is it wet?", "question-answer": "No."}]"#,
    ] {
        check("tea.json", content, &expected);
    }
    let titles = r#"[{"title": {"en-US": "Is it hot?", "pt-BR": "Está quente?"}, "body": {"en-US": "Very.", "pt-BR": "Muito."}}]"#;
    check("tea.json", titles, &[("Is it hot?", "Very."), ("Está quente?", "Muito.")]);
    let turns = "conversations:\n- - Is it hot?\n  - Very.\n  - Blow on it.\n- - Is it wet?\n  - No.\n  - Is it dry?\n  - Yes.\n";
    let expected =
        [("Is it hot?", "Very.\n\nBlow on it."), ("Is it wet?", "No."), ("Is it dry?", "Yes.")];
    check("tea.yml", turns, &expected);
    check(
        "tea.json",
        r#"[["Is it hot?", "Very."], [1984, "A year."]]"#,
        &[("Is it hot?", "Very."), ("1984", "A year.")],
    );
}

#[test]
fn lists_of_properties_outlines_and_string_resources() {
    let plist = "<?xml version=\"1.0\"?><plist><array><dict><key>question</key><string>Hot?</string><key>answer</key><string>Yes.</string></dict>\
        <dict><key>question</key><string>Wet?</string><key>answer</key><string>No.</string></dict></array></plist>";
    check("tea.plist", plist, &[("Hot?", "Yes."), ("Wet?", "No.")]);
    let opml = "<opml version=\"2.0\"><body><outline text=\"Is it hot?\"><outline text=\"Very.\"/></outline>\
        <outline text=\"Is it wet?\" _note=\"No.\"/></body></opml>";
    check("tea.opml", opml, &[("Is it hot?", "Very."), ("Is it wet?", "No.")]);
    let android = "<resources><string name=\"faq_q1\">Hot?</string><string name=\"faq_a1\">It\\'s hot.</string>\
        <string name=\"faq_q2\">Wet?</string><string name=\"faq_a2\">No.</string></resources>";
    check("strings.xml", android, &[("Hot?", "It's hot."), ("Wet?", "No.")]);
}

#[test]
fn a_catalogue_of_translations_holds_no_entries() {
    let file = tempfile::Builder::new().suffix(".po").tempfile().unwrap();
    let text = "msgid \"\"\nmsgstr \"\"\n\nmsgid \"Is it hot?\"\nmsgstr \"Ist es heiß?\"\n";
    std::fs::write(file.path(), text).unwrap();
    let error = collect(&[Source::Path(file.path().into())]).unwrap_err();
    assert!(error.to_string().contains("translations"), "{error}");
}

#[test]
fn a_page_whose_headings_ask_is_not_a_sheet_of_commands() {
    let page = "## Does it float?\n\nTry:\n\n    drop rope\n\nTry:\n\n    pull rope\n";
    let answer = "Try:\n\n    drop rope\n\nTry:\n\n    pull rope";
    check("ropes.md", page, &[("Does it float?", answer)]);
}

#[test]
fn records_are_recognised_by_more_than_their_keys() {
    let expected = [("Is it warm?", "Yes."), ("Is it dry?", "No.")];
    for content in [
        r#"[{"Q": "Is it warm?"}, {"A": "Yes."}, {"Q": "Is it dry?"}, {"A": "No."}]"#,
        r#"{"Bath": {"Is it warm?": "Yes."}, "Towel": {"Is it dry?": "No."}}"#,
        r#"[{"question": {"text": "Is it warm?"}, "answer": "Yes."}, {"question": {"text": "Is it dry?"}, "answer": "No."}]"#,
        r#"[{"question": [{"lang": "en", "text": "Is it warm?"}], "answer": [{"lang": "en", "text": "Yes."}]},
            {"question": [{"lang": "en", "text": "Is it dry?"}], "answer": [{"lang": "en", "text": "No."}]}]"#,
        r#"{"__type__": "Deck", "notes": [{"__type__": "Note", "fields": ["Is it warm?", "Yes."], "tags": []},
            {"__type__": "Note", "fields": ["Is it dry?", "No."], "tags": []}]}"#,
    ] {
        check("bath.json", content, &expected);
    }
    let glossary = r#"{"a": {"term": "Sponge", "definition": "Soaks."}, "b": {"term": "Tap", "definition": "Drips."}}"#;
    check("words.json", glossary, &[("Sponge", "Soaks."), ("Tap", "Drips.")]);
    let scalars = r#"{"Is it on?": true, "How warm?": 37.50, "Which soap?": null}"#;
    let expected = [("Is it on?", "true"), ("How warm?", "37.50"), ("Which soap?", "")];
    check("bath.json", scalars, &expected);
}

#[test]
fn tables_with_a_title_one_column_or_words_of_two_languages() {
    let expected = [("Is it warm?", "Yes."), ("Is it dry?", "No.")];
    check("t.csv", "Our bath,\nQuestion,Answer\nIs it warm?,Yes.\nIs it dry?,No.\n", &expected);
    let expected = [("Is it warm, or cold?", ""), ("Is it dry?", "")];
    check("t.csv", "question\nIs it warm, or cold?\nIs it dry?\n", &expected);
    let expected = [("jabón", "soap"), ("agua", "water")];
    check("t.csv", "source,target\njabón,soap\nagua,water\n", &expected);
    let found = entries("t.csv", "id,Español,Inglés\n1,jabón,soap\n2,agua,water\n");
    let found: Vec<_> = found.iter().map(|(q, a)| (q.as_str(), a.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn of_several_languages_each_is_a_tag() {
    let tags = |content: &str| -> Vec<Vec<String>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        std::fs::write(&path, content).unwrap();
        let (collection, _) = collect(&[Source::Path(path)]).unwrap();
        collection.entries.into_iter().map(|entry| entry.tags).collect()
    };
    let both = r#"{"en": [{"question": "Warm?", "answer": "Yes."}], "de": [{"question": "Warm?", "answer": "Ja."}]}"#;
    assert_eq!(tags(both), [["en"], ["de"]]);
    let one = r#"{"de": [{"question": "Warm?", "answer": "Ja."}]}"#;
    assert_eq!(tags(one), [Vec::<String>::new()]);
}

#[test]
fn messages_of_people_and_rendered_texts() {
    let messages = r#"[{"user": "U1", "text": "Which oar?", "ts": "1"}, {"user": "U2", "text": "The long one.", "ts": "2"},
        {"user": "U1", "text": "Thanks", "ts": "3"}, {"user": "U3", "text": "Who pays?", "ts": "4"}, {"user": "U2", "text": "You.", "ts": "5"}]"#;
    check("a.json", messages, &[("Which oar?", "The long one."), ("Who pays?", "You.")]);
    let posts = r#"[{"id": 1, "date": "2026", "title": {"rendered": "Which oar?"}, "content": {"rendered": "<p>The <b>long</b> one.</p>"}},
        {"id": 2, "date": "2026", "title": {"rendered": "Oars"}, "content": {"rendered": "<p>Of ash.</p>"}}]"#;
    check("b.json", posts, &[("Which oar?", "The **long** one."), ("Oars", "Of ash.")]);
    let articles = r#"[{"title": "Oars", "description": "In short", "body": "<p>Of ash.</p>"},
        {"title": "Sails", "description": "", "body": "<p>Of linen.</p>"}]"#;
    check("c.json", articles, &[("Oars", "Of ash."), ("Sails", "Of linen.")]);
}
