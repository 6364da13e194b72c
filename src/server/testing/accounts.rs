//! Accounts, without JavaScript unless said otherwise.

use axum::http::{Method, StatusCode};

use super::{Answer, PASSWORD, TestSite};

#[tokio::test]
async fn a_refused_form_comes_back_with_its_problems_and_what_was_typed_but_no_password() {
    let site = TestSite::start().await;
    let fields = [("name", "Ada <b>"), ("email", "nonsense"), ("password", "secret1"), ("next", "/account")];
    let page = site.browser().submit("/register", &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.input("email").contains("aria-invalid=\"true\""), "{}", page.input("email"));
    assert!(page.input("email").contains("value=\"nonsense\""));
    assert!(page.input("name").contains("Ada &lt;b"), "{}", page.input("name"));
    assert!(page.input("password").contains("aria-invalid=\"true\""));
    assert!(!page.text.contains("secret1"));
    assert_eq!(page.header("location"), "");
    assert_eq!(site.state.store.user_to_log_in("nonsense").await.unwrap(), None);
}

#[tokio::test]
async fn a_refused_form_still_leads_where_it_was_to_lead_and_so_does_the_link_to_the_other() {
    let site = TestSite::start().await;
    let mut visitor = site.browser();
    // The header has a form with such an input too.
    let kept =
        |page: &Answer| page.text.split("<main").nth(1).unwrap().contains("name=\"next\" value=\"/account?x=1\"");
    let page = visitor.open("/login?next=/account%3Fx=1").await;
    assert!(kept(&page));
    assert!(page.text.contains("href=\"/register?next=/account%3Fx%3D1\""));
    let refused = [("email", "ada@example.com"), ("password", "wrong-wrong"), ("next", "/account?x=1")];
    for (form, other) in [("/login", "/register"), ("/register", "/login")] {
        let page = visitor.submit(form, &refused).await;
        assert!(page.status.is_client_error(), "{}", page.status);
        assert!(kept(&page), "{form}");
        assert!(page.text.contains(&format!("href=\"{other}?next=/account%3Fx%3D1\"")), "{form}");
    }
}

#[tokio::test]
async fn one_address_has_one_account_in_whatever_case() {
    let site = TestSite::start().await;
    site.signed_in("ada@example.com").await;
    let again = [("name", "Eve"), ("email", "ADA@Example.com"), ("password", PASSWORD)];
    let page = site.browser().submit("/register", &again).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.input("email").contains("aria-invalid=\"true\""));
}

#[tokio::test]
async fn an_unknown_email_and_a_wrong_password_get_the_same_answer() {
    let site = TestSite::start().await;
    site.signed_in("ada@example.com").await;
    let mut pages = Vec::new();
    for email in ["ada@example.com", "eve@example.com"] {
        let answer = site.browser().call("/login", &[("email", email), ("password", "wrong-wrong")]).await;
        pages.push((answer.status, answer.text.replace(email, "…")));
    }
    assert_eq!(pages[0], pages[1]);
    assert!(pages[0].1.contains("wrong_credentials"), "{}", pages[0].1);
}

#[tokio::test]
async fn the_eleventh_failed_log_in_of_an_account_has_to_wait_even_with_the_right_password() {
    let site = TestSite::start().await;
    site.signed_in("ada@example.com").await;
    for _ in 0..10 {
        let page = site.browser().submit("/login", &[("email", "ada@example.com"), ("password", "wrong-wrong")]).await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    }
    let right = [("email", "Ada@example.com"), ("password", PASSWORD)];
    let page = site.browser().submit("/login", &right).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(page.header("retry-after").parse::<u32>().unwrap() > 800);
    assert!(page.input("email").contains("value=\"Ada@example.com\""), "what was typed stays");
    let answer = site.browser().call("/login", &right).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.header("retry-after").parse::<u32>().unwrap() > 800);
}

/// Many people, one address: the limit that no account reaches.
#[tokio::test]
async fn the_fifty_first_failed_log_in_from_an_address_has_to_wait_and_other_addresses_do_not() {
    // The test's requests come from no network: 0.0.0.0 stands for a proxy.
    let site = TestSite::with(&["--trusted-proxies", "0.0.0.0"]).await;
    site.signed_in("ada@example.com").await;
    let log_in = async |address: &str, email: &str, password: &str| {
        let headers = [("origin", "http://site.test"), ("accept", "text/html"), ("x-forwarded-for", address)];
        let body = format!("email={email}&password={password}");
        site.browser().send(Method::POST, "/login", &headers, &body).await
    };
    for number in 0..50 {
        let refused = log_in("203.0.113.5", &format!("nobody{number}@example.com"), "wrong-wrong").await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    }
    let limited = log_in("203.0.113.5", "ada@example.com", PASSWORD).await;
    assert_eq!(limited.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(limited.header("retry-after").parse::<u32>().unwrap() > 600);
    assert_eq!(log_in("203.0.113.6", "ada@example.com", PASSWORD).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_language_switch_of_a_page_that_answers_a_form_leads_to_the_page_with_the_form() {
    let site = TestSite::start().await;
    let log_in = [("email", "ada@example.com"), ("password", "wrong"), ("next", "/account")];
    let page = site.browser().submit("/login", &log_in).await;
    assert!(page.text.contains("name=\"next\" value=\"/login?next=/account\""), "{}", page.text);
    let page = site.browser().submit("/register", &[("email", "nonsense")]).await;
    assert!(page.text.contains("name=\"next\" value=\"/register\""), "{}", page.text);
    let mut ada = site.signed_in("ada@example.com").await;
    for path in ["/account/profile", "/account/password"] {
        let page = ada.submit(path, &[]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(page.text.contains("name=\"next\" value=\"/account\""), "{path}");
    }
    assert!(ada.open("/account?tab=1").await.text.contains("name=\"next\" value=\"/account?tab=1\""));
}

#[tokio::test]
async fn more_registrations_from_an_address_than_allowed_have_to_wait_and_keep_what_was_typed() {
    let site = TestSite::with(&["--registration-rate-limit", "2/h"]).await;
    for email in ["ada@example.com", "bob@example.com"] {
        site.signed_in(email).await;
    }
    // What is wrong in itself costs nothing, and is told first.
    let wrong = [("name", "Eve"), ("email", "nonsense"), ("password", PASSWORD)];
    assert_eq!(site.browser().submit("/register", &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let third = [("name", "Eve"), ("email", "eve@example.com"), ("password", PASSWORD)];
    let page = site.browser().submit("/register", &third).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(page.header("retry-after").parse::<u32>().unwrap() > 3500);
    assert!(page.input("email").contains("value=\"eve@example.com\""));
    assert_eq!(site.state.store.user_to_log_in("eve@example.com").await.unwrap(), None);
}

#[tokio::test]
async fn a_guessable_password_is_refused_at_registration_and_at_a_change() {
    let site = TestSite::start().await;
    let fields = [("name", "Ada Lovelace"), ("email", "ada@example.com"), ("password", "adalovelace")];
    let page = site.browser().submit("/register", &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.input("password").contains("aria-invalid=\"true\""));
    assert_eq!(site.state.store.user_to_log_in("ada@example.com").await.unwrap(), None);

    let mut ada = site.signed_in("ada@example.com").await;
    let page =
        ada.submit("/account/password", &[("current_password", PASSWORD), ("new_password", "ada@example.com")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.input("new_password").contains("aria-invalid=\"true\""));
    assert!(!page.text.contains(PASSWORD));
}

#[tokio::test]
async fn a_password_is_taken_exactly_as_it_was_typed() {
    let site = TestSite::start().await;
    let (typed, long) = (" Vixen-Otter-Plum é ", "vixen-otter-plum ".repeat(7) + "123456789");
    for (email, password) in [("ada@example.com", typed), ("bob@example.com", &long)] {
        let fields = [("name", "Ada"), ("email", email), ("password", password)];
        assert_eq!(site.browser().submit("/register", &fields).await.status, StatusCode::SEE_OTHER, "{email}");
        let almost = [password.trim().to_owned(), password.to_lowercase(), password.chars().take(127).collect()];
        for other in almost.iter().filter(|other| *other != password) {
            let answer = site.browser().submit("/login", &[("email", email), ("password", other)]).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{other:?}");
        }
        let answer = site.browser().submit("/login", &[("email", email), ("password", password)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{email}");
    }
}

#[tokio::test]
async fn a_picture_given_at_registration_is_kept() {
    let site = TestSite::start().await;
    let avatar = "https://example.com/ada.png";
    let fields = [("name", "Ada"), ("email", "ada@example.com"), ("password", PASSWORD), ("avatar", avatar)];
    let mut ada = site.browser();
    assert_eq!(ada.submit("/register", &fields).await.status, StatusCode::SEE_OTHER);
    assert!(ada.open("/account").await.input("avatar").contains(avatar));
}

#[tokio::test]
async fn the_thirty_first_change_of_a_profile_within_an_hour_has_to_wait() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    let mut change = async |name: &str| ada.submit("/account/profile", &[("name", name), ("avatar", "")]).await;
    for number in 0..30 {
        assert_eq!(change(&format!("Ada {number}")).await.status, StatusCode::SEE_OTHER);
    }
    let page = change("Ada once more").await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(page.input("name").contains("Ada once more"));
}

#[tokio::test]
async fn signing_in_leads_to_a_page_of_this_site_only() {
    let site = TestSite::start().await;
    site.signed_in("ada@example.com").await;
    for (next, target) in
        [("/account?chat=open", "/account?chat=open"), ("https://evil.example", "/"), ("//evil.example", "/")]
    {
        let fields = [("email", "ada@example.com"), ("password", PASSWORD), ("next", next)];
        let answer = site.browser().submit("/login", &fields).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, target));
    }
}

#[tokio::test]
async fn the_profile_changes_and_the_page_says_so() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    let fields = [("name", "Countess"), ("avatar", "https://example.com/a.png")];
    let answer = ada.submit("/account/profile", &fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/account/profile?saved"));
    let page = ada.open("/account/profile?saved").await;
    assert!(page.input("name").contains("Countess"));
    assert!(page.text.contains("Saved"));
    assert!(page.text.contains("<strong>ada@example.com</strong>"), "the e-mail to sign in with");
    assert!(!site.browser().open("/account").await.text.contains("ada@example.com"));
    let refused = ada.submit("/account/profile", &[("name", ""), ("avatar", "http://example.com")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.input("avatar").contains("http://example.com"));
}
