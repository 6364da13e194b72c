//! Files on their way into messages. They are uploaded as soon as they are chosen, wait above the composer, and go out
//! with the next message: one for each kind of file, as the cloud has them, with the caption on the first.

use super::{ContentState, State};
use crate::{
    model::chat::{Content, FileStep, LocalFile, MediaKind, Message, Peer, Problem},
    sdk::FileRequest,
    widget::state::{Effect, Pending, PendingStatus},
};

/// How far a file has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upload {
    /// In percent.
    Running(u8),
    Done,
    Failed(Problem),
}

/// A file that is on its way into a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutFile {
    pub file: LocalFile,
    pub peer: Peer,
    /// The message that it went into; none while it waits above the composer.
    pub muid: Option<String>,
    pub upload: Upload,
    /// Of a file that is too large or one too many: what is allowed, in bytes or files.
    pub limit: u64,
}

impl OutFile {
    pub(super) fn new(file: LocalFile, peer: Peer, muid: Option<String>) -> Self {
        Self { file, peer, muid, upload: Upload::Running(0), limit: 0 }
    }

    pub fn problem(&self) -> Option<Problem> {
        match self.upload {
            Upload::Failed(problem) => Some(problem),
            _ => None,
        }
    }

    /// Whether the same may go well a second time.
    pub fn may_be_retried(&self) -> bool {
        let hopeless = [Problem::TooLarge, Problem::TooManyFiles, Problem::Plan];
        self.problem().is_some_and(|problem| !hopeless.contains(&problem))
    }

    fn follow(&mut self, step: FileStep) {
        match step {
            FileStep::Measured(shape) => self.file.shape = Some(shape),
            // What is told of an upload that was given up.
            _ if !matches!(self.upload, Upload::Running(_)) => {}
            FileStep::Uploading(percent) => self.upload = Upload::Running(percent),
            FileStep::Uploaded => self.upload = Upload::Done,
            FileStep::Failed { code, limit } => {
                self.limit = limit;
                self.upload = Upload::Failed(Problem::of_code(&code).unwrap_or(Problem::Network));
            }
        }
    }
}

impl ContentState {
    /// The files of a message that is not sent yet.
    pub fn files_of<'a>(&'a self, muid: &'a str) -> impl Iterator<Item = &'a OutFile> {
        self.files.iter().filter(move |out| out.muid.as_deref() == Some(muid))
    }

    /// Whether the cloud has all that the message is made of.
    pub(in crate::widget::state) fn is_whole(&self, pending: &Pending) -> bool {
        self.files_of(&pending.muid).all(|out| out.upload == Upload::Done)
    }

    /// What sends the message.
    pub(in crate::widget::state) fn sending(&self, pending: Pending, peer: &Peer) -> Effect {
        let ids = self.files_of(&pending.muid).map(|out| out.file.id).collect();
        let Pending { muid, text, quoted, media, .. } = pending;
        let peer = peer.clone();
        match media {
            Some(kind) => FileRequest::Send { peer, muid, kind, ids, caption: text, quoted }.into(),
            None => Effect::Send { peer, muid, text, quoted },
        }
    }
}

impl State {
    /// What waits above the composer of the open conversation.
    pub fn tray(&self) -> impl Iterator<Item = &OutFile> {
        let peer = self.panel.peer();
        self.content.files.iter().filter(move |out| out.muid.is_none() && Some(&out.peer) == peer)
    }

    pub fn has_tray(&self) -> bool {
        self.tray().next().is_some()
    }

    /// Whether a press on send would send what waits: nothing of it has a problem.
    pub fn is_tray_fine(&self) -> bool {
        self.tray().all(|out| out.problem().is_none())
    }

    pub(super) fn files_taken(&mut self, files: Vec<LocalFile>, effects: &mut Vec<Effect>) {
        self.content.dropping = false;
        let ids = files.iter().map(|file| file.id).collect();
        let may_write = |peer: &&Peer| self.loss(peer).is_none() && !self.is_blocked(peer);
        let Some(peer) = self.panel.peer().filter(may_write).cloned() else {
            effects.push(FileRequest::Drop(ids).into());
            return;
        };
        let fresh = !self.has_tray();
        for file in files {
            self.content.files.push(OutFile::new(file, peer.clone(), None));
        }
        effects.push(FileRequest::Upload { peer, ids, fresh }.into());
    }

    pub(super) fn file_removed(&mut self, id: u32, effects: &mut Vec<Effect>) {
        self.content.files.retain(|out| out.file.id != id);
        effects.push(FileRequest::Drop(vec![id]).into());
    }

    /// Begins again what failed and is wanted.
    pub(in crate::widget::state) fn retry_files(
        &mut self,
        which: impl Fn(&OutFile) -> bool,
        effects: &mut Vec<Effect>,
    ) {
        for out in self.content.files.iter_mut().filter(|out| out.problem().is_some() && which(out)) {
            out.upload = Upload::Running(0);
            let (peer, ids) = (out.peer.clone(), vec![out.file.id]);
            effects.push(FileRequest::Upload { peer, ids, fresh: false }.into());
        }
    }

    pub(in crate::widget::state) fn file_told(&mut self, id: u32, step: FileStep, effects: &mut Vec<Effect>) {
        let Some(out) = self.content.files.iter_mut().find(|out| out.file.id == id) else { return };
        out.follow(step);
        let (peer, problem, muid) = (out.peer.clone(), out.problem(), out.muid.clone());
        if let (Some(problem), Some(muid)) = (problem, muid) {
            self.send_failed(&peer, &muid, Some(problem));
        }
        self.send_next(&peer, effects);
    }

    /// Puts what waits above the composer into messages; whether there was anything.
    pub(in crate::widget::state) fn submit_files(&mut self, peer: &Peer, text: &str, muid: &str, at: i64) -> bool {
        let mut made: Vec<Pending> = Vec::new();
        for out in self.content.files.iter_mut().filter(|out| out.muid.is_none() && out.peer == *peer) {
            let kind = Some(out.file.kind);
            let known = made.iter().find(|pending| pending.media == kind).map(|pending| pending.muid.clone());
            out.muid = known.or_else(|| {
                let (muid, text) = match made.len() {
                    0 => (muid.to_owned(), text.to_owned()),
                    number => ([muid, "-", &number.to_string()].concat(), String::new()),
                };
                made.push(Pending::new(muid.clone(), text, at, kind));
                Some(muid)
            });
        }
        let has_files = !made.is_empty();
        self.timeline(peer).pending.extend(made);
        has_files
    }

    /// The message is discarded: so are its files.
    pub(in crate::widget::state) fn discard_files(&mut self, muid: &str, effects: &mut Vec<Effect>) {
        let ids: Vec<u32> = self.content.files_of(muid).map(|out| out.file.id).collect();
        if !ids.is_empty() {
            self.content.files.retain(|out| out.muid.as_deref() != Some(muid));
            effects.push(FileRequest::Drop(ids).into());
        }
    }

    /// The cloud has the message: its files are shown from here for as long as the page lives.
    pub(in crate::widget::state) fn files_sent(&mut self, muid: &str, message: &Message) {
        let content = &mut self.content;
        let mut urls = Vec::new();
        content.files.retain_mut(|out| {
            let is_sent = out.muid.as_deref() == Some(muid);
            if is_sent {
                urls.push(out.file.url.take());
            }
            !is_sent
        });
        if let Content::Media { attachments, .. } = &message.content {
            for (attachment, url) in attachments.iter().zip(urls) {
                content.own.extend(url.map(|url| (attachment.url.clone(), url)));
            }
        }
    }

    /// Nothing more is told of what was under way with these.
    pub(in crate::widget::state) fn uploads_interrupted(&mut self, which: impl Fn(&OutFile) -> bool) {
        let mut lost = Vec::new();
        let is_meant = |out: &&mut OutFile| matches!(out.upload, Upload::Running(_)) && which(out);
        for out in self.content.files.iter_mut().filter(is_meant) {
            out.upload = Upload::Failed(Problem::Network);
            lost.extend(out.muid.clone().map(|muid| (out.peer.clone(), muid)));
        }
        for (peer, muid) in lost {
            self.send_failed(&peer, &muid, Some(Problem::Network));
        }
    }

    /// The message did not get out.
    pub(in crate::widget::state) fn send_failed(&mut self, peer: &Peer, muid: &str, problem: Option<Problem>) {
        let timeline = self.timeline(peer);
        timeline.revision = timeline.revision.wrapping_add(1);
        for pending in timeline.pending.iter_mut().filter(|pending| pending.muid == muid) {
            pending.status = PendingStatus::Failed;
            pending.problem = problem;
        }
    }
}

impl Pending {
    pub(in crate::widget::state) fn new(muid: String, text: String, at: i64, media: Option<MediaKind>) -> Self {
        Self { muid, text, quoted: None, at, status: PendingStatus::Queued, media, problem: None }
    }
}
