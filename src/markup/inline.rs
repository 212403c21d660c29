//! Lays out inline text: roles, links, images and footnotes.

use super::code::ShownCode;
use super::line::SpanStyle;
use super::links::next_bare;
use super::role::{Role, Roles};
use super::walk::Walk;
use crate::text::{sanitise_keeping_tabs, sanitise_line};
use std::borrow::Cow;

impl Walk<'_> {
    pub(super) fn start_inline(&mut self, role: Role) {
        self.looks.push(self.look);
        self.look.roles = self.look.roles.with(role);
    }

    /// The roles of text at this point.
    pub(super) fn look_now(&self) -> SpanStyle {
        let quote = if self.quotes > 0 { Role::Quote.into() } else { Roles::NONE };
        let key = if self.is_key { Role::Kbd.into() } else { Roles::NONE };
        SpanStyle { roles: self.look.roles.and(key).and(quote), link: self.look.link }
    }

    /// Adds text with `roles` in addition to the current ones.
    pub(super) fn push(&mut self, text: &str, roles: Roles) {
        let look = self.look_now();
        self.flow.push(text, SpanStyle { roles: look.roles.and(roles), ..look });
    }

    pub(super) fn text(&mut self, text: &str) {
        // Character references have not been sanitised yet.
        let text = sanitise_keeping_tabs(Cow::Borrowed(text));
        match &mut self.code {
            Some((_, code)) => code.push_str(&text),
            None => self.prose(&text.replace('\t', " ")),
        }
    }

    /// Handles the tags that answers may have; any other is text.
    pub(super) fn inline_tag(&mut self, tag: &str) {
        match tag {
            "<kbd>" => self.is_key = true,
            "</kbd>" => self.is_key = false,
            "<sup>" => self.script = Some('^'),
            "<sub>" => self.script = Some('_'),
            "</sup>" | "</sub>" => self.script = None,
            "<br>" => self.flow.push("\n", SpanStyle::default()),
            other => self.text(other),
        }
    }

    /// Adds text whose addresses become links, unless it is in a link.
    pub(super) fn prose(&mut self, text: &str) {
        if let Some(sign) = self.script.take() {
            let is_word = text.chars().all(char::is_alphanumeric);
            let marked = if is_word { format!("{sign}{text}") } else { format!("{sign}({text})") };
            return self.push(&marked, Roles::NONE);
        }
        let roles = self.look_now().roles;
        let mut at = 0;
        if !roles.has(Role::Link) && !roles.has(Role::Code) && !roles.has(Role::Image) {
            while let Some(range) = next_bare(text, at) {
                self.push(&text[at..range.start], Roles::NONE);
                at = range.end;
                self.bare_link(&text[range]);
            }
        }
        self.push(&text[at..], Roles::NONE);
    }

    pub(super) fn bare_link(&mut self, url: &str) {
        let number = self.links.number(url);
        self.links.name(number, url);
        let look = self.look_now();
        self.flow.push(url, SpanStyle { roles: look.roles.with(Role::Link), link: number });
        self.link_number(number);
    }

    pub(super) fn inline_code(&mut self, text: &str) {
        let text = sanitise_line(Cow::Borrowed(text));
        let shown = ShownCode::new(&text, "");
        let look = self.look_now();
        let look = SpanStyle { roles: look.roles.with(Role::Code), ..look };
        shown.piece(0..shown.text.len(), look, &mut self.flow);
    }

    pub(super) fn end_link(&mut self) {
        let number = self.look.link;
        self.look = self.looks.pop().unwrap_or_default();
        self.finish_link(number);
    }

    /// Sets the name of the link that ends here, and shows its number.
    pub(super) fn finish_link(&mut self, number: u32) {
        let start = self.starts.pop().unwrap_or_default();
        let text = self.flow.text().get(start..).unwrap_or_default().trim().replace('\n', " ");
        if text.is_empty() {
            let url = self.links.list.get((number as usize).wrapping_sub(1)).map(|l| l.url.clone());
            let look = self.look_now();
            let look = SpanStyle { roles: look.roles.with(Role::Link), link: number };
            self.flow.push(url.as_deref().unwrap_or_default(), look);
            self.links.name(number, url.as_deref().unwrap_or_default());
        }
        self.links.name(number, &text);
        self.link_number(number);
    }

    /// Records where the text of a link starts.
    pub(super) fn begin_link(&mut self) {
        self.starts.push(self.flow.text().len());
    }

    pub(super) fn link_number(&mut self, number: u32) {
        if number > 0 {
            let look = self.look_now();
            let roles = look.roles.with(Role::LinkNumber);
            self.flow.push(&format!("[{number}]"), SpanStyle { roles, link: number });
        }
    }

    pub(super) fn start_image(&mut self, url: &str) {
        // In a link, the link can be opened, not the image.
        let number = match self.look_now().link {
            0 => self.links.number(url),
            link => link,
        };
        self.images.record(url);
        self.start_inline(Role::Image);
        self.look.link = number;
        self.begin_link();
        let end = url.find(['?', '#']).unwrap_or(url.len());
        let name = url[..end].rsplit('/').next().unwrap_or_default();
        self.image_names.push(sanitise_line(Cow::Borrowed(name)).into_owned());
    }

    pub(super) fn end_image(&mut self) {
        let start = self.starts.pop().unwrap_or_default();
        let name = self.image_names.pop().unwrap_or_default();
        if self.flow.text().get(start..).is_none_or(|text| text.trim().is_empty()) {
            self.push(
                if name.is_empty() || name.len() > 80 { "image" } else { &name },
                Roles::NONE,
            );
        }
        let number = self.look.link;
        self.look = self.looks.pop().unwrap_or_default();
        if self.look_now().link != number {
            let text = self.flow.text().get(start..).unwrap_or_default().to_owned();
            self.links.name(number, &text);
            self.link_number(number);
        }
    }

    /// The number of a footnote in superscript.
    pub(super) fn footnote_mark(&mut self, label: &str) -> String {
        let next = self.footnotes.len() + 1;
        let number = *self.footnotes.entry(label.to_owned()).or_insert(next);
        if self.drawing { superscript(&number.to_string()) } else { format!("^{number}") }
    }
}

/// Converts digits to superscripts; keeps other characters.
fn superscript(text: &str) -> String {
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    text.chars().map(|c| c.to_digit(10).map_or(c, |d| digits[d as usize])).collect()
}
