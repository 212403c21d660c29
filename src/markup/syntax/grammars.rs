//! Highlights with the grammars of Sublime Text, as collected by `bat` and run by `syntect`.

use super::super::role::{Role, Roles};
use std::sync::OnceLock;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

/// The maximum length of a highlighted line: longer ones are generated, and take the grammars very
/// long.
const MAX_LINE_LENGTH: usize = 1_000;

fn syntaxes() -> &'static SyntaxSet {
    static SET: OnceLock<SyntaxSet> = OnceLock::new();
    SET.get_or_init(two_face::syntax::extra_newlines)
}

fn find(language: &str) -> Option<&'static SyntaxReference> {
    let set = syntaxes();
    set.find_syntax_by_token(language).filter(|syntax| syntax.name != "Plain Text")
}

/// The roles of code up to each byte; `None` if there is no grammar for its language.
pub(super) fn colour(language: &str, code: &str) -> Option<Vec<(usize, Roles)>> {
    let mut state = ParseState::new(find(language)?);
    let mut stack = ScopeStack::new();
    let mut out: Vec<(usize, Roles)> = Vec::new();
    let mut push = |end: usize, roles: Roles| match out.last_mut() {
        Some(last) if last.0 == end => {}
        Some(last) if last.1 == roles => last.0 = end,
        _ => out.push((end, roles)),
    };
    let mut start = 0;
    for line in code.split_inclusive('\n') {
        if line.len() > MAX_LINE_LENGTH {
            break;
        }
        // The grammars need a line end after the last line as well.
        let ended = if line.ends_with('\n') { line.into() } else { format!("{line}\n") };
        let ops = state.parse_line(&ended, syntaxes()).ok()?;
        for (at, op) in ops {
            push(start + at.min(line.len()), role_of(&stack));
            stack.apply(&op).ok()?;
        }
        start += line.len();
        push(start, role_of(&stack));
    }
    Some(out)
}

/// The role of the innermost scope that has one.
fn role_of(stack: &ScopeStack) -> Roles {
    let role =
        |scope: &Scope| roles_of_scopes().iter().find(|(begin, _)| begin.is_prefix_of(*scope));
    stack.as_slice().iter().rev().find_map(role).map_or(Roles::NONE, |(_, roles)| *roles)
}

fn roles_of_scopes() -> &'static [(Scope, Roles)] {
    static TABLE: OnceLock<Vec<(Scope, Roles)>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let scope = |(begin, role): &(&str, Option<Role>)| {
            Some((Scope::new(begin).ok()?, role.map_or(Roles::NONE, Roles::from)))
        };
        SCOPES.iter().filter_map(scope).collect()
    })
}

/// Prefixes of scope names and their roles; the first match counts.
const SCOPES: [(&str, Option<Role>); 27] = [
    ("comment", Some(Role::Comment)),
    ("punctuation.definition.comment", Some(Role::Comment)),
    ("constant.character.escape", Some(Role::Number)),
    ("constant.numeric", Some(Role::Number)),
    ("constant.language", Some(Role::Number)),
    ("constant.other.color", Some(Role::Number)),
    ("string.unquoted", None),
    ("string", Some(Role::String)),
    ("punctuation.section.interpolation", Some(Role::Keyword)),
    ("meta.interpolation", None),
    ("keyword.operator", None),
    ("keyword", Some(Role::Keyword)),
    ("storage.type", Some(Role::Keyword)),
    ("storage", Some(Role::Keyword)),
    ("variable.language", Some(Role::Keyword)),
    ("entity.name.function", Some(Role::Function)),
    ("support.function", Some(Role::Function)),
    ("variable.function", Some(Role::Function)),
    ("entity.name.tag", Some(Role::Keyword)),
    ("entity.other.attribute-name", Some(Role::Type)),
    ("entity.name", Some(Role::Type)),
    ("entity.other.inherited-class", Some(Role::Type)),
    ("support.type", Some(Role::Type)),
    ("support.class", Some(Role::Type)),
    ("variable.other.readwrite.shell", None),
    ("markup.inserted", Some(Role::Inserted)),
    ("markup.deleted", Some(Role::Deleted)),
];
