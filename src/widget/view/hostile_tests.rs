//! What other people type, and what a cloud sends, means no good: names, pictures, messages, files, links, groups. It is
//! shown as text, and every address is of a kind that runs nothing.

use super::{find, shown};
use crate::{
    model::chat::{Attachment, Content, Counterpart, Group, LinkPreview, Message, Person},
    widget::{
        element::Element,
        state::{
            Answer, Event, State,
            tests::fixtures::{answer, connected, conversation, message, person, with_bob_open},
        },
        view::Room,
    },
};

const MARKUP: &str = "\"><img src=x onerror=alert(1)><script>alert(1)</script>";
/// Addresses that run something, or reach where they should not.
const ADDRESSES: [&str; 9] = [
    "javascript:alert(1)",
    " javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "vbscript:x",
    "//evil.example/x.png",
    "http://evil.example/x.png",
    "blob:http://site.test/1",
];

/// Every address that is followed, fetched or framed, and every bit of markup.
fn assert_harmless(elements: &[Element]) {
    let html: String = elements.iter().map(Element::to_html).collect();
    assert!(!html.contains("<img src=x") && !html.contains("<script"), "{html}");
    for element in elements.iter().flat_map(Element::all) {
        assert!(
            !["script", "iframe", "object", "embed", "base", "meta", "style"].contains(&element.tag),
            "{}",
            element.tag
        );
        assert!(element.markup.is_none_or(|markup| !markup.contains("alert")));
        for (name, value) in &element.attributes {
            assert!(!name.starts_with("on") && *name != "srcdoc" && *name != "style", "{name}");
            if ["src", "href", "action", "poster", "xlink:href"].contains(name) {
                let is_ours = value.starts_with('/') && !value.starts_with("//");
                let is_fetched = element.tag != "a";
                let is_link = value.starts_with("https://") || !is_fetched && value.starts_with("http://");
                assert!(is_ours || is_link, "{}: {name}={value}", element.tag);
            }
        }
    }
}

fn of(content: Content, sender: Person) -> State {
    with_bob_open(vec![Message { sender, content, ..message(5, "bob", "alice") }])
}

fn hostile(picture: &str) -> Person {
    Person { name: MARKUP.into(), avatar: Some(picture.into()), ..person("bob") }
}

#[test]
fn a_name_and_a_picture_are_text_and_an_address_that_runs_nothing() {
    for picture in ADDRESSES {
        let text = || Content::Text { text: "hello".into() };
        assert_harmless(&shown(&of(text(), hostile(picture)), Room { for_two: true, ..Room::default() }));
        let mut state = connected();
        state.update(Event::Opened, 0);
        let mut row = conversation("bob", 1, message(5, "bob", "alice"));
        row.with = Counterpart::User(hostile(picture));
        answer(&mut state, Answer::Conversations { page: 1, result: Ok(vec![row]) });
        let list = shown(&state, Room::default());
        assert!(list.iter().any(|element| element.text().contains(MARKUP)), "the name is shown as it was typed");
        assert_harmless(&list);
    }
}

#[test]
fn a_groups_name_description_and_picture_are_text_and_an_address_that_runs_nothing() {
    for picture in ADDRESSES {
        let group = Group {
            guid: "lobby".into(),
            name: MARKUP.into(),
            icon: Some(picture.into()),
            description: Some(MARKUP.into()),
            members: 3,
            ..Group::default()
        };
        let mut state = connected();
        state.update(Event::Opened, 0);
        state.update(Event::ConversationOpened(Counterpart::Group(group)), 0);
        let shown = shown(&state, Room { for_two: true, ..Room::default() });
        assert!(shown.iter().any(|element| element.text().contains(MARKUP)), "the name is shown as it was typed");
        assert_harmless(&shown);
    }
}

#[test]
fn a_message_a_file_and_a_link_are_text_and_an_address_that_runs_nothing() {
    for address in ADDRESSES {
        for kind in ["image", "video", "audio", "file", MARKUP] {
            let file = Attachment {
                url: address.into(),
                name: Some(MARKUP.into()),
                mime_type: Some("image/svg+xml".into()),
                ..Attachment::default()
            };
            let content = Content::Media { media_type: kind.into(), text: MARKUP.into(), attachments: vec![file] };
            let shown = shown(&of(content, person("bob")), Room::default());
            assert!(find(&shown, "timeline").is_some() || find(&shown, "conversation").is_some());
            assert_harmless(&shown);
        }
        for text in [
            address.to_owned(),
            format!("[click]({address})"),
            format!("<a href=\"{address}\">x</a>"),
            MARKUP.to_owned(),
        ] {
            assert_harmless(&shown(&of(Content::Text { text }, person("bob")), Room::default()));
        }
    }
}

#[test]
fn a_preview_of_a_link_is_text_and_its_picture_runs_nothing() {
    for address in ADDRESSES {
        // Of any other kind of address there is no preview (`sdk/protocol`).
        let preview = LinkPreview {
            url: "https://example.org/\"onclick=alert(1)".into(),
            title: MARKUP.into(),
            description: Some(MARKUP.into()),
            image: Some(address.into()),
        };
        let mut message = message(5, "bob", "alice");
        message.content = Content::Text { text: "see https://example.org".into() };
        message.previews = vec![preview];
        assert_harmless(&shown(&with_bob_open(vec![message]), Room::default()));
    }
}
