//! Limits that hold exactly: at most so many events within any window, counted in the database, so that they hold
//! over restarts and on several machines.

use std::time::Duration;

use super::{Store, StoreError, engine::Engine};
use crate::server::{clock, config::RateLimit};

/// When an event happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Now, by a clock that all servers share: the database's own, where it is one of its own.
    Now,
    /// By a test's clock, in unix milliseconds.
    At(i64),
}

/// An event that was counted; it can be taken back when it turns out not to count.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "whether it is allowed has to be looked at"]
pub enum Verdict {
    Allowed(EventId),
    /// Over the limit, and not counted; in so many seconds (at least 1) there is room again.
    RetryAfter(u32),
}

/// A counted event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventId(i64);

impl Store {
    /// Counts an event of `bucket` unless that would go over the limit. Concurrent calls wait for each other: the limit is
    /// never passed.
    pub async fn count_event(&self, bucket: &str, limit: RateLimit, moment: Moment) -> Result<Verdict, StoreError> {
        let mut transaction = self.begin().await?;
        self.exclude_others(&mut transaction, bucket).await?;
        let now = match (moment, self.engine) {
            (Moment::At(now), _) => now,
            (Moment::Now, Engine::Sqlite) => clock::milliseconds(),
            (Moment::Now, Engine::Postgres) => {
                let now = sqlx::query_as("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)");
                let (now,) = now.fetch_one(&mut *transaction).await?;
                now
            }
        };
        let begin = now.saturating_sub(milliseconds(limit.window));
        sqlx::query("DELETE FROM rate_events WHERE bucket = $1 AND at <= $2")
            .bind(bucket)
            .bind(begin)
            .execute(&mut *transaction)
            .await?;
        // The event that has to leave the window before another one fits in.
        let blocking: Option<(i64,)> =
            sqlx::query_as("SELECT at FROM rate_events WHERE bucket = $1 ORDER BY at DESC LIMIT 1 OFFSET $2")
                .bind(bucket)
                .bind(i64::from(limit.count) - 1)
                .fetch_optional(&mut *transaction)
                .await?;
        let verdict = if let Some((blocking,)) = blocking {
            Verdict::RetryAfter(retry_after_seconds(blocking, limit.window, now))
        } else {
            let (id,) = sqlx::query_as("INSERT INTO rate_events (bucket, at) VALUES ($1, $2) RETURNING id")
                .bind(bucket)
                .bind(now)
                .fetch_one(&mut *transaction)
                .await?;
            Verdict::Allowed(EventId(id))
        };
        transaction.commit().await?;
        Ok(verdict)
    }

    /// Takes a counted event back.
    pub async fn forget_event(&self, event: EventId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM rate_events WHERE id = $1").bind(event.0).execute(self.writer()).await?;
        Ok(())
    }

    /// Takes all events of a bucket back.
    pub async fn forget_events(&self, bucket: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM rate_events WHERE bucket = $1").bind(bucket).execute(self.writer()).await?;
        Ok(())
    }

    /// Deletes the events that no limit looks at any more, those before `before` (unix milliseconds).
    pub async fn sweep_events(&self, before: i64) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM rate_events WHERE at < $1").bind(before).execute(self.writer()).await?;
        Ok(())
    }
}

fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// Whole seconds, rounded up, until the event at `blocking` has left the window; at least 1.
fn retry_after_seconds(blocking: i64, window: Duration, now: i64) -> u32 {
    let left = blocking.saturating_add(milliseconds(window)).saturating_sub(now);
    u32::try_from(left.max(1).saturating_add(999) / 1000).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{super::testing::temporary, *};

    const LIMIT: RateLimit = RateLimit::new(3, Duration::from_mins(1));

    #[test]
    fn the_wait_is_rounded_up_to_whole_seconds() {
        assert_eq!(retry_after_seconds(0, Duration::from_mins(1), 59_999), 1);
        assert_eq!(retry_after_seconds(0, Duration::from_mins(1), 1), 60);
        assert_eq!(retry_after_seconds(0, Duration::from_mins(1), 0), 60);
        assert_eq!(retry_after_seconds(0, Duration::from_mins(1), 70_000), 1);
    }

    #[tokio::test]
    async fn the_window_slides() {
        let (store, _folder) = temporary().await;
        for at in [0, 10_000, 20_000] {
            assert!(matches!(store.count_event("a", LIMIT, Moment::At(at)).await.unwrap(), Verdict::Allowed(_)));
        }
        assert_eq!(store.count_event("a", LIMIT, Moment::At(59_000)).await.unwrap(), Verdict::RetryAfter(1));
        assert!(matches!(store.count_event("b", LIMIT, Moment::At(59_000)).await.unwrap(), Verdict::Allowed(_)));
        assert!(matches!(store.count_event("a", LIMIT, Moment::At(60_000)).await.unwrap(), Verdict::Allowed(_)));
        assert_eq!(store.count_event("a", LIMIT, Moment::At(60_000)).await.unwrap(), Verdict::RetryAfter(10));
    }

    #[tokio::test]
    async fn an_event_taken_back_leaves_room() {
        let (store, _folder) = temporary().await;
        let limit = RateLimit::new(1, Duration::from_mins(1));
        let Verdict::Allowed(event) = store.count_event("a", limit, Moment::At(0)).await.unwrap() else {
            panic!("refused")
        };
        store.forget_event(event).await.unwrap();
        assert!(matches!(store.count_event("a", limit, Moment::At(1)).await.unwrap(), Verdict::Allowed(_)));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn concurrent_events_never_pass_the_limit() {
        let (store, _folder) = temporary().await;
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..40 {
            let store = store.clone();
            tasks.spawn(async move { store.count_event("a", LIMIT, Moment::At(1_000)).await.unwrap() });
        }
        let verdicts = tasks.join_all().await;
        assert_eq!(verdicts.iter().filter(|verdict| matches!(verdict, Verdict::Allowed(_))).count(), 3);
    }
}
