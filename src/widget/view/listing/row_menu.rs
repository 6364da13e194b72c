//! What can be done with a conversation as a whole.

use crate::{
    i18n::widget::around,
    model::chat::{Counterpart, Peer},
    widget::{
        element::{Element, element},
        icons,
        state::{
            Event, ItemKey, ListEvent, ListRow,
            listing::{ARCHIVED, MUTED},
        },
        view::{bubble_menu::item, header::icon_button, scene::Scene},
    },
};

/// The button at the row, and the menu behind it; `tab_stop`: the tab key reaches it.
pub fn row_menu(scene: &Scene, peer: &Peer, row: &ListRow, tab_stop: bool) -> Element {
    let key = ItemKey::Row(peer.clone());
    let is_open = scene.state.has_menu(&key);
    let with = scene.state.conversations.counterparts.get(peer);
    let label = around(scene.texts.listing.actions, with.map_or("", Counterpart::name));
    let toggle = icon_button("icon-button action", icons::ELLIPSIS_VERTICAL, label.clone(), Event::MenuToggled(key));
    let toggle = toggle.with("aria-haspopup", "menu").state("aria-expanded", is_open);
    element("div", "actions")
        .key("actions")
        .class("open", is_open)
        .child(if tab_stop { toggle } else { toggle.with("tabindex", "-1") })
        .child(is_open.then(|| menu(scene, peer, row).with("aria-label", label)))
}

fn menu(scene: &Scene, peer: &Peer, row: &ListRow) -> Element {
    let texts = &scene.texts.listing;
    let does = |event: ListEvent| Event::Listing(event);
    let tag = |tag: &'static str| does(ListEvent::Tagged(peer.clone(), tag, !row.has_tag(tag)));
    let is_pinned = row.pinned_at.is_some();
    let pin = if is_pinned { (icons::PIN, texts.unpin) } else { (icons::PIN, texts.pin) };
    let mute = if row.has_tag(MUTED) { (icons::BELL_OFF, texts.unmute) } else { (icons::BELL_OFF, texts.mute) };
    let archive = if row.has_tag(ARCHIVED) { texts.unarchive } else { texts.archive };
    let read = if row.unread() > 0 {
        Some(item("", icons::CHECK_CHECK, texts.mark_read, does(ListEvent::ReadAll(peer.clone()))))
    } else {
        let can_be_unread = scene.state.newest_from_others(peer).is_some();
        let unread = does(ListEvent::UnreadAgain(peer.clone()));
        can_be_unread.then(|| item("", icons::MESSAGE_CIRCLE, texts.mark_unread, unread))
    };
    let delete = does(ListEvent::Deleted(peer.clone()));
    element("div", "menu")
        .with("role", "menu")
        .child(item("", pin.0, pin.1, does(ListEvent::Pinned(peer.clone(), !is_pinned))))
        .child(read)
        .child(item("", mute.0, mute.1, tag(MUTED)))
        .child(item("", icons::ARCHIVE, archive, tag(ARCHIVED)))
        .child(item("danger", icons::TRASH_2, texts.delete, delete))
}
