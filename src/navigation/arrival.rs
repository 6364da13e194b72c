//! A page that came back, read but not shown yet, and how it takes the place of the one on screen.

use wasm_bindgen::JsCast;
use web_sys::{Document, DomParser, Element, FocusOptions, HtmlElement, HtmlFormElement, SupportedType, window};

/// A page of the site.
pub struct Arrival {
    /// Where it was found in the end.
    pub address: String,
    pub was_redirected: bool,
    document: Document,
    header: Element,
    main: Element,
}

const HEADER: &str = ".site-header";
const MAIN: &str = "main#content";
const HOST: &str = ".chat-widget";

impl Arrival {
    /// None for what is no page of the site, such as the error page of a proxy.
    pub fn read(text: &str, address: String, was_redirected: bool) -> Option<Self> {
        let document = DomParser::new().ok()?.parse_from_string(text, SupportedType::TextHtml).ok()?;
        let root = document.document_element()?;
        let (header, main) = (find(&root, HEADER)?, find(&root, MAIN)?);
        Some(Self { address, was_redirected, document, header, main })
    }

    /// Whether it is of the same session, language and build as the page on screen.
    pub fn is_akin(&self) -> bool {
        document().is_some_and(|here| identity(&here) == identity(&self.document))
    }

    /// The form in it that is sent to the same place as this one, with the problems and the texts of the answer.
    pub fn form_like(&self, form: &HtmlFormElement) -> Option<Element> {
        find(&self.main, &["form[action=\"", &form.get_attribute("action")?, "\"]"].concat())
    }

    /// Shows its header, with who is signed in, its title, and what the widget is told.
    pub fn show_frame(&self) {
        let Some(here) = document() else { return };
        here.set_title(&self.document.title());
        if let Some(header) = on_screen(HEADER) {
            let _ = header.replace_with_with_node_1(&self.header);
        }
        let told = self.document.query_selector(HOST).ok().flatten();
        if let (Some(host), Some(told)) = (on_screen(HOST), told.and_then(|told| told.get_attribute("data-widget"))) {
            let _ = host.set_attribute("data-widget", &told);
        }
    }

    /// Shows its content.
    pub fn show_content(&self) {
        if let Some(main) = on_screen(MAIN) {
            let _ = main.replace_with_with_node_1(&self.main);
        }
    }
}

/// After a change of page the focus goes to the new content, as it would with a new document: where it was is gone or
/// belongs to the old page. In the chat it stays.
pub fn focus_content() {
    let in_place = FocusOptions::new();
    in_place.set_prevent_scroll(true);
    focus(on_screen(MAIN), &in_place);
}

/// The focus goes to the first field to correct, else to what is said of the form as a whole.
pub fn focus_answer(form: &Element) {
    let said = || all(form, "form > [role]").find(|said| said.text_content().is_some_and(|text| !text.is_empty()));
    focus(find(form, "[aria-invalid=true]").or_else(said), &FocusOptions::new());
}

fn focus(element: Option<Element>, options: &FocusOptions) {
    let focused = document().and_then(|document| document.active_element());
    let is_in_chat = focused.is_some_and(|focused| focused.closest(HOST).ok().flatten().is_some());
    if !is_in_chat && let Some(Ok(element)) = element.map(JsCast::dyn_into::<HtmlElement>) {
        let _ = element.focus_with_options(options);
    }
}

/// Session, language and build of a page.
fn identity(document: &Document) -> Option<[Option<String>; 3]> {
    let root = document.document_element()?;
    let style = find(&root, "link#leptos").and_then(|style| style.get_attribute("href"));
    Some([root.get_attribute("data-session"), root.get_attribute("lang"), style])
}

/// The document on screen.
pub fn document() -> Option<Document> {
    window()?.document()
}

fn on_screen(selector: &str) -> Option<Element> {
    document()?.query_selector(selector).ok().flatten()
}

/// The first element within `parent`.
pub fn find(parent: &Element, selector: &str) -> Option<Element> {
    parent.query_selector(selector).ok().flatten()
}

/// Every element within `parent`.
pub fn all(parent: &Element, selector: &str) -> impl Iterator<Item = Element> + use<> {
    let found = parent.query_selector_all(selector).ok();
    let length = found.as_ref().map_or(0, web_sys::NodeList::length);
    (0..length).filter_map(move |index| found.as_ref()?.item(index)?.dyn_into().ok())
}
