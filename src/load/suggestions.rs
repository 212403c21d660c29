//! The suggestions of navi's sheets: `$ branch: git branch --format '%(refname:short)'` names the
//! command that prints the values of the placeholder `<branch>`. They are read here, and run
//! elsewhere, after the user has agreed.

use super::error::LoadError;
use super::input::Input;
use super::loader::MAX_MARKUP_BYTES;
use super::options::Source;
use std::io::Read;
use std::path::Path;

/// How to get the values of a placeholder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggestion {
    /// The placeholder's name.
    pub name: String,
    /// The command that prints one value per line.
    pub command: String,
    /// The number of header lines before the values (`--header-lines`).
    pub header_lines: usize,
    /// The column of the value, from 1 (`--column`); without it, the whole line.
    pub column: Option<usize>,
    /// What separates columns (`--delimiter`); without it, white space.
    pub delimiter: Option<String>,
    /// A command that turns the chosen line, given on standard input, into the value (`--map`).
    pub map: Option<String>,
    /// Several values can be chosen (`--multi`).
    pub multi: bool,
}

impl Suggestion {
    /// The value of a line.
    pub fn value<'l>(&self, line: &'l str) -> &'l str {
        let Some(column) = self.column.and_then(|column| column.checked_sub(1)) else {
            return line;
        };
        let value = match &self.delimiter {
            Some(delimiter) => line.split(delimiter.as_str()).nth(column),
            None => line.split_whitespace().nth(column),
        };
        value.map_or(line, str::trim)
    }
}

/// The suggestions of a sheet, by section.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggestions(Vec<Section>);

/// The suggestions below one line of tags.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Section {
    tags: Vec<String>,
    /// The number of its line.
    line: u32,
    /// The tags of other sections whose suggestions apply here too.
    extends: Vec<Vec<String>>,
    suggestions: Vec<Suggestion>,
}

impl Suggestions {
    /// Reads those of a file; none if it is not a navi sheet.
    pub fn read(path: &Path) -> Result<Self, LoadError> {
        let input = Input::open(&Source::Path(path.to_owned()))?;
        let failed =
            |error| LoadError::Io { source_name: path.to_string_lossy().into_owned(), error };
        let mut bytes = Vec::new();
        input.into_reader().take(MAX_MARKUP_BYTES).read_to_end(&mut bytes).map_err(failed)?;
        Ok(Self::parse(&String::from_utf8_lossy(&bytes)))
    }

    fn parse(text: &str) -> Self {
        let mut sections: Vec<Section> = Vec::new();
        for (line, number) in text.trim_start_matches('\u{feff}').lines().zip(1..) {
            if let Some(tags) = line.strip_prefix('%') {
                let (tags, line) = (list(tags), number);
                sections.push(Section { tags, line, ..Section::default() });
            }
            // Before the first tags a `$` is a prompt, as in sheets of other programs.
            let Some(section) = sections.last_mut() else { continue };
            if let Some(tags) = line.strip_prefix('@') {
                section.extends.push(list(tags));
            } else if let Some(suggestion) = line.strip_prefix('$').and_then(suggestion) {
                section.suggestions.push(suggestion);
            }
        }
        Self(sections)
    }

    /// Those for the task at a line: of its section, of sections with the same tags, and of
    /// sections that they extend.
    pub fn of_line(&self, line: u32) -> Vec<&Suggestion> {
        let Some(own) = self.0.iter().rfind(|section| section.line <= line) else {
            return Vec::new();
        };
        let with_tags =
            |tags: &[String]| self.0.iter().filter(|section| section.tags == tags).collect();
        let mut sections: Vec<&Section> = with_tags(&own.tags);
        for tags in sections.clone().iter().flat_map(|section| &section.extends) {
            sections.extend::<Vec<_>>(with_tags(tags));
        }
        sections.into_iter().flat_map(|section| &section.suggestions).collect()
    }

    /// Every command, each once, in the order of the sheet.
    pub fn commands(&self) -> Vec<&str> {
        let mut commands: Vec<&str> = Vec::new();
        for suggestion in self.0.iter().flat_map(|section| &section.suggestions) {
            let both = [Some(suggestion.command.as_str()), suggestion.map.as_deref()];
            for command in both.into_iter().flatten() {
                if !commands.contains(&command) {
                    commands.push(command);
                }
            }
        }
        commands
    }
}

fn list(text: &str) -> Vec<String> {
    let items = text.split(',').map(|item| item.trim().to_owned());
    items.filter(|item| !item.is_empty()).collect()
}

/// What follows the `$` of a line: `name: command --- --column 2`.
fn suggestion(line: &str) -> Option<Suggestion> {
    let (name, rest) = line.split_once(':')?;
    let (command, options) = rest.rsplit_once("---").unwrap_or((rest, ""));
    let (name, command) = (name.trim().to_owned(), command.trim().to_owned());
    if name.is_empty() || command.is_empty() {
        return None;
    }
    let mut found = Suggestion { name, command, ..Suggestion::default() };
    let mut words = words(options).into_iter();
    while let Some(word) = words.next() {
        // Options for how navi displays the values are ignored.
        match word.as_str() {
            "--column" => found.column = words.next().and_then(|n| n.parse().ok()),
            "--delimiter" => found.delimiter = words.next().filter(|text| !text.is_empty()),
            "--header-lines" | "--headers" => {
                found.header_lines = words.next().and_then(|n| n.parse().ok()).unwrap_or(0);
            }
            "--map" => found.map = words.next().filter(|text| !text.is_empty()),
            "--multi" => found.multi = true,
            _ => {}
        }
    }
    Some(found)
}

/// Splits words like a shell: at blanks outside quotes.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in text.chars() {
        if quote == Some(c) {
            quote = None;
        } else if quote.is_none() && matches!(c, '"' | '\'') {
            quote = Some(c);
            word.get_or_insert_default();
        } else if quote.is_none() && c.is_whitespace() {
            words.extend(word.take());
        } else {
            word.get_or_insert_default().push(c);
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = "\
% boxes, all
# Open a box
open <box>
$ box: list boxes --- --column 2 --delimiter ' | ' --header-lines 1

% lids
# Shut one
shut <box> <lid>
@ boxes, all
$ lid: list lids: all --- --multi --map \"sort | uniq\"
$ nothing
% boxes,all
# Count
count <side>
$ side: printf 'left\\nright'
";

    #[test]
    fn a_section_has_its_own_suggestions_and_those_of_the_same_or_extended_tags() {
        let found = Suggestions::parse(SHEET);
        let names = |line| -> Vec<&str> {
            found.of_line(line).iter().map(|suggestion| suggestion.name.as_str()).collect()
        };
        assert_eq!(names(2), ["box", "side"]);
        assert_eq!(names(7), ["lid", "box", "side"]);
        assert_eq!(names(13), ["box", "side"]);
        assert_eq!(
            found.commands(),
            ["list boxes", "list lids: all", "sort | uniq", "printf 'left\\nright'"]
        );
        assert_eq!(Suggestions::parse("# task\n$ name: command\n"), Suggestions::default());
    }

    #[test]
    fn options_say_which_part_of_a_line_is_the_value() {
        let found = Suggestions::parse(SHEET);
        let of_box = found.of_line(2)[0];
        assert_eq!((of_box.header_lines, of_box.value("a | b c | d")), (1, "b c"));
        assert_eq!(of_box.value("one"), "one");
        let lid = found.of_line(7)[0];
        assert_eq!((lid.multi, lid.map.as_deref()), (true, Some("sort | uniq")));
        let by_space = Suggestion { column: Some(2), ..Suggestion::default() };
        assert_eq!(by_space.value("  a   b  c"), "b");
    }
}
