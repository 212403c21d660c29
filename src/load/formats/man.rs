//! Manual pages: the macros of `man(7)`.

use crate::load::document::{Block, Content, Document, Item};
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use crate::load::splitting::Pieces;
use crate::markup::source::{clean, emphasise, escape_text};

pub(crate) struct Man;

impl Loader for Man {
    fn name(&self) -> &'static str {
        "man"
    }

    fn description(&self) -> &'static str {
        "manual pages with the macros of man(7)"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[".man", ".1", ".5", ".7", ".8"]
    }

    fn pieces(&self) -> Pieces {
        Pieces::ByEntry
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        let begins = |macro_: &str| peek.text.lines().any(|line| line.starts_with(macro_));
        if begins(".TH ") && (begins(".SH") || begins(".SS")) { 90 } else { 0 }
    }

    fn read(&self, source: &SourceText<'_>) -> ParsedDocument {
        let mut page = ManPage::default();
        for (number, line) in (1..).zip(source.text.trim_start_matches('\u{feff}').lines()) {
            page.line(number, line);
        }
        page.end_paragraph();
        let mut document =
            Document { title: page.title, blocks: page.blocks, ..Document::default() };
        document.take_name();
        document.parsed(source)
    }
}

#[derive(Default)]
struct ManPage {
    title: String,
    blocks: Vec<Block>,
    /// Lines of the paragraph being read, as Markdown.
    lines: Vec<String>,
    first_line: u32,
    /// Code between `.nf` and `.fi`.
    code: Option<Vec<String>>,
    /// The next line of text is the term of a definition (`.TP`) or a heading.
    next: NextText,
    /// The paragraph belongs to this term or bullet.
    label: Option<String>,
}

#[derive(Default, PartialEq)]
enum NextText {
    #[default]
    Text,
    Term,
    Heading(u8),
}

impl ManPage {
    fn line(&mut self, number: u32, line: &str) {
        if line.starts_with(".\\\"") || line.starts_with("'\\\"") || line.starts_with("\\\"") {
            return;
        }
        if let Some(request) = line.strip_prefix(['.', '\'']) {
            self.request(number, request.trim());
        } else if let Some(code) = &mut self.code {
            code.push(plain(line));
        } else if line.trim().is_empty() {
            self.end_paragraph();
        } else {
            self.text(number, to_markdown(line.trim()));
        }
    }

    fn text(&mut self, number: u32, markdown: String) {
        match std::mem::take(&mut self.next) {
            NextText::Term => {
                let others = self.label.take().map(|label| label + ", ").unwrap_or_default();
                self.label = Some(others + &markdown);
            }
            NextText::Heading(level) => {
                let content = Content::Heading { level, text: markdown, tags: Vec::new() };
                self.blocks.push(Block::new(number, content));
            }
            NextText::Text => {
                if self.lines.is_empty() {
                    self.first_line = number;
                }
                self.lines.push(markdown);
            }
        }
    }

    fn request(&mut self, number: u32, request: &str) {
        let (name, rest) = request.split_once(char::is_whitespace).unwrap_or((request, ""));
        let arguments = arguments(rest);
        let joined = arguments.join(" ");
        if let Some(code) = &mut self.code
            && !matches!(name, "fi" | "EE" | "SH" | "SS")
        {
            if matches!(name, "B" | "I" | "BR" | "IR") {
                code.push(plain(&joined));
            }
            return;
        }
        match name {
            "TH" => self.title = clean(arguments.first().map_or("", String::as_str)),
            "SH" | "SS" => {
                self.end_code();
                self.end_paragraph();
                let level = if name == "SH" { 1 } else { 2 };
                self.next = NextText::Heading(level);
                if !joined.is_empty() {
                    self.text(number, to_markdown(&joined));
                }
            }
            "PP" | "P" | "LP" | "sp" | "RS" | "RE" | "HP" => self.end_paragraph(),
            "TP" => {
                self.end_paragraph();
                self.next = NextText::Term;
            }
            // Another term of the same definition.
            "TQ" => {
                if !self.lines.is_empty() {
                    self.end_paragraph();
                }
                self.next = NextText::Term;
            }
            "IP" => {
                self.end_paragraph();
                self.label = Some(to_markdown(arguments.first().map_or("", String::as_str)));
            }
            "nf" | "EX" => {
                self.end_paragraph();
                self.first_line = number;
                self.code = Some(Vec::new());
            }
            "fi" | "EE" => self.end_code(),
            "br" => {
                if let Some(last) = self.lines.last_mut() {
                    last.push('\\');
                }
            }
            "B" | "SB" => self.text(number, emphasise(&to_markdown(&joined), "**")),
            "I" => self.text(number, emphasise(&to_markdown(&joined), "*")),
            "UR" | "URL" | "MT" => self.text(number, format!("<{joined}>")),
            _ if name.len() == 2 && name.bytes().all(|b| b"BIR".contains(&b)) => {
                let fonts = name.bytes().cycle();
                let one = |(font, text): (u8, &String)| match font {
                    b'B' => emphasise(&to_markdown(text), "**"),
                    b'I' => emphasise(&to_markdown(text), "*"),
                    _ => to_markdown(text),
                };
                let text: String = fonts.zip(&arguments).map(one).collect();
                self.text(number, text);
            }
            // Settings and other macros show nothing.
            _ => {}
        }
    }

    fn end_code(&mut self) {
        if let Some(code) = self.code.take().filter(|code| !code.is_empty()) {
            let content = Content::Code { language: String::new(), text: code.join("\n") };
            self.blocks.push(Block::new(self.first_line, content));
        }
    }

    fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.lines).join("\n");
        let text = text.trim_end_matches('\\').to_owned();
        let line = self.first_line;
        let label = self.label.take();
        if text.is_empty() && label.is_none() {
            return;
        }
        let paragraph = Block::new(line, Content::Paragraph(text));
        let is_bullet = |label: &str| matches!(label, "" | "•" | "\\*" | "-" | "o" | "·");
        match label {
            None => self.blocks.push(paragraph),
            Some(label) if is_bullet(&label) => {
                let item = Item { line, done: None, body: vec![paragraph] };
                let before = self.blocks.last_mut().map(|block| &mut block.content);
                if let Some(Content::List { items, .. }) = before {
                    items.push(item);
                } else {
                    let list = Content::List { start: None, items: vec![item] };
                    self.blocks.push(Block::new(line, list));
                }
            }
            Some(term) => {
                let content = Content::Definition { term, body: vec![paragraph] };
                self.blocks.push(Block::new(line, content));
            }
        }
    }
}

/// The arguments of a request, which quotes may hold together.
fn arguments(text: &str) -> Vec<String> {
    let mut arguments = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (argument, after) = match rest.strip_prefix('"') {
            Some(inner) => inner.split_once('"').unwrap_or((inner, "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        arguments.push(argument.to_owned());
        rest = after.trim_start();
    }
    arguments
}

/// `\fBbold\fR`, `\-`, `\(em` and their like as Markdown.
fn to_markdown(text: &str) -> String {
    let mut out = String::new();
    for (font, run) in runs(text) {
        let escaped = escape_text(&run).into_owned();
        out.push_str(&match font {
            'B' => emphasise(&escaped, "**"),
            'I' => emphasise(&escaped, "*"),
            'C' => crate::markup::source::code_span(&run),
            _ => escaped,
        });
    }
    out
}

fn plain(text: &str) -> String {
    runs(text).into_iter().map(|(_, run)| run).collect()
}

/// The parts of a line, each with its font.
fn runs(text: &str) -> Vec<(char, String)> {
    let mut runs = vec![('R', String::new())];
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        push(&mut runs, before);
        let mut chars = after.chars();
        rest = match chars.next() {
            Some('f') => {
                let (name, rest) = font(chars.as_str());
                runs.push((name, String::new()));
                rest
            }
            Some('-') => push_and(&mut runs, "-", chars.as_str()),
            Some('e' | '\\') => push_and(&mut runs, "\\", chars.as_str()),
            Some(' ' | '~' | '0') => push_and(&mut runs, " ", chars.as_str()),
            Some('&' | '/' | ',' | '|' | '^' | 'c' | ':' | '%') => chars.as_str(),
            Some('(') => {
                let name: String = chars.as_str().chars().take(2).collect();
                push(&mut runs, special(&name));
                chars.as_str().get(name.len()..).unwrap_or("")
            }
            Some('[') => match chars.as_str().split_once(']') {
                Some((name, rest)) => push_and(&mut runs, special(name), rest),
                None => chars.as_str(),
            },
            Some('"') | None => "",
            Some(other) => {
                push(&mut runs, other.encode_utf8(&mut [0; 4]));
                chars.as_str()
            }
        };
    }
    push(&mut runs, rest);
    runs.retain(|(_, run)| !run.is_empty());
    runs
}

fn push(runs: &mut [(char, String)], text: &str) {
    if let Some((_, run)) = runs.last_mut() {
        run.push_str(text);
    }
}

fn push_and<'a>(runs: &mut [(char, String)], text: &str, rest: &'a str) -> &'a str {
    push(runs, text);
    rest
}

/// The font behind `\f`: `B`, `(CW`, `[CR]`.
fn font(text: &str) -> (char, &str) {
    if let Some(rest) = text.strip_prefix('[') {
        let (name, rest) = rest.split_once(']').unwrap_or((rest, ""));
        return (name.chars().next().unwrap_or('R'), rest);
    }
    if let Some(rest) = text.strip_prefix('(') {
        return (rest.chars().next().unwrap_or('R'), rest.get(2..).unwrap_or(""));
    }
    let name = text.chars().next().unwrap_or('R');
    let name_in_letters = match name {
        '2' => 'I',
        '3' => 'B',
        'P' | '1' => 'R',
        other => other,
    };
    (name_in_letters, text.get(name.len_utf8()..).unwrap_or(""))
}

fn special(name: &str) -> &'static str {
    match name {
        "em" => "—",
        "en" => "–",
        "bu" => "•",
        "co" => "©",
        "lq" => "“",
        "rq" => "”",
        "oq" => "‘",
        "cq" | "aq" => "’",
        "dq" => "\"",
        "rs" => "\\",
        "ti" => "~",
        "ha" => "^",
        "->" => "→",
        "<-" => "←",
        ">=" => "≥",
        "<=" => "≤",
        "mu" => "×",
        "ga" => "`",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing;

    #[test]
    fn sections_terms_code_and_fonts() {
        let text = ".TH PUMP 7\n.SH Drips\n.SS Why does it \\fIdrip\\fR?\nThe \\fBseal\\fR, see\n.BR pump (1).\n.PP\nMore\\-over.\n.nf\nturn -x \\e\n.fi\n.SS \"Loud noise\"\n.IP \\(bu 2\none\n.IP \\(bu\ntwo\n.TP\n.B \\-v\nLouder.\n";
        let found = testing::read(&Man, text);
        let pairs = testing::pairs(found);
        let expected = [
            (
                "Why does it drip?",
                "The **seal**, see\n**pump**(1).\n\nMore-over.\n\n```\nturn -x \\\n```",
            ),
            ("Loud noise", "- one\n- two\n\n**-v**\n: Louder."),
        ];
        assert_eq!(pairs, expected.map(|(q, a)| (q.to_owned(), a.to_owned())));
    }
}
