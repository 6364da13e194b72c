//! The widget in a page: events go into the state, effects come out and are carried out, and what is seen follows. All
//! that touches the browser stands here; what it means stands in `state` and `view`.

mod carry_out;
mod cloud;
mod content;
mod dom;
mod emoji;
mod events;
mod focus;
mod intl;
mod keys;
mod messages;
mod mount;
mod page;
mod patch;
mod press;
mod reading;
mod sight;
mod storage;

use std::{
    cell::{Cell, RefCell},
    ops::Deref,
    rc::Rc,
};

use litemap::LiteMap;
use web_sys::HtmlElement;

use self::{dom::Timeout, focus::Shown, patch::Tree, reading::Reading};
use super::{
    state::{Effect, Event, Failure, Phase, Screen, State, Timer},
    view::{self, Announcer, Hosts, Room, Scene},
};
use crate::{
    i18n::{Language, WidgetTexts},
    model::{
        json::{FromJson, Json},
        return_path::sign_in_url,
        settings::WidgetSettings,
        viewer::Viewer,
    },
    sdk::{ChatClient, Listener},
};

/// No room beside the page: the panel is the screen. The style sheet asks the same question.
const FULL_SCREEN: &str = "(width < 640px), (height <= 480px)";
/// Room for the list and a conversation side by side.
const ROOM_FOR_TWO: &str = "(width >= 760px) and (height > 480px)";
/// A page that is never idle connects after this time.
const IDLE_AT_LAST_MS: u32 = 3000;

/// A handle of the page's widget, for as long as the page lives.
#[derive(Clone)]
pub struct Widget(Rc<Inner>);

/// What the handle is of. Nothing is borrowed while code of others runs.
pub struct Inner {
    host: HtmlElement,
    /// The outermost element within the shadow root.
    container: HtmlElement,
    language: Language,
    texts: &'static WidgetTexts,
    settings: WidgetSettings,
    state: RefCell<State>,
    tree: RefCell<Tree>,
    announcer: RefCell<Announcer>,
    /// The widget's own, so that a second one in the page takes nothing from the first: they share the SDK's login.
    client: RefCell<Option<(ChatClient, Listener)>>,
    timers: RefCell<LiteMap<Timer, Timeout>>,
    shown: RefCell<Shown>,
    reading: Reading,
    press: RefCell<Option<Timeout>>,
    /// Connects when the page is never idle.
    idle: RefCell<Option<Timeout>>,
    /// Shows again what goes by by itself, a time or a countdown: after so many milliseconds.
    tick: RefCell<Option<(u32, Timeout)>>,
    /// The panel is being brought back after a reload: nobody asked for the focus.
    restoring: Cell<bool>,
    /// By which login, and for which screen, the owner's contact was asked for.
    contact_asked: RefCell<Option<(u32, Screen)>>,
    is_show_due: Cell<bool>,
    is_showing: Cell<bool>,
}

impl Deref for Widget {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Widget {
    /// Takes over the host that the server sent; none where there is none, or where another has taken it.
    pub fn start() -> Option<Self> {
        let host = dom::first(&dom::document().document_element()?, ".chat-widget:not([data-started])")?;
        let told = Told::read(&host)?;
        let mounted = mount::take_over(&host, &told.settings)?;
        let widget = Self(Rc::new(Inner {
            tree: RefCell::new(Tree::new(mounted.container.clone().into())),
            container: mounted.container,
            host,
            language: told.language,
            texts: told.language.widget(),
            settings: told.settings,
            state: RefCell::default(),
            announcer: RefCell::default(),
            client: RefCell::default(),
            timers: RefCell::default(),
            shown: RefCell::default(),
            reading: Reading::default(),
            press: RefCell::default(),
            idle: RefCell::default(),
            tick: RefCell::default(),
            restoring: Cell::new(false),
            contact_asked: RefCell::default(),
            is_show_due: Cell::new(false),
            is_showing: Cell::new(false),
        }));
        // The panel of before must not be restored for another viewer.
        widget.send(Event::ViewerChanged(told.viewer));
        widget.hear_page();
        widget.hear_elements();
        widget.keep_in_sight();
        widget.restore(mounted.was_pressed);
        widget.show();
        mount::give_way(&widget.container, mounted.declared);
        Some(widget)
    }

    /// The page became another without a new document: whoever is signed in may have another name now.
    pub fn page_changed(&self) {
        if let Some(told) = Told::read(&self.host) {
            self.send(Event::ViewerChanged(told.viewer));
        }
    }

    /// Brings back what the tab showed before the page was loaded; `pressed`: the launcher was pressed meanwhile.
    fn restore(&self, pressed: bool) {
        let saved = storage::load(self.state.borrow().me());
        let linked = page::linked();
        let open = saved.open || pressed || linked.is_some();
        self.restoring.set(open && !pressed);
        self.send(Event::Restored(saved));
        if let Some(id) = linked {
            self.send(Event::Linked(id));
        }
        if open {
            self.send(Event::Opened);
        } else {
            page::when_idle(self.clone(), IDLE_AT_LAST_MS);
        }
    }

    /// Hands one event to the reducer, and carries out what it asks for.
    fn send(&self, event: Event) {
        let effects = self.state.borrow_mut().update(event, dom::now());
        for effect in effects {
            self.carry_out(effect);
        }
        self.show_soon();
    }

    /// Sends what stands in the composer, or saves the edit.
    fn submit(&self) {
        self.send(Event::Submitted { muid: dom::fresh_id(), at: dom::now() / 1000 });
    }

    fn carry_out(&self, effect: Effect) {
        match effect {
            Effect::SavePanel => storage::save_panel(&self.state.borrow()),
            Effect::SaveDraft(peer) => storage::save_draft(&self.state.borrow(), &peer),
            Effect::LoadEmoji => self.load_emoji(),
            Effect::Schedule { timer, after_ms } => self.schedule(timer, after_ms),
            effect => self.carry_out_online(effect),
        }
    }

    /// Shows what is, once everything that happens now has happened.
    fn show_soon(&self) {
        if !self.is_show_due.replace(true) {
            let widget = self.clone();
            wasm_bindgen_futures::spawn_local(async move {
                if widget.is_show_due.get() {
                    widget.show();
                }
            });
        }
    }

    /// Shows what is, now.
    fn show(&self) {
        // Changing the page fires events; what they change is shown next.
        if self.is_showing.replace(true) {
            return;
        }
        self.is_show_due.set(false);
        let wanted = self.draw();
        self.after_shown();
        self.is_showing.set(false);
        let place = wanted.as_ref().map(|_| {
            let state = self.state.borrow();
            (state.generation, state.panel.screen.clone())
        });
        // Once in each place where it is shown: the answer before may have been a failure.
        if self.contact_asked.replace(place.clone()) != place
            && let Some(uid) = wanted
        {
            self.send(Event::ContactWanted(uid));
        }
    }

    /// Makes the page like the state; the answer is whom it would like to offer, too.
    fn draw(&self) -> Option<crate::model::ids::Uid> {
        let state = self.state.borrow();
        let mut announcer = self.announcer.borrow_mut();
        if state.panel.open && state.viewer.is_some() {
            announcer.follow(&state, self.texts);
        } else {
            announcer.forget();
        }
        let (times, room) = (intl::times(self.language), room());
        let here = dom::window().location();
        let origin = here.origin().unwrap_or_default();
        let here = [here.pathname().unwrap_or_default(), here.search().unwrap_or_default()].concat();
        let scene = Scene {
            state: &state,
            texts: self.texts,
            times: &times,
            room,
            announcer: &announcer,
            hosts: Hosts { cloud: &self.settings.cloud, origin: &origin },
            contact: self.settings.contact.as_ref(),
            sign_in_url: &sign_in_url(&here),
        };
        self.tree.borrow_mut().show(view::widget(&scene), &dom::document());
        scene.wanted_contact().cloned()
    }

    /// What follows from what was shown: the focus, the reader's place, the height of the field, the next look at the
    /// clock.
    fn after_shown(&self) {
        self.keep_title();
        self.move_focus();
        self.restoring.set(false);
        self.follow_timeline();
        self.fit_field();
        self.tick();
    }

    /// Waits for the next look at the clock, unless that is awaited already.
    fn tick(&self) {
        let after_ms = self.tick_after();
        if self.tick.borrow().as_ref().map(|(awaited, _)| *awaited) == after_ms {
            return;
        }
        let widget = self.clone();
        let look = Box::new(move || {
            widget.tick.borrow_mut().take();
            widget.show_soon();
        });
        let tick = after_ms.and_then(|after_ms| Some((after_ms, Timeout::new(after_ms, look)?)));
        *self.tick.borrow_mut() = tick;
    }

    /// When what is shown is out of date by itself, in milliseconds.
    fn tick_after(&self) -> Option<u32> {
        let state = self.state.borrow();
        let now = dom::now();
        let is_counting = matches!(
            state.connection.phase,
            Phase::Failed(Failure::RateLimited { until } | Failure::Unavailable { until }) if until > now
        );
        state.panel.open.then_some(if is_counting { 1000 } else { 60_000 })
    }
}

fn room() -> Room {
    Room {
        full_screen: dom::media(FULL_SCREEN),
        for_two: dom::media(ROOM_FOR_TWO),
        is_touch: dom::media("(pointer: coarse)"),
    }
}

/// What the server's HTML tells the widget.
struct Told {
    language: Language,
    settings: WidgetSettings,
    viewer: Option<Viewer>,
}

impl Told {
    fn read(host: &HtmlElement) -> Option<Self> {
        let json = Json::parse(&host.get_attribute("data-widget")?)?;
        Some(Self {
            language: json.get("language").as_text().and_then(Language::parse).unwrap_or_default(),
            settings: WidgetSettings::from_json(json.get("settings")).ok()?,
            viewer: json.optional("viewer").ok()?,
        })
    }
}
