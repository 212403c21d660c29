//! The screen, controlled by keys as by a user, and read as text.

#[path = "ui/by_ear.rs"]
mod by_ear;
#[path = "ui/changes.rs"]
mod changes;
#[path = "ui/harness.rs"]
mod harness;
#[path = "ui/learning.rs"]
mod learning;
#[path = "ui/popups.rs"]
mod popups;
#[path = "ui/properties.rs"]
mod properties;
#[path = "ui/rows.rs"]
mod rows;
#[path = "ui/screens.rs"]
mod screens;
#[path = "ui/traces.rs"]
mod traces;
