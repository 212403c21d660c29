//! Every option and every command of `qa --help` has a test here that fails without it.
//!
//! The macro names each test after its option, so every option in the list has a test.

use super::session::{QA, Session, command};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const ENTRIES: &str = r#"[
    {"question": "Which pot?", "answer": "Blue.", "tags": ["pots"], "url": "https://example.org/pot"},
    {"question": "How hot is tea?", "answer": "Very.", "tags": ["hot drinks"]},
    {"question": "Is tea with milk good?", "answer": "Yes.", "tags": ["hot drinks"]},
    {"question": "Boil water", "answer": "```sh\nkettle {{minutes}}\n```"}
]"#;

/// A folder with the collection `tea.json`, where the program runs.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    fs::write(folder.path().join("tea.json"), ENTRIES).unwrap();
    folder
}

/// Standard output and status of `qa` without a terminal.
fn run_in(folder: &Path, arguments: &[&str]) -> (String, i32) {
    let mut qa = Command::new(QA);
    qa.args(arguments).current_dir(folder).stdin(Stdio::null());
    for name in ["HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
        qa.env(name, folder);
    }
    for name in ["QA_PATH", "QA_DEFAULT_OPTS", "QA_CONFIG"] {
        qa.env_remove(name);
    }
    let output = qa.output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
}

fn out(arguments: &[&str]) -> String {
    run_in(folder().path(), arguments).0
}

/// `qa tea.json` in a terminal, with these options.
fn start(folder: &Path, options: &[&str]) -> Session {
    let mut qa = command(&[&[QA, "tea.json"], options].concat());
    qa.cwd(folder);
    qa.env("XDG_STATE_HOME", folder);
    let mut session = Session::start(qa);
    session.wait_for("Which pot?");
    session
}

fn quit(mut session: Session) {
    session.send("\x03");
    session.end();
}

/// What is written for one screen with these options.
fn written(options: &[&str]) -> String {
    let folder = folder();
    let mut session = start(folder.path(), options);
    session.wait_for("4 of 4");
    session.send("\x03");
    session.end();
    session.written()
}

/// The cells of the screen with these options.
fn cells(options: &[&str]) -> Vec<vt100::Cell> {
    let folder = folder();
    let mut session = start(folder.path(), options);
    session.wait_for("4 of 4");
    let screen = session.parser.screen().clone();
    quit(session);
    let places = (0..24).flat_map(|row| (0..100).map(move |column| (row, column)));
    places.filter_map(|(row, column)| screen.cell(row, column).cloned()).collect()
}

macro_rules! tests {
    ($list:ident: $($name:ident $test:block)*) => {
        pub const $list: &[&str] = &[$(stringify!($name)),*];
        $(#[test] fn $name() $test)*
    };
}

mod of_options {
    use super::*;

    tests! { TESTED:

    query {
        assert_eq!(out(&["tea.json", "--pick", "-1", "--query", "pot blue", "--print", "question"]), "Which pot?\n");
    }

    exact {
        assert_eq!(out(&["tea.json", "-f", "boill"]), "Boil water\n");
        assert_eq!(out(&["tea.json", "-f", "boill", "--exact"]), "");
    }

    no_meaning {
        let query = ["-f", "does he sob too", "-n", "1"];
        assert_ne!(out(&query), out(&[&query[..], &["--no-meaning"]].concat()));
    }

    from {
        let questions = |options: &[&str]| {
            let folder = folder();
            fs::write(folder.path().join("a.md"), "## Why?\n\nSo.\n").unwrap();
            run_in(folder.path(), &[&["a.md", "-f", ""], options].concat()).0
        };
        assert_eq!(questions(&[]), "Why?\n");
        assert_eq!(questions(&["--from", "lines"]).lines().count(), 2);
    }

    question {
        assert_eq!(table(&["--question", "b", "--answer", "c"]).0, "two\n");
    }

    answer {
        assert_eq!(table(&["--question", "a", "--answer", "b"]).1, "two\n");
        assert_eq!(table(&["--question", "a", "--answer", "c"]).1, "three\n");
    }

    live {
        let command = r#"echo "[{\"question\": \"Is $QA_QUERY it?\"}]""#;
        assert_eq!(out(&["-f", "tea", "--live", command]), "Is tea it?\n");
    }

    filter {
        assert_eq!(out(&["tea.json", "--filter", "pot blue"]), "Which pot?\n");
    }

    close {
        let matches = out(&["tea.json", "-f", "tea milk"]);
        let all = out(&["tea.json", "-f", "tea milk", "--close"]);
        assert_eq!(matches, "Is tea with milk good?\n");
        assert!(all.starts_with(&matches) && all.contains("How hot is tea?"), "{all}");
    }

    limit {
        assert_eq!(out(&["tea.json", "-f", ""]).lines().count(), 4);
        assert_eq!(out(&["tea.json", "-f", "", "--limit", "2"]).lines().count(), 2);
    }

    tag {
        assert_eq!(out(&["tea.json", "-f", "", "--tag", "hot drinks"]).lines().count(), 2);
    }

    wait {
        if !Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/encoder.bin").exists() {
            return;
        }
        // More entries than are encoded for one query; what was encoded is kept in the cache.
        let cached = |options: &[&str]| {
            let folder = folder();
            let entries = (0..1001).map(|n| format!("{{\"question\": \"what is {n}\"}}\n"));
            fs::write(folder.path().join("many.jsonl"), entries.collect::<String>()).unwrap();
            let query = "why would a person want this number";
            run_in(folder.path(), &[&["many.jsonl", "-f", query], options].concat());
            folder.path().join("qa").exists()
        };
        assert!(!cached(&[]));
        assert!(cached(&["--wait"]));
    }

    print {
        assert_eq!(out(&["tea.json", "-f", "pot blue", "--print", "url"]), "https://example.org/pot\n");
    }

    json {
        let record = out(&["tea.json", "-f", "pot blue", "--json"]);
        let record: serde_json::Value = serde_json::from_str(&record).unwrap();
        assert_eq!((&record["kind"], &record["line"]), (&"match".into(), &2.into()));
    }

    print0 {
        assert_eq!(out(&["tea.json", "-f", "pot blue", "--print0"]), "Which pot?\0");
    }

    pick {
        let chosen = |options: &[&str]| {
            let script = format!("'{QA}' tea.json -q milk {}; echo \"<$?>\"", options.join(" "));
            let folder = folder();
            let mut shell = command(&["sh", "-c", &script]);
            shell.cwd(folder.path());
            let mut session = Session::start(shell);
            session.wait_for("1 match");
            session.send("\r\x03");
            session.wait("the end", |s| s.text().contains("<0>") || s.text().contains("<130>"));
            session.end();
            session.text()
        };
        let text = chosen(&["--pick", "--print", "answer"]);
        assert!(text.contains("Yes.") && text.contains("<0>"), "{text}");
        assert!(chosen(&[]).contains("<130>"));
    }

    multi {
        let folder = folder();
        let script = format!("'{QA}' tea.json --pick --multi --print question >picked");
        let mut shell = command(&["sh", "-c", &script]);
        shell.cwd(folder.path());
        let mut session = Session::start(shell);
        session.wait_for("4 of 4");
        session.send("\t\t\r");
        session.end();
        let picked = fs::read_to_string(folder.path().join("picked")).unwrap();
        assert_eq!(picked, "Which pot?\nHow hot is tea?\n");
    }

    fill {
        let folder = folder();
        let mut qa = command(&[QA, "tea.json", "--pick", "-1", "-q", "boil", "--fill", "--no-state"]);
        qa.cwd(folder.path());
        let mut session = Session::start(qa);
        session.wait_for("minutes:");
        session.send("7\r");
        session.wait_for("kettle 7");
        session.end();
    }

    select_1 {
        assert_eq!(run_in(folder().path(), &["tea.json", "--pick", "-q", "milk"]).1, 2);
        let picked = run_in(folder().path(), &["tea.json", "--pick", "-q", "milk", "--select-1"]);
        assert_eq!(picked.1, 0);
    }

    exit_0 {
        assert_eq!(run_in(folder().path(), &["tea.json", "-q", "xylophone"]).1, 2);
        assert_eq!(run_in(folder().path(), &["tea.json", "-q", "xylophone", "--exit-0"]).1, 1);
    }

    height {
        assert!(written(&[]).contains("?1049h"));
        assert!(!written(&["--height", "10"]).contains("?1049h"));
    }

    theme {
        let grounds = |options: &[&str]| {
            cells(options).iter().filter(|cell| cell.bgcolor() != vt100::Color::Default).count()
        };
        assert!(grounds(&["--theme", "gruvbox"]) > grounds(&["--theme", "terminal"]) + 1000);
    }

    color {
        let coloured = |options: &[&str]| {
            cells(options).iter().any(|cell| cell.fgcolor() != vt100::Color::Default)
        };
        assert!(coloured(&["--color", "always"]));
        assert!(!coloured(&["--color", "never"]));
    }

    plain {
        assert!(written(&[]).contains("\\xe2\\x95\\xad"));
        assert!(!written(&["--plain"]).contains("\\xe2\\x95\\xad"));
    }

    layout {
        let row_of_prompt = |options: &[&str]| {
            let folder = folder();
            let mut session = start(folder.path(), options);
            session.wait_for("4 of 4");
            let text = session.text();
            quit(session);
            text.lines().position(|line| line.contains("> type a few letters"))
        };
        assert_eq!(row_of_prompt(&[]), Some(1));
        assert_eq!(row_of_prompt(&["--layout", "reverse-list"]), Some(22));
    }

    no_mouse {
        assert!(written(&[]).contains("?1000h"));
        assert!(!written(&["--no-mouse"]).contains("?1000h"));
    }

    history {
        let folder = folder();
        fs::write(folder.path().join("old"), "kettle once\n").unwrap();
        let mut session = start(folder.path(), &["--history", "old"]);
        session.send("\x1b[1;5A");
        session.wait_for("> kettle once");
        quit(session);
    }

    no_watch {
        // Watching holds a file of the kernel open; it begins after the first frame.
        if !Path::new("/proc/self/fd").exists() {
            return;
        }
        let folder = folder();
        let session = start(folder.path(), &[]);
        while !watches(&session) {
            std::thread::yield_now();
        }
        quit(session);
        let mut session = start(folder.path(), &["--no-watch"]);
        session.send("milk");
        session.wait_for("1 match");
        assert!(!watches(&session));
        quit(session);
    }

    hide_answers {
        let shown = |options: &[&str]| {
            let folder = folder();
            let mut session = start(folder.path(), options);
            session.wait_for("4 of 4");
            let text = session.text();
            quit(session);
            text.contains("Blue.")
        };
        assert!(shown(&[]));
        assert!(!shown(&["--hide-answers"]));
    }

    no_learn {
        let folder = folder_with_levels();
        assert!(first_of_level_hits(folder.path(), "\x1b[B\r", &[]).contains("Tea one"));
        assert!(first_of_level_hits(folder.path(), "", &[]).contains("Tea two"));
        assert!(first_of_level_hits(folder.path(), "", &["--no-learn"]).contains("Tea one"));
    }

    forget {
        let folder = folder_with_levels();
        first_of_level_hits(folder.path(), "\x1b[B\r", &[]);
        run_in(folder.path(), &["config", "--forget"]);
        assert!(first_of_level_hits(folder.path(), "", &[]).contains("Tea one"));
    }

    no_state {
        let keeps = |options: &[&str]| {
            let folder = folder();
            let mut session = start(folder.path(), options);
            session.send("milk\r");
            session.wait("the answer", |s| s.written().ends_with("\\x1b[?25l"));
            quit(session);
            folder.path().join("qa").exists()
        };
        assert!(keeps(&[]));
        assert!(!keeps(&["--no-state"]));
    }

    help {
        assert!(out(&["--help"]).contains("Usage: qa [OPTIONS] [SOURCE]..."));
    }

    version {
        assert_eq!(out(&["--version"]), format!("qa {}\n", env!("CARGO_PKG_VERSION")));
    }

    to {
        assert!(out(&["convert", "tea.json", "--to", "csv"]).starts_with("id,question,answer"));
    }

    }
}

/// A folder with two questions that fit equally well.
fn folder_with_levels() -> tempfile::TempDir {
    let folder = folder();
    let entries = r#"[{"question": "Tea one"}, {"question": "Tea two"}]"#;
    fs::write(folder.path().join("tea.json"), entries).unwrap();
    folder
}

/// The first of them on the screen; then the keys are pressed.
fn first_of_level_hits(folder: &Path, keys: &str, options: &[&str]) -> String {
    let mut qa = command(&[&[QA, "tea.json", "-q", "tea"], options].concat());
    qa.cwd(folder);
    qa.env("XDG_STATE_HOME", folder);
    let mut session = Session::start(qa);
    session.wait_for("2 match");
    let text = session.text();
    session.send(keys);
    quit(session);
    text.lines().find(|line| line.contains("▌Tea")).unwrap().to_owned()
}

/// Question and answer of a table with these columns.
fn table(options: &[&str]) -> (String, String) {
    let folder = folder();
    fs::write(folder.path().join("t.csv"), "a,b,c\none,two,three\n").unwrap();
    let of = |part: &str| {
        run_in(folder.path(), &[&["t.csv", "-f", "", "--print", part], options].concat()).0
    };
    (of("question"), of("answer"))
}

/// Whether the program watches files.
fn watches(session: &Session) -> bool {
    let files = fs::read_dir(format!("/proc/{}/fd", session.process_id())).unwrap();
    let is_watch = |path: std::path::PathBuf| path.to_string_lossy().contains("inotify");
    files.flatten().filter_map(|file| fs::read_link(file.path()).ok()).any(is_watch)
}

mod of_commands {
    use super::*;

    tests! { TESTED:

    check {
        let (out, status) = run_in(folder().path(), &["check", "tea.json"]);
        assert_eq!((out.as_str(), status), ("", 0));
    }

    convert {
        assert_eq!(out(&["convert", "tea.json", "--to", "jsonl"]).lines().count(), 4);
    }

    init {
        for shell in ["bash", "zsh", "fish", "nu"] {
            assert!(out(&["init", shell]).contains("@howto"), "{shell}");
        }
    }

    completions {
        for shell in ["bash", "zsh", "fish", "powershell", "elvish", "nushell"] {
            assert!(out(&["completions", shell]).contains("qa"), "{shell}");
        }
    }

    man {
        assert!(out(&["man"]).contains(".TH qa 1"));
    }

    config {
        assert!(out(&["config"]).contains("# watch = true"));
        assert!(out(&["config", "--theme", "nord"]).contains("[palette]"));
    }

    keys {
        assert!(out(&["keys"]).contains("[keys.typing]"));
    }

    discover {
        let folder = folder();
        fs::create_dir_all(folder.path().join(".cache/tldr")).unwrap();
        fs::write(folder.path().join("FAQ.md"), "## Why?\n\nSo.\n").unwrap();
        let (out, status) = run_in(folder.path(), &["discover"]);
        assert_eq!(status, 0);
        for part in ["[collections.tldr]", ".cache/tldr", "[collections.faq]", "FAQ.md"] {
            assert!(out.contains(part), "{part}: {out}");
        }
    }

    help {
        assert!(out(&["help", "check"]).contains("Usage: qa check"));
    }

    }
}

/// The long options, or the commands, that a help text lists.
fn listed(help: &str, prefix: &str) -> Vec<String> {
    let word = |line: &str| {
        let line = line.trim_start();
        let at = if prefix.is_empty() { Some(0) } else { line.find(prefix) };
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let rest = &line[at? + prefix.len()..];
        let name: String = rest.chars().take_while(|c| is_name(*c)).collect();
        let is_option = prefix.is_empty() || line.starts_with('-');
        (is_option && !name.is_empty()).then_some(name)
    };
    help.lines().filter(|line| line.starts_with("  ")).filter_map(word).collect()
}

#[test]
fn every_option_and_command_of_the_help_is_tested() {
    let help = out(&["--help"]);
    let commands = help.split_once("Commands:\n").unwrap().1.split_once("\n\n").unwrap().0;
    let is_command = |line: &&str| line.starts_with("  ") && !line.starts_with("   ");
    let commands: Vec<&str> = commands.lines().filter(is_command).collect();
    let commands = listed(&commands.join("\n"), "");
    assert!(commands.len() > 8);
    for command in &commands {
        assert!(of_commands::TESTED.contains(&&**command), "no test of the command {command}");
        let has_page = include_str!("../../assets/dist.sh").contains(&format!(" {command}"));
        assert!(has_page || command == "help", "assets/dist.sh writes no manual page of {command}");
    }
    let of_command = |command: &String| out(&[command, "--help"]);
    let texts = commands.iter().filter(|command| *command != "help").map(of_command);
    for text in std::iter::once(help).chain(texts) {
        for option in listed(&text, "--") {
            let name = option.replace('-', "_");
            assert!(of_options::TESTED.contains(&&*name), "no test of the option --{option}");
        }
    }
}
