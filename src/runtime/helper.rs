//! A thread for jobs that read every entry or lay out a large answer.
//!
//! At most one job of each kind waits, and a newer one replaces it, so that fast typing does not
//! queue outdated work.

use super::event::Event;
use crate::app::{Job, JobKind, JobResult, Message};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// The handle of the thread; dropping it ends the thread after the current job.
#[derive(Debug)]
pub(super) struct Helper(Arc<SharedQueue>);

#[derive(Debug, Default)]
struct SharedQueue {
    slots: Mutex<Slots>,
    changed: Condvar,
}

/// The waiting jobs with their numbers, by kind.
#[derive(Debug, Default)]
struct Slots {
    waiting: [Option<(u64, Job)>; JobKind::ALL.len()],
    ended: bool,
}

impl Helper {
    /// Starts the thread, which sends results to `events`.
    pub fn spawn(events: Sender<Event>) -> io::Result<Self> {
        let shared = Arc::new(SharedQueue::default());
        let theirs = Arc::clone(&shared);
        let run = move || {
            while let Some((number, job)) = theirs.next_job() {
                let popup = job.kind() == JobKind::Popup;
                let result = catch_unwind(AssertUnwindSafe(|| job.run()));
                // The panic hook reported the panic. Keys may be waiting for a pop-up, so it needs
                // a result.
                let result = result
                    .ok()
                    .or_else(|| popup.then_some(JobResult::Popup(Err("the list cannot be shown"))));
                let Some(result) = result else { continue };
                if events.send(Event::Message(Message::Finished(number, result))).is_err() {
                    return;
                }
            }
        };
        thread::Builder::new().name("helper".into()).spawn(run)?;
        Ok(Self(shared))
    }

    /// Queues a job; a newer one of its kind may replace it before it starts.
    pub fn run(&self, number: u64, job: Job) {
        let slot = job.kind() as usize;
        self.0.slots().waiting[slot] = Some((number, job));
        self.0.changed.notify_one();
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        self.0.slots().ended = true;
        self.0.changed.notify_one();
    }
}

impl SharedQueue {
    fn slots(&self) -> MutexGuard<'_, Slots> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next_job(&self) -> Option<(u64, Job)> {
        let mut slots = self.slots();
        loop {
            if slots.ended {
                return None;
            }
            if let Some(job) = slots.waiting.iter_mut().find_map(Option::take) {
                return Some(job);
            }
            slots = self.changed.wait(slots).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Index;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    fn job() -> Job {
        Job::Recent { index: Index::default(), keys: Vec::new() }
    }

    #[test]
    fn a_newer_job_replaces_a_waiting_one_of_its_kind() {
        let helper = Helper(Arc::default());
        (1..=3).for_each(|number| helper.run(number, job()));
        let queue = Arc::clone(&helper.0);
        assert_eq!(queue.next_job().map(|(number, _)| number), Some(3));
        drop(helper);
        assert!(queue.next_job().is_none(), "the others are dropped");
    }

    #[test]
    fn a_job_wakes_the_waiting_thread() {
        let (events, results) = channel();
        let helper = Helper::spawn(events).expect("a thread");
        // In most rounds the thread is already waiting.
        for round in 0..100 {
            helper.run(round, job());
            let result = results.recv_timeout(Duration::from_mins(1)).expect("a result");
            assert!(matches!(result, Event::Message(Message::Finished(n, _)) if n == round));
        }
    }

    #[test]
    fn dropping_the_handle_ends_the_waiting_thread() {
        for _ in 0..20 {
            let (events, results) = channel();
            let helper = Helper::spawn(events).expect("a thread");
            helper.run(1, job());
            results.recv_timeout(Duration::from_mins(1)).expect("a result");
            drop(helper);
            assert!(
                results
                    .recv_timeout(Duration::from_mins(1))
                    .is_err_and(|error| error == std::sync::mpsc::RecvTimeoutError::Disconnected)
            );
        }
    }
}
