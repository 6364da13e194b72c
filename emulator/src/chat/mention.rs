//! Mentions in a text: `<@uid:bob>` (PROTOCOL.md 3.3), and `<@all:label>`, which CometChat's UI kits write for a whole
//! group.

use sqlx::SqliteConnection;

use crate::{
    guid::Guid,
    store::{members, mentions, messages::MessageRow},
};

/// Notes whom the message mentions, in the place of whom it mentioned before.
pub(super) async fn note(
    connection: &mut SqliteConnection,
    message_id: i64,
    row: &MessageRow,
) -> Result<(), sqlx::Error> {
    mentions::replace(connection, message_id, &mentioned(&row.search_text)).await?;
    if row.receiver_type == "group" && mentions_all(&row.search_text) {
        let mut uids = members::uids(connection, &Guid::named(&row.receiver)).await?;
        uids.retain(|uid| *uid != row.sender);
        mentions::add_group(connection, message_id, &uids).await?;
    }
    Ok(())
}

/// Whom the text mentions, in lower case, once each.
fn mentioned(text: &str) -> Vec<String> {
    let mut uids: Vec<String> = Vec::new();
    for part in text.split("<@uid:").skip(1) {
        if let Some((uid, _)) = part.split_once('>') {
            let uid = uid.to_lowercase();
            if !uid.is_empty() && !uids.contains(&uid) {
                uids.push(uid);
            }
        }
    }
    uids
}

/// Whether the text mentions everybody.
fn mentions_all(text: &str) -> bool {
    text.split("<@all:").skip(1).any(|part| part.contains('>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_who_is_named_is_found_once() {
        assert_eq!(mentioned("<@uid:Bob>, <@uid:carol> and <@uid:bob>!"), ["bob", "carol"]);
        assert!(mentions_all("<@uid:bob>, tell <@all:all>") && !mentions_all("<@all:unfinished @all"));
        assert!(mentioned("<@uid:> <@uid:unfinished @bob").is_empty());
    }
}
