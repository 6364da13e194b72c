//! What the browser keeps: the panel in this tab, drafts in this browser, each for one visitor; and the word to the
//! other tabs that somebody signed out.

use web_sys::Storage;

use super::dom::window;

use crate::{
    model::{
        chat::Peer,
        ids::Uid,
        json::{self, FromJson, Json, JsonRecord, Malformed},
    },
    widget::state::{Saved, State},
};

const PANEL: &str = "chat-widget:panel";
/// Of each draft a key of its own, so that two tabs do not write over each other's.
const DRAFT: &str = "chat-widget:draft:";
/// Changes when somebody signs out in this browser.
pub const SIGNED_OUT: &str = "chat-widget:signed-out";

#[derive(Default)]
struct Panel {
    uid: Option<Uid>,
    /// The visitor left by the link to sign in.
    signing_in: bool,
    saved: Saved,
}

impl Panel {
    fn to_json(&self) -> String {
        let record = self.saved.write(JsonRecord::new().flag("signing_in", self.signing_in));
        match &self.uid {
            Some(uid) => record.text("uid", uid.as_str()),
            None => record,
        }
        .finish()
    }
}

impl FromJson for Panel {
    fn from_json(json: &Json) -> Result<Self, Malformed> {
        Ok(Self {
            uid: json.optional("uid")?,
            signing_in: json.get("signing_in").flag(),
            saved: Saved::from_json(json)?,
        })
    }
}

fn tab() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

fn browser() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn put(storage: Option<Storage>, key: &str, value: &str) {
    if let Some(storage) = storage {
        // A full or forbidden storage costs the convenience, nothing else.
        let _ = storage.set_item(key, value);
    }
}

fn get(storage: Option<Storage>, key: &str) -> Option<Json> {
    Json::parse(&storage?.get_item(key).ok().flatten()?)
}

fn kept_panel() -> Option<Panel> {
    Panel::from_json(&get(tab(), PANEL)?).ok()
}

fn kept_draft(key: &str) -> Option<(Peer, String)> {
    let json = get(browser(), key)?;
    let [peer, text] = json.list()? else { return None };
    Some((Peer::from_json(peer).ok()?, text.text()?))
}

fn drafts_of(uid: &Uid) -> String {
    [DRAFT, uid.as_str(), ":"].concat()
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
                drafts.extend(kept_draft(&key));
            } else {
                drop_draft(&key);
            }
        }
    }
    match kept_panel() {
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
    put(tab(), PANEL, &Panel { uid: None, signing_in: false, saved }.to_json());
}

/// Whether anything of anybody is kept here.
pub fn holds_anything() -> bool {
    !draft_keys(DRAFT).is_empty() || kept_panel().is_some_and(|panel| panel.uid.is_some())
}

pub fn save_panel(state: &State) {
    let saved = Saved { drafts: Vec::new(), ..state.saved() };
    put(tab(), PANEL, &Panel { uid: state.me().cloned(), signing_in: false, saved }.to_json());
}

/// Keeps that the panel is open behind the page to sign in: the forms' own pages do not show it.
pub fn leave_to_sign_in(state: &State) {
    let saved = Saved { open: true, expanded: state.panel.expanded, ..Saved::default() };
    put(tab(), PANEL, &Panel { uid: None, signing_in: true, saved }.to_json());
}

pub fn save_draft(state: &State, peer: &Peer) {
    let Some(me) = state.me() else { return };
    let key = [drafts_of(me), peer.key()].concat();
    match state.drafts.get(peer) {
        Some(draft) => put(browser(), &key, &json::list(&[peer.to_json(), json::text(draft)])),
        None => drop_draft(&key),
    }
}

/// Drops everything of this visitor, or of everybody, and tells the other tabs.
pub fn forget(whose: Option<&Uid>) {
    let panel = kept_panel().filter(|panel| panel.uid.is_some());
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
