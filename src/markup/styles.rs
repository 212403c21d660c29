//! What a piece of text is (its [`Role`]s), and how a theme shows it ([`Styles`]).

use ratatui::style::{Color, Modifier, Style};

/// What a piece of text is. A later role is laid over an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each name says what it is; the tables below say how it looks")]
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
    Marker,
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
    Text,
    Number,
    Comment,
    Function,
    Type,
    Inserted,
    Deleted,
    Placeholder,
}

impl Role {
    /// Every role, in the order in which styles are laid over one another.
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
        Role::Marker,
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
        Role::Text,
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

    /// Everything of both sets.
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

/// How each role looks; a theme fills it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Styles {
    by_role: [Style; Role::ALL.len()],
    /// Draw bars, bullets and table borders with line-drawing characters; otherwise, for screen
    /// readers, with ASCII.
    pub drawing: bool,
}

impl Styles {
    /// Every role as plain text.
    pub fn plain() -> Self {
        Self { by_role: [Style::new(); Role::ALL.len()], drawing: true }
    }

    /// Without colour: weight, slant and lines alone tell the roles apart.
    pub fn monochrome() -> Self {
        let style = Style::new();
        let bold = style.add_modifier(Modifier::BOLD);
        let dim = style.add_modifier(Modifier::DIM);
        let slanted = style.add_modifier(Modifier::ITALIC);
        let lined = style.add_modifier(Modifier::UNDERLINED);
        Self::plain()
            .with(Role::QuoteBar, dim)
            .with(Role::Heading1, bold.add_modifier(Modifier::UNDERLINED))
            .with(Role::Heading2, bold)
            .with(Role::Heading3, bold)
            .with(Role::Term, bold)
            .with(Role::TableHead, bold)
            .with(Role::TableBorder, dim)
            .with(Role::Rule, dim)
            .with(Role::Alert, bold)
            .with(Role::Strong, bold)
            .with(Role::Emphasis, slanted)
            .with(Role::Strike, style.add_modifier(Modifier::CROSSED_OUT))
            .with(Role::Code, bold)
            .with(Role::CodeBar, dim)
            .with(Role::CodeLabel, dim)
            .with(Role::Continued, dim)
            .with(Role::Kbd, bold)
            .with(Role::Placeholder, lined)
            .with(Role::Link, lined)
            .with(Role::LinkNumber, dim.remove_modifier(Modifier::UNDERLINED))
            .with(Role::Comment, dim)
    }

    /// How `role` looks.
    pub fn get(&self, role: Role) -> Style {
        self.by_role[role as usize]
    }

    /// Changes how `role` looks.
    pub fn set(&mut self, role: Role, style: Style) {
        self.by_role[role as usize] = style;
    }

    /// The styles with `role` looking like `style`.
    #[must_use]
    pub fn with(mut self, role: Role, style: Style) -> Self {
        self.set(role, style);
        self
    }

    /// Lets `change` change every style.
    pub fn each(&mut self, change: impl FnMut(&mut Style)) {
        self.by_role.iter_mut().for_each(change);
    }

    /// One style for text that has all of `roles`.
    pub fn of(&self, roles: Roles) -> Style {
        roles.iter().fold(Style::new(), |style, role| style.patch(self.get(role)))
    }
}

impl Default for Styles {
    /// In the terminal's own 16 colours, so that it fits any light or dark palette.
    fn default() -> Self {
        let colour = |colour| Style::new().fg(colour);
        let mut styles = Self::monochrome();
        for (role, colour) in [
            (Role::QuoteBar, Color::DarkGray),
            (Role::Heading1, Color::Cyan),
            (Role::Heading2, Color::Cyan),
            (Role::Heading3, Color::Cyan),
            (Role::TableBorder, Color::DarkGray),
            (Role::Rule, Color::DarkGray),
            (Role::Marker, Color::Cyan),
            (Role::TaskDone, Color::Green),
            (Role::TaskOpen, Color::Yellow),
            (Role::Alert, Color::Yellow),
            (Role::CodeBar, Color::DarkGray),
            (Role::CodeLabel, Color::DarkGray),
            (Role::Continued, Color::DarkGray),
            (Role::Placeholder, Color::Yellow),
            (Role::Link, Color::Blue),
            (Role::LinkNumber, Color::DarkGray),
            (Role::Image, Color::Magenta),
            (Role::Footnote, Color::Cyan),
        ] {
            // A colour that is grey already need not be dim as well.
            let style = styles.get(role).remove_modifier(Modifier::DIM).fg(colour);
            styles.set(role, style);
        }
        styles
            .with(Role::Code, colour(Color::Green))
            .with(Role::Kbd, Style::new().add_modifier(Modifier::BOLD))
            .with(Role::Keyword, colour(Color::Magenta))
            .with(Role::Text, colour(Color::Green))
            .with(Role::Number, colour(Color::Yellow))
            .with(Role::Comment, colour(Color::DarkGray))
            .with(Role::Function, colour(Color::Blue))
            .with(Role::Type, colour(Color::Cyan))
            .with(Role::Inserted, colour(Color::Green))
            .with(Role::Deleted, colour(Color::Red))
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

    #[test]
    fn later_roles_lie_over_earlier_ones() {
        let roles = Roles::from(Role::Link).with(Role::Strong).with(Role::Heading1);
        let style = Styles::default().of(roles);
        assert_eq!(style.fg, Some(Color::Blue));
        assert!(style.add_modifier.contains(Modifier::BOLD | Modifier::UNDERLINED));
    }
}
