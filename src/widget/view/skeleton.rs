//! The shape of what is being loaded.

use leptos::prelude::*;

use super::drawn::Draw;
use super::use_chat;

/// Rows of a list.
#[component]
pub fn ListSkeleton() -> impl IntoView {
    let texts = use_chat().texts;
    view! {
        <div class="skeletons" role="status">
            <span class="unseen">{texts.loading}</span>
            {(0..6).map(|_| view! {
                <div class="row skeleton" aria-hidden="true"><span class="bone round"></span>
                    <span class="bones"><span class="bone"></span><span class="bone long"></span></span>
                </div>
            }.drawn()).collect_view()}
        </div>
    }
    .drawn()
}

/// Bubbles of a conversation.
#[component]
pub fn TimelineSkeleton() -> impl IntoView {
    let texts = use_chat().texts;
    view! {
        <div class="skeletons bubbles">
            <span class="unseen">{texts.loading}</span>
            <span class="bone bubble-bone"></span>
            <span class="bone bubble-bone long"></span>
            <span class="bone bubble-bone mine"></span>
            <span class="bone bubble-bone"></span>
            <span class="bone bubble-bone mine long"></span>
        </div>
    }
    .drawn()
}
