//! Webhooks: what happened is told to one address outside, as CometChat's page on webhook events has it. Events are told
//! after the commit, their first tries in its order; who does not take one is tried twice more, and then never again.

mod delivery;
pub(crate) mod event;

use serde_json::json;
use tokio::{sync::mpsc, task::JoinHandle};

use self::event::Event;
use crate::config::{Config, Webhook};

/// Events that may wait for the receiver. More than that, and it would not catch up.
const WAITING: usize = 4_096;

/// Where events go in.
pub(crate) struct Webhooks(mpsc::Sender<Event>);

impl Webhooks {
    /// Where to put events, and the task that delivers them.
    pub(crate) fn start(config: &Config, webhook: &Webhook) -> (Self, JoinHandle<()>) {
        let (sender, receiver) = mpsc::channel(WAITING);
        let envelope = json!({ "appId": config.app_id, "region": "local", "webhook": "emulator" });
        (Self(sender), tokio::spawn(delivery::run(webhook.clone(), envelope, receiver)))
    }

    /// Never waits: nobody's call takes longer because a receiver is slow.
    pub(crate) fn tell(&self, event: Event) {
        let trigger = event.trigger;
        if self.0.try_send(event).is_err() {
            tracing::warn!(trigger, "a webhook event is lost: too many wait");
        }
    }
}
