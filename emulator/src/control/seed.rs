//! People, groups and messages from outside, all or nothing. Nobody is told: it is a past that was always there.

use std::sync::Arc;

use axum::extract::{Request, State};
use serde_json::{Map, Value, json};
use sqlx::SqliteConnection;

use super::fields::Fields;
use crate::{
    admin::users,
    chat::{
        actor::{Initiator, active},
        draft::Draft,
        send,
    },
    client::groups,
    cloud::{Cloud, SharedCloud, to_the_end},
    error::{ApiError, Details},
    render::list::Data,
    request::body,
    store::recipients::{self, Receipt},
    uid::Uid,
};

/// Room for some ten thousand messages, in bytes.
const LARGEST: usize = 32 * 1024 * 1024;
/// What seeded messages say of the session that sent them.
const DEVICE: &str = "seed";

/// `POST /seed`: `users` as `POST /users` takes them, `groups` as `POST /groups` does, `messages` as `POST /messages`
/// does, with their `sender`, and where wanted `sentAt` and `read`.
pub(super) async fn seed(State(cloud): State<SharedCloud>, request: Request) -> Result<Data, ApiError> {
    let body = body::read_object(request, &cloud, LARGEST).await?;
    let cloud = Arc::clone(&cloud);
    to_the_end(async move {
        let mut fields = Fields::new(&body);
        let (users, groups, messages) =
            (fields.objects("users")?, fields.objects("groups")?, fields.objects("messages")?);
        fields.finish()?;
        let mut turn = cloud.store.write().await?;
        let (mut made_users, mut made_groups, mut made_messages) = (Vec::new(), Vec::new(), Vec::new());
        for (index, body) in users.into_iter().enumerate() {
            let made = users::add(turn.connection(), body, cloud.clock.now()).await;
            made_users.push(made.map_err(|error| within("users", index, error))?.1);
        }
        for (index, body) in groups.into_iter().enumerate() {
            let made = groups::add(turn.connection(), &cloud, &Initiator::App, body).await;
            // The notices are of no use: nobody is told.
            made_groups.push(made.map_err(|error| within("groups", index, error))?.0);
        }
        for (index, body) in messages.into_iter().enumerate() {
            let id = message(turn.connection(), &cloud, body).await;
            made_messages.push(id.map_err(|error| within("messages", index, error))?.to_string());
        }
        turn.commit().await?;
        Ok(Data(json!({ "users": made_users, "groups": made_groups, "messages": made_messages })))
    })
    .await
}

async fn message(connection: &mut SqliteConnection, cloud: &Cloud, body: &Map<String, Value>) -> Result<i64, ApiError> {
    let mut fields = Fields::new(body);
    let sender = fields.text("sender")?.ok_or_else(|| ApiError::field("sender", "The sender is required."))?;
    let sender = Uid::named(sender);
    let now = cloud.clock.now();
    let sent_at = fields.number("sentAt", 1..=now.unsigned_abs())?;
    let read = match fields.value("read") {
        None | Some(Value::Bool(false)) => false,
        Some(Value::Bool(true)) => true,
        Some(_) => return Err(ApiError::field("read", "The read must be true or false.")),
    };
    active(connection, &sender).await?;
    let draft = Draft::parse(&Value::Object(body.clone()))?;
    let at = sent_at.and_then(|second| i64::try_from(second).ok()).unwrap_or(now);
    let entered = send::enter(connection, cloud, &sender, DEVICE, draft, at).await?;
    if read {
        for reader in entered.audience.iter().filter(|uid| **uid != sender) {
            recipients::mark(connection, reader, &entered.conversation_id, entered.id, Receipt::Read, at).await?;
        }
    }
    Ok(entered.id)
}

/// The refusal with the place of what was refused: `messages[3].receiver`.
fn within(list: &str, index: usize, error: ApiError) -> ApiError {
    if let ApiError::Internal(cause) = error {
        return ApiError::Internal(cause);
    }
    let place = format!("{list}[{index}]");
    let Some(details) = error.details() else { return ApiError::field(&place, error.to_string()) };
    ApiError::BadRequest(details.into_iter().map(|(field, why)| (format!("{place}.{field}"), why)).collect::<Details>())
}
