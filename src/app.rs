//! The routes; the widget is mounted outside them, so that it survives navigation.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    components::{FlatRoutes, Route, Router},
    hooks::use_location,
    path,
};

use crate::{
    model::{page::Page, return_path::sign_in_url},
    pages::{AccountPage, Frame, HomePage, LogInPage, NotFoundPage, RegisterPage},
    widget::ChatWidget,
};

/// The whole site. What the page knows comes with it: from the server's context there, out of the HTML in the browser.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let page = SharedValue::new(use_context::<Page>).into_inner();
    if let Some(page) = &page {
        provide_context(page.language);
        provide_context(page.settings.clone());
        if let Some(flash) = &page.flash {
            provide_context(flash.clone());
        }
    }
    let viewer = RwSignal::new(page.as_ref().and_then(|page| page.viewer.clone()));
    let email = page.as_ref().and_then(|page| page.email.clone());
    let email = StoredValue::new(email.unwrap_or_default());
    let has_demo_accounts = page.as_ref().is_some_and(|page| page.has_demo_accounts);
    let account = move || view! { <AccountPage viewer email/> };
    view! {
        <Router>
            <Frame viewer>
                <FlatRoutes fallback=NotFoundPage>
                    <Route path=path!("/") view=move || view! { <HomePage viewer has_demo_accounts/> }/>
                    <Route path=path!("/register") view=RegisterPage/>
                    <Route path=path!("/login") view=LogInPage/>
                    <Route path=path!("/account") view=account/>
                    // Where a browser without JavaScript is shown the answer to the page's forms.
                    <Route path=path!("/account/profile") view=account/>
                    <Route path=path!("/account/password") view=account/>
                </FlatRoutes>
            </Frame>
            {page.map(|page| {
                let location = use_location();
                let sign_in_url = Signal::derive(move || {
                    let (path, query) = (location.pathname.get(), location.search.get());
                    sign_in_url(&if query.is_empty() { path } else { format!("{path}?{query}") })
                });
                view! { <ChatWidget settings=page.settings viewer=viewer.into() sign_in_url/> }
            })}
        </Router>
    }
}
