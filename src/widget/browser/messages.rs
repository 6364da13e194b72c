//! Carries out what is done with single messages.

use crate::{
    sdk::{ChatClient, SdkError},
    widget::state::{MessageAnswer, MessageEffect, PAGE},
};

pub async fn ask_of_message(client: &ChatClient, effect: MessageEffect) -> MessageAnswer {
    match effect {
        MessageEffect::React { peer, id, emoji, added } => {
            let result = client.react(id, &emoji, added).await;
            MessageAnswer::Marked { peer, id, result }
        }
        MessageEffect::Refresh { peer, id } => {
            let result = client.message(id).await;
            MessageAnswer::Refreshed { peer, id, result }
        }
        MessageEffect::RefreshNewest(peer) => {
            let result = client.messages_before(&peer, None, PAGE).await;
            MessageAnswer::Newest { peer, result }
        }
        MessageEffect::Pin { peer, id, on } => {
            let result = client.pin(id, on).await;
            MessageAnswer::Marked { peer, id, result }
        }
        MessageEffect::Save { peer, id, on } => {
            let result = client.save(id, on).await;
            MessageAnswer::Marked { peer, id, result }
        }
        MessageEffect::LoadReacted(id) => MessageAnswer::Reacted { id, result: client.reacted_by(id).await },
        MessageEffect::LoadReaders(id) => MessageAnswer::Readers { id, result: client.receipts(id).await },
        MessageEffect::LoadMarked(peer) => {
            let result = client.marked(peer.as_ref()).await;
            MessageAnswer::MarkedList { peer, result }
        }
        MessageEffect::LoadMembers { guid, search } => {
            let result = client.members(&guid, &search).await;
            MessageAnswer::Members { search, result }
        }
        MessageEffect::UnreadFrom { peer, id } => {
            let result = client.mark_unread_from(id).await;
            MessageAnswer::MadeUnread { peer, result }
        }
        MessageEffect::Forward { id, peer, muid } => {
            let result = client.forward(id, &peer, &muid).await;
            MessageAnswer::Forwarded { peer, result }
        }
    }
}

/// Answers what nobody can be asked for now.
pub fn refuse_of_message(effect: MessageEffect, error: SdkError) -> MessageAnswer {
    match effect {
        MessageEffect::React { peer, id, .. }
        | MessageEffect::Pin { peer, id, .. }
        | MessageEffect::Save { peer, id, .. } => MessageAnswer::Marked { peer, id, result: Err(error) },
        MessageEffect::Refresh { peer, id } => MessageAnswer::Refreshed { peer, id, result: Err(error) },
        MessageEffect::RefreshNewest(peer) => MessageAnswer::Newest { peer, result: Err(error) },
        MessageEffect::LoadReacted(id) => MessageAnswer::Reacted { id, result: Err(error) },
        MessageEffect::LoadReaders(id) => MessageAnswer::Readers { id, result: Err(error) },
        MessageEffect::LoadMarked(peer) => MessageAnswer::MarkedList { peer, result: Err(error) },
        MessageEffect::LoadMembers { search, .. } => MessageAnswer::Members { search, result: Err(error) },
        MessageEffect::UnreadFrom { peer, .. } => MessageAnswer::MadeUnread { peer, result: Err(error) },
        MessageEffect::Forward { peer, .. } => MessageAnswer::Forwarded { peer, result: Err(error) },
    }
}
