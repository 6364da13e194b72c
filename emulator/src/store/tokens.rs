//! Auth tokens, each with the jwt that opens its sockets. Only a user's newest hundred stay valid, as in the cloud.

use sqlx::SqliteConnection;

use crate::uid::Uid;

const KEPT: i64 = 100;

#[derive(Clone, sqlx::FromRow)]
pub(crate) struct TokenRow {
    pub token: String,
    pub jwt: String,
    pub uid: String,
    pub platform: Option<String>,
    pub user_agent: Option<String>,
    pub app_info: Option<String>,
    pub created_at: i64,
}

/// A new token, and the tokens that it pushed out of the newest hundred.
pub(crate) async fn mint(
    connection: &mut SqliteConnection,
    uid: &Uid,
    now: i64,
) -> Result<(TokenRow, Vec<String>), sqlx::Error> {
    // As the cloud's look: the uid, ten digits, then hex.
    let token = format!("{uid}_{now:010}{}", hex::encode(rand::random::<[u8; 15]>()));
    let jwt = format!("emu.{}", hex::encode(rand::random::<[u8; 24]>()));
    sqlx::query("INSERT INTO auth_tokens (token, jwt, uid, created_at) VALUES (?, ?, ?, ?)")
        .bind(&token)
        .bind(&jwt)
        .bind(uid.as_str())
        .bind(now)
        .execute(&mut *connection)
        .await?;
    let pushed_out = sqlx::query_scalar(
        "DELETE FROM auth_tokens WHERE uid = ?1 AND serial NOT IN
           (SELECT serial FROM auth_tokens WHERE uid = ?1 ORDER BY serial DESC LIMIT ?2) RETURNING token",
    )
    .bind(uid.as_str())
    .bind(KEPT)
    .fetch_all(&mut *connection)
    .await?;
    let row = TokenRow {
        token,
        jwt,
        uid: uid.as_str().to_owned(),
        platform: None,
        user_agent: None,
        app_info: None,
        created_at: now,
    };
    Ok((row, pushed_out))
}

/// The login of a live token of an active user.
pub(crate) async fn find_live(connection: &mut SqliteConnection, token: &str) -> Result<Option<TokenRow>, sqlx::Error> {
    sqlx::query_as(
        "SELECT auth_tokens.* FROM auth_tokens JOIN users USING (uid) WHERE token = ? AND deactivated_at IS NULL",
    )
    .bind(token)
    .fetch_optional(connection)
    .await
}

pub(crate) async fn find_live_by_jwt(
    connection: &mut SqliteConnection,
    jwt: &str,
) -> Result<Option<TokenRow>, sqlx::Error> {
    sqlx::query_as(
        "SELECT auth_tokens.* FROM auth_tokens JOIN users USING (uid) WHERE jwt = ? AND deactivated_at IS NULL",
    )
    .bind(jwt)
    .fetch_optional(connection)
    .await
}

pub(crate) async fn find(
    connection: &mut SqliteConnection,
    uid: &Uid,
    token: &str,
) -> Result<Option<TokenRow>, sqlx::Error> {
    sqlx::query_as("SELECT * FROM auth_tokens WHERE uid = ? AND token = ?")
        .bind(uid.as_str())
        .bind(token)
        .fetch_optional(connection)
        .await
}

/// Newest first.
pub(crate) async fn list(connection: &mut SqliteConnection, uid: &Uid) -> Result<Vec<TokenRow>, sqlx::Error> {
    sqlx::query_as("SELECT * FROM auth_tokens WHERE uid = ? ORDER BY serial DESC")
        .bind(uid.as_str())
        .fetch_all(connection)
        .await
}

/// Notes which device a token serves.
pub(crate) async fn describe(connection: &mut SqliteConnection, row: &TokenRow) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE auth_tokens SET platform = ?, user_agent = ?, app_info = ? WHERE token = ?")
        .bind(&row.platform)
        .bind(&row.user_agent)
        .bind(&row.app_info)
        .bind(&row.token)
        .execute(connection)
        .await?;
    Ok(())
}

/// Whether there was such a token.
pub(crate) async fn delete(connection: &mut SqliteConnection, uid: &Uid, token: &str) -> Result<bool, sqlx::Error> {
    let done = sqlx::query("DELETE FROM auth_tokens WHERE uid = ? AND token = ?")
        .bind(uid.as_str())
        .bind(token)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() > 0)
}

pub(crate) async fn delete_all(connection: &mut SqliteConnection, uid: &Uid) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM auth_tokens WHERE uid = ?").bind(uid.as_str()).execute(connection).await?;
    Ok(())
}
