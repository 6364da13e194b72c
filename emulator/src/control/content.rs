//! What becomes of messages by their text: rules of moderation and what it decides, and link previews.

use axum::extract::State;
use serde_json::{Map, Value, json};

use super::fields::Fields;
use crate::{
    chat::moderation as chat,
    cloud::SharedCloud,
    content::{
        moderation::{Status, Verdict},
        preview::Preview,
    },
    error::ApiError,
    hosts::Hosts,
    render::list::Data,
    request::{address::Address, body::Body, path::Path},
    store::messages,
};

/// What a preview may say of a link (the cloud's page on its link-preview extension).
const OF_A_LINK: [&str; 5] = ["url", "title", "description", "image", "favicon"];

/// `POST /moderation`: messages that contain `contains` are pending when they are sent; with `status` it is decided at
/// once.
pub(super) async fn moderate(State(cloud): State<SharedCloud>, Body(body): Body) -> Result<Data, ApiError> {
    let mut fields = Fields::new(&body);
    let contains = contains(&mut fields)?;
    let verdict = match fields.text("status")? {
        None => Verdict::Later,
        Some(word) => Verdict::AtOnce(decision(word)?),
    };
    fields.finish()?;
    let said = Value::Object(body.clone());
    cloud.content.moderation.add(contains, verdict, said.clone());
    Ok(Data(said))
}

/// `GET /moderation`: the rules, and the ids of the messages that wait.
pub(super) async fn moderation(State(cloud): State<SharedCloud>) -> Result<Data, ApiError> {
    let mut connection = cloud.store.read().await?;
    let pending: Vec<String> = messages::pending(&mut connection).await?.iter().map(i64::to_string).collect();
    Ok(Data(json!({ "rules": cloud.content.moderation.list(), "pending": pending })))
}

/// `DELETE /moderation`: no rules any more. What waits, waits on.
pub(super) async fn stop_moderating(State(cloud): State<SharedCloud>) -> Data {
    Data(json!({ "removed": cloud.content.moderation.clear() }))
}

/// `POST /moderation/{id}`: decides of the message by `status`.
pub(super) async fn decide(
    State(cloud): State<SharedCloud>,
    Path(id): Path<String>,
    address: Address,
    Body(body): Body,
) -> Result<Data, ApiError> {
    let mut fields = Fields::new(&body);
    let word = fields.text("status")?.ok_or_else(|| ApiError::field("status", "The status is required."))?;
    let decision = decision(word)?;
    fields.finish()?;
    let id = id.parse().map_err(|_| ApiError::ControlNotFound("message"))?;
    let files = Hosts::of(&cloud.config, &address).files;
    Ok(Data(chat::decide(&cloud, id, decision, files).await?))
}

/// `POST /previews`: messages that contain `contains` carry previews of these `links`.
pub(super) async fn preview(State(cloud): State<SharedCloud>, Body(body): Body) -> Result<Data, ApiError> {
    let mut fields = Fields::new(&body);
    let contains = contains(&mut fields)?;
    let links = fields.objects("links")?;
    fields.finish()?;
    if links.is_empty() || !links.iter().all(|link| is_preview(link)) {
        return Err(ApiError::field(
            "links",
            "Each of the links needs a url, and may have a title, a description, an image and a favicon, all texts.",
        ));
    }
    let links = links.into_iter().cloned().map(Value::Object).collect();
    let said = Value::Object(body.clone());
    cloud.content.previews.add(contains, Preview(links), said.clone());
    Ok(Data(said))
}

/// `GET /previews`.
pub(super) async fn previews(State(cloud): State<SharedCloud>) -> Data {
    Data(cloud.content.previews.list().into())
}

/// `DELETE /previews`.
pub(super) async fn stop_previewing(State(cloud): State<SharedCloud>) -> Data {
    Data(json!({ "removed": cloud.content.previews.clear() }))
}

fn contains<'a>(fields: &mut Fields<'a>) -> Result<&'a str, ApiError> {
    fields.text("contains")?.ok_or_else(|| ApiError::field("contains", "The contains is required."))
}

fn decision(word: &str) -> Result<Status, ApiError> {
    Status::named(word)
        .filter(|status| *status != Status::Pending)
        .ok_or_else(|| ApiError::field("status", "The status must be approved or disapproved."))
}

fn is_preview(link: &Map<String, Value>) -> bool {
    link.get("url").is_some_and(Value::is_string)
        && link.iter().all(|(key, value)| OF_A_LINK.contains(&key.as_str()) && value.is_string())
}
