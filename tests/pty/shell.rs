//! The key binding of `qa init` in real shells.

use super::session::{QA, Session, command};
use std::fs;
use std::path::Path;
use std::process::Command;

const SHEET: &str = "\
# box

> Pack boxes.

- Pack a folder into a box:

`box {{[-p|--pack]}} {{path/to/box}} {{path/to/folder}}`

- List all boxes:

`box --list`
";

/// A home folder with one sheet, as tldr keeps them.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let pages = home.path().join(".cache/tldr/pages/common");
    fs::create_dir_all(&pages).unwrap();
    fs::write(pages.join("box.md"), SHEET).unwrap();
    home
}

fn shell(words: &[&str], home: &Path) -> Session {
    let mut shell = command(words);
    shell.env("HOME", home);
    shell.env("ZDOTDIR", home);
    for name in ["XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"] {
        shell.env_remove(name);
    }
    shell.env("PS1", "ready> ");
    let folder = Path::new(QA).parent().unwrap().display();
    shell.env("PATH", format!("{folder}:{}", std::env::var("PATH").unwrap_or_default()));
    Session::start(shell)
}

/// Types a query at the prompt, presses the key, chooses, and fills two placeholders.
fn choose_and_fill(session: &mut Session) {
    session.wait_for("ready>");
    session.send("pack folder\x07");
    session.wait_for("▌Pack a folder into a box");
    session.send("\r");
    session.wait_for("path/to/box:");
    // Left, Home, End and Ctrl-U edit the line. What is typed ahead goes to the next question.
    session.send("no\x15y ox\x1b[D\x1b[Db\x1b[Hm\x1b[F.b\r\r");
    session.wait_for("ready> box --pack 'my box.b' path/to/folder");
    // The next time the value is offered. Cancelling keeps the text at the prompt.
    for leave in ["\x04", "\x1b", "x\x03", "\x1b[A\x1b"] {
        session.send("\x15pack folder\x07");
        session.wait_for("▌Pack a folder into a box");
        session.send("\r");
        session.wait_for("path/to/box [my box.b]:");
        session.send(leave);
        let is_as_it_was = |s: &Session| s.text().trim_end().ends_with("ready> pack folder");
        session.wait("the prompt as it was", is_as_it_was);
    }
}

fn is_installed(shell: &str) -> bool {
    Command::new(shell).arg("--version").output().is_ok()
}

#[test]
fn the_key_puts_a_command_at_the_prompt_of_bash() {
    let home = home();
    let mut session = shell(&["bash", "--norc", "--noprofile", "-i"], home.path());
    session.wait_for("ready>");
    session.send("eval \"$(qa init bash)\"; clear\r");
    choose_and_fill(&mut session);
    session.send("\x15exit\r");
    session.end();
}

#[test]
fn the_key_puts_a_command_at_the_prompt_of_zsh() {
    if !is_installed("zsh") {
        return;
    }
    let home = home();
    fs::write(home.path().join(".zshrc"), "PS1='ready> '\nsource <(qa init zsh)\n").unwrap();
    let mut session = shell(&["zsh", "-i"], home.path());
    choose_and_fill(&mut session);
    session.send("\x15exit\r");
    session.end();
}

#[test]
fn the_key_puts_a_command_at_the_prompt_of_fish() {
    if !is_installed("fish") {
        return;
    }
    let home = home();
    let config = home.path().join(".config/fish");
    fs::create_dir_all(&config).unwrap();
    let text =
        "function fish_prompt; echo 'ready> '; end\nset fish_greeting\nqa init fish | source\n";
    fs::write(config.join("config.fish"), text).unwrap();
    let mut session = shell(&["fish", "-i"], home.path());
    choose_and_fill(&mut session);
    session.send("\x15exit\r");
    session.end();
}

/// Completes values and names of collections with Tab.
fn complete(session: &mut Session) {
    session.send("\x15qa --theme gru\t");
    session.wait_for("qa --theme gruvbox");
    session.send("\x15qa @sh\t");
    session.wait_for("qa @shelf");
    session.send("\x15qa --from jsonl box.\t");
    session.wait_for("qa --from jsonl box.md");
    session.send("\x15exit\r");
    session.end();
}

/// A home folder with a collection in the configuration, a file, and files that start shells.
fn home_with_completions(rc: &str, text: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let write = |path: &str, text: &str| {
        let path = home.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(".config/qa/config.toml", "[collections.shelf]\nsources = [\"~/box.md\"]\n");
    write("box.md", SHEET);
    write(rc, text);
    home
}

fn shell_at_home(words: &[&str], home: &Path) -> Session {
    let script = format!("cd '{}'; exec {}", home.display(), words.join(" "));
    let mut session = shell(&["sh", "-c", &script], home);
    session.wait_for("ready>");
    session
}

#[test]
fn bash_completes() {
    let text = "PS1='ready> '; source <(qa completions bash)\n";
    let home = home_with_completions("rc", text);
    complete(&mut shell_at_home(&["bash", "--noprofile", "--rcfile", "rc", "-i"], home.path()));
}

#[test]
fn zsh_completes() {
    if !is_installed("zsh") {
        return;
    }
    let text =
        "PS1='ready> '\nautoload -U compinit; compinit -D -u\nsource <(qa completions zsh)\n";
    let home = home_with_completions(".zshrc", text);
    complete(&mut shell_at_home(&["zsh", "-i"], home.path()));
}

#[test]
fn fish_completes() {
    if !is_installed("fish") {
        return;
    }
    let text = "function fish_prompt; echo 'ready> '; end\nset fish_greeting\n\
        set fish_autosuggestion_enabled 0\nqa completions fish | source\n";
    let home = home_with_completions(".config/fish/config.fish", text);
    complete(&mut shell_at_home(&["fish", "-i"], home.path()));
}
