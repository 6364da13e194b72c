//! What the page itself tells: visibility, the network, other tabs; timers; and the unread count in its title.

use std::time::Duration;

use leptos::{ev, prelude::*};
use web_sys::MutationObserver;

use super::{Chat, storage};
use crate::widget::{
    dom,
    state::{Event, Timer},
};

impl Chat {
    pub(super) fn watch_page(self) {
        let listeners = [
            window_event_listener_untyped("visibilitychange", move |_| self.page_visible()),
            window_event_listener(ev::focus, move |_| self.page_visible()),
            window_event_listener(ev::online, move |_| self.send(Event::OnlineChanged(true))),
            window_event_listener(ev::offline, move |_| self.send(Event::OnlineChanged(false))),
            window_event_listener(ev::storage, move |event| {
                if event.key().as_deref() == Some(storage::SIGNED_OUT) {
                    self.send(Event::SessionDoubted);
                }
            }),
        ];
        let listeners = StoredValue::new_local(Some(listeners));
        on_cleanup(move || {
            let removed = listeners.try_update_value(Option::take).flatten();
            removed.into_iter().flatten().for_each(WindowListenerHandle::remove);
        });
        self.send(Event::PageVisible(dom::page_is_visible()));
        if !dom::is_online() {
            self.send(Event::OnlineChanged(false));
        }
        self.keep_title();
    }

    fn page_visible(self) {
        self.send(Event::PageVisible(dom::page_is_visible()));
    }

    /// Starts a timer; the same one that runs already starts anew.
    pub(super) fn schedule(self, timer: Timer, after_ms: u32) {
        let fire = move || {
            self.timers.try_update_value(|timers| timers.remove(&timer));
            self.send(Event::Fired(timer));
        };
        let Ok(handle) = set_timeout_with_handle(fire, Duration::from_millis(after_ms.into())) else { return };
        let before = self.timers.try_update_value(|timers| timers.insert(timer, handle)).flatten();
        if let Some(before) = before {
            before.clear();
        }
    }

    /// Keeps "(3) " before the page's title while messages are unread, whatever the page makes of its title.
    fn keep_title(self) {
        let unread = self.memo(|state| state.conversations.unread());
        let apply = move || {
            let title = document().title();
            let plain = without_count(&title);
            let count = unread.try_get_untracked().unwrap_or(0);
            let wanted = if count == 0 { plain.to_owned() } else { format!("({}) {plain}", counted(count)) };
            if wanted != title {
                document().set_title(&wanted);
            }
        };
        Effect::new(move |_| {
            unread.get();
            apply();
        });
        observe_head(apply);
    }
}

fn observe_head(on_change: impl Fn() + 'static) {
    use leptos::wasm_bindgen::{JsCast, closure::Closure};
    let Some(head) = document().head() else { return };
    let callback = Closure::<dyn Fn()>::new(on_change);
    let Ok(observer) = MutationObserver::new(callback.as_ref().unchecked_ref()) else { return };
    let options = web_sys::MutationObserverInit::new();
    options.set_child_list(true);
    options.set_subtree(true);
    options.set_character_data(true);
    let _ = observer.observe_with_options(&head, &options);
    let kept = StoredValue::new_local(Some((observer, callback)));
    on_cleanup(move || {
        if let Some((observer, _)) = kept.try_update_value(Option::take).flatten() {
            observer.disconnect();
        }
    });
}

/// The count as the badge and the title show it.
pub fn counted(count: u32) -> String {
    if count > 99 { "99+".to_owned() } else { count.to_string() }
}

fn without_count(title: &str) -> &str {
    let Some((count, rest)) = title.strip_prefix('(').and_then(|rest| rest.split_once(") ")) else { return title };
    if !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit() || byte == b'+') { rest } else { title }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_count_of_ours_is_taken_from_the_title() {
        assert_eq!(without_count("(3) Home"), "Home");
        assert_eq!(without_count("(99+) Home"), "Home");
        assert_eq!(without_count("(beta) Home"), "(beta) Home");
        assert_eq!(without_count("() Home"), "() Home");
    }

    #[test]
    fn a_badge_has_room_for_two_digits() {
        assert_eq!((counted(99), counted(100)), ("99".into(), "99+".into()));
    }
}
