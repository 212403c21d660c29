//! The visible page: its blocks in order, and which of them could be questions.

use super::elements::{
    bold_question, contents_links, holds_bold_questions, holds_questions, holds_titles, is_block,
    is_layout, is_left_out,
};
use super::question_table;
use crate::collection::Entry;
use crate::load::boilerplate::is_boilerplate;
use crate::load::lead::{after_answer_mark, split_lead};
use crate::load::outline::{Features, Outline, TitleCandidate};
use crate::load::question_detect::{ends_as_question, question_likeness};
use crate::load::unused_text::UnusedText;
use crate::markup::source::dom::{attribute, children, own_text, tag, text};
use crate::markup::source::{emphasise, markdown};
use markup5ever_rcdom::{Node, NodeData};
use std::collections::HashMap;
use std::rc::Rc;

/// A longer text is not a title.
const MAX_TITLE_BYTES: usize = 400;

pub(crate) struct HtmlPage {
    pub(crate) title: String,
    blocks: Vec<HtmlBlock>,
    outline: Outline,
}

/// A block of the page: one element, or adjacent inline elements.
struct HtmlBlock {
    nodes: Vec<Rc<Node>>,
    /// The numbers of the containers around it, outermost first.
    inside: Rc<Vec<u32>>,
}

impl HtmlPage {
    pub(crate) fn new(root: &Rc<Node>) -> Self {
        let mut walk = HtmlWalk::default();
        walk.container(root, &Rc::new(Vec::new()), &Around::default());
        let HtmlWalk { title, blocks, outline, .. } = walk;
        Self { title, blocks, outline }
    }

    /// The questions of the page with their answers as Markdown, and the text in no entry.
    pub(crate) fn entries(&self) -> (Vec<Entry>, Vec<UnusedText>) {
        let questions = self.outline.questions();
        let unused = self.outline.unused(&questions).into_iter().filter_map(|run| {
            let nodes = self.blocks[run].iter().flat_map(|block| &block.nodes);
            let texts: Vec<String> = nodes.map(|node| text(node)).collect();
            UnusedText::new(0, texts.iter().map(String::as_str))
        });
        let unused = unused.collect();
        let block = |n: usize| &self.blocks[self.outline.candidates[n].units.start];
        let shared = questions.iter().map(|question| &block(question.candidate).inside);
        let shared = shared.cloned().reduce(|a, b| Rc::new(common(&a, &b)));
        let ground =
            shared.filter(|_| questions.len() > 1).and_then(|inside| inside.last().copied());
        let entries = questions
            .into_iter()
            .map(|question| {
                let candidate = &self.outline.candidates[question.candidate];
                let mut parts = vec![candidate.rest.clone()];
                // The last answer ends with the container of the questions.
                let blocks = self.blocks[question.answer].iter();
                let on_ground =
                    |block: &&HtmlBlock| ground.is_none_or(|n| block.inside.contains(&n));
                parts.extend(blocks.take_while(on_ground).map(HtmlBlock::markdown));
                parts.retain(|part| !part.is_empty());
                let answer = parts.join("\n\n");
                let answer = after_answer_mark(&answer).map_or(answer.clone(), str::to_owned);
                Entry {
                    question: candidate.title.clone(),
                    answer,
                    tags: question.sections,
                    ..Entry::default()
                }
            })
            .collect();
        (entries, unused)
    }
}

impl HtmlBlock {
    fn markdown(&self) -> String {
        match self.nodes.as_slice() {
            // Terms and definitions are separate blocks, as they may be questions and answers.
            [node] if tag(node) == "dt" => emphasise(&inline_markdown(&children(node)), "**"),
            [node] if tag(node) == "dd" => inline_markdown(&children(node)),
            [node] => markdown(node),
            nodes => inline_markdown(nodes),
        }
    }
}

/// Inline elements as one paragraph.
fn inline_markdown(nodes: &[Rc<Node>]) -> String {
    let paragraph = Node::new(NodeData::Document);
    paragraph.children.borrow_mut().extend(nodes.iter().cloned());
    let text = markdown(&paragraph);
    // The children keep their parent in the page.
    paragraph.children.borrow_mut().clear();
    text
}

fn common(a: &[u32], b: &[u32]) -> Vec<u32> {
    a.iter().zip(b).take_while(|(x, y)| x == y).map(|(x, _)| *x).collect()
}

/// What the containers around a block imply.
#[derive(Debug, Clone, Default)]
struct Around {
    /// The number of collapsible elements around it.
    details: u32,
    /// Inside the definition of a term: further terms belong to it.
    definition: bool,
    /// Inside a list of bold questions with their answers.
    bold_items: bool,
    /// The class of a container with no other content.
    class: Option<String>,
}

#[derive(Default)]
struct HtmlWalk {
    title: String,
    blocks: Vec<HtmlBlock>,
    outline: Outline,
    containers: u32,
    classes: HashMap<String, u32>,
}

impl HtmlWalk {
    /// Walks the children of an element that contains blocks.
    fn container(&mut self, node: &Rc<Node>, inside: &Rc<Vec<u32>>, around: &Around) {
        self.containers += 1;
        let inside = Rc::new([inside.as_slice(), &[self.containers]].concat());
        let mut inline: Vec<Rc<Node>> = Vec::new();
        for child in children(node) {
            if is_left_out(&child) {
                if tag(&child) == "title" {
                    self.title = text(&child);
                }
                continue;
            }
            if is_block(&child) {
                self.inline(&mut inline, &inside, around);
                self.block(&child, &inside, around);
            } else {
                inline.push(child);
            }
        }
        self.inline(&mut inline, &inside, around);
    }

    fn inline(&mut self, nodes: &mut Vec<Rc<Node>>, inside: &Rc<Vec<u32>>, around: &Around) {
        let nodes = std::mem::take(nodes);
        let has_text = nodes.iter().any(|node| !text(node).is_empty() || tag(node) == "img");
        if has_text {
            self.leaf(nodes, inside, around);
        }
    }

    fn block(&mut self, node: &Rc<Node>, inside: &Rc<Vec<u32>>, around: &Around) {
        let below = children(node);
        let blocks = below.iter().filter(|child| is_block(child)).count();
        let class = attribute(node, "class").map(|class| format!("{} {class}", tag(node)));
        let details = around.details + u32::from(tag(node) == "details");
        match tag(node) {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "summary" | "pre" | "figure" | "dt" => {
                self.leaf(vec![Rc::clone(node)], inside, around);
            }
            "blockquote" if !holds_titles(node) => {
                self.leaf(vec![Rc::clone(node)], inside, &Around::default());
            }
            "dl" if around.definition => {
                self.leaf(vec![Rc::clone(node)], inside, &Around::default());
            }
            "ul" | "ol" if details == 0 && !around.definition && holds_bold_questions(node) => {
                self.container(node, inside, &Around { bold_items: true, ..around.clone() });
            }
            "ul" | "ol" if !holds_questions(node) => {
                self.leaf(vec![Rc::clone(node)], inside, &Around::default());
            }
            // Its rows become entries with the structured ones.
            "table" if question_table::has_columns(node) => {}
            "table" if !is_layout(node) => {
                self.leaf(vec![Rc::clone(node)], inside, &Around::default());
            }
            _ if blocks == 0 && tag(node) != "details" => {
                let class = class.or_else(|| around.class.clone());
                self.leaf(vec![Rc::clone(node)], inside, &Around { class, ..around.clone() });
            }
            _ => {
                let alone = blocks == 1 && below.iter().all(|c| is_block(c) || text(c).is_empty());
                let class = class.or_else(|| around.class.clone()).filter(|_| alone);
                let definition = around.definition || tag(node) == "dd";
                let around = Around { details, definition, class, ..around.clone() };
                self.container(node, inside, &around);
            }
        }
    }

    /// Adds a block without nested blocks.
    fn leaf(&mut self, nodes: Vec<Rc<Node>>, inside: &Rc<Vec<u32>>, around: &Around) {
        let plain: String = nodes.iter().map(|node| text(node)).collect::<Vec<_>>().join(" ");
        if is_boilerplate(&plain) && !nodes.iter().any(|node| tag(node).starts_with('h')) {
            return;
        }
        let visible = plain.chars().filter(|c| !c.is_whitespace()).count() as u32;
        let linked: usize = nodes.iter().map(contents_links).sum();
        let is_contents = linked > 0 && linked * 5 >= plain.len() * 4;
        let n = self.blocks.len();
        let first = Rc::clone(&nodes[0]);
        let candidate = if is_contents && !tag(&first).starts_with('h') {
            None
        } else {
            self.candidate(&nodes, &plain, around)
        };
        let is_title = candidate.as_ref().is_some_and(|c| c.features.heading.is_some());
        let above = self.outline.candidates.last_mut().filter(|above| above.units.end == n);
        if let Some(above) = above
            && tag(&first) == "p"
            && Rc::ptr_eq(&self.blocks[n - 1].inside, inside)
        {
            above.features.has_paragraph = true;
        }
        self.outline.mass.push(if is_contents || is_title { 0 } else { visible.max(1) });
        self.outline.contents.push(if is_contents && !is_title { visible } else { 0 });
        self.blocks.push(HtmlBlock { nodes, inside: Rc::clone(inside) });
        if let Some(mut candidate) = candidate {
            candidate.units = n..n + 1;
            // Several terms of one definition.
            let is_statement =
                |term: &TitleCandidate| term.features.term && question_likeness(&term.title) == 0.0;
            if let Some(above) = self.outline.candidates.last_mut()
                && above.units.end == n
                && is_statement(above)
                && is_statement(&candidate)
                && Rc::ptr_eq(&self.blocks[n - 1].inside, inside)
            {
                above.units.end = n + 1;
                above.title.push_str(", ");
                above.title.push_str(&candidate.title);
                return;
            }
            self.outline.candidates.push(candidate);
        }
    }

    fn candidate(
        &mut self,
        nodes: &[Rc<Node>],
        plain: &str,
        around: &Around,
    ) -> Option<TitleCandidate> {
        let name = if nodes.len() == 1 { tag(&nodes[0]) } else { "" };
        if matches!(name, "pre" | "ul" | "ol" | "table" | "figure") {
            return None;
        }
        let mut features = Features {
            nested: around.details > u32::from(name == "summary"),
            ..Features::default()
        };
        features.heading =
            name.strip_prefix('h').and_then(|level| level.parse().ok()).filter(|l| *l <= 6);
        features.summary = name == "summary";
        features.term = name == "dt";
        features.item = name == "li";
        let (title, rest) = if features.heading.is_some() || features.summary || features.term {
            (without_anchor(plain).to_owned(), String::new())
        } else {
            let asked = if around.bold_items { split_bold_question(nodes) } else { None };
            features.bold_item = asked.is_some();
            let (title, rest, bold) = asked.or_else(|| split_paragraph(nodes))?;
            features.bold = bold;
            (title, rest)
        };
        let class = attribute(&nodes[0], "class").filter(|_| nodes.len() == 1);
        let class = class.map(|class| format!("{name} {class}")).or_else(|| around.class.clone());
        let class = class.or_else(|| (name == "button").then(|| "button".to_owned()));
        features.class = class.filter(|_| features.heading.is_none()).map(|class| {
            let next = self.classes.len() as u32;
            *self.classes.entry(class).or_insert(next)
        });
        let (lead, title) = split_lead(without_icon(&title));
        features.marked = lead.marked;
        features.number = lead.number;
        let plain =
            features.heading.is_none() && !features.summary && !features.term && !features.item;
        features.asks = plain && title.len() < 200 && ends_as_question(title);
        if title.is_empty() || title.len() > MAX_TITLE_BYTES {
            return None;
        }
        Some(TitleCandidate {
            title: title.to_owned(),
            rest,
            features,
            ..TitleCandidate::default()
        })
    }
}

/// A title without its open/close icon.
fn without_icon(title: &str) -> &str {
    const ICONS: &[&str] = &[
        "+", "-", "−", "–", "▸", "▾", "▼", "▲", "▶", "◀", "›", "❯", "⌄", "⌃", "∨", "∧", "»", "×",
        "✕", "➕", "➖", "↓", "↑",
    ];
    let Some((before, last)) = title.rsplit_once(' ') else { return title };
    if ICONS.contains(&last) { before.trim_end() } else { title }
}

/// A title without the permalink sign at its end.
fn without_anchor(title: &str) -> &str {
    let bare = title.trim_end_matches(['#', '¶', '§', '🔗', '\u{fe0f}']);
    if bare.ends_with(' ') { bare.trim_end() } else { title }
}

/// The title in a paragraph: all of it, or a leading bold or marked part before a line break; with
/// the rest as Markdown.
fn split_paragraph(nodes: &[Rc<Node>]) -> Option<(String, String, bool)> {
    let mut parts = nodes.to_vec();
    // `<p><span>…</span></p>` is read as its only child.
    while let [only] = parts.as_slice() {
        if own_text(only).is_some() || is_bold(only) {
            break;
        }
        let inner: Vec<_> = children(only)
            .into_iter()
            .filter(|child| own_text(child).is_none_or(|text| !text.trim().is_empty()))
            .collect();
        if inner.is_empty() {
            break;
        }
        parts = inner;
    }
    parts.retain(|node| !(tag(node) == "a" && text(node).is_empty()));
    let end = parts.iter().position(|node| tag(node) == "br").unwrap_or(parts.len());
    let (title_nodes, rest) = parts.split_at(end);
    let title: String =
        title_nodes.iter().map(|node| own_text(node).unwrap_or_else(|| text(node))).collect();
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let filled = || title_nodes.iter().filter(|node| !text(node).is_empty());
    let bold = filled().count() > 0 && filled().all(|node| is_bold(node) || text(node).len() <= 2);
    if rest.is_empty() {
        return Some((title, String::new(), bold));
    }
    let asks = bold || split_lead(&title).0.marked || question_likeness(&title) > 0.9;
    asks.then(|| (title, inline_markdown(rest), bold))
}

/// The bold question that begins an item of a list, and the rest of its paragraph as Markdown.
fn split_bold_question(nodes: &[Rc<Node>]) -> Option<(String, String, bool)> {
    let parts = match nodes {
        [only] if matches!(tag(only), "li" | "p") => children(only),
        nodes => nodes.to_vec(),
    };
    let at = parts.iter().position(|node| !text(node).is_empty())?;
    let title = bold_question(&parts[at])?;
    let is_gap = |node: &&Rc<Node>| tag(node) == "br" || text(node).is_empty();
    let rest: Vec<Rc<Node>> = parts[at + 1..].iter().skip_while(is_gap).cloned().collect();
    let rest = if rest.is_empty() { String::new() } else { inline_markdown(&rest) };
    Some((title, rest.trim_start_matches([':', '–', '—', ' ']).to_owned(), true))
}

fn is_bold(node: &Rc<Node>) -> bool {
    if matches!(tag(node), "b" | "strong") {
        return true;
    }
    let below = children(node);
    matches!(tag(node), "a" | "span" | "font" | "u" | "em" | "i" | "big")
        && !below.is_empty()
        && below.iter().all(|child| is_bold(child) || text(child).is_empty())
}
