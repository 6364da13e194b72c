//! Out of the folder of the static files, by the very bytes of a request line: no client between here and the server
//! tidies the path up.

use std::fs;

use super::{wire::Wire, *};
use crate::server::{assets::StaticFiles, router::router};

const SECRET: &str = "never to be served";

/// A site that serves a release's folder, with a secret beside it.
async fn site_with_files() -> TestSite {
    let mut site = TestSite::start().await;
    let dist = site.folder.path().join("dist");
    let pkg = dist.join("site/pkg");
    fs::create_dir_all(&pkg).unwrap();
    let program = r#"{"script":"/pkg/app.0123456789abcdef.js","wasm":"/pkg/app.0123456789abcdef.wasm"}"#;
    let names = format!(
        r#"{{"programs":{{"en":{program},"fr":{program}}},"page_style":"/pkg/a.css","widget_style":"/pkg/b.css","sdk":"/pkg/c.js"}}"#
    );
    fs::write(dist.join("assets.json"), names).unwrap();
    fs::write(pkg.join("app.0123456789abcdef.js"), "export default 1;").unwrap();
    for path in ["secret.key", "dist/secret.key", "dist/site/.env", "dist/pkg.key"] {
        fs::write(site.folder.path().join(path), SECRET).unwrap();
    }
    site.state.files = StaticFiles::release(&dist).unwrap();
    site.router = router(site.state.clone());
    site
}

#[tokio::test]
async fn no_path_leads_out_of_the_folder_of_the_static_files() {
    let site = site_with_files().await;
    let wire = Wire::listen(&site).await;
    let up =
        ["..", "%2e%2e", ".%2e", "%2E.", "..%2f..", "..%5c..", "..\\..", "%252e%252e", "..;", "%c0%ae%c0%ae", "...."];
    let mut paths: Vec<String> = up
        .iter()
        .flat_map(|up| {
            (1..4).flat_map(move |depth| {
                let way = format!("{up}/").repeat(depth);
                let way_in_one = format!("{up}%2f").repeat(depth);
                ["secret.key", "pkg.key", ".env", "assets.json", "app.db"]
                    .into_iter()
                    .flat_map(move |file| {
                        [format!("/pkg/{way}{file}"), format!("/pkg/{way_in_one}{file}"), format!("/{way}{file}")]
                    })
                    .collect::<Vec<_>>()
            })
        })
        .collect();
    let absolute = site.folder.path().join("secret.key").display().to_string();
    paths.extend([
        format!("/pkg/{absolute}"),
        format!("/pkg/{}", absolute.replace('/', "%2f")),
        format!("/pkg//{absolute}"),
        format!("//{absolute}"),
        "/pkg/%00".into(),
        "/pkg/app.0123456789abcdef.js%00.key".into(),
        "/pkg/..%00/secret.key".into(),
        format!("/pkg/{}", "a".repeat(5_000)),
        format!("/pkg/{}", "a/".repeat(2_000)),
        "/.env".into(),
        "/pkg/.".into(),
        "/pkg/C:\\secret.key".into(),
        "/pkg/\\\\host\\share".into(),
        "/pkg/app.0123456789abcdef.js/".into(),
        "/pkg/app.0123456789abcdef.js/../../../secret.key".into(),
    ]);
    for path in paths {
        let answer =
            wire.ask(format!("GET {path} HTTP/1.1\r\nHost: site.test\r\nConnection: close\r\n\r\n").as_bytes()).await;
        let shown: String = path.chars().take(80).collect();
        assert!((400..500).contains(&answer.status), "{shown}: {}", answer.status);
        assert!(!answer.text.contains(SECRET) && !answer.text.contains("\"programs\""), "{shown}");
    }
    let right = b"GET /pkg/app.0123456789abcdef.js HTTP/1.1\r\nHost: site.test\r\nConnection: close\r\n\r\n";
    assert_eq!(wire.ask(right).await.status, 200);
}
