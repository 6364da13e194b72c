//! A chat token on the server: a secret that shows itself only where it is sent.

use secrecy::{ExposeSecret, SecretString};

use crate::model::token_digest::TokenDigest;

/// A CometChat auth token. Its `Debug` is redacted, and its memory is wiped when it is dropped.
#[derive(Clone, Debug)]
pub struct AuthToken(SecretString);

impl AuthToken {
    pub fn new(token: SecretString) -> Self {
        Self(token)
    }

    /// The token itself, for the one answer and the one address that carry it.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    pub fn digest(&self) -> TokenDigest {
        TokenDigest::of(self.expose())
    }
}

impl From<String> for AuthToken {
    fn from(token: String) -> Self {
        Self(token.into())
    }
}
