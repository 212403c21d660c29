//! Lays out blocks: quotes, lists, headings, code and others.

use super::Heading;
use super::code::{self, CodeBlock, ShownCode};
use super::flow::Flow;
use super::line::SpanStyle;
use super::literal::expand_tabs;
use super::role::Role;
use super::table::Table;
use super::walk::{BlockKind, OpenBlock, Walk};
use crate::text::sanitise_line;
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind};
use std::borrow::Cow;

impl Walk<'_> {
    /// Adds the inline text so far to the page or the open cell.
    pub(super) fn flush(&mut self) {
        if self.flow.is_blank() {
            self.flow = Flow::default();
            self.images.forget();
            return;
        }
        let flow = std::mem::take(&mut self.flow);
        if let Some(cell) = self.table.as_mut().and_then(Table::current) {
            cell.fresh_line();
            cell.append(&flow);
            self.images.forget();
            return;
        }
        self.page.space();
        self.page.flow(&flow);
        self.images.lay_out(&mut self.page);
    }

    pub(super) fn open_block(
        &mut self,
        kind: BlockKind,
        first: Option<(&str, SpanStyle)>,
        rest: (&str, SpanStyle),
    ) {
        let opened = self.page.open(first, rest);
        self.blocks.push(OpenBlock { kind, opened });
    }

    pub(super) fn end_block(&mut self) {
        self.flush();
        self.close_block();
    }

    /// Closes the innermost open block.
    pub(super) fn close_block(&mut self) {
        self.flush();
        let Some(block) = self.blocks.pop() else { return };
        if block.opened {
            self.page.close();
        }
        match block.kind {
            BlockKind::Quote => {
                self.quotes -= 1;
                self.page.want_gap(true);
            }
            BlockKind::List { tight_outside, .. } => {
                self.lists -= 1;
                let loose = self.page.wants_gap();
                self.page.want_gap(self.lists == 0 || loose || !tight_outside);
            }
            BlockKind::Footnote => self.page.want_gap(false),
            BlockKind::Item | BlockKind::Definition => {}
        }
    }

    pub(super) fn start_heading(&mut self, level: u8) {
        self.flush();
        self.finish_table();
        self.heading = Some(level);
    }

    pub(super) fn end_heading(&mut self) {
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

    pub(super) fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.quote();
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

    pub(super) fn quote(&mut self) {
        self.flush();
        self.page.space();
        let bar = if self.drawing { "▌ " } else { "> " };
        self.open_block(BlockKind::Quote, None, (bar, Role::QuoteBar.into()));
        self.quotes += 1;
    }

    pub(super) fn start_list(&mut self, next: Option<u64>) {
        // Text right before a nested list: the item with both is a tight one.
        let tight_outside = !self.flow.is_blank() || !self.page.wants_gap();
        self.flush();
        self.page.space();
        self.lists += 1;
        self.blocks
            .push(OpenBlock { kind: BlockKind::List { next, tight_outside }, opened: false });
    }

    pub(super) fn start_item(&mut self) {
        self.flush();
        self.page.space();
        let mut number = None;
        if let Some(OpenBlock { kind: BlockKind::List { next: Some(next), .. }, .. }) =
            self.blocks.last_mut()
        {
            number = Some(*next);
            *next = next.saturating_add(1);
        }
        let bullet = match number {
            Some(number) => format!("{number}. "),
            None if self.drawing => ["• ", "◦ ", "▪ "][self.lists.saturating_sub(1) % 3].to_owned(),
            None => "- ".to_owned(),
        };
        let blanks = " ".repeat(bullet.chars().count());
        let first = Some((bullet.as_str(), Role::Bullet.into()));
        self.open_block(BlockKind::Item, first, (&blanks, SpanStyle::default()));
    }

    pub(super) fn task(&mut self, done: bool) {
        let (mark, role) = if done { ("[x] ", Role::TaskDone) } else { ("[ ] ", Role::TaskOpen) };
        if !self.page.replace_bullet(mark, role.into()) {
            self.flow.push(mark, role.into());
        }
    }

    pub(super) fn start_term(&mut self) {
        self.flush();
        self.page.space();
        self.looks.push(self.look);
        self.look.roles = self.look.roles.with(Role::Term);
    }

    pub(super) fn end_term(&mut self) {
        self.flush();
        self.page.want_gap(false);
        self.look = self.looks.pop().unwrap_or_default();
    }

    pub(super) fn start_definition(&mut self) {
        self.flush();
        self.page.space();
        self.open_block(BlockKind::Definition, None, ("  ", SpanStyle::default()));
    }

    pub(super) fn start_footnote(&mut self, label: &str) {
        self.flush();
        self.page.space();
        let mark = format!("{} ", self.footnote_mark(label));
        let blanks = " ".repeat(mark.chars().count());
        let first = Some((mark.as_str(), Role::Footnote.into()));
        self.open_block(BlockKind::Footnote, first, (&blanks, SpanStyle::default()));
    }

    pub(super) fn rule(&mut self) {
        self.flush();
        self.page.space();
        let mut line = self.page.begin();
        let dash = if self.drawing { "─" } else { "-" };
        line.push(&dash.repeat(self.page.room()), Role::Rule.into());
        self.page.end(line);
        self.page.want_gap(true);
    }

    pub(super) fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
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

    pub(super) fn end_code(&mut self) {
        let Some((language, mut code)) = self.code.take() else { return };
        code.truncate(code.trim_end().len());
        // Drops blank lines before the first one, but keeps its indentation.
        let blanks = code.len() - code.trim_start().len();
        let first = code[..blanks].rfind('\n').map_or(0, |at| at + 1);
        code.drain(..first);
        self.page.space();
        let start = self.page.lines.len();
        let expanded = expand_tabs(&code);
        let shown = ShownCode::new(&expanded, &language);
        let colours = self.syntax.colours(&language, &shown.text);
        let colours = colours.as_ref().map(|colours| colours.as_slice());
        code::lay_out(&mut self.page, &expanded, &language, colours, self.drawing);
        let lines = start..self.page.lines.len();
        self.code_blocks.push(CodeBlock { code, language, lines });
        self.page.want_gap(true);
    }

    pub(super) fn with_table(&mut self, act: impl FnOnce(&mut Table)) {
        self.flow = Flow::default();
        if let Some(table) = &mut self.table {
            act(table);
        }
    }

    pub(super) fn finish_table(&mut self) {
        self.flush();
        if let Some(table) = self.table.take() {
            table.lay_out(&mut self.page, self.drawing);
        }
    }
}
