//! The list of conversations as the visitor orders it, and messages shown where they stand.

use super::fixtures::*;
use crate::{
    model::{
        chat::{Conversation, Peer},
        event::Link,
        ids::MessageId,
    },
    sdk::{Request, SdkError, What, request::Reply},
    widget::state::{
        Answer, Effect, Event, ListEvent, Screen, State, Timer, Toast,
        listing::{ARCHIVED, Filter, MUTED},
    },
};

fn with_two() -> State {
    let mut state = connected();
    let list = vec![
        conversation("bob", 1, message(9, "bob", "alice")),
        conversation("carol", 0, message(4, "carol", "alice")),
    ];
    answer(&mut state, Answer::Conversations { page: 1, result: Ok(list) });
    state
}

fn does(state: &mut State, event: ListEvent) -> Vec<Effect> {
    state.update(Event::Listing(event), 0)
}

fn asked(effects: &[Effect]) -> &Request {
    match effects.iter().find(|effect| matches!(effect, Effect::Ask(_))) {
        Some(Effect::Ask(request)) => request,
        _ => panic!("nothing asked: {effects:?}"),
    }
}

#[test]
fn what_is_pinned_stands_on_top_and_falls_back_when_the_cloud_refuses() {
    let mut state = with_two();
    let effects = does(&mut state, ListEvent::Pinned(peer("carol"), true));
    assert_eq!(state.listed(), [peer("carol"), peer("bob")]);
    receive(&mut state, message(12, "bob", "alice"));
    assert_eq!(state.listed(), [peer("carol"), peer("bob")]);
    let error = SdkError::Cloud { code: "ERR_PINNED_CONVERSATIONS_LIMIT_EXCEEDED".into(), message: String::new() };
    let effects = answer(&mut state, Answer::Asked { request: asked(&effects).clone(), result: Err(error) });
    assert!(effects.contains(&Effect::LoadConversation(peer("carol"))), "the cloud knows");
    assert!(matches!(state.panel.toast, Some(Toast::Trouble(_))));
}

#[test]
fn a_silent_conversation_does_not_count_and_one_that_is_put_away_is_apart() {
    let mut state = with_two();
    assert_eq!(state.conversations.unread(), 1);
    does(&mut state, ListEvent::Tagged(peer("bob"), MUTED, true));
    assert_eq!(state.conversations.unread(), 0);
    let effects = does(&mut state, ListEvent::Tagged(peer("bob"), ARCHIVED, true));
    let request = asked(&effects).clone();
    assert_eq!((request.said("tag"), request.on), (ARCHIVED, true), "the others are the cloud's to know");
    let effects = answer(&mut state, Answer::Asked { request, result: Ok(Reply::default()) });
    assert!(effects.contains(&Effect::LoadConversation(peer("bob"))), "a list may have been on its way");
    assert_eq!((state.listed(), state.archived()), (vec![peer("carol")], (1, true)));
    does(&mut state, ListEvent::Filtered(Filter::Archived));
    assert_eq!(state.listed(), [peer("bob")]);
}

#[test]
fn filters_leave_what_they_name() {
    let mut state = with_two();
    does(&mut state, ListEvent::Filtered(Filter::Unread));
    assert_eq!(state.listed(), [peer("bob")]);
    does(&mut state, ListEvent::Filtered(Filter::Groups));
    assert!(state.listed().is_empty());
}

#[test]
fn unread_again_is_what_the_cloud_counts_then() {
    let mut state = with_two();
    does(&mut state, ListEvent::ReadAll(peer("bob")));
    assert_eq!(state.conversations.unread(), 0);
    let effects = does(&mut state, ListEvent::UnreadAgain(peer("bob")));
    let request = asked(&effects).clone();
    assert_eq!((request.what, request.id), (What::MarkUnread, MessageId(9)));
    let told =
        Conversation { last_read_message_id: Some(MessageId(8)), ..conversation("bob", 1, message(9, "bob", "alice")) };
    let reply = Reply { conversation: Some(Box::new(told)), ..Reply::default() };
    answer(&mut state, Answer::Asked { request, result: Ok(reply) });
    assert_eq!(state.conversations.unread(), 1);
}

fn around(state: &mut State, ids: &[u64], is_last: bool) -> Vec<Effect> {
    let messages = ids.iter().map(|id| message(*id, "bob", "alice")).collect();
    let reply = Reply { messages, is_last, ..Reply::default() };
    let request = Request::of(What::MessagesAround, &peer("bob")).id(MessageId(ids[0]));
    answer(state, Answer::Asked { request, result: Ok(reply) })
}

fn wanted(id: u64) -> Event {
    Event::MessageWanted { peer: peer("bob"), id: MessageId(id) }
}

#[test]
fn an_old_message_is_shown_among_its_own_and_what_arrives_meanwhile_is_kept_apart() {
    let mut state = with_bob_open(vec![message(900, "bob", "alice")]);
    let effects = state.update(wanted(5), 0);
    assert_eq!(asked(&effects).what, What::MessagesAround);
    around(&mut state, &[5, 6, 7], false);
    assert_eq!(ids(&state), [5, 6, 7]);
    receive(&mut state, message(901, "bob", "alice"));
    assert_eq!(ids(&state), [5, 6, 7], "there is a gap before it");
    let effects = state.update(Event::NewerWanted, 0);
    assert!(effects.contains(&Effect::LoadMissed { peer: peer("bob"), after: MessageId(7) }));
    let result = Ok(vec![message(900, "bob", "alice"), message(901, "bob", "alice")]);
    answer(&mut state, Answer::Missed { peer: peer("bob"), after: MessageId(7), result });
    assert_eq!(ids(&state), [5, 6, 7, 900, 901]);
    receive(&mut state, message(902, "bob", "alice"));
    assert_eq!(ids(&state), [5, 6, 7, 900, 901, 902], "one with what arrives");
}

#[test]
fn a_page_that_was_asked_for_before_the_jump_is_not_taken_in() {
    let mut state = connected();
    state.update(Event::Opened, 0);
    state.update(wanted(5), 0);
    around(&mut state, &[5, 6], false);
    let newest = Ok(vec![message(900, "bob", "alice")]);
    answer(&mut state, Answer::Messages { peer: peer("bob"), before: None, result: newest });
    assert_eq!(ids(&state), [5, 6]);
}

#[test]
fn the_newest_is_loaded_anew_when_it_is_asked_for_and_when_something_is_written() {
    for is_written in [false, true] {
        let mut state = with_bob_open(vec![message(900, "bob", "alice")]);
        state.update(wanted(5), 0);
        around(&mut state, &[5], false);
        let effects = if is_written { write(&mut state, "hi", "m1") } else { state.update(Event::NewestWanted, 0) };
        assert!(effects.contains(&Effect::LoadMessages { peer: peer("bob"), before: None }));
    }
}

#[test]
fn a_message_that_is_here_is_shown_without_asking() {
    let mut state = with_bob_open(vec![message(5, "bob", "alice")]);
    assert!(!state.update(wanted(5), 0).iter().any(|effect| matches!(effect, Effect::Ask(_))));
    assert_eq!(state.panel.handling.wanted, Some(MessageId(5)));
    state.update(Event::MessageShown, 0);
    assert_eq!((state.panel.handling.wanted, state.panel.handling.marked), (None, Some(MessageId(5))));
}

#[test]
fn the_search_of_new_people_does_not_stay_in_the_list() {
    let mut state = with_two();
    state.update(Event::ScreenOpened(Screen::NewChat), 0);
    state.update(Event::SearchChanged("bob".into()), 0);
    state.update(Event::ScreenOpened(Screen::Conversation(Peer::User(uid("bob")))), 0);
    assert!(state.people.search.is_empty());
}

#[test]
fn a_deletion_can_be_taken_back_until_the_word_of_it_goes() {
    let mut state = with_two();
    let deletes = |effects: &[Effect]| {
        effects.iter().any(|effect| matches!(effect, Effect::Ask(request) if request.what == What::DeleteConversation))
    };
    assert!(!deletes(&does(&mut state, ListEvent::Deleted(peer("bob")))));
    assert_eq!((state.listed(), state.panel.toast), (vec![peer("carol")], Some(Toast::Deleted)));
    does(&mut state, ListEvent::DeletionUndone);
    assert_eq!((state.listed(), state.panel.toast), (vec![peer("bob"), peer("carol")], None));
    assert!(!deletes(&state.update(Event::Fired(Timer::ToastOver), 0)));
    does(&mut state, ListEvent::Deleted(peer("bob")));
    assert!(deletes(&state.update(Event::Fired(Timer::ToastOver), 0)));
    assert_eq!(state.conversations.in_order(), [peer("carol")]);
}

#[test]
fn a_deletion_is_final_when_the_visitor_goes_and_when_another_begins() {
    for event in [Event::Closed, Event::PageVisible(false), Event::Listing(ListEvent::Deleted(peer("carol")))] {
        let mut state = with_two();
        does(&mut state, ListEvent::Deleted(peer("bob")));
        let effects = state.update(event, 0);
        assert_eq!(asked(&effects), &Request::of(What::DeleteConversation, &peer("bob")));
    }
}

#[test]
fn nobody_deletes_a_message_that_they_have_not_seen() {
    let mut state = with_two();
    does(&mut state, ListEvent::Deleted(peer("bob")));
    receive(&mut state, message(12, "bob", "alice"));
    assert_eq!((state.listed(), state.panel.toast), (vec![peer("bob"), peer("carol")], None));
    assert!(state.update(Event::Fired(Timer::ToastOver), 0).is_empty());
}

#[test]
fn a_link_leads_to_the_message_in_whichever_conversation_it_is() {
    let mut state = State::default();
    state.update(Event::ViewerChanged(Some(viewer("alice"))), 0);
    state.update(Event::Linked(MessageId(7)), 0);
    state.update(Event::Opened, 0);
    let effects = answer(&mut state, Answer::Connected(Ok(Link::Connected)));
    let request = asked(&effects).clone();
    assert_eq!((request.what, request.id, &request.peer), (What::MessagesAround, MessageId(7), &None));
    let reply = Reply { messages: vec![message(7, "carol", "alice")], ..Reply::default() };
    answer(&mut state, Answer::Asked { request: request.clone(), result: Ok(reply) });
    assert_eq!(state.panel.screen, Screen::Conversation(peer("carol")));
    assert_eq!(state.panel.handling.wanted, Some(MessageId(7)));
    answer(&mut state, Answer::Asked { request, result: Err(SdkError::Offline) });
    assert_eq!(state.panel.toast, Some(Toast::NotThere));
}

#[test]
fn whoever_opens_what_is_about_to_be_deleted_keeps_it() {
    let mut state = with_two();
    does(&mut state, ListEvent::Deleted(peer("bob")));
    state.update(Event::ScreenOpened(Screen::Conversation(peer("bob"))), 0);
    assert_eq!((state.panel.toast, state.conversations.in_order().len()), (None, 2));
    assert!(state.update(Event::Fired(Timer::ToastOver), 0).is_empty());
}

#[test]
fn a_list_that_was_on_its_way_brings_nothing_back_that_went_meanwhile() {
    let mut state = with_two();
    state.load_conversations(1, &mut Vec::new());
    does(&mut state, ListEvent::Deleted(peer("bob")));
    state.update(Event::Fired(Timer::ToastOver), 0);
    let list = vec![conversation("bob", 1, message(9, "bob", "alice"))];
    answer(&mut state, Answer::Conversations { page: 1, result: Ok(list.clone()) });
    assert_eq!(state.conversations.in_order(), [peer("carol")]);
    state.load_conversations(1, &mut Vec::new());
    answer(&mut state, Answer::Conversations { page: 1, result: Ok(list) });
    assert_eq!(state.conversations.in_order().len(), 2, "what the cloud still has was not deleted");
}

#[test]
fn a_deletion_is_final_once_another_word_takes_the_place_of_its_undo() {
    let mut state = with_two();
    does(&mut state, ListEvent::Deleted(peer("bob")));
    let report = Request::new(What::Report);
    let effects = answer(&mut state, Answer::Asked { request: report, result: Ok(Reply::default()) });
    assert_eq!(asked(&effects), &Request::of(What::DeleteConversation, &peer("bob")));
    assert_eq!((state.panel.toast, state.listing.deleting), (Some(Toast::Reported), None));
}
