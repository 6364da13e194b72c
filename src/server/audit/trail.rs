//! The way from something that happened to its entry in the database, for what has no transaction of its own: a bounded
//! queue, written off in batches by one task. Whoever records waits for nothing and fails at nothing; what finds the queue
//! full, since the database has been gone for long, is counted and stands in the log alone.

use std::{
    collections::{HashMap, VecDeque},
    fmt,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use metrics::{counter, gauge};
use tokio::{sync::Notify, time::sleep};

use super::log;
use crate::{
    model::ids::UserId,
    server::store::{
        Store, StoreError,
        audit_events::{AuditEvent, AuditRecord, Outcome},
    },
};

/// How many entries wait at most: some megabytes.
const ROOM: usize = 10_000;
/// How many are written in one transaction.
const BATCH: usize = 200;
/// After a failure.
const PAUSE: Duration = Duration::from_secs(2);
/// For so many seconds a refusal of the same kind, of the same person from the same address, is not stored once more: whoever
/// hammers at a limit does not fill the database.
const REPEATED: i64 = 60;

/// How many of them are remembered.
const MOST_REFUSALS: usize = 10_000;

type Refusal = (AuditEvent, Option<UserId>, Option<IpAddr>);

/// The trail; clones share it.
#[derive(Clone)]
pub struct AuditTrail(Arc<Inner>);

struct Inner {
    waiting: Mutex<VecDeque<AuditRecord>>,
    room: usize,
    some: Notify,
    /// When each was stored last.
    refusals: Mutex<HashMap<Refusal, i64>>,
}

impl fmt::Debug for AuditTrail {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("AuditTrail").field("waiting", &self.waiting().len()).finish_non_exhaustive()
    }
}

impl Default for AuditTrail {
    fn default() -> Self {
        Self::with_room(ROOM)
    }
}

impl AuditTrail {
    fn with_room(room: usize) -> Self {
        Self(Arc::new(Inner { waiting: Mutex::default(), room, some: Notify::new(), refusals: Mutex::default() }))
    }

    /// Logs it, and has it stored before long.
    pub fn record(&self, record: AuditRecord) {
        log(&record, None);
        self.store(record);
    }

    /// Has it stored before long; whoever calls has logged it.
    pub fn store(&self, record: AuditRecord) {
        if record.outcome == Outcome::Limited && !self.is_first(&record) {
            counter!("audit_events_total", "kept" => "in the log alone: repeated").increment(1);
            return;
        }
        let mut waiting = self.waiting();
        if waiting.len() < self.0.room {
            waiting.push_back(record);
            drop(waiting);
            self.0.some.notify_one();
        } else {
            drop(waiting);
            counter!("audit_events_total", "kept" => "in the log alone: no room").increment(1);
            tracing::error!(event = record.event.name(), "the audit trail has no room: this stands in the log alone");
        }
    }

    fn is_first(&self, record: &AuditRecord) -> bool {
        let is_over = |at: i64| record.at - at >= REPEATED;
        let mut refusals = self.0.refusals.lock().unwrap_or_else(PoisonError::into_inner);
        if refusals.len() >= MOST_REFUSALS {
            refusals.retain(|_, at| !is_over(*at));
        }
        let refusal = (record.event, record.user, record.address);
        let is_first = refusals.get(&refusal).is_none_or(|at| is_over(*at));
        if is_first && refusals.len() < MOST_REFUSALS {
            refusals.insert(refusal, record.at);
        }
        is_first
    }

    /// Stores what is recorded, for as long as the server runs.
    pub async fn work(self, store: Store) {
        loop {
            self.0.some.notified().await;
            while let Err(error) = self.write_off(&store).await {
                tracing::error!(%error, "the audit trail cannot be written; trying again");
                sleep(PAUSE).await;
            }
        }
    }

    /// Stores all that waits.
    pub async fn write_off(&self, store: &Store) -> Result<(), StoreError> {
        loop {
            let batch: Vec<_> = {
                let mut waiting = self.waiting();
                let count = waiting.len().min(BATCH);
                waiting.drain(..count).collect()
            };
            if batch.is_empty() {
                return Ok(());
            }
            let kept = Kept { trail: self, batch };
            store.add_audit_records(&kept.batch).await?;
            counter!("audit_events_total", "kept" => "stored").increment(kept.forget());
        }
    }

    /// How many wait to be stored, for the metrics.
    pub fn measure(&self) {
        #[expect(clippy::cast_precision_loss, reason = "ten thousand at most")]
        gauge!("audit_events_waiting").set(self.waiting().len() as f64);
    }

    fn waiting(&self) -> MutexGuard<'_, VecDeque<AuditRecord>> {
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A batch on its way. It goes back, to the front, where its writing fails or is given up half-way.
struct Kept<'a> {
    trail: &'a AuditTrail,
    batch: Vec<AuditRecord>,
}

impl Kept<'_> {
    /// It is stored; so many they were.
    fn forget(mut self) -> u64 {
        std::mem::take(&mut self.batch).len().try_into().unwrap_or(u64::MAX)
    }
}

impl Drop for Kept<'_> {
    fn drop(&mut self) {
        let mut waiting = self.trail.waiting();
        for record in std::mem::take(&mut self.batch).into_iter().rev() {
            waiting.push_front(record);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::store::testing::temporary;

    fn record(at: i64) -> AuditRecord {
        AuditRecord::done(AuditEvent::DataDownload, at).by(UserId(1))
    }

    async fn times(store: &Store) -> Vec<i64> {
        store.audit_records(None, 10_000).await.unwrap().iter().map(|record| record.at).collect()
    }

    #[tokio::test]
    async fn what_is_recorded_is_stored_in_its_order_and_once() {
        let (store, _folder) = temporary().await;
        let trail = AuditTrail::default();
        let many = 2 * i64::try_from(BATCH).unwrap() + 1;
        (0..many).for_each(|at| trail.record(record(at)));
        trail.write_off(&store).await.unwrap();
        trail.write_off(&store).await.unwrap();
        assert_eq!(times(&store).await, (0..many).rev().collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn what_cannot_be_stored_waits_and_what_finds_no_room_is_left_out_without_a_word_to_the_caller() {
        let (closed, _its_folder) = temporary().await;
        closed.close().await;
        let trail = AuditTrail::with_room(3);
        (0..2).for_each(|at| trail.record(record(at)));
        trail.write_off(&closed).await.unwrap_err();
        (2..5).for_each(|at| trail.record(record(at)));
        let (store, _folder) = temporary().await;
        trail.write_off(&store).await.unwrap();
        assert_eq!(times(&store).await, [2, 1, 0]);
    }

    #[tokio::test]
    async fn whoever_hammers_at_a_limit_is_stored_once_a_minute_and_others_beside() {
        let (store, _folder) = temporary().await;
        let trail = AuditTrail::default();
        let refused = |at: i64, address: [u8; 4]| {
            AuditRecord::done(AuditEvent::LogIn, at).ended_as(Outcome::Limited).from(Some(address.into()))
        };
        (0..50).for_each(|at| trail.record(refused(at, [203, 0, 113, 5])));
        trail.record(refused(50, [203, 0, 113, 6]));
        trail.record(refused(REPEATED, [203, 0, 113, 5]));
        trail.write_off(&store).await.unwrap();
        assert_eq!(times(&store).await, [60, 50, 0]);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_task_stores_without_being_asked() {
        let (store, _folder) = temporary().await;
        let trail = AuditTrail::default();
        let task = tokio::spawn(trail.clone().work(store.clone()));
        trail.record(record(7));
        while times(&store).await != [7] {
            sleep(Duration::from_millis(5)).await;
        }
        task.abort();
    }
}
