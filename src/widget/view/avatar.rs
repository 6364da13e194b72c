//! A person's or a group's picture, or their initials on a colour that stays with them; and whether they are here.

use leptos::{ev, prelude::*};

use super::drawn::{Draw, lazily};
use super::use_chat;
use crate::{
    model::chat::{Counterpart, Presence},
    widget::text::initials::{hue, initials},
};

/// What an avatar shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Face {
    pub id: String,
    pub name: String,
    pub picture: Option<String>,
}

impl From<&Counterpart> for Face {
    fn from(counterpart: &Counterpart) -> Self {
        let (id, picture) = match counterpart {
            Counterpart::User(person) => (person.uid.to_string(), person.avatar.clone()),
            Counterpart::Group(group) => (group.guid.clone(), group.icon.clone()),
        };
        Self { id, name: counterpart.name().to_owned(), picture }
    }
}

/// The page's policy lets pictures come from any https address and from the page's own host; what it would refuse, with a
/// complaint in the console, is not asked for.
fn may_be_shown(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with('/') && !address.starts_with("//")
}

#[component]
pub fn Avatar(
    face: Face,
    /// The presence dot; none for groups and for small avatars.
    #[prop(optional, into)]
    presence: Signal<Option<Presence>>,
    #[prop(optional)] small: bool,
) -> impl IntoView {
    let texts = use_chat().texts;
    let broken = RwSignal::new(false);
    let picture = face.picture.filter(|address| may_be_shown(address));
    let letters = initials(&face.name);
    view! {
        <span class="avatar" class:small=small style:--hue=hue(&face.id).to_string()>
            <span class="avatar-letters" aria-hidden="true">{letters}</span>
            {picture.map(|address| view! {
                <img class="avatar-picture" src=address alt="" loading="lazy" decoding="async"
                    referrerpolicy="no-referrer" class:broken=broken on:error=move |_: ev::ErrorEvent| broken.set(true)/>
            }.drawn())}
            {lazily(move || match presence.get() {
                Some(Presence::Online) => Some(view! {
                    <span class="presence"><span class="unseen">{texts.online}</span></span>
                }),
                _ => None,
            })}
        </span>
    }
    .drawn()
}
