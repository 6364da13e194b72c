//! Whether a name contains what is searched for, small and capital letters alike. Unicode's own table of letters would
//! be 20 kB of the WASM: here are the ranges in which a capital stands 32 before its small letter.

/// Latin with and without accents, Greek, Cyrillic.
fn small(letter: char) -> char {
    match letter {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ω' | 'А'..='Я' => {
            char::from_u32(u32::from(letter) + 32).unwrap_or(letter)
        }
        other => other,
    }
}

pub fn folded(text: &str) -> String {
    text.chars().map(small).collect()
}

pub fn finds(name: &str, search: &str) -> bool {
    folded(name).contains(&folded(search.trim()))
}

#[cfg(test)]
mod tests {
    use super::finds;

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
}
