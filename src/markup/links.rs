//! Links: their numbers, bare addresses in a text, and the list at the end.

use super::flow::Flow;
use super::line::SpanStyle;
use super::page::Page;
use super::role::Role;
use crate::text::sanitise_line;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::ops::Range;

/// The maximum length of an address in bytes: longer ones are data, such as embedded images.
const MAX_LENGTH: usize = 2_000;

/// A link that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The number, shown as `[1]`.
    pub number: usize,
    /// The text.
    pub text: String,
    /// The address.
    pub url: String,
}

/// The links of an answer.
#[derive(Debug, Default)]
pub(super) struct Links {
    pub list: Vec<Link>,
    by_url: FxHashMap<String, u32>,
}

impl Links {
    /// The number of an address; 0 for one that cannot be followed.
    pub fn number(&mut self, url: &str) -> u32 {
        let url = sanitise_line(Cow::Borrowed(url.trim()));
        let data = url.get(..5).is_some_and(|begin| begin.eq_ignore_ascii_case("data:"));
        if matches!(&*url, "" | "#") || data || url.len() > MAX_LENGTH {
            return 0;
        }
        if let Some(&number) = self.by_url.get(url.as_ref()) {
            return number;
        }
        let number = self.list.len() + 1;
        let url = url.into_owned();
        self.by_url.insert(url.clone(), number as u32);
        self.list.push(Link { number, text: String::new(), url });
        number as u32
    }

    /// Sets the text of a link, unless it has one.
    pub fn name(&mut self, number: u32, text: &str) {
        let link = (number as usize).checked_sub(1).and_then(|n| self.list.get_mut(n));
        if let Some(link) = link.filter(|link| link.text.is_empty()) {
            text.trim().clone_into(&mut link.text);
        }
    }

    /// Lays out the list of addresses, without those that the text already shows in full.
    pub fn lay_out(&self, page: &mut Page) {
        let hidden = |link: &&Link| {
            let shown = link.text == link.url || link.url == format!("mailto:{}", link.text);
            // An anchor in the source: the text names it.
            !shown && !link.url.starts_with('#')
        };
        let mut first = true;
        for link in self.list.iter().filter(hidden) {
            if std::mem::take(&mut first) {
                page.want_gap(true);
                page.space();
            }
            let number = format!("[{}] ", link.number);
            let look = SpanStyle { roles: Role::LinkNumber.into(), link: link.number as u32 };
            let blanks = " ".repeat(number.len());
            let opened = page.open(Some((&number, look)), (&blanks, SpanStyle::default()));
            let mut flow = Flow::default();
            let look = SpanStyle { roles: Role::Link.into(), link: link.number as u32 };
            if !opened {
                flow.push(&number, look);
            }
            flow.push(&link.url, look);
            page.flow(&flow);
            if opened {
                page.close();
            }
        }
    }
}

/// The next bare address in `text`, from byte `from` on.
pub(super) fn next_bare(text: &str, from: usize) -> Option<Range<usize>> {
    let mut from = from;
    loop {
        let mark = from + memchr::memmem::find(&text.as_bytes()[from..], b"://")?;
        let scheme = ["https", "http", "ftp"].into_iter().find(|s| text[..mark].ends_with(s));
        let begins = |start: usize| !text[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
        let start = scheme.map(|scheme| mark - scheme.len()).filter(|&start| begins(start));
        let end = mark + 3 + address_len(&text[mark + 3..]);
        match start {
            Some(start) if end > mark + 3 => return Some(start..end),
            _ => from = mark + 3,
        }
    }
}

/// The length of an address: up to a blank or quote, without the punctuation of the sentence at its
/// end.
fn address_len(text: &str) -> usize {
    let stops = |c: char| {
        c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '|' | '\\') || c >= '\u{2e80}'
    };
    let mut len = text.find(stops).unwrap_or(text.len());
    while let Some(last) = text[..len].chars().next_back() {
        let inside = &text[..len];
        let unmatched = |open, close| inside.matches(close).count() > inside.matches(open).count();
        let hangs = match last {
            ')' => unmatched('(', ')'),
            ']' => unmatched('[', ']'),
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '}' | '’' | '”' | '…' => {
                true
            }
            _ => false,
        };
        if !hangs {
            break;
        }
        len -= last.len_utf8();
    }
    len
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_addresses() {
        for (text, expected) in [
            ("see https://a.example/b_c?d=1, or", "https://a.example/b_c?d=1"),
            ("(http://a.example/x_(y))", "http://a.example/x_(y)"),
            ("xhttp://no then ftp://a.example.", "ftp://a.example"),
            ("见https://a.example。好", "https://a.example"),
            ("http:// nothing", ""),
        ] {
            let got = next_bare(text, 0).map_or("", |range| &text[range]);
            assert_eq!(got, expected);
        }
    }
}
