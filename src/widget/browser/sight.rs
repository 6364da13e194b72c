//! A phone's keyboard covers a part of the page. Chromium takes the page smaller for it, as the document asks; Safari
//! and Firefox shrink only what is in sight, so that a panel of the page's height would have its composer beneath the
//! keyboard, or be pushed out above. And the composer's field grows with its text.

use wasm_bindgen::closure::Closure;
use web_sys::VisualViewport;

use super::{Widget, dom};

/// As high as the field grows, in pixels; then it scrolls.
const HIGHEST: i32 = 160;

impl Widget {
    /// Holds the panel to what is in sight.
    pub(super) fn keep_in_sight(&self) {
        let Some(sight) = dom::window().visual_viewport() else { return };
        let (widget, of) = (self.clone(), sight.clone());
        let hear = Closure::<dyn Fn(web_sys::Event)>::new(move |_| widget.fit(&of));
        dom::listen(&sight, &["resize", "scroll"], &hear);
        hear.forget();
        self.fit(&sight);
    }

    #[expect(clippy::cast_possible_truncation, reason = "whole pixels of a screen")]
    fn fit(&self, sight: &VisualViewport) {
        let style = self.container.style();
        // Between two fingers the visitor looks at a part of it on purpose.
        if sight.scale() > 1.01 {
            let _ = style.remove_property("--view-top");
            let _ = style.remove_property("--view-height");
        } else {
            let _ = style.set_property("--view-top", &pixels(sight.offset_top().round() as i32));
            let _ = style.set_property("--view-height", &pixels(sight.height().round() as i32));
        }
    }

    /// Makes the field as high as its text.
    pub(super) fn fit_field(&self) {
        let Some(field) = self.field() else { return };
        let text = field.value();
        if self.reading.is_fitted(&field, &text) {
            return;
        }
        let style = field.style();
        let _ = style.set_property("height", "auto");
        let height = field.scroll_height().min(HIGHEST);
        let _ = style.set_property("height", &pixels(height));
    }
}

fn pixels(count: i32) -> String {
    [&count.to_string(), "px"].concat()
}
