//! A limit written as `10/h`.

use std::{fmt, str::FromStr, time::Duration};

/// At most `count` events within any `window`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    pub count: u32,
    pub window: Duration,
}

impl RateLimit {
    pub const fn new(count: u32, window: Duration) -> Self {
        Self { count, window }
    }
}

/// Why a text is not a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a limit is a number above 0, a slash and s, m, h or d, for example 10/h")]
pub struct InvalidRateLimit;

impl FromStr for RateLimit {
    type Err = InvalidRateLimit;

    fn from_str(text: &str) -> Result<Self, InvalidRateLimit> {
        let (count, unit) = text.trim().split_once('/').ok_or(InvalidRateLimit)?;
        let count = count.trim().parse::<u32>().ok().filter(|count| *count > 0).ok_or(InvalidRateLimit)?;
        let seconds = match unit.trim() {
            "s" => 1,
            "m" => 60,
            "h" => 3_600,
            "d" => 86_400,
            _ => return Err(InvalidRateLimit),
        };
        Ok(Self::new(count, Duration::from_secs(seconds)))
    }
}

impl fmt::Display for RateLimit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} in {} seconds", self.count, self.window.as_secs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_an_hour_is_written_with_a_slash() {
        assert_eq!("10/h".parse(), Ok(RateLimit::new(10, Duration::from_hours(1))));
        assert_eq!(" 3 / m".parse(), Ok(RateLimit::new(3, Duration::from_mins(1))));
    }

    #[test]
    fn anything_else_is_refused() {
        for wrong in ["", "10", "0/h", "-1/h", "10/w", "ten/h", "10/h/h", "99999999999/h"] {
            assert_eq!(wrong.parse::<RateLimit>(), Err(InvalidRateLimit), "{wrong}");
        }
    }
}
