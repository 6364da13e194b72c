//! What the token road leaves in the audit trail: each token's birth, renewal and end, and who was refused one.

use leptos::server_fn::ServerFn;
use reqwest::StatusCode;
use serde_json::json;

use super::{eventually, http::Site};
use crate::{
    api::{accounts::LogOut, chat::AuthToken},
    model::{ids::UserId, token_digest::TokenDigest},
};

impl Site {
    /// Ada's entries about tokens, as events and outcomes, the oldest first.
    async fn tokens_in_the_trail(&self) -> Vec<String> {
        let mut records = self.store.audit_records(Some(UserId(1)), 1_000).await.unwrap();
        records.retain(|record| record.event.starts_with("token_"));
        records.iter().rev().map(|record| format!("{} {}", record.event, record.outcome)).collect()
    }
}

#[tokio::test]
async fn a_tokens_life_and_a_refusal_are_written_down_and_a_cached_token_is_not() {
    let site = Site::start(&["--chat-token-rate-limit", "3/h"]).await;
    let mut ada = site.register("ada").await;
    let first = ada.token().await;
    ada.token().await;
    let renewed = json!({"rejected": TokenDigest::of(&first)}).to_string();
    assert_eq!(ada.post(AuthToken::PATH, "application/json", renewed).await.status(), StatusCode::OK);
    for _ in 0..3 {
        assert_eq!(ada.ask_for_token().await.status(), StatusCode::TOO_MANY_REQUESTS);
    }
    ada.submit(LogOut::PATH, &[]).await;
    // The renewed one ends with the session too, though pages had a minute to leave the old one.
    let [minted, renewed, limited, revoked] =
        ["token_mint done", "token_renewal done", "token_request limited", "token_revocation done"];
    let expected = [minted, renewed, limited, revoked, revoked];
    eventually("the last of it is stored", async || site.tokens_in_the_trail().await.len() >= expected.len()).await;
    assert_eq!(site.tokens_in_the_trail().await, expected);
    let records = site.store.audit_records(Some(UserId(1)), 1_000).await.unwrap();
    let minted = records.iter().find(|record| record.event == "token_mint").unwrap();
    assert_eq!(minted.address.as_deref(), Some("127.0.0.1"));
    assert!(minted.session.is_some());
    assert!(!format!("{records:?}").contains(&first));
}
