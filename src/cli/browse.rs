//! `qa [SOURCE]...`: browses, and prints the choice.

use super::output::{Failure, Status, warn};
use super::print::{Print, PrintedEntry, Printer};
use super::prompt::Prompt;
use super::sentences::sentences;
use super::suggestions::{Sheet, SheetAsker};
use super::{Browse, keys, placeholders, themes};
use crate::app::{AppOptions, Outcome, Passages};
use crate::collection::{Entry, Marks, only_code};
use crate::config::{self, Config, PassageRows, PromptLayout, Settings};
use crate::live::Timing;
use crate::load::Source;
use crate::runtime::{self, RuntimeOptions, Shortcut};
use crate::search::SentenceOptions;
use crate::store::{self, Approvals, History, State, Store, Values};
use crate::view::ViewOptions;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

/// Browses, and prints the picked entries.
pub fn run(browse: &Browse) -> Result<Status, Failure> {
    super::threads::start(super::threads::FOR_SCREEN)?;
    let config = config::read().map_err(Failure::new)?;
    let settings = Settings::merged(&config.set, &browse.set);
    let sources = browse.sources(&settings.sources, &config.set.collections, false)?;
    let folder = store::folder().filter(|_| settings.state);
    let mut saved = SavedState::read(browse, folder.as_deref(), &sources)?;
    let (keymap, wrong_keys) = keys::keymap(&settings, &config, browse.multi);
    let (view, wrong_theme) = view(&settings, &config, browse)?;
    let warnings = std::mem::take(&mut saved.warnings);
    let mistakes = wrong_keys.into_iter().chain(wrong_theme).chain(warnings).collect();
    let screen = ScreenSettings { browse, settings: &settings, view, config: &config };
    let app = app_options(browse, &settings, saved.state, mistakes);
    let outcome = runtime::run(RuntimeOptions {
        reading: browse.opening.options(),
        keymap,
        shortcut: Shortcut { only_one: browse.select_1, none: browse.exit_0 },
        sentences: sentences(&settings),
        timing: timing(&settings),
        kept: saved.kept,
        watch: settings.watch,
        store: saved.store,
        history: saved.history,
        ..screen.options(sources.clone(), app)
    });
    match outcome.map_err(|error| Failure::new(error.to_string()))? {
        Outcome::Done if !browse.pick => Ok(Status::Done),
        Outcome::Done | Outcome::Interrupted => Ok(Status::Interrupted),
        Outcome::Picked { mut entries, query } => {
            for entry in &mut entries {
                if !complete_command(entry, &sources, folder.as_deref(), &screen)? {
                    return Ok(Status::Interrupted);
                }
            }
            print(&entries, &query, browse)
        }
    }
}

/// The saved state of the opened sources.
struct SavedState {
    /// The state; its queries are those of `history`, if that is given.
    state: State,
    /// Saved entries of live sources.
    kept: Vec<Entry>,
    store: Option<Store>,
    history: Option<History>,
    /// Warnings about files that could not be read.
    warnings: Vec<String>,
}

impl SavedState {
    /// Reads the state in `folder`, if there is one, and the file of `--history`.
    fn read(browse: &Browse, folder: Option<&Path>, sources: &[Source]) -> Result<Self, Failure> {
        let store = folder.map(|folder| Store::new(folder, sources));
        let (mut state, damage) = store.as_ref().map(Store::read).unwrap_or_default();
        let (kept, unreadable) = store.as_ref().map(Store::kept).unwrap_or_default();
        let history = browse.history.clone().map(History::new);
        if let Some(history) = &history {
            state.queries = history.read().map_err(Failure::new)?;
        }
        let warnings = damage.into_iter().chain(unreadable).collect();
        Ok(Self { state, kept, store, history, warnings })
    }
}

fn app_options(
    browse: &Browse,
    settings: &Settings,
    state: State,
    mistakes: Vec<String>,
) -> AppOptions {
    AppOptions {
        query: browse.tag_filter() + browse.query.as_deref().unwrap_or_default(),
        exact: settings.exact,
        no_meaning: !settings.meaning,
        pick: browse.pick,
        multi: browse.multi,
        marks: marks(state.bookmarks, state.known, state.again),
        hide_answers: settings.hide_answers,
        passages: match settings.passages {
            PassageRows::Selected => Passages::Selected,
            PassageRows::All => Passages::All,
            PassageRows::None => Passages::None,
        },
        // The keys of a hasher are random.
        seed: RandomState::new().hash_one(()),
        queries: state.queries,
        recent: state.read,
        mistakes,
        used: (settings.learn && settings.state).then_some(state.used),
        ..AppOptions::default()
    }
}

/// Chooses the form of the options in a picked how-to's command, and with `--fill` fills in its
/// placeholders; returns false if the user cancels.
fn complete_command(
    entry: &mut Entry,
    sources: &[Source],
    folder: Option<&Path>,
    screen: &ScreenSettings<'_>,
) -> Result<bool, Failure> {
    let Some(code) = only_code(&entry.answer).filter(|code| !code.is_empty()) else {
        return Ok(true);
    };
    let mut command = placeholders::with_options(code, screen.settings.option_style);
    if screen.browse.fill {
        let Some(filled) = fill(&command, Sheet::of(entry, sources), folder, screen)? else {
            return Ok(false);
        };
        command = filled;
    }
    entry.answer = entry.answer.replace(code, &command);
    Ok(true)
}

/// The marks that conditions such as `is:bookmarked` use.
pub(super) fn marks(bookmarked: Vec<String>, known: Vec<String>, again: Vec<String>) -> Marks {
    let [bookmarked, known, again] =
        [bookmarked, known, again].map(|keys| keys.into_iter().collect());
    Marks { bookmarked, known, again }
}

/// The settings of a screen.
struct ScreenSettings<'a> {
    browse: &'a Browse,
    settings: &'a Settings,
    view: ViewOptions,
    config: &'a Config,
}

impl ScreenSettings<'_> {
    /// The options of a screen that shows these sources, and saves nothing.
    fn options(&self, sources: Vec<Source>, app: AppOptions) -> RuntimeOptions {
        let settings = self.settings;
        let app = AppOptions {
            prompt_below: settings.layout != PromptLayout::Reverse,
            upwards: settings.layout == PromptLayout::Default,
            plain: settings.plain,
            ..app
        };
        RuntimeOptions {
            sources,
            keymap: keys::keymap(settings, self.config, app.multi).0,
            app,
            view: self.view.clone(),
            mouse: settings.mouse,
            height: self.browse.height,
            escape_delay: Duration::from_millis(settings.escape_delay.into()),
            sentences: SentenceOptions::off(),
            ..RuntimeOptions::default()
        }
    }

    /// A prompt for single lines, with the same keys.
    fn prompt(&self) -> io::Result<Prompt> {
        let (keymap, _) = keys::keymap(self.settings, self.config, false);
        Prompt::open(keymap, Duration::from_millis(self.settings.escape_delay.into()))
    }
}

/// The delays of queries to live sources.
pub(super) fn timing(settings: &Settings) -> Timing {
    Timing {
        pause: Duration::from_millis(settings.live_pause.into()),
        limit: Duration::from_secs(settings.live_timeout.into()),
    }
}

/// The options of drawing. An error in the configured theme falls back to the default theme, and is
/// returned as a message; one on the command line is an error.
fn view(
    settings: &Settings,
    config: &Config,
    browse: &Browse,
) -> Result<(ViewOptions, Option<String>), Failure> {
    match themes::view_options(settings) {
        Ok(view) => Ok((view, None)),
        Err(error) if browse.set.theme.is_some() => Err(Failure::new(error)),
        Err(error) => {
            let theme = Settings::default().theme;
            let view = themes::view_options(&Settings { theme, ..settings.clone() });
            let place = config.places.theme.as_deref().unwrap_or("the configuration");
            Ok((view.map_err(Failure::new)?, Some(format!("{place}: {error}"))))
        }
    }
}

fn print(entries: &[Entry], query: &str, browse: &Browse) -> Result<Status, Failure> {
    let print = browse.print().unwrap_or(Print::Whole);
    let form = Printer { print, null: browse.print0 };
    let mut out = io::stdout().lock();
    let mut printed = false;
    for entry in entries {
        let record = PrintedEntry { entry, found: None, query, is_labelled: false };
        printed |= form.write(&mut out, &record)?;
    }
    out.flush()?;
    Ok(if printed { Status::Done } else { Status::Nothing })
}

/// Fills in the placeholders of a command by asking the user; `None` if they cancel. Saves values
/// and approved commands in `folder`.
fn fill(
    command: &str,
    sheet: Sheet,
    folder: Option<&Path>,
    screen: &ScreenSettings<'_>,
) -> Result<Option<String>, Failure> {
    if !placeholders::has_placeholders(command) {
        return Ok(Some(command.to_owned()));
    }
    let mut values = folder.map(Values::read).unwrap_or_default();
    let mut approvals = folder.map(Approvals::read).unwrap_or_default();
    let mut choose = |sources, app| runtime::run(screen.options(sources, app));
    let mut asker = SheetAsker {
        prompt: screen.prompt()?,
        sheet,
        approvals: &mut approvals,
        declined: false,
        choose: &mut choose,
    };
    asker.prompt.write_line(command)?;
    let filled = placeholders::fill(command, &mut values, &mut asker)?;
    let saved = folder.map(|folder| values.save(folder).and_then(|()| approvals.save(folder)));
    if let Some(Err(error)) = saved {
        warn(format!("cannot save the values: {error}"));
    }
    Ok(filled)
}
