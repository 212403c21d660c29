//! Texinfo: sections, examples, lists and tables, `@`-commands.

mod macros;

use crate::load::document::{Block, Content, Document, Item};
use crate::load::inline::Style;
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use crate::load::splitting::Pieces;
use crate::load::tex::{TexCommand, TexLanguage, put_first};
use crate::markup::source::clean;

pub(crate) struct Texinfo;

impl Loader for Texinfo {
    fn name(&self) -> &'static str {
        "texinfo"
    }

    fn description(&self) -> &'static str {
        "Texinfo: chapters, sections, lists, examples"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[".texi", ".texinfo", ".txi"]
    }

    fn pieces(&self) -> Pieces {
        Pieces::ByEntry
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        let is_mark = |line: &str| line.starts_with("@node ") || level(line).is_some();
        if peek.text.lines().filter(|line| is_mark(line)).count() > 1 { 85 } else { 0 }
    }

    fn read(&self, source: &SourceText<'_>) -> ParsedDocument {
        let text = macros::expanded(source.text.trim_start_matches('\u{feff}'));
        let lines: Vec<&str> = text.lines().collect();
        let mut parser = TexinfoParser { lines: &lines, at: 0, title: String::new(), depth: 0 };
        let blocks = parser.blocks("");
        Document { title: parser.title, blocks, ..Document::default() }.parsed(source)
    }
}

const LANGUAGE: TexLanguage =
    TexLanguage { sign: '@', command, ligatures: &[("---", "—"), ("``", "“"), ("''", "”")] };

fn command(name: &str) -> Option<TexCommand> {
    Some(match name {
        "code" | "samp" | "command" | "file" | "option" | "env" | "verb" | "kbd" | "t" => {
            TexCommand::Styled(Style::Code)
        }
        "footnote" => TexCommand::Note,
        "emph" | "i" | "dfn" | "cite" | "slanted" | "var" => TexCommand::Styled(Style::Emphasis),
        "strong" | "b" => TexCommand::Styled(Style::Strong),
        "key" => TexCommand::Styled(Style::Tag("kbd")),
        "sup" => TexCommand::Styled(Style::Tag("sup")),
        "sub" => TexCommand::Styled(Style::Tag("sub")),
        "url" | "uref" => TexCommand::Link,
        "email" => TexCommand::Styled(Style::Plain),
        "anchor" | "cindex" | "findex" | "vindex" | "kindex" | "pindex" | "noindent" | "indent"
        | "dmn" => TexCommand::Hidden,
        "dots" | "enddots" => TexCommand::Text("…"),
        "copyright" => TexCommand::Text("©"),
        "TeX" => TexCommand::Text("TeX"),
        "LaTeX" => TexCommand::Text("LaTeX"),
        "bullet" => TexCommand::Text("•"),
        "minus" => TexCommand::Text("-"),
        "result" => TexCommand::Text("⇒"),
        "tie" => TexCommand::Text(" "),
        "atchar" => TexCommand::Text("@"),
        _ => return None,
    })
}

/// The level and the text of a heading.
fn level(line: &str) -> Option<(u8, &str)> {
    let (name, text) = line.strip_prefix('@')?.split_once(' ')?;
    let level = match name {
        "top" | "chapter" | "unnumbered" | "appendix" | "chapheading" | "majorheading" => 1,
        "section" | "unnumberedsec" | "appendixsec" | "heading" => 2,
        "subsection" | "unnumberedsubsec" | "subheading" => 3,
        "subsubsection" | "unnumberedsubsubsec" | "subsubheading" => 4,
        _ => return None,
    };
    Some((level, text.trim()))
}

/// Blocks that are not shown.
const SKIPPED: &[&str] = &[
    "menu",
    "detailmenu",
    "iftex",
    "tex",
    "html",
    "ignore",
    "copying",
    "titlepage",
    "direntry",
    "macro",
];
const CODE: &[&str] = &[
    "example",
    "smallexample",
    "lisp",
    "smalllisp",
    "display",
    "smalldisplay",
    "format",
    "verbatim",
];
/// Commands that a paragraph may begin with.
const INLINE: &[&str] = &["noindent", "dots", "TeX", "LaTeX", "copyright", "result", "bullet"];

struct TexinfoParser<'a> {
    lines: &'a [&'a str],
    at: usize,
    title: String,
    depth: usize,
}

/// Nesting depth of blocks; deeper ones are dropped.
const MAX_DEPTH: usize = 15;

impl<'a> TexinfoParser<'a> {
    /// The blocks up to `@end name` or, in a list, up to its next item.
    fn blocks(&mut self, name: &str) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut text: Vec<&str> = Vec::new();
        let end = format!("@end {name}");
        while let Some(line) = self.lines.get(self.at).map(|line| line.trim()) {
            let is_end = line.starts_with(&end) && !name.is_empty();
            let is_item = !name.is_empty() && item(line).is_some();
            if is_end || is_item || line.starts_with("@bye") {
                break;
            }
            let number = self.at as u32 + 1;
            let command: &str = line.strip_prefix('@').map_or("", |rest| {
                &rest[..rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len())]
            });
            let is_text = command.is_empty()
                || line[1 + command.len()..].starts_with('{')
                || INLINE.contains(&command);
            if is_text && !line.is_empty() {
                text.push(line);
                self.at += 1;
                continue;
            }
            flush(&mut text, number, &mut blocks);
            self.at += 1;
            if !line.is_empty() {
                self.command(command, line, number, &mut blocks);
            }
        }
        flush(&mut text, self.at as u32 + 1, &mut blocks);
        blocks
    }

    fn command(&mut self, name: &str, line: &'a str, number: u32, blocks: &mut Vec<Block>) {
        let argument = line[1 + name.len()..].trim();
        if let Some((level, text)) = level(line) {
            let text = LANGUAGE.to_markdown(text);
            blocks.push(Block::new(number, Content::Heading { level, text, tags: Vec::new() }));
        } else if SKIPPED.contains(&name) {
            self.until_end(name);
        } else if CODE.contains(&name) {
            let lines = self.until_end(name);
            let code = lines.iter().map(|line| LANGUAGE.plain(line));
            let text = match name {
                "verbatim" => lines.join("\n"),
                _ => code.collect::<Vec<_>>().join("\n"),
            };
            blocks.push(Block::new(number, Content::Code { language: String::new(), text }));
        } else if self.depth < MAX_DEPTH
            && matches!(
                name,
                "itemize" | "enumerate" | "table" | "ftable" | "vtable" | "multitable"
            )
        {
            self.depth += 1;
            self.list(name, number, blocks);
            self.depth -= 1;
        } else if self.depth < MAX_DEPTH && matches!(name, "quotation" | "smallquotation") {
            self.depth += 1;
            let body = self.blocks(name);
            self.depth -= 1;
            self.at += 1;
            blocks.push(Block::new(number, Content::Quote(body)));
        } else if matches!(name, "settitle" | "title") && self.title.is_empty() {
            self.title = clean(&LANGUAGE.to_markdown(argument));
        } else if matches!(name, "center" | "exdent") {
            blocks.push(Block::new(number, Content::Paragraph(LANGUAGE.to_markdown(argument))));
        }
    }

    /// Takes the lines before `@end name`.
    fn until_end(&mut self, name: &str) -> Vec<&'a str> {
        let end = format!("@end {name}");
        let rest = &self.lines[self.at..];
        let length =
            rest.iter().position(|line| line.trim().starts_with(&end)).unwrap_or(rest.len());
        self.at = (self.at + length + 1).min(self.lines.len());
        rest[..length].to_vec()
    }

    fn list(&mut self, name: &str, number: u32, blocks: &mut Vec<Block>) {
        if name == "multitable" {
            let lines = self.until_end(name);
            blocks.push(Block::new(number, table(&lines)));
            return;
        }
        blocks.extend(self.blocks(name));
        let mut items = Vec::new();
        while let Some(line) = self.lines.get(self.at).map(|line| line.trim()) {
            let Some(text) = item(line) else { break };
            let line = self.at as u32 + 1;
            self.at += 1;
            let mut body = self.blocks(name);
            if matches!(name, "itemize" | "enumerate") {
                let text = LANGUAGE.to_markdown(text);
                put_first(text, line, &mut body);
                items.push(Item { line, done: None, body });
            } else {
                let term = LANGUAGE.to_markdown(text);
                blocks.push(Block::new(line, Content::Definition { term, body }));
            }
        }
        self.at += 1;
        if !items.is_empty() {
            let start = (name == "enumerate").then_some(1);
            blocks.push(Block::new(number, Content::List { start, items }));
        }
    }
}

/// The rest of `@item` and `@itemx`; `@itemize` is another command.
fn item(line: &str) -> Option<&str> {
    let text = line.strip_prefix("@item")?;
    let text = text.strip_prefix('x').unwrap_or(text);
    (!text.starts_with(|c: char| c.is_ascii_alphabetic())).then(|| text.trim())
}

fn table(lines: &[&str]) -> Content {
    let mut rows: Vec<String> = Vec::new();
    let mut has_header = false;
    for line in lines.iter().map(|line| line.trim()) {
        if let Some(text) = line.strip_prefix("@headitem").or_else(|| line.strip_prefix("@item")) {
            has_header |= line.starts_with("@headitem");
            rows.push(text.to_owned());
        } else if let Some(row) = rows.last_mut() {
            row.push(' ');
            row.push_str(line);
        }
    }
    let cells = |row: &String| row.split("@tab").map(|cell| LANGUAGE.to_markdown(cell)).collect();
    let mut rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
    let header = if has_header && !rows.is_empty() { rows.remove(0) } else { Vec::new() };
    Content::Table { header, rows }
}

/// Ends a paragraph.
fn flush(text: &mut Vec<&str>, next_line: u32, blocks: &mut Vec<Block>) {
    let line = next_line.saturating_sub(text.len() as u32);
    let markdown = LANGUAGE.to_markdown(&std::mem::take(text).join("\n"));
    if !markdown.is_empty() {
        blocks.push(Block::new(line, Content::Paragraph(markdown)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing;

    #[test]
    fn sections_lists_tables_and_commands() {
        let text = "@settitle Pumps\n@node One\n@chapter Drips\n\n@section Why does it @emph{drip}?\n@cindex drip\n\nThe @code{seal@@} is @strong{old},\nsee @uref{https://a.example, here}.\n\n@example\nturn @{x@}\n@end example\n\n@itemize @bullet\n@item one\n@item\ntwo\n@end itemize\n\n@section Loud noise\n\n@table @option\n@item -v\nLouder.\n@end table\n\n@multitable @columnfractions .5 .5\n@headitem Name @tab Size\n@item small @tab 10\n@end multitable\n@bye\n";
        let found = testing::read(&Texinfo, text);
        let pairs = testing::pairs(found);
        let expected = [
            (
                "Why does it drip?",
                "The `seal@` is **old**,\nsee [here](https://a.example).\n\n```\nturn {x}\n```\n\n- one\n- two",
            ),
            ("Loud noise", "-v\n: Louder.\n\n| Name | Size |\n| --- | --- |\n| small | 10 |"),
        ];
        assert_eq!(pairs, expected.map(|(q, a)| (q.to_owned(), a.to_owned())));
    }
}
