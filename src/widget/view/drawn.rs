//! A view of any kind behind one type, which can only be drawn. Leptos' own `AnyView` can also be hydrated, in two ways,
//! rendered to HTML and rebuilt, and keeps the code for all of it for every view that was ever put into one; the widget
//! is never in the server's HTML, so that none of that can run. It was a ninth of the release's WASM, in brotli.

use leptos::{
    prelude::*,
    tachys::{
        html::attribute::any_attribute::AnyAttribute,
        hydration::Cursor,
        no_attrs,
        renderer::{
            Rndr,
            types::{Element, Node, Placeholder},
        },
        view::{Mountable, Position, PositionState},
    },
};

/// See the module.
pub struct Drawn(Box<dyn FnOnce() -> Box<dyn Mountable> + Send>);

/// For every view.
pub trait Draw: Render + Send + Sized + 'static {
    /// The same view, whatever its type was.
    fn drawn(self) -> Drawn {
        Drawn(Box::new(move || Box::new(self.build())))
    }
}

impl<V: Render + Send + 'static> Draw for V {}

/// A function of the view behind one type for each kind of result: the code that runs it again is there once for each.
pub fn lazily<T>(function: impl FnMut() -> T + Send + 'static) -> Box<dyn FnMut() -> T + Send> {
    Box::new(function)
}

/// What stands in the page, and a comment at its end: a view without a node has a place too.
pub struct DrawnState {
    content: Box<dyn Mountable>,
    end: Placeholder,
}

impl Mountable for DrawnState {
    fn unmount(&mut self) {
        self.content.unmount();
        self.end.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.content.mount(parent, marker);
        self.end.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.content.insert_before_this(child) || self.end.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.content.elements()
    }
}

impl Render for Drawn {
    type State = DrawnState;

    fn build(self) -> DrawnState {
        DrawnState { content: (self.0)(), end: Rndr::create_placeholder() }
    }

    fn rebuild(self, state: &mut DrawnState) {
        let mut content = (self.0)();
        state.insert_before_this(&mut *content);
        state.content.unmount();
        state.content = content;
    }
}

no_attrs!(Drawn);

impl RenderHtml for Drawn {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> DrawnState {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
