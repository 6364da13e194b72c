//! Who may load what from a page of another origin: a link to one of the site's pages leads there, and that is all. No
//! other site, a sibling sub-domain neither, puts an answer of this site into a page of its own, to measure it or to see
//! whether somebody is signed in. Browsers say where a request comes from in `Sec-Fetch-…`, which no page can set; what
//! says nothing is no browser's, or an old one's, and has the other headers (`security_headers`) alone.

use axum::{
    extract::Request,
    http::{HeaderMap, Method},
    middleware::Next,
    response::Response,
};

use super::refused;

/// Around everything: another origin may lead a visitor to a page, in a window of its own, and load nothing.
pub async fn check(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let is_link =
        *request.method() == Method::GET && is(headers, MODE, "navigate") && is(headers, DESTINATION, "document");
    if comes_from_here(headers) || is_link { next.run(request).await } else { refused() }
}

/// Around what is for the site's own pages: no link of another site leads there either. A download that begins or does
/// not begin tells who is signed in.
pub async fn own_pages_only(request: Request, next: Next) -> Response {
    if comes_from_here(request.headers()) { next.run(request).await } else { refused() }
}

const SITE: &str = "sec-fetch-site";
const MODE: &str = "sec-fetch-mode";
const DESTINATION: &str = "sec-fetch-dest";

fn is(headers: &HeaderMap, name: &str, expected: &str) -> bool {
    headers.get(name).is_some_and(|value| value == expected)
}

/// From this origin, or from the visitor's own hand (`none`).
fn comes_from_here(headers: &HeaderMap) -> bool {
    !headers.contains_key(SITE) || is(headers, SITE, "same-origin") || is(headers, SITE, "none")
}
