//! Settings with a fixed choice of values.

use serde::{Deserialize, Serialize};

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum ColorChoice {
    /// Where the terminal has them and `NO_COLOR` is not set
    #[default]
    Auto,
    /// Even if `NO_COLOR` is set
    Always,
    /// Never
    Never,
}

/// The form of the options in a how-to's command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum OptionStyle {
    /// `--all`
    #[default]
    Long,
    /// `-a`
    Short,
}

/// The position of the prompt and the direction of the list; the names are those of fzf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum PromptLayout {
    /// The prompt above, the best match right below it
    #[default]
    Reverse,
    /// The prompt below, the best match right above it
    Default,
    /// The prompt below, the best match at the top
    ReverseList,
}

/// Which rows show the passage where their answer matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PassageRows {
    /// The selected row
    #[default]
    Selected,
    /// Every row
    All,
    /// No row
    None,
}
