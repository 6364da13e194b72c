//! What the views know of the world round them: how much room there is, and what time it is.

use std::time::Duration;

use leptos::{ev, leptos_dom::helpers::set_interval_with_handle, prelude::*};

use super::time;
use crate::widget::{controller::Chat, dom};

/// No room beside the page: the panel is the screen. The style sheet asks the same question.
const FULL_SCREEN: &str = "(width < 640px), (height <= 480px)";
/// Room for the list and a conversation side by side.
const ROOM_FOR_TWO: &str = "(width >= 760px) and (height > 480px)";

#[derive(Clone, Copy)]
pub struct Surroundings {
    pub full_screen: ReadSignal<bool>,
    pub room_for_two: ReadSignal<bool>,
    /// Both columns are wanted, and there is room for them.
    pub expanded: Memo<bool>,
    /// Unix seconds, a new one every minute: what shows a time that goes by reads this.
    pub minute: ReadSignal<i64>,
    /// The number of the present day in the visitor's time zone.
    pub today: Memo<i64>,
}

impl Surroundings {
    /// Follows them for as long as the present owner lives.
    pub fn watch(chat: Chat) -> Self {
        let room_for_two = dom::media(ROOM_FOR_TWO);
        let wanted = chat.memo(|state| state.panel.expanded);
        let (minute, set_minute) = signal(dom::now() / 1000);
        let tick = move || {
            set_minute.try_set(dom::now() / 1000);
        };
        if let Ok(ticking) = set_interval_with_handle(tick, Duration::from_mins(1)) {
            on_cleanup(move || ticking.clear());
        }
        // A laptop that slept through midnight.
        let waking = window_event_listener(ev::focus, move |_| tick());
        on_cleanup(move || waking.remove());
        Self {
            full_screen: dom::media(FULL_SCREEN),
            room_for_two,
            expanded: Memo::new(move |_| wanted.get() && room_for_two.get()),
            minute,
            today: Memo::new(move |_| time::day_of(minute.get())),
        }
    }
}

/// The surroundings, in every component of the widget.
#[expect(clippy::expect_used, reason = "the widget's root provides them before anything is shown")]
pub fn use_surroundings() -> Surroundings {
    use_context::<Surroundings>().expect("the widget's surroundings")
}
