//! How sentence vectors are made and kept, by the settings.

use crate::config::Settings;
use crate::search::SentenceOptions;
use etcetera::BaseStrategy;

/// The options of the sentence encoder. Its vectors are kept in the cache folder of the user, but
/// not where nothing is to be kept between starts.
pub(super) fn sentences(settings: &Settings) -> SentenceOptions {
    if !settings.meaning {
        return SentenceOptions::off();
    }
    let folder = || Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("qa"));
    SentenceOptions {
        max_entries: settings.meaning_entries,
        cache: settings.state.then(folder).flatten(),
        on_thread_start: lower_priority,
        ..SentenceOptions::default()
    }
}

/// Lets the calling thread yield to those that answer keys.
fn lower_priority() {
    // Elsewhere the whole process would yield. Without it, encoding runs at normal priority.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(15);
}
