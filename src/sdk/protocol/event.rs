//! What the bridge's listeners report.

use super::{
    files::moved,
    message::{conversation, message},
    people::{peer, person},
};
use crate::model::{
    chat::{Peer, Person},
    event::{ChatEvent, Link, ReceiptKind},
    ids::{MessageId, Uid},
    json::{FromJson, Json},
};

fn link_changed(raw: &Json) -> Option<ChatEvent> {
    let link = match raw.get("link").text()?.as_str() {
        "connected" => Link::Connected,
        "connecting" => Link::Connecting,
        _ => Link::Disconnected,
    };
    Some(ChatEvent::LinkChanged { link })
}

/// The event where it is the link's: the only kind that is nobody's.
pub fn link_event(json: &str) -> Option<ChatEvent> {
    link_changed(&Json::parse(json)?)
}

/// Whether the login ended because the cloud refused its token, and not because another tab took it away.
pub fn is_rejection(json: &str) -> bool {
    Json::parse(json).is_some_and(|raw| raw.get("event").is("loggedOut") && raw.get("rejected").flag())
}

/// The event as `me` sees it; none where it is not understood, since nobody waits for it.
pub fn chat_event(json: &str, me: &Uid) -> Option<ChatEvent> {
    let raw = Json::parse(json)?;
    let message = || message(raw.get("message")).ok();
    let sender = || person(raw.get("sender")).ok();
    let receiver = |name: &str| peer(raw.get("receiverType"), raw.get(name)).ok();
    Some(match raw.get("event").as_text()? {
        "received" => ChatEvent::MessageReceived { message: message()? },
        "edited" => ChatEvent::MessageEdited { message: message()? },
        "deleted" => ChatEvent::MessageDeleted { message: message()? },
        "typing" => {
            let person = sender()?;
            let peer = conversation_with(&person, &receiver("receiverId")?, me);
            ChatEvent::Typing { person, peer, started: raw.get("started").flag() }
        }
        "receipt" => {
            let reader = sender()?;
            ChatEvent::Receipt {
                kind: if raw.get("read").flag() { ReceiptKind::Read } else { ReceiptKind::Delivered },
                message_id: MessageId::from_json(raw.get("messageId")).ok()?,
                peer: conversation_with(&reader, &receiver("receiver")?, me),
                reader: reader.uid,
                by_all: raw.get("all").flag(),
            }
        }
        // What exactly, the message itself tells best: a word of it that comes twice must not count twice.
        "reaction" => ChatEvent::MessageTouched { id: MessageId::from_json(raw.get("id")).ok()? },
        "marked" => ChatEvent::MessageMarked { message: message()? },
        "presence" => ChatEvent::PresenceChanged { person: person(raw.get("person")).ok()? },
        "conversation" => {
            ChatEvent::ConversationPlaced { conversation: Box::new(conversation(raw.get("conversation")).ok()?) }
        }
        "link" => link_changed(&raw)?,
        "file" | "level" => moved(&raw)?,
        "loggedOut" => ChatEvent::LoggedOut,
        _ => return None,
    })
}

/// The conversation in which somebody acts: a group is itself; of two, the one who is not oneself. One's own acts come
/// back from other tabs.
fn conversation_with(actor: &Person, receiver: &Peer, me: &Uid) -> Peer {
    match receiver {
        Peer::User(_) if actor.uid != *me => Peer::User(actor.uid.clone()),
        receiver => receiver.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::chat::Presence;

    fn event(json: &str) -> Option<ChatEvent> {
        chat_event(json, &uid("user_1"))
    }

    fn uid(text: &str) -> Uid {
        Uid::parse(text).unwrap()
    }

    #[test]
    fn a_message_arrives_also_when_it_is_ones_own_of_another_tab() {
        let json = r#"{"event":"received","message":{"id":4,"sender":{"uid":"user_1"},"receiverId":"user_2","receiverType":"user","category":"message","type":"text","text":"hi"}}"#;
        let Some(ChatEvent::MessageReceived { message }) = event(json) else { panic!("no message") };
        assert_eq!(message.peer(&uid("user_1")), Peer::User(uid("user_2")));
    }

    #[test]
    fn edits_and_deletions_carry_the_message() {
        for (name, times) in [("edited", "\"editedAt\":5"), ("deleted", "\"deletedAt\":5")] {
            let json = format!(
                r#"{{"event":"{name}","message":{{"id":"4","sender":{{"uid":"user_2"}},"receiverId":"user_1","receiverType":"user","category":"message","type":"text",{times}}}}}"#
            );
            match event(&json) {
                Some(ChatEvent::MessageEdited { message }) => assert_eq!(message.edited_at, Some(5)),
                Some(ChatEvent::MessageDeleted { message }) => assert_eq!(message.deleted_at, Some(5)),
                other => panic!("{name}: {other:?}"),
            }
        }
    }

    #[test]
    fn typing_to_me_is_seen_in_the_typists_conversation_and_in_a_group_in_the_group() {
        let json = r#"{"event":"typing","started":true,"sender":{"uid":"user_2","name":"Bob"},"receiverId":"user_1","receiverType":"user"}"#;
        assert!(
            matches!(event(json), Some(ChatEvent::Typing { peer: Peer::User(peer), started: true, .. }) if peer == uid("user_2"))
        );
        let json =
            r#"{"event":"typing","started":false,"sender":{"uid":"user_2"},"receiverId":"g1","receiverType":"group"}"#;
        assert!(
            matches!(event(json), Some(ChatEvent::Typing { peer: Peer::Group(group), started: false, .. }) if group == "g1")
        );
    }

    #[test]
    fn a_receipt_names_its_reader_and_covers_up_to_a_message() {
        let json = r#"{"event":"receipt","read":true,"messageId":"9","timestamp":"1795346845","sender":{"uid":"user_2"},"receiver":"user_1","receiverType":"user"}"#;
        assert_eq!(
            event(json),
            Some(ChatEvent::Receipt {
                kind: ReceiptKind::Read,
                message_id: MessageId(9),
                reader: uid("user_2"),
                peer: Peer::User(uid("user_2")),
                by_all: false
            })
        );
    }

    #[test]
    fn ones_own_reading_in_another_tab_belongs_to_the_other_sides_conversation() {
        let json = r#"{"event":"receipt","read":false,"messageId":9,"sender":{"uid":"user_1"},"receiver":"user_2","receiverType":"user"}"#;
        let Some(ChatEvent::Receipt { kind, peer, reader, .. }) = event(json) else { panic!("no receipt") };
        assert_eq!((kind, reader, peer), (ReceiptKind::Delivered, uid("user_1"), Peer::User(uid("user_2"))));
    }

    #[test]
    fn presence_link_and_logout_are_told_apart() {
        let json = r#"{"event":"presence","person":{"uid":"user_2","name":"Bob","status":"offline","lastActiveAt":7}}"#;
        let Some(ChatEvent::PresenceChanged { person }) = event(json) else { panic!("no presence") };
        assert_eq!((person.presence, person.last_active_at), (Presence::Offline, Some(7)));
        let json = r#"{"event":"link","link":"connected"}"#;
        assert_eq!(event(json), Some(ChatEvent::LinkChanged { link: Link::Connected }));
        assert_eq!(event(r#"{"event":"loggedOut"}"#), Some(ChatEvent::LoggedOut));
    }

    #[test]
    fn only_a_token_that_the_cloud_refused_is_rejected() {
        assert!(is_rejection(r#"{"event":"loggedOut","rejected":true}"#));
        for json in
            [r#"{"event":"loggedOut","rejected":false}"#, r#"{"event":"loggedOut"}"#, "", r#"{"rejected":true}"#]
        {
            assert!(!is_rejection(json), "{json}");
        }
    }

    #[test]
    fn what_is_not_understood_is_no_event() {
        for json in ["", "null", "{}", r#"{"event":"newer"}"#, r#"{"event":"received","message":null}"#] {
            assert_eq!(event(json), None, "{json}");
        }
    }
}
