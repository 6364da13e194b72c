//! Times in the visitor's zone and language. The one place of the widget that asks the browser's `Intl`; nothing of it
//! is in the server's HTML.

use js_sys::{Date, Object, Reflect};
use leptos::prelude::window;

use crate::{
    i18n::{Ago, Language, WidgetTexts},
    widget::dom,
};

const DAY: i64 = 86_400;

#[expect(clippy::cast_precision_loss, reason = "seconds of this millennium are far below 2^52")]
fn date(at: i64) -> Date {
    Date::new(&(at as f64 * 1000.0).into())
}

/// The number of a moment's day (unix seconds) in the visitor's time zone.
#[expect(clippy::cast_possible_truncation, reason = "an offset is less than a day of minutes")]
pub fn day_of(at: i64) -> i64 {
    (at - date(at).get_timezone_offset() as i64 * 60).div_euclid(DAY)
}

/// The browser's own variety of the page's language, so that a British visitor gets British times.
fn locale(language: Language) -> String {
    window()
        .navigator()
        .language()
        .filter(|own| Language::parse(own) == Some(language))
        .unwrap_or_else(|| language.tag().to_owned())
}

fn format(language: Language, at: i64, fields: &[(&str, &str)]) -> String {
    let options = Object::new();
    for (field, style) in fields {
        let _ = Reflect::set(&options, &(*field).into(), &(*style).into());
    }
    date(at).to_locale_string(&locale(language), &options).into()
}

/// The time of day.
pub fn time(language: Language, at: i64) -> String {
    format(language, at, &[("hour", "numeric"), ("minute", "2-digit")])
}

fn short_date(language: Language, at: i64, today: i64) -> String {
    let date = [("day", "numeric"), ("month", "short"), ("year", "numeric")];
    let fields = if (today - day_of(at)).abs() < 300 { &date[..2] } else { &date };
    format(language, at, fields)
}

/// A moment in a list: the time today, the weekday this week, else the date.
pub fn brief(language: Language, texts: &WidgetTexts, at: i64) -> String {
    let today = day_of(dom::now() / 1000);
    match today - day_of(at) {
        ..=0 => time(language, at),
        1 => texts.yesterday.to_owned(),
        2..=6 => format(language, at, &[("weekday", "long")]),
        _ => short_date(language, at, today),
    }
}

/// The name of a day between messages.
pub fn day(language: Language, texts: &WidgetTexts, at: i64) -> String {
    let today = day_of(dom::now() / 1000);
    match today - day_of(at) {
        0 => texts.today.to_owned(),
        1 => texts.yesterday.to_owned(),
        difference => {
            let fields = [("weekday", "long"), ("day", "numeric"), ("month", "long"), ("year", "numeric")];
            let named = format(language, at, if difference.abs() < 300 { &fields[..3] } else { &fields[1..] });
            capitalised(&named)
        }
    }
}

/// Date and time in full, for a tooltip.
pub fn full(language: Language, at: i64) -> String {
    format(language, at, &[("dateStyle", "long"), ("timeStyle", "short")])
}

/// How long ago somebody was here.
pub fn ago(language: Language, at: i64) -> Ago {
    let now = dom::now() / 1000;
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
