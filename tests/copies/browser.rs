//! A browser with its cookie, at one of the addresses of the site.

use std::net::SocketAddr;

use reqwest::{
    Client, Response, StatusCode,
    header::{CONTENT_TYPE, COOKIE, ORIGIN, SET_COOKIE},
};
use serde_json::Value;

const PASSWORD: &str = "vixen-otter-plum";

#[derive(Clone)]
pub struct Browser {
    address: SocketAddr,
    http: Client,
    cookie: Option<String>,
}

impl Browser {
    pub fn new(address: SocketAddr) -> Self {
        // Each request on a connection of its own, so that the proxy gives it to the next copy.
        let http = Client::builder().no_proxy().pool_max_idle_per_host(0).build().unwrap();
        Self { address, http, cookie: None }
    }

    /// The same browser at another address.
    pub fn at(&self, address: SocketAddr) -> Self {
        Self { address, ..self.clone() }
    }

    pub async fn register(&mut self, name: &str) {
        let body = format!("name={name}&email={name}@example.com&password={PASSWORD}");
        assert_eq!(self.submit("/register", body).await, StatusCode::OK);
    }

    pub async fn log_in(&mut self, name: &str) {
        let body = format!("email={name}@example.com&password={PASSWORD}");
        assert_eq!(self.submit("/login", body).await, StatusCode::OK);
    }

    /// Tries a wrong password; the answer's status.
    pub async fn guess(&mut self, name: &str) -> StatusCode {
        self.submit("/login", format!("email={name}@example.com&password=wrong")).await
    }

    pub async fn log_out(&self) {
        let answer = self.send("/api/logout", String::new()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
    }

    pub async fn token(&self) -> Result<String, StatusCode> {
        let answer = self.try_token().await.ok_or(StatusCode::BAD_GATEWAY)?;
        if !answer.status().is_success() {
            return Err(answer.status());
        }
        Ok(answer.json::<Value>().await.unwrap()["authToken"].as_str().unwrap().to_owned())
    }

    /// None where the connection broke.
    pub async fn try_token(&self) -> Option<Response> {
        self.send("/api/cometchat/auth-token", String::new()).await.ok()
    }

    async fn submit(&mut self, path: &str, body: String) -> StatusCode {
        let answer = self.send(path, body).await.unwrap();
        if let Some(cookie) = answer.headers().get(SET_COOKIE) {
            self.cookie = Some(cookie.to_str().unwrap().split(';').next().unwrap().to_owned());
        }
        answer.status()
    }

    async fn send(&self, path: &str, body: String) -> reqwest::Result<Response> {
        let origin = format!("http://{}", self.address);
        let kind = if body.is_empty() { "application/json" } else { "application/x-www-form-urlencoded" };
        let mut request = self.http.post(format!("{origin}{path}")).header(ORIGIN, origin).header(CONTENT_TYPE, kind);
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        request.body(body).send().await
    }
}
