//! Which people the chat cloud knows, and under which profile.

use super::{Store, StoreError};
use crate::model::ids::UserId;

impl Store {
    /// The digest of the profile that the cloud was told last; none before the first time.
    pub async fn provisioned_profile(&self, user: UserId) -> Result<Option<String>, StoreError> {
        let row: Option<(String,)> = sqlx::query_as("SELECT profile_digest FROM chat_users WHERE user_id = $1")
            .bind(user.0)
            .fetch_optional(self.readers())
            .await?;
        // An empty one stands for a user whom the cloud may have, see `demand_comparison`.
        Ok(row.map(|(digest,)| digest).filter(|digest| !digest.is_empty()))
    }

    /// Remembers what the cloud was told at `now`. A new user's tokens are first compared at `compare_at` (unix seconds).
    pub async fn remember_profile(
        &self,
        user: UserId,
        digest: &str,
        now: i64,
        compare_at: i64,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO chat_users (user_id, profile_digest, provisioned_at, compare_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (user_id) DO UPDATE SET profile_digest = $2, provisioned_at = $3",
        )
        .bind(user.0)
        .bind(digest)
        .bind(now)
        .bind(compare_at)
        .execute(self.writer())
        .await?;
        Ok(())
    }
}
