//! The line that opens a container of a site generator.

use super::container::{Container, columns_before};
use super::line::replace_braces;
use crate::load::inline::within;

/// A longer template mark is text.
const MAX_MARK_BYTES: usize = 2_000;

/// The opening mark of a container.
#[derive(Debug, Clone)]
pub(super) struct ContainerOpening {
    pub(super) container: Container,
    pub(super) span: ComponentSpan,
}

/// Where a container ends.
#[derive(Debug, Clone)]
pub(super) enum ComponentSpan {
    /// With the lines that are indented by this many columns.
    Indented(usize),
    /// At a closing mark; the same opening mark nests.
    Until { open: String, close: Vec<String> },
    /// On the same line; its content is this text.
    Inline(String),
    /// With the lines of the same quote.
    Quoted,
}

impl ContainerOpening {
    pub(super) fn parse(line: &str) -> Option<Self> {
        let bare = line.trim();
        let columns = columns_before(line);
        mkdocs(bare, columns)
            .or_else(|| colons(bare))
            .or_else(|| slashes(bare))
            .or_else(|| square(bare))
            .or_else(|| callout(line))
            .or_else(|| template(bare))
            .or_else(|| component(bare))
    }
}

/// `!!! kind "title"`, `??? kind "title"`, `=== "label"`, each with an indented body.
fn mkdocs(bare: &str, columns: usize) -> Option<ContainerOpening> {
    let span = ComponentSpan::Indented(columns + 4);
    if let Some(rest) = bare.strip_prefix("===") {
        let rest = rest.trim_start_matches(['!', '+']).strip_prefix(' ')?;
        let label = quoted(rest.trim_start_matches(['!', '+', ' ']))?;
        return Some(ContainerOpening { container: Container::Tab(label), span });
    }
    let (mark, rest) = bare.split_at_checked(3)?;
    let is_folded = mark == "???";
    if !is_folded && mark != "!!!" {
        return None;
    }
    let rest = rest.trim_start_matches('+');
    let rest = rest.strip_prefix(' ')?.trim();
    let name = rest.split([' ', '"']).next().unwrap_or_default();
    let title = rest.find('"').and_then(|at| quoted(&rest[at..])).unwrap_or_default();
    // The kind may be missing if there is a title.
    let name = if name.is_empty() && !title.is_empty() { "note" } else { name };
    if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) {
        return None;
    }
    let title = if is_folded && title.is_empty() { capitalised(name) } else { title };
    let title = if kind_of_note(name) || !title.is_empty() { title } else { capitalised(name) };
    Some(ContainerOpening { container: Container::of(name, title, is_folded), span })
}

fn kind_of_note(name: &str) -> bool {
    matches!(Container::of(name, String::new(), false), Container::Note { .. })
}

/// `/// name | title` to `///`, the blocks of `PyMdown`.
fn slashes(bare: &str) -> Option<ContainerOpening> {
    let rest = bare.trim_start_matches('/');
    let marks = bare.len() - rest.len();
    let (name, title) = rest.split_once('|').unwrap_or((rest, ""));
    let (name, title) = (name.trim(), title.trim());
    let is_other = matches!(name, "html" | "caption" | "figure-caption" | "define");
    let is_known = kind_of_note(name) || matches!(name, "details" | "tab");
    if marks < 3 || !rest.starts_with(' ') || !(is_known || is_other) {
        return None;
    }
    let mark = "/".repeat(marks);
    let title = if is_other { String::new() } else { title.to_owned() };
    Some(ContainerOpening {
        container: Container::of(name, title, name == "details"),
        span: ComponentSpan::Until { open: format!("{mark} "), close: vec![mark] },
    })
}

/// `[details="title"]` to `[/details]`, as in forums.
fn square(bare: &str) -> Option<ContainerOpening> {
    let title = bare.strip_prefix("[details")?.strip_suffix(']')?.strip_prefix('=')?;
    let title = quoted(title).unwrap_or_else(|| title.to_owned());
    let span = ComponentSpan::Until { open: "[details".into(), close: vec!["[/details]".into()] };
    Some(ContainerOpening { container: Container::of("details", title, true), span })
}

/// `> [!question]- title`, a quote that asks: its lines are the answer.
fn callout(line: &str) -> Option<ContainerOpening> {
    let (name, title) = line.strip_prefix('>')?.trim_start().strip_prefix("[!")?.split_once(']')?;
    let title = title.trim_start_matches(['-', '+']).trim();
    let asks = matches!(name.to_lowercase().as_str(), "question" | "faq" | "help");
    (asks && !title.is_empty()).then(|| ContainerOpening {
        container: Container::Details(title.to_owned()),
        span: ComponentSpan::Quoted,
    })
}

/// `:::name title` to `:::`, also with more colons and as `:::{name} title`.
fn colons(bare: &str) -> Option<ContainerOpening> {
    let rest = bare.trim_start_matches(':');
    let marks = bare.len() - rest.len();
    let rest = rest.trim();
    if marks < 3 || rest.is_empty() {
        return None;
    }
    // Attributes after the title.
    let rest = match rest.rfind(" {") {
        Some(at) if rest.ends_with('}') => &rest[..at],
        _ => rest,
    };
    let rest = rest.replace(['{', '}'], " ");
    let rest = rest.trim();
    let (name, title) = rest.split_once([' ', '[']).unwrap_or((rest, ""));
    if !name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')) {
        return None;
    }
    let title = title.trim().trim_end_matches(']');
    let title = attribute(title, &["title", "label", "summary"])
        .unwrap_or_else(|| title.trim_matches('"').to_owned());
    let title = if title.contains('=') { String::new() } else { title };
    let is_folded = matches!(name, "details" | "spoiler" | "collapse");
    let name = name.trim_start_matches('.').trim_start_matches("callout-");
    let container = Container::of(name, title, is_folded);
    let mark = ":".repeat(marks);
    Some(ContainerOpening {
        container,
        span: ComponentSpan::Until { open: mark.clone(), close: vec![mark] },
    })
}

/// `{% name … %}` of Liquid, `{{< name … >}}` and `{{% name … %}}` of Hugo.
fn template(bare: &str) -> Option<ContainerOpening> {
    let (start, end, closes) = MARKS.iter().find(|(start, ..)| bare.starts_with(start))?;
    let (inner, after) = bare[start.len()..].split_once(end)?;
    let inner = inner.trim().trim_matches('-').trim();
    // `name(title="…")` of Zola.
    let name_end = inner.find(|c: char| c.is_whitespace() || c == '(').unwrap_or(inner.len());
    let (name, arguments) = inner.split_at(name_end);
    let is_call = arguments.starts_with('(');
    let arguments = arguments.trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')'));
    if name.starts_with(['/', '"']) || name.starts_with("end") || inner.ends_with('/') {
        return None;
    }
    if name.starts_with("include") && after.trim().is_empty() {
        return include(arguments);
    }
    let mut close: Vec<String> =
        closes.iter().map(|close| close.replace("NAME", name).replace(' ', "")).collect();
    if is_call {
        close.push("{%end%}".to_owned());
    }
    let is_folded = matches!(name, "details" | "expand" | "spoiler" | "collapse");
    let title = attribute(arguments, &["title", "question", "summary", "label", "header", "name"]);
    let first = arguments.find(['"', '\'']).filter(|&at| !arguments[..at].contains('='));
    let title = title.or_else(|| quoted(&arguments[first?..]));
    let bare_title = || Some(arguments.to_owned()).filter(|text| is_folded && !text.contains('='));
    let title = title.or_else(bare_title).unwrap_or_default();
    let container = if matches!(name, "highlight" | "code" | "codeblock") {
        let language = arguments.split_whitespace().next().unwrap_or_default();
        Container::Code(language.trim_matches('"').to_owned())
    } else if name == "tab" {
        Container::Tab(title)
    } else {
        let word = arguments.split_whitespace().next().unwrap_or_default();
        let style = attribute(arguments, &["style", "type"])
            .or_else(|| kind_of_note(word).then(|| word.to_owned()))
            .unwrap_or_default();
        let name = if matches!(name, "hint" | "alert" | "callout" | "notice") && !style.is_empty() {
            style
        } else {
            name.to_owned()
        };
        Container::of(&name, title, is_folded)
    };
    if !after.trim().is_empty() {
        // All on one line.
        let text = close.iter().find_map(|mark| {
            let at = after.rfind(start)?;
            is_mark(after[at..].trim(), mark).then(|| after[..at].to_owned())
        })?;
        let is_plain = matches!(container, Container::Content | Container::Note { .. });
        let container = if is_plain { Container::Content } else { container };
        return Some(ContainerOpening {
            container,
            span: ComponentSpan::Inline(text.trim().to_owned()),
        });
    }
    let open = format!("{start}{name}").replace(' ', "");
    Some(ContainerOpening { container, span: ComponentSpan::Until { open, close } })
}

/// Parameters of an include with text that it shows.
const SHOWN: &[&str] = &["content", "text", "body", "message"];

/// `{% include note.html content="…" %}` of Jekyll: a note with this text, or an image.
fn include(arguments: &str) -> Option<ContainerOpening> {
    let (file, parameters) = arguments.trim().split_once(char::is_whitespace)?;
    let inline =
        |container, text| Some(ContainerOpening { container, span: ComponentSpan::Inline(text) });
    let question = attribute(parameters, &["question", "q"]);
    if let (Some(question), Some(answer)) = (question, attribute(parameters, &["answer", "a"])) {
        return inline(Container::Details(question), answer);
    }
    if let Some(text) = attribute(parameters, SHOWN) {
        let stem = file.rsplit('/').next().unwrap_or(file);
        let stem = stem.split('.').next().unwrap_or_default().to_owned();
        let name = attribute(parameters, &["type", "style", "class"]).unwrap_or(stem);
        let title = attribute(parameters, &["title", "heading", "header"]).unwrap_or_default();
        return inline(Container::of(&name, title, false), text);
    }
    let address = attribute(parameters, &["file", "src", "url", "image", "path", "image_path"])?;
    let lower = address.to_lowercase();
    let is_image =
        [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"].iter().any(|end| lower.ends_with(end));
    let alt = attribute(parameters, &["alt", "caption", "title"]).unwrap_or_default();
    if is_image { inline(Container::Content, format!("![{alt}]({address})")) } else { None }
}

/// Opening and closing signs, and the closing marks of a name.
const MARKS: &[(&str, &str, &[&str])] = &[
    ("{%", "%}", &["{%endNAME%}", "{%-endNAME%}", "{%-endNAME-%}"]),
    ("{{<", ">}}", &["{{</NAME>}}", "{{%/NAME%}}"]),
    ("{{%", "%}}", &["{{%/NAME%}}", "{{</NAME>}}"]),
];

/// `<Name attributes>` of MDX, alone on its line.
fn component(bare: &str) -> Option<ContainerOpening> {
    if let Some(opening) = component_line(bare) {
        return Some(opening);
    }
    if let Some(opening) = titled_line(bare) {
        return Some(opening);
    }
    let inner = bare.strip_prefix('<')?.strip_suffix('>')?;
    if !inner.starts_with(|c: char| c.is_ascii_uppercase()) || inner.ends_with('/') {
        return None;
    }
    let end = inner.find(|c: char| !c.is_alphanumeric() && c != '.').unwrap_or(inner.len());
    let (name, attributes) = inner.split_at(end);
    if attributes.contains("</") || !(attributes.is_empty() || attributes.starts_with(' ')) {
        return None;
    }
    let title = component_title(name, attributes);
    let container = match title {
        // The component around all questions.
        None if name.to_lowercase().starts_with("faq") && !name.ends_with("Question") => {
            Container::Content
        }
        title => Container::of(name, title.unwrap_or_default(), false),
    };
    let span = ComponentSpan::Until { open: format!("<{name}"), close: vec![format!("</{name}>")] };
    Some(ContainerOpening { container, span })
}

/// The title of a component; a tab may only have a value.
fn component_title(name: &str, attributes: &str) -> Option<String> {
    let is_tab = matches!(name, "Tab" | "TabItem" | "Tabs.Tab" | "TabPanel");
    let value = || if is_tab { attribute(attributes, &["value", "name"]) } else { None };
    attribute(attributes, TITLES).or_else(value)
}

/// The labels that a component gives its tabs, `items={['…', '…']}`.
pub(super) fn labels(bare: &str) -> Vec<String> {
    let list = bare.strip_prefix("<Tabs").and_then(|rest| rest.split_once("items={["));
    let Some((list, _)) = list.and_then(|(_, rest)| rest.split_once(']')) else {
        return Vec::new();
    };
    list.split(',').filter_map(|item| quoted(item.trim())).collect()
}

/// A line that opens a tab, with a label unless it has one.
pub(super) fn labelled(line: &str, label: &str) -> Option<String> {
    let bare = line.trim_start();
    let name = ["<Tabs.Tab", "<TabItem", "<Tab"]
        .into_iter()
        .find(|name| bare.strip_prefix(name).is_some_and(|rest| rest.starts_with([' ', '>'])))?;
    let rest = &bare[name.len()..];
    let (attributes, _) = rest.split_once('>')?;
    let has_label = attribute(attributes, TITLES).is_some();
    Some(if has_label { line.to_owned() } else { format!("{name} title=\"{label}\"{rest}") })
}

/// Attributes with the title of a component.
const TITLES: &[&str] = &["title", "question", "label", "header", "summary", "q", "heading"];

/// `<Name title="…">text</Name>` on one line, and `<Name question="…" answer="…" />`.
fn titled_line(bare: &str) -> Option<ContainerOpening> {
    let inner = bare.strip_prefix('<').filter(|rest| rest.starts_with(char::is_uppercase))?;
    let end = inner.find(|c: char| !c.is_alphanumeric() && c != '.')?;
    let (name, rest) = inner.split_at(end);
    let (attributes, text) = if let Some(attributes) = rest.strip_suffix("/>") {
        (attributes, attribute(attributes, &["answer", "a", "content", "text"])?)
    } else {
        let inner = rest.strip_suffix('>')?.strip_suffix(name)?.strip_suffix("</")?;
        let close = inner.match_indices('>').map(|(at, _)| at).find(|&at| {
            let quotes = |sign| inner[..at].matches(sign).count() % 2 == 0;
            quotes('"') && (quotes('\'') || inner[..at].contains('"'))
        })?;
        (&inner[..close], inner[close + 1..].to_owned())
    };
    let title = component_title(name, attributes)?;
    let container = Container::of(name, title, false);
    Some(ContainerOpening { container, span: ComponentSpan::Inline(text.trim().to_owned()) })
}

/// `<Question>text</Question>` and `<Answer>text</Answer>` on one line.
fn component_line(bare: &str) -> Option<ContainerOpening> {
    let (name, rest) = bare.strip_prefix('<')?.split_once('>')?;
    let text = rest.strip_suffix('>')?.strip_suffix(name)?.strip_suffix("</")?;
    let container = match name {
        "Question" | "FAQQuestion" | "FaqQuestion" | "FAQ.Question" => Container::Question,
        "Answer" | "FAQAnswer" | "FaqAnswer" | "FAQ.Answer" => Container::Content,
        _ if name.starts_with(char::is_uppercase) && name.contains('.') => Container::Content,
        _ => return None,
    };
    Some(ContainerOpening { container, span: ComponentSpan::Inline(text.trim().to_owned()) })
}

/// Whether a line is a closing mark, ignoring blanks.
pub(super) fn is_mark(line: &str, mark: &str) -> bool {
    let squeezed: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    squeezed == mark
}

/// Whether a line opens another container of the same kind.
pub(super) fn opens_same(line: &str, open: &str) -> bool {
    if let Some(sign @ (':' | '/')) = open.chars().next() {
        let rest = line.trim_start_matches(sign);
        return line.len() - rest.len() == open.trim_end().len() && !rest.trim().is_empty();
    }
    let squeezed: String = line.chars().filter(|c| !c.is_whitespace()).take(60).collect();
    let after = squeezed.strip_prefix(open);
    let is_closed = line.ends_with("/>") || line.contains("</") && open.starts_with('<');
    !is_closed
        && after.is_some_and(|rest| {
            !rest.starts_with(|c: char| c.is_ascii_lowercase()) || open.starts_with('{')
        })
}

/// A line of text without template marks; `None` when it has none. A line of only marks becomes
/// empty.
pub(super) fn without_marks(line: &str) -> Option<String> {
    let bare = line.trim();
    if bare.len() >= 3 && bare.chars().all(|c| c == ':') {
        return Some(String::new());
    }
    if !line.contains("{%") && !line.contains("{{") {
        return None;
    }
    let out = replace_braces(line, |text| {
        template_mark(text).or_else(|| Some((alert_mark(text)?, String::new())))
    })?;
    Some(if out.trim().is_empty() { String::new() } else { out })
}

/// The length of the template mark at the beginning of a text, and what it shows.
fn template_mark(text: &str) -> Option<(usize, String)> {
    let (start, end, ..) = MARKS.iter().find(|(start, ..)| text.starts_with(start))?;
    let rest = &within(text, MAX_MARK_BYTES)[start.len()..];
    let length = start.len() + rest.find(end)? + end.len();
    Some((length, shown_by_include(&text[..length]).unwrap_or_default()))
}

/// The text that an include within a line shows.
fn shown_by_include(mark: &str) -> Option<String> {
    let inner = mark.strip_prefix("{%")?.trim_start_matches('-').trim_start();
    inner.starts_with("include").then(|| attribute(inner, SHOWN)).flatten()
}

/// The length of `{{site.data.alerts.note}}`, around a note in documentation themes of Jekyll.
fn alert_mark(text: &str) -> Option<usize> {
    let (inner, _) = within(text, 200).strip_prefix("{{")?.split_once("}}")?;
    let is_alert = inner.trim().starts_with("site.data.alerts.");
    is_alert.then_some(inner.len() + 4)
}

/// The value of the first of several attributes.
fn attribute(attributes: &str, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        attributes.match_indices(name).find_map(|(at, _)| {
            let is_start = attributes[..at].chars().next_back().is_none_or(char::is_whitespace);
            let value = attributes[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
            let value = value.trim_start_matches('{').trim_start();
            is_start.then(|| quoted(value)).flatten()
        })
    })
}

/// The text in quotes at the beginning of another.
fn quoted(text: &str) -> Option<String> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`' | '“'))?;
    let close = if quote == '“' { '”' } else { quote };
    let inner = &text[quote.len_utf8()..];
    let mut out = String::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            c if c == close => return Some(out),
            c => out.push(c),
        }
    }
    None
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
