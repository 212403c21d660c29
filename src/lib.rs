//! Quick Answer: type a few letters of a question and read its answer.

pub mod app;
pub mod cli;
pub mod collection;
pub mod config;
pub mod keymap;
pub mod load;
pub mod runtime;
pub mod search;
pub mod store;
pub mod terminal;
pub mod text;
pub mod view;
