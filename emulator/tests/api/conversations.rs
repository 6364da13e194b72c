//! The list of conversations, unread counts, marking as unread, tags, deletion.

use reqwest::Method;
use serde_json::{Value, json};

use crate::cloud::{Person, TestCloud};

async fn peers(person: &Person<'_>, query: &str) -> Vec<String> {
    let list = person.get(&format!("/conversations?{query}")).await.data();
    list.as_array().unwrap().iter().map(|one| one["conversationWith"]["uid"].as_str().unwrap().to_owned()).collect()
}

async fn four(cloud: &TestCloud) -> [Person<'_>; 4] {
    [cloud.person("alice").await, cloud.person("bob").await, cloud.person("carol").await, cloud.person("dave").await]
}

#[tokio::test]
async fn conversations_stand_by_their_last_message_with_their_unread_count() {
    let cloud = TestCloud::start().await;
    let [alice, bob, carol, _] = four(&cloud).await;
    bob.writes("alice", "one").await;
    let last = bob.writes("alice", "two").await;
    carol.writes("alice", "three").await;
    let answer = alice.get("/conversations?per_page=30&page=1").await;
    let pagination = answer.body["meta"]["pagination"].clone();
    assert_eq!(
        (&pagination["total"], &pagination["total_pages"], &pagination["current_page"]),
        (&json!(2), &json!(1), &json!(1))
    );
    let conversations = answer.data();
    assert_eq!(
        (&conversations[0]["conversationWith"]["uid"], &conversations[1]["conversationWith"]["uid"]),
        (&json!("carol"), &json!("bob"))
    );
    assert_eq!(
        (&conversations[1]["unreadMessageCount"], &conversations[1]["latestMessageId"]),
        (&json!("2"), &last["id"])
    );
    assert_eq!(conversations[1]["lastMessage"]["data"]["text"], "two");
    assert_eq!(conversations[1]["conversationType"], "user");
    assert!(conversations[1].get("lastReadMessageId").is_none());
    alice.post("/users/bob/conversation/read", json!({})).await.data();
    let conversation = alice.get("/users/BOB/conversation").await.data();
    assert_eq!((&conversation["unreadMessageCount"], &conversation["lastReadMessageId"]), (&json!("0"), &last["id"]));
    alice.writes("bob", "back to the top").await;
    assert_eq!(peers(&alice, "").await, ["bob", "carol"]);
    assert_eq!(peers(&bob, "").await, ["alice"]);
}

#[tokio::test]
async fn conversations_are_paged_and_narrowed() {
    let cloud = TestCloud::start().await;
    let [alice, bob, carol, dave] = four(&cloud).await;
    for person in [&bob, &carol, &dave] {
        person.writes("alice", "hello").await;
    }
    assert_eq!(peers(&alice, "per_page=2&page=1").await, ["dave", "carol"]);
    assert_eq!(peers(&alice, "per_page=2&page=2").await, ["bob"]);
    assert_eq!(peers(&alice, "per_page=2&page=3").await, [] as [&str; 0]);
    alice.post("/users/carol/conversation/read", json!({})).await.data();
    assert_eq!(peers(&alice, "unread=1").await, ["dave", "bob"]);
    assert_eq!(peers(&alice, "searchKey=CAR").await, ["carol"]);
    assert_eq!(peers(&alice, "conversationType=group").await, [] as [&str; 0]);
    assert_eq!(peers(&alice, "conversationType=user").await.len(), 3);
    alice.put("/users/bob/conversation", json!({ "tags": ["archived"] })).await.data();
    assert_eq!(peers(&alice, "tags=archived,other").await, ["bob"]);
    assert_eq!(peers(&bob, "tags=archived").await, [] as [&str; 0], "tags are one's own");
    alice.put("/users/bob/conversation", json!({})).await.refused(400, "ERR_BAD_REQUEST");
    alice.get("/conversations?per_page=1000").await.refused(400, "ERR_BAD_REQUEST");
}

#[tokio::test]
async fn a_conversation_without_messages_is_not_accessible() {
    let cloud = TestCloud::start().await;
    let [alice, ..] = four(&cloud).await;
    let path = "/users/bob/conversation";
    alice.get(path).await.refused(404, "ERR_CONVERSATION_NOT_ACCESSIBLE");
    alice.delete(path, json!({})).await.refused(404, "ERR_CONVERSATION_NOT_ACCESSIBLE");
    alice.put(path, json!({ "tags": [] })).await.refused(404, "ERR_CONVERSATION_NOT_ACCESSIBLE");
    alice.post("/users/bob/conversation/read", json!({})).await.refused(404, "ERR_CONVERSATION_NOT_ACCESSIBLE");
    alice
        .delete("/users/bob/conversation/read", json!({ "messageId": 1 }))
        .await
        .refused(404, "ERR_CONVERSATION_NOT_ACCESSIBLE");
}

#[tokio::test]
async fn unread_messages_are_counted_by_peer() {
    let cloud = TestCloud::start().await;
    let [alice, bob, carol, _] = four(&cloud).await;
    bob.writes("alice", "one").await;
    bob.writes("alice", "two").await;
    carol.writes("alice", "three").await;
    alice.writes("bob", "mine do not count").await;
    let expected = json!([
        { "entityType": "user", "entityId": "carol", "count": 1 },
        { "entityType": "user", "entityId": "bob", "count": 2 },
    ]);
    assert_eq!(alice.unread().await, expected);
    assert_eq!(
        alice.get("/messages?unread=1&count=1&receiverType=user&hideMessagesFromBlockedUsers=0").await.data(),
        expected
    );
    assert_eq!(alice.get("/messages?unread=1&count=1&receiverType=group").await.data(), json!([]));
    let of_bob = alice.get("/users/bob/messages?hideMessagesFromBlockedUsers=0&unread=1&count=1&uid=bob").await.data();
    assert_eq!(of_bob, json!([{ "entityType": "user", "entityId": "bob", "count": 2 }]));
    assert_eq!(alice.texts_with("bob", "unread=1").await, ["one", "two"]);
}

#[tokio::test]
async fn a_message_is_marked_unread_with_all_after_it_and_its_sender_keeps_the_tick() {
    let cloud = TestCloud::start().await;
    let [alice, bob, ..] = four(&cloud).await;
    let first = bob.writes("alice", "one").await;
    let second = bob.writes("alice", "two").await;
    bob.writes("alice", "three").await;
    let own = alice.writes("bob", "mine").await;
    alice.post("/users/bob/conversation/read", json!({})).await.data();
    let path = "/users/bob/conversation/read";
    let conversation = alice.delete(path, json!({ "messageId": second["id"] })).await.data()["conversation"].clone();
    assert_eq!((&conversation["unreadMessageCount"], &conversation["lastReadMessageId"]), (&json!("2"), &first["id"]));
    assert!(bob.get("/users/alice/messages").await.data()[1]["readAt"].is_i64());
    alice.delete(path, json!({ "messageId": own["id"] })).await.refused(404, "ERR_MESSAGE_ID_NOT_FOUND");
    alice.delete(path, json!({})).await.refused(400, "ERR_BAD_REQUEST");
    let mut socket = bob.connect().await;
    alice.post("/users/bob/conversation/read", json!({})).await.data();
    assert_eq!(alice.unread().await, json!([]));
    assert_eq!(socket.so_far().await, [] as [Value; 0], "read before: no news");
}

#[tokio::test]
async fn what_was_deleted_from_ones_view_or_for_everybody_does_not_become_unread_again() {
    let cloud = TestCloud::start().await;
    let [alice, bob, ..] = four(&cloud).await;
    let cleared = bob.writes("alice", "cleared").await;
    alice.delete("/users/bob/conversation", json!({})).await.data();
    let kept = bob.writes("alice", "kept").await;
    let deleted = bob.writes("alice", "deleted").await;
    bob.delete(&format!("/messages/{}", deleted["id"].as_str().unwrap()), json!({})).await.data();
    alice.post("/users/bob/conversation/read", json!({})).await.data();
    let path = "/users/bob/conversation/read";
    alice.delete(path, json!({ "messageId": cleared["id"] })).await.refused(404, "ERR_MESSAGE_ID_NOT_FOUND");
    assert_eq!(alice.unread().await, json!([]));
    let conversation = alice.delete(path, json!({ "messageId": kept["id"] })).await.data()["conversation"].clone();
    assert_eq!(conversation["unreadMessageCount"], "1");
}

#[tokio::test]
async fn the_history_with_a_deactivated_person_stays_readable_as_long_as_there_is_one() {
    let cloud = TestCloud::start().await;
    let [alice, bob, ..] = four(&cloud).await;
    bob.writes("alice", "before I go").await;
    for uid in ["bob", "carol"] {
        cloud.admin(Method::DELETE, &format!("/users/{uid}"), json!({})).await.data();
    }
    assert_eq!(peers(&alice, "").await, ["bob"]);
    assert_eq!(alice.texts_with("bob", "").await, ["before I go"]);
    alice.get("/users/carol/messages").await.refused(404, "ERR_UID_NOT_FOUND");
}

#[tokio::test]
async fn a_deleted_conversation_is_gone_for_one_side_until_the_next_message() {
    let cloud = TestCloud::start().await;
    let [alice, bob, ..] = four(&cloud).await;
    bob.writes("alice", "old").await;
    alice.delete("/users/bob/conversation", json!({})).await.data();
    assert_eq!(peers(&alice, "").await, [] as [&str; 0]);
    assert_eq!(alice.unread().await, json!([]));
    assert_eq!(alice.texts_with("bob", "").await, [] as [&str; 0]);
    assert_eq!(bob.texts_with("alice", "").await, ["old"]);
    assert!(bob.get("/users/alice/messages").await.data()[0].get("readAt").is_none(), "deleting is not reading");
    bob.writes("alice", "new").await;
    assert_eq!(peers(&alice, "").await, ["bob"]);
    assert_eq!(alice.texts_with("bob", "").await, ["new"]);
}
