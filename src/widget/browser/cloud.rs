//! What is asked of the cloud: which call an effect is, and what its answer is to the reducer.

use super::messages;
use crate::{
    model::ids::Uid,
    sdk::{Call, SdkError, protocol},
    widget::state::{Answer, Effect},
};

/// The call; none for what is no single one.
pub fn call(effect: &Effect, me: &Uid) -> Option<Call> {
    Some(match effect {
        Effect::LoadConversations { page } => Call::conversations(*page),
        Effect::LoadConversation(peer) => Call::conversation(peer),
        Effect::LoadPerson(uid) => Call::person(uid),
        Effect::LoadUnread => Call::unread(),
        Effect::LoadChanges { peer, since } => Call::changes(peer, *since),
        Effect::Send { peer, muid, text, quoted } => Call::send_text(peer, text, muid, *quoted),
        Effect::Edit { peer, id, text } => Call::edit_text(peer, *id, text),
        Effect::Delete { id, .. } => Call::delete(*id),
        Effect::MarkRead { peer, message } => Call::read(peer, message.as_deref()),
        Effect::MarkDelivered(message) => Call::delivered(&message.peer(me), message),
        Effect::Reconnect => Call::reconnect(),
        Effect::SearchPeople { search, page } => Call::people(search, *page),
        Effect::Message(effect) => messages::call(effect),
        _ => return None,
    })
}

/// What the call brought, or why nothing did; `me` is left out of the people.
pub fn answer(effect: Effect, json: Result<String, SdkError>, me: Option<&Uid>) -> Answer {
    match effect {
        Effect::LoadConversations { page } => {
            Answer::Conversations { page, result: json.and_then(|json| protocol::conversations(&json)) }
        }
        Effect::LoadConversation(peer) => {
            let result = match json {
                Err(error) if error.is_no_conversation() => Ok(None),
                json => json.and_then(|json| protocol::conversation(&json)).map(|found| Some(Box::new(found))),
            };
            Answer::Conversation { peer, result }
        }
        Effect::LoadPerson(_) => Answer::Person(json.and_then(|json| protocol::person(&json))),
        Effect::LoadUnread => Answer::Unread(json.and_then(|json| protocol::unread_total(&json))),
        Effect::LoadMessages { peer, before } => Answer::Messages { peer, before, result: history(json) },
        Effect::LoadMissed { peer, after } => Answer::Missed { peer, after, result: history(json) },
        Effect::LoadChanges { peer, .. } => Answer::Changes { peer, result: history(json) },
        Effect::Send { peer, muid, .. } => {
            Answer::Sent { peer, muid, result: json.and_then(|json| protocol::message(&json)) }
        }
        Effect::Edit { peer, id, .. } | Effect::Delete { peer, id } => {
            Answer::Changed { peer, id, result: json.and_then(|json| protocol::message(&json)) }
        }
        Effect::SearchPeople { search, page } => {
            let result = json.and_then(|json| protocol::people(&json)).map(|mut people| {
                people.retain(|person| Some(&person.uid) != me);
                people
            });
            Answer::People { search, page, result }
        }
        Effect::Message(effect) => Answer::Message(messages::answer(effect, json)),
        Effect::Ask(request) => Answer::Asked { request, result: json.and_then(|json| protocol::reply(&json)) },
        // Of a receipt or a new socket only a dead token is of interest.
        _ => Answer::Marked(json.map(drop)),
    }
}

fn history(json: Result<String, SdkError>) -> Result<Vec<crate::model::chat::Message>, SdkError> {
    json.and_then(|json| Ok(protocol::history(&json)?.messages))
}
