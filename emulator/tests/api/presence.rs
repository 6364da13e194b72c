//! Who is online, who hears of it, how many they are.

use std::time::{SystemTime, UNIX_EPOCH};

use cometchat_emulator::Limits;
use reqwest::Method;
use serde_json::{Value, json};

use crate::cloud::TestCloud;

#[tokio::test]
async fn a_person_is_online_from_the_first_socket_to_the_last() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let mut watching = alice.connect().await;
    let (phone, laptop) = (bob.connect().await, cloud.login("bob").await.connect().await);
    let frame = watching.next("presence").await;
    assert_eq!((&frame["body"]["action"], &frame["body"]["user"]["uid"]), (&json!("online"), &json!("bob")));
    assert_eq!(frame["body"]["user"]["status"], "online");
    assert_eq!(alice.get("/users/bob").await.data()["status"], "online");
    phone.close().await;
    assert_eq!(watching.so_far().await, [] as [Value; 0], "one device is left, and the second raised nothing");
    laptop.close().await;
    let frame = watching.next("presence").await;
    assert_eq!((&frame["body"]["action"], &frame["sender"]), (&json!("offline"), &json!("bob")));
    let bob = alice.get("/users/bob").await.data();
    assert_eq!(bob["status"], "offline");
}

/// The emulator counts in seconds.
fn now() -> i64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    elapsed.as_secs().try_into().unwrap()
}

#[tokio::test]
async fn when_somebody_was_last_active_is_stored_before_anybody_hears_that_it_left() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let mut watching = alice.connect().await;
    let last_active = async || cloud.admin(Method::GET, "/users/bob", json!({})).await.data()["lastActiveAt"].clone();
    assert_eq!(last_active().await, json!(null));
    for way in ["closed", "logged out", "deactivated"] {
        let device = cloud.login("bob").await;
        let socket = device.connect().await;
        let began = last_active().await.as_i64().expect("noted at the beginning already, in case of a kill");
        while now() <= began {
            tokio::task::yield_now().await;
        }
        match way {
            "closed" => socket.close().await,
            "logged out" => drop(device.delete("/me", json!({})).await.data()),
            _ => drop(cloud.admin(Method::DELETE, "/users/bob", json!({})).await.data()),
        }
        let frame = loop {
            let frame = watching.next("presence").await;
            if frame["body"]["action"] == "offline" {
                break frame;
            }
        };
        assert!(frame["body"]["user"]["lastActiveAt"].as_i64().unwrap() > began, "{way}: {frame}");
        let query = "/users?withDeactivated=1&uids=bob";
        let stored = cloud.admin(Method::GET, query, json!({})).await.data()[0]["lastActiveAt"].clone();
        assert_eq!(stored, frame["body"]["user"]["lastActiveAt"], "{way}");
    }
    drop(bob);
}

#[tokio::test]
async fn presence_goes_to_those_who_subscribed_to_it() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    cloud.admin(Method::PUT, "/users/bob", json!({ "role": "moderator" })).await.data();
    let mut none = alice.connect_with(json!({})).await;
    let mut friends = alice.connect_with(json!({ "presenceSubscription": "FRIENDS" })).await;
    let mut other = alice.connect_with(json!({ "presenceSubscription": "ROLES", "roles": ["default"] })).await;
    let mut role = alice.connect_with(json!({ "presenceSubscription": "ROLES", "roles": ["moderator"] })).await;
    let _bob = bob.connect().await;
    assert_eq!(role.next("presence").await["sender"], "bob");
    for socket in [&mut none, &mut friends, &mut other] {
        assert_eq!(socket.so_far().await, [] as [Value; 0]);
    }
}

#[tokio::test]
async fn who_has_blocked_the_other_does_not_learn_whether_it_is_there() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let mut watching = alice.connect().await;
    let status = async |uid: &str| alice.get(&format!("/users/{uid}")).await.data()["status"].clone();
    let online = async || alice.get("/users?status=available").await.data();
    bob.post("/blockedusers", json!({ "blockedUids": ["alice"] })).await.data();
    let mut bobs = bob.connect().await;
    assert_eq!(watching.so_far().await, [] as [Value; 0]);
    assert_eq!((status("bob").await, online().await), (json!("offline"), json!([])));
    assert_eq!(bob.get("/users/alice").await.data()["status"], "offline");
    assert_eq!(cloud.admin(Method::GET, "/users/bob", json!({})).await.data()["status"], "online");
    let again = cloud.login("alice").await.connect().await;
    drop(watching);
    again.close().await;
    assert_eq!(bobs.so_far().await, [] as [Value; 0]);
    alice.post("/blockedusers", json!({ "blockedUids": ["bob"] })).await.data();
    let mut watching = alice.connect().await;
    bob.delete("/blockedusers", json!({ "blockedUids": ["alice"] })).await.data();
    assert_eq!(status("bob").await, "offline", "the other side's block is left");
    alice.delete("/blockedusers", json!({ "blockedUids": ["bob"] })).await.data();
    assert_eq!(status("bob").await, "online");
    bobs.close().await;
    assert_eq!(watching.next("presence").await["body"]["action"], "offline");
}

#[tokio::test]
async fn friends_are_made_by_the_app_and_hear_of_each_other() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    cloud.person("carol").await;
    let friends = json!({ "presenceSubscription": "FRIENDS" });
    let mut watching = alice.connect_with(friends.clone()).await;
    let answer =
        cloud.admin(Method::POST, "/users/alice/friends", json!({ "accepted": ["bob", "nobody", "alice"] })).await;
    let accepted = answer.data()["accepted"].clone();
    assert_eq!((&accepted["bob"]["success"], &accepted["nobody"]["success"]), (&json!(true), &json!(false)));
    assert_eq!(accepted["alice"]["success"], false);
    let listed = cloud.admin(Method::GET, "/users/bob/friends", json!({})).await.data();
    assert_eq!((listed.as_array().unwrap().len(), &listed[0]["uid"]), (1, &json!("alice")));
    assert_eq!(listed[0]["conversationId"], "alice_user_bob");
    let found = alice.get("/users?friendsOnly=true").await.data();
    assert_eq!((found.as_array().unwrap().len(), &found[0]["uid"]), (1, &json!("bob")));
    let mut bobs = bob.connect_with(friends).await;
    assert_eq!(watching.next("presence").await["sender"], "bob");
    cloud.login("carol").await.connect().await.close().await;
    assert_eq!(bobs.so_far().await, [] as [Value; 0]);
    cloud.admin(Method::DELETE, "/users/bob/friends", json!({ "friends": ["alice"] })).await.data();
    bobs.close().await;
    assert_eq!(watching.so_far().await, [] as [Value; 0]);
    assert_eq!(alice.get("/users?friendsOnly=true").await.data(), json!([]));
    for body in [json!({}), json!({ "accepted": [] }), json!({ "accepted": [1] })] {
        let refused = cloud.admin(Method::POST, "/users/alice/friends", body).await.refused(400, "ERR_BAD_REQUEST");
        assert!(refused["details"]["accepted"].is_array());
    }
    cloud.admin(Method::GET, "/users/nobody/friends", json!({})).await.refused(404, "ERR_UID_NOT_FOUND");
    alice.get("/users/alice/friends").await.refused(401, "AUTH_ERR_EMPTY_APIKEY");
}

#[tokio::test]
async fn nobody_has_more_friends_than_the_cloud_allows() {
    let limits = Limits { friends_per_user: 1, ..Limits::default() };
    let cloud = TestCloud::builder().with_limits(limits).start().await;
    for uid in ["alice", "bob", "carol"] {
        cloud.person(uid).await;
    }
    let befriend = async |uid: &str, other: &str| {
        let body = json!({ "accepted": [other] });
        let answer = cloud.admin(Method::POST, &format!("/users/{uid}/friends"), body).await.data();
        answer["accepted"][other]["success"].clone()
    };
    assert_eq!(befriend("alice", "bob").await, true);
    assert_eq!(befriend("bob", "alice").await, true, "they are friends already");
    assert_eq!(befriend("alice", "carol").await, false);
    assert_eq!(befriend("carol", "alice").await, false);
}

#[tokio::test]
async fn in_a_crowd_nobody_hears_who_comes_and_goes() {
    let limits = Limits { people_with_presence: 2, ..Limits::default() };
    let cloud = TestCloud::builder().with_limits(limits).start().await;
    let mut watching = cloud.person("alice").await.connect().await;
    let bob = cloud.person("bob").await.connect().await;
    assert_eq!(watching.next("presence").await["sender"], "bob");
    let carol = cloud.person("carol").await.connect().await;
    carol.close().await;
    assert_eq!(watching.so_far().await, [] as [Value; 0]);
    bob.close().await;
    assert_eq!(watching.next("presence").await["body"]["action"], "offline");
}

#[tokio::test]
async fn a_person_does_not_hear_of_itself() {
    let cloud = TestCloud::start().await;
    let alice = cloud.person("alice").await;
    let mut first = alice.connect().await;
    cloud.login("alice").await.connect().await.close().await;
    assert_eq!(first.so_far().await, [] as [Value; 0]);
}

#[tokio::test]
async fn the_online_are_counted_for_who_shows_a_live_jwt() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let (_first, _second, _third) =
        (alice.connect().await, bob.connect().await, cloud.login("bob").await.connect().await);
    let path = "/ws/api/v3.0/online-members";
    let count = cloud.call(Method::POST, path, &[("authorization", &alice.jwt)], Some("{}".into())).await.data();
    assert_eq!(count["onlineUsersCount"], 2);
    cloud.call(Method::POST, path, &[("authorization", "forged")], Some("{}".into())).await.refused(401, "ERR_NO_AUTH");
}
