//! The guide's behaviour: it welcomes newcomers, and answers whoever writes to it, each at their own pace.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use serde_json::{Map, Value};
use tokio::{sync::broadcast::error::RecvError, task::JoinSet, time::sleep};

use super::{DEVICE, GUIDE, script};
use crate::{
    chat::{
        actor::{Actor, Right},
        draft::Draft,
        receipts::{self, UpTo},
        send,
        signals::{self, Signal},
    },
    cloud::{Event, SharedCloud},
    error::ApiError,
    peer::Peer,
    socket::presence,
    store::{
        conversations::{self, ConversationFilter},
        message_query::{self, MessageFilter},
        messages::MessageRow,
        parse_json,
        recipients::Receipt,
        users,
    },
    uid::Uid,
};

/// The client id of an answer, before the id of what it answers.
const ANSWER: &str = "answer-";

/// Who is being answered now, and whether they wrote again meanwhile.
type Conversations = Arc<Mutex<HashMap<Uid, bool>>>;

/// Reacts until the emulator ends.
pub(crate) async fn run(cloud: SharedCloud) {
    let guide = Uid::named(GUIDE);
    let mut events = cloud.events();
    let conversations = Conversations::default();
    // Aborted with this task.
    let mut work = JoinSet::new();
    // What was written before a restart, and never answered.
    answer_all(&cloud, &conversations, &mut work).await;
    loop {
        tokio::select! {
            event = events.recv() => match event {
                Ok(Event::UserCreated(uid)) => {
                    let cloud = Arc::clone(&cloud);
                    work.spawn(async move { complain(welcome(&cloud, &uid).await) });
                }
                Ok(Event::MessageSent { sender, receiver: Peer::User(receiver) }) if receiver == guide && sender != guide => {
                    answer(&cloud, &conversations, &mut work, sender);
                }
                Ok(Event::MessageSent { .. }) => {}
                Err(RecvError::Lagged(_)) => answer_all(&cloud, &conversations, &mut work).await,
                Err(RecvError::Closed) => return,
            },
            Some(_) = work.join_next(), if !work.is_empty() => {}
        }
    }
}

/// Looks at every conversation of the guide: one without a word to answer costs nothing.
async fn answer_all(cloud: &SharedCloud, conversations: &Conversations, work: &mut JoinSet<()>) {
    match waiting(cloud).await {
        Ok(uids) => {
            for uid in uids {
                answer(cloud, conversations, work, uid);
            }
        }
        Err(error) => complain(Err(error)),
    }
}

async fn waiting(cloud: &SharedCloud) -> Result<Vec<Uid>, ApiError> {
    let people = ConversationFilter { kind: Some("user".into()), ..ConversationFilter::default() };
    let rows = {
        let mut connection = cloud.store.read().await?;
        conversations::list(&mut connection, &Uid::named(GUIDE), &people, i64::MAX, 0).await?
    };
    let mut uids = Vec::new();
    for row in rows {
        let uid = Uid::named(&row.with_id);
        if unanswered(cloud, &uid).await?.is_some() {
            uids.push(uid);
        }
    }
    Ok(uids)
}

fn answer(cloud: &SharedCloud, conversations: &Conversations, work: &mut JoinSet<()>, uid: Uid) {
    {
        let mut conversations = conversations.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(again) = conversations.get_mut(&uid) {
            *again = true;
            return;
        }
        conversations.insert(uid.clone(), false);
    }
    let (cloud, conversations) = (Arc::clone(cloud), Arc::clone(conversations));
    work.spawn(async move {
        let appearance = Appearance::begin(&cloud).await;
        loop {
            complain(reply(&cloud, &uid).await);
            let mut conversations = conversations.lock().unwrap_or_else(PoisonError::into_inner);
            match conversations.get_mut(&uid) {
                Some(again) if *again => *again = false,
                _ => {
                    conversations.remove(&uid);
                    break;
                }
            }
        }
        sleep(cloud.config.pace.lingering).await;
        if let Some(appearance) = appearance {
            appearance.end().await;
        }
    });
}

/// Reads what `uid` wrote, and writes back once.
async fn reply(cloud: &SharedCloud, uid: &Uid) -> Result<(), ApiError> {
    let guide = guide();
    let Some(last) = unanswered(cloud, uid).await? else { return Ok(()) };
    let pace = cloud.config.pace;
    receipts::mark(cloud, &guide, UpTo::Message(last.id), Receipt::Delivered).await?;
    sleep(pace.reading).await;
    // What came in the meantime is read with it.
    let last = unanswered(cloud, uid).await?.unwrap_or(last);
    receipts::mark(cloud, &guide, UpTo::Message(last.id), Receipt::Read).await?;
    signals::send(cloud, &guide, &Peer::User(uid.clone()), Signal::Typing { started: true, metadata: None }).await?;
    sleep(pace.typing).await;
    signals::send(cloud, &guide, &Peer::User(uid.clone()), Signal::Typing { started: false, metadata: None }).await?;
    let data = parse_json(Some(&last.data)).unwrap_or_default();
    let text = script::answer(data["text"].as_str().unwrap_or_default(), last.id);
    say(cloud, uid, text, format!("{ANSWER}{}", last.id)).await
}

async fn welcome(cloud: &SharedCloud, uid: &Uid) -> Result<(), ApiError> {
    let user = {
        let mut connection = cloud.store.read().await?;
        users::find_active(&mut connection, uid).await?
    };
    let Some(user) = user else { return Ok(()) };
    say(cloud, uid, &script::welcome(&user.name), format!("welcome-{uid}")).await
}

/// Sends a text under a client id of its own, so that it is said once whatever happens.
async fn say(cloud: &SharedCloud, to: &Uid, text: &str, muid: String) -> Result<(), ApiError> {
    let draft = Draft {
        receiver: Peer::User(to.clone()),
        category: "message".into(),
        kind: "text".into(),
        data: Map::from_iter([("text".to_owned(), Value::from(text))]),
        tags: Vec::new(),
        muid: Some(muid),
        parent_id: None,
        quoted_id: None,
        follows: true,
        moderation: None,
        files: Vec::new(),
    };
    send::send(cloud, &guide(), draft).await.map(drop)
}

/// What `uid` wrote last, where it has no answer. Whether it was read does not matter: the guide may have been stopped
/// between reading and answering. Nor does who spoke last: it may have been written while the guide was typing.
async fn unanswered(cloud: &SharedCloud, uid: &Uid) -> Result<Option<MessageRow>, ApiError> {
    let guide = Uid::named(GUIDE);
    let filter = MessageFilter {
        conversation_id: Some(guide.conversation_with(uid)),
        categories: vec!["message".into(), "custom".into()],
        hide_deleted: true,
        ..MessageFilter::default()
    };
    let newest = {
        let mut connection = cloud.store.read().await?;
        message_query::page(&mut connection, &guide, &filter, 50).await?
    };
    let answered = newest.iter().filter(|message| message.sender == GUIDE).map(answers_up_to).max().unwrap_or(0);
    let last = newest.into_iter().rfind(|message| message.sender == uid.as_str());
    Ok(last.filter(|message| message.id > answered))
}

/// The id of the message that a message of the guide answers, with all before it. A welcome answers nothing; what was
/// said before anybody came stands for itself.
fn answers_up_to(message: &MessageRow) -> i64 {
    match message.muid.as_deref() {
        Some(muid) => muid.strip_prefix(ANSWER).and_then(|id| id.parse().ok()).unwrap_or(0),
        None => message.id,
    }
}

/// The guide as one who acts.
fn guide() -> Actor {
    Actor { uid: Uid::named(GUIDE), device: DEVICE.into(), right: Right::Trusted, files: String::new() }
}

fn complain(outcome: Result<(), ApiError>) {
    if let Err(error) = outcome {
        tracing::warn!(error.cause = %error, "the demo guide could not answer");
    }
}

/// The guide's being online.
struct Appearance(SharedCloud);

impl Appearance {
    /// None where the guide was deleted.
    async fn begin(cloud: &SharedCloud) -> Option<Self> {
        let mut connection = cloud.store.read().await.ok()?;
        let row = users::find_active(&mut connection, &Uid::named(GUIDE)).await.ok()??;
        cloud.hub.appear(row);
        Some(Self(Arc::clone(cloud)))
    }

    async fn end(self) {
        let noted = async {
            let mut turn = self.0.store.write().await?;
            presence::note(turn.connection(), &self.0.hub, &Uid::named(GUIDE)).await?;
            turn.commit().await
        };
        let noted = noted.await;
        self.0.hub.disappear(GUIDE);
        drop(noted);
    }
}
