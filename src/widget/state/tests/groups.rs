//! Groups: what happens in them, and what the visitor does with them.

use super::fixtures::*;
use crate::{
    model::{
        chat::{Content, Counterpart, Deed, Group, GroupKind, Happening, Member, Message, Peer, Scope},
        event::{ChatEvent, ReceiptKind},
        ids::MessageId,
    },
    sdk::{FileRequest, Request, SdkError, What, request::Reply},
    widget::state::{
        Answer, ContentEvent, Delivery, Effect, Event, GroupEvent, ListEvent, Screen, State, Timer, Trouble, Voice,
        groups::{Asking, Field, Loss, Pane, Question},
    },
};

fn team() -> Group {
    Group { guid: "team".into(), name: "Team".into(), scope: Some(Scope::Participant), members: 3, ..Group::default() }
}

fn team_peer() -> Peer {
    Peer::Group("team".into())
}

fn does(state: &mut State, event: GroupEvent) -> Vec<Effect> {
    state.update(Event::Group(event), 0)
}

fn answered(state: &mut State, request: Request, result: Result<Reply, SdkError>) -> Vec<Effect> {
    answer(state, Answer::Asked { request, result })
}

fn with_team_open() -> State {
    let mut state = connected();
    state.update(Event::Opened, 0);
    state.update(Event::ConversationOpened(Counterpart::Group(team())), 0);
    answer(&mut state, Answer::Messages { peer: team_peer(), before: None, result: Ok(vec![]) });
    state
}

fn happens(state: &mut State, id: u64, deed: Deed, by: &str, on: &str) -> Vec<Effect> {
    let happening = Happening { deed, by: person(by), on: person(on), members: Some(2) };
    let content = Content::Action { text: "in the SDK's words".into(), happening: Some(Box::new(happening)) };
    receive(state, Message::new(MessageId(id), person(by), team_peer(), content, 1))
}

fn refusal(code: &str) -> SdkError {
    SdkError::Cloud { code: code.into(), message: String::new() }
}

#[test]
fn whoever_is_kicked_loses_the_composer_at_once_and_knows_why() {
    let mut state = with_team_open();
    does(&mut state, GroupEvent::PaneOpened(Pane::Overview));
    happens(&mut state, 5, Deed::Kicked, "bob", "alice");
    assert_eq!(state.loss(&team_peer()), Some(Loss::Kicked));
    assert!(state.pane().is_none(), "the pane is of a group that is none of hers");
    let left = Group { left: true, scope: None, ..team() };
    let request = Request::of(What::Group, &team_peer());
    answered(&mut state, request, Ok(Reply { groups: vec![left], ..Reply::default() }));
    assert_eq!(state.loss(&team_peer()), Some(Loss::Kicked), "the cloud says less than was told");
    assert!(state.is_open_again(&team_peer()).is_some());
}

#[test]
fn what_happens_to_a_group_is_nothing_unread() {
    let mut state = connected();
    happens(&mut state, 5, Deed::Added, "bob", "carol");
    assert_eq!(state.conversations.unread(), 0);
    assert_eq!(state.conversations.in_order(), [team_peer()]);
}

#[test]
fn the_count_of_members_follows_what_happens() {
    let mut state = with_team_open();
    happens(&mut state, 5, Deed::Left, "bob", "bob");
    assert_eq!(state.group("team").map(|group| group.members), Some(2));
}

#[test]
fn an_open_pane_asks_for_its_members_again() {
    let mut state = with_team_open();
    does(&mut state, GroupEvent::PaneOpened(Pane::Overview));
    let effects = happens(&mut state, 5, Deed::Joined, "bob", "bob");
    assert!(effects.contains(&Effect::Ask(Request::of(What::GroupMembers, &team_peer()))));
    let members = vec![Member { person: person("bob"), scope: Scope::Moderator }];
    let request = Request::of(What::GroupMembers, &team_peer());
    answered(&mut state, request, Ok(Reply { members, ..Reply::default() }));
    assert_eq!(state.groups.info.as_ref().map(|info| info.members.len()), Some(1));
}

#[test]
fn a_refusal_of_the_cloud_is_a_loss_and_a_dead_network_is_none() {
    for (error, loss) in [
        (refusal("ERR_BANNED_GROUPMEMBER"), Some(Loss::Banned)),
        (refusal("ERR_GROUP_NOT_JOINED"), Some(Loss::NotIn)),
        (refusal("ERR_GUID_NOT_FOUND"), Some(Loss::Gone)),
        (SdkError::Offline, None),
    ] {
        let mut state = with_team_open();
        answered(&mut state, Request::of(What::Group, &team_peer()), Err(error));
        assert_eq!(state.loss(&team_peer()), loss);
    }
}

#[test]
fn who_is_let_in_again_can_write_again() {
    let mut state = with_team_open();
    happens(&mut state, 5, Deed::Banned, "bob", "alice");
    assert!(state.is_open_again(&team_peer()).is_none());
    let effects = happens(&mut state, 6, Deed::Added, "bob", "alice");
    assert_eq!(state.loss(&team_peer()), None);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::LoadMessages { .. })), "what was missed");
}

#[test]
fn a_wrong_password_keeps_the_question_open() {
    let mut state = connected();
    let club = Group { left: true, kind: GroupKind::Password, ..team() };
    does(&mut state, GroupEvent::Chosen(Box::new(club)));
    does(&mut state, GroupEvent::Remarked("guess".into()));
    let effects = does(&mut state, GroupEvent::Confirmed);
    let Some(Effect::Ask(request)) = effects.first() else { panic!("nothing asked") };
    assert_eq!((request.what, request.said("password")), (What::JoinGroup, "guess"));
    assert!(does(&mut state, GroupEvent::Confirmed).is_empty(), "one at a time");
    answered(&mut state, request.clone(), Err(refusal("ERR_WRONG_GROUP_PASS")));
    let dialog = state.groups.dialog.as_ref().unwrap();
    assert_eq!((dialog.busy, dialog.failed), (false, Some(Trouble::WrongPassword)));
    answered(&mut state, request.clone(), Ok(Reply { groups: vec![team()], ..Reply::default() }));
    assert_eq!(state.panel.screen, Screen::Conversation(team_peer()));
}

#[test]
fn a_form_is_sent_with_a_name_and_for_a_password_group_with_a_password() {
    let mut state = connected();
    state.update(Event::ScreenOpened(Screen::NewGroup), 0);
    assert!(!state.is_form_sendable());
    does(&mut state, GroupEvent::Typed(Field::Name, " Crew ".into()));
    assert!(state.is_form_sendable());
    does(&mut state, GroupEvent::KindChosen(GroupKind::Password));
    assert!(!state.is_form_sendable());
    does(&mut state, GroupEvent::Typed(Field::Password, "secret".into()));
    does(&mut state, GroupEvent::Picked(person("bob")));
    let effects = does(&mut state, GroupEvent::Submitted("new-id".into()));
    let Some(Effect::Ask(request)) = effects.first() else { panic!("nothing asked") };
    assert_eq!((request.guid(), request.said("name"), request.said("kind")), ("new-id", "Crew", "password"));
    assert_eq!(request.names, ["bob"]);
    assert!(does(&mut state, GroupEvent::Submitted("again".into())).is_empty(), "it is under way");
    answered(&mut state, request.clone(), Err(SdkError::Offline));
    assert_eq!(state.groups.form.failed, Some(Trouble::Offline));
    assert!(state.is_form_sendable(), "once more");
}

#[test]
fn leaving_takes_the_group_out_of_the_list() {
    let mut state = with_team_open();
    happens(&mut state, 5, Deed::Added, "bob", "carol");
    let request = Request::of(What::LeaveGroup, &team_peer());
    let question = Question { asking: Asking::Leave, name: "Team".into(), request: request.clone() };
    does(&mut state, GroupEvent::Asked(Box::new(question)));
    does(&mut state, GroupEvent::Confirmed);
    answered(&mut state, request, Ok(Reply::default()));
    assert!(state.groups.dialog.is_none() && state.conversations.in_order().is_empty());
    assert_eq!(state.panel.screen, Screen::List);
}

#[test]
fn a_report_needs_a_reason() {
    let mut state = with_bob_open(vec![message(1, "bob", "alice")]);
    let request = Request::new(What::Report).id(MessageId(1));
    let question = Question { asking: Asking::Report, name: "bob".into(), request };
    let effects = does(&mut state, GroupEvent::Asked(Box::new(question)));
    assert!(effects.contains(&Effect::Ask(Request::new(What::FlagReasons))));
    assert!(does(&mut state, GroupEvent::Confirmed).is_empty());
    does(&mut state, GroupEvent::ReasonChosen("spam".into()));
    let effects = does(&mut state, GroupEvent::Confirmed);
    assert!(matches!(effects.first(), Some(Effect::Ask(request)) if request.said("reasonId") == "spam"));
}

#[test]
fn ones_own_leaving_in_another_tab_takes_the_row_out_for_good() {
    let mut state = connected();
    happens(&mut state, 5, Deed::Added, "bob", "carol");
    happens(&mut state, 6, Deed::Left, "alice", "alice");
    assert!(state.conversations.in_order().is_empty());
}

#[test]
fn whoever_is_unbanned_is_asked_about_again_and_may_join() {
    let mut state = with_team_open();
    happens(&mut state, 5, Deed::Banned, "bob", "alice");
    let effects = happens(&mut state, 6, Deed::Unbanned, "bob", "alice");
    let request = Request::of(What::Group, &team_peer());
    assert!(effects.contains(&Effect::Ask(request.clone())));
    let left = Group { left: true, scope: None, ..team() };
    answered(&mut state, request, Ok(Reply { groups: vec![left], ..Reply::default() }));
    assert_eq!(state.loss(&team_peer()), Some(Loss::NotIn));
    assert!(state.is_open_again(&team_peer()).is_some());
}

#[test]
fn a_microphone_is_off_when_its_composer_is_taken_away() {
    let mut state = with_team_open();
    state.update(Event::Content(ContentEvent::RecordingWanted), 0);
    let effects = happens(&mut state, 5, Deed::Kicked, "bob", "alice");
    assert_eq!(state.content.voice, Voice::Silent);
    assert!(effects.contains(&FileRequest::End { keep: false }.into()));
}

#[test]
fn only_who_moderates_a_group_is_offered_its_pins() {
    let mut state = with_team_open();
    assert!(!state.may_pin());
    happens(&mut state, 5, Deed::Ranked(Scope::Moderator), "bob", "alice");
    assert!(state.may_pin());
    assert!(with_bob_open(vec![]).may_pin());
}

#[test]
fn an_answer_for_a_pane_that_was_left_changes_no_other() {
    let mut state = with_team_open();
    let request = Request::of(What::SharedFiles, &peer("bob"));
    does(&mut state, GroupEvent::PaneOpened(Pane::Shared));
    let messages = vec![message(9, "bob", "alice")];
    answered(&mut state, request, Ok(Reply { messages: messages.clone(), ..Reply::default() }));
    assert_eq!(state.groups.info.as_ref().map(|info| info.shared.len()), Some(0));
    let own = Request::of(What::SharedFiles, &team_peer());
    answered(&mut state, own.clone(), Ok(Reply { messages: messages.clone(), ..Reply::default() }));
    answered(&mut state, own, Ok(Reply { messages, ..Reply::default() }));
    assert_eq!(state.groups.info.as_ref().map(|info| info.shared.len()), Some(1), "each once");
}

#[test]
fn a_late_answer_to_joining_takes_nobody_out_of_another_conversation() {
    let mut state = with_bob_open(vec![]);
    let request = Request::of(What::JoinGroup, &team_peer());
    answered(&mut state, request, Ok(Reply { groups: vec![team()], ..Reply::default() }));
    assert_eq!(state.panel.screen, Screen::Conversation(peer("bob")));
}

#[test]
fn a_new_login_leaves_no_form_waiting_for_an_answer_that_cannot_come() {
    let mut state = connected();
    state.update(Event::ScreenOpened(Screen::NewGroup), 0);
    does(&mut state, GroupEvent::Typed(Field::Name, "Crew".into()));
    does(&mut state, GroupEvent::Submitted("new-id".into()));
    assert!(!state.is_form_sendable());
    answered(&mut state, Request::of(What::CreateGroup, &team_peer()), Err(SdkError::TokenDead));
    assert!(state.is_form_sendable());
    assert_eq!(state.groups.form.text(Field::Name), "Crew");
}

#[test]
fn a_row_that_the_cloud_has_no_conversation_for_can_be_deleted() {
    let mut state = connected();
    happens(&mut state, 5, Deed::Kicked, "bob", "alice");
    state.update(Event::Listing(ListEvent::Deleted(team_peer())), 0);
    state.update(Event::Fired(Timer::ToastOver), 0);
    let request = Request::of(What::DeleteConversation, &team_peer());
    answered(&mut state, request, Err(refusal("ERR_CONVERSATION_NOT_ACCESSIBLE")));
    assert!(state.conversations.in_order().is_empty());
    assert_eq!(state.panel.toast, None, "that is no trouble");
}

#[test]
fn ticks_in_a_group_move_when_everybody_has_read() {
    let mut state = with_team_open();
    let content = Content::Text { text: "hello".into() };
    let own = Message::new(MessageId(7), person("alice"), team_peer(), content, 1);
    receive(&mut state, own.clone());
    let read = |by_all| ChatEvent::Receipt {
        kind: ReceiptKind::Read,
        message_id: MessageId(7),
        reader: uid("bob"),
        peer: team_peer(),
        by_all,
    };
    chat(&mut state, read(false));
    assert_eq!(state.timelines.get(&team_peer()).unwrap().delivery(&own), Delivery::Sent, "one is not all");
    chat(&mut state, read(true));
    assert_eq!(state.timelines.get(&team_peer()).unwrap().delivery(&own), Delivery::Read);
}

#[test]
fn a_list_that_was_on_its_way_does_not_know_better_how_many_are_in_a_group() {
    let mut state = with_team_open();
    state.load_conversations(1, &mut Vec::new());
    happens(&mut state, 5, Deed::Left, "bob", "bob");
    let mut older = conversation("bob", 0, message(4, "bob", "alice"));
    older.with = Counterpart::Group(team());
    answer(&mut state, Answer::Conversations { page: 1, result: Ok(vec![older]) });
    assert_eq!(state.group("team").map(|group| group.members), Some(2));
}

#[test]
fn a_group_that_is_joined_from_the_list_beside_a_conversation_opens() {
    let mut state = with_bob_open(vec![]);
    let effects = does(&mut state, GroupEvent::Chosen(Box::new(Group { left: true, ..team() })));
    let request = effects.into_iter().find_map(|effect| match effect {
        Effect::Ask(request) if request.what == What::JoinGroup => Some(request),
        _ => None,
    });
    answered(&mut state, request.unwrap(), Ok(Reply { groups: vec![team()], ..Reply::default() }));
    assert_eq!(state.panel.screen, Screen::Conversation(team_peer()));
}
