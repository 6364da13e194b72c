//! What the page itself tells: visibility, the network, room, other tabs; timers; and the unread count in its title.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event as PageEvent, EventTarget, MutationObserver, MutationObserverInit, StorageEvent};

use super::{
    Widget,
    dom::{self, Timeout},
    storage,
};
use crate::{
    model::ids::MessageId,
    widget::{
        state::{Event, Timer},
        view::{LINK, titled},
    },
};

/// The message that the page's address leads to. It is taken out of the address: another load would lead there again.
pub fn linked() -> Option<MessageId> {
    let (window, location) = (dom::window(), dom::window().location());
    let hash = location.hash().ok()?;
    let id = hash.strip_prefix(LINK.get(1..)?)?.parse().ok()?;
    let history = window.history().ok()?;
    let bare = [location.pathname().ok()?, location.search().ok()?].concat();
    history.replace_state_with_url(&history.state().ok()?, "", Some(&bare)).ok()?;
    Some(MessageId(id))
}

impl Widget {
    pub(super) fn hear_page(&self) {
        let widget = self.clone();
        let hear = Closure::<dyn Fn(PageEvent)>::new(move |event: PageEvent| widget.page_told(&event));
        dom::listen(&dom::window(), &["focus", "online", "offline", "storage", "resize"], &hear);
        dom::listen(&dom::document(), &["visibilitychange"], &hear);
        // As long as the page lives.
        hear.forget();
        self.send(Event::PageVisible(dom::page_is_visible()));
        if !dom::is_online() {
            self.send(Event::OnlineChanged(false));
        }
        self.watch_title();
    }

    fn page_told(&self, event: &PageEvent) {
        match event.type_().as_str() {
            // Heard on its way down: the focus of elements comes by here too.
            "focus" if event.target().as_ref() != Some(AsRef::<EventTarget>::as_ref(&dom::window())) => {}
            "online" => self.send(Event::OnlineChanged(true)),
            "offline" => self.send(Event::OnlineChanged(false)),
            "storage" => {
                let key = event.dyn_ref::<StorageEvent>().and_then(StorageEvent::key);
                if key.as_deref() == Some(storage::SIGNED_OUT) {
                    self.send(Event::SessionDoubted);
                }
            }
            "resize" => self.show_soon(),
            _ => self.send(Event::PageVisible(dom::page_is_visible())),
        }
    }

    /// Starts a timer; the same one that runs already starts anew.
    pub(super) fn schedule(&self, timer: Timer, after_ms: u32) {
        let widget = self.clone();
        let fire = Box::new(move || {
            widget.timers.borrow_mut().remove(&timer);
            widget.send(Event::Fired(timer));
        });
        if let Some(timeout) = Timeout::new(after_ms, fire) {
            self.timers.borrow_mut().insert(timer, timeout);
        }
    }

    /// Keeps "(3) " before the page's title while messages are unread, whatever the page makes of its title.
    pub(super) fn keep_title(&self) {
        let count = self.state.borrow().conversations.unread();
        let title = dom::document().title();
        let wanted = titled(&title, count);
        if wanted != title {
            dom::document().set_title(&wanted);
        }
    }

    fn watch_title(&self) {
        let Some(head) = dom::document().head() else { return };
        let widget = self.clone();
        let callback = Closure::<dyn Fn()>::new(move || widget.keep_title());
        let Ok(observer) = MutationObserver::new(callback.as_ref().unchecked_ref()) else { return };
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        options.set_subtree(true);
        options.set_character_data(true);
        let _ = observer.observe_with_options(&head, &options);
        callback.forget();
    }
}

/// Connects when the page has nothing else to do. Not every browser knows when that is, nor is every page ever; twice is
/// as good as once.
pub fn when_idle(widget: Widget, at_last_ms: u32) {
    let idle = widget.clone();
    let callback = Closure::once_into_js(move || idle.send(Event::Idle));
    let _ = dom::window().request_idle_callback(callback.unchecked_ref());
    let later = widget.clone();
    let at_last = Timeout::new(at_last_ms, Box::new(move || later.send(Event::Idle)));
    *widget.idle.borrow_mut() = at_last;
}
