//! What a conversation shows, from top to bottom: days, bubbles with their place in a group, and the unread line.

use std::rc::Rc;

use litemap::LiteMap;

use super::{Change, Delivery, State, Timeline, message};
use crate::model::{
    chat::{Content, Message, Peer, Person, Problem},
    ids::{MessageId, Uid},
};

/// Messages of one sender further apart than this begin a new group.
const GROUP_SECONDS: i64 = 5 * 60;

/// Names a row for as long as it is shown; a message keeps its bubble when the cloud accepts it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemKey {
    /// A day, by its number since the epoch in the visitor's time zone.
    Day(i64),
    UnreadLine,
    Message(MessageId),
    Sent(String),
    /// A row of the conversation list, and of a group's members: their menus are named like those of messages.
    Row(Peer),
    Member(Uid),
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineRow {
    pub key: ItemKey,
    pub item: Item,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// The day of this moment (unix seconds).
    Day(i64),
    UnreadLine,
    /// Something that happened, between the bubbles.
    Event(Box<Content>),
    Bubble(Box<Bubble>),
}

/// One bubble.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent marks of one bubble")]
pub struct Bubble {
    /// None until the cloud has accepted it.
    pub id: Option<MessageId>,
    pub muid: Option<String>,
    pub sender: Option<Person>,
    pub mine: bool,
    pub text: String,
    pub content: Option<Content>,
    pub at: i64,
    pub edited: bool,
    pub deleted: bool,
    pub delivery: Option<Delivery>,
    /// An edit or deletion that is under way or failed.
    pub change: Option<Change>,
    pub first_of_group: bool,
    pub last_of_group: bool,
    /// The message itself, once the cloud has accepted it, with all that hangs on it.
    pub message: Option<Rc<Message>>,
    /// What it answers, while it is on its way.
    pub quoted: Option<MessageId>,
    pub editable: bool,
    pub deletable: bool,
    pub problem: Option<Problem>,
}

impl Bubble {
    /// Its text as it is read, with names in the place of mentions.
    pub fn readable(&self) -> String {
        let mentions = self.message.as_ref().map(|message| message.mentions.as_slice()).unwrap_or_default();
        message::readable(&self.text, mentions)
    }
}

/// The rows of a timeline. `day_of` gives a moment's day in the visitor's time zone; before `unread_from`
/// stands the unread line.
pub fn timeline_items(
    timeline: &Timeline,
    me: &Uid,
    unread_from: Option<MessageId>,
    day_of: impl Fn(i64) -> i64,
) -> Vec<TimelineRow> {
    let mut bubbles: Vec<TimelineRow> = timeline.messages.values().map(|known| accepted(timeline, known, me)).collect();
    bubbles.extend(timeline.pending.iter().map(pending));
    group(&mut bubbles, &day_of);
    let mut rows = Vec::with_capacity(bubbles.len() + 4);
    let mut day = None;
    for row in bubbles {
        let at = moment(timeline, &row);
        if day != Some(day_of(at)) {
            day = Some(day_of(at));
            rows.push(TimelineRow { key: ItemKey::Day(day_of(at)), item: Item::Day(at) });
        }
        if unread_from.is_some_and(|id| matches!(&row.item, Item::Bubble(bubble) if bubble.id == Some(id))) {
            rows.push(TimelineRow { key: ItemKey::UnreadLine, item: Item::UnreadLine });
        }
        rows.push(row);
    }
    // A clock that was set back would show a day twice, and a key must be unique.
    let mut seen = LiteMap::new_vec();
    rows.retain(|row| seen.insert(row.key.clone(), ()).is_none());
    rows
}

fn moment(timeline: &Timeline, row: &TimelineRow) -> i64 {
    match (&row.item, &row.key) {
        (Item::Bubble(bubble), _) => bubble.at,
        (_, ItemKey::Message(id)) => timeline.messages.get(id).map_or(0, |known| known.sent_at),
        _ => 0,
    }
}

fn accepted(timeline: &Timeline, known: &Rc<Message>, me: &Uid) -> TimelineRow {
    let mine = known.sender.uid == *me;
    let key = match known.muid.as_ref().filter(|muid| mine && !muid.is_empty()) {
        Some(muid) => ItemKey::Sent(muid.clone()),
        None => ItemKey::Message(known.id),
    };
    if State::is_event(&known.content) {
        return TimelineRow { key, item: Item::Event(Box::new(known.content.clone())) };
    }
    let change = timeline.changes.get(&known.id).cloned();
    let text = change.as_ref().and_then(|change| change.text.clone());
    let bubble = Bubble {
        id: Some(known.id),
        muid: known.muid.clone(),
        sender: Some(known.sender.clone()),
        mine,
        text: text.unwrap_or_else(|| message::text_of(known).to_owned()),
        content: Some(known.content.clone()),
        at: known.sent_at,
        edited: known.edited_at.is_some(),
        deleted: known.deleted_at.is_some(),
        delivery: mine.then(|| timeline.delivery(known)),
        change,
        first_of_group: true,
        last_of_group: true,
        message: Some(known.clone()),
        quoted: None,
        editable: message::is_editable(known, me),
        deletable: message::is_deletable(known, me),
        problem: None,
    };
    TimelineRow { key, item: Item::Bubble(Box::new(bubble)) }
}

/// The message that a thread hangs on, as a row above it.
pub fn parent_row(parent: &Message, me: &Uid) -> TimelineRow {
    let mut row = accepted(&Timeline::default(), &Rc::new(parent.clone()), me);
    if let Item::Bubble(bubble) = &mut row.item {
        bubble.id = None;
    }
    row
}

fn pending(pending: &super::Pending) -> TimelineRow {
    let bubble = Bubble {
        id: None,
        muid: Some(pending.muid.clone()),
        sender: None,
        mine: true,
        text: pending.text.clone(),
        content: None,
        at: pending.at,
        edited: false,
        deleted: false,
        delivery: Some(pending.status.into()),
        change: None,
        first_of_group: true,
        last_of_group: true,
        message: None,
        quoted: pending.quoted,
        editable: false,
        deletable: false,
        problem: pending.problem,
    };
    TimelineRow { key: ItemKey::Sent(pending.muid.clone()), item: Item::Bubble(Box::new(bubble)) }
}

/// Joins neighbours of one sender, one day and five minutes.
fn group(rows: &mut [TimelineRow], day_of: &impl Fn(i64) -> i64) {
    for index in 1..rows.len() {
        let (before, after) = rows.split_at_mut(index);
        let (Some(before), Some(after)) = (before.last_mut(), after.first_mut()) else { continue };
        let (Item::Bubble(before), Item::Bubble(after)) = (&mut before.item, &mut after.item) else { continue };
        let same_sender = before.mine == after.mine
            && (before.mine
                || before.sender.as_ref().map(|sender| &sender.uid) == after.sender.as_ref().map(|sender| &sender.uid));
        let near = (after.at - before.at).abs() < GROUP_SECONDS && day_of(before.at) == day_of(after.at);
        if same_sender && near {
            before.last_of_group = false;
            after.first_of_group = false;
        }
    }
}
