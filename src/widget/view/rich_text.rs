//! A message's text with its markup as elements, never as HTML.

use crate::{
    i18n::WidgetTexts,
    model::{chat::Person, ids::Uid},
    widget::{
        element::{Element, Node, element},
        text::markup::{Block, Span, Style, blocks},
    },
};

/// Who the mentions of a text mean, and to whom it is shown.
pub struct Named<'a> {
    pub texts: &'a WidgetTexts,
    pub mentions: &'a [Person],
    pub me: Option<&'a Uid>,
}

impl Named<'_> {
    fn name(&self, id: &str) -> String {
        let person = self.mentions.iter().find(|person| person.uid.as_str() == id);
        let name = person.map_or(if id == "all" { self.texts.content.everybody } else { id }, |person| &person.name);
        ["@", name].concat()
    }

    fn is_me(&self, id: &str) -> bool {
        id == "all" || self.me.is_some_and(|me| me.as_str() == id)
    }
}

/// The text as blocks, each in the direction of its own letters.
pub fn rich_text(text: &str, named: &Named) -> Vec<Node> {
    blocks(text).into_iter().map(|block| Node::Element(block_of(block, named))).collect()
}

/// The text in one line, as a preview has it: without marks.
pub fn plain_text(text: &str, named: &Named) -> String {
    fn add(nodes: &[Node], plain: &mut String) {
        for node in nodes {
            match node {
                Node::Text(text) => plain.push_str(text),
                Node::Element(element) => {
                    if matches!(element.tag, "p" | "li" | "pre") && !plain.is_empty() {
                        plain.push(' ');
                    }
                    add(&element.children, plain);
                }
            }
        }
    }
    let mut plain = String::new();
    add(&rich_text(text, named), &mut plain);
    plain
}

/// A line that cannot have blocks, such as a label.
fn line(tag: &'static str, class: &'static str, spans: Vec<Span>, named: &Named) -> Element {
    element(tag, class).with("dir", "auto").child(nodes(spans, named))
}

fn block_of(block: Block, named: &Named) -> Element {
    match block {
        Block::Paragraph(spans) => line("p", "", spans, named),
        Block::Quote(lines) => {
            let lines = lines.into_iter().map(|spans| line("p", "", spans, named));
            element("blockquote", "").child(lines.collect::<Vec<_>>())
        }
        Block::List(items) => {
            let is_numbered = items.first().is_some_and(|(number, _)| number.is_some());
            let item = |(number, spans): (Option<u32>, _)| {
                line("li", "", spans, named).with_some("value", number.map(|number| number.to_string()))
            };
            let items: Vec<_> = items.into_iter().map(item).collect();
            element(if is_numbered { "ol" } else { "ul" }, "list-block").child(items)
        }
        Block::Code { language, text } => {
            let language = (!language.is_empty()).then(|| language.to_owned());
            element("pre", "code-block")
                .with("dir", "ltr")
                .with_some("data-language", language)
                .child(element("code", "").child(text.to_owned()))
        }
    }
}

fn nodes(spans: Vec<Span>, named: &Named) -> Vec<Node> {
    spans.into_iter().map(|span| node(span, named)).collect()
}

fn node(span: Span, named: &Named) -> Node {
    Node::Element(match span {
        Span::Text(text) => return Node::Text(text.to_owned().into()),
        Span::Styled(style, spans) => {
            let tag = match style {
                Style::Bold => "strong",
                Style::Strike => "del",
                Style::Star | Style::Under => "i",
            };
            element(tag, "").child(nodes(spans, named))
        }
        Span::Code(text) => element("code", "").child(text.to_owned()),
        Span::Link { href, label } => link("link", href).child(label.to_owned()),
        Span::Mention(id) => element("span", "mention").class("me", named.is_me(id)).child(named.name(id)),
    })
}

/// A link to wherever somebody wrote: it opens beside the page, and the other site is not told whence one came.
#[inline(never)]
pub fn link(class: &'static str, href: String) -> Element {
    let link = element("a", class).with("href", href.clone()).with("title", href);
    link.with_all(&[("target", "_blank"), ("rel", "noopener noreferrer nofollow")])
}
