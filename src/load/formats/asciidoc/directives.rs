//! Preprocessor directives of AsciiDoc: conditions, whose text stays, and included files, which are
//! linked.

use std::borrow::Cow;

/// Replaces a directive without text: a comment, so that lines keep their numbers.
pub(super) const HIDDEN_LINE: &str = "// condition";

/// The line, or of a condition only the text that depends on it: `ifdef::name[text]`.
pub(super) fn without_conditional(line: &str) -> &str {
    let directive = |name: &str| line.strip_prefix(name)?.trim_end().strip_suffix(']');
    if let Some(rest) = directive("ifdef::").or_else(|| directive("ifndef::"))
        && let Some((name, text)) = rest.split_once('[')
        && !name.contains(' ')
    {
        return if text.is_empty() { HIDDEN_LINE } else { text };
    }
    let is_other = directive("endif::").or_else(|| directive("ifeval::[")).is_some();
    if is_other { HIDDEN_LINE } else { line }
}

/// The path in `include::path[options]`.
fn included(line: &str) -> Option<&str> {
    let (path, _) =
        line.strip_prefix("include::")?.trim_end().strip_suffix(']')?.split_once('[')?;
    (!path.is_empty() && !path.contains(' ')).then_some(path)
}

/// The line, or a link to the file that it includes.
pub(super) fn with_include_link(line: &str) -> Cow<'_, str> {
    included(line).map_or(line.into(), |path| format!("link:{path}[{path}]").into())
}

/// The lines with links to the files that they include.
pub(super) fn with_include_links<'a>(lines: &[&'a str]) -> Vec<Cow<'a, str>> {
    lines.iter().map(|line| with_include_link(line)).collect()
}

/// Whether the lines of a block only include files.
pub(super) fn only_includes(lines: &[&str]) -> bool {
    let mut filled = lines.iter().filter(|line| !line.trim().is_empty()).peekable();
    filled.peek().is_some() && filled.all(|line| included(line).is_some())
}
