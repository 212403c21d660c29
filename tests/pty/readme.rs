//! Runs every command and every recipe of the README as it is written there.

use super::session::{QA, Session, command};
use portable_pty::CommandBuilder;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

const README: &str = include_str!("../../README.md");

const FAQ: &str = "\
# Lamp

## How do I install it on Windows?

Run the installer.

## How do I uninstall it?

Remove the folder.
";

const PAGE: &str = "<h1>Lamp</h1><h2>How do I install it?</h2><p>Run the installer.</p>\
    <h2>Can I return a broken one?</h2><p>Within a month.</p>";

/// What a command of the README does.
#[derive(Clone, Copy)]
enum Does {
    /// It shows a screen with this text.
    Show(&'static str),
    /// It prints this text, among others.
    Print(&'static str),
    /// Another test runs it.
    Elsewhere,
}
use Does::{Elsewhere, Print, Show};

/// Every command of the README's `sh` blocks.
const COMMANDS: &[(&str, Does)] = &[
    ("cargo run --release", Elsewhere),
    ("cargo test", Elsewhere),
    ("cargo install --path .", Elsewhere),
    ("cargo uninstall quick-answer", Elsewhere),
    ("rm -r ~/.config/qa ~/.local/state/qa ~/.cache/qa", Elsewhere),
    ("qa FAQ.md", Show("How do I uninstall it?")),
    ("qa FAQ.md notes/", Show("How hot is tea?")),
    ("qa notes/ --hide-answers", Show("How hot is tea?")),
    ("cat FAQ.md | qa", Show("How do I uninstall it?")),
    ("curl -s https://example.org/faq.html | qa", Show("Can I return a broken one?")),
    ("ls | qa --pick", Show("questions.txt")),
    ("qa FAQ.md --filter 'instal windws' -n 1 --print answer", Print("Run the installer.\n")),
    ("eval \"$(qa init bash)\"", Elsewhere),
    ("source <(qa init zsh)", Elsewhere),
    ("qa init fish | source", Elsewhere),
    ("#!/bin/sh", Elsewhere),
    ("exec qa check FAQ.md", Elsewhere),
    (
        "curl -s https://example.org/faq.html | qa --filter 'return broken' -n 1 --print answer",
        Print("Within a month.\n"),
    ),
    // tests/recipes.rs, with a server.
    ("qa --live 'psql -Xqw --csv -d help -f ~/faq.sql'", Elsewhere),
    ("qa @desk", Show("Where is my order?")),
    ("qa @desk -q is:bookmarked", Show("> is:bookmarked")),
    ("qa @desk --pick --print answer | xclip -selection clipboard", Show("Where is my order?")),
    ("qa @desk --filter - --json -n 3 <questions.txt", Print("\"query\":\"order\"")),
    ("qa FAQ.md --filter install --json -n 1", Print("\"kind\":\"match\"")),
    (
        "qa FAQ.md --filter install --print '{source}:{line}\\t{question}'",
        Print("FAQ.md:3\tHow do I install it on Windows?\n"),
    ),
    (
        "printf 'install\\nuninstall\\n' | qa FAQ.md --filter - -n 1",
        Print("uninstall\tHow do I uninstall it?\n"),
    ),
    ("qa FAQ.md --pick --multi --print0", Show("How do I uninstall it?")),
    ("qa check FAQ.md", Print("")),
    ("qa convert FAQ.md --to jsonl", Print("\"question\":\"How do I uninstall it?\"")),
    ("qa config", Print("# watch = true")),
    ("qa config >~/.config/qa/config.toml", Print("")),
    ("qa config --theme nord", Print("[palette]")),
    ("qa keys", Print("[keys.reading]")),
];

/// The code blocks of one language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    README.split(&fence).skip(1).filter_map(|rest| rest.split("\n```").next()).collect()
}

/// The code block below a text.
fn block_below(text: &str) -> &'static str {
    let (_, after) = README.split_once(text).unwrap();
    let (_, block) = after.split_once("```").unwrap();
    let (_, block) = block.split_once('\n').unwrap();
    block.split("```").next().unwrap()
}

/// A home folder with all that the README names, and `qa` in the path.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap());
        home.write("FAQ.md", FAQ);
        home.write(
            "notes/tea.md",
            "## How hot is tea?\n\nVery.\n\n## How do I install it?\n\nBoil.\n",
        );
        home.write("desk/answers.md", "## Where is my order?\n\nOn its way.\n");
        home.write("desk/policies/returns.md", "## Can I return it?\n\nWithin a month.\n");
        home.write("questions.txt", "order\nreturn\n");
        home.write(".config/qa/config.toml", block_below("**A support desk.**"));
        home.write("bin/xclip", "#!/bin/sh\nexec cat >copied\n");
        let program = fs::Permissions::from_mode(0o755);
        fs::set_permissions(home.path().join("bin/xclip"), program).unwrap();
        home
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn variables(&self) -> Vec<(&'static str, String)> {
        let programs = Path::new(QA).parent().unwrap().display();
        let path = std::env::var("PATH").unwrap_or_default();
        let home = self.path().display().to_string();
        vec![
            ("PATH", format!("{programs}:{home}/bin:{path}")),
            ("XDG_CONFIG_HOME", format!("{home}/.config")),
            ("XDG_STATE_HOME", format!("{home}/.local/state")),
            ("XDG_CACHE_HOME", format!("{home}/.cache")),
            ("HOME", home),
        ]
    }

    /// In a terminal.
    fn command(&self, words: &[&str]) -> CommandBuilder {
        let mut command = command(words);
        command.cwd(self.path());
        for (name, value) in self.variables() {
            command.env(name, value);
        }
        command
    }

    fn start(&self, line: &str) -> Session {
        Session::start(self.command(&["sh", "-c", line]))
    }

    /// Without a terminal: what is printed, and the status.
    fn run(&self, line: &str) -> (String, i32) {
        let mut shell = Command::new("sh");
        shell.args(["-c", line]).current_dir(self.path()).stdin(Stdio::null());
        for name in ["QA_PATH", "QA_DEFAULT_OPTS", "QA_CONFIG"] {
            shell.env_remove(name);
        }
        let output = shell.envs(self.variables()).output().unwrap();
        (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
    }
}

fn is_installed(program: &str, argument: &str) -> bool {
    let run =
        Command::new(program).arg(argument).stdout(Stdio::null()).stderr(Stdio::null()).status();
    run.is_ok()
}

/// Serves the page over HTTP; returns the address.
fn serve_page() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let lines = BufReader::new(stream.try_clone().unwrap()).lines();
            lines.map_while(Result::ok).take_while(|line| !line.is_empty()).for_each(drop);
            let length = PAGE.len();
            let _ = write!(
                stream,
                "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\n\r\n{PAGE}"
            );
        }
    });
    address
}

#[test]
fn every_command_of_the_readme_works() {
    let address = serve_page();
    for line in blocks("sh").iter().flat_map(|block| block.lines()) {
        let line = line.split("  #").next().unwrap_or_default().trim_end();
        let known = COMMANDS.iter().find(|(known, _)| *known == line);
        let Some((_, does)) = known else { panic!("no test runs {line}") };
        if line.contains("curl ") && !is_installed("curl", "--version") {
            continue;
        }
        let home = Home::new();
        let run = line.replace("https://example.org", &address);
        match *does {
            Elsewhere => {}
            Print(text) => {
                let (out, status) = home.run(&run);
                assert!(out.contains(text) && status == 0, "{line}: {out}");
            }
            Show(text) => {
                let mut session = home.start(&run);
                session.wait_for(text);
                session.send("\x03");
                session.end();
            }
        }
    }
    let in_readme = |known: &str| README.lines().any(|line| line.starts_with(known));
    let stale = COMMANDS.iter().find(|(known, _)| !in_readme(known));
    assert_eq!(stale.map(|(known, _)| known), None);
}

#[test]
fn the_hook_of_git_stops_a_commit_with_a_broken_faq() {
    if !is_installed("git", "--version") {
        return;
    }
    let home = Home::new();
    let git = |arguments: &str| {
        let who = "-c user.name=a -c user.email=a@example.org -c core.hooksPath=.git/hooks";
        home.run(&format!("git {who} {arguments}")).1
    };
    assert_eq!(git("init -q ."), 0);
    home.write(".git/hooks/pre-commit", block_below("**Reject commits that break the FAQ.**"));
    let hook = home.path().join(".git/hooks/pre-commit");
    fs::set_permissions(hook, fs::Permissions::from_mode(0o755)).unwrap();
    home.write("FAQ.md", "## Why?\n\n## How?\n\nSo.\n");
    assert_eq!(git("add FAQ.md"), 0);
    assert_eq!(git("commit -q -m broken"), 1);
    home.write("FAQ.md", FAQ);
    assert_eq!(git("add FAQ.md"), 0);
    assert_eq!(git("commit -q -m mended"), 0);
}

#[test]
fn the_key_of_tmux_opens_a_pop_up() {
    if !is_installed("tmux", "-V") {
        return;
    }
    let home = Home::new();
    home.write("tmux.conf", block_below("**A pop-up in tmux**"));
    let mut tmux = home.command(&["tmux", "-S", "socket", "-f", "tmux.conf", "new-session", "cat"]);
    tmux.env_remove("TMUX");
    let mut session = Session::start(tmux);
    session.wait_for("[0]");
    // Keys that follow each other within a millisecond count as pasted, and run nothing.
    session.send("\x02");
    let prefix = "tmux -S socket display-message -p '#{client_prefix}'";
    while home.run(prefix).0.trim() != "1" {}
    session.send("a");
    session.wait_for("How hot is tea?");
    session.send("\x03");
    session.wait("the end of the pop-up", |s| !s.text().contains("How hot is tea?"));
    home.run("tmux -S socket kill-server");
    session.end();
}

#[test]
fn the_key_of_vim_puts_the_answer_below() {
    if !is_installed("vim", "--version") {
        return;
    }
    let home = Home::new();
    home.write("vimrc", &format!("set nocompatible\n{}", block_below("**A key in Vim**")));
    home.write("text", "install\n");
    let mut session = Session::start(home.command(&["vim", "-u", "vimrc", "text"]));
    session.wait_for("install");
    session.send("\\q");
    session.wait_for("▌How do I install it?");
    session.send("\r");
    session.wait("the answer in the text", |s| s.text().lines().nth(1) == Some("Boil."));
    session.send(":q!\r");
    session.end();
}

#[test]
fn bookmarks_of_the_support_desk_are_found_by_a_query() {
    let home = Home::new();
    let mut session = home.start("qa @desk -q 'return it'");
    session.wait_for("1 match");
    session.send("\rm");
    session.wait_for("bookmark");
    session.send("\x03");
    session.end();
    let (out, _) = home.run("qa @desk --filter is:bookmarked");
    assert_eq!(out, "Can I return it?\n");
    let mut session =
        home.start("qa @desk -q is:bookmarked --pick --print answer | xclip -selection clipboard");
    session.wait_for("1 match");
    session.send("\r");
    session.end();
    assert_eq!(fs::read_to_string(home.path().join("copied")).unwrap(), "Within a month.\n");
}
