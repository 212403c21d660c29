//! Quotes values of placeholders for a shell, so that a value meant as one argument stays one
//! argument.

/// Characters that a shell interprets outside of single quotes.
const ACTIVE: &[char] = &[
    '$', '`', '"', '\'', '\\', '|', '&', ';', '<', '>', '(', ')', '*', '?', '[', '#', '!', '\n',
    '\r',
];
/// Characters that separate arguments or commands.
const SEPARATING: &[char] = &[' ', '\t', '|', '&', ';', '<', '>', '(', ')'];
/// Characters that users type on purpose for the shell to expand.
const REPLACED: &[char] = &['$', '`'];
/// Parts of names of placeholders that stand for several arguments.
const SEVERAL: &[&str] = &["...", "…", "command", "argument", "args", "option", "flag"];

/// Whether a shell would interpret the value if it was typed.
pub(super) fn is_active(value: &str) -> bool {
    value.contains(ACTIVE)
}

/// Quotes a value for the open `quote`, such that the shell takes it literally. Without an open
/// quote, several options (`-a --long`) stay several arguments.
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

/// Quotes a typed value of the placeholder `name` for the open `quote`. A value with blanks is
/// quoted as one argument, in which `~/` and variables still work. A value that is already quoted,
/// or has wildcards or options, or is for a placeholder of several arguments, is not changed.
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

/// Escapes each of these characters with a backslash.
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

/// Whether all quotes are closed.
fn is_balanced(value: &str) -> bool {
    quote_after(None, value).is_none()
}

/// The open quote after `text`, if `open` was the one before it.
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
            // Unchanged.
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
