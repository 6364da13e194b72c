//! Files as the bridge describes them, and how far they have come.

use super::{parse, understood};
use crate::{
    model::{
        chat::{FileStep, LocalFile, Shape},
        event::ChatEvent,
        json::{FromJson, Json},
    },
    sdk::SdkError,
};

/// Those that are understood.
pub fn files(json: &str) -> Vec<LocalFile> {
    understood(json, LocalFile::from_json).unwrap_or_default()
}

pub fn file(json: &str) -> Result<LocalFile, SdkError> {
    Ok(LocalFile::from_json(&parse(json)?)?)
}

/// A step of a file, or the level of the microphone.
pub fn moved(raw: &Json) -> Option<ChatEvent> {
    let percent = |name: &str| raw.get(name).number().and_then(|number| u8::try_from(number.clamp(0, 100)).ok());
    if raw.get("event").is("level") {
        return Some(ChatEvent::Level { seconds: raw.get("seconds").count(), level: percent("level")? });
    }
    let step = if let Some(code) = raw.get("code").text() {
        FileStep::Failed { code, limit: raw.get("limit").count().into() }
    } else if raw.get("done").flag() {
        FileStep::Uploaded
    } else if let Some(percent) = percent("percent") {
        FileStep::Uploading(percent)
    } else if raw.get("shape").is_nothing() {
        return None;
    } else {
        FileStep::Measured(Shape::read(raw.get("shape")))
    };
    Some(ChatEvent::FileMoved { id: raw.get("id").count(), step })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(json: &str) -> Option<ChatEvent> {
        moved(&Json::parse(json).unwrap())
    }

    #[test]
    fn each_step_of_a_file_is_told_apart() {
        for (json, expected) in [
            (r#"{"event":"file","id":"3","percent":40}"#, FileStep::Uploading(40)),
            (r#"{"event":"file","id":3,"percent":140}"#, FileStep::Uploading(100)),
            (r#"{"event":"file","id":3,"done":true}"#, FileStep::Uploaded),
            (
                r#"{"event":"file","id":3,"code":"ERR_UPLOAD_STALLED"}"#,
                FileStep::Failed { code: "ERR_UPLOAD_STALLED".into(), limit: 0 },
            ),
        ] {
            assert_eq!(step(json), Some(ChatEvent::FileMoved { id: 3, step: expected }));
        }
        assert_eq!(step(r#"{"event":"file","id":3}"#), None);
        assert_eq!(
            step(r#"{"event":"level","seconds":2,"level":30}"#),
            Some(ChatEvent::Level { seconds: 2, level: 30 })
        );
    }
}
