//! A line of a page, and the fences that lines open.

use std::borrow::Cow;

/// A line with its number in the file, from 1.
#[derive(Debug, Clone)]
pub(in super::super) struct DialectLine<'a> {
    pub(in super::super) text: Cow<'a, str>,
    pub(in super::super) number: u32,
}

/// The fence that a line opens.
pub(in super::super) fn fence(bare: &str) -> Option<String> {
    let sign = bare.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let marks = bare.len() - bare.trim_start_matches(sign).len();
    (marks >= 3 && !bare[marks..].contains('`')).then(|| bare[..marks].to_owned())
}

/// A line in which `replace` changes what begins with a brace outside code: it returns the length of
/// the replaced text and the new text. `None` if nothing is replaced.
pub(super) fn replace_braces(
    line: &str,
    replace: impl Fn(&str) -> Option<(usize, String)>,
) -> Option<String> {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    let mut found = false;
    // An odd number of backticks precedes code.
    let mut backticks = 0;
    while let Some(at) = rest.find('{') {
        let (before, here) = rest.split_at(at);
        out.push_str(before);
        backticks += before.matches('`').count();
        let new = if backticks.is_multiple_of(2) { replace(here) } else { None };
        if let Some((length, text)) = new {
            found = true;
            out.push_str(&text);
            rest = &here[length..];
        } else {
            out.push('{');
            rest = &here[1..];
        }
    }
    out.push_str(rest);
    found.then_some(out)
}
