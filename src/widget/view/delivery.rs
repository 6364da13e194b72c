//! Ticks: how far a message of one's own has come, each state in a shape of its own, with its words for those who do not
//! see them.

use leptos::prelude::*;

use super::{drawn::Draw, icon::Icon, use_chat};
use crate::widget::{icons, state::Delivery};

#[component]
pub fn Ticks(delivery: Delivery) -> impl IntoView {
    let texts = use_chat().texts;
    let (icon, text) = match delivery {
        Delivery::Queued => (icons::CLOCK, texts.queued),
        Delivery::Sending => (icons::CLOCK, texts.sending),
        Delivery::Failed => (icons::CIRCLE_ALERT, texts.not_sent),
        Delivery::Sent => (icons::CHECK, texts.sent),
        Delivery::Delivered => (icons::CHECK_CHECK, texts.delivered),
        Delivery::Read => (icons::CHECK_CHECK, texts.read),
    };
    view! {
        <span class="ticks" class:read=delivery == Delivery::Read class:failed=delivery == Delivery::Failed title=text>
            <Icon markup=icon/><span class="unseen">{text}</span>
        </span>
    }
    .drawn()
}
