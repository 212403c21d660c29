//! Theme files: see `assets/themes`.

use super::theme::Theme;
use crate::markup::Role;
use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The built-in themes, except `terminal`.
const FILES: &[(&str, &str)] = &[
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("high-contrast", include_str!("../../assets/themes/high-contrast.toml")),
    ("catppuccin", include_str!("../../assets/themes/catppuccin.toml")),
    ("gruvbox", include_str!("../../assets/themes/gruvbox.toml")),
    ("nord", include_str!("../../assets/themes/nord.toml")),
];

/// The name of the theme in the terminal's own colours.
const TERMINAL: &str = "terminal";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    palette: BTreeMap<String, String>,
    #[serde(default)]
    styles: BTreeMap<String, String>,
}

impl Theme {
    /// The names of all built-in themes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        [TERMINAL].into_iter().chain(FILES.iter().map(|(name, _)| *name))
    }

    /// A built-in theme.
    pub fn named(name: &str) -> Option<Self> {
        if name == TERMINAL {
            return Some(Self::default());
        }
        let (_, text) = FILES.iter().find(|(other, _)| *other == name)?;
        Self::parse(text).ok()
    }

    /// The file of a built-in theme, as a template for users' own. `terminal` has none: it is the
    /// default values.
    pub fn file(name: &str) -> Option<&'static str> {
        FILES.iter().find(|(other, _)| *other == name).map(|(_, text)| *text)
    }

    /// Parses a theme file. The error says which style is wrong, and why.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut theme = Self::default();
        for (part, words) in &file.styles {
            let style = style(words, &file.palette).map_err(|what| format!("{part}: {what}"))?;
            theme.set(part, style).ok_or_else(|| format!("unknown style `{part}`"))?;
        }
        Ok(theme)
    }

    fn set(&mut self, part: &str, style: Style) -> Option<()> {
        let place = match part {
            "text" => &mut self.text,
            "dim" => &mut self.dim,
            "title" => &mut self.title,
            "prompt" => &mut self.prompt,
            "border" => &mut self.border,
            "focus" => &mut self.focus,
            "selected" => &mut self.selected,
            "marker" => &mut self.marker,
            "matched" => &mut self.matched,
            "found" => &mut self.found,
            "current" => &mut self.current,
            "key" => &mut self.key,
            "notice" => &mut self.notice,
            "failed" => &mut self.failed,
            _ => {
                let role = Role::ALL.into_iter().find(|role| role_name(*role) == part)?;
                self.markdown.set(role, style);
                return Some(());
            }
        };
        *place = style;
        Some(())
    }
}

/// Converts `CodeBar` to `code-bar`: the names of roles are part of the format of themes.
fn role_name(role: Role) -> String {
    let mut name = String::new();
    for c in format!("{role:?}").chars() {
        if c.is_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.extend(c.to_lowercase());
    }
    name
}

fn style(words: &str, palette: &BTreeMap<String, String>) -> Result<Style, String> {
    let mut style = Style::new();
    let mut background = false;
    for word in words.split_whitespace() {
        let modifier = match word {
            "on" => {
                background = true;
                continue;
            }
            "bold" => Modifier::BOLD,
            "dim" => Modifier::DIM,
            "italic" => Modifier::ITALIC,
            "underlined" => Modifier::UNDERLINED,
            "reversed" => Modifier::REVERSED,
            _ => {
                let name = palette.get(word).map_or(word, String::as_str);
                let colour: Color =
                    name.parse().map_err(|_| format!("unknown colour or attribute `{word}`"))?;
                style = if background { style.bg(colour) } else { style.fg(colour) };
                background = false;
                continue;
            }
        };
        style = style.add_modifier(modifier);
    }
    Ok(style)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_theme_is_valid() {
        for (name, text) in FILES {
            assert!(Theme::parse(text).is_ok(), "{name}: {:?}", Theme::parse(text).err());
        }
        assert!(Theme::names().all(|name| Theme::named(name).is_some()));
        assert_eq!(Theme::named("mauve"), None);
    }

    #[test]
    fn errors_name_the_wrong_style() {
        let wrong = |text: &str| Theme::parse(text).unwrap_err();
        assert!(wrong("[styles]\ntitel = \"red\"").contains("unknown style `titel`"));
        assert!(wrong("[styles]\ntitle = \"bald\"").contains("`bald`"));
        assert!(
            Theme::parse("[palette]\nx = \"#102030\"\n[styles]\ncode-bar = \"bold x on red\"")
                .is_ok()
        );
    }
}
