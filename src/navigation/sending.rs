//! A form while it is under way: its button says so and nothing is sent twice; and what it says when it did not get
//! through. Everything typed stays where it is.

use wasm_bindgen::JsCast;
use web_sys::{Element, FormData, HtmlButtonElement, HtmlElement, HtmlFormElement, HtmlInputElement, UrlSearchParams};

use super::arrival::{all, document, find};

/// Why a form has no answer.
#[derive(Clone, Copy)]
pub enum Failure {
    /// The server was not reached.
    NotSent,
    /// What came back is no page of the site.
    NoPage,
}

/// A form on its way.
pub struct Sending {
    pub form: HtmlFormElement,
    pub body: UrlSearchParams,
    button: Option<HtmlButtonElement>,
    /// What the button says otherwise.
    label: Option<String>,
}

impl Sending {
    /// None when the form is on its way already, or cannot be read.
    pub fn begin(form: HtmlFormElement, submitter: Option<HtmlElement>) -> Option<Self> {
        if form.has_attribute("aria-busy") {
            return None;
        }
        let button = submitter
            .or_else(|| find(&form, "button[type=submit]")?.dyn_into().ok())
            .and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
        // What is disabled is not sent: the content is read first.
        let body = content(&form, button.as_ref())?;
        let _ = form.set_attribute("aria-busy", "true");
        for status in all(&form, "form > [role]") {
            status.set_text_content(None);
        }
        disable_buttons(true);
        let label = button.as_ref().and_then(|button| {
            let sending = button.get_attribute("data-sending")?;
            let label = button.text_content();
            button.set_text_content(Some(&sending));
            label
        });
        Some(Self { form, body, button, label })
    }

    /// The form may be sent again.
    pub fn end(&self) {
        let _ = self.form.remove_attribute("aria-busy");
        disable_buttons(false);
        let Some(button) = &self.button else { return };
        if let Some(label) = &self.label {
            button.set_text_content(Some(label));
        }
        // A browser takes the focus from what is disabled.
        if document().and_then(|document| document.active_element()).is_none_or(|focused| focused.tag_name() == "BODY")
        {
            let _ = button.focus();
        }
    }

    /// Says in the form what happened to it.
    pub fn complain(&self, failure: Failure) {
        let attribute = match failure {
            Failure::NotSent => "data-not-sent",
            Failure::NoPage => "data-went-wrong",
        };
        if let Some(alert) = find(&self.form, "[data-not-sent]") {
            alert.set_text_content(alert.get_attribute(attribute).as_deref());
        }
    }

    /// Puts the typed passwords into the form that comes in this one's place: the server sends none back.
    pub fn keep_passwords(&self, into: &Element) {
        for (old, new) in all(&self.form, PASSWORDS).zip(all(into, PASSWORDS)) {
            if let (Ok(old), Ok(new)) = (old.dyn_into::<HtmlInputElement>(), new.dyn_into::<HtmlInputElement>()) {
                new.set_value(&old.value());
            }
        }
    }
}

const PASSWORDS: &str = "input[type=password]";

fn content(form: &HtmlFormElement, button: Option<&HtmlButtonElement>) -> Option<UrlSearchParams> {
    let fields = FormData::new_with_form(form).ok()?;
    let content = UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
    if let Some(button) = button.filter(|button| !button.name().is_empty()) {
        content.append(&button.name(), &button.value());
    }
    Some(content)
}

/// All of the page's: while one form is under way, the answer to another would overtake it.
fn disable_buttons(is_disabled: bool) {
    let Some(document) = document().and_then(|document| document.document_element()) else { return };
    for button in all(&document, "main button[type=submit]") {
        let _ = button.toggle_attribute_with_force("disabled", is_disabled);
    }
}
