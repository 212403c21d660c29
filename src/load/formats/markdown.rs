//! Markdown: headings, bold lines, `Q:`, list items or details as questions, depending on the whole
//! document. Answers are copied as Markdown.

mod body;
mod candidates;
mod cards;
mod definitions;
mod dialect;
mod front;
mod line;
mod marks;
mod remnote;
mod scan;
mod table;
mod titles;

use crate::collection::{Entry, Place};
use crate::load::front_back;
use crate::load::labels::with_common_letters;
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use crate::load::question_detect::ends_as_question;
use crate::load::rasa::Rasa;
use crate::load::repeats::Repeats;
use crate::load::splitting::Pieces;
use crate::load::transcript;
use crate::load::unused_text::UnusedText;
use dialect::DialectLine;
use front::FrontMatter;
use std::sync::Arc;

pub(crate) struct Markdown;

impl Loader for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn description(&self) -> &'static str {
        "Markdown: headings, bold or Q: lines, list items, details, tables; front matter"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[".md", ".markdown", ".mdx", ".mkd", ".mdown", ".qna", ".lu", ".qmd", ".rmd"]
    }

    fn pieces(&self) -> Pieces {
        Pieces::ByEntry
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        let text = peek.text;
        let mut signs = 0;
        for line in text.lines().take(400) {
            let line = line.trim_start();
            let heading = line.trim_start_matches('#');
            let is_heading = heading.len() < line.len() && heading.starts_with(' ');
            signs += usize::from(is_heading || line.starts_with("```"));
            signs += usize::from(line.starts_with("**") || line.contains("]("));
        }
        match signs {
            0 => 5,
            1..=2 => 30,
            _ => 40,
        }
    }

    fn is_judged_by_sample(&self) -> bool {
        true
    }

    fn problems_of_long_text(&self, text: &str) -> Vec<(u32, u32, String)> {
        let fences = scan::unclosed_fences(text).into_iter().take(MAX_REPORTED_FENCES);
        fences.map(|(n, line)| unclosed_fence(n as u32 + 1, line)).collect()
    }

    fn read(&self, doc: &SourceText<'_>) -> ParsedDocument {
        let text = with_common_letters(doc.text.trim_start_matches('\u{feff}'));
        let text = text.as_ref();
        if let Some(mut rasa) = Rasa::of_markdown(text) {
            rasa.set_source(doc.name);
            let entries = rasa.entries();
            return ParsedDocument {
                entries,
                rasa: Some(Box::new(rasa)),
                ..ParsedDocument::default()
            };
        }
        let mut entries = transcript::entries(text, doc.name);
        if entries.is_empty() {
            entries = transcript::headed_entries(text, doc.name);
        }
        if !entries.is_empty() {
            return ParsedDocument { entries, ..ParsedDocument::default() };
        }
        read_page(text, doc)
    }
}

fn read_page(text: &str, doc: &SourceText<'_>) -> ParsedDocument {
    let (front, body_line) = FrontMatter::split(text);
    let numbered = dialect::normalise(text);
    let mut found = ParsedDocument { title: front.title.clone(), ..ParsedDocument::default() };
    let body = &numbered[body_line.min(numbered.len())..];
    let mut cards = cards::cards(body);
    if cards.is_empty() {
        cards = remnote::cards(body);
    }
    if !cards.is_empty() {
        let repeats = Repeats::of(text.len());
        let entry = |card: cards::Card| card.entry(doc.name, repeats.tags(&front.tags));
        found.entries = cards.into_iter().map(entry).collect();
        return found;
    }
    let lines: Vec<&str> = numbered.iter().map(|line| line.text.as_ref()).collect();
    let page = scan::MarkdownPage::new(&lines, body_line);
    if found.title.is_empty() {
        found.title = page.title();
    }
    let repeats = Repeats::of(text.len());
    let origin = PageOrigin { source: doc.name, numbered: &numbered, tags: &front.tags, repeats };
    if !doc.is_cut {
        origin.report_fences(&page, &mut found);
    }
    let has_headings = origin.add_questions(&page, &mut found);
    origin.prefer_table(&page, &mut found);
    found.whole = front.entry(doc.name, &page);
    if !has_headings && is_one_question(&found) {
        found.entries.clear();
    }
    front.add_records(doc, &mut found);
    if found.entries.is_empty() {
        found.entries.extend(found.whole.clone());
        found.unused.clear();
    }
    found
}

/// Whether the title of a page asks, and none of its parts does: the answer contains a list.
fn is_one_question(found: &ParsedDocument) -> bool {
    let asks = |entry: &Entry| ends_as_question(&entry.question);
    found.whole.as_ref().is_some_and(asks) && !found.entries.iter().any(asks)
}

/// The most unclosed fences of a page that are reported.
const MAX_REPORTED_FENCES: usize = 20;
/// The characters of a fence that are quoted in its report.
const MAX_FENCE_CHARS: usize = 40;

/// The report of a fence that nothing closes.
fn unclosed_fence(number: u32, text: &str) -> (u32, u32, String) {
    let column = text.len() - text.trim_start().len() + 1;
    let fence: String = text.trim().chars().take(MAX_FENCE_CHARS).collect();
    let what = format!("nothing closes this fence: {fence}; expected a line of the same signs");
    (number, column as u32, what)
}

/// Where the entries of a page come from.
struct PageOrigin<'a> {
    source: &'a Arc<str>,
    /// The lines of the page with their numbers in the file.
    numbered: &'a [DialectLine<'a>],
    /// The tags in the front matter.
    tags: &'a [String],
    repeats: Repeats,
}

impl PageOrigin<'_> {
    fn place(&self, n: usize) -> Place {
        Place { source: Arc::clone(self.source), line: self.numbered[n].number }
    }

    /// Reports fences that nothing closes.
    fn report_fences(&self, page: &scan::MarkdownPage<'_>, found: &mut ParsedDocument) {
        let lines = page.unclosed_fences.iter().take(MAX_REPORTED_FENCES);
        let lines = lines.map(|&n| &self.numbered[n]);
        found.problems.extend(lines.map(|line| unclosed_fence(line.number, &line.text)));
    }

    /// Adds the questions of the outline, and the text in none of them; whether some question is a
    /// heading.
    fn add_questions(&self, page: &scan::MarkdownPage<'_>, found: &mut ParsedDocument) -> bool {
        let questions = page.outline.questions();
        for unused in page.outline.unused(&questions) {
            let line = self.numbered[unused.start].number;
            let lines = self.numbered[unused].iter().map(|line| line.text.as_ref());
            found.unused.extend(UnusedText::new(line, lines));
        }
        let mut has_headings = false;
        for question in questions {
            let candidate = &page.outline.candidates[question.candidate];
            let answer = body::answer(page, candidate, question.answer.clone());
            let asks = ends_as_question(&candidate.title);
            if answer.is_empty() && !asks && page.only_defines(question.answer) {
                continue;
            }
            let (answer, own_tags) = body::split_tags(answer);
            let (title, answer) = body::split_card(&candidate.title, answer);
            let (title, answer) = front_back::split(&title, answer);
            let mut tags = question.sections;
            tags.extend(own_tags);
            tags.extend(self.repeats.tags(self.tags));
            has_headings |= candidate.features.heading.is_some();
            let place = self.place(candidate.units.start);
            found.entries.push(Entry { question: title, answer, tags, place, ..Entry::default() });
        }
        has_headings
    }

    /// Replaces the entries by the rows of tables of questions, if there are more of these.
    fn prefer_table(&self, page: &scan::MarkdownPage<'_>, found: &mut ParsedDocument) {
        let rows = table::rows(page);
        if rows.len() < 2 || rows.len() <= found.entries.len() {
            return;
        }
        found.unused.clear();
        let entry = |(n, question, answer)| {
            let tags = self.repeats.tags(self.tags);
            Entry { question, answer, tags, place: self.place(n), ..Entry::default() }
        };
        found.entries = rows.into_iter().map(entry).collect();
    }
}

impl cards::Card {
    fn entry(self, source: &Arc<str>, page_tags: Vec<String>) -> Entry {
        let Self { line, question, answer, aliases, mut tags } = self;
        tags.extend(page_tags);
        let place = Place { source: Arc::clone(source), line };
        Entry { question, answer, tags, aliases, place, ..Entry::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing;

    fn read(text: &str) -> ParsedDocument {
        testing::read(&Markdown, text)
    }

    fn pairs(text: &str) -> Vec<(String, String)> {
        testing::pairs(read(text))
    }

    fn owned<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
        pairs.map(|(q, a)| (q.to_owned(), a.to_owned())).into()
    }

    #[test]
    fn headings_with_sections_and_a_contents_list() {
        let page = "# Tea\n\n- [How hot?](#how-hot)\n- [Too bitter](#too-bitter)\n\n## Water\n\n\
            ### 1. How hot? {#how-hot}\n\nVery, see [here][1].\n\n```sh\n# no heading\n```\n\n\
            ### Too bitter\n\nShorter.\n\n#### By a minute\n\nOr two.\n\n[top](#tea)\n\n## Leaves\n\n\
            ### What else?\n\nNothing.\n\n[1]: https://example.org/hot\n";
        let found = read(page);
        assert_eq!(found.title, "Tea");
        let entries = &found.entries;
        assert_eq!(entries.len(), 3);
        assert_eq!(entries[0].question, "How hot?");
        assert_eq!(
            entries[0].answer,
            "Very, see [here][1].\n\n```sh\n# no heading\n```\n\n[1]: https://example.org/hot"
        );
        assert_eq!(entries[0].tags, ["Water"]);
        assert_eq!(entries[0].place.line, 8);
        assert_eq!(entries[1].answer, "Shorter.\n\n#### By a minute\n\nOr two.");
        assert_eq!(entries[2].tags, ["Leaves"]);
    }

    #[test]
    fn bold_and_marked_questions() {
        let expected = owned([("Why so?", "Because."), ("And then?", "Nothing.\n\nMore.")]);
        for page in [
            "**Q: Why so?**  \n**A:** Because.\n\n**Q: And then?**\n**A:** Nothing.\n\nMore.\n",
            "**Q**. Why so?\n\n**A**. Because.\n\n**Q**. And then?\n\n**A**. Nothing.\n\nMore.\n",
            "<a name=\"1\"></a>\n**(1) Why so?**\n\nBecause.\n\n<a name=\"2\"></a>\n**(2) And then?**\n\nNothing.\n\nMore.\n",
            "1. **Why so? **\nBecause.\n\n2. **And then? **\nNothing.\n\nMore.\n",
            "### Q: Why so?\n**A:** Because.\n\n### Q: And then?\n**A:** Nothing.\n\nMore.\n",
        ] {
            assert_eq!(pairs(page), expected, "{page}");
        }
    }

    #[test]
    fn details_hold_questions_or_answers() {
        let toggles = "## Tea\n<details><summary>How hot?</summary>\n\nVery.\n</details>\n\
            <details><summary>How long?</summary>\n\nShort.\n</details>\n";
        assert_eq!(pairs(toggles), owned([("How hot?", "Very."), ("How long?", "Short.")]));
        let answers = "###### 1. How hot?\n\n- A: Very\n- B: Not\n\n<details><summary><b>Answer</b></summary>\n<p>\n\n#### Answer: A\n\nOf course.\n\n</p>\n</details>\n\n---\n\n\
            ###### 2. How long?\n\n<details><summary><b>Answer</b></summary>\n<p>\n\n#### Answer: B\n\nShort.\n\n</p>\n</details>\n";
        let found = pairs(answers);
        assert_eq!(found[0].1, "- A: Very\n- B: Not\n\n#### Answer: A\n\nOf course.");
        assert_eq!(found[1], ("How long?".to_owned(), "#### Answer: B\n\nShort.".to_owned()));
    }

    #[test]
    fn a_fence_that_nothing_closes_is_reported() {
        let page =
            "## How hot?\n\n```sh\nboil\n```\n\n- ~~~~ text\n  x\n\n## How long?\n\nShort.\n";
        let problems = read(page).problems;
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].0, 7);
        assert!(problems[0].2.contains("~~~~ text"), "{problems:?}");
        assert!(read("## How hot?\n\n````md\n```\n````\n").problems.is_empty());
    }

    #[test]
    fn a_series_of_details_has_questions_beside_the_headings_and_one_block_has_not() {
        let block = |title: &str, text: &str| {
            format!("<details>\n<summary>{title}</summary>\n\n{text}\n\n</details>\n\n")
        };
        let two = block("How hot?", "Very.") + &block("How long?", "Short.");
        let page = format!(
            "# Tea\n\n## How do I begin?\n\nBoil.\n\n## Which pot?\n\nA big one.\n\n## Questions\n\n{two}"
        );
        let begin = [("How do I begin?", "Boil."), ("Which pot?", "A big one.")];
        let series = [("How hot?", "Very."), ("How long?", "Short.")];
        assert_eq!(pairs(&page), owned([begin[0], begin[1], series[0], series[1]]));
        assert_eq!(read(&page).entries[3].tags, ["Questions"]);
        let page = format!("## How do I begin?\n\nBoil.\n\n{two}## Which pot?\n\nA big one.\n");
        assert_eq!(pairs(&page), owned([begin[0], series[0], series[1], begin[1]]));
        let titles = block("It is bitter", "Shorter.") + &block("It is cold", "Sooner.");
        let page = format!(
            "## How do I begin?\n\nBoil.\n\n### Trouble\n\n{titles}## Which pot?\n\nA big one.\n"
        );
        let trouble = [("It is bitter", "Shorter."), ("It is cold", "Sooner.")];
        assert_eq!(pairs(&page), owned([begin[0], trouble[0], trouble[1], begin[1]]));
        // Parts of an answer.
        let parts = block("Black", "At once.") + &block("Green", "Wait.");
        let page = format!("## How do I begin?\n\n{parts}## Which pot?\n\nA big one.\n");
        assert_eq!(pairs(&page).len(), 2);
        let one = block("How hot?", "Very.");
        let page = format!("## How do I begin?\n\nBoil.\n\n{one}## Which pot?\n\nA big one.\n");
        assert_eq!(pairs(&page).len(), 2);
    }

    #[test]
    fn the_last_line_of_an_answer_may_hold_its_tags() {
        let found = read(
            "## How hot?\n\nVery.\n\nTags: water, hot pot\n\n## How long?\n\n**Tags:** time\n",
        );
        assert_eq!(found.entries[0].answer, "Very.");
        assert_eq!(found.entries[0].tags, ["water", "hot pot"]);
        assert_eq!(found.entries[1].answer, "");
        assert_eq!(found.entries[1].tags, ["time"]);
        let prose = read(
            "## How hot?\n\nTags: these are what one ties to each and every pot.\n\n## B?\n\nx\n",
        );
        assert!(prose.entries[0].tags.is_empty());
    }

    #[test]
    fn a_table_of_questions_and_answers() {
        let page = "# Tea\n\n| No | **Question** | Answer |\n|---|:--|---|\n| 1 | How hot? | Very `a\\|b` |\n\
            | 2 | How long? | Short<br>or not |\n\nThe end.\n\n| a | b |\n|---|---|\n| Why? | c |\n";
        let expected = owned([("How hot?", "Very `a|b`"), ("How long?", "Short\\\nor not")]);
        assert_eq!(pairs(page), expected);
        assert_eq!(read(page).entries[1].place.line, 6);
    }

    #[test]
    fn the_answer_of_a_heading_in_a_list_item_is_not_code() {
        let page = "# Tea\n\n148. ### How hot?\n\n     Very.\n\n     | a | b |\n     |---|---|\n     \
            | 1 | 2 |\n\n**Note:** not always.\n\n149. ### How long?\n\n     Short.\n";
        let expected = owned([
            ("How hot?", "Very.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n**Note:** not always."),
            ("How long?", "Short."),
        ]);
        assert_eq!(pairs(page), expected);
        let code = owned([("How hot?", "    boil\n\nLike this."), ("How long?", "x")]);
        assert_eq!(pairs("## How hot?\n\n    boil\n\nLike this.\n\n## How long?\n\nx\n"), code);
    }

    #[test]
    fn items_without_answers_and_pages_with_a_title_only() {
        let list = "* How hot?\n* How long?\n  * And why?\n* Explain the pot\n";
        let titles: Vec<_> = pairs(list).into_iter().map(|(q, _)| q).collect();
        assert_eq!(titles, ["How hot?", "How long?", "And why?", "Explain the pot"]);
        let found = read("---\ntitle: \"Hot water\"\ntags: [tea, pot]\n---\nBoil it.\n");
        assert_eq!(found.entries[0].question, "Hot water");
        assert_eq!(found.entries[0].answer, "Boil it.");
        assert_eq!(found.entries[0].tags, ["tea", "pot"]);
    }
}
