//! HTML inside Markdown, read as far as it says something about the text.

use super::html::{Tag, Token, decode, is_known, tokens};
use super::role::{Role, Roles};
use super::table::Table;
use super::walk::{Kind, Walk};
use crate::text::{sanitise, sanitise_line};
use std::borrow::Cow;

impl Walk<'_> {
    /// The end of a block of HTML.
    pub(super) fn end_html(&mut self) {
        if let Some(html) = self.html.take() {
            self.read_html(&html);
        }
        self.end_code();
        self.flush();
        // What a tag says of a running text ends with the block, if nobody closed it.
        self.html_look = super::line::Look::default();
        self.raised = false;
    }

    /// Reads a piece of HTML: a whole block, or one tag in a running text.
    pub(super) fn read_html(&mut self, html: &str) {
        for token in tokens(html) {
            match token {
                Token::Text(text) => self.html_text(text),
                Token::Tag(tag) if is_known(&tag.name) => self.tag(&tag),
                // `Vec<String>`, `<your name>`: it stands for itself.
                Token::Tag(tag) => self.html_text(tag.whole),
            }
        }
    }

    fn html_text(&mut self, text: &str) {
        let text = decode(text);
        let text = sanitise(text);
        if let Some((_, code)) = &mut self.code {
            code.push_str(&text);
            return;
        }
        let blank = |c: char| c.is_ascii_whitespace();
        if text.starts_with(blank) && !self.flow.is_blank() {
            self.flow.soft_break();
        }
        for (n, word) in text.split(blank).filter(|word| !word.is_empty()).enumerate() {
            if n > 0 {
                self.flow.soft_break();
            }
            self.prose(word);
        }
        if text.ends_with(blank) && !self.flow.is_blank() {
            self.flow.soft_break();
        }
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        let name = tag.name.as_ref();
        if self.code.is_some() {
            self.tag_in_code(tag);
        } else if let Some(role) = role_of(name) {
            let roles = self.html_look.roles;
            self.html_look.roles = if tag.closes { roles.without(role) } else { roles.with(role) };
        } else if tag.closes {
            self.end_tag(name);
        } else {
            self.start_tag(tag);
        }
    }

    fn tag_in_code(&mut self, tag: &Tag<'_>) {
        match tag.name.as_ref() {
            "pre" if tag.closes => self.end_code(),
            "code" if !tag.closes => {
                let class = tag.attribute("class").unwrap_or_default();
                if let Some((_, language)) = class.split_once("language-")
                    && let Some((label, _)) = &mut self.code
                {
                    let language = language.split_whitespace().next().unwrap_or_default();
                    *label = sanitise_line(Cow::Borrowed(language)).into_owned();
                }
            }
            "br" => {
                if let Some((_, code)) = &mut self.code {
                    code.push('\n');
                }
            }
            _ => {}
        }
    }

    fn start_tag(&mut self, tag: &Tag<'_>) {
        let name = tag.name.as_ref();
        match name {
            "br" if self.flow.is_blank() => {}
            "br" => self.flow.push("\n", super::line::Look::default()),
            "a" => {
                if let Some(url) = tag.attribute("href") {
                    self.html_look.link = self.links.number(&url);
                    self.html_look.roles = self.html_look.roles.with(Role::Link);
                    self.begin_link();
                }
            }
            "img" => {
                self.start_image(&tag.attribute("src").unwrap_or_default());
                let alt = tag.attribute("alt").unwrap_or_default();
                self.push(&sanitise_line(Cow::Borrowed(&alt)), Roles::NONE);
                self.end_image();
            }
            "q" => self.push("“", Roles::NONE),
            "sup" => self.raised = true,
            "hr" => self.rule(),
            "summary" => {
                self.paragraph();
                self.html_look.roles = self.html_look.roles.with(Role::Strong);
                self.push(if self.drawing { "▾ " } else { "- " }, Roles::NONE);
            }
            "pre" => {
                self.paragraph();
                self.finish_table();
                self.code = Some((String::new(), String::new()));
            }
            "ul" => self.start_list(None, true),
            "ol" => {
                let first = tag.attribute("start").and_then(|start| start.parse().ok());
                self.start_list(Some(first.unwrap_or(1)), true);
            }
            "li" => {
                self.end_tag_block(|kind| kind == Kind::Item, true);
                self.start_item(true);
            }
            "dt" => {
                self.end_tag_block(|kind| kind == Kind::Definition, true);
                self.start_term();
            }
            "dd" => {
                self.end_tag_block(|kind| kind == Kind::Definition, true);
                self.start_definition(true);
            }
            "blockquote" => self.quote(true),
            "table" => {
                self.paragraph();
                self.finish_table();
                self.table = Some(Table::default());
            }
            "tr" => self.in_table(Table::row),
            "td" | "th" => self.in_table(Table::cell),
            _ if heading_level(name).is_some() => {
                self.paragraph();
                self.start_heading(heading_level(name).unwrap_or(6));
            }
            _ if is_paragraph(name) => self.paragraph(),
            _ => {}
        }
    }

    fn end_tag(&mut self, name: &str) {
        match name {
            "a" if self.html_look.roles.has(Role::Link) => {
                let number = std::mem::take(&mut self.html_look.link);
                self.html_look.roles = self.html_look.roles.without(Role::Link);
                self.finish_link(number);
            }
            "q" => self.push("”", Roles::NONE),
            "sup" => self.raised = false,
            "summary" => {
                self.paragraph();
                self.html_look.roles = self.html_look.roles.without(Role::Strong);
            }
            "ul" | "ol" => self.end_tag_block(|kind| matches!(kind, Kind::List { .. }), false),
            "li" => self.end_tag_block(|kind| kind == Kind::Item, true),
            "dt" => self.end_term(),
            "dd" => self.end_tag_block(|kind| kind == Kind::Definition, true),
            "blockquote" => self.end_tag_block(|kind| kind == Kind::Quote, false),
            "th" | "td" => self.flush(),
            "thead" => self.in_table(Table::head_ends),
            "table" => self.finish_table(),
            _ if heading_level(name).is_some() => self.end_heading(),
            _ if is_paragraph(name) => self.paragraph(),
            _ => {}
        }
    }

    /// A paragraph ends here, if one was begun.
    fn paragraph(&mut self) {
        let wanted = !self.flow.is_blank() && self.table.is_none();
        self.flush();
        if wanted {
            self.page.want_gap(true);
        }
    }

    fn in_table(&mut self, act: impl FnOnce(&mut Table)) {
        self.flush();
        if let Some(table) = &mut self.table {
            act(table);
        }
    }

    /// Closes the innermost block of a kind that a tag opened, with what is in it; within one
    /// list if `in_list`. Looks a few blocks up only, so that a page of stray tags costs little.
    fn end_tag_block(&mut self, wanted: impl Fn(Kind) -> bool, in_list: bool) {
        self.flush();
        let open = self.blocks.iter().rev().take(8).take_while(|block| block.html);
        let mut found = None;
        for (n, block) in open.enumerate() {
            if wanted(block.kind) {
                found = Some(n);
                break;
            }
            if in_list && matches!(block.kind, Kind::List { .. }) {
                break;
            }
        }
        for _ in 0..found.map_or(0, |n| n + 1) {
            self.close_block();
        }
    }
}

fn role_of(name: &str) -> Option<Role> {
    Some(match name {
        "b" | "strong" | "mark" => Role::Strong,
        "i" | "em" | "cite" | "dfn" | "var" | "u" | "ins" => Role::Emphasis,
        "s" | "del" | "strike" => Role::Strike,
        "code" | "tt" | "samp" => Role::Code,
        "kbd" => Role::Kbd,
        _ => return None,
    })
}

fn heading_level(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

fn is_paragraph(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "details"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "center"
            | "figure"
            | "figcaption"
            | "main"
            | "aside"
            | "nav"
            | "address"
            | "form"
            | "dl"
            | "caption"
    )
}
