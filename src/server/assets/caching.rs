//! How long a browser may keep a static file without asking again.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};

/// How many hexadecimal digits of its content's hash stand in a released file's name: `app.0123456789abcdef.js`.
const HASH_DIGITS: usize = 16;

/// Lets a hashed name be kept for ever, and has every other one asked for again each time (a 304 when it is the same).
pub async fn cache_by_name(request: Request, next: Next) -> Response {
    let hashed = has_hash(request.uri().path());
    let mut response = next.run(request).await;
    let status = response.status();
    let keep = hashed && (status.is_success() || status == StatusCode::NOT_MODIFIED);
    let value = if keep { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
    // What is sent depends on which precompressed form the browser takes.
    say_charset(headers);
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}

/// All our texts are UTF-8: no browser has to guess.
fn say_charset(headers: &mut HeaderMap) {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if (kind.starts_with("text/") || kind.ends_with("+xml"))
        && !kind.contains("charset")
        && let Ok(kind) = HeaderValue::try_from(format!("{kind}; charset=utf-8"))
    {
        headers.insert(header::CONTENT_TYPE, kind);
    }
}

fn has_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_hash = |part: &str| part.len() == HASH_DIGITS && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    name.split('.').rev().nth(1).is_some_and(is_hash)
}

#[cfg(test)]
mod tests {
    use super::has_hash;

    #[test]
    fn only_a_content_hash_before_the_extension_counts() {
        assert!(has_hash("/pkg/app.0123456789abcdef.js"));
        assert!(!has_hash("/pkg/leptos-cometchat.js"));
        assert!(!has_hash("/pkg/app.0123456789abcde.js"));
        assert!(!has_hash("/pkg/app.0123456789abcdeg.js"));
        assert!(!has_hash("/0123456789abcdef/app.js"));
        assert!(!has_hash("/"));
    }
}
