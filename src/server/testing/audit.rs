//! The audit trail of the whole site: what people do leaves its entry, with their session and their address, and none
//! of their secrets.

use axum::http::{Method, StatusCode};
use serde_json::Value;

use super::{PASSWORD, TestSite, log::Log};
use crate::{
    model::ids::UserId,
    server::{
        commands::{Action, Command, run_on},
        store::{audit_events::StoredAuditRecord, sessions::SessionKey},
    },
};

const CREDENTIALS: [(&str, &str); 2] = [("email", "ada@example.com"), ("password", PASSWORD)];

impl TestSite {
    /// All entries, the oldest first.
    async fn audit_records(&self) -> Vec<StoredAuditRecord> {
        self.state.audit.write_off(&self.state.store).await.unwrap();
        let mut records = self.state.store.audit_records(None, 1_000).await.unwrap();
        records.reverse();
        records
    }

    async fn events(&self) -> Vec<String> {
        let records = self.audit_records().await;
        records.iter().map(|record| format!("{} {}", record.event, record.outcome)).collect()
    }
}

#[tokio::test]
async fn the_life_of_an_account_is_written_down_event_by_event() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    site.browser().submit("/login", &[("email", "ada@example.com"), ("password", "wrong")]).await;
    ada.open("/account/data").await;
    let changed = [("current_password", "wrong"), ("new_password", "maple-quartz-9")];
    ada.submit("/account/password", &changed).await;
    let changed = [("current_password", PASSWORD), ("new_password", "maple-quartz-9")];
    ada.submit("/account/password", &changed).await;
    ada.submit("/api/sign-out-everywhere", &[]).await;
    let again = [("email", "ada@example.com"), ("password", "maple-quartz-9")];
    ada.submit("/login", &again).await;
    ada.submit("/api/logout", &[]).await;
    ada.submit("/login", &again).await;
    run_on(&site.state.store, Command::Admin { action: Action::SignOut { user: "user_1".into() } }).await.unwrap();
    ada.submit("/login", &again).await;
    ada.submit("/account/delete", &[("password", "wrong")]).await;
    assert_eq!(ada.submit("/account/delete", &[("password", "maple-quartz-9")]).await.status, StatusCode::SEE_OTHER);
    let mut events = site.events().await;
    // Of one second, those that have a transaction of their own stand before those that wait in the queue.
    events.sort();
    let mut expected = [
        "registration done",
        "log_in done",
        "log_in refused",
        "data_download done",
        "password_change refused",
        "password_change done",
        "sign_out_everywhere done",
        "log_in done",
        "log_out done",
        "log_in done",
        "sign_out_by_administrator done",
        "log_in done",
        "account_deletion refused",
        "account_deletion done",
    ];
    expected.sort_unstable();
    assert_eq!(events, expected);
    assert!(site.audit_records().await.iter().all(|record| record.user_id == Some(1)));
}

#[tokio::test]
async fn an_entry_has_the_sessions_digest_and_the_address_and_no_secret_and_stands_in_the_log_too() {
    let log = Log::listen();
    let site = TestSite::with(&["--trusted-proxies", "0.0.0.0"]).await;
    site.signed_in("ada@example.com").await;
    let mut ada = site.browser();
    let headers = [("origin", "http://site.test"), ("accept", "text/html"), ("x-forwarded-for", "203.0.113.5")];
    let body = format!("email=ada%40example.com&password={PASSWORD}");
    ada.send(Method::POST, "/login", &headers, &body).await;
    let id = ada.cookie.clone().unwrap().split_once('=').unwrap().1.to_owned();
    let records = site.audit_records().await;
    let log_in = records.iter().find(|record| record.address.as_deref() == Some("203.0.113.5")).unwrap();
    assert_eq!((log_in.event.as_str(), log_in.outcome.as_str(), log_in.user_id), ("log_in", "done", Some(1)));
    let session = log_in.session.clone().unwrap();
    assert_eq!(session, SessionKey::of(&id).tag());

    let text = log.text();
    let line = text.lines().find(|line| line.contains("signed in") && line.contains("203.0.113.5")).unwrap();
    for part in ["audit", "event=\"log_in\"", "outcome=\"done\"", "uid=user_1", session.as_str()] {
        assert!(line.contains(part), "{part} in {line}");
    }
    let written = format!("{records:?}{text}");
    for secret in [PASSWORD, id.as_str(), "ada@example.com"] {
        let lines: Vec<_> = written.lines().filter(|line| line.contains("audit") && line.contains(secret)).collect();
        assert!(lines.is_empty(), "{secret} in {lines:?}");
    }
}

#[tokio::test]
async fn a_log_in_with_an_unknown_address_names_nobody_and_one_over_the_limit_is_limited() {
    let site = TestSite::start().await;
    for _ in 0..12 {
        site.browser().submit("/login", &[("email", "nobody@example.com"), ("password", "wrong")]).await;
    }
    let records = site.audit_records().await;
    let count = |outcome: &str| records.iter().filter(|record| record.outcome == outcome).count();
    assert_eq!((count("refused"), count("limited")), (10, 1), "of two over the limit within a minute one is stored");
    assert!(records.iter().all(|record| record.user_id.is_none() && record.session.is_none()));
}

#[tokio::test]
async fn a_log_out_that_cannot_be_written_down_does_not_happen_and_says_so() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    let cookie = ada.cookie.clone();
    sqlx::query("ALTER TABLE audit_events RENAME TO gone").execute(site.state.store.writer()).await.unwrap();
    assert_eq!(ada.submit("/api/logout", &[]).await.status, StatusCode::SERVICE_UNAVAILABLE);
    ada.cookie = cookie;
    assert!(ada.is_signed_in().await, "the session and its end are one with the entry");
    // What has no transaction of its own goes on.
    assert_eq!(site.browser().submit("/login", &CREDENTIALS).await.status, StatusCode::SEE_OTHER);
    sqlx::query("ALTER TABLE gone RENAME TO audit_events").execute(site.state.store.writer()).await.unwrap();
    assert_eq!(site.events().await.iter().filter(|event| *event == "log_in done").count(), 2, "and waits meanwhile");
}

#[tokio::test]
async fn ones_own_events_are_in_ones_own_data_and_nobody_elses() {
    let site = TestSite::start().await;
    site.signed_in("bob@example.com").await;
    let mut ada = site.signed_in("ada@example.com").await;
    let data: Value = serde_json::from_str(&ada.open("/account/data").await.text).unwrap();
    let events: Vec<_> = data["events"].as_array().unwrap().iter().map(|event| event["event"].clone()).collect();
    assert_eq!(events.len(), 3, "{events:?}");
    for event in ["registration", "log_in", "data_download"] {
        assert!(events.contains(&event.into()), "{event}");
    }
    assert!(data["events"][0]["at"].as_str().unwrap().ends_with('Z'));
}

#[tokio::test]
async fn an_operator_reads_the_trail_of_one_person_or_of_all_also_of_a_deleted_account() {
    let site = TestSite::start().await;
    site.signed_in("bob@example.com").await;
    let mut ada = site.signed_in("ada@example.com").await;
    ada.submit("/account/delete", &[("password", PASSWORD)]).await;
    site.audit_records().await;
    let read = async |user: Option<&str>, most| {
        let action = Action::Audit { user: user.map(ToOwned::to_owned), most };
        run_on(&site.state.store, Command::Admin { action }).await
    };
    let all = read(None, 100).await.unwrap();
    assert_eq!(all.lines().count(), 5, "{all}");
    assert!(all.contains("Z registration done user_1 session - from 0.0.0.0"), "{all}");
    assert_eq!(read(None, 2).await.unwrap().lines().count(), 2);
    let bobs = read(Some("bob@example.com"), 100).await.unwrap();
    assert!(bobs.lines().count() == 2 && bobs.lines().all(|line| line.contains("user_1")), "{bobs}");
    let adas = read(Some("user_2"), 100).await.unwrap();
    assert!(adas.lines().count() == 3 && adas.contains("account_deletion done user_2"), "{adas}");
    assert_eq!(read(Some("7"), 100).await.unwrap(), "no entries");
    assert!(read(Some("ada@example.com"), 100).await.unwrap_err().to_string().contains("no account"));
}

#[tokio::test]
async fn what_is_older_than_the_trail_is_kept_is_swept() {
    let site = TestSite::with(&["--audit-retention-days", "2"]).await;
    site.signed_in("ada@example.com").await;
    site.audit_records().await;
    let age = async |days: i64| {
        let moved = sqlx::query("UPDATE audit_events SET at = at - $1").bind(days * 24 * 60 * 60);
        moved.execute(site.state.store.writer()).await.unwrap();
        crate::server::housekeeping::once(&site.state).await;
        site.state.store.audit_records(Some(UserId(1)), 10).await.unwrap().len()
    };
    assert_eq!(age(1).await, 2);
    assert_eq!(age(2).await, 0);
}
