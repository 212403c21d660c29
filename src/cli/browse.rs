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
use crate::store::{self, Approvals, History, Store, Values};
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
    let store = folder.as_deref().map(|folder| Store::new(folder, &sources));
    let (state, damage) = store.as_ref().map(Store::read).unwrap_or_default();
    let (kept, unreadable) = store.as_ref().map(Store::kept).unwrap_or_default();
    let history = browse.history.clone().map(History::new);
    let queries = match &history {
        Some(history) => history.read().map_err(Failure::new)?,
        None => state.queries,
    };
    let (keymap, wrong_keys) = keys::keymap(&settings, &config, browse.multi);
    let (view, wrong_theme) = view(&settings, &config, browse)?;
    let mistakes =
        wrong_keys.into_iter().chain([wrong_theme, damage, unreadable].into_iter().flatten());
    let look = ScreenSettings { browse, settings: &settings, view, config: &config };
    let app = AppOptions {
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
        queries,
        recent: state.read,
        mistakes: mistakes.collect(),
        used: (settings.learn && settings.state).then_some(state.used),
        ..AppOptions::default()
    };
    let outcome = runtime::run(RuntimeOptions {
        reading: browse.opening.options(),
        keymap,
        shortcut: Shortcut { only_one: browse.select_1, none: browse.exit_0 },
        sentences: sentences(&settings),
        timing: timing(&settings),
        kept,
        watch: settings.watch,
        store,
        history,
        ..look.options(sources.clone(), app)
    });
    match outcome.map_err(|error| Failure::new(error.to_string()))? {
        Outcome::Done if !browse.pick => Ok(Status::Done),
        Outcome::Done | Outcome::Interrupted => Ok(Status::Interrupted),
        Outcome::Picked { mut entries, query } => {
            let style = settings.option_style;
            for entry in &mut entries {
                let Some(code) = only_code(&entry.answer).filter(|code| !code.is_empty()) else {
                    continue;
                };
                let mut command = placeholders::with_options(code, style);
                if browse.fill {
                    let sheet = Sheet::of(entry, &sources);
                    let Some(filled) = fill(&command, sheet, folder.as_deref(), &look)? else {
                        return Ok(Status::Interrupted);
                    };
                    command = filled;
                }
                entry.answer = entry.answer.replace(code, &command);
            }
            print(&entries, &query, browse)
        }
    }
}

/// What conditions such as `is:bookmarked` go by.
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
    /// The options of a screen that shows these sources, and keeps nothing.
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

    /// The terminal for single lines, with the same keys.
    fn prompt(&self) -> io::Result<Prompt> {
        let (keymap, _) = keys::keymap(self.settings, self.config, false);
        Prompt::open(keymap, Duration::from_millis(self.settings.escape_delay.into()))
    }
}

/// How live sources are asked.
pub(super) fn timing(settings: &Settings) -> Timing {
    Timing {
        pause: Duration::from_millis(settings.live_pause.into()),
        limit: Duration::from_secs(settings.live_timeout.into()),
    }
}

/// How the screen is drawn. A mistake in the configured theme does not keep anyone from reading; one
/// on the command line is an error.
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

/// A command with the values that a person gives for its placeholders; `None` where they leave.
/// Values and approved commands are kept in `folder`.
fn fill(
    command: &str,
    sheet: Sheet,
    folder: Option<&Path>,
    look: &ScreenSettings<'_>,
) -> Result<Option<String>, Failure> {
    if !placeholders::has_placeholders(command) {
        return Ok(Some(command.to_owned()));
    }
    let mut values = folder.map(Values::read).unwrap_or_default();
    let mut approvals = folder.map(Approvals::read).unwrap_or_default();
    let mut choose = |sources, app| runtime::run(look.options(sources, app));
    let mut asker = SheetAsker {
        prompt: look.prompt()?,
        sheet,
        approvals: &mut approvals,
        declined: false,
        choose: &mut choose,
    };
    asker.prompt.tell(command)?;
    let filled = placeholders::fill(command, &mut values, &mut asker)?;
    let saved = folder.map(|folder| values.save(folder).and_then(|()| approvals.save(folder)));
    if let Some(Err(error)) = saved {
        warn(format!("the values cannot be kept: {error}"));
    }
    Ok(filled)
}
