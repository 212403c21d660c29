//! Highlights code in the background: the grammars take tens of milliseconds to load, so a separate
//! thread does it, and reports when laying out again will show colours. The grammars come with the
//! feature `tui`; without it code has no colours.

#[cfg(feature = "tui")]
mod grammars;
#[cfg(feature = "tui")]
use grammars::colour;

use super::role::Roles;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

/// The maximum length of highlighted code in bytes: longer code is data.
const MAX_CODE_LENGTH: usize = 200_000;
/// How many highlighted code blocks are cached.
const REMEMBERED: usize = 500;

type Coloured = Arc<Vec<(usize, Roles)>>;

/// Highlights the syntax of code.
#[derive(Debug, Clone, Default)]
pub struct Syntax(SyntaxKind);

#[derive(Debug, Clone, Default)]
enum SyntaxKind {
    #[default]
    Off,
    Waiting,
    Background(Arc<SyntaxWorker>),
}

#[derive(Debug)]
struct SyntaxWorker {
    /// The highlighted code; `None` while it is pending.
    done: Mutex<FxHashMap<u64, Option<Coloured>>>,
    work: Mutex<Sender<SyntaxJob>>,
}

#[derive(Debug)]
struct SyntaxJob {
    key: u64,
    language: String,
    code: String,
}

impl Syntax {
    /// No colours.
    pub fn off() -> Self {
        Syntax(SyntaxKind::Off)
    }

    /// Highlights synchronously: for tests and for output that is produced once.
    pub fn waiting() -> Self {
        Syntax(SyntaxKind::Waiting)
    }

    /// Highlights in the background: code is plain when it is first rendered; calls `ready`, on
    /// another thread, when rendering again will show colours.
    pub fn in_background(ready: impl Fn() + Send + 'static) -> Self {
        let (work, jobs) = channel();
        let worker = Arc::new(SyntaxWorker { done: Mutex::default(), work: Mutex::new(work) });
        let done = Arc::downgrade(&worker);
        let run = move || {
            colour_all(&jobs, |key, colours| {
                let Some(worker) = done.upgrade() else { return false };
                lock(&worker.done).insert(key, Some(Arc::new(colours)));
                ready();
                true
            });
        };
        // If no thread can be started, there are no colours.
        match std::thread::Builder::new().name("syntax".into()).spawn(run) {
            Ok(_) => Syntax(SyntaxKind::Background(worker)),
            Err(_) => Syntax::off(),
        }
    }

    /// The colours of code, if they are ready: roles up to each byte.
    pub(super) fn colours(&self, language: &str, code: &str) -> Option<Coloured> {
        let token = token(language, code)?;
        if code.len() > MAX_CODE_LENGTH {
            return None;
        }
        match &self.0 {
            SyntaxKind::Off => None,
            SyntaxKind::Waiting => Some(Arc::new(colour(token, code)?)),
            SyntaxKind::Background(worker) => worker.colours(token, code),
        }
    }
}

impl SyntaxWorker {
    fn colours(&self, language: &str, code: &str) -> Option<Coloured> {
        let mut hasher = FxHasher::default();
        (language, code).hash(&mut hasher);
        let key = hasher.finish();
        let mut done = lock(&self.done);
        if let Some(known) = done.get(&key) {
            return known.clone();
        }
        if done.len() >= REMEMBERED {
            done.clear();
        }
        done.insert(key, None);
        let job = SyntaxJob { key, language: language.to_owned(), code: code.to_owned() };
        // If the worker has ended, there are no more colours.
        let _ = lock(&self.work).send(job);
        None
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Newest code first, since that is what the user looks at.
fn colour_all(jobs: &Receiver<SyntaxJob>, mut ready: impl FnMut(u64, Vec<(usize, Roles)>) -> bool) {
    let mut waiting = Vec::new();
    while let Ok(job) = jobs.recv() {
        waiting.push(job);
        loop {
            waiting.extend(jobs.try_iter());
            let Some(job) = waiting.pop() else { break };
            let Some(colours) = colour(&job.language, &job.code) else { continue };
            if !ready(job.key, colours) {
                return;
            }
        }
    }
}

/// Whether JavaScript contains JSX: its own grammar would take a closing tag for the start of a
/// pattern.
fn has_jsx(code: &str) -> bool {
    let closes = |at: usize| code[at + 2..].starts_with(|c: char| c.is_alphabetic() || c == '>');
    code.contains("/>") || code.match_indices("</").any(|(at, _)| closes(at))
}

/// The grammar for the language of a fence; none for plain text.
fn token<'a>(language: &'a str, code: &str) -> Option<&'a str> {
    Some(match language {
        "" | "text" | "txt" | "plain" | "plaintext" | "none" => return None,
        // The grammar of TSX includes JSX.
        "jsx" | "tsx" | "javascriptreact" | "typescriptreact" => "tsx",
        "js" | "javascript" | "mjs" | "cjs" | "node" if has_jsx(code) => "tsx",
        "js" | "javascript" | "mjs" | "cjs" | "node" => "js",
        "mts" | "cts" => "ts",
        "console" | "shell" | "shell-session" | "terminal" | "ksh" | "sh-session"
        | "shellsession" => "sh",
        "docker" | "containerfile" => "dockerfile",
        "jsonc" | "json5" | "jsonl" | "ndjson" => "json",
        "handlebars" => "html",
        "py3" | "python3" | "pycon" => "python",
        "csharp" => "cs",
        "golang" => "go",
        "postgres" | "postgresql" | "mysql" | "sqlite" | "plsql" => "sql",
        other => other,
    })
}

#[cfg(not(feature = "tui"))]
fn colour(_language: &str, _code: &str) -> Option<Vec<(usize, Roles)>> {
    None
}

#[cfg(all(test, feature = "tui"))]
mod tests {
    use super::*;

    fn legible(language: &str, code: &str) -> String {
        let colours = Syntax::waiting().colours(language, code).unwrap_or_default();
        let mut start = 0;
        let part = |&(end, roles): &(usize, Roles)| {
            let text = &code[start..end];
            start = end;
            roles.iter().next().map_or(text.into(), |role| format!("<{role:?} {text}>"))
        };
        colours.iter().map(part).collect()
    }

    #[test]
    fn common_languages_have_colours() {
        assert_eq!(
            legible("rust", "fn a() -> u8 { 1 } // b"),
            "<Keyword fn> <Function a>() -> <Keyword u8> { <Number 1> } <Comment // b>"
        );
        assert_eq!(legible("sh", "ls -l # all"), "<Function ls> -l <Comment # all>");
        assert_eq!(legible("no such language", "a"), "");
    }

    #[test]
    fn jsx_has_its_colours_in_any_script() {
        for language in ["jsx", "tsx", "js"] {
            assert_eq!(
                legible(language, "const a = <p>b</p>; // c"),
                "<Keyword const> a = <<Keyword p>>b</<Keyword p>>; <Comment // c>",
                "{language}"
            );
        }
        assert!(legible("ts", "const a = <T>b; // c").ends_with("<Comment // c>"));
    }

    #[test]
    fn what_is_not_a_language_stays_as_it_is() {
        for language in ["text", "", "powershell"] {
            assert_eq!(legible(language, "if (a) { return \"b\"; }"), "", "{language}");
        }
        for (language, code, part) in [
            ("toml", "[a]\nb = \"c\" # d", "<Comment # d>"),
            ("dockerfile", "FROM a AS b\nRUN c", "<Keyword FROM>"),
            ("jsonc", "{\"a\": 1} // b", "<Comment // b>"),
            ("vue", "<p v-if=\"ok\">a</p>\n<script>\nlet a = 1; // b\n</script>", "<Comment // b"),
            ("svelte", "<script>\nlet a = 1; // b\n</script>", "<Comment // b"),
            ("diff", "-a\n+b", "<Inserted +b>"),
            ("console", "$ ls | wc", "<Function wc>"),
        ] {
            let got = legible(language, code);
            assert!(got.contains(part), "{language}: {got}");
        }
    }

    #[test]
    fn colours_come_from_the_background() {
        let (sent, ready) = channel();
        let syntax = Syntax::in_background(move || {
            let _ = sent.send(());
        });
        assert_eq!(syntax.colours("json", "[1]"), None);
        ready.recv().expect("the worker answers");
        assert!(syntax.colours("json", "[1]").is_some_and(|colours| !colours.is_empty()));
    }
}
