//! Receipts in a group: to each sender, and once everybody has a message or has read it.

use serde_json::{Value, json};

use crate::cloud::{Person, Socket, TestCloud};

async fn three(cloud: &TestCloud) -> [Person<'_>; 3] {
    let people = [cloud.person("alice").await, cloud.person("bob").await, cloud.person("carol").await];
    people[0].founds("team", &["bob", "carol"]).await;
    people
}

async fn receipts(socket: &mut Socket) -> Vec<(String, String, String)> {
    let frames = socket.so_far().await;
    let receipts = frames.iter().filter(|frame| frame["type"] == "receipts");
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    receipts
        .map(|frame| (word(&frame["body"]["action"]), word(&frame["sender"]), word(&frame["body"]["messageId"])))
        .collect()
}

fn id(message: &Value) -> String {
    message["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn each_sender_hears_of_its_own_messages_and_of_everybody_having_them() {
    let cloud = TestCloud::start().await;
    let [alice, bob, carol] = three(&cloud).await;
    let (mut of_alice, mut of_bob, mut of_carol) = (alice.connect().await, bob.connect().await, carol.connect().await);
    let one = alice.tells("team", "one").await;
    let two = bob.tells("team", "two").await;
    of_carol.sends_receipt("team", "read", &two).await;
    of_carol.so_far().await;
    assert_eq!(receipts(&mut of_alice).await, [("read".into(), "carol".into(), id(&one))]);
    assert_eq!(receipts(&mut of_bob).await, [("read".into(), "carol".into(), id(&two))]);
    of_bob.sends_receipt("team", "delivered", &one).await;
    of_bob.so_far().await;
    assert_eq!(
        receipts(&mut of_alice).await,
        [("delivered".into(), "bob".into(), id(&one)), ("deliveredToAll".into(), "app_system".into(), id(&one))]
    );
    of_bob.sends_receipt("team", "read", &one).await;
    let frame = of_alice.next("receipts").await;
    assert_eq!(
        (&frame["body"]["action"], &frame["receiver"], &frame["receiverType"]),
        (&json!("read"), &json!("team"), &json!("group"))
    );
    let frame = of_alice.next("receipts").await;
    assert_eq!((&frame["body"]["action"], &frame["deviceId"]), (&json!("readByAll"), &json!("app_system")));
    of_bob.sends_receipt("team", "read", &one).await;
    of_bob.so_far().await;
    assert_eq!(receipts(&mut of_alice).await, [], "news only once");
}

#[tokio::test]
async fn the_sender_sees_when_all_have_it_and_who_has_read_it() {
    let cloud = TestCloud::start().await;
    let [alice, bob, carol] = three(&cloud).await;
    let sent = alice.tells("team", "one").await;
    let path = format!("/messages/{}", id(&sent));
    bob.post("/groups/team/conversation/read", json!({})).await.data();
    let seen = alice.get(&path).await.data();
    assert!(seen.get("readAt").is_none() && seen.get("deliveredAt").is_none(), "carol has not: {seen}");
    let who = seen["receipts"]["data"].as_array().unwrap();
    assert_eq!((&who[0]["recipient"]["uid"], who[0]["readAt"].is_i64()), (&json!("bob"), true));
    assert_eq!((&who[1]["recipient"]["uid"], who[1].get("readAt")), (&json!("carol"), None));
    carol.post("/groups/team/conversation/delivered", json!({})).await.data();
    let seen = alice.get(&path).await.data();
    assert!(seen.get("readAt").is_none() && seen["deliveredAt"].is_i64(), "{seen}");
    carol.delete("/groups/team/members", json!({})).await.data();
    assert!(alice.get(&path).await.data()["readAt"].is_i64(), "who left is not waited for");
    assert!(bob.get(&path).await.data()["myReceipt"]["readAt"].is_i64());
}

#[tokio::test]
async fn an_outsider_acknowledges_nothing() {
    let cloud = TestCloud::start().await;
    let [alice, _bob, _carol] = three(&cloud).await;
    let dave = cloud.person("dave").await;
    let (mut of_alice, mut of_dave) = (alice.connect().await, dave.connect().await);
    let sent = alice.tells("team", "one").await;
    of_dave.sends_receipt("team", "read", &sent).await;
    of_dave.so_far().await;
    assert_eq!(receipts(&mut of_alice).await, []);
}
