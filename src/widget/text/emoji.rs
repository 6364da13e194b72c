//! Messages of a few emoji and nothing else are shown large.

/// How many emoji a text consists of, none when it holds anything else. What is a letter unless it is asked to be an
/// emoji (`✓`, `♥`) counts only where it is asked.
pub fn count_if_only(text: &str) -> Option<usize> {
    let mut count = 0;
    let mut joined = false;
    let mut half_flag = false;
    let mut characters = text.chars().filter(|character| !character.is_whitespace()).peekable();
    while let Some(character) = characters.next() {
        match character {
            // The next one belongs to the last.
            JOINER => joined = true,
            // Variation selector, enclosing keycap, skin tones, tags of regional flags: parts of the last.
            AS_EMOJI | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}' if count > 0 => {}
            // Two regional indicators are one flag.
            '\u{1f1e6}'..='\u{1f1ff}' => {
                if !half_flag {
                    count += 1;
                }
                half_flag = !half_flag;
            }
            _ if joined && may_be_emoji(character) => joined = false,
            _ if is_emoji(character) => count += 1,
            _ if may_be_emoji(character)
                && matches!(characters.peek(), Some(&(AS_EMOJI | '\u{1f3fb}'..='\u{1f3ff}'))) =>
            {
                count += 1;
            }
            _ => return None,
        }
    }
    (count > 0).then_some(count)
}

const JOINER: char = '\u{200d}';
/// Variation selector 16.
const AS_EMOJI: char = '\u{fe0f}';

/// What can be shown as an emoji at all.
fn may_be_emoji(character: char) -> bool {
    is_emoji(character)
        || matches!(character,
            '\u{1f300}'..='\u{1faff}' | '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | '\u{25aa}'..='\u{27bf}'
            | '\u{2934}' | '\u{2935}' | '\u{2b05}'..='\u{2b07}' | '\u{1f170}'..='\u{1f251}' | '\u{a9}' | '\u{ae}'
            | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{24c2}' | '\u{3030}' | '\u{303d}' | '\u{3297}'
            | '\u{3299}')
}

/// What is an emoji without being asked: Unicode's `Emoji_Presentation`, its pictographs in whole rows.
fn is_emoji(character: char) -> bool {
    matches!(character,
        '\u{231a}' | '\u{231b}' | '\u{23e9}'..='\u{23ec}' | '\u{23f0}' | '\u{23f3}' | '\u{25fd}' | '\u{25fe}'
        | '\u{2614}' | '\u{2615}' | '\u{2648}'..='\u{2653}' | '\u{267f}' | '\u{2693}' | '\u{26a1}' | '\u{26aa}'
        | '\u{26ab}' | '\u{26bd}' | '\u{26be}' | '\u{26c4}' | '\u{26c5}' | '\u{26ce}' | '\u{26d4}' | '\u{26ea}'
        | '\u{26f2}' | '\u{26f3}' | '\u{26f5}' | '\u{26fa}' | '\u{26fd}' | '\u{2705}' | '\u{270a}' | '\u{270b}'
        | '\u{2728}' | '\u{274c}' | '\u{274e}' | '\u{2753}'..='\u{2755}' | '\u{2757}' | '\u{2795}'..='\u{2797}'
        | '\u{27b0}' | '\u{27bf}' | '\u{2b1b}' | '\u{2b1c}' | '\u{2b50}' | '\u{2b55}' | '\u{1f004}' | '\u{1f0cf}'
        | '\u{1f18e}' | '\u{1f191}'..='\u{1f19a}' | '\u{1f201}' | '\u{1f21a}' | '\u{1f22f}' | '\u{1f232}'..='\u{1f236}'
        | '\u{1f238}'..='\u{1f23a}' | '\u{1f250}' | '\u{1f251}' | '\u{1f300}'..='\u{1f320}' | '\u{1f32d}'..='\u{1f335}'
        | '\u{1f337}'..='\u{1f37c}' | '\u{1f37e}'..='\u{1f393}' | '\u{1f3a0}'..='\u{1f3ca}' | '\u{1f3cf}'..='\u{1f3d3}'
        | '\u{1f3e0}'..='\u{1f3f0}' | '\u{1f3f4}' | '\u{1f3f8}'..='\u{1f43e}' | '\u{1f440}' | '\u{1f442}'..='\u{1f4fc}'
        | '\u{1f4ff}'..='\u{1f53d}' | '\u{1f54b}'..='\u{1f54e}' | '\u{1f550}'..='\u{1f567}' | '\u{1f57a}' | '\u{1f595}'
        | '\u{1f596}' | '\u{1f5a4}' | '\u{1f5fb}'..='\u{1f64f}' | '\u{1f680}'..='\u{1f6c5}' | '\u{1f6cc}'
        | '\u{1f6d0}'..='\u{1f6d2}' | '\u{1f6d5}'..='\u{1f6df}' | '\u{1f6eb}' | '\u{1f6ec}' | '\u{1f6f4}'..='\u{1f6fc}'
        | '\u{1f7e0}'..='\u{1f7f0}' | '\u{1f90c}'..='\u{1f93a}' | '\u{1f93c}'..='\u{1f945}' | '\u{1f947}'..='\u{1f9ff}'
        | '\u{1fa70}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::count_if_only;

    #[test]
    fn a_family_a_flag_and_a_tone_are_one_emoji_each() {
        for one in ["👨‍👩‍👧", "🇫🇷", "👍🏽", "❤️", "💬", "❤️‍🔥", "🏴‍☠️", "✌🏽", "☀️", "⭐"]
        {
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

    #[test]
    fn a_sign_that_is_a_letter_unless_asked_otherwise_is_a_text() {
        for text in ["✓", "♥", "★", "♪", "☀", "✓💬"] {
            assert_eq!(count_if_only(text), None, "{text}");
        }
    }
}
