//! The icons: the inner SVG markup of the Lucide icons that `icons.list` names, inlined when the program is built.
//!
//! To use one more, add its Lucide name (`arrow-left`) to `src/widget/icons.list`, and use the constant of that name
//! (`ARROW_LEFT`) in an `<svg>` of Lucide's own frame. The markup is our build's, never a visitor's, so `inner_html`
//! is safe here:
//!
//! ```text
//! <svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"
//!      stroke-linejoin="round" aria-hidden="true" inner_html=icons::ARROW_LEFT></svg>
//! ```

include!(concat!(env!("OUT_DIR"), "/icons.rs"));
