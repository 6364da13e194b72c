//! What tests look for in an element.

use super::{Element, Node};

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| *other == name).map(|(_, value)| value.as_ref())
    }

    /// The text of the element and all within, as a reader sees it.
    pub fn text(&self) -> String {
        let texts = self.children.iter().map(|child| match child {
            Node::Element(element) => element.text(),
            Node::Text(text) => text.to_string(),
        });
        texts.collect()
    }

    /// This element and every one within, from the outside in.
    pub fn all(&self) -> Vec<&Self> {
        let within = self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element.all()),
            Node::Text(_) => None,
        });
        std::iter::once(self).chain(within.flatten()).collect()
    }
}
