//! Groups that were found.

use crate::{
    model::chat::{Group, GroupKind},
    widget::{
        element::{Element, Node, button, element},
        icons,
        state::{Event, GroupEvent, Loading},
        view::{
            avatar::avatar,
            conversation_list::list,
            groups::parts::{no_rows, row},
            icon,
            scene::Scene,
        },
    },
};

/// The list of them, in the place of people.
pub fn found_groups(scene: &Scene) -> Element {
    let (texts, groups) = (&scene.texts.groups, &scene.state.groups);
    let loading = groups.loading;
    if groups.found.is_empty() || loading == Loading::Failed {
        return no_rows(scene, loading, texts.failed, Event::RetrySearch, icons::SEARCH, texts.none_found.into());
    }
    list("groups", texts.groups, loading, Event::Group(GroupEvent::MoreGroupsWanted))
        .child(groups.found.iter().map(|group| group_row(scene, group)).collect::<Vec<_>>())
}

/// A group: in it, a press leads into its conversation; else into it.
pub fn group_row(scene: &Scene, group: &Group) -> Element {
    let texts = &scene.texts.groups;
    let markup = match group.kind {
        GroupKind::Public => icons::USERS,
        GroupKind::Password | GroupKind::Private => icons::LOCK,
    };
    let members = vec![Node::Element(icon(markup)), Node::Text((scene.texts.members)(group.members).into())];
    let state = if group.left { texts.join } else { texts.joined };
    let state = element("span", "row-state").class("offer", group.left).child(state);
    let opens = button("row").on_click(Event::Group(GroupEvent::Chosen(Box::new(group.clone()))));
    let opens = row(opens, avatar(scene.texts, group, None), group.name.clone(), members, Some(state));
    element("li", "").key(["group ", &group.guid].concat()).child(opens)
}
