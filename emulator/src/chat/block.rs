//! Blocking: two people of whom one has blocked the other do not reach each other. In groups they still meet.

use serde_json::{Map, Value, json};
use sqlx::SqliteConnection;

use super::actor::active;
use crate::{error::ApiError, peer::Peer, store::blocks, uid::Uid};

/// Refuses to reach a person whom `sender` has blocked, or who has blocked `sender`.
pub(crate) async fn check(connection: &mut SqliteConnection, sender: &Uid, receiver: &Peer) -> Result<(), ApiError> {
    let Peer::User(receiver) = receiver else { return Ok(()) };
    if blocks::exists(connection, sender, receiver).await? {
        return Err(ApiError::BlockedReceiver(receiver.to_string()));
    }
    if blocks::exists(connection, receiver, sender).await? {
        return Err(ApiError::BlockedSender(receiver.to_string()));
    }
    Ok(())
}

/// Blocks them, or lets them go, and answers what became of each. What was so already is a success.
pub(crate) async fn change(
    connection: &mut SqliteConnection,
    uid: &Uid,
    others: &[Uid],
    block: bool,
    now: i64,
) -> Result<Value, ApiError> {
    let mut outcome = Map::new();
    for other in others {
        let one = match one(connection, uid, other, block, now).await {
            Ok(()) => {
                let verb = if block { "blocked" } else { "unblocked" };
                json!({ "success": true, "message": format!("The user with UID {uid} has {verb} user with UID {other} successfully.") })
            }
            Err(ApiError::Internal(cause)) => return Err(ApiError::Internal(cause)),
            Err(refusal) => {
                json!({ "success": false, "message": refusal.to_string(), "error": refusal.body() })
            }
        };
        outcome.insert(other.to_string(), one);
    }
    Ok(Value::Object(outcome))
}

async fn one(connection: &mut SqliteConnection, uid: &Uid, other: &Uid, block: bool, now: i64) -> Result<(), ApiError> {
    if uid == other {
        return Err(ApiError::CannotBlockSelf);
    }
    active(connection, other).await?;
    if block {
        blocks::add(connection, uid, other, now).await?;
    } else {
        blocks::remove(connection, uid, other).await?;
    }
    Ok(())
}
