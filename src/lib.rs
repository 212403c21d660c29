//! Quick Answer: type a few letters of a question and read its answer.
//!
//! # The screen, and the code of each part
//!
//! ```text
//!  qa  Quick answers  General information ...                     4 of 18   head    view/status
//!  > cry sess▏                                                              prompt  app/text_input
//! ╭ Questions ──────────────────────╮╭ Answer ───────────────────────────╮  panes   app/layout, view/pane
//! │ Is it OK to cry in a session?   ││ Why do therapists cry?            │
//! │▌Why do therapists cry? in answer││                                   │  list    view/question_list
//! │   ... crying in a session ...   ││ They cry because ...              █          app/question_list
//! │ What should I do?      sessions ││                                   │  answer  app/document, markup,
//! │                                 ││ Also asked: May I cry?            │          view/answer
//! │                                 ││ Tags: crying, sessions            │
//! ╰─────────────────────────────────╯╰───────────────────────────────────╯
//!  Enter read  ↓ next  ^Y copy  F1 keys                   therapy.json:12   status  view/status, keymap
//! ```
//!
//! One pop-up at a time opens over the panes, a list that typing filters: keys, tags and sources,
//! related questions, links, code blocks, problems (`app/popup`, `view/popup`). Colours are in
//! `view/theme` and `assets/themes`.
//!
//! # The modules, and what each of them uses
//!
//! A module uses only modules below it.
//!
//! ```text
//! cli        everything below
//! runtime    live, terminal, view, and below
//! live       process, search, load
//! config     view, app, load
//! terminal   keymap, process
//! view       images, keymap, app, search, markup
//! images     markup (feature images)
//! keymap     app
//! app        store, search, load, markup
//! store      load
//! search     load (its traits and types: the index is a sink), text
//! load       process (pandoc), markup, text
//! markup     collection, text
//! process, collection, text
//! ```
//!
//! An event from outside (a key, hits, loaded entries) becomes a [`Message`](app::Message);
//! [`App::update`](app::App::update) changes the state and returns [`Command`](app::Command)s;
//! `runtime` carries them out, and draws when nothing is waiting. Facts flow down: the state knows
//! the size of the screen, the layout of its parts and the lines of the answer; drawing reports
//! nothing back. `collection`, `text`, `markup`, `load` and `search` do not depend on a terminal
//! and are usable as a library. `process`, which uses no other module, runs other programs within
//! limits.

#[cfg(feature = "tui")]
pub mod app;
#[cfg(feature = "tui")]
pub mod cli;
pub mod collection;
#[cfg(feature = "tui")]
pub mod config;
#[cfg(feature = "images")]
pub mod images;
#[cfg(feature = "tui")]
pub mod keymap;
#[cfg(feature = "tui")]
pub mod live;
pub mod load;
pub mod markup;
#[cfg(feature = "tui")]
pub mod process;
#[cfg(feature = "tui")]
pub mod runtime;
pub mod search;
#[cfg(feature = "tui")]
pub mod store;
#[cfg(feature = "tui")]
pub mod terminal;
pub mod text;
#[cfg(feature = "tui")]
pub mod view;

/// The example of the README is compiled with the tests of the documentation.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
