//! Replaces `sentences` in builds without the encoder: no entry has a vector.

#![allow(clippy::unused_self, reason = "the methods are those of `sentences`")]

use super::SentenceOptions;
use crate::search::index::Index;
use crate::search::retrieve::Candidate;
use crate::search::weights::Weights;
use std::sync::Arc;

/// The vectors of no entry.
pub(in crate::search) struct SentenceVectors;

impl SentenceVectors {
    pub fn progress(&self) -> f32 {
        0.0
    }
}

/// A query that is never encoded.
#[derive(Clone)]
pub(in crate::search) enum SentenceQuery {}

impl SentenceQuery {
    pub fn of_text(_: Arc<SentenceVectors>, _: &str) -> Option<Self> {
        None
    }

    pub fn of_entry(_: Arc<SentenceVectors>, _: u32) -> Option<Self> {
        None
    }

    pub fn serves(&self, _: &[Candidate]) -> bool {
        match *self {}
    }

    pub fn similarities(&self, _: &[Candidate]) -> Vec<f32> {
        match *self {}
    }

    pub fn nearest(&self, _: &Weights) -> Vec<(f32, u32)> {
        match *self {}
    }
}

/// Encodes nothing.
pub(in crate::search) struct Background;

impl Background {
    pub fn spawn(_: SentenceOptions) -> Self {
        Self
    }

    pub fn set_index(&self, _: &Index, _: Vec<u32>) {}
}

pub(in crate::search) fn encode_now(
    _: &SentenceOptions,
    _: &Index,
    _: bool,
) -> Option<Arc<SentenceVectors>> {
    None
}
