//! Mentions in a text: `<@uid:bob>` (PROTOCOL.md 3.3).

/// Whom the text mentions, in lower case, once each.
pub(crate) fn mentioned(text: &str) -> Vec<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_who_is_named_is_found_once() {
        assert_eq!(mentioned("<@uid:Bob>, <@uid:carol> and <@uid:bob>!"), ["bob", "carol"]);
        assert!(mentioned("<@uid:> <@uid:unfinished @bob").is_empty());
    }
}
