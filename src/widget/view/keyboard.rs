//! A phone's keyboard covers a part of the page. Chromium takes the page smaller for it, as the document asks; Safari
//! and Firefox shrink only what is in sight, so that a panel of the page's height would have its composer beneath the
//! keyboard, or be pushed out above.

use leptos::{html, prelude::*};
use web_sys::VisualViewport;

use crate::widget::dom;

/// Holds the panel to what is in sight, for as long as the present owner lives.
pub fn keep_in_sight(panel: NodeRef<html::Section>) {
    let Some(sight) = window().visual_viewport() else { return };
    let of = sight.clone();
    let fit = move || {
        if let Some(panel) = panel.try_get_untracked().flatten() {
            fit(&panel, &of);
        }
    };
    dom::listen(&sight, "resize", fit.clone());
    dom::listen(&sight, "scroll", fit.clone());
    // Through an effect the panel is there.
    Effect::new(move |_| {
        if panel.get().is_some() {
            fit();
        }
    });
}

fn fit(panel: &web_sys::HtmlElement, sight: &VisualViewport) {
    let style = web_sys::HtmlElement::style(panel);
    // Between two fingers the visitor looks at a part of it on purpose.
    if sight.scale() > 1.01 {
        let _ = style.remove_property("--view-top");
        let _ = style.remove_property("--view-height");
    } else {
        let _ = style.set_property("--view-top", &format!("{}px", sight.offset_top()));
        let _ = style.set_property("--view-height", &format!("{}px", sight.height()));
    }
}
