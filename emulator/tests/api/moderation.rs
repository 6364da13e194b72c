//! Moderation on demand: whom a message reaches before, and after, it is decided of; and link previews.

use cometchat_emulator::Control;
use reqwest::Method;
use serde_json::{Value, json};

use crate::cloud::{TestCloud, group_message, text_message, texts};

async fn controlled() -> TestCloud {
    TestCloud::builder().controlled(Control::default()).start().await
}

async fn moderated(rule: Value) -> TestCloud {
    let cloud = controlled().await;
    cloud.control(Method::POST, "/moderation", rule).await.data();
    cloud
}

async fn decide(cloud: &TestCloud, message: &Value, status: &str) -> Value {
    let path = format!("/moderation/{}", message["id"].as_str().unwrap());
    cloud.control(Method::POST, &path, json!({ "status": status })).await.data()
}

fn status(message: &Value) -> Option<&str> {
    message["data"]["moderation"]["status"].as_str()
}

/// The moderation frames and messages among what came.
fn told(frames: &[Value]) -> Vec<(&str, Option<&str>)> {
    let about = |frame: &&Value| frame["type"] == "message" || frame["type"] == "on_moderation_status_changed";
    frames.iter().filter(about).map(|frame| (frame["type"].as_str().unwrap(), status(&frame["body"]))).collect()
}

#[tokio::test]
async fn a_pending_message_reaches_nobody_but_its_sender() {
    let cloud = moderated(json!({ "contains": "Dubious" })).await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let second = cloud.login("alice").await;
    let (mut hers, mut his) = (second.connect().await, bob.connect().await);
    let sent = alice.writes("bob", "a DUBIOUS offer").await;
    assert_eq!(status(&sent), Some("pending"));
    assert_eq!(told(&hers.so_far().await), [("message", Some("pending"))]);
    assert_eq!(told(&his.so_far().await), []);
    assert_eq!(alice.texts_with("bob", "").await, ["a DUBIOUS offer"]);
    assert_eq!(bob.texts_with("alice", "").await, [""; 0]);
    assert_eq!(bob.unread().await, json!([]));
    assert_eq!(bob.get("/conversations").await.data(), json!([]));
    let path = format!("/messages/{}", sent["id"].as_str().unwrap());
    bob.get(&path).await.refused(403, "ERR_MESSAGE_NO_ACCESS");
    bob.post(&format!("{path}/reactions/👍"), json!({})).await.refused(403, "ERR_MESSAGE_NO_ACCESS");
    assert_eq!(cloud.control(Method::GET, "/moderation", json!({})).await.data()["pending"], json!([sent["id"]]));
}

#[tokio::test]
async fn an_approved_message_arrives_as_if_it_had_just_been_sent() {
    let cloud = moderated(json!({ "contains": "dubious" })).await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let (mut hers, mut his) = (alice.connect().await, bob.connect().await);
    let sent = alice.writes("bob", "dubious").await;
    alice.writes("bob", "fine").await;
    assert_eq!(told(&his.so_far().await), [("message", None)]);
    assert_eq!(status(&decide(&cloud, &sent, "approved").await), Some("approved"));
    let hers = hers.so_far().await;
    assert_eq!(told(&hers).last(), Some(&("on_moderation_status_changed", Some("approved"))));
    assert_eq!(told(&his.so_far().await), [("message", Some("approved"))]);
    assert_eq!(bob.texts_with("alice", "").await, ["dubious", "fine"]);
    assert_eq!(bob.unread().await[0]["count"], 2);
    let listed = bob.get("/conversations").await.data();
    assert_eq!(listed[0]["lastMessage"]["data"]["text"], "fine", "the newest stays the newest");
    let caught_up = bob.get("/users/alice/messages?updatedAt=1&onlyUpdates=1&affix=append").await.data();
    assert_eq!(texts(&caught_up), ["dubious"], "who was away finds it by catching up");
}

#[tokio::test]
async fn a_disapproved_message_stays_its_senders_own_until_somebody_approves_it_after_all() {
    let cloud = moderated(json!({ "contains": "dubious" })).await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let (mut hers, mut his) = (alice.connect().await, bob.connect().await);
    let sent = alice.writes("bob", "dubious").await;
    decide(&cloud, &sent, "disapproved").await;
    let hers = hers.so_far().await;
    assert_eq!(told(&hers).last(), Some(&("on_moderation_status_changed", Some("disapproved"))));
    assert_eq!(told(&his.so_far().await), []);
    let kept = alice.get("/users/bob/messages").await.data();
    assert_eq!(status(&kept[0]), Some("disapproved"));
    // What its sender does to it, nobody else hears of either.
    let path = format!("/messages/{}", sent["id"].as_str().unwrap());
    alice.put(&path, json!({ "data": { "text": "dubious still" } })).await.data();
    assert_eq!(told(&his.so_far().await), []);
    assert_eq!(bob.get("/users/alice/messages").await.data(), json!([]));
    decide(&cloud, &sent, "approved").await;
    assert_eq!(his.next("message").await["body"]["data"]["text"], "dubious still");
    let path = format!("/moderation/{}", sent["id"].as_str().unwrap());
    let again = cloud.control(Method::POST, &path, json!({ "status": "disapproved" })).await;
    again.refused(400, "ERR_MESSAGE_ACTION_NOT_ALLOWED");
}

#[tokio::test]
async fn a_rule_with_a_status_decides_by_itself() {
    let cloud = moderated(json!({ "contains": "dubious", "status": "disapproved" })).await;
    cloud.control(Method::POST, "/moderation", json!({ "contains": "checked", "status": "approved" })).await.data();
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let (mut hers, mut his) = (alice.connect().await, bob.connect().await);
    assert_eq!(status(&alice.writes("bob", "dubious").await), Some("pending"));
    assert_eq!(status(&hers.next("on_moderation_status_changed").await["body"]), Some("disapproved"));
    assert_eq!(status(&alice.writes("bob", "checked").await), Some("pending"));
    assert_eq!(status(&hers.next("on_moderation_status_changed").await["body"]), Some("approved"));
    assert_eq!(his.next("message").await["body"]["data"]["text"], "checked");
    assert_eq!(bob.texts_with("alice", "").await, ["checked"]);
}

#[tokio::test]
async fn replies_that_are_withheld_count_for_their_sender_alone() {
    let cloud = moderated(json!({ "contains": "dubious" })).await;
    let alice = cloud.person("alice").await;
    let (bob, _carol) = (cloud.person("bob").await, cloud.person("carol").await);
    alice.founds("team", &["bob", "carol"]).await;
    let parent = alice.tells("team", "what do you think?").await;
    let id = parent["id"].as_str().unwrap();
    let reply = alice.post(&format!("/messages/{id}/thread"), group_message("team", "dubious")).await.data();
    let replies = async |person: &crate::cloud::Person<'_>| {
        person.get(&format!("/messages/{id}")).await.data()["replyCount"].as_i64().unwrap_or_default()
    };
    assert_eq!((replies(&alice).await, replies(&bob).await), (1, 0));
    assert_eq!(bob.get("/groups/team/threads").await.data(), json!([]));
    decide(&cloud, &reply, "approved").await;
    assert_eq!(replies(&bob).await, 1);
}

#[tokio::test]
async fn custom_messages_are_not_moderated_and_a_client_says_nothing_about_moderation() {
    let cloud = moderated(json!({ "contains": "dubious" })).await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let custom = json!({
        "type": "location", "category": "custom", "receiver": "bob", "receiverType": "user",
        "data": { "text": "dubious", "customData": {} },
    });
    assert_eq!(status(&alice.post("/messages", custom).await.data()), None);
    let mut claimed = text_message("bob", "dubious");
    claimed["data"]["moderation"] = json!({ "status": "approved" });
    assert_eq!(status(&alice.post("/messages", claimed).await.data()), Some("pending"));
    assert_eq!(bob.get("/users/alice/messages").await.data().as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn rules_end_by_a_call_or_a_reset_and_what_is_wrong_is_named() {
    let cloud = moderated(json!({ "contains": "dubious" })).await;
    for (path, body, field) in [
        ("/moderation", json!({}), "contains"),
        ("/moderation", json!({ "contains": "x", "status": "pending" }), "status"),
        ("/moderation", json!({ "contains": "x", "for": 1 }), "for"),
        ("/moderation/1", json!({}), "status"),
        ("/previews", json!({ "contains": "x" }), "links"),
        ("/previews", json!({ "contains": "x", "links": [{ "title": "no url" }] }), "links"),
    ] {
        let error = cloud.control(Method::POST, path, body).await.refused(400, "ERR_BAD_REQUEST");
        assert!(error["details"].get(field).is_some(), "{error}");
    }
    let unknown = cloud.control(Method::POST, "/moderation/77", json!({ "status": "approved" })).await;
    unknown.refused(404, "ERR_MESSAGE_ID_NOT_FOUND");
    assert_eq!(cloud.control(Method::DELETE, "/moderation", json!({})).await.data()["removed"], 1);
    cloud.control(Method::POST, "/moderation", json!({ "contains": "dubious" })).await.data();
    cloud.control(Method::POST, "/previews", json!({ "contains": "x", "links": [{ "url": "y" }] })).await.data();
    cloud.control(Method::POST, "/reset", json!({})).await.data();
    assert_eq!(cloud.control(Method::GET, "/moderation", json!({})).await.data()["rules"], json!([]));
    assert_eq!(cloud.control(Method::GET, "/previews", json!({})).await.data(), json!([]));
}

#[tokio::test]
async fn a_text_with_a_link_carries_the_preview_that_was_said_to_everybody() {
    let cloud = controlled().await;
    let links = json!([{ "url": "https://example.org/", "title": "Example", "image": "https://example.org/i.png" }]);
    let rule = json!({ "contains": "https://example.org", "links": links });
    cloud.control(Method::POST, "/previews", rule).await.data();
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let mut his = bob.connect().await;
    let place = "/data/metadata/@injected/extensions/link-preview/links";
    assert_eq!(alice.writes("bob", "see https://example.org/").await.pointer(place), Some(&links));
    assert_eq!(his.next("message").await["body"].pointer(place), Some(&links));
    assert_eq!(bob.get("/users/alice/messages").await.data()[0].pointer(place), Some(&links));
    assert_eq!(alice.writes("bob", "no link").await["data"].get("metadata"), None);
}
