//! Pinned and saved messages, pinned conversations, reports.

use cometchat_emulator::Limits;
use serde_json::{Value, json};

use crate::cloud::{Person, TestCloud, texts};

async fn two(cloud: &TestCloud) -> (Person<'_>, Person<'_>) {
    (cloud.person("alice").await, cloud.person("bob").await)
}

fn path(message: &Value, what: &str) -> String {
    format!("/messages/{}/{what}", message["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_pin_is_everybodys_in_the_conversation() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let message = alice.writes("bob", "keep this in view").await;
    alice.writes("bob", "not this").await;
    let mut socket = bob.connect().await;
    let pinned = alice.post(&path(&message, "pin"), json!({})).await.data();
    assert_eq!((&pinned["pinnedBy"], pinned["pinnedAt"].is_i64()), (&json!("alice"), true));
    let frame = socket.next("message_pin").await;
    assert_eq!((&frame["body"]["action"], &frame["body"]["message"]["pinnedBy"]), (&json!("pinned"), &json!("alice")));
    assert_eq!(texts(&bob.get("/users/alice/messages?pinned=1").await.data()), ["keep this in view"]);
    assert_eq!(
        bob.post(&path(&message, "pin"), json!({})).await.data()["pinnedBy"],
        "bob",
        "the last who pinned counts"
    );
    let unpinned = alice.delete(&path(&message, "pin"), json!({})).await.data();
    assert!(unpinned.get("pinnedAt").is_none() && unpinned.get("pinnedBy").is_none(), "{unpinned}");
    assert!(bob.get("/users/alice/messages?pinned=1").await.data().as_array().unwrap().is_empty());
}

#[tokio::test]
async fn in_a_group_admins_and_moderators_pin() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let carol = cloud.person("carol").await;
    alice.founds("team", &["bob"]).await;
    let message = bob.tells("team", "rules").await;
    bob.post(&path(&message, "pin"), json!({})).await.refused(403, "ERR_ACTION_NOT_ALLOWED");
    carol.post(&path(&message, "pin"), json!({})).await.refused(403, "ERR_MESSAGE_NO_ACCESS");
    alice.post(&path(&message, "pin"), json!({})).await.data();
    bob.delete(&path(&message, "pin"), json!({})).await.refused(403, "ERR_ACTION_NOT_ALLOWED");
    for number in 0..99 {
        let more = alice.tells("team", &number.to_string()).await;
        alice.post(&path(&more, "pin"), json!({})).await.data();
    }
    let more = alice.tells("team", "one too many").await;
    alice.post(&path(&more, "pin"), json!({})).await.refused(400, "ERR_PINNED_MESSAGES_LIMIT_EXCEEDED");
    alice.post(&path(&message, "pin"), json!({})).await.data();
}

#[tokio::test]
async fn a_saved_message_is_ones_own_and_told_to_ones_own_devices() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let message = alice.writes("bob", "an address").await;
    let (mut of_alice, mut elsewhere) = (alice.connect().await, cloud.login("bob").await.connect().await);
    let saved = bob.post(&path(&message, "save"), json!({})).await.data();
    assert!(saved["savedAt"].is_i64());
    let frame = elsewhere.next("message_save").await;
    assert_eq!((&frame["body"]["action"], &frame["body"]["message"]["id"]), (&json!("saved"), &message["id"]));
    assert!(of_alice.so_far().await.iter().all(|frame| frame["type"] != "message_save"));
    assert_eq!(texts(&bob.get("/messages?saved=1").await.data()), ["an address"]);
    assert!(alice.get("/messages?saved=1").await.data().as_array().unwrap().is_empty());
    assert!(alice.get("/users/bob/messages").await.data()[0].get("savedAt").is_none());
    assert!(bob.delete(&path(&message, "save"), json!({})).await.data().get("savedAt").is_none());
    assert_eq!(elsewhere.next("message_save").await["body"]["action"], "unsaved");
    alice.delete(&format!("/messages/{}", message["id"].as_str().unwrap()), json!({})).await.data();
    bob.post(&path(&message, "save"), json!({})).await.refused(400, "ERR_MESSAGE_ACTION_NOT_ALLOWED");
    bob.post("/messages/999/save", json!({})).await.refused(404, "ERR_MESSAGE_ID_NOT_FOUND");
}

#[tokio::test]
async fn pinned_conversations_are_the_first_of_the_list_however_old_they_are() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let carol = cloud.person("carol").await;
    bob.writes("alice", "long ago").await;
    carol.writes("alice", "just now").await;
    let first = || async { alice.get("/conversations?per_page=1").await.data()[0]["conversationWith"]["uid"].clone() };
    assert_eq!(first().await, "carol");
    alice.post("/users/bob/conversation/pin", json!({})).await.data();
    assert_eq!(first().await, "bob");
}

#[tokio::test]
async fn a_conversation_is_pinned_for_oneself_also_before_its_first_message() {
    let limits = Limits { pinned_conversations: 2, ..Limits::default() };
    let cloud = TestCloud::builder().with_limits(limits).start().await;
    let (alice, bob) = two(&cloud).await;
    cloud.person("carol").await;
    alice.founds("team", &[]).await;
    bob.writes("alice", "hello").await;
    let mut elsewhere = cloud.login("alice").await.connect().await;
    let pinned = alice.post("/users/BOB/conversation/pin", json!({})).await.data();
    assert_eq!((pinned["pinnedAt"].is_i64(), &pinned["pinnedBy"]), (true, &json!("me")));
    let frame = elsewhere.next("conversation_pin").await;
    assert_eq!(
        (&frame["body"]["action"], &frame["body"]["conversation"]["conversationId"]),
        (&json!("pinned"), &json!("alice_user_bob"))
    );
    let empty = alice.post("/groups/team/conversation/pin", json!({})).await.data();
    assert_eq!((&empty["conversationWith"]["guid"], &empty["lastMessage"]), (&json!("team"), &json!({})));
    alice
        .post("/users/carol/conversation/pin", json!({}))
        .await
        .refused(400, "ERR_PINNED_CONVERSATIONS_LIMIT_EXCEEDED");
    assert_eq!(alice.get("/conversations?pinnedBy=me").await.data().as_array().unwrap().len(), 2);
    assert_eq!(alice.get("/conversations?pinnedBy=system").await.data(), json!([]));
    alice.get("/conversations?pinnedBy=bob").await.refused(400, "ERR_BAD_REQUEST");
    assert!(bob.get("/users/alice/conversation").await.data().get("pinnedAt").is_none());
    let unpinned = alice.delete("/groups/team/conversation/pin", json!({})).await.data();
    assert!(unpinned.get("pinnedAt").is_none());
    alice.delete("/users/bob/conversation/pin", json!({})).await.data();
    assert_eq!(alice.get("/conversations").await.data().as_array().unwrap().len(), 1, "nothing empty is left");
    alice.post("/users/nobody/conversation/pin", json!({})).await.refused(404, "ERR_UID_NOT_FOUND");
    bob.post("/groups/team/conversation/pin", json!({})).await.refused(403, "ERR_GROUP_NOT_JOINED");
    alice.delete("/users/carol/conversation/pin", json!({})).await.refused(404, "ERR_CONVERSATION_NOT_ACCESSIBLE");
}

#[tokio::test]
async fn a_message_is_reported_with_a_reason_of_the_settings() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let carol = cloud.person("carol").await;
    let message = alice.writes("bob", "rude").await;
    let reasons = bob.get("/settings").await.data()["flagReasons"].clone();
    assert_eq!(reasons[0]["id"], "spam");
    bob.post(&path(&message, "flagged"), json!({ "id": "spam", "remark": "again" })).await.data();
    bob.post(&path(&message, "flagged"), json!({ "id": "boredom" })).await.refused(400, "ERR_BAD_REQUEST");
    bob.post(&path(&message, "flagged"), json!({})).await.refused(400, "ERR_BAD_REQUEST");
    carol.post(&path(&message, "flagged"), json!({ "id": "spam" })).await.refused(403, "ERR_MESSAGE_NO_ACCESS");
    bob.post("/messages/999/flagged", json!({ "id": "spam" })).await.refused(404, "ERR_MESSAGE_ID_NOT_FOUND");
}
