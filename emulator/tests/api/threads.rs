//! Replies in threads, quotes and mentions.

use serde_json::{Value, json};

use crate::cloud::{Person, TestCloud, group_message, text_message, texts};

async fn two(cloud: &TestCloud) -> (Person<'_>, Person<'_>) {
    (cloud.person("alice").await, cloud.person("bob").await)
}

fn id(message: &Value) -> &str {
    message["id"].as_str().unwrap()
}

async fn replies(person: &Person<'_>, parent: &Value, to: &str, text: &str) -> Value {
    person.post(&format!("/messages/{}/thread", id(parent)), text_message(to, text)).await.data()
}

#[tokio::test]
async fn a_reply_stands_in_its_thread_and_counts_at_its_parent() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let parent = alice.writes("bob", "question").await;
    let mut socket = alice.connect().await;
    let reply = replies(&bob, &parent, "alice", "answer").await;
    assert_eq!(reply["parentId"], parent["id"]);
    assert_eq!(socket.next("message").await["body"]["parentId"], parent["id"]);
    let mut body = text_message("bob", "thanks");
    body["parentMessageId"] = json!(id(&parent).parse::<i64>().unwrap());
    alice.post("/messages", body).await.data();
    let thread = format!("/messages/{}/thread", id(&parent));
    assert_eq!(texts(&alice.get(&thread).await.data()), ["answer", "thanks"]);
    assert_eq!(texts(&alice.get(&format!("{thread}?per_page=1&id=99")).await.data()), ["thanks"]);
    let seen = alice.get(&format!("/messages/{}", id(&parent))).await.data();
    assert_eq!((&seen["replyCount"], &seen["unreadRepliesCount"]), (&json!(2), &json!(1)));
    assert_eq!(texts(&bob.get("/users/alice/messages?hideReplies=true").await.data()), ["question"]);
    bob.delete(&format!("/messages/{}", id(&reply)), json!({})).await.data();
    let seen = alice.get(&format!("/messages/{}", id(&parent))).await.data();
    assert_eq!((&seen["replyCount"], &seen["unreadRepliesCount"]), (&json!(1), &json!(0)));
    assert_eq!(texts(&alice.get("/users/bob/messages?hideReplies=true").await.data()), ["question"]);
}

#[tokio::test]
async fn a_thread_is_neither_nested_nor_of_another_conversation() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let carol = cloud.person("carol").await;
    let parent = alice.writes("bob", "question").await;
    let reply = replies(&bob, &parent, "alice", "answer").await;
    let post = async |who: &Person<'_>, parent: &str, to: &str| {
        who.post(&format!("/messages/{parent}/thread"), text_message(to, "x")).await
    };
    post(&alice, id(&reply), "bob").await.refused(400, "ERR_MESSAGE_THREAD_NESTING");
    post(&alice, id(&parent), "carol").await.refused(400, "ERR_WRONG_MESSAGE_THREAD");
    post(&carol, id(&parent), "alice").await.refused(403, "ERR_MESSAGE_NO_ACCESS");
    post(&alice, "999", "bob").await.refused(404, "ERR_MESSAGE_ID_NOT_FOUND");
    let action = alice.put(&format!("/messages/{}", id(&parent)), json!({ "data": { "text": "q" } })).await.data();
    post(&alice, id(&action), "bob").await.refused(400, "ERR_WRONG_MESSAGE_THREAD_CATEGORY");
    carol.get(&format!("/messages/{}/thread", id(&parent))).await.refused(403, "ERR_MESSAGE_NO_ACCESS");
    carol
        .post(&format!("/messages/{}/thread/subscription", id(&parent)), json!({}))
        .await
        .refused(403, "ERR_MESSAGE_NO_ACCESS");
    alice
        .post(&format!("/messages/{}/thread/subscription", id(&reply)), json!({}))
        .await
        .refused(400, "ERR_MESSAGE_THREAD_NESTING");
    assert_eq!(texts(&alice.get(&format!("/messages/{}/thread", id(&parent))).await.data()), ["answer"]);
}

#[tokio::test]
async fn threads_are_followed_by_whom_they_concern_and_listed_by_their_latest_reply() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let carol = cloud.person("carol").await;
    alice.founds("team", &["bob", "carol"]).await;
    let parent = alice.tells("team", "first").await;
    let second = carol.tells("team", "second").await;
    let to_parent = format!("/messages/{}/thread", id(&parent));
    bob.post(&to_parent, group_message("team", "one")).await.data();
    carol.post(&format!("/messages/{}/thread", id(&second)), group_message("team", "two")).await.data();
    bob.post(&to_parent, group_message("team", "three <@uid:carol>")).await.data();
    let roots = async |who: &Person<'_>, query: &str| texts(&who.get(&format!("/threads?{query}")).await.data());
    assert_eq!(roots(&alice, "participatedByMe=true&limit=30").await, ["first"]);
    assert_eq!(roots(&bob, "participatedByMe=true").await, ["first"]);
    assert_eq!(roots(&carol, "participatedByMe=true").await.len(), 2, "answered and mentioned");
    assert_eq!(roots(&bob, "participatedByMe=false").await.len(), 2);
    let thread = alice.get("/groups/team/threads?participatedByMe=true").await.data()[0].clone();
    assert_eq!((&thread["replyCount"], &thread["unreadReplyCount"]), (&json!(2), &json!(2)));
    assert_eq!(
        (&thread["lastReply"]["data"]["text"], &thread["threadSubscribed"]),
        (&json!("three <@uid:carol>"), &json!(true))
    );
    alice.delete(&format!("{to_parent}/subscription"), json!({})).await.data();
    assert!(roots(&alice, "participatedByMe=true").await.is_empty());
    bob.post(&to_parent, group_message("team", "four")).await.data();
    assert!(roots(&alice, "participatedByMe=true").await.is_empty(), "who stopped following is left alone");
    let seen = alice.get(&format!("/messages/{}?withThreadSubscribed=true", id(&parent))).await.data();
    assert_eq!(seen["threadSubscribed"], false);
    assert!(alice.post(&format!("{to_parent}/subscription"), json!({})).await.data()["message"].is_string());
    assert_eq!(roots(&alice, "participatedByMe=true").await, ["first"]);
    let cursor = format!(
        "limit=1&participatedByMe=false&updatedAt={}&id={}",
        second["sentAt"].as_i64().unwrap() + 9,
        id(&second)
    );
    assert_eq!(roots(&carol, &cursor).await.len(), 1);
    cloud.person("dave").await.get("/groups/team/threads").await.refused(403, "ERR_GROUP_NOT_JOINED");
}

#[tokio::test]
async fn a_quote_carries_what_it_quotes() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let (first, other) = (alice.writes("bob", "original").await, alice.writes("alice", "note to self").await);
    let mut body = text_message("alice", "I mean this");
    body["quotedMessageId"] = json!(id(&first).parse::<i64>().unwrap());
    let mut socket = alice.connect().await;
    let quote = bob.post("/messages", body.clone()).await.data();
    assert_eq!(quote["quotedMessageId"], first["id"]);
    let quoted = &socket.next("message").await["body"]["quotedMessage"];
    assert_eq!((&quoted["id"], &quoted["data"]["text"]), (&first["id"], &json!("original")));
    assert_eq!(quoted["data"]["entities"]["sender"]["entity"]["uid"], "alice");
    let mut again = text_message("bob", "and this");
    again["quotedMessageId"] = quote["id"].clone();
    let chain = alice.post("/messages", again).await.data();
    assert!(chain["quotedMessage"].get("quotedMessage").is_none(), "one level is enough");
    assert_eq!(texts(&bob.get("/users/alice/messages?hideQuotedMessages=true").await.data()), ["original"]);
    alice.delete(&format!("/messages/{}", id(&first)), json!({})).await.data();
    let seen = bob.get(&format!("/messages/{}", id(&quote))).await.data();
    assert!(seen["quotedMessage"]["deletedAt"].is_i64() && !seen.to_string().contains("original"), "{seen}");
    let mut foreign = text_message("bob", "x");
    foreign["quotedMessageId"] = other["id"].clone();
    alice.post("/messages", foreign).await.refused(400, "ERR_BAD_REQUEST");
    body["quotedMessageId"] = json!(999);
    bob.post("/messages", body.clone()).await.refused(404, "ERR_MESSAGE_ID_NOT_FOUND");
    body["quotedMessageId"] = json!("x");
    bob.post("/messages", body).await.refused(400, "ERR_BAD_REQUEST");
}

#[tokio::test]
async fn who_is_mentioned_is_named_in_the_message_and_counted() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = two(&cloud).await;
    let carol = cloud.person("carol").await;
    alice.founds("team", &["bob", "carol"]).await;
    let mut body = group_message("team", "<@uid:BOB> and <@uid:nobody>, look");
    body["data"]["mentions"] = json!({ "carol": { "uid": "carol", "name": "forged" } });
    let sent = alice.post("/messages", body).await.data();
    assert_eq!(sent["data"]["mentions"].as_object().unwrap().keys().collect::<Vec<_>>(), ["bob"]);
    assert_eq!(sent["data"]["mentions"]["bob"]["name"], "bob of the test");
    assert_eq!(bob.get("/groups/team/conversation").await.data()["unreadMentionsCount"], 1);
    assert_eq!(carol.get("/groups/team/conversation").await.data()["unreadMentionsCount"], 0);
    for (query, found) in [("mentionedUids=Bob", 1), ("mentionedUids=carol", 0), ("hasMentions=1", 1)] {
        let list = bob.get(&format!("/groups/team/messages?categories=message&{query}")).await.data();
        assert_eq!(list.as_array().unwrap().len(), found, "{query}");
    }
    alice.put(&format!("/messages/{}", id(&sent)), json!({ "data": { "text": "<@uid:carol> rather" } })).await.data();
    assert_eq!(bob.get("/groups/team/conversation").await.data()["unreadMentionsCount"], 0);
    assert_eq!(carol.get("/groups/team/conversation").await.data()["unreadMentionsCount"], 1);
    carol.post("/groups/team/conversation/read", json!({})).await.data();
    assert_eq!(carol.get("/groups/team/conversation").await.data()["unreadMentionsCount"], 0);
}

#[tokio::test]
async fn a_whole_group_is_mentioned_at_once_and_each_learns_of_itself() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    cloud.person("carol").await;
    alice.founds("team", &["bob", "carol"]).await;
    let mut socket = bob.connect().await;
    alice.tells("team", "lunch, <@all:all>?").await;
    let mentions = socket.next("message").await["body"]["data"]["mentions"].clone();
    assert_eq!(mentions.as_object().unwrap().keys().collect::<Vec<_>>(), ["bob"]);
    let conversation = bob.get("/groups/team/conversation").await.data();
    assert_eq!(conversation["unreadMentionsCount"], 1);
    let own = alice.get("/groups/team/messages?hasMentions=1").await.data();
    assert!(own[0]["data"].get("mentions").is_none(), "nobody mentions itself");
    alice.writes("bob", "<@all:all>").await;
    assert_eq!(bob.get("/users/alice/conversation").await.data()["unreadMentionsCount"], 0, "two are no group");
}

#[tokio::test]
async fn replies_bring_what_they_reply_to_where_that_is_asked_for() {
    let cloud = TestCloud::start().await;
    let alice = cloud.person("alice").await;
    cloud.person("bob").await;
    let parent = alice.writes("bob", "the parent").await["id"].clone();
    let path = format!("/messages/{}/thread", parent.as_str().unwrap());
    alice.post(&path, text_message("bob", "the reply")).await.data();
    assert!(alice.get(&path).await.data()[0].get("parentMessage").is_none());
    let replies = alice.get(&format!("{path}?withParent=1")).await.data();
    assert_eq!(replies[0]["parentMessage"]["data"]["text"], "the parent");
    let all = alice.get("/users/bob/messages?withParent=1").await.data();
    assert!(all[0].get("parentMessage").is_none() && all[1]["parentMessage"]["id"] == parent, "{all}");
}
