//! Seals chat tokens for the database, so that a copy of it lets nobody in: AES-256-GCM, the key outside the database,
//! each sealed token bound to its row. It must not know what it seals for.

use std::fmt;

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey},
    hkdf::{HKDF_SHA256, Salt},
};
use secrecy::{ExposeSecret, SecretSlice, SecretString};

use super::auth_token::AuthToken;

/// The first byte of everything sealed: how it was sealed.
const VERSION: u8 = 2;
const KEY_ID_LENGTH: usize = 4;
const NONCE_LENGTH: usize = 12;
/// Keeps this key apart from any other that is made of the same secret.
const PURPOSE: &[u8] = b"leptos-cometchat chat token v1";
/// The same for what tells one key from another.
const NAME: &[u8] = b"leptos-cometchat key id v1";

/// Seals with the key of today, and opens what was sealed with that or with the one of before.
pub struct Sealer {
    current: Key,
    previous: Option<Key>,
}

struct Key {
    id: [u8; KEY_ID_LENGTH],
    key: RandomizedNonceKey,
}

impl fmt::Debug for Sealer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Sealer")
    }
}

/// A sealed token cannot be opened: it was sealed with another key, for another row, or was changed. Or sealing failed,
/// for want of random numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a chat token cannot be sealed or opened with this APP_SECRET or key file")]
pub struct SealingError;

impl Key {
    /// Derives key and id from a secret of high entropy (HKDF-SHA256).
    fn new(secret: &SecretSlice<u8>) -> Result<Self, SealingError> {
        let derived = Salt::new(HKDF_SHA256, &[]).extract(secret.expose_secret());
        let expand = |purpose: &[u8], out: &mut [u8]| {
            derived.expand(&[purpose], &AES_256_GCM).and_then(|material| material.fill(out)).map_err(|_| SealingError)
        };
        let (mut key, mut name) = ([0; 32], [0; 32]);
        expand(PURPOSE, &mut key)?;
        expand(NAME, &mut name)?;
        let [a, b, c, d, ..] = name;
        let key = RandomizedNonceKey::new(&AES_256_GCM, &key).map_err(|_| SealingError)?;
        Ok(Self { id: [a, b, c, d], key })
    }
}

impl Sealer {
    pub fn new(secret: &SecretSlice<u8>, previous: Option<&SecretSlice<u8>>) -> Result<Self, SealingError> {
        Ok(Self { current: Key::new(secret)?, previous: previous.map(Key::new).transpose()? })
    }

    /// Seals a token for the row that `row` identifies.
    pub fn seal(&self, token: &AuthToken, row: &str) -> Result<Vec<u8>, SealingError> {
        let Key { id, key } = &self.current;
        let mut text = token.expose().as_bytes().to_vec();
        let nonce = key.seal_in_place_append_tag(Aad::from(row.as_bytes()), &mut text).map_err(|_| SealingError)?;
        Ok([&[VERSION], id.as_slice(), nonce.as_ref().as_slice(), &text].concat())
    }

    /// Opens what was sealed for this very row.
    pub fn open(&self, sealed: &[u8], row: &str) -> Result<AuthToken, SealingError> {
        let Some((&VERSION, rest)) = sealed.split_first() else { return Err(SealingError) };
        let (id, rest) = rest.split_at_checked(KEY_ID_LENGTH).ok_or(SealingError)?;
        let (nonce, text) = rest.split_at_checked(NONCE_LENGTH).ok_or(SealingError)?;
        let keys = [Some(&self.current), self.previous.as_ref()];
        let key = keys.into_iter().flatten().find(|key| key.id == id).ok_or(SealingError)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealingError)?;
        let mut text = text.to_vec();
        let token = key.key.open_in_place(nonce, Aad::from(row.as_bytes()), &mut text).map_err(|_| SealingError)?;
        let token = std::str::from_utf8(token).map_err(|_| SealingError)?;
        Ok(AuthToken::new(SecretString::from(token)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(secret: &[u8]) -> Sealer {
        Sealer::new(&secret.to_vec().into(), None).unwrap()
    }

    #[test]
    fn after_a_rotation_the_key_of_before_opens_and_the_one_of_today_seals() {
        let (old, new) = (vec![7; 32].into(), vec![8; 32].into());
        let rotated = Sealer::new(&new, Some(&old)).unwrap();
        let before = with(&[7; 32]).seal(&token(), "row").unwrap();
        assert_eq!(rotated.open(&before, "row").unwrap().expose(), token().expose());
        let after = rotated.seal(&token(), "row").unwrap();
        with(&[7; 32]).open(&after, "row").unwrap_err();
        assert_eq!(with(&[8; 32]).open(&after, "row").unwrap().expose(), token().expose());
    }

    fn token() -> AuthToken {
        "user_1_1700000000abcdef".to_owned().into()
    }

    #[test]
    fn a_sealed_token_opens_for_its_row_only() {
        let key = with(&[7; 32]);
        let sealed = key.seal(&token(), "row 1").unwrap();
        assert_eq!(key.open(&sealed, "row 1").unwrap().expose(), token().expose());
        assert_eq!(key.open(&sealed, "row 2").unwrap_err(), SealingError);
    }

    #[test]
    fn another_key_and_any_changed_byte_are_refused() {
        let sealed = with(&[7; 32]).seal(&token(), "row").unwrap();
        with(&[8; 32]).open(&sealed, "row").unwrap_err();
        for index in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[index] ^= 1;
            with(&[7; 32]).open(&changed, "row").unwrap_err();
            with(&[7; 32]).open(&sealed[..index], "row").unwrap_err();
        }
    }

    #[test]
    fn sealing_twice_gives_different_bytes_that_do_not_hold_the_token() {
        let key = with(&[7; 32]);
        let (one, two) = (key.seal(&token(), "row").unwrap(), key.seal(&token(), "row").unwrap());
        assert_ne!(one, two);
        assert!(!one.windows(8).any(|window| token().expose().as_bytes().starts_with(window)));
    }
}
