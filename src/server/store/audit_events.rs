//! The audit trail in the database. What a session's end or a new account leaves there is written in the transaction that
//! brings it about; the rest comes in batches (see `audit::trail`). It knows neither requests nor logs.

use std::net::IpAddr;

use super::{Connection, Store, StoreError, sessions::SessionKey};
use crate::model::ids::UserId;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AuditEvent {
    Registration,
    LogIn,
    LogOut,
    SignOutEverywhere,
    SignOutByAdministrator,
    /// A backup was restored, and whatever it brought back has ended.
    Restoration,
    PasswordChange,
    AccountDeletion,
    DataDownload,
    /// A session's first chat token, or one after a pause.
    TokenMint,
    /// A chat token in the place of one that the page named.
    TokenRenewal,
    /// A chat token that was asked for and not given.
    TokenRequest,
    TokenRevocation,
}

impl AuditEvent {
    /// As it stands in the database, in logs and in people's own data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::LogIn => "log_in",
            Self::LogOut => "log_out",
            Self::SignOutEverywhere => "sign_out_everywhere",
            Self::SignOutByAdministrator => "sign_out_by_administrator",
            Self::Restoration => "restoration",
            Self::PasswordChange => "password_change",
            Self::AccountDeletion => "account_deletion",
            Self::DataDownload => "data_download",
            Self::TokenMint => "token_mint",
            Self::TokenRenewal => "token_renewal",
            Self::TokenRequest => "token_request",
            Self::TokenRevocation => "token_revocation",
        }
    }
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    Done,
    /// Wrong credentials.
    Refused,
    /// Over a limit.
    Limited,
}

impl Outcome {
    /// See [`AuditEvent::name`].
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Limited => "limited",
        }
    }
}

/// One entry of the trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRecord {
    pub event: AuditEvent,
    pub outcome: Outcome,
    /// Unix seconds.
    pub at: i64,
    pub user: Option<UserId>,
    /// The session's tag, see [`SessionKey::tag`].
    pub session: Option<String>,
    pub address: Option<IpAddr>,
}

impl AuditRecord {
    /// Something that was done, at `at` (unix seconds).
    pub fn done(event: AuditEvent, at: i64) -> Self {
        Self { event, outcome: Outcome::Done, at, user: None, session: None, address: None }
    }

    #[must_use]
    pub fn ended_as(self, outcome: Outcome) -> Self {
        Self { outcome, ..self }
    }

    #[must_use]
    pub fn by(self, user: UserId) -> Self {
        Self { user: Some(user), ..self }
    }

    #[must_use]
    pub fn in_session(self, session: &SessionKey) -> Self {
        Self { session: Some(session.tag()), ..self }
    }

    #[must_use]
    pub fn from(self, address: Option<IpAddr>) -> Self {
        Self { address, ..self }
    }
}

/// An entry as it is read: of whatever version of the program wrote it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredAuditRecord {
    /// Unix seconds.
    pub at: i64,
    pub event: String,
    pub outcome: String,
    pub user_id: Option<i64>,
    pub session: Option<String>,
    pub address: Option<String>,
}

impl Store {
    /// Adds entries, all or none.
    pub async fn add_audit_records(&self, records: &[AuditRecord]) -> Result<(), StoreError> {
        let mut transaction = self.begin().await?;
        for record in records {
            add_audit_record(&mut transaction, record).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// The newest entries, of one person or of everybody, the newest first.
    pub async fn audit_records(&self, user: Option<UserId>, most: u32) -> Result<Vec<StoredAuditRecord>, StoreError> {
        let query = match user {
            Some(user) => sqlx::query_as(
                "SELECT at, event, outcome, user_id, session, address FROM audit_events WHERE user_id = $2 \
                 ORDER BY at DESC, id DESC LIMIT $1",
            )
            .bind(i64::from(most))
            .bind(user.0),
            None => sqlx::query_as(
                "SELECT at, event, outcome, user_id, session, address FROM audit_events \
                 ORDER BY at DESC, id DESC LIMIT $1",
            )
            .bind(i64::from(most)),
        };
        Ok(query.fetch_all(self.readers()).await?)
    }

    /// Forgets what happened before `before` (unix seconds).
    pub async fn sweep_audit_records(&self, before: i64) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM audit_events WHERE at < $1").bind(before).execute(self.writer()).await?;
        Ok(())
    }
}

/// Adds an entry in the transaction that does what it tells of.
pub(super) async fn add_audit_record(connection: &mut Connection, record: &AuditRecord) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO audit_events (at, event, outcome, user_id, session, address) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(record.at)
    .bind(record.event.name())
    .bind(record.outcome.name())
    .bind(record.user.map(|user| user.0))
    .bind(record.session.clone())
    .bind(record.address.map(|address| address.to_string()))
    .execute(connection)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{super::testing::temporary, *};

    fn record(at: i64, user: i64) -> AuditRecord {
        AuditRecord::done(AuditEvent::LogIn, at).by(UserId(user)).from(Some([203, 0, 113, 5].into()))
    }

    #[tokio::test]
    async fn entries_are_read_newest_first_of_one_person_or_of_all_and_old_ones_are_swept() {
        let (store, _folder) = temporary().await;
        let refused = AuditRecord::done(AuditEvent::LogIn, 30).ended_as(Outcome::Refused);
        store.add_audit_records(&[record(10, 1), record(20, 2), record(20, 1), refused]).await.unwrap();
        let times = async |user, most| -> Vec<i64> {
            store.audit_records(user, most).await.unwrap().iter().map(|record| record.at).collect()
        };
        assert_eq!(times(None, 3).await, [30, 20, 20]);
        assert_eq!(times(Some(UserId(1)), 10).await, [20, 10]);
        let newest = store.audit_records(None, 1).await.unwrap().remove(0);
        assert_eq!((newest.event.as_str(), newest.outcome.as_str(), newest.user_id), ("log_in", "refused", None));
        let of_ada = store.audit_records(Some(UserId(1)), 1).await.unwrap().remove(0);
        assert_eq!(of_ada.address.as_deref(), Some("203.0.113.5"));
        store.sweep_audit_records(20).await.unwrap();
        assert_eq!(times(None, 10).await, [30, 20, 20]);
    }
}
