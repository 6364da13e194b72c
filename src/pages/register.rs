//! Making an account.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use super::form::{Answer, FormField, FormStatus, SubmitButton};
use crate::{
    api::accounts::Register,
    i18n::site::use_site_texts,
    model::{
        form::{Field, FormName},
        return_path::sign_in_url,
    },
};

/// Register.
#[component]
pub fn RegisterPage() -> impl IntoView {
    let texts = use_site_texts();
    let answer = Answer::to(FormName::Register);
    let next = answer.next();
    let log_in = next.as_deref().map_or_else(|| "/login".to_owned(), sign_in_url);
    view! {
        <Title text=texts.register.title/>
        <div class="card">
            <h1>{texts.register.title}</h1>
            <p class="lead">{texts.register.lead}</p>
            <ActionForm action={ServerAction::<Register>::new()} attr:novalidate=true>
                <input type="hidden" name="next" value=next.unwrap_or_default()/>
                <FormStatus answer/>
                <FormField answer field=Field::Name label=texts.form.name autocomplete="name"/>
                <FormField answer field=Field::Email label=texts.form.email kind="email" autocomplete="email"/>
                <FormField
                    answer
                    field=Field::Password
                    label=texts.form.password
                    kind="password"
                    autocomplete="new-password"
                    hint=texts.form.password_hint
                />
                <FormField
                    answer
                    field=Field::Avatar
                    label=texts.form.avatar
                    kind="url"
                    autocomplete="photo"
                    hint=texts.form.avatar_hint
                    required=false
                />
                <SubmitButton label=texts.register.submit/>
            </ActionForm>
            <p class="hint"><A href=log_in>{texts.register.have_account}</A></p>
        </div>
    }
}
