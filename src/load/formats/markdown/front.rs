//! Front matter: title, tags and aliases of a page.

use super::body;
use super::scan::MarkdownPage;
use crate::collection::{Entry, Place};
use crate::load::keys::{tag_list, texts};
use crate::load::loader::{ParsedDocument, SourceText};
use crate::load::records::read_tree;
use crate::load::value::Value;
use crate::markup::source::clean;
use std::sync::Arc;

/// Keys of front matter that list questions.
const RECORDS: &[&str] = &["faq", "faqs", "questions", "qa", "faqItems", "flashcards"];

/// Keys of front matter that hold tags.
const TAGS: &[&str] = &["tags", "category", "categories", "section", "topic", "keywords"];

#[derive(Debug, Default)]
pub(crate) struct FrontMatter {
    pub(crate) title: String,
    pub(crate) tags: Vec<String>,
    aliases: Vec<String>,
    /// The front matter, if it lists questions.
    records: Option<String>,
}

impl FrontMatter {
    /// The front matter, and the number of lines before the page's text.
    pub(crate) fn split(text: &str) -> (Self, usize) {
        let mut lines = text.lines();
        let fence = lines.next().map(str::trim_end).filter(|line| matches!(*line, "---" | "+++"));
        let Some(fence) = fence else { return (Self::default(), 0) };
        let Some(length) = lines.clone().take(400).position(|line| line.trim_end() == fence) else {
            return (Self::default(), 0);
        };
        let matter: Vec<&str> = lines.take(length).collect();
        let matter = matter.join("\n");
        let front = Self::parse(&matter, fence);
        let lists = fence == "---" && RECORDS.iter().any(|key| matter.contains(&format!("{key}:")));
        (Self { records: lists.then_some(matter), ..front }, length + 2)
    }

    fn parse(matter: &str, fence: &str) -> Self {
        let node = if fence == "---" {
            crate::load::yaml_tree::parse(matter)
                .ok()
                .and_then(|documents| documents.into_iter().next())
        } else {
            crate::load::formats::toml::parse(matter).ok()
        };
        // Front matter is often invalid YAML, for instance a title with a colon.
        let Some(node) = node else { return Self::by_lines(matter) };
        let all = |keys: &[&str]| -> Vec<String> {
            let nodes = keys.iter().filter_map(|key| node.get(key));
            nodes.flat_map(texts).map(|text| clean(&text)).collect()
        };
        Self {
            title: all(&["title", "question"]).into_iter().next().unwrap_or_default(),
            tags: TAGS.iter().filter_map(|key| node.get(key)).flat_map(tag_list).collect(),
            aliases: all(&["alt_titles", "aliases", "alternatives"]),
            records: None,
        }
    }

    fn by_lines(matter: &str) -> Self {
        let field = |name: &str| {
            let mut lines = matter.lines();
            let value = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
            value.map(|value| clean(value.trim().trim_matches(['"', '\''])))
        };
        let tags = field("category").into_iter().filter(|tag| !tag.is_empty()).collect();
        Self { title: field("title").unwrap_or_default(), tags, ..Self::default() }
    }

    /// Inserts the entries in the front matter before those of the text.
    pub(crate) fn add_records(&self, doc: &SourceText<'_>, found: &mut ParsedDocument) {
        let Some(matter) = &self.records else { return };
        let Ok(documents) = crate::load::yaml_tree::parse(matter) else { return };
        let mut listed = ParsedDocument { title: found.title.clone(), ..Default::default() };
        for node in documents.iter().flat_map(|node| RECORDS.iter().filter_map(|k| node.get(k))) {
            if !matches!(node, Value::Text(_) | Value::Scalar(_)) {
                read_tree(node.clone(), doc, &mut listed);
            }
        }
        found.entries.splice(0..0, listed.entries);
    }

    /// The page as one question: its title, answered by its text.
    pub(crate) fn entry(&self, name: &Arc<str>, page: &MarkdownPage<'_>) -> Option<Entry> {
        let answer = body::whole(page);
        if self.title.is_empty() || answer.is_empty() {
            return None;
        }
        Some(Entry {
            question: self.title.clone(),
            answer,
            tags: self.tags.clone(),
            aliases: self.aliases.clone(),
            place: Place { source: Arc::clone(name), line: 1 },
            ..Entry::default()
        })
    }
}
