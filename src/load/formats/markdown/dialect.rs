//! Converts extensions of site generators to plain Markdown before a page is read: notes, folded
//! blocks and tabs, marked by indentation (`!!!`), colons (`:::`), templates (`{% %}`, `{{< >}}`)
//! and components (`<Accordion>`).
//!
//! A note becomes a quote, a folded block `<details>`, a tab a list item that begins with its label
//! in bold.

mod container;
mod directive;
mod line;
mod opening;
mod table;

use container::Container;
pub(super) use line::DialectLine;
use memchr::memmem;
use opening::{ComponentSpan, ContainerOpening};
use std::borrow::Cow;
use std::collections::HashMap;

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
    let signs = [
        "???",
        "!!!",
        ":::",
        "{%",
        "{{",
        "=== \"",
        "===! \"",
        "===+ \"",
        "</",
        "/>",
        "```{",
        "~~~{",
        "}`",
        ")=\n",
        "\n/// ",
        "[details=",
        "> [!",
    ];
    let has_marks =
        signs.iter().any(|sign| memmem::find(text.as_bytes(), sign.as_bytes()).is_some());
    if has_marks {
        let titles = titles_of_targets(&lines);
        normalise_lines(lines, &titles, 0)
    } else {
        lines
    }
}

/// The headings below targets of references.
fn titles_of_targets(lines: &[DialectLine<'_>]) -> HashMap<String, String> {
    let pairs = lines.windows(3).filter_map(|three| {
        let name = directive::target(&three[0].text)?;
        let below = three[1..].iter().map(|line| line.text.trim()).find(|text| !text.is_empty())?;
        let title = below.trim_start_matches('#');
        (title.len() < below.len()).then(|| (name.to_owned(), title.trim().to_owned()))
    });
    pairs.collect()
}

fn normalise_lines<'a>(
    lines: Vec<DialectLine<'a>>,
    titles: &HashMap<String, String>,
    depth: usize,
) -> Vec<DialectLine<'a>> {
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
        } else if let Some(open) = line::fence(bare).filter(|_| directive::fenced(bare).is_none()) {
            fence = Some(open);
        } else if unclosed < MAX_UNCLOSED
            && let Some(opening) =
                directive::fenced(bare).or_else(|| ContainerOpening::parse(&line.text))
            && let Some((body, end)) = body_of(&lines, n, &opening, &mut unclosed)
        {
            let number = line.number;
            let labels = opening::labels(bare);
            let mut container = opening.container;
            let mut body = with_labels(body, labels);
            if bare.starts_with('/') {
                // Options of blocks are indented below their mark.
                let count = body.iter().take_while(|line| is_block_option(&line.text)).count();
                body.drain(..count);
            }
            if directive::is_directive(&line.text) {
                let (rest, options) = directive::without_options(body);
                body = rest;
                container = container.with_options(&options);
            }
            let body = match container {
                Container::Code(_) | Container::Formula | Container::Hidden => body,
                _ => normalise_lines(body, titles, depth + 1),
            };
            let body = container.tabulated(body, number);
            container.write(body, number, &mut out);
            n = end;
            continue;
        } else if let Some(text) = opening::without_marks(&line.text) {
            let number = line.number;
            // A line of only marks leaves an empty line, so that its neighbours stay separate.
            out.push(DialectLine { text: Cow::Owned(text), number });
            n += 1;
            continue;
        } else if directive::target(&line.text).is_some() {
            out.push(DialectLine { text: Cow::Borrowed(""), number: line.number });
            n += 1;
            continue;
        } else if let Some(text) =
            directive::without_roles(&line.text, |name| titles.get(name).map(String::as_str))
        {
            out.push(DialectLine { text: Cow::Owned(text), number: line.number });
            n += 1;
            continue;
        }
        out.push(line.clone());
        n += 1;
    }
    out
}

/// Lines with labels added to the tabs among them.
fn with_labels(mut body: Vec<DialectLine<'_>>, labels: Vec<String>) -> Vec<DialectLine<'_>> {
    let mut labels = labels.into_iter().peekable();
    for line in &mut body {
        let Some(label) = labels.peek() else { break };
        if let Some(text) = opening::labelled(&line.text, label) {
            line.text = Cow::Owned(text);
            labels.next();
        }
    }
    body
}

/// Whether a line is an option of a block of `PyMdown`: `    open: True`.
fn is_block_option(line: &str) -> bool {
    let name = line.strip_prefix("    ").and_then(|rest| rest.split_once(": ")).map(|(n, _)| n);
    name.is_some_and(|name| matches!(name, "type" | "open" | "attrs" | "new" | "select"))
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
        ComponentSpan::Quoted => {
            let quoted = rest.iter().map_while(|line| {
                let inner = line.text.strip_prefix('>')?;
                let text = Cow::Owned(inner.strip_prefix(' ').unwrap_or(inner).to_owned());
                Some(DialectLine { text, number: line.number })
            });
            let body: Vec<DialectLine<'a>> = quoted.collect();
            let end = n + 1 + body.len();
            return Some((body, end));
        }
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
            ("{{% notice tip \"Mind\" %}}\nDry.\n{{% /notice %}}", "> **Mind**\n>\n> Dry.\n"),
            ("::: {.callout-tip title=\"Mind\"}\nDry.\n:::", "> **Mind**\n>\n> Dry.\n"),
            ("End.\n/// note | Mind\nDry.\n///", "End.\n> **Mind**\n>\n> Dry.\n"),
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
            "\n/// details | Why?\n    open: True\n\nSo.\n///",
            "[details=\"Why?\"]\nSo.\n[/details]",
            "> [!question]- Why?\n> So.",
            ":::{dropdown} Why?\nSo.\n:::",
        ] {
            assert_eq!(normalised(text).trim_start(), expected, "{text}");
        }
    }

    #[test]
    fn directives_and_roles_of_myst() {
        for (text, expected) in [
            (
                "```{admonition} Mind\n:class: warning\n\nHot *pipes*.\n```",
                "> **Mind**\n>\n> Hot *pipes*.\n",
            ),
            ("```{note}\nWet.\n```\nEnd.", "> [!NOTE]\n> Wet.\n\nEnd."),
            (":::{tip}\n:class: x\nWet.\n:::", "> [!TIP]\n> Wet.\n"),
            (
                "````{dropdown} More\n```{code-block} sh\n:linenos:\nls\n```\n````",
                "<details>\n<summary>More</summary>\n\n```sh\nls\n```\n\n</details>\n",
            ),
            ("```{math}\n---\nlabel: e\n---\na*b\n```", "$$\na*b\n$$"),
            ("```{image} a.png\n:alt: A pump\n```", "![A pump](a.png)\n\n"),
            (
                "```{list-table} Sizes\n:header-rows: 1\n\n* - Name\n  - Size\n* - small\n  - 10\n```",
                "**Sizes**\n\n| Name | Size |\n| --- | --- |\n| small | 10 |\n",
            ),
            (
                ":::{csv-table}\n:header: Name, Size\n\nsmall, 10\n\"a, b\", 20\n:::",
                "| Name | Size |\n| --- | --- |\n| small | 10 |\n| a, b | 20 |\n",
            ),
            ("```{toctree}\nguide\n```", ""),
            ("```{r, echo=FALSE}\nx\n```", "```{r, echo=FALSE}\nx\n```"),
            (
                "(wet)=\n# Why wet?\n\n{ref}`wet`, {ref}`here <wet>`, {ref}`dry`, {doc}`/guide`",
                "\n# Why wet?\n\nWhy wet?, here, dry, guide",
            ),
            (
                "{kbd}`q` {math}`a*b` {py:func}`~a.b` {guilabel}`OK` `{x}` and `{kbd}`",
                "<kbd>q</kbd> $a*b$ `a.b` **OK** `{x}` and `{kbd}`",
            ),
        ] {
            assert_eq!(normalised(text), expected, "{text}");
        }
    }

    #[test]
    fn parameters_of_includes_and_alerts_of_jekyll() {
        for (text, expected) in [
            ("{% include note.html content=\"Two *feet*.\" %}", "> [!NOTE]\n> Two *feet*.\n"),
            (
                "{% include alert.html type='warning' title=\"Mind\" content='It\\'s hot.' %}",
                "> **Mind**\n>\n> It's hot.\n",
            ),
            (
                "{% include image.html file=\"a.png\" alt=\"A pump\" caption=\"Old\" %}",
                "![A pump](a.png)",
            ),
            ("{% include head.html %}\nSee {% include link.html text=\"here\" %}.", "\nSee here."),
            ("{{site.data.alerts.tip}}Be quick.{{ site.data.alerts.end }}", "Be quick."),
            ("{{ site.title }}", "{{ site.title }}"),
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
            (
                "<Tabs items={['A', 'B']}>\n<Tabs.Tab>x</Tabs.Tab>\n<Tab>\ny\n</Tab>\n</Tabs>",
                "- **A**\n\n  x\n\n- **B**\n\n  y\n",
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
