//! What every part of the emulator shares.

use std::{future::Future, sync::Arc};

use tokio::sync::broadcast;

use crate::{
    config::Config,
    error::{ApiError, OpenError},
    peer::Peer,
    socket::hub::Hub,
    store::Store,
    uid::Uid,
};

/// The emulated app: its state, and who is connected to it.
pub(crate) struct Cloud {
    pub config: Config,
    pub store: Store,
    pub hub: Hub,
    events: broadcast::Sender<Event>,
}

/// What happened, for those inside the emulator who react to it. Told after the commit.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    UserCreated(Uid),
    MessageSent { sender: Uid, receiver: Peer },
}

impl Cloud {
    pub(crate) async fn open(config: Config) -> Result<Self, OpenError> {
        let store = Store::open(config.data.as_deref()).await?;
        let hub = Hub::new(config.app_id.clone());
        Ok(Self { config, store, hub, events: broadcast::channel(256).0 })
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
