//! The program in a real terminal: few tests, for behaviour that needs a terminal.
#![cfg(unix)]

mod effects;
mod escape;
mod hostile;
#[cfg(feature = "images")]
mod images;
mod limits;
mod live;
mod options;
mod outside;
mod pipes;
mod random;
mod readme;
mod session;
mod shell;
mod suggestions;

use rustix::process::Signal;
use session::{QA, Session, command};
use std::os::unix::fs::PermissionsExt;

#[test]
fn start_type_read_and_quit() {
    let mut session = Session::qa(&[]);
    session.wait_for("18 of 18");
    session.send("ok cry therapy session");
    session.wait_for("> ok cry therapy session");
    session.wait("the best hit", |s| s.text().contains("▌Is it OK to cry"));
    session.send("\r");
    session.wait("the cursor to leave the prompt", |s| s.written().ends_with("\\x1b[?25l"));
    session.send("q");
    assert_eq!(session.end().exit_code(), 0);
    session.assert_restored();
}

#[test]
fn escape_goes_back_step_by_step_and_ctrl_c_ends_immediately() {
    let mut session = Session::qa(&["-q", "hug"]);
    session.wait_for("> hug");
    session.send("\x1b");
    session.wait_for("18 of 18");
    session.send("\x03");
    assert_eq!(session.end().exit_code(), 130);
    session.assert_restored();
}

#[test]
fn a_deadly_signal_ends_the_program_and_restores_the_terminal() {
    let signals = [
        (Signal::TERM, "Terminated"),
        (Signal::HUP, "Hangup"),
        (Signal::INT, "Interrupt"),
        (Signal::QUIT, "Quit"),
    ];
    for (signal, name) in signals {
        let mut session = Session::qa(&[]);
        session.wait_for("18 of 18");
        session.signal(signal);
        let status = session.end();
        assert!(status.signal().is_some_and(|by| by.starts_with(name)), "{name}: {status:?}");
        session.assert_restored();
    }
}

#[test]
fn a_closed_terminal_ends_the_program_even_if_hang_ups_are_ignored() {
    // Below a shell, which gets the signal instead, the program is not notified.
    for run in [format!("exec '{QA}' --no-state"), format!("'{QA}' --no-state; exit $?")] {
        let script = format!("trap '' HUP; {run}");
        let mut session = Session::start(command(&["sh", "-c", &script]));
        session.wait_for("18 of 18");
        // A frame that it still has to write would fail and end it, too.
        session.send("hug");
        session.wait_for("> hug");
        assert!(!session.hang_up().success());
    }
}

#[test]
fn the_manual_is_shown_with_man_on_a_terminal() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let man = folder.path().join("man");
    let path = folder.path().display();
    for (does, shown) in [("echo \"man $*: $(grep -c TP)\"", "man -l -: "), ("exit 1", ".TH qa 1")]
    {
        std::fs::write(&man, format!("#!/bin/sh\n{does}\n")).unwrap();
        std::fs::set_permissions(&man, std::fs::Permissions::from_mode(0o755)).unwrap();
        let script =
            format!("PATH='{path}':$PATH '{QA}' man | head -3; PATH='{path}':$PATH '{QA}' man");
        let mut session = Session::start(command(&["sh", "-c", &script]));
        session.wait_for(shown);
        session.end();
    }
}

#[test]
fn a_mistake_in_the_configured_theme_or_keys_is_not_fatal() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    for (config, message) in [
        (
            "\ntheme = 'grovbox'\n",
            "config.toml:2: unknown theme `grovbox`: did you mean `gruvbox`?",
        ),
        ("\n[keys.typing]\n'ctrl-x' = 'copi'\n", "config.toml:3: unknown action `copi`"),
    ] {
        let path = folder.path().join("config.toml");
        std::fs::write(&path, config).unwrap();
        let mut command = command(&[QA, "--no-state", "assets/quick-answers.json"]);
        command.env("QA_CONFIG", path);
        let mut session = Session::start(command);
        session.wait_for("Can I hug my therapist?");
        // Whole, however long the path is, and in the list of problems after the next key.
        let whole = |s: &Session| {
            let text: String = s.text().chars().filter(|c| !c.is_whitespace()).collect();
            text.contains(&message.replace(' ', ""))
        };
        session.wait("the mistake", whole);
        session.send("\x1b[B");
        session.wait("the list again", |s| !whole(s) && s.text().contains("1 problem"));
        session.send("\x1bOQ");
        session.wait("the mistake in the list", |s| {
            s.text().contains("Problems") && s.text().contains(message.split('`').nth(1).unwrap())
        });
        session.send("\x03");
        assert_eq!(session.end().exit_code(), 130);
    }
}

#[test]
fn a_part_of_the_screen_leaves_the_rest_visible_and_unchanged() {
    let script = format!("echo above; '{QA}' --no-state --height 10; echo below");
    for message in [true, false] {
        let mut session = Session::start(command(&["sh", "-c", &script]));
        session.wait("the question for the cursor", |s| s.written().contains("\\x1b[6n"));
        if message {
            session.send("hu\x1b[2;1Rg");
        } else {
            session.send("hug");
        }
        session.wait_for("> hug");
        session.wait_for(" match");
        let row = |s: &Session, text: &str| s.text().lines().position(|line| line.contains(text));
        assert_eq!(row(&session, "above"), Some(0));
        assert_eq!(row(&session, ">"), Some(if message { 1 } else { 14 }), "{}", session.text());
        session.send("\x03");
        session.end();
        assert!(!session.written().contains("?1049h"));
        let text = session.text();
        let left: Vec<&str> = text.split_whitespace().collect();
        assert_eq!(left[..2], ["above", "below"]);
        session.assert_restored();
    }
}

#[test]
fn the_reply_about_the_background_is_not_a_key() {
    let blue =
        |s: &Session| s.parser.screen().cell(0, 1).unwrap().fgcolor() == vt100::Color::Idx(4);
    let mut session = Session::qa(&[]);
    session.wait_for("18 of 18");
    assert!(session.written().contains("\\x1b]11;?\\x07") && !blue(&session));
    session.send("hu\x1b]11;rgb:ffff/ffff/eeee\x07g");
    session.wait("the colours for a light background", blue);
    // Nothing follows: no part of what the terminal said.
    let prompt = |s: &Session| s.text().lines().any(|line| line.trim() == "> hug");
    session.wait("the three letters alone", prompt);
    session.send("\x03");
    assert_eq!(session.end().exit_code(), 130);
    session.assert_restored();
}

#[test]
fn the_theme_follows_when_the_terminal_changes_between_light_and_dark() {
    let blue =
        |s: &Session| s.parser.screen().cell(0, 1).unwrap().fgcolor() == vt100::Color::Idx(4);
    let mut session = Session::qa(&[]);
    session.wait_for("18 of 18");
    assert!(session.written().contains("\\x1b[?2031h") && !blue(&session));
    for light in [true, false, true] {
        // In two reads, in the middle of a word.
        session.send("h\x1b[?99");
        session.wait_until_read();
        session.send(if light { "7;2nu" } else { "7;1nu" });
        session.wait("the colours for this background", |s| blue(s) == light);
        session.wait_for("> hu");
        session.send("\x15");
        session.wait_for("18 of 18");
    }
    session.send("\x03");
    session.end();
    assert!(session.written().ends_with("\\x1b[?1049l"));
    assert!(session.written().contains("\\x1b[?2031l"));
    session.assert_restored();
}

#[test]
fn known_marks_are_kept_until_the_next_start() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let start = |arguments: &[&str]| {
        let mut command = command(&[&[QA], arguments].concat());
        command.env("XDG_STATE_HOME", folder.path());
        Session::start(command)
    };
    let mut session = start(&["--hide-answers", "--query", "hug love"]);
    session.wait_for("The answer is hidden");
    session.send("\r");
    session.wait_for("Space reveals it");
    session.send(" ");
    session.wait("the answer", |s| !s.text().contains("The answer is hidden"));
    session.send("+");
    session.wait_for("marked as known");
    session.send("x");
    session.wait_for("The answer is hidden");
    session.send("q");
    session.end();
    session.assert_restored();
    let mut session = start(&["--query", "is:known"]);
    session.wait_for("1 match");
    session.send("\x15is:new");
    session.wait_for("17 match");
    session.send("\x03");
    session.end();
}

#[test]
fn a_terminal_is_not_queried_for_what_is_configured() {
    let cases: [(&[&str], &str, &str); 4] = [
        (&["--theme", "dark"], "TERM", "xterm"),
        (&["--color", "always"], "TERM", "xterm"),
        (&[], "NO_COLOR", "1"),
        (&[], "TERM", "linux"),
    ];
    for (arguments, name, value) in cases {
        let mut command = command(&[&[QA, "--no-state"], arguments].concat());
        command.env(name, value);
        let mut session = Session::start(command);
        session.wait_for("18 of 18");
        session.send("\x03");
        session.end();
        let written = session.written();
        assert!(!written.contains("]11;") && !written.contains("?2031"), "{arguments:?}");
    }
}

#[test]
fn a_terminal_without_a_screen_gets_one_plain_line() {
    let mut dumb = command(&[QA, "--no-state"]);
    dumb.env("TERM", "dumb");
    let mut session = Session::start(dumb);
    assert_eq!(session.end().exit_code(), 2);
    assert!(!session.raw.contains(&0x1b), "{}", session.written());
    assert_eq!(session.written().matches("\\n").count(), 1, "{}", session.written());
}

#[test]
fn a_broken_source_is_reported_before_the_screen_is_touched() {
    let mut session = Session::qa(&["no-such-file.json"]);
    assert_eq!(session.end().exit_code(), 2);
    assert!(!session.raw.contains(&0x1b), "{}", session.written());
    assert!(session.text().contains("no-such-file.json: no such file"));
}

#[test]
fn four_thousand_bytes_in_one_write_are_all_handled() {
    let mut session = Session::qa(&[]);
    session.wait_for("18 of 18");
    session.send("xy\x7f\x7f".repeat(999) + "hug");
    session.wait_for("> hug");
    session.send("\x03");
    assert_eq!(session.end().exit_code(), 130);
}

#[test]
fn a_huge_paste_is_sanitised_and_truncated() {
    let mut session = Session::qa(&[]);
    session.wait_for("18 of 18");
    let paste = "hug\r\n\0\x1b]52;c;aGk=\x07\x1b[31m ".repeat(40_000);
    session.send(format!("\x1b[200~{paste}\x1b[201~"));
    session.wait("the pasted query", |s| s.text().matches("hug").count() > 3);
    session.send("\x15");
    session.wait_for("18 of 18");
    session.send("\x03");
    assert_eq!(session.end().exit_code(), 130);
    assert!(!session.written().contains("]52;"), "what was pasted comes back");
    session.assert_restored();
}

#[test]
fn a_changed_source_is_loaded_again_under_the_same_query() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let path = folder.path().join("notes.json");
    let write = |questions: &[&str]| {
        let entries: Vec<_> =
            questions.iter().map(|q| serde_json::json!({"question": q})).collect();
        std::fs::write(&path, serde_json::json!({ "entries": entries }).to_string()).unwrap();
    };
    write(&["Why is the sky blue?", "Why is grass green?"]);
    let mut session = Session::qa(&[path.to_str().unwrap(), "-q", "sky"]);
    session.wait_for("1 match");
    write(&["Why is the sky blue?", "Why is grass green?", "Is the sky real?"]);
    session.wait_for("2 match");
    session.wait_for("> sky");
    session.send("\x03");
    session.end();
}

#[test]
fn a_resized_screen_is_redrawn_completely() {
    let mut session = Session::qa(&[]);
    session.wait_for("18 of 18");
    session.resize(12, 60);
    session.wait("the narrow screen", |s| {
        let text = s.text();
        text.lines().next().is_some_and(|line| line.trim_end().ends_with("18 of 18"))
    });
    session.resize(40, 120);
    session.wait("the wide screen", |s| s.text().lines().count() > 30);
    session.send("\x03");
    session.end();
    session.assert_restored();
}

#[test]
fn ctrl_z_stops_under_a_shell_and_fg_comes_back() {
    let mut shell = command(&["bash", "--norc", "--noprofile", "-i"]);
    shell.env("PS1", "ready> ");
    shell.env("QA_DEFAULT_OPTS", "--no-state");
    let mut session = Session::start(shell);
    session.wait_for("ready> ");
    session.send(format!("'{QA}'\r"));
    session.wait_for("18 of 18");
    session.send("\x1a");
    session.wait("the shell's screen", |s| {
        !s.text().contains("18 of 18") && s.text().trim_end().ends_with("ready>")
    });
    assert!(session.written().contains("?2031l"), "the shell gets no report");
    session.send("fg\r");
    session.wait_for("18 of 18");
    session.send("hug");
    session.wait_for("> hug");
    session.send("\x03");
    session.wait("the shell again", |s| s.text().trim_end().ends_with("ready>"));
    session.send("exit\r");
    session.end();
    session.assert_restored();
}

#[test]
fn a_resumed_program_gets_every_key() {
    let mut session = Session::qa(&[]);
    session.wait_for("18 of 18");
    for round in 0..500 {
        session.signal(Signal::CONT);
        // Ctrl-\ would end it wherever the terminal made a signal of it.
        session.send("\x1c");
        assert!(session.read_until_idle(), "ended in round {round}");
    }
    session.send("hug");
    session.wait_for("> hug");
    session.send("\x03");
    assert_eq!(session.end().exit_code(), 130);
    session.assert_restored();
}

/// Not a test itself: the panicking program of the tests below.
#[test]
#[ignore = "run by the tests of panics, in a terminal of its own"]
fn play_a_program_that_panics() {
    use quick_answer::terminal::{
        Listener, Screen, Terminal, TerminalConfig, TerminalEvent, watch_panics,
    };
    use std::sync::{Arc, Mutex, mpsc};
    let (sender, news) = mpsc::channel();
    let sender = Mutex::new(sender);
    let listener: Listener = Arc::new(move |news| drop(sender.lock().unwrap().send(news)));
    watch_panics(Arc::clone(&listener));
    let config = TerminalConfig { mouse: true, ..TerminalConfig::default() };
    let mut terminal = Terminal::enter(Screen::find(false).unwrap(), config, &listener).unwrap();
    std::thread::spawn(|| panic!("of a worker")).join().unwrap_err();
    let Ok(TerminalEvent::Panicked(message)) = news.recv() else { panic!("no news of the panic") };
    let message = message.replace('\n', " ");
    terminal.draw(|frame| frame.render_widget(message.as_str(), frame.area())).unwrap();
    // Any key goes on.
    let _ = news.recv();
    panic!("of the program itself");
}

#[test]
fn a_panic_restores_the_terminal_and_one_of_a_worker_leaves_the_screen_alone() {
    let this = std::env::current_exe().unwrap();
    let play = ["play_a_program_that_panics", "--ignored", "--exact", "--nocapture"];
    let mut words = vec![this.to_str().unwrap()];
    words.extend(play);
    let mut session = Session::start(command(&words));
    session.wait("the worker's panic", |s| {
        s.text().contains("of a worker") && s.written().contains("\\x1b[?1049h")
    });
    assert!(!session.written().contains("\\x1b[?1049l"), "the screen was left too early");
    session.send("x");
    assert_eq!(session.end().exit_code(), 101);
    session.assert_restored();
    let written = session.written();
    let (_, after) = written.split_once("\\x1b[?1049l").unwrap();
    assert!(after.contains("of the program itself"), "{after}");
}
