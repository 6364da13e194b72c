#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up should stop")]

use std::{fs, path::Path};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, Response, StatusCode, header},
};
use tower::ServiceExt;

use super::StaticFiles;
use crate::i18n::Language;

const SCRIPT: &str = "/pkg/app.0123456789abcdef.js";

/// A release as `make release` lays it out, with a file outside of it that nobody may read.
fn release(folder: &Path) -> Router {
    let write = |path: &str, content: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    };
    write(
        "dist/assets.json",
        r#"{"programs":{"en":{"script":"/pkg/app.0123456789abcdef.js","wasm":"/pkg/app.0123456789abcdef.wasm"},"fr":{"script":"/pkg/app.fedcba9876543210.js","wasm":"/pkg/app.fedcba9876543210.wasm"}},"page_style":"/pkg/main.0123456789abcdef.css","widget_style":"/pkg/widget.0123456789abcdef.css","sdk":"/pkg/cometchat-sdk.0123456789abcdef.js"}"#,
    );
    write("dist/site/pkg/app.0123456789abcdef.js", "export default 1;");
    write("dist/site/pkg/app.0123456789abcdef.js.br", "brotli");
    write("dist/site/pkg/app.0123456789abcdef.js.gz", "gzip");
    write("dist/site/pkg/app.0123456789abcdef.wasm", "\0asm");
    write("dist/site/favicon.svg", "<svg/>");
    write("secret.txt", "secret");
    StaticFiles::release(&folder.join("dist")).unwrap().router()
}

async fn get(router: &Router, path: &str, headers: &[(&str, &str)]) -> Response<Body> {
    let request = headers.iter().fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
    router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

fn header<'a>(response: &'a Response<Body>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

async fn text(response: Response<Body>) -> String {
    String::from_utf8(to_bytes(response.into_body(), 1000).await.unwrap().to_vec()).unwrap()
}

#[tokio::test]
async fn a_hashed_file_is_kept_for_ever_and_a_plain_one_is_asked_for_again() {
    let folder = tempfile::tempdir().unwrap();
    let router = release(folder.path());
    let script = get(&router, SCRIPT, &[]).await;
    assert_eq!(header(&script, "cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(header(&script, "content-type"), "text/javascript; charset=utf-8");
    let icon = get(&router, "/favicon.svg", &[]).await;
    assert_eq!(header(&icon, "cache-control"), "no-cache");
    assert_eq!(header(&icon, "content-type"), "image/svg+xml; charset=utf-8");
    let wasm = get(&router, "/pkg/app.0123456789abcdef.wasm", &[]).await;
    assert_eq!(header(&wasm, "content-type"), "application/wasm");
}

#[tokio::test]
async fn the_best_form_that_the_browser_takes_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let router = release(folder.path());
    let brotli = get(&router, SCRIPT, &[("accept-encoding", "gzip, deflate, br")]).await;
    assert_eq!(header(&brotli, "content-encoding"), "br");
    assert_eq!(header(&brotli, "content-type"), "text/javascript; charset=utf-8");
    assert_eq!(header(&brotli, "vary"), "accept-encoding");
    assert_eq!(text(brotli).await, "brotli");
    let gzip = get(&router, SCRIPT, &[("accept-encoding", "gzip")]).await;
    assert_eq!(header(&gzip, "content-encoding"), "gzip");
    assert_eq!(text(gzip).await, "gzip");
    let plain = get(&router, SCRIPT, &[]).await;
    assert_eq!(header(&plain, "content-encoding"), "");
    assert_eq!(text(plain).await, "export default 1;");
}

#[tokio::test]
async fn an_unchanged_file_is_not_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    let router = release(folder.path());
    let first = get(&router, "/favicon.svg", &[]).await;
    let modified = header(&first, "last-modified").to_owned();
    let second = get(&router, "/favicon.svg", &[("if-modified-since", &modified)]).await;
    assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(text(second).await, "");
}

#[tokio::test]
async fn a_part_of_a_file_can_be_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let router = release(folder.path());
    let part = get(&router, SCRIPT, &[("range", "bytes=0-5")]).await;
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(header(&part, header::CONTENT_RANGE.as_str()), "bytes 0-5/17");
    assert_eq!(text(part).await, "export");
    let beyond = get(&router, SCRIPT, &[("range", "bytes=100-200")]).await;
    assert_eq!(beyond.status(), StatusCode::RANGE_NOT_SATISFIABLE);
}

#[tokio::test]
async fn a_missing_file_is_a_404_that_nobody_keeps() {
    let folder = tempfile::tempdir().unwrap();
    let router = release(folder.path());
    for path in ["/pkg/old.0123456789abcdef.js", "/pkg/", "/pkg/none/none.js", "/pkg", "/style/main.css"] {
        let response = get(&router, path, &[]).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        assert!(!header(&response, "cache-control").contains("immutable"), "{path}");
    }
}

#[tokio::test]
async fn nothing_outside_the_site_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let router = release(folder.path());
    for path in [
        "/pkg/../../../secret.txt",
        "/pkg/%2e%2e/%2e%2e/%2e%2e/secret.txt",
        "/pkg/..%2f..%2f..%2fsecret.txt",
        "/pkg/..%5c..%5csecret.txt",
        "/pkg//secret.txt",
        "/assets.json",
        "/pkg/../../assets.json",
    ] {
        let response = get(&router, path, &[]).await;
        assert!(response.status().is_client_error(), "{path}: {}", response.status());
        assert!(!text(response).await.contains("secret"), "{path}");
    }
}

#[tokio::test]
async fn development_serves_the_sources_under_the_names_that_the_html_uses() {
    let folder = tempfile::tempdir().unwrap();
    for path in [
        "target/site/pkg/leptos-cometchat.js",
        "target/site/pkg/leptos-cometchat.wasm",
        "style/main.css",
        "style/widget.css",
        super::SDK,
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "").unwrap();
    }
    let files = StaticFiles::development(folder.path());
    let router: Router = files.router();
    let names = files.names();
    let program = names.programs.of(Language::Fr);
    for path in [&program.script, &program.wasm, &names.page_style, &names.widget_style, &names.sdk] {
        let response = get(&router, path, &[]).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        assert_eq!(header(&response, "cache-control"), "no-cache", "{path}");
    }
}

#[test]
fn each_language_of_a_release_has_a_program_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let _ = release(folder.path());
    let files = StaticFiles::release(&folder.path().join("dist")).unwrap();
    assert_eq!(files.names().programs.of(Language::En).wasm, "/pkg/app.0123456789abcdef.wasm");
    assert_eq!(files.names().programs.of(Language::Fr).wasm, "/pkg/app.fedcba9876543210.wasm");
}

#[test]
fn a_release_without_its_names_says_which_file_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let error = StaticFiles::release(folder.path()).unwrap_err();
    assert!(error.to_string().contains("assets.json"), "{error}");
    fs::write(folder.path().join("assets.json"), "{}").unwrap();
    let error = StaticFiles::release(folder.path()).unwrap_err();
    assert!(error.to_string().contains("make release"), "{error}");
}
