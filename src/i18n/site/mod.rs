//! The texts of the site's own pages, for the server alone: what a script shows of them is in the page.

mod english;
mod french;

pub use self::{english::ENGLISH, french::FRENCH};
use super::{Language, use_language};
use crate::model::form::Problem;

/// The pages' texts in the page's language.
pub fn use_site_texts() -> &'static SiteTexts {
    match use_language() {
        Language::En => &ENGLISH,
        Language::Fr => &FRENCH,
    }
}

/// Every text of the pages; each language fills all of it, or it does not compile.
pub struct SiteTexts {
    pub site_name: &'static str,
    pub skip_to_content: &'static str,
    pub main_navigation: &'static str,
    pub language: &'static str,
    pub signed_in_as: &'static str,
    pub form: FormTexts,
    pub home: HomeTexts,
    pub register: RegisterTexts,
    pub log_in: LogInTexts,
    pub log_out: &'static str,
    pub account: AccountTexts,
    pub not_found: NotFoundTexts,
}

/// What forms have in common.
pub struct FormTexts {
    pub name: &'static str,
    pub email: &'static str,
    pub password: &'static str,
    pub password_hint: &'static str,
    pub avatar: &'static str,
    pub avatar_hint: &'static str,
    pub saved: &'static str,
    pub sending: &'static str,
    /// A field's problem as a sentence.
    pub problem: fn(Problem) -> String,
    pub not_sent: &'static str,
    pub went_wrong: &'static str,
}

pub struct HomeTexts {
    pub title: &'static str,
    pub headline: &'static str,
    pub lead: &'static str,
    pub open_hint: &'static str,
    pub demo_title: &'static str,
    pub demo_lead: &'static str,
    pub demo_two_browsers: &'static str,
    pub features: [(&'static str, &'static str); 3],
}

pub struct RegisterTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub submit: &'static str,
    pub have_account: &'static str,
}

pub struct LogInTexts {
    pub title: &'static str,
    pub submit: &'static str,
    pub no_account: &'static str,
}

pub struct AccountTexts {
    pub title: &'static str,
    pub signed_out: &'static str,
    pub signed_in_with: &'static str,
    pub profile: &'static str,
    pub save_profile: &'static str,
    pub change_password: &'static str,
    pub current_password: &'static str,
    pub new_password: &'static str,
    pub save_password: &'static str,
    pub password_note: &'static str,
    pub sessions: &'static str,
    pub sign_out_everywhere: &'static str,
    pub sign_out_everywhere_note: &'static str,
    pub confirm_sign_out_everywhere: &'static str,
    pub data: &'static str,
    pub data_note: &'static str,
    pub download: &'static str,
    pub delete: &'static str,
    pub delete_note: &'static str,
    pub delete_password: &'static str,
    pub confirm_delete: &'static str,
}

pub struct NotFoundTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub home: &'static str,
}
