//! How much entries were used, as input for ranking.

use std::collections::HashMap;
use std::sync::Arc;

/// The amount added by one use; amounts decay with time.
const ONE_USE: u32 = 1000;

/// The amounts of use of entries.
#[derive(Debug, Default)]
pub(super) struct Usage {
    /// Whether uses are recorded.
    learns: bool,
    amounts: Arc<HashMap<String, u32>>,
    /// The key of the entry used last: reading it and then copying it is one use.
    last: Option<String>,
}

impl Usage {
    /// Starts with earlier amounts by key; `None` records nothing.
    pub fn new(amounts: Option<HashMap<String, u32>>) -> Self {
        let learns = amounts.is_some();
        Self { learns, amounts: Arc::new(amounts.unwrap_or_default()), last: None }
    }

    /// The amounts by key, for [`Query::used`](crate::search::Query::used).
    pub fn amounts(&self) -> Arc<HashMap<String, u32>> {
        Arc::clone(&self.amounts)
    }

    /// Records a use; returns false if it does not count.
    pub fn record(&mut self, key: &str) -> bool {
        if !self.learns || self.last.as_deref() == Some(key) {
            return false;
        }
        self.last = Some(key.to_owned());
        let amount = Arc::make_mut(&mut self.amounts).entry(key.to_owned()).or_default();
        *amount = amount.saturating_add(ONE_USE);
        true
    }
}
