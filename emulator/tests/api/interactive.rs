//! Interactive messages: what may be in one, who uses its elements, and when its sender hears that its goal is reached.

use serde_json::{Value, json};

use crate::cloud::TestCloud;

fn form(to: &str, goal: Value) -> Value {
    json!({
        "type": "form", "category": "interactive", "receiver": to, "receiverType": "user",
        "data": { "interactiveData": { "title": "Sign up" }, "interactionGoal": goal },
    })
}

fn used(element: &str) -> Value {
    json!({ "interactions": [{ "elementId": element, "interactedAt": 1 }] })
}

#[tokio::test]
async fn a_goal_is_told_to_the_sender_once_and_each_sees_its_own_interactions() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let (mut hers, mut his) = (alice.connect().await, bob.connect().await);
    let goal = json!({ "type": "allOf", "elementIds": ["name", "send"] });
    let sent = alice.post("/messages", form("bob", goal)).await.data();
    assert_eq!(his.next("message").await["body"]["data"]["interactiveData"]["title"], "Sign up");
    let path = format!("/messages/{}", sent["id"].as_str().unwrap());
    let interacted = format!("{path}/interacted");
    bob.patch(&interacted, used("name")).await.data();
    assert!(hers.so_far().await.iter().all(|frame| frame["type"] != "interaction_completed"));
    bob.patch(&interacted, used("send")).await.data();
    let told = hers.next("interaction_completed").await;
    assert_eq!((&told["sender"], &told["body"]["messageId"]), (&json!("bob"), &sent["id"]));
    assert_eq!(told["body"]["user"]["uid"], "bob");
    assert_eq!(told["body"]["interactions"].as_array().unwrap().len(), 2);
    bob.patch(&interacted, used("send")).await.data();
    assert!(hers.so_far().await.iter().all(|frame| frame["type"] != "interaction_completed"), "it was reached before");
    let seen = bob.get(&path).await.data();
    assert_eq!(seen["data"]["interactions"][0]["elementId"], "name");
    assert_eq!(alice.get(&path).await.data()["data"].get("interactions"), None);
}

#[tokio::test]
async fn a_sender_uses_its_own_message_only_where_it_said_so_and_nobody_else_uses_it() {
    let cloud = TestCloud::start().await;
    let (alice, _bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let carol = cloud.person("carol").await;
    let sent = alice.post("/messages", form("bob", json!({ "type": "anyAction" }))).await.data();
    let path = format!("/messages/{}/interacted", sent["id"].as_str().unwrap());
    alice.patch(&path, used("send")).await.refused(403, "ERR_ACTION_NOT_ALLOWED");
    carol.patch(&path, used("send")).await.refused(403, "ERR_MESSAGE_NO_ACCESS");
    let mut open = form("bob", json!({ "type": "anyAction" }));
    open["data"]["allowSenderInteraction"] = json!(true);
    let sent = alice.post("/messages", open).await.data();
    alice.patch(&format!("/messages/{}/interacted", sent["id"].as_str().unwrap()), used("send")).await.data();
}

#[tokio::test]
async fn what_is_not_interactive_is_refused_by_its_field() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let mut empty = form("bob", json!({}));
    empty["data"] = json!({});
    alice.post("/messages", empty).await.refused(400, "ERR_INVALID_INTERACTIVE_DATA");
    let text = alice.writes("bob", "no form").await;
    let path = format!("/messages/{}/interacted", text["id"].as_str().unwrap());
    bob.patch(&path, used("send")).await.refused(400, "ERR_MESSAGE_ACTION_NOT_ALLOWED");
    for body in [json!({}), json!({ "interactions": [] }), json!({ "interactions": [{}] })] {
        let error = bob.patch(&path, body).await.refused(400, "ERR_BAD_REQUEST");
        assert!(error["details"].get("interactions").is_some());
    }
}
