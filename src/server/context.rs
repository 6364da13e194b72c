//! What pages and server functions find in their Leptos context.

use axum::http::{HeaderMap, Uri, header, request::Parts};
use leptos::{
    nonce::Nonce,
    prelude::{provide_context, use_context},
};

use super::{config::HttpConfig, layers::content_security::PageNonce, sessions::CurrentSession, state::AppState};
use crate::{
    i18n::Language,
    model::{
        form::{Field, Flash, FormName, FormReply},
        page::Page,
        return_path::{register_url, sign_in_url},
    },
};

/// The cookie that remembers the language. The prefix keeps a sibling sub-domain from setting it for this host.
pub fn language_cookie(http: &HttpConfig) -> &'static str {
    if http.is_https() { "__Host-lang" } else { "lang" }
}

/// Provides [`AppState`], the page's [`Page`] and its nonce. `leptos_axum` has provided the request's parts before.
pub fn provide(state: &AppState, flash: Option<Flash>) {
    provide_context(state.clone());
    let Some(parts) = use_context::<Parts>() else { return };
    if let Some(PageNonce(nonce)) = parts.extensions.get::<PageNonce>() {
        provide_context(Nonce::from_value(nonce.clone()));
    }
    let session = parts.extensions.get::<CurrentSession>();
    let flash = flash.or_else(|| saved(&parts.uri));
    let page = Page {
        language: language(&parts.headers, &state.config.http),
        viewer: session.map(CurrentSession::viewer),
        email: session.map(|session| session.user.email.clone()),
        has_demo_accounts: state.has_demo_accounts,
        settings: (*state.widget).clone(),
        address: address(&parts.uri, flash.as_ref()),
        flash,
    };
    provide_context(page);
}

/// Where a page is found: its own address, or where it is the answer to a form, that of the page with the form on it.
fn address(uri: &Uri, flash: Option<&Flash>) -> String {
    let Some(Flash { form, reply }) = flash else {
        return uri.path_and_query().map_or_else(|| "/".into(), ToString::to_string);
    };
    let next = reply.value(Field::Next).filter(|next| !next.is_empty());
    match form {
        FormName::LogIn => next.map_or_else(|| "/login".into(), sign_in_url),
        FormName::Register => next.map_or_else(|| "/register".into(), register_url),
        FormName::ChangeProfile | FormName::ChangePassword | FormName::DeleteAccount => "/account".into(),
    }
}

/// Where a form leads that was accepted and stays on its page: loading that page again sends nothing again.
pub fn saved_path(form: FormName) -> &'static str {
    match form {
        FormName::ChangePassword => "/account/password?saved",
        _ => "/account/profile?saved",
    }
}

/// The page says that it is saved.
fn saved(uri: &Uri) -> Option<Flash> {
    let target = uri.path_and_query()?.as_str();
    let forms = [FormName::ChangeProfile, FormName::ChangePassword];
    let form = forms.into_iter().find(|form| saved_path(*form) == target)?;
    Some(Flash { form, reply: FormReply::default() })
}

/// The language chosen, else the first of the browser's that the site has.
pub fn language(headers: &HeaderMap, http: &HttpConfig) -> Language {
    chosen_language(headers, language_cookie(http)).or_else(|| accepted_language(headers)).unwrap_or_default()
}

fn chosen_language(headers: &HeaderMap, cookie: &str) -> Option<Language> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == cookie).and_then(|(_, tag)| Language::parse(tag))
}

fn accepted_language(headers: &HeaderMap) -> Option<Language> {
    let accepted = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(f32, Language)> = None;
    for part in accepted.split(',') {
        let (tag, parameters) = part.split_once(';').unwrap_or((part, ""));
        let quality = parameters.trim().strip_prefix("q=").and_then(|quality| quality.parse().ok()).unwrap_or(1.0);
        let better = quality > 0.0 && best.is_none_or(|(best, _)| quality > best);
        if let (true, Some(language)) = (better, Language::parse(tag.trim())) {
            best = Some((quality, language));
        }
    }
    best.map(|(_, language)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(accept: &str, cookie: &str) -> Language {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, accept.parse().unwrap());
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        chosen_language(&headers, "lang").or_else(|| accepted_language(&headers)).unwrap_or_default()
    }

    #[test]
    fn the_browsers_language_counts_until_one_is_chosen() {
        assert_eq!(of("fr-CA,fr;q=0.9,en;q=0.8", ""), Language::Fr);
        assert_eq!(of("de,en;q=0.5,fr;q=0.7", ""), Language::Fr);
        assert_eq!(of("fr;q=0,en", ""), Language::En);
        assert_eq!(of("de", ""), Language::En);
        assert_eq!(of("fr", "session=x; lang=en"), Language::En);
        assert_eq!(of("fr", "lang=klingon"), Language::Fr);
    }
}
