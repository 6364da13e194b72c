//! A message's text: plain text nodes and links, never markup.

use crate::widget::{
    element::{Node, element},
    text::links::{Piece, pieces},
};

/// The text with its addresses as links.
pub fn rich_text(text: &str) -> Vec<Node> {
    let node = |piece: Piece| match piece {
        Piece::Text(text) => Node::Text(text.to_owned().into()),
        Piece::Link { href, label } => Node::Element(
            element("a", "link")
                .with("href", href)
                .with("target", "_blank")
                .with("rel", "noopener noreferrer nofollow")
                .child(label.to_owned()),
        ),
    };
    pieces(text).into_iter().map(node).collect()
}
