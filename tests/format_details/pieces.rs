//! A large source is read in pieces. Wherever these end, the same comes out as from the whole.

use quick_answer::load::{Options, Source, collect_with};
use std::path::Path;

/// A format's text before, between and behind records, and one record; `§` is its number.
const RECORDS: &[(&str, &str, &str, &str, &str)] = &[
    (
        "kiln.json",
        "{\"title\": \"Kiln [}\", \"n\": [1, {\"a\": 2}], \"faqs\": [\n",
        "{\"question\": \"Is \\\"pot §\\\" {red]?\", \"answer\": \"Yes\\\\\", \"tags\": [\"a\", \"b\"], \"more\": {\"x\": [1]}}",
        ",\n",
        "\n]}\n",
    ),
    (
        "groups.json",
        "[",
        "{\"category\": \"Kiln §\", \"items\": [{\"q\": \"Is pot § red?\", \"a\": \"Yes\"}, {\"q\": \"Is pot § hot?\", \"a\": \"No\"}]}",
        ", ",
        "]",
    ),
    ("map.json", "{", "\"Is pot § red?\": \"Yes, {\\\"§\\\"]\"", ",\n", "}"),
    (
        "kiln.yaml",
        "# a comment\ntitle: Kiln\nfaqs:\n",
        "  - question: \"Is pot §: red?\"\n    answer: |\n      Yes.\n\n      - question: no\n    tags: [a, §]\n",
        "",
        "",
    ),
    ("list.yaml", "---\n", "- q: Is pot § red?\n  a: >\n    Yes\n    it is\n", "", ""),
    (
        "kiln.toml",
        "title = \"Kiln\"\n",
        "\n[[faq]]\nquestion = \"Is pot § red?\"\nanswer = \"\"\"\nYes.\n\n§\"\"\"\n",
        "",
        "",
    ),
    (
        "map.yaml",
        "title: Kiln\n",
        "\"Is pot §: red?\": |\n  Yes.\n\n  pot: no *x*\nIs pot § hot?: No, & *warm*\n",
        "",
        "",
    ),
    (
        "nested.yaml",
        "en:\n  faq:\n",
        "    pot_§:\n      question: Is pot § red?\n      answer: Yes\n",
        "",
        "",
    ),
    (
        "sections.yaml",
        "",
        "Kiln §:\n- q: Is pot § red?\n  a: Yes\n- q: Is pot § hot?\n  a: No\n",
        "",
        "",
    ),
    ("map.toml", "", "\"Is pot § = red?\" = \"\"\"\npot = 1\n[pot]\n\"\"\"\n", "", ""),
    (
        "tables.toml",
        "title = \"Kiln\"\n[faq]\n",
        "[faq.\"pot.§\"]\nquestion = \"Is pot § red?\"\nanswer = '''\n[faq.x]\nYes'''\n",
        "",
        "",
    ),
    ("kiln.aiken", "", "Is pot § red?\nA. Yes\nB) No §\nANSWER: B\n\n", "", ""),
    (
        "kiln.xml",
        "<?xml version=\"1.0\"?>\n<faqs title=\"a>b\"><title>Kiln</title>\n",
        "<faq id=\"§\"><question>Is pot § red?</question><answer><![CDATA[<p>Yes</faq> &]]> &amp; §<br/></answer></faq><!-- <faq> -->\n",
        "",
        "</faqs>\n",
    ),
    (
        "quiz.xml",
        "<?xml version=\"1.0\"?>\n<quiz>",
        "<question type=\"truefalse\"><questiontext><text>Is pot § red?</text></questiontext><answer fraction=\"100\"><text>true</text></answer><answer fraction=\"0\"><text>false</text></answer></question>\n",
        "",
        "</quiz>",
    ),
    (
        "Posts.xml",
        "<?xml version=\"1.0\"?>\n<posts>\n",
        "<row Id=\"§1\" PostTypeId=\"1\" AcceptedAnswerId=\"§2\" Title=\"Is pot § red?\" Body=\"x\" Tags=\"&lt;a&gt;\" />\n<row Id=\"§2\" PostTypeId=\"2\" ParentId=\"§1\" Score=\"1\" Body=\"&lt;p&gt;Yes&lt;/p&gt;\" />\n",
        "",
        "</posts>\n",
    ),
    (
        "kiln.html",
        "<!DOCTYPE html><html><head><title>Kiln</title></head><body><h1>Kiln</h1>\n",
        "<h2>Is pot § red?</h2>\n<p>Yes <b>§</b>.</p>\n<ul><li>a</li></ul>\n",
        "",
        "</body></html>\n",
    ),
    (
        "kiln.md",
        "# Kiln\n\n",
        "## Is pot § red?\n\nYes.\n\n```sh\n## Is it code?\n```\n\n- a\n  - b\n\n",
        "",
        "",
    ),
    (
        "kiln.csv",
        "id,question,answer,tags\n",
        "§,\"Is pot §, \"\"red\"\"?\",\"Yes\n§, no\",a\n",
        "",
        "",
    ),
    ("kiln.tsv", "question\tanswer\n", "Is pot § red?\tYes, \"§\n", "", ""),
    ("kiln.gift", "// Kiln\n\n", "::§:: Is pot § red? {\n  =yes\\} §\n  ~no\n}\n\n", "", ""),
    ("kiln.aiken", "", "Is pot § red?\nA. Yes\nB. No\nANSWER: A\n\n", "", ""),
    ("kiln.org", "#+TITLE: Kiln\n\n", "* Is pot § red?\nYes.\n** Part\n- a\n", "", ""),
    ("kiln.txt", "Kiln\n\n", "Q: Is pot § red?\nA: Yes.\n\n   §\n\n", "", ""),
    ("kiln.adoc", "= Kiln\n\n", "== Is pot § red?\n\nYes.\n\n----\n== Code?\n----\n\n", "", ""),
    ("kiln.wiki", "", "== Is pot § red? ==\nYes.\n* a\n\n", "", ""),
    (
        "kiln.jsonl",
        "",
        "{\"question\": \"Is pot § red?\", \"answer\": \"Yes \\\"§\\\"\"}\n",
        "",
        "",
    ),
    (
        "kiln.js",
        "export const faqs = [\n",
        "  { question: 'Is pot § \\'red\\'?', answer: `Yes }\n  §` }, // , {\n",
        "",
        "];\n",
    ),
    (
        "data.html",
        "<!DOCTYPE html><title>Kiln</title>\n<script type=\"application/ld+json\">\n{\"@type\": \"FAQPage\", \"mainEntity\": [\n",
        "{\"@type\": \"Question\", \"name\": \"Is pot § red?\", \"acceptedAnswer\": {\"text\": \"<p>Yes §.</p><ul><li>a</li></ul>\"}}",
        ",\n",
        "]}</script>\n<p>Hot.</p>",
    ),
    (
        "kiln.py",
        "FAQ = [  # \"x\"\n",
        "  {'question': 'Is pot § red?', \"answer\": \"Yes ]\" \" §\", 'tags': ['a', 'b']},\n",
        "",
        "]\n",
    ),
    (
        "kiln.lua",
        "local M = {}\nM.faqs = {\n",
        "  { question = \"Is pot § red?\", answer = [[Yes }\n§]] }, -- {\n",
        "",
        "}\n",
    ),
    (
        "Kiln.java",
        "class Kiln {\n  private int n; int n() { return n + 1; }\n  static final List<Faq> P = List.of(\n",
        "    new Faq(\"Is pot § red?\", \"Yes, \" + \"§\")",
        ",\n",
        ");\n  int f() { return 1; }\n}\n",
    ),
    (
        "Calls.java",
        "class Kiln { void f() {\n  Map<String, String> m = new HashMap<>();\n",
        "  m.put(\"Is pot § red?\", \"Yes §\");\n",
        "",
        "} }\n",
    ),
    ("kiln.scala", "val p = Map(\n", "  \"Is pot § red?\" -> \"Yes §\"", ",\n", ")\n"),
    (
        "kiln.go",
        "var p = []F{\n",
        "\t{Question: \"Is pot § red?\", Answer: `Yes\n§`},\n",
        "",
        "}\n",
    ),
    (
        "kiln.exs",
        "[\n",
        "  %{question: \"Is pot § red?\", answer: \"Yes \" <> \"§\"},\n",
        "",
        "]\n",
    ),
];

const COUNT: usize = 70;

fn source((_, head, record, separator, tail): &(&str, &str, &str, &str, &str)) -> String {
    let records: Vec<String> = (0..COUNT).map(|n| record.replace('§', &n.to_string())).collect();
    [*head, &records.join(separator), *tail].concat()
}

/// Questions, answers, tags, ids and lines, and the title.
fn read(path: &Path, piece_size: Option<usize>) -> Vec<String> {
    let options = Options { piece_size, ..Options::default() };
    let opened = collect_with(&[Source::Path(path.into())], &options);
    let (collection, problems) = match opened {
        Ok(opened) => opened,
        Err(error) => return vec![error.to_string()],
    };
    let mut all = vec![collection.title];
    all.extend(collection.entries.iter().map(|e| {
        let place = e.place.line;
        format!("{place} {} {} {:?} | {}", e.id, e.question, e.tags, e.answer)
    }));
    all.extend(problems.iter().map(ToString::to_string));
    all
}

#[test]
fn pieces_of_any_size_give_what_the_whole_gives() {
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for format in RECORDS {
        let path = folder.path().join(format.0);
        std::fs::write(&path, source(format)).unwrap();
        let whole = read(&path, None);
        let entries = whole.iter().filter(|line| line.contains("pot")).count();
        assert!(entries >= COUNT, "{}: {whole:#?}", format.0);
        for size in [333, 400, 500, 700, 1000, 1500, 2000, 3000] {
            if read(&path, Some(size)) != whole {
                wrong.push((format.0, size));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}
