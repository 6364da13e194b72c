//! Whom to write to: people, and a search over them.

use leptos::{html, prelude::*};

use super::{
    avatar::{Avatar, Face},
    conversation_list::{load_more, rove},
    header::{IconButton, PanelButtons},
    icon::Icon,
    notice::Notice,
    skeleton::ListSkeleton,
    use_chat,
};
use crate::{
    model::{
        chat::{Counterpart, Peer, Person},
        ids::Uid,
    },
    widget::{
        dom, icons,
        state::{Event, Loading, Screen},
    },
};

#[component]
pub fn NewChat() -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let expanded = chat.memo(|state| state.panel.expanded);
    let search = chat.memo(|state| state.people.search.clone());
    let found = chat.memo(|state| state.people.found.clone());
    let loading = chat.memo(|state| state.people.loading);
    let list = NodeRef::<html::Ul>::new();
    let to_list = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "ArrowDown"
            && let Some(list) = list.try_get_untracked().flatten()
        {
            event.prevent_default();
            dom::focus(dom::first(&list, ".row").as_ref());
        }
    };
    let nobody = move || {
        let search = search.get();
        if search.trim().is_empty() { texts.nobody_yet.to_owned() } else { (texts.nobody_found)(search.trim()) }
    };
    let people = move || {
        view! {
            <ul class="list scroll" node_ref=list aria-label=texts.new_chat aria-busy=move || (loading.get() == Loading::Loading).to_string()
                on:keydown=move |event| rove(list, &event)
                on:scroll=move |_| load_more(list, move || chat.send(Event::MorePeopleWanted))>
                <For each=move || found.get() key=|person| person.uid.clone() let:person>
                    <PersonRow person=person/>
                </For>
            </ul>
        }
    };
    let body = Memo::new(move |_| (found.with(Vec::is_empty), loading.get()));
    let shape = Memo::new(move |_| match body.get() {
        (_, Loading::Failed) => 0,
        (false, _) => 1,
        (true, Loading::More | Loading::All) => 2,
        (true, Loading::Unasked | Loading::Loading) => 3,
    });
    view! {
        <div class="header">
            <IconButton icon=icons::ARROW_LEFT label=texts.back.to_owned() on_press=move || chat.open_screen(Screen::List)/>
            <h2 class="title">{texts.new_chat}</h2>
            {move || (!expanded.get()).then(|| view! { <PanelButtons/> })}
        </div>
        <div class="search">
            <Icon markup=icons::SEARCH/>
            <input type="search" class="search-field" placeholder=texts.search_people aria-label=texts.search_people
                autocomplete="off" spellcheck="false" enterkeyhint="search" dir="auto" maxlength="100"
                prop:value=search on:keydown=to_list
                on:input=move |event| chat.send(Event::SearchChanged(event_target_value(&event)))/>
        </div>
        {move || match shape.get() {
            0 => view! {
                <Notice icon=icons::CIRCLE_ALERT title=String::new() text=texts.people_failed.to_owned()>
                    <button type="button" class="button" on:click=move |_| chat.send(Event::RetrySearch)>{texts.retry}</button>
                </Notice>
            }.into_any(),
            1 => people().into_any(),
            2 => view! { <Notice icon=icons::SEARCH title=String::new() text=Signal::derive(nobody)/> }.into_any(),
            _ => view! { <ListSkeleton/> }.into_any(),
        }}
    }
}

#[component]
fn PersonRow(person: Person) -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let uid: Uid = person.uid.clone();
    let presence = chat.memo(move |state| state.person(&Peer::User(uid.clone())).map(|person| person.presence));
    let with = Counterpart::User(person);
    let face = Face::from(&with);
    let name = face.name.clone();
    let status = move || match presence.get() {
        Some(crate::model::chat::Presence::Online) => texts.online,
        _ => texts.offline,
    };
    view! {
        <li>
            <button type="button" class="row" on:click=move |_| chat.open_conversation(with.clone())>
                <Avatar face=face presence=presence/>
                <span class="row-lines">
                    <span class="row-name" dir="auto">{name}</span>
                    <span class="row-preview">{status}</span>
                </span>
            </button>
        </li>
    }
}
