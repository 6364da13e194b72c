//! What may be said about a person: the rules that the admin API and `PUT /me` share.

use serde_json::{Map, Value};
use url::Url;

use super::draft;
use crate::{
    error::{ApiError, Details},
    store::users::UserRow,
};

const NAME: usize = 100;
const ADDRESS: usize = 3_000;
const METADATA: usize = 5 * 1024;
/// Roles are not managed here; these two exist.
const ROLES: [&str; 2] = ["default", "moderator"];

/// Takes over what the body says of the person. What it leaves out stays.
pub(crate) fn apply(user: &mut UserRow, body: &Map<String, Value>) -> Result<(), ApiError> {
    let mut details = Details::new();
    let mut complain = |field: &str, sentence: &str| {
        details.entry(field.to_owned()).or_default().push(sentence.to_owned());
    };
    match body.get("name") {
        None => {}
        Some(Value::String(name)) if !name.trim().is_empty() && name.chars().count() <= NAME => {
            user.name.clone_from(name);
        }
        Some(Value::String(name)) if !name.trim().is_empty() => {
            complain("name", &format!("The name may not be greater than {NAME} characters."));
        }
        Some(_) => complain("name", "The name field is required."),
    }
    address(body, "avatar", &mut user.avatar, &mut complain);
    address(body, "link", &mut user.link, &mut complain);
    match body.get("statusMessage") {
        None => {}
        Some(Value::Null) => user.status_message = None,
        Some(Value::String(message)) if message.chars().count() <= 255 => user.status_message = Some(message.clone()),
        Some(_) => complain("statusMessage", "The statusMessage may not be greater than 255 characters."),
    }
    metadata(body, &mut user.metadata, &mut complain);
    tags(body, &mut user.tags, &mut complain);
    if details.is_empty() { Ok(()) } else { Err(ApiError::BadRequest(details)) }
}

/// The address that a field gives; what is empty takes it away.
pub(super) fn address(
    body: &Map<String, Value>,
    field: &str,
    place: &mut Option<String>,
    complain: &mut impl FnMut(&str, &str),
) {
    match body.get(field) {
        None => {}
        Some(Value::Null) => *place = None,
        Some(Value::String(address)) if address.is_empty() => *place = None,
        Some(Value::String(address)) if address.chars().count() <= ADDRESS && is_web_address(address) => {
            *place = Some(address.clone());
        }
        Some(_) => complain(field, &format!("The {field} must be a valid URL.")),
    }
}

pub(super) fn metadata(body: &Map<String, Value>, place: &mut Option<String>, complain: &mut impl FnMut(&str, &str)) {
    match body.get("metadata") {
        None => {}
        Some(Value::Null) => *place = None,
        Some(metadata @ (Value::Object(_) | Value::Array(_))) if metadata.to_string().len() <= METADATA => {
            *place = Some(metadata.to_string());
        }
        Some(_) => complain("metadata", "The metadata must be JSON of up to 5 KB."),
    }
}

pub(super) fn tags(body: &Map<String, Value>, place: &mut String, complain: &mut impl FnMut(&str, &str)) {
    match draft::tags(body.get("tags").unwrap_or(&Value::Null)) {
        Ok(Some(tags)) => *place = Value::from(tags).to_string(),
        Ok(None) => {}
        Err(refusal) => complain("tags", &refusal.first_detail()),
    }
}

/// A role that exists.
pub(crate) fn role(value: Option<&Value>) -> Result<Option<String>, ApiError> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(role)) if ROLES.contains(&role.to_lowercase().as_str()) => Ok(Some(role.to_lowercase())),
        Some(Value::String(role)) => Err(ApiError::RoleNotFound(role.clone())),
        Some(_) => Err(ApiError::field("role", "The role must be a string.")),
    }
}

fn is_web_address(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}
