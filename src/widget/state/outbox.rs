//! What the visitor sends, edits and deletes: shown at once, kept until the cloud has it, in the order of sending.

use super::{Effect, Event, Screen, State, message, panel::Edit};
use crate::{
    model::{
        chat::{MediaKind, Message, Moderation, Peer, Problem},
        ids::MessageId,
        json::{FromJson, Json, JsonRecord, Malformed},
    },
    sdk::SdkError,
};

/// So many characters has a message at most.
const LONGEST_TEXT: usize = 5000;
/// And so many bytes: the cloud takes 10 kB of a message's data, of which the text is the most (its page on properties).
const LONGEST_BYTES: usize = 9500;

/// A message that the cloud has not accepted yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// By it the cloud stores a message once, however often it is sent.
    pub muid: String,
    pub text: String,
    /// The message that it answers.
    pub quoted: Option<MessageId>,
    /// When the visitor sent it, in unix seconds by the browser's clock.
    pub at: i64,
    pub status: PendingStatus,
    /// What kind of files it carries; they last only as long as the page lives.
    pub media: Option<MediaKind>,
    /// Why it failed, where the cloud said so.
    pub problem: Option<Problem>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PendingStatus {
    /// Waits for a connection, or for the message before it.
    Queued,
    Sending,
    /// The cloud refused it: the visitor sends it again, or discards it.
    Failed,
}

impl Pending {
    pub fn to_json(&self) -> String {
        let status = match self.status {
            PendingStatus::Queued => "Queued",
            PendingStatus::Sending => "Sending",
            PendingStatus::Failed => "Failed",
        };
        let record = JsonRecord::new().text("muid", &self.muid).text("text", &self.text);
        let record = record.number("at", self.at).text("status", status);
        match self.quoted {
            Some(quoted) => record.json("quoted", &quoted.0.to_string()),
            None => record,
        }
        .finish()
    }
}

impl FromJson for Pending {
    fn from_json(json: &Json) -> Result<Self, Malformed> {
        let status = json.get("status");
        Ok(Self {
            muid: json.required("muid")?,
            text: json.required("text")?,
            quoted: MessageId::from_json(json.get("quoted")).ok(),
            at: json.get("at").number().unwrap_or_default(),
            status: if status.is("Failed") { PendingStatus::Failed } else { PendingStatus::Queued },
            media: None,
            problem: None,
        })
    }
}

/// An edit or a deletion under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The new text; none deletes.
    pub text: Option<String>,
    pub failed: bool,
}

impl State {
    /// How many characters of the composer's text do not fit. More may be written, and is said to be too much: a field
    /// that cuts off what is pasted does so unseen.
    pub fn surplus(&self) -> usize {
        let fits = |(place, (at, _)): (usize, (usize, char))| place < LONGEST_TEXT && at < LONGEST_BYTES;
        self.composer_text().trim().char_indices().enumerate().filter(|one| !fits(*one)).count()
    }

    pub(super) fn outbox_intent(&mut self, event: Event, effects: &mut Vec<Effect>) {
        let Screen::Conversation(peer) = self.panel.screen.clone() else { return };
        match event {
            Event::Submitted { muid, at } => self.submitted(&peer, muid, at, effects),
            Event::RetrySend { muid } => {
                self.set_status(&peer, &muid, PendingStatus::Queued);
                self.retry_files(|out| out.muid.as_ref() == Some(&muid), effects);
                self.send_next(&peer, effects);
                self.newest_wanted(effects);
                effects.push(Effect::SavePanel);
            }
            Event::DiscardSend { muid } => {
                self.with_pending(&peer, |pending| pending.retain(|one| one.muid != muid));
                self.discard_files(&muid, effects);
                effects.push(Effect::SaveDraft(peer.clone()));
                self.send_next(&peer, effects);
                effects.push(Effect::SavePanel);
            }
            Event::DeleteConfirmed(id) => {
                self.panel.handling.deleting = None;
                self.change(&peer, id, None, effects);
            }
            Event::RetryChange(id) => {
                let change = self.timeline(&peer).changes.get(&id).cloned();
                if let Some(change) = change {
                    self.change(&peer, id, change.text, effects);
                }
            }
            Event::DiscardChange(id) => {
                let timeline = self.timeline(&peer);
                timeline.changes.remove(&id);
                timeline.revision = timeline.revision.wrapping_add(1);
            }
            _ => {}
        }
    }

    fn submitted(&mut self, peer: &Peer, muid: String, at: i64, effects: &mut Vec<Effect>) {
        if self.submit_recording(peer, &muid, at, effects) || self.surplus() > 0 {
            return;
        }
        // A word about the microphone is out of date by now.
        self.drop_recording(effects);
        if let Some(Edit { id, text }) = self.panel.editing.clone() {
            let text = text.trim().to_owned();
            // An edit to nothing is no deletion: that is asked for by name.
            if text.is_empty() {
                return;
            }
            (self.panel.editing, self.panel.mention) = (None, None);
            let wanted = self.with_mentions(&text);
            let unchanged =
                self.timeline(peer).messages.get(&id).is_some_and(|known| message::text_of(known) == wanted);
            if !unchanged {
                self.change(peer, id, Some(text), effects);
            }
            return;
        }
        let text = self.drafts.get(peer).map(|draft| draft.trim().to_owned()).unwrap_or_default();
        if text.is_empty() && !self.has_tray() || !self.is_tray_fine() {
            return;
        }
        self.drafts.remove(peer);
        self.panel.mention = None;
        let quoted = self.panel.quoting.take();
        let has_files = self.submit_files(peer, &text, &muid, at);
        self.with_pending(peer, |pending| {
            if !has_files {
                pending.push(Pending::new(muid.clone(), text, at, None));
            }
            if let Some(first) = pending.iter_mut().find(|pending| pending.muid == muid) {
                first.quoted = quoted;
            }
        });
        self.typing_ended(effects);
        self.send_next(peer, effects);
        // It stands at the end, whatever part is shown now.
        self.newest_wanted(effects);
        // What a page holds of files does not outlive it: until they are sent, their caption stays kept as the draft.
        effects.extend((!has_files).then(|| Effect::SaveDraft(peer.clone())));
        effects.push(Effect::SavePanel);
    }

    /// Sends the first that waits, unless one is on its way: ids then have the order of sending.
    pub(super) fn send_next(&mut self, peer: &Peer, effects: &mut Vec<Effect>) {
        if !self.connection.is_live() {
            return;
        }
        let content = &self.content;
        let Some(timeline) = self.timelines.get_mut(peer) else { return };
        if timeline.pending.iter().any(|pending| pending.status == PendingStatus::Sending) {
            return;
        }
        let is_ready = |next: &&mut Pending| next.status == PendingStatus::Queued && content.is_whole(next);
        let Some(next) = timeline.pending.iter_mut().find(is_ready) else { return };
        next.status = PendingStatus::Sending;
        let next = next.clone();
        timeline.revision = timeline.revision.wrapping_add(1);
        let text = self.with_mentions(&next.text);
        effects.push(self.content.sending(Pending { text, ..next }, peer));
    }

    /// The link is back: what waited goes out.
    pub(super) fn flush_outbox(&mut self, effects: &mut Vec<Effect>) {
        let waiting: Vec<Peer> = self
            .timelines
            .iter()
            .filter(|(_, timeline)| !timeline.pending.is_empty())
            .map(|(peer, _)| peer.clone())
            .collect();
        let is_cut_off = |problem| problem == Some(Problem::Network);
        for peer in waiting {
            self.with_pending(&peer, |pending| {
                for one in pending.iter_mut().filter(|one| is_cut_off(one.problem)) {
                    (one.status, one.problem) = (PendingStatus::Queued, None);
                }
            });
            self.send_next(&peer, effects);
        }
        self.retry_files(|out| out.muid.is_some() && is_cut_off(out.problem()), effects);
    }

    pub(super) fn sent(
        &mut self,
        peer: &Peer,
        muid: &str,
        result: Result<Message, SdkError>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(me) = self.me().cloned() else { return };
        match result {
            Ok(mut message) => {
                // The answer to this very send, whatever the cloud makes of the muid.
                message.muid = Some(muid.to_owned());
                let timeline = self.timeline(peer);
                timeline.pending.retain(|pending| pending.muid != muid);
                timeline.take(message.clone(), &me);
                if self.content.files_of(muid).next().is_some() {
                    self.files_sent(muid, &message);
                    effects.push(Effect::SaveDraft(peer.clone()));
                }
                self.list_heard(peer, &message, effects);
                if message.moderation == Moderation::Pending {
                    // The decision may have been told before this answer.
                    self.refresh_wanted(peer.clone(), message.id, effects);
                }
            }
            Err(SdkError::Offline | SdkError::TimedOut) if !self.connection.is_live() => {
                self.set_status(peer, muid, PendingStatus::Queued);
            }
            Err(error) => self.send_failed(peer, muid, error.problem()),
        }
        self.send_next(peer, effects);
        effects.push(Effect::SavePanel);
    }

    fn change(&mut self, peer: &Peer, id: MessageId, text: Option<String>, effects: &mut Vec<Effect>) {
        let Some(me) = self.me().cloned() else { return };
        let timeline = self.timeline(peer);
        if !timeline.messages.get(&id).is_some_and(|known| message::is_deletable(known, &me)) {
            return;
        }
        timeline.changes.insert(id, Change { text: text.clone(), failed: false });
        timeline.revision = timeline.revision.wrapping_add(1);
        let peer = peer.clone();
        effects.push(match text {
            Some(text) => Effect::Edit { peer, id, text: self.with_mentions(&text) },
            None => Effect::Delete { peer, id },
        });
    }

    pub(super) fn change_answered(
        &mut self,
        peer: &Peer,
        id: MessageId,
        result: Result<Message, SdkError>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(me) = self.me().cloned() else { return };
        let timeline = self.timeline(peer);
        timeline.revision = timeline.revision.wrapping_add(1);
        match result {
            Ok(message) => {
                timeline.changes.remove(&id);
                timeline.change(message.clone(), &me);
                self.list_changed(peer, &message, effects);
            }
            Err(_) => {
                if let Some(change) = timeline.changes.get_mut(&id) {
                    change.failed = true;
                }
            }
        }
    }

    fn set_status(&mut self, peer: &Peer, muid: &str, status: PendingStatus) {
        self.with_pending(peer, |pending| {
            for one in pending.iter_mut().filter(|one| one.muid == muid) {
                one.status = status;
            }
        });
    }

    pub(super) fn with_pending(&mut self, peer: &Peer, act: impl FnOnce(&mut Vec<Pending>)) {
        let timeline = self.timeline(peer);
        act(&mut timeline.pending);
        timeline.revision = timeline.revision.wrapping_add(1);
    }
}
