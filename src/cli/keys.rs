//! Key bindings: from the settings to a keymap, and `qa keys`.

use super::output::{Failure, Status};
use crate::app::{Action, HelpRow, Mode};
use crate::config::{self, Config, KeyBinding, Settings};
use crate::keymap::{KeyLabels, Keymap};
use std::fmt::Write as _;

/// The keymap of the settings, and the errors in them; valid bindings apply nevertheless.
pub(super) fn keymap(
    settings: &Settings,
    Config { bindings, places, .. }: &Config,
    multi: bool,
) -> (Keymap, Vec<String>) {
    let (mut keymap, mut mistakes) = match Keymap::preset(&settings.keymap) {
        Ok(keymap) => (keymap, Vec::new()),
        Err(error) => {
            let place = places.keymap.as_deref().unwrap_or("the configuration");
            (Keymap::default(), vec![format!("{place}: {error}")])
        }
    };
    if multi {
        keymap.mark_with_tab();
    }
    for KeyBinding { place, mode, key, action } in bindings {
        if let Err(error) = keymap.bind(mode, key, action) {
            mistakes.push(format!("{place}: {error}"));
        }
    }
    if settings.plain {
        keymap.set_labels(KeyLabels::Words);
    }
    (keymap, mistakes)
}

/// `qa keys`: prints every action with its name and its keys in the current configuration.
pub fn run() -> Result<Status, Failure> {
    let config = config::read().map_err(Failure::new)?;
    let settings = Settings::merged(&config.set, &config::Overrides::default());
    let (keymap, mistakes) = keymap(&settings, &config, false);
    for mistake in mistakes {
        super::output::warn(mistake);
    }
    super::output::print(list(&keymap).as_bytes())
}

/// The tables of `qa keys`, in the format of the configuration.
fn list(keymap: &Keymap) -> String {
    let mut text = String::from(
        "# Keys and actions. A line of the configuration file binds another key; the action\n\
         # `none` removes a binding.\n",
    );
    for mode in Mode::ALL {
        let _ = writeln!(text, "\n[keys.{}]", mode.name());
        for (keys, action) in keymap.bindings(mode) {
            for key in keys {
                let binding = format!("{:?} = {:?}", key.to_string(), action.name());
                let help = HelpRow { mode, keys: String::new(), action }.help();
                let _ = writeln!(text, "{binding:<44} # {help}");
            }
        }
    }
    let bound = |action: &&Action| Mode::ALL.iter().any(|mode| keymap.is_bound(*mode, **action));
    text.push_str("\n# Actions without a key:\n");
    for action in Action::ALL.iter().filter(|action| !bound(action)) {
        let _ = writeln!(text, "# {:<42} # {}", action.name(), action.help());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_listed_and_the_list_is_a_configuration() {
        let text = list(&Keymap::default());
        for action in Action::ALL {
            assert!(text.contains(action.name()), "{}", action.name());
        }
        let set: config::Overrides = toml::from_str(&text).unwrap();
        assert_ne!(set, config::Overrides::default());
    }
}
