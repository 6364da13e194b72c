//! The whole site with a database of its own, asked over HTTP as a browser asks it. For tests only.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot do its steps fails")]

mod accounts;
mod attacks;
mod audit;
mod deletion;
pub mod log;
mod open_pages;
mod serving;
mod sessions;
mod site;

use std::path::Path;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
    response::Response,
};
use tempfile::TempDir;
use tower::ServiceExt;

use super::{assets::StaticFiles, config::Config, router::router, start, state::AppState, store, telemetry::Metrics};

/// A site that runs.
pub struct TestSite {
    pub state: AppState,
    router: Router,
    folder: TempDir,
}

impl TestSite {
    pub async fn start() -> Self {
        Self::with(&[]).await
    }

    /// With flags as on the command line, and a cloud that is down: nothing listens at this port.
    pub async fn with(flags: &[&str]) -> Self {
        Self::with_cloud("http://127.0.0.1:9/v3", flags).await
    }

    /// With a cloud at this base.
    pub async fn with_cloud(base: &str, flags: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = store::testing::flags(&folder).await;
        let keys = ["--cometchat-app-id", "123abc", "--cometchat-region", "eu"];
        let key = ["--cometchat-rest-api-key", "0123456789abcdef0123456789abcdef01234567"];
        let cloud = ["--cometchat-api-url", base];
        let words =
            database.iter().map(String::as_str).chain(cloud).chain(keys).chain(key).chain(flags.iter().copied());
        let config = Config::of_words(words).unwrap();
        let files = StaticFiles::development(Path::new("."));
        let state = start::state_with(config, files, Metrics::detached()).await.unwrap();
        Self { router: router(state.clone()), state, folder }
    }

    /// A browser with an empty cookie jar; `JavaScript` is off.
    pub fn browser(&self) -> Browser<'_> {
        Browser { site: self, cookie: None }
    }

    /// A browser in which somebody has just registered.
    pub async fn signed_in(&self, email: &str) -> Browser<'_> {
        let mut browser = self.browser();
        let answer = browser.submit("/register", &[("name", "Ada"), ("email", email), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        browser
    }
}

/// Good enough for the site.
pub const PASSWORD: &str = "vixen-otter-plum";

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The input with this name, as it stands in the HTML.
    pub fn input(&self, name: &str) -> &str {
        let inputs = self.text.split("<input").skip(1).filter_map(|rest| rest.split('>').next());
        let named = format!("name=\"{name}\"");
        inputs.into_iter().find(|input| input.contains(&named)).unwrap_or_else(|| panic!("no input {name}"))
    }
}

pub struct Browser<'a> {
    site: &'a TestSite,
    /// `name=value` of the session.
    pub cookie: Option<String>,
}

impl Browser<'_> {
    pub async fn open(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], "").await
    }

    /// Sends a form as a browser without JavaScript does.
    pub async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(Method::POST, path, &[("origin", "http://site.test"), ("accept", "text/html,*/*;q=0.8")], &body).await
    }

    /// Calls a server function as the browser half does.
    pub async fn call(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(Method::POST, path, &[("origin", "http://site.test"), ("accept", "application/json")], &body).await
    }

    pub async fn send(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let (parts, body) = self.answer(method, path, headers, body).await.into_parts();
        let text = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, text }
    }

    /// The answer before its body is read; the session's cookie is kept.
    pub async fn answer(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Response {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let is_given = |name: header::HeaderName| headers.iter().any(|(given, _)| *given == name.as_str());
        if !is_given(header::HOST) {
            request = request.header(header::HOST, "site.test");
        }
        if !body.is_empty() {
            request = request.header(header::CONTENT_LENGTH, body.len());
            if !is_given(header::CONTENT_TYPE) {
                request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            }
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let response = self.site.router.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            if pair.starts_with("session=") || pair.starts_with("__Host-session=") {
                self.cookie = (!pair.ends_with('=')).then(|| pair.to_owned());
            }
        }
        response
    }

    pub async fn is_signed_in(&mut self) -> bool {
        self.call("/api/session", &[]).await.text.contains("user_")
    }
}
