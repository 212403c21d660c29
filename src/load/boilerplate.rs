//! Boilerplate that documentation sites put around a text: "back to top" links, edit links,
//! questions about the page itself. It belongs to no answer.

use super::labels::names_questions;
use super::question_detect::ends_as_question;

/// Texts that are boilerplate on their own, in lower case, without surrounding punctuation.
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

/// Prefixes of boilerplate; the name of the page or of a place follows.
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

/// Titles of sections about a page itself, lower case.
const ABOUT_PAGE: &[&str] = &[
    "translations",
    "translation",
    "foreword",
    "preface",
    "view online",
    "license",
    "licence",
    "licenses",
    "contributing",
    "how to contribute",
    "contributors",
    "toc",
    "description",
    "name",
    "synopsis",
    "author",
    "authors",
    "author and copyright",
    "copyright",
    "credits",
    "acknowledgements",
    "acknowledgments",
    "changelog",
    "changes",
    "see also",
    "references",
    "further reading",
    "sources",
    "footnotes",
    "inhalt",
    "inhaltsverzeichnis",
    "vorwort",
    "lizenz",
    "autoren",
    "mitwirken",
    "siehe auch",
    "sommaire",
    "table des matières",
    "préface",
    "auteurs",
    "voir aussi",
    "contenido",
    "índice",
    "tabla de contenidos",
    "licencia",
    "autores",
    "sumário",
    "licença",
    "indice",
    "licenza",
    "autori",
    "описание",
    "содержание",
    "оглавление",
    "автор",
    "авторы",
    "лицензия",
    "источники",
    "目录",
    "目錄",
    "目次",
    "许可证",
    "作者",
    "ライセンス",
    "목차",
    "라이선스",
];

/// Longer texts are not boilerplate.
const MAX_BYTES: usize = 80;

/// Whether a short text of a page is boilerplate.
pub(crate) fn is_boilerplate(text: &str) -> bool {
    if text.len() > MAX_BYTES {
        return false;
    }
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if bare.is_empty() {
        // The icon that closes a pop-up.
        return matches!(
            text.trim(),
            "×" | "✕" | "✖" | "⨯" | "↑" | "⬆" | "⬆️" | "#" | "¶" | "🔗" | "§"
        );
    }
    WHOLE.contains(&bare.as_str()) || STARTS.iter().any(|start| bare.starts_with(start))
}

/// Whether a section with this title is about the page itself; `at_end` also accepts titles such as
/// "Still have questions?", which only close a page.
pub(crate) fn is_about_page(title: &str, at_end: bool) -> bool {
    let bare = title.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let invites = || ends_as_question(title) && bare.split_whitespace().any(names_questions);
    ABOUT_PAGE.contains(&bare.as_str()) || is_boilerplate(title) || at_end && invites()
}

#[cfg(test)]
mod tests {
    use super::{is_about_page, is_boilerplate};

    #[test]
    fn sections_about_the_page() {
        for title in ["Licence", "📄 Table of Contents", "More questions?", "Noch Fragen?"] {
            assert!(is_about_page(title, true), "{title}");
        }
        assert!(!is_about_page("Any questions about wood?", false));
        assert!(!is_about_page("Licences of tools", true));
    }

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
