//! Messages with files: one for each kind of file, as the cloud has them, with the caption on the first.

use super::{ContentEffect, OutFile, State, Upload};
use crate::{
    model::{
        chat::{Content, MediaKind, Message, Peer},
        json::list,
    },
    widget::state::{Effect, Pending, PendingStatus},
};

impl Pending {
    /// Whether the cloud has all that it is made of.
    pub(in crate::widget::state) fn is_whole(&self) -> bool {
        self.files.iter().all(|file| file.upload == Upload::Done)
    }

    /// What sends it.
    pub(in crate::widget::state) fn effect(&self, peer: Peer) -> Effect {
        let Some(first) = self.files.first() else {
            return Effect::Send { peer, muid: self.muid.clone(), text: self.text.clone() };
        };
        let shape =
            |file: &OutFile| file.file.shape.as_ref().map_or_else(|| "null".to_owned(), |shape| shape.to_json());
        let shapes: Vec<String> = self.files.iter().map(shape).collect();
        let effect = ContentEffect::Send {
            peer,
            muid: self.muid.clone(),
            kind: first.kind(),
            ids: self.file_ids(),
            caption: self.text.clone(),
            shapes: list(&shapes),
        };
        effect.into()
    }

    pub(in crate::widget::state) fn file_ids(&self) -> Vec<u32> {
        self.files.iter().map(|file| file.file.id).collect()
    }
}

impl State {
    /// Puts what the tray holds into messages; whether it held anything.
    pub(in crate::widget::state) fn submit_files(&mut self, peer: &Peer, text: &str, muid: &str, at: i64) -> bool {
        let mut files = self.content.trays.remove(peer).unwrap_or_default();
        self.content.left_out = 0;
        let mut kinds: Vec<MediaKind> = Vec::new();
        for file in &files {
            if !kinds.contains(&file.kind()) {
                kinds.push(file.kind());
            }
        }
        let count = kinds.len();
        for (index, kind) in kinds.into_iter().enumerate() {
            let (of_kind, others) = files.into_iter().partition(|file: &OutFile| file.kind() == kind);
            files = others;
            let (muid, text) = if index == 0 {
                (muid.to_owned(), text.to_owned())
            } else {
                ([muid, "-", &index.to_string()].concat(), String::new())
            };
            let pending = Pending { muid, text, at, status: PendingStatus::Queued, files: of_kind, problem: None };
            self.timeline(peer).pending.push(pending);
        }
        count > 0
    }

    /// A file has come further, or failed: what waits for it goes on, or says so.
    pub(super) fn files_moved(&mut self, peer: &Peer, effects: &mut Vec<Effect>) {
        let timeline = self.timeline(peer);
        timeline.revision = timeline.revision.wrapping_add(1);
        for pending in timeline.pending.iter_mut().filter(|pending| pending.status == PendingStatus::Queued) {
            if let Some(problem) = pending.files.iter().find_map(OutFile::problem) {
                pending.status = PendingStatus::Failed;
                pending.problem = Some(problem);
            }
        }
        self.start_uploads(peer, effects);
        self.send_next(peer, effects);
    }

    /// The files of a message that is sent once more, from the beginning where they failed.
    pub(in crate::widget::state) fn retry_files(&mut self, peer: &Peer, muid: &str, effects: &mut Vec<Effect>) {
        for pending in self.timeline(peer).pending.iter_mut().filter(|pending| pending.muid == muid) {
            pending.problem = None;
            for file in pending.files.iter_mut().filter(|file| file.problem().is_some()) {
                file.upload = Upload::Waiting;
            }
        }
        self.start_uploads(peer, effects);
    }

    /// The cloud has the message: its files are shown from here for as long as the page lives.
    pub(in crate::widget::state) fn files_sent(&mut self, files: Vec<OutFile>, message: &Message) {
        if let Content::Media { attachments, .. } = &message.content {
            for (attachment, file) in attachments.iter().zip(files) {
                if let Some(url) = file.file.url {
                    self.content.own.insert(attachment.url.clone(), url);
                }
            }
        }
    }
}
