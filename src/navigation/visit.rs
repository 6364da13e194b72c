//! One visit to a page: asked for, answered, shown. A newer one ends the older.

use std::cell::RefCell;

use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, AbortSignal, Headers, RequestInit, Response, window};

use super::{
    arrival::{Arrival, document, focus_answer, focus_content},
    decide::{Answer, Asked, Step, is_page, next_step, page_of, with_fragment},
    place,
    sending::{Failure, Sending},
};

/// A document that has not come after this time, in milliseconds, was stopped by the visitor, or never comes: no event
/// tells of it.
const LONGEST_LOAD_MS: i32 = 10_000;

/// What the visitor did.
pub enum Visit {
    /// Pressed a link to this address.
    Link(String),
    /// Went back or forward, to a page that was scrolled as far as this.
    History(f64),
    Form(Sending),
}

/// The navigation of one document.
pub struct Navigation {
    /// The address of the page on screen, without its fragment: while a visit is under way the browser may show another.
    shown: RefCell<String>,
    under_way: RefCell<Option<AbortController>>,
    /// The form whose answer is being loaded as a document: it is not sent again meanwhile.
    leaving: RefCell<Option<Sending>>,
    on_change: Box<dyn Fn()>,
}

impl Navigation {
    pub fn new(on_change: Box<dyn Fn()>) -> Self {
        let shown = RefCell::new(page_of(&place::address()).to_owned());
        Self { shown, under_way: RefCell::new(None), leaving: RefCell::new(None), on_change }
    }

    pub fn shown(&self) -> String {
        self.shown.borrow().clone()
    }

    pub fn is_under_way(&self) -> bool {
        self.under_way.borrow().is_some()
    }

    /// Ends what is under way.
    pub fn stop(&self) {
        if let Some(abort) = self.under_way.take() {
            abort.abort();
            show_progress(false);
        }
    }

    /// The document is on screen, maybe again: out of the browser's memory it comes as it was left.
    pub fn appear(&self) {
        place::restore_by_browser(false);
        self.stay();
    }

    /// The form whose answer was to come as a document may be sent again.
    fn stay(&self) {
        if let Some(sending) = self.leaving.take() {
            sending.end();
        }
    }

    fn leave(&'static self, sending: Sending) {
        self.leaving.replace(Some(sending));
        let stay = Closure::once_into_js(move || self.stay());
        if let Some(window) = window() {
            let stay = stay.unchecked_ref();
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(stay, LONGEST_LOAD_MS);
        }
    }

    /// Fetches the page and shows it.
    pub fn go(&'static self, visit: Visit) {
        self.stop();
        let Ok(abort) = AbortController::new() else { return self.finish(visit, Err(Failure::NotSent)) };
        let signal = abort.signal();
        self.under_way.replace(Some(abort));
        show_progress(true);
        spawn_local(async move {
            let answer = ask(&visit, &signal).await;
            if !signal.aborted() {
                self.under_way.take();
                show_progress(false);
                self.finish(visit, answer);
            } else if let Visit::Form(sending) = visit {
                sending.end();
            }
        });
    }

    fn finish(&'static self, visit: Visit, answer: Result<Arrival, Failure>) {
        let asked = match &visit {
            Visit::Link(address) => Asked::Link(address),
            Visit::History(_) => Asked::History,
            Visit::Form(_) => Asked::Form,
        };
        let seen = answer.as_ref().ok().map(|arrival| Answer {
            address: &arrival.address,
            was_redirected: arrival.was_redirected,
            is_akin: arrival.is_akin(),
        });
        match (next_step(asked, seen), visit, answer) {
            (Step::Swap, visit, Ok(arrival)) => self.show(&visit, &arrival),
            (Step::Complain, Visit::Form(sending), Err(failure)) => {
                sending.end();
                sending.complain(failure);
            }
            (step, visit, _) => {
                if let Visit::Form(sending) = visit {
                    self.leave(sending);
                }
                place::load(&if let Step::Load(address) = step { address } else { place::address() });
            }
        }
    }

    fn show(&self, visit: &Visit, arrival: &Arrival) {
        if let Visit::Form(sending) = visit {
            sending.end();
        }
        match visit {
            Visit::Form(sending) if let Some(form) = arrival.form_like(&sending.form) => {
                // The page is the same one: only the form changes, and what is typed elsewhere stays.
                if !arrival.was_redirected {
                    sending.keep_passwords(&form);
                }
                arrival.show_frame();
                let _ = sending.form.replace_with_with_node_1(&form);
                focus_answer(&form);
            }
            _ => self.show_page(visit, arrival),
        }
        (self.on_change)();
    }

    fn show_page(&self, visit: &Visit, arrival: &Arrival) {
        let mut scroll = 0.0;
        let mut fragment = None;
        match visit {
            Visit::Link(asked) => {
                place::enter(&with_fragment(&arrival.address, asked));
                fragment = asked.split_once('#').map(|(_, fragment)| fragment);
            }
            Visit::Form(_) => place::enter(&arrival.address),
            Visit::History(before) => {
                scroll = *before;
                if arrival.was_redirected {
                    place::rename(&arrival.address);
                }
            }
        }
        page_of(&arrival.address).clone_into(&mut self.shown.borrow_mut());
        arrival.show_frame();
        arrival.show_content();
        focus_content();
        match fragment.and_then(|fragment| document()?.get_element_by_id(fragment)) {
            Some(target) => target.scroll_into_view(),
            None => place::scroll_to(scroll),
        }
    }
}

/// Asks as a browser would for a document, with the session's cookie.
async fn ask(visit: &Visit, signal: &AbortSignal) -> Result<Arrival, Failure> {
    let request = RequestInit::new();
    request.set_signal(Some(signal));
    let headers = Headers::new().map_err(|_| Failure::NotSent)?;
    headers.set("accept", "text/html").map_err(|_| Failure::NotSent)?;
    request.set_headers_headers(&headers);
    let address = match visit {
        Visit::Link(address) => address.clone(),
        Visit::History(_) => place::address(),
        Visit::Form(sending) => {
            request.set_method("POST");
            request.set_body_opt_url_search_params(Some(&sending.body));
            sending.form.action()
        }
    };
    let window = window().ok_or(Failure::NotSent)?;
    let response = JsFuture::from(window.fetch_with_str_and_init(&address, &request)).await;
    let response: Response = response.map_err(|_| Failure::NotSent)?.unchecked_into();
    if !response.headers().get("content-type").ok().flatten().is_some_and(|kind| is_page(&kind)) {
        return Err(Failure::NoPage);
    }
    let text = JsFuture::from(response.text().map_err(|_| Failure::NoPage)?).await;
    let text = text.ok().and_then(|text| text.as_string()).ok_or(Failure::NotSent)?;
    Arrival::read(&text, response.url(), response.redirected()).ok_or(Failure::NoPage)
}

/// The style sheet shows it, after a moment.
fn show_progress(is_shown: bool) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.toggle_attribute_with_force("data-loading", is_shown);
    }
}
