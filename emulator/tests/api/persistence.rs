//! What outlives the process.

use cometchat_emulator::{Config, Emulator};
use reqwest::Method;
use serde_json::json;

use crate::cloud::{KEY, TestCloud, text_message};

#[tokio::test]
async fn everything_acknowledged_is_in_the_file_though_the_emulator_was_never_closed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data/emulator.db");
    let (token, jwt, message) = {
        let left = TestCloud::builder().with_data(&file).start().await;
        let alice = left.person("alice").await;
        left.person("bob").await;
        let mut body = text_message("bob", "kept");
        body["muid"] = json!("m-1");
        let message = alice.post("/messages", body).await.data();
        let known = (alice.token.clone(), alice.jwt.clone(), message);
        // Its last clone is never dropped, and nothing of it is closed. Kills are tried with the program itself.
        std::mem::forget(left.emulator.clone());
        known
    };
    let cloud = TestCloud::builder().with_data(&file).start().await;
    let alice = cloud.login_with(&token).await;
    assert_eq!((alice.uid.as_str(), &alice.jwt), ("alice", &jwt));
    alice.connect().await;
    let bob = cloud.login("bob").await;
    assert_eq!(bob.texts_with("alice", "").await, ["kept"]);
    assert_eq!(bob.unread().await[0]["count"], 1);
    let mut again = text_message("bob", "kept");
    again["muid"] = json!("m-1");
    assert_eq!(alice.post("/messages", again).await.data()["id"], message["id"]);
}

#[tokio::test]
async fn a_revoked_token_stays_revoked_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("emulator.db");
    let first = TestCloud::builder().with_data(&file).start().await;
    let token = first.person("alice").await.token;
    first.admin(Method::DELETE, &format!("/users/alice/auth_tokens/{token}"), json!({})).await.data();
    first.emulator.close().await;
    drop(first);
    let cloud = TestCloud::builder().with_data(&file).start().await;
    let headers = [("appid", "emuapp"), ("authtoken", token.as_str())];
    cloud.call(Method::GET, "/me", &headers, None).await.refused(401, "AUTH_ERR_AUTH_TOKEN_NOT_FOUND");
}

#[tokio::test]
async fn ids_are_never_used_twice_even_after_a_user_was_erased() {
    let cloud = TestCloud::start().await;
    let (alice, _bob) = (cloud.person("alice").await, cloud.person("bob").await);
    let before: i64 = alice.writes("bob", "gone").await["id"].as_str().unwrap().parse().unwrap();
    cloud.admin(Method::DELETE, "/users/bob", json!({ "permanent": true })).await.data();
    let _bob = cloud.person("bob").await;
    let after: i64 = alice.writes("bob", "new").await["id"].as_str().unwrap().parse().unwrap();
    assert!(after > before);
}

#[tokio::test]
async fn a_file_that_cannot_be_opened_is_named_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("file");
    std::fs::write(&blocked, "not a folder").unwrap();
    for file in [blocked.join("emulator.db"), folder.path().to_path_buf(), blocked] {
        let config = Config { data: Some(file.clone()), ..Config::new("emuapp", KEY) };
        let sentence = Emulator::open(config).await.expect_err("not opened").to_string();
        assert!(sentence.contains(&file.display().to_string()) && !sentence.contains('\n'), "{sentence}");
    }
}

#[tokio::test]
async fn a_bad_configuration_is_refused() {
    let good = || Config::new("emuapp", KEY);
    for bad in [
        Config::new("two words", KEY),
        Config::new("", KEY),
        Config::new("emuapp", " "),
        Config { mount_path: "emulator".into(), ..good() },
        Config { mount_path: "/emulator/".into(), ..good() },
    ] {
        assert!(Emulator::open(bad).await.is_err());
    }
}
