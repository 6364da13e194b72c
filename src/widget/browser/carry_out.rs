//! Carries out effects that reach the cloud or our server, and brings their answers back.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::{Widget, content, messages, storage};
use crate::{
    api::client,
    model::{event::ChatEvent, viewer::Viewer},
    sdk::{ChatClient, Connection, SdkError},
    widget::state::{Answer, Effect, Event, PAGE},
};

impl Widget {
    fn client(&self) -> Option<ChatClient> {
        self.client.borrow().as_ref().map(|(client, _)| client.clone())
    }

    /// Lets the client go, and with it what it listens to.
    fn take_client(&self) -> Option<ChatClient> {
        let taken = self.client.borrow_mut().take();
        taken.map(|(client, _)| client)
    }

    pub(super) fn carry_out_online(&self, effect: Effect) {
        let generation = self.state.borrow().generation;
        match effect {
            Effect::Connect => self.connect(generation),
            Effect::Forget(whose) => self.forget(whose),
            Effect::CheckLeftovers => {
                let widget = self.clone();
                spawn_local(async move {
                    if storage::holds_anything() || ChatClient::is_stored(widget.app_id()).await {
                        widget.send(Event::SessionChecked(client::current_viewer().await));
                    }
                });
            }
            Effect::CheckSession => {
                let widget = self.clone();
                spawn_local(async move {
                    widget.send(Event::SessionChecked(client::current_viewer().await));
                });
            }
            Effect::StartTyping(peer) => {
                if let Some(client) = self.client() {
                    client.start_typing(&peer);
                }
            }
            Effect::EndTyping(peer) => {
                if let Some(client) = self.client() {
                    client.end_typing(&peer);
                }
            }
            effect => {
                let (widget, client) = (self.clone(), self.client());
                spawn_local(async move {
                    let answer = match client {
                        Some(client) => ask(&client, effect).await,
                        None => refuse(effect),
                    };
                    if let Some(answer) = answer {
                        widget.send(Event::Answered { generation, answer });
                    }
                });
            }
        }
    }

    fn app_id(&self) -> &str {
        &self.settings.cloud.app_id
    }

    fn forget(&self, whose: Option<Viewer>) {
        storage::forget(whose.as_ref().map(|viewer| &viewer.uid));
        let (widget, client) = (self.clone(), self.take_client());
        spawn_local(async move {
            if let Some(client) = client {
                client.forget().await;
            } else {
                let session_tag = whose.as_ref().map(|viewer| viewer.session_tag.as_str());
                ChatClient::forget_stored(widget.app_id(), session_tag).await;
            }
        });
    }

    fn connect(&self, generation: u32) {
        let Some(viewer) = self.state.borrow().viewer.clone() else { return };
        let connection = Connection { settings: self.settings.clone(), viewer: viewer.clone() };
        self.take_client();
        let widget = self.clone();
        spawn_local(async move {
            let result = ChatClient::connect(connection, client::auth_token, client::current_viewer).await;
            let (now, current) = {
                let state = widget.state.borrow();
                (state.generation, state.viewer.clone())
            };
            if now != generation {
                // What is connected is nobody's, unless the same viewer has asked again meanwhile.
                if let Ok(client) = result
                    && !is_same_login(current.as_ref(), &viewer)
                {
                    client.forget().await;
                }
                return;
            }
            let result = result.map(|client| {
                let link = client.link();
                // The widget holds the listener: were it held by it in turn, neither would ever go.
                let told = Rc::downgrade(&widget.0);
                let hear = move |event: ChatEvent| {
                    if let Some(widget) = told.upgrade() {
                        Widget(widget).send(Event::Chat { generation, event });
                    }
                };
                let listener = client.listen(hear);
                *widget.client.borrow_mut() = Some((client, listener));
                link
            });
            widget.send(Event::Answered { generation, answer: Answer::Connected(result) });
        });
    }
}

fn is_same_login(current: Option<&Viewer>, viewer: &Viewer) -> bool {
    current.is_some_and(|current| current.uid == viewer.uid && current.session_tag == viewer.session_tag)
}

/// Answers what nobody can be asked for now, so that nothing waits for it.
fn refuse(effect: Effect) -> Option<Answer> {
    const NO_CLIENT: SdkError = SdkError::NotInitialised;
    Some(match effect {
        Effect::LoadConversations { page } => Answer::Conversations { page, result: Err(NO_CLIENT) },
        Effect::LoadMessages { peer, before } => Answer::Messages { peer, before, result: Err(NO_CLIENT) },
        Effect::LoadMissed { peer, after } => Answer::Missed { peer, after, result: Err(NO_CLIENT) },
        Effect::LoadChanges { peer, .. } => Answer::Changes { peer, result: Err(NO_CLIENT) },
        Effect::Send { peer, muid, .. } => Answer::Sent { peer, muid, result: Err(NO_CLIENT) },
        Effect::Edit { peer, id, .. } | Effect::Delete { peer, id } => {
            Answer::Changed { peer, id, result: Err(NO_CLIENT) }
        }
        Effect::SearchPeople { search, page } => Answer::People { search, page, result: Err(NO_CLIENT) },
        Effect::Content(request) => content::answered(request, Err(NO_CLIENT)),
        Effect::Message(effect) => Answer::Message(messages::answer(effect, Err(NO_CLIENT))),
        Effect::Ask(request) => Answer::Asked { request, result: Err(NO_CLIENT) },
        // Nothing is shown as waiting for the others.
        _ => return None,
    })
}

/// Carries out what the cloud answers.
async fn ask(client: &ChatClient, effect: Effect) -> Option<Answer> {
    Some(match effect {
        Effect::LoadConversations { page } => Answer::Conversations { page, result: client.conversations(page).await },
        Effect::LoadConversation(peer) => {
            let result = client.conversation(&peer).await.map(|found| found.map(Box::new));
            Answer::Conversation { peer, result }
        }
        Effect::LoadPerson(uid) => Answer::Person(client.person(&uid).await),
        Effect::LoadUnread => Answer::Unread(client.unread_count().await),
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
        Effect::Send { peer, muid, text, quoted } => {
            let result = client.send_text(&peer, &text, &muid, quoted).await;
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
        Effect::Ask(request) => {
            let result = client.ask(&request).await;
            Answer::Asked { request, result }
        }
        Effect::Reconnect => Answer::Marked(client.reconnect().await),
        Effect::Content(request) => {
            let answer = client.files(&request).await;
            content::answered(request, answer)
        }
        Effect::MarkDelivered(message) => Answer::Marked(client.mark_delivered(&message).await),
        Effect::Message(effect) => {
            let json = client.make(messages::call(&effect)).await;
            Answer::Message(messages::answer(effect, json))
        }
        Effect::SearchPeople { search, page } => {
            let result = client.people(&search, page).await;
            Answer::People { search, page, result }
        }
        _ => return None,
    })
}
