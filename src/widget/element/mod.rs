//! What is to be seen, as plain data: elements with their attributes, children and what they ask for. The views make
//! it of the state, `html` writes it for the server, the browser half makes the page like it. Of one type whatever it
//! shows, so that the code that draws is there once; it knows no browser and no state.

mod html;
#[cfg(test)]
mod looking;

pub use self::html::escape;

use std::{
    borrow::Cow,
    ops::{Deref, DerefMut},
};

use super::intent::{Intent, On};

/// A text that is mostly known when the program is built.
pub type Text = Cow<'static, str>;

/// A child of an element.
#[derive(Clone, Debug)]
pub enum Node {
    Element(Element),
    Text(Text),
}

/// One element. Its place among its siblings is kept where tag and key stay the same; what differs in meaning differs in
/// its key, so that neither focus nor scroll position goes from one to the other.
#[derive(Clone, Debug)]
#[must_use]
pub struct Element(Box<Parts>);

/// What an element is made of. It is boxed: the views hand elements on at every step, and a pointer is handed on with
/// fewer instructions than all this.
#[derive(Clone, Debug)]
pub struct Parts {
    pub tag: &'static str,
    pub key: Option<Text>,
    /// Names that begin with `--` are custom properties of the element's style.
    pub attributes: Vec<(&'static str, Text)>,
    /// What stands in a field.
    pub value: Option<String>,
    /// Markup of our own build in the place of children: an icon's.
    pub markup: Option<&'static str>,
    pub listeners: Vec<(On, Intent)>,
    pub children: Vec<Node>,
}

/// An element of this tag and class; none where the class is empty.
#[inline(never)]
pub fn element(tag: &'static str, class: &'static str) -> Element {
    let attributes = if class.is_empty() { Vec::new() } else { vec![("class", class.into())] };
    let parts =
        Parts { tag, key: None, attributes, value: None, markup: None, listeners: Vec::new(), children: Vec::new() };
    Element(Box::new(parts))
}

/// A button that submits nothing.
#[inline(never)]
pub fn button(class: &'static str) -> Element {
    element("button", class).with("type", "button")
}

impl Deref for Element {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl DerefMut for Element {
    fn deref_mut(&mut self) -> &mut Parts {
        &mut self.0
    }
}

// Each step is a function of one type that is never inlined: the views are most of the program's size, and made of these.
impl Element {
    /// An attribute.
    pub fn with(self, name: &'static str, value: impl Into<Text>) -> Self {
        self.attribute_of(name, value.into())
    }

    #[inline(never)]
    fn attribute_of(mut self, name: &'static str, value: Text) -> Self {
        self.attributes.push((name, value));
        self
    }

    /// Attributes that are always the same.
    #[inline(never)]
    pub fn with_all(mut self, attributes: &'static [(&'static str, &'static str)]) -> Self {
        self.attributes.extend(attributes.iter().map(|(name, value)| (*name, Text::Borrowed(value))));
        self
    }

    /// An attribute that is there or not.
    pub fn with_some(self, name: &'static str, value: Option<impl Into<Text>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// An attribute without a value, where it applies.
    pub fn flag(self, name: &'static str, applies: bool) -> Self {
        if applies { self.with(name, "") } else { self }
    }

    /// A truth for assistive tools: `"true"` or `"false"`.
    pub fn state(self, name: &'static str, holds: bool) -> Self {
        self.with(name, if holds { "true" } else { "false" })
    }

    /// One more class, where it applies. The element has been given one before.
    #[inline(never)]
    pub fn class(mut self, class: &'static str, applies: bool) -> Self {
        if applies && let Some((_, classes)) = self.attributes.iter_mut().find(|(name, _)| *name == "class") {
            *classes = [classes.as_ref(), class].join(" ").into();
        }
        self
    }

    /// What tells it from its siblings.
    pub fn key(mut self, key: impl Into<Text>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// What stands in the field.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// What happens on it, and what is done then. The innermost element that has something to do does it alone.
    pub fn on(self, on: On, intent: impl Into<Intent>) -> Self {
        self.listener(on, intent.into())
    }

    #[inline(never)]
    fn listener(mut self, on: On, intent: Intent) -> Self {
        self.listeners.push((on, intent));
        self
    }

    /// What a press asks for.
    pub fn on_click(self, intent: impl Into<Intent>) -> Self {
        self.on(On::Click, intent)
    }

    /// One more child, several or none.
    pub fn child(mut self, child: impl Children) -> Self {
        child.add_to(&mut self.children);
        self
    }

    /// The same, to be taken.
    pub fn intent_mut(&mut self, on: On) -> Option<&mut Intent> {
        self.listeners.iter_mut().find(|(other, _)| *other == on).map(|(_, intent)| intent)
    }

    /// What is asked for when this happens.
    pub fn intent(&self, on: On) -> Option<&Intent> {
        self.listeners.iter().find(|(other, _)| *other == on).map(|(_, intent)| intent)
    }
}

/// What can stand within an element.
pub trait Children {
    fn add_to(self, children: &mut Vec<Node>);
}

impl Children for Element {
    #[inline(never)]
    fn add_to(self, children: &mut Vec<Node>) {
        children.push(Node::Element(self));
    }
}

impl Children for Node {
    fn add_to(self, children: &mut Vec<Self>) {
        children.push(self);
    }
}

impl Children for &'static str {
    #[inline(never)]
    fn add_to(self, children: &mut Vec<Node>) {
        children.push(Node::Text(self.into()));
    }
}

impl Children for String {
    #[inline(never)]
    fn add_to(self, children: &mut Vec<Node>) {
        children.push(Node::Text(self.into()));
    }
}

impl<T: Children> Children for Option<T> {
    fn add_to(self, children: &mut Vec<Node>) {
        if let Some(child) = self {
            child.add_to(children);
        }
    }
}

impl<T: Children> Children for Vec<T> {
    fn add_to(self, children: &mut Vec<Node>) {
        for child in self {
            child.add_to(children);
        }
    }
}

impl<A: Children, B: Children> Children for (A, B) {
    fn add_to(self, children: &mut Vec<Node>) {
        self.0.add_to(children);
        self.1.add_to(children);
    }
}
