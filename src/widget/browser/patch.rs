//! Makes the page like what is to be seen: keeps what is the same, changes what differs, moves what has another place.
//! It knows elements, and nothing of what they mean.

use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

use crate::widget::{
    element::{Element, Node, Text},
    intent::{Intent, On},
};

const SVG: &str = "http://www.w3.org/2000/svg";

/// What stands in the page below one node.
pub struct Tree {
    root: web_sys::Node,
    children: Vec<Drawn>,
}

/// A node of the page, and what it was made of.
struct Drawn {
    node: web_sys::Node,
    made_of: Node,
    children: Vec<Drawn>,
}

impl Tree {
    /// Nothing yet, below `root`.
    pub fn new(root: web_sys::Node) -> Self {
        Self { root, children: Vec::new() }
    }

    /// Makes the page like these.
    pub fn show(&mut self, nodes: Vec<Node>, document: &Document) {
        patch(&self.root, &mut self.children, nodes, document);
    }

    /// What is asked for when this happens at `target`: by the innermost element that has something to do then.
    ///
    /// The intent is taken: whatever happens, what is seen is made anew after it. Copying it would be code for every
    /// event that there is.
    pub fn take_intent(&mut self, target: &web_sys::Node, on: On) -> Option<Intent> {
        let mut ancestors = Vec::new();
        let mut node = Some(target.clone());
        while let Some(now) = node.filter(|now| *now != self.root) {
            node = now.parent_node();
            ancestors.push(now);
        }
        let (mut level, mut found) = (&mut self.children, None);
        for ancestor in ancestors.iter().rev() {
            let Some(drawn) = level.iter_mut().find(|drawn| drawn.node == *ancestor) else { break };
            if let Node::Element(element) = &mut drawn.made_of {
                found = element.intent_mut(on).or(found);
            }
            level = &mut drawn.children;
        }
        found.map(|intent| std::mem::replace(intent, Intent::Nothing))
    }
}

/// Whether the one can become the other where it stands.
fn is_same(one: &Node, other: &Node) -> bool {
    match (one, other) {
        (Node::Text(_), Node::Text(_)) => true,
        (Node::Element(one), Node::Element(other)) => one.tag == other.tag && one.key == other.key,
        _ => false,
    }
}

fn patch(parent: &web_sys::Node, drawn: &mut Vec<Drawn>, nodes: Vec<Node>, document: &Document) {
    let mut before: Vec<Option<Drawn>> = std::mem::take(drawn).into_iter().map(Some).collect();
    let places = places(&before, &nodes);
    let mut is_kept = vec![false; before.len()];
    for place in places.iter().flatten() {
        is_kept[*place] = true;
    }
    for (gone, _) in before.iter_mut().zip(&is_kept).filter(|(_, is_kept)| !**is_kept) {
        if let Some(gone) = gone.take() {
            let _ = parent.remove_child(&gone.node);
        }
    }
    // The first of those that have not been placed yet: what comes next stands before it, or is it.
    let mut next = 0;
    for (node, place) in nodes.into_iter().zip(places) {
        while before.get(next).is_some_and(Option::is_none) {
            next += 1;
        }
        let here = before.get(next).and_then(Option::as_ref).map(|drawn| drawn.node.clone());
        let known = place.and_then(|place| Some((place, before.get_mut(place)?.take()?)));
        drawn.push(if let Some((place, mut known)) = known {
            if place != next {
                let _ = parent.insert_before(&known.node, here.as_ref());
            }
            known.change(node, document);
            known
        } else {
            let made = Drawn::make(node, document);
            let _ = parent.insert_before(&made.node, here.as_ref());
            made
        });
    }
}

/// For each node the place of what becomes it. Mostly everything stands where it stood: looked for from there on.
fn places(before: &[Option<Drawn>], nodes: &[Node]) -> Vec<Option<usize>> {
    let mut is_free = vec![true; before.len()];
    let mut from = 0;
    let mut place_of = |node: &Node| {
        let is_free_and_same = |place: &usize| {
            is_free[*place] && before[*place].as_ref().is_some_and(|drawn| is_same(&drawn.made_of, node))
        };
        let place = (from..before.len()).chain(0..from).find(is_free_and_same)?;
        is_free[place] = false;
        from = place + 1;
        Some(place)
    };
    nodes.iter().map(&mut place_of).collect()
}

impl Drawn {
    fn make(node: Node, document: &Document) -> Self {
        match node {
            Node::Text(text) => {
                let node = document.create_text_node(&text).into();
                Self { node, made_of: Node::Text(text), children: Vec::new() }
            }
            Node::Element(mut element) => {
                let made = make_element(&element, document);
                let mut children = Vec::new();
                patch(&made, &mut children, std::mem::take(&mut element.children), document);
                set_value(&made, &element);
                Self { node: made.into(), made_of: Node::Element(element), children }
            }
        }
    }

    fn change(&mut self, node: Node, document: &Document) {
        match (node, &mut self.made_of) {
            (Node::Text(text), Node::Text(before)) if text != *before => {
                self.node.set_node_value(Some(&text));
                *before = text;
            }
            (Node::Element(mut element), Node::Element(before)) => {
                if let Some(page_element) = self.node.dyn_ref::<web_sys::Element>() {
                    change_attributes(page_element, &before.attributes, &element.attributes);
                    patch(&self.node, &mut self.children, std::mem::take(&mut element.children), document);
                    set_value(page_element, &element);
                }
                *before = element;
            }
            // The same text; of two kinds they never are, only what is the same is changed.
            _ => {}
        }
    }
}

#[expect(clippy::expect_used, reason = "fails only for a name that is none; ours are known when the program is built")]
fn make_element(element: &Element, document: &Document) -> web_sys::Element {
    let made = if element.tag == "svg" {
        document.create_element_ns(Some(SVG), element.tag)
    } else {
        document.create_element(element.tag)
    };
    let made = made.expect("an element of a known name");
    change_attributes(&made, &[], &element.attributes);
    if let Some(markup) = element.markup {
        made.set_inner_html(markup);
    }
    made
}

fn change_attributes(element: &web_sys::Element, before: &[(&'static str, Text)], after: &[(&'static str, Text)]) {
    for (name, value) in after {
        if !before.iter().any(|(known, same)| known == name && same == value) {
            set_attribute(element, name, Some(value));
        }
    }
    for (name, _) in before {
        if !after.iter().any(|(known, _)| known == name) {
            set_attribute(element, name, None);
        }
    }
}

fn set_attribute(element: &web_sys::Element, name: &str, value: Option<&str>) {
    // A `style` attribute would need a looser policy than setting one property does.
    let style = if name.starts_with("--") { element.dyn_ref::<HtmlElement>() } else { None };
    let _ = match (style, value) {
        (Some(element), Some(value)) => element.style().set_property(name, value),
        (Some(element), None) => element.style().remove_property(name).map(drop),
        (None, Some(value)) => element.set_attribute(name, value),
        (None, None) => element.remove_attribute(name),
    };
}

/// The field follows only where it differs: a composition under way is not touched.
fn set_value(field: &web_sys::Element, element: &Element) {
    let Some(value) = &element.value else { return };
    if let Some(field) = field.dyn_ref::<HtmlTextAreaElement>() {
        if field.value() != *value {
            field.set_value(value);
        }
    } else if let Some(field) = field.dyn_ref::<HtmlInputElement>()
        && field.value() != *value
    {
        field.set_value(value);
    }
}
