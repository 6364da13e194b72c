//! Files on their way into messages, the viewer and voice notes.

use super::fixtures::{answer, chat, message, peer, uid, with_bob_open, write};
use crate::{
    model::{
        chat::{Attachment, Content, FileStep, Limits, LocalFile, MediaKind, Message, Problem, Shape},
        event::ChatEvent,
        ids::MessageId,
    },
    sdk::SdkError,
    widget::state::{
        Answer, ContentAnswer, ContentEffect, ContentEvent, Effect, Event, PendingStatus, State, Trouble, Upload, Voice,
    },
};

fn file(id: u32, mime_type: &str) -> LocalFile {
    let url = Some(format!("blob:{id}"));
    LocalFile { id, name: format!("file {id}"), size: 10, mime_type: mime_type.into(), url, shape: None }
}

fn take(state: &mut State, files: Vec<LocalFile>) -> Vec<Effect> {
    state.update(ContentEvent::FilesTaken(files).into(), 0)
}

fn told(state: &mut State, id: u32, step: FileStep) -> Vec<Effect> {
    chat(state, ChatEvent::FileMoved { id, step })
}

fn limited(state: &mut State, limits: Limits) -> Vec<Effect> {
    answer(state, Answer::Content(ContentAnswer::Limits(Ok(limits))))
}

/// Bob's conversation with these in the tray, uploaded.
fn with_tray(files: Vec<LocalFile>) -> State {
    let mut state = with_bob_open(vec![]);
    let ids: Vec<u32> = files.iter().map(|file| file.id).collect();
    take(&mut state, files);
    limited(&mut state, Limits::default());
    for id in ids {
        told(&mut state, id, FileStep::Uploaded);
    }
    state
}

fn sends(effects: &[Effect]) -> Vec<(MediaKind, Vec<u32>, String)> {
    let one = |effect: &Effect| match effect {
        Effect::Content(ContentEffect::Send { kind, ids, caption, .. }) => Some((*kind, ids.clone(), caption.clone())),
        _ => None,
    };
    effects.iter().filter_map(one).collect()
}

fn uploads(effects: &[Effect]) -> Vec<Vec<u32>> {
    let one = |effect: &Effect| match effect {
        Effect::Content(ContentEffect::Upload { ids, .. }) => Some(ids.clone()),
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
fn files_are_uploaded_as_soon_as_the_limits_are_known() {
    let mut state = with_bob_open(vec![]);
    let effects = take(&mut state, vec![file(1, "image/png"), file(2, "text/plain")]);
    assert_eq!(effects, [ContentEffect::LoadLimits.into()]);
    assert_eq!(uploads(&limited(&mut state, Limits::default())), [[1, 2]]);
    told(&mut state, 1, FileStep::Uploading(40));
    assert_eq!(state.tray()[0].upload, Upload::Running(40));
    assert_eq!(uploads(&take(&mut state, vec![file(3, "image/png")])), [[3]]);
}

#[test]
fn what_does_not_fit_is_refused_before_a_byte_is_sent() {
    let mut state = with_bob_open(vec![]);
    let large = LocalFile { size: 11, ..file(1, "image/png") };
    let empty = LocalFile { size: 0, ..file(2, "image/png") };
    take(&mut state, vec![large, empty, file(3, "image/png"), file(4, "image/png")]);
    let effects = limited(&mut state, Limits { files: 3, size: 10 });
    assert_eq!(uploads(&effects), [[3]]);
    assert!(effects.contains(&ContentEffect::Drop(vec![4]).into()));
    assert_eq!(state.content.left_out, 1);
    let refused = [Upload::Refused(Problem::TooLarge), Upload::Refused(Problem::Empty), Upload::Running(0)];
    assert_eq!(state.tray().iter().map(|file| file.upload).collect::<Vec<_>>(), refused);
    assert_eq!(sends(&write(&mut state, "", "m")), []);
}

#[test]
fn a_message_has_files_of_one_kind_and_the_first_has_the_caption() {
    let mut state = with_tray(vec![file(1, "image/png"), file(2, "text/plain"), file(3, "image/gif")]);
    let first = sends(&write(&mut state, " look ", "m"));
    assert_eq!(first, [(MediaKind::Image, vec![1, 3], "look".into())]);
    let answered = Answer::Sent { peer: peer("bob"), muid: "m".into(), result: Ok(sent(5, "m", "image")) };
    assert_eq!(sends(&answer(&mut state, answered)), [(MediaKind::File, vec![2], String::new())]);
    assert!(state.tray().is_empty());
}

#[test]
fn what_this_page_sent_it_shows_from_its_own_memory() {
    let mut state = with_tray(vec![file(1, "image/png")]);
    write(&mut state, "", "m");
    answer(&mut state, Answer::Sent { peer: peer("bob"), muid: "m".into(), result: Ok(sent(5, "m", "image")) });
    assert_eq!(state.content.own.get("https://cloud/5").map(String::as_str), Some("blob:1"));
}

#[test]
fn a_message_waits_for_its_files_and_a_text_overtakes_it() {
    let mut state = with_bob_open(vec![]);
    take(&mut state, vec![file(1, "image/png")]);
    limited(&mut state, Limits::default());
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
    take(&mut state, vec![file(1, "image/png")]);
    limited(&mut state, Limits::default());
    told(&mut state, 1, FileStep::Failed("ERR_S3_UPLOAD_FAILED".into()));
    assert_eq!(state.tray()[0].upload, Upload::Failed(Problem::Network));
    assert_eq!(uploads(&state.update(ContentEvent::FileRetried(1).into(), 0)), [[1]]);
    write(&mut state, "look", "m");
    told(&mut state, 1, FileStep::Failed("ERR_UPLOAD_STALLED".into()));
    assert_eq!(statuses(&state), [PendingStatus::Failed]);
    let effects = state.update(Event::RetrySend { muid: "m".into() }, 0);
    assert_eq!(uploads(&effects), [[1]]);
    assert_eq!(sends(&told(&mut state, 1, FileStep::Uploaded)).len(), 1);
}

#[test]
fn without_a_link_files_wait_and_begin_by_themselves_when_it_is_back() {
    let mut state = with_bob_open(vec![]);
    take(&mut state, vec![file(1, "image/png")]);
    limited(&mut state, Limits::default());
    state.update(Event::OnlineChanged(false), 0);
    told(&mut state, 1, FileStep::Failed("ERR_S3_UPLOAD_FAILED".into()));
    assert_eq!(state.tray()[0].upload, Upload::Waiting);
}

#[test]
fn a_discarded_message_lets_its_files_go() {
    let mut state = with_tray(vec![file(1, "image/png")]);
    write(&mut state, "look", "m");
    let refused = SdkError::Cloud { code: "ERR_BLOCKED_SENDER".into(), message: String::new() };
    answer(&mut state, Answer::Sent { peer: peer("bob"), muid: "m".into(), result: Err(refused) });
    assert_eq!(state.timelines[&peer("bob")].pending[0].problem, Some(Problem::BlockedSender));
    let effects = state.update(Event::DiscardSend { muid: "m".into() }, 0);
    assert!(effects.contains(&ContentEffect::Drop(vec![1]).into()));
}

#[test]
fn of_a_message_with_files_only_its_caption_outlives_the_page() {
    let mut state = with_bob_open(vec![]);
    take(&mut state, vec![file(1, "image/png")]);
    limited(&mut state, Limits::default());
    let effects = write(&mut state, "words", "m");
    // The draft that was kept while it was written stays.
    assert!(!effects.contains(&Effect::SaveDraft(peer("bob"))));
    assert!(state.saved().outbox.is_empty());
    told(&mut state, 1, FileStep::Uploaded);
    let sent = Answer::Sent { peer: peer("bob"), muid: "m".into(), result: Ok(sent(5, "m", "image")) };
    assert!(answer(&mut state, sent).contains(&Effect::SaveDraft(peer("bob"))));
}

#[test]
fn what_is_measured_late_keeps_what_was_known_before() {
    let mut state = with_bob_open(vec![]);
    let shape = Shape { seconds: 3, voice: true, ..Shape::default() };
    take(&mut state, vec![LocalFile { shape: Some(shape), ..file(1, "audio/webm") }]);
    told(&mut state, 1, FileStep::Measured(Shape { width: 4, ..Shape::default() }));
    let known = state.tray()[0].file.shape.clone().unwrap();
    assert_eq!((known.seconds, known.voice, known.width), (3, true, 4));
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
    let mut state = with_tray(vec![file(1, "image/png")]);
    assert_eq!(state.update(ContentEvent::RecordingWanted.into(), 0), [ContentEffect::Record.into()]);
    answer(&mut state, Answer::Content(ContentAnswer::Recording(Ok(()))));
    for level in 0..50 {
        chat(&mut state, ChatEvent::Level { seconds: 2, level });
    }
    let Voice::Recording { levels, seconds: 2, .. } = state.voice() else { panic!("{:?}", state.voice()) };
    assert_eq!((levels.len(), levels.last()), (32, Some(&49)));
    state.update(ContentEvent::RecordingStopped.into(), 0);
    answer(&mut state, Answer::Content(ContentAnswer::Recorded(Ok(file(2, "audio/webm")))));
    let effects = state.update(ContentEvent::RecordingSubmitted { muid: "v".into(), at: 1 }.into(), 0);
    assert_eq!(uploads(&effects), [[2]]);
    assert_eq!(sends(&told(&mut state, 2, FileStep::Uploaded)), [(MediaKind::Audio, vec![2], String::new())]);
    assert_eq!(state.tray().len(), 1);
}

#[test]
fn a_refused_or_absent_microphone_is_told_apart_and_a_left_conversation_ends_the_recording() {
    for (code, trouble) in [
        ("NotAllowedError", Trouble::Refused),
        ("NotFoundError", Trouble::NoMicrophone),
        ("NO_MICROPHONE", Trouble::NoMicrophone),
        ("AbortError", Trouble::Other),
    ] {
        let mut state = with_bob_open(vec![]);
        state.update(ContentEvent::RecordingWanted.into(), 0);
        let refused = SdkError::Cloud { code: code.into(), message: String::new() };
        answer(&mut state, Answer::Content(ContentAnswer::Recording(Err(refused))));
        assert_eq!(*state.voice(), Voice::Trouble(peer("bob"), trouble));
        state.update(ContentEvent::RecordingWanted.into(), 0);
        let effects = state.update(Event::Closed, 0);
        assert!(effects.contains(&ContentEffect::EndRecording { keep: false }.into()));
    }
}

#[test]
fn files_for_nobody_are_let_go() {
    let mut state = with_bob_open(vec![message(5, "alice", "bob")]);
    state.update(Event::EditStarted(MessageId(5)), 0);
    assert_eq!(take(&mut state, vec![file(1, "image/png")]), [ContentEffect::Drop(vec![1]).into()]);
    assert_eq!(state.me(), Some(&uid("alice")));
}
