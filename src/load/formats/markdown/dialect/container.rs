//! A container of a site generator, and its equivalent in Markdown.

use super::line::{DialectLine, fence as fence_of};
use super::table;
use crate::markup::source::emphasise;
use std::borrow::Cow;

/// The meaning of a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Container {
    /// A note: one of GitHub's five kinds, or with a title.
    Note { kind: &'static str, title: String },
    /// Folded under its summary.
    Details(String),
    /// One of several alternatives, with its label.
    Tab(String),
    /// A section with a title.
    Titled(String),
    /// Code in a language.
    Code(String),
    /// A formula of its own.
    Formula,
    /// An image at an address, and the caption below it.
    Image { address: String, description: String },
    /// A table with its title: a list of lists.
    ListTable(String),
    /// A table with its title: comma-separated values, and the header that an option gives.
    CsvTable { title: String, header: Option<String> },
    /// Not shown.
    Hidden,
    /// A question; its answer follows.
    Question,
    /// Only its content is shown.
    Content,
}

impl Container {
    /// The container with this name and title.
    pub(super) fn of(name: &str, title: String, is_folded: bool) -> Self {
        let lower = name.to_lowercase();
        if title.is_empty() && matches!(lower.as_str(), "question" | "faqquestion" | "faq.question")
        {
            return Self::Question;
        }
        match lower.as_str() {
            "list-table" => return Self::ListTable(title),
            "csv-table" => return Self::CsvTable { title, header: None },
            _ => {}
        }
        let contains = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        if title.is_empty() && contains(&["tabs", "group", "steps", "columns"]) {
            return Self::Content;
        }
        let asks = contains(&["question", "faq"]);
        let folds = contains(&[
            "accordion",
            "collaps",
            "detail",
            "disclos",
            "expand",
            "spoiler",
            "toggle",
            "dropdown",
        ]);
        if !title.is_empty() && (is_folded || asks || folds) {
            return Self::Details(title);
        }
        if contains(&["tab"]) && !title.is_empty() {
            return Self::Tab(title);
        }
        if contains(&["step", "card"]) && !title.is_empty() {
            return Self::Titled(title);
        }
        match kind(&lower) {
            Some(kind) => Self::Note { kind, title },
            None if title.is_empty() => Self::Content,
            None => Self::Titled(title),
        }
    }

    /// An image with the description that its options give it, a table with its header.
    pub(super) fn with_options(self, options: &[(String, String)]) -> Self {
        let option =
            |name| options.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        match self {
            Self::Image { address, .. } => {
                Self::Image { address, description: option("alt").unwrap_or_default() }
            }
            Self::CsvTable { title, .. } => Self::CsvTable { title, header: option("header") },
            other => other,
        }
    }

    /// The content of a table as the lines of a Markdown table; that of others unchanged.
    pub(super) fn tabulated<'a>(
        &self,
        body: Vec<DialectLine<'a>>,
        number: u32,
    ) -> Vec<DialectLine<'a>> {
        let rows = match self {
            Self::ListTable(_) => table::list_rows(&body),
            Self::CsvTable { header, .. } => table::csv_rows(header.as_deref(), &body),
            Self::Note { .. }
            | Self::Details(_)
            | Self::Tab(_)
            | Self::Titled(_)
            | Self::Code(_)
            | Self::Formula
            | Self::Image { .. }
            | Self::Hidden
            | Self::Question
            | Self::Content => return body,
        };
        let rows = table::markdown(&rows).into_iter();
        rows.map(|text| DialectLine { text: Cow::Owned(text), number }).collect()
    }

    /// Writes the container as Markdown; `number` is the line of its opening mark.
    pub(super) fn write<'a>(
        self,
        body: Vec<DialectLine<'a>>,
        number: u32,
        out: &mut Vec<DialectLine<'a>>,
    ) {
        let line = |text: String| DialectLine { text: Cow::Owned(text), number };
        let gap = || line(String::new());
        match self {
            Self::Note { kind, title } => {
                if title.is_empty() {
                    out.push(line(format!("> [!{kind}]")));
                } else {
                    out.extend([line(format!("> {}", emphasise(&title, "**"))), line(">".into())]);
                }
                out.extend(trimmed(body).into_iter().map(|inner| {
                    let bare = inner.text.trim_end();
                    let text = if bare.is_empty() { ">".to_owned() } else { format!("> {bare}") };
                    DialectLine { text: Cow::Owned(text), number: inner.number }
                }));
                out.push(gap());
            }
            Self::Details(summary) => {
                out.push(line("<details>".into()));
                out.push(line(format!("<summary>{summary}</summary>")));
                out.push(gap());
                out.extend(trimmed(body));
                out.extend([gap(), line("</details>".into()), gap()]);
            }
            Self::Tab(label) if !label.ends_with('?') && !has_parts(&body) => {
                out.extend([line(format!("- {}", emphasise(&label, "**"))), gap()]);
                out.extend(trimmed(body).into_iter().map(|inner| {
                    let bare = inner.text.trim_end();
                    let text = if bare.is_empty() { String::new() } else { format!("  {bare}") };
                    DialectLine { text: Cow::Owned(text), number: inner.number }
                }));
                out.push(gap());
            }
            Self::Tab(label) | Self::Titled(label) => {
                out.extend([line(emphasise(&label, "**")), gap()]);
                out.extend(trimmed(body));
                out.push(gap());
            }
            Self::Code(language) => {
                out.push(line(format!("```{language}")));
                out.extend(body);
                out.push(line("```".into()));
            }
            Self::Formula => {
                out.push(line("$$".into()));
                out.extend(body);
                out.push(line("$$".into()));
            }
            Self::Image { address, description } => {
                out.extend([line(format!("![{description}]({address})")), gap()]);
                out.extend(trimmed(body));
                out.push(gap());
            }
            Self::ListTable(title) | Self::CsvTable { title, .. } => {
                if !title.is_empty() {
                    out.extend([line(emphasise(&title, "**")), gap()]);
                }
                out.extend(body);
                out.push(gap());
            }
            Self::Hidden => out.push(gap()),
            Self::Question => {
                let words: Vec<&str> = body.iter().map(|inner| inner.text.trim()).collect();
                out.extend([line(format!("### {}", words.join(" ").trim())), gap()]);
            }
            Self::Content => out.extend(body),
        }
    }
}

/// Whether headings, folded blocks or bold lines structure a text. Sections may be questions, which
/// are only recognised outside lists.
fn has_parts(lines: &[DialectLine<'_>]) -> bool {
    let divides = |line: &DialectLine<'_>| {
        let bare = line.text.trim_start();
        ["#", "**", "__", "<details", "<summary", "Q:", "Q."]
            .iter()
            .any(|sign| bare.starts_with(sign))
    };
    outside_fences(lines).any(divides)
}

fn outside_fences<'a, 'b>(
    lines: &'a [DialectLine<'b>],
) -> impl Iterator<Item = &'a DialectLine<'b>> {
    let mut fence: Option<String> = None;
    lines.iter().filter(move |line| {
        let bare = line.text.trim_start();
        match &fence {
            Some(open) if bare.starts_with(open.as_str()) => fence = None,
            Some(_) => {}
            None => fence = fence_of(bare),
        }
        fence.is_none()
    })
}

/// Without empty lines at both ends.
fn trimmed(mut lines: Vec<DialectLine<'_>>) -> Vec<DialectLine<'_>> {
    let is_empty = |line: &DialectLine<'_>| line.text.trim().is_empty();
    while lines.last().is_some_and(is_empty) {
        lines.pop();
    }
    let start = lines.iter().take_while(|line| is_empty(line)).count();
    lines.drain(..start);
    lines
}

/// The closest kind of GitHub's alerts.
fn kind(name: &str) -> Option<&'static str> {
    Some(match name {
        "note" | "info" | "seealso" | "abstract" | "summary" | "notice" | "admonition"
        | "alert" | "callout" | "hint" | "check" | "question" | "faq" | "example" | "quote" => {
            "NOTE"
        }
        "tip" | "success" | "pro" => "TIP",
        "important" | "attention" => "IMPORTANT",
        "warning" | "warn" => "WARNING",
        "caution" | "danger" | "error" | "failure" | "bug" => "CAUTION",
        _ => return None,
    })
}

/// The columns of white space before a line; a tab counts four.
pub(super) fn columns_before(line: &str) -> usize {
    let blanks = line.chars().take_while(|c| matches!(c, ' ' | '\t'));
    blanks.map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// A line without this many columns of leading white space.
pub(super) fn cut_columns(line: Cow<'_, str>, columns: usize) -> Cow<'_, str> {
    let (mut used, mut at) = (0, 0);
    for c in line.chars() {
        if used >= columns || !matches!(c, ' ' | '\t') {
            break;
        }
        used += if c == '\t' { 4 } else { 1 };
        at += 1;
    }
    match line {
        Cow::Borrowed(text) => Cow::Borrowed(&text[at..]),
        Cow::Owned(text) => Cow::Owned(text[at..].to_owned()),
    }
}
