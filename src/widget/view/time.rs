//! Times in the visitor's zone and language. The one place of the widget that asks the browser's `Intl`; nothing of it
//! is in the server's HTML. What is dear to make, formats and the zone's offset, is made once.

use std::{cell::RefCell, collections::BTreeMap};

use js_sys::{Array, Date, Intl, Object, Reflect};
use leptos::prelude::window;

use crate::i18n::{Ago, Language, WidgetTexts};

const DAY: i64 = 86_400;
/// No zone changes its offset but at a multiple of this.
const QUARTER_HOUR: i64 = 900;

/// What is shown of a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shape {
    Time,
    Weekday,
    ShortDate,
    ShortDateOfYear,
    DayName,
    DateOfYear,
    Full,
}

thread_local! {
    static FORMATS: RefCell<BTreeMap<(&'static str, Shape), Intl::DateTimeFormat>> = const { RefCell::new(BTreeMap::new()) };
    /// Minutes behind UTC, by quarter hours since the epoch.
    static OFFSETS: RefCell<BTreeMap<i64, i64>> = const { RefCell::new(BTreeMap::new()) };
}

#[expect(clippy::cast_precision_loss, reason = "seconds of this millennium are far below 2^52")]
fn date(at: i64) -> Date {
    Date::new(&(at as f64 * 1000.0).into())
}

/// The number of a moment's day (unix seconds) in the visitor's time zone.
pub fn day_of(at: i64) -> i64 {
    (at - offset(at) * 60).div_euclid(DAY)
}

#[expect(clippy::cast_possible_truncation, reason = "an offset is less than a day of minutes")]
fn offset(at: i64) -> i64 {
    OFFSETS.with_borrow_mut(|offsets| {
        if offsets.len() > 10_000 {
            offsets.clear();
        }
        let of = || date(at).get_timezone_offset() as i64;
        *offsets.entry(at.div_euclid(QUARTER_HOUR)).or_insert_with(of)
    })
}

/// The browser's own variety of the page's language, so that a British visitor gets British times.
fn locale(language: Language) -> String {
    window()
        .navigator()
        .language()
        .filter(|own| Language::parse(own) == Some(language))
        .unwrap_or_else(|| language.tag().to_owned())
}

fn format(language: Language, at: i64, shape: Shape) -> String {
    FORMATS.with_borrow_mut(|formats| {
        let format = formats.entry((language.tag(), shape)).or_insert_with(|| make_format(language, shape));
        let written = format.format().call1(format, &date(at));
        written.ok().and_then(|written| written.as_string()).unwrap_or_default()
    })
}

fn make_format(language: Language, shape: Shape) -> Intl::DateTimeFormat {
    let fields: &[(&str, &str)] = match shape {
        Shape::Time => &[("hour", "numeric"), ("minute", "2-digit")],
        Shape::Weekday => &[("weekday", "long")],
        Shape::ShortDate => &[("day", "numeric"), ("month", "short")],
        Shape::ShortDateOfYear => &[("day", "numeric"), ("month", "short"), ("year", "numeric")],
        Shape::DayName => &[("weekday", "long"), ("day", "numeric"), ("month", "long")],
        Shape::DateOfYear => &[("day", "numeric"), ("month", "long"), ("year", "numeric")],
        Shape::Full => &[("dateStyle", "long"), ("timeStyle", "short")],
    };
    let options = Object::new();
    for (field, style) in fields {
        let _ = Reflect::set(&options, &(*field).into(), &(*style).into());
    }
    Intl::DateTimeFormat::new(&Array::of1(&locale(language).into()), &options)
}

/// The time of day.
pub fn time(language: Language, at: i64) -> String {
    format(language, at, Shape::Time)
}

fn short_date(language: Language, at: i64, today: i64) -> String {
    let is_recent = (today - day_of(at)).abs() < 300;
    format(language, at, if is_recent { Shape::ShortDate } else { Shape::ShortDateOfYear })
}

/// A moment in a list: the time today, the weekday this week, else the date.
pub fn brief(language: Language, texts: &WidgetTexts, at: i64, today: i64) -> String {
    match today - day_of(at) {
        ..=0 => time(language, at),
        1 => texts.yesterday.to_owned(),
        2..=6 => format(language, at, Shape::Weekday),
        _ => short_date(language, at, today),
    }
}

/// The name of a day between messages.
pub fn day(language: Language, texts: &WidgetTexts, at: i64, today: i64) -> String {
    match today - day_of(at) {
        0 => texts.today.to_owned(),
        1 => texts.yesterday.to_owned(),
        difference if difference.abs() < 300 => capitalised(&format(language, at, Shape::DayName)),
        _ => format(language, at, Shape::DateOfYear),
    }
}

/// Date and time in full, for a tooltip.
pub fn full(language: Language, at: i64) -> String {
    format(language, at, Shape::Full)
}

/// How long ago somebody was here.
pub fn ago(language: Language, at: i64, now: i64) -> Ago {
    let count = |seconds: i64| u32::try_from(seconds).unwrap_or(0);
    match (now - at, day_of(now) - day_of(at)) {
        (..=59, _) => Ago::Now,
        (seconds @ 60..=3599, _) => Ago::Minutes(count(seconds / 60)),
        (seconds, 0) => Ago::Hours(count(seconds / 3600)),
        (_, 1) => Ago::Yesterday(time(language, at)),
        _ => Ago::Date(short_date(language, at, day_of(now))),
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
