//! Edits and deletions.

use serde_json::{Value, json};

use crate::cloud::{Person, TestCloud};

fn path(message: &Value) -> String {
    format!("/messages/{}", message["id"].as_str().unwrap())
}

async fn two(cloud: &TestCloud) -> (Person<'_>, Person<'_>) {
    (cloud.person("alice").await, cloud.person("bob").await)
}

#[tokio::test]
async fn an_edit_answers_and_sends_an_action_message_with_the_new_text() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let message = alice.writes("bob", "frist").await;
    let mut socket = bob.connect().await;
    let body = json!({ "id": 1, "text": "first", "data": { "text": "first", "metadata": { "k": 1 }, "entities": { "sender": "forged" } } });
    let action = alice.put(&path(&message), body).await.data();
    assert_eq!((&action["category"], &action["data"]["action"]), (&json!("action"), &json!("edited")));
    let edited = &action["data"]["entities"]["on"]["entity"];
    assert_eq!((&edited["id"], &edited["data"]["text"]), (&message["id"], &json!("first")));
    assert_eq!((&edited["editedBy"], &edited["data"]["metadata"]), (&json!("alice"), &json!({ "k": 1 })));
    assert_eq!(edited["data"]["entities"]["sender"]["entity"]["uid"], "alice");
    let frame = socket.next("message").await;
    assert_eq!(frame["body"]["data"]["action"], "edited");
    assert_eq!(frame["body"]["data"]["entities"]["on"]["entity"]["data"]["text"], "first");
    assert_eq!(frame["deviceId"], alice.device);
    assert_eq!(bob.texts_with("alice", "categories=message").await, ["first"]);
    assert_eq!(bob.texts_with("alice", "searchKey=frist").await, [] as [&str; 0]);
}

#[tokio::test]
async fn a_deleted_message_stays_as_a_place_without_its_text() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let message = alice.writes("bob", "regretted").await;
    let mut socket = bob.connect().await;
    let action = alice.delete(&path(&message), json!({ "id": message["id"] })).await.data();
    assert_eq!(action["data"]["action"], "deleted");
    assert_eq!(bob.unread().await, json!([]), "there is nothing left to read");
    let frame = socket.next("message").await;
    let deleted = &frame["body"]["data"]["entities"]["on"]["entity"];
    assert_eq!((&deleted["deletedBy"], deleted["deletedAt"].is_i64()), (&json!("alice"), true));
    let list = bob.get("/users/alice/messages?categories=message").await;
    assert!(!list.body.to_string().contains("regretted"), "{}", list.body);
    assert_eq!(list.data()[0]["deletedBy"], "alice");
    assert_eq!(bob.texts_with("alice", "categories=message&hideDeleted=1").await, [] as [&str; 0]);
    assert_eq!(bob.texts_with("alice", "searchKey=regretted").await, [] as [&str; 0]);
}

#[tokio::test]
async fn only_the_sender_changes_a_message_and_only_while_it_can() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let carol = cloud.person("carol").await;
    let message = alice.writes("bob", "mine").await;
    let path = path(&message);
    let edit = json!({ "data": { "text": "yours" } });
    bob.put(&path, edit.clone()).await.refused(403, "ERR_MESSAGE_NOT_A_SENDER");
    bob.delete(&path, json!({})).await.refused(403, "ERR_MESSAGE_NOT_A_SENDER");
    carol.put(&path, edit.clone()).await.refused(403, "ERR_MESSAGE_NO_ACCESS");
    carol.delete(&path, json!({})).await.refused(403, "ERR_MESSAGE_NO_ACCESS");
    alice.put(&path, json!({ "data": { "text": "" } })).await.refused(400, "ERR_EMPTY_MESSAGE_TEXT");
    assert_eq!(alice.get(&path).await.data()["data"]["text"], "mine");
    let action = alice.delete(&path, json!({})).await.data();
    alice.put(&path, edit.clone()).await.refused(400, "ERR_MESSAGE_ACTION_NOT_ALLOWED");
    alice.delete(&path, json!({})).await.refused(400, "ERR_MESSAGE_ACTION_NOT_ALLOWED");
    alice.delete(&self::path(&action), json!({})).await.refused(400, "ERR_MESSAGE_ACTION_NOT_ALLOWED");
    for unknown in ["/messages/999", "/messages/none"] {
        alice.put(unknown, edit.clone()).await.refused(404, "ERR_MESSAGE_ID_NOT_FOUND");
        alice.get(unknown).await.refused(404, "ERR_MESSAGE_ID_NOT_FOUND");
    }
}

#[tokio::test]
async fn an_edit_neither_counts_as_unread_nor_becomes_the_last_message() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let message = alice.writes("bob", "one").await;
    bob.post("/users/alice/conversation/read", json!({})).await.data();
    alice.put(&path(&message), json!({ "data": { "text": "uno" } })).await.data();
    assert_eq!(bob.unread().await, json!([]));
    let conversation = bob.get("/users/alice/conversation").await.data();
    assert_eq!(conversation["unreadMessageCount"], "0");
    assert_eq!(conversation["lastMessage"]["data"]["text"], "uno");
}
