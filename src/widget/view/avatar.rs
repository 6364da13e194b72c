//! A person's or a group's picture, or their initials on a colour that stays with them; and whether they are here.

use super::unseen;
use crate::{
    i18n::WidgetTexts,
    model::chat::{Counterpart, Group, Person, Presence},
    widget::{
        element::{Element, element},
        text::initials::{hue, initials},
    },
};

/// What an avatar shows.
#[derive(Clone, Copy)]
pub struct Face<'a> {
    id: &'a str,
    name: &'a str,
    picture: Option<&'a str>,
}

impl<'a> From<&'a Counterpart> for Face<'a> {
    fn from(counterpart: &'a Counterpart) -> Self {
        match counterpart {
            Counterpart::User(person) => person.into(),
            Counterpart::Group(group) => group.into(),
        }
    }
}

impl<'a> From<&'a Group> for Face<'a> {
    fn from(group: &'a Group) -> Self {
        Self { id: &group.guid, name: &group.name, picture: group.icon.as_deref() }
    }
}

impl<'a> From<&'a Person> for Face<'a> {
    fn from(person: &'a Person) -> Self {
        Self { id: person.uid.as_str(), name: &person.name, picture: person.avatar.as_deref() }
    }
}

/// The page's policy lets pictures come from any https address and from the page's own host; what it would refuse, with a
/// complaint in the console, is not asked for.
pub fn may_be_shown(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with('/') && !address.starts_with("//")
}

/// The avatar, with a dot where the person is here.
pub fn avatar<'a>(texts: &WidgetTexts, face: impl Into<Face<'a>>, presence: Option<Presence>) -> Element {
    drawn(texts, face.into(), presence)
}

#[inline(never)]
fn drawn(texts: &WidgetTexts, face: Face, presence: Option<Presence>) -> Element {
    let picture = face.picture.filter(|address| may_be_shown(address)).map(|address| {
        element("img", "avatar-picture")
            .with("src", address.to_owned())
            .with("alt", "")
            .with("loading", "lazy")
            .with("decoding", "async")
            .with("referrerpolicy", "no-referrer")
            // Another picture is another element: that this one is broken is known of its element.
            .key(address.to_owned())
    });
    let letters = element("span", "avatar-letters").with("aria-hidden", "true").child(initials(face.name));
    let is_here = presence == Some(Presence::Online);
    element("span", "avatar")
        .with("--hue", hue(face.id).to_string())
        .child(letters)
        .child(picture)
        .child(is_here.then(|| element("span", "presence").key("presence").child(unseen(texts.online))))
}
