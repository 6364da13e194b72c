//! Names a chat token without telling it.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The first 128 bits of a token's SHA-256, as 32 hexadecimal digits: the browser names by it the token that it found
/// dead, and the database the token that it holds sealed. A token is random, so that nothing leads back to it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct TokenDigest(String);

/// Why a text is not a [`TokenDigest`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a token digest has 32 hexadecimal digits")]
pub struct InvalidTokenDigest;

impl TokenDigest {
    /// The digest of a token.
    pub fn of(token: &str) -> Self {
        let digest = Sha256::digest(token.as_bytes());
        Self(digest.iter().take(16).flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for TokenDigest {
    type Error = InvalidTokenDigest;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let valid = text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if valid { Ok(Self(text)) } else { Err(InvalidTokenDigest) }
    }
}

impl fmt::Display for TokenDigest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

fn digit(value: u8) -> char {
    char::from(if value < 10 { b'0' + value } else { b'a' + value - 10 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_the_head_of_the_tokens_sha256() {
        // `printf abc | sha256sum`
        assert_eq!(TokenDigest::of("abc").as_str(), "ba7816bf8f01cfea414140de5dae2223");
    }

    #[test]
    fn anything_but_a_digest_is_refused() {
        for text in
            ["", "user_1_1700000000abcdef", "BA7816BF8F01CFEA414140DE5DAE2223", "ba7816bf8f01cfea414140de5dae222"]
        {
            assert!(serde_json::from_value::<TokenDigest>(text.into()).is_err(), "{text}");
        }
    }
}
