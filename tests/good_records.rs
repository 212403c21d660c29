//! A broken record costs no other one, and is reported with its position.

use quick_answer::load::{Source, collect};

/// The file, the expected questions, and the line of the fault.
const CASES: &[(&str, &str, &[&str], u32)] = &[
    (
        "first-line-broken.jsonl",
        "{\"question\": \"One\n{\"question\": \"Two?\"}\n{\"question\": \"Three?\"}\n",
        &["Two?", "Three?"],
        1,
    ),
    (
        "first-line-is-no-record.jsonl",
        "one and two\n{\"question\": \"Two?\"}\n{\"question\": \"Three?\"}\n",
        &["Two?", "Three?"],
        1,
    ),
    (
        "three-lines-broken.jsonl",
        "{\"question\": \"One\n{\"question\" \"x\"}\n{]\n{\"question\": \"Two?\"}\n",
        &["Two?"],
        1,
    ),
    ("last-line-cut.ndjson", "{\"question\": \"One?\"}\n{\"question\": \"Tw", &["One?"], 2),
    (
        "lone-surrogate.json",
        "[{\"question\": \"One?\", \"answer\": \"\\ud800\"},\n{\"question\": \"Two \\ud83c\\udf31?\"}]",
        &["One?", "Two 🌱?"],
        1,
    ),
    (
        "lone-surrogate.jsonl",
        "{\"question\": \"One?\"}\n{\"question\": \"Two?\", \"answer\": \"\\udc00\"}\n",
        &["One?", "Two?"],
        2,
    ),
    (
        "open-quote.csv",
        "question,answer\nOne?,\"1\nTwo?,2\nThree?,\"3\"\n",
        &["One?", "Two?", "Three?"],
        2,
    ),
    (
        "open-quote.txt",
        "#separator:tab\n#html:false\nOne?\t\"1\nTwo?\t2\nThree?\t3\n",
        &["One?", "Two?", "Three?"],
        3,
    ),
    (
        "documents.yaml",
        "---\nquestion: One?\nanswer: 1\n---\nquestion: \"Two?\nanswer: 2\n---\nquestion: Three?\n",
        &["One?", "Three?"],
        5,
    ),
    (
        "elements.xml",
        "<faqs>\n<faq><question>One?</question><answer>1</answer></faq>\n<faq><question>Two</faq>\n<faq><question>Three?</question><answer>3 & 4</answer></faq>\n</faqs>",
        &["One?", "Three?"],
        3,
    ),
    (
        "attributes.xml",
        "<faqs>\n<faq><question>One?</question><answer>1</answer></faq>\n<faq id=\"2><question>Two?</question></faq>\n<faq><question>Three?</question><answer>3</answer></faq>\n</faqs>",
        &["One?", "Three?"],
        3,
    ),
    (
        "Posts.xml",
        "<posts>\n<row Id=\"1\" PostTypeId=\"1\" Title=\"One?\" />\n<row Id=\"2 PostTypeId=\"1\" Title=\"Two?\" />\n<row Id=\"3\" PostTypeId=\"1\" Title=\"Three?\" />\n</posts>",
        &["One?", "Three?"],
        3,
    ),
    (
        "open-brace.gift",
        "::a:: One? {=1 ~2}\n\n::b:: Two? {=1 ~2\n\n::c:: Three? {=1 ~2}\n",
        &["One?", "Three?"],
        3,
    ),
];

#[test]
fn good_records_are_not_lost_with_a_broken_one() {
    for (name, content, questions, line) in CASES {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        let (collection, problems) =
            collect(&[Source::Path(path)]).unwrap_or_else(|error| panic!("{error}"));
        let found: Vec<&str> = collection.entries.iter().map(|e| e.question.as_str()).collect();
        assert!(questions.iter().all(|question| found.contains(question)), "{name}: {found:?}");
        assert!(problems.iter().any(|problem| problem.line == *line), "{name}: {problems:?}");
    }
}
