//! What stands in for a missing picture: initials, on a hue that stays with the person.

use super::letters::{capital, is_of_word};

/// One or two letters of a name.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|letter| is_of_word(*letter)));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).map(capital).collect()
}

/// A hue in degrees, always the same for an id (FNV-1a).
pub fn hue(id: &str) -> u32 {
    let hash = id.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash % 360
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_the_first_and_the_last_names() {
        assert_eq!(initials("Ada Byron King Lovelace"), "AL");
        assert_eq!(initials("éric"), "É");
        assert_eq!(initials("  (Zoe) "), "Z");
        assert_eq!(initials("💬"), "");
    }

    #[test]
    fn a_hue_stays_with_its_id() {
        assert_eq!(hue("user_1"), hue("user_1"));
        assert_ne!(hue("user_1"), hue("user_2"));
    }
}
