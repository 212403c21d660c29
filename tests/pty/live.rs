//! Live sources whose engines are scripts: fast, slow, broken and missing ones.

use super::session::{QA, Session, command};
use rustix::process::Signal;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// Answers every query that begins with "glue".
const GLUE: &str = r#"
case "$QA_QUERY" in
glue*) printf '{"id": "7", "question": "Which glue holds oily wood?", "answer": "Epoxy.", "tags": ["glue"]}\n'
       printf '{"id": "9", "question": "How long does glue dry?", "answer": "A day.", "tags": ["time"]}\n';;
esac
"#;

struct Engine {
    folder: tempfile::TempDir,
}

impl Engine {
    /// An engine that runs `script` where `$DIR` is its folder.
    fn new(script: &str) -> Self {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let engine = Self { folder };
        let text = format!("DIR='{}'\n{script}", engine.folder.path().display());
        fs::write(engine.path("engine.sh"), text).unwrap();
        engine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program with this engine, its configuration and its state.
    fn start(&self, config: &str, arguments: &[&str]) -> Session {
        let script = self.path("engine.sh");
        let text =
            format!("{config}\n[collections.shop]\nlive = [\"sh\", \"{}\"]\n", script.display());
        fs::write(self.path("config.toml"), text).unwrap();
        let mut words = vec![QA, "@shop"];
        words.extend(arguments);
        let mut command = command(&words);
        command.env("QA_CONFIG", self.path("config.toml"));
        command.env("XDG_STATE_HOME", self.path("state"));
        Session::start(command)
    }

    /// The number of the process that the script wrote down.
    fn process(&self) -> String {
        let file = self.path("pid");
        wait_until("the engine to start", || {
            fs::read_to_string(&file).is_ok_and(|text| text.ends_with('\n'))
        });
        fs::read_to_string(file).unwrap().trim().to_owned()
    }
}

fn wait_until(what: &str, done: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_mins(1);
    while !done() {
        assert!(Instant::now() < deadline, "waited in vain for {what}");
        thread::yield_now();
    }
}

/// Whether a process exists and is not a zombie.
fn lives(id: &str) -> bool {
    let status = fs::read_to_string(Path::new("/proc").join(id).join("status"));
    let status = status.unwrap_or_default();
    status.contains("\nState:") && !status.contains("\nState:\tZ")
}

/// Starts a child that would run forever, and waits for it.
const HANG: &str = r#"sleep 600 & echo $! > "$DIR/pid.new"; mv "$DIR/pid.new" "$DIR/pid"; wait"#;

#[test]
fn the_engine_is_queried_after_a_pause_and_its_hits_can_be_read_and_filtered() {
    let engine = Engine::new(GLUE);
    let mut session = engine.start("", &[]);
    session.wait_for("the engine is queried");
    session.send("glue");
    session.wait_for("How long does glue dry?");
    session.send(" tag:time");
    session.wait("the filtered list", |s| !s.text().contains("oily wood"));
    session.send("\r");
    session.wait_for("A day.");
    session.send("\x03");
    session.end();
}

#[test]
#[cfg(target_os = "linux")]
fn a_newer_query_ends_the_command_of_an_older_one_with_its_children() {
    let engine = Engine::new(&format!("case \"$QA_QUERY\" in gl) {HANG};; esac\n{GLUE}"));
    let mut session = engine.start("", &[]);
    session.wait_for("the engine is queried");
    session.send("gl");
    let child = engine.process();
    assert!(lives(&child));
    session.send("ue");
    session.wait_for("Which glue holds oily wood?");
    wait_until("the child to be gone", || !lives(&child));
    session.send("\x03");
    session.end();
}

#[test]
#[cfg(target_os = "linux")]
fn no_command_outlives_the_program() {
    for end in ["\x03", "\x1b\x1b", "TERM", "HUP"] {
        let engine = Engine::new(HANG);
        let mut session = engine.start("", &[]);
        session.wait_for("the engine is queried");
        session.send("glue");
        let child = engine.process();
        match end {
            "TERM" => session.signal(Signal::TERM),
            "HUP" => session.signal(Signal::HUP),
            keys => session.send(keys),
        }
        session.end();
        wait_until("the child to be gone", || !lives(&child));
    }
}

/// On every failure of the engine, the query stays in the prompt, one line reports the problem, and
/// the previous hits stay.
#[test]
fn a_failure_is_shown_and_the_former_hits_stay() {
    for (failure, told) in [
        ("echo 'no such table: faq' >&2; exit 1", "shop: no such table: faq"),
        ("exit 3", "shop: ended with status 3"),
        ("kill -9 $$", "shop: ended by a signal"),
        ("echo '<html><title>502 Bad Gateway</title>'", "shop: printed a web page instead of rec"),
        ("printf 'Segmentation fault\\n'", "shop: printed no records"),
        ("printf '\\000\\001\\377\\033[31m'", "shop: printed no records"),
        ("printf '{\"error\": \"too many\\u001b[2J requests\"}'", "shop: too many requests"),
        ("yes '{\"question\": \"again and again?\"}'", "shop: the answer is larger than 16 MB"),
        ("sleep 600", "shop: no answer within 1 s"),
        ("exec nosuchprogram", "nosuchprogram: not found"),
    ] {
        let engine =
            Engine::new(&format!("case \"$QA_QUERY\" in *x) {failure}; exit;; esac\n{GLUE}"));
        let config = if failure.starts_with("sleep") { "live_timeout = 1" } else { "" };
        let mut session = engine.start(config, &[]);
        session.wait_for("the engine is queried");
        session.send("glue");
        session.wait_for("How long does glue dry?");
        session.send(" x");
        session.wait_for(told);
        let text = session.text();
        assert!(text.contains("> glue x") && text.contains("How long does glue dry?"), "{text}");
        assert!(text.contains("╰──"), "{text}");
        session.send("\x03");
        session.end();
    }
}

#[test]
fn a_missing_program_is_reported() {
    let engine = Engine::new("");
    fs::write(
        engine.path("config.toml"),
        "[collections.gone]\nlive = [\"nosuchprogram\", \"-q\"]\n",
    )
    .unwrap();
    let mut command = command(&[QA, "@gone", "-q", "glue"]);
    command.env("QA_CONFIG", engine.path("config.toml"));
    let mut session = Session::start(command);
    session.wait_for("nosuchprogram: command not found");
    session.send("\x03");
    session.end();
}

#[test]
fn read_or_bookmarked_entries_are_kept_without_the_engine() {
    let engine = Engine::new(GLUE);
    let mut session = engine.start("", &["-q", "glue"]);
    session.wait_for("How long does glue dry?");
    session.send("\x1b[B\r");
    session.wait_for("A day.");
    session.send("m");
    session.wait_for("bookmarked");
    session.send("\x03");
    session.end();
    fs::write(engine.path("engine.sh"), "exit 1").unwrap();
    let mut session = engine.start("", &[]);
    session.wait_for("A day.");
    assert!(!session.text().contains("oily wood"));
    session.send("is:bookmarked");
    session.wait_for("1 match");
    session.send("\x03");
    session.end();
}

#[test]
fn related_questions_are_asked_from_the_engine() {
    let related = r#"case "$QA_QUERY" in Which*) printf '{"question": "What is epoxy made of?", "answer": "Resin."}\n';; esac"#;
    let engine = Engine::new(&format!("{GLUE}{related}"));
    let mut session = engine.start("", &["-q", "glue oily"]);
    session.wait_for("▌Which glue holds oily wood?");
    session.send("\r");
    session.wait_for("Epoxy.");
    session.send("r");
    session.wait_for("What is epoxy made of?");
    session.send("\r");
    session.wait_for("Resin.");
    session.send("\x03");
    session.end();
}
