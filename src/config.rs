//! The settings of a person: a TOML file, where every setting has a default.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// A configuration file in which every default stands with its explanation.
pub const COMMENTED: &str = include_str!("../assets/config.toml");

/// The settings.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is one switch of the file")]
pub struct Config {
    /// What is opened when nothing is named.
    pub sources: Vec<PathBuf>,
    /// Match words exactly.
    pub exact: bool,
    /// Find what means the same in other words.
    pub meaning: bool,
    /// The theme's name.
    pub theme: String,
    /// When to use colours.
    pub color: ColorChoice,
    /// The name of the keys' preset.
    pub keymap: String,
    /// Keys of a person's own: where they work, the key, the action.
    pub keys: BTreeMap<String, BTreeMap<String, String>>,
    /// Draw for screen readers.
    pub plain: bool,
    /// Where the prompt stands.
    pub layout: Layout,
    /// Take mouse events.
    pub mouse: bool,
    /// Load sources again when they change.
    pub watch: bool,
    /// Keep state between starts.
    pub state: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            sources: Vec::new(),
            exact: false,
            meaning: true,
            theme: "auto".into(),
            color: ColorChoice::Auto,
            keymap: "default".into(),
            keys: BTreeMap::new(),
            plain: false,
            layout: Layout::default(),
            mouse: true,
            watch: true,
            state: true,
        }
    }
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, clap::ValueEnum)]
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

/// Where the prompt stands, and where the list begins; the names are those of fzf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// The prompt above, the best hit right below it
    #[default]
    Reverse,
    /// The prompt below, the best hit right above it
    Default,
    /// The prompt below, the best hit at the top
    ReverseList,
}

/// Where the settings are, and whether that was said by `QA_CONFIG`.
pub fn path() -> Option<(PathBuf, bool)> {
    use etcetera::BaseStrategy;
    if let Some(path) = env::var_os("QA_CONFIG").filter(|path| !path.is_empty()) {
        return Some((path.into(), true));
    }
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some((strategy.config_dir().join("qa").join("config.toml"), false))
}

/// Reads the settings. The error names the place, and the nearest right name for a wrong one.
pub fn read() -> Result<Config, String> {
    let Some((path, wanted)) = path() else { return Ok(Config::default()) };
    match fs::read_to_string(&path) {
        Ok(text) => parse(&text, &path),
        Err(error) if error.kind() == io::ErrorKind::NotFound && !wanted => Ok(Config::default()),
        Err(error) => Err(format!("{}: {error}", path.display())),
    }
}

fn parse(text: &str, path: &Path) -> Result<Config, String> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let before = text.get(..at).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let message = error.message().lines().next().unwrap_or_default();
        let hint = hint(message).map_or(String::new(), |name| format!("; did you mean `{name}`?"));
        format!("{}:{line}:{column}: {message}{hint}", path.display())
    })
}

/// For a message such as "unknown field `x`, expected one of `a`, `b`": the name nearest to `x`.
fn hint(message: &str) -> Option<&str> {
    let mut names = message.split('`').skip(1).step_by(2);
    let wrong = names.next().filter(|_| message.starts_with("unknown"))?;
    nearest(wrong, names)
}

/// The name that was most likely meant, if any is near.
pub fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = |name| (strsim::jaro_winkler(wrong, name), name);
    let best = names.into_iter().map(near).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 > 0.7).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        parse(text, Path::new("c.toml")).unwrap_err()
    }

    #[test]
    fn the_commented_file_says_the_defaults() {
        assert_eq!(parse(COMMENTED, Path::new("c.toml")), Ok(Config::default()));
        let is_setting = |line: &&str| line.starts_with("# ") && line.contains(" = ");
        let bare: Vec<&str> = COMMENTED.lines().filter(is_setting).map(|line| &line[2..]).collect();
        assert_eq!(parse(&bare.join("\n"), Path::new("c.toml")), Ok(Config::default()));
        assert_eq!(bare.len(), 11, "every setting is there");
    }

    #[test]
    fn a_wrong_name_is_told_with_its_place_and_the_nearest_right_one() {
        let told = error("exact = true\n  thme = 'x'");
        assert!(
            told.starts_with("c.toml:2:3: ") && told.ends_with("did you mean `theme`?"),
            "{told}"
        );
        let told = error("color = 'nevr'");
        assert!(
            told.starts_with("c.toml:1:9: ") && told.ends_with("did you mean `never`?"),
            "{told}"
        );
        let told = error("mouse = 'no'\n");
        assert!(told.starts_with("c.toml:1:9: invalid type"), "{told}");
        let told = error("mouse = \n");
        assert!(told.starts_with("c.toml:1:"), "{told}");
    }
}
