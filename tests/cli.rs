//! The commands that only print: output, errors, exit status.

use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn qa(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qa"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    for name in ["QA_PATH", "QA_DEFAULT_OPTS", "QA_CONFIG"] {
        command.env_remove(name);
    }
    command.env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR"));
    command.env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"));
    // A pipe would be read, even an empty one.
    command.stdin(Stdio::null());
    command
}

/// Runs a command with a text in a pipe.
fn piped(command: Command, input: &str) -> Output {
    assert_cmd::Command::from(command).write_stdin(input).output().unwrap()
}

/// Standard output, standard error, status.
fn run(arguments: &[&str]) -> (String, String, i32) {
    let output = qa(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

fn file(content: &str, extension: &str) -> tempfile::TempPath {
    let mut file = tempfile::Builder::new().suffix(extension).tempfile().unwrap();
    file.write_all(content.as_bytes()).unwrap();
    file.into_temp_path()
}

#[test]
fn filter_prints_the_hits_best_first() {
    let (out, err, status) = run(&["--filter", "ok cry therapy session", "--limit", "1"]);
    assert_eq!(out, "Is it OK to cry in a therapy session?\n");
    assert_eq!((err.as_str(), status), ("", 0));
    let (out, ..) = run(&["--filter", "cry ses", "-n", "2", "--print0"]);
    assert_eq!(out.matches('\0').count(), 2);
}

#[test]
fn the_error_of_an_unknown_theme_lists_the_themes() {
    let (out, err, status) = run(&["--theme", "grovbox"]);
    assert_eq!((out.as_str(), status), ("", 2));
    assert_eq!(
        err,
        "qa: unknown theme `grovbox`: did you mean `gruvbox`? (themes: auto, terminal, dark, light, \
         high-contrast, catppuccin, gruvbox, nord)\n"
    );
}

#[test]
fn a_pipe_is_read_when_no_source_is_named() {
    let filter = |input: &str, arguments: &[&str]| {
        let output = piped(qa(arguments), input);
        (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
    };
    let page = "## How hot?\n\nVery.\n\n## Which pot?\n\nBlue.\n";
    assert_eq!(filter(page, &["-f", "pot"]), ("Which pot?\n".into(), 0));
    // Lines of any kind, as from `ls`.
    assert_eq!(filter("apple\nbanana\n", &["-f", "ban"]), ("banana\n".into(), 0));
    assert_eq!(filter("apple\n", &["-f", "app"]), ("apple\n".into(), 0));
    // Some of it looks like Markdown, but it has no question, and most of it would be lost.
    let branches = "  mend-hinge\n* oil-chain\n  paint-gate\n";
    assert_eq!(filter(branches, &["-f", "hinge"]), ("mend-hinge\n".into(), 0));
    assert_eq!(filter(branches, &["-f", ""]).0.lines().count(), 3);
    let users = "cook:x:1:1:cook:/kitchen:/bin/sh\nguest:x:2:2:A guest:/hall:/bin/false\nqm:x:3\n";
    assert_eq!(filter(users, &["-f", ""]).0.lines().count(), 3);
    let notes = "# Notes\n\n## Oven\n\nHot.\n\n## Pots\n\nBlue.\n";
    assert_eq!(filter(notes, &["-f", ""]).0, "Oven\nPots\n");
    // A source is named.
    let collection = "assets/quick-answers.json";
    assert_eq!(filter(page, &[collection, "-f", "hug", "-n1"]).0, "Can I hug my therapist?\n");
    // An empty pipe: the program before it failed, and another collection would be no substitute.
    let output = piped(qa(&["-f", "hug"]), "");
    let told = "qa: -: no question found; nothing came through the pipe\n";
    assert_eq!(String::from_utf8(output.stderr).unwrap(), told);
    assert_eq!((output.stdout.len(), output.status.code()), (0, Some(2)));
    let converted = filter(page, &["convert", "--to", "jsonl"]).0;
    assert_eq!(converted.lines().count(), 2);
}

#[test]
fn converting_a_broken_source_writes_the_rest_and_exits_with_1() {
    let broken =
        "<faq><item><question>How hot?</question><answer>Very.</answer></item><item><question>Ho";
    let path = file(broken, ".xml");
    let (out, err, status) = run(&["convert", path.to_str().unwrap(), "--to", "jsonl"]);
    assert!(out.contains("\"How hot?\"") && !err.is_empty(), "{out}{err}");
    assert_eq!(status, 1);
}

#[test]
fn a_file_on_standard_input_is_read_and_an_empty_device_is_not() {
    let path = file("## Which pot?\n\nBlue.\n", ".md");
    let binary = env!("CARGO_BIN_EXE_qa");
    for (input, first) in [(path.to_str().unwrap(), "Which pot?"), ("/dev/null", "Can I hug my")] {
        let script = format!("'{binary}' --filter '' -n 1 < '{input}'");
        let output = Command::new("sh").args(["-c", &script]).output().unwrap();
        let out = String::from_utf8(output.stdout).unwrap();
        assert!(out.starts_with(first) || input == "/dev/null" && !out.is_empty(), "{out}");
    }
}

#[test]
fn many_queries_are_answered_in_one_run() {
    let queries = "can i hug\nzzzqqq xxyyzz\ncry therapy session\n";
    let run = |arguments: &[&str]| {
        let mut all = vec!["-f", "-", "-n", "1"];
        all.extend(arguments);
        let output = piped(qa(&all), queries);
        (String::from_utf8(output.stdout).unwrap(), output.status.code())
    };
    let (out, status) = run(&["--exact", "--no-meaning"]);
    let first = "can i hug\tCan I hug my therapist?\n";
    // A query without a hit is printed alone, before a tab.
    assert!(out.starts_with(first) && out.contains("\nzzzqqq xxyyzz\t\n"), "{out}");
    assert!(out.contains("\ncry therapy session\tIs it OK to cry in a therapy session?"), "{out}");
    assert_eq!(status, Some(0));
    let (out, _) = run(&["--json", "--exact", "--no-meaning"]);
    let record: Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    assert_eq!(record["query"], "can i hug");
    let none = "{\"query\":\"zzzqqq xxyyzz\",\"kind\":\"none\"}";
    assert_eq!(out.lines().nth(1), Some(none));
    let (out, _) = run(&["--print", "{query}: {id}!", "--exact", "--no-meaning"]);
    assert_eq!(out.lines().nth(1), Some("zzzqqq xxyyzz: !"));
    let (out, _) = run(&["--print", "answer", "--exact", "--no-meaning"]);
    assert!(!out.contains("zzzqqq"), "{out}");
}

#[test]
fn print_chooses_what_is_printed_of_an_entry() {
    let page = "## Unpack?\n\nSo:\n\n```sh\ntar xf a\n```\n\nDone.\n\n## Pot?\n\nBlue.\n";
    let path = file(page, ".md");
    let path = path.to_str().unwrap();
    for (print, printed) in [
        ("question", "Unpack?\n"),
        ("code", "tar xf a\n"),
        ("answer", "So:\n\n```sh\ntar xf a\n```\n\nDone.\n"),
        ("{line}:{question}:{query}", "1:Unpack?:unpack\n"),
    ] {
        let (out, _, status) = run(&[path, "-f", "unpack", "--print", print]);
        assert_eq!((out.as_str(), status), (printed, 0));
        let (out, _, status) = run(&[path, "--pick", "-1", "-q", "unpack", "--print", print]);
        assert_eq!((out.as_str(), status), (printed, 0));
    }
    assert_eq!(run(&[path, "-f", "pot", "--print", "code"]).2, 1);
    let (_, err, status) = run(&[path, "-f", "pot", "--print", "anwser"]);
    assert!(status == 2 && err.contains("`answer`"), "{err}");
}

#[test]
fn tag_narrows_to_a_tag() {
    let entries = r#"[{"question": "Tea?", "answer": "x", "tags": ["hot drinks"]},
        {"question": "Tea pot?", "answer": "x", "tags": ["pots"]}]"#;
    let path = file(entries, ".json");
    let (out, ..) = run(&[path.to_str().unwrap(), "-f", "tea", "--tag", "hot drinks"]);
    assert_eq!(out, "Tea?\n");
}

#[test]
fn no_hit_is_status_1_and_no_line() {
    let (out, err, status) = run(&["--filter", "xylophone", "--exact"]);
    assert_eq!((out.as_str(), err.as_str(), status), ("", "", 1));
}

#[test]
fn a_json_record_has_every_field() {
    let (out, ..) = run(&["--filter", "can i hug", "--json", "--limit", "1"]);
    let record: Value = serde_json::from_str(&out).unwrap();
    let names: Vec<&String> = record.as_object().unwrap().keys().collect();
    let all = "answer id kind line matched question ranges score source tags";
    assert_eq!(names, all.split(' ').collect::<Vec<_>>());
    assert_eq!(record["question"], "Can I hug my therapist?");
    let ranges = record["ranges"].as_array().unwrap();
    assert!(ranges.contains(&serde_json::json!([6, 9])), "{ranges:?}");
    assert_eq!(record["matched"], "question");
    assert!(record["id"].is_string());
}

#[test]
fn converted_collections_can_be_opened_again() {
    let (lines, _, status) = run(&["convert", "assets/quick-answers.json", "--to", "jsonl"]);
    assert_eq!((lines.lines().count(), status), (18, 0));
    for line in lines.lines() {
        serde_json::from_str::<quick_answer::collection::Entry>(line).unwrap();
    }
}

#[test]
fn a_broken_source_is_one_line_with_its_place_and_status_2() {
    let broken = file("{\"entries\": [{\"question\": \"Why?\",\n  oops}]}", ".json");
    let empty = file("", ".json");
    for (path, expected) in [(broken.to_str(), ":2:3: "), (empty.to_str(), "expected")] {
        let path = path.unwrap();
        for arguments in [&[path, "--filter", "x"][..], &[path][..]] {
            let (out, err, status) = run(arguments);
            assert_eq!((out.as_str(), status), ("", 2), "{err}");
            assert!(err.contains(path) && err.contains(expected), "{err}");
            assert_eq!(err.lines().count(), 1, "{err}");
        }
    }
    let (_, err, status) = run(&["no-such-file.json"]);
    assert_eq!((err.as_str(), status), ("qa: no-such-file.json: no such file or folder\n", 2));
}

#[test]
fn an_error_cannot_steer_the_terminal() {
    let (_, err, status) = run(&["--filter", "x", "no\u{1b}]52;c;aGk=\u{7}such\u{202e}file"]);
    assert_eq!(status, 2);
    assert!(!err.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{err:?}");
    let (_, err, status) = run(&["--no\u{1b}[31msuch"]);
    assert_eq!(status, 2);
    assert!(!err.contains('\u{1b}'), "{err:?}");
}

#[test]
fn without_a_terminal_browsing_is_one_plain_line_and_status_2() {
    let (out, err, status) = run(&[]);
    assert_eq!((out.as_str(), status), ("", 2));
    assert_eq!(err.lines().count(), 1, "{err}");
    assert!(err.contains("terminal") && err.contains("--filter") && !err.contains('\u{1b}'));
}

#[test]
#[cfg(unix)]
fn a_closed_pipe_ends_the_program_silently() {
    let binary = env!("CARGO_BIN_EXE_qa");
    let many: Vec<String> = (0..20_000)
        .map(|n| format!("{{\"question\":\"Why is number {n} here?\",\"answer\":\"So.\"}}"))
        .collect();
    let path = file(&format!("{{\"entries\":[{}]}}", many.join(",")), ".json");
    let path = path.to_str().unwrap();
    for command in
        [format!("'{binary}' '{path}' -f why"), format!("'{binary}' convert '{path}' --to jsonl")]
    {
        let script = format!("{{ {command}; echo \"status $?\" >&2; }} | head -n 1");
        let output = Command::new("sh").args(["-c", &script]).output().unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "status 0\n");
    }
}

#[test]
fn wrong_arguments_name_the_nearest_right_one() {
    let (_, err, status) = run(&["--fliter", "x"]);
    assert_eq!(status, 2);
    assert!(err.starts_with("qa: ") && err.contains("--filter"), "{err}");
    let output = qa(&[]).env("QA_DEFAULT_OPTS", "--them dark").output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(err.contains("QA_DEFAULT_OPTS") && err.contains("--theme"), "{err}");
}

#[test]
fn qa_path_is_opened_when_no_source_is_given() {
    let path = file("{\"entries\":[{\"question\":\"Why so?\"}]}", ".json");
    let output = qa(&["-f", ""]).env("QA_PATH", &path).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "Why so?\n");
}

/// The completions of the last word that a shell gets.
fn completions(shell: &str, words: &[&str], config: &Path) -> Vec<String> {
    let mut command = qa(&[&["--", "qa"], words].concat());
    command.env("QA_COMPLETE", shell).env("QA_CONFIG", config);
    command.env("_CLAP_COMPLETE_INDEX", words.len().to_string()).env("_CLAP_IFS", "\n");
    let out = String::from_utf8(command.output().unwrap().stdout).unwrap();
    let value = |line: &str| line.split(['\t', ':']).next().unwrap_or_default().to_owned();
    out.lines().map(value).collect()
}

#[test]
fn completions_know_options_commands_values_and_collections() {
    let config =
        file("[collections.work]\nsources = []\n[collections.wood]\nsources = []\n", ".toml");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let of = |words: &[&str]| completions(shell, words, &config);
        for (words, wanted) in [
            (&["--theme", "gru"][..], &["gruvbox"][..]),
            (&["--from", "jsonl"], &["jsonl"]),
            (&["--print", "an"], &["answer"]),
            (&["convert", "--to", "f"], &["faqpage"]),
            (&["--print0"], &["--print0"]),
            (&["disc"], &["discover"]),
            (&["@w"], &["@wood", "@work"]),
            (&["check", "@wor"], &["@work"]),
            (&["Cargo.t"], &["Cargo.toml"]),
        ] {
            assert_eq!(of(words), wanted, "{shell} {words:?}");
        }
        let (script, _, status) = run(&["completions", shell]);
        assert!(script.contains("QA_COMPLETE") && status == 0, "{shell}");
    }
    let (script, _, status) = run(&["completions", "nushell"]);
    for part in ["gruvbox", "faqpage", "jsonl", "discover", "--print0", "\"question\""] {
        assert!(script.contains(part), "{part}");
    }
    assert_eq!(status, 0);
    assert_eq!(script.matches("path@\"nu-complete qa source\"").count(), 3);
}

#[test]
fn manual_pages_have_the_sections_of_a_manual() {
    let (page, _, status) = run(&["man"]);
    let sections: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix(".SH ")).collect();
    let wanted = [
        "NAME",
        "SYNOPSIS",
        "DESCRIPTION",
        "OPTIONS",
        "COMMANDS",
        "\"QUERY SYNTAX\"",
        "KEYS",
        "\"EXIT STATUS\"",
        "ENVIRONMENT",
        "FILES",
        "EXAMPLES",
    ];
    assert_eq!(sections, wanted);
    for part in [
        "qa [OPTIONS] [SOURCE]...",
        "qa <COMMAND>",
        ".SS Filtering",
        "While reading",
        "QA_DEFAULT_OPTS",
        "~/.cache/tealdeer/tldr\\-pages, ",
        "~/.config/cheat/cheatsheets",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(page.contains(".TH qa") && page.contains("is:bookmarked") && page.contains("print0"));
    assert_eq!(status, 0);
    let (page, _, _) = run(&["man", "check"]);
    assert!(page.contains("qa\\-check") && page.contains("json"), "{page}");
    let (_, err, status) = run(&["man", "chek"]);
    assert!(status == 2 && err.contains("`check`"), "{err}");
}

#[test]
fn check_lists_problems_on_standard_output_and_counts_on_standard_error() {
    let (out, err, status) = run(&["check", "assets/quick-answers.json"]);
    assert_eq!((out.as_str(), status), ("", 0));
    assert!(err.contains("assets/quick-answers.json: 18 entries"), "{err}");
    assert_eq!(run(&["check", "no-such-file.json"]).2, 2);
}

#[test]
fn check_reports_likely_mistakes_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let page =
        "# Tea\n\n## How hot?\n\nVery.\n\n## Why?\n\n## how hot?\n\nVery.\n\n## Who?\n\nAll.\n";
    std::fs::write(at("a.md"), page).unwrap();
    std::fs::write(at("b.csv"), "question,answer\nWhich pot?,Blue\n,lost\n").unwrap();
    std::fs::write(at("c.md"), "").unwrap();
    let check = |arguments: &[&str]| {
        let output = qa(arguments).current_dir(folder.path()).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr), output.status.code().unwrap())
    };
    let (out, err, status) = check(&["check", "."]);
    let expected = "./b.csv:3: a row without a question\n\
        ./a.md:7: no answer to “Why?”; expected text\n\
        ./a.md:9: the same in line 3 already: “how hot?”; expected once\n\
        ./c.md: no question in this file; expected at least one\n";
    assert_eq!((out.as_str(), status), (expected, 1));
    let counts = "qa: ./a.md: 4 entries\nqa: ./b.csv: 1 entry\nqa: ./c.md: 0 entries\n";
    assert_eq!(err, counts);

    let (out, err, status) = check(&["check", "--json", "a.md", "b.csv"]);
    let records: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((records.len(), err.as_str(), status), (5, "", 1));
    assert_eq!(records[1]["line"], 7);
    assert_eq!(records[3], serde_json::json!({"source": "a.md", "entries": 4}));

    let (out, err, status) = check(&["check", "c.md"]);
    assert!(out.starts_with("c.md: no question found"), "{out}");
    assert_eq!((err.as_str(), status), ("qa: c.md: 0 entries\n", 1));
}

#[test]
fn convert_without_a_format_lists_the_formats() {
    let (out, err, status) = run(&["convert", "assets/quick-answers.json"]);
    assert_eq!((out.as_str(), status), ("", 2));
    let names = "json, jsonl, csv, markdown, faqpage";
    assert_eq!(err, format!("qa: convert: say which format to write: --to {names}\n"));
}

#[test]
fn settings_are_read_and_a_wrong_one_names_its_place_and_the_nearest_right_one() {
    let collection = file("{\"entries\":[{\"question\":\"Why so?\"}]}", ".json");
    let right = file(&format!("sources = [{:?}]\n", collection.to_str().unwrap()), ".toml");
    let output = qa(&["-f", ""]).env("QA_CONFIG", &right).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "Why so?\n");

    let wrong = file("\nmous = false\n", ".toml");
    for arguments in [&["-f", "x"][..], &[]] {
        let output = qa(arguments).env("QA_CONFIG", &wrong).output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(err.contains(".toml:2:1: ") && err.contains("`mouse`?"), "{err}");
    }
    let output = qa(&["-f", "x"]).env("QA_CONFIG", "no-such-file.toml").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn config_prints_every_default_and_where_it_is_read_from() {
    let (out, _, status) = run(&["config"]);
    assert_eq!(status, 0);
    assert!(out.contains("config.toml") && out.contains("# mouse = true"), "{out}");
}

#[test]
fn a_named_collection_is_opened_by_its_name() {
    let collection = file("[{\"question\": \"Why so?\", \"answer\": \"x\"}]", ".json");
    let path = collection.to_str().unwrap();
    let config = file(&format!("[collections.work]\nsources = [{path:?}]\n"), ".toml");
    let filter = |name: &str| {
        let output = qa(&[name, "-f", ""]).env("QA_CONFIG", &config).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr))
    };
    assert_eq!(filter("@work"), ("Why so?\n".into(), String::new()));
    let (out, err) = filter("@wrok");
    assert_eq!(out, "");
    assert_eq!(err, "qa: unknown collection `@wrok`: did you mean `@work`?\n");
}

#[test]
fn keys_are_listed_in_the_form_of_the_configuration() {
    let config = file("[keys.typing]\n\"ctrl-x\" = \"copy\"\n", ".toml");
    let output = qa(&["keys"]).env("QA_CONFIG", &config).output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let line = out.lines().find(|line| line.starts_with("\"ctrl-x\" = \"copy\"")).unwrap();
    assert!(line.contains("# copy the answer"), "{line}");
    assert!(out.contains("[keys.reading]") && out.contains("# Actions without a key:"), "{out}");
}

#[test]
fn the_file_of_a_theme_is_printed_to_start_from() {
    let (out, _, status) = run(&["config", "--theme", "nord"]);
    assert!(status == 0 && out.contains("[palette]") && out.contains("[styles]"), "{out}");
    let (_, err, status) = run(&["config", "--theme", "nrod"]);
    assert!(status == 2 && err.contains("`nord`"), "{err}");
}

#[test]
fn the_error_of_a_wrong_value_suggests_the_nearest_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    for (arguments, part) in [
        (&["--from", "markdwn"][..], "did you mean `markdown`?"),
        (&["convert", "--to", "jsn", "README.md"], "did you mean `json`?"),
        (&["--color", "nevr"], "did you mean `never`?"),
        (&["--limit", "x"], "expected a whole number"),
        (&["--height", "4x"], "20 for rows or 40%"),
        (&[path], "the folder is empty"),
    ] {
        let (out, err, status) = run(arguments);
        assert_eq!((out.as_str(), status), ("", 2), "{err}");
        assert!(err.contains(part), "{err}");
    }
}

#[test]
fn errors_of_common_mistakes_suggest_a_replacement() {
    for (arguments, part) in [
        (&["chek", "README.md"][..], "did you mean the command `check`?"),
        (&["how", "do", "I", "exit", "vim"], "qa -q 'how do I exit vim'"),
        (&["https://example.org"], "curl -s 'https://example.org' | qa"),
        (&["--preview", "cat {}"], "the answer is shown beside the list"),
        (&["--bind=ctrl-x:abort"], "qa keys"),
        (&["REDME.md"], "did you mean README.md?"),
    ] {
        let (out, err, status) = run(arguments);
        assert_eq!((out.as_str(), status), ("", 2), "{err}");
        assert!(err.contains(part) && err.lines().count() == 1, "{err}");
    }
}

#[test]
fn a_query_that_is_too_long_is_cut_and_the_next_one_is_answered() {
    let collection = file("## What is tea?\n\nA drink.\n\n## Why wait?\n\nIt steeps.\n", ".md");
    let queries = "é".repeat(700) + "\n" + &"tea ".repeat(1 << 20) + "\nwait\r\n\nwait";
    let command = qa(&["--no-state", "--filter", "-", collection.to_str().unwrap()]);
    let output = piped(command, &queries);
    let (found, said) =
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(found.lines().all(|line| line.len() < 1100), "{found}");
    assert_eq!(found.matches("\tWhy wait?").count(), 3, "{found}");
    assert_eq!(said.matches("only its first 1000 bytes are searched").count(), 2, "{said}");
    assert_eq!(output.status.code(), Some(0));
}
