//! A message as somebody wants to send it: what may be in it. The `sender` object that some clients put into the body
//! is not looked at: CometChat's UI Kit puts its auth token in there.

use serde_json::{Map, Value};

use super::attachment::NewFile;
use crate::{content::moderation::Verdict, error::ApiError, peer::Peer};

/// The cloud's limit of a message's `data`, in bytes of JSON.
const DATA: usize = 10 * 1024;
const MEDIA: [&str; 4] = ["image", "video", "audio", "file"];
/// What the server alone says about a message.
const NOT_THE_CLIENTS: [&str; 6] = ["entities", "reactions", "mentions", "interactions", "moderation", "resource"];

#[derive(Debug)]
pub(crate) struct Draft {
    pub receiver: Peer,
    pub category: String,
    pub kind: String,
    pub data: Map<String, Value>,
    pub tags: Vec<String>,
    pub muid: Option<String>,
    /// The message that this replies to in its thread.
    pub parent_id: Option<i64>,
    pub quoted_id: Option<i64>,
    /// Whether the sender of a reply follows its thread from now on.
    pub follows: bool,
    /// What moderation makes of it before anybody else has it.
    pub moderation: Option<Verdict>,
    /// What came along, described in `data` already.
    pub files: Vec<NewFile>,
}

impl Draft {
    /// Reads and checks the body of `POST /messages`.
    pub(crate) fn parse(body: &Value) -> Result<Self, ApiError> {
        let receiver = match &body["receiver"] {
            Value::String(receiver) if !receiver.trim().is_empty() => receiver.as_str(),
            _ => return Err(refusal("ERR_EMPTY_RECEIVER", "receiver", "The receiver cannot be empty.")),
        };
        match body["receiverType"].as_str() {
            Some("user" | "group") => {}
            _ => {
                return Err(refusal(
                    "ERR_INVALID_RECEIVER_TYPE",
                    "receiverType",
                    "The receiverType must be user or group.",
                ));
            }
        }
        let category = match body["category"].as_str() {
            // The admin API's default.
            None => "message",
            Some(category @ ("message" | "custom" | "interactive")) => category,
            Some("") => return Err(refusal("ERR_EMPTY_MESSAGE_CATEGORY", "category", "The category cannot be empty.")),
            Some(_) => {
                return Err(refusal(
                    "ERR_INVALID_MESSAGE_CATEGORY",
                    "category",
                    "The category must be message, custom or interactive.",
                ));
            }
        };
        let kind = match body["type"].as_str() {
            Some(kind) if !kind.is_empty() && kind.chars().count() <= 100 => kind,
            Some(kind) if !kind.is_empty() => {
                return Err(refusal("ERR_INVALID_MESSAGE_TYPE", "type", "The type may have up to 100 characters."));
            }
            _ => return Err(refusal("ERR_EMPTY_MESSAGE_TYPE", "type", "The type cannot be empty.")),
        };
        let data = data(category, kind, body)?;
        let muid = body["muid"].as_str().filter(|muid| !muid.is_empty());
        if muid.is_some_and(|muid| muid.chars().count() > 100) {
            return Err(ApiError::field("muid", "The muid may have up to 100 characters."));
        }
        Ok(Self {
            receiver: Peer::of(body["receiverType"].as_str().unwrap_or_default(), receiver),
            category: category.to_owned(),
            kind: kind.to_owned(),
            data,
            tags: tags(&body["tags"])?.unwrap_or_default(),
            muid: muid.map(ToOwned::to_owned),
            parent_id: match id(body, "parentMessageId")? {
                Some(parent_id) => Some(parent_id),
                None => id(body, "parentId")?,
            },
            quoted_id: id(body, "quotedMessageId")?,
            follows: body["threadSubscribed"].as_bool().unwrap_or(true),
            moderation: None,
            files: Vec::new(),
        })
    }

    /// What a search finds the message by.
    pub(crate) fn search_text(data: &Map<String, Value>) -> String {
        data.get("text").and_then(Value::as_str).unwrap_or_default().to_lowercase()
    }
}

/// The id of another message: SDK 4.2.0 sends numbers, and 0 for none.
fn id(body: &Value, field: &str) -> Result<Option<i64>, ApiError> {
    let id = match &body[field] {
        Value::Null => return Ok(None),
        Value::Number(number) => number.as_i64(),
        Value::String(text) if text.is_empty() => return Ok(None),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    match id {
        Some(0) => Ok(None),
        Some(id) if id > 0 => Ok(Some(id)),
        _ => Err(ApiError::field(field, format!("The {field} must be the id of a message."))),
    }
}

/// The `data` of a message of this category and type, of which the client may say this much.
pub(crate) fn data(category: &str, kind: &str, body: &Value) -> Result<Map<String, Value>, ApiError> {
    let mut data = match &body["data"] {
        Value::Object(data) => data.clone(),
        Value::Null => Map::new(),
        _ => return Err(refusal("ERR_INVALID_MESSAGE_DATA", "data", "The data must be an object.")),
    };
    for key in NOT_THE_CLIENTS {
        data.remove(key);
    }
    if let (None, Some(text)) = (data.get("text"), body["text"].as_str()) {
        data.insert("text".into(), text.into());
    }
    if data.get("text").is_some_and(|text| !text.is_string() && !text.is_null()) {
        return Err(refusal("ERR_INVALID_MESSAGE_TEXT", "data.text", "The text must be a string."));
    }
    if data.get("metadata").is_some_and(|metadata| !metadata.is_object() && !metadata.is_array() && !metadata.is_null())
    {
        return Err(refusal("ERR_INVALID_METADATA", "data.metadata", "The metadata must be JSON."));
    }
    match (category, kind) {
        ("custom", _) => match data.get("customData") {
            Some(Value::Object(_)) => {}
            None | Some(Value::Null) => {
                return Err(refusal("ERR_EMPTY_CUSTOM_DATA", "data.customData", "The customData cannot be empty."));
            }
            Some(_) => {
                return Err(refusal("ERR_INVALID_CUSTOM_DATA", "data.customData", "The customData must be an object."));
            }
        },
        ("interactive", _) => {
            if !data.get("interactiveData").is_some_and(Value::is_object) {
                let message = "The interactiveData must be an object.";
                return Err(refusal("ERR_INVALID_INTERACTIVE_DATA", "data.interactiveData", message));
            }
        }
        (_, "text") => {
            if data.get("text").and_then(Value::as_str).unwrap_or_default().trim().is_empty() {
                return Err(refusal("ERR_EMPTY_MESSAGE_TEXT", "data.text", "The text cannot be empty."));
            }
        }
        (_, kind) if MEDIA.contains(&kind) => media(&mut data)?,
        _ => {
            return Err(refusal(
                "ERR_INVALID_MESSAGE_TYPE",
                "type",
                "The type must be text, image, video, audio or file.",
            ));
        }
    }
    if Value::Object(data.clone()).to_string().len() > DATA {
        return Err(ApiError::field("data", "The data may have up to 10 KB."));
    }
    Ok(data)
}

/// A media message by JSON names what was uploaded elsewhere; its first attachment also stands alone in `url`.
fn media(data: &mut Map<String, Value>) -> Result<(), ApiError> {
    let attachments = match data.get("attachments") {
        Some(Value::Array(attachments)) if !attachments.is_empty() => attachments.clone(),
        None if data.get("url").is_some_and(Value::is_string) => return Ok(()),
        None | Some(Value::Null | Value::Array(_)) => {
            return Err(refusal("ERR_EMPTY_MESSAGE_FILE", "data.attachments", "A media message needs an attachment."));
        }
        Some(_) => {
            return Err(refusal("ERR_INVALID_MEDIA_MESSAGE", "data.attachments", "The attachments must be a list."));
        }
    };
    if !attachments.iter().all(|attachment| attachment["url"].as_str().is_some_and(|url| !url.is_empty())) {
        return Err(refusal("ERR_INVALID_MEDIA_MESSAGE", "data.attachments", "Each attachment needs a url."));
    }
    if let Some(first) = attachments.first() {
        data.insert("url".into(), first["url"].clone());
    }
    Ok(())
}

/// Up to 25 tags of up to 100 characters; none where nothing was said.
pub(crate) fn tags(value: &Value) -> Result<Option<Vec<String>>, ApiError> {
    let Value::Array(values) = value else {
        return if value.is_null() { Ok(None) } else { Err(ApiError::field("tags", "The tags must be an array.")) };
    };
    let tags: Option<Vec<String>> = values.iter().map(|tag| tag.as_str().map(ToOwned::to_owned)).collect();
    match tags {
        Some(tags) if tags.len() <= 25 && tags.iter().all(|tag| !tag.is_empty() && tag.chars().count() <= 100) => {
            Ok(Some(tags))
        }
        _ => Err(ApiError::field("tags", "There may be up to 25 tags of 1 to 100 characters.")),
    }
}

const fn refusal(code: &'static str, field: &'static str, message: &'static str) -> ApiError {
    ApiError::InvalidMessage { code, field, message }
}
