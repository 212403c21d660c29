//! Converts the settings of appearance to options of drawing.

use crate::config::{self, ColorChoice, Settings};
use crate::load::read_small_text;
use crate::text::nearest;
use crate::view::{ColorDepth, Theme, ViewOptions};
use std::fs;
use std::path::Path;

/// The options of drawing. The error names the problem of the theme.
pub(super) fn view_options(settings: &Settings) -> Result<ViewOptions, String> {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let colourless = match settings.color {
        ColorChoice::Auto => no_color,
        ColorChoice::Always => false,
        ColorChoice::Never => true,
    };
    let mut options = ViewOptions::new(colourless);
    let theme = if settings.theme == config::AUTO_THEME {
        Theme::default()
    } else {
        theme(&settings.theme)?
    };
    if !colourless {
        options.theme = theme;
        let may_adapt = settings.color == ColorChoice::Auto && !settings.plain;
        options.adapts = settings.theme == config::AUTO_THEME && may_adapt;
    }
    let variable = |name| std::env::var(name).unwrap_or_default();
    options.depth = ColorDepth::of(&variable("COLORTERM"), &variable("TERM"));
    Ok(options)
}

/// A built-in theme, or one from the folder `themes` beside the configuration file.
fn theme(name: &str) -> Result<Theme, String> {
    if let Some(theme) = Theme::named(name) {
        return Ok(theme);
    }
    let folder = config::path().and_then(|(path, _)| Some(path.parent()?.join("themes")));
    // A name, not a path: it must stay in the folder.
    let is_name = !name.is_empty() && !name.contains(['/', '\\']);
    let path =
        folder.as_deref().filter(|_| is_name).map(|folder| folder.join(format!("{name}.toml")));
    if let Some((path, Ok(text))) = path.map(|path| (path.clone(), read_small_text(&path))) {
        return Theme::parse(&text).map_err(|error| format!("{}: {error}", path.display()));
    }
    Err(unknown(name, &own_themes(folder.as_deref())))
}

fn unknown(name: &str, own: &[String]) -> String {
    let mut names = config::theme_names();
    names.extend(own.iter().map(String::as_str));
    let near = nearest(name, names.iter().copied());
    let hint = near.map_or(String::new(), |name| format!(": did you mean `{name}`?"));
    format!("unknown theme `{name}`{hint} (themes: {})", names.join(", "))
}

/// The names of the themes in a folder.
fn own_themes(folder: Option<&Path>) -> Vec<String> {
    let files = folder.and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten();
    let name = |path: &Path| {
        let is_theme = path.extension().is_some_and(|ending| ending == "toml");
        path.file_stem().filter(|_| is_theme)?.to_str().map(str::to_owned)
    };
    let mut names: Vec<String> = files.flatten().filter_map(|file| name(&file.path())).collect();
    names.sort_unstable();
    names
}

/// The file of a theme. The error names the themes that have one.
pub(super) fn file(name: &str) -> Result<&'static str, String> {
    // The terminal's colours have no file: any other theme shows the format.
    Theme::file(name).ok_or_else(|| {
        let names: Vec<&str> = Theme::names().filter(|name| Theme::file(name).is_some()).collect();
        let hint = nearest(name, names.iter().copied());
        let hint = hint.map_or(String::new(), |name| format!(": did you mean `{name}`?"));
        format!("no theme file for `{name}`{hint} (files: {})", names.join(", "))
    })
}
