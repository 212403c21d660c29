//! The configuration: a TOML file whose settings all have defaults, merged with the command line.

mod choices;
mod collections;
mod keys;
mod settings;
mod suggested;
mod text;

pub use choices::{ColorChoice, OptionStyle, PassageRows, PromptLayout};
pub use collections::{Collections, NamedCollection, expand_home};
pub use keys::{KeyBinding, KeyTables};
pub use settings::{AUTO_THEME, Overrides, Settings, setting_names, theme_names};
pub use suggested::Suggested;
pub use text::commented;

use crate::load::read_small_text;
use crate::text::nearest;
use std::path::{Path, PathBuf};
use std::{env, io};

/// The content of a configuration file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// The settings.
    pub set: Overrides,
    /// The key bindings.
    pub bindings: Vec<KeyBinding>,
    /// The positions of settings that are validated later.
    pub places: SettingPlaces,
}

/// The file and line of settings whose names are validated later, for error messages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettingPlaces {
    /// The position of the theme.
    pub theme: Option<String>,
    /// The position of the keymap.
    pub keymap: Option<String>,
}

/// The same settings with their positions in the text.
#[derive(serde::Deserialize)]
struct SpannedSettings {
    theme: Option<toml::Spanned<String>>,
    keymap: Option<toml::Spanned<String>>,
}

/// The path of the configuration file, and whether `QA_CONFIG` named it.
pub fn path() -> Option<(PathBuf, bool)> {
    use etcetera::BaseStrategy;
    if let Some(path) = env::var_os("QA_CONFIG").filter(|path| !path.is_empty()) {
        return Some((path.into(), true));
    }
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some((strategy.config_dir().join("qa").join("config.toml"), false))
}

/// Reads the configuration file. The error has the position, and the most similar valid name for an
/// unknown one.
pub fn read() -> Result<Config, String> {
    let Some((path, named)) = path() else { return Ok(Config::default()) };
    match read_small_text(&path) {
        Ok(text) => parse(&text, &path),
        // A home that is not a folder (`/dev/null`) has no configuration.
        Err(error)
            if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
                && !named =>
        {
            Ok(Config::default())
        }
        Err(error) => Err(format!("{}: {error}", path.display())),
    }
}

fn parse(text: &str, path: &Path) -> Result<Config, String> {
    let set: Overrides = toml::from_str(text).map_err(|error| {
        let (line, column) = position(text, error.span().map_or(0, |span| span.start));
        let message = error.message().lines().next().unwrap_or_default();
        // A bare `nord` or `true-black` starts like a number or a boolean.
        let is_bare = ["invalid float", "invalid boolean"].iter().any(|m| message.starts_with(m));
        let message = if is_bare { "string values must be quoted" } else { message };
        let message = match hint(message) {
            // One name is more helpful than all.
            Some(name) => {
                let what = message.split(", expected").next().unwrap_or(message);
                format!("{what}; did you mean `{name}`?")
            }
            None => message.to_owned(),
        };
        format!("{}:{line}:{column}: {message}", path.display())
    })?;
    let place = |at| format!("{}:{}", path.display(), position(text, at).0);
    let bindings = set.keys.bindings(place);
    // It was parsed once: it can be parsed again.
    let spanned = toml::from_str::<SpannedSettings>(text).ok();
    let place_of = |setting: toml::Spanned<String>| place(setting.span().start);
    let (theme, keymap) = spanned.map(|set| (set.theme, set.keymap)).unwrap_or_default();
    let places = SettingPlaces { theme: theme.map(place_of), keymap: keymap.map(place_of) };
    Ok(Config { set, bindings, places })
}

/// The line and column of a byte of `text`, from 1.
fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

/// For a message such as "unknown field `x`, expected one of `a`, `b`": the name most similar to
/// `x`.
fn hint(message: &str) -> Option<&str> {
    let mut names = message.split('`').skip(1).step_by(2);
    let wrong = names.next().filter(|_| message.starts_with("unknown"))?;
    nearest(wrong, names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Config, String> {
        parse(text, Path::new("c.toml"))
    }

    #[test]
    fn the_commented_file_holds_the_defaults() {
        assert_eq!(parsed(&commented()), Ok(Config::default()));
        let text = commented();
        let is_setting = |line: &&str| line.split(' ').nth(2) == Some("=");
        let bare: Vec<&str> = text.lines().filter(is_setting).map(|line| &line[2..]).collect();
        assert_eq!(bare.len(), Settings::documented().len());
        let set = parsed(&bare.join("\n")).unwrap().set;
        assert_eq!(Settings::merged(&set, &Overrides::default()), Settings::default());
        let nothing = Overrides::default();
        assert!(set.exact.is_some() && set.state.is_some() && set != nothing);
    }

    #[test]
    fn the_command_line_overrides_the_file_and_the_file_the_defaults() {
        let file = parsed("theme = 'dark'\nmouse = false\nexact = true").unwrap().set;
        let line = Overrides { theme: Some("light".into()), ..Overrides::default() };
        let settings = Settings::merged(&file, &line);
        assert_eq!(settings.theme, "light");
        assert!(!settings.mouse && settings.exact && settings.watch);
    }

    #[test]
    fn a_binding_knows_its_line() {
        let config = parsed("# keys\n[keys.typing]\n\"ctrl-x\" = \"copy\"\n").unwrap();
        let [binding] = &config.bindings[..] else { panic!("{:?}", config.bindings) };
        assert_eq!((&*binding.place, &*binding.key), ("c.toml:3", "ctrl-x"));
        assert_eq!((&*binding.mode, &*binding.action), ("typing", "copy"));
    }

    #[test]
    fn a_wrong_name_is_reported_with_its_place_and_the_nearest_right_one() {
        let error = |text: &str| parsed(text).unwrap_err();
        let text = error("exact = true\n  thme = 'x'");
        assert!(
            text.starts_with("c.toml:2:3: ") && text.ends_with("did you mean `theme`?"),
            "{text}"
        );
        let text = error("color = 'nevr'");
        assert!(
            text.starts_with("c.toml:1:9: ") && text.ends_with("did you mean `never`?"),
            "{text}"
        );
        let text = error("mouse = 'no'\n");
        assert!(text.starts_with("c.toml:1:9: invalid type"), "{text}");
        for bare in ["nord", "true-black", "gruvbox", "infra"] {
            let text = error(&format!("theme = {bare}\n"));
            assert!(text.contains("string values must be quoted"), "{text}");
        }
        let text = error("mouse = \n");
        assert!(text.starts_with("c.toml:1:"), "{text}");
    }
}
