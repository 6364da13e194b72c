//! What `api::chat` does on the server: from the session to the answer. The user comes from the session, never from the
//! request.

use super::{
    audit,
    provisioning::ChatPerson,
    service::{Chat, ChatVisitor},
};
use crate::{
    api::ApiError,
    model::{
        token_digest::TokenDigest,
        viewer::{ChatCredentials, ChatUser},
    },
    server::{
        accounts::forms::{current_session, extension, state},
        answer::answer,
        layers::client_address::ClientAddress,
        store::users::User,
    },
};

pub async fn auth_token(rejected: Option<TokenDigest>) -> Result<ChatCredentials, ApiError> {
    let work = async {
        let (chat, visitor) = chat_and_visitor()?;
        Ok(chat.credentials(&visitor, rejected.as_ref()).await?)
    };
    answer(work.await)
}

pub async fn create_user() -> Result<ChatUser, ApiError> {
    let work = async {
        let (chat, visitor) = chat_and_visitor()?;
        let created = chat.create_user(&visitor.person).await;
        Ok(created.inspect_err(|error| audit::provisioning_failed(&visitor.person.user_id.uid(), error))?)
    };
    answer(work.await)
}

/// Nobody but the session says who is here; without one, nothing else happens.
fn chat_and_visitor() -> Result<(Chat, ChatVisitor), ApiError> {
    let Some(session) = current_session() else {
        audit::request_without_session();
        return Err(ApiError::Unauthenticated);
    };
    let address = extension::<ClientAddress>().map(|address| address.0);
    Ok((state()?.chat, ChatVisitor { person: session.user.into(), session: session.key, address }))
}

impl From<User> for ChatPerson {
    fn from(user: User) -> Self {
        Self { user_id: user.id, name: user.name, avatar: user.avatar }
    }
}
