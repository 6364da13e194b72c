//! Groups: make, see, change, delete, list.

use cometchat_emulator::Limits;
use reqwest::Method;
use serde_json::{Value, json};

use crate::cloud::{Person, TestCloud};

pub fn group(guid: &str, kind: &str) -> Value {
    json!({ "guid": guid, "name": "Team", "type": kind, "hasJoined": false, "membersCount": 0, "isBanned": false })
}

async fn guids(person: &Person<'_>, query: &str) -> Vec<String> {
    let list = person.get(&format!("/groups?{query}")).await.data();
    list.as_array().unwrap().iter().map(|group| group["guid"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn who_makes_a_group_owns_it_and_is_its_admin() {
    let cloud = TestCloud::start().await;
    let alice = cloud.person("alice").await;
    let mut body = group("Team_1", "public");
    body["icon"] = json!("https://a.example/i.png");
    body["description"] = json!("all of us");
    body["metadata"] = json!({ "floor": 2 });
    body["tags"] = json!(["work"]);
    let made = alice.post("/groups", body).await.data();
    assert_eq!((&made["guid"], &made["owner"], &made["scope"]), (&json!("team_1"), &json!("alice"), &json!("admin")));
    assert_eq!(
        (&made["hasJoined"], &made["membersCount"], &made["conversationId"]),
        (&json!(true), &json!(1), &json!("group_team_1"))
    );
    assert!(made["joinedAt"].is_i64() && made["createdAt"].is_i64(), "{made}");
    let seen = alice.get("/groups/TEAM_1").await.data();
    assert_eq!((&seen["metadata"], &seen["tags"]), (&json!({ "floor": 2 }), &json!(["work"])));
    assert_eq!(seen["description"], "all of us");
    alice.get("/groups/team_1/conversation").await.refused(404, "ERR_CONVERSATION_NOT_ACCESSIBLE");
}

#[tokio::test]
async fn a_bad_group_is_refused_naming_its_fields_and_nothing_is_stored() {
    let cloud = TestCloud::start().await;
    let alice = cloud.person("alice").await;
    let error = alice.post("/groups", json!({})).await.refused(400, "ERR_BAD_REQUEST");
    for field in ["guid", "name", "type"] {
        assert_eq!(error["details"][field][0], format!("The {field} field is required."));
    }
    for (field, value) in [
        ("guid", json!("two words")),
        ("guid", json!("g".repeat(101))),
        ("name", json!("x".repeat(101))),
        ("type", json!("secret")),
        ("icon", json!("no address")),
        ("description", json!("x".repeat(256))),
        ("metadata", json!({ "k": "x".repeat(6_000) })),
        ("tags", json!(vec!["x"; 26])),
        ("password", json!("x".repeat(101))),
    ] {
        let mut body = group("bad", "public");
        body[field] = value;
        let error = alice.post("/groups", body).await.refused(400, "ERR_BAD_REQUEST");
        assert!(error["details"][field].is_array(), "{field}: {error}");
    }
    alice.post("/groups", group("bad", "password")).await.refused(400, "ERR_EMPTY_GROUP_PASS");
    alice.get("/groups/bad").await.refused(404, "ERR_GUID_NOT_FOUND");
    alice.post("/groups", group("good", "public")).await.data();
    alice.post("/groups", group("GOOD", "public")).await.refused(400, "ERR_GUID_ALREADY_EXISTS");
}

#[tokio::test]
async fn a_group_with_members_says_what_became_of_each() {
    let cloud = TestCloud::start().await;
    let alice = cloud.person("alice").await;
    for uid in ["bob", "carol", "dave"] {
        cloud.person(uid).await;
    }
    let mut body = group("team", "public");
    body["members"] = json!({ "admins": ["bob"], "moderators": ["BOB", "carol"], "participants": ["nobody"], "usersToBan": ["dave"] });
    let made = alice.post("/groups", body).await.data();
    let outcome = &made["members"]["data"];
    assert_eq!(
        (&outcome["admins"]["bob"]["success"], &outcome["moderators"]["carol"]["success"]),
        (&json!(true), &json!(true))
    );
    assert!(outcome["moderators"].get("bob").is_none(), "the highest scope counts");
    assert_eq!(outcome["participants"]["nobody"]["success"], false);
    assert_eq!(outcome["participants"]["nobody"]["error"]["code"], "ERR_UID_NOT_FOUND");
    assert_eq!(outcome["usersToBan"]["dave"]["success"], true);
    assert_eq!(made["membersCount"], 3);
    let many: Vec<String> = (0..26).map(|number| format!("user{number}")).collect();
    let mut body = group("crowd", "public");
    body["members"] = json!({ "participants": many });
    alice.post("/groups", body).await.refused(400, "ERR_BAD_REQUEST");
}

#[tokio::test]
async fn a_list_is_by_name_and_hides_private_groups_of_others() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    for (guid, name, kind) in [("z", "Zoo", "public"), ("a", "École", "private"), ("p", "pass", "password")] {
        let mut body = group(guid, kind);
        body["name"] = json!(name);
        body["password"] = json!("open sesame");
        body["tags"] = json!([kind]);
        alice.post("/groups", body).await.data();
    }
    bob.founds("b", &[]).await;
    assert_eq!(guids(&alice, "").await, ["b", "p", "z", "a"]);
    assert_eq!(guids(&bob, "").await, ["b", "p", "z"]);
    assert_eq!(guids(&bob, "hasJoined=1").await, ["b"]);
    assert_eq!(guids(&alice, "searchKey=%C3%89co").await, ["a"]);
    assert_eq!(guids(&alice, "tags=public,none").await, ["z"]);
    assert_eq!(guids(&alice, "per_page=3&page=2").await, ["a"]);
    let answer = alice.get("/groups?per_page=3&page=1").await;
    assert_eq!(answer.body["meta"]["pagination"]["total"], 4);
    assert!(!answer.body.to_string().contains("sesame"), "no password leaves: {}", answer.body);
    bob.get("/groups/a").await.refused(403, "ERR_GROUP_NOT_JOINED");
    assert_eq!(bob.get("/groups/p").await.data()["hasJoined"], false);
    alice.get("/groups?per_page=0").await.refused(400, "ERR_BAD_REQUEST");
}

#[tokio::test]
async fn admins_and_moderators_change_a_group_and_only_admins_delete_it() {
    let cloud = TestCloud::start().await;
    let (alice, bob, carol) = (cloud.person("alice").await, cloud.person("bob").await, cloud.person("carol").await);
    alice.founds("team", &["bob"]).await;
    let message = alice.tells("team", "hello").await;
    bob.put("/groups/team", json!({ "name": "Ours" })).await.refused(403, "ERR_GROUP_NO_MODERATOR_SCOPE");
    carol.put("/groups/team", json!({ "name": "Ours" })).await.refused(403, "ERR_GROUP_NOT_JOINED");
    alice.put("/groups/team/members/bob", json!({ "scope": "moderator" })).await.data();
    let changed = bob.put("/groups/TEAM", json!({ "guid": "team", "name": "Ours", "description": "d" })).await.data();
    assert_eq!((&changed["name"], &changed["owner"]), (&json!("Ours"), &json!("alice")));
    bob.put("/groups/team", json!({ "name": "" })).await.refused(400, "ERR_BAD_REQUEST");
    bob.put("/groups/team", json!({ "type": "password" })).await.refused(400, "ERR_EMPTY_GROUP_PASS");
    let changed = alice.put("/groups/team", json!({ "unset": ["description"] })).await.data();
    assert!(changed.get("description").is_none());
    bob.delete("/groups/team", json!({})).await.refused(403, "ERR_GROUP_NO_ADMIN_SCOPE");
    alice.delete("/groups/team", json!({})).await.data();
    for person in [&alice, &bob] {
        person.get("/groups/team").await.refused(404, "ERR_GUID_NOT_FOUND");
        assert_eq!(person.get("/conversations").await.data(), json!([]));
        assert_eq!(person.unread().await, json!([]));
    }
    alice.get(&format!("/messages/{}", message["id"].as_str().unwrap())).await.refused(404, "ERR_MESSAGE_ID_NOT_FOUND");
    alice.delete("/groups/team", json!({})).await.refused(404, "ERR_GUID_NOT_FOUND");
}

#[tokio::test]
async fn a_backend_makes_and_changes_groups_by_its_key() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let mut body = group("team", "private");
    body["owner"] = json!("Alice");
    let made = cloud.admin(Method::POST, "/groups", body).await.data();
    assert_eq!(
        (&made["owner"], &made["membersCount"], &made["hasJoined"]),
        (&json!("alice"), &json!(1), &json!(false))
    );
    let outcome = cloud.admin(Method::POST, "/groups/team/members", json!({ "participants": ["bob"] })).await.data();
    assert_eq!(outcome["participants"]["bob"]["success"], true);
    assert_eq!(bob.get("/groups/team").await.data()["scope"], "participant");
    cloud.admin(Method::PUT, "/groups/team/members/bob", json!({ "scope": "admin" })).await.data();
    let list = cloud.admin(Method::GET, "/groups/team/members", json!({})).await.data();
    assert_eq!(list.as_array().unwrap().len(), 2);
    let of_bob = cloud.admin(Method::GET, "/users/bob/groups", json!({})).await.data();
    assert_eq!((&of_bob[0]["guid"], &of_bob[0]["scope"]), (&json!("team"), &json!("admin")));
    cloud.admin(Method::GET, "/users/nobody/groups", json!({})).await.refused(404, "ERR_UID_NOT_FOUND");
    assert_eq!(cloud.admin(Method::GET, "/groups", json!({})).await.data().as_array().unwrap().len(), 1);
    assert_eq!(cloud.admin(Method::PUT, "/groups/team", json!({ "name": "Crew" })).await.data()["name"], "Crew");
    cloud.admin(Method::PATCH, "/groups/team/owner", json!({ "owner": "bob" })).await.data();
    assert_eq!(alice.get("/groups/team").await.data()["owner"], "bob");
    cloud.admin(Method::DELETE, "/groups/team/members", json!({})).await.refused(400, "ERR_BAD_REQUEST");
    cloud.admin(Method::DELETE, "/groups/team/members/bob", json!({})).await.data();
    cloud.admin(Method::POST, "/groups/team/bannedusers/bob", json!({})).await.data();
    let mut orphan = group("orphan", "public");
    orphan["owner"] = json!("nobody");
    cloud.admin(Method::POST, "/groups", orphan).await.refused(404, "ERR_UID_NOT_FOUND");
    cloud.admin(Method::GET, "/groups/orphan", json!({})).await.refused(404, "ERR_GUID_NOT_FOUND");
    cloud.admin(Method::DELETE, "/groups/team", json!({})).await.data();
    cloud.admin(Method::GET, "/groups/team", json!({})).await.refused(404, "ERR_GUID_NOT_FOUND");
}

#[tokio::test]
async fn a_full_group_takes_nobody_in() {
    let limits = Limits { members_per_group: 2, groups_per_user: 2, ..Limits::default() };
    let cloud = TestCloud::builder().with_limits(limits).start().await;
    let alice = cloud.person("alice").await;
    let (_bob, carol) = (cloud.person("bob").await, cloud.person("carol").await);
    alice.founds("team", &["bob"]).await;
    carol.post("/groups/team/members", json!({})).await.refused(400, "ERR_NO_VACANCY");
    let outcome = alice.put("/groups/team/members", json!({ "participants": ["carol"] })).await.data();
    assert_eq!(outcome["participants"]["carol"]["error"]["code"], "ERR_NO_VACANCY");
    alice.founds("second", &[]).await;
    alice.post("/groups", group("third", "public")).await.refused(400, "ERR_NO_VACANCY");
    alice.get("/groups/third").await.refused(404, "ERR_GUID_NOT_FOUND");
}

#[tokio::test]
async fn the_group_of_an_erased_owner_becomes_its_oldest_admins() {
    let cloud = TestCloud::start().await;
    let alice = cloud.person("alice").await;
    let (bob, carol) = (cloud.person("bob").await, cloud.person("carol").await);
    alice.founds("team", &["bob", "carol"]).await;
    alice.put("/groups/team/members/carol", json!({ "scope": "admin" })).await.data();
    alice.tells("team", "soon gone").await;
    let kept = bob.tells("team", "kept").await;
    alice.tells("team", "gone too").await;
    cloud.admin(Method::DELETE, "/users/alice", json!({ "permanent": true })).await.data();
    let seen = carol.get("/groups/team").await.data();
    assert_eq!((&seen["owner"], &seen["membersCount"]), (&json!("carol"), &json!(2)));
    let conversation = carol.get("/groups/team/conversation").await.data();
    assert_eq!(conversation["lastMessage"]["id"], kept["id"]);
    assert_eq!(conversation["unreadMessageCount"], "1");
}
