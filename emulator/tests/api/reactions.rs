//! Reactions: counts in messages, live frames, lists.

use serde_json::{Value, json};

use crate::cloud::{Person, TestCloud};

async fn two(cloud: &TestCloud) -> (Person<'_>, Person<'_>) {
    (cloud.person("alice").await, cloud.person("bob").await)
}

fn path(message: &Value, reaction: &str) -> String {
    let reaction: Vec<String> = reaction.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("/messages/{}/reactions/{}", message["id"].as_str().unwrap(), reaction.concat())
}

#[tokio::test]
async fn a_reaction_counts_in_the_message_and_is_told_to_both() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let message = alice.writes("bob", "hello").await;
    let (mut of_alice, mut of_bob) = (alice.connect().await, bob.connect().await);
    let answer = bob.post(&path(&message, "👍🏽"), json!({})).await.data();
    assert_eq!(answer["data"]["reactions"], json!([{ "reaction": "👍🏽", "count": 1, "reactedByMe": true }]));
    let frame = of_alice.next("reaction").await;
    assert_eq!(frame["body"]["action"], "message_reaction_added");
    assert_eq!((&frame["body"]["messageId"], &frame["body"]["uid"]), (&message["id"], &json!("bob")));
    assert_eq!((&frame["body"]["reactedBy"]["uid"], &frame["deviceId"]), (&json!("bob"), &json!(bob.device)));
    assert_eq!(frame["body"]["conversationId"], message["conversationId"]);
    assert_eq!(of_bob.next("reaction").await["body"]["id"], frame["body"]["id"]);
    alice.post(&path(&message, "👍🏽"), json!({})).await.data();
    alice.post(&path(&message, "🎉"), json!({})).await.data();
    let seen = bob.get("/users/alice/messages").await.data()[0]["data"]["reactions"].clone();
    assert_eq!(
        seen,
        json!([{ "reaction": "👍🏽", "count": 2, "reactedByMe": true }, { "reaction": "🎉", "count": 1, "reactedByMe": false }])
    );
    let left = bob.delete(&path(&message, "👍🏽"), json!({})).await.data();
    assert_eq!(left["data"]["reactions"][0], json!({ "reaction": "👍🏽", "count": 1, "reactedByMe": false }));
    loop {
        let frame = of_alice.next("reaction").await;
        if frame["body"]["action"] == "message_reaction_removed" {
            assert_eq!((&frame["body"]["uid"], &frame["body"]["reaction"]), (&json!("bob"), &json!("👍🏽")));
            break;
        }
    }
}

#[tokio::test]
async fn what_was_so_already_is_no_news() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let message = alice.writes("bob", "hello").await;
    bob.post(&path(&message, "👍"), json!({})).await.data();
    let mut socket = alice.connect().await;
    assert_eq!(bob.post(&path(&message, "👍"), json!({})).await.data()["data"]["reactions"][0]["count"], 1);
    bob.delete(&path(&message, "🎉"), json!({})).await.data();
    assert_eq!(socket.so_far().await, [] as [Value; 0]);
}

#[tokio::test]
async fn reactions_are_listed_in_pages_both_ways_and_by_kind() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let message = alice.writes("bob", "hello").await;
    for reaction in ["1", "2", "3"] {
        bob.post(&path(&message, reaction), json!({})).await.data();
    }
    alice.post(&path(&message, "2"), json!({})).await.data();
    let list = format!("/messages/{}/reactions", message["id"].as_str().unwrap());
    let page = async |query: &str| {
        let answer = alice.get(&format!("{list}{query}")).await;
        let kinds: Vec<String> = answer.body["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| format!("{}{}", row["reaction"].as_str().unwrap(), row["uid"].as_str().unwrap()))
            .collect();
        (kinds, answer.body["meta"].clone())
    };
    let (first, meta) = page("?limit=3&affix=append").await;
    assert_eq!(first, ["1bob", "2bob", "3bob"]);
    let next = format!("?limit=3&affix=append&id={}", meta["next"]["id"].as_str().unwrap());
    let (second, meta) = page(&next).await;
    assert_eq!(second, ["2alice"]);
    let previous = format!("?limit=2&affix=prepend&id={}", meta["previous"]["id"].as_str().unwrap());
    assert_eq!(page(&previous).await.0, ["2bob", "3bob"]);
    assert_eq!(page("/2?limit=10&affix=append").await.0, ["2bob", "2alice"]);
    assert_eq!(page("?limit=2&affix=prepend").await.0, ["3bob", "2alice"]);
    assert!(page("?affix=append&id=999").await.0.is_empty());
    alice.get(&format!("{list}?limit=0")).await.refused(400, "ERR_BAD_REQUEST");
}

#[tokio::test]
async fn nobody_reacts_to_what_it_cannot_see_or_what_is_gone() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let carol = cloud.person("carol").await;
    let message = alice.writes("bob", "hello").await;
    carol.post(&path(&message, "👍"), json!({})).await.refused(403, "ERR_MESSAGE_NO_ACCESS");
    carol
        .get(&format!("/messages/{}/reactions", message["id"].as_str().unwrap()))
        .await
        .refused(403, "ERR_MESSAGE_NO_ACCESS");
    bob.post("/messages/999/reactions/x", json!({})).await.refused(404, "ERR_MESSAGE_ID_NOT_FOUND");
    bob.post(&path(&message, &"x".repeat(101)), json!({})).await.refused(400, "ERR_BAD_REQUEST");
    alice.delete(&format!("/messages/{}", message["id"].as_str().unwrap()), json!({})).await.data();
    bob.post(&path(&message, "👍"), json!({})).await.refused(400, "ERR_MESSAGE_ACTION_NOT_ALLOWED");
    bob.delete(&path(&message, "👍"), json!({})).await.refused(400, "ERR_MESSAGE_ACTION_NOT_ALLOWED");
}

#[tokio::test]
async fn members_of_a_group_hear_of_reactions_and_catching_up_brings_them() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let carol = cloud.person("carol").await;
    alice.founds("team", &["bob", "carol"]).await;
    let message = alice.tells("team", "hello").await;
    let mut socket = carol.connect().await;
    bob.post(&path(&message, "👍"), json!({})).await.data();
    let frame = socket.next("reaction").await;
    assert_eq!((&frame["receiver"], &frame["receiverType"]), (&json!("team"), &json!("group")));
    let query = format!("/groups/team/messages?onlyUpdates=1&updatedAt={}", message["sentAt"]);
    let changed = carol.get(&query).await.data();
    assert_eq!(changed[0]["data"]["reactions"][0]["count"], 1);
    assert_eq!(carol.get("/groups/team/messages?hasReactions=1").await.data().as_array().unwrap().len(), 1);
}
