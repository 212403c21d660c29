//! Where one reading ends and another begins: the last case of the one and the first of the other.

use super::{assert_read, read};
use quick_answer::load::{Options, Source, collect, collect_with};

fn lines(path: &std::path::Path) -> Vec<String> {
    let (collection, _) = collect(&[Source::Path(path.into())]).unwrap();
    collection.entries.into_iter().map(|entry| entry.question).collect()
}

/// The tags of what a plain text holds; none if it holds nothing.
fn collect_tags(text: &str) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("words.txt");
    std::fs::write(&path, text).unwrap();
    let opened = collect(&[Source::Path(path)]);
    let entries = opened.map(|(collection, _)| collection.entries).unwrap_or_default();
    entries.into_iter().map(|entry| entry.tags).collect()
}

/// Why a table is not a collection.
fn error(table: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kiln.csv");
    std::fs::write(&path, table).unwrap();
    collect(&[Source::Path(path)]).unwrap_err().to_string()
}

/// Containers one after another are not nested: none is too many.
#[test]
fn many_containers_in_a_row_are_read_alike() {
    for (name, heading, container, shown) in [
        ("kiln.texi", "@section ", "@quotation\nHot.\n@end quotation\n", "> Hot."),
        ("kiln.texi", "@section ", "@itemize\n@item Hot.\n@end itemize\n\n", "- Hot."),
        ("kiln.pod", "=head1 ", "=over\n\n=item *\n\nHot.\n\n=back\n\nSo.\n\n", "- Hot."),
        ("kiln.rst", "", ".. note:: Hot.\n\n", "> Hot."),
        ("kiln.adoc", "== ", "====\nHot.\n====\n\n", "> Hot."),
        ("kiln.org", "* ", "#+BEGIN_QUOTE\nHot.\n#+END_QUOTE\n\n", "> Hot."),
        ("kiln.wiki", "= ", "<blockquote>Hot.</blockquote>\n\n", "> Hot."),
        ("kiln.tex", "\\section{", "\\begin{quote}\nHot.\n\\end{quote}\n\n", "> Hot."),
        ("kiln.html", "<h2>", "<blockquote><p>Hot.</p></blockquote>\n", "> Hot."),
        ("kiln.md", "## ", "!!! note\n    Hot.\n\n", "> Hot."),
    ] {
        let title = |text: &str| match heading {
            "" => format!("{text}\n{}", "=".repeat(text.len())),
            "= " => format!("= {text} ="),
            "\\section{" => format!("\\section{{{text}}}"),
            "<h2>" => format!("<h2>{text}</h2>"),
            _ => format!("{heading}{text}"),
        };
        let (first, second) = (title("How hot?"), title("How long?"));
        let head = if name.ends_with("texi") { "\\input texinfo\n" } else { "" };
        let body = container.repeat(60);
        let text = format!("{head}{first}\n\n{body}\n\n{second}\n\nA day.\n");
        let found = read(name, &text);
        assert_eq!(found.len(), 2, "{name}: {found:?}");
        let count = found[0].1.lines().filter(|line| *line == shown).count();
        assert_eq!(count, 60, "{name}: {}", found[0].1);
    }
}

#[test]
fn a_header_of_a_table_is_distinguished_from_a_record() {
    let long = "words that go on for longer than any name of a column would";
    // Names above longer cells are a header, from three columns and three rows on.
    let rows = |head: &str, row: &str, count: usize| {
        format!("{head}\n{}", format!("{row}\n").repeat(count))
    };
    let wide = format!("{long},b,6");
    assert!(error(&rows("clay,glaze,cone", &wide, 3)).contains("(columns: clay, glaze, cone)"));
    assert!(!error(&rows("clay,glaze,cone", &wide, 2)).contains("(columns: clay"));
    let first = |text: &str| read("kiln.csv", text)[0].0.clone();
    assert!(error(&rows("clay,glaze", &format!("b,{long}"), 5)).contains("(columns: front, back)"));
    // A column that asks has a name; with sentences above, it has none.
    let asks = "Is it hot?,yes\nIs it red?,no\nIs it old?,yes\n";
    let named = read("kiln.csv", &format!("clay,glaze\n{asks}"));
    assert_eq!(named[0], ("Is it hot?".to_owned(), "glaze: yes".to_owned()));
    assert_eq!(first(&format!("It is a kiln.,glaze\n{asks}")), "It is a kiln.");
    // Names of languages.
    let words = "English,German\nkiln,Ofen\nclay,Ton\n";
    assert_read("kiln.csv", words, &[("kiln", "Ofen"), ("clay", "Ton")]);
}

#[test]
fn sheets_without_a_name_have_tasks_in_four_of_five_comments() {
    let folder = tempfile::tempdir().unwrap();
    let task = |n: usize| format!("# To fire pot {n}:\nkiln fire {n}\n\n");
    let remark = |n: usize| format!("# about pot {n}\nkiln show {n}\n\n");
    let write = |name: &str, tasks: usize, remarks: usize| {
        let text: String = (0..tasks).map(task).chain((0..remarks).map(remark)).collect();
        std::fs::write(folder.path().join(name), text).unwrap();
    };
    write("four", 4, 1);
    write("three", 3, 2);
    let found = lines(folder.path());
    assert_eq!(found.len(), 5, "{found:?}");
    assert_eq!(found[0], "To fire pot 0");
}

#[test]
fn what_a_page_says_in_data_counts_where_its_text_disagrees() {
    let data = "<script type=\"application/ld+json\">{\"@type\": \"FAQPage\", \"mainEntity\": [\
        {\"@type\": \"Question\", \"name\": \"How hot?\", \"acceptedAnswer\": {\"text\": \"It boils.\"}},\
        {\"@type\": \"Question\", \"name\": \"How long?\", \"acceptedAnswer\": {\"text\": \"Four minutes.\"}}]}</script>";
    let other =
        "<h2>Our shop</h2><p>Open.</p><h2>Our kiln</h2><p>Hot.</p><h2>Our clay</h2><p>Red.</p>";
    assert_read("kiln.html", &format!("{data}{other}"), super::TEA);
    let same = "<h2>How hot?</h2><p>It boils.</p><h2>How long?</h2><p>Four minutes.</p><h2>How dear?</h2><p>Five.</p>";
    let all = [("How hot?", "It boils."), ("How long?", "Four minutes."), ("How dear?", "Five.")];
    assert_read("kiln.html", &format!("{data}{same}"), &all);
    assert_eq!(read("kiln.html", other).len(), 3);
}

#[test]
fn scores_and_lists_of_right_options() {
    let options = |scores: [&str; 3]| {
        let [a, b, c] = scores;
        format!(
            r#"[{{"question": "Which?", "options": [{{"text": "red", "score": {a}}}, {{"text": "blue", "score": {b}}}, {{"text": "green", "score": {c}}}]}},
               {{"question": "And?", "options": [{{"text": "red", "score": 1}}, {{"text": "blue", "score": 0}}]}}]"#
        )
    };
    let ticked = |text: &str| -> Vec<bool> {
        let answer = read("quiz.json", text)[0].1.clone();
        let options = answer.lines().filter(|line| line.starts_with("- ["));
        options.map(|line| line.starts_with("- [x]")).collect()
    };
    assert_eq!(ticked(&options(["10", "9", "8"])), [true, true, false]);
    assert_eq!(ticked(&options(["0.5", "0.5", "-1"])), [true, true, false]);
    assert_eq!(ticked(&options(["0", "1", "0.5"])), [false, true, false]);
    let named = |right: &str| {
        format!(
            r#"[{{"question": "Which?", "options": ["red, blue", "green", "red"], "answer": "{right}"}},
               {{"question": "And?", "options": ["a", "b"], "answer": "a"}}]"#
        )
    };
    assert_eq!(ticked(&named("red, blue")), [true, false, false]);
    assert_eq!(ticked(&named("A, C")), [true, false, true]);
    assert_eq!(ticked(&named("green")), [false, true, false]);
}

#[test]
fn a_chosen_key_counts_in_the_native_format_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kiln.json");
    let text = r#"{"entries": [{"question": "How hot?", "answer": "Six.", "other": "What heat?", "more": "Ten."}]}"#;
    std::fs::write(&path, text).unwrap();
    let read = |question: Option<&str>, answer: Option<&str>| {
        let keys = (question.map(str::to_owned), answer.map(str::to_owned));
        let options = Options { question_key: keys.0, answer_key: keys.1, ..Options::default() };
        let (found, _) = collect_with(&[Source::Path(path.clone())], &options).unwrap();
        let entry = found.entries.into_iter().next().unwrap();
        (entry.question, entry.answer)
    };
    let pair = |question: &str, answer: &str| (question.to_owned(), answer.to_owned());
    assert_eq!(read(None, None), pair("How hot?", "Six."));
    assert_eq!(read(Some("other"), None).0, "What heat?");
    assert_eq!(read(None, Some("more")), pair("How hot?", "Ten."));
}

#[test]
fn a_character_that_is_not_utf_8_is_reported_by_line_and_column() {
    let folder = tempfile::tempdir().unwrap();
    let good = "{\"q\": \"How höt?\", \"a\": \"Größe sechs\"}\n";
    let bad = ["{\"q\": \"Wie größ", "?\", \"a\": \"So\"}\n"].map(str::as_bytes);
    let bad = [bad[0], b"\xff", bad[1]].concat();
    for (text, place) in
        [([&bad, good.as_bytes()].concat(), (1, 16)), ([good.as_bytes(), &bad].concat(), (2, 16))]
    {
        let path = folder.path().join("kiln.jsonl");
        std::fs::write(&path, text).unwrap();
        let (found, problems) = collect(&[Source::Path(path)]).unwrap();
        assert_eq!(found.entries.len(), 2);
        let places: Vec<(u32, u32)> = problems.iter().map(|p| (p.line, p.column)).collect();
        assert_eq!(places, [place], "{problems:?}");
    }
}

#[test]
fn lines_of_records_are_known_by_most_of_them() {
    for text in [
        "{\"question\": \"How hot?\"}\n{\"question\": \"How lo\n",
        "{\"question\": \"How hot?\"}\n{\"question\"\n{\"question\"\n{\"question\"\n",
        "{\"question\": \"How hot?\"}\nremark\n",
    ] {
        assert_eq!(read("page", text), [("How hot?".to_owned(), String::new())], "{text}");
    }
    let pair = "{\"question\": \"How hot?\"}\n{\"question\": \"How long?\"}\nremark\nremark\n";
    assert_eq!(read("page", pair).len(), 2);
}

#[test]
fn word_lists_have_more_words_than_groups() {
    let words = "kiln - Ofen\nclay - Ton\nglaze - Glasur\npot - Topf\n";
    let expected = [("kiln", "Ofen"), ("clay", "Ton"), ("glaze", "Glasur"), ("pot", "Topf")];
    assert_read("words.txt", words, &expected);
    let grouped = "Tools\n\nkiln - Ofen\nclay - Ton\n\nThings:\n\nglaze - Glasur\npot - Topf\n";
    assert_read("words.txt", grouped, &expected);
    let crowded = "A\n\nkiln - Ofen\nclay - Ton\n\nB\n\nglaze - Glasur\npot - Topf\n\nC\n\nfire - Feuer\ncone - Kegel\n\nD\n\nbowl - Napf\n";
    let tags = collect_tags(crowded);
    assert!(tags.iter().all(Vec::is_empty), "{tags:?}");
    // Dates are a log, not words.
    let folder = tempfile::tempdir().unwrap();
    let log = "2024-05-01 - fired\n2024-05-02 - cooled\n2024-05-03 - sold\nkiln - Ofen\nclay - Ton\npot - Topf\n";
    std::fs::write(folder.path().join("words.txt"), log).unwrap();
    assert!(collect(&[Source::Path(folder.path().join("words.txt"))]).is_err());
}

#[test]
fn fields_that_ask_may_stand_apart_from_those_that_answer() {
    let text = "Kiln\n====\n\n:Q: How hot?\n\n:A: It boils.\n\n:Q: How long?\n:A: Four minutes.\n";
    assert_read("kiln.rst", text, super::TEA);
    assert_read(
        "kiln.rst",
        &format!("{text}\n:Q: And then?\n\n"),
        &[super::TEA, &[("And then?", "")]].concat(),
    );
}
