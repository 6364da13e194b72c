//! Pages of messages and their filters.

use serde_json::{Value, json};

use crate::cloud::{Person, TestCloud, text_message, texts};

async fn two(cloud: &TestCloud) -> (Person<'_>, Person<'_>) {
    (cloud.person("alice").await, cloud.person("bob").await)
}

/// The page and the query that goes on from it.
async fn page(person: &Person<'_>, query: &str) -> (Vec<String>, Option<String>) {
    let answer = person.get(&format!("/users/bob/messages?{query}")).await;
    let cursor = answer.body["meta"]["cursor"].clone();
    let texts = texts(&answer.data());
    let next = cursor
        .is_object()
        .then(|| format!("&id={}&sentAt={}", cursor["id"].as_str().unwrap(), cursor["sentAt"].as_i64().unwrap()));
    (texts, next)
}

#[tokio::test]
async fn older_pages_are_ascending_complete_and_end_without_a_cursor() {
    let cloud = TestCloud::start().await;
    let (alice, _bob) = two(&cloud).await;
    for number in 1..=7 {
        alice.writes("bob", &format!("m{number}")).await;
    }
    let query = "per_page=3&affix=prepend&withThreadSubscribed=true";
    let (texts, next) = page(&alice, query).await;
    assert_eq!(texts, ["m5", "m6", "m7"]);
    let (texts, next) = page(&alice, &format!("{query}{}", next.unwrap())).await;
    assert_eq!(texts, ["m2", "m3", "m4"]);
    let (texts, next) = page(&alice, &format!("{query}{}", next.unwrap())).await;
    assert_eq!(texts, ["m1"]);
    let (texts, next) = page(&alice, &format!("{query}{}", next.unwrap())).await;
    assert_eq!((texts.len(), next), (0, None));
}

#[tokio::test]
async fn pages_stay_stable_while_messages_arrive() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    for number in 0..30 {
        alice.writes("bob", &number.to_string()).await;
    }
    let query = "per_page=10&affix=prepend";
    let (mut all, mut next) = page(&alice, query).await;
    while let Some(cursor) = next {
        bob.writes("alice", "meanwhile").await;
        let (mut older, following) = page(&alice, &format!("{query}{cursor}")).await;
        older.append(&mut all);
        all = older;
        next = following;
    }
    assert_eq!(all, (0..30).map(|number| number.to_string()).collect::<Vec<_>>());
}

#[tokio::test]
async fn newer_pages_go_on_from_a_message() {
    let cloud = TestCloud::start().await;
    let (alice, _bob) = two(&cloud).await;
    let first = alice.writes("bob", "m1").await;
    for number in 2..=5 {
        alice.writes("bob", &format!("m{number}")).await;
    }
    let id = first["id"].as_str().unwrap();
    let (texts, next) = page(&alice, &format!("per_page=3&id={id}&affix=append")).await;
    assert_eq!(texts, ["m2", "m3", "m4"]);
    let (texts, _) = page(&alice, &format!("per_page=3&affix=append{}", next.unwrap())).await;
    assert_eq!(texts, ["m5"]);
}

#[tokio::test]
async fn each_side_pages_the_same_conversation_and_no_other() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let carol = cloud.person("carol").await;
    alice.writes("bob", "to bob").await;
    bob.writes("alice", "to alice").await;
    carol.writes("bob", "from carol").await;
    assert_eq!(alice.texts_with("BOB", "").await, ["to bob", "to alice"]);
    assert_eq!(bob.texts_with("alice", "").await, ["to bob", "to alice"]);
    assert_eq!(texts(&bob.get("/messages").await.data()), ["to bob", "to alice", "from carol"]);
    alice.get("/users/nobody/messages").await.refused(404, "ERR_UID_NOT_FOUND");
}

#[tokio::test]
async fn messages_are_found_by_text_in_any_case_with_its_accents_and_encoded_twice_on_later_pages() {
    let cloud = TestCloud::start().await;
    let (alice, _bob) = two(&cloud).await;
    for text in ["Un CAFÉ ?", "a tea", "café 50%_"] {
        alice.writes("bob", text).await;
    }
    assert_eq!(alice.texts_with("bob", "searchKey=caf%C3%A9").await, ["Un CAFÉ ?", "café 50%_"]);
    assert_eq!(alice.texts_with("bob", "searchKey=caf%25C3%25A9&id=3&sentAt=1").await, ["Un CAFÉ ?"]);
    assert_eq!(alice.texts_with("bob", "searchKey=cafe").await, [] as [&str; 0], "accents are not folded");
    assert_eq!(alice.texts_with("bob", "searchKey=%25_").await, ["café 50%_"], "no wildcard");
}

#[tokio::test]
async fn messages_are_narrowed_by_category_type_tag_link_mention_and_attachment() {
    let cloud = TestCloud::start().await;
    let (alice, _bob) = two(&cloud).await;
    alice.writes("bob", "see https://example.org").await;
    alice.writes("bob", "ask <@uid:bob>").await;
    let mut tagged = text_message("bob", "tagged");
    tagged["tags"] = json!(["todo"]);
    alice.post("/messages", tagged).await.data();
    let image = json!({ "type": "image", "receiverType": "user", "category": "message", "receiver": "bob", "data": { "text": "pic", "attachments": [{ "url": "https://f.example/a.png" }] } });
    alice.post("/messages", image).await.data();
    let custom = json!({ "type": "poll", "receiverType": "user", "category": "custom", "receiver": "bob", "data": { "text": "poll", "customData": {} } });
    alice.post("/messages", custom).await.data();
    for (query, expected) in [
        ("hasLinks=true", "see https://example.org"),
        ("hasMentions=true", "ask <@uid:bob>"),
        ("mentionedUids=bob", "ask <@uid:bob>"),
        ("tags=todo", "tagged"),
        ("types=image,video", "pic"),
        ("hasAttachments=true", "pic"),
        ("categories=custom,call", "poll"),
    ] {
        assert_eq!(alice.texts_with("bob", query).await, [expected], "{query}");
    }
    assert_eq!(alice.texts_with("bob", "pinned=1").await, [] as [&str; 0]);
}

#[tokio::test]
async fn a_deleted_message_mentions_nobody_any_more() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let message = alice.writes("bob", "ask <@uid:bob>").await;
    assert_eq!(bob.texts_with("alice", "mentionedUids=bob").await, ["ask <@uid:bob>"]);
    alice.delete(&format!("/messages/{}", message["id"].as_str().unwrap()), json!({})).await.data();
    assert_eq!(bob.texts_with("alice", "mentionedUids=bob").await, [] as [&str; 0]);
}

#[tokio::test]
async fn what_changed_since_a_moment_is_found_again_with_its_receipts() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let (edited, deleted, read) =
        (alice.writes("bob", "edited").await, bob.writes("alice", "deleted").await, alice.writes("bob", "read").await);
    let since = read["sentAt"].as_i64().unwrap();
    let changed = async || {
        let query = format!("/users/bob/messages?affix=append&updatedAt={since}&onlyUpdates=1");
        alice
            .get(&query)
            .await
            .data()
            .as_array()
            .unwrap()
            .iter()
            .map(|message| message["id"].clone())
            .collect::<Vec<Value>>()
    };
    assert_eq!(changed().await, [] as [Value; 0]);
    alice
        .put(&format!("/messages/{}", edited["id"].as_str().unwrap()), json!({ "data": { "text": "new" } }))
        .await
        .data();
    bob.delete(&format!("/messages/{}", deleted["id"].as_str().unwrap()), json!({})).await.data();
    assert_eq!(changed().await, [edited["id"].clone(), deleted["id"].clone()]);
    bob.post("/users/alice/conversation/read", json!({})).await.data();
    assert_eq!(changed().await, [edited["id"].clone(), deleted["id"].clone(), read["id"].clone()]);
    let query = format!("/users/bob/messages?affix=append&updatedAt={}&onlyUpdates=1", since + 60);
    assert_eq!(alice.get(&query).await.data(), json!([]));
}

#[tokio::test]
async fn a_page_has_up_to_a_hundred_messages() {
    let cloud = TestCloud::start().await;
    let (alice, _bob) = two(&cloud).await;
    for query in ["per_page=101", "per_page=0", "per_page=many", "id=first"] {
        alice.get(&format!("/users/bob/messages?{query}")).await.refused(400, "ERR_BAD_REQUEST");
    }
}
