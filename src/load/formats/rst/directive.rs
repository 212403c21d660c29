//! Explicit markup, which begins with two dots.

use super::inline::References;
use super::parser::{RstParser, field, indent};
use super::table;
use crate::load::document::{Block, Content, Tab};
use crate::markup::source::{emphasise, escape_text, link};

/// A kind of explicit markup.
pub(super) enum Markup<'a> {
    Directive(Directive<'a>),
    /// A footnote or citation with its label, as Markdown.
    Footnote(String),
    /// A target, a substitution or a comment, which is not shown.
    Hidden,
}

/// The parts of a directive.
pub(super) struct Directive<'a> {
    name: &'a str,
    /// The text after the colons and its continuation lines.
    argument: String,
    options: Vec<(&'a str, &'a str)>,
    pub(super) content: Vec<&'a str>,
    /// The index of the first content line in the parser's lines.
    pub(super) content_at: usize,
}

impl Directive<'_> {
    fn option(&self, name: &str) -> Option<&str> {
        self.options.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
    }

    /// Whether the content is blocks, rather than code or data.
    pub(super) fn holds_blocks(&self) -> bool {
        let is_other = matches!(
            self.name,
            "code"
                | "code-block"
                | "sourcecode"
                | "parsed-literal"
                | "prompt"
                | "testcode"
                | "ipython"
                | "math"
                | "literalinclude"
                | "youtube"
                | "video"
                | "rubric"
                | "centered"
                | "csv-table"
        );
        !is_other && !SILENT.contains(&self.name)
    }

    /// The visible blocks; `body` are the blocks of the content.
    pub(super) fn blocks(
        &self,
        references: &References,
        number: u32,
        body: Vec<Block>,
    ) -> Vec<Block> {
        let name = self.name;
        let argument = references.to_markdown(&self.argument);
        let one = |content| vec![Block::new(number, content)];
        let before = |content: Content, body: Vec<Block>| {
            let mut blocks = one(content);
            blocks.extend(body);
            blocks
        };
        match name {
            _ if SILENT.contains(&name) => Vec::new(),
            "code" | "code-block" | "sourcecode" | "parsed-literal" | "prompt" | "testcode"
            | "ipython" => one(self.code()),
            "math" => one(self.formula()),
            "image" | "figure" => before(self.image(), body),
            "literalinclude" | "youtube" | "video" => {
                one(Content::Paragraph(link("", &self.argument)))
            }
            "rubric" | "centered" => one(Content::Paragraph(emphasise(&argument, "**"))),
            "table" | "list-table" | "csv-table" => {
                let table = self.table(references, number, body);
                if argument.is_empty() {
                    table
                } else {
                    before(Content::Paragraph(emphasise(&argument, "**")), table)
                }
            }
            "versionadded" | "versionchanged" | "deprecated" | "versionremoved" => {
                before(self.version_note(&argument), body)
            }
            "epigraph" | "pull-quote" | "highlights" => {
                one(Content::Quote(with_argument(argument, number, body)))
            }
            "admonition" | "topic" | "sidebar" => {
                let label = crate::markup::source::clean(&argument);
                one(Content::Admonition { label, body })
            }
            "dropdown" | "collapse" | "details" => {
                one(Content::Details { summary: argument, body })
            }
            "tab" | "tab-item" | "group-tab" | "code-tab" => {
                one(Content::Tabs(vec![Tab { label: argument, body }]))
            }
            _ if ADMONITIONS.contains(&name) => {
                let body = with_argument(argument, number, body);
                one(Content::Admonition { label: self.admonition_label().to_owned(), body })
            }
            "glossary" => with_shared_definitions(body),
            // Unknown directives may hold text, which is kept.
            _ => body,
        }
    }

    fn code(&self) -> Content {
        let language = match self.name {
            "prompt" => self.argument.split_whitespace().next().unwrap_or_default(),
            "ipython" | "testcode" => "python",
            _ => self.argument.as_str(),
        };
        Content::Code { language: language.to_owned(), text: self.content.join("\n") }
    }

    fn formula(&self) -> Content {
        let lines = std::iter::once(self.argument.as_str()).chain(self.content.iter().copied());
        let formula: Vec<&str> = lines.filter(|line| !line.trim().is_empty()).collect();
        Content::Raw(format!("$$\n{}\n$$", formula.join("\n")))
    }

    fn image(&self) -> Content {
        let label = escape_text(self.option("alt").unwrap_or_default()).into_owned();
        Content::Paragraph(format!("![{label}]({})", self.argument))
    }

    /// The blocks of a table without its title.
    fn table(&self, references: &References, number: u32, body: Vec<Block>) -> Vec<Block> {
        let header_rows = self.option("header-rows").and_then(|rows| rows.trim().parse().ok());
        let header_rows = header_rows.unwrap_or(0);
        let content = match self.name {
            "csv-table" => {
                let separator = self.option("delim").map(str::trim).and_then(table::separator);
                let header = (self.option("header"), header_rows);
                table::from_csv(references, &self.content, separator.unwrap_or(b','), header)
            }
            "list-table" => table::from_list(body, header_rows),
            _ => return body,
        };
        vec![Block::new(number, content)]
    }

    fn version_note(&self, argument: &str) -> Content {
        let word = match self.name {
            "versionadded" => "Added in",
            "versionchanged" => "Changed in",
            "deprecated" => "Deprecated since",
            _ => "Removed in",
        };
        let (version, rest) = argument.split_once(char::is_whitespace).unwrap_or((argument, ""));
        let text = format!("*{word} version {version}:* {}", rest.trim());
        Content::Paragraph(text.trim_end().to_owned())
    }

    fn admonition_label(&self) -> &str {
        match self.name {
            "hint" => "tip",
            "danger" | "error" | "attention" => "warning",
            "seealso" => "See also",
            other => other,
        }
    }
}

/// Reads a directive, a target, a footnote or a comment, with the indented lines below it.
pub(super) fn read<'a>(parser: &mut RstParser<'a, '_>) -> Markup<'a> {
    let line = parser.line(0);
    let rest = line.strip_prefix("..").unwrap_or(line).trim();
    if let Some((mark, text)) = rest.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
        let label = format!("\\[{}\\] ", escape_text(mark.trim_start_matches('#')));
        parser.at += 1;
        let mut lines = vec![text];
        lines.extend(parser.indented(1).iter().map(|line| line.trim()));
        let text = parser.references.to_markdown(&lines.join("\n"));
        return Markup::Footnote(label + &text);
    }
    let is_name = |c: char| c.is_alphanumeric() || "-_.:+".contains(c);
    let named = rest.split_once("::").filter(|(name, _)| {
        !name.is_empty() && !name.starts_with('_') && name.trim_end().chars().all(is_name)
    });
    let Some((name, argument)) = named else {
        parser.at += 1;
        if !parser.line(0).is_empty() && indent(parser.line(0)) > 0
            || rest.is_empty() && indent(parser.line(0)) > 0
        {
            parser.indented(1);
        }
        return Markup::Hidden;
    };
    Markup::Directive(parts(parser, name.trim(), argument.trim()))
}

fn parts<'a>(parser: &mut RstParser<'a, '_>, name: &'a str, argument: &str) -> Directive<'a> {
    parser.at += 1;
    let from = parser.at;
    let below =
        parser.lines[from..].iter().map(|line| line.trim_end()).find(|line| !line.is_empty());
    let column = below.map_or(0, indent);
    let mut directive = Directive {
        name: name.rsplit(':').next().unwrap_or(name),
        argument: argument.to_owned(),
        options: Vec::new(),
        content: Vec::new(),
        content_at: from,
    };
    if column == 0 {
        return directive;
    }
    let lines = parser.indented(column);
    let mut start = 0;
    // The following lines continue the argument, up to options or a blank line.
    while let Some(line) = lines.get(start).filter(|line| !line.trim().is_empty()) {
        if let Some((key, value)) = field(line.trim_end()) {
            directive.options.push((key, value));
        } else if directive.options.is_empty()
            && takes_argument(directive.name)
            && !argument.is_empty()
        {
            directive.argument.push('\n');
            directive.argument.push_str(line.trim());
        } else {
            break;
        }
        start += 1;
    }
    while lines.get(start).is_some_and(|line| line.trim().is_empty()) {
        start += 1;
    }
    directive.content_at = from + start;
    directive.content = lines[start..].to_vec();
    directive
}

fn takes_argument(name: &str) -> bool {
    !matches!(
        name,
        "code" | "code-block" | "sourcecode" | "image" | "figure" | "list-table" | "csv-table"
    )
}

/// Directives without visible text.
const SILENT: &[&str] = &[
    "contents",
    "toctree",
    "index",
    "highlight",
    "meta",
    "include",
    "currentmodule",
    "module",
    "default-role",
    "role",
    "sectnum",
    "section-numbering",
    "header",
    "footer",
    "tabularcolumns",
    "target-notes",
    "title",
    "automodule",
    "autoclass",
    "sectionauthor",
    "codeauthor",
];

const ADMONITIONS: &[&str] = &[
    "note",
    "tip",
    "important",
    "warning",
    "caution",
    "danger",
    "error",
    "hint",
    "attention",
    "seealso",
    "todo",
];

/// Joins the terms on several lines that share the definition below them.
fn with_shared_definitions(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    for block in blocks {
        match (out.last_mut(), block.content) {
            (Some(Block { content: before, .. }), Content::Quote(body))
                if matches!(before, Content::Paragraph(_)) =>
            {
                if let Content::Paragraph(terms) = before {
                    *before = Content::Definition { term: terms.replace('\n', ", "), body };
                }
            }
            (_, content) => out.push(Block::new(block.line, content)),
        }
    }
    out
}

/// The argument as the first paragraph of the content.
fn with_argument(argument: String, number: u32, body: Vec<Block>) -> Vec<Block> {
    let first = (!argument.is_empty()).then(|| Block::new(number, Content::Paragraph(argument)));
    first.into_iter().chain(body).collect()
}
