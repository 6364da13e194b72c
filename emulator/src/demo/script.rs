//! What the guide says. It understands a few words, and says so.

/// What a newcomer reads first. Its language is not known yet.
pub(super) fn welcome(name: &str) -> String {
    format!(
        "Welcome, {name}! I am a demo: write me anything and I will answer. “help” tells what you can try.\n\n\
         Bienvenue ! Je suis une démo : écrivez-moi, je réponds. « aide » dit ce que vous pouvez essayer."
    )
}

/// The answer to a text. `turn` varies what is said when nothing was understood.
pub(super) fn answer(text: &str, turn: i64) -> &'static str {
    let words = words(text);
    let french = looks_french(text, &words);
    let said = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    let sentences: &[(&str, &str)] = if said(&["help", "aide", "aidez", "aider"]) {
        &[(
            "You can try: edit or delete a message of yours, search the people of this site and write to one of them, open a \
             second browser as somebody else and watch ticks, typing and presence live, or go offline, write, and come back.",
            "Vous pouvez essayer : modifier ou supprimer un de vos messages, chercher quelqu’un du site et lui écrire, ouvrir un \
             second navigateur sous un autre nom et voir en direct les coches, la saisie et la présence, ou passer hors ligne, \
             écrire, puis revenir.",
        )]
    } else if said(&["thanks", "thank", "thx", "merci"]) {
        &[("You are welcome!", "Avec plaisir !")]
    } else if said(&["bye", "goodbye", "revoir", "bientôt"]) {
        &[("Good-bye! I will go offline in a moment.", "Au revoir ! Je me déconnecte dans un instant.")]
    } else if said(&["who", "qui", "robot", "bot", "human", "humain"]) {
        &[(
            "I am a small program that stands in for a person, so that you can try the chat alone.",
            "Je suis un petit programme qui tient lieu d’interlocuteur, pour que vous puissiez essayer seul.",
        )]
    } else if said(&["hello", "hi", "hey", "morning", "evening", "bonjour", "bonsoir", "salut", "coucou"]) {
        &[(
            "Hello! Nice to see you here. Write “help” to see what you can try.",
            "Bonjour ! Ravi de vous lire. Écrivez « aide » pour voir ce que vous pouvez essayer.",
        )]
    } else if words.is_empty() {
        &[("😊", "😊"), ("👍", "👍")]
    } else if text.contains('?') {
        &[(
            "Good question. I only know this chat: write “help” and I will tell you about it.",
            "Bonne question. Je ne connais que cette messagerie : écrivez « aide » et je vous en parlerai.",
        )]
    } else {
        &[
            (
                "Got it. Your message was delivered and read: see the ticks below it.",
                "Bien reçu. Votre message a été remis et lu : voyez les coches en dessous.",
            ),
            (
                "I see. Try to edit that message: I will see the change at once.",
                "Je vois. Essayez de modifier ce message : je verrai le changement aussitôt.",
            ),
            (
                "Noted! Reload the page if you like: all of this will still be here.",
                "C’est noté ! Rechargez la page si vous voulez : tout sera encore là.",
            ),
        ]
    };
    let index = usize::try_from(turn).unwrap_or(0) % sentences.len();
    sentences.get(index).map_or("👍", |(english, french_text)| if french { french_text } else { english })
}

fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// More French words, or letters, than English words.
fn looks_french(text: &str, words: &[String]) -> bool {
    const FRENCH: [&str; 38] = [
        "je", "tu", "il", "elle", "nous", "vous", "est", "suis", "le", "la", "les", "un", "une", "des", "et", "que",
        "qui", "quoi", "pourquoi", "comment", "bonjour", "bonsoir", "salut", "coucou", "merci", "aide", "oui", "non",
        "avec", "pour", "pas", "ça", "ce", "mon", "ma", "revoir", "au", "bientôt",
    ];
    const ENGLISH: [&str; 24] = [
        "i", "you", "he", "she", "we", "they", "is", "am", "are", "the", "a", "an", "and", "what", "who", "why", "how",
        "hello", "hi", "thanks", "help", "yes", "not", "my",
    ];
    let count = |known: &[&str]| words.iter().filter(|word| known.contains(&word.as_str())).count();
    let letters = text.chars().filter(|letter| "éèêàâçùûôîïœÉÈÀÇ".contains(*letter)).count();
    count(&FRENCH) + letters > count(&ENGLISH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guide_answers_in_the_language_it_is_spoken_to() {
        assert!(answer("Hello there", 0).starts_with("Hello"));
        assert!(answer("Bonjour !", 0).starts_with("Bonjour"));
        assert!(answer("help", 0).starts_with("You can try"));
        assert!(answer("aide", 0).starts_with("Vous pouvez"));
        assert!(answer("Comment ça marche ?", 0).starts_with("Bonne question"));
        assert!(answer("how does this work?", 0).starts_with("Good question"));
    }

    #[test]
    fn the_guide_always_has_an_answer_and_varies_it() {
        assert_eq!(answer("😀", 0), "😊");
        assert_ne!(answer("just a remark", 0), answer("just a remark", 1));
        assert!(!answer("", i64::MAX).is_empty());
    }
}
