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
        draft::Draft,
        receipts::{self, UpTo},
        send,
        signals::{self, Signal},
    },
    clock,
    cloud::{Event, SharedCloud},
    error::ApiError,
    store::{
        message_query::{self, MessageFilter},
        messages::MessageRow,
        parse_json,
        recipients::Receipt,
        users,
    },
    uid::Uid,
};

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
                Ok(Event::MessageSent { sender, receiver }) if receiver == guide && sender != guide => {
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

async fn answer_all(cloud: &SharedCloud, conversations: &Conversations, work: &mut JoinSet<()>) {
    let waiting = async {
        let mut connection = cloud.store.read().await?;
        let filter = MessageFilter { unread: true, ..MessageFilter::default() };
        message_query::count_by_peer(&mut connection, &Uid::named(GUIDE), &filter).await
    };
    match waiting.await {
        Ok(peers) => {
            for peer in peers {
                answer(cloud, conversations, work, Uid::named(&peer.entity_id));
            }
        }
        Err(error) => complain(Err(error.into())),
    }
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
    let guide = Uid::named(GUIDE);
    let Some(last) = last_unread(cloud, &guide, uid).await? else { return Ok(()) };
    let pace = cloud.config.pace;
    receipts::mark(cloud, &guide, DEVICE, UpTo::Message(last.id), Receipt::Delivered).await?;
    sleep(pace.reading).await;
    // What came in the meantime is read with it.
    let last = last_unread(cloud, &guide, uid).await?.unwrap_or(last);
    receipts::mark(cloud, &guide, DEVICE, UpTo::Message(last.id), Receipt::Read).await?;
    signals::send(cloud, &guide, DEVICE, uid, Signal::Typing { started: true, metadata: None }).await?;
    sleep(pace.typing).await;
    signals::send(cloud, &guide, DEVICE, uid, Signal::Typing { started: false, metadata: None }).await?;
    let data = parse_json(Some(&last.data)).unwrap_or_default();
    let text = script::answer(data["text"].as_str().unwrap_or_default(), last.id);
    say(cloud, uid, text, format!("answer-{}", last.id)).await
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
        receiver: to.clone(),
        category: "message".into(),
        kind: "text".into(),
        data: Map::from_iter([("text".to_owned(), Value::from(text))]),
        tags: Vec::new(),
        muid: Some(muid),
    };
    send::send(cloud, &Uid::named(GUIDE), DEVICE, draft).await.map(drop)
}

async fn last_unread(cloud: &SharedCloud, guide: &Uid, uid: &Uid) -> Result<Option<MessageRow>, ApiError> {
    let filter =
        MessageFilter { conversation_id: Some(guide.conversation_with(uid)), unread: true, ..MessageFilter::default() };
    let mut connection = cloud.store.read().await?;
    Ok(message_query::page(&mut connection, guide, &filter, 1).await?.pop())
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
        if self.0.hub.disappear(GUIDE)
            && let Ok(mut turn) = self.0.store.write().await
            && users::was_active(turn.connection(), &Uid::named(GUIDE), clock::now()).await.is_ok()
        {
            let _ = turn.commit().await;
        }
    }
}
