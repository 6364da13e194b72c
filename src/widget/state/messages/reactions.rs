//! Emoji at messages: shown at once, and then what the cloud says of the whole message.

use super::MessageEffect;
use crate::{
    model::{chat::Reaction, ids::MessageId},
    widget::state::{Effect, State},
};

impl State {
    pub(super) fn reaction_toggled(&mut self, id: MessageId, emoji: &str, effects: &mut Vec<Effect>) {
        self.panel.sheet = None;
        let Some((peer, known)) = self.open_message(id).filter(|(_, known)| known.deleted_at.is_none()) else { return };
        let added = !known.reactions.iter().any(|one| one.mine && one.emoji == emoji);
        if added {
            self.emoji_used(emoji, effects);
        }
        self.timeline(&peer).alter(id, |message| toggle(&mut message.reactions, emoji, added));
        effects.push(MessageEffect::React { peer, id, emoji: emoji.to_owned(), added }.into());
    }
}

/// One's own emoji comes, or goes; the others keep their order.
fn toggle(reactions: &mut Vec<Reaction>, emoji: &str, added: bool) {
    match reactions.iter_mut().find(|one| one.emoji == emoji) {
        Some(one) if one.mine != added => {
            one.mine = added;
            one.count = if added { one.count + 1 } else { one.count.saturating_sub(1) };
        }
        None if added => reactions.push(Reaction { emoji: emoji.to_owned(), count: 1, mine: true }),
        _ => {}
    }
    reactions.retain(|one| one.count > 0);
}
