//! The list of all formats. A new format is one file in `formats` and one line here.

#[cfg(feature = "anki")]
use super::formats::anki;
use super::formats::{
    csv, gift, howto, html, json, json_lines, markdown, module, org, plain_text, question_lines,
    stack_exchange, toml, xml, yaml,
};
use super::loader::{Format, Loader};

/// Every format that can be opened; where two fit a source equally, the first is tried first.
pub(crate) static LOADERS: &[&dyn Loader] = &[
    #[cfg(feature = "anki")]
    &anki::Anki,
    &stack_exchange::Posts,
    &gift::Gift,
    &xml::Xml,
    &json_lines::JsonLines,
    &json::Json,
    &html::Html,
    &howto::HowTo,
    &toml::Toml,
    &yaml::Yaml,
    &csv::Table,
    &question_lines::QuestionLines,
    &org::Org,
    &module::Module,
    &markdown::Markdown,
    &plain_text::PlainText,
];

impl Format {
    /// Every format, in the order in which they are tried.
    pub fn all() -> impl Iterator<Item = Self> {
        LOADERS.iter().map(|&loader| Self(loader))
    }
}

impl std::str::FromStr for Format {
    type Err = String;

    /// The error lists all names.
    fn from_str(name: &str) -> Result<Self, String> {
        let wanted = name.to_lowercase();
        Self::all().find(|format| format.name() == wanted).ok_or_else(|| {
            let names: Vec<_> = Self::all().map(Self::name).collect();
            format!("no format is called {name:?}; there are {}", names.join(", "))
        })
    }
}
