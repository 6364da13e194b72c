//! Carries out effects that reach the cloud or our server, and brings their answers back.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::{Widget, cloud, content, storage};
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
                    let answer = ask(client, effect).await;
                    widget.send(Event::Answered { generation, answer });
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

/// Carries out what the cloud answers. Without a client nobody can be asked: that is an answer too, so that nothing
/// waits for it.
async fn ask(client: Option<ChatClient>, effect: Effect) -> Answer {
    if let Effect::Content(request) = effect {
        let answer = ChatClient::files(client.as_ref(), &request).await;
        return content::answered(request, answer);
    }
    let Some(client) = client else { return cloud::answer(effect, Err(SdkError::NotInitialised), None) };
    match effect {
        // A page may take several calls, since not every entry of it is shown.
        Effect::LoadMessages { peer, before } => {
            let result = client.messages_before(&peer, before, PAGE).await;
            Answer::Messages { peer, before, result }
        }
        Effect::LoadMissed { peer, after } => {
            let result = client.messages_after(&peer, after, PAGE).await;
            Answer::Missed { peer, after, result }
        }
        Effect::Ask(request) => {
            let result = client.ask(&request).await;
            Answer::Asked { request, result }
        }
        effect => {
            let fresh = if matches!(effect, Effect::LoadUnread) { client.fresh_unread() } else { None };
            if let Some(fresh) = fresh {
                return Answer::Unread(Ok(fresh));
            }
            let json = match cloud::call(&effect, client.uid()) {
                Some(call) => client.make(call).await,
                None => Err(SdkError::NotInitialised),
            };
            cloud::answer(effect, json, Some(client.uid()))
        }
    }
}
