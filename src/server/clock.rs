//! The time of now, in the units that the database keeps.

use time::OffsetDateTime;

/// Unix seconds.
pub fn seconds() -> i64 {
    OffsetDateTime::now_utc().unix_timestamp()
}

/// Unix milliseconds.
pub fn milliseconds() -> i64 {
    i64::try_from(OffsetDateTime::now_utc().unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}
