//! Walks over the events of the Markdown parser, and adds block after block to the page.
//!
//! Open blocks are on an explicit stack, not the thread's: no nesting is too deep.

use super::code::CodeBlock;
use super::flow::Flow;
use super::images::Images;
use super::line::SpanStyle;
use super::links::Links;
use super::page::Page;
use super::rendered::{Heading, Rendered};
use super::role::Role;
use super::syntax::Syntax;
use super::table::Table;
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use rustc_hash::FxHashMap;

/// An open block that has others in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockKind {
    Quote,
    /// A list with the number of its next item; whether it is in an item without blank lines.
    List {
        next: Option<u64>,
        tight_outside: bool,
    },
    Item,
    Definition,
    Footnote,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct OpenBlock {
    pub kind: BlockKind,
    /// Whether it has a prefix on the page.
    pub opened: bool,
}

/// The state of the walk.
pub(super) struct Walk<'a> {
    pub page: Page,
    pub flow: Flow,
    /// The style of the text at this point, and those before each open inline tag.
    pub look: SpanStyle,
    pub looks: Vec<SpanStyle>,
    /// Whether the text is inside `<kbd>`.
    pub is_key: bool,
    /// The sign before the next text, which is a superscript or subscript.
    pub script: Option<char>,
    pub blocks: Vec<OpenBlock>,
    pub lists: usize,
    pub quotes: usize,
    pub heading: Option<u8>,
    /// The language and text of the open code block.
    pub code: Option<(String, String)>,
    pub table: Option<Table>,
    /// The starts of the texts of the open links and images in the flow.
    pub starts: Vec<usize>,
    /// The names of open images, shown if they have no alternative text.
    pub image_names: Vec<String>,
    pub images: Images<'a>,
    pub links: Links,
    pub footnotes: FxHashMap<String, usize>,
    /// The events of footnotes, which follow at the end of the page.
    later: Vec<Event<'a>>,
    postponing: bool,
    pub code_blocks: Vec<CodeBlock>,
    pub headings: Vec<Heading>,
    pub syntax: &'a Syntax,
    pub drawing: bool,
}

impl<'a> Walk<'a> {
    pub fn new(width: usize, drawing: bool, syntax: &'a Syntax) -> Self {
        Walk {
            page: Page::new(width),
            flow: Flow::default(),
            look: SpanStyle::default(),
            looks: Vec::new(),
            is_key: false,
            script: None,
            blocks: Vec::new(),
            lists: 0,
            quotes: 0,
            heading: None,
            code: None,
            table: None,
            starts: Vec::new(),
            image_names: Vec::new(),
            images: Images::default(),
            links: Links::default(),
            footnotes: FxHashMap::default(),
            later: Vec::new(),
            postponing: false,
            code_blocks: Vec::new(),
            headings: Vec::new(),
            syntax,
            drawing,
        }
    }

    /// Handles the next event.
    pub fn event(&mut self, event: Event<'a>) {
        match &event {
            Event::Start(Tag::FootnoteDefinition(_)) => self.postponing = true,
            Event::End(TagEnd::FootnoteDefinition) => {
                self.later.push(event);
                self.postponing = false;
                return;
            }
            _ => {}
        }
        if self.postponing {
            self.later.push(event);
        } else {
            self.take(event);
        }
    }

    /// Ends the page: footnotes, then the list of links.
    pub fn finish(mut self) -> (Page, Rendered) {
        self.end_text();
        for event in std::mem::take(&mut self.later) {
            self.take(event);
        }
        self.end_text();
        self.links.lay_out(&mut self.page);
        let rendered = Rendered {
            links: self.links.list,
            code_blocks: self.code_blocks,
            headings: self.headings,
            images: self.images.rows,
            ..Rendered::default()
        };
        (self.page, rendered)
    }

    /// Closes unclosed tags.
    fn end_text(&mut self) {
        self.flush();
        self.finish_table();
        self.end_code();
        while self.blocks.last().is_some() {
            self.close_block();
        }
    }

    fn take(&mut self, event: Event<'a>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text);
            }
            Event::Code(text) => self.inline_code(&text),
            // The loader leaves no HTML except a few tags; anything else that looks like it is
            // text.
            Event::Html(html) => self.text(&html),
            Event::InlineHtml(tag) => self.inline_tag(&tag),
            Event::FootnoteReference(label) => {
                let mark = self.footnote_mark(&label);
                self.push(&mark, Role::Footnote.into());
            }
            Event::SoftBreak => self.flow.soft_break(),
            Event::HardBreak => self.flow.push("\n", SpanStyle::default()),
            Event::Rule => self.rule(),
            Event::TaskListMarker(done) => self.task(done),
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock | Tag::DefinitionList | Tag::MetadataBlock(_) => {
                self.flush();
            }
            Tag::Heading { level, .. } => self.start_heading(level as u8),
            Tag::BlockQuote(kind) => self.start_quote(kind),
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::List(first) => self.start_list(first),
            Tag::Item => self.start_item(),
            Tag::FootnoteDefinition(label) => self.start_footnote(&label),
            Tag::DefinitionListTitle => self.start_term(),
            Tag::DefinitionListDefinition => self.start_definition(),
            Tag::Table(alignments) => {
                self.flush();
                self.finish_table();
                self.table = Some(Table::new(alignments));
            }
            Tag::TableHead | Tag::TableRow => self.with_table(Table::row),
            Tag::TableCell => self.with_table(Table::cell),
            Tag::Emphasis => self.start_inline(Role::Emphasis),
            Tag::Strong => self.start_inline(Role::Strong),
            Tag::Strikethrough => self.start_inline(Role::Strike),
            Tag::Superscript | Tag::Subscript => self.looks.push(self.look),
            Tag::Link { link_type, dest_url, .. } => {
                let mail = link_type == LinkType::Email;
                let url = if mail { format!("mailto:{dest_url}") } else { dest_url.into_string() };
                self.start_inline(Role::Link);
                self.look.link = self.links.number(&url);
                self.starts.push(self.flow.text().len());
            }
            Tag::Image { dest_url, .. } => self.start_image(&dest_url),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => {
                self.flush();
                self.page.want_gap(true);
            }
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::DefinitionListDefinition
            | TagEnd::FootnoteDefinition => self.end_block(),
            TagEnd::DefinitionListTitle => self.end_term(),
            TagEnd::DefinitionList => self.page.want_gap(true),
            TagEnd::Table => self.finish_table(),
            TagEnd::TableHead => self.with_table(Table::head_ends),
            TagEnd::TableCell => self.flush(),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_image(),
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript => self.look = self.looks.pop().unwrap_or_default(),
            TagEnd::TableRow | TagEnd::MetadataBlock(_) => {}
        }
    }
}
