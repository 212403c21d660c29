//! Decides when to draw: changes that arrive together share a frame, unless that would delay a key.

use super::Event;
use super::session::Session;
use crate::app::Message;
use crate::live::LiveEvent;
use crate::search::IndexEvent;
use std::time::{Duration, Instant};

/// The longest delay of a frame while urgent events keep arriving.
const FRAME: Duration = Duration::from_millis(16);
/// Hits and pop-ups usually arrive within this time after their key: one frame then shows both.
const HITS_TIMEOUT: Duration = Duration::from_millis(12);
/// How often a frame shows the progress of loading, once there are entries: loading needs every
/// core.
const PROGRESS: Duration = Duration::from_millis(100);

impl Session {
    /// Whether the user waits for the change. During loading, only the first and the last entries
    /// are urgent.
    pub(super) fn is_urgent(&self, event: &Event) -> bool {
        match event {
            Event::Index(IndexEvent::Progress(done, total)) => *total > 0 && done >= total,
            // The hits that follow cause a frame.
            Event::Index(
                IndexEvent::Grown(_) | IndexEvent::Diagnostic(_) | IndexEvent::Unused(_),
            )
            | Event::Live(_, LiveEvent::Changed(_) | LiveEvent::Related(..)) => false,
            Event::Message(Message::Hits(_)) => {
                let first = self.app().list().hits().total == 0;
                self.is_read() || first || self.app().is_searching()
            }
            Event::Terminal(_)
            | Event::Live(..)
            | Event::Message(_)
            | Event::Loaded(_)
            | Event::SearchFailed
            | Event::SourceChanged => true,
        }
    }

    /// How long to wait for the next event; `None` when it is time to draw. `urgent` is the time of
    /// the first urgent event since the last frame, which was drawn at `drawn`.
    pub(super) fn frame_timeout(
        &self,
        urgent: Option<Instant>,
        drawn: Instant,
    ) -> Option<Duration> {
        let left = match urgent {
            None => PROGRESS.saturating_sub(drawn.elapsed()),
            Some(since) if since.elapsed() >= FRAME => Duration::ZERO,
            Some(since) if self.app().is_waiting() => HITS_TIMEOUT.saturating_sub(since.elapsed()),
            Some(_) => return Some(Duration::ZERO),
        };
        Some(left).filter(|left| !left.is_zero())
    }
}
