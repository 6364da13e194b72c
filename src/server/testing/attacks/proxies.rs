//! Password spraying: one address behind many names. Which address a request comes from, only a trusted proxy may say.

use std::{net::SocketAddr, sync::atomic::Ordering};

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{HeaderValue, Request, StatusCode, header},
};
use tower::ServiceExt;

use super::*;

/// Tries a password for an account of its own, from a network address, with these `X-Forwarded-For` lines.
async fn spray(site: &TestSite, peer: [u8; 4], number: usize, forwarded: &[&[u8]]) -> StatusCode {
    let mut request = Request::post("/login")
        .header(header::HOST, "site.test")
        .header(header::ORIGIN, "http://site.test")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .extension(ConnectInfo(SocketAddr::from((peer, 40_000))));
    for line in forwarded {
        request = request.header("x-forwarded-for", HeaderValue::from_bytes(line).unwrap());
    }
    let body = format!("email=nobody{number}%40example.com&password=Summer2026");
    site.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap().status()
}

const PROXY: [u8; 4] = [10, 0, 0, 1];

#[tokio::test]
async fn spraying_from_one_address_ends_after_fifty_whatever_addresses_it_makes_up() {
    let site = TestSite::start().await;
    for number in 0..50 {
        let made_up = format!("203.0.113.{number}");
        let status = spray(&site, [192, 0, 2, 9], number, &[made_up.as_bytes()]).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
    }
    let status = spray(&site, [192, 0, 2, 9], 50, &[b"198.51.100.7"]).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(site.state.passwords.runs.load(Ordering::SeqCst), 50);
    assert_eq!(spray(&site, [192, 0, 2, 10], 51, &[]).await, StatusCode::UNAUTHORIZED, "another address may");
}

/// The proxy appends the address that it sees; the visitor sent the rest, in as many lines as it liked.
#[tokio::test]
async fn spraying_through_a_trusted_proxy_counts_for_the_address_that_the_proxy_saw() {
    let site = TestSite::with(&["--trusted-proxies", "10.0.0.0/8"]).await;
    for number in 0..50 {
        let made_up = format!("198.51.100.{number}");
        let appended = format!("{made_up}, 203.0.113.5");
        let status = match number % 4 {
            0 => spray(&site, PROXY, number, &[appended.as_bytes()]).await,
            1 => spray(&site, PROXY, number, &[made_up.as_bytes(), b"203.0.113.5"]).await,
            2 => spray(&site, PROXY, number, &[b"10.0.0.9, nonsense,, 10.1.1.1, 203.0.113.5, 10.0.0.2"]).await,
            _ => spray(&site, PROXY, number, &[b"\xff\xfe, \xe9, 203.0.113.5"]).await,
        };
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{number}");
    }
    assert_eq!(spray(&site, PROXY, 50, &[b"198.51.100.99, 203.0.113.5"]).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(spray(&site, PROXY, 51, &[b"203.0.113.5, 198.51.100.99"]).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn other_headers_that_name_an_address_are_not_believed_even_of_a_trusted_proxy() {
    let site = TestSite::with(&["--trusted-proxies", "10.0.0.0/8"]).await;
    let request = |number: usize| {
        let mut request = Request::post("/login")
            .header(header::HOST, "site.test")
            .header(header::ORIGIN, "http://site.test")
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .extension(ConnectInfo(SocketAddr::from((PROXY, 40_000))));
        for name in ["x-real-ip", "forwarded", "true-client-ip", "cf-connecting-ip", "x-client-ip", "client-ip"] {
            request = request.header(name, format!("198.51.100.{number}"));
        }
        request.body(Body::from(format!("email=nobody{number}%40example.com&password=Summer2026"))).unwrap()
    };
    for number in 0..50 {
        let status = site.router.clone().oneshot(request(number)).await.unwrap().status();
        assert_eq!(status, StatusCode::UNAUTHORIZED);
    }
    let status = site.router.clone().oneshot(request(50)).await.unwrap().status();
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
}
