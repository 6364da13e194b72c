//! Coming into a group, going, and being sent: who may, what is refused, and what everybody is told.

use serde_json::{Value, json};

use super::groups::group;
use crate::cloud::{Person, Socket, TestCloud};

async fn four(cloud: &TestCloud) -> [Person<'_>; 4] {
    [cloud.person("alice").await, cloud.person("bob").await, cloud.person("carol").await, cloud.person("dave").await]
}

/// The next group event on the socket: action, by, on.
async fn event(socket: &mut Socket) -> [String; 3] {
    let body = socket.next("message").await["body"].clone();
    assert_eq!((&body["category"], &body["type"]), (&json!("action"), &json!("groupMember")), "{body}");
    let entities = &body["data"]["entities"];
    assert_eq!((&entities["for"]["entityType"], &entities["on"]["entityType"]), (&json!("group"), &json!("user")));
    [&body["data"]["action"], &entities["by"]["entity"]["uid"], &entities["on"]["entity"]["uid"]]
        .map(|word| word.as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_public_group_is_joined_and_left_and_its_members_hear_of_it() {
    let cloud = TestCloud::start().await;
    let [alice, bob, carol, _] = four(&cloud).await;
    alice.founds("team", &[]).await;
    let (mut of_alice, mut of_carol) = (alice.connect().await, carol.connect().await);
    let action =
        bob.post("/groups/TEAM/members", json!({ "guid": "team", "name": "name", "type": "public" })).await.data();
    assert_eq!((&action["category"], &action["data"]["action"]), (&json!("action"), &json!("joined")));
    let group = &action["data"]["entities"]["for"]["entity"];
    assert_eq!(
        (&group["hasJoined"], &group["scope"], &group["membersCount"]),
        (&json!(true), &json!("participant"), &json!(2))
    );
    assert_eq!(event(&mut of_alice).await, ["joined", "bob", "bob"]);
    bob.post("/groups/team/members", json!({})).await.refused(400, "ERR_ALREADY_JOINED");
    assert_eq!(bob.get("/groups/team/conversation").await.data()["conversationWith"]["guid"], "team");
    assert_eq!(bob.unread().await, json!([]), "what happens in a group is not unread");
    bob.delete("/groups/team/members", json!({})).await.data();
    assert_eq!(event(&mut of_alice).await, ["left", "bob", "bob"]);
    bob.delete("/groups/team/members", json!({})).await.refused(403, "ERR_GROUP_NOT_JOINED");
    bob.get("/groups/team/messages").await.refused(403, "ERR_GROUP_NOT_JOINED");
    assert_eq!(bob.get("/conversations").await.data(), json!([]));
    bob.post("/groups/nothing/members", json!({})).await.refused(404, "ERR_GUID_NOT_FOUND");
    let frames = of_carol.so_far().await;
    assert!(frames.iter().all(|frame| frame["type"] != "message"), "{frames:?}");
}

#[tokio::test]
async fn a_password_is_asked_for_and_a_private_group_is_entered_by_addition_alone() {
    let cloud = TestCloud::start().await;
    let [alice, bob, ..] = four(&cloud).await;
    let mut guarded = group("guarded", "password");
    guarded["password"] = json!("open sesame");
    alice.post("/groups", guarded).await.data();
    alice.post("/groups", group("closed", "private")).await.data();
    bob.post("/groups/guarded/members", json!({})).await.refused(400, "ERR_EMPTY_GROUP_PASS");
    bob.post("/groups/guarded/members", json!({ "password": "open" })).await.refused(400, "ERR_WRONG_GROUP_PASS");
    bob.post("/groups/closed/members", json!({})).await.refused(403, "ERR_GROUP_JOIN_NOT_ALLOWED");
    assert_eq!(bob.get("/groups?hasJoined=1").await.data(), json!([]));
    bob.post("/groups/guarded/members", json!({ "password": "open sesame" })).await.data();
    let mut of_bob = bob.connect().await;
    alice.put("/groups/closed/members", json!({ "participants": ["bob"] })).await.data();
    assert_eq!(event(&mut of_bob).await, ["added", "alice", "bob"]);
    assert_eq!(bob.get("/groups/closed").await.data()["hasJoined"], true);
}

#[tokio::test]
async fn members_are_added_by_admins_and_each_outcome_is_told_in_all_four_lists() {
    let cloud = TestCloud::start().await;
    let [alice, bob, _carol, dave] = four(&cloud).await;
    alice.founds("team", &["bob"]).await;
    let body = json!({ "participants": ["carol", "bob", "nobody"], "usersToBan": ["dave", "alice"] });
    bob.put("/groups/team/members", body.clone()).await.refused(403, "ERR_GROUP_NO_ADMIN_SCOPE");
    dave.put("/groups/team/members", body.clone()).await.refused(403, "ERR_GROUP_NOT_JOINED");
    let outcome = alice.put("/groups/team/members", body).await.data();
    assert_eq!((&outcome["admins"], &outcome["moderators"]), (&json!({}), &json!({})));
    let code = |list: &str, uid: &str| outcome[list][uid]["error"]["code"].as_str().unwrap_or("success").to_owned();
    assert_eq!(code("participants", "carol"), "success");
    assert_eq!(code("participants", "bob"), "ERR_ALREADY_JOINED");
    assert_eq!(code("participants", "nobody"), "ERR_UID_NOT_FOUND");
    assert_eq!(code("usersToBan", "dave"), "success");
    assert_eq!(code("usersToBan", "alice"), "ERR_GROUP_NO_SELF_ACTION");
    let again = alice.put("/groups/team/members", json!({ "participants": ["dave"], "usersToBan": [] })).await.data();
    assert_eq!(again["participants"]["dave"]["error"]["code"], "ERR_BANNED_GROUPMEMBER");
    alice.put("/groups/team/members", json!({})).await.refused(400, "ERR_BAD_REQUEST");
    alice.put("/groups/team/members", json!({ "participants": "bob" })).await.refused(400, "ERR_BAD_REQUEST");
}

#[tokio::test]
async fn members_are_listed_by_scope_and_name_for_members_alone() {
    let cloud = TestCloud::start().await;
    let [alice, bob, _carol, dave] = four(&cloud).await;
    alice.founds("team", &["carol", "bob"]).await;
    alice.put("/groups/team/members/carol", json!({ "scope": "moderator" })).await.data();
    let uids = async |query: &str| {
        let list = bob.get(&format!("/groups/team/members?{query}")).await.data();
        list.as_array().unwrap().iter().map(|user| user["uid"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(uids("").await, ["alice", "carol", "bob"]);
    assert_eq!(uids("scopes=participant,moderator").await, ["carol", "bob"]);
    assert_eq!(uids("searchKey=ALI").await, ["alice"]);
    assert_eq!(uids("per_page=1&page=2").await, ["carol"]);
    let _online = bob.connect().await;
    assert_eq!(uids("status=available").await, ["bob"]);
    let list = bob.get("/groups/team/members").await;
    assert_eq!(list.body["meta"]["pagination"]["total"], 3);
    assert!(list.body["data"][0]["joinedAt"].is_i64());
    assert_eq!(list.body["data"][0]["scope"], "admin");
    dave.get("/groups/team/members").await.refused(403, "ERR_GROUP_NOT_JOINED");
    let counts = json!({ "groups": ["team", "none"] });
    let headers = [("authorization", bob.jwt.as_str())];
    let answer = cloud
        .call(reqwest::Method::POST, "/ws/api/v3.0/online-members", &headers, Some(counts.to_string()))
        .await
        .data();
    assert_eq!(answer, json!({ "onlineUsersCount": 1, "groups": { "team": 1, "none": 0 } }));
}

#[tokio::test]
async fn who_is_kicked_hears_it_and_may_come_back() {
    let cloud = TestCloud::start().await;
    let [alice, bob, carol, _] = four(&cloud).await;
    alice.founds("team", &["bob", "carol"]).await;
    let (mut of_bob, mut of_carol) = (bob.connect().await, carol.connect().await);
    alice.tells("team", "unread").await;
    alice.delete("/groups/team/members/BOB", json!({})).await.data();
    assert_eq!(of_bob.next("message").await["body"]["data"]["text"], "unread");
    let frame = of_bob.next("message").await;
    assert_eq!(frame["body"]["data"]["action"], "kicked");
    assert_eq!(frame["body"]["data"]["entities"]["for"]["entity"]["hasJoined"], false);
    assert_eq!(of_carol.next("message").await["body"]["data"]["text"], "unread");
    assert_eq!(event(&mut of_carol).await, ["kicked", "alice", "bob"]);
    bob.post("/messages", crate::cloud::group_message("team", "still here?"))
        .await
        .refused(403, "ERR_GROUP_NOT_JOINED");
    assert_eq!(bob.unread().await, json!([]));
    alice.delete("/groups/team/members/bob", json!({})).await.refused(404, "ERR_NOT_A_MEMBER");
    bob.post("/groups/team/members", json!({})).await.data();
    assert_eq!(bob.get("/groups/team/messages?categories=message").await.data()[0]["data"]["text"], "unread");
}

#[tokio::test]
async fn who_is_banned_stays_out_until_unbanned() {
    let cloud = TestCloud::start().await;
    let [alice, bob, carol, dave] = four(&cloud).await;
    alice.founds("team", &["bob", "carol"]).await;
    let (mut of_bob, mut of_carol) = (bob.connect().await, carol.connect().await);
    alice.post("/groups/team/bannedusers/bob", json!({})).await.data();
    assert_eq!(event(&mut of_bob).await, ["banned", "alice", "bob"]);
    assert_eq!(event(&mut of_carol).await, ["banned", "alice", "bob"]);
    alice.post("/groups/team/bannedusers/bob", json!({})).await.refused(400, "ERR_ALREADY_BANNED");
    alice.post("/groups/team/bannedusers/dave", json!({})).await.data();
    alice.post("/groups/team/bannedusers/nobody", json!({})).await.refused(404, "ERR_UID_NOT_FOUND");
    for person in [&bob, &dave] {
        person.post("/groups/team/members", json!({})).await.refused(403, "ERR_BANNED_GROUPMEMBER");
        person.get("/groups/team/messages").await.refused(403, "ERR_BANNED_GROUPMEMBER");
        assert_eq!(person.get("/groups/team").await.data()["isBanned"], true);
    }
    carol.get("/groups/team/bannedusers").await.refused(403, "ERR_GROUP_NO_MODERATOR_SCOPE");
    let list = alice.get("/groups/team/bannedusers?per_page=10&page=1").await;
    assert_eq!(list.body["meta"]["pagination"]["total"], 2);
    assert_eq!((&list.body["data"][0]["uid"], list.body["data"][0]["bannedAt"].is_i64()), (&json!("bob"), true));
    carol.delete("/groups/team/bannedusers/bob", json!({})).await.refused(403, "ERR_GROUP_NO_MODERATOR_SCOPE");
    alice.delete("/groups/team/bannedusers/BOB", json!({})).await.data();
    assert_eq!(event(&mut of_carol).await[0], "banned", "of dave");
    assert_eq!(event(&mut of_carol).await, ["unbanned", "alice", "bob"]);
    alice.delete("/groups/team/bannedusers/bob", json!({})).await.refused(404, "ERR_NOT_A_BANNED_USER");
    bob.post("/groups/team/members", json!({})).await.data();
}

#[tokio::test]
async fn nobody_acts_above_its_scope() {
    let cloud = TestCloud::start().await;
    let [alice, bob, carol, dave] = four(&cloud).await;
    alice.founds("team", &["bob", "carol", "dave"]).await;
    let kick =
        async |who: &Person<'_>, whom: &str| who.delete(&format!("/groups/team/members/{whom}"), json!({})).await;
    let scope = async |who: &Person<'_>, whom: &str, scope: &str| {
        who.put(&format!("/groups/team/members/{whom}"), json!({ "scope": scope })).await
    };
    kick(&bob, "carol").await.refused(403, "ERR_GROUP_NO_CLEARANCE");
    scope(&bob, "carol", "moderator").await.refused(403, "ERR_GROUP_NO_SCOPE_CLEARANCE");
    scope(&alice, "alice", "participant").await.refused(403, "ERR_GROUP_NO_SELF_ACTION");
    scope(&alice, "nobody", "moderator").await.refused(404, "ERR_NOT_A_MEMBER");
    scope(&alice, "bob", "king").await.refused(400, "ERR_BAD_REQUEST");
    scope(&alice, "bob", "participant").await.refused(400, "ERR_SAME_SCOPE");
    let mut of_dave = dave.connect().await;
    scope(&alice, "bob", "admin").await.data();
    let body = of_dave.next("message").await["body"].clone();
    assert_eq!(body["data"]["action"], "scopeChanged");
    assert_eq!(body["data"]["extras"], json!({ "scope": { "new": "admin", "old": "participant" } }));
    scope(&bob, "carol", "admin").await.data();
    scope(&bob, "carol", "participant").await.refused(403, "ERR_GROUP_NO_SCOPE_CLEARANCE");
    scope(&bob, "alice", "participant").await.refused(403, "ERR_GROUP_NO_SCOPE_CLEARANCE");
    kick(&bob, "alice").await.refused(403, "ERR_GROUP_NO_CLEARANCE");
    bob.post("/groups/team/bannedusers/alice", json!({})).await.refused(403, "ERR_GROUP_NO_CLEARANCE");
    bob.post("/groups/team/bannedusers/bob", json!({})).await.refused(403, "ERR_GROUP_NO_SELF_ACTION");
    scope(&alice, "carol", "moderator").await.data();
    kick(&carol, "bob").await.refused(403, "ERR_GROUP_NO_CLEARANCE");
    kick(&carol, "dave").await.data();
}

#[tokio::test]
async fn an_owner_hands_the_group_over_before_it_leaves() {
    let cloud = TestCloud::start().await;
    let [alice, bob, carol, _] = four(&cloud).await;
    alice.founds("team", &["bob"]).await;
    alice.delete("/groups/team/members", json!({})).await.refused(403, "ERR_GROUP_NO_SELF_ACTION");
    bob.patch("/groups/team/owner", json!({ "owner": "bob" })).await.refused(403, "ERR_GROUP_NO_CLEARANCE");
    carol.patch("/groups/team/owner", json!({ "owner": "carol" })).await.refused(403, "ERR_GROUP_NOT_JOINED");
    alice.patch("/groups/team/owner", json!({ "owner": "carol" })).await.refused(404, "ERR_NOT_A_MEMBER");
    alice.patch("/groups/team/owner", json!({})).await.refused(400, "ERR_BAD_REQUEST");
    let answer = alice.patch("/groups/team/owner", json!({ "owner": "BOB" })).await.data();
    assert!(answer["message"].is_string());
    let seen = bob.get("/groups/team").await.data();
    assert_eq!((&seen["owner"], &seen["scope"]), (&json!("bob"), &json!("admin")));
    alice.delete("/groups/team/members", json!({})).await.data();
    assert_eq!(bob.get("/groups/team").await.data()["membersCount"], 1);
}

#[tokio::test]
async fn group_events_stand_in_the_history_and_at_the_top_of_the_conversations() {
    let cloud = TestCloud::start().await;
    let [alice, bob, ..] = four(&cloud).await;
    alice.founds("team", &[]).await;
    bob.post("/groups/team/members", json!({})).await.data();
    let list = alice.get("/groups/team/messages?categories=action&types=groupMember").await.data();
    assert_eq!(list[0]["data"]["entities"]["on"]["entity"]["name"], "bob of the test");
    assert_eq!(list[0]["data"].get("on"), None::<&Value>);
    let conversation = alice.get("/conversations").await.data()[0].clone();
    assert_eq!(
        (&conversation["conversationType"], &conversation["lastMessage"]["id"]),
        (&json!("group"), &list[0]["id"])
    );
    assert_eq!(conversation["unreadMessageCount"], "0");
}
