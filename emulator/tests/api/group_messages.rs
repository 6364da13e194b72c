//! What is said in a group: who gets it, who may, and how it stands in lists.

use cometchat_emulator::Limits;
use serde_json::json;

use crate::cloud::{Person, TestCloud, group_message, texts};

async fn three(cloud: &TestCloud) -> [Person<'_>; 3] {
    let people = [cloud.person("alice").await, cloud.person("bob").await, cloud.person("carol").await];
    people[0].founds("team", &["bob"]).await;
    people
}

#[tokio::test]
async fn a_message_reaches_every_member_and_nobody_else() {
    let cloud = TestCloud::start().await;
    let [alice, bob, carol] = three(&cloud).await;
    let (mut of_alice, mut of_bob, mut of_carol) = (alice.connect().await, bob.connect().await, carol.connect().await);
    let sent = alice.tells("TEAM", "hello all").await;
    assert_eq!((&sent["conversationId"], &sent["receiver"]), (&json!("group_team"), &json!("team")));
    let frame = of_bob.next("message").await;
    assert_eq!(
        (&frame["receiver"], &frame["receiverType"], &frame["sender"]),
        (&json!("team"), &json!("group"), &json!("alice"))
    );
    let receiver = &frame["body"]["data"]["entities"]["receiver"];
    assert_eq!((&receiver["entityType"], &receiver["entity"]["scope"]), (&json!("group"), &json!("participant")));
    assert_eq!(of_alice.next("message").await["deviceId"], alice.device);
    assert!(of_carol.so_far().await.iter().all(|frame| frame["type"] != "message"));
    assert_eq!(bob.unread().await, json!([{ "entityType": "group", "entityId": "team", "count": 1 }]));
    assert_eq!(alice.unread().await, json!([]));
    let path = format!("/messages/{}", sent["id"].as_str().unwrap());
    bob.get(&path).await.data();
    carol.get(&path).await.refused(403, "ERR_MESSAGE_NO_ACCESS");
    assert_eq!(carol.get("/messages").await.data(), json!([]));
}

#[tokio::test]
async fn only_members_write_and_read() {
    let cloud = TestCloud::start().await;
    let [_alice, _bob, carol] = three(&cloud).await;
    carol.post("/messages", group_message("team", "let me in")).await.refused(403, "ERR_GROUP_NOT_JOINED");
    carol.post("/messages", group_message("nothing", "x")).await.refused(404, "ERR_GUID_NOT_FOUND");
    carol.get("/groups/team/messages").await.refused(403, "ERR_GROUP_NOT_JOINED");
    carol.get("/groups/nothing/messages").await.refused(404, "ERR_GUID_NOT_FOUND");
    for path in ["/groups/team/conversation", "/groups/nothing/conversation"] {
        carol.get(path).await.refused(404, "ERR_CONVERSATION_NOT_ACCESSIBLE");
    }
    carol.post("/groups/team/conversation/read", json!({})).await.refused(404, "ERR_CONVERSATION_NOT_ACCESSIBLE");
}

#[tokio::test]
async fn a_groups_conversation_is_counted_marked_tagged_and_cleared_as_any_other() {
    let cloud = TestCloud::start().await;
    let [alice, bob, _] = three(&cloud).await;
    alice.tells("team", "one").await;
    let two = alice.tells("team", "two").await;
    let conversation = bob.get("/groups/TEAM/conversation").await.data();
    assert_eq!((&conversation["unreadMessageCount"], &conversation["latestMessageId"]), (&json!("2"), &two["id"]));
    assert_eq!(conversation["conversationWith"]["name"], "team of the test");
    bob.post("/groups/team/conversation/read", json!({})).await.data();
    assert_eq!(bob.get("/groups/team/conversation").await.data()["unreadMessageCount"], "0");
    let marked = bob.delete("/groups/team/conversation/read", json!({ "messageId": two["id"] })).await.data();
    assert_eq!(marked["conversation"]["unreadMessageCount"], "1");
    let tagged = bob.put("/groups/team/conversation", json!({ "tags": ["archived"] })).await.data();
    assert_eq!(tagged["tags"], json!(["archived"]));
    let guids = async |query: &str| {
        let list = bob.get(&format!("/conversations?{query}")).await.data();
        list.as_array().unwrap().iter().map(|one| one["conversationWith"]["guid"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(guids("conversationType=group&tags=archived").await, ["team"]);
    assert_eq!(guids("searchKey=TEAM").await, ["team"]);
    assert!(guids("conversationType=user").await.is_empty());
    bob.delete("/groups/team/conversation", json!({})).await.data();
    assert!(guids("").await.is_empty());
    assert_eq!(texts(&bob.get("/groups/team/messages").await.data()), [] as [&str; 0]);
    assert_eq!(alice.get("/groups/team/messages?categories=message").await.data().as_array().unwrap().len(), 2);
    alice.tells("team", "three").await;
    assert_eq!(guids("unread=1").await, ["team"]);
}

#[tokio::test]
async fn an_admin_or_a_moderator_may_delete_what_others_said() {
    let cloud = TestCloud::start().await;
    let [alice, bob, carol] = three(&cloud).await;
    let of_alice = alice.tells("team", "mine").await;
    let of_bob = bob.tells("team", "his").await;
    let path = |message: &serde_json::Value| format!("/messages/{}", message["id"].as_str().unwrap());
    bob.delete(&path(&of_alice), json!({})).await.refused(403, "ERR_MESSAGE_NOT_A_SENDER");
    carol.delete(&path(&of_alice), json!({})).await.refused(403, "ERR_MESSAGE_NO_ACCESS");
    let mut socket = bob.connect().await;
    let action = alice.delete(&path(&of_bob), json!({})).await.data();
    assert_eq!(action["data"]["entities"]["on"]["entity"]["deletedBy"], "alice");
    assert_eq!(socket.next("message").await["body"]["data"]["action"], "deleted");
    let edited = alice.put(&path(&of_alice), json!({ "data": { "text": "ours" } })).await.data();
    assert_eq!(edited["receiverType"], "group");
    assert_eq!(socket.next("message").await["body"]["data"]["entities"]["on"]["entity"]["data"]["text"], "ours");
}

#[tokio::test]
async fn typing_and_transient_messages_go_to_all_other_members() {
    let cloud = TestCloud::start().await;
    let [alice, bob, carol] = three(&cloud).await;
    let (mut of_alice, mut of_bob, mut of_carol) = (alice.connect().await, bob.connect().await, carol.connect().await);
    for (kind, receiver_type) in [("started", "group"), ("ended", "groupchat")] {
        let frame = json!({
            "appId": "emuapp", "receiver": "TEAM", "receiverType": receiver_type, "deviceId": alice.device,
            "type": "typing_indicator", "body": { "action": kind, "user": { "uid": "forged" } },
        });
        of_alice.send(frame).await;
        let got = of_bob.next("typing_indicator").await;
        assert_eq!((&got["body"]["action"], &got["body"]["user"]["uid"]), (&json!(kind), &json!("alice")));
        assert_eq!((&got["receiver"], &got["receiverType"]), (&json!("team"), &json!("group")));
    }
    let frame = json!({ "receiver": "team", "receiverType": "group", "type": "transient_message", "body": { "data": { "k": 1 } } });
    of_alice.send(frame.clone()).await;
    assert_eq!(of_bob.next("transient_message").await["body"]["data"], json!({ "k": 1 }));
    of_carol.send(frame).await;
    of_carol.so_far().await;
    assert!(of_bob.so_far().await.iter().all(|frame| frame["type"] != "transient_message"), "an outsider is not heard");
    assert!(of_alice.so_far().await.iter().all(|frame| frame["type"] == "presence"));
}

#[tokio::test]
async fn in_a_group_with_too_many_online_nobody_is_seen_typing() {
    let limits = Limits { members_who_type: 1, ..Limits::default() };
    let cloud = TestCloud::builder().with_limits(limits).start().await;
    let [alice, bob, _] = three(&cloud).await;
    let (mut of_alice, mut of_bob) = (alice.connect().await, bob.connect().await);
    let frame = |kind| json!({ "receiver": "team", "receiverType": "group", "type": kind, "body": { "action": "started", "data": {} } });
    of_alice.send(frame("typing_indicator")).await;
    of_alice.send(frame("transient_message")).await;
    of_alice.so_far().await;
    let kinds: Vec<_> = of_bob.so_far().await.iter().map(|frame| frame["type"].clone()).collect();
    assert_eq!(kinds, ["transient_message"]);
}

#[tokio::test]
async fn in_a_group_that_is_too_large_nothing_counts_as_unread() {
    let limits = Limits { members_with_receipts: 1, ..Limits::default() };
    let cloud = TestCloud::builder().with_limits(limits).start().await;
    let [alice, bob, _] = three(&cloud).await;
    let mut socket = bob.connect().await;
    alice.tells("team", "to very many").await;
    assert_eq!(socket.next("message").await["body"]["data"]["text"], "to very many");
    assert_eq!(bob.unread().await, json!([]));
    assert_eq!(bob.get("/conversations").await.data(), json!([]));
    assert_eq!(bob.get("/groups/team/messages?categories=message").await.data().as_array().unwrap().len(), 1);
}
