//! Any loss, delay and duplication of events, followed by a lost link and the catch-up after it, gives what the cloud has.

use litemap::LiteMap;
use proptest::prelude::*;

use super::{
    fates::{Cloud, fate, live_through},
    fixtures::*,
};
use crate::{
    model::{
        chat::{Content, Message, Reaction},
        event::ChatEvent,
        ids::MessageId,
    },
    widget::state::{Answer, Effect, MessageAnswer, MessageEffect, State, TimelineRow, timeline_items},
};

/// What happens in the cloud; a number picks one of the messages that are there.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Sent { mine: bool },
    Edited(usize),
    Deleted(usize),
    Reacted(usize),
    Replied(usize),
}

/// The cloud's side of the conversation with Bob.
#[derive(Default)]
struct Conversation {
    messages: LiteMap<MessageId, Message>,
    replies: LiteMap<MessageId, Message>,
    clock: i64,
    last_id: u64,
}

impl Conversation {
    fn pick(&mut self, at: usize) -> Option<&mut Message> {
        let count = self.messages.len();
        let id = *self.messages.keys().nth(at % count.max(1))?;
        self.messages.get_mut(&id).filter(|message| message.deleted_at.is_none())
    }

    fn next(&mut self, mine: bool) -> Message {
        self.last_id += 1;
        let (from, to) = if mine { ("alice", "bob") } else { ("bob", "alice") };
        Message { sent_at: self.clock, ..message(self.last_id, from, to) }
    }
}

impl Cloud for Conversation {
    type Deed = Deed;

    fn does(&mut self, deed: Deed) -> Option<ChatEvent> {
        self.clock += 1;
        let clock = self.clock;
        Some(match deed {
            Deed::Sent { mine } => {
                let message = self.next(mine);
                self.messages.insert(message.id, message.clone());
                ChatEvent::MessageReceived { message }
            }
            Deed::Edited(at) => {
                let message = self.pick(at)?;
                message.content = Content::Text { text: format!("edited at {clock}") };
                message.edited_at = Some(clock);
                ChatEvent::MessageEdited { message: message.clone() }
            }
            Deed::Deleted(at) => {
                let message = self.pick(at)?;
                message.deleted_at = Some(clock);
                ChatEvent::MessageDeleted { message: message.clone() }
            }
            Deed::Reacted(at) => {
                let message = self.pick(at)?;
                match message.reactions.first_mut() {
                    Some(reaction) => reaction.count += 1,
                    None => message.reactions.push(Reaction { emoji: "👍".into(), count: 1, mine: false }),
                }
                ChatEvent::MessageTouched { id: message.id }
            }
            Deed::Replied(at) => {
                let parent = self.pick(at)?;
                parent.replies += 1;
                parent.unread_replies += 1;
                let parent = parent.id;
                let message = Message { parent_id: Some(parent), ..self.next(false) };
                self.replies.insert(message.id, message.clone());
                ChatEvent::MessageReceived { message }
            }
        })
    }

    fn answer(&self, effect: Effect) -> Option<Answer> {
        let all = || self.messages.values().cloned().collect::<Vec<_>>();
        Some(match effect {
            Effect::LoadMissed { peer, after } => {
                let missed = all().into_iter().filter(|message| message.id > after).collect();
                Answer::Missed { peer, after, result: Ok(missed) }
            }
            Effect::LoadChanges { peer, since } => {
                let changed = |message: &Message| message.edited_at.max(message.deleted_at) >= Some(since);
                Answer::Changes { peer, result: Ok(all().into_iter().filter(changed).collect()) }
            }
            Effect::Message(MessageEffect::RefreshNewest(peer)) => {
                Answer::Message(MessageAnswer::Newest { peer, result: Ok(all()) })
            }
            Effect::Message(MessageEffect::Refresh { peer, id }) => {
                let message = self.messages.get(&id).or_else(|| self.replies.get(&id))?.clone();
                Answer::Message(MessageAnswer::Refreshed { peer, id, result: Ok(message) })
            }
            Effect::LoadConversations { page } => Answer::Conversations { page, result: Ok(vec![]) },
            _ => return None,
        })
    }
}

fn shown(state: &State) -> Vec<TimelineRow> {
    timeline_items(&state.timelines[&peer("bob")], &uid("alice"), None, |at| at / 86_400)
}

fn deed() -> impl Strategy<Value = Deed> {
    let at = || 0..20_usize;
    prop_oneof![
        3 => any::<bool>().prop_map(|mine| Deed::Sent { mine }),
        2 => at().prop_map(Deed::Edited),
        1 => at().prop_map(Deed::Deleted),
        2 => at().prop_map(Deed::Reacted),
        1 => at().prop_map(Deed::Replied),
    ]
}

proptest! {
    #[test]
    fn whatever_is_lost_or_late_or_told_twice_the_catch_up_gives_what_the_cloud_has(
        deeds in prop::collection::vec((deed(), fate()), 0..40),
        late_after_the_catch_up in any::<bool>(),
    ) {
        let mut cloud = Conversation::default();
        for mine in [false, true, false] {
            cloud.does(Deed::Sent { mine });
        }
        let mut state = with_bob_open(cloud.messages.values().cloned().collect());
        live_through(&mut cloud, &mut state, deeds, late_after_the_catch_up);
        let fresh = with_bob_open(cloud.messages.values().cloned().collect());
        prop_assert_eq!(shown(&state), shown(&fresh));
    }
}
