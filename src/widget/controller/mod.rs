//! Connects the reducer with the world: events go into the state, effects come out and are carried out.

mod carry_out;
mod page;
mod storage;

use std::{collections::BTreeMap, time::Duration};

use leptos::{
    leptos_dom::helpers::{TimeoutHandle, request_idle_callback_with_handle},
    prelude::{Effect as Watch, *},
};

pub use self::page::counted;
use super::{
    dom,
    state::{Effect, Event, Screen, State, Timer},
};
use crate::{
    i18n::{Language, WidgetTexts},
    model::{chat::Counterpart, settings::WidgetSettings, viewer::Viewer},
    sdk::{ChatClient, Listener},
};

/// A page that is never idle connects after this time.
const IDLE_AT_LAST: Duration = Duration::from_secs(3);

/// The widget's handle: what components read, and where they send what the visitor does.
#[derive(Clone, Copy)]
pub struct Chat {
    pub state: RwSignal<State>,
    pub language: Language,
    pub texts: &'static WidgetTexts,
    pub settings: StoredValue<WidgetSettings>,
    pub sign_in_url: Signal<String>,
    /// The panel is being brought back after a reload: nobody asked for the focus.
    restoring: StoredValue<bool>,
    /// The widget's own, so that a second one in the page takes nothing from the first: they share the SDK's login.
    client: StoredValue<Option<(ChatClient, Listener)>>,
    timers: StoredValue<BTreeMap<Timer, TimeoutHandle>>,
}

/// The handle, in every component of the widget.
#[expect(clippy::expect_used, reason = "the widget's root provides it before anything is mounted")]
pub fn use_chat() -> Chat {
    use_context::<Chat>().expect("the widget's handle")
}

/// What a memo reads.
type Read<T> = Box<dyn Fn(&State) -> T + Send + Sync>;

/// The code of a memo is there once for each type of value, not for each that reads one.
fn memo_of<T: PartialEq + Send + Sync + 'static>(state: RwSignal<State>, read: Read<T>) -> Memo<T> {
    Memo::new(move |_| state.with(&read))
}

impl Chat {
    /// Starts the widget in the browser.
    pub fn start(
        settings: WidgetSettings,
        viewer: Signal<Option<Viewer>>,
        sign_in_url: Signal<String>,
        language: Language,
    ) -> Self {
        let chat = Self {
            state: RwSignal::new(State::default()),
            language,
            texts: language.widget(),
            settings: StoredValue::new(settings),
            sign_in_url,
            restoring: StoredValue::new(false),
            client: StoredValue::new(None),
            timers: StoredValue::default(),
        };
        // Not in an effect: the panel of before must not be restored for another viewer.
        chat.send(Event::ViewerChanged(viewer.get_untracked()));
        Watch::new(move |_| chat.send(Event::ViewerChanged(viewer.get())));
        chat.watch_page();
        chat
    }

    /// Brings back what the tab showed before the page was loaded; `pressed`: the launcher was pressed meanwhile.
    pub fn restore(self, pressed: bool) {
        let saved = self.state.with_untracked(|state| storage::load(state.me()));
        let open = saved.open || pressed;
        self.restoring.set_value(open && !pressed);
        set_timeout(move || self.restoring.set_value(false), Duration::ZERO);
        self.send(Event::Restored(saved));
        if open {
            self.send(Event::Opened);
        } else {
            // Not every browser knows when it is idle, nor is every page ever; twice is as good as once.
            let connect = move || self.send(Event::Idle);
            let _ = request_idle_callback_with_handle(connect);
            set_timeout(connect, IDLE_AT_LAST);
        }
    }

    /// Hands one event to the reducer, and carries out what it asks for.
    pub fn send(self, event: Event) {
        let now = dom::now();
        let Some(effects) = self.state.try_update(|state| state.update(event, now)) else { return };
        for effect in effects {
            self.carry_out(effect);
        }
    }

    /// A value of the state that views follow.
    pub fn memo<T: PartialEq + Send + Sync + 'static>(
        self,
        read: impl Fn(&State) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        memo_of(self.state, Box::new(read))
    }

    pub fn open_screen(self, screen: Screen) {
        self.send(Event::ScreenOpened(screen));
    }

    pub fn open_conversation(self, with: Counterpart) {
        self.send(Event::ConversationOpened(with));
    }

    /// Sends what stands in the composer, or saves the edit.
    pub fn submit(self) {
        self.send(Event::Submitted { muid: dom::fresh_id(), at: dom::now() / 1000 });
    }

    /// Whether what is shown now was asked for by hand.
    pub fn is_at_rest(self) -> bool {
        !self.restoring.get_value()
    }

    /// The visitor goes to sign in: the panel is not to cover the form, and is open again behind it.
    pub fn leave_to_sign_in(self) {
        self.state.with_untracked(storage::leave_to_sign_in);
    }

    fn carry_out(self, effect: Effect) {
        match effect {
            Effect::SavePanel => self.state.with_untracked(storage::save_panel),
            Effect::SaveDraft(peer) => self.state.with_untracked(|state| storage::save_draft(state, &peer)),
            Effect::Schedule { timer, after_ms } => self.schedule(timer, after_ms),
            effect => self.carry_out_online(effect),
        }
    }
}
