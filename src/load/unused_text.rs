//! Text of a source that reached no entry.

/// A run of text that reached no entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnusedText {
    /// 1-based; 0 when unknown.
    pub(crate) line: u32,
    /// Letters, digits and signs, without white space.
    pub(crate) characters: usize,
    /// Its first words.
    pub(crate) beginning: String,
    /// Set if only the beginning of the source was checked: the number of records.
    pub(crate) first_records: Option<usize>,
}

impl UnusedText {
    /// Describes a run of lines; `None` if they are empty.
    pub(crate) fn new<'t>(line: u32, lines: impl Iterator<Item = &'t str>) -> Option<Self> {
        let mut characters = 0;
        let mut words: Vec<&str> = Vec::new();
        for word in lines.flat_map(str::split_whitespace) {
            characters += word.chars().count();
            if words.len() < QUOTED_WORDS {
                words.push(word);
            }
        }
        let beginning = words.join(" ");
        (characters > 0).then_some(Self { line, characters, beginning, first_records: None })
    }
}

/// Text in no entry, by the name of its field: one run per name.
#[derive(Debug, Clone, Default)]
pub(crate) struct UnusedFields(Vec<(String, UnusedText)>);

impl UnusedFields {
    /// Adds the text of a field; single words and numbers are ignored.
    pub(crate) fn add(&mut self, name: &str, line: u32, text: &str) {
        if text.split_whitespace().take(MIN_WORDS).count() < MIN_WORDS || is_address(text) {
            return;
        }
        let Some(found) = UnusedText::new(line, std::iter::once(text)) else { return };
        let has_room = self.0.len() < MAX_FIELDS;
        match self.0.iter_mut().find(|(other, _)| other == name) {
            Some((_, first)) => first.characters += found.characters,
            None if has_room => {
                let beginning = format!("{name}: {}", found.beginning);
                self.0.push((name.to_owned(), UnusedText { beginning, ..found }));
            }
            None => {}
        }
    }

    pub(crate) fn into_texts(self) -> impl Iterator<Item = UnusedText> {
        self.0.into_iter().map(|(_, text)| text)
    }
}

fn is_address(text: &str) -> bool {
    text.contains("://") && !text.trim().contains(' ')
}

/// Fewer words are a name or a key.
const MIN_WORDS: usize = 3;
/// The most fields that are counted.
const MAX_FIELDS: usize = 100;

/// The number of words that are quoted to identify a text.
const QUOTED_WORDS: usize = 8;
