//! Messages and action messages on the wire.

use serde_json::{Map, Value, json};
use sqlx::SqliteConnection;

use super::{entities::Entities, extras::Extras, view::View};
use crate::{
    chat::attachment,
    peer::Peer,
    store::{
        messages::{self, MessageRow},
        parse_json, parse_tags,
    },
};

/// The type of an action message about a member of a group (PROTOCOL.md 3.4).
const GROUP_MEMBER: &str = "groupMember";

/// Renders `rows`, loaded for the viewer, with all that they refer to.
pub(crate) async fn messages(
    connection: &mut SqliteConnection,
    view: View<'_>,
    rows: &[MessageRow],
) -> Result<Vec<Value>, sqlx::Error> {
    render(connection, view, rows, false).await
}

/// As `messages`, and replies with the message that they reply to (`withParent` of SDK 4.2.0, which says no more of it).
pub(crate) async fn messages_with_parents(
    connection: &mut SqliteConnection,
    view: View<'_>,
    rows: &[MessageRow],
) -> Result<Vec<Value>, sqlx::Error> {
    render(connection, view, rows, true).await
}

async fn render(
    connection: &mut SqliteConnection,
    view: View<'_>,
    rows: &[MessageRow],
    with_parents: bool,
) -> Result<Vec<Value>, sqlx::Error> {
    let mut named_ids: Vec<i64> = rows
        .iter()
        .flat_map(|row| [row.target_id, row.quoted_id, row.parent_id.filter(|_| with_parents)])
        .flatten()
        .collect();
    let mut referred = messages::find_all_for(connection, view.uid, &named_ids).await?;
    // What was edited may quote something too.
    named_ids = referred.iter().filter_map(|row| row.quoted_id).collect();
    referred.extend(messages::find_all_for(connection, view.uid, &named_ids).await?);
    let ids: Vec<i64> = rows.iter().chain(&referred).map(|row| row.id).collect();
    let extras = Extras::load(connection, view.uid, &ids).await?;
    let named = rows.iter().chain(&referred).flat_map(named);
    let mentioned = extras.mentioned().map(|uid| Peer::of("user", uid));
    let entities = Entities::load(connection, view.hub, view.uid, named.chain(mentioned)).await?;
    let scene = Scene { referred: &referred, extras: &extras, entities: &entities, files: view.files };
    Ok(rows
        .iter()
        .map(|row| match row.target_id {
            _ if row.kind == GROUP_MEMBER && row.category == "action" => group_action(row, &entities),
            Some(id) => action(row, scene.find(id), &scene),
            None => {
                let mut rendered = message(row, &scene, true);
                if let Some(parent) = row.parent_id.filter(|_| with_parents).and_then(|id| scene.find(id)) {
                    rendered["parentMessage"] = message(parent, &scene, false);
                }
                rendered
            }
        })
        .collect())
}

/// All that rendering a message needs besides the message.
struct Scene<'a> {
    /// What the messages are about, or quote.
    referred: &'a [MessageRow],
    extras: &'a Extras,
    entities: &'a Entities,
    files: &'a str,
}

impl Scene<'_> {
    fn find(&self, id: i64) -> Option<&MessageRow> {
        self.referred.iter().find(|row| row.id == id)
    }
}

/// Everybody whom a row names.
fn named(row: &MessageRow) -> Vec<Peer> {
    let mut named = vec![Peer::of("user", &row.sender), Peer::of(&row.receiver_type, &row.receiver)];
    if row.kind == GROUP_MEMBER {
        named.extend(affected(row).map(|uid| Peer::of("user", &uid)));
    }
    named
}

/// To whom the event of a group happened.
fn affected(row: &MessageRow) -> Option<String> {
    parse_json(Some(&row.data))?["on"].as_str().map(ToOwned::to_owned)
}

/// One message, as `messages`.
pub(crate) async fn one(
    connection: &mut SqliteConnection,
    view: View<'_>,
    row: &MessageRow,
) -> Result<Value, sqlx::Error> {
    let mut rendered = messages(connection, view, std::slice::from_ref(row)).await?;
    Ok(rendered.pop().unwrap_or_default())
}

/// What is quoted is shown without what it quotes in turn.
fn message(row: &MessageRow, scene: &Scene<'_>, with_quoted: bool) -> Value {
    let entities = scene.entities;
    let mut message = envelope(row);
    let stored = match parse_json(Some(&row.data)) {
        Some(Value::Object(stored)) => stored,
        _ => Map::new(),
    };
    // What was deleted is gone for everybody; the row stays in the list so that a client can say so.
    let mut data = if row.deleted_at.is_some() { Map::new() } else { stored };
    if row.deleted_at.is_none() {
        scene.extras.complete_data(row.id, &mut data, entities);
        attachment::address(&mut data, scene.files);
        if let Some(status) = &row.moderation {
            data.insert("moderation".into(), json!({ "status": status }));
        }
    }
    data.insert(
        "entities".into(),
        json!({
            "sender": { "entity": entities.user(&row.sender), "entityType": "user" },
            "receiver": { "entity": entities.peer(&row.receiver_type, &row.receiver), "entityType": row.receiver_type },
        }),
    );
    message.insert("data".into(), Value::Object(data));
    for (key, second) in [
        ("editedAt", row.edited_at),
        ("deletedAt", row.deleted_at),
        ("deliveredAt", row.delivered_at),
        ("readAt", row.read_at),
        ("pinnedAt", row.pinned_at),
    ] {
        if let Some(second) = second {
            message.insert(key.into(), json!(second));
        }
    }
    for (key, uid) in [
        ("editedBy", &row.edited_by),
        ("deletedBy", &row.deleted_by),
        ("muid", &row.muid),
        ("pinnedBy", &row.pinned_by),
    ] {
        if let Some(uid) = uid {
            message.insert(key.into(), json!(uid));
        }
    }
    let mut receipt = Map::new();
    for (key, second) in [("deliveredAt", row.my_delivered_at), ("readAt", row.my_read_at)] {
        if let Some(second) = second {
            receipt.insert(key.into(), json!(second));
        }
    }
    if !receipt.is_empty() {
        message.insert("myReceipt".into(), Value::Object(receipt));
    }
    let tags = parse_tags(&row.tags);
    if !tags.is_empty() {
        message.insert("tags".into(), json!(tags));
    }
    if let Some(parent) = row.parent_id {
        message.insert("parentId".into(), json!(parent.to_string()));
    }
    if let Some(quoted) = row.quoted_id {
        message.insert("quotedMessageId".into(), json!(quoted.to_string()));
        if let (true, Some(quoted)) = (with_quoted, scene.find(quoted)) {
            message.insert("quotedMessage".into(), self::message(quoted, scene, false));
        }
    }
    scene.extras.complete(row.id, &mut message);
    Value::Object(message)
}

fn action(row: &MessageRow, target: Option<&MessageRow>, scene: &Scene<'_>) -> Value {
    let entities = scene.entities;
    let mut action = envelope(row);
    let stored = parse_json(Some(&row.data)).unwrap_or_default();
    action.insert(
        "data".into(),
        json!({
            "action": stored["action"],
            "entities": {
                "by": { "entity": entities.user(&row.sender), "entityType": "user" },
                "on": { "entity": target.map(|target| message(target, scene, true)), "entityType": "message" },
                "for": { "entity": entities.peer(&row.receiver_type, &row.receiver), "entityType": row.receiver_type },
            },
        }),
    );
    if let Some(parent) = row.parent_id {
        action.insert("parentId".into(), json!(parent.to_string()));
    }
    Value::Object(action)
}

fn group_action(row: &MessageRow, entities: &Entities) -> Value {
    let mut action = envelope(row);
    let mut data = parse_json(Some(&row.data)).unwrap_or_default();
    let affected = affected(row).unwrap_or_default();
    data["entities"] = json!({
        "by": { "entity": entities.user(&row.sender), "entityType": "user" },
        "on": { "entity": entities.user(&affected), "entityType": "user" },
        "for": { "entity": entities.peer(&row.receiver_type, &row.receiver), "entityType": row.receiver_type },
    });
    if let Some(data) = data.as_object_mut() {
        data.remove("on");
    }
    action.insert("data".into(), data);
    Value::Object(action)
}

/// What messages and action messages have in common.
fn envelope(row: &MessageRow) -> Map<String, Value> {
    let mut envelope = Map::new();
    envelope.insert("id".into(), json!(row.id.to_string()));
    for (key, text) in [
        ("conversationId", &row.conversation_id),
        ("sender", &row.sender),
        ("receiverType", &row.receiver_type),
        ("receiver", &row.receiver),
        ("category", &row.category),
        ("type", &row.kind),
    ] {
        envelope.insert(key.into(), json!(text));
    }
    envelope.insert("sentAt".into(), json!(row.sent_at));
    envelope.insert("updatedAt".into(), json!(row.updated_at));
    envelope
}
