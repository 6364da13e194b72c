//! What the browser keeps: the panel in this tab, drafts in this browser, each for one visitor; and the word to the
//! other tabs that somebody signed out.

use leptos::prelude::window;
use serde::{Deserialize, Serialize};
use web_sys::Storage;

use crate::{
    model::{chat::Peer, ids::Uid},
    widget::state::{Saved, State},
};

const PANEL: &str = "chat-widget:panel";
const DRAFTS: &str = "chat-widget:drafts:";
/// Changes when somebody signs out in this browser.
pub const SIGNED_OUT: &str = "chat-widget:signed-out";

#[derive(Serialize, Deserialize)]
struct Panel {
    uid: Option<Uid>,
    /// The visitor left by the link to sign in.
    #[serde(default)]
    signing_in: bool,
    #[serde(flatten)]
    saved: Saved,
}

fn tab() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

fn browser() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn put(storage: Option<Storage>, key: &str, value: &impl Serialize) {
    if let (Some(storage), Ok(value)) = (storage, serde_json::to_string(value)) {
        // A full or forbidden storage costs the convenience, nothing else.
        let _ = storage.set_item(key, &value);
    }
}

fn get<T: for<'de> Deserialize<'de>>(storage: Option<Storage>, key: &str) -> Option<T> {
    serde_json::from_str(&storage?.get_item(key).ok().flatten()?).ok()
}

fn drafts_key(uid: &Uid) -> String {
    format!("{DRAFTS}{uid}")
}

/// What was kept for this visitor; what was kept for others is dropped. Of another's panel only whether it was open is
/// taken.
pub fn load(me: Option<&Uid>) -> Saved {
    let own = me.map(drafts_key);
    drop_drafts(own.as_deref());
    let drafts: Vec<(Peer, String)> = own.and_then(|key| get(browser(), &key)).unwrap_or_default();
    match get::<Panel>(tab(), PANEL) {
        Some(panel) if panel.uid.as_ref() == me && !panel.signing_in => Saved { drafts, ..panel.saved },
        Some(panel) => {
            let open = panel.saved.open && !(me.is_none() && panel.signing_in);
            Saved { open, expanded: panel.saved.expanded, drafts, ..Saved::default() }
        }
        None => Saved { drafts, ..Saved::default() },
    }
}

pub fn save_panel(state: &State) {
    let saved = Saved { drafts: Vec::new(), ..state.saved() };
    put(tab(), PANEL, &Panel { uid: state.me().cloned(), signing_in: false, saved });
}

/// Keeps that the panel is open behind the page to sign in: the forms' own pages do not show it.
pub fn leave_to_sign_in(state: &State) {
    let saved = Saved { open: true, expanded: state.panel.expanded, ..Saved::default() };
    put(tab(), PANEL, &Panel { uid: None, signing_in: true, saved });
}

pub fn save_drafts(state: &State) {
    let Some(me) = state.me() else { return };
    let drafts = state.saved().drafts;
    if drafts.is_empty() {
        if let Some(storage) = browser() {
            let _ = storage.remove_item(&drafts_key(me));
        }
    } else {
        put(browser(), &drafts_key(me), &drafts);
    }
}

/// Drops everything of every visitor, and tells the other tabs.
pub fn forget() {
    if let Some(panel) = get::<Panel>(tab(), PANEL).filter(|panel| panel.uid.is_some()) {
        let saved = Saved { open: panel.saved.open, expanded: panel.saved.expanded, ..Saved::default() };
        put(tab(), PANEL, &Panel { uid: None, signing_in: false, saved });
    }
    drop_drafts(None);
    if let Some(storage) = browser() {
        let _ = storage.set_item(SIGNED_OUT, &super::dom::now().to_string());
    }
}

fn drop_drafts(but: Option<&str>) {
    let Some(storage) = browser() else { return };
    let count = storage.length().unwrap_or(0);
    let keys: Vec<String> = (0..count).filter_map(|index| storage.key(index).ok().flatten()).collect();
    for key in keys.iter().filter(|key| key.starts_with(DRAFTS) && Some(key.as_str()) != but) {
        let _ = storage.remove_item(key);
    }
}
