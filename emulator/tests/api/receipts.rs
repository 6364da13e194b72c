//! Delivered and read: by socket and by REST, what each side sees of it.

use serde_json::{Value, json};

use crate::cloud::{Person, TestCloud};

async fn two(cloud: &TestCloud) -> (Person<'_>, Person<'_>) {
    (cloud.person("alice").await, cloud.person("bob").await)
}

#[tokio::test]
async fn a_receipt_covers_all_earlier_messages_and_is_told_to_the_sender_and_the_readers_other_devices() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let (mut of_alice, mut of_bob, mut elsewhere) =
        (alice.connect().await, bob.connect().await, cloud.login("bob").await.connect().await);
    alice.writes("bob", "one").await;
    let two = alice.writes("bob", "two").await;
    of_bob.sends_receipt("alice", "delivered", &two).await;
    let frame = of_alice.next("receipts").await;
    assert_eq!((&frame["body"]["action"], &frame["body"]["messageId"]), (&json!("delivered"), &two["id"]));
    assert!(frame["body"]["timestamp"].is_i64());
    assert_eq!((&frame["sender"], &frame["body"]["user"]["uid"]), (&json!("bob"), &json!("bob")));
    assert_eq!(frame["deviceId"], bob.device);
    assert_eq!(elsewhere.next("receipts").await["body"], frame["body"]);
    of_bob.sends_receipt("alice", "read", &two).await;
    assert_eq!(of_alice.next("receipts").await["body"]["action"], "read");
    let list = alice.get("/users/bob/messages").await.data();
    for message in list.as_array().unwrap() {
        assert!(message["deliveredAt"].is_i64() && message["readAt"].is_i64(), "{message}");
        assert!(message.get("myReceipt").is_none());
    }
    let list = bob.get("/users/alice/messages").await.data();
    for message in list.as_array().unwrap() {
        assert!(message["myReceipt"]["readAt"].is_i64(), "{message}");
        assert!(message.get("readAt").is_none(), "what the sender alone sees");
    }
    assert_eq!(bob.unread().await, json!([]));
}

#[tokio::test]
async fn a_receipt_is_news_only_once() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let mut of_bob = bob.connect().await;
    let message = alice.writes("bob", "one").await;
    of_bob.sends_receipt("alice", "read", &message).await;
    of_bob.so_far().await;
    let read_at = alice.get("/users/bob/messages").await.data()[0]["readAt"].clone();
    let mut of_alice = alice.connect().await;
    for action in ["read", "delivered", "read"] {
        of_bob.sends_receipt("alice", action, &message).await;
    }
    of_bob.so_far().await;
    assert_eq!(of_alice.so_far().await, [] as [Value; 0]);
    assert_eq!(alice.get("/users/bob/messages").await.data()[0]["readAt"], read_at);
}

#[tokio::test]
async fn nobody_acknowledges_for_somebody_else() {
    let cloud = TestCloud::start().await;
    let (alice, _bob) = two(&cloud).await;
    let carol = cloud.person("carol").await;
    let message = alice.writes("bob", "for bob").await;
    let (mut of_alice, mut of_carol) = (alice.connect().await, carol.connect().await);
    of_alice.sends_receipt("bob", "read", &message).await;
    of_carol.sends_receipt("alice", "read", &message).await;
    of_carol.so_far().await;
    let frames = of_alice.so_far().await;
    assert!(frames.iter().all(|frame| frame["type"] != "receipts"), "{frames:?}");
    assert!(alice.get("/users/bob/messages").await.data()[0].get("readAt").is_none());
}

#[tokio::test]
async fn a_whole_conversation_is_marked_delivered_and_read_over_rest() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    alice.writes("bob", "one").await;
    let last = alice.writes("bob", "two").await;
    let mut socket = alice.connect().await;
    bob.post("/users/alice/conversation/delivered", json!({})).await.data();
    assert_eq!(socket.next("receipts").await["body"]["action"], "delivered");
    assert_eq!(bob.unread().await[0]["count"], 2);
    bob.post("/users/ALICE/conversation/read", json!({})).await.data();
    let frame = socket.next("receipts").await;
    assert_eq!((&frame["body"]["messageId"], &frame["deviceId"]), (&last["id"], &json!(bob.device)));
    assert_eq!(bob.unread().await, json!([]));
}

#[tokio::test]
async fn message_details_name_each_recipient_with_its_receipt() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let message = alice.writes("bob", "one").await;
    let path = format!("/messages/{}?withThreadSubscribed=true", message["id"].as_str().unwrap());
    let receipts = alice.get(&path).await.data()["receipts"]["data"].clone();
    assert_eq!(receipts[0]["recipient"]["uid"], "bob");
    assert!(receipts[0].get("readAt").is_none());
    bob.post("/users/alice/conversation/read", json!({})).await.data();
    let receipts = alice.get(&path).await.data()["receipts"]["data"].clone();
    assert!(receipts[0]["deliveredAt"].is_i64() && receipts[0]["readAt"].is_i64(), "{receipts}");
}
