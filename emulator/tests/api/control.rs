//! The control API: who may use it, reset, seed, sockets, the clock.

use cometchat_emulator::{Control, Pace};
use reqwest::Method;
use serde_json::{Value, json};

use crate::cloud::{TestCloud, text_message};

async fn controlled() -> TestCloud {
    TestCloud::builder().controlled(Control::default()).start().await
}

/// The one field that the refusal names.
fn field(error: &Value) -> &str {
    error["details"].as_object().unwrap().keys().next().unwrap()
}

#[tokio::test]
async fn it_is_not_there_unless_it_is_switched_on() {
    let cloud = TestCloud::start().await;
    for (method, path) in [(Method::POST, "/reset"), (Method::GET, "/faults"), (Method::GET, "/nothing")] {
        cloud.control(method, path, json!({})).await.refused(404, "ERR_API_NOT_FOUND");
    }
}

#[tokio::test]
async fn without_a_token_no_web_page_may_use_it() {
    let cloud = controlled().await;
    cloud.control(Method::GET, "/faults", json!({})).await.data();
    for origin in ["http://page.example", "null"] {
        let answer = cloud.call(Method::POST, "/__emulator/reset", &[("origin", origin)], None).await;
        assert!(!answer.headers.contains_key("access-control-allow-origin"));
        answer.refused(403, "ERR_CONTROL_REFUSED");
    }
    cloud.control(Method::GET, "/nothing", json!({})).await.refused(404, "ERR_API_NOT_FOUND");
    cloud.control(Method::PATCH, "/reset", json!({})).await.refused(404, "ERR_API_NOT_FOUND");
}

#[tokio::test]
async fn with_a_token_only_its_bearer_may_use_it() {
    let control = Control { token: Some("let me".into()) };
    let cloud = TestCloud::builder().mounted_at("/emulator").controlled(control).start().await;
    let clock = async |headers: &[(&str, &str)]| cloud.call(Method::GET, "/__emulator/clock", headers, None).await;
    for headers in [&[][..], &[("authorization", "Bearer let")], &[("authorization", "let me")]] {
        clock(headers).await.refused(403, "ERR_CONTROL_REFUSED");
    }
    clock(&[("authorization", "Bearer let me"), ("origin", "http://page.example")]).await.data();
}

#[tokio::test]
async fn a_reset_forgets_everything_and_begins_anew() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("emulator.db");
    let cloud = TestCloud::builder().with_data(&file).controlled(Control::default()).start().await;
    let alice = cloud.person("alice").await;
    cloud.person("bob").await;
    alice.founds("team", &["bob"]).await;
    alice.writes("bob", "hello").await;
    let mut socket = alice.connect().await;
    std::fs::write(folder.path().join("emulator.files/0123"), "uploaded").unwrap();
    cloud.control(Method::POST, "/clock", json!({ "forwardSeconds": 60 })).await.data();
    cloud.control(Method::POST, "/faults", json!({ "fault": "serverError", "path": "/groups" })).await.data();
    cloud.control(Method::POST, "/reset", json!({})).await.data();
    socket.is_closed().await;
    alice.get("/me").await.refused(401, "AUTH_ERR_AUTH_TOKEN_NOT_FOUND");
    assert_eq!(cloud.admin(Method::GET, "/users", json!({})).await.data(), json!([]));
    assert_eq!(cloud.admin(Method::GET, "/groups", json!({})).await.data(), json!([]));
    assert_eq!(cloud.control(Method::GET, "/clock", json!({})).await.data()["offsetSeconds"], 0);
    assert_eq!(cloud.control(Method::GET, "/sockets", json!({})).await.data(), json!([]));
    assert_eq!(std::fs::read_dir(folder.path().join("emulator.files")).unwrap().count(), 0);
    let alice = cloud.person("alice").await;
    cloud.person("bob").await;
    assert_eq!(alice.writes("bob", "again").await["id"], "1", "ids count from the beginning");
    let error = cloud.control(Method::POST, "/reset", json!({ "all": 1 })).await.refused(400, "ERR_BAD_REQUEST");
    assert_eq!(field(&error), "all");
}

#[tokio::test]
async fn a_reset_brings_the_demo_back_and_its_guide_still_welcomes() {
    let cloud = TestCloud::builder().with_demo(Pace::INSTANT).controlled(Control::default()).start().await;
    let before = cloud.admin(Method::GET, "/users", json!({})).await.data();
    cloud.admin(Method::DELETE, "/users/demo-guide", json!({ "permanent": true })).await.data();
    cloud.control(Method::POST, "/reset", json!({})).await.data();
    let after = cloud.admin(Method::GET, "/users", json!({})).await.data();
    let names = |people: &Value| people.as_array().unwrap().iter().map(|user| user["uid"].clone()).collect::<Vec<_>>();
    assert_eq!(names(&before), names(&after));
    let mut socket = cloud.person("alice").await.connect().await;
    let alice = cloud.login("alice").await;
    let welcomed = alice.unread().await != json!([]) || socket.next("message").await["sender"] == "demo-guide";
    assert!(welcomed);
}

#[tokio::test]
async fn a_seed_makes_people_groups_and_a_past() {
    let cloud = controlled().await;
    let seed = json!({
        "users": [
            { "uid": "alice", "name": "Alice", "withAuthToken": true }, { "uid": "bob", "name": "Bob" },
            { "uid": "carol", "name": "Carol" },
        ],
        "groups": [{ "guid": "team", "name": "Team", "type": "public", "owner": "alice", "members": { "participants": ["bob"] } }],
        "messages": [
            { "sender": "bob", "receiver": "alice", "receiverType": "user", "type": "text", "data": { "text": "old" }, "sentAt": 1_600_000_000, "read": true },
            { "sender": "bob", "receiver": "alice", "receiverType": "user", "type": "text", "data": { "text": "new" } },
            { "sender": "bob", "receiver": "team", "receiverType": "group", "type": "text", "data": { "text": "all" } },
        ],
    });
    let made = cloud.control(Method::POST, "/seed", seed).await.data();
    assert_eq!(made["groups"][0]["members"]["data"]["participants"]["bob"]["success"], true);
    assert_eq!(made["messages"].as_array().unwrap().len(), 3);
    let alice = cloud.login_with(made["users"][0]["authToken"].as_str().unwrap()).await;
    assert_eq!(alice.texts_with("bob", "").await, ["old", "new"]);
    let past = alice.get("/users/bob/messages").await.data();
    assert_eq!(past[0]["sentAt"], 1_600_000_000);
    let bob = alice.get("/users/bob/conversation").await.data();
    assert_eq!((&bob["unreadMessageCount"], &bob["lastMessage"]["data"]["text"]), (&json!("1"), &json!("new")));
    assert_eq!(
        alice.get("/groups/team/messages").await.data().as_array().unwrap().last().unwrap()["data"]["text"],
        "all"
    );
}

#[tokio::test]
async fn a_seed_that_is_wrong_anywhere_leaves_nothing_and_names_the_place() {
    let cloud = controlled().await;
    let user = json!({ "uid": "alice", "name": "Alice" });
    let message = |change: (&str, Value)| {
        let mut message = text_message("alice", "hello");
        message["sender"] = json!("alice");
        message[change.0] = change.1;
        message
    };
    for (seed, place) in [
        (json!({ "users": [user, { "uid": "bob" }] }), "users[1].name"),
        (json!({ "users": [user, user] }), "users[1]"),
        (json!({ "users": user }), "users"),
        (json!({ "people": [] }), "people"),
        (json!({ "users": [user], "groups": [{ "guid": "g", "name": "G", "type": "none" }] }), "groups[0].type"),
        (json!({ "users": [user], "messages": [message(("receiver", json!("")))] }), "messages[0].receiver"),
        (json!({ "users": [user], "messages": [message(("receiver", json!("nobody")))] }), "messages[0]"),
        (json!({ "users": [user], "messages": [message(("sender", json!(7)))] }), "messages[0].sender"),
        (json!({ "users": [user], "messages": [message(("sentAt", json!("then")))] }), "messages[0].sentAt"),
        (json!({ "users": [user], "messages": [message(("read", json!("yes")))] }), "messages[0].read"),
    ] {
        let error = cloud.control(Method::POST, "/seed", seed).await.refused(400, "ERR_BAD_REQUEST");
        assert_eq!(field(&error), place);
        assert_eq!(cloud.admin(Method::GET, "/users", json!({})).await.data(), json!([]), "{place}");
    }
}

#[tokio::test]
async fn sockets_are_listed_and_cut_off() {
    let cloud = controlled().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let (mut first, mut second, mut other) = (alice.connect().await, alice.connect().await, bob.connect().await);
    let list = cloud.control(Method::GET, "/sockets?uid=alice", json!({})).await.data();
    assert_eq!(list.as_array().unwrap().len(), 2);
    assert_eq!((&list[0]["uid"], &list[0]["deviceId"]), (&json!("alice"), &json!(alice.device)));
    let dropped = cloud.control(Method::DELETE, &format!("/sockets/{}", list[0]["id"]), json!({})).await.data();
    assert_eq!(dropped["dropped"], 1);
    first.is_closed().await;
    assert_eq!(cloud.control(Method::DELETE, "/sockets?uid=alice", json!({})).await.data()["dropped"], 1);
    second.is_closed().await;
    assert_eq!(other.next("presence").await["body"]["action"], "offline");
    for id in ["0", "first"] {
        let refusal = cloud.control(Method::DELETE, &format!("/sockets/{id}"), json!({})).await;
        refusal.refused(404, "ERR_CONTROL_NOT_FOUND");
    }
    alice.connect().await;
}

#[tokio::test]
async fn the_clock_goes_forward_and_what_has_a_time_limit_expires() {
    let cloud = controlled().await;
    let alice = cloud.person("alice").await;
    cloud.person("bob").await;
    let file = json!({ "fileId": "f1", "name": "a.txt", "size": 5, "mimeType": "text/plain" });
    let announced = json!({ "files": { "f1": file }, "receiver": "bob", "receiverType": "user" });
    let address = alice.post("/files/upload-url", announced).await.data()["f1"]["request"]["url"].clone();
    let before = alice.writes("bob", "before").await["sentAt"].as_i64().unwrap();
    let clock = cloud.control(Method::POST, "/clock", json!({ "forwardSeconds": 3_600 })).await.data();
    assert_eq!(clock["offsetSeconds"], 3_600);
    assert!(alice.writes("bob", "after").await["sentAt"].as_i64().unwrap() >= before + 3_600);
    let headers = [("content-type", "multipart/form-data; boundary=edge")];
    let path = address.as_str().unwrap().strip_prefix(&cloud.base).unwrap();
    let expired = cloud.call(Method::POST, path, &headers, Some("--edge--".into())).await;
    assert!(expired.body.as_str().unwrap().contains("<Code>ExpiredToken</Code>"), "{}", expired.body);
    for wrong in [json!({}), json!({ "forwardSeconds": 0 }), json!({ "forwardSeconds": "1" })] {
        let error = cloud.control(Method::POST, "/clock", wrong).await.refused(400, "ERR_BAD_REQUEST");
        assert_eq!(field(&error), "forwardSeconds");
    }
}

#[tokio::test]
async fn people_are_deactivated_and_brought_back_without_the_rest_api_key() {
    let cloud = controlled().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let mut socket = bob.connect().await;
    let body = json!({ "uidsToDeactivate": ["bob"] });
    assert_eq!(cloud.control(Method::DELETE, "/users", body).await.data()["deactivatedUids"], json!(["bob"]));
    socket.is_closed().await;
    alice.post("/messages", text_message("bob", "gone?")).await.refused(404, "ERR_UID_NOT_FOUND");
    let body = json!({ "uidsToActivate": ["bob"] });
    assert_eq!(cloud.control(Method::PUT, "/users", body).await.data()["reactivatedUids"], json!(["bob"]));
    alice.writes("bob", "back again").await;
}
