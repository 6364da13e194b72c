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
/// Of each draft a key of its own, so that two tabs do not write over each other's.
const DRAFT: &str = "chat-widget:draft:";
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

fn drafts_of(uid: &Uid) -> String {
    format!("{DRAFT}{uid}:")
}

/// The keys of all drafts that begin so.
fn draft_keys(prefix: &str) -> Vec<String> {
    let Some(storage) = browser() else { return Vec::new() };
    let count = storage.length().unwrap_or(0);
    let keys = (0..count).filter_map(|index| storage.key(index).ok().flatten());
    keys.filter(|key| key.starts_with(prefix)).collect()
}

fn drop_draft(key: &str) {
    if let Some(storage) = browser() {
        let _ = storage.remove_item(key);
    }
}

/// What was kept for this visitor; what was kept for others is dropped. Of another's panel only whether it was open is
/// taken. A page for nobody drops nothing: somebody may be signed in all the same.
pub fn load(me: Option<&Uid>) -> Saved {
    let own = me.map(drafts_of);
    let mut drafts: Vec<(Peer, String)> = Vec::new();
    if let Some(own) = &own {
        for key in draft_keys(DRAFT) {
            if key.starts_with(own) {
                drafts.extend(get(browser(), &key));
            } else {
                drop_draft(&key);
            }
        }
    }
    match get::<Panel>(tab(), PANEL) {
        Some(panel) if panel.uid.as_ref() == me && !panel.signing_in => Saved { drafts, ..panel.saved },
        Some(panel) => {
            let open = panel.saved.open && !(me.is_none() && panel.signing_in);
            if me.is_some() {
                empty(&panel);
            }
            Saved { open, expanded: panel.saved.expanded, drafts, ..Saved::default() }
        }
        None => Saved { drafts, ..Saved::default() },
    }
}

/// Leaves of a panel what is nobody's: whether it was open, and how large.
fn empty(panel: &Panel) {
    let saved = Saved { open: panel.saved.open, expanded: panel.saved.expanded, ..Saved::default() };
    put(tab(), PANEL, &Panel { uid: None, signing_in: false, saved });
}

/// Whether anything of anybody is kept here.
pub fn holds_anything() -> bool {
    !draft_keys(DRAFT).is_empty() || get::<Panel>(tab(), PANEL).is_some_and(|panel| panel.uid.is_some())
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

pub fn save_draft(state: &State, peer: &Peer) {
    let Some(me) = state.me() else { return };
    let kind = match peer {
        Peer::User(_) => "user",
        Peer::Group(_) => "group",
    };
    let key = format!("{}{kind}:{}", drafts_of(me), peer.id());
    match state.drafts.get(peer) {
        Some(draft) => put(browser(), &key, &(peer, draft)),
        None => drop_draft(&key),
    }
}

/// Drops everything of this visitor, or of everybody, and tells the other tabs.
pub fn forget(whose: Option<&Uid>) {
    let panel = get::<Panel>(tab(), PANEL).filter(|panel| panel.uid.is_some());
    if let Some(panel) = panel.filter(|panel| whose.is_none() || panel.uid.as_ref() == whose) {
        empty(&panel);
    }
    for key in draft_keys(&whose.map_or_else(|| DRAFT.to_owned(), drafts_of)) {
        drop_draft(&key);
    }
    if let Some(storage) = browser() {
        let _ = storage.set_item(SIGNED_OUT, &super::dom::now().to_string());
    }
}
