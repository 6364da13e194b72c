//! What a database needs that was restored from a backup: it believes a past that is over. Sessions and tokens that have
//! ended since are alive in it again, and the ids of those who registered since are free, although the chat cloud knows
//! these people under the UIDs that are made of them.

use super::{
    Store, StoreError,
    audit_events::{AuditRecord, add_audit_record},
    endings::MANY_ROWS,
    engine::Engine,
};

/// By how much the next person's id moves on: more than ever register between two backups.
const GAP: i64 = 1_000_000;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AfterRestore {
    pub sessions_ended: u64,
    /// The highest id that the backup had given away.
    pub highest_id: i64,
}

impl Store {
    /// Ends every session and token, sees to it that no id is given away twice, has the chat users of the next `newcomers`
    /// ids removed, who have lost their accounts, and has the tokens of all others compared with the ledger. `record` goes
    /// into the audit trail with it.
    pub async fn after_restore(&self, newcomers: u32, record: &AuditRecord) -> Result<AfterRestore, StoreError> {
        let mut transaction = self.begin().await?;
        self.exclude_others(&mut transaction, MANY_ROWS).await?;
        let sessions = sqlx::query("DELETE FROM sessions").execute(&mut *transaction).await?;
        sqlx::query("UPDATE chat_tokens SET state = 'ending', due_at = 0 WHERE state IN ('minting', 'live')")
            .execute(&mut *transaction)
            .await?;
        // The cloud may have been told of another name since.
        sqlx::query("UPDATE chat_users SET profile_digest = '', compare_at = 0, compared_at = 0")
            .execute(&mut *transaction)
            .await?;
        let highest = self.engine.choose(
            "SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = 'users'",
            "SELECT COALESCE(pg_sequence_last_value(CAST(pg_get_serial_sequence('users', 'id') AS regclass)), 0)",
        );
        let (highest_id,): (i64,) = sqlx::query_as(highest).fetch_one(&mut *transaction).await?;
        if newcomers > 0 {
            sqlx::query(
                "INSERT INTO chat_removals (user_id, with_messages, due_at) \
                 WITH RECURSIVE ids (id) AS ( \
                     SELECT CAST($1 AS BIGINT) UNION ALL SELECT id + 1 FROM ids WHERE id < $2) \
                 SELECT id, 0, 0 FROM ids WHERE true ON CONFLICT (user_id) DO NOTHING",
            )
            .bind(highest_id + 1)
            .bind(highest_id + i64::from(newcomers))
            .execute(&mut *transaction)
            .await?;
        }
        if self.engine == Engine::Sqlite {
            // Without a row where nobody has registered yet.
            sqlx::query("DELETE FROM sqlite_sequence WHERE name = 'users'").execute(&mut *transaction).await?;
        }
        let moves_on = self.engine.choose(
            "INSERT INTO sqlite_sequence (name, seq) VALUES ('users', $1)",
            "SELECT setval(CAST(pg_get_serial_sequence('users', 'id') AS regclass), $1)",
        );
        sqlx::query(moves_on).bind(highest_id + GAP).execute(&mut *transaction).await?;
        add_audit_record(&mut transaction, record).await?;
        transaction.commit().await?;
        Ok(AfterRestore { sessions_ended: sessions.rows_affected(), highest_id })
    }
}
