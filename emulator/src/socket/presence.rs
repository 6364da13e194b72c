//! When somebody was last active. It is stored before anybody hears of it, and frames say what is stored.

use sqlx::SqliteConnection;

use super::hub::Hub;
use crate::{store::users, uid::Uid};

/// Notes, in the turn that may take the person offline, that until now it was active. Nothing for who is offline.
pub(crate) async fn note(connection: &mut SqliteConnection, hub: &Hub, uid: &Uid) -> Result<(), sqlx::Error> {
    if hub.is_online(uid.as_str()) {
        let now = hub.now();
        users::was_active(connection, uid, now).await?;
        hub.was_active(uid.as_str(), now);
    }
    Ok(())
}
