//! See `tests/invariants`.
#![no_main]

#[path = "../../tests/invariants/mod.rs"]
#[expect(dead_code, reason = "each target checks one of them")]
mod invariants;

libfuzzer_sys::fuzz_target!(|data: &[u8]| invariants::package(data));
