//! Users by the admin API.

use reqwest::Method;
use serde_json::json;

use crate::cloud::TestCloud;

#[tokio::test]
async fn a_user_is_created_with_a_lowered_uid_and_a_first_token_where_asked() {
    let cloud = TestCloud::start().await;
    let body = json!({ "uid": "User_1", "name": "Zoé", "avatar": "https://a.example/z.png", "metadata": { "k": 1 }, "tags": ["new"], "withAuthToken": true });
    let user = cloud.admin(Method::POST, "/users", body).await.data();
    assert_eq!(
        (&user["uid"], &user["status"], &user["role"]),
        (&json!("user_1"), &json!("offline"), &json!("default"))
    );
    assert_eq!((&user["metadata"], &user["tags"]), (&json!({ "k": 1 }), &json!(["new"])));
    assert!(user["createdAt"].as_i64().unwrap() > 1_600_000_000);
    let person = cloud.login_with(user["authToken"].as_str().unwrap()).await;
    assert_eq!(person.uid, "user_1");
    let shown = cloud.admin(Method::GET, "/users/USER_1", json!({})).await.data();
    assert_eq!(shown["name"], "Zoé");
    assert!(shown.get("authToken").is_none());
}

#[tokio::test]
async fn private_metadata_is_shown_to_nobody() {
    let cloud = TestCloud::start().await;
    let (_alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let body = json!({ "metadata": { "@private": { "email": "alice@mail.example" }, "city": "Lyon" } });
    cloud.admin(Method::PUT, "/users/alice", body).await.data();
    assert_eq!(bob.get("/users/alice").await.data()["metadata"], json!({ "city": "Lyon" }));
}

#[tokio::test]
async fn a_uid_that_is_taken_is_refused_with_400_even_when_its_owner_is_deactivated() {
    let cloud = TestCloud::start().await;
    cloud.person("alice").await;
    let again = json!({ "uid": "ALICE", "name": "Other" });
    cloud.admin(Method::POST, "/users", again.clone()).await.refused(400, "ERR_UID_ALREADY_EXISTS");
    cloud.admin(Method::DELETE, "/users/alice", json!({})).await.data();
    cloud.admin(Method::POST, "/users", again.clone()).await.refused(400, "ERR_UID_ALREADY_EXISTS");
    cloud.admin(Method::DELETE, "/users/alice", json!({ "permanent": true })).await.data();
    assert_eq!(cloud.admin(Method::POST, "/users", again).await.data()["name"], "Other");
}

#[tokio::test]
async fn a_bad_user_is_refused_naming_its_fields_and_nothing_is_stored() {
    let cloud = TestCloud::start().await;
    let error = cloud.admin(Method::POST, "/users", json!({})).await.refused(400, "ERR_BAD_REQUEST");
    assert_eq!(error["details"]["uid"][0], "The uid field is required.");
    assert_eq!(error["details"]["name"][0], "The name field is required.");
    for (field, value) in [
        ("name", json!("x".repeat(101))),
        ("avatar", json!("not a url")),
        ("link", json!("ftp://a.example/")),
        ("metadata", json!({ "k": "x".repeat(6_000) })),
        ("tags", json!(["x".repeat(101)])),
        ("tags", json!("one")),
    ] {
        let mut body = json!({ "uid": "bad", "name": "Bad" });
        body[field] = value;
        let error = cloud.admin(Method::POST, "/users", body).await.refused(400, "ERR_BAD_REQUEST");
        assert!(error["details"][field].is_array(), "{field}: {error}");
    }
    cloud
        .admin(Method::POST, "/users", json!({ "uid": "two words", "name": "Bad" }))
        .await
        .refused(400, "ERR_INVALID_UID");
    cloud
        .admin(Method::POST, "/users", json!({ "uid": "bad", "name": "Bad", "role": "king" }))
        .await
        .refused(404, "ERR_ROLE_NOT_FOUND");
    cloud.admin(Method::GET, "/users/bad", json!({})).await.refused(404, "ERR_UID_NOT_FOUND");
}

#[tokio::test]
async fn a_user_is_described_in_ten_kilobytes_or_refused() {
    let cloud = TestCloud::start().await;
    let sized = |uid: &str, size: usize| {
        let body = json!({ "uid": uid, "name": "x", "padding": "" });
        let missing = size - body.to_string().len();
        json!({ "uid": uid, "name": "x", "padding": "p".repeat(missing) })
    };
    cloud.admin(Method::POST, "/users", sized("fits", 10 * 1024)).await.data();
    let error =
        cloud.admin(Method::POST, "/users", sized("larger", 10 * 1024 + 1)).await.refused(400, "ERR_BAD_REQUEST");
    assert_eq!(error["details"]["body"][0], "The body may have up to 10 KB.");
    cloud.admin(Method::GET, "/users/larger", json!({})).await.refused(404, "ERR_UID_NOT_FOUND");
}

#[tokio::test]
async fn an_update_changes_what_it_names_and_forgets_what_it_unsets() {
    let cloud = TestCloud::start().await;
    cloud.person("alice").await;
    let body =
        json!({ "name": "Alice B", "avatar": "https://a.example/a.png", "metadata": { "k": 1 }, "role": "moderator" });
    let user = cloud.admin(Method::PUT, "/users/alice", body).await.data();
    assert_eq!((&user["name"], &user["role"]), (&json!("Alice B"), &json!("moderator")));
    let user = cloud.admin(Method::PUT, "/users/alice", json!({ "unset": ["avatar", "metadata"] })).await.data();
    assert!(user.get("avatar").is_none() && user.get("metadata").is_none(), "{user}");
    assert_eq!(user["name"], "Alice B");
    cloud.admin(Method::PUT, "/users/alice", json!({ "unset": ["uid"] })).await.refused(400, "ERR_BAD_REQUEST");
    cloud.admin(Method::PUT, "/users/nobody", json!({ "name": "x" })).await.refused(404, "ERR_UID_NOT_FOUND");
}

#[tokio::test]
async fn a_deactivated_user_is_gone_for_everybody_until_reactivated() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let mut socket = alice.connect().await;
    let answer = cloud.admin(Method::DELETE, "/users/alice", json!({})).await.data();
    assert_eq!(answer["deactivatedUids"], json!(["alice"]));
    socket.is_closed().await;
    alice.get("/me").await.refused(401, "AUTH_ERR_AUTH_TOKEN_NOT_FOUND");
    bob.get("/users/alice").await.refused(404, "ERR_UID_NOT_FOUND");
    bob.post("/messages", crate::cloud::text_message("alice", "hello?")).await.refused(404, "ERR_UID_NOT_FOUND");
    for (method, path) in [
        (Method::GET, "/users/alice"),
        (Method::DELETE, "/users/alice"),
        (Method::POST, "/users/alice/auth_tokens"),
        (Method::GET, "/users/alice/auth_tokens"),
    ] {
        cloud.admin(method, path, json!({})).await.refused(404, "ERR_UID_NOT_FOUND");
    }
    let answer =
        cloud.admin(Method::PUT, "/users", json!({ "uidsToActivate": ["alice", "bob", "nobody"] })).await.data();
    assert_eq!(answer, json!({ "reactivatedUids": ["alice"], "nonDeactivatedUids": ["bob"], "notFound": ["nobody"] }));
    alice.get("/me").await.data();
}

#[tokio::test]
async fn many_are_deactivated_at_once() {
    let cloud = TestCloud::start().await;
    cloud.person("alice").await;
    cloud.person("bob").await;
    let body = json!({ "uidsToDeactivate": ["alice", "nobody"] });
    let answer = cloud.admin(Method::DELETE, "/users", body.clone()).await.data();
    assert_eq!(answer, json!({ "deactivatedUids": ["alice"], "alreadyDeactivatedUids": [], "notFound": ["nobody"] }));
    assert_eq!(cloud.admin(Method::DELETE, "/users", body).await.data()["alreadyDeactivatedUids"], json!(["alice"]));
    cloud.admin(Method::DELETE, "/users", json!({})).await.refused(400, "ERR_BAD_REQUEST");
}

#[tokio::test]
async fn a_permanent_deletion_takes_messages_and_conversations_with_it() {
    let cloud = TestCloud::start().await;
    let (alice, bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let message = alice.writes("bob", "soon gone").await;
    assert_eq!(cloud.admin(Method::DELETE, "/users/alice", json!({ "permanent": true })).await.data()["success"], true);
    assert_eq!(bob.get("/conversations").await.data(), json!([]));
    assert_eq!(bob.unread().await, json!([]));
    bob.get(&format!("/messages/{}", message["id"].as_str().unwrap())).await.refused(404, "ERR_MESSAGE_ID_NOT_FOUND");
    cloud.admin(Method::DELETE, "/users/alice", json!({ "permanent": true })).await.refused(404, "ERR_UID_NOT_FOUND");
}

#[tokio::test]
async fn the_admins_list_is_counted_and_says_when_its_latest_user_changed() {
    let cloud = TestCloud::start().await;
    cloud.person("ann").await;
    cloud.person("ben").await;
    assert_eq!(cloud.admin(Method::GET, "/users?count=true&perPage=1", json!({})).await.data(), json!({ "count": 2 }));
    assert_eq!(cloud.admin(Method::GET, "/users?count=true&searchKey=be", json!({})).await.data()["count"], 1);
    let ben = cloud.admin(Method::PUT, "/users/ben", json!({ "name": "Ben" })).await.data();
    let list = cloud.admin(Method::GET, "/users", json!({})).await;
    assert_eq!(list.body["cursor"], json!({ "updatedAt": ben["updatedAt"], "affix": "prepend" }));
    assert!(cloud.admin(Method::GET, "/users?searchKey=nobody", json!({})).await.body.get("cursor").is_none());
}

#[tokio::test]
async fn the_admins_list_is_paged_and_can_show_the_deactivated() {
    let cloud = TestCloud::start().await;
    for uid in ["ann", "ben", "cleo"] {
        cloud.person(uid).await;
    }
    cloud.admin(Method::DELETE, "/users/ben", json!({})).await.data();
    let uids = async |query: &str| {
        let list = cloud.admin(Method::GET, &format!("/users{query}"), json!({})).await.data();
        list.as_array().unwrap().iter().map(|user| user["uid"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(uids("").await, ["ann", "cleo"]);
    assert_eq!(uids("?withDeactivated=true").await, ["ann", "ben", "cleo"]);
    assert_eq!(uids("?onlyDeactivated=1").await, ["ben"]);
    assert_eq!(uids("?perPage=1&page=2").await, ["cleo"]);
    cloud.admin(Method::GET, "/users?perPage=1001", json!({})).await.refused(400, "ERR_BAD_REQUEST");
}
