//! What the panel shows: open or not, which screen, what stands in the composer; and what of it outlives the page.

use super::{
    Effect, Event, Handling, Mention, Millis, Pending, PendingStatus, Phase, Sheet, State, Toast, message,
    unread_line::Opening,
};
use crate::model::{
    chat::{Counterpart, Message, Peer},
    ids::{MessageId, Uid},
    json::{FromJson, Json, JsonRecord, Malformed, list, text},
};

/// What fills the panel, or its wide column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    #[default]
    List,
    NewChat,
    NewGroup,
    Conversation(Peer),
}

/// An edit in the composer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub id: MessageId,
    pub text: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panel {
    pub open: bool,
    /// Both columns side by side.
    pub expanded: bool,
    pub screen: Screen,
    pub editing: Option<Edit>,
    /// The message that the next one answers.
    pub quoting: Option<MessageId>,
    /// Somebody is being looked for who is to be mentioned.
    pub mention: Option<Mention>,
    /// What lies over the conversation.
    pub sheet: Option<Sheet>,
    pub toast: Option<Toast>,
    /// What goes to whom under which muid, until the cloud has it.
    pub(super) forwarding: Option<(MessageId, Peer, String)>,
    /// A message that is to be shown once there is a login: where it stands, the cloud knows.
    pub linked: Option<MessageId>,
    /// The page is the one that the visitor looks at.
    pub page_visible: bool,
    /// The first message that was unread when the conversation was opened.
    pub unread_at_opening: Option<MessageId>,
    pub(super) opening: Opening,
    pub handling: Handling,
}

/// What outlives the page: the panel in this tab, the drafts in this browser.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Saved {
    pub open: bool,
    pub expanded: bool,
    pub screen: Screen,
    pub outbox: Vec<(Peer, Vec<Pending>)>,
    pub drafts: Vec<(Peer, String)>,
    /// The emoji that were used last.
    pub emoji: Vec<String>,
    /// Whom the names in drafts and in what waits to be sent mean.
    pub mentioned: Vec<(String, Uid)>,
}

impl Saved {
    /// The fields, but for the drafts: each of them is kept under a key of its own.
    pub fn write(&self, record: JsonRecord) -> JsonRecord {
        let of_peer = |(peer, pending): &(Peer, Vec<Pending>)| {
            let pending: Vec<_> = pending.iter().map(Pending::to_json).collect();
            list(&[peer.to_json(), list(&pending)])
        };
        let outbox: Vec<_> = self.outbox.iter().map(of_peer).collect();
        let record = record.flag("open", self.open).flag("expanded", self.expanded).json("outbox", &list(&outbox));
        let emoji: Vec<_> = self.emoji.iter().map(|one| text(one)).collect();
        let mentioned = self.mentioned.iter().map(|(name, uid)| list(&[text(name), text(uid.as_str())]));
        let record = record.json("emoji", &list(&emoji)).json("mentioned", &list(&mentioned.collect::<Vec<_>>()));
        match &self.screen {
            Screen::List | Screen::NewGroup => record,
            Screen::NewChat => record.text("screen", "NewChat"),
            Screen::Conversation(peer) => record.json("screen", &peer.to_json()),
        }
    }
}

impl FromJson for Saved {
    fn from_json(json: &Json) -> Result<Self, Malformed> {
        let of_peer = |entry: &Json| {
            let [peer, pending] = entry.list()? else { return None };
            let pending = pending.list()?.iter().filter_map(|one| Pending::from_json(one).ok());
            Some((Peer::from_json(peer).ok()?, pending.collect()))
        };
        let screen = json.get("screen");
        Ok(Self {
            open: json.get("open").flag(),
            expanded: json.get("expanded").flag(),
            screen: match Peer::from_json(screen) {
                Ok(peer) => Screen::Conversation(peer),
                Err(_) if screen.is("NewChat") => Screen::NewChat,
                Err(_) => Screen::List,
            },
            outbox: json.get("outbox").list().unwrap_or_default().iter().filter_map(of_peer).collect(),
            drafts: Vec::new(),
            mentioned: json.get("mentioned").list().unwrap_or_default().iter().filter_map(named).collect(),
            emoji: json.get("emoji").list().unwrap_or_default().iter().filter_map(Json::text).collect(),
        })
    }
}

/// A name that stands for somebody.
fn named(entry: &Json) -> Option<(String, Uid)> {
    let [name, uid] = entry.list()? else { return None };
    Some((name.text()?, Uid::parse(uid.as_text()?).ok()?))
}

impl Panel {
    /// Whom the open conversation is with.
    pub fn peer(&self) -> Option<&Peer> {
        match &self.screen {
            Screen::Conversation(peer) => Some(peer),
            Screen::List | Screen::NewChat | Screen::NewGroup => None,
        }
    }
}

impl State {
    pub(super) fn panel_intent(&mut self, event: Event, now: Millis, effects: &mut Vec<Effect>) {
        match event {
            Event::Restored(saved) => self.restored(saved),
            Event::Opened => {
                self.panel.open = true;
                self.retry_connection(now, effects);
                self.conversation_shown(effects);
            }
            Event::Closed => {
                self.panel.open = false;
                self.deletion_is_final(effects);
                (self.panel.editing, self.panel.mention) = (None, None);
                self.content.viewing = None;
                self.panel.sheet = None;
                self.handling_ended();
                self.typing_ended(effects);
                self.drop_recording(effects);
                effects.push(Effect::SavePanel);
            }
            Event::Expanded(expanded) => {
                self.panel.expanded = expanded;
                effects.push(Effect::SavePanel);
            }
            Event::ScreenOpened(screen) => self.screen_opened(screen, effects),
            Event::ConversationOpened(counterpart) => {
                let peer = counterpart.peer();
                // How reachable somebody is was heard with the list, and may have changed since.
                self.conversations.counterparts.insert(peer.clone(), counterpart);
                self.screen_opened(Screen::Conversation(peer), effects);
            }
            Event::ContactWanted(uid) => effects.push(Effect::LoadPerson(uid)),
            Event::RetryConversations if self.connection.phase == Phase::Ready => self.load_conversations(1, effects),
            Event::RetryConversations => self.retry_connection(now, effects),
            Event::MoreConversationsWanted => self.more_conversations_wanted(effects),
            Event::RetryMessages => {
                if let Some(peer) = self.panel.peer().cloned() {
                    self.load_timeline(&peer, effects);
                }
            }
            Event::OlderWanted => self.older_wanted(effects),
            Event::Composed(text) => self.composed(text, now, effects),
            Event::EditStarted(id) => self.edit_started(id),
            Event::EditLast => {
                if let Some(id) = self.last_editable() {
                    self.edit_started(id);
                }
            }
            Event::EditCancelled => (self.panel.editing, self.panel.mention) = (None, None),
            _ => {}
        }
    }

    fn restored(&mut self, saved: Saved) {
        self.panel.open = saved.open;
        self.panel.expanded = saved.expanded;
        if self.viewer.is_none() {
            return;
        }
        self.panel.screen = saved.screen;
        self.emoji.recent = saved.emoji;
        for (name, uid) in saved.mentioned {
            self.mentioned.insert(name, uid);
        }
        for (peer, draft) in saved.drafts.into_iter().filter(|(_, draft)| !draft.is_empty()) {
            self.drafts.insert(peer, draft);
        }
        for (peer, mut pending) in saved.outbox {
            for one in &mut pending {
                // Whether it arrived before the page went, nobody knows; its muid makes sending again harmless.
                if one.status == PendingStatus::Sending {
                    one.status = PendingStatus::Queued;
                }
            }
            self.timeline(&peer).pending = pending;
        }
    }

    /// What is to be kept for the page's next life.
    pub fn saved(&self) -> Saved {
        Saved {
            open: self.panel.open,
            expanded: self.panel.expanded,
            screen: self.panel.screen.clone(),
            outbox: self.outbox(),
            drafts: self.drafts.iter().map(|(peer, draft)| (peer.clone(), draft.clone())).collect(),
            emoji: self.emoji.recent.clone(),
            mentioned: self.mentioned.iter().map(|(name, uid)| (name.clone(), uid.clone())).collect(),
        }
    }

    /// What waits to be sent, but for files: the page that held them is gone by then.
    fn outbox(&self) -> Vec<(Peer, Vec<Pending>)> {
        let of_peer = |(peer, timeline): (&Peer, &super::Timeline)| {
            let kept = timeline.pending.iter().filter(|pending| pending.media.is_none());
            (peer.clone(), kept.cloned().collect::<Vec<_>>())
        };
        self.timelines.iter().map(of_peer).filter(|(_, pending)| !pending.is_empty()).collect()
    }

    pub(super) fn screen_opened(&mut self, screen: Screen, effects: &mut Vec<Effect>) {
        self.panel.sheet = None;
        self.groups_left();
        if self.panel.screen != screen {
            if matches!(self.panel.screen, Screen::NewChat | Screen::NewGroup) {
                self.people.search.clear();
            }
            self.panel.editing = None;
            self.panel.quoting = None;
            self.panel.mention = None;
            self.handling_ended();
            self.typing_ended(effects);
            self.content.viewing = None;
            self.drop_recording(effects);
        }
        self.panel.screen = screen;
        match self.panel.screen {
            Screen::NewChat => self.people_opened(effects),
            Screen::NewGroup => self.form_begun(effects),
            Screen::List | Screen::Conversation(_) => {}
        }
        self.conversation_shown(effects);
    }

    /// The open conversation comes before the visitor's eyes.
    fn conversation_shown(&mut self, effects: &mut Vec<Effect>) {
        if self.panel.peer().map(Peer::conversation) == self.listing.deleting.as_ref() {
            // Whoever opens what is about to be deleted wants it.
            self.deletion_undone();
        }
        self.begin_unread_line();
        self.open_conversation_wanted(effects);
        self.catch_up_open(effects);
        self.read_open_conversation(effects);
        effects.push(Effect::SavePanel);
    }

    fn composed(&mut self, text: String, now: Millis, effects: &mut Vec<Effect>) {
        self.look_for_mention(&self.composer_text(), &text, effects);
        if self.panel.editing.is_none()
            // A typing indicator knows no threads: it would be shown where nobody writes.
            && let Some(peer) = self.panel.peer().filter(|peer| peer.parent().is_none()).cloned()
        {
            if text.trim().is_empty() {
                self.typing_ended(effects);
            } else {
                self.typed(&peer, now, effects);
            }
        }
        self.compose(text, effects);
    }

    /// The composer has another text.
    pub(super) fn compose(&mut self, text: String, effects: &mut Vec<Effect>) {
        if let Some(edit) = &mut self.panel.editing {
            edit.text = text;
            return;
        }
        let Some(peer) = self.panel.peer().cloned() else { return };
        if text.is_empty() {
            self.drafts.remove(&peer);
        } else {
            self.drafts.insert(peer.clone(), text);
        }
        effects.push(Effect::SaveDraft(peer));
    }

    /// A message that is being edited was deleted meanwhile. What the visitor has made of it is not lost.
    pub(super) fn edit_lost(&mut self, peer: &Peer, deleted: &Message, effects: &mut Vec<Effect>) {
        let Some(edit) = self.panel.editing.take_if(|edit| deleted.deleted_at.is_some() && edit.id == deleted.id)
        else {
            return;
        };
        let known = self.timelines.get(peer).and_then(|timeline| timeline.messages.get(&edit.id));
        if known.is_none_or(|known| message::text_of(known) != edit.text) && !self.drafts.contains_key(peer) {
            self.drafts.insert(peer.clone(), edit.text);
            effects.push(Effect::SaveDraft(peer.clone()));
        }
    }

    /// What stands in the composer.
    pub fn composer_text(&self) -> String {
        match (&self.panel.editing, self.panel.peer()) {
            (Some(edit), _) => edit.text.clone(),
            (None, Some(peer)) => self.drafts.get(peer).cloned().unwrap_or_default(),
            (None, None) => String::new(),
        }
    }

    fn edit_started(&mut self, id: MessageId) {
        self.panel.handling.menu = None;
        self.panel.mention = None;
        let (Some(peer), Some(me)) = (self.panel.peer(), self.me()) else { return };
        let known = self.timelines.get(peer).and_then(|timeline| timeline.messages.get(&id));
        if let Some(known) = known.filter(|known| message::is_editable(known, me)).cloned() {
            self.remember_mentions(&known.mentions);
            let text = message::readable(message::text_of(&known), &known.mentions);
            self.panel.quoting = None;
            self.panel.editing = Some(Edit { id, text });
        }
    }

    fn last_editable(&self) -> Option<MessageId> {
        let me = self.me()?;
        let timeline = self.timelines.get(self.panel.peer()?)?;
        timeline.messages.values().rev().find(|known| message::is_editable(known, me)).map(|known| known.id)
    }

    /// Whom the open conversation is with, as far as is known.
    pub fn open_counterpart(&self) -> Option<&Counterpart> {
        self.conversations.counterparts.get(self.panel.peer()?.conversation())
    }
}
