//! The memory limit (`ulimit -v`): opening fails early if a source would not fit. A program that
//! reaches the limit is killed in the middle of its work.

use std::fs;
use std::io;

/// The memory that a loader needs for a piece, as a multiple of the piece, and the most that all
/// pieces need.
const PIECE_FACTOR: u64 = 75;
const MAX_OVERHEAD: u64 = 100 << 20;

/// Fails if there is no room to load `size` bytes: three times their size, and the memory of the
/// pieces being read.
pub(super) fn check(size: u64) -> io::Result<()> {
    let Some(room) = room() else { return Ok(()) };
    let needed = size.saturating_mul(3) + size.saturating_mul(PIECE_FACTOR).min(MAX_OVERHEAD);
    if needed <= room {
        return Ok(());
    }
    let message = format!(
        "not enough memory: opening it may take {} MB, and the limit (ulimit -v) leaves {}",
        needed.div_ceil(1 << 20),
        room >> 20
    );
    Err(io::Error::new(io::ErrorKind::OutOfMemory, message))
}

/// Fails if `size` bytes, which the program needs before it opens anything, do not fit.
#[cfg(feature = "tui")]
pub(crate) fn check_start(needed: u64) -> io::Result<()> {
    match room() {
        Some(room) if room < needed => {
            let message = format!(
                "not enough memory to start: the limit (ulimit -v) leaves {} MB, expected {} or more",
                room >> 20,
                needed >> 20
            );
            Err(io::Error::new(io::ErrorKind::OutOfMemory, message))
        }
        Some(_) | None => Ok(()),
    }
}

/// Bytes that may still be allocated; `None` without a limit, or where the system does not report
/// one.
fn room() -> Option<u64> {
    let limit = limit(&fs::read_to_string("/proc/self/limits").ok()?)?;
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let taken = status.lines().find_map(|line| line.strip_prefix("VmSize:"))?;
    let taken: u64 = taken.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(limit.saturating_sub(taken << 10))
}

fn limit(limits: &str) -> Option<u64> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max address space"))?;
    // "unlimited" is not a number.
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::limit;

    #[test]
    fn the_soft_limit_counts() {
        let line =
            |limit: &str| format!("Max cpu time 1 2 seconds\nMax address space {limit}  bytes \n");
        assert_eq!(limit(&line("4096   8192")), Some(4096));
        assert_eq!(limit(&line("unlimited  unlimited")), None);
    }
}
