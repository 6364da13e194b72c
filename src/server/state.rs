//! What every request may use.

use std::sync::{Arc, atomic::AtomicBool};

use axum::extract::FromRef;
use leptos::config::LeptosOptions;

use super::{
    accounts::passwords::Passwords,
    assets::StaticFiles,
    audit::AuditTrail,
    chat::service::Chat,
    config::Config,
    local_cloud::LocalCloud,
    sessions::{OpenPages, Sessions},
    store::Store,
    telemetry::Metrics,
};
use crate::model::settings::WidgetSettings;

/// The server's handles. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    pub config: Arc<Config>,
    pub store: Store,
    /// Hands out chat tokens.
    pub chat: Chat,
    /// The emulator, where it carries the chat.
    pub local_cloud: Option<LocalCloud>,
    /// Whether the demo accounts are there to be shown to everybody.
    pub has_demo_accounts: bool,
    /// Whether the server was told to end, and nobody should be sent to it any more.
    pub is_ending: Arc<AtomicBool>,
    /// Ends sessions together with their chat tokens.
    pub sessions: Sessions,
    /// The pages that are told when their session ends.
    pub open_pages: OpenPages,
    pub passwords: Passwords,
    /// Who did what.
    pub audit: AuditTrail,
    /// The public settings of the widget, the same in every page.
    pub widget: Arc<WidgetSettings>,
    /// The static files and their names.
    pub files: StaticFiles,
    /// What `cargo leptos watch` wants to know for its reloading.
    pub leptos: LeptosOptions,
    pub metrics: Metrics,
    /// What happens when an account is made or changed.
    pub account_changed: AccountHook,
}

/// Called after an account was made or changed, and never waited for: the chat cloud follows in the background.
pub type AccountHook = Arc<dyn Fn(crate::model::ids::UserId) + Send + Sync>;

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}
