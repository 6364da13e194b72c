//! French.

use super::MessageTexts;

pub const FRENCH: MessageTexts = MessageTexts {
    react_with: |emoji| ["Réagir avec ", emoji].concat(),
    reacted: |emoji, count, mine| {
        let people = if count == 1 { "1 personne".to_owned() } else { [&count.to_string(), " personnes"].concat() };
        [emoji, ", ", &people, if mine { ", dont vous" } else { "" }].concat()
    },
    more_emoji: "Plus d’émojis",
    emoji: "Émojis",
    search_emoji: "Chercher un émoji",
    recent_emoji: "Récents",
    no_emoji: "Aucun émoji trouvé.",
    emoji_failed: "Les émojis n’ont pas pu être chargés.",
    emoji_groups: [
        "Sourires",
        "Personnes",
        "Composants",
        "Nature",
        "Nourriture",
        "Voyages",
        "Activités",
        "Objets",
        "Symboles",
        "Drapeaux",
    ],
    reply: "Répondre",
    quoted: |name| ["En réponse à ", name].concat(),
    reply_in_thread: "Répondre dans un fil",
    thread: "Fil",
    replies: |count| {
        if count < 2 { [&count.to_string(), " réponse"].concat() } else { [&count.to_string(), " réponses"].concat() }
    },
    unread_replies: |count| {
        if count == 1 { "1 nouvelle".to_owned() } else { [&count.to_string(), " nouvelles"].concat() }
    },
    back_to_conversation: "Retour à la conversation",
    no_replies: "Pas encore de réponse. Écrivez la première.",
    mention: "Mentionner quelqu’un",
    everybody: "Tout le groupe",
    pin: "Épingler",
    unpin: "Désépingler",
    pinned: "Épinglé",
    pinned_messages: "Messages épinglés",
    no_pinned: "Rien n’est épinglé ici. Épinglez un message depuis son menu.",
    save: "Garder pour plus tard",
    unsave: "Retirer des messages gardés",
    saved: "Gardé",
    saved_messages: "Messages gardés",
    no_saved: "Rien n’est gardé pour l’instant. Gardez un message depuis son menu\u{202f}; vous seul le voyez.",
    show_message: "Voir dans la conversation",
    mark_unread: "Marquer non lu à partir d’ici",
    info: "Infos",
    reactions: "Réactions",
    no_reactions: "Pas encore de réaction.",
    read_by: "Lu par",
    out_of: " sur ",
    delivered_to: "Remis à",
    nobody: "Personne pour l’instant.",
    list_failed: "Le chargement a échoué.",
    copy_link: "Copier le lien",
    forward: "Transférer",
    forward_to: "Transférer à",
    nobody_to_forward: "Aucun résultat.",
    forwarded: "Transféré.",
    close: "Fermer",
    failed: "Cela n’a pas marché. Réessayez.",
    not_there: "Ce message n’est plus là.",
    new_below: |count| {
        if count == 1 { "1 nouveau message".to_owned() } else { [&count.to_string(), " nouveaux messages"].concat() }
    },
};
