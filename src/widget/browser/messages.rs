//! What is done with single messages: which request it is, and what its answer is to the reducer.

use crate::{
    sdk::{Request, SdkError, protocol},
    widget::state::{MessageAnswer, MessageEffect},
};

pub fn request(effect: &MessageEffect) -> Request {
    match effect {
        MessageEffect::React { id, emoji, added, .. } => Request::react(*id, emoji, *added),
        MessageEffect::Refresh { id, .. } => Request::message(*id),
        MessageEffect::RefreshNewest(peer) => Request::newest(peer),
        MessageEffect::Pin { id, on, .. } => Request::pin(*id, *on),
        MessageEffect::Save { id, on, .. } => Request::save(*id, *on),
        MessageEffect::LoadReacted(id) => Request::reacted_by(*id),
        MessageEffect::LoadReaders(id) => Request::receipts(*id),
        MessageEffect::LoadMarked(peer) => Request::marked(peer.as_ref()),
        MessageEffect::LoadMembers { guid, search } => Request::members(guid, search),
        MessageEffect::UnreadFrom { id, .. } => Request::unread_from(*id),
        MessageEffect::Forward { id, peer, muid } => Request::forward(*id, peer, muid),
    }
}

pub fn answer(effect: MessageEffect, json: Result<String, SdkError>) -> MessageAnswer {
    let message = |json: Result<String, SdkError>| json.and_then(|json| protocol::message(&json));
    let history = |json: Result<String, SdkError>| json.and_then(|json| Ok(protocol::history(&json)?.messages));
    match effect {
        MessageEffect::React { peer, id, .. }
        | MessageEffect::Pin { peer, id, .. }
        | MessageEffect::Save { peer, id, .. } => MessageAnswer::Marked { peer, id, result: message(json) },
        MessageEffect::Refresh { peer, id } => MessageAnswer::Refreshed { peer, id, result: message(json) },
        MessageEffect::RefreshNewest(peer) => MessageAnswer::Newest { peer, result: history(json) },
        MessageEffect::LoadReacted(id) => {
            MessageAnswer::Reacted { id, result: json.and_then(|json| protocol::reacted_by(&json)) }
        }
        MessageEffect::LoadReaders(id) => {
            MessageAnswer::Readers { id, result: json.and_then(|json| protocol::receipts(&json)) }
        }
        MessageEffect::LoadMarked(peer) => MessageAnswer::MarkedList { peer, result: history(json) },
        MessageEffect::LoadMembers { search, .. } => {
            MessageAnswer::Members { search, result: json.and_then(|json| protocol::people(&json)) }
        }
        MessageEffect::UnreadFrom { peer, .. } => MessageAnswer::MadeUnread { peer, result: json.map(drop) },
        MessageEffect::Forward { peer, .. } => MessageAnswer::Forwarded { peer, result: message(json) },
    }
}
