//! What documentation sites put around a text: ways back to the top, edit links, questions about the
//! page itself. It is no part of an answer.

/// Texts that are boilerplate by themselves, lower case, without signs around them.
const WHOLE: &[&str] = &[
    "back to top",
    "back to the top",
    "back to index",
    "back to contents",
    "return to top",
    "go to top",
    "top",
    "top of page",
    "up",
    "close",
    "share",
    "print",
    "print this page",
    "copy link",
    "permalink",
    "next",
    "previous",
    "prev",
    "next page",
    "previous page",
    "edit",
    "edit this page",
    "edit page",
    "view source",
    "view page source",
    "report an issue",
    "on this page",
    "table of contents",
    "contents",
    "index",
    "skip to content",
    "skip to main content",
    "yes no",
    "was this helpful",
    "thanks for your feedback",
    "nach oben",
    "zum seitenanfang",
    "zurück nach oben",
    "diese seite bearbeiten",
    "war diese seite hilfreich",
    "haut de page",
    "retour en haut",
    "modifier cette page",
    "volver arriba",
    "editar esta página",
    "voltar ao topo",
    "наверх",
    "к началу",
    "返回顶部",
    "回到顶部",
];

/// Texts that boilerplate begins with; what follows names the page or a place.
const STARTS: &[&str] = &[
    "was this page ",
    "was this article ",
    "was this answer ",
    "was this information ",
    "did this page ",
    "did this answer ",
    "did you find this ",
    "is this page helpful",
    "is this article helpful",
    "edit this page ",
    "edit this section",
    "edit on git",
    "edit page on ",
    "improve this ",
    "edit on github",
    "suggest an edit",
    "suggest edits",
    "last updated ",
    "last modified ",
];

/// A longer text is none.
const LONGEST: usize = 80;

/// Whether a short text of a page is boilerplate.
pub(crate) fn is_boilerplate(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if bare.is_empty() {
        // A lone sign that closes a pop-up.
        return matches!(
            text.trim(),
            "×" | "✕" | "✖" | "⨯" | "↑" | "⬆" | "⬆️" | "#" | "¶" | "🔗" | "§"
        );
    }
    WHOLE.contains(&bare.as_str()) || STARTS.iter().any(|start| bare.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::is_boilerplate;

    #[test]
    fn boilerplate_is_told_from_answers() {
        for text in
            ["Back to top", "[↑ Top]", "Was this page helpful?", "Edit this page on GitHub", "×"]
        {
            assert!(is_boilerplate(text), "{text}");
        }
        for text in ["Top of the tree", "Yes.", "Edit the file", "Was this ever so?", "No", "5"] {
            assert!(!is_boilerplate(text), "{text}");
        }
    }
}
