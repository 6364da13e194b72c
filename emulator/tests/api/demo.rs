//! The demo people.

use std::time::Duration;

use cometchat_emulator::Pace;
use reqwest::Method;
use serde_json::json;

use crate::cloud::{Person, TestCloud};

#[tokio::test]
async fn a_newcomer_finds_one_unread_welcome_and_the_demo_people() {
    let cloud = TestCloud::builder().with_demo(Pace::INSTANT).start().await;
    let body = json!({ "uid": "ann", "name": "Ann", "withAuthToken": true });
    let user = cloud.admin(Method::POST, "/users", body).await.data();
    let ann = cloud.login_with(user["authToken"].as_str().unwrap()).await;
    let mut socket = ann.connect().await;
    if ann.unread().await == json!([]) {
        socket.next("message").await;
    }
    assert_eq!(ann.unread().await, json!([{ "entityType": "user", "entityId": "demo-guide", "count": 1 }]));
    assert!(ann.texts_with("demo-guide", "").await[0].contains("Ann"));
    let people = ann.get("/users?searchKey=demo").await.data();
    assert_eq!(people.as_array().unwrap().len(), 5);
    assert!(
        people
            .as_array()
            .unwrap()
            .iter()
            .all(|user| user["name"].as_str().unwrap().ends_with("(demo)") && user.get("avatar").is_none())
    );
}

#[tokio::test]
async fn the_guide_comes_online_reads_types_answers_and_leaves() {
    let cloud = TestCloud::builder().with_demo(Pace::INSTANT).start().await;
    let ann = cloud.person("ann").await;
    let mut socket = ann.connect().await;
    ann.writes("demo-guide", "Bonjour !").await;
    let mut seen = Vec::new();
    while seen.last().is_none_or(|last| last != "offline") {
        let frame = socket.next_of_any_type().await;
        let welcome = frame["body"]["muid"].as_str().is_some_and(|muid| muid.starts_with("welcome"));
        if frame["sender"] == "demo-guide" && !welcome {
            let text = frame["body"]["data"]["text"].as_str().map(|text| text.split(' ').next().unwrap().to_owned());
            seen.push(frame["body"]["action"].as_str().map(ToOwned::to_owned).or(text).unwrap());
        }
    }
    assert_eq!(seen, ["online", "delivered", "read", "started", "ended", "Bonjour", "offline"]);
}

#[tokio::test]
async fn what_is_written_while_the_guide_types_is_answered_too() {
    let pace = Pace { typing: Duration::from_millis(500), ..Pace::INSTANT };
    let cloud = TestCloud::builder().with_demo(pace).start().await;
    let ann = cloud.person("ann").await;
    let mut socket = ann.connect().await;
    ann.writes("demo-guide", "help").await;
    socket.next("typing_indicator").await;
    ann.writes("demo-guide", "thanks").await;
    while !socket.next("message").await["body"]["data"]["text"].as_str().unwrap().starts_with("You are") {}
}

/// Waits for the answer to "help".
async fn is_answered(person: &Person<'_>) {
    let mut socket = person.connect().await;
    loop {
        let texts = person.texts_with("demo-guide", "categories=message").await;
        if texts.iter().any(|text| text.starts_with("You can try")) {
            return;
        }
        let frame = socket.next("message").await;
        assert_eq!(frame["sender"], "demo-guide");
    }
}

#[tokio::test]
async fn what_was_read_and_not_answered_before_a_stop_is_answered_after_it_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("emulator.db");
    let slow = Pace { typing: Duration::from_hours(1), ..Pace::INSTANT };
    let first = TestCloud::builder().with_data(&file).with_demo(slow).start().await;
    let token = {
        let ann = first.person("ann").await;
        let mut socket = ann.connect().await;
        ann.writes("demo-guide", "help").await;
        assert_eq!(socket.next("typing_indicator").await["body"]["action"], "started");
        ann.token
    };
    first.emulator.close().await;
    drop(first);
    for _ in 0..2 {
        let again = TestCloud::builder().with_data(&file).with_demo(Pace::INSTANT).start().await;
        let ann = again.login_with(&token).await;
        is_answered(&ann).await;
        // The answer to a second word comes after any second answer to the first.
        let mut socket = ann.connect().await;
        ann.writes("demo-guide", "thanks").await;
        while !socket.next("message").await["body"]["data"]["text"].as_str().unwrap().starts_with("You are") {}
        let texts = ann.texts_with("demo-guide", "categories=message").await;
        assert_eq!(texts.iter().filter(|text| text.starts_with("You can try")).count(), 1, "{texts:?}");
        again.emulator.close().await;
    }
}

#[tokio::test]
async fn what_was_written_while_the_guide_was_away_is_answered_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("emulator.db");
    let slow = Pace { reading: Duration::from_hours(1), ..Pace::INSTANT };
    let first = TestCloud::builder().with_data(&file).with_demo(slow).start().await;
    let token = {
        let ann = first.person("ann").await;
        ann.writes("demo-guide", "help").await;
        ann.token
    };
    first.emulator.close().await;
    drop(first);
    let cloud = TestCloud::builder().with_data(&file).with_demo(Pace::INSTANT).start().await;
    is_answered(&cloud.login_with(&token).await).await;
    let guides = cloud.admin(Method::GET, "/users?searchKey=demo-guide", json!({})).await.data();
    assert_eq!(guides.as_array().unwrap().len(), 1, "seeded once");
}
