//! Conversations: who asks, who replies, and which reply belongs to which question.

use super::question_detect::{asks_in_imperative, ends_as_question};

/// Names of those who ask.
const ASKING: &[&str] = &[
    "human",
    "user",
    "prompter",
    "customer",
    "client",
    "student",
    "patient",
    "interviewer",
    "visitor",
    "person",
];
/// Names of those who reply.
const REPLYING: &[&str] = &[
    "gpt",
    "assistant",
    "bot",
    "chatgpt",
    "claude",
    "gemini",
    "copilot",
    "deepseek",
    "model",
    "agent",
    "ai",
    "chatbot",
    "teacher",
    "doctor",
    "interviewee",
    "candidate",
    "expert",
    "support",
];

/// The two sides of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Speaker {
    Asking,
    Replying,
}

impl Speaker {
    /// The side of a role in any letter case: `user`, `Assistant`.
    pub(crate) fn of(role: &str) -> Option<Self> {
        let role = role.to_lowercase();
        if ASKING.contains(&role.as_str()) {
            Some(Self::Asking)
        } else {
            REPLYING.contains(&role.as_str()).then_some(Self::Replying)
        }
    }
}

/// An utterance.
#[derive(Debug, Clone)]
pub(crate) struct Turn {
    pub(crate) speaker: Speaker,
    pub(crate) text: String,
    /// 1-based; 0 when unknown.
    pub(crate) line: u32,
}

/// A question with its reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Exchange {
    pub(crate) question: String,
    pub(crate) answer: String,
    /// The line of the question.
    pub(crate) line: u32,
}

/// The questions with replies. Consecutive turns of one side are merged.
pub(crate) fn exchanges(turns: impl Iterator<Item = Turn>) -> Vec<Exchange> {
    let mut found: Vec<Exchange> = Vec::new();
    for turn in turns.filter(|turn| !turn.text.trim().is_empty()) {
        let add = |text: &mut String| {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(turn.text.trim());
        };
        match (turn.speaker, found.last_mut()) {
            (Speaker::Asking, Some(last)) if last.answer.is_empty() => add(&mut last.question),
            (Speaker::Asking, _) => found.push(Exchange {
                question: turn.text.trim().to_owned(),
                answer: String::new(),
                line: turn.line,
            }),
            (Speaker::Replying, Some(last)) => add(&mut last.answer),
            // A greeting before the first question.
            (Speaker::Replying, None) => {}
        }
    }
    found.retain(|exchange| !exchange.answer.is_empty());
    found
}

/// A message whose author has no role.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) author: String,
    pub(crate) text: String,
    /// 1-based; 0 when unknown.
    pub(crate) line: u32,
}

/// The messages of a group as turns: whoever asks is on the asking side until the next question;
/// everyone else replies.
pub(crate) fn turns_of(messages: Vec<Message>) -> Vec<Turn> {
    let mut asker: Option<String> = None;
    let mut is_answered = false;
    let mut turns = Vec::new();
    for Message { author, text, line } in messages {
        let is_asker = asker.as_ref() == Some(&author);
        let asks = ends_as_question(&text) || asks_in_imperative(&text);
        let speaker = if asks && (asker.is_none() || is_asker || is_answered) {
            asker = Some(author);
            is_answered = false;
            Speaker::Asking
        } else if is_asker {
            // A follow-up to the question, or thanks for the reply.
            if is_answered {
                continue;
            }
            Speaker::Asking
        } else if asker.is_some() {
            is_answered = true;
            Speaker::Replying
        } else {
            continue;
        };
        turns.push(Turn { speaker, text, line });
    }
    turns
}
