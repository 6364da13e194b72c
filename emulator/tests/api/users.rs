//! People as a user finds them.

use reqwest::Method;
use serde_json::json;

use crate::cloud::{Person, TestCloud};

async fn uids(person: &Person<'_>, query: &str) -> Vec<String> {
    let list = person.get(&format!("/users?{query}")).await.data();
    list.as_array().unwrap().iter().map(|user| user["uid"].as_str().unwrap().to_owned()).collect()
}

async fn people(cloud: &TestCloud) -> Person<'_> {
    for (uid, name, role, tags) in [
        ("u1", "Zoé Martin", "default", json!([])),
        ("u2", "anna", "moderator", json!(["vip"])),
        ("u3", "Bernd", "default", json!(["vip", "new"])),
    ] {
        let body = json!({ "uid": uid, "name": name, "role": role, "tags": tags });
        cloud.admin(Method::POST, "/users", body).await.data();
    }
    cloud.person("me").await
}

#[tokio::test]
async fn the_list_has_everybody_but_oneself_by_name_and_in_pages() {
    let cloud = TestCloud::start().await;
    let me = people(&cloud).await;
    assert_eq!(uids(&me, "per_page=30&page=1").await, ["u2", "u3", "u1"]);
    assert_eq!(uids(&me, "per_page=2&page=1").await, ["u2", "u3"]);
    assert_eq!(uids(&me, "per_page=2&page=2").await, ["u1"]);
    assert_eq!(uids(&me, "per_page=2&page=3").await, [] as [&str; 0]);
    assert_eq!(uids(&me, "sortBy=name&sortOrder=desc").await, ["u1", "u3", "u2"]);
    let pagination = me.get("/users?per_page=2&page=2").await.body["meta"]["pagination"].clone();
    assert_eq!(
        pagination,
        json!({ "total": 3, "count": 1, "per_page": 2, "current_page": 2, "total_pages": 2, "links": [] })
    );
}

#[tokio::test]
async fn people_are_found_by_name_uid_role_tag_and_presence() {
    let cloud = TestCloud::start().await;
    let me = people(&cloud).await;
    assert_eq!(uids(&me, "searchKey=ZO%C3%89").await, ["u1"]);
    assert_eq!(uids(&me, "searchKey=u3").await, ["u3"]);
    assert_eq!(uids(&me, "searchKey=u3&searchIn=name").await, [] as [&str; 0]);
    assert_eq!(uids(&me, "roles=moderator,unknown").await, ["u2"]);
    assert_eq!(uids(&me, "tags=new,old").await, ["u3"]);
    assert_eq!(uids(&me, "uids=U1,u3").await, ["u3", "u1"]);
    assert_eq!(uids(&me, "friendsOnly=true").await, [] as [&str; 0]);
    assert_eq!(uids(&me, "status=available").await, [] as [&str; 0]);
    let _socket = cloud.login("u2").await.connect().await;
    assert_eq!(uids(&me, "status=available").await, ["u2"]);
    assert_eq!(uids(&me, "status=offline").await, ["u3", "u1"]);
    me.get("/users?status=asleep").await.refused(400, "ERR_BAD_REQUEST");
    me.get("/users?per_page=101").await.refused(400, "ERR_BAD_REQUEST");
}

#[tokio::test]
async fn one_person_is_shown_whatever_the_case_of_the_uid() {
    let cloud = TestCloud::start().await;
    let me = people(&cloud).await;
    let user = me.get("/users/U3").await.data();
    assert_eq!((&user["uid"], &user["name"], &user["tags"]), (&json!("u3"), &json!("Bernd"), &json!(["vip", "new"])));
    assert_eq!(
        me.get("/users/nobody").await.refused(404, "ERR_UID_NOT_FOUND")["message"],
        "The UID nobody does not exist, please make sure you have created a user with UID nobody."
    );
}

#[tokio::test]
async fn a_users_token_opens_nothing_of_the_admin_api() {
    let cloud = TestCloud::start().await;
    let me = people(&cloud).await;
    me.post("/users", json!({ "uid": "x", "name": "x" })).await.refused(401, "AUTH_ERR_EMPTY_APIKEY");
    me.put("/users/u1", json!({ "name": "x" })).await.refused(401, "AUTH_ERR_EMPTY_APIKEY");
    me.delete("/users/u1", json!({ "permanent": true })).await.refused(401, "AUTH_ERR_EMPTY_APIKEY");
    me.delete("/users", json!({ "uidsToDeactivate": ["u1"] })).await.refused(401, "AUTH_ERR_EMPTY_APIKEY");
    me.post("/users/u1/auth_tokens", json!({})).await.refused(401, "AUTH_ERR_EMPTY_APIKEY");
    me.get("/users/u1/auth_tokens").await.refused(401, "AUTH_ERR_EMPTY_APIKEY");
    assert_eq!(me.get("/users/u1").await.data()["name"], "Zoé Martin");
}
