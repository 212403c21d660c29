//! The state of learning with hidden answers and random questions.

/// Whether answers are hidden, and which questions were drawn at random.
#[derive(Debug, Clone)]
pub(super) struct Learning {
    /// Whether answers are hidden until revealed.
    pub hides_answers: bool,
    /// The entries drawn at random, newest last.
    pub drawn: Vec<u32>,
    /// The state of the random number generator.
    seed: u64,
}

impl Learning {
    /// A new state; `seed` can be any value.
    pub fn new(hides_answers: bool, seed: u64) -> Self {
        Self { hides_answers, drawn: Vec::new(), seed }
    }

    /// A random number: splitmix64, by Sebastiano Vigna (<https://prng.di.unimi.it/splitmix64.c>).
    pub fn next_number(&mut self) -> u64 {
        self.seed = self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.seed ^ (self.seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// The choices of a quiz question as Markdown, without the marks of the right ones and the
/// explanations; `None` for other answers, such as to-do lists.
pub(super) fn choices(answer: &str) -> Option<String> {
    let mut lines = answer.lines().skip_while(|line| choice(line).is_none()).peekable();
    let (mut choices, mut right) = (Vec::new(), 0);
    while let Some((is_right, text)) = lines.next().and_then(choice) {
        right += usize::from(is_right);
        let mut text = text.to_owned();
        // A note follows a hard line break.
        let mut is_note = text.ends_with('\\');
        while let Some(line) = lines.next_if(|line| line.starts_with("  ") || line.is_empty()) {
            if !is_note {
                text.push('\n');
                text.push_str(line);
                is_note = line.ends_with('\\');
            }
        }
        choices.push(format!("- {}", text.trim_end_matches(['\\', '\n'])));
    }
    (right > 0 && right < choices.len()).then(|| choices.join("\n"))
}

/// A choice: whether it is marked as right, and its text.
fn choice(line: &str) -> Option<(bool, &str)> {
    let marks = [("- [x] ", true), ("- [X] ", true), ("- [ ] ", false)];
    marks.into_iter().find_map(|(mark, is_right)| Some((is_right, line.strip_prefix(mark)?)))
}

#[cfg(test)]
mod tests {
    use super::choices;

    #[test]
    fn quiz_choices_lose_their_marks_and_explanations() {
        let answer =
            "lamp\n\n- [ ] tin\n- [x] lamp\\\n  It glows.\n- [ ] cup\n\n  ```\n  x\n  ```\n\nSo.";
        let shown = "- tin\n- lamp\n- cup\n\n  ```\n  x\n  ```";
        assert_eq!(choices(answer).as_deref(), Some(shown));
        assert_eq!(choices("- [x] done"), None);
        assert_eq!(choices("- [ ] rake\n- [ ] mow"), None);
        assert_eq!(choices("A list:\n\n- one\n- two"), None);
    }
}
