//! The rows of a timeline as the view follows them: what did not change is the very same allocation, so that a change of
//! one message costs the work of one row.

use std::{collections::BTreeMap, ops::Deref, sync::Arc};

use leptos::prelude::*;

use super::time;
use crate::{
    model::chat::Peer,
    widget::{
        controller::Chat,
        state::{Item, ItemKey, TimelineRow, timeline_items},
    },
};

/// A row, equal to another only where it is the same.
#[derive(Clone, Debug)]
pub struct RowHandle(Arc<TimelineRow>);

impl PartialEq for RowHandle {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for RowHandle {
    type Target = TimelineRow;

    fn deref(&self) -> &TimelineRow {
        &self.0
    }
}

/// The rows, in order and by key.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    order: Arc<Vec<ItemKey>>,
    by_key: BTreeMap<ItemKey, RowHandle>,
}

impl Rows {
    pub fn get(&self, key: &ItemKey) -> Option<RowHandle> {
        self.by_key.get(key).cloned()
    }

    pub fn order(&self) -> Arc<Vec<ItemKey>> {
        self.order.clone()
    }

    /// The newest row, and whether it is the visitor's own.
    pub fn newest(&self) -> Option<(ItemKey, bool)> {
        let key = self.order.last()?;
        let mine = self.by_key.get(key).is_some_and(|row| matches!(&row.item, Item::Bubble(bubble) if bubble.mine));
        Some((key.clone(), mine))
    }

    /// The rows of now, with what is the same as before taken from there.
    fn after(before: Option<&Self>, now: Vec<TimelineRow>) -> Self {
        let is_same = |order: &&Arc<Vec<ItemKey>>| order.iter().eq(now.iter().map(|row| &row.key));
        let order = before.map(|before| &before.order).filter(is_same).cloned();
        let order = order.unwrap_or_else(|| Arc::new(now.iter().map(|row| row.key.clone()).collect()));
        let keep = |row: TimelineRow| {
            let known = before.and_then(|before| before.by_key.get(&row.key)).filter(|known| known.0.item == row.item);
            (row.key.clone(), known.cloned().unwrap_or_else(|| RowHandle(Arc::new(row))))
        };
        Self { order, by_key: now.into_iter().map(keep).collect() }
    }
}

/// The rows of the conversation with `peer`, now and from now on.
pub fn rows_of(chat: Chat, peer: Peer) -> Memo<Rows> {
    let revision_peer = peer.clone();
    let revision = chat.memo(move |state| {
        (state.timelines.get(&revision_peer).map(|timeline| timeline.revision), state.panel.unread_at_opening)
    });
    Memo::new(move |before: Option<&Rows>| {
        // Read, not only tracked: a memo that was never read hears of nothing.
        revision.get();
        chat.state.with_untracked(|state| {
            let (Some(timeline), Some(me)) = (state.timelines.get(&peer), state.me()) else { return Rows::default() };
            Rows::after(before, timeline_items(timeline, me, state.panel.unread_at_opening, time::day_of))
        })
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::model::ids::MessageId;

    fn event(id: u64, text: &str) -> TimelineRow {
        TimelineRow { key: ItemKey::Message(MessageId(id)), item: Item::Event(text.into()) }
    }

    #[test]
    fn what_did_not_change_is_the_very_same_row() {
        let before = Rows::after(None, vec![event(1, "a"), event(2, "b")]);
        let after = Rows::after(Some(&before), vec![event(1, "a"), event(2, "changed")]);
        let key = |id| ItemKey::Message(MessageId(id));
        assert!(before.get(&key(1)) == after.get(&key(1)));
        assert!(before.get(&key(2)) != after.get(&key(2)));
        assert!(Arc::ptr_eq(&before.order, &after.order));
        let longer = Rows::after(Some(&after), vec![event(1, "a"), event(2, "changed"), event(3, "c")]);
        assert_eq!(longer.newest().unwrap().0, key(3));
        assert!(!Arc::ptr_eq(&longer.order, &after.order));
    }
}
