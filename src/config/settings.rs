//! Declares every setting once: name, type, default, text, and its option on the command line.
//!
//! The declaration generates [`Settings`] (the effective values), [`Overrides`] (the values set in
//! the configuration file or on the command line, which have the same shape), the merge, and the
//! text of `qa config`.

use super::choices::{ColorChoice, OptionStyle, PassageRows, PromptLayout};
use super::suggested::Suggested;
use crate::view::Theme;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

macro_rules! settings {
    ($($(#[doc = $text:literal])+ $name:ident: $type:ty = $default:expr, $arg:meta;)*) => {
        /// The settings that apply, after defaults, configuration file and command line.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Settings {
            $($(#[doc = $text])+ pub $name: $type,)*
        }

        /// The settings that a configuration file or a command line sets.
        #[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, clap::Args)]
        #[serde(default, deny_unknown_fields)]
        pub struct Overrides {
            $($(#[doc = $text])+ #[$arg] pub $name: Option<$type>,)*
            /// Key bindings by key table.
            #[arg(skip)]
            pub keys: super::keys::KeyTables,
            /// Named sets of sources.
            #[arg(skip)]
            pub collections: super::collections::Collections,
        }

        impl Default for Settings {
            fn default() -> Self {
                Self { $($name: $default,)* }
            }
        }

        impl Settings {
            /// The defaults, overridden by the file, overridden by the command line.
            pub fn merged(file: &Overrides, command_line: &Overrides) -> Self {
                let set = [command_line, file];
                Self {
                    $($name: set.iter().find_map(|set| set.$name.clone()).unwrap_or($default),)*
                }
            }

            /// The name, default and text of every setting.
            pub(super) fn documented() -> Vec<Documented> {
                vec![$(Documented {
                    name: stringify!($name),
                    default: toml_text::<$type>(&$default),
                    text: concat!($($text),+).trim(),
                },)*]
            }
        }
    };
}

settings! {
    /// Files and folders to open when no SOURCE is given and `QA_PATH` is not set; if empty, the
    /// built-in collection
    sources: Vec<PathBuf> = Vec::new(), arg(skip);
    /// Match words exactly: no typos, no stems, no letters in order
    exact: bool = false, arg(short, long, num_args = 0, default_missing_value = "true");
    /// Find entries that mean the same in other words (English only)
    meaning: bool = true, arg(
        long = "no-meaning",
        num_args = 0,
        default_missing_value = "false",
        help = "Match words only, not their meaning"
    );
    /// The most entries of a collection in which whole sentences are compared by meaning; in larger
    /// ones only single words are
    meaning_entries: usize = 50_000, arg(skip);
    /// How many milliseconds to wait after a keystroke before querying a live source
    live_pause: u16 = 120, arg(skip);
    /// How many seconds a live source may take to answer
    live_timeout: u16 = 10, arg(skip);
    /// The theme: auto (the terminal's own 16 colours, adapted to a light background), terminal
    /// (the same, not adapted), dark, light, high-contrast, catppuccin, gruvbox, nord, or NAME for
    /// the file themes/NAME.toml beside the configuration file
    theme: String = String::from("auto"), arg(
        long,
        value_name = "NAME",
        value_parser = Suggested::<String>::new(theme_names),
        hide_possible_values = true,
        help_heading = "Appearance"
    );
    /// When to use colours: auto (where the terminal has them and `NO_COLOR` is not set), always or
    /// never
    color: ColorChoice = ColorChoice::Auto, arg(
        long,
        value_name = "WHEN",
        hide_possible_values = true,
        help_heading = "Appearance"
    );
    /// Draw for screen readers: no boxes, the cursor on the selected row, key names as words
    plain: bool = false, arg(
        long,
        num_args = 0,
        default_missing_value = "true",
        help_heading = "Appearance"
    );
    /// Which rows show the passage where their answer matches: selected, all or none
    passages: PassageRows = PassageRows::Selected, arg(skip);
    /// The position of the prompt, with fzf's names: reverse (above the list), default (below it,
    /// best match at the bottom) or reverse-list (below it, best match at the top)
    layout: PromptLayout = PromptLayout::Reverse, arg(
        long,
        value_name = "LAYOUT",
        hide_possible_values = true,
        help_heading = "Appearance"
    );
    /// Handle clicks and the wheel; otherwise the terminal handles the mouse
    mouse: bool = true, arg(
        long = "no-mouse",
        num_args = 0,
        default_missing_value = "false",
        help = "Leave the mouse to the terminal",
        help_heading = "Appearance"
    );
    /// The key bindings: default, vim or emacs
    keymap: String = String::from("default"), arg(skip);
    /// How many milliseconds a lone Esc waits for the rest of a key's sequence; more for a slow
    /// connection that turns other keys into Esc
    escape_delay: u16 = 50, arg(skip);
    /// The form of options in a picked command, if the sheet has both: long (--all) or short (-a)
    option_style: OptionStyle = OptionStyle::Long, arg(skip);
    /// Hide answers until a key reveals them, to test yourself
    hide_answers: bool = false, arg(
        long,
        num_args = 0,
        default_missing_value = "true",
        help_heading = "Behaviour"
    );
    /// Reload a source when it changes
    watch: bool = true, arg(
        long = "no-watch",
        num_args = 0,
        default_missing_value = "false",
        help = "Do not reload a source when it changes",
        help_heading = "Behaviour"
    );
    /// Rank entries that you have read, copied or picked before higher among equally good hits. A
    /// use counts half after a month. The counts are saved with the state; `qa config --forget`
    /// deletes them
    learn: bool = true, arg(
        long = "no-learn",
        num_args = 0,
        default_missing_value = "false",
        help = "Neither record which entries are used nor rank them higher",
        help_heading = "Behaviour"
    );
    /// Save bookmarks, other marks, recently read entries and earlier queries between starts
    state: bool = true, arg(
        long = "no-state",
        num_args = 0,
        default_missing_value = "false",
        help = "Neither read nor save bookmarks, history and positions",
        help_heading = "Behaviour"
    );
}

/// The name of the theme that adapts to the terminal's background.
pub const AUTO_THEME: &str = "auto";

/// The names of the built-in themes.
pub fn theme_names() -> Vec<&'static str> {
    std::iter::once(AUTO_THEME).chain(Theme::names()).collect()
}

/// The names of all settings in the configuration file.
pub fn setting_names() -> impl Iterator<Item = &'static str> {
    Settings::documented().into_iter().map(|setting| setting.name)
}

/// A setting as the configuration file documents it.
pub(super) struct Documented {
    pub(super) name: &'static str,
    /// In TOML.
    pub(super) default: String,
    pub(super) text: &'static str,
}

fn toml_text<T: Serialize>(value: &T) -> String {
    // Every type of a setting can be serialised to TOML, as a test shows.
    toml::Value::try_from(value).map_or_else(|error| error.to_string(), |value| value.to_string())
}
