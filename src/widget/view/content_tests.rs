//! What is shown of texts, files, previews and moderation.

use super::{find, shown};
use crate::{
    model::{
        chat::{Attachment, Content, LinkPreview, Message, Moderation, Problem, Shape},
        ids::MessageId,
    },
    sdk::{Request, SdkError, What, request::Reply},
    widget::{
        element::Element,
        intent::{Intent, On},
        state::{
            Answer, ContentEvent, Event, GroupEvent, MessageEvent, State,
            groups::Pane,
            tests::fixtures::{answer, message, peer, person, with_bob_open, write},
        },
        view::Room,
    },
};

const HERE: &str = "http://site.test/emulator/files/1/a.png";

fn of(content: Content) -> Vec<Element> {
    shown(&with_bob_open(vec![Message { content, ..message(5, "bob", "alice") }]), Room::default())
}

fn media(kind: &str, attachments: Vec<Attachment>) -> Vec<Element> {
    of(Content::Media { media_type: kind.into(), text: String::new(), attachments })
}

fn file(url: &str) -> Attachment {
    Attachment { url: url.into(), name: Some("a.png".into()), size: Some(2_000_000), ..Attachment::default() }
}

fn tags(elements: &[Element]) -> Vec<&'static str> {
    elements.iter().flat_map(Element::all).map(|element| element.tag).collect()
}

#[test]
fn a_picture_of_the_cloud_has_its_place_and_opens_the_viewer() {
    let shape = Shape { width: 400, height: 300, ..Shape::default() };
    let shown = media("image", vec![Attachment { shape: Some(shape), ..file(HERE) }]);
    let picture = find(&shown, "picture").unwrap();
    assert_eq!(picture.attribute("--ratio"), Some("400 / 300"));
    let Some(Intent::Send(event)) = picture.intent(On::Click) else { panic!("no intent") };
    assert_eq!(**event, Event::Content(ContentEvent::Viewed(MessageId(5), 0)));
}

#[test]
fn what_lies_elsewhere_is_never_fetched_by_itself() {
    for url in
        ["https://elsewhere.test/a.png", "blob:http://site.test/1", "javascript:alert(1)", "data:image/png;base64,AA"]
    {
        for kind in ["image", "video", "audio", "file"] {
            let shown = media(kind, vec![file(url)]);
            let is_asked_for = |element: &&Element| element.attribute("src").is_some();
            assert_eq!(shown.iter().flat_map(Element::all).filter(is_asked_for).count(), 0, "{kind} {url}");
            let links = shown.iter().flat_map(Element::all).filter(|element| element.tag == "a");
            assert_eq!(links.count(), usize::from(url.starts_with("https")), "{kind} {url}");
        }
    }
}

#[test]
fn what_lies_elsewhere_is_not_fetched_in_a_thread_and_among_shared_files_either() {
    let content = Content::Media {
        media_type: "image".into(),
        text: String::new(),
        attachments: vec![file("https://tracker.test/a.png")],
    };
    let message = Message { content, ..message(5, "bob", "alice") };
    let is_asked_for = |element: &&Element| element.attribute("src").is_some();
    let fetches =
        |state: &State| shown(state, Room::default()).iter().flat_map(Element::all).filter(is_asked_for).count();
    let mut state = with_bob_open(vec![message.clone()]);
    state.update(MessageEvent::ThreadOpened(MessageId(5)).into(), 0);
    assert!(find(&shown(&state, Room::default()), "file-name").is_some(), "the parent is shown");
    assert_eq!(fetches(&state), 0);
    let mut state = with_bob_open(vec![]);
    state.update(Event::Group(GroupEvent::PaneOpened(Pane::Shared)), 0);
    let request = Request::of(What::SharedFiles, &peer("bob"));
    let reply = Reply { messages: vec![message], ..Reply::default() };
    answer(&mut state, Answer::Asked { request, result: Ok(reply) });
    assert!(find(&shown(&state, Room::default()), "shared-icon").is_some());
    assert_eq!(fetches(&state), 0);
}

#[test]
fn more_than_four_pictures_are_counted_on_the_fourth() {
    let shown = media("image", (0..7).map(|_| file(HERE)).collect());
    assert_eq!(tags(&shown).iter().filter(|tag| **tag == "img").count(), 4);
    assert!(find(&shown, "more").unwrap().text() == "+3");
}

#[test]
fn a_picture_that_would_be_a_thread_is_cut() {
    let shape = Shape { width: 10, height: 9000, ..Shape::default() };
    let shown = media("image", vec![Attachment { shape: Some(shape), ..file(HERE) }]);
    assert_eq!(find(&shown, "picture").unwrap().attribute("--ratio"), Some("10 / 20"));
}

#[test]
fn a_file_is_a_card_with_its_name_and_size() {
    let shown = media("file", vec![file(HERE)]);
    let card = find(&shown, "file").unwrap();
    assert_eq!(card.text().replace('\u{a0}', " "), "a.png2 MB");
    assert_eq!((card.attribute("download"), card.attribute("href")), (Some("a.png"), Some(HERE)));
}

#[test]
fn a_mention_is_a_name_and_ones_own_stands_out() {
    let content = Content::Text { text: "<@uid:bob> and <@uid:alice>, <@uid:nobody>".into() };
    let mentions = vec![person("bob"), person("alice")];
    let state = with_bob_open(vec![Message { content, mentions, ..message(5, "bob", "alice") }]);
    let shown = shown(&state, Room::default());
    let named: Vec<_> = shown.iter().flat_map(Element::all).filter(|element| element.tag == "span").collect();
    let named = named.iter().filter_map(|element| Some((element.attribute("class")?, element.text())));
    let named: Vec<_> = named.filter(|(class, _)| class.starts_with("mention")).collect();
    let expected = [("mention", "@bob"), ("mention me", "@alice"), ("mention", "@nobody")];
    assert_eq!(named, expected.map(|(class, name)| (class, name.to_owned())));
}

#[test]
fn a_kind_that_this_chat_does_not_know_is_a_card_with_its_text() {
    let content = Content::Other { type_name: "extension_poll".into(), text: "tea?".into() };
    let shown = of(content);
    assert_eq!(find(&shown, "other-kind").unwrap().text(), "Poll");
    assert_eq!(find(&shown, "text").unwrap().text(), "tea?");
}

#[test]
fn a_preview_is_what_the_message_says_and_its_picture_only_the_clouds() {
    let preview = |image: &str| LinkPreview {
        url: "https://a.test/".into(),
        title: "A title".into(),
        description: Some("About".into()),
        image: Some(image.into()),
    };
    for (image, count) in [(HERE, 1), ("https://tracker.test/a.png", 0)] {
        let message = Message { previews: vec![preview(image)], ..message(5, "bob", "alice") };
        let shown = shown(&with_bob_open(vec![message]), Room::default());
        let card = find(&shown, "preview").unwrap();
        assert_eq!((card.attribute("href"), card.text().as_str()), (Some("https://a.test/"), "A titleAbout"));
        assert_eq!(card.all().iter().filter(|element| element.tag == "img").count(), count);
    }
}

#[test]
fn only_its_sender_is_told_what_moderation_makes_of_a_message() {
    for (moderation, from, said) in [
        (Moderation::Pending, "alice", Some("Being checked")),
        (Moderation::Disapproved, "alice", Some("Not delivered")),
        (Moderation::Pending, "bob", None),
        (Moderation::Approved, "alice", None),
    ] {
        let to = if from == "alice" { "bob" } else { "alice" };
        let state = with_bob_open(vec![Message { moderation, ..message(5, from, to) }]);
        let shown = shown(&state, Room::default());
        let told = find(&shown, "moderation").map(Element::text);
        assert_eq!(told.as_deref().map(|told| told.split([':', '.']).next().unwrap()), said);
    }
}

#[test]
fn what_was_not_sent_says_why_in_a_sentence_of_its_own() {
    let mut said = Vec::new();
    for code in [
        "ERR_BLOCKED_RECEIVER",
        "ERR_BLOCKED_SENDER",
        "ERR_BLOCKED_BY_EXTENSION",
        "ERR_NOT_A_MEMBER",
        "ERR_UID_NOT_FOUND",
        "AUTH_ERR_NO_ACCESS",
        "ERR_TOO_MANY_REQUESTS",
        "ERR_PLAN_RESTRICTION",
        "ERR_FILE_SIZE_EXCEEDED",
        "ERR_FILE_COUNT_EXCEEDED",
        "ERR_BAD_REQUEST",
        "ERR_EXCEPTION",
        "ERR_ANYTHING_ELSE",
    ] {
        let mut state = with_bob_open(vec![]);
        write(&mut state, "hello", "m");
        let refused = SdkError::Cloud { code: code.into(), message: String::new() };
        answer(&mut state, Answer::Sent { peer: peer("bob"), muid: "m".into(), result: Err(refused) });
        let failure = find(&shown(&state, Room::default()), "failure").unwrap().text();
        assert!(failure.ends_with("Try againDiscard"), "{failure}");
        assert!(!said.contains(&failure), "{code}: {failure}");
        said.push(failure);
    }
    assert_eq!(Problem::of_code("ERR_ANYTHING_ELSE"), None);
}
