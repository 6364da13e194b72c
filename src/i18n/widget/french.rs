//! French.

use super::{Ago, WidgetTexts, content, filled, groups, listing, messages};

pub const FRENCH: WidgetTexts = WidgetTexts {
    groups: groups::FRENCH,
    listing: listing::FRENCH,
    messages: messages::FRENCH,
    title: "Discussion",
    open: "Ouvrir la discussion",
    close: "Fermer la discussion",
    with_unread: |label, count| [label, ", ", &unread(count)].concat(),
    expand: "Agrandir la discussion",
    shrink: "Réduire la discussion",
    back: "Retour aux conversations",
    new_chat: "Nouvelle conversation",
    conversations: "Conversations",
    messages_with: |name| filled("Messages avec {}", name),
    nothing_selected: "Choisissez une conversation ou commencez-en une nouvelle.",
    signed_out_title: "Connectez-vous pour discuter",
    signed_out_text: "Vos conversations vous attendent. Une fois connecté, vous reviendrez ici même.",
    session_ended_title: "Vous avez été déconnecté",
    session_ended_text: "Votre session est terminée. Reconnectez-vous pour reprendre vos conversations.",
    sign_in: "Se connecter",
    limited_title: "Un instant",
    limited_wait: |seconds| {
        filled("La discussion a été ouverte très souvent. Vous pourrez continuer dans {}.", &duration(seconds))
    },
    limited_over: "Vous pouvez continuer.",
    unavailable_title: "La discussion est indisponible",
    unavailable_text: "Elle devrait revenir dans un instant. Le reste de la page fonctionne normalement.",
    offline_title: "Pas de connexion",
    offline_text: "La discussion est injoignable. Vérifiez votre connexion et réessayez.",
    retry: "Réessayer",
    link_offline: "Hors ligne. Vos messages partiront au retour de la connexion.",
    link_connecting: "Connexion…",
    link_unreachable: "La discussion est injoignable.",
    link_unavailable: |seconds| {
        filled("La discussion n’est pas disponible. Prochain essai dans {}.", &duration(seconds))
    },
    loading: "Chargement…",
    no_conversations_title: "Aucune conversation",
    no_conversations_text: "Trouvez quelqu’un et dites bonjour.",
    conversations_failed: "Vos conversations n’ont pas pu être chargées.",
    search_people: "Rechercher une personne",
    nobody_found: |search| filled("Personne ne correspond à «\u{a0}{}\u{a0}».", search),
    nobody_yet: "Il n’y a encore personne à qui écrire.",
    people_failed: "La recherche n’a pas abouti.",
    unread,
    write_to: |name| filled("Écrire à {}", name),
    draft_preview: "Brouillon\u{a0}:",
    online: "En ligne",
    offline: "Hors ligne",
    last_seen,
    members: |count| {
        if count <= 1 { filled("{} membre", &count.to_string()) } else { filled("{} membres", &count.to_string()) }
    },
    typing: "écrit…",
    is_typing: |name| filled("{} est en train d’écrire", name),
    today: "Aujourd’hui",
    yesterday: "Hier",
    new_messages: "Nouveaux messages",
    jump_to_newest: "Aller au message le plus récent",
    say_hello: |name| filled("Voici le début de votre conversation avec {}. Dites bonjour\u{202f}!", name),
    messages_failed: "Les messages n’ont pas pu être chargés.",
    you: "Vous",
    said_by: |name| filled("{}\u{a0}: ", name),
    deleted: "Ce message a été supprimé",
    edited: "modifié",
    queued: "En attente de connexion",
    sending: "Envoi en cours",
    sent: "Envoyé",
    delivered: "Distribué",
    read: "Lu",
    not_sent: "Non envoyé",
    not_sent_text: |text| filled("Non envoyé\u{a0}: {}", text),
    not_saved: "La modification n’a pas été enregistrée",
    not_deleted: "Le message n’a pas été supprimé",
    discard: "Abandonner",
    attachment: "Pièce jointe",
    message_actions: "Actions sur le message",
    edit: "Modifier",
    copy: "Copier le texte",
    delete: "Supprimer",
    delete_title: "Supprimer ce message\u{202f}?",
    delete_text: "Il disparaîtra pour tous les participants.",
    cancel: "Annuler",
    write: "Écrivez un message",
    too_long: |rest| {
        if rest <= 1 {
            filled("{}\u{a0}caractère de trop.", &rest.to_string())
        } else {
            filled("{}\u{a0}caractères de trop.", &rest.to_string())
        }
    },
    send: "Envoyer",
    save: "Enregistrer",
    editing: "Modification d’un message",
    content: content::FRENCH,
};

fn unread(count: u32) -> String {
    if count <= 1 {
        filled("{} message non lu", &count.to_string())
    } else {
        filled("{} messages non lus", &count.to_string())
    }
}

fn duration(seconds: u32) -> String {
    match seconds {
        0..=1 => "1\u{a0}seconde".into(),
        2..=90 => filled("{}\u{a0}secondes", &seconds.to_string()),
        _ => filled("{}\u{a0}minutes", &seconds.div_ceil(60).to_string()),
    }
}

fn last_seen(ago: &Ago) -> String {
    match ago {
        Ago::Now => "Vu à l’instant".into(),
        Ago::Minutes(minutes) => filled("Vu il y a {}\u{a0}min", &minutes.to_string()),
        Ago::Hours(hours) => filled("Vu il y a {}\u{a0}h", &hours.to_string()),
        Ago::Yesterday(time) => filled("Vu hier à {}", time),
        Ago::Date(date) => filled("Vu le {}", date),
    }
}
