//! Who has an account? Neither the answer nor the time tells. Time is measured as the work that is done: how often argon2
//! runs, which is all that takes long.

use std::sync::atomic::Ordering;

use axum::http::StatusCode;

use super::*;

fn argon2_runs(site: &TestSite) -> usize {
    site.state.passwords.runs.load(Ordering::SeqCst)
}

/// The answer without what differs from request to request anyway.
fn told(answer: &Answer, email: &str) -> (StatusCode, Vec<String>, String) {
    let mut names: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
    names.sort();
    let nonce = answer.header("content-security-policy").split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
    (answer.status, names, answer.text.replace(nonce, "…").replace(email, "…"))
}

#[tokio::test]
async fn a_failed_log_in_tells_by_nothing_whether_there_is_such_an_account() {
    let site = TestSite::start().await;
    site.signed_in("ada@example.com").await;
    for as_page in [true, false] {
        let mut seen = Vec::new();
        for email in ["ada@example.com", "eve@example.com"] {
            let before = argon2_runs(&site);
            let fields = [("email", email), ("password", "wrong-wrong")];
            let mut browser = site.browser();
            let answer =
                if as_page { browser.submit("/login", &fields).await } else { browser.call("/login", &fields).await };
            assert_eq!(argon2_runs(&site) - before, 1, "{email}");
            seen.push(told(&answer, email));
        }
        assert_eq!(seen[0], seen[1]);
    }
}

#[tokio::test]
async fn the_limit_of_failed_log_ins_tells_no_more_and_works_as_little() {
    let site = TestSite::start().await;
    site.signed_in("ada@example.com").await;
    let mut seen = Vec::new();
    for email in ["ada@example.com", "eve@example.com"] {
        let wrong = [("email", email), ("password", "wrong-wrong")];
        for _ in 0..10 {
            assert_eq!(site.browser().submit("/login", &wrong).await.status, StatusCode::UNAUTHORIZED);
        }
        let before = argon2_runs(&site);
        let answer = site.browser().call("/login", &wrong).await;
        assert_eq!((answer.status, argon2_runs(&site) - before), (StatusCode::TOO_MANY_REQUESTS, 0), "{email}");
        let seconds = answer.header("retry-after").to_owned();
        seen.push(answer.text.replace(&seconds, "…"));
    }
    assert_eq!(seen[0], seen[1]);
}

/// Without a letter to the address, a registration cannot but say that an address is taken (SECURITY.md); it does so only
/// after the same work, and seldom.
#[tokio::test]
async fn a_registration_works_as_much_for_a_taken_address_and_few_may_try() {
    let site = TestSite::with(&["--registration-rate-limit", "3/h"]).await;
    site.signed_in("ada@example.com").await;
    for email in ["ada@example.com", "eve@example.com"] {
        let before = argon2_runs(&site);
        site.browser().submit("/register", &[("name", "Eve"), ("email", email), ("password", PASSWORD)]).await;
        assert_eq!(argon2_runs(&site) - before, 1, "{email}");
    }
    let fourth = [("name", "Eve"), ("email", "bob@example.com"), ("password", PASSWORD)];
    assert_eq!(site.browser().submit("/register", &fourth).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_password_as_long_as_a_body_costs_no_argon2() {
    let site = TestSite::start().await;
    let before = argon2_runs(&site);
    // Long, and nothing that is easily guessed: its length alone refuses it.
    let long = hex::encode(
        (0..6_000_u32).flat_map(|number| number.wrapping_mul(2_654_435_761).to_be_bytes()).collect::<Vec<_>>(),
    );
    let fields = [("name", "Eve"), ("email", "eve@example.com"), ("password", long.as_str())];
    assert_eq!(site.browser().submit("/register", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(argon2_runs(&site) - before, 0);
}
