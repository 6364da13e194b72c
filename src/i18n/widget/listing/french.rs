//! French.

use super::ListTexts;

pub const FRENCH: ListTexts = ListTexts {
    filters: "Afficher",
    all: "Toutes",
    unread: "Non lues",
    groups: "Groupes",
    archive_title: "Archivées",
    nothing_here: "Il n’y a rien ici.",
    search: "Rechercher personnes, groupes et messages",
    clear: "Effacer la recherche",
    messages: "Messages",
    nothing_found: ["Rien ne correspond à «\u{a0}", "\u{a0}»."],
    search_failed: "La recherche n’a pas abouti.",
    actions: ["Actions pour la conversation avec ", ""],
    pin: "Épingler en haut",
    unpin: "Détacher",
    is_pinned: "Épinglée",
    mute: "Mettre en sourdine",
    unmute: "Réactiver le son",
    is_muted: "En sourdine",
    archive: "Archiver",
    unarchive: "Sortir des archives",
    mark_read: "Marquer comme lue",
    mark_unread: "Marquer comme non lue",
    delete: "Supprimer la conversation",
    deleted: "Conversation supprimée, pour vous seul.",
    undo: "Annuler",
};
