//! How much entries were used, which ranking learns from.

use std::collections::HashMap;
use std::sync::Arc;

/// The amount of one use now; it decays with time.
const ONE_USE: u32 = 1000;

/// How much entries were used.
#[derive(Debug, Default)]
pub(super) struct Usage {
    /// Whether uses are noted.
    learns: bool,
    amounts: Arc<HashMap<String, u32>>,
    /// The key of the entry that was used last: reading and then copying it is one use.
    last: Option<String>,
}

impl Usage {
    /// What was learned before; `None` to learn nothing.
    pub fn new(amounts: Option<HashMap<String, u32>>) -> Self {
        let learns = amounts.is_some();
        Self { learns, amounts: Arc::new(amounts.unwrap_or_default()), last: None }
    }

    /// The amounts by key, for [`Query::used`](crate::search::Query::used).
    pub fn amounts(&self) -> Arc<HashMap<String, u32>> {
        Arc::clone(&self.amounts)
    }

    /// Notes a use; false if it does not count.
    pub fn note(&mut self, key: &str) -> bool {
        if !self.learns || self.last.as_deref() == Some(key) {
            return false;
        }
        self.last = Some(key.to_owned());
        let amount = Arc::make_mut(&mut self.amounts).entry(key.to_owned()).or_default();
        *amount = amount.saturating_add(ONE_USE);
        true
    }
}
