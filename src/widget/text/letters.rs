//! What is known of letters: small and capital ones, and what belongs to a word. Unicode's own tables of them would be
//! 20 kB of the WASM: here are the ranges in which a capital stands 32 before its small letter, and what is no letter.

/// Latin with and without accents, Greek, Cyrillic.
fn small(letter: char) -> char {
    match letter {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ω' | 'А'..='Я' => moved(letter, 32),
        other => other,
    }
}

/// The capital of a small letter, where it is one of those.
pub fn capital(letter: char) -> char {
    match letter {
        'a'..='z' | 'à'..='ö' | 'ø'..='þ' | 'α'..='ρ' | 'σ'..='ω' | 'а'..='я' => moved(letter, -32),
        other => other,
    }
}

fn moved(letter: char, by: i32) -> char {
    u32::from(letter).checked_add_signed(by).and_then(char::from_u32).unwrap_or(letter)
}

/// Whether it is a letter or a digit, of any script: past ASCII, what is no space, sign, quotation mark or picture.
pub fn is_of_word(letter: char) -> bool {
    let is_sign = matches!(
        letter,
        '\0'..='\u{a9}' | '«' | '»' | '·' | '×' | '÷' | '\u{2000}'..='\u{206f}' | '\u{2190}'..='\u{2bff}'
            | '\u{3000}'..='\u{303f}' | '\u{fe00}'..='\u{fe0f}' | '\u{ff00}'..='\u{ff0f}' | '\u{1f000}'..='\u{1faff}'
    );
    letter.is_ascii_alphanumeric() || !is_sign
}

pub fn folded(text: &str) -> String {
    text.chars().map(small).collect()
}

/// Whether the name contains what is searched for, small and capital letters alike.
pub fn finds(name: &str, search: &str) -> bool {
    place_of(&folded(search.trim()), &folded(name)).is_some()
}

/// Where the part begins in the text, in bytes. The standard library's own search is made for long texts, and is 2 kB.
pub fn place_of(part: &str, text: &str) -> Option<usize> {
    let (part, text) = (part.as_bytes(), text.as_bytes());
    if part.is_empty() { Some(0) } else { text.windows(part.len()).position(|piece| piece == part) }
}

/// The text up to this place; all of these are empty where there is no such place, and so never panic.
pub fn before(text: &str, at: usize) -> &str {
    between(text, 0, at)
}

/// The text from this place on.
pub fn behind(text: &str, at: usize) -> &str {
    between(text, at, text.len())
}

/// What stands between two places.
pub fn between(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_and_small_letters_are_alike() {
        for (name, search) in [
            ("Émile", "ém"),
            ("ÖSTEN", "öst"),
            ("Мария", "МАР"),
            ("Ωmega", "ω"),
            ("Bob", " bOB "),
            ("李", "李"),
            ("x", ""),
        ] {
            assert!(finds(name, search), "{name} {search}");
        }
        assert!(!finds("Bob", "bobby") && !finds("÷×", "ž"));
    }

    #[test]
    fn a_part_is_found_where_the_standard_library_finds_it() {
        for (part, text) in
            [("a", "banana"), ("ana", "banana"), ("né", "René né"), ("", "x"), ("long", "lo"), ("x", "")]
        {
            assert_eq!(place_of(part, text), text.find(part), "{part} {text}");
        }
    }

    #[test]
    fn each_capital_is_the_capital_of_its_small_letter() {
        for letter in ('A'..='Z').chain('À'..='Ö').chain('Ø'..='Þ').chain('Α'..='Ρ').chain('Σ'..='Ω').chain('А'..='Я')
        {
            assert_eq!(capital(small(letter)), letter);
            assert_eq!(letter.to_lowercase().collect::<String>(), small(letter).to_string());
        }
        assert_eq!(capital('李'), '李');
    }

    #[test]
    fn letters_and_digits_of_every_script_are_of_words_and_signs_are_not() {
        for letter in "aZ9éßжΩע中ひ한٣".chars() {
            assert!(is_of_word(letter) && letter.is_alphanumeric(), "{letter}");
        }
        for sign in " .,-_@/(«»“”…—→☀😀\u{a0}\u{3000}\n".chars() {
            assert!(!is_of_word(sign), "{sign}");
        }
    }
}
