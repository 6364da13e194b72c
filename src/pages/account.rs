//! One's own account: profile, password, sessions.

use leptos::{html, prelude::*, task::spawn_local};
use leptos_meta::Title;
use leptos_router::components::A;

use super::form::{Answer, FormField, FormStatus, SubmitButton};
use crate::{
    api::accounts::{ChangePassword, ChangeProfile, current_viewer},
    i18n::use_site_texts,
    model::{
        form::{Field, FormName, FormReply},
        viewer::Viewer,
    },
};

/// Account.
#[component]
pub fn AccountPage(viewer: RwSignal<Option<Viewer>>, email: StoredValue<String>) -> impl IntoView {
    let texts = use_site_texts();
    // Only whether somebody is signed in matters here: a changed name must not build the forms anew.
    let signed_in = Memo::new(move |_| viewer.with(Option::is_some));
    view! {
        <Title text=texts.account.title/>
        <h1>{texts.account.title}</h1>
        {move || match viewer.get_untracked().filter(|_| signed_in.get()) {
            Some(now) => view! {
                <Profile now viewer email/>
                <Password/>
                <Sessions/>
            }
            .into_any(),
            None => view! {
                <p class="lead">{texts.account.signed_out}</p>
                <p class="actions"><A href="/login?next=/account" attr:class="button large">{texts.log_in.title}</A></p>
            }
            .into_any(),
        }}
    }
}

/// Name and picture, `now` and once changed: `viewer` follows what was saved, and so do the header and the chat.
#[component]
fn Profile(now: Viewer, viewer: RwSignal<Option<Viewer>>, email: StoredValue<String>) -> impl IntoView {
    let texts = use_site_texts();
    let action = ServerAction::<ChangeProfile>::new();
    let answer = Answer::follow(FormName::ChangeProfile, action);
    let value = action.value();
    Effect::new(move |_| {
        if value.with(|value| value.as_ref().is_some_and(|reply| reply.as_ref().is_ok_and(FormReply::accepted))) {
            spawn_local(async move {
                // Unanswered, the page keeps the old name until it is loaded again.
                if let Ok(Some(changed)) = current_viewer().await {
                    viewer.try_set(Some(changed));
                }
            });
        }
    });
    let form = NodeRef::<html::Div>::new();
    answer.focus_first_problem(form);
    view! {
        <div class="card" node_ref=form>
            <h2>{texts.account.profile}</h2>
            <p class="hint">{texts.account.signed_in_with} " " <strong>{email.get_value()}</strong></p>
            <ActionForm action attr:novalidate=true>
                <FormStatus answer/>
                <FormField answer field=Field::Name label=texts.form.name autocomplete="name" initial=now.name/>
                <FormField
                    answer
                    field=Field::Avatar
                    label=texts.form.avatar
                    kind="url"
                    autocomplete="photo"
                    hint=texts.form.avatar_hint
                    initial=now.avatar.unwrap_or_default()
                    required=false
                />
                <SubmitButton answer label=texts.account.save_profile/>
            </ActionForm>
        </div>
    }
}

#[component]
fn Password() -> impl IntoView {
    let texts = use_site_texts();
    let action = ServerAction::<ChangePassword>::new();
    let answer = Answer::follow(FormName::ChangePassword, action);
    let form = NodeRef::<html::Div>::new();
    answer.focus_first_problem(form);
    view! {
        <div class="card" node_ref=form>
            <h2>{texts.account.change_password}</h2>
            <p class="hint">{texts.account.password_note}</p>
            <ActionForm action attr:novalidate=true>
                <FormStatus answer/>
                <FormField
                    answer
                    field=Field::CurrentPassword
                    label=texts.account.current_password
                    kind="password"
                    autocomplete="current-password"
                />
                <FormField
                    answer
                    field=Field::NewPassword
                    label=texts.account.new_password
                    kind="password"
                    autocomplete="new-password"
                    hint=texts.form.password_hint
                />
                <SubmitButton answer label=texts.account.save_password/>
            </ActionForm>
        </div>
    }
}

/// Ends every session; the confirmation is a disclosure, so that it needs no JavaScript.
#[component]
fn Sessions() -> impl IntoView {
    let texts = use_site_texts();
    view! {
        <div class="card">
            <h2>{texts.account.sessions}</h2>
            <p class="hint">{texts.account.sign_out_everywhere_note}</p>
            <details class="confirm">
                <summary class="button quiet">{texts.account.sign_out_everywhere}</summary>
                <form method="post" action="/api/sign-out-everywhere">
                    <button class="button danger" type="submit">{texts.account.confirm_sign_out_everywhere}</button>
                </form>
            </details>
        </div>
    }
}
