//! Another site looks: it frames a page, loads an answer into its own page, opens a window, or times what happens.

use axum::http::{Method, StatusCode};

use super::*;

#[tokio::test]
async fn no_answer_can_be_framed_embedded_sniffed_or_reached_from_another_window() {
    let site = TestSite::with(&["--public-origin", "http://site.test"]).await;
    let mut ada = site.signed_in("ada@example.com").await;
    for (what, answer) in one_of_each(&mut ada).await {
        let policy = answer.header("content-security-policy");
        for directive in ["frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'self'"] {
            assert!(policy.contains(directive), "{what}: {policy}");
        }
        for (name, value) in [
            ("cross-origin-resource-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{name} of {what}");
        }
    }
}

#[tokio::test]
async fn every_answer_of_an_https_site_says_that_it_is_one_for_a_year() {
    let site = TestSite::with(&["--public-origin", "https://site.test"]).await;
    for (what, answer) in one_of_each(&mut site.browser()).await {
        let policy = answer.header("strict-transport-security");
        assert_eq!(policy, "max-age=31536000; includeSubDomains", "{what}");
    }
}

#[tokio::test]
async fn every_answer_with_a_body_says_of_which_type_and_in_which_letters() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    for (what, answer) in one_of_each(&mut ada).await.into_iter().filter(|(_, answer)| !answer.text.is_empty()) {
        let kind = answer.header("content-type");
        let is_text = kind.starts_with("text/") || kind.starts_with("image/svg+xml");
        assert!(kind == "application/json" || is_text && kind.contains("charset=utf-8"), "{what}: {kind:?}");
    }
}

/// What a page of another origin can make a browser do, with the cookie as a sibling sub-domain would have it sent.
#[tokio::test]
async fn another_origin_leads_to_a_page_and_loads_nothing() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    for from in ["cross-site", "same-site"] {
        let link = [("sec-fetch-site", from), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
        assert_eq!(ada.send(Method::GET, "/account", &link, "").await.status, StatusCode::OK);
        let loads = [
            ("no-cors", "image"),
            ("no-cors", "script"),
            ("no-cors", "style"),
            ("no-cors", "audio"),
            ("no-cors", "empty"),
            ("cors", "empty"),
            ("navigate", "iframe"),
            ("navigate", "object"),
            ("navigate", "embed"),
            ("websocket", "empty"),
        ];
        for (mode, destination) in loads {
            let headers = [("sec-fetch-site", from), ("sec-fetch-mode", mode), ("sec-fetch-dest", destination)];
            for path in
                ["/", "/account", "/account/data", "/favicon.svg", "/pkg/x.js", "/api/session/events", "/nowhere"]
            {
                let answer = ada.send(Method::GET, path, &headers, "").await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} as {destination} {mode} from {from}");
                assert!(!answer.text.contains("ada@example.com"));
            }
        }
    }
}

/// A download that begins, or leads to the log-in, would tell another site whether somebody is signed in.
#[tokio::test]
async fn a_link_of_another_site_starts_no_download() {
    let site = TestSite::start().await;
    let mut ada = site.signed_in("ada@example.com").await;
    for mut browser in [ada.cookie.take(), None].map(|cookie| {
        let mut browser = site.browser();
        browser.cookie = cookie;
        browser
    }) {
        let link = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
        for path in ["/account/data", "/api/session/events"] {
            assert_eq!(browser.send(Method::GET, path, &link, "").await.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
}

#[tokio::test]
async fn text_becomes_markup_or_a_script_by_the_pages_own_policies_alone() {
    let site = TestSite::start().await;
    let page = site.browser().open("/").await;
    let policy = page.header("content-security-policy");
    assert!(policy.contains("require-trusted-types-for 'script'"), "{policy}");
    assert!(policy.contains("trusted-types default leptos-cometchat"), "{policy}");
    assert!(!policy.contains("allow-duplicates") && !policy.contains("trusted-types *"), "{policy}");
    assert!(page.text.contains("createPolicy(\"default\""));
}
