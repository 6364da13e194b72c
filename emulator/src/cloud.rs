//! What every part of the emulator shares.

use std::{future::Future, sync::Arc};

use tokio::sync::broadcast;

use crate::{
    clock::Clock,
    config::Config,
    content::Content,
    error::{ApiError, OpenError},
    faults::Faults,
    files::folder::Folder,
    peer::Peer,
    socket::hub::Hub,
    store::{Store, files},
    uid::Uid,
    webhook::Webhooks,
};

/// For how long a file may be in no message, in seconds: a day.
const ORPHANED: i64 = 24 * 60 * 60;

/// The emulated app: its state, and who is connected to it.
pub(crate) struct Cloud {
    pub config: Config,
    pub clock: Clock,
    pub faults: Arc<Faults>,
    /// What becomes of messages by their text.
    pub content: Content,
    pub store: Store,
    pub hub: Hub,
    /// What was uploaded.
    pub files: Folder,
    /// None where nobody wants to hear of anything.
    pub webhooks: Option<Webhooks>,
    events: broadcast::Sender<Event>,
}

/// What happened, for those inside the emulator who react to it. Told after the commit.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    UserCreated(Uid),
    MessageSent { sender: Uid, receiver: Peer },
}

impl Cloud {
    pub(crate) async fn open(config: Config, webhooks: Option<Webhooks>) -> Result<Self, OpenError> {
        let clock = Clock::default();
        let store = Store::open(config.data.as_deref()).await?;
        let files = Self::open_files(&config, &store, clock.now()).await.map_err(|cause| OpenError::Data {
            path: config.data.as_ref().map_or_else(|| "in memory".to_owned(), |path| path.display().to_string()),
            cause,
        })?;
        let faults = Arc::<Faults>::default();
        let hub = Hub::new(&config, clock.clone(), Arc::clone(&faults));
        Ok(Self {
            config,
            clock,
            faults,
            content: Content::default(),
            store,
            hub,
            files,
            webhooks,
            events: broadcast::channel(256).0,
        })
    }

    /// The folder of uploads, without what an earlier run left unfinished or no message has any more.
    async fn open_files(config: &Config, store: &Store, now: i64) -> Result<Folder, String> {
        let folder = Folder::open(config.data.as_deref()).map_err(|error| error.to_string())?;
        let known = async {
            let mut turn = store.write().await?;
            let known = files::forget_orphans(turn.connection(), now - ORPHANED).await?;
            turn.commit().await?;
            Ok::<_, sqlx::Error>(known)
        };
        let known = known.await.map_err(|error| error.to_string())?;
        folder.sweep(&known).map_err(|error| error.to_string())?;
        Ok(folder)
    }

    pub(crate) fn tell(&self, event: Event) {
        // Nobody listening is no error.
        let _ = self.events.send(event);
    }

    pub(crate) fn events(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }
}

/// Runs a change to its end even when its client hangs up meanwhile: between the commit and the frames that tell of it
/// nothing may be cut off.
pub(crate) async fn to_the_end<T, F>(change: F) -> Result<T, ApiError>
where
    T: Send + 'static,
    F: Future<Output = Result<T, ApiError>> + Send + 'static,
{
    tokio::spawn(change).await.unwrap_or_else(|error| Err(ApiError::Internal(error.to_string())))
}

pub(crate) type SharedCloud = Arc<Cloud>;
