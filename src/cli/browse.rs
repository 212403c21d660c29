//! `qa [SOURCE]...`: browses, and prints the choice.

use super::Browse;
use super::output::{Failure, Status};
use crate::app::{AppOptions, Outcome};
use crate::collection::{Entry, only_code};
use crate::config::{self, ColorChoice, KeyBinding, Layout, Settings};
use crate::keymap::{KeyLabels, Keymap};
use crate::runtime::{self, Options, Shortcut};
use crate::store::{self, History, Store};
use crate::view::{Depth, Theme, ViewOptions};
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

/// The theme's name that adapts to the terminal's background.
const AUTO: &str = "auto";

/// Browses, and prints the picked entries.
pub fn run(browse: &Browse) -> Result<Status, Failure> {
    super::threads::start()?;
    let config = config::read().map_err(Failure::new)?;
    let settings = Settings::merged(&config.set, &browse.set);
    let sources = browse.opening.sources(&settings.sources);
    let folder = store::folder().filter(|_| settings.state);
    let store = folder.map(|folder| Store::new(&folder, &sources));
    let (state, warning) = store.as_ref().map(Store::read).unwrap_or_default();
    let history = browse.history.clone().map(History::new);
    let queries = match &history {
        Some(history) => history.read().map_err(Failure::new)?,
        None => state.queries,
    };
    let app = AppOptions {
        prompt_below: settings.layout != Layout::Reverse,
        upwards: settings.layout == Layout::Default,
        query: browse.query.clone().unwrap_or_default(),
        exact: settings.exact,
        no_meaning: !settings.meaning,
        pick: browse.pick,
        multi: browse.multi,
        plain: settings.plain,
        bookmarks: state.bookmarks.into_iter().collect(),
        queries,
        recent: state.read,
        ..AppOptions::default()
    };
    let outcome = runtime::run(Options {
        reading: browse.opening.options(),
        sources,
        app,
        keymap: keymap(&settings, &config.bindings, browse.multi)?,
        view: view_options(&settings)?,
        mouse: settings.mouse,
        height: browse.height,
        escape_delay: Duration::from_millis(settings.escape_delay.into()),
        shortcut: Shortcut { only_one: browse.select_1, none: browse.exit_0 },
        watch: settings.watch,
        store,
        history,
        warning,
    });
    match outcome.map_err(|error| Failure::new(error.to_string()))? {
        Outcome::Done if browse.pick => Ok(Status::Nothing),
        Outcome::Done => Ok(Status::Done),
        Outcome::Interrupted => Ok(Status::Interrupted),
        Outcome::Picked(entries) => print(&entries, browse),
    }
}

fn view_options(settings: &Settings) -> Result<ViewOptions, Failure> {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let colourless = match settings.color {
        ColorChoice::Auto => no_color,
        ColorChoice::Always => false,
        ColorChoice::Never => true,
    };
    let mut options = ViewOptions::new(colourless);
    let theme = if settings.theme == AUTO { Theme::default() } else { theme(&settings.theme)? };
    if !colourless {
        options.theme = theme;
        let may_adapt = settings.color == ColorChoice::Auto && !settings.plain;
        options.adapts = settings.theme == AUTO && may_adapt;
    }
    let variable = |name| std::env::var(name).unwrap_or_default();
    options.depth = Depth::of(&variable("COLORTERM"), &variable("TERM"));
    Ok(options)
}

/// A built-in theme, or one of the folder `themes` beside the configuration file.
fn theme(name: &str) -> Result<Theme, Failure> {
    if let Some(theme) = Theme::named(name) {
        return Ok(theme);
    }
    let folder = config::path().and_then(|(path, _)| Some(path.parent()?.join("themes")));
    // A name, not a path: it must not lead out of the folder.
    let is_name = !name.is_empty() && !name.contains(['/', '\\']);
    let path =
        folder.as_deref().filter(|_| is_name).map(|folder| folder.join(format!("{name}.toml")));
    if let Some((path, Ok(text))) = path.map(|path| (path.clone(), fs::read_to_string(path))) {
        return Theme::parse(&text)
            .map_err(|what| Failure::new(format!("{}: {what}", path.display())));
    }
    let own = own_themes(folder.as_deref());
    let mut names: Vec<&str> = std::iter::once(AUTO).chain(Theme::names()).collect();
    names.extend(own.iter().map(String::as_str));
    let nearest = config::nearest(name, names.iter().copied());
    let hint = nearest.map_or(String::new(), |name| format!(": did you mean `{name}`?"));
    let all = names.join(", ");
    Err(Failure::new(format!("unknown theme `{name}`{hint} (themes: {all})")))
}

/// The names of the themes in a folder.
fn own_themes(folder: Option<&Path>) -> Vec<String> {
    let files = folder.and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten();
    let name = |path: &Path| {
        let is_theme = path.extension().is_some_and(|ending| ending == "toml");
        path.file_stem().filter(|_| is_theme)?.to_str().map(str::to_owned)
    };
    let mut names: Vec<String> = files.flatten().filter_map(|file| name(&file.path())).collect();
    names.sort_unstable();
    names
}

fn keymap(settings: &Settings, bindings: &[KeyBinding], multi: bool) -> Result<Keymap, Failure> {
    let mut keymap = Keymap::preset(&settings.keymap).map_err(Failure::new)?;
    if multi {
        keymap.mark_with_tab();
    }
    for KeyBinding { place, mode, key, action } in bindings {
        let wrong = |error| Failure::new(format!("{place}: {error}"));
        keymap.bind(mode, key, action).map_err(wrong)?;
    }
    if settings.plain {
        keymap.set_labels(KeyLabels::Words);
    }
    Ok(keymap)
}

fn print(entries: &[Entry], browse: &Browse) -> Result<Status, Failure> {
    let mut out = io::stdout().lock();
    let end: &[u8] = if browse.print0 { b"\0" } else { b"\n" };
    for entry in entries {
        if browse.json {
            serde_json::to_writer(&mut out, entry).map_err(io::Error::from)?;
        } else if let Some(code) = only_code(&entry.answer) {
            out.write_all(code.as_bytes())?;
        } else if entry.answer.is_empty() {
            out.write_all(entry.question.as_bytes())?;
        } else {
            write!(out, "{}\n\n{}", entry.question, entry.answer.trim_end())?;
        }
        out.write_all(end)?;
    }
    out.flush()?;
    Ok(if entries.is_empty() { Status::Nothing } else { Status::Done })
}
