//! What went wrong, in a sentence.

use crate::{i18n::WidgetTexts, widget::state::Trouble};

/// The sentence for it.
pub fn sentence(trouble: Trouble, texts: &WidgetTexts) -> &'static str {
    let texts = &texts.groups;
    match trouble {
        Trouble::Offline => texts.offline,
        Trouble::WrongPassword => texts.wrong_password,
        Trouble::Banned => texts.was_banned,
        Trouble::NotIn => texts.not_in,
        Trouble::Gone => texts.is_gone,
        Trouble::NotAllowed => texts.not_allowed,
        Trouble::Full => texts.is_full,
        Trouble::Invalid => texts.invalid,
        Trouble::TooManyPins => texts.too_many_pins,
        Trouble::NotAdded => texts.not_added,
        Trouble::Other => texts.other,
    }
}
