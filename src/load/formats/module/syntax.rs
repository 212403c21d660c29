//! The languages of modules.

/// The language of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// TypeScript, where `<T>` is a type.
    Script,
    /// JavaScript and components, with markup between the code.
    Jsx,
    Php,
}
