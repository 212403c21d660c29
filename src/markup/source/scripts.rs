//! Superscripts and subscripts: Unicode has digits and a few signs; everything else keeps its tag.

/// The content of a tag that stays: `x<sup>2</sup>` becomes `x²`, others keep the tag.
pub(crate) fn tagged(tag: &str, content: &str) -> String {
    let inner = content.trim();
    let raised = match tag {
        "sup" => mapped(inner, SUPERSCRIPTS),
        "sub" => mapped(inner, SUBSCRIPTS),
        _ => None,
    };
    match raised {
        _ if inner.is_empty() => content.to_owned(),
        Some(raised) => raised,
        None => format!("<{tag}>{inner}</{tag}>"),
    }
}

fn mapped(text: &str, table: &[(char, char)]) -> Option<String> {
    let one = |c: char| table.iter().find(|(from, _)| *from == c).map(|(_, to)| *to);
    text.chars().map(one).collect()
}

const SUPERSCRIPTS: &[(char, char)] = &[
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('+', '⁺'),
    ('-', '⁻'),
    ('−', '⁻'),
    ('=', '⁼'),
    ('(', '⁽'),
    (')', '⁾'),
    ('n', 'ⁿ'),
    ('i', 'ⁱ'),
];

const SUBSCRIPTS: &[(char, char)] = &[
    ('0', '₀'),
    ('1', '₁'),
    ('2', '₂'),
    ('3', '₃'),
    ('4', '₄'),
    ('5', '₅'),
    ('6', '₆'),
    ('7', '₇'),
    ('8', '₈'),
    ('9', '₉'),
    ('+', '₊'),
    ('-', '₋'),
    ('=', '₌'),
    ('(', '₍'),
    (')', '₎'),
];
