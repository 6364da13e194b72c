//! Carries out effects that reach the cloud or our server, and brings their answers back.

use std::cell::RefCell;

use leptos::{prelude::*, task::spawn_local};

use super::{Chat, storage};
use crate::{
    api,
    model::event::ChatEvent,
    sdk::{ChatClient, Connection, Listener, SdkError},
    widget::state::{Answer, Effect, Event, PAGE},
};

thread_local! {
    /// The SDK is a singleton of the page, and so is its client.
    static CLIENT: RefCell<Option<(ChatClient, Listener)>> = const { RefCell::new(None) };
}

fn client() -> Option<ChatClient> {
    CLIENT.with_borrow(|client| client.as_ref().map(|(client, _)| client.clone()))
}

fn take_client() -> Option<ChatClient> {
    CLIENT.with_borrow_mut(Option::take).map(|(client, _)| client)
}

impl Chat {
    pub(super) fn carry_out_online(self, effect: Effect) {
        let generation = self.state.with_untracked(|state| state.generation);
        match effect {
            Effect::Connect { afresh } => self.connect(afresh, generation),
            Effect::Forget => {
                storage::forget();
                let client = take_client();
                let app_id = self.settings.with_value(|settings| settings.cloud.app_id.clone());
                spawn_local(async move {
                    match client {
                        Some(client) => client.forget().await,
                        None => ChatClient::forget_stored(&app_id).await,
                    }
                });
            }
            Effect::CheckSession => spawn_local(async move {
                self.send(Event::SessionChecked(api::accounts::current_viewer().await));
            }),
            Effect::StartTyping(peer) => {
                if let Some(client) = client() {
                    client.start_typing(&peer);
                }
            }
            Effect::EndTyping(peer) => {
                if let Some(client) = client() {
                    client.end_typing(&peer);
                }
            }
            effect => {
                if let Some(client) = client() {
                    spawn_local(async move {
                        if let Some(answer) = ask(&client, effect).await {
                            self.send(Event::Answered { generation, answer });
                        }
                    });
                }
            }
        }
    }

    fn connect(self, afresh: bool, generation: u32) {
        let Some(viewer) = self.state.with_untracked(|state| state.viewer.clone()) else { return };
        let connection = Connection { settings: self.settings.get_value(), viewer };
        let before = take_client();
        spawn_local(async move {
            if let Some(before) = before.filter(|_| afresh) {
                before.forget().await;
            }
            let result = ChatClient::connect(connection, api::chat::auth_token).await;
            // The viewer may have changed meanwhile; what is connected is then nobody's.
            if self.state.try_with_untracked(|state| state.generation) != Some(generation) {
                if let Ok(client) = result {
                    client.forget().await;
                }
                return;
            }
            let result = result.map(|client| {
                let link = client.link();
                let hear = move |event: ChatEvent| self.send(Event::Chat { generation, event });
                let listener = client.listen(hear);
                CLIENT.set(Some((client, listener)));
                link
            });
            self.send(Event::Answered { generation, answer: Answer::Connected(result) });
        });
    }
}

/// Carries out what the cloud answers.
async fn ask(client: &ChatClient, effect: Effect) -> Option<Answer> {
    Some(match effect {
        Effect::LoadConversations { page } => Answer::Conversations { page, result: client.conversations(page).await },
        Effect::LoadConversation(peer) => {
            let result = client.conversation(&peer).await;
            Answer::Conversation { peer, result }
        }
        Effect::LoadPerson(uid) => Answer::Person(client.person(&uid).await),
        Effect::LoadMessages { peer, before } => {
            let result = client.messages_before(&peer, before, PAGE).await;
            Answer::Messages { peer, before, result }
        }
        Effect::LoadMissed { peer, after } => {
            let result = client.messages_after(&peer, after, PAGE).await;
            Answer::Missed { peer, after, result }
        }
        Effect::LoadChanges { peer, since } => {
            let result = client.messages_changed_since(&peer, since).await;
            Answer::Changes { peer, result }
        }
        Effect::Send { peer, muid, text } => {
            let result = client.send_text(&peer, &text, &muid).await;
            Answer::Sent { peer, muid, result }
        }
        Effect::Edit { peer, id, text } => {
            let result = client.edit_text(&peer, id, &text).await;
            Answer::Changed { peer, id, result }
        }
        Effect::Delete { peer, id } => {
            let result = client.delete(id).await;
            Answer::Changed { peer, id, result }
        }
        Effect::MarkRead { peer, message } => {
            let told = match message {
                Some(message) => client.mark_read(&message).await,
                None => Err(SdkError::NotInitialised),
            };
            // Without the socket, or without a message at hand, over REST.
            let result = if told.is_ok() { told } else { client.mark_conversation_read(&peer).await };
            Answer::Marked(result)
        }
        Effect::Reconnect => Answer::Marked(client.reconnect().await),
        Effect::MarkDelivered(message) => Answer::Marked(client.mark_delivered(&message).await),
        Effect::SearchPeople { search, page } => {
            let result = client.people(&search, page).await;
            Answer::People { search, page, result }
        }
        _ => return None,
    })
}
