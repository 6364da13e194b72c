//! What is done with single messages: which call it is, and what its answer is to the reducer.

use crate::{
    sdk::{Call, SdkError, protocol},
    widget::state::{MessageAnswer, MessageEffect},
};

pub fn call(effect: &MessageEffect) -> Call {
    match effect {
        MessageEffect::React { id, emoji, added, .. } => Call::react(*id, emoji, *added),
        MessageEffect::Refresh { id, .. } => Call::message(*id),
        MessageEffect::RefreshNewest(peer) => Call::newest(peer),
        MessageEffect::Pin { id, on, .. } => Call::pin(*id, *on),
        MessageEffect::Save { id, on, .. } => Call::save(*id, *on),
        MessageEffect::LoadReacted(id) => Call::reacted_by(*id),
        MessageEffect::LoadReaders(id) => Call::receipts(*id),
        MessageEffect::LoadMarked(peer) => Call::marked(peer.as_ref()),
        MessageEffect::LoadMembers { guid, search } => Call::members(guid, search),
        MessageEffect::Forward { id, peer, muid } => Call::forward(*id, peer, muid),
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
        MessageEffect::Forward { peer, .. } => MessageAnswer::Forwarded { peer, result: message(json) },
    }
}
