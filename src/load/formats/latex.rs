//! LaTeX: sections, lists, code, the common commands; formulas stay as they are.

use crate::load::document::{Block, Content, Document, Item};
use crate::load::inline::Style;
use crate::load::labels::label;
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use crate::load::splitting::Pieces;
use crate::load::tex::{TexCommand, TexLanguage, braced, delimited, put_first};
use crate::markup::source::clean;
use std::ops::Range;

pub(crate) struct Latex;

impl Loader for Latex {
    fn name(&self) -> &'static str {
        "latex"
    }

    fn description(&self) -> &'static str {
        "LaTeX: sections, lists, code"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[".tex", ".latex", ".ltx"]
    }

    fn pieces(&self) -> Pieces {
        Pieces::ByEntry
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        let has = |mark| peek.text.contains(mark);
        let opens =
            |line: &str| line.starts_with("\\section{") || line.starts_with("\\subsection{");
        // Pages about LaTeX show it in fences.
        let is_page = peek.text.starts_with("---\n") || has("\n```");
        match (has("\\documentclass"), has("\\section") || has("\\begin{")) {
            _ if is_page => 0,
            (true, true) => 90,
            (false, true) if peek.text.lines().any(opens) => 50,
            _ => 0,
        }
    }

    fn read(&self, source: &SourceText<'_>) -> ParsedDocument {
        let text = source.text.trim_start_matches('\u{feff}');
        let (lines, numbers) = lines(text);
        let begin =
            lines.iter().position(|line| line.trim_start().starts_with("\\begin{document}"));
        let title = text
            .split_once("\\title{")
            .and_then(|(_, rest)| braced(&text[text.len() - rest.len() - 1..]));
        let title = title.map(|title| clean(&LANGUAGE.to_markdown(title))).unwrap_or_default();
        let mut parser = LatexParser {
            lines: &lines,
            numbers: &numbers,
            at: begin.map_or(0, |at| at + 1),
            depth: 0,
        };
        let blocks = parser.blocks("document");
        Document { title, blocks, ..Document::default() }.parsed(source)
    }
}

const LANGUAGE: TexLanguage = TexLanguage {
    sign: '\\',
    command,
    ligatures: &[("---", "—"), ("--", "–"), ("``", "“"), ("\'\'", "”")],
};

fn command(name: &str) -> Option<TexCommand> {
    Some(match name {
        "footnote" => TexCommand::Note,
        "emph" | "textit" | "textsl" | "term" => TexCommand::Styled(Style::Emphasis),
        "textbf" | "textsc" => TexCommand::Styled(Style::Strong),
        "texttt" | "code" | "path" => TexCommand::Styled(Style::Code),
        "verb" | "lstinline" => TexCommand::Verbatim,
        "textsuperscript" => TexCommand::Styled(Style::Tag("sup")),
        "textsubscript" => TexCommand::Styled(Style::Tag("sub")),
        "sout" | "st" => TexCommand::Styled(Style::Strike),
        "href" | "url" => TexCommand::Link,
        "label" | "index" | "vspace" | "hspace" | "cite" | "ref" | "pageref"
        | "includegraphics" | "usepackage" | "pagestyle" | "thispagestyle" | "bibliography"
        | "input" | "include" | "setlength" | "noindent" | "centering" | "maketitle"
        | "tableofcontents" | "newpage" | "clearpage" | "smallskip" | "medskip" | "bigskip"
        | "small" | "large" | "normalsize" | "par" | "hline" | "toprule" | "midrule"
        | "bottomrule" | "cline" | "cmidrule" | "color" => TexCommand::Hidden,
        "textcolor" | "colorbox" | "parbox" | "raisebox" | "scalebox" | "rotatebox" => {
            TexCommand::LastOf(2)
        }
        "multicolumn" | "multirow" | "fcolorbox" | "resizebox" => TexCommand::LastOf(3),
        "bf" | "bfseries" | "sc" | "scshape" => TexCommand::Switch(Style::Strong),
        "it" | "itshape" | "em" | "sl" | "slshape" => TexCommand::Switch(Style::Emphasis),
        "tt" | "ttfamily" => TexCommand::Switch(Style::Code),
        "ldots" | "dots" => TexCommand::Text("…"),
        "textbackslash" => TexCommand::Text("\\\\"),
        "LaTeX" => TexCommand::Text("LaTeX"),
        "TeX" => TexCommand::Text("TeX"),
        "copyright" => TexCommand::Text("©"),
        "newline" | "linebreak" => TexCommand::Text("\\\n"),
        "quad" | "qquad" => TexCommand::Text(" "),
        _ => return None,
    })
}

/// The level of a heading, and the rest of the line.
fn heading(line: &str) -> Option<(u8, &str)> {
    const NAMES: [(&str, u8); 7] = [
        ("\\part", 1),
        ("\\chapter", 1),
        ("\\section", 2),
        ("\\subsection", 3),
        ("\\subsubsection", 4),
        ("\\paragraph", 5),
        ("\\subparagraph", 6),
    ];
    let found = |(name, level): &(&str, u8)| {
        let rest = line.strip_prefix(name)?;
        let rest = rest.strip_prefix('*').unwrap_or(rest);
        rest.starts_with(['{', '[']).then_some((*level, rest))
    };
    NAMES.iter().find_map(found)
}

const CODE: &[&str] = &["verbatim", "lstlisting", "minted", "alltt", "Verbatim", "verbatim*"];
const FORMULAS: &[&str] = &[
    "equation",
    "equation*",
    "align",
    "align*",
    "displaymath",
    "gather",
    "gather*",
    "eqnarray",
    "math",
];

struct LatexParser<'a> {
    lines: &'a [&'a str],
    /// The line numbers in the file.
    numbers: &'a [u32],
    at: usize,
    depth: usize,
}

/// Nesting depth of environments; deeper ones are text.
const MAX_DEPTH: usize = 15;

/// The lines of a text with their numbers, split so that lists and items begin on their own lines.
fn lines(text: &str) -> (Vec<&str>, Vec<u32>) {
    let (mut lines, mut numbers) = (Vec::new(), Vec::new());
    let mut code = false;
    for (number, line) in (1..).zip(text.lines()) {
        let names =
            |mark: &str| CODE.iter().any(|name| line.contains(&format!("\\{mark}{{{name}}}")));
        code |= names("begin");
        let mut rest = line;
        while let Some(at) = next_part(rest).filter(|_| !code && !rest.contains('%')) {
            lines.push(&rest[..at]);
            numbers.push(number);
            rest = &rest[at..];
        }
        lines.push(rest);
        numbers.push(number);
        code &= !names("end");
    }
    (lines, numbers)
}

/// The offset of the next part of a list in a line.
fn next_part(line: &str) -> Option<usize> {
    const LISTS: [&str; 4] = ["itemize}", "enumerate}", "description}", "compactitem}"];
    let start = line.len() - line.trim_start().len();
    let is_list = |rest: &str| LISTS.iter().find(|name| rest.starts_with(**name)).copied();
    line.match_indices('\\').find_map(|(at, _)| {
        let rest = &line[at + 1..];
        if let Some(name) = rest.strip_prefix("begin{").and_then(is_list) {
            let options = &rest["begin{".len() + name.len()..];
            let end = options.strip_prefix('[').and_then(|inner| inner.find(']'));
            let end = line.len() - options.len() + end.map_or(0, |end| end + 2);
            let is_filled = !line[end..].trim().is_empty();
            return if at > start { Some(at) } else { is_filled.then_some(end) };
        }
        let is_item = rest
            .strip_prefix("item")
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(|c: char| !c.is_alphabetic()));
        let ends = rest.strip_prefix("end{").and_then(is_list).is_some();
        (at > start && (is_item || ends)).then_some(at)
    })
}

impl<'a> LatexParser<'a> {
    fn number(&self) -> u32 {
        self.numbers.get(self.at).or(self.numbers.last()).copied().unwrap_or(0)
    }

    /// The blocks up to `\\end{name}` or, in a list, up to its next item.
    fn blocks(&mut self, name: &str) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut text: Vec<String> = Vec::new();
        let end = format!("\\end{{{name}}}");
        while let Some(line) = self.lines.get(self.at).map(|line| without_comment(line).trim()) {
            if line.starts_with(&end) || item_mark(line).is_some() && name != "document" {
                break;
            }
            let number = self.number();
            self.at += 1;
            let environment = line.strip_prefix("\\begin").and_then(braced);
            let title = heading(line);
            if line.is_empty() || environment.is_some() || title.is_some() || line == "\\[" {
                flush(&mut text, number, &mut blocks);
            }
            if let Some(environment) = environment.filter(|_| self.depth < MAX_DEPTH) {
                self.depth += 1;
                self.environment(environment, line, number, &mut blocks);
                self.depth -= 1;
            } else if let Some((level, rest)) = title {
                let rest = rest.find('{').map_or(rest, |at| &rest[at..]);
                let own = braced(rest).unwrap_or(rest);
                let heading = LANGUAGE.to_markdown(own);
                blocks.push(Block::new(
                    number,
                    Content::Heading { level, text: heading, tags: Vec::new() },
                ));
                let after = rest.get(own.len() + 2..).unwrap_or("").trim();
                if !after.is_empty() {
                    text.push(after.to_owned());
                }
            } else if line == "\\[" {
                let formula = self.until("\\]").join("\n");
                blocks.push(Block::new(number, Content::Raw(format!("$$\n{formula}\n$$"))));
            } else if !line.is_empty() && !line.starts_with("\\end{") {
                text.push(line.to_owned());
            }
        }
        flush(&mut text, self.number(), &mut blocks);
        blocks
    }

    fn environment(&mut self, name: &str, line: &str, number: u32, blocks: &mut Vec<Block>) {
        let close = format!("\\end{{{name}}}");
        if CODE.contains(&name) {
            let text = self.until(&close).join("\n");
            let language = match name {
                "minted" => {
                    line.rsplit_once('{').map_or("", |(_, last)| last.trim_end_matches('}'))
                }
                _ => line
                    .split_once("language=")
                    .map_or("", |(_, rest)| rest.split([',', ']']).next().unwrap_or("")),
            };
            let language = language.trim().to_lowercase();
            blocks.push(Block::new(number, Content::Code { language, text }));
        } else if FORMULAS.contains(&name) {
            let formula = self.until(&close).join("\n");
            blocks.push(Block::new(number, Content::Raw(format!("$$\n{formula}\n$$"))));
        } else if name == "comment" {
            self.until(&close);
        } else if matches!(name, "tabular" | "tabular*" | "tabularx" | "longtable") {
            let rows = self.until(&close).join(" ");
            blocks.push(Block::new(number, table(&rows)));
        } else if matches!(
            name,
            "itemize"
                | "enumerate"
                | "description"
                | "compactitem"
                | "choices"
                | "checkboxes"
                | "oneparchoices"
                | "oneparcheckboxes"
        ) {
            self.list(name, blocks);
        } else {
            let body = self.blocks(name);
            self.at += 1;
            if matches!(name, "quote" | "quotation" | "verse") {
                blocks.push(Block::new(number, Content::Quote(body)));
            } else {
                blocks.extend(body);
            }
        }
    }

    /// Takes the lines up to and including one that begins with `end`.
    fn until(&mut self, end: &str) -> Vec<&'a str> {
        let rest = &self.lines[self.at..];
        let length =
            rest.iter().position(|line| line.trim().starts_with(end)).unwrap_or(rest.len());
        self.at = (self.at + length + 1).min(self.lines.len());
        rest[..length].to_vec()
    }

    fn list(&mut self, name: &str, blocks: &mut Vec<Block>) {
        blocks.extend(self.blocks(name));
        let is_ordered = name == "enumerate";
        let mut next_number = 1;
        let mut items = Vec::new();
        let mut end_items = |items: &mut Vec<Item>, blocks: &mut Vec<Block>| {
            if let Some(first) = items.first() {
                let (line, start) = (first.line, is_ordered.then_some(next_number));
                next_number += items.len() as u64;
                let items = std::mem::take(items);
                blocks.push(Block::new(line, Content::List { start, items }));
            }
        };
        while let Some((rest, done)) =
            self.lines.get(self.at).and_then(|line| item_mark(line.trim()))
        {
            let line = self.number();
            self.at += 1;
            let rest = without_comment(rest).trim();
            let (term, text) = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
                Some((term, text)) => (LANGUAGE.to_markdown(term), text.trim()),
                None => (String::new(), rest),
            };
            let text = LANGUAGE.to_markdown(text);
            let mut body = self.blocks(name);
            // Another sign in place of the bullet.
            let is_bullet = name != "description" && !term.contains(char::is_alphanumeric);
            if is_bullet || term.is_empty() {
                put_first(text, line, &mut body);
                items.push(Item { line, done, body });
                continue;
            }
            end_items(&mut items, blocks);
            if label(term.trim_end_matches([':', '.'])).is_some() {
                put_first(
                    format!("{}: {text}", term.trim_end_matches([':', '.'])),
                    line,
                    &mut body,
                );
                blocks.append(&mut body);
            } else {
                put_first(text, line, &mut body);
                blocks.push(Block::new(line, Content::Definition { term, body }));
            }
        }
        self.at += 1;
        end_items(&mut items, blocks);
    }
}

/// The rest of a line that begins an item, and whether it is right if it is an option of a question.
fn item_mark(line: &str) -> Option<(&str, Option<bool>)> {
    let marks = [
        ("\\item", None),
        ("\\choice", Some(false)),
        ("\\CorrectChoice", Some(true)),
        ("\\correctchoice", Some(true)),
    ];
    marks.into_iter().find_map(|(mark, done)| {
        let rest = line.strip_prefix(mark)?;
        // `\itemsep` is another command.
        (!rest.starts_with(char::is_alphabetic)).then_some((rest, done))
    })
}

/// More columns are not covered by one cell.
const MAX_COVERED: usize = 50;

fn table(text: &str) -> Content {
    let rows = text.split("\\\\").map(|row| {
        let mut row = row.trim();
        for rule in ["\\hline", "\\toprule", "\\midrule", "\\bottomrule"] {
            row = row.strip_prefix(rule).unwrap_or(row).trim_start();
        }
        row
    });
    let cells = |row: &str| {
        let mut cells = Vec::new();
        for cell in row.split(" & ").map(str::trim) {
            cells.push(LANGUAGE.to_markdown(cell));
            // The other columns that the cell covers are empty.
            let covered = cell.strip_prefix("\\multicolumn").and_then(braced);
            let covered: usize = covered.and_then(|count| count.trim().parse().ok()).unwrap_or(1);
            cells.resize(cells.len() + covered.clamp(1, MAX_COVERED) - 1, String::new());
        }
        cells
    };
    let rows: Vec<Vec<String>> = rows.filter(|row| !row.is_empty()).map(cells).collect();
    Content::Table { header: Vec::new(), rows }
}

/// A line up to its comment.
fn without_comment(line: &str) -> &str {
    let mut verbatim = verbatim_ranges(line).peekable();
    let is_comment = |&(at, _): &(usize, &str)| {
        while verbatim.next_if(|range| range.end <= at).is_some() {}
        let is_verbatim = verbatim.peek().is_some_and(|range| range.contains(&at));
        !line[..at].ends_with('\\') && !is_verbatim
    };
    line.match_indices('%').find(is_comment).map_or(line, |(at, _)| &line[..at])
}

/// The bytes of a line in `\verb|…|`.
fn verbatim_ranges(line: &str) -> impl Iterator<Item = Range<usize>> {
    line.match_indices("\\verb").filter_map(|(at, mark)| {
        let from = at + mark.len();
        delimited(&line[from..]).map(|(_, length)| from..from + length)
    })
}

/// Ends a paragraph.
fn flush(text: &mut Vec<String>, next_line: u32, blocks: &mut Vec<Block>) {
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
    fn sections_lists_code_and_formulas() {
        let text = "\\documentclass{article}\n\\title{Pumps}\n\\begin{document}\n\\section{Drips}\n\\subsection{Why does it \\emph{drip}?} % note\nThe \\textbf{seal} (p\\^at\\'e) costs 5\\%,\nsee \\href{https://a.example}{here} and $a_1$.\n\n\\begin{verbatim}\nturn \\x\n\\end{verbatim}\n\n\\begin{itemize}\n\\item one\n\\item two\n\\end{itemize}\n\\subsection*{Loud noise}\n\\[\nx^2\n\\]\n\\begin{quote}\nSo it is.\n\\end{quote}\n\\end{document}\n";
        let found = testing::read(&Latex, text);
        assert_eq!(found.title, "Pumps");
        let pairs = testing::pairs(found);
        let expected = [
            (
                "Why does it drip?",
                "The **seal** (pâté) costs 5%,\nsee [here](https://a.example) and $a_1$.\n\n```\nturn \\x\n```\n\n- one\n- two",
            ),
            ("Loud noise", "$$\nx^2\n$$\n\n> So it is."),
        ];
        assert_eq!(pairs, expected.map(|(q, a)| (q.to_owned(), a.to_owned())));
    }

    #[test]
    fn labels_of_items() {
        let read = |list: &str| {
            let text = format!("\\section{{How hot?}}\n{list}\n\\section{{How long?}}\nFour.\n");
            testing::pairs(testing::read(&Latex, &text)).swap_remove(0).1
        };
        let list = "\\begin{enumerate}\n\\item one\n\\item[half] more\n\\item[*] two\n\\item three\n\\end{enumerate}";
        assert_eq!(read(list), "1. one\n\nhalf\n: more\n\n2. two\n3. three");
        let list = "\\begin{itemize}\n\\item[--] one\n\\item[--] two\n\\end{itemize}";
        assert_eq!(read(list), "- one\n- two");
        let cards = "\\begin{description}\n\\item[Q:] Hot?\n\\item[A:] Very.\n\\item[Q:] Wet?\n\\item[A:] No.\n\\end{description}\n";
        let expected = [("Hot?", "Very."), ("Wet?", "No.")];
        let pairs = testing::pairs(testing::read(&Latex, cards));
        assert_eq!(pairs, expected.map(|(q, a)| (q.to_owned(), a.to_owned())));
    }
}
