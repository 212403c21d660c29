//! When to draw: one frame shows as much as possible of what comes together, and nobody waits for it.

use super::Event;
use super::session::Session;
use crate::app::Message;
use crate::live::LiveEvent;
use crate::search::IndexEvent;
use std::time::{Duration, Instant};

/// However much is waiting, a frame is drawn this often.
const FRAME: Duration = Duration::from_millis(16);
/// Hits and pop-ups mostly come within this time of the key that asked for them: one frame shows
/// both.
const HITS_TIMEOUT: Duration = Duration::from_millis(12);
/// How often a frame shows how far loading is, once there are questions to read: every core is
/// needed for the loading.
const PROGRESS: Duration = Duration::from_millis(100);

impl Session {
    /// Whether somebody waits for what an event changes. Of what loading brings, for the first
    /// questions and for the last ones.
    pub(super) fn is_urgent(&self, event: &Event) -> bool {
        match event {
            Event::Index(IndexEvent::Progress(done, total)) => *total > 0 && done >= total,
            // Of what live sources bring, hits follow.
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

    /// How long the next event may be waited for; `None` when it is time to draw. `urgent` is when
    /// the first urgent event came since the last frame, which was `drawn` then.
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
