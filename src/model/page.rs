//! What the server knows of the page that it is making. The browser half gets none of it but what stands in the HTML.

use super::{form::Flash, settings::WidgetSettings, viewer::Viewer};
use crate::i18n::Language;

/// The page's own data: only what its visitor may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub language: Language,
    pub viewer: Option<Viewer>,
    /// The e-mail that the visitor signed in with: for them alone.
    pub email: Option<String>,
    /// Where this page is found again, with its query: not the address of the form that it answers.
    pub address: String,
    /// Whether the accounts of [`super::demo`] exist here.
    pub has_demo_accounts: bool,
    pub settings: WidgetSettings,
    /// The answer to a form, on the page that the form stands on.
    pub flash: Option<Flash>,
}
