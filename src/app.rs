//! The site: its routes, and the widget beside them. It is made on the server only; the browser half swaps the content of
//! a page for the next one's, and the widget's host stays where it is.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    components::{FlatRoutes, Route, Router},
    path,
};

use crate::{
    model::page::Page,
    pages::{AccountPage, Frame, HomePage, LogInPage, NotFoundPage, RegisterPage},
    widget::ChatWidget,
};

/// The whole site. What a page knows comes from the server's context; without one, only the routes are asked for.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let page = use_context::<Page>();
    provide_context(page.as_ref().map(|page| page.language).unwrap_or_default());
    let (here, viewer) = page.as_ref().map(|page| (page.address.clone(), page.viewer.clone())).unwrap_or_default();
    let has_demo_accounts = page.as_ref().is_some_and(|page| page.has_demo_accounts);
    let is_signed_in = viewer.is_some();
    view! {
        <Router>
            <Frame viewer here>
                <FlatRoutes fallback=NotFoundPage>
                    <Route path=path!("/") view=move || view! { <HomePage is_signed_in has_demo_accounts/> }/>
                    <Route path=path!("/register") view=RegisterPage/>
                    <Route path=path!("/login") view=LogInPage/>
                    <Route path=path!("/account") view=AccountPage/>
                    // Where a browser without JavaScript is shown the answer to the page's forms.
                    <Route path=path!("/account/profile") view=AccountPage/>
                    <Route path=path!("/account/password") view=AccountPage/>
                    <Route path=path!("/account/delete") view=AccountPage/>
                </FlatRoutes>
            </Frame>
        </Router>
        {page.map(|page| view! { <ChatWidget settings=page.settings viewer=page.viewer/> })}
    }
}
