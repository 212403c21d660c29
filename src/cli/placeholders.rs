//! Placeholders of a picked command: options in long or short form, and values that the user is
//! asked for (`--fill`).

use super::quoting;
use crate::config::OptionStyle;
use crate::markup::{CommandPart, command_parts};
use crate::store::Values;
use std::io;

/// Replaces `{{[-a|--all]}}` by its long or short form; keeps other placeholders.
pub(super) fn with_options(command: &str, style: OptionStyle) -> String {
    let text = |part: CommandPart<'_>| match part {
        CommandPart::Text(text) => text.to_owned(),
        CommandPart::Placeholder(inner) => match option(inner, style) {
            Some(option) => option.to_owned(),
            None => format!("{{{{{inner}}}}}"),
        },
    };
    command_parts(command).into_iter().map(text).collect()
}

/// The form of `[-a|--all]` in this style.
fn option(inner: &str, style: OptionStyle) -> Option<&str> {
    let (short, long) = inner.strip_prefix('[')?.strip_suffix(']')?.split_once('|')?;
    short.starts_with('-').then_some(match style {
        OptionStyle::Long => long,
        OptionStyle::Short => short,
    })
}

/// The user's value of a placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Given {
    /// Typed; an empty text accepts the offered value.
    Typed(String),
    /// Chosen from values that a command printed.
    Chosen(Vec<String>),
}

impl Given {
    /// The value as one text.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Typed(text) => text.clone(),
            Self::Chosen(values) => values.join(" "),
        }
    }

    /// The value as written into a command for the placeholder `name`, inside the open `quote`. A
    /// chosen value is untrusted: the shell must not interpret it.
    fn written(&self, name: &str, quote: Option<char>) -> String {
        match self {
            Self::Typed(text) if text == name => text.clone(),
            Self::Typed(text) => quoting::typed(name, text, quote),
            Self::Chosen(values) => {
                let values = values.iter().map(|value| quoting::literal(value, quote));
                values.collect::<Vec<_>>().join(" ")
            }
        }
    }

    /// The value to offer again, if it means the same when typed.
    fn offered_again(&self) -> Option<&str> {
        match self {
            Self::Typed(text) => Some(text),
            Self::Chosen(values) => match values.as_slice() {
                [value] if !quoting::is_active(value) => Some(value),
                _ => None,
            },
        }
    }
}

/// The values so far, by the names of their placeholders.
pub(super) type GivenValues = Vec<(String, Given)>;

/// Asks for the values of placeholders.
pub(super) trait PlaceholderAsker {
    /// The placeholders whose values must be known first.
    fn needs(&self, name: &str) -> Vec<String>;

    /// Asks for a value, offering one; `None` if the user cancels.
    fn ask(&mut self, name: &str, offered: &str, given: &GivenValues) -> io::Result<Option<Given>>;
}

/// Whether a command has placeholders to fill in.
pub(super) fn has_placeholders(command: &str) -> bool {
    pieces(command).iter().any(|(_, name)| name.is_some())
}

/// Fills in the placeholders of a command in order, asking once per name; `None` if the user
/// cancels.
pub(super) fn fill(
    command: &str,
    values: &mut Values,
    asker: &mut dyn PlaceholderAsker,
) -> io::Result<Option<String>> {
    let mut filling = Filling { values, asker, given: Vec::new(), pending: Vec::new() };
    let mut filled = String::new();
    let mut quote = None;
    for (text, name) in pieces(command) {
        filled.push_str(text);
        quote = quoting::quote_after(quote, text);
        let Some(name) = name else { continue };
        let Some(value) = filling.value(name)? else { return Ok(None) };
        filled.push_str(&value.written(name, quote));
    }
    Ok(Some(filled))
}

/// The state of filling one command.
struct Filling<'a> {
    values: &'a mut Values,
    asker: &'a mut dyn PlaceholderAsker,
    given: GivenValues,
    /// The placeholders that need others first.
    pending: Vec<String>,
}

impl Filling<'_> {
    /// The value of a placeholder; asks for it if it is unknown.
    fn value(&mut self, name: &str) -> io::Result<Option<Given>> {
        if let Some((_, value)) = self.given.iter().find(|(other, _)| other == name) {
            return Ok(Some(value.clone()));
        }
        self.pending.push(name.to_owned());
        for needed in self.asker.needs(name) {
            // Placeholders that need each other are asked for without it.
            if !self.pending.contains(&needed) && self.value(&needed)?.is_none() {
                return Ok(None);
            }
        }
        self.pending.pop();
        let offered = self.values.last(name).unwrap_or(name).to_owned();
        let Some(mut value) = self.asker.ask(name, &offered, &self.given)? else {
            return Ok(None);
        };
        if value == Given::Typed(String::new()) {
            value = Given::Typed(offered);
        }
        if let Some(text) = value.offered_again().filter(|text| *text != name) {
            self.values.remember(name, text);
        }
        self.given.push((name.to_owned(), value.clone()));
        Ok(Some(value))
    }
}

/// The names of the placeholders `<name>` in a text.
pub(super) fn angle_names(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    split_angles(text, &mut pieces);
    pieces.into_iter().filter_map(|(_, name)| name.map(str::to_owned)).collect()
}

/// The text with each placeholder `<name>` replaced.
pub(super) fn replace_angles(text: &str, replace: impl Fn(&str) -> Option<String>) -> String {
    let mut pieces = Vec::new();
    split_angles(text, &mut pieces);
    let mut replaced = String::new();
    for (text, name) in pieces {
        replaced.push_str(text);
        let Some(name) = name else { continue };
        replaced.push_str(&replace(name).unwrap_or_else(|| format!("<{name}>")));
    }
    replaced
}

/// Splits a command into pieces of text, each with the placeholder after it.
fn pieces(command: &str) -> Vec<(&str, Option<&str>)> {
    let mut pieces = Vec::new();
    for part in command_parts(command) {
        match part {
            CommandPart::Placeholder(name) => pieces.push(("", Some(name))),
            CommandPart::Text(text) => split_angles(text, &mut pieces),
        }
    }
    pieces
}

/// Splits at `<branch>`, navi's syntax of placeholders, but not at the `<` of a redirection.
fn split_angles<'t>(text: &'t str, pieces: &mut Vec<(&'t str, Option<&'t str>)>) {
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = rest[from..].find('<').map(|at| from + at) {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let name = &rest[at + 1..];
        let name = &name[..name.find(|c| !is_name(c)).unwrap_or(name.len())];
        let begins = name.starts_with(char::is_alphabetic);
        if begins && rest[at + 1 + name.len()..].starts_with('>') {
            pieces.push((&rest[..at], Some(name)));
            rest = &rest[at + name.len() + 2..];
            from = 0;
        } else {
            from = at + 1;
        }
    }
    pieces.push((rest, None));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_written_in_one_form_and_other_placeholders_stay() {
        let command = "curl {{[-L|--location]}} {{https://example.org}} {{[1|2]}}";
        assert_eq!(
            with_options(command, OptionStyle::Long),
            "curl --location {{https://example.org}} {{[1|2]}}"
        );
        assert!(with_options(command, OptionStyle::Short).starts_with("curl -L {{"));
        assert_eq!(
            with_options("x --format='{{.Name}}'", OptionStyle::Long),
            "x --format='{{.Name}}'"
        );
    }

    /// Answers by name: nothing, or one of its answers.
    struct Answers(Vec<(&'static str, Option<Given>)>, Vec<String>);

    impl PlaceholderAsker for Answers {
        fn needs(&self, name: &str) -> Vec<String> {
            let needs = [("file", "branch"), ("branch", "file")];
            needs.iter().filter(|(from, _)| *from == name).map(|(_, to)| to.to_string()).collect()
        }

        fn ask(&mut self, name: &str, offered: &str, _: &GivenValues) -> io::Result<Option<Given>> {
            self.1.push(format!("{name}/{offered}"));
            let answer = self.0.iter().find(|(other, _)| *other == name);
            Ok(answer.map_or(Some(Given::Typed(String::new())), |(_, answer)| answer.clone()))
        }
    }

    #[test]
    fn placeholders_are_asked_for_in_turn_and_the_last_values_are_offered() {
        let mut values = Values::default();
        values.remember("branch", "main");
        let mut answers = Answers(vec![("file", Some(Given::Typed("a b".into())))], Vec::new());
        let command = "diff {{file}} <branch> {{file}} < in";
        let filled = fill(command, &mut values, &mut answers).unwrap();
        assert_eq!(filled.as_deref(), Some("diff 'a b' main 'a b' < in"));
        // One needs the other.
        assert_eq!(answers.1, ["branch/main", "file/file"]);
        assert_eq!(values.last("file"), Some("a b"));
        let mut leaves = Answers(vec![("branch", None)], Vec::new());
        assert_eq!(fill(command, &mut values, &mut leaves).unwrap(), None);
    }

    #[test]
    fn a_chosen_value_cannot_act_in_the_shell_and_a_typed_one_stays() {
        let filled = |command: &str, value: Given| {
            let mut answers = Answers(vec![("x", Some(value))], Vec::new());
            fill(command, &mut Values::default(), &mut answers).unwrap().unwrap()
        };
        let chosen = |value: &str| Given::Chosen(vec![value.to_owned()]);
        assert_eq!(filled("f <x>", chosen("a; b")), "f 'a; b'");
        assert_eq!(filled("f '<x>' <x>", chosen("$(b)")), "f '$(b)' '$(b)'");
        assert_eq!(filled("f '<x>'", chosen("'; b; '")), r"f ''\''; b; '\'''");
        assert_eq!(filled("f \"<x>\"", chosen("$(b) `c` \"")), r#"f "\$(b) \`c\` \"""#);
        assert_eq!(filled("f <x>", chosen("*")), "f '*'");
        assert_eq!(filled("f \\' <x>", chosen("$b")), "f \\' '$b'");
        assert_eq!(filled("f <x>", chosen("-a --long")), "f -a --long");
        assert_eq!(filled("f <x>", Given::Chosen(vec!["a".into(), "b|c".into()])), "f a 'b|c'");
        assert_eq!(filled("f <x>", chosen("a b")), "f 'a b'");
        assert_eq!(filled("f <x>", Given::Typed("$HOME".into())), "f $HOME");
    }

    #[test]
    fn a_chosen_value_that_could_act_is_not_offered_as_a_typed_one() {
        let mut values = Values::default();
        for (value, offered) in [("plain", Some("plain")), ("$(b)", Some("plain"))] {
            let given = Given::Chosen(vec![value.to_owned()]);
            let mut answers = Answers(vec![("x", Some(given))], Vec::new());
            fill("f <x>", &mut values, &mut answers).unwrap();
            assert_eq!(values.last("x"), offered);
        }
    }
}
