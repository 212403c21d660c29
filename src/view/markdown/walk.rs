//! The walk over the events of the Markdown parser, which puts block after block on the page.
//!
//! Open blocks stand on a stack of our own, never on the thread's: no nesting is too deep.

use super::code::{self, CodeBlock, Shown};
use super::flow::Flow;
use super::line::Look;
use super::links::Links;
use super::page::Page;
use super::styles::Role;
use super::syntax::Syntax;
use super::table::Table;
use super::{Heading, Rendered};
use crate::text::sanitise_line;
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, LinkType, Tag, TagEnd};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// An open block that has others in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Quote,
    /// A list with the number of its next item; it stood in an item without blank lines.
    List {
        next: Option<u64>,
        tight_outside: bool,
    },
    Item,
    Definition,
    Footnote,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    pub kind: Kind,
    /// It has a prefix on the page.
    opened: bool,
    /// A tag opened it; only a tag closes it, or the end of what is around it.
    pub html: bool,
}

/// The state of the walk.
pub(super) struct Walk<'a> {
    pub page: Page,
    pub flow: Flow,
    /// What the text at this point is, and what it was before each open inline tag.
    pub look: Look,
    pub looks: Vec<Look>,
    /// What tags of HTML add to that.
    pub html_look: Look,
    /// Numbers stand high: `x<sup>2</sup>`.
    pub raised: bool,
    pub blocks: Vec<Block>,
    lists: usize,
    pub quotes: usize,
    pub heading: Option<u8>,
    /// The language and text of the open code block.
    pub code: Option<(String, String)>,
    pub html: Option<String>,
    pub table: Option<Table>,
    /// Where the text of the open link or image begins in the flow.
    pub starts: Vec<usize>,
    /// What to show for an open image that has no alternative text.
    pub image_names: Vec<String>,
    pub links: Links,
    pub footnotes: FxHashMap<String, usize>,
    /// The events of footnotes, which come at the end of the page.
    later: Vec<Event<'a>>,
    postponing: bool,
    code_blocks: Vec<CodeBlock>,
    headings: Vec<Heading>,
    syntax: &'a Syntax,
    pub drawing: bool,
}

impl<'a> Walk<'a> {
    pub fn new(width: usize, drawing: bool, syntax: &'a Syntax) -> Self {
        Walk {
            page: Page::new(width),
            flow: Flow::default(),
            look: Look::default(),
            looks: Vec::new(),
            html_look: Look::default(),
            raised: false,
            blocks: Vec::new(),
            lists: 0,
            quotes: 0,
            heading: None,
            code: None,
            html: None,
            table: None,
            starts: Vec::new(),
            image_names: Vec::new(),
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

    /// Takes the next event.
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
            ..Rendered::default()
        };
        (self.page, rendered)
    }

    /// Closes whatever tags left open.
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
            Event::Html(html) => match &mut self.html {
                Some(block) => block.push_str(&html),
                None => self.read_html(&html),
            },
            Event::InlineHtml(html) => self.read_html(&html),
            Event::FootnoteReference(label) => {
                let mark = self.footnote_mark(&label);
                self.push(&mark, Role::Footnote.into());
            }
            Event::SoftBreak => self.flow.soft_break(),
            Event::HardBreak => self.flow.push("\n", Look::default()),
            Event::Rule => self.rule(),
            Event::TaskListMarker(done) => self.task(done),
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        match tag {
            Tag::Paragraph | Tag::DefinitionList | Tag::MetadataBlock(_) => self.flush(),
            Tag::Heading { level, .. } => self.start_heading(level as u8),
            Tag::BlockQuote(kind) => self.start_quote(kind),
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::HtmlBlock => {
                self.flush();
                self.html = Some(String::new());
            }
            Tag::List(first) => self.start_list(first, false),
            Tag::Item => self.start_item(false),
            Tag::FootnoteDefinition(label) => self.start_footnote(&label),
            Tag::DefinitionListTitle => self.start_term(),
            Tag::DefinitionListDefinition => self.start_definition(false),
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
            TagEnd::Paragraph => {
                self.flush();
                self.page.want_gap(true);
            }
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::HtmlBlock => self.end_html(),
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

    // Blocks.

    /// Puts the running text on the page, or in the open cell.
    pub fn flush(&mut self) {
        if self.flow.is_blank() {
            self.flow = Flow::default();
            return;
        }
        let flow = std::mem::take(&mut self.flow);
        if let Some(cell) = self.table.as_mut().and_then(Table::current) {
            cell.fresh_line();
            cell.append(&flow);
            return;
        }
        self.page.space();
        self.page.flow(&flow);
    }

    fn open_block(
        &mut self,
        kind: Kind,
        first: Option<(&str, Look)>,
        rest: (&str, Look),
        html: bool,
    ) {
        let opened = self.page.open(first, rest);
        self.blocks.push(Block { kind, opened, html });
    }

    /// The end of a block of Markdown ends what tags opened in it.
    fn end_block(&mut self) {
        self.flush();
        while self.blocks.last().is_some_and(|block| block.html) {
            self.close_block();
        }
        self.close_block();
    }

    /// Closes the block opened last.
    pub fn close_block(&mut self) {
        self.flush();
        let Some(block) = self.blocks.pop() else { return };
        if block.opened {
            self.page.close();
        }
        match block.kind {
            Kind::Quote => {
                self.quotes -= 1;
                self.page.want_gap(true);
            }
            Kind::List { tight_outside, .. } => {
                self.lists -= 1;
                let loose = self.page.wants_gap();
                self.page.want_gap(self.lists == 0 || loose || !tight_outside);
            }
            Kind::Footnote => self.page.want_gap(false),
            Kind::Item | Kind::Definition => {}
        }
    }

    pub fn start_heading(&mut self, level: u8) {
        self.flush();
        self.finish_table();
        self.heading = Some(level);
    }

    pub fn end_heading(&mut self) {
        let Some(level) = self.heading.take() else { return };
        let role = match level {
            1 => Role::Heading1,
            2 => Role::Heading2,
            _ => Role::Heading3,
        };
        self.flow = std::mem::take(&mut self.flow).with(role);
        if !self.flow.is_blank() && self.table.is_none() {
            self.page.space();
            let text = self.flow.text().trim().replace('\n', " ");
            self.headings.push(Heading { line: self.page.lines.len(), level, text });
        }
        self.flush();
        self.page.want_gap(true);
    }

    pub fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.quote(false);
        let name = match kind {
            None => return,
            Some(BlockQuoteKind::Note) => "Note",
            Some(BlockQuoteKind::Tip) => "Tip",
            Some(BlockQuoteKind::Important) => "Important",
            Some(BlockQuoteKind::Warning) => "Warning",
            Some(BlockQuoteKind::Caution) => "Caution",
        };
        self.flow.push(name, Role::Alert.into());
        self.flush();
    }

    pub fn quote(&mut self, html: bool) {
        self.flush();
        self.page.space();
        let bar = if self.drawing { "▌ " } else { "> " };
        self.open_block(Kind::Quote, None, (bar, Role::QuoteBar.into()), html);
        self.quotes += 1;
    }

    pub fn start_list(&mut self, next: Option<u64>, html: bool) {
        // Text right before a nested list: the item that both are in is a tight one.
        let tight_outside = !self.flow.is_blank() || !self.page.wants_gap();
        self.flush();
        self.page.space();
        self.lists += 1;
        self.blocks.push(Block { kind: Kind::List { next, tight_outside }, opened: false, html });
    }

    pub fn start_item(&mut self, html: bool) {
        self.flush();
        self.page.space();
        let number = match self.blocks.last_mut() {
            Some(Block { kind: Kind::List { next: Some(next), .. }, .. }) => {
                let number = *next;
                *next = next.saturating_add(1);
                Some(number)
            }
            _ => None,
        };
        let bullet = match number {
            Some(number) => format!("{number}. "),
            None if self.drawing => ["• ", "◦ ", "▪ "][self.lists.saturating_sub(1) % 3].to_owned(),
            None => "- ".to_owned(),
        };
        let blanks = " ".repeat(bullet.chars().count());
        let first = Some((bullet.as_str(), Role::Marker.into()));
        self.open_block(Kind::Item, first, (&blanks, Look::default()), html);
    }

    fn task(&mut self, done: bool) {
        let (mark, role) = if done { ("[x] ", Role::TaskDone) } else { ("[ ] ", Role::TaskOpen) };
        if !self.page.replace_bullet(mark, role.into()) {
            self.flow.push(mark, role.into());
        }
    }

    pub fn start_term(&mut self) {
        self.flush();
        self.page.space();
        self.looks.push(self.look);
        self.look.roles = self.look.roles.with(Role::Term);
    }

    pub fn end_term(&mut self) {
        self.flush();
        self.page.want_gap(false);
        self.look = self.looks.pop().unwrap_or_default();
    }

    pub fn start_definition(&mut self, html: bool) {
        self.flush();
        self.page.space();
        self.open_block(Kind::Definition, None, ("  ", Look::default()), html);
    }

    fn start_footnote(&mut self, label: &str) {
        self.flush();
        self.page.space();
        let mark = format!("{} ", self.footnote_mark(label));
        let blanks = " ".repeat(mark.chars().count());
        let first = Some((mark.as_str(), Role::Footnote.into()));
        self.open_block(Kind::Footnote, first, (&blanks, Look::default()), false);
    }

    pub fn rule(&mut self) {
        self.flush();
        self.page.space();
        let mut line = self.page.begin();
        let dash = if self.drawing { "─" } else { "-" };
        line.push(&dash.repeat(self.page.room()), Role::Rule.into());
        self.page.end(line);
        self.page.want_gap(true);
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.flush();
        self.finish_table();
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.as_ref(),
            CodeBlockKind::Indented => "",
        };
        let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '{' | '}' | ':');
        let language = info.split(ends).find(|word| !word.is_empty()).unwrap_or_default();
        let language = sanitise_line(Cow::Borrowed(language.trim_start_matches('.')));
        self.code = Some((language.into_owned(), String::new()));
    }

    pub fn end_code(&mut self) {
        let Some((language, mut code)) = self.code.take() else { return };
        code.truncate(code.trim_end().len());
        // Blank lines before the first one, not its indentation.
        let blanks = code.len() - code.trim_start().len();
        let first = code[..blanks].rfind('\n').map_or(0, |at| at + 1);
        code.drain(..first);
        self.page.space();
        let start = self.page.lines.len();
        let shown = Shown::new(&code, &language);
        let colours = self.syntax.colours(&language, &shown.text);
        let colours = colours.as_ref().map(|colours| colours.as_slice());
        code::lay_out(&mut self.page, &code, &language, colours, self.drawing);
        let lines = start..self.page.lines.len();
        self.code_blocks.push(CodeBlock { code, language, lines });
        self.page.want_gap(true);
    }

    fn with_table(&mut self, act: impl FnOnce(&mut Table)) {
        self.flow = Flow::default();
        if let Some(table) = &mut self.table {
            act(table);
        }
    }

    pub fn finish_table(&mut self) {
        self.flush();
        if let Some(table) = self.table.take() {
            table.lay_out(&mut self.page, self.drawing);
        }
    }
}
