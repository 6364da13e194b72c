//! People and their password hashes.

use std::fmt;

use super::{
    Connection, Store, StoreError,
    audit_events::{AuditRecord, add_audit_record},
};
use crate::model::ids::UserId;

/// A person of this site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub avatar: Option<String>,
    /// Unix seconds.
    pub created_at: i64,
}

/// An argon2id hash in PHC form. It is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(pub String);

impl fmt::Debug for PasswordHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PasswordHash(…)")
    }
}

/// What a new account is made of; the values are valid and the e-mail is normalised.
#[derive(Clone, Debug)]
pub struct NewUser {
    pub name: String,
    pub email: String,
    pub password_hash: PasswordHash,
    pub avatar: Option<String>,
}

type Row = (i64, String, String, Option<String>, i64);

fn user((id, name, email, avatar, created_at): Row) -> User {
    User { id: UserId(id), name, email, avatar, created_at }
}

impl Store {
    /// Adds a person; [`StoreError::Conflict`] where the e-mail has an account already.
    pub async fn create_user(&self, new: NewUser, now: i64) -> Result<User, StoreError> {
        let mut connection = self.writer().acquire().await.map_err(StoreError::from)?;
        create_user(&mut connection, new, now).await
    }

    /// The same by somebody who registers: the audit trail tells of it, or there is no account. The entry comes without
    /// the person, who has no id before.
    pub async fn register_user(&self, new: NewUser, record: AuditRecord) -> Result<User, StoreError> {
        let mut transaction = self.begin().await?;
        let user = create_user(&mut transaction, new, record.at).await?;
        add_audit_record(&mut transaction, &record.by(user.id)).await?;
        transaction.commit().await?;
        Ok(user)
    }

    pub async fn user(&self, id: UserId) -> Result<Option<User>, StoreError> {
        let row = sqlx::query_as("SELECT id, name, email, avatar, created_at FROM users WHERE id = $1")
            .bind(id.0)
            .fetch_optional(self.readers())
            .await?;
        Ok(row.map(user))
    }

    /// The person with this e-mail, and what their password is checked against.
    pub async fn user_to_log_in(&self, email: &str) -> Result<Option<(User, PasswordHash)>, StoreError> {
        let row: Option<(i64, String, String, Option<String>, i64, String)> =
            sqlx::query_as("SELECT id, name, email, avatar, created_at, password_hash FROM users WHERE email = $1")
                .bind(email)
                .fetch_optional(self.readers())
                .await?;
        Ok(row.map(|(id, name, email, avatar, created_at, hash)| {
            (user((id, name, email, avatar, created_at)), PasswordHash(hash))
        }))
    }

    pub async fn password_hash(&self, id: UserId) -> Result<Option<PasswordHash>, StoreError> {
        let row: Option<(String,)> = sqlx::query_as("SELECT password_hash FROM users WHERE id = $1")
            .bind(id.0)
            .fetch_optional(self.readers())
            .await?;
        Ok(row.map(|(hash,)| PasswordHash(hash)))
    }

    pub async fn change_profile(&self, id: UserId, name: &str, avatar: Option<&str>) -> Result<(), StoreError> {
        sqlx::query("UPDATE users SET name = $2, avatar = $3 WHERE id = $1")
            .bind(id.0)
            .bind(name)
            .bind(avatar)
            .execute(self.writer())
            .await?;
        Ok(())
    }
}

async fn create_user(connection: &mut Connection, new: NewUser, now: i64) -> Result<User, StoreError> {
    let row: Row = sqlx::query_as(
        "INSERT INTO users (name, email, password_hash, avatar, created_at) VALUES ($1, $2, $3, $4, $5) \
         RETURNING id, name, email, avatar, created_at",
    )
    .bind(new.name)
    .bind(new.email)
    .bind(new.password_hash.0)
    .bind(new.avatar)
    .bind(now)
    .fetch_one(connection)
    .await?;
    Ok(user(row))
}

#[cfg(test)]
mod tests {
    use super::{super::testing::temporary, *};

    fn ada() -> NewUser {
        let password_hash = PasswordHash("$argon2id$secret".into());
        NewUser { name: "Ada".into(), email: "ada@example.com".into(), password_hash, avatar: None }
    }

    #[tokio::test]
    async fn one_address_is_one_account() {
        let (store, _folder) = temporary().await;
        let user = store.create_user(ada(), 7).await.unwrap();
        assert_eq!(store.user(user.id).await.unwrap(), Some(user));
        assert!(matches!(store.create_user(ada(), 8).await, Err(StoreError::Conflict)));
    }

    #[test]
    fn a_password_hash_is_never_printed() {
        assert!(!format!("{:?}", ada()).contains("argon2id"));
    }
}
