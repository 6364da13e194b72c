//! Revokes in the cloud what has ended here: one attempt for each token, in the background. What fails stays recorded
//! as ending, and is tried again at the next start.

use async_trait::async_trait;
use sqlx::SqliteConnection;

use super::{audit, rest::RestError, service::Chat};
use crate::server::{
    sessions::ending::EndsWithSession,
    store::{
        StoreError,
        chat_tokens::{ChatTokenRow, EndingTokens, end_chat_tokens},
        sessions::SessionKey,
    },
};

#[async_trait]
impl EndsWithSession for Chat {
    async fn mark(&self, connection: &mut SqliteConnection, ended: &[SessionKey]) -> Result<(), StoreError> {
        end_chat_tokens(connection, ended).await
    }

    async fn revoke(&self, ended: &[SessionKey]) {
        for session in ended {
            self.forget(session).await;
        }
        self.revoke_in_background(ended.to_vec());
    }
}

impl Chat {
    /// Revokes the ending tokens of these sessions without making anybody wait.
    pub(super) fn revoke_in_background(&self, sessions: Vec<SessionKey>) {
        let chat = self.clone();
        tokio::spawn(async move {
            for session in &sessions {
                chat.revoke_ending(EndingTokens::Of(session)).await;
            }
        });
    }

    /// At start: tries once more what failed before, or what a crash cut short.
    pub fn revoke_leftovers_in_background(&self) {
        let chat = self.clone();
        tokio::spawn(async move { chat.revoke_ending(EndingTokens::All).await });
    }

    async fn revoke_ending(&self, which: EndingTokens<'_>) {
        let result = async {
            for row in self.store().ending_chat_tokens(which).await? {
                self.revoke_one(&row).await?;
            }
            Ok::<_, StoreError>(())
        };
        if let Err(error) = result.await {
            tracing::error!("the tokens to be revoked cannot be read or recorded: {error}");
        }
    }

    async fn revoke_one(&self, row: &ChatTokenRow) -> Result<(), StoreError> {
        let uid = row.user.uid();
        let deleted = match self.open(row) {
            Ok(token) => self.rest().delete_token(&uid, &token).await,
            Err(error) => {
                // It lives on in the cloud, and nobody can name it any more: it goes with all of this person's. Their
                // other sessions get new ones.
                tracing::error!(%uid, "{error}: was APP_SECRET or the key file changed? All of this user's tokens end");
                self.rest().delete_all_tokens(&uid).await
            }
        };
        match deleted {
            Ok(()) | Err(RestError::TokenNotFound | RestError::UidNotFound) => {
                self.store().chat_token_ended(&row.id, self.now()).await?;
                audit::token_revoked(&uid);
            }
            Err(error) => audit::revocation_failed(&uid, &error),
        }
        Ok(())
    }
}
