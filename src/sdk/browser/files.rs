//! Files and voice notes, as the bridge holds them.

use super::{
    ChatClient,
    ffi::{self, Arguments},
};
use crate::{
    model::{
        chat::{Limits, LocalFile, MediaKind, Message, Peer},
        json::list,
    },
    sdk::{SdkError, protocol},
};

impl ChatClient {
    /// The files that a change of a field, a paste or a drop brings; the page holds them from now on.
    pub fn files_of(event: &web_sys::Event) -> Vec<LocalFile> {
        protocol::files(&ffi::files_of(event))
    }

    /// Whether what is dragged are files.
    pub fn carries_files(event: &web_sys::Event) -> bool {
        ffi::carries_files(event)
    }

    /// What the cloud's settings allow in one message.
    pub async fn limits(&self) -> Result<Limits, SdkError> {
        protocol::limits(&self.session.call("limits", Arguments::default()).await?)
    }

    /// Begins to upload; how far each file has come is told as events.
    pub async fn upload(&self, peer: &Peer, ids: &[u32]) -> Result<(), SdkError> {
        self.session.call("upload", Arguments::of(peer).json("ids", &numbers(ids))).await.map(drop)
    }

    /// Lets go of files, whatever is under way with them.
    pub async fn drop_files(&self, ids: &[u32]) -> Result<(), SdkError> {
        self.session.call("dropFiles", Arguments::default().json("ids", &numbers(ids))).await.map(drop)
    }

    /// Sends what was uploaded as one message; `shapes` is a list in JSON that travels with it.
    pub async fn send_files(
        &self,
        peer: &Peer,
        muid: &str,
        kind: MediaKind,
        ids: &[u32],
        caption: &str,
        shapes: &str,
    ) -> Result<Message, SdkError> {
        let arguments = Arguments::of(peer).text("muid", muid).text("kind", kind.name()).text("caption", caption);
        let arguments = arguments.json("ids", &numbers(ids)).json("shapes", shapes);
        protocol::message(&self.session.call("sendFiles", arguments).await?)
    }

    /// Asks for the microphone and begins to record; the code of a refusal is the browser's name for it.
    pub async fn record(&self) -> Result<(), SdkError> {
        self.session.call("record", Arguments::default()).await.map(drop)
    }

    pub async fn pause_recording(&self, paused: bool) -> Result<(), SdkError> {
        self.session.call("pause", Arguments::default().flag("paused", paused)).await.map(drop)
    }

    /// Ends the recording, and gives its file.
    pub async fn end_recording(&self) -> Result<LocalFile, SdkError> {
        protocol::file(&self.session.call("endRecording", Arguments::default().flag("keep", true)).await?)
    }

    pub async fn drop_recording(&self) -> Result<(), SdkError> {
        self.session.call("endRecording", Arguments::default()).await.map(drop)
    }
}

fn numbers(ids: &[u32]) -> String {
    list(&ids.iter().map(u32::to_string).collect::<Vec<_>>())
}
