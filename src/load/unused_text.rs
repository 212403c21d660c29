//! What a source holds beside its entries.

/// A run of text that reached no entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnusedText {
    /// 1-based; 0 when unknown.
    pub(crate) line: u32,
    /// Letters, digits and signs, without white space.
    pub(crate) characters: usize,
    /// Its first words.
    pub(crate) beginning: String,
}

impl UnusedText {
    /// Describes a run of lines; `None` where they hold nothing.
    pub(crate) fn new<'t>(line: u32, lines: impl Iterator<Item = &'t str>) -> Option<Self> {
        let mut characters = 0;
        let mut words: Vec<&str> = Vec::new();
        for word in lines.flat_map(str::split_whitespace) {
            characters += word.chars().count();
            if words.len() < FIRST_WORDS {
                words.push(word);
            }
        }
        (characters > 0).then(|| Self { line, characters, beginning: words.join(" ") })
    }
}

/// So many words tell which text it is.
const FIRST_WORDS: usize = 8;
