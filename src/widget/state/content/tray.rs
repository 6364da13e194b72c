//! The tray above the composer: files are uploaded as soon as they are chosen, and sent with the next message.

use super::{ContentEffect, State};
use crate::model::chat::{FileStep, Limits, LocalFile, MediaKind, Peer, Problem};
use crate::widget::state::Effect;

/// How far a file has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upload {
    /// For the limits, or for a connection.
    Waiting,
    /// In percent.
    Running(u8),
    Done,
    /// The same may go well a second time.
    Failed(Problem),
    /// It will not.
    Refused(Problem),
}

/// A file that is on its way into a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutFile {
    pub file: LocalFile,
    pub upload: Upload,
}

impl OutFile {
    pub fn kind(&self) -> MediaKind {
        self.file.kind()
    }

    pub fn problem(&self) -> Option<Problem> {
        match self.upload {
            Upload::Failed(problem) | Upload::Refused(problem) => Some(problem),
            _ => None,
        }
    }

    pub(super) fn follow(&mut self, step: FileStep, is_live: bool) {
        match (step, self.upload) {
            (FileStep::Measured(shape), _) => {
                let voice = self.file.shape.as_ref().is_some_and(|shape| shape.voice);
                let seconds = self.file.shape.as_ref().map_or(0, |shape| shape.seconds);
                self.file.shape =
                    Some(crate::model::chat::Shape { voice, seconds: shape.seconds.max(seconds), ..shape });
            }
            (FileStep::Uploading(percent), Upload::Running(_)) => self.upload = Upload::Running(percent.min(100)),
            (FileStep::Uploaded, Upload::Running(_)) => self.upload = Upload::Done,
            (FileStep::Failed(code), Upload::Running(_)) => {
                self.upload = match Problem::of_code(&code) {
                    Some(Problem::Network) | None if !is_live => Upload::Waiting,
                    Some(problem @ (Problem::TooLarge | Problem::TooManyFiles | Problem::Plan)) => {
                        Upload::Refused(problem)
                    }
                    problem => Upload::Failed(problem.unwrap_or(Problem::Network)),
                };
            }
            _ => {}
        }
    }

    /// What the limits say of it, before a byte is sent.
    fn judge(&mut self, limits: &Limits) {
        if self.upload == Upload::Waiting {
            if self.file.size > limits.size {
                self.upload = Upload::Refused(Problem::TooLarge);
            } else if self.file.size == 0 {
                self.upload = Upload::Refused(Problem::Empty);
            }
        }
    }
}

impl State {
    /// What waits in the open conversation.
    pub fn tray(&self) -> &[OutFile] {
        let tray = self.panel.peer().and_then(|peer| self.content.trays.get(peer));
        tray.map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a press on send would send these: none has a problem of its own.
    pub fn is_tray_fine(&self) -> bool {
        self.tray().iter().all(|file| file.problem().is_none())
    }

    pub(super) fn files_taken(&mut self, files: Vec<LocalFile>, effects: &mut Vec<Effect>) {
        self.content.dropping = false;
        let ids: Vec<u32> = files.iter().map(|file| file.id).collect();
        let peer = self.panel.peer().cloned().filter(|_| self.panel.editing.is_none() && self.me().is_some());
        let Some(peer) = peer else {
            effects.push(ContentEffect::Drop(ids).into());
            return;
        };
        let most = self.content.limits.unwrap_or_default().files as usize;
        let tray = self.content.trays.entry(peer.clone()).or_default();
        let free = most.saturating_sub(tray.len());
        self.content.left_out = u32::try_from(files.len().saturating_sub(free)).unwrap_or(u32::MAX);
        tray.extend(files.into_iter().take(free).map(|file| OutFile { file, upload: Upload::Waiting }));
        if ids.len() > free {
            effects.push(ContentEffect::Drop(ids[free..].to_vec()).into());
        }
        if self.content.limits.is_none() {
            effects.push(ContentEffect::LoadLimits.into());
        }
        self.start_uploads(&peer, effects);
    }

    pub(super) fn limits_known(&mut self, limits: Limits, effects: &mut Vec<Effect>) {
        self.content.limits = Some(limits);
        let mut surplus = Vec::new();
        for (_, tray) in self.content.trays.iter_mut() {
            let most = (limits.files as usize).min(tray.len());
            surplus.extend(tray.drain(most..).map(|file| file.file.id));
        }
        if !surplus.is_empty() {
            self.content.left_out += u32::try_from(surplus.len()).unwrap_or(u32::MAX);
            effects.push(ContentEffect::Drop(surplus).into());
        }
        self.start_all_uploads(effects);
    }

    /// Whatever waits, where there is a connection again.
    pub(in crate::widget::state) fn start_all_uploads(&mut self, effects: &mut Vec<Effect>) {
        let of_timelines = self.timelines.iter().filter(|(_, timeline)| !timeline.pending.is_empty());
        let peers: Vec<Peer> = self.content.trays.keys().chain(of_timelines.map(|(peer, _)| peer)).cloned().collect();
        for peer in peers {
            self.start_uploads(&peer, effects);
        }
    }

    pub(super) fn start_uploads(&mut self, peer: &Peer, effects: &mut Vec<Effect>) {
        let Some(limits) = self.content.limits.filter(|_| self.connection.is_live()) else { return };
        let mut ids = Vec::new();
        self.each_file(peer, |file| {
            file.judge(&limits);
            if file.upload == Upload::Waiting {
                file.upload = Upload::Running(0);
                ids.push(file.file.id);
            }
        });
        if !ids.is_empty() {
            effects.push(ContentEffect::Upload { peer: peer.clone(), ids }.into());
        }
    }

    pub(super) fn file_removed(&mut self, id: u32, effects: &mut Vec<Effect>) {
        self.content.left_out = 0;
        if let Some(tray) = self.panel.peer().cloned().and_then(|peer| self.content.trays.get_mut(&peer)) {
            tray.retain(|file| file.file.id != id);
            effects.push(ContentEffect::Drop(vec![id]).into());
        }
    }

    pub(super) fn file_retried(&mut self, id: u32, effects: &mut Vec<Effect>) {
        let found = self.with_file(id, |file| file.upload = Upload::Waiting);
        if let Some(peer) = found {
            self.start_uploads(&peer, effects);
        }
    }

    /// Every file on its way into this conversation: of the tray, and of messages that wait.
    fn each_file(&mut self, peer: &Peer, mut act: impl FnMut(&mut OutFile)) {
        let pending = self.timelines.get_mut(peer).into_iter().flat_map(|timeline| &mut timeline.pending);
        let tray = self.content.trays.get_mut(peer).into_iter().flatten();
        pending.flat_map(|pending| &mut pending.files).chain(tray).for_each(&mut act);
    }

    /// Acts on the file, and says where it is going; none where it is gone.
    pub(super) fn with_file(&mut self, id: u32, act: impl FnOnce(&mut OutFile)) -> Option<Peer> {
        let in_tray =
            self.content.trays.iter_mut().flat_map(|(peer, tray)| tray.iter_mut().map(move |file| (peer, file)));
        let pending = self.timelines.iter_mut().flat_map(|(peer, timeline)| {
            let files = timeline.pending.iter_mut().flat_map(|pending| &mut pending.files);
            files.map(move |file| (peer, file))
        });
        let (peer, file) = in_tray.chain(pending).find(|(_, file)| file.file.id == id)?;
        act(file);
        Some(peer.clone())
    }

    /// The login is made anew: what was under way begins again with it.
    pub(in crate::widget::state) fn uploads_interrupted(&mut self) {
        let peers: Vec<Peer> = self.content.trays.keys().chain(self.timelines.keys()).cloned().collect();
        for peer in peers {
            self.each_file(&peer, |file| {
                if matches!(file.upload, Upload::Running(_)) {
                    file.upload = Upload::Waiting;
                }
            });
        }
    }
}
