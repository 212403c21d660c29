//! HTML: the questions of the structured data (schema.org), and the visible questions (headings,
//! details, terms, bold lines, accordions). Both are merged, because neither is reliable alone.

mod elements;
mod merge;
mod page;
mod parts;
mod question_table;
mod structured;

use crate::collection::{Entry, Place};
use crate::load::keys::Keys;
use crate::load::loader::{Loader, ParsedDocument, Peek, SourceText};
use crate::load::question_detect::question_likeness;
use crate::load::splitting::Pieces;
use crate::markup::source::parse;
use std::sync::Arc;

/// How many times the whole text may be searched for questions whose words are not found.
const MAX_PASSES: usize = 50;

pub(crate) struct Html;

impl Loader for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn description(&self) -> &'static str {
        "HTML: schema.org FAQPage (JSON-LD, microdata), headings, details, dl, bold lines, accordions"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[".html", ".htm", ".xhtml"]
    }

    fn pieces(&self) -> Pieces {
        Pieces::ByPart(parts::parts)
    }

    fn confidence(&self, peek: &Peek<'_>) -> u8 {
        let start = peek.text[..peek.text.floor_char_boundary(4096)].to_ascii_lowercase();
        let start = start.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if !start.starts_with('<') {
            return 0;
        }
        let is_page =
            ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| start.contains(tag));
        // A fragment: Markdown may begin with a tag too, but its next lines are text.
        let mut lines = start.lines().map(str::trim).filter(|line| !line.is_empty());
        let tagged = lines.by_ref().take(40).filter(|line| line.starts_with('<')).count();
        let markdown = start.contains("\n#") || start.contains("\n```") || start.contains("](");
        match (is_page, tagged) {
            (true, _) => 90,
            (false, 3..) if !markdown => 50,
            _ => 10,
        }
    }

    fn read(&self, doc: &SourceText<'_>) -> ParsedDocument {
        let root = parse(doc.text);
        let structured = structured::entries(&root);
        let page = page::HtmlPage::new(&root);
        let (mut seen, mut unused) = page.entries();
        if seen.is_empty() || !structured.is_empty() && !merge::agree(&structured, &seen) {
            seen.clear();
            unused.clear();
        }
        unused.truncate(MAX_UNUSED);
        for run in &mut unused {
            run.line = line_of(doc.text, &run.beginning);
        }
        merge::merge(&mut seen, structured);
        let rows = question_table::entries(&root);
        if !rows.is_empty() && seen.len() == 1 && question_likeness(&seen[0].question) == 0.0 {
            // The title of the page with its introduction.
            seen.clear();
        }
        merge::merge(&mut seen, rows);
        // The header of a table of questions.
        seen.retain(|entry| !(Keys::asks(&entry.question) && Keys::answers(&entry.answer)));
        for entry in &mut seen {
            entry.place = Place { source: Arc::clone(doc.name), line: 0 };
        }
        locate(doc.text, &mut seen);
        ParsedDocument { title: page.title, entries: seen, unused, ..ParsedDocument::default() }
    }
}

/// The line of the first words of a text; 0 if the source has tags between them.
fn line_of(text: &str, beginning: &str) -> u32 {
    let words: Vec<&str> = beginning.split(' ').collect();
    let length = words.len().min(2);
    // A title may precede the words that are adjacent in the source.
    let at = words.windows(length).find_map(|part| text.find(&part.join(" ")));
    at.map_or(0, |at| text[..at].matches('\n').count() as u32 + 1)
}

/// The most runs of unused text that are reported.
const MAX_UNUSED: usize = 50;

/// Finds the lines of questions by their words, in order. Questions that are not found cost a
/// search of the whole rest, so it stops after many of them.
fn locate(text: &str, entries: &mut [Entry]) {
    let mut from = 0;
    let mut line = 1;
    let mut left = text.len() * MAX_PASSES;
    for entry in entries {
        let start: String =
            entry.question.chars().take_while(|c| !"<>&\"'’“”".contains(*c)).collect();
        let words: Vec<&str> = start.split_whitespace().take(4).collect();
        let Some(first) = words.first().filter(|_| start.len() > 5) else { continue };
        // A table of contents above has the same words. The last place before the next question
        // would be exact; the first is close enough.
        let phrase = if words.len() > 2 { words[..2].join(" ") } else { (*first).to_owned() };
        if left == 0 {
            return;
        }
        let found = text[from..].find(&phrase);
        left = left.saturating_sub(found.unwrap_or(text.len() - from));
        if let Some(at) = found {
            line += text[from..from + at].matches('\n').count();
            from += at;
            entry.place.line = line as u32;
            // The next question may begin with the same words.
            line += phrase.matches('\n').count();
            from += phrase.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing;

    fn pairs(text: &str) -> Vec<(String, String)> {
        testing::pairs(testing::read(&Html, text))
    }

    #[test]
    fn one_content_in_many_shapes() {
        let expected = [("How hot?", "Very **hot**."), ("How long?", "Short.\n\n- a\n- b")];
        let expected = expected.map(|(q, a)| (q.to_owned(), a.to_owned()));
        let (a, b) = ("<p>Very <b>hot</b>.</p>", "<p>Short.</p><ul><li>a</li><li>b</li></ul>");
        let menu = "<nav><ul><li><a href=x>Home?</a></li></ul></nav>";
        for body in [
            format!("<h1>Tea</h1><h2>How hot?</h2>{a}<h2>How long?</h2>{b}"),
            format!(
                "<h1>Tea</h1><h3><a href=#1>1. How hot?</a></h3>{a}<h3>2. How<br>long? <a href=#2>¶</a></h3>{b}"
            ),
            format!(
                "<details><summary>How hot?</summary>{a}</details><details><summary>How long?</summary>{b}</details>"
            ),
            format!("<dl><dt>How hot?<dd>{a}<dt>How long?<dd>{b}</dl>"),
            format!("<p><b>(1) How hot?</b></p>{a}<p><b>(2) How long?</b></p>{b}"),
            format!(
                "<div class=i><button>How hot?</button><div>{a}</div></div><div class=i><button>How long?</button><div>{b}</div></div>"
            ),
            format!(
                "<div class=i><div class=q><span>How hot?</span></div><div class=a>{a}</div></div><div class=i><div class=q><span>How long?</span></div><div class=a>{b}</div></div>"
            ),
            format!("<p>Q: How hot?</p><p>A: Very <b>hot</b>.</p><p>Q: How long?</p>{b}"),
            format!(
                "<div itemscope itemtype=https://schema.org/Question><p itemprop=name>Q: How hot?</p><div itemtype=https://schema.org/Answer>{a}</div></div>\
                <div itemscope itemtype=https://schema.org/Question><p itemprop=name>How long?</p><div itemtype=https://schema.org/Answer>{b}</div></div>"
            ),
        ] {
            assert_eq!(
                pairs(&format!("<!doctype html><title>T</title>{menu}{body}")),
                expected,
                "{body}"
            );
        }
    }

    #[test]
    fn items_that_begin_with_bold_questions_beside_other_shapes() {
        let expected = [
            ("How hot?", "Very."),
            ("How long?", "Short."),
            ("Who pours?", "We do."),
            ("Is it red?", "No."),
        ];
        let expected = expected.map(|(q, a)| (q.to_owned(), a.to_owned()));
        for items in [
            "<ul><li><b>How hot?</b> Very.</li><li><b>How long?</b> Short.</li></ul>",
            "<ol><li><p><strong>How hot?</strong></p><p>Very.</p></li><li><p><strong>How long?</strong></p><p>Short.</p></li></ol>",
            "<ul><li><b>How hot?</b><br>Very.</li><li><b>How long?</b>: Short.</li></ul>",
        ] {
            for others in [
                "<dl><dt>Who pours?</dt><dd>We do.</dd><dt>Is it red?</dt><dd>No.</dd></dl>",
                "<details><summary>Who pours?</summary>We do.</details><details><summary>Is it red?</summary>No.</details>",
            ] {
                assert_eq!(
                    pairs(&format!("<html><body>{items}{others}")),
                    expected,
                    "{items}{others}"
                );
                let mut turned = pairs(&format!("<html><body>{others}{items}"));
                turned.rotate_left(2);
                assert_eq!(turned, expected, "{others}{items}");
            }
            assert_eq!(
                pairs(&format!("<html><body><h1>Tea</h1>{items}")),
                expected[..2],
                "{items}"
            );
        }
        let within = "<html><dl><dt>Who pours?</dt><dd>We do:<ul><li><b>How hot?</b> Very.</li><li><b>Long?</b> No.</li></ul></dd><dt>Is it red?</dt><dd>No.</dd></dl>";
        assert_eq!(pairs(within).len(), 2);
    }

    #[test]
    fn the_header_of_a_table_is_no_question() {
        let page = "<table><tr><th>Question</th><th>Answer</th></tr><tr><td>How hot?</td><td>Very.</td></tr>\
            <tr><td>How long?</td><td>Short.</td></tr></table>";
        let expected = [("How hot?", "Very."), ("How long?", "Short.")];
        assert_eq!(pairs(page), expected.map(|(q, a)| (q.to_owned(), a.to_owned())));
    }

    #[test]
    fn what_a_page_tells_completes_what_it_shows() {
        let told = r#"<script type="application/ld+json">{"@graph": [{"@type": "FAQPage", "mainEntity": [
            {"@type": "Question", "name": "How hot is it?", "acceptedAnswer": {"@type": "Answer", "text": "It is always very hot, so hot that one must wait for it."}},
            {"@type": "Question", "name": "Only told?", "acceptedAnswer": {"text": "<p>Yes.</p>"}}]}]}</script>"#;
        let page = format!(
            "<html><head>{told}</head><body><h1>Tea</h1><h2>How hot?</h2>\
            <p>It is always very hot, so hot that one must wait for it.</p><h2>How long?</h2><p>Short.</p>"
        );
        let titles: Vec<_> = pairs(&page).into_iter().map(|(q, _)| q).collect();
        assert_eq!(titles, ["How hot?", "How long?", "Only told?"]);
    }
}
