//! The languages of modules.

use crate::load::loader::has_extension;

/// Extensions of programs, which are only read when named: a folder of source code holds many of
/// them, and few questions.
pub(super) const PROGRAMS: &[&str] = &[
    ".py", ".rb", ".dart", ".kt", ".kts", ".swift", ".go", ".java", ".cs", ".rs", ".scala", ".lua",
    ".ex", ".exs", ".pl", ".pm",
];

/// The language of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ModuleSyntax {
    /// TypeScript, where `<T>` is a type.
    Script,
    /// JavaScript and components, with markup between the code.
    Jsx,
    Php,
    /// Python and Ruby, whose comments begin with `#`.
    Scripted,
    Lua,
    Elixir,
    Perl,
    /// Dart, Kotlin, Swift, Go, Java, C#, Rust, Scala: comments as in C.
    Compiled,
}

impl ModuleSyntax {
    /// The language of a file with this name and text.
    pub(super) fn of(name: &str, text: &str) -> Self {
        if has_extension(name, &[".py", ".rb"]) {
            Self::Scripted
        } else if has_extension(name, &[".lua"]) {
            Self::Lua
        } else if has_extension(name, &[".ex", ".exs"]) {
            Self::Elixir
        } else if has_extension(name, &[".pl", ".pm"]) {
            Self::Perl
        } else if has_extension(name, PROGRAMS) {
            Self::Compiled
        } else if has_extension(name, &[".php"]) || text.trim_start().starts_with("<?php") {
            Self::Php
        } else if has_extension(name, &[".ts", ".mts", ".cts", ".json5", ".jsonc"]) {
            Self::Script
        } else {
            Self::Jsx
        }
    }

    /// Whether a bracket's content, rather than its sign, distinguishes lists from objects.
    pub(super) fn is_program(self) -> bool {
        match self {
            Self::Scripted | Self::Lua | Self::Elixir | Self::Perl | Self::Compiled => true,
            Self::Script | Self::Jsx | Self::Php => false,
        }
    }

    pub(super) fn has_hash_comments(self) -> bool {
        match self {
            Self::Scripted | Self::Elixir | Self::Perl | Self::Php => true,
            Self::Script | Self::Jsx | Self::Lua | Self::Compiled => false,
        }
    }

    pub(super) fn has_slash_comments(self) -> bool {
        match self {
            Self::Script | Self::Jsx | Self::Php | Self::Compiled => true,
            Self::Scripted | Self::Lua | Self::Elixir | Self::Perl => false,
        }
    }

    /// The operator that concatenates texts.
    pub(super) fn concatenation(self) -> &'static str {
        match self {
            Self::Php | Self::Perl => ".",
            Self::Elixir => "<>",
            Self::Lua => "..",
            Self::Script | Self::Jsx | Self::Scripted | Self::Compiled => "+",
        }
    }
}
