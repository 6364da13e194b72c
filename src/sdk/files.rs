//! What can be asked for about files and voice notes. All of it goes one way, so that the WASM has one call for it.

use crate::model::{
    chat::{MediaKind, Peer},
    ids::MessageId,
    json::{JsonRecord, list},
};

/// One request. How far an upload comes, and how loud a recording is, is told as events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileRequest {
    /// Begin, or begin again; the SDK itself sees to the limits of the cloud's settings.
    Upload {
        peer: Peer,
        ids: Vec<u32>,
        /// A message begins with them: how many it may carry is counted anew.
        fresh: bool,
    },
    /// Let go of files, whatever is under way with them.
    Drop(Vec<u32>),
    /// Send what was uploaded as one message.
    Send {
        peer: Peer,
        muid: String,
        kind: MediaKind,
        ids: Vec<u32>,
        caption: String,
        /// The message that it answers.
        quoted: Option<MessageId>,
    },
    /// Ask for the microphone, and begin; the code of a refusal is the browser's name for it.
    Record,
    Pause(bool),
    /// End the recording: its file is the answer, unless it is dropped.
    End {
        keep: bool,
    },
}

impl FileRequest {
    /// The bridge's name for it, and what the bridge is to know.
    pub fn call(&self) -> (&'static str, JsonRecord) {
        let record = JsonRecord::new();
        let numbers = |ids: &[u32]| list(&ids.iter().map(u32::to_string).collect::<Vec<_>>());
        match self {
            Self::Upload { peer, ids, fresh } => {
                ("upload", record.json("peer", &peer.to_json()).json("ids", &numbers(ids)).flag("fresh", *fresh))
            }
            Self::Drop(ids) => ("dropFiles", record.json("ids", &numbers(ids))),
            Self::Send { peer, muid, kind, ids, caption, quoted } => {
                let record = record.json("peer", &peer.to_json()).text("muid", muid).text("kind", kind.name());
                let quoted = quoted.map_or(0, |id| i64::try_from(id.0).unwrap_or_default());
                let record = record.number("quoted", quoted);
                ("sendFiles", record.json("ids", &numbers(ids)).text("caption", caption))
            }
            Self::Record => ("record", record),
            Self::Pause(paused) => ("pause", record.flag("paused", *paused)),
            Self::End { keep } => ("endRecording", record.flag("keep", *keep)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::json::Json;

    #[test]
    fn a_request_says_what_the_bridge_needs() {
        let request = FileRequest::Send {
            peer: Peer::Group("g1".into()),
            muid: "m".into(),
            kind: MediaKind::Image,
            ids: vec![3, 4],
            caption: "\"look\"".into(),
            quoted: Some(MessageId(7)),
        };
        let (name, record) = request.call();
        let json = Json::parse(&record.finish()).unwrap();
        assert_eq!((name, json.get("ids").list().unwrap().len()), ("sendFiles", 2));
        assert_eq!((json.get("caption").as_text(), json.get("kind").as_text()), (Some("\"look\""), Some("image")));
        assert_eq!(json.get("peer").get("id").as_text(), Some("g1"));
    }
}
