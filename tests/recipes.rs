//! Runs the recipes of `docs/live.md` with their programs, if these are installed.
#![cfg(unix)]

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};

const MANUAL: &str = include_str!("../docs/live.md");

/// Id, question, answer and tag.
const ENTRIES: [[&str; 4]; 5] = [
    ["1", "How do I sharpen a plane iron?", "On three stones, coarse to fine.", "tools"],
    ["2", "Which glue holds oily wood?", "Epoxy; wipe the wood with acetone before.", "glue"],
    ["3", "How long does hide glue stay warm?", "An hour in a water bath.", "glue"],
    ["4", "Why does a board cup?", "It dries faster on one side; wood moves.", "wood"],
    ["5", "What is \"spalted\" wood?", "Wood with lines that fungi drew.", "wood"],
];

/// The code blocks in a language below a heading of the manual.
fn blocks(heading: &str, language: &str) -> Vec<String> {
    let start = MANUAL.find(&format!("\n## {heading}\n")).expect("the heading");
    let section = &MANUAL[start + 4..];
    let section = section.split("\n## ").next().unwrap_or(section);
    let fence = format!("```{language}\n");
    section.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// Whether all programs are installed; prints which is not.
fn have(programs: &[&str]) -> bool {
    let missing = |program: &&&str| {
        let found = std::process::Command::new("sh")
            .args(["-c", &format!("command -v '{program}'")])
            .output();
        !found.is_ok_and(|output| output.status.success())
    };
    let missing: Vec<_> = programs.iter().filter(missing).collect();
    if !missing.is_empty() {
        eprintln!("not run: {missing:?} are not installed");
    }
    missing.is_empty()
}

fn qa(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qa"));
    command.current_dir(folder).env("QA_CONFIG", folder.join("config.toml"));
    command.env("XDG_STATE_HOME", folder).env_remove("QA_DEFAULT_OPTS");
    command
}

/// The questions that a live source finds.
fn hits(folder: &Path, source: &[&str], query: &str) -> Vec<String> {
    let output = qa(folder).args(source).args(["--close", "--filter", query]).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() != Some(2), "{query}: {errors}");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// Runs a program with a text as its input.
fn run(program: &str, arguments: &[&str], input: &str) {
    Command::new(program).args(arguments).write_stdin(input).assert().success();
}

fn insert_all() -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let row = |entry: &[&str; 4]| {
        let [id, question, answer, tag] = entry.map(quoted);
        format!("({id}, {question}, {answer}, {tag})")
    };
    ENTRIES.iter().map(row).collect::<Vec<_>>().join(", ")
}

#[test]
fn sqlite() {
    if !have(&["sqlite3"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("faq.db");
    let heading = "Recipe: SQLite FTS5";
    let create = blocks(heading, "sql").concat();
    let insert =
        format!("insert into faq (rowid, question, answer, tags) values {};", insert_all());
    run("sqlite3", &[database.to_str().unwrap()], &(create + &insert));
    fs::write(folder.path().join("config.toml"), "").unwrap();
    let command = blocks(heading, "sh").concat();
    let found = |query: &str| hits(folder.path(), &["--live", &command], query);
    assert_eq!(found("glue oil"), [ENTRIES[1][1]]);
    assert_eq!(found("sharpening stones"), [ENTRIES[0][1]]);
    assert_eq!(found("\"spalted\" wo"), [ENTRIES[4][1]]);
    assert_eq!(found("it's; drop table faq").len(), 0);
    assert_eq!(found("wood").len(), 3);
}

#[test]
fn ripgrep() {
    if !have(&["rg", "xargs"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("notes")).unwrap();
    for [id, question, answer, _] in ENTRIES {
        let text = format!("# {question}\n\n{answer}\n");
        fs::write(folder.path().join(format!("notes/{id}.md")), text).unwrap();
    }
    fs::write(folder.path().join("config.toml"), "").unwrap();
    let recipes = blocks("Recipe: ripgrep over a folder", "sh");
    let markdown = ["--from", "markdown", "--live", &recipes[0]];
    assert_eq!(hits(folder.path(), &markdown, "glue oily")[0], ENTRIES[1][1]);
    assert!(hits(folder.path(), &markdown, "nothing of it").is_empty());
    if have(&["jq"]) {
        let lines = ["--live", &recipes[1]];
        assert_eq!(hits(folder.path(), &lines, "acetone wood")[0], ENTRIES[1][2]);
        assert!(hits(folder.path(), &lines, "nothing of it").is_empty());
    }
}

/// A PostgreSQL server in a folder, reachable only by a socket there.
struct Server {
    folder: tempfile::TempDir,
    binaries: PathBuf,
}

impl Server {
    fn start() -> Option<Self> {
        let versions = fs::read_dir("/usr/lib/postgresql").ok()?.flatten();
        let binaries = versions.map(|version| version.path().join("bin")).max()?;
        if !binaries.join("initdb").exists() || !have(&["psql", "runuser"]) {
            return None;
        }
        let server = Self { folder: tempfile::tempdir().unwrap(), binaries };
        let path = server.folder.path().display().to_string();
        if server.is_root() {
            run("chown", &["postgres", &path], "");
        }
        server.run(&[
            "initdb",
            "-D",
            &format!("{path}/data"),
            "-A",
            "trust",
            "-U",
            "postgres",
            "-N",
        ]);
        let options = format!("-k {path} -c listen_addresses= -c fsync=off");
        server.run(&[
            "pg_ctl",
            "-D",
            &format!("{path}/data"),
            "-l",
            &format!("{path}/log"),
            "-w",
            "-o",
            &options,
            "start",
        ]);
        Some(server)
    }

    /// PostgreSQL does not run as root.
    fn is_root(&self) -> bool {
        use std::os::unix::fs::MetadataExt;
        fs::metadata(self.folder.path()).is_ok_and(|folder| folder.uid() == 0)
            || rustix::process::getuid().is_root()
    }

    fn run(&self, words: &[&str]) {
        let program = self.binaries.join(words[0]);
        let program = program.to_str().unwrap();
        let rest = &words[1..];
        let output = if rustix::process::getuid().is_root() {
            std::process::Command::new("runuser")
                .args(["-u", "postgres", "--", program])
                .args(rest)
                .current_dir(self.folder.path())
                .output()
        } else {
            std::process::Command::new(program).args(rest).output()
        };
        let output = output.unwrap();
        assert!(output.status.success(), "{words:?}: {output:?}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.folder.path().join("data").display().to_string();
        self.run(&["pg_ctl", "-D", &data, "-m", "immediate", "stop"]);
    }
}

#[test]
fn postgresql() {
    let Some(server) = Server::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let socket = server.folder.path().display().to_string();
    let heading = "Recipe: PostgreSQL";
    let [create, query] = &blocks(heading, "sql")[..] else { panic!("two blocks of SQL") };
    let connect = ["-X", "-q", "-h", &socket, "-U", "postgres"];
    run("psql", &[&connect[..], &["-c", "create database faq"]].concat(), "");
    let insert = format!("{create} insert into faq values {};", insert_all());
    run("psql", &[&connect[..], &["-d", "faq", "-v", "ON_ERROR_STOP=1"]].concat(), &insert);
    let file = folder.path().join("faq.sql");
    fs::write(&file, query).unwrap();
    let config =
        blocks(heading, "toml").concat().replace("/etc/qa/faq.sql", file.to_str().unwrap());
    fs::write(folder.path().join("config.toml"), config).unwrap();
    let found = |query: &str| {
        let mut command = qa(folder.path());
        command.env("PGHOST", &socket).env("PGUSER", "postgres");
        let output = command.args(["@help", "--close", "--filter", query]).output().unwrap();
        assert!(output.status.code() != Some(2), "{output:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(found("glue oil"), [ENTRIES[1][1]]);
    assert_eq!(found("sharpened iron"), [ENTRIES[0][1]]);
    // No entry has this word; one has a similar one.
    assert_eq!(found("sharpn"), [ENTRIES[0][1]]);
    assert_eq!(found("it's; drop table faq").len(), 0);
    assert_eq!(found("wood").len(), 3);
}
