//! Interactive messages: who uses an element of one, and when the goal is reached that its sender gave it (CometChat's
//! page on interactive messages).

use std::sync::Arc;

use serde_json::{Value, json};

use super::{
    actor::{self, Actor},
    fan_out::{self, Notice},
};
use crate::{
    cloud::{SharedCloud, to_the_end},
    error::ApiError,
    render::{extras::interaction, people},
    socket::frame::Envelope,
    store::{
        interactions::{self, InteractionRow},
        parse_json,
    },
    uid::Uid,
};

/// Notes which elements the actor used, and tells the message's sender once the goal is reached by them.
pub(crate) async fn mark(
    cloud: &SharedCloud,
    actor: &Actor,
    message_id: i64,
    elements: Vec<String>,
) -> Result<(), ApiError> {
    let (cloud, actor) = (Arc::clone(cloud), actor.clone());
    to_the_end(async move {
        let mut turn = cloud.store.write().await?;
        let connection = turn.connection();
        let user = actor.check(connection).await?;
        let row = actor::visible(connection, &actor.uid, message_id).await?;
        let data = parse_json(Some(&row.data)).unwrap_or_default();
        let is_own = row.sender == actor.uid.as_str();
        if row.category != "interactive" || row.deleted_at.is_some() {
            return Err(ApiError::MessageActionNotAllowed(message_id));
        }
        if is_own && data["allowSenderInteraction"] != true {
            return Err(ApiError::ActionNotAllowed);
        }
        let before = interactions::of_messages(connection, &actor.uid, &[message_id]).await?;
        for element in &elements {
            interactions::add(connection, message_id, &actor.uid, element, cloud.clock.now()).await?;
        }
        let now = interactions::of_messages(connection, &actor.uid, &[message_id]).await?;
        let goal = &data["interactionGoal"];
        let mut notices = Vec::new();
        if is_reached(goal, &elements_of(&now)) && !is_reached(goal, &elements_of(&before)) {
            let envelope = Envelope {
                app_id: &cloud.config.app_id,
                kind: "interaction_completed",
                sender: actor.uid.as_str(),
                receiver: &row.receiver,
                receiver_type: &row.receiver_type,
                device_id: &actor.device,
            };
            let body = json!({
                "messageId": message_id.to_string(),
                "user": people::user(&user, cloud.hub.is_online(actor.uid.as_str())),
                "interactions": now.iter().map(interaction).collect::<Vec<_>>(),
            });
            notices.push(Notice::Frame(Uid::named(&row.sender), envelope.with(&body)));
        }
        let committed = turn.commit().await?;
        fan_out::tell(&cloud, notices, &committed);
        Ok(())
    })
    .await
}

fn elements_of(rows: &[InteractionRow]) -> Vec<&str> {
    rows.iter().map(|row| row.element_id.as_str()).collect()
}

/// Whether one person who used these elements has reached the goal; a message without one is never through.
fn is_reached(goal: &Value, used: &[&str]) -> bool {
    let named: Vec<&str> = goal["elementIds"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let is_used = |id: &&str| used.contains(id);
    match goal["type"].as_str() {
        Some("anyAction") => !used.is_empty(),
        Some("anyOf") => named.iter().any(is_used),
        Some("allOf") => !named.is_empty() && named.iter().all(is_used),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_reached_by_any_element_one_of_some_or_all_of_them() {
        let reached = |kind: &str, used: &[&str]| {
            let goal = json!({ "type": kind, "elementIds": ["a", "b"] });
            is_reached(&goal, used)
        };
        assert!(reached("anyAction", &["c"]) && !reached("anyAction", &[]));
        assert!(reached("anyOf", &["b"]) && !reached("anyOf", &["c"]));
        assert!(reached("allOf", &["b", "a"]) && !reached("allOf", &["a", "c"]));
        assert!(!reached("none", &["a"]) && !is_reached(&Value::Null, &["a"]));
    }
}
