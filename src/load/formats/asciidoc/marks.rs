//! What a line of AsciiDoc begins: a section, a delimited block, a list item, a term.

/// Level and text of `== A section`, closed (`== x ==`) or not.
pub(super) fn section(line: &str) -> Option<(u8, &str)> {
    let sign = line.chars().next().filter(|c| "=#".contains(*c))?;
    let text = line.trim_start_matches(sign);
    let level = line.len() - text.len();
    if level > 6 || !text.starts_with(' ') {
        return None;
    }
    let text = text.trim();
    let open = text.trim_end_matches(sign);
    let is_closed = text.len() - open.len() == level && open.ends_with(' ');
    Some((level as u8, if is_closed { open.trim() } else { text }))
}

/// The mark of an item (`*`, `..`, `1.`, `<1>`) and its text. All numbers share one mark, as do all
/// letters.
pub(super) fn item(line: &str) -> Option<(String, &str)> {
    let bare = line.trim_start();
    let (mark, text) = bare.split_once([' ', '\t'])?;
    let of_signs = |sign: char, most: usize| mark.len() <= most && mark.chars().all(|c| c == sign);
    let digits =
        |text: &str| !text.is_empty() && text.len() < 5 && text.bytes().all(|b| b.is_ascii_digit());
    let kind = if of_signs('*', 6) || of_signs('.', 6) || mark == "-" {
        mark.to_owned()
    } else if mark.strip_suffix('.').is_some_and(digits) {
        "1.".to_owned()
    } else if mark
        .strip_prefix('<')
        .and_then(|m| m.strip_suffix('>'))
        .is_some_and(|m| m == "." || digits(m))
    {
        "<1>".to_owned()
    } else {
        return None;
    };
    Some((kind, text.trim()))
}

pub(super) fn is_item(line: &str) -> bool {
    item(line).is_some()
}

/// The term of `term:: definition`, its mark and the beginning of its definition.
pub(super) fn term(line: &str) -> Option<(&str, &str, &str)> {
    if line.starts_with("//") || is_item(line) || section(line).is_some() {
        return None;
    }
    let mark = [":::", "::", ";;"].into_iter().find(|mark| {
        line.find(mark).is_some_and(|at| {
            let after = &line[at + mark.len()..];
            at > 0 && (after.is_empty() || after.starts_with([' ', '\t']))
        })
    })?;
    let (term, text) = line.split_once(mark)?;
    let is_macro = !term.contains(' ') && text.trim_start().starts_with('[');
    (!term.trim().is_empty() && !is_macro).then(|| (term.trim(), mark, text.trim()))
}

/// The kind of block that a delimiter line opens and closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delimiter {
    Comment,
    Listing,
    Literal,
    Example,
    Sidebar,
    Quote,
    Pass,
    Open,
    Fence,
    Table,
}

impl Delimiter {
    pub(super) fn of(line: &str) -> Option<Self> {
        if line == "--" {
            return Some(Self::Open);
        }
        if let Some(language) = line.strip_prefix("```") {
            return language
                .chars()
                .all(|c| c.is_alphanumeric() || "+-_#.".contains(c))
                .then_some(Self::Fence);
        }
        if let Some(signs) = line.strip_prefix(['|', ',', ':', '!']) {
            return (signs.len() >= 3 && signs.bytes().all(|b| b == b'=')).then_some(Self::Table);
        }
        let sign = line.bytes().next()?;
        if line.len() < 4 || !line.bytes().all(|b| b == sign) {
            return None;
        }
        match sign {
            b'/' => Some(Self::Comment),
            b'-' => Some(Self::Listing),
            b'.' => Some(Self::Literal),
            b'=' => Some(Self::Example),
            b'*' => Some(Self::Sidebar),
            b'_' => Some(Self::Quote),
            b'+' => Some(Self::Pass),
            _ => None,
        }
    }
}
