//! A long text is read in pieces, and produces the same entries as separate files.

use quick_answer::collection::Entry;
use quick_answer::load::{Options, Source, collect_with};

/// Longer than a piece.
const LENGTH: usize = 3 << 19;

struct Case {
    name: &'static str,
    before: &'static str,
    /// With its number in place of `@`.
    unit: &'static str,
    after: &'static str,
    /// How many lines before the first entry's, in the text and in each unit.
    line: (usize, usize),
}

const fn case(
    name: &'static str,
    before: &'static str,
    unit: &'static str,
    after: &'static str,
    line: (usize, usize),
) -> Case {
    Case { name, before, unit, after, line }
}

/// Short enough for a fast test.
const PAD: &str = "boil the water first and then wait for some minutes until it has cooled a little, or longer where it is cold ";

const CASES: &[Case] = &[
    case("a.md", "# Tea\n\n", "## What is tea @?\n\nIt is *hot* %.\n\n- a\n- b\n\n", "", (3, 7)),
    case("bold.md", "# Tea\n\n", "**Q: What is tea @?**\n\nA: It is hot %.\n\n", "", (3, 4)),
    case("list.md", "# Tea\n\n", "- **What is tea @?** It is hot %.\n", "", (3, 1)),
    case("a.adoc", "= Tea\n\n", "== What is tea @?\n\nIt is *hot* %.\n\n", "", (3, 4)),
    case(
        "a.rst",
        "===\nTea\n===\n\n",
        "What is tea @?\n-----------------------\n\nIt is *hot* %.\n\n",
        "",
        (5, 5),
    ),
    case("a.org", "#+TITLE: Tea\n\n", "* What is tea @?\nIt is *hot* %.\n", "", (3, 2)),
    case("a.wiki", "", "== What is tea @? ==\nIt is ''hot'' %.\n", "", (1, 2)),
    case("a.textile", "", "h2. What is tea @?\n\nIt is *hot* %.\n\n", "", (1, 4)),
    case("a.pod", "=head1 FAQ\n\n", "=head2 What is tea @?\n\nIt is B<hot> %.\n\n", "", (3, 4)),
    case(
        "a.tex",
        "\\documentclass{article}\n\\begin{document}\n",
        "\\section{What is tea @?}\n\nIt is \\emph{hot} %.\n\n",
        "\\end{document}\n",
        (3, 4),
    ),
    case(
        "a.json",
        "[\n",
        "{\"question\": \"What is tea @?\", \"answer\": \"It is hot %.\"},\n",
        "{\"question\": \"Why?\"}]",
        (2, 1),
    ),
    case(
        "nested.json",
        "{\"title\": \"Tea\", \"entries\": [\n",
        "{\"question\": \"What is tea @?\", \"answer\": \"It is hot %.\"},\n",
        "{\"question\": \"Why?\"}], \"x\": 1}",
        (2, 1),
    ),
    case("map.json", "{\n", "\"What is tea @?\": \"It is hot %.\",\n", "\"Why?\": \"So\"}", (2, 1)),
    case(
        "a.yaml",
        "faqs:\n",
        "  - question: What is tea @?\n    answer: It is hot %.\n",
        "",
        (2, 2),
    ),
    case("list.yaml", "", "- question: What is tea @?\n  answer: It is hot %.\n", "", (1, 2)),
    case(
        "a.toml",
        "",
        "[[faq]]\nquestion = \"What is tea @?\"\nanswer = \"It is hot %.\"\n",
        "",
        (2, 3),
    ),
    case("a.csv", "question,answer\n", "What is tea @?,\"It is hot %.\"\n", "", (2, 1)),
    case("anki.txt", "#separator:tab\n", "What is tea @?\tIt is <b>hot</b> %.\n", "", (2, 1)),
    case("a.txt", "Tea\n\n", "Q: What is tea @?\nA: It is hot %.\n\n", "", (3, 3)),
    case(
        "a.xml",
        "<faqs>\n",
        "<faq><question>What is tea @?</question><answer>It is hot %.</answer></faq>\n",
        "</faqs>\n",
        (2, 1),
    ),
    // Without its end, and with a record that is not well-formed.
    case(
        "broken.xml",
        "<faqs>\n",
        "<faq><question>What is tea @?</question><answer>It is hot & %.</answer></faq>\n",
        "<faq><question>Why?</question><answer>So</faq>\n</faqs>\n",
        (2, 1),
    ),
    case(
        "roots.xml",
        "",
        "<faq><question>What is tea @?</question><answer>It is hot %.</answer></faq>\n",
        "<faq><question>Why?</question><answer>So</answer></faq>\n",
        (1, 1),
    ),
    case(
        "Posts.xml",
        "<posts>\n",
        "<row Id=\"@\" PostTypeId=\"1\" AcceptedAnswerId=\"a@\" Title=\"What is tea @?\" />\n\
         <row Id=\"a@\" PostTypeId=\"2\" ParentId=\"@\" Body=\"It is hot %.\" />\n",
        "</posts>\n",
        (2, 2),
    ),
    case(
        "a.js",
        "export const faqs = [\n",
        "  { question: 'What is tea @?', answer: `It is hot %.` },\n",
        "];\n",
        (2, 1),
    ),
    case(
        "nested.ts",
        "import x from 'y';\nexport default { data() { return { title: 'Tea', list: [\n",
        "  { question: \"What is tea @?\", answer: \"It is hot %.\", },\n",
        "] } } }\n",
        (3, 1),
    ),
    case(
        "literals.js",
        "export const x = 1;\n",
        "export const faq@ = [{ question: 'What is tea @?', answer: 'It is hot %.' }];\n",
        "",
        (2, 1),
    ),
    case("map.js", "module.exports = {\n", "'What is tea @?': 'It is hot %.',\n", "};\n", (2, 1)),
    case(
        "a.php",
        "<?php\nreturn ['faqs' => [\n",
        "['question' => 'What is tea @?', 'answer' => 'It is hot %.'],\n",
        "]];\n",
        (3, 1),
    ),
    case(
        "a.html",
        "<!doctype html><title>Tea</title>\n",
        "<h2>What is tea @?</h2>\n<p>It is <b>hot</b> %.</p>\n",
        "",
        (2, 2),
    ),
    case(
        "accordion.html",
        "<!doctype html><title>Tea</title>\n",
        "<div class=item><button>What is tea @?</button>\n<div>It is <b>hot</b> %.</div></div>\n",
        "",
        (2, 2),
    ),
];

fn load(name: &str, text: &str) -> Vec<Entry> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let (collection, problems) =
        collect_with(&[Source::Path(path)], &Options::default()).unwrap_or_else(|e| panic!("{e}"));
    let is_broken = name.starts_with("broken");
    assert_eq!(problems.is_empty(), !is_broken, "{name}: {problems:?}");
    collection.entries
}

#[test]
fn a_piece_ends_between_entries() {
    for Case { name, before, unit, after, line } in CASES {
        let mut text = (*before).to_owned();
        let mut count = 0;
        while text.len() < LENGTH {
            count += 1;
            let pad = PAD.repeat(8 + count % 5);
            text.push_str(&unit.replace('@', &count.to_string()).replace('%', &pad));
        }
        text.push_str(after);
        let entries = load(name, &text);
        let numbered: Vec<&Entry> =
            entries.iter().filter(|entry| entry.question.contains("tea")).collect();
        assert_eq!(numbered.len(), count, "{name}");
        let tags = &numbered[0].tags;
        for (n, entry) in numbered.iter().enumerate() {
            assert_eq!(entry.question, format!("What is tea {}?", n + 1), "{name}");
            assert_eq!(
                entry.place.line as usize,
                line.0 + n * line.1,
                "{name}: {}",
                entry.question
            );
            assert_eq!(&entry.tags, tags, "{name}: {}", entry.question);
            assert!(entry.answer.contains("hot"), "{name}: {entry:?}");
            assert_eq!(
                entry.answer.matches("boil").count(),
                8 + (n + 1) % 5,
                "{name}: {}",
                entry.question
            );
        }
    }
}

#[test]
fn sections_go_on_in_the_next_piece() {
    let answer = PAD.repeat(16);
    let question = |section, n| format!("### What is {n} of {section}?\n\nIt is {answer}.\n\n");
    let mut text = "# Tea\n\n".to_owned();
    for section in 0..3 {
        text.extend([format!("## Part {section}\n\n")]);
        text.extend((0..700).map(|n| question(section, n)));
    }
    let entries = load("a.md", &text);
    assert_eq!(entries.len(), 2100);
    for (n, entry) in entries.iter().enumerate() {
        assert_eq!(entry.tags, [format!("Part {}", n / 700)], "{}", entry.question);
    }
}

#[test]
fn an_answer_longer_than_a_piece_stays_one() {
    let paragraphs = 30_000;
    let mut text = "# Tea\n\n## What is it?\n\n".to_owned();
    text.extend((0..paragraphs).map(|n| format!("Paragraph {n}: {PAD}.\n\n")));
    text.push_str(
        "## How is it made?\n\nOf water.\n\n## How hot?\n\nVery.\n\n## How long?\n\nShort.\n",
    );
    let entries = load("a.md", &text);
    let questions: Vec<&str> = entries.iter().map(|entry| entry.question.as_str()).collect();
    assert_eq!(questions, ["What is it?", "How is it made?", "How hot?", "How long?"]);
    let answer = &entries[0].answer;
    assert_eq!(answer.matches("Paragraph").count(), paragraphs);
    assert!((0..paragraphs).all(|n| n % 997 != 0 || answer.contains(&format!("Paragraph {n}: "))));
    assert_eq!(entries[1].answer, "Of water.");
}

#[test]
fn a_script_that_looks_like_a_table_is_opened_by_its_file_name() {
    let faq = "const faq = [{question: 'How hot?', answer: 'Very.'}, {question: 'How long?'}];\n";
    for code in ["f(1, b, c);\n", "['x', 'y', 3],\n"] {
        let open = if code.starts_with('[') { ("const words = [\n", "];\n") } else { ("", "") };
        let text = [open.0, &code.repeat(LENGTH / code.len()), open.1, faq].concat();
        let questions: Vec<_> = load("a.js", &text).into_iter().map(|e| e.question).collect();
        assert_eq!(questions, ["How hot?", "How long?"], "{code}");
    }
}

#[test]
fn fences_that_nothing_closes_are_reported_wherever_they_are() {
    let unit = format!("## What is it?\n\n```\n{PAD}\n```\n\n");
    let mut text = "# Tea\n\n## Why?\n\n~~~ sh\nls\n\n".to_owned();
    text.extend(std::iter::repeat_n(unit.as_str(), LENGTH / unit.len()));
    text.push_str("## Last?\n\n````\nls\n");
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.md");
    std::fs::write(&path, &text).unwrap();
    let (_, problems) = collect_with(&[Source::Path(path)], &Options::default()).unwrap();
    let problems = problems.iter().filter(|problem| problem.message.contains("fence"));
    let lines: Vec<u32> = problems.map(|problem| problem.line).collect();
    assert_eq!(lines, [5, text.lines().count() as u32 - 1]);
}
