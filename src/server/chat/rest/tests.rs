#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::time::{Duration, Instant};

use serde_json::json;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{body_json, header, method, path},
};

use super::*;

const KEY: &str = "0123456789abcdef0123456789abcdef01234567";

fn client_of(server: &MockServer) -> RestClient {
    let limits = RestLimits {
        attempt: Duration::from_millis(400),
        call: Duration::from_secs(8),
        pause: Duration::from_secs(1),
        ..RestLimits::default()
    };
    RestClient::new(RestSettings {
        base_url: format!("{}/v3", server.uri()).parse().unwrap(),
        app_id: "emuapp".into(),
        api_key: KEY.into(),
        limits,
    })
    .unwrap()
}

fn uid() -> Uid {
    Uid::parse("user_1").unwrap()
}

fn profile() -> ChatProfile {
    ChatProfile { uid: uid(), name: "Ada".into(), avatar: None }
}

fn failure(status: u16, code: &str) -> ResponseTemplate {
    let body = json!({"error": {"code": code, "message": "…", "devMessage": "…", "source": "chat-api"}});
    ResponseTemplate::new(status).set_body_json(body)
}

fn minted() -> ResponseTemplate {
    ResponseTemplate::new(200)
        .set_body_json(json!({"data": {"uid": "user_1", "authToken": "user_1_17000000001122", "createdAt": 1}}))
}

async fn server_answering(answers: impl IntoIterator<Item = ResponseTemplate>) -> MockServer {
    let server = MockServer::start().await;
    for answer in answers {
        Mock::given(wiremock::matchers::any()).respond_with(answer).up_to_n_times(1).mount(&server).await;
    }
    server
}

async fn calls(server: &MockServer) -> usize {
    server.received_requests().await.unwrap().len()
}

#[tokio::test]
async fn a_user_is_created_with_key_app_id_and_json() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/v3/users"))
        .and(header("apikey", KEY))
        .and(header("appid", "emuapp"))
        .and(body_json(json!({"uid": "user_1", "name": "Ada"})))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"data": {"uid": "user_1"}})))
        .expect(1)
        .mount(&server)
        .await;
    assert_eq!(client_of(&server).create_user(&profile()).await.unwrap(), Creation::Created);
}

#[tokio::test]
async fn a_taken_uid_is_already_there_by_its_code_on_400_and_by_any_409() {
    for answer in [failure(400, "ERR_UID_ALREADY_EXISTS"), failure(409, "ERR_X"), ResponseTemplate::new(409)] {
        let server = server_answering([answer]).await;
        assert_eq!(client_of(&server).create_user(&profile()).await.unwrap(), Creation::AlreadyThere);
    }
}

#[tokio::test]
async fn the_code_decides_where_two_codes_share_a_status() {
    let server = server_answering([failure(404, "ERR_UID_NOT_FOUND"), failure(404, "ERR_API_NOT_FOUND")]).await;
    let client = client_of(&server);
    assert!(matches!(client.mint_token(&uid()).await.unwrap_err(), RestError::UidNotFound));
    let error = client.mint_token(&uid()).await.unwrap_err();
    assert!(matches!(&error, RestError::Rejected { status: 404, code, .. } if code == "ERR_API_NOT_FOUND"), "{error}");
}

#[tokio::test]
async fn an_update_without_avatar_removes_the_old_one() {
    let server = MockServer::start().await;
    Mock::given(method("PUT"))
        .and(path("/v3/users/user_1"))
        .and(body_json(json!({"name": "Ada", "unset": ["avatar"]})))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"data": {}})))
        .expect(1)
        .mount(&server)
        .await;
    client_of(&server).update_user(&profile()).await.unwrap();
}

#[tokio::test]
async fn a_deactivated_user_is_activated_by_uid() {
    let server = MockServer::start().await;
    Mock::given(method("PUT"))
        .and(path("/v3/users"))
        .and(body_json(json!({"uidsToActivate": ["user_1"]})))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"data": {"reactivatedUids": ["user_1"]}})))
        .expect(1)
        .mount(&server)
        .await;
    client_of(&server).reactivate_user(&uid()).await.unwrap();
}

#[tokio::test]
async fn a_token_is_minted_with_force_and_its_debug_does_not_show_it() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/v3/users/user_1/auth_tokens"))
        .and(body_json(json!({"force": true})))
        .respond_with(minted())
        .expect(1)
        .mount(&server)
        .await;
    let token = client_of(&server).mint_token(&uid()).await.unwrap();
    assert_eq!(token.expose(), "user_1_17000000001122");
    assert!(!format!("{token:?}").contains("1122"));
}

#[tokio::test]
async fn a_token_of_another_user_is_not_accepted() {
    let other = json!({"data": {"uid": "user_2", "authToken": "user_2_x", "createdAt": 1}});
    let server = server_answering([ResponseTemplate::new(200).set_body_json(other)]).await;
    assert!(matches!(client_of(&server).mint_token(&uid()).await.unwrap_err(), RestError::Malformed { status: 200 }));
}

#[tokio::test]
async fn a_token_is_deleted_in_one_attempt_and_its_path_is_escaped() {
    let server = server_answering([failure(503, "ERR_EXCEPTION")]).await;
    let error = client_of(&server).delete_token(&uid(), &AuthToken::from("a/b?c".to_owned())).await.unwrap_err();
    assert!(matches!(error, RestError::Fault { status: 503, .. }), "{error}");
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].url.path(), "/v3/users/user_1/auth_tokens/a%2Fb%3Fc");
}

#[tokio::test]
async fn a_creation_is_repeated_after_a_fault_and_after_nonsense() {
    let page = ResponseTemplate::new(200).set_body_string("<html>");
    let good = ResponseTemplate::new(200).set_body_json(json!({"data": {}}));
    let server = server_answering([failure(500, "ERR_EXCEPTION"), page, good]).await;
    assert_eq!(client_of(&server).create_user(&profile()).await.unwrap(), Creation::Created);
    assert_eq!(calls(&server).await, 3);
}

#[tokio::test]
async fn attempts_end_after_three() {
    let server = server_answering((0..5).map(|_| ResponseTemplate::new(502).set_body_string("<html>"))).await;
    let error = client_of(&server).create_user(&profile()).await.unwrap_err();
    assert!(matches!(error, RestError::Fault { status: 502, .. }), "{error}");
    assert_eq!(calls(&server).await, 3);
}

#[tokio::test]
async fn a_mint_is_repeated_after_429_and_503_only() {
    let server = server_answering([failure(429, "ERR_TOO_MANY_REQUESTS"), failure(503, "ERR_X"), minted()]).await;
    client_of(&server).mint_token(&uid()).await.unwrap();
    assert_eq!(calls(&server).await, 3);

    for answer in [failure(500, "ERR_X"), ResponseTemplate::new(200).set_body_string("{")] {
        let server = server_answering([answer, minted()]).await;
        client_of(&server).mint_token(&uid()).await.unwrap_err();
        assert_eq!(calls(&server).await, 1);
    }
}

#[tokio::test]
async fn a_mint_whose_answer_is_late_is_not_repeated() {
    let server = server_answering([minted().set_delay(Duration::from_secs(5)), minted()]).await;
    assert!(matches!(client_of(&server).mint_token(&uid()).await.unwrap_err(), RestError::TimedOut));
    assert_eq!(calls(&server).await, 1);
}

#[tokio::test]
async fn a_short_retry_after_is_waited_for_and_a_long_one_is_handed_on() {
    let asking = |seconds| failure(429, "ERR_TOO_MANY_REQUESTS").insert_header("Retry-After", seconds);
    let server = server_answering([asking("1"), minted()]).await;
    let began = Instant::now();
    client_of(&server).mint_token(&uid()).await.unwrap();
    assert!(began.elapsed() >= Duration::from_secs(1));

    let server = server_answering([asking("60"), minted()]).await;
    let error = client_of(&server).mint_token(&uid()).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_mins(1)));
    assert_eq!(calls(&server).await, 1);
}

#[tokio::test]
async fn a_wrong_key_and_a_wrong_app_id_name_the_variable_and_are_not_repeated() {
    for (answer, variable) in [
        (failure(401, "AUTH_ERR_APIKEY_NOT_FOUND"), "COMETCHAT_REST_API_KEY"),
        (failure(403, "AUTH_ERR_NO_ACCESS"), "COMETCHAT_REST_API_KEY"),
        (failure(404, "AUTH_ERR_APIKEY_NOT_FOUND"), "COMETCHAT_REST_API_KEY"),
        (failure(400, "AUTH_ERR_INVALID_APPID"), "COMETCHAT_APP_ID"),
    ] {
        let server = server_answering([answer]).await;
        let error = client_of(&server).create_user(&profile()).await.unwrap_err();
        assert!(error.to_string().contains(variable), "{error}");
        assert_eq!(calls(&server).await, 1);
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed_since_it_would_carry_the_key_away() {
    let elsewhere = MockServer::start().await;
    let moved = ResponseTemplate::new(307).insert_header("Location", elsewhere.uri());
    let server = server_answering([moved.clone(), moved.clone(), moved]).await;
    client_of(&server).create_user(&profile()).await.unwrap_err();
    assert_eq!(calls(&elsewhere).await, 0);
}

#[tokio::test]
async fn no_error_shows_the_address_that_holds_a_token() {
    let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = unused.local_addr().unwrap().port();
    drop(unused);
    let client = RestClient::new(RestSettings {
        base_url: format!("http://127.0.0.1:{port}/v3").parse().unwrap(),
        app_id: "emuapp".into(),
        api_key: KEY.into(),
        limits: RestLimits::default(),
    })
    .unwrap();
    let error = client.delete_token(&uid(), &AuthToken::from("s3cr3t".to_owned())).await.unwrap_err();
    assert!(matches!(error, RestError::Unreachable(_)), "{error}");
    assert!(!format!("{error:?} {client:?}").contains("s3cr3t"));
    assert!(!format!("{client:?}").contains(KEY));
}

#[tokio::test]
async fn the_cloud_names_the_fields_that_it_refuses() {
    let body = json!({"error": {"code": "ERR_BAD_REQUEST", "message": "…", "details": {"avatar": ["must be a URL"]}}});
    let server = server_answering([ResponseTemplate::new(400).set_body_json(body)]).await;
    let error = client_of(&server).create_user(&profile()).await.unwrap_err();
    assert!(matches!(&error, RestError::Rejected { fields, .. } if fields == &["avatar"]), "{error}");
}

#[tokio::test]
async fn a_cloud_that_does_not_answer_is_spared_after_a_few_calls_and_who_asks_is_told_at_once() {
    let server = MockServer::start().await;
    Mock::given(wiremock::matchers::any()).respond_with(failure(500, "ERR_EXCEPTION")).mount(&server).await;
    let client = client_of(&server);
    let token = AuthToken::new("user_1_17000000001122".into());
    for _ in 0..RestLimits::default().failures {
        assert!(matches!(client.delete_token(&uid(), &token).await.unwrap_err(), RestError::Fault { .. }));
    }
    let before = calls(&server).await;
    for _ in 0..50 {
        let error = client.mint_token(&uid()).await.unwrap_err();
        assert!(matches!(error, RestError::Spared { .. }) && !error.may_be_done(), "{error}");
        assert!(error.retry_after().is_some_and(|pause| pause <= Duration::from_secs(5)));
    }
    assert_eq!(calls(&server).await, before);
    assert_eq!(client.answers(), Some(false));
}
