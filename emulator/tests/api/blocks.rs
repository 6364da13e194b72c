//! Blocked users, in both directions.

use reqwest::Method;
use serde_json::{Value, json};

use crate::cloud::{Person, TestCloud, text_message};

async fn two(cloud: &TestCloud) -> (Person<'_>, Person<'_>) {
    (cloud.person("alice").await, cloud.person("bob").await)
}

async fn uids(person: &Person<'_>, path: &str) -> Vec<String> {
    let list = person.get(path).await.data();
    list.as_array().unwrap().iter().map(|user| user["uid"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn two_of_whom_one_blocked_the_other_do_not_reach_each_other() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let message = bob.writes("alice", "before").await;
    let answer = alice.post("/blockedusers", json!({ "blockedUids": ["BOB"] })).await.data();
    assert_eq!(answer["bob"]["success"], true);
    alice.post("/messages", text_message("bob", "x")).await.refused(403, "ERR_BLOCKED_RECEIVER");
    bob.post("/messages", text_message("alice", "x")).await.refused(403, "ERR_BLOCKED_SENDER");
    let reaction = format!("/messages/{}/reactions/x", message["id"].as_str().unwrap());
    alice.post(&reaction, json!({})).await.refused(403, "ERR_BLOCKED_RECEIVER");
    bob.post(&reaction, json!({})).await.refused(403, "ERR_BLOCKED_SENDER");
    let (mut of_alice, mut of_bob) = (alice.connect().await, bob.connect().await);
    let typing = json!({ "receiver": "alice", "receiverType": "user", "type": "typing_indicator", "body": { "action": "started" } });
    of_bob.send(typing).await;
    of_bob.so_far().await;
    assert!(of_alice.so_far().await.iter().all(|frame| frame["type"] != "typing_indicator"));
    assert_eq!(alice.texts_with("bob", "").await, ["before"], "nothing else was stored");
    alice.delete("/blockedusers", json!({ "blockedUids": ["bob"] })).await.data();
    bob.writes("alice", "after").await;
}

#[tokio::test]
async fn people_say_whether_they_are_blocked_and_by_whom() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let carol = cloud.person("carol").await;
    alice.post("/blockedusers", json!({ "blockedUids": ["bob"] })).await.data();
    carol.post("/blockedusers", json!({ "blockedUids": ["alice"] })).await.data();
    assert_eq!(uids(&alice, "/blockedusers?per_page=10&direction=blockedByMe&page=1").await, ["bob"]);
    assert_eq!(uids(&alice, "/blockedusers?direction=hasBlockedMe").await, ["carol"]);
    assert_eq!(uids(&alice, "/blockedusers").await, ["bob", "carol"]);
    assert_eq!(uids(&alice, "/blockedusers?searchKey=CAR").await, ["carol"]);
    alice.get("/blockedusers?direction=sideways").await.refused(400, "ERR_BAD_REQUEST");
    let seen = alice.get("/users/bob").await.data();
    assert_eq!((&seen["blockedByMe"], &seen["hasBlockedMe"]), (&json!(true), &json!(false)));
    let seen = bob.get("/users/alice").await.data();
    assert_eq!((&seen["blockedByMe"], &seen["hasBlockedMe"]), (&json!(false), &json!(true)));
    assert_eq!(uids(&alice, "/users").await, ["bob", "carol"]);
    assert_eq!(uids(&alice, "/users?hideBlockedUsers=1").await, [] as [&str; 0]);
}

#[tokio::test]
async fn the_blocked_are_left_out_of_lists_where_asked() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    alice.founds("team", &["bob"]).await;
    bob.tells("team", "in the group").await;
    bob.writes("alice", "to her").await;
    alice.post("/blockedusers", json!({ "blockedUids": ["bob"] })).await.data();
    let kinds = async |query: &str| {
        let list = alice.get(&format!("/conversations?{query}")).await.data();
        list.as_array().unwrap().iter().map(|one| one["conversationType"].clone()).collect::<Vec<Value>>()
    };
    assert_eq!(kinds("").await, ["group"]);
    assert_eq!(kinds("includeBlockedUsers=true").await, ["user", "group"]);
    assert_eq!(alice.get("/users/bob/conversation").await.data()["conversationWith"]["blockedByMe"], true);
    assert_eq!(alice.unread().await.as_array().unwrap().len(), 2);
    assert_eq!(alice.get("/messages?unread=1&count=1&hideMessagesFromBlockedUsers=1").await.data(), json!([]));
    bob.tells("team", "still heard here").await;
}

#[tokio::test]
async fn each_of_many_is_answered_by_itself() {
    let cloud = TestCloud::start().await;
    let (alice, _bob) = two(&cloud).await;
    let answer = alice.post("/blockedusers", json!({ "blockedUids": ["bob", "nobody", "alice"] })).await.data();
    assert_eq!(answer["bob"]["success"], true);
    assert_eq!(answer["nobody"]["error"]["code"], "ERR_UID_NOT_FOUND");
    assert_eq!(
        (&answer["alice"]["success"], &answer["alice"]["error"]["code"]),
        (&json!(false), &json!("ERR_CANNOT_BLOCK_SELF"))
    );
    for bad in [json!({}), json!({ "blockedUids": [] }), json!({ "blockedUids": "bob" }), json!({ "blockedUids": [7] })]
    {
        alice.post("/blockedusers", bad).await.refused(400, "ERR_BAD_REQUEST");
    }
}

#[tokio::test]
async fn a_backend_blocks_for_a_user() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let body = json!({ "blockedUids": ["bob"] });
    cloud.admin(Method::POST, "/users/alice/blockedusers", body.clone()).await.data();
    assert_eq!(cloud.admin(Method::GET, "/users/alice/blockedusers", json!({})).await.data()[0]["uid"], "bob");
    bob.post("/messages", text_message("alice", "x")).await.refused(403, "ERR_BLOCKED_SENDER");
    cloud.admin(Method::DELETE, "/users/alice/blockedusers", body.clone()).await.data();
    alice.writes("bob", "again").await;
    cloud.admin(Method::POST, "/users/nobody/blockedusers", body).await.refused(404, "ERR_UID_NOT_FOUND");
}
