//! The pages that are open: each browser with a session keeps one stream of events to some server, and hears there when
//! its session has ended, or when its chat token is to be renewed. What this server ends it says at once; what another
//! server, an administrator's command or time has ended, it finds within a second.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use tokio::{sync::watch, time::MissedTickBehavior};

use super::ending::EndsWithSession;
use crate::server::{
    clock,
    store::{Store, StoreError, sessions::SessionKey},
};

/// How often the database is asked about the sessions of the open pages.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// After so many seconds a page is asked once more to renew: longer than the widget's own pause between two renewals.
const ASK_AGAIN_SECONDS: i64 = 15 * 60;
/// How many streams one session may have: a browser needs one, or one for each tab where it has no Web Locks.
const MOST_STREAMS: usize = 32;

/// What a page is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Word {
    #[default]
    Nothing,
    /// To get itself another chat token; the time (unix seconds) tells one such word from the next.
    Renew(i64),
    /// The session is no more. Nothing follows.
    Ended,
}

/// The open pages of this server; clones share them.
#[derive(Clone, Debug, Default)]
pub struct OpenPages(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    pages: HashMap<SessionKey, watch::Sender<Word>>,
    closed: bool,
}

impl OpenPages {
    /// What a page of this session is told from now on; none where it has too many streams, or the server is going down.
    pub fn join(&self, session: &SessionKey) -> Option<watch::Receiver<Word>> {
        let mut inner = self.inner();
        if inner.closed {
            return None;
        }
        // What was said when nobody listened any more is said anew, if it still holds.
        inner.pages.retain(|known, sender| known != session || sender.receiver_count() > 0);
        let sender = inner.pages.entry(session.clone()).or_default();
        (sender.receiver_count() < MOST_STREAMS).then(|| sender.subscribe())
    }

    /// Ends all streams without a word: the pages will look for another server.
    pub fn close(&self) {
        let mut inner = self.inner();
        inner.closed = true;
        inner.pages.clear();
    }

    /// Looks after the sessions of the open pages for as long as the server runs. A chat token is renewed when half of
    /// the time is over that it may live: a page that sleeps or is offline for hours is still in time.
    pub async fn watch(self, store: Store, token_max_age_seconds: i64) {
        let mut ticks = tokio::time::interval(LOOK_EVERY);
        // After a stall once, not as often as was missed.
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let now = clock::seconds();
            if let Err(error) = self.look(&store, now, now - token_max_age_seconds / 2).await {
                tracing::error!(%error, "the sessions of open pages cannot be looked after");
            }
        }
    }

    async fn look(&self, store: &Store, now: i64, oldest_token: i64) -> Result<(), StoreError> {
        let open = self.open();
        for some in open.chunks(500) {
            let found = store.sessions_with_tokens(some, now).await?;
            for session in some {
                match found.get(session) {
                    None => self.say_ended(session),
                    Some(Some(minted_at)) if *minted_at <= oldest_token => self.ask_to_renew(session, now),
                    Some(_) => self.is_renewed(session),
                }
            }
        }
        Ok(())
    }

    /// Whose pages are open; what nobody listens to any more is forgotten.
    fn open(&self) -> Vec<SessionKey> {
        let mut inner = self.inner();
        inner.pages.retain(|_, sender| sender.receiver_count() > 0);
        inner.pages.keys().cloned().collect()
    }

    fn ask_to_renew(&self, session: &SessionKey, now: i64) {
        if let Some(sender) = self.inner().pages.get(session) {
            sender.send_if_modified(|word| {
                let asked = matches!(word, Word::Renew(at) if now - *at < ASK_AGAIN_SECONDS);
                if !asked {
                    *word = Word::Renew(now);
                }
                !asked
            });
        }
    }

    /// Whoever listens from now on is not to hear of a renewal that is done.
    fn is_renewed(&self, session: &SessionKey) {
        if let Some(sender) = self.inner().pages.get(session) {
            sender.send_if_modified(|word| {
                *word = Word::Nothing;
                false
            });
        }
    }

    fn say_ended(&self, session: &SessionKey) {
        if let Some(sender) = self.inner().pages.remove(session) {
            sender.send_replace(Word::Ended);
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl EndsWithSession for OpenPages {
    async fn ended(&self, sessions: &[SessionKey]) {
        for session in sessions {
            self.say_ended(session);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_has_so_many_streams_and_one_that_closes_makes_room() {
        let (pages, session) = (OpenPages::default(), SessionKey::of("one"));
        let mut streams: Vec<_> = (0..MOST_STREAMS).map(|_| pages.join(&session).unwrap()).collect();
        assert!(pages.join(&session).is_none());
        assert!(pages.join(&SessionKey::of("another")).is_some());
        streams.pop();
        assert!(pages.join(&session).is_some());
    }

    #[test]
    fn a_renewal_that_is_done_is_told_to_nobody_who_comes_later() {
        let (pages, session) = (OpenPages::default(), SessionKey::of("one"));
        let first = pages.join(&session).unwrap();
        pages.ask_to_renew(&session, 1000);
        assert_eq!(*first.borrow(), Word::Renew(1000));
        pages.is_renewed(&session);
        let second = pages.join(&session).unwrap();
        assert_eq!(*second.borrow(), Word::Nothing);
        pages.ask_to_renew(&session, 1001);
        drop((first, second));
        assert_eq!(*pages.join(&session).unwrap().borrow(), Word::Nothing, "the stream before it is closed");
    }

    #[test]
    fn what_nobody_listens_to_any_more_is_forgotten() {
        let pages = OpenPages::default();
        let kept = pages.join(&SessionKey::of("one"));
        drop(pages.join(&SessionKey::of("another")));
        assert_eq!(pages.open(), [SessionKey::of("one")]);
        drop(kept);
        assert_eq!(pages.open(), []);
    }
}
