//! What the server tells the browser half with the page, so that the first render is the same on both sides.

use serde::{Deserialize, Serialize};

use super::{form::Flash, settings::WidgetSettings, viewer::Viewer};
use crate::i18n::Language;

/// The page's own data: public, and only what its visitor may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    pub language: Language,
    pub viewer: Option<Viewer>,
    /// The e-mail that the visitor signed in with: for them alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Whether the accounts of [`super::demo`] exist here.
    #[serde(default)]
    pub has_demo_accounts: bool,
    pub settings: WidgetSettings,
    /// The answer to a form that was sent without JavaScript.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flash: Option<Flash>,
}
