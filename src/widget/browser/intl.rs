//! Moments in the visitor's zone and language, by the browser's `Intl`. What is dear to make, formats and the zone's
//! offset, is made once.

use std::{cell::RefCell, collections::BTreeMap};

use js_sys::{Array, Date, Intl, Object, Reflect};

use super::dom::{now, window};
use crate::{
    i18n::Language,
    widget::view::{Shape, Times},
};

/// No zone changes its offset but at a multiple of this.
const QUARTER_HOUR: i64 = 900;
/// More are made anew.
const MOST_OFFSETS: usize = 10_000;

thread_local! {
    static FORMATS: RefCell<BTreeMap<(&'static str, Shape), Intl::DateTimeFormat>> = const { RefCell::new(BTreeMap::new()) };
    /// Minutes behind UTC, by quarter hours since the epoch.
    static OFFSETS: RefCell<BTreeMap<i64, i64>> = const { RefCell::new(BTreeMap::new()) };
}

/// The visitor's clock and calendar, now.
pub fn times(language: Language) -> Times {
    Times { language, now: now(), offset, format }
}

#[expect(clippy::cast_precision_loss, reason = "seconds of this millennium are far below 2^52")]
fn date(at: i64) -> Date {
    Date::new(&(at as f64 * 1000.0).into())
}

#[expect(clippy::cast_possible_truncation, reason = "an offset is less than a day of minutes")]
fn offset(at: i64) -> i64 {
    OFFSETS.with_borrow_mut(|offsets| {
        if offsets.len() > MOST_OFFSETS {
            offsets.clear();
        }
        let of = || date(at).get_timezone_offset() as i64;
        *offsets.entry(at.div_euclid(QUARTER_HOUR)).or_insert_with(of)
    })
}

/// The browser's own variety of the page's language, so that a British visitor gets British times.
fn locale(language: Language) -> String {
    let own = window().navigator().language();
    own.filter(|own| Language::parse(own) == Some(language)).unwrap_or_else(|| language.tag().to_owned())
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
