//! The list of all formats. A new format is one file in `formats` and one line here.

use super::format::Format;
use super::formats;
use super::loader::Loader;

/// Every format that can be opened; where two fit a source equally, the first is tried first.
pub(crate) static LOADERS: &[&dyn Loader] = &[
    &formats::pandoc::Pandoc,
    #[cfg(feature = "anki")]
    &formats::anki::Anki,
    &formats::stack_exchange::Posts,
    &formats::gift::Gift,
    &formats::aiken::Aiken,
    &formats::xml::Xml,
    &formats::json_lines::JsonLines,
    &formats::json::JsonLoader,
    &formats::html::Html,
    &formats::howto::HowTo,
    &formats::toml::Toml,
    &formats::yaml::Yaml,
    &formats::sql::Sql,
    &formats::csv::TableLoader,
    &formats::question_lines::QuestionLines,
    &formats::org::Org,
    &formats::asciidoc::AsciiDoc,
    &formats::rst::ReStructuredText,
    &formats::mediawiki::MediaWiki,
    &formats::textile::Textile,
    &formats::pod::Pod,
    &formats::man::Man,
    &formats::help::Help,
    &formats::texinfo::Texinfo,
    &formats::latex::Latex,
    &formats::module::Module,
    &formats::markdown::Markdown,
    &formats::plain_text::PlainText,
];

/// The loader of a format.
pub(crate) fn loader_of(format: Format) -> Option<&'static dyn Loader> {
    LOADERS.iter().copied().find(|loader| loader.name() == format.name())
}

impl Format {
    /// Every format, in the order in which they are tried.
    pub fn all() -> impl Iterator<Item = Self> {
        LOADERS.iter().map(|loader| Self {
            name: loader.name(),
            description: loader.description(),
            extensions: loader.extensions(),
        })
    }
}

impl std::str::FromStr for Format {
    type Err = String;

    /// The error lists all names.
    fn from_str(name: &str) -> Result<Self, String> {
        let wanted = name.to_lowercase();
        Self::all().find(|format| format.name() == wanted).ok_or_else(|| {
            let names: Vec<_> = Self::all().map(Self::name).collect();
            format!("unknown format `{name}` (formats: {})", names.join(", "))
        })
    }
}
