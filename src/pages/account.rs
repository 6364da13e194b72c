//! One's own account: profile, password, sessions, data and the end of it.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use super::form::{Answer, FormField, FormStatus, SubmitButton};
use crate::{
    api::accounts::{ChangePassword, ChangeProfile, DeleteAccount},
    i18n::site::use_site_texts,
    model::{
        form::{Field, FormName},
        page::Page,
        viewer::Viewer,
    },
};

/// Account.
#[component]
pub fn AccountPage() -> impl IntoView {
    let texts = use_site_texts();
    let (viewer, email) = use_context::<Page>().map(|page| (page.viewer, page.email)).unwrap_or_default();
    let content = match viewer {
        Some(viewer) => view! {
            <Profile viewer email=email.unwrap_or_default()/>
            <Password/>
            <Sessions/>
            <Data/>
        }
        .into_any(),
        None => view! {
            <p class="lead">{texts.account.signed_out}</p>
            <p class="actions"><A href="/login?next=/account" attr:class="button large">{texts.log_in.title}</A></p>
        }
        .into_any(),
    };
    view! {
        <Title text=texts.account.title/>
        <h1>{texts.account.title}</h1>
        {content}
    }
}

/// Name and picture.
#[component]
fn Profile(viewer: Viewer, email: String) -> impl IntoView {
    let texts = use_site_texts();
    let answer = Answer::to(FormName::ChangeProfile);
    view! {
        <div class="card">
            <h2>{texts.account.profile}</h2>
            <p class="hint">{texts.account.signed_in_with} " " <strong>{email}</strong></p>
            <ActionForm action={ServerAction::<ChangeProfile>::new()} attr:novalidate=true>
                <FormStatus answer/>
                <FormField answer field=Field::Name label=texts.form.name autocomplete="name" initial=viewer.name/>
                <FormField
                    answer
                    field=Field::Avatar
                    label=texts.form.avatar
                    kind="url"
                    autocomplete="photo"
                    hint=texts.form.avatar_hint
                    initial=viewer.avatar.unwrap_or_default()
                    required=false
                />
                <SubmitButton label=texts.account.save_profile/>
            </ActionForm>
        </div>
    }
}

#[component]
fn Password() -> impl IntoView {
    let texts = use_site_texts();
    let answer = Answer::to(FormName::ChangePassword);
    view! {
        <div class="card">
            <h2>{texts.account.change_password}</h2>
            <p class="hint">{texts.account.password_note}</p>
            <ActionForm action={ServerAction::<ChangePassword>::new()} attr:novalidate=true>
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
                <SubmitButton label=texts.account.save_password/>
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
                <form method="post" action="/api/sign-out-everywhere" data-reload>
                    <button class="button danger" type="submit">{texts.account.confirm_sign_out_everywhere}</button>
                </form>
            </details>
        </div>
    }
}

/// What the site keeps of the person, to download or to delete. The form is open where it was refused.
#[component]
fn Data() -> impl IntoView {
    let texts = use_site_texts();
    let answer = Answer::to(FormName::DeleteAccount);
    view! {
        <div class="card">
            <h2>{texts.account.data}</h2>
            <p class="hint">{texts.account.data_note}</p>
            <p><a class="button quiet" href="/account/data" download="account.json">{texts.account.download}</a></p>
            <details class="confirm" open=answer.is_refused()>
                <summary class="button quiet">{texts.account.delete}</summary>
                <p class="hint">{texts.account.delete_note}</p>
                <ActionForm action={ServerAction::<DeleteAccount>::new()} attr:novalidate=true>
                    <FormStatus answer/>
                    <FormField
                        answer
                        field=Field::Password
                        label=texts.account.delete_password
                        kind="password"
                        autocomplete="current-password"
                    />
                    <button class="button danger" type="submit">{texts.account.confirm_delete}</button>
                </ActionForm>
            </details>
        </div>
    }
}
