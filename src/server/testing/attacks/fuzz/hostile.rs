//! Requests that are well-formed and mean no good: every route, any method, and what people who attack put into paths,
//! headers, forms and JSON.

use std::fmt::Write;

use rand::{RngExt, rngs::StdRng, seq::IndexedRandom};

/// Writes them.
pub struct Hostile {
    /// Of two people who are signed in: the second is signed out by the first request that does so.
    pub cookies: [String; 2],
}

const PATHS: [&str; 27] = [
    "/",
    "/login",
    "/register",
    "/account",
    "/account/profile",
    "/account/password",
    "/account/delete",
    "/account/data",
    "/api/logout",
    "/api/sign-out-everywhere",
    "/api/language",
    "/api/session",
    "/api/session/events",
    "/api/cometchat/auth-token",
    "/api/cometchat/create-user",
    "/healthz",
    "/readyz",
    "/metrics",
    "/favicon.svg",
    "/style/main.css",
    "/style/widget.css",
    "/style/",
    "/pkg/leptos-cometchat.js",
    "/pkg/",
    "/pkg/cometchat-sdk.js",
    "/nowhere",
    "*",
];
/// What ends the session of whoever asks.
const ENDINGS: [&str; 2] = ["/api/logout", "/api/sign-out-everywhere"];
/// What is posted to; the first of them take JSON, the others forms.
const POSTED: [&str; 11] = [
    "/api/session",
    "/api/cometchat/auth-token",
    "/api/cometchat/create-user",
    "/login",
    "/register",
    "/account/profile",
    "/account/password",
    "/account/delete",
    "/api/logout",
    "/api/sign-out-everywhere",
    "/api/language",
];
const METHODS: [&str; 10] = ["GET", "POST", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "CONNECT", "PROPFIND"];
const TYPES: [&str; 8] = [
    "application/json",
    "application/json",
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded",
    "text/plain",
    "multipart/form-data; boundary=x",
    "application/json; charset=utf-16",
    ";;;",
];
const FIELDS: [&str; 14] = [
    "email",
    "password",
    "name",
    "avatar",
    "next",
    "language",
    "current_password",
    "new_password",
    "rejected",
    "uid",
    "email[]",
    "name[a][b]",
    "",
    "__proto__",
];
const TEXTS: [&str; 34] = [
    "",
    "a",
    "eve@example.com",
    "'; DROP TABLE users; --",
    "\" OR \"\"=\"",
    "<script>alert(1)</script>",
    "\"><svg onload=alert(1)>",
    "../../../../etc/passwd",
    "..%2f..%2f",
    "%00",
    "%ff%fe",
    "%",
    "%%%",
    "%u0041",
    "\u{0}",
    "\r\nSet-Cookie: x=y",
    "{{7*7}}",
    "${jndi:ldap://x}",
    "javascript:alert(1)",
    "https://example.com/\u{202e}gnp.exe",
    "//evil.example",
    "/\\evil.example",
    "-1",
    "99999999999999999999999999",
    "NaN",
    "1e400",
    "null",
    "true",
    "[]",
    "\u{1f4a9}\u{200d}\u{feff}",
    "\u{e9}\u{301}\u{301}\u{301}\u{301}",
    "0123456789abcdef0123456789abcdef",
    "=&=&;,",
    "\\\\\\",
];
const HEADERS: [&str; 26] = [
    "accept",
    "accept-language",
    "accept-encoding",
    "authorization",
    "cookie",
    "content-encoding",
    "content-disposition",
    "expect",
    "forwarded",
    "from",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "max-forwards",
    "origin",
    "range",
    "referer",
    "sec-fetch-site",
    "te",
    "traceparent",
    "user-agent",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-request-id",
    "x-http-method-override",
];
const VALUES: [&str; 20] = [
    "*/*",
    "text/html",
    "application/json",
    "fr;q=NaN,en;q=-1,;;q=",
    "br;q=0, gzip;q=1.0001",
    "bytes=0-0,-1,5-2",
    "bytes=-18446744073709551616",
    "bytes=1-",
    "Thu, 99 Foo 2026 99:99:99 GMT",
    "W/\"\", *",
    "session=; session=x; lang=fr; =; ;;",
    "session=\"AAAA\"; __Host-session=%00",
    "null",
    "http://site.test",
    "http://[::1",
    "same-origin",
    "100-continue",
    "00-00000000000000000000000000000000-0000000000000000-ff",
    "127.0.0.1, ::1, [::1]:80, unknown, _x",
    "Basic Og==",
];

fn one<'a>(random: &mut StdRng, of: &[&'a str]) -> &'a str {
    of.choose(random).copied().unwrap_or_default()
}

/// One of the texts, now and then very long.
fn text(random: &mut StdRng) -> String {
    let text = one(random, &TEXTS);
    if random.random_ratio(1, 40) { text.repeat(random.random_range(1..2_000)) } else { text.to_owned() }
}

/// What may stand in a request line or a header as it is; the rest is escaped.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_graphic() && byte != b'#' && byte != b'"' && byte != b'<' && byte != b'>' {
            escaped.push(char::from(byte));
        } else {
            let _ = write!(escaped, "%{byte:02x}");
        }
    }
    escaped
}

/// Mostly the one that gets through to what is behind.
fn method<'a>(random: &mut StdRng, path: &str) -> &'a str {
    if path == "*" {
        "OPTIONS"
    } else if random.random_ratio(1, 3) {
        one(random, &METHODS)
    } else if POSTED.contains(&path) {
        "POST"
    } else {
        "GET"
    }
}

/// The same of types.
fn kind<'a>(random: &mut StdRng, path: &str) -> &'a str {
    if random.random_ratio(1, 4) {
        one(random, &TYPES)
    } else if POSTED[..3].contains(&path) {
        "application/json"
    } else {
        "application/x-www-form-urlencoded"
    }
}

impl Hostile {
    /// The bytes of one that asks for the connection to be closed.
    pub fn request(&self, random: &mut StdRng) -> Vec<u8> {
        let path = one(random, &PATHS);
        let method = method(random, path);
        let mut target = path.to_owned();
        if path != "*" {
            if random.random_ratio(1, 5) {
                target.push('/');
                target.push_str(&escaped(&text(random)));
            }
            if random.random_ratio(1, 4) {
                let _ = write!(target, "?{}={}", escaped(one(random, &FIELDS)), escaped(&text(random)));
            }
        }
        if method == "CONNECT" {
            target = "site.test:443".into();
        }
        let mut head = format!("{method} {target} HTTP/1.1\r\nhost: site.test\r\nconnection: close\r\n").into_bytes();
        self.headers(random, path, &mut head);
        let kind = kind(random, path);
        let body = if method == "POST" || random.random_ratio(1, 10) { body(random, kind) } else { Vec::new() };
        if body.is_empty() {
            head.extend(b"\r\n");
            return head;
        }
        head.extend(format!("content-type: {kind}\r\n").as_bytes());
        if random.random_ratio(1, 6) {
            head.extend(b"transfer-encoding: chunked\r\n\r\n");
            for chunk in body.chunks(random.random_range(1..5_000)) {
                head.extend(format!("{:x}\r\n", chunk.len()).as_bytes());
                head.extend(chunk);
                head.extend(b"\r\n");
            }
            head.extend(b"0\r\n\r\n");
        } else {
            head.extend(format!("content-length: {}\r\n\r\n", body.len()).as_bytes());
            head.extend(&body);
        }
        head
    }

    fn headers(&self, random: &mut StdRng, path: &str, head: &mut Vec<u8>) {
        // Without it nothing that changes something is reached.
        if random.random_ratio(4, 5) {
            head.extend(b"origin: http://site.test\r\n");
        }
        if random.random_ratio(1, 3) {
            head.extend(b"accept: text/html\r\n");
        }
        if random.random_ratio(1, 2) {
            let cookie = if ENDINGS.contains(&path) { &self.cookies[1] } else { &self.cookies[0] };
            head.extend(format!("cookie: {cookie}; lang=fr\r\n").as_bytes());
        }
        for _ in 0..random.random_range(0..4) {
            head.extend(format!("{}: ", one(random, &HEADERS)).as_bytes());
            match random.random_range(0..4) {
                0 => head.extend((0..random.random_range(0..60)).map(|_| random.random_range(0x80..=0xffu8))),
                1 => head.extend(escaped(&text(random)).bytes().take(3_000)),
                _ => head.extend(one(random, &VALUES).bytes()),
            }
            head.extend(b"\r\n");
        }
    }
}

fn body(random: &mut StdRng, kind: &str) -> Vec<u8> {
    match random.random_range(0..10) {
        0 => (0..random.random_range(0..400)).map(|_| random.random()).collect(),
        1 => vec![b'['; random.random_range(1..60_000)],
        2 => format!("{{\"{}\":{}}}", one(random, &FIELDS), text(random)).into_bytes(),
        _ if kind.contains("json") => json(random, 0).into_bytes(),
        _ => {
            let pairs = (0..random.random_range(1..6)).map(|_| {
                let (field, text) = (one(random, &FIELDS), text(random));
                let value = if random.random() { escaped(&text) } else { text };
                format!("{field}={value}")
            });
            pairs.collect::<Vec<_>>().join("&").into_bytes()
        }
    }
}

fn json(random: &mut StdRng, depth: usize) -> String {
    match random.random_range(0..8) {
        0 if depth < 6 => format!("[{},{}]", json(random, depth + 1), json(random, depth + 1)),
        1 | 2 if depth < 6 => {
            format!(
                "{{\"{}\":{},\"rejected\":{}}}",
                one(random, &FIELDS),
                json(random, depth + 1),
                json(random, depth + 1)
            )
        }
        3 => format!("{:?}", text(random)),
        4 => text(random),
        5 => "{\"rejected\":\"0123456789abcdef0123456789abcdef\"}".into(),
        6 => String::new(),
        _ => format!("{{\"rejected\":{:?}}}", text(random)),
    }
}
