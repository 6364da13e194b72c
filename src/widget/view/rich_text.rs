//! A message's text: plain text nodes and links, never markup.

use leptos::prelude::*;

use super::drawn::{Draw, Drawn};

use crate::widget::text::links::{Piece, pieces};

/// The text with its addresses as links.
pub fn rich_text(text: &str) -> Drawn {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.to_owned().drawn(),
            Piece::Link { href, label } => view! {
                <a class="link" href=href target="_blank" rel="noopener noreferrer nofollow">{label.to_owned()}</a>
            }
            .drawn(),
        })
        .collect_view()
        .drawn()
}
