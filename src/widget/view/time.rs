//! Moments in words: how they read in a list, between messages, in a header. What the browser alone knows, its zone and
//! its formats, is handed in.

use crate::{
    i18n::{Ago, Language, WidgetTexts},
    widget::text::letters::capital,
};

const DAY: i64 = 86_400;

/// What is shown of a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    Time,
    Weekday,
    ShortDate,
    ShortDateOfYear,
    DayName,
    DateOfYear,
    Full,
}

/// The visitor's clock and calendar.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    pub language: Language,
    /// Milliseconds since the epoch.
    pub now: i64,
    /// Minutes behind UTC at a moment (unix seconds).
    pub offset: fn(i64) -> i64,
    /// A moment (unix seconds) in a language and shape.
    pub format: fn(Language, i64, Shape) -> String,
}

impl Times {
    /// The number of a moment's day (unix seconds) in the visitor's time zone.
    pub fn day_of(&self, at: i64) -> i64 {
        (at - (self.offset)(at) * 60).div_euclid(DAY)
    }

    fn today(&self) -> i64 {
        self.day_of(self.now / 1000)
    }

    fn formatted(&self, at: i64, shape: Shape) -> String {
        (self.format)(self.language, at, shape)
    }

    /// The time of day.
    pub fn time(&self, at: i64) -> String {
        self.formatted(at, Shape::Time)
    }

    /// Date and time in full, for a tooltip.
    pub fn full(&self, at: i64) -> String {
        self.formatted(at, Shape::Full)
    }

    fn short_date(&self, at: i64) -> String {
        let is_recent = (self.today() - self.day_of(at)).abs() < 300;
        self.formatted(at, if is_recent { Shape::ShortDate } else { Shape::ShortDateOfYear })
    }

    /// A moment in a list: the time today, the weekday this week, else the date.
    pub fn brief(&self, texts: &WidgetTexts, at: i64) -> String {
        match self.today() - self.day_of(at) {
            ..=0 => self.time(at),
            1 => texts.yesterday.to_owned(),
            2..=6 => self.formatted(at, Shape::Weekday),
            _ => self.short_date(at),
        }
    }

    /// The name of a day between messages.
    pub fn day(&self, texts: &WidgetTexts, at: i64) -> String {
        match self.today() - self.day_of(at) {
            0 => texts.today.to_owned(),
            1 => texts.yesterday.to_owned(),
            difference if difference.abs() < 300 => capitalised(&self.formatted(at, Shape::DayName)),
            _ => self.formatted(at, Shape::DateOfYear),
        }
    }

    /// How long ago somebody was here.
    pub fn ago(&self, at: i64) -> Ago {
        let now = self.now / 1000;
        let count = |seconds: i64| u32::try_from(seconds).unwrap_or(0);
        match (now - at, self.day_of(now) - self.day_of(at)) {
            (..=59, _) => Ago::Now,
            (seconds @ 60..=3599, _) => Ago::Minutes(count(seconds / 60)),
            (seconds, 0) => Ago::Hours(count(seconds / 3600)),
            (_, 1) => Ago::Yesterday(self.time(at)),
            _ => Ago::Date(self.short_date(at)),
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().map(capital).chain(letters).collect()
}
