//! How-to sheets: tldr pages, navi and cheat sheets, eg pages. The question is a task, its answer
//! the command as a code block.

mod answer;
mod eg;
mod tasks;
mod tldr;

use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use crate::load::question_detect::ends_as_question;
use crate::load::splitting::Pieces;
use tasks::TaskFrontMatter;

pub(crate) struct HowTo;

/// The kind of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SheetKind {
    /// `# command`, `> description`, then `- task:` with a command in backticks below it.
    Tldr,
    /// `% tags`, `# task`, then command lines.
    Navi,
    /// Front matter that names a syntax or tags, `# task`, then command lines.
    Cheat,
    /// `# task`, then command lines.
    Plain,
    /// `# command`, then descriptions with an indented command below each.
    Eg,
}

impl Loader for HowTo {
    fn name(&self) -> &'static str {
        "sheet"
    }

    fn description(&self) -> &'static str {
        "how-to sheets: tldr pages, navi and cheat sheets, eg pages, # comments with commands below them"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[".cheat"]
    }

    fn pieces(&self) -> Pieces {
        Pieces::ByEntry
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        match kind(peek.text) {
            Some(SheetKind::Tldr | SheetKind::Navi | SheetKind::Cheat) => 95,
            Some(SheetKind::Eg) => 85,
            Some(SheetKind::Plain) => 60,
            None => 0,
        }
    }

    fn read(&self, source: &SourceText<'_>) -> ParsedDocument {
        let text = source.text.trim_start_matches('\u{feff}');
        match kind(text) {
            Some(SheetKind::Tldr) => tldr::read(source, text),
            Some(SheetKind::Eg) => eg::read(source, text),
            Some(SheetKind::Navi) => tasks::read(source, text, true),
            Some(SheetKind::Cheat | SheetKind::Plain) | None => tasks::read(source, text, false),
        }
    }
}

/// Whether a text whose name has no extension is recognisably a sheet.
pub(crate) fn is_marked_sheet(text: &str) -> bool {
    match kind(text) {
        Some(SheetKind::Navi | SheetKind::Cheat) => true,
        Some(SheetKind::Plain) => names_tasks(text),
        Some(SheetKind::Tldr | SheetKind::Eg) | None => false,
    }
}

/// Whether comments are `# To do something:`, as in the sheets of `cheat` without front matter.
fn names_tasks(text: &str) -> bool {
    let blocks = text.split("\n\n").map(str::trim).filter(|block| block.starts_with('#'));
    let (mut tasks, mut all) = (0, 0);
    for line in blocks.filter_map(|block| block.lines().next()) {
        all += 1;
        tasks += usize::from(line.trim_end().ends_with(':') || line.starts_with("# To "));
    }
    tasks * 5 >= all * 4
}

fn kind(text: &str) -> Option<SheetKind> {
    let (front, body) = TaskFrontMatter::split(text.trim_start_matches('\u{feff}'));
    let lines: Vec<&str> = body.lines().map(str::trim_end).take(4000).collect();
    let filled = || lines.iter().copied().filter(|line| !line.is_empty());
    let is_command = |line: &str| tldr::command(line).is_some() || tldr::opens_fence(line);
    let is_task = |pair: &(&str, &str)| pair.0.starts_with("- ") && is_command(pair.1);
    let tasks = filled().zip(filled().skip(1)).filter(is_task).count();
    if filled().next()?.starts_with("# ")
        && tasks > 0
        && tasks * 3 > filled().count().saturating_sub(8)
    {
        return Some(SheetKind::Tldr);
    }
    let first = filled().find(|line| !line.starts_with(';'))?;
    if first.starts_with('%') && filled().any(|line| line.starts_with('#')) {
        return Some(SheetKind::Navi);
    }
    // Headings that ask make a page of questions, regardless of the code in their answers.
    let asks = |line: &str| line.starts_with("##") && ends_as_question(line);
    if filled().any(asks) {
        return None;
    }
    if eg::is_page(&lines) {
        return Some(SheetKind::Eg);
    }
    let (good, all, sure) = count_tasks(&lines);
    let has_front = front.is_some_and(|front| front.is_of_sheet);
    if has_front && good > 0 && good * 10 >= all * 5 {
        return Some(SheetKind::Cheat);
    }
    let is_plain = good >= 3 && good * 10 >= all * 7 || good >= 2 && good == all && sure == all;
    is_plain.then_some(SheetKind::Plain)
}

/// Counts the paragraphs of a text: comments with commands below them, all paragraphs, and those of
/// the former that cannot be prose.
fn count_tasks(lines: &[&str]) -> (usize, usize, usize) {
    let (mut good, mut all, mut sure) = (0, 0, 0);
    let blocks = || lines.split(|line| line.is_empty()).filter(|block| !block.is_empty());
    // The name of the program and what it does.
    let is_header =
        |block: &[&str]| block.len() > 1 && block.iter().all(|line| line.starts_with('#'));
    let header = usize::from(blocks().next().is_some_and(is_header));
    for block in blocks().skip(header) {
        let commands: Vec<&&str> = block.iter().skip_while(|line| line.starts_with('#')).collect();
        let is_task =
            block[0].starts_with('#') && !block[0].starts_with("##") && !block[0].starts_with("#!");
        let is_good = is_task
            && (1..=12).contains(&commands.len())
            && block[1..].iter().all(|line| is_command(line));
        all += 1;
        good += usize::from(is_good);
        let is_lower =
            |line: &&&str| line.starts_with(|c: char| c.is_ascii_lowercase() || "./$".contains(c));
        sure += usize::from(is_good && commands.iter().take(1).all(is_lower));
    }
    (good, all, sure)
}

/// Prose below a heading is not a command.
fn is_command(line: &str) -> bool {
    let ends_sentence = line.ends_with(['.', '?', '!']) && line.split_whitespace().count() > 5;
    line.starts_with('#') || !ends_sentence && !line.starts_with(['>', '|', '-', '*'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::Entry;
    use crate::load::options::Options;

    fn read(name: &str, text: &str) -> Vec<Entry> {
        let (name, options) = (name.into(), Options::default());
        HowTo.read(&SourceText::whole(&name, text, &options)).entries
    }

    #[test]
    fn a_tldr_page() {
        let page = "# pack\n\n> Pack things.\n> More information: <https://example.org/pack>.\n\n\
            - Pack a [f]older:\n\n`pack {{folder}}`\n\n- Unpack:\n\n`pack -u {{file}}`\n";
        let entries = read("pages/linux/pack.md", page);
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[0].question, "Pack a folder");
        assert_eq!(entries[0].answer, "Pack things.\n\n```sh\npack {{folder}}\n```");
        assert_eq!(entries[0].tags, ["pack", "linux"]);
        assert_eq!(entries[1].place.line, 10);
    }

    #[test]
    fn a_navi_sheet() {
        let sheet = "% box, lid\n\n; a note\n#Open the box\nopen --all \\\n  <box>\n\n# Close\nclose <box>\n\n$ box: ls boxes\n";
        let entries = read("box.cheat", sheet);
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[0].question, "Open the box");
        assert_eq!(entries[0].answer, "```sh\nopen --all \\\n  <box>\n```");
        assert_eq!(entries[1].tags, ["box", "lid"]);
    }

    #[test]
    fn comments_and_commands() {
        let sheet = "# list files\nls -l\n\n# count them\nls | wc -l\n\n# leave\nexit\n";
        assert_eq!(kind(sheet), Some(SheetKind::Plain));
        assert_eq!(read("x", sheet).len(), 3);
        assert_eq!(kind("# Title\n\nSome words.\n\n# Other\n\nMore of them.\n"), None);
    }

    #[test]
    fn sheets_with_front_matter_and_comments_over_several_lines() {
        let sheet = "---\nsyntax: zsh\ntags: [ box ]\n---\n# To open:\nopen box\n\n# To shut it\n# -q : quietly\nshut -q box\n";
        let entries = read("box", sheet);
        assert_eq!(entries[0].question, "To open");
        assert_eq!(entries[0].answer, "```zsh\nopen box\n```");
        assert_eq!(entries[0].tags, ["box"]);
        assert_eq!(entries[1].question, "To shut it");
        assert_eq!(entries[1].answer, "-q : quietly\n\n```zsh\nshut -q box\n```");
    }

    #[test]
    fn fences_and_empty_lines_belong_to_the_command() {
        let sheet =
            "% box\n# Look\n```sh\nlook\n# a note\n```\n# Write\ncat <<END\n\n$ text\nEND\n";
        let entries = read("box.cheat", sheet);
        assert_eq!(entries[0].answer, "```sh\nlook\n# a note\n```");
        assert_eq!(entries[1].answer, "```sh\ncat <<END\n\n$ text\nEND\n```");
    }

    #[test]
    fn a_page_of_eg() {
        let page = "# box\n\nopen it\n\n    box open\n\n# Lids\n\nShut it:\n\n    box shut\n    box lock\n";
        let entries = read("box.md", page);
        assert_eq!(entries[0].question, "open it");
        assert_eq!(entries[1].answer, "```sh\nbox shut\nbox lock\n```");
        assert_eq!(entries[1].tags, ["box", "Lids"]);
        assert_eq!(
            kind("# Tea\n\nIt is hot.\n\nVery hot, as one sees:\n\n    100 degrees\n"),
            None
        );
    }

    #[test]
    fn commands_of_tldr_are_those_that_run() {
        let page =
            "# box\n\n> Boxes.\n\n- Show a name:\n\n``box `date` '\\{\\{.N\\}\\}' {{lid}}``\n";
        assert_eq!(
            read("box.md", page)[0].answer,
            "Boxes.\n\n```sh\nbox `date` '{{.N}}' {{lid}}\n```"
        );
    }
}
