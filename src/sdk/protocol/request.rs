//! Requests as calls of `bridge/groups.js`, and what their answers mean.

use super::{SdkError, message, parse, people};
use crate::{
    model::json::{Json, JsonRecord, Malformed, list, text},
    sdk::request::{ENTRIES, MOST, Reply, Request, What},
};

/// What the call is told.
pub fn arguments_of(request: &Request) -> JsonRecord {
    let limit = if matches!(request.what, What::BannedMembers | What::BlockedPeople) { MOST } else { ENTRIES };
    let mut record = JsonRecord::new()
        .number("page", request.page.into())
        .number("limit", limit.into())
        .flag("on", request.on)
        .json("id", &request.id.0.to_string());
    if let Some(peer) = &request.peer {
        record = record.json("peer", &peer.to_json()).text("guid", peer.id());
    }
    if let Some(uid) = &request.uid {
        record = record.text("uid", uid.as_str());
    }
    for (name, said) in &request.texts {
        record = record.text(name, said);
    }
    let names: Vec<String> = request.names.iter().map(|name| text(name)).collect();
    record.json("names", &list(&names))
}

/// What the answer means; it names what it holds.
pub fn reply(json: &str) -> Result<Reply, SdkError> {
    let json = parse(json)?;
    let messages = message::Listed::new(json.get("messages").list().unwrap_or_default());
    Ok(Reply {
        groups: entries(&json, "groups", people::group),
        members: entries(&json, "members", people::member),
        is_first: json.get("isFirst").flag(),
        is_last: json.get("isLast").flag(),
        messages: messages.messages,
        conversation: message::conversation(json.get("conversation")).ok().map(Box::new),
        reasons: entries(&json, "reasons", reason),
    })
}

fn entries<T>(json: &Json, name: &str, read: fn(&Json) -> Result<T, Malformed>) -> Vec<T> {
    json.get(name).list().unwrap_or_default().iter().filter_map(|entry| read(entry).ok()).collect()
}

fn reason(json: &Json) -> Result<(String, String), Malformed> {
    Ok((json.required("id")?, json.required("name")?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        chat::{GroupKind, Peer, Scope},
        ids::{MessageId, Uid},
    };

    #[test]
    fn every_request_has_the_name_of_its_call() {
        assert_eq!(What::Group.call(), "group");
        assert_eq!(What::TagConversation.call(), "tagConversation");
        assert_eq!(What::Report.call(), "report");
    }

    #[test]
    fn a_request_tells_what_it_has() {
        let uid = Uid::parse("user_2").unwrap();
        let request = Request::of_group(What::ChangeScope, "g1").uid(&uid).text("scope", "moderator");
        assert_eq!(
            arguments_of(&request).finish(),
            r#"{"page":1,"limit":30,"on":false,"id":0,"peer":{"kind":"group","id":"g1"},"guid":"g1","uid":"user_2","scope":"moderator","names":[]}"#
        );
        let request = Request { names: vec!["muted".into()], ..Request::of(What::TagConversation, &Peer::User(uid)) };
        assert!(arguments_of(&request.id(MessageId(7))).finish().ends_with(r#""names":["muted"]}"#));
    }

    #[test]
    fn a_group_says_who_one_is_in_it() {
        let group = |json: &str| reply(&format!(r#"{{"groups":[{json}]}}"#)).unwrap().groups.remove(0);
        let banned = group(
            r#"{"guid":"g1","name":"Team","type":"password","hasJoined":false,"banned":true,"owner":"user_2","scope":""}"#,
        );
        assert!(banned.left && banned.banned && banned.scope.is_none());
        assert_eq!((banned.kind, banned.owner), (GroupKind::Password, Uid::parse("user_2").ok()));
        assert!(!group(r#"{"guid":"g1"}"#).left, "nobody said that one is not in it");
        let members = reply(r#"{"members":[{"uid":"user_2","scope":"moderator"},{"scope":"admin"}]}"#).unwrap().members;
        assert_eq!(members.iter().map(|member| member.scope).collect::<Vec<_>>(), [Scope::Moderator]);
    }

    #[test]
    fn a_page_around_a_message_says_where_the_conversation_ends() {
        let json = r#"{"messages":[{"id":4,"sender":{"uid":"user_1"},"receiverId":"user_2","receiverType":"user","category":"message","type":"text","text":"hi"}],"isFirst":true,"isLast":false}"#;
        let reply = reply(json).unwrap();
        assert_eq!((reply.messages.len(), reply.is_first, reply.is_last), (1, true, false));
    }

    #[test]
    fn nothing_is_an_answer_too() {
        assert_eq!(reply("null"), Ok(Reply::default()));
        assert!(reply("").is_err());
    }
}
