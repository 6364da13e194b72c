//! Bringing events to the receiver.

use axum::http::header::CONTENT_TYPE;
use reqwest::{Client, redirect::Policy};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use tokio::{sync::mpsc, task::JoinSet, time::sleep};

use super::event::Event;
use crate::config::Webhook;

/// Delivers until nobody tells anything any more.
pub(super) async fn run(webhook: Webhook, envelope: Value, mut events: mpsc::Receiver<Event>) {
    // Receivers are on this machine as a rule, where no proxy leads to.
    let client = match Client::builder().timeout(webhook.answer_within).redirect(Policy::none()).no_proxy().build() {
        Ok(client) => client,
        Err(error) => {
            tracing::error!(error.cause = %error, "webhooks cannot be delivered");
            return;
        }
    };
    // Aborted with this task.
    let mut retries = JoinSet::new();
    loop {
        tokio::select! {
            event = events.recv() => {
                let Some(event) = event else { return };
                let mut payload = envelope.clone();
                payload["trigger"] = json!(event.trigger);
                payload["data"] = event.data;
                let payload = payload.to_string();
                if !taken(&client, &webhook, &payload, event.trigger).await {
                    retries.spawn(retry(client.clone(), webhook.clone(), payload, event.trigger));
                }
            }
            Some(_) = retries.join_next(), if !retries.is_empty() => {}
        }
    }
}

async fn retry(client: Client, webhook: Webhook, payload: String, trigger: &'static str) {
    for pause in webhook.retry_after {
        sleep(pause).await;
        if taken(&client, &webhook, &payload, trigger).await {
            return;
        }
    }
    tracing::warn!(trigger, "a webhook event is lost: nobody took it");
}

/// Whether the receiver says in time that it has the event.
async fn taken(client: &Client, webhook: &Webhook, payload: &str, trigger: &'static str) -> bool {
    let mut request =
        client.post(&webhook.url).header(CONTENT_TYPE.as_str(), "application/json").body(payload.to_owned());
    if let Some((user, password)) = &webhook.credentials {
        request = request.basic_auth(user, Some(password.expose_secret()));
    }
    match request.send().await {
        Ok(answer) if answer.status().is_success() => true,
        Ok(answer) => {
            tracing::warn!(trigger, status = answer.status().as_u16(), "a webhook event was not taken");
            false
        }
        Err(error) => {
            // Without the address, which may carry a secret.
            tracing::warn!(trigger, error.cause = %error.without_url(), "a webhook event was not taken");
            false
        }
    }
}
