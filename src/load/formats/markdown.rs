//! Markdown: headings, bold lines, `Q:`, list items or details as questions, depending on the whole
//! document. Answers are copied as Markdown.

mod body;
mod cards;
mod definitions;
mod dialect;
mod front;
mod line;
mod marks;
mod scan;
mod table;
mod titles;

use crate::collection::{Entry, Place};
use crate::load::front_back;
use crate::load::labels::with_common_letters;
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use crate::load::pieces::Pieces;
use crate::load::question_detect::ends_as_question;
use crate::load::rasa::Rasa;
use crate::load::transcript;
use crate::load::unused_text::UnusedText;
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
        let entries = transcript::entries(text, doc.name);
        if !entries.is_empty() {
            return ParsedDocument { entries, ..ParsedDocument::default() };
        }
        let (front, body_line) = FrontMatter::split(text);
        let numbered = dialect::normalise(text);
        let lines: Vec<&str> = numbered.iter().map(|line| line.text.as_ref()).collect();
        let page = scan::MarkdownPage::new(&lines, body_line);
        let mut found = ParsedDocument { title: front.title.clone(), ..ParsedDocument::default() };
        let cards = cards::cards(&numbered[body_line.min(numbered.len())..]);
        if !cards.is_empty() {
            found.entries =
                cards.into_iter().map(|card| card.entry(doc.name, &front.tags)).collect();
            return found;
        }
        if found.title.is_empty() {
            found.title = page.title();
        }
        let questions = page.outline.questions();
        for unused in page.outline.unused(&questions) {
            let line = numbered[unused.start].number;
            let text = lines[unused].iter().copied();
            found.unused.extend(UnusedText::new(line, text));
        }
        let mut has_headings = false;
        for question in questions {
            let candidate = &page.outline.candidates[question.candidate];
            let lines = question.answer;
            let answer = body::answer(&page, candidate, lines.clone());
            let is_asked = ends_as_question(&candidate.title);
            if answer.is_empty() && !is_asked && page.only_defines(lines.clone()) {
                continue;
            }
            let (answer, own_tags) = body::split_tags(answer);
            let (title, answer) = body::split_card(&candidate.title, answer);
            let (title, answer) = front_back::split(&title, answer);
            let mut tags = question.sections;
            tags.extend(own_tags);
            tags.extend(front.tags.iter().cloned());
            has_headings |= candidate.features.heading.is_some();
            let line = numbered[candidate.units.start].number;
            let place = Place { source: Arc::clone(doc.name), line };
            found.entries.push(Entry { question: title, answer, tags, place, ..Entry::default() });
        }
        let rows = table::rows(&page);
        if rows.len() > 1 && rows.len() > found.entries.len() {
            found.entries.clear();
            found.unused.clear();
            for (n, question, answer) in rows {
                let place = Place { source: Arc::clone(doc.name), line: numbered[n].number };
                let tags = front.tags.clone();
                found.entries.push(Entry { question, answer, tags, place, ..Entry::default() });
            }
        }
        found.whole = front.entry(doc.name, &page);
        // A page with one question, whose answer contains a list.
        let asks = |entry: &Entry| ends_as_question(&entry.question);
        if found.whole.as_ref().is_some_and(asks)
            && !has_headings
            && !found.entries.iter().any(asks)
        {
            found.entries.clear();
        }
        front.add_records(doc, &mut found);
        if found.entries.is_empty() {
            found.entries.extend(found.whole.clone());
            found.unused.clear();
        }
        found
    }
}

impl cards::Card {
    fn entry(self, source: &Arc<str>, page_tags: &[String]) -> Entry {
        let Self { line, question, answer, aliases, mut tags } = self;
        tags.extend(page_tags.iter().cloned());
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
