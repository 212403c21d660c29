//! Rasa chatbots: the examples of an intent are wordings of a question, and the response
//! `utter_INTENT`, or the one named by a rule, is its answer. They are often in several files.

use super::keys::texts;
use super::value::{Map, Value, get};
use crate::collection::{Entry, Place, TextFormat};
use crate::markup::source::read_answer;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// The parts of a bot, from one or several files.
#[derive(Debug, Default)]
pub(crate) struct Rasa {
    intents: Vec<Intent>,
    /// Texts by the name of the response.
    responses: HashMap<String, Vec<String>>,
    /// The responses to an intent in rules and stories.
    actions: HashMap<String, Vec<String>>,
}

/// The wordings of one intent.
#[derive(Debug)]
pub(crate) struct Intent {
    name: String,
    wordings: Vec<String>,
    source: Arc<str>,
}

impl Rasa {
    /// The parts of a bot in a document; `None` for any other document.
    pub(crate) fn of(node: &Value<'_>) -> Option<Self> {
        let map = node.as_map()?;
        let is_bot = list(map, "nlu").is_some_and(|items| items.iter().any(is_intent))
            || responses(map).next().is_some()
                && get(map, "version").or(get(map, "intents")).is_some()
            || list(map, "rules")
                .or(list(map, "stories"))
                .is_some_and(|items| items.iter().any(|item| item.get("steps").is_some()));
        if !is_bot {
            return None;
        }
        let mut rasa = Self::default();
        for item in list(map, "nlu").into_iter().flatten() {
            rasa.intents.extend(intent(item));
        }
        for (name, texts) in responses(map) {
            rasa.responses.insert(name.to_owned(), texts);
        }
        for item in ["rules", "stories"].iter().filter_map(|key| list(map, key)).flatten() {
            rasa.steps(item);
        }
        Some(rasa)
    }

    /// The parts of a bot in a page of Markdown, as older versions have them: `## intent:name` above
    /// examples, and stories or responses, `* intent` above `- utter_name` or a text.
    pub(crate) fn of_markdown(text: &str) -> Option<Self> {
        let is_intent = |line: &str| {
            let name = line.trim_end().strip_prefix("* ");
            name.is_some_and(|name| name.contains('/') && !name.contains([' ', '.', '(']))
        };
        let is_bot = text.contains("## intent:")
            || text.contains("- utter_")
            || text.lines().any(is_intent) && text.contains("\n  - ");
        if !is_bot {
            return None;
        }
        let mut rasa = Self::default();
        let mut heading = "";
        let mut asked: Option<String> = None;
        for line in text.lines() {
            let bare = line.trim();
            if let Some(title) = bare.strip_prefix("## ") {
                heading = title.trim();
                asked = None;
                if let Some(name) = heading.strip_prefix("intent:") {
                    let name = name.trim().to_owned();
                    let (wordings, source) = (Vec::new(), "".into());
                    rasa.intents.push(Intent { name, wordings, source });
                }
            } else if let Some(text) = bare.strip_prefix("- ").map(str::trim) {
                match (heading.starts_with("intent:"), &asked) {
                    (true, _) => {
                        let wording = wording(text);
                        rasa.intents.last_mut().into_iter().for_each(|intent| {
                            intent.wordings.push(wording.clone());
                        });
                    }
                    (false, Some(intent)) => rasa.reply(intent, text),
                    (false, None) => {}
                }
            } else if let Some(intent) = bare.strip_prefix("* ") {
                let end = intent.find(['{', ' ']).unwrap_or(intent.len());
                asked = Some(intent[..end].to_owned());
            }
        }
        let is_empty = [rasa.intents.len(), rasa.actions.len(), rasa.responses.len()] == [0; 3];
        (!is_empty).then_some(rasa)
    }

    /// Adds a reply to an intent from a story or a list of responses: the name of a response, or
    /// its text.
    fn reply(&mut self, intent: &str, text: &str) {
        if text.starts_with("utter_") || text.starts_with("action_") {
            self.actions.entry(intent.to_owned()).or_default().push(text.to_owned());
        } else if intent.contains('/') {
            let name = format!("utter_{intent}");
            self.responses.entry(name).or_default().push(text.to_owned());
        }
    }

    /// Sets the source of its intents.
    pub(crate) fn set_source(&mut self, source: &Arc<str>) {
        for intent in &mut self.intents {
            intent.source = Arc::clone(source);
        }
    }

    /// Adds the parts of another file.
    pub(crate) fn extend(&mut self, other: Self) {
        self.intents.extend(other.intents);
        self.responses.extend(other.responses);
        self.actions.extend(other.actions);
    }

    fn steps(&mut self, story: &Value<'_>) {
        let Some(Value::List(steps)) = story.get("steps") else { return };
        let mut asked: Option<String> = None;
        for step in steps {
            if let Some(intent) = step.get("intent").and_then(Value::as_text) {
                asked = Some(intent.to_owned());
            }
            let action = step.get("action").and_then(Value::as_text);
            if let (Some(intent), Some(action)) =
                (&asked, action.filter(|a| a.starts_with("utter_")))
            {
                self.actions.entry(intent.clone()).or_default().push(action.to_owned());
            }
        }
    }

    /// The intents that have a response.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        let entry = |intent: &Intent| {
            let answer = self.answer(&intent.name)?;
            let (answer, format): (_, TextFormat) = read_answer(answer.into());
            let mut wordings = intent.wordings.iter().cloned();
            let question = wordings.next()?;
            let aliases = wordings.collect();
            let answer = answer.into_owned();
            let place = Place { source: Arc::clone(&intent.source), line: 0 };
            Some(Entry { question, answer, format, aliases, place, ..Entry::default() })
        };
        self.intents.iter().filter_map(entry).collect()
    }

    fn answer(&self, intent: &str) -> Option<String> {
        let own = self.responses.get(&format!("utter_{intent}"));
        let by_rule = || {
            let actions = self.actions.get(intent)?;
            Some(actions.iter().filter_map(|action| self.responses.get(action)).flatten())
        };
        let texts: Vec<&String> = match own {
            Some(texts) => texts.iter().collect(),
            None => by_rule()?.collect(),
        };
        (!texts.is_empty())
            .then(|| texts.iter().map(|text| text.trim()).collect::<Vec<_>>().join("\n\n"))
    }
}

fn list<'n, 'a>(map: &'n Map<'a>, key: &str) -> Option<&'n Vec<Value<'a>>> {
    match get(map, key)? {
        Value::List(items) => Some(items),
        Value::Null | Value::Scalar(_) | Value::Text(_) | Value::Map(_) => None,
    }
}

fn is_intent(item: &Value<'_>) -> bool {
    item.get("intent").is_some() && item.get("examples").is_some()
}

/// The names and texts of responses; `templates` in old files.
fn responses<'n>(map: &'n Map<'_>) -> impl Iterator<Item = (&'n str, Vec<String>)> {
    let groups = ["responses", "templates"].into_iter().filter_map(|key| get(map, key)?.as_map());
    groups.flatten().filter(|(name, _)| name.starts_with("utter_")).map(|(name, value)| {
        let texts = texts(value).into_iter().map(Cow::into_owned);
        (name.as_ref(), texts.collect())
    })
}

/// `examples` are a list, or a text with one dash per line.
fn intent(item: &Value<'_>) -> Option<Intent> {
    let name = item.get("intent")?.as_scalar()?.to_owned();
    let examples = item.get("examples")?;
    let wordings: Vec<String> = match examples {
        Value::Text(text) => text.lines().map(wording).collect(),
        other => texts(other).iter().map(|text| wording(text)).collect(),
    };
    let wordings: Vec<String> = wordings.into_iter().filter(|text| !text.is_empty()).collect();
    let source = Arc::default();
    (!wordings.is_empty()).then_some(Intent { name, wordings, source })
}

/// An example without its dash and the marks of entities: `[noon](time)`, `[noon]{"entity": …}`.
fn wording(line: &str) -> String {
    let mut rest = line.trim().trim_start_matches("- ").trim();
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once('[') {
        let Some((label, behind)) = after.split_once(']') else { break };
        out.push_str(before);
        let close = match behind.chars().next() {
            Some('(') => behind.find(')'),
            Some('{') => behind.find('}'),
            _ => None,
        };
        if let Some(close) = close {
            out.push_str(label);
            rest = &behind[close + 1..];
        } else {
            out.push('[');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::yaml_tree::parse;

    #[test]
    fn older_bots_in_markdown() {
        let mut bot =
            Rasa::of_markdown("## intent:faq/hot\n- is the [kiln](place) hot\n- hot?\n").unwrap();
        bot.extend(Rasa::of_markdown("## hot\n* faq/hot\n  - Very hot.\n").unwrap());
        let entry = bot.entries().remove(0);
        assert_eq!((&*entry.question, &*entry.answer), ("is the kiln hot", "Very hot."));
        assert!(Rasa::of_markdown("## Pots\n\n* red\n  - small\n").is_none());
    }

    #[test]
    fn parts_of_several_files_come_together() {
        let nlu = "nlu:\n- intent: hot\n  examples: |\n    - is [tea](drink) hot\n    - hot [tea]{\"entity\": \"drink\"}?\n\
            - intent: bye\n  examples:\n  - bye\n- intent: other\n  examples: |\n    - hm\n";
        let domain = "version: '3.1'\nintents: [hot, bye]\nresponses:\n  utter_hot:\n  - text: Very.\n  utter_goodbye:\n  - text: So long.\n";
        let rules = "rules:\n- rule: bye\n  steps:\n  - intent: bye\n  - action: utter_goodbye\n";
        let mut bot = Rasa::default();
        for text in [nlu, domain, rules] {
            bot.extend(Rasa::of(&parse(text).unwrap()[0]).unwrap());
        }
        let found: Vec<_> =
            bot.entries().into_iter().map(|e| (e.question, e.answer, e.aliases)).collect();
        let expected = [
            ("is tea hot".to_owned(), "Very.".to_owned(), vec!["hot tea?".to_owned()]),
            ("bye".to_owned(), "So long.".to_owned(), Vec::new()),
        ];
        assert_eq!(found, expected);
        assert!(Rasa::of(&parse("version: 1\nrows: []\n").unwrap()[0]).is_none());
    }
}
