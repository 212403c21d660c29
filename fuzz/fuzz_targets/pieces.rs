//! See `tests/invariants`.
#![no_main]

#[path = "../../tests/invariants/mod.rs"]
#[expect(dead_code, reason = "each target checks one of them")]
mod invariants;

use quick_answer::load::Format;
use std::sync::LazyLock;

/// The name of a format in `QA_FUZZ_FORMAT`; without it the format is detected.
static FROM: LazyLock<Option<Format>> =
    LazyLock::new(|| Some(std::env::var("QA_FUZZ_FORMAT").ok()?.parse().expect("a format")));

libfuzzer_sys::fuzz_target!(|data: &[u8]| invariants::pieces(*FROM, data));
