//! The demo people and what they said to each other before anybody came. All invented.

use serde_json::json;
use sqlx::SqliteConnection;

use super::{DEVICE, GUIDE};
use crate::{
    chat::send,
    cloud::Cloud,
    store::{
        messages::MessageRow,
        recipients::{self, Receipt},
        users::{self, UserRow},
    },
    uid::Uid,
};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Uid, name, status.
const CAST: [(&str, &str, &str); 5] = [
    (GUIDE, "Guide (demo)", "Answers whatever you write / Répond à tout ce que vous écrivez"),
    ("demo-mira", "Mira (demo)", "Somewhere with a good view"),
    ("demo-nora", "Nora (demo)", "In the workshop until five"),
    ("demo-sami", "Sami (demo)", "Disponible l’après-midi"),
    ("demo-theo", "Théo (demo)", "En déplacement"),
];

/// Seconds ago, from, to, text; oldest first.
const SAID: [(i64, &str, &str, &str); 17] = [
    (3 * DAY + 2 * HOUR, "demo-nora", "demo-mira", "Did the samples from the printer arrive?"),
    (3 * DAY + 110 * MINUTE, "demo-mira", "demo-nora", "This morning. The blue is much better than last time."),
    (3 * DAY + 108 * MINUTE, "demo-nora", "demo-mira", "Great, then we order the whole batch."),
    (3 * DAY + 105 * MINUTE, "demo-mira", "demo-nora", "I’ll send you the numbers by tomorrow 👍"),
    (2 * DAY + 6 * HOUR, "demo-theo", "demo-sami", "Bonjour Sami, la réunion de jeudi tient toujours ?"),
    (2 * DAY + 5 * HOUR, "demo-sami", "demo-theo", "Oui, 14 h 30, salle du fond."),
    (2 * DAY + 299 * MINUTE, "demo-theo", "demo-sami", "Parfait, j’apporte les plans."),
    (2 * DAY, "demo-mira", "demo-nora", "240 pieces, three weeks, same price as in spring."),
    (2 * DAY - 4 * MINUTE, "demo-nora", "demo-mira", "Three weeks is fine. Please confirm it with them."),
    (DAY + 3 * HOUR, "demo-nora", "demo-guide", "Can I edit something that I already sent?"),
    (
        DAY + 179 * MINUTE,
        "demo-guide",
        "demo-nora",
        "Yes: choose “Edit” on your message. The other side sees it at once.",
    ),
    (DAY + 175 * MINUTE, "demo-nora", "demo-guide", "Works, thank you!"),
    (DAY + 174 * MINUTE, "demo-guide", "demo-nora", "You are welcome!"),
    (20 * HOUR, "demo-theo", "demo-mira", "I’m on the 9:40 train, see you at the station?"),
    (19 * HOUR, "demo-mira", "demo-theo", "I’ll be on platform 2 with coffee ☕"),
    (5 * HOUR, "demo-sami", "demo-theo", "Merci pour les plans, tout est clair."),
    (4 * HOUR, "demo-theo", "demo-sami", "Avec plaisir. À lundi !"),
];

/// Brings the demo people in, once for each data file.
pub(crate) async fn seed(cloud: &Cloud) -> Result<(), sqlx::Error> {
    let mut turn = cloud.store.write().await?;
    if users::find(turn.connection(), &Uid::named(GUIDE)).await?.is_some() {
        return Ok(());
    }
    fill(turn.connection(), cloud.clock.now()).await?;
    drop(turn.commit().await?);
    Ok(())
}

/// Brings the demo people into a state that does not have them.
pub(crate) async fn fill(connection: &mut SqliteConnection, now: i64) -> Result<(), sqlx::Error> {
    for (uid, name, status) in CAST {
        let user = UserRow {
            uid: uid.into(),
            name: name.into(),
            role: "default".into(),
            status_message: Some(status.into()),
            tags: "[]".into(),
            created_at: now - 30 * DAY,
            last_active_at: SAID.iter().rev().find(|(_, from, ..)| *from == uid).map(|(ago, ..)| now - ago),
            ..UserRow::default()
        };
        users::save(connection, &user).await?;
    }
    for (ago, from, to, text) in SAID {
        say(connection, now - ago, &Uid::named(from), &Uid::named(to), text).await?;
    }
    Ok(())
}

/// A message of the past, read a minute later.
async fn say(connection: &mut SqliteConnection, at: i64, from: &Uid, to: &Uid, text: &str) -> Result<(), sqlx::Error> {
    let row = MessageRow {
        conversation_id: from.conversation_with(to),
        sender: from.to_string(),
        receiver_type: "user".into(),
        receiver: to.to_string(),
        category: "message".into(),
        kind: "text".into(),
        data: json!({ "text": text, "resource": DEVICE }).to_string(),
        search_text: text.to_lowercase(),
        tags: "[]".into(),
        sent_at: at,
        updated_at: at,
        ..MessageRow::default()
    };
    let id = send::store(connection, &row, &[from.clone(), to.clone()], true).await?;
    recipients::mark(connection, to, &row.conversation_id, id, Receipt::Read, at + MINUTE).await?;
    Ok(())
}
