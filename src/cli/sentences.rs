//! The options of sentence vectors according to the settings.

use crate::config::Settings;
use crate::search::SentenceOptions;
use etcetera::BaseStrategy;

/// The options of sentence vectors. They are cached in the cache folder of the user, unless no
/// state is to be saved.
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

/// Lowers the priority of the calling thread below those that handle keys.
fn lower_priority() {
    // Only Linux has priorities per thread. On error, encoding runs at normal priority.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(15);
}
