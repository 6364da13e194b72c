//! Two requests in one: where a request ends, nobody but HTTP says.

use super::{wire::Wire, *};

/// Each is one request to a proxy that reads it the other way, and hides a second one.
#[tokio::test]
async fn a_request_that_could_end_in_two_places_is_refused_or_read_as_the_standard_says() {
    let site = TestSite::start().await;
    let wire = Wire::listen(&site).await;
    let hidden = "GET /healthz HTTP/1.1\r\nHost: site.test\r\nConnection: close\r\n\r\n";
    for lengths in [
        "Content-Length: 0\r\nContent-Length: 70",
        "Content-Length: 0, 70",
        "Content-Length: +0",
        "Content-Length: -1",
        "Content-Length: 0x0",
        "Content-Length: 99999999999999999999999999",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding:\u{b}chunked",
        "Content-Length : 0",
    ] {
        let request = format!(
            "POST /api/session HTTP/1.1\r\nHost: site.test\r\nOrigin: http://site.test\r\n{lengths}\r\n\r\n{hidden}"
        );
        let answer = wire.send_and_close(request.as_bytes()).await;
        assert_eq!(answer.status, 400, "{lengths}: {}", answer.text);
        assert_eq!(answer.answers(), 1, "{lengths}");
    }
    // RFC 9112, section 6.3: the encoding wins over the length. What follows the last chunk is the next request, or the
    // connection ends; it is never part of the first one's body.
    let both = format!(
        "POST /api/session HTTP/1.1\r\nHost: site.test\r\nOrigin: http://site.test\r\nContent-Type: application/json\r\n\
         Content-Length: 70\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n{hidden}"
    );
    let answer = wire.ask(both.as_bytes()).await;
    assert!(answer.status == 400 || answer.text.contains("null"), "{}", answer.text);
}

#[tokio::test]
async fn a_header_with_a_line_in_it_is_refused() {
    let site = TestSite::start().await;
    let wire = Wire::listen(&site).await;
    for head in [
        "GET / HTTP/1.1\r\nHost: site.test\r\nX: a\rb\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: site.test\r\nX: a\0b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: site.test\r\n folded: x\r\n\r\n",
        "GET /a b HTTP/1.1\r\nHost: site.test\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: site.test\r\n\r\n",
        "GET / HTTP/1.1\r\n: x\r\n\r\n",
        "G\u{e9}T / HTTP/1.1\r\nHost: site.test\r\n\r\n",
    ] {
        let answer = wire.send_and_close(head.as_bytes()).await;
        assert_eq!(answer.status, 400, "{head:?}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_body_in_chunks_is_limited_too() {
    let site = TestSite::start().await;
    let wire = Wire::listen(&site).await;
    let chunk = format!("8000\r\n{}\r\n", "x".repeat(0x8000));
    for (path, kind) in [("/login", "application/x-www-form-urlencoded"), ("/api/session", "application/json")] {
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: site.test\r\nOrigin: http://site.test\r\nContent-Type: {kind}\r\n\
             Accept: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{}0\r\n\r\n",
            chunk.repeat(4)
        );
        let answer = wire.ask(request.as_bytes()).await;
        assert!((400..500).contains(&answer.status), "{path}: {}", answer.text);
    }
}
