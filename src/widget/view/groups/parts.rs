//! What the forms and panes are put together of.

use crate::sdk::Request;
use crate::widget::{
    element::{Children, Element, Node, Text, button, element},
    icons,
    intent::{Intent, On},
    state::{
        Event, GroupEvent, Loading,
        groups::{Asking, Question},
    },
    view::{
        header::icon_button,
        icon,
        notice::{failed, notice},
        scene::Scene,
        skeleton::list_skeleton,
    },
};

/// A field with its label.
pub fn field(
    label: &'static str,
    kind: &'static str,
    longest: &'static str,
    value: &str,
    typed: fn(String) -> Event,
) -> Element {
    let input = element("input", "input")
        .with("type", kind)
        .with("maxlength", longest)
        .with("autocomplete", if kind == "password" { "new-password" } else { "off" })
        .with("dir", "auto")
        .value(value)
        .on(On::Input, Intent::SendText(typed));
    element("label", "labelled").key(label).child(element("span", "label").child(label)).child(input)
}

/// One of several of which one is chosen.
pub fn choice(label: impl Children, is_chosen: bool, event: Event) -> Element {
    button("chip").with("role", "radio").state("aria-checked", is_chosen).on_click(event).child(label)
}

pub fn choices(label: &'static str, choices: Vec<Element>) -> Element {
    element("div", "chips").key(label).with("role", "radiogroup").with("aria-label", label).child(choices)
}

/// A line of a pane that does something or leads somewhere.
pub fn line(class: &'static str, markup: &'static str, label: &'static str, event: Event) -> Element {
    button("line").class(class, true).key(label).on_click(event).child(icon(markup)).child(label)
}

/// Leads back.
pub fn back(label: impl Into<Text>, event: Event) -> Element {
    icon_button("icon-button", icons::ARROW_LEFT, label, event).key("back")
}

/// A row of a list: a face, a name, a line below it, and what stands at its end.
#[inline(never)]
pub fn row(line: Element, face: Element, name: String, below: Vec<Node>, end: Option<Element>) -> Element {
    let name = element("span", "row-name").with("dir", "auto").child(name);
    let below = (!below.is_empty()).then(|| element("span", "row-preview").child(below));
    line.child(face).child(element("span", "row-lines").child(name).child(below)).child(end)
}

/// A text as what stands below.
pub fn said(text: impl Into<Text>) -> Vec<Node> {
    vec![Node::Text(text.into())]
}

/// Puts the question before the act.
#[inline(never)]
pub fn asks(asking: Asking, name: &str, request: Request) -> Event {
    Event::Group(GroupEvent::Asked(Box::new(Question { asking, name: name.to_owned(), request })))
}

/// Does it without a question.
#[inline(never)]
pub fn acts(request: Request) -> Event {
    Event::Group(GroupEvent::Acted(Box::new(request)))
}

/// What stands in the place of a list that is not there: it is loading, it failed, or there is nothing in it.
#[inline(never)]
pub fn no_rows(
    scene: &Scene,
    loading: Loading,
    problem: &'static str,
    again: Event,
    markup: &'static str,
    nothing: Text,
) -> Element {
    match loading {
        Loading::Failed => failed(scene, problem, again),
        Loading::Unasked | Loading::Loading => list_skeleton(scene.texts),
        Loading::More | Loading::All => notice(markup, "", nothing, false),
    }
}

/// What failed, read out at once.
pub fn failure(said: Option<&'static str>) -> Element {
    element("p", "form-failure").key("failure").with("role", "alert").child(said)
}
