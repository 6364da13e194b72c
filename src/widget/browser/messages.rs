//! What is done with single messages: which call it is, and what its answer is to the reducer.

use crate::{
    sdk::{MessageCall, SdkError, protocol},
    widget::state::{MessageAnswer, MessageEffect},
};

pub fn call(effect: &MessageEffect) -> MessageCall {
    match effect {
        MessageEffect::React { id, emoji, added, .. } => MessageCall::react(*id, emoji, *added),
        MessageEffect::Refresh { id, .. } => MessageCall::message(*id),
        MessageEffect::RefreshNewest(peer) => MessageCall::newest(peer),
        MessageEffect::Pin { id, on, .. } => MessageCall::pin(*id, *on),
        MessageEffect::Save { id, on, .. } => MessageCall::save(*id, *on),
        MessageEffect::LoadReacted(id) => MessageCall::reacted_by(*id),
        MessageEffect::LoadReaders(id) => MessageCall::receipts(*id),
        MessageEffect::LoadMarked(peer) => MessageCall::marked(peer.as_ref()),
        MessageEffect::LoadMembers { guid, search } => MessageCall::members(guid, search),
        MessageEffect::UnreadFrom { id, .. } => MessageCall::unread_from(*id),
        MessageEffect::Forward { id, peer, muid } => MessageCall::forward(*id, peer, muid),
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
