//! Files on their way into messages, the viewer and voice notes.

use super::fixtures::{answer, chat, connected, message, peer, person, receive, uid, with_bob_open, write};
use crate::{
    model::{
        chat::{Attachment, Content, FileStep, LocalFile, MediaKind, Message, Problem},
        event::{ChatEvent, Link},
        ids::MessageId,
    },
    sdk::{FileRequest, SdkError},
    widget::state::{
        Answer, ContentAnswer, ContentEvent, Effect, Event, MessageEvent, PendingStatus, State, Unheard, Upload, Voice,
    },
};

fn file(id: u32, kind: MediaKind) -> LocalFile {
    LocalFile { id, kind, name: format!("file {id}"), size: 10, url: Some(format!("blob:{id}")), shape: None }
}

fn take(state: &mut State, files: Vec<LocalFile>) -> Vec<Effect> {
    state.update(ContentEvent::FilesTaken(files).into(), 0)
}

fn told(state: &mut State, id: u32, step: FileStep) -> Vec<Effect> {
    chat(state, ChatEvent::FileMoved { id, step })
}

/// Bob's conversation with these in the tray, uploaded.
fn with_tray(files: Vec<LocalFile>) -> State {
    let mut state = with_bob_open(vec![]);
    let ids: Vec<u32> = files.iter().map(|file| file.id).collect();
    take(&mut state, files);
    for id in ids {
        told(&mut state, id, FileStep::Uploaded);
    }
    state
}

fn sends(effects: &[Effect]) -> Vec<(MediaKind, Vec<u32>, String)> {
    let one = |effect: &Effect| match effect {
        Effect::Content(FileRequest::Send { kind, ids, caption, .. }) => Some((*kind, ids.clone(), caption.clone())),
        _ => None,
    };
    effects.iter().filter_map(one).collect()
}

fn uploads(effects: &[Effect]) -> Vec<Vec<u32>> {
    let one = |effect: &Effect| match effect {
        Effect::Content(FileRequest::Upload { ids, .. }) => Some(ids.clone()),
        _ => None,
    };
    effects.iter().filter_map(one).collect()
}

fn sent(id: u64, muid: &str, kind: &str) -> Message {
    let attachments = vec![Attachment { url: format!("https://cloud/{id}"), ..Attachment::default() }];
    let content = Content::Media { media_type: kind.into(), text: String::new(), attachments };
    Message { muid: Some(muid.into()), content, ..message(id, "alice", "bob") }
}

fn statuses(state: &State) -> Vec<PendingStatus> {
    state.timelines[&peer("bob")].pending.iter().map(|pending| pending.status).collect()
}

#[test]
fn files_are_uploaded_as_soon_as_they_are_chosen() {
    let mut state = with_bob_open(vec![]);
    let effects = take(&mut state, vec![file(1, MediaKind::Image), file(2, MediaKind::File)]);
    assert_eq!(uploads(&effects), [[1, 2]]);
    told(&mut state, 1, FileStep::Uploading(40));
    let running: Vec<_> = state.tray().map(|out| out.upload).collect();
    assert_eq!(running, [Upload::Running(40), Upload::Running(0)]);
}

#[test]
fn what_the_cloud_would_never_take_is_not_tried_again_and_holds_the_message_back() {
    let mut state = with_tray(vec![file(1, MediaKind::Image)]);
    take(&mut state, vec![file(2, MediaKind::Image)]);
    told(&mut state, 2, FileStep::Failed { code: "ERR_FILE_SIZE_EXCEEDED".into(), limit: 0 });
    let last = state.tray().last().unwrap();
    assert_eq!((last.problem(), last.may_be_retried()), (Some(Problem::TooLarge), false));
    assert_eq!(sends(&write(&mut state, "look", "m")), []);
    state.update(ContentEvent::FileRemoved(2).into(), 0);
    assert_eq!(sends(&write(&mut state, "look", "m")).len(), 1);
}

#[test]
fn each_conversation_has_its_own_files() {
    let mut state = with_tray(vec![file(1, MediaKind::Image)]);
    state.update(Event::ScreenOpened(crate::widget::state::Screen::Conversation(peer("carol"))), 0);
    assert!(!state.has_tray());
    assert_eq!(sends(&write(&mut state, "hello", "m")), []);
    state.update(Event::ScreenOpened(crate::widget::state::Screen::Conversation(peer("bob"))), 0);
    assert!(state.has_tray());
}

#[test]
fn a_new_login_is_told_nothing_of_what_was_under_way() {
    let mut state = with_bob_open(vec![]);
    take(&mut state, vec![file(1, MediaKind::Image)]);
    chat(&mut state, ChatEvent::LoggedOut);
    assert!(state.tray().all(crate::widget::state::OutFile::may_be_retried));
}

#[test]
fn a_message_has_files_of_one_kind_and_the_first_has_the_caption() {
    let mut state = with_tray(vec![file(1, MediaKind::Image), file(2, MediaKind::File), file(3, MediaKind::Image)]);
    let first = sends(&write(&mut state, " look ", "m"));
    assert_eq!(first, [(MediaKind::Image, vec![1, 3], "look".into())]);
    let answered = Answer::Sent { peer: peer("bob"), muid: "m".into(), result: Ok(sent(5, "m", "image")) };
    assert_eq!(sends(&answer(&mut state, answered)), [(MediaKind::File, vec![2], String::new())]);
    assert!(!state.has_tray());
}

#[test]
fn what_this_page_sent_it_shows_from_its_own_memory() {
    let mut state = with_tray(vec![file(1, MediaKind::Image)]);
    write(&mut state, "", "m");
    answer(&mut state, Answer::Sent { peer: peer("bob"), muid: "m".into(), result: Ok(sent(5, "m", "image")) });
    assert_eq!(state.content.own, [("https://cloud/5".to_owned(), "blob:1".to_owned())]);
}

#[test]
fn a_message_waits_for_its_files_and_a_text_overtakes_it() {
    let mut state = with_bob_open(vec![]);
    take(&mut state, vec![file(1, MediaKind::Image)]);
    assert_eq!(sends(&write(&mut state, "", "m1")), []);
    let effects = write(&mut state, "meanwhile", "m2");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Send { muid, .. } if muid == "m2")));
    let text = Message { muid: Some("m2".into()), ..message(5, "alice", "bob") };
    answer(&mut state, Answer::Sent { peer: peer("bob"), muid: "m2".into(), result: Ok(text) });
    assert_eq!(sends(&told(&mut state, 1, FileStep::Uploaded)).len(), 1);
}

#[test]
fn an_upload_that_fails_is_tried_again_by_hand_in_the_tray_and_in_the_message() {
    let mut state = with_bob_open(vec![]);
    take(&mut state, vec![file(1, MediaKind::Image)]);
    told(&mut state, 1, FileStep::Failed { code: "ERR_S3_UPLOAD_FAILED".into(), limit: 0 });
    assert!(state.tray().all(|out| out.upload == Upload::Failed(Problem::Network)));
    assert_eq!(uploads(&state.update(ContentEvent::FileRetried(1).into(), 0)), [[1]]);
    write(&mut state, "look", "m");
    told(&mut state, 1, FileStep::Failed { code: "ERR_UPLOAD_STALLED".into(), limit: 0 });
    assert_eq!(statuses(&state), [PendingStatus::Failed]);
    let effects = state.update(Event::RetrySend { muid: "m".into() }, 0);
    assert_eq!(uploads(&effects), [[1]]);
    assert_eq!(sends(&told(&mut state, 1, FileStep::Uploaded)).len(), 1);
}

#[test]
fn a_discarded_message_lets_its_files_go() {
    let mut state = with_tray(vec![file(1, MediaKind::Image)]);
    write(&mut state, "look", "m");
    let refused = SdkError::Cloud { code: "ERR_BLOCKED_SENDER".into(), message: String::new() };
    answer(&mut state, Answer::Sent { peer: peer("bob"), muid: "m".into(), result: Err(refused) });
    assert_eq!(state.timelines[&peer("bob")].pending[0].problem, Some(Problem::BlockedSender));
    let effects = state.update(Event::DiscardSend { muid: "m".into() }, 0);
    assert!(effects.contains(&FileRequest::Drop(vec![1]).into()));
}

#[test]
fn of_a_message_with_files_only_its_caption_outlives_the_page() {
    let mut state = with_bob_open(vec![]);
    take(&mut state, vec![file(1, MediaKind::Image)]);
    let effects = write(&mut state, "words", "m");
    // The draft that was kept while it was written stays.
    assert!(!effects.contains(&Effect::SaveDraft(peer("bob"))));
    assert!(state.saved().outbox.is_empty());
    told(&mut state, 1, FileStep::Uploaded);
    let sent = Answer::Sent { peer: peer("bob"), muid: "m".into(), result: Ok(sent(5, "m", "image")) };
    assert!(answer(&mut state, sent).contains(&Effect::SaveDraft(peer("bob"))));
}

#[test]
fn the_viewer_goes_through_all_pictures_and_ends_at_the_ends() {
    let mut state = with_bob_open(vec![sent(5, "a", "image"), sent(6, "b", "file"), sent(7, "c", "image")]);
    let place = |state: &State| state.viewed().map(|(viewing, _, at, count)| (viewing.message.0, at, count));
    state.update(ContentEvent::Viewed(MessageId(5), 0).into(), 0);
    assert_eq!(place(&state), Some((5, 0, 2)));
    state.update(ContentEvent::ViewerMoved(-1).into(), 0);
    assert_eq!(place(&state), Some((5, 0, 2)));
    for _ in 0..2 {
        state.update(ContentEvent::ViewerMoved(1).into(), 0);
        assert_eq!(place(&state), Some((7, 1, 2)));
    }
    for _ in 0..9 {
        state.update(ContentEvent::ViewerZoomed(1).into(), 0);
    }
    assert_eq!(state.content.viewing.map(|viewing| viewing.zoom), Some(4));
    let deleted = Message { deleted_at: Some(9), ..sent(7, "c", "image") };
    chat(&mut state, ChatEvent::MessageDeleted { message: deleted });
    assert_eq!(place(&state), None);
}

#[test]
fn a_voice_note_is_recorded_heard_and_sent_alone() {
    let mut state = with_tray(vec![file(1, MediaKind::Image)]);
    assert_eq!(state.update(ContentEvent::RecordingWanted.into(), 0), [FileRequest::Record.into()]);
    answer(&mut state, Answer::Content(ContentAnswer::Recording(None)));
    for level in 0..50 {
        chat(&mut state, ChatEvent::Level { seconds: 2, level });
    }
    let Voice::Recording { levels, seconds: 2, .. } = &state.content.voice else { panic!("{:?}", state.content.voice) };
    assert_eq!((levels.len(), levels.last()), (32, Some(&49)));
    state.update(ContentEvent::RecordingStopped.into(), 0);
    answer(&mut state, Answer::Content(ContentAnswer::Recorded(Ok(file(2, MediaKind::Audio)))));
    let effects = state.update(Event::Submitted { muid: "v".into(), at: 1 }, 0);
    assert_eq!(uploads(&effects), [[2]]);
    assert_eq!(sends(&told(&mut state, 2, FileStep::Uploaded)), [(MediaKind::Audio, vec![2], String::new())]);
    assert!(state.has_tray());
}

#[test]
fn a_refused_or_absent_microphone_is_told_apart_and_a_left_conversation_ends_the_recording() {
    for (code, trouble) in [
        ("NotAllowedError", Unheard::Refused),
        ("NotFoundError", Unheard::NoMicrophone),
        ("AbortError", Unheard::Other),
    ] {
        let mut state = with_bob_open(vec![]);
        state.update(ContentEvent::RecordingWanted.into(), 0);
        let refused = SdkError::Cloud { code: code.into(), message: String::new() };
        answer(&mut state, Answer::Content(ContentAnswer::Recording(Some(refused))));
        assert_eq!(state.content.voice, Voice::Unheard(trouble));
        state.update(ContentEvent::RecordingWanted.into(), 0);
        let effects = state.update(Event::Closed, 0);
        assert!(effects.contains(&FileRequest::End { keep: false }.into()));
    }
}

#[test]
fn files_that_come_while_a_message_is_edited_wait_for_the_next_one() {
    let mut state = with_bob_open(vec![message(5, "alice", "bob")]);
    state.update(Event::EditStarted(MessageId(5)), 0);
    assert_eq!(uploads(&take(&mut state, vec![file(1, MediaKind::Image)])), [[1]]);
    state.update(Event::EditCancelled, 0);
    assert!(state.has_tray());
}

#[test]
fn files_for_nobody_are_let_go() {
    let mut state = connected();
    assert_eq!(take(&mut state, vec![file(1, MediaKind::Image)]), [FileRequest::Drop(vec![1]).into()]);
}

#[test]
fn an_upload_that_nobody_could_begin_can_be_begun_again() {
    let mut state = with_bob_open(vec![]);
    take(&mut state, vec![file(1, MediaKind::Image)]);
    answer(&mut state, Answer::Content(ContentAnswer::NotUploaded(vec![1])));
    assert!(state.tray().all(crate::widget::state::OutFile::may_be_retried));
}

#[test]
fn a_message_whose_files_were_cut_off_goes_out_when_the_link_is_back() {
    let mut state = with_tray(vec![file(1, MediaKind::Image)]);
    chat(&mut state, ChatEvent::LinkChanged { link: Link::Disconnected });
    take(&mut state, vec![file(2, MediaKind::Image)]);
    write(&mut state, "look", "m");
    told(&mut state, 2, FileStep::Failed { code: "FAILED_TO_FETCH".into(), limit: 0 });
    assert_eq!(statuses(&state), [PendingStatus::Failed]);
    let effects = chat(&mut state, ChatEvent::LinkChanged { link: Link::Connected });
    assert_eq!((uploads(&effects), statuses(&state)), (vec![vec![2]], vec![PendingStatus::Queued]));
}

#[test]
fn a_refused_file_says_how_much_is_allowed() {
    let mut state = with_bob_open(vec![]);
    take(&mut state, vec![file(1, MediaKind::Image)]);
    told(&mut state, 1, FileStep::Failed { code: "ERR_FILE_COUNT_EXCEEDED".into(), limit: 10 });
    assert_eq!(state.tray().next().map(|out| out.limit), Some(10));
}

#[test]
fn each_message_counts_its_own_files() {
    let mut state = with_tray(vec![file(1, MediaKind::Image)]);
    let begins = |effects: &[Effect]| {
        effects.iter().any(|effect| matches!(effect, Effect::Content(FileRequest::Upload { fresh: true, .. })))
    };
    assert!(!begins(&take(&mut state, vec![file(2, MediaKind::Image)])), "to those that wait");
    write(&mut state, "", "m");
    assert!(begins(&take(&mut state, vec![file(3, MediaKind::Image)])));
}

#[test]
fn a_voice_note_answers_what_was_to_be_answered() {
    let mut state = with_bob_open(vec![message(5, "bob", "alice")]);
    state.update(MessageEvent::QuoteStarted(MessageId(5)).into(), 0);
    state.content.voice = Voice::Recorded(file(2, MediaKind::Audio));
    state.update(Event::Submitted { muid: "v".into(), at: 1 }, 0);
    assert_eq!(state.timelines[&peer("bob")].pending[0].quoted, Some(MessageId(5)));
    assert_eq!(state.panel.quoting, None);
}

#[test]
fn the_microphone_is_off_once_nobody_could_switch_it_off() {
    let recording = |state: &mut State| {
        state.update(ContentEvent::RecordingWanted.into(), 0);
        answer(state, Answer::Content(ContentAnswer::Recording(None)));
    };
    let end = Effect::from(FileRequest::End { keep: false });
    let mut state = with_bob_open(vec![]);
    recording(&mut state);
    let effects = state.update(Event::ViewerChanged(None), 0);
    assert!(effects.contains(&end), "the session ended");
    let mut state = with_bob_open(vec![]);
    recording(&mut state);
    state.groups.blocked.insert(uid("bob"), person("bob"));
    assert!(state.update(Event::MenuClosed, 0).contains(&end), "the composer gave way to the block");
    let mut state = with_bob_open(vec![]);
    recording(&mut state);
    state.update(ContentEvent::RecordingStopped.into(), 0);
    chat(&mut state, ChatEvent::LoggedOut);
    assert_eq!(state.content.voice, Voice::Silent, "the file that was being made is nobody's");
}

#[test]
fn a_text_is_too_long_by_its_bytes_too() {
    let mut state = with_bob_open(vec![]);
    for (text, surplus) in
        [("a".repeat(5000), 0), ("a".repeat(5001), 1), ("中".repeat(3166), 0), ("中".repeat(4000), 833)]
    {
        state.update(Event::Composed(text), 0);
        assert_eq!(state.surplus(), surplus);
    }
}

#[test]
fn another_signature_is_no_other_file() {
    let signed = |by: &str| {
        let mut message = sent(7, "c", "image");
        if let Content::Media { attachments, .. } = &mut message.content {
            attachments[0].url = ["https://cloud/7?Signature=", by].concat();
        }
        message
    };
    let mut state = with_bob_open(vec![signed("a")]);
    receive(&mut state, Message { delivered_at: Some(9), ..signed("b") });
    let Content::Media { attachments, .. } = &state.timelines[&peer("bob")].messages[&MessageId(7)].content else {
        panic!("no files")
    };
    assert_eq!(attachments[0].url, "https://cloud/7?Signature=a");
}
