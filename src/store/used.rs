//! Records how often and how recently entries were used.
//!
//! Each use counts 1 and halves every [`HALF_LIFE`], so an amount and its time are sufficient.

use super::remembered::Remembered;
use serde::{Deserialize, Serialize};
use std::time::{SystemTime, UNIX_EPOCH};

/// The time in seconds after which a use counts half.
const HALF_LIFE: f64 = 30.0 * 24.0 * 3600.0;
/// The earliest plausible time, in seconds since 1970: the first version is of 2026. A clock
/// without a battery starts in 1970.
const EARLIEST: u64 = 1_767_225_600;
/// The most entries that are recorded.
const MAX_USED: usize = 1000;

/// An entry that was used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Used {
    #[serde(flatten)]
    pub(super) entry: Remembered,
    /// The sum of all uses at `time`.
    amount: f64,
    /// The time of the last use, in seconds since 1970.
    time: u64,
}

impl Used {
    /// The amount at a time, in thousandths of a use.
    pub(super) fn thousandths(&self, time: u64) -> u32 {
        (self.amount_at(time) * 1000.0).round() as u32
    }

    fn amount_at(&self, time: u64) -> f64 {
        // If the clock went back, the amount does not grow.
        let age = time.saturating_sub(self.time) as f64;
        self.amount.clamp(0.0, 1e6) * 0.5_f64.powf(age / HALF_LIFE)
    }
}

/// Records a use of `entry`; drops the least used if there are too many. Records nothing if the
/// clock is wrong, since everything would fade when it is set.
pub(super) fn add(all: &mut Vec<Used>, entry: Remembered, time: u64) {
    if time < EARLIEST {
        return;
    }
    // Uses recorded while the clock was ahead fade from now on.
    for used in &mut *all {
        used.time = used.time.min(time);
    }
    let before = all.iter().position(|used| used.entry == entry).map(|n| all.remove(n));
    let amount = before.map_or(0.0, |used| used.amount_at(time)) + 1.0;
    if all.len() >= MAX_USED {
        let by_amount =
            |a: &usize, b: &usize| all[*a].amount_at(time).total_cmp(&all[*b].amount_at(time));
        if let Some(least) = (0..all.len()).min_by(by_amount) {
            all.remove(least);
        }
    }
    all.push(Used { entry, amount, time });
}

/// The seconds since 1970; 0 if the clock is before that.
pub(super) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |age| age.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entry(name: &str) -> Remembered {
        Remembered::new("faq.md".into(), name.into())
    }

    #[test]
    fn uses_add_up_and_halve_in_a_month() {
        let after = |months: u64| EARLIEST + months * HALF_LIFE as u64;
        let mut all = Vec::new();
        add(&mut all, entry("a"), after(1));
        add(&mut all, entry("a"), after(1));
        add(&mut all, entry("b"), after(2));
        let at = |time: u64| all.iter().map(|used| used.thousandths(time)).collect::<Vec<_>>();
        assert_eq!(at(after(2)), [1000, 1000]);
        assert_eq!(at(after(3)), [500, 500]);
        assert_eq!(at(0), [2000, 1000]);
    }

    #[test]
    fn a_temporarily_wrong_clock_has_no_effect() {
        let after = |months: u64| EARLIEST + months * HALF_LIFE as u64;
        let mut all = Vec::new();
        add(&mut all, entry("a"), after(1));
        // It went back to 1970, and a century ahead.
        add(&mut all, entry("a"), 17);
        add(&mut all, entry("b"), after(1200));
        add(&mut all, entry("c"), after(1));
        let at = |time: u64| all.iter().map(|used| used.thousandths(time)).collect::<Vec<_>>();
        assert_eq!(at(after(1)), [1000, 1000, 1000]);
        assert_eq!(at(after(2)), [500, 500, 500]);
    }

    proptest! {
        #[test]
        fn amounts_are_bounded_at_any_time(
            uses in proptest::collection::vec((0..3usize, any::<u64>()), 0..20),
            amount in any::<f64>(),
            time in any::<u64>(),
            now in any::<u64>(),
        ) {
            let mut all = vec![Used { entry: entry("x"), amount, time }];
            let amounts = |all: &[Used]| all.iter().map(|used| used.thousandths(now)).max();
            prop_assert!(amounts(&all) <= Some(1_000_000_000));
            all.clear();
            for (n, time) in &uses {
                add(&mut all, entry(&n.to_string()), *time);
            }
            prop_assert!(amounts(&all).unwrap_or(0) <= 1000 * uses.len() as u32);
        }
    }

    #[test]
    fn the_least_used_are_dropped() {
        let mut all = Vec::new();
        add(&mut all, entry("often"), EARLIEST);
        for n in 0..2 * MAX_USED {
            add(&mut all, entry("often"), EARLIEST);
            add(&mut all, entry(&n.to_string()), EARLIEST);
        }
        assert_eq!(all.len(), MAX_USED);
        assert!(all.iter().any(|used| used.entry == entry("often")));
    }
}
