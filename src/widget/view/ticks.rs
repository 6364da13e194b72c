//! Ticks: how far a message of one's own has come, each state in a shape of its own, with its words for those who do not
//! see them.

use super::{icon, unseen};
use crate::{
    i18n::WidgetTexts,
    widget::{
        element::{Element, element},
        icons,
        state::Delivery,
    },
};

pub fn ticks(texts: &WidgetTexts, delivery: Delivery) -> Element {
    let (markup, text) = match delivery {
        Delivery::Queued => (icons::CLOCK, texts.queued),
        Delivery::Sending => (icons::CLOCK, texts.sending),
        Delivery::Failed => (icons::CIRCLE_ALERT, texts.not_sent),
        Delivery::Sent => (icons::CHECK, texts.sent),
        Delivery::Delivered => (icons::CHECK_CHECK, texts.delivered),
        Delivery::Read => (icons::CHECK_CHECK, texts.read),
    };
    element("span", "ticks")
        .class("read", delivery == Delivery::Read)
        .class("failed", delivery == Delivery::Failed)
        .with("title", text)
        .child(icon(markup))
        .child(unseen(text))
}
