//! Passwords, away from the async threads and a few at a time: argon2id, and whether one is easily guessed.

use std::sync::Arc;

use argon2::{Argon2, PasswordHash as PhcHash, PasswordHasher, PasswordVerifier};
use metrics::{counter, gauge};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use super::validation;
use crate::server::{error::ServerError, store::users::PasswordHash};

/// How many may wait for a turn, for each slot: at about 30 ms each, a second and a half. Whoever comes then is told at once.
const WAITING: usize = 50;

/// Hashes and verifies.
#[derive(Clone)]
pub struct Passwords {
    /// Each takes 19 MiB and a core for a while: no more at a time than there are cores.
    slots: Arc<Semaphore>,
    /// Those at work, and those that wait.
    places: Arc<Semaphore>,
    /// What the password of an unknown e-mail is checked against, so that it takes as long as a known one's.
    nobody: Arc<PasswordHash>,
    /// How often argon2 was run: what an answer tells by its time.
    #[cfg(test)]
    pub runs: Arc<std::sync::atomic::AtomicUsize>,
}

impl Passwords {
    pub fn new() -> Result<Self, ServerError> {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let nobody = hash(&SecretString::from(hex::encode(rand::random::<[u8; 16]>())))?;
        Ok(Self {
            slots: Arc::new(Semaphore::new(cores)),
            places: Arc::new(Semaphore::new(cores * (WAITING + 1))),
            nobody: Arc::new(nobody),
            #[cfg(test)]
            runs: Arc::default(),
        })
    }

    pub async fn hash(&self, password: SecretString) -> Result<PasswordHash, ServerError> {
        #[cfg(test)]
        self.runs.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        self.away(move || hash(&password)).await
    }

    /// Whether the password is easily guessed by somebody who knows `about` the person.
    pub async fn is_guessable(&self, password: SecretString, about: Vec<String>) -> Result<bool, ServerError> {
        self.away(move || Ok(validation::is_guessable(&password, &about))).await
    }

    /// Whether the password is the one of the hash. Without a hash it is not, and finding that out takes as long.
    pub async fn verify(&self, password: SecretString, known: Option<PasswordHash>) -> Result<bool, ServerError> {
        let is_known = known.is_some();
        let against = known.unwrap_or_else(|| PasswordHash::clone(&self.nobody));
        #[cfg(test)]
        self.runs.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let matches = self.away(move || verify(&password, &against)).await?;
        Ok(matches && is_known)
    }

    async fn away<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, ServerError> + Send + 'static,
    ) -> Result<T, ServerError> {
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else {
            counter!("passwords_refused_total").increment(1);
            return Err(ServerError::Busy);
        };
        let waiting = gauge!("passwords_under_way");
        waiting.increment(1);
        let permit =
            Arc::clone(&self.slots).acquire_owned().await.map_err(|error| ServerError::Hash(error.to_string()))?;
        let task = tokio::task::spawn_blocking(move || {
            let outcome = work();
            drop(permit);
            drop(place);
            waiting.decrement(1);
            outcome
        });
        task.await.map_err(|error| ServerError::Hash(error.to_string()))?
    }
}

fn hash(password: &SecretString) -> Result<PasswordHash, ServerError> {
    let hash = Argon2::default().hash_password(password.expose_secret().as_bytes());
    hash.map(|hash| PasswordHash(hash.to_string())).map_err(|error| ServerError::Hash(error.to_string()))
}

fn verify(password: &SecretString, against: &PasswordHash) -> Result<bool, ServerError> {
    let hash = PhcHash::new(&against.0).map_err(|error| ServerError::Hash(error.to_string()))?;
    match Argon2::default().verify_password(password.expose_secret().as_bytes(), &hash) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(ServerError::Hash(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_comes_when_too_many_wait_for_their_password_is_told_at_once() {
        let passwords = Passwords::new().unwrap();
        let everybody = passwords.places.available_permits();
        let turns = passwords.slots.acquire_many(u32::try_from(passwords.slots.available_permits()).unwrap()).await;
        let waiting: Vec<_> = (0..everybody)
            .map(|_| {
                let passwords = passwords.clone();
                tokio::spawn(async move { passwords.away(|| Ok(())).await })
            })
            .collect();
        while passwords.places.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(matches!(passwords.hash("correct horse".into()).await, Err(ServerError::Busy)));
        drop(turns);
        for waited in waiting {
            waited.await.unwrap().unwrap();
        }
        assert!(passwords.hash("correct horse".into()).await.is_ok());
    }

    #[tokio::test]
    async fn a_hash_is_argon2id_with_its_own_salt() {
        let passwords = Passwords::new().unwrap();
        let first = passwords.hash("correct horse".into()).await.unwrap();
        let second = passwords.hash("correct horse".into()).await.unwrap();
        assert!(first.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", first.0);
        assert_ne!(first, second);
        assert!(passwords.verify("correct horse".into(), Some(first.clone())).await.unwrap());
        assert!(!passwords.verify("correct house".into(), Some(first)).await.unwrap());
        assert!(!passwords.verify("correct horse".into(), None).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_takes_as_long_as_somebody() {
        let passwords = Passwords::new().unwrap();
        let known = passwords.hash("correct horse".into()).await.unwrap();
        let time = async |known: Option<PasswordHash>| {
            let start = std::time::Instant::now();
            assert!(!passwords.verify("wrong".into(), known).await.unwrap());
            start.elapsed()
        };
        // In turn, and the shortest of each: other tests keep the cores busy now and then.
        let (mut somebody, mut nobody) = (Vec::new(), Vec::new());
        for _ in 0..9 {
            somebody.push(time(Some(known.clone())).await);
            nobody.push(time(None).await);
        }
        let (somebody, nobody) = (somebody.into_iter().min().unwrap(), nobody.into_iter().min().unwrap());
        assert!(nobody * 3 > somebody && somebody * 3 > nobody, "{somebody:?} against {nobody:?}");
    }
}
