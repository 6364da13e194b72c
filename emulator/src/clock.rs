//! The emulator's time, in the one unit that the wire speaks.

use std::time::{SystemTime, UNIX_EPOCH};

/// Unix seconds. A clock before 1970 reads as 0.
pub(crate) fn now() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |elapsed| i64::try_from(elapsed.as_secs()).unwrap_or(i64::MAX))
}
