//! Messages of a few emoji and nothing else are shown large.

/// How many emoji a text consists of, none when it holds anything else.
pub fn count_if_only(text: &str) -> Option<usize> {
    let mut count = 0;
    let mut joined = false;
    let mut half_flag = false;
    for character in text.chars().filter(|character| !character.is_whitespace()) {
        match character {
            // Zero-width joiner: the next one belongs to the last.
            '\u{200d}' => joined = true,
            // Variation selector, enclosing keycap, skin tones, tags of regional flags: parts of the last.
            '\u{fe0f}' | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}' if count > 0 => {}
            // Two regional indicators are one flag.
            '\u{1f1e6}'..='\u{1f1ff}' => {
                if !half_flag {
                    count += 1;
                }
                half_flag = !half_flag;
            }
            _ if is_pictograph(character) => {
                if !joined {
                    count += 1;
                }
                joined = false;
            }
            _ => return None,
        }
    }
    (count > 0).then_some(count)
}

fn is_pictograph(character: char) -> bool {
    matches!(character,
        '\u{1f300}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f004}' | '\u{1f0cf}'
        | '\u{1f170}'..='\u{1f251}' | '\u{231a}'..='\u{23ff}' | '\u{203c}' | '\u{2049}' | '\u{3030}' | '\u{303d}')
}

#[cfg(test)]
mod tests {
    use super::count_if_only;

    #[test]
    fn a_family_a_flag_and_a_tone_are_one_emoji_each() {
        for one in ["👨‍👩‍👧", "🇫🇷", "👍🏽", "❤️", "💬"] {
            assert_eq!(count_if_only(one), Some(1), "{one}");
        }
        assert_eq!(count_if_only("🎉 🎉🇫🇷"), Some(3));
    }

    #[test]
    fn anything_else_makes_it_a_text() {
        for text in ["", " ", "a💬", "1", "#", "\u{fe0f}"] {
            assert_eq!(count_if_only(text), None, "{text:?}");
        }
    }
}
