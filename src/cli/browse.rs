//! `qa [SOURCE]...`: browses, and prints the choice.

use super::output::{Failure, Status, warn};
use super::print::{Print, Printer, Record};
use super::sentences::sentences;
use super::{Browse, keys, placeholders, themes};
use crate::app::{AppOptions, Outcome};
use crate::collection::{Entry, only_code};
use crate::config::{self, Layout, Settings};
use crate::runtime::{self, Options, Shortcut};
use crate::store::{self, History, Store, Values};
use crate::view::ViewOptions;
use std::io::{self, Write};
use std::time::Duration;

/// Browses, and prints the picked entries.
pub fn run(browse: &Browse) -> Result<Status, Failure> {
    super::threads::start()?;
    let config = config::read().map_err(Failure::new)?;
    let settings = Settings::merged(&config.set, &browse.set);
    let sources = browse.opening.sources(&settings.sources, &config.set.collections)?;
    let folder = store::folder().filter(|_| settings.state);
    let store = folder.map(|folder| Store::new(&folder, &sources));
    let (state, damage) = store.as_ref().map(Store::read).unwrap_or_default();
    let history = browse.history.clone().map(History::new);
    let queries = match &history {
        Some(history) => history.read().map_err(Failure::new)?,
        None => state.queries,
    };
    let (keymap, wrong_key) = keys::keymap(&settings, &config.bindings, browse.multi);
    let (view, wrong_theme) = view(&settings, browse)?;
    let warnings: Vec<String> = [damage, wrong_key, wrong_theme].into_iter().flatten().collect();
    let app = AppOptions {
        prompt_below: settings.layout != Layout::Reverse,
        upwards: settings.layout == Layout::Default,
        query: browse.tag_filter() + browse.query.as_deref().unwrap_or_default(),
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
        keymap,
        view,
        mouse: settings.mouse,
        height: browse.height,
        escape_delay: Duration::from_millis(settings.escape_delay.into()),
        shortcut: Shortcut { only_one: browse.select_1, none: browse.exit_0 },
        sentences: sentences(&settings),
        watch: settings.watch,
        store,
        history,
        warning: Some(warnings.join("; ")).filter(|text| !text.is_empty()),
    });
    match outcome.map_err(|error| Failure::new(error.to_string()))? {
        Outcome::Done if !browse.pick => Ok(Status::Done),
        Outcome::Done | Outcome::Interrupted => Ok(Status::Interrupted),
        Outcome::Picked(entries) => print(entries, browse, &settings),
    }
}

/// How the screen is drawn. A mistake in the configured theme does not keep anyone from reading; one
/// on the command line is an error.
fn view(settings: &Settings, browse: &Browse) -> Result<(ViewOptions, Option<String>), Failure> {
    match themes::view_options(settings) {
        Ok(view) => Ok((view, None)),
        Err(error) if browse.set.theme.is_some() => Err(Failure::new(error)),
        Err(error) => {
            let theme = Settings::default().theme;
            let view = themes::view_options(&Settings { theme, ..settings.clone() });
            Ok((view.map_err(Failure::new)?, Some(error)))
        }
    }
}

fn print(mut entries: Vec<Entry>, browse: &Browse, settings: &Settings) -> Result<Status, Failure> {
    for entry in &mut entries {
        if let Some(code) = only_code(&entry.answer).filter(|code| !code.is_empty()) {
            let mut command = placeholders::with_options(code, settings.option_style);
            if browse.fill {
                let Some(filled) = fill(&command, settings)? else {
                    return Ok(Status::Interrupted);
                };
                command = filled;
            }
            entry.answer = entry.answer.replace(code, &command);
        }
    }
    let print = browse.print().unwrap_or(Print::Whole);
    let form = Printer { print, null: browse.print0 };
    let mut out = io::stdout().lock();
    let mut printed = false;
    for entry in &entries {
        printed |= form.write(&mut out, &Record { entry, found: None, query: None })?;
    }
    out.flush()?;
    Ok(if printed { Status::Done } else { Status::Nothing })
}

/// A command with the values that a person gives for its placeholders; `None` where they leave.
fn fill(command: &str, settings: &Settings) -> Result<Option<String>, Failure> {
    let folder = store::folder().filter(|_| settings.state);
    let mut values = folder.as_deref().map(Values::read).unwrap_or_default();
    let filled = placeholders::fill(command, &mut values, &mut placeholders::ask_on_terminal)?;
    if let Some(Err(error)) = folder.as_deref().map(|folder| values.save(folder)) {
        warn(format!("the values cannot be kept: {error}"));
    }
    Ok(filled)
}
