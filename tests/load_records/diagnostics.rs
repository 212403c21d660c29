//! The diagnostics of data files: faults, mistaken keys, text in no entry.

use super::*;

#[test]
fn a_broken_file_is_an_error_with_its_place() {
    for (name, content, place) in [
        ("tea.yaml", "faqs:\n  - question: Hot: or not?\n    answer: Hot\n", "tea.yaml:2:"),
        ("tea.toml", "[[faqs]]\nquestion = \"Hot?\nanswer = \"Yes\"\n", "tea.toml:2:"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        let error = collect(&[Source::Path(path)]).unwrap_err().to_string();
        assert!(error.contains(place), "{error}");
    }
}

#[test]
fn mistaken_keys_and_repeated_ids_are_reported() {
    let folder = tempfile::tempdir().unwrap();
    let reported = |name: &str, content: &str, options: &Options| -> Vec<String> {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        match collect_with(&[Source::Path(path)], options) {
            Ok((collection, mut problems)) => {
                problems.extend(lint(collection.entries.iter()));
                problems.iter().map(|p| format!("{}:{}", p.line, p.message)).collect()
            }
            Err(error) => vec![error.to_string()],
        }
    };
    let plain = Options::default();
    let json = "[{\"question\": \"Hot?\", \"answer\": \"Yes.\"},\n{\"question\": \"Wet?\", \"answr\": \"No.\"}]";
    assert_eq!(
        reported("a.json", json, &plain)[0],
        "2:unknown key \"answr\": did you mean \"answer\"?"
    );
    let csv = "question,anwser\nHot?,Yes.\nWet?,No.\n";
    assert!(reported("a.csv", csv, &plain)[0].contains("did you mean \"answer\"?"));
    let ids = "[{\"id\": \"a\", \"question\": \"Hot?\", \"answer\": \"Yes.\"},\n{\"id\": \"a\", \"question\": \"Wet?\", \"answer\": \"No.\"}]";
    assert_eq!(
        reported("b.json", ids, &plain),
        ["2:the id \"a\" is used in line 1 already; expected once"]
    );
    let asked = Options { question_key: Some("Frag".into()), ..Options::default() };
    for (name, content) in [
        ("c.csv", "Frage,Antwort\nHeiß?,Ja.\nNass?,Nein.\n"),
        ("c.json", "[{\"Frage\": \"Heiß?\", \"Antwort\": \"Ja.\"}]"),
    ] {
        let found = reported(name, content, &asked);
        assert!(
            found[0].contains("nothing is called \"Frag\"; did you mean \"Frage\"?"),
            "{found:?}"
        );
    }
}

#[test]
fn text_in_no_entry_is_reported() {
    use quick_answer::load::{Collector, load};
    let folder = tempfile::tempdir().unwrap();
    let reported = |name: &str, content: &str| -> Vec<String> {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        let collector = Collector::default();
        load(&[Source::Path(path)], &collector).unwrap();
        let unused = collector.take_unused();
        unused.iter().map(|text| format!("{}:{}", text.line, text.message)).collect()
    };
    let json = "{\"title\": \"Bath\",\n\"intro\": \"All about the bath.\",\n\"faqs\": [\n\
        {\"question\": \"Is it warm?\", \"answer\": \"Yes.\",\n\"aside\": \"In summer it is.\"},\n\
        {\"question\": \"Is it dry?\", \"answer\": \"No.\", \"aside\": \"Not at all.\"}]}";
    assert_eq!(
        reported("a.json", json),
        [
            "2:text in no entry: 16 characters, “intro: All about the bath. …”",
            "5:text in no entry: 22 characters, “aside: In summer it is. …”",
        ]
    );
    let csv = "question,answer,written by\nIs it warm?,Yes.,Ida of the bath\nIs it dry?,No.,Ida\n";
    let expected = ["2:text in no entry: 12 characters, “written by: Ida of the bath …”"];
    assert_eq!(reported("a.csv", csv), expected);
    let html = "<h1>Bath</h1>\n<p>All about the <b>bath</b>.</p>\n<h2>Is it warm?</h2><p>Yes.</p>\n<h2>Is it dry?</h2><p>No.</p>";
    let found = reported("a.html", html);
    assert!(found[0].starts_with("2:") && found[0].contains("All about the bath."), "{found:?}");
}

#[test]
fn unused_fields_of_json_lines_are_reported() {
    use quick_answer::load::{Collector, load};
    let text =
        "{\"question\": \"Hot?\", \"answer\": \"Yes.\", \"aside\": \"seen by the old potter\"}\n";
    let reported = |text: &str| -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kiln.jsonl");
        std::fs::write(&path, text).unwrap();
        let collector = Collector::default();
        load(&[Source::Path(path)], &collector).unwrap();
        let unused = collector.take_unused();
        unused.iter().map(|text| format!("{}: {}", text.line, text.message)).collect()
    };
    assert_eq!(
        reported(&text.repeat(2)),
        ["1: text in no entry: 36 characters, “aside: seen by the old potter …”"]
    );
    let many = reported(&text.repeat(1000));
    assert!(many[0].contains("in the first 200 records"), "{many:?}");
}

/// Reading all of it would find the question in its last line.
#[test]
fn long_json_lines_without_questions_are_recognised_by_their_beginning() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.jsonl");
    let line = format!("{{\"level\": \"info\", \"path\": \"{}\"}}\n", "x".repeat(2000));
    let mut text = line.repeat(1000);
    text += "{\"question\": \"Hot?\", \"answer\": \"Yes.\"}\n";
    std::fs::write(&path, text).unwrap();
    let error = collect(&[Source::Path(path.clone())]).unwrap_err().to_string();
    assert!(error.contains("its beginning has none"), "{error}");
    let from = Some("jsonl".parse().unwrap());
    let options = Options { from, ..Options::default() };
    let (collection, _) = collect_with(&[Source::Path(path)], &options).unwrap();
    assert_eq!(collection.entries.len(), 1);
}
