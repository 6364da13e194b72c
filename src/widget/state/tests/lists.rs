//! Any loss, delay and duplication of what comes into several conversations, followed by a lost link and the catch-up
//! after it, gives the list that the cloud has: its order, its last messages and what is unread.

use proptest::prelude::*;

use super::{
    fates::{Cloud, fate, live_through},
    fixtures::*,
};
use crate::{
    model::{
        chat::{Conversation, Message, Peer},
        event::{ChatEvent, ReceiptKind},
        ids::MessageId,
    },
    widget::state::{Answer, Effect, State},
};

const OTHERS: [&str; 2] = ["bob", "carol"];

/// What happens with one of the others.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Sent,
    /// Alice writes on another device, which reads nothing.
    Own,
    /// Alice reads all of it on another device.
    Read,
}

/// The cloud's side: the messages with each of the others, and how far Alice has read.
#[derive(Default)]
struct List {
    with: [Vec<Message>; 2],
    read_to: [Option<MessageId>; 2],
    last_id: u64,
}

impl List {
    fn conversation(&self, who: usize) -> Option<Conversation> {
        let last = self.with[who].last()?.clone();
        let is_unread = |message: &&Message| message.sender.uid != uid("alice") && Some(message.id) > self.read_to[who];
        let unread = self.with[who].iter().filter(is_unread).count();
        let found = conversation(OTHERS[who], u32::try_from(unread).unwrap(), last);
        Some(Conversation { last_read_message_id: self.read_to[who], ..found })
    }
}

impl Cloud for List {
    type Deed = (Deed, usize);

    fn does(&mut self, (deed, who): Self::Deed) -> Option<ChatEvent> {
        let name = OTHERS[who];
        if let Deed::Read = deed {
            let newest = self.with[who].iter().rev().find(|message| message.sender.uid != uid("alice"))?.id;
            self.read_to[who] = Some(newest);
            let (kind, reader, peer) = (ReceiptKind::Read, uid("alice"), peer("alice"));
            return Some(ChatEvent::Receipt { kind, message_id: newest, reader, peer, by_all: false });
        }
        self.last_id += 1;
        let (from, to) = if matches!(deed, Deed::Own) { ("alice", name) } else { (name, "alice") };
        let id = self.last_id;
        let message = Message { sent_at: i64::try_from(id).unwrap(), ..message(id, from, to) };
        self.with[who].push(message.clone());
        Some(ChatEvent::MessageReceived { message })
    }

    fn answer(&self, effect: Effect) -> Option<Answer> {
        Some(match effect {
            Effect::LoadConversations { page: 1 } => {
                let list = (0..OTHERS.len()).filter_map(|who| self.conversation(who)).collect();
                Answer::Conversations { page: 1, result: Ok(list) }
            }
            Effect::LoadConversations { page } => Answer::Conversations { page, result: Ok(vec![]) },
            Effect::LoadConversation(with) => {
                let who = OTHERS.iter().position(|name| with == peer(name))?;
                Answer::Conversation { peer: with, result: Ok(self.conversation(who).map(Box::new)) }
            }
            _ => return None,
        })
    }
}

/// The list as it is seen: whom, how much is unread, which message is the last.
fn shown(state: &State) -> Vec<(Peer, u32, Option<MessageId>)> {
    let row = |peer: Peer| {
        let row = &state.conversations.rows[&peer];
        (peer, row.unread(), row.last.as_ref().map(|last| last.id))
    };
    state.listed().into_iter().map(row).collect()
}

proptest! {
    #[test]
    fn whatever_is_lost_or_late_or_told_twice_the_list_is_the_clouds_after_the_catch_up(
        deeds in prop::collection::vec(
            ((prop_oneof![4 => Just(Deed::Sent), 1 => Just(Deed::Own), 1 => Just(Deed::Read)], 0..OTHERS.len()), fate()),
            0..40,
        ),
        late_after_the_catch_up in any::<bool>(),
    ) {
        let mut cloud = List::default();
        let mut state = connected();
        open_list(&mut state);
        live_through(&mut cloud, &mut state, deeds, late_after_the_catch_up);
        let mut fresh = connected();
        let mut asked = Vec::new();
        fresh.load_conversations(1, &mut asked);
        cloud.serve(&mut fresh, asked);
        prop_assert_eq!(shown(&state), shown(&fresh));
        prop_assert_eq!(state.conversations.unread(), fresh.conversations.unread());
    }
}
