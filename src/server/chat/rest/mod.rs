//! The client of CometChat's REST API v3: users and their auth tokens, nothing else. It knows an address, an app id and
//! a key; it must not know sessions, the database, or what a caller makes of an answer.

mod answering;
mod breaker;
mod error;
mod exchange;
mod retry;
#[cfg(test)]
mod tests;
mod wire;

use std::{fmt, sync::Arc, time::Duration};

use reqwest::{
    Method,
    header::{ACCEPT, HeaderMap, HeaderName, HeaderValue},
    redirect::Policy,
};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use self::{
    answering::Answering,
    breaker::Breaker,
    exchange::Call,
    retry::Safety,
    wire::{ActivateUsers, Ignored, MintToken, MintedToken, RemoveUser, UserFields},
};
pub use self::{error::RestError, wire::ListedToken};
use super::auth_token::AuthToken;
use crate::model::ids::Uid;

/// Where the cloud is, and with what we are known there.
#[derive(Clone)]
pub struct RestSettings {
    /// The API's base with its version, `https://<app id>.api-<region>.cometchat.io/v3` in CometChat's own cloud.
    pub base_url: Url,
    pub app_id: String,
    /// The key of scope `fullAccess` ("REST API Key" in the dashboard).
    pub api_key: SecretString,
    pub limits: RestLimits,
}

/// How long one call may take.
#[derive(Clone, Copy, Debug)]
pub struct RestLimits {
    pub connect: Duration,
    /// One attempt, its answer's body read.
    pub attempt: Duration,
    /// A call with all its attempts and the pauses between them.
    pub call: Duration,
    /// The longest pause before another attempt, whatever `Retry-After` asks for: somebody is waiting.
    pub pause: Duration,
    /// After how many calls in a row, each with its attempts, that the cloud did not answer it is spared for a while.
    pub failures: u32,
}

impl Default for RestLimits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(2),
            attempt: Duration::from_secs(5),
            call: Duration::from_secs(10),
            pause: Duration::from_secs(2),
            failures: 5,
        }
    }
}

/// How a user is shown in the chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatProfile {
    pub uid: Uid,
    pub name: String,
    pub avatar: Option<String>,
}

/// Whether a creation made a user or found one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Creation {
    Created,
    /// The UID is taken, be it by an active or by a deactivated user.
    AlreadyThere,
}

/// The client; cheap to clone, its connections are shared.
#[derive(Clone)]
pub struct RestClient {
    http: reqwest::Client,
    base_url: Url,
    limits: RestLimits,
    answering: Arc<Answering>,
    breaker: Arc<Breaker>,
}

impl fmt::Debug for RestClient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("RestClient").field("base_url", &self.base_url.as_str()).finish_non_exhaustive()
    }
}

impl RestClient {
    /// Makes the client; no call is made. It fails when the key or the app id cannot stand in a header, or when the
    /// TLS roots cannot be read.
    pub fn new(settings: RestSettings) -> Result<Self, RestError> {
        let mut headers = HeaderMap::new();
        let mut key = HeaderValue::from_str(settings.api_key.expose_secret())
            .map_err(|_| RestError::unusable_key("not a header"))?;
        // Sensitive headers are left out of debug output and of HPACK's table.
        key.set_sensitive(true);
        headers.insert(HeaderName::from_static("apikey"), key);
        let app_id = HeaderValue::from_str(&settings.app_id).map_err(|_| RestError::unusable_app("not a header"))?;
        headers.insert(HeaderName::from_static("appid"), app_id);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));

        let mut builder = reqwest::Client::builder()
            .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
            .default_headers(headers)
            .connect_timeout(settings.limits.connect)
            .timeout(settings.limits.attempt)
            // A redirect would carry the key to whatever host it names.
            .redirect(Policy::none());
        if is_loopback(&settings.base_url) {
            builder = builder.no_proxy();
        }
        let http = builder.build().map_err(RestError::unreachable)?;
        Ok(Self {
            http,
            base_url: settings.base_url,
            limits: settings.limits,
            answering: Arc::default(),
            breaker: Arc::new(Breaker::new(settings.limits.failures)),
        })
    }

    /// Whether the cloud did what it was last asked for; none when it was not asked lately.
    pub fn answers(&self) -> Option<bool> {
        self.answering.lately()
    }

    /// Creates a user. Safe to repeat: the second time it is [`Creation::AlreadyThere`].
    pub async fn create_user(&self, profile: &ChatProfile) -> Result<Creation, RestError> {
        let body = UserFields::to_create(profile);
        let call =
            Call { operation: "create_user", method: Method::POST, path: &["users"], safety: Safety::Repeatable };
        match self.call::<_, Ignored>(call, Some(&body)).await {
            Ok(Ignored {}) => Ok(Creation::Created),
            // The cloud answers 400 with the code; 409 is what some of its own guides guard for.
            Err(RestError::UidExists | RestError::Rejected { status: 409, .. }) => Ok(Creation::AlreadyThere),
            Err(error) => Err(error),
        }
    }

    /// Sets name and avatar; no avatar removes the old one. [`RestError::UidNotFound`] when there is no such user, or
    /// when it is deactivated.
    pub async fn update_user(&self, profile: &ChatProfile) -> Result<(), RestError> {
        let body = UserFields::to_update(profile);
        let path = ["users", profile.uid.as_str()];
        let call = Call { operation: "update_user", method: Method::PUT, path: &path, safety: Safety::Repeatable };
        self.call::<_, Ignored>(call, Some(&body)).await.map(|Ignored {}| ())
    }

    /// Activates a deactivated user. An active or unknown one is no error: the cloud answers 200 to both.
    pub async fn reactivate_user(&self, uid: &Uid) -> Result<(), RestError> {
        let body = ActivateUsers { uids_to_activate: [uid.as_str()] };
        let call =
            Call { operation: "reactivate_user", method: Method::PUT, path: &["users"], safety: Safety::Repeatable };
        self.call::<_, Ignored>(call, Some(&body)).await.map(|Ignored {}| ())
    }

    /// Mints a new auth token (`force: true`, or the cloud may hand back another session's). It is repeated only after
    /// answers that say that nothing was done: a repetition after a lost answer would leave a token that nobody knows.
    pub async fn mint_token(&self, uid: &Uid) -> Result<AuthToken, RestError> {
        let path = ["users", uid.as_str(), "auth_tokens"];
        let call = Call { operation: "mint_token", method: Method::POST, path: &path, safety: Safety::NothingDone };
        let minted: MintedToken = self.call(call, Some(&MintToken { force: true })).await?;
        if minted.uid == uid.as_str() && !minted.auth_token.expose_secret().is_empty() {
            Ok(AuthToken::new(minted.auth_token))
        } else {
            Err(RestError::Malformed { status: 200 })
        }
    }

    /// Deletes one token, in one attempt. [`RestError::TokenNotFound`] and [`RestError::UidNotFound`] mean that it is
    /// gone already.
    pub async fn delete_token(&self, uid: &Uid, token: &AuthToken) -> Result<(), RestError> {
        let path = ["users", uid.as_str(), "auth_tokens", token.expose()];
        let call = Call { operation: "delete_token", method: Method::DELETE, path: &path, safety: Safety::Once };
        self.call::<(), Ignored>(call, None).await.map(|Ignored {}| ())
    }

    /// A user's tokens. CometChat keeps at most 100 of a user (its properties and constraints), so that there is one page.
    pub async fn list_tokens(&self, uid: &Uid) -> Result<Vec<ListedToken>, RestError> {
        let path = ["users", uid.as_str(), "auth_tokens"];
        let call = Call { operation: "list_tokens", method: Method::GET, path: &path, safety: Safety::Once };
        self.call::<(), _>(call, None).await
    }

    /// Deletes all tokens of a user. [`RestError::UidNotFound`] also of one who is deactivated: their tokens
    /// stay, and are good again once the user is active.
    pub async fn flush_tokens(&self, uid: &Uid) -> Result<(), RestError> {
        let path = ["users", uid.as_str(), "auth_tokens"];
        let call = Call { operation: "flush_tokens", method: Method::DELETE, path: &path, safety: Safety::Repeatable };
        self.call::<(), Ignored>(call, None).await.map(|Ignored {}| ())
    }

    /// Deactivates a user: they cannot log in, are not found, and what they wrote stays. In one attempt.
    pub async fn deactivate_user(&self, uid: &Uid) -> Result<(), RestError> {
        self.remove_user(uid, false).await
    }

    /// Deletes a user with all that they wrote, in one attempt. There is no way back.
    pub async fn delete_user(&self, uid: &Uid) -> Result<(), RestError> {
        self.remove_user(uid, true).await
    }

    async fn remove_user(&self, uid: &Uid, permanent: bool) -> Result<(), RestError> {
        let path = ["users", uid.as_str()];
        let call = Call { operation: "remove_user", method: Method::DELETE, path: &path, safety: Safety::Once };
        self.call::<_, Ignored>(call, Some(&RemoveUser { permanent })).await.map(|Ignored {}| ())
    }
}

/// A proxy of the environment is for the outside world; the machine itself is never behind one.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
