//! Asks for the values of a picked command's placeholders. If a navi sheet has a command that
//! prints them, they are offered as choices; that command runs only after the user has approved it.

use super::placeholders::{self, Given, GivenValues, PlaceholderAsker};
use super::prompt::Prompt;
use crate::app::{AppOptions, Outcome};
use crate::collection::{Collection, Entry};
use crate::load::{Source, Suggestion, Suggestions};
use crate::process::{self, Limits, RunEnd, RunOutput};
use crate::runtime;
use crate::store::Approvals;
use crate::text::sanitise_line;
use std::borrow::Cow;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// The limits of a command that prints choices.
const LIMITS: Limits = Limits { time: Duration::from_secs(10), bytes: 1 << 20 };
/// The most commands of a sheet that are shown for approval.
const MAX_SHOWN: usize = 8;

/// The sheet of the picked command.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// The canonical path, which approvals refer to.
    path: PathBuf,
    all: Suggestions,
    /// The suggestions for the picked command.
    suggestions: Vec<Suggestion>,
}

impl Sheet {
    /// The sheet of an entry; an empty one if it is not a navi sheet, or is not among the opened
    /// sources.
    pub(super) fn of(entry: &Entry, sources: &[Source]) -> Self {
        let found = runtime::source_file(sources, &entry.place.source).ok();
        let Some(path) = found.and_then(|path| path.canonicalize().ok()) else {
            return Self::default();
        };
        let all = Suggestions::read(&path).unwrap_or_default();
        let suggestions = all.of_line(entry.place.line).into_iter().cloned().collect();
        Self { path, all, suggestions }
    }
}

/// Shows choices on the screen, and returns the outcome.
pub(super) type ChooseOnScreen<'a> =
    dyn FnMut(Vec<Source>, AppOptions) -> Result<Outcome, runtime::Error> + 'a;

/// Asks on the terminal, with the suggestions of a sheet.
pub(super) struct SheetAsker<'a> {
    pub(super) prompt: Prompt,
    pub(super) sheet: Sheet,
    pub(super) approvals: &'a mut Approvals,
    /// Whether the user declined to run the commands of this sheet.
    pub(super) declined: bool,
    pub(super) choose: &'a mut ChooseOnScreen<'a>,
}

impl PlaceholderAsker for SheetAsker<'_> {
    fn needs(&self, name: &str) -> Vec<String> {
        let command = self.suggestion(name).map(|suggestion| suggestion.command.as_str());
        placeholders::angle_names(command.unwrap_or_default())
    }

    fn ask(&mut self, name: &str, offered: &str, given: &GivenValues) -> io::Result<Option<Given>> {
        if let Some(suggestion) = self.suggestion(name).cloned() {
            match self.may_run(&suggestion)? {
                Some(true) => return self.ask_with_choices(&suggestion, offered, given),
                Some(false) => {}
                None => return Ok(None),
            }
        }
        self.ask_typed(name, offered)
    }
}

/// The result of a command that prints choices.
enum Choices {
    Lines(Vec<String>),
    /// No choices, and why.
    None(String),
    /// The user cancelled it.
    Left,
}

/// The result of choosing.
enum Choice {
    Values(Vec<String>),
    /// The user wants to type a value.
    None,
    Left,
}

impl SheetAsker<'_> {
    fn suggestion(&self, name: &str) -> Option<&Suggestion> {
        self.sheet.suggestions.iter().find(|suggestion| suggestion.name == name)
    }

    /// Offers the output of a command as choices; users who choose none of them type a value.
    fn ask_with_choices(
        &mut self,
        suggestion: &Suggestion,
        offered: &str,
        given: &GivenValues,
    ) -> io::Result<Option<Given>> {
        let name = suggestion.name.as_str();
        match self.choices(suggestion, given)? {
            Choices::Lines(lines) => match self.choose(suggestion, lines, offered)? {
                Choice::Values(values) => return self.mapped(suggestion, values, given).map(Some),
                Choice::None => {}
                Choice::Left => return Ok(None),
            },
            Choices::None(why) => {
                self.prompt.write_line(&format!("no choices for {name}: {why}"))?;
            }
            Choices::Left => return Ok(None),
        }
        self.ask_typed(name, offered)
    }

    fn ask_typed(&mut self, name: &str, offered: &str) -> io::Result<Option<Given>> {
        let offer = if offered == name { String::new() } else { format!(" [{offered}]") };
        Ok(self.prompt.ask(&format!("{name}{offer}:"), offered)?.map(Given::Typed))
    }

    /// Whether the commands of a suggestion may run; asks the first time. `None` if the user
    /// cancels.
    fn may_run(&mut self, suggestion: &Suggestion) -> io::Result<Option<bool>> {
        let Sheet { path, all, .. } = &self.sheet;
        let commands = [Some(suggestion.command.as_str()), suggestion.map.as_deref()];
        let mut commands = commands.into_iter().flatten();
        // A command that sanitising changes would not be shown as it is, so it cannot be approved.
        let is_plain = |command: &str| sanitise_line(Cow::Borrowed(command)) == command;
        if self.declined || !commands.clone().all(is_plain) {
            return Ok(Some(false));
        }
        if commands.all(|command| self.approvals.allow(path, command)) {
            return Ok(Some(true));
        }
        let all: Vec<&str> = all.commands().into_iter().filter(|text| is_plain(text)).collect();
        self.prompt.write_line(&format!("{} finds choices with commands:", path.display()))?;
        for command in all.iter().take(MAX_SHOWN) {
            self.prompt.write_line(&format!("  {command}"))?;
        }
        if all.len() > MAX_SHOWN {
            self.prompt.write_line(&format!("  and {} more", all.len() - MAX_SHOWN))?;
        }
        let question = "Run the commands of this sheet now and in future? [y/N]";
        let Some(answer) = self.prompt.ask(question, "")? else { return Ok(None) };
        let agrees = matches!(answer.trim().to_lowercase().as_str(), "y" | "yes");
        if agrees {
            self.approvals.add(path, all);
        }
        self.declined = !agrees;
        Ok(Some(agrees))
    }

    /// Runs a command of the sheet. The values are in its environment, never in its text.
    fn run(
        &mut self,
        script: &str,
        arguments: &[&str],
        given: &GivenValues,
    ) -> io::Result<RunOutput> {
        let script = placeholders::replace_angles(script, |name| {
            let is_given = given.iter().any(|(other, _)| other == name);
            is_given.then(|| format!("${{{}}}", variable(name)))
        });
        let command = |shell: &str| {
            let mut command = Command::new(shell);
            command.args(["-c", &script, shell]).args(arguments);
            for (name, value) in given {
                command.env(variable(name), value.text());
                if name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
                    command.env(name, value.text());
                }
            }
            command
        };
        self.prompt.with_keys(|terminal| {
            // navi's own shell.
            match process::run(&mut command("bash"), LIMITS, Some(terminal)) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    process::run(&mut command("sh"), LIMITS, Some(terminal))
                }
                result => result,
            }
        })
    }

    fn choices(&mut self, suggestion: &Suggestion, given: &GivenValues) -> io::Result<Choices> {
        let RunOutput { stdout, stderr, end } = self.run(&suggestion.command, &[], given)?;
        let text = String::from_utf8_lossy(&stdout);
        let lines = text.lines().skip(suggestion.header_lines);
        let mut lines: Vec<String> =
            lines.filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
        let errors = String::from_utf8_lossy(&stderr);
        let why = match end {
            RunEnd::Interrupt => return Ok(Choices::Left),
            RunEnd::Time => "the command took longer than 10 seconds".to_owned(),
            // The last line is cut.
            RunEnd::Bytes => {
                lines.pop().map_or(String::new(), |_| "its output is too large".to_owned())
            }
            RunEnd::Exit(_) => errors.lines().next().unwrap_or("it printed nothing").to_owned(),
        };
        Ok(if lines.is_empty() { Choices::None(why) } else { Choices::Lines(lines) })
    }

    /// Lets the user choose; the last value is offered first.
    fn choose(
        &mut self,
        suggestion: &Suggestion,
        mut lines: Vec<String>,
        offered: &str,
    ) -> io::Result<Choice> {
        lines.sort_by_key(|line| suggestion.value(line) != offered);
        let entry = |(n, line): (usize, &String)| Entry {
            id: n.to_string(),
            question: line.clone(),
            ..Entry::default()
        };
        let entries = lines.iter().enumerate().map(entry).collect();
        let title = format!("<{}>", suggestion.name);
        let collection = Collection { title, entries, note: None };
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("choices.json");
        std::fs::File::create(&file)?.write_all(&serde_json::to_vec(&collection)?)?;
        let multi = suggestion.multi;
        let app = AppOptions { pick: true, multi, no_meaning: true, ..AppOptions::default() };
        let outcome = (self.choose)(vec![Source::Path(file)], app).map_err(io::Error::other)?;
        Ok(match outcome {
            Outcome::Interrupted => Choice::Left,
            Outcome::Done => Choice::None,
            Outcome::Picked { entries, .. } => {
                let line = |entry: &Entry| lines.get(entry.id.parse::<usize>().ok()?);
                let value = |line: &String| {
                    sanitise_line(Cow::Borrowed(suggestion.value(line))).into_owned()
                };
                Choice::Values(entries.iter().filter_map(line).map(value).collect())
            }
        })
    }

    /// Applies the sheet's `--map` to the chosen values.
    fn mapped(
        &mut self,
        suggestion: &Suggestion,
        values: Vec<String>,
        given: &GivenValues,
    ) -> io::Result<Given> {
        let Some(map) = &suggestion.map else { return Ok(Given::Chosen(values)) };
        let mut mapped = Vec::new();
        for value in values {
            let script = format!("printf '%s\\n' \"$1\" | {map}");
            let output = self.run(&script, &[&value], given)?;
            let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
            let is_value = output.end == RunEnd::Exit(Some(0)) && !text.is_empty();
            mapped.push(if is_value {
                sanitise_line(Cow::Owned(text)).into_owned()
            } else {
                value
            });
        }
        Ok(Given::Chosen(mapped))
    }
}

/// The environment variable with the value of a placeholder.
fn variable(name: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    "qa_".chars().chain(name.chars().map(safe)).collect()
}
