//! Converts extensions of site generators to plain Markdown before a page is read: notes, folded
//! blocks and tabs, marked by indentation (`!!!`), colons (`:::`), templates (`{% %}`, `{{< >}}`)
//! and components (`<Accordion>`).
//!
//! A note becomes a quote, a folded block `<details>`, a tab a list item that begins with its label
//! in bold.

mod container;
mod line;
mod opening;

use container::Container;
pub(super) use line::DialectLine;
use memchr::memmem;
use opening::{ComponentSpan, ContainerOpening};
use std::borrow::Cow;

/// Nesting depth; deeper marks are unchanged.
const MAX_DEPTH: usize = 12;

/// After this many unclosed marks, marks are left unchanged: each search for an end reads the rest
/// of the page.
const MAX_UNCLOSED: usize = 64;

/// The lines of a page with extensions of site generators converted.
pub(super) fn normalise(text: &str) -> Vec<DialectLine<'_>> {
    let lines: Vec<DialectLine<'_>> = text
        .lines()
        .zip(1..)
        .map(|(line, number)| DialectLine { text: Cow::Borrowed(line), number })
        .collect();
    let signs =
        ["???", "!!!", ":::", "{%", "{{<", "{{%", "=== \"", "===! \"", "===+ \"", "</", "/>"];
    let has_marks =
        signs.iter().any(|sign| memmem::find(text.as_bytes(), sign.as_bytes()).is_some());
    if has_marks { normalise_lines(lines, 0) } else { lines }
}

fn normalise_lines(lines: Vec<DialectLine<'_>>, depth: usize) -> Vec<DialectLine<'_>> {
    if depth > MAX_DEPTH {
        return lines;
    }
    let mut out = Vec::with_capacity(lines.len());
    let mut fence: Option<String> = None;
    let mut unclosed = 0;
    let mut n = 0;
    while n < lines.len() {
        let line = &lines[n];
        let bare = line.text.trim_start();
        if let Some(open) = &fence {
            if bare.starts_with(open.as_str()) {
                fence = None;
            }
        } else if let Some(open) = line::fence(bare) {
            fence = Some(open);
        } else if unclosed < MAX_UNCLOSED
            && let Some(opening) = ContainerOpening::parse(&line.text)
            && let Some((body, end)) = body_of(&lines, n, &opening, &mut unclosed)
        {
            let number = line.number;
            let body = match opening.container {
                Container::Code(_) => body,
                _ => normalise_lines(body, depth + 1),
            };
            opening.container.write(body, number, &mut out);
            n = end;
            continue;
        } else if let Some(text) = opening::without_marks(&line.text) {
            let number = line.number;
            // A line of only marks leaves an empty line, so that its neighbours stay separate.
            out.push(DialectLine { text: Cow::Owned(text), number });
            n += 1;
            continue;
        }
        out.push(line.clone());
        n += 1;
    }
    out
}

/// The lines inside a container, moved to the left margin, and the index of the line after it.
/// `None` when it is not closed, which `unclosed` counts.
fn body_of<'a>(
    lines: &[DialectLine<'a>],
    n: usize,
    opening: &ContainerOpening,
    unclosed: &mut usize,
) -> Option<(Vec<DialectLine<'a>>, usize)> {
    let rest = &lines[n + 1..];
    let (length, skipped) = match &opening.span {
        ComponentSpan::Indented(columns) => (indented_length(rest, *columns), 0),
        ComponentSpan::Until { open, close } => {
            let mut depth = 0;
            let mut fence: Option<String> = None;
            let at = rest.iter().position(|line| {
                let bare = line.text.trim();
                if let Some(open) = &fence {
                    if bare.starts_with(open.as_str()) {
                        fence = None;
                    }
                    return false;
                }
                fence = line::fence(bare);
                if close.iter().any(|mark| opening::is_mark(bare, mark)) {
                    depth -= 1;
                } else if opening::opens_same(bare, open) {
                    depth += 1;
                }
                depth < 0
            });
            let Some(at) = at else {
                *unclosed += 1;
                return None;
            };
            (at, 1)
        }
        ComponentSpan::Inline(text) => {
            let line = DialectLine { text: Cow::Owned(text.clone()), number: lines[n].number };
            return Some((vec![line], n + 1));
        }
    };
    Some((dedented(&rest[..length]), n + 1 + length + skipped))
}

/// The number of leading lines that are empty or indented by `columns`.
fn indented_length(lines: &[DialectLine<'_>], columns: usize) -> usize {
    let continues = |line: &&DialectLine<'_>| {
        line.text.trim().is_empty() || container::columns_before(&line.text) >= columns
    };
    let all = lines.iter().take_while(continues).count();
    all - lines[..all].iter().rev().take_while(|line| line.text.trim().is_empty()).count()
}

/// Removes the indentation common to all lines.
fn dedented<'a>(lines: &[DialectLine<'a>]) -> Vec<DialectLine<'a>> {
    let filled = lines.iter().filter(|line| !line.text.trim().is_empty());
    let shared = filled.map(|line| container::columns_before(&line.text)).min().unwrap_or(0);
    lines
        .iter()
        .map(|line| DialectLine {
            text: container::cut_columns(line.text.clone(), shared),
            number: line.number,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normalised(text: &str) -> String {
        let lines = normalise(text);
        lines.iter().map(|line| line.text.as_ref()).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn notes_become_quotes() {
        for (text, expected) in [
            ("!!! tip\n    Be quick.\n\n    - a\nEnd.", "> [!TIP]\n> Be quick.\n>\n> - a\n\nEnd."),
            ("!!! note \"Look out\"\n    Here.", "> **Look out**\n>\n> Here.\n"),
            (":::warning\nHot.\n:::\nEnd.", "> [!WARNING]\n> Hot.\n\nEnd."),
            ("::: danger Too hot\nYes.\n:::", "> **Too hot**\n>\n> Yes.\n"),
            ("{% hint style=\"info\" %}\nCold.\n{% endhint %}", "> [!NOTE]\n> Cold.\n"),
            ("<Note>\n  Wet.\n</Note>", "> [!NOTE]\n> Wet.\n"),
            ("{{< alert >}}\nDry.\n{{< /alert >}}", "> [!NOTE]\n> Dry.\n"),
        ] {
            assert_eq!(normalised(text), expected, "{text}");
        }
    }

    #[test]
    fn folded_blocks_become_details() {
        let expected = "<details>\n<summary>Why?</summary>\n\nSo.\n\n</details>\n";
        for text in [
            "??? question \"Why?\"\n    So.",
            "???+ faq \"Why?\"\n\n    So.",
            "!!! question \"Why?\"\n    So.",
            ":::details Why?\nSo.\n:::",
            "{{% expand \"Why?\" %}}\nSo.\n{{% /expand %}}",
            "{{< details title=\"Why?\" >}}\nSo.\n{{< /details >}}",
            "<Accordion title=\"Why?\" icon=\"x\">\n  So.\n</Accordion>",
            "<FaqItem question={\"Why?\"}>\n  So.\n</FaqItem>",
        ] {
            assert_eq!(normalised(text), expected, "{text}");
        }
    }

    #[test]
    fn tabs_code_and_marks_in_a_line() {
        for (text, expected) in [
            (
                "=== \"Roof\"\n\n    Up.\n\n=== \"Cellar\"\n\n    Down.",
                "- **Roof**\n\n  Up.\n\n\n- **Cellar**\n\n  Down.\n",
            ),
            (
                "=== \"Roof\"\n\n    ## Is it tight?\n\n    Yes.",
                "**Roof**\n\n## Is it tight?\n\nYes.\n",
            ),
            (
                "<Tabs>\n<TabItem value=\"a\" label=\"A\">\n\nx\n\n</TabItem>\n</Tabs>",
                "- **A**\n\n  x\n",
            ),
            ("{% highlight sh %}\nls\n{% endhighlight %}", "```sh\nls\n```"),
            ("{{< alert >}}Mind{{< /alert >}} this", "Mind this"),
            ("```\n{% raw %}\n!!! note\n```", "```\n{% raw %}\n!!! note\n```"),
            ("!!!\n:::\n{{ value }}", "!!!\n\n{{ value }}"),
            ("a ::: b", "a ::: b"),
        ] {
            assert_eq!(normalised(text), expected, "{text}");
        }
    }
}
