//! An icon of the set, decoration only: what it means stands in a text.

use leptos::prelude::*;

use super::drawn::Draw;

/// Draws the markup of one of `super::super::icons`.
#[component]
pub fn Icon(markup: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"
            stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" inner_html=markup></svg>
    }
    .drawn()
}
