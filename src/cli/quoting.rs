//! Values of placeholders as a shell has to read them: what a person means as one argument arrives as
//! one.

/// Characters that a shell acts on, somewhere outside of single quotes.
const ACTIVE: &[char] = &[
    '$', '`', '"', '\'', '\\', '|', '&', ';', '<', '>', '(', ')', '*', '?', '[', '#', '!', '\n',
    '\r',
];
/// What separates arguments or commands.
const SEPARATING: &[char] = &[' ', '\t', '|', '&', ';', '<', '>', '(', ')'];
/// What a person types on purpose for the shell to replace.
const REPLACED: &[char] = &['$', '`'];
/// Parts of the names of placeholders that stand for several arguments.
const SEVERAL: &[&str] = &["...", "…", "command", "argument", "args", "option", "flag"];

/// Whether a shell would act on the value, were it typed.
pub(super) fn is_active(value: &str) -> bool {
    value.contains(ACTIVE)
}

/// A value that means itself where `quote` is open: nothing in it acts. Without a quote, several
/// options (`-a --long`) stay several arguments.
pub(super) fn literal(value: &str, quote: Option<char>) -> String {
    match quote {
        Some('\'') => value.replace('\'', "'\\''"),
        Some(_) => escaped(value, &['\\', '"', '$', '`']),
        None if is_active(value) || value.contains(' ') && !value.starts_with('-') => {
            shell_words::quote(value).into_owned()
        }
        None => value.to_owned(),
    }
}

/// A value that a person typed for the placeholder `name`, where `quote` is open. It becomes one
/// argument: one with blanks is quoted, `~/` and variables still work. It stays as it is if the person
/// quoted it, if it holds wildcards or options, and if the placeholder stands for several arguments.
pub(super) fn typed(name: &str, value: &str, quote: Option<char>) -> String {
    match quote {
        Some('\'') => return value.replace('\'', "'\\''"),
        Some(_) if is_balanced(value) && value.contains('\\') => return value.to_owned(),
        Some(_) => return escaped(value, &['"']),
        None => {}
    }
    let is_quoted = value.contains(['"', '\'', '\\']) && is_balanced(value);
    let is_several = value.starts_with('-') || SEVERAL.iter().any(|part| name.contains(part));
    let is_one_word = !value.contains(SEPARATING) && is_balanced(value);
    if is_one_word || is_quoted || is_several || value.contains('*') {
        return value.to_owned();
    }
    let (home, rest) = match value.strip_prefix("~/") {
        Some(rest) => ("~/", rest),
        None => ("", value),
    };
    if rest.contains(REPLACED) {
        return format!("{home}\"{}\"", escaped(rest, &['"']));
    }
    format!("{home}{}", shell_words::quote(rest))
}

/// The value with a backslash before each of these characters.
fn escaped(value: &str, special: &[char]) -> String {
    let mut text = String::with_capacity(value.len());
    for c in value.chars() {
        if special.contains(&c) {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

/// Whether every quote is closed.
fn is_balanced(value: &str) -> bool {
    quote_after(None, value).is_none()
}

/// The quote that is open after `text`, if `open` was before it.
pub(super) fn quote_after(open: Option<char>, text: &str) -> Option<char> {
    let mut open = open;
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match (open, c) {
            (Some('\''), '\\') => {}
            (_, '\\') => drop(characters.next()),
            (None, '\'' | '"') => open = Some(c),
            (Some(quote), _) if quote == c => open = None,
            _ => {}
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_value_is_one_argument() {
        for (value, written) in [
            ("notes.md", "notes.md"),
            ("my notes.md", "'my notes.md'"),
            ("Questions (old) & answers.md", "'Questions (old) & answers.md'"),
            ("Q&A.md", "'Q&A.md'"),
            ("Tom's", r"'Tom'\''s'"),
            ("~/my notes", "~/'my notes'"),
            ("$HOME", "$HOME"),
            ("$HOME/my notes", "\"$HOME/my notes\""),
            ("$(git branch --show-current)", "\"$(git branch --show-current)\""),
            // As they were typed.
            ("'my notes.md'", "'my notes.md'"),
            ("\"$HOME/my notes\"", "\"$HOME/my notes\""),
            ("my\\ notes.md", "my\\ notes.md"),
            ("*.jpg *.png", "*.jpg *.png"),
            ("-a --long x", "-a --long x"),
        ] {
            assert_eq!(typed("path/to/file", value, None), written, "{value}");
        }
        for name in ["command", "file1 file2 ...", "options", "argument1"] {
            assert_eq!(typed(name, "make all", None), "make all", "{name}");
        }
    }

    #[test]
    fn a_value_stays_within_the_quotes_around_it() {
        assert_eq!(typed("message", "it's \"done\"", Some('"')), "it's \\\"done\\\"");
        assert_eq!(typed("message", "$USER did", Some('"')), "$USER did");
        assert_eq!(typed("message", "it's", Some('\'')), r"it'\''s");
    }

    #[test]
    fn a_shell_reads_one_argument_with_the_value() {
        let shell = |text: &str| {
            let script = format!("x=\"a b\"; printf '%s|' {text}");
            let output = std::process::Command::new("sh").args(["-c", &script]).output().unwrap();
            String::from_utf8(output.stdout).unwrap()
        };
        for value in ["my notes", "a & b; c | d", "it's (new) <1>", "say \"so", "x $ y #"] {
            let wanted = if value.contains('$') { value.to_owned() } else { format!("{value}|") };
            assert!(shell(&typed("file", value, None)).starts_with(&wanted), "{value}");
            assert_eq!(shell(&literal(value, None)), format!("{value}|"));
            assert_eq!(
                shell(&format!("'{}'", typed("file", value, Some('\'')))),
                format!("{value}|")
            );
        }
        assert_eq!(shell(&typed("file", "$x/c d", None)), "a b/c d|");
    }
}
