use std::rc::Rc;

use super::fixtures::*;
use crate::{
    model::{
        chat::{Message, Moderation, Peer, Reaction},
        event::{ChatEvent, ReceiptKind},
        ids::MessageId,
    },
    sdk::{Request, SdkError, What, request::Reply},
    widget::state::{
        Answer, Delivery, Effect, Event, Loaded, MessageAnswer, MessageEffect, MessageEvent, Screen, Sheet, State,
        Toast, readable,
    },
};

fn act(state: &mut State, event: MessageEvent) -> Vec<Effect> {
    state.update(event.into(), 0)
}

fn answered(state: &mut State, given: MessageAnswer) -> Vec<Effect> {
    answer(state, Answer::Message(given))
}

fn known(state: &State, id: u64) -> Rc<Message> {
    state.timelines[&peer("bob")].messages[&MessageId(id)].clone()
}

fn reactions(state: &State, id: u64) -> Vec<(String, u32, bool)> {
    known(state, id).reactions.iter().map(|one| (one.emoji.clone(), one.count, one.mine)).collect()
}

fn with_reaction(id: u64, count: u32, mine: bool) -> Message {
    let mut message = message(id, "bob", "alice");
    message.reactions.push(Reaction { emoji: "👍".into(), count, mine });
    message
}

fn toggled(id: u64) -> MessageEvent {
    MessageEvent::ReactionToggled { id: MessageId(id), emoji: "👍".into() }
}

#[test]
fn a_reaction_is_shown_at_once_and_asked_of_the_cloud() {
    let mut state = with_bob_open(vec![message(1, "bob", "alice")]);
    let effects = act(&mut state, toggled(1));
    assert_eq!(reactions(&state, 1), [("👍".into(), 1, true)]);
    let asked = MessageEffect::React { peer: peer("bob"), id: MessageId(1), emoji: "👍".into(), added: true };
    assert!(effects.contains(&asked.into()), "{effects:?}");
    assert_eq!(state.emoji.recent, ["👍"]);
}

#[test]
fn a_second_press_takes_the_reaction_away_and_leaves_those_of_others() {
    let mut state = with_bob_open(vec![with_reaction(1, 2, true)]);
    act(&mut state, toggled(1));
    assert_eq!(reactions(&state, 1), [("👍".into(), 1, false)]);
    let mut state = with_bob_open(vec![with_reaction(1, 1, true)]);
    act(&mut state, toggled(1));
    assert_eq!(reactions(&state, 1), []);
}

#[test]
fn a_refused_reaction_is_said_and_the_cloud_is_asked_how_it_is() {
    let mut state = with_bob_open(vec![message(1, "bob", "alice")]);
    act(&mut state, toggled(1));
    let result = Err(SdkError::Offline);
    let effects = answered(&mut state, MessageAnswer::Marked { peer: peer("bob"), id: MessageId(1), result });
    assert_eq!(state.panel.toast, Some(Toast::Failed));
    assert!(effects.contains(&MessageEffect::Refresh { peer: peer("bob"), id: MessageId(1) }.into()));
}

#[test]
fn a_reaction_told_twice_is_asked_for_once_at_a_time_and_counts_once() {
    let mut state = with_bob_open(vec![message(1, "bob", "alice")]);
    let refresh: Effect = MessageEffect::Refresh { peer: peer("bob"), id: MessageId(1) }.into();
    let touched = ChatEvent::MessageTouched { id: MessageId(1) };
    assert_eq!(chat(&mut state, touched.clone()), std::slice::from_ref(&refresh));
    assert_eq!(chat(&mut state, touched.clone()), []);
    let given = |count| MessageAnswer::Refreshed {
        peer: peer("bob"),
        id: MessageId(1),
        result: Ok(with_reaction(1, count, false)),
    };
    // What was told meanwhile may be newer than the answer.
    assert_eq!(answered(&mut state, given(1)), [refresh]);
    assert_eq!(answered(&mut state, given(1)), []);
    assert_eq!(reactions(&state, 1), [("👍".into(), 1, false)]);
}

#[test]
fn of_a_message_that_is_not_here_nothing_is_asked() {
    let mut state = with_bob_open(vec![message(1, "bob", "alice")]);
    assert_eq!(chat(&mut state, ChatEvent::MessageTouched { id: MessageId(9) }), []);
}

#[test]
fn an_edit_that_comes_without_reactions_takes_none_away() {
    let mut state = with_bob_open(vec![with_reaction(1, 2, false)]);
    chat(&mut state, ChatEvent::MessageEdited { message: edited(message(1, "bob", "alice"), 9, "new") });
    assert_eq!(reactions(&state, 1), [("👍".into(), 2, false)]);
}

#[test]
fn the_next_message_answers_what_was_quoted_and_the_one_after_it_nothing() {
    let mut state = with_bob_open(vec![message(1, "bob", "alice")]);
    act(&mut state, MessageEvent::QuoteStarted(MessageId(1)));
    let quoted = |effects: Vec<Effect>| {
        effects
            .into_iter()
            .find_map(|effect| if let Effect::Send { quoted, .. } = effect { Some(quoted) } else { None })
    };
    state.update(Event::Composed("yes".into()), 0);
    let effects = state.update(Event::Submitted { muid: "m1".into(), at: 1 }, 0);
    assert_eq!(quoted(effects), Some(Some(MessageId(1))));
    let mut sent = message(2, "alice", "bob");
    sent.muid = Some("m1".into());
    state.update(Event::Composed("and".into()), 0);
    state.update(Event::Submitted { muid: "m2".into(), at: 1 }, 0);
    let effects = answer(&mut state, Answer::Sent { peer: peer("bob"), muid: "m1".into(), result: Ok(sent) });
    assert_eq!(quoted(effects), Some(None));
}

fn thread() -> Peer {
    peer("bob").thread(MessageId(1))
}

fn reply(id: u64, from: &str, to: &str) -> Message {
    Message { parent_id: Some(MessageId(1)), ..message(id, from, to) }
}

#[test]
fn a_thread_is_a_conversation_of_its_own_under_its_message() {
    let mut state = with_bob_open(vec![message(1, "bob", "alice")]);
    let effects = act(&mut state, MessageEvent::ThreadOpened(MessageId(1)));
    assert_eq!(state.panel.screen, Screen::Conversation(thread()));
    assert!(effects.contains(&Effect::LoadMessages { peer: thread(), before: None }), "{effects:?}");
    assert_eq!(state.timelines[&thread()].parent.as_ref().map(|parent| parent.id), Some(MessageId(1)));
    answer(&mut state, Answer::Messages { peer: thread(), before: None, result: Ok(vec![]) });
    state.update(Event::Composed("within".into()), 0);
    let effects = state.update(Event::Submitted { muid: "m1".into(), at: 1 }, 0);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Send { peer, .. } if *peer == thread())));
    assert!(state.timelines[&peer("bob")].pending.is_empty());
}

#[test]
fn a_reply_stands_in_its_thread_only_and_its_message_is_counted_anew() {
    let mut state = with_bob_open(vec![message(1, "alice", "bob")]);
    let effects = chat(&mut state, ChatEvent::MessageReceived { message: reply(2, "bob", "alice") });
    assert!(!state.timelines[&peer("bob")].messages.contains_key(&MessageId(2)));
    assert!(effects.contains(&MessageEffect::Refresh { peer: peer("bob"), id: MessageId(1) }.into()), "{effects:?}");
}

#[test]
fn a_reply_in_the_open_thread_is_read() {
    let mut state = with_bob_open(vec![message(1, "alice", "bob")]);
    act(&mut state, MessageEvent::ThreadOpened(MessageId(1)));
    answer(&mut state, Answer::Messages { peer: thread(), before: None, result: Ok(vec![]) });
    let effects = chat(&mut state, ChatEvent::MessageReceived { message: reply(2, "bob", "alice") });
    assert!(state.timelines[&thread()].messages.contains_key(&MessageId(2)));
    let is_read = |effect: &Effect| matches!(effect, Effect::MarkRead { message: Some(read), .. } if read.id.0 == 2);
    assert!(effects.iter().any(is_read), "{effects:?}");
}

#[test]
fn a_quoted_message_that_is_here_is_brought_into_sight_and_any_other_is_asked_for() {
    let newest: Vec<_> = (101..=200).map(|id| message(id, "bob", "alice")).collect();
    let mut state = with_bob_open(newest);
    assert_eq!(act(&mut state, MessageEvent::Wanted(MessageId(150))), []);
    assert_eq!(state.panel.handling.wanted, Some(MessageId(150)));
    let around = Request::of(What::MessagesAround, &peer("bob")).id(MessageId(7));
    assert_eq!(act(&mut state, MessageEvent::Wanted(MessageId(7))), [Effect::Ask(around)]);
}

#[test]
fn a_message_that_is_nowhere_is_said_to_be_gone() {
    let mut state = with_bob_open(vec![message(5, "bob", "alice")]);
    act(&mut state, MessageEvent::Wanted(MessageId(2)));
    let request = Request::of(What::MessagesAround, &peer("bob")).id(MessageId(2));
    let reply = Reply { messages: vec![message(5, "bob", "alice")], is_first: true, is_last: true, ..Reply::default() };
    answer(&mut state, Answer::Asked { request, result: Ok(reply) });
    assert_eq!((state.panel.toast, state.panel.handling.wanted), (Some(Toast::NotThere), None));
}

#[test]
fn a_saved_message_opens_its_own_conversation() {
    let mut state = with_bob_open(vec![message(1, "bob", "alice")]);
    state.update(Event::ScreenOpened(Screen::List), 0);
    act(&mut state, MessageEvent::SheetOpened(Sheet::marked(None)));
    let saved = Message { saved_at: Some(3), ..message(4, "carol", "alice") };
    answered(&mut state, MessageAnswer::MarkedList { peer: None, result: Ok(vec![saved]) });
    act(&mut state, MessageEvent::Wanted(MessageId(4)));
    assert_eq!((state.panel.screen.clone(), state.panel.sheet.clone()), (Screen::Conversation(peer("carol")), None));
}

#[test]
fn what_is_unpinned_leaves_the_list_of_the_pinned() {
    let pinned = Message { pinned_at: Some(3), ..message(1, "bob", "alice") };
    let mut state = with_bob_open(vec![pinned.clone()]);
    act(&mut state, MessageEvent::SheetOpened(Sheet::marked(Some(peer("bob")))));
    answered(&mut state, MessageAnswer::MarkedList { peer: Some(peer("bob")), result: Ok(vec![pinned]) });
    let effects = act(&mut state, MessageEvent::PinToggled(MessageId(1)));
    assert_eq!(effects, [MessageEffect::Pin { peer: peer("bob"), id: MessageId(1), on: false }.into()]);
    let result = Ok(message(1, "bob", "alice"));
    answered(&mut state, MessageAnswer::Marked { peer: peer("bob"), id: MessageId(1), result });
    assert_eq!(state.panel.sheet, Some(Sheet::Marked { peer: Some(peer("bob")), messages: Loaded::Here(vec![]) }));
    assert_eq!(known(&state, 1).pinned_at, None);
}

#[test]
fn what_is_made_unread_is_left_and_counted_by_the_cloud() {
    let mut state = with_bob_open(vec![message(1, "bob", "alice"), message(2, "bob", "alice")]);
    let effects = act(&mut state, MessageEvent::UnreadFrom(MessageId(2)));
    assert_eq!(state.panel.screen, Screen::List);
    let asked = Request::of(What::MarkUnread, &peer("bob")).id(MessageId(2));
    assert!(effects.contains(&Effect::Ask(asked)), "{effects:?}");
    let counted = conversation("bob", 1, message(2, "bob", "alice"));
    answer(&mut state, Answer::Conversation { peer: peer("bob"), result: Ok(Some(Box::new(counted))) });
    assert_eq!(state.conversations.rows[&peer("bob")].unread(), 1);
}

#[test]
fn a_text_names_whom_it_mentions_and_keeps_every_other_bracket() {
    let mentions = [person("bob")];
    assert_eq!(readable("hi <@uid:bob>, <@uid:zoe> <@ <b> <@x", &mentions), "hi @bob, @zoe <@ <b> <@x");
    assert_eq!(readable("a <@ b: c > d <@x:y>", &mentions), "a <@ b: c > d <@x:y>");
    assert_eq!(readable("", &mentions), "");
    assert_eq!(readable("<@all:all>", &mentions), "@all");
}

fn in_group(people: &[&str]) -> State {
    let mut state = connected();
    state.update(Event::Opened, 0);
    state.update(Event::ScreenOpened(Screen::Conversation(Peer::Group("g1".into()))), 0);
    for name in people {
        state.update(Event::Composed("@".into()), 0);
        act(&mut state, MessageEvent::MentionTaken(Box::new(person(name))));
        state.update(Event::Composed(String::new()), 0);
    }
    state
}

fn sent_text(state: &mut State, text: &str) -> String {
    let effects = write(state, text, "m1");
    let sent =
        effects.into_iter().find_map(|effect| if let Effect::Send { text, .. } = effect { Some(text) } else { None });
    sent.unwrap()
}

#[test]
fn a_name_is_a_mention_only_where_it_stands_by_itself_and_was_chosen() {
    let cases = [
        ("hi @bob, all", "hi <@uid:bob>, all"),
        ("@bobby and @bob", "@bobby and <@uid:bob>"),
        ("mail joe@all.com", "mail joe@all.com"),
        ("@u @uid <@uid:x>", "<@uid:u> @uid <@uid:x>"),
        ("@all", "<@all:all>"),
    ];
    for (written, expected) in cases {
        let mut state = in_group(&["bob", "all", "u"]);
        assert_eq!(sent_text(&mut state, written), expected);
    }
}

#[test]
fn enter_takes_nobody_who_was_found_for_fewer_letters() {
    let mut state = in_group(&[]);
    state.update(Event::Composed("@b".into()), 0);
    answered(&mut state, MessageAnswer::Members { search: "b".into(), result: Ok(vec![person("bob")]) });
    assert_eq!(state.chosen_mention().map(|one| one.uid.clone()), Some(uid("bob")));
    state.update(Event::Composed("@b thanks".into()), 0);
    assert_eq!(state.chosen_mention(), None);
}

#[test]
fn an_edit_that_is_given_up_takes_its_search_for_a_name_along() {
    let mut state = with_bob_open(vec![message(1, "alice", "bob")]);
    state.update(Event::EditStarted(MessageId(1)), 0);
    state.update(Event::Composed("hi @bo".into()), 0);
    assert!(state.panel.mention.is_some());
    state.update(Event::EditCancelled, 0);
    assert_eq!(state.panel.mention, None);
}

#[test]
fn what_came_into_a_thread_while_it_was_left_is_read_when_it_is_opened_again() {
    let mut state = with_bob_open(vec![message(1, "alice", "bob")]);
    act(&mut state, MessageEvent::ThreadOpened(MessageId(1)));
    answer(&mut state, Answer::Messages { peer: thread(), before: None, result: Ok(vec![]) });
    state.update(Event::ScreenOpened(Screen::Conversation(peer("bob"))), 0);
    chat(&mut state, ChatEvent::MessageReceived { message: reply(2, "bob", "alice") });
    act(&mut state, MessageEvent::ThreadOpened(MessageId(1)));
    let parent = Message { replies: 1, unread_replies: 1, ..message(1, "alice", "bob") };
    let now = MessageAnswer::Refreshed { peer: thread(), id: MessageId(1), result: Ok(parent) };
    let effects = answered(&mut state, now);
    let is_read = |effect: &Effect| matches!(effect, Effect::MarkRead { message: Some(read), .. } if read.id.0 == 2);
    assert!(effects.iter().any(is_read), "{effects:?}");
    assert_eq!(known(&state, 1).unread_replies, 0);
}

#[test]
fn a_thread_tells_nobody_that_the_conversation_around_it_was_read() {
    let mut state = with_bob_open(vec![message(1, "alice", "bob")]);
    act(&mut state, MessageEvent::ThreadOpened(MessageId(1)));
    answer(&mut state, Answer::Messages { peer: thread(), before: None, result: Ok(vec![]) });
    receive(&mut state, message(2, "bob", "alice"));
    let effects = chat(&mut state, ChatEvent::MessageReceived { message: reply(3, "bob", "alice") });
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::MarkRead { .. })), "{effects:?}");
}

#[test]
fn a_decision_told_before_the_answer_is_asked_for_and_no_older_word_undoes_it() {
    let stands = |moderation| Message { moderation, ..message(5, "alice", "bob") };
    let mut state = with_bob_open(vec![]);
    write(&mut state, "dubious", "m");
    chat(&mut state, ChatEvent::MessageMarked { message: stands(Moderation::Disapproved) });
    let sent = Answer::Sent { peer: peer("bob"), muid: "m".into(), result: Ok(stands(Moderation::Pending)) };
    let effects = answer(&mut state, sent);
    assert!(effects.contains(&MessageEffect::Refresh { peer: peer("bob"), id: MessageId(5) }.into()), "{effects:?}");
    let refreshed =
        |moderation| MessageAnswer::Refreshed { peer: peer("bob"), id: MessageId(5), result: Ok(stands(moderation)) };
    answered(&mut state, refreshed(Moderation::Disapproved));
    answered(&mut state, refreshed(Moderation::Pending));
    assert_eq!(known(&state, 5).moderation, Moderation::Disapproved);
    let again = Message { edited_at: Some(9), ..stands(Moderation::Pending) };
    answered(&mut state, MessageAnswer::Refreshed { peer: peer("bob"), id: MessageId(5), result: Ok(again) });
    assert_eq!(known(&state, 5).moderation, Moderation::Pending, "what was edited since is looked at anew");
}

#[test]
fn what_is_withheld_is_not_read_though_something_after_it_was() {
    for (moderation, expected) in [(Moderation::Disapproved, Delivery::Sent), (Moderation::Approved, Delivery::Read)] {
        let withheld = Message { moderation, ..message(5, "alice", "bob") };
        let mut state = with_bob_open(vec![withheld, message(6, "alice", "bob")]);
        let read = ChatEvent::Receipt {
            kind: ReceiptKind::Read,
            message_id: MessageId(6),
            reader: uid("bob"),
            peer: peer("bob"),
            at: 3,
        };
        chat(&mut state, read);
        let timeline = &state.timelines[&peer("bob")];
        assert_eq!(timeline.delivery(&known(&state, 5)), expected);
        assert_eq!(timeline.delivery(&known(&state, 6)), Delivery::Read);
    }
}
