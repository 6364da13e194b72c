//! Messages in the forms in which SDK 4.2.0 hands them over, and some in which it should not.

use super::*;
use crate::model::chat::{Counterpart, Group};

fn parse(json: &str) -> Json {
    Json::parse(json).unwrap()
}

fn read(json: &str) -> Message {
    message(&parse(json)).unwrap()
}

fn raw(extra: &str) -> Json {
    let common = r#""id":7,"conversationId":"user_1_user_user_2","receiverId":"user_2","receiverType":"user","sender":{"uid":"user_1","name":"Alice","status":"online"},"sentAt":1795346845"#;
    parse(&format!("{{{common},{extra}}}"))
}

fn uid(text: &str) -> Uid {
    Uid::parse(text).unwrap()
}

#[test]
fn a_text_message_keeps_what_the_widget_shows() {
    let message = message(&raw(
        r#""category":"message","type":"text","text":"hello","muid":"m1","deliveredAt":1795346846,"readAt":null,"data":{"text":"hello"}"#,
    )).unwrap();
    assert_eq!(message.id, MessageId(7));
    assert_eq!(message.content, Content::Text { text: "hello".into() });
    assert_eq!(
        (message.muid.as_deref(), message.delivered_at, message.read_at),
        (Some("m1"), Some(1_795_346_846), None)
    );
    assert_eq!((message.sender.uid, message.receiver), (uid("user_1"), Peer::User(uid("user_2"))));
}

#[test]
fn ids_and_times_in_quotes_are_as_good() {
    let json = r#"{"id":"12","receiverId":"user_2","receiverType":"user","sender":{"uid":"user_1"},"sentAt":"1795346845","parentMessageId":"7","category":"message","type":"text","text":"x"}"#;
    let message = read(json);
    assert_eq!((message.id, message.sent_at), (MessageId(12), 1_795_346_845));
    assert_eq!(message.parent_id, Some(MessageId(7)));
    assert_eq!(message.conversation_id, "user_1_user_user_2");
}

#[test]
fn line_ends_are_those_of_a_page() {
    let message = message(&raw(r#""category":"message","type":"text","text":"one\r\ntwo\rthree\nfour""#)).unwrap();
    assert_eq!(message.content, Content::Text { text: "one\ntwo\nthree\nfour".into() });
}

#[test]
fn pictures_have_their_addresses_names_and_one_caption() {
    let message = message(&raw(
        r#""category":"message","type":"image","caption":"look","uRL":"https://f.example/old","attachments":[{"name":"cat.png","url":"https://f.example/cat.png","size":"7","mimeType":"image/png"},{"name":"no address"}]"#,
    )).unwrap();
    assert_eq!(
        message.content,
        Content::Media {
            media_type: "image".into(),
            text: "look".into(),
            attachments: vec![Attachment {
                url: "https://f.example/cat.png".into(),
                name: Some("cat.png".into()),
                size: Some(7),
                mime_type: Some("image/png".into()),
                shape: None,
            }],
        }
    );
}

#[test]
fn a_file_without_attachment_object_falls_back_to_its_url() {
    let content = content(&raw(r#""category":"message","type":"file","uRL":"https://f.example/a","attachments":[]"#));
    let expected = Attachment { url: "https://f.example/a".into(), ..Attachment::default() };
    assert!(matches!(content, Content::Media { attachments, .. } if attachments == [expected]));
}

#[test]
fn what_hangs_on_a_message_is_read_with_it() {
    let message = message(&raw(
        r#""category":"message","type":"text","text":"hello <@uid:user_2>","replyCount":3,"unreadRepliesCount":"1",
        "reactions":[{"reaction":"👍","count":2,"reactedByMe":true},{"count":1}],
        "mentionedUsers":[{"uid":"user_2","name":"Bob"}],"moderationStatus":"pending","pinnedAt":1795346850,"savedAt":0,
        "quotedMessage":{"id":5,"receiverId":"user_1","receiverType":"user","sender":{"uid":"user_2"},"category":"message","type":"text","text":"first"}"#,
    )).unwrap();
    assert_eq!(message.reactions, [Reaction { emoji: "👍".into(), count: 2, mine: true }]);
    assert_eq!((message.replies, message.unread_replies), (3, 1));
    assert_eq!(message.mentions.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["Bob"]);
    assert_eq!(message.moderation, Moderation::Pending);
    assert_eq!((message.pinned_at, message.saved_at), (Some(1_795_346_850), None));
    assert_eq!(message.quoted.map(|quoted| quoted.content), Some(Content::Text { text: "first".into() }));
}

#[test]
fn custom_and_unknown_kinds_stay_visible_as_a_card() {
    for (category, type_name) in [("custom", "extension_poll"), ("agentic", "assistant"), ("message", "hologram")] {
        let message = raw(&format!(r#""category":"{category}","type":"{type_name}","data":{{"text":"say"}}"#));
        let content = content(&message);
        assert_eq!(content, Content::Other { type_name: type_name.into(), text: "say".into() });
    }
}

#[test]
fn an_event_of_a_group_is_told_in_the_sdks_words() {
    let json = r#"{"id":3,"receiverId":"g1","receiverType":"group","category":"action","type":"groupMember","message":"Bob joined","sender":{"uid":"user_2","name":"Bob"},"sentAt":1}"#;
    let message = read(json);
    assert_eq!(message.content, Content::Action { text: "Bob joined".into(), happening: None });
    assert_eq!((message.receiver, message.conversation_id.as_str()), (Peer::Group("g1".into()), "group_g1"));
}

#[test]
fn a_deleted_message_has_its_time_and_may_have_no_text() {
    let message = message(&raw(r#""category":"message","type":"text","text":null,"deletedAt":1795346850"#)).unwrap();
    assert_eq!(message.deleted_at, Some(1_795_346_850));
    assert_eq!(message.content, Content::Text { text: String::new() });
}

#[test]
fn an_edited_message_has_its_time() {
    let message = message(&raw(r#""category":"message","type":"text","text":"b","editedAt":1795346851"#)).unwrap();
    assert_eq!((message.edited_at, message.deleted_at), (Some(1_795_346_851), None));
}

#[test]
fn without_an_id_or_a_receiver_it_is_malformed() {
    for json in [
        r#"{"receiverId":"user_2","receiverType":"user","sender":{"uid":"user_1"}}"#,
        r#"{"id":7,"receiverType":"user","sender":{"uid":"user_1"}}"#,
        r#"{"id":-7,"receiverId":"user_2","sender":{"uid":"user_1"}}"#,
        "{}",
    ] {
        assert!(message(&parse(json)).is_err(), "{json}");
    }
}

#[test]
fn a_message_of_nobody_is_the_clouds() {
    let json = r#"{"id":7,"receiverId":"user_2","receiverType":"user","sender":{},"category":"message","type":"text"}"#;
    let message = read(json);
    assert_eq!(message.sender.uid, uid("app_system"));
}

#[test]
fn a_page_counts_what_it_does_not_show() {
    let entries = [
        raw(r#""category":"message","type":"text","text":"a""#),
        raw(r#""category":"action","type":"message""#),
        parse(r#"{"id":"9"}"#),
        Json::Nothing,
    ];
    let listed = Listed::new(&entries);
    assert_eq!((listed.messages.len(), listed.entries), (1, 4));
    assert_eq!((listed.first, listed.last), (Some(MessageId(7)), Some(MessageId(9))));
}

#[test]
fn a_conversation_counts_its_unread_messages_from_text() {
    let json = r#"{"conversationId":"user_1_user_user_2","unreadMessageCount":"3","lastReadMessageId":"5","with":{"uid":"user_2","name":"Bob"},"lastMessage":{"id":"8","receiverId":"user_1","receiverType":"user","sender":{"uid":"user_2"},"sentAt":9,"category":"message","type":"text","text":"hi"}}"#;
    let conversation = conversation(&parse(json)).unwrap();
    assert_eq!((conversation.unread, conversation.last_read_message_id), (3, Some(MessageId(5))));
    assert_eq!((conversation.updated_at, conversation.last_message.unwrap().id), (Some(9), MessageId(8)));
}

#[test]
fn a_groups_conversation_without_messages_is_a_row_too() {
    let json = r#"{"conversationId":"group_g1","unreadMessageCount":null,"with":{"guid":"g1","name":"Team"},"lastMessage":null}"#;
    let conversation = conversation(&parse(json)).unwrap();
    assert_eq!(
        conversation.with,
        Counterpart::Group(Group { guid: "g1".into(), name: "Team".into(), ..Group::default() })
    );
    assert_eq!((conversation.unread, conversation.last_message), (0, None));
}

#[test]
fn a_message_that_was_received_knows_when() {
    let message = message(&raw(r#""category":"message","type":"text","text":"x","deliveredAt":0,"deliveredToMeAt":7"#));
    assert_eq!(message.unwrap().delivered_at, Some(7));
}

#[test]
fn a_preview_leads_to_http_and_https_alone() {
    let urls =
        ["https://a.test", "http://b.test", "javascript:alert(1)", "data:text/html,x", "//c.test", " https://d.test"];
    let links = urls.map(|url| format!(r#"{{"url":"{url}","title":"t"}}"#)).join(",");
    let metadata = format!(r#"{{"@injected":{{"extensions":{{"link-preview":{{"links":[{links}]}}}}}}}}"#);
    let json = format!(r#""category":"message","type":"text","text":"x","metadata":{metadata}"#);
    let found: Vec<_> = message(&raw(&json)).unwrap().previews.into_iter().map(|preview| preview.url).collect();
    assert_eq!(found, ["https://a.test", "http://b.test"]);
}
