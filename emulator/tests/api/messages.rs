//! Sending: what is stored, who hears of it, what is refused.

use reqwest::Method;
use serde_json::json;

use crate::cloud::{KEY, TestCloud, text_message};

#[tokio::test]
async fn a_text_reaches_all_devices_of_both_sides_and_carries_its_senders_session() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let (mut phone, mut laptop) = (bob.connect().await, cloud.login("bob").await.connect().await);
    let mut own = alice.connect().await;
    let message = alice.writes("BOB", "hello bob").await;
    assert_eq!(message["conversationId"], "alice_user_bob");
    assert_eq!((&message["sender"], &message["receiver"]), (&json!("alice"), &json!("bob")));
    assert_eq!(message["data"]["entities"]["sender"]["entity"]["name"], "alice of the test");
    assert_eq!(message["data"]["entities"]["receiver"]["entity"]["uid"], "bob");
    for socket in [&mut phone, &mut laptop, &mut own] {
        let frame = socket.next("message").await;
        assert_eq!(frame["body"]["data"]["text"], "hello bob");
        assert_eq!(frame["deviceId"], alice.device);
        assert_eq!(frame["body"]["id"], message["id"]);
        assert_eq!((&frame["sender"], &frame["receiver"]), (&json!("alice"), &json!("bob")));
    }
}

#[tokio::test]
async fn a_third_person_hears_nothing() {
    let cloud = TestCloud::start().await;
    let (alice, _bob, carol) = (cloud.person("alice").await, cloud.person("bob").await, cloud.person("carol").await);
    let mut socket = carol.connect().await;
    let message = alice.writes("bob", "for bob alone").await;
    assert_eq!(socket.so_far().await, [] as [serde_json::Value; 0]);
    let path = format!("/messages/{}", message["id"].as_str().unwrap());
    carol.get(&path).await.refused(403, "ERR_MESSAGE_NO_ACCESS");
    assert_eq!(carol.get("/messages").await.data(), json!([]));
    assert_eq!(carol.texts_with("bob", "").await, [] as [&str; 0]);
}

#[tokio::test]
async fn a_repeated_muid_is_stored_and_told_once_also_when_sent_at_the_same_time() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let mut socket = bob.connect().await;
    let mut body = text_message("bob", "once");
    body["muid"] = json!("m-1");
    let (one, two, three) = tokio::join!(
        alice.post("/messages", body.clone()),
        alice.post("/messages", body.clone()),
        alice.post("/messages", body.clone())
    );
    let (one, two, three) = (one.data(), two.data(), three.data());
    assert_eq!(one["muid"], "m-1");
    assert_eq!((&one["id"], &one["id"]), (&two["id"], &three["id"]));
    let messages = socket.so_far().await.iter().filter(|frame| frame["type"] == "message").count();
    assert_eq!(messages, 1);
    assert_eq!(bob.texts_with("alice", "").await, ["once"]);
    body["receiver"] = json!("alice");
    assert_ne!(bob.post("/messages", body).await.data()["id"], one["id"], "a muid is a sender's own");
}

#[tokio::test]
async fn a_muid_used_again_towards_somebody_else_is_another_message() {
    let cloud = TestCloud::start().await;
    let (alice, _bob, carol) = (cloud.person("alice").await, cloud.person("bob").await, cloud.person("carol").await);
    let send = async |to: &str, text: &str| {
        let mut body = text_message(to, text);
        body["muid"] = json!("m-1");
        alice.post("/messages", body).await.data()
    };
    let to_bob = send("bob", "for bob").await;
    let to_carol = send("carol", "for carol").await;
    assert_ne!(to_carol["id"], to_bob["id"]);
    assert_eq!(to_carol["receiver"], "carol");
    assert_eq!(carol.texts_with("alice", "").await, ["for carol"]);
    assert_eq!(send("bob", "for bob").await["id"], to_bob["id"]);
}

#[tokio::test]
async fn a_message_to_oneself_is_told_to_each_device_once() {
    let cloud = TestCloud::start().await;
    let alice = cloud.person("alice").await;
    let mut elsewhere = cloud.login("alice").await.connect().await;
    let message = alice.writes("alice", "note to self").await;
    let frames = elsewhere.so_far().await;
    let told: Vec<_> =
        frames.iter().filter(|frame| frame["type"] == "message").map(|frame| &frame["body"]["id"]).collect();
    assert_eq!(told, [&message["id"]]);
    assert_eq!(alice.unread().await, json!([]));
}

#[tokio::test]
async fn the_sender_in_a_body_is_neither_believed_nor_stored() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let mut body = text_message("bob", "hi");
    body["sender"] = json!({ "uid": "bob", "authToken": "secret-of-the-kit" });
    body["data"]["entities"] =
        json!({ "sender": { "entity": { "uid": "bob", "name": "Forged", "authToken": "secret-of-the-kit" } } });
    let message = alice.post("/messages", body).await.data();
    assert_eq!(message["sender"], "alice");
    assert_eq!(message["data"]["entities"]["sender"]["entity"]["name"], "alice of the test");
    let seen = bob.get("/users/alice/messages").await.body.to_string();
    assert!(!seen.contains("secret-of-the-kit") && !seen.contains("Forged"), "{seen}");
}

#[tokio::test]
async fn custom_and_media_messages_keep_their_data() {
    let cloud = TestCloud::start().await;
    let (alice, _bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let custom = json!({ "type": "location", "receiverType": "user", "category": "custom", "receiver": "bob", "data": { "customData": { "lat": 48.8 } } });
    assert_eq!(alice.post("/messages", custom).await.data()["data"]["customData"], json!({ "lat": 48.8 }));
    let attachment = json!({ "url": "https://f.example/a.png", "name": "a.png", "size": 7, "mimeType": "image/png", "extension": "png" });
    let image = json!({ "type": "image", "receiverType": "user", "category": "message", "receiver": "bob", "data": { "attachments": [attachment], "text": "caption" }, "tags": ["pic"] });
    let image = alice.post("/messages", image).await.data();
    assert_eq!((&image["data"]["url"], &image["data"]["text"]), (&json!("https://f.example/a.png"), &json!("caption")));
    assert_eq!((&image["data"]["attachments"][0], &image["tags"]), (&attachment, &json!(["pic"])));
}

#[tokio::test]
async fn a_message_that_cannot_be_is_refused_with_its_own_code_and_stores_nothing() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    for (field, value, code) in [
        ("receiver", json!(""), "ERR_EMPTY_RECEIVER"),
        ("receiverType", json!("robot"), "ERR_INVALID_RECEIVER_TYPE"),
        ("category", json!("call"), "ERR_INVALID_MESSAGE_CATEGORY"),
        ("type", json!(""), "ERR_EMPTY_MESSAGE_TYPE"),
        ("type", json!("hologram"), "ERR_INVALID_MESSAGE_TYPE"),
        ("type", json!("image"), "ERR_EMPTY_MESSAGE_FILE"),
        ("data", json!("text"), "ERR_INVALID_MESSAGE_DATA"),
        ("data", json!({ "text": "  " }), "ERR_EMPTY_MESSAGE_TEXT"),
        ("data", json!({ "text": 7 }), "ERR_INVALID_MESSAGE_TEXT"),
        ("data", json!({ "text": "x", "metadata": "m" }), "ERR_INVALID_METADATA"),
        ("data", json!({ "text": "x".repeat(11_000) }), "ERR_BAD_REQUEST"),
        ("category", json!("custom"), "ERR_EMPTY_CUSTOM_DATA"),
        ("tags", json!(vec!["t"; 26]), "ERR_BAD_REQUEST"),
        ("muid", json!("x".repeat(101)), "ERR_BAD_REQUEST"),
    ] {
        let mut body = text_message("bob", "hello");
        body[field] = value;
        let error = alice.post("/messages", body).await.refused(400, code);
        assert!(error["details"].is_object(), "{error}");
    }
    alice.post("/messages", text_message("nobody", "hello")).await.refused(404, "ERR_UID_NOT_FOUND");
    let mut to_a_group = text_message("g1", "hello");
    to_a_group["receiverType"] = json!("group");
    alice.post("/messages", to_a_group).await.refused(404, "ERR_GUID_NOT_FOUND");
    assert_eq!(bob.get("/messages").await.data(), json!([]));
    assert_eq!(bob.get("/conversations").await.data(), json!([]));
}

#[tokio::test]
async fn a_backend_writes_on_behalf_of_a_user_and_it_arrives_live() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let mut sockets = [alice.connect().await, bob.connect().await];
    let headers = [("apikey", KEY), ("onbehalfof", "Alice")];
    let body = text_message("bob", "from the back").to_string();
    let message = cloud.call(Method::POST, "/v3/messages", &headers, Some(body.clone())).await.data();
    assert_eq!(message["sender"], "alice");
    for socket in &mut sockets {
        assert_eq!(socket.next("message").await["body"]["id"], message["id"]);
    }
    let error = cloud
        .call(Method::POST, "/v3/messages", &[("apikey", KEY)], Some(body.clone()))
        .await
        .refused(400, "ERR_BAD_REQUEST");
    assert!(error["details"]["onBehalfOf"].is_array());
    let headers = [("apikey", KEY), ("onbehalfof", "nobody")];
    cloud.call(Method::POST, "/v3/messages", &headers, Some(body)).await.refused(404, "ERR_UID_NOT_FOUND");
}

#[tokio::test]
async fn frames_of_a_conversation_leave_in_the_order_of_the_ids() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let mut socket = bob.connect().await;
    let sends = (0..40).map(|number| {
        let (from, to) = if number % 2 == 0 { (&alice, "bob") } else { (&bob, "alice") };
        async move { from.writes(to, &number.to_string()).await }
    });
    futures_util::future::join_all(sends).await;
    let ids: Vec<i64> = socket
        .so_far()
        .await
        .iter()
        .filter(|frame| frame["type"] == "message")
        .map(|frame| frame["body"]["id"].as_str().unwrap().parse().unwrap())
        .collect();
    assert_eq!(ids.len(), 40);
    assert!(ids.is_sorted(), "{ids:?}");
}
