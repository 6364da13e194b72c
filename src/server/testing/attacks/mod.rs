//! Attacks, one file for each way in. Each test fails when its defence is taken away; SECURITY.md lists them. What is
//! tested beside what it belongs to (the token road, the store, the widget's views) is listed there, too.

mod bodies;
mod caching;
mod cross_site;
mod csrf;
mod database_copy;
mod enumeration;
mod files;
mod fuzz;
mod identity;
mod injection;
mod proxies;
mod redirects;
mod sessions;
mod smuggling;
mod wire;

use axum::http::Method;

use super::{Answer, Browser, PASSWORD, TestSite};

/// The credentials of whom `TestSite::signed_in("ada@example.com")` registers.
const ADA: [(&str, &str); 2] = [("email", "ada@example.com"), ("password", PASSWORD)];

/// One of each kind of answer, with what a browser of somebody who is signed in gets for it: pages, files, redirects,
/// server functions, and every kind of refusal.
async fn one_of_each(browser: &mut Browser<'_>) -> Vec<(String, Answer)> {
    let asked = [
        (Method::GET, "/"),
        (Method::GET, "/login"),
        (Method::GET, "/account"),
        (Method::GET, "/account/data"),
        (Method::GET, "/nowhere"),
        (Method::GET, "/favicon.svg"),
        (Method::GET, "/pkg/nothing.js"),
        (Method::GET, "/healthz"),
        (Method::GET, "/readyz"),
        (Method::GET, "/metrics"),
        (Method::HEAD, "/"),
        (Method::POST, "/api/session"),
        (Method::POST, "/api/nowhere"),
        (Method::POST, "/api/cometchat/auth-token"),
        (Method::POST, "/login"),
        (Method::DELETE, "/login"),
        (Method::OPTIONS, "/api/session"),
        (Method::TRACE, "/"),
    ];
    let mut answers = Vec::new();
    for (method, path) in asked {
        let headers = [("origin", "http://site.test"), ("accept", "text/html")];
        let answer = browser.send(method.clone(), path, &headers, "").await;
        answers.push((format!("{method} {path}: {}", answer.status), answer));
    }
    let foreign = browser.send(Method::POST, "/login", &[("origin", "http://evil.test")], "").await;
    answers.push(("another site's POST".into(), foreign));
    let large = browser.submit("/login", &[("email", &"x".repeat(70_000))]).await;
    answers.push(("a body that is too large".into(), large));
    answers
}
