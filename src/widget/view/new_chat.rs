//! Whom to write to: people, and a search over them.

use leptos::{html, prelude::*};

use super::{
    avatar::{Avatar, Face},
    contact::contact,
    conversation_list::{load_more, rove},
    drawn::{Draw, lazily},
    header::{IconButton, PanelButtons},
    icon::Icon,
    notice::Notice,
    skeleton::ListSkeleton,
    surroundings::use_surroundings,
    use_chat,
};
use crate::{
    model::chat::{Counterpart, Peer, Person},
    widget::{
        dom, icons,
        state::{Event, Loading, Screen},
    },
};

#[component]
pub fn NewChat() -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let expanded = use_surroundings().expanded;
    let search = chat.memo(|state| state.people.search.clone());
    let contact = contact(chat);
    // Until something is looked for, the owner's contact comes first.
    let first = Memo::new(move |_| contact.get().filter(|_| search.with(|search| search.trim().is_empty())));
    let found = chat.memo(move |state| {
        let first = first.get().map(|first| first.peer());
        let is_first = |person: &Person| first == Some(Peer::User(person.uid.clone()));
        state.people.found.iter().filter(|person| !is_first(person)).cloned().collect::<Vec<_>>()
    });
    let loading = chat.memo(|state| state.people.loading);
    let list = NodeRef::<html::Ul>::new();
    let to_list = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "ArrowDown"
            && let Some(list) = list.try_get_untracked().flatten()
        {
            event.prevent_default();
            dom::focus(dom::first(&list, "button.row").as_ref());
        }
    };
    let nobody = move || {
        let search = search.get();
        if search.trim().is_empty() { texts.nobody_yet.to_owned() } else { (texts.nobody_found)(search.trim()) }
    };
    let people = move || {
        view! {
            <ul class="list scroll" role="list" node_ref=list aria-label=texts.new_chat aria-busy=move || (loading.get() == Loading::Loading).to_string()
                on:keydown=move |event| rove(list, &event)
                on:scroll=move |_| load_more(list, move || chat.send(Event::MorePeopleWanted))>
                {lazily(move || first.get().map(|with| view! { <PersonRow label=(texts.write_to)(with.name()) with=with/> }.drawn()))}
                <For each=move || found.get() key=|person| person.uid.clone() let:person>
                    <PersonRow label=person.name.clone() with=Counterpart::User(person)/>
                </For>
            </ul>
        }
        .drawn()
    };
    let body = Memo::new(move |_| (found.with(Vec::is_empty) && first.with(Option::is_none), loading.get()));
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
            {lazily(move || (!expanded.get()).then(|| view! { <PanelButtons/> }.drawn()))}
        </div>
        <div class="search">
            <Icon markup=icons::SEARCH/>
            <input type="search" class="search-field" placeholder=texts.search_people aria-label=texts.search_people
                autocomplete="off" spellcheck="false" enterkeyhint="search" dir="auto" maxlength="100"
                prop:value=search on:keydown=to_list
                on:input=move |event| chat.send(Event::SearchChanged(event_target_value(&event)))/>
        </div>
        {lazily(move || match shape.get() {
            0 => view! {
                <Notice icon=icons::CIRCLE_ALERT title=String::new() text=texts.people_failed.to_owned()>
                    <button type="button" class="button" on:click=move |_| chat.send(Event::RetrySearch)>{texts.retry}</button>
                </Notice>
            }.drawn(),
            1 => people().drawn(),
            2 => view! { <Notice icon=icons::SEARCH title=String::new() text=Signal::derive(nobody)/> }.drawn(),
            _ => view! { <ListSkeleton/> }.drawn(),
        })}
    }
    .drawn()
}

#[component]
fn PersonRow(label: String, with: Counterpart) -> impl IntoView {
    let chat = use_chat();
    let texts = chat.texts;
    let peer = with.peer();
    let presence = chat.memo(move |state| state.person(&peer).map(|person| person.presence));
    let face = Face::from(&with);
    let status = move || match presence.get() {
        Some(crate::model::chat::Presence::Online) => texts.online,
        _ => texts.offline,
    };
    view! {
        <li>
            <button type="button" class="row" on:click=move |_| chat.open_conversation(with.clone())>
                <Avatar face=face presence=presence/>
                <span class="row-lines">
                    <span class="row-name" dir="auto">{label}</span>
                    <span class="row-preview">{status}</span>
                </span>
            </button>
        </li>
    }
    .drawn()
}
