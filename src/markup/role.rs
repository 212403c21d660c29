//! The roles of text: emphasis, code, link and so on. A theme determines their styles.

/// The role of a piece of text. The styles of later roles are applied on top of earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are those of Markdown and of code highlighting")]
pub enum Role {
    Quote,
    QuoteBar,
    Heading1,
    Heading2,
    Heading3,
    Term,
    TableHead,
    TableBorder,
    Rule,
    Bullet,
    TaskDone,
    TaskOpen,
    Alert,
    Strong,
    Emphasis,
    Strike,
    Code,
    CodeBlock,
    CodeBar,
    CodeLabel,
    Continued,
    Kbd,
    Link,
    LinkNumber,
    Image,
    Footnote,
    Keyword,
    String,
    Number,
    Comment,
    Function,
    Type,
    Inserted,
    Deleted,
    Placeholder,
}

impl Role {
    /// Every role, in the order in which styles are applied.
    pub const ALL: [Role; 35] = [
        Role::Quote,
        Role::QuoteBar,
        Role::Heading1,
        Role::Heading2,
        Role::Heading3,
        Role::Term,
        Role::TableHead,
        Role::TableBorder,
        Role::Rule,
        Role::Bullet,
        Role::TaskDone,
        Role::TaskOpen,
        Role::Alert,
        Role::Strong,
        Role::Emphasis,
        Role::Strike,
        Role::Code,
        Role::CodeBlock,
        Role::CodeBar,
        Role::CodeLabel,
        Role::Continued,
        Role::Kbd,
        Role::Link,
        Role::LinkNumber,
        Role::Image,
        Role::Footnote,
        Role::Keyword,
        Role::String,
        Role::Number,
        Role::Comment,
        Role::Function,
        Role::Type,
        Role::Inserted,
        Role::Deleted,
        Role::Placeholder,
    ];
}

/// A set of roles: strong text in a link in a quote has three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Roles(u64);

impl Roles {
    /// Plain text.
    pub const NONE: Roles = Roles(0);

    /// Whether `role` is in the set.
    pub fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u64) != 0
    }

    /// The set with `role`.
    #[must_use]
    pub fn with(self, role: Role) -> Self {
        Roles(self.0 | 1 << role as u64)
    }

    /// The set without `role`.
    #[must_use]
    pub fn without(self, role: Role) -> Self {
        Roles(self.0 & !(1 << role as u64))
    }

    /// The union of both sets.
    #[must_use]
    pub fn and(self, other: Roles) -> Self {
        Roles(self.0 | other.0)
    }

    /// The roles in their order.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |&role| self.has(role))
    }
}

impl From<Role> for Roles {
    fn from(role: Role) -> Self {
        Roles::NONE.with(role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_its_place() {
        for (n, role) in Role::ALL.into_iter().enumerate() {
            assert_eq!(role as usize, n);
        }
    }
}
