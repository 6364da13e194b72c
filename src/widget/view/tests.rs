//! What is shown of a state, element by element.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use super::{Announcer, Element, Hosts, Node, Room, Scene, Shape, Times, titled, widget};
use crate::{
    i18n::Language,
    model::{ids::MessageId, settings::Cloud},
    widget::{
        intent::{Intent, On},
        state::{
            Event, Failure, Phase, Screen, State,
            tests::fixtures::{connected, edited, message, peer, receive, with_bob_open},
        },
    },
};

fn cloud() -> Cloud {
    Cloud { app_id: "emuapp".into(), region: Cloud::LOCAL_REGION.into() }
}

#[path = "content_tests.rs"]
mod content;
#[path = "hostile_tests.rs"]
mod hostile;

/// A Wednesday's noon, in milliseconds.
const NOW: i64 = 1_795_608_000_000;

/// The widget's elements, in UTC and English.
fn shown(state: &State, room: Room) -> Vec<Element> {
    let format = |_: Language, at: i64, shape: Shape| format!("{shape:?} {at}");
    let times = Times { language: Language::En, now: NOW, offset: |_| 0, format };
    let mut announcer = Announcer::default();
    announcer.follow(state, Language::En.widget());
    let scene = Scene {
        state,
        texts: Language::En.widget(),
        times: &times,
        room,
        announcer: &announcer,
        hosts: Hosts { cloud: &cloud(), origin: "http://site.test" },
        contact: None,
        sign_in_url: "/login?next=/",
    };
    let elements = widget(&scene).into_iter().map(|node| match node {
        Node::Element(element) => element,
        Node::Text(text) => panic!("a bare text: {text}"),
    });
    elements.collect()
}

fn find<'a>(elements: &'a [Element], class: &str) -> Option<&'a Element> {
    let has = |element: &&Element| {
        element.attribute("class").is_some_and(|classes| classes.split(' ').any(|one| one == class))
    };
    elements.iter().flat_map(Element::all).find(has)
}

fn click(elements: &[Element], class: &str) -> Event {
    match find(elements, class).unwrap().intent(On::Click) {
        Some(Intent::Send(event)) => (**event).clone(),
        other => panic!("{class}: {other:?}"),
    }
}

#[test]
fn a_closed_widget_is_the_launcher_alone_with_what_is_unread() {
    let mut state = connected();
    receive(&mut state, message(5, "bob", "alice"));
    let shown = shown(&state, Room::default());
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0].text(), "💬1");
    assert_eq!(shown[0].attribute("aria-expanded"), Some("false"));
    assert_eq!(click(&shown, "launcher"), Event::Opened);
}

#[test]
fn signed_out_there_is_a_link_to_sign_in_and_back() {
    let mut state = State::default();
    state.update(Event::Opened, NOW);
    let shown = shown(&state, Room::default());
    let notice = find(&shown, "notice").unwrap();
    let link = notice.all().into_iter().find(|element| element.tag == "a").unwrap();
    assert_eq!(link.attribute("href"), Some("/login?next=/"));
}

#[test]
fn over_the_limit_the_wait_is_counted_and_the_button_rests_until_then() {
    let mut state = connected();
    state.panel.open = true;
    state.connection.phase = Phase::Failed(Failure::RateLimited { until: NOW + 61_000 });
    let shown = shown(&state, Room::default());
    let column = find(&shown, "main").unwrap();
    let button = column.all().into_iter().find(|element| element.attribute("class") == Some("button")).unwrap();
    assert_eq!(button.attribute("disabled"), Some(""));
    assert!(column.text().contains("61"), "{}", column.text());
}

#[test]
fn both_columns_stand_side_by_side_only_where_there_is_room() {
    let mut state = connected();
    receive(&mut state, message(5, "bob", "alice"));
    state.update(Event::Opened, NOW);
    state.update(Event::ScreenOpened(Screen::Conversation(peer("bob"))), NOW);
    state.update(Event::Expanded(true), NOW);
    let narrow = shown(&state, Room::default());
    assert!(find(&narrow, "side").is_none() && find(&narrow, "conversation").is_some());
    let wide = shown(&state, Room { for_two: true, ..Room::default() });
    assert!(find(&wide, "side").is_some() && find(&wide, "conversation").is_some());
}

#[test]
fn markup_in_a_message_is_text_and_an_address_is_a_safe_link() {
    let text = "<b>bold</b> https://example.org/";
    let state = with_bob_open(vec![edited(message(5, "bob", "alice"), 6, text)]);
    let shown = shown(&state, Room::default());
    let written = find(&shown, "text").unwrap();
    assert_eq!(written.text(), text);
    assert!(written.to_html().contains("&lt;b&gt;bold"));
    let link = find(&shown, "link").unwrap();
    assert_eq!(link.attribute("rel"), Some("noopener noreferrer nofollow"));
}

#[test]
fn ones_own_message_offers_its_menu_and_anothers_offers_no_deletion() {
    let mut state = with_bob_open(vec![message(5, "alice", "bob"), message(6, "bob", "alice")]);
    let rows = shown(&state, Room::default());
    let keys: Vec<Event> = rows
        .iter()
        .flat_map(Element::all)
        .filter(|element| element.attribute("class").is_some_and(|class| class.contains(" action")))
        .filter_map(|element| match element.intent(On::Click) {
            Some(Intent::Send(event)) => Some((**event).clone()),
            _ => None,
        })
        .collect();
    let [of_mine, of_theirs] = keys.as_slice() else { panic!("{keys:?}") };
    for (event, has_deletion) in [(of_mine, true), (of_theirs, false)] {
        state.update(event.clone(), NOW);
        let opened = shown(&state, Room::default());
        assert_eq!(find(&opened, "danger").is_some(), has_deletion, "{event:?}");
        state.update(Event::MenuClosed, NOW);
    }
}

#[test]
fn nothing_is_deleted_before_it_is_confirmed() {
    let mut state = with_bob_open(vec![message(5, "alice", "bob")]);
    state.update(Event::DeletionAsked(MessageId(5)), NOW);
    let asked = shown(&state, Room::default());
    assert_eq!(click(&asked, "danger"), Event::DeleteConfirmed(MessageId(5)));
    assert_eq!(click(&asked, "veil"), Event::DeletionCancelled);
    assert!(matches!(find(&asked, "confirm").unwrap().intent(On::Click), Some(Intent::Nothing)));
}

#[test]
fn what_is_too_long_is_said_and_cannot_be_sent() {
    let mut state = with_bob_open(Vec::new());
    state.update(Event::Composed("a".repeat(5003)), NOW);
    let shown = shown(&state, Room::default());
    assert!(find(&shown, "too-long").unwrap().text().contains('3'));
    assert_eq!(find(&shown, "send").unwrap().attribute("disabled"), Some(""));
    assert_eq!(state.update(Event::Submitted { muid: "m".into(), at: 1 }, NOW), Vec::new());
    // Of letters that take three bytes each, fewer fit into what the cloud takes.
    state.update(Event::Composed("語".repeat(3170)), NOW);
    assert_eq!(state.surplus(), 3);
}

#[test]
fn scrolling_up_asks_for_older_messages_only_where_there_are_any() {
    let page = (1..=30).map(|id| message(id, "bob", "alice")).collect();
    for (state, has_older) in [(with_bob_open(page), true), (with_bob_open(vec![message(5, "bob", "alice")]), false)] {
        let shown = shown(&state, Room::default());
        assert_eq!(find(&shown, "timeline").unwrap().intent(On::NearStart).is_some(), has_older);
    }
}

#[test]
fn only_a_count_of_ours_is_taken_from_the_title() {
    assert_eq!(titled("(3) Home", 0), "Home");
    assert_eq!(titled("(99+) Home", 2), "(2) Home");
    assert_eq!(titled("(beta) Home", 100), "(99+) (beta) Home");
}
