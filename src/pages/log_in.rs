//! Signing in.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use super::form::{Answer, FormField, FormStatus, SubmitButton};
use crate::{
    api::accounts::LogIn,
    i18n::site::use_site_texts,
    model::{
        form::{Field, FormName},
        return_path::register_url,
    },
};

/// Log in. `?next=` names the page to come back to.
#[component]
pub fn LogInPage() -> impl IntoView {
    let texts = use_site_texts();
    let answer = Answer::to(FormName::LogIn);
    let next = answer.next();
    let register = next.as_deref().map_or_else(|| "/register".to_owned(), register_url);
    view! {
        <Title text=texts.log_in.title/>
        <div class="card">
            <h1>{texts.log_in.title}</h1>
            <ActionForm action={ServerAction::<LogIn>::new()} attr:novalidate=true>
                <input type="hidden" name="next" value=next.unwrap_or_default()/>
                <FormStatus answer/>
                <FormField answer field=Field::Email label=texts.form.email kind="email" autocomplete="username"/>
                <FormField
                    answer
                    field=Field::Password
                    label=texts.form.password
                    kind="password"
                    autocomplete="current-password"
                />
                <SubmitButton label=texts.log_in.submit/>
            </ActionForm>
            <p class="hint"><A href=register>{texts.log_in.no_account}</A></p>
        </div>
    }
}
