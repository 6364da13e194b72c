//! French.

use super::{ContentTexts, Problem, in_units};

pub const FRENCH: ContentTexts = ContentTexts {
    formatting: "Mise en forme",
    bold: "Gras",
    italic: "Italique",
    strike: "Barré",
    code: "Code",
    link: "Lien",
    quote: "Citation",
    bullets: "Liste à puces",
    numbers: "Liste numérotée",
    everybody: "tout le monde",
    attach: "Joindre des fichiers",
    drop_here: "Déposez les fichiers pour les joindre",
    files_to_send: "Fichiers à envoyer",
    remove: |name| ["Retirer ", name].concat(),
    upload_again: |name| ["Envoyer à nouveau : ", name].concat(),
    uploading: |percent| ["Envoi en cours, ", &percent.to_string(), " %"].concat(),
    waits: "En attente de connexion",
    left_out: |most, left_out| {
        let most = most.to_string();
        let left_out = if left_out == 1 {
            "1 fichier a été laissé".into()
        } else {
            left_out.to_string() + " fichiers ont été laissés"
        };
        ["Un message compte ", &most, " fichiers au plus : ", &left_out, " de côté."].concat()
    },
    too_large: |most| ["Plus de ", most].concat(),
    size: |bytes| in_units(bytes, ["o", "ko", "Mo", "Go"], ','),
    picture: "Photo",
    video: "Vidéo",
    audio: "Audio",
    voice_note: "Message vocal",
    file: "Fichier",
    download: |name| ["Télécharger ", name].concat(),
    enlarge: |name| ["Agrandir ", name].concat(),
    more_pictures: |count| ["Afficher ", &count.to_string(), " de plus"].concat(),
    picture_of: |number, count| ["Photo ", &number.to_string(), " sur ", &count.to_string()].concat(),
    previous: "Photo précédente",
    next: "Photo suivante",
    zoom_in: "Agrandir",
    zoom_out: "Réduire",
    close: "Fermer",
    record: "Enregistrer un message vocal",
    recording: "Enregistrement",
    pause: "Pause",
    go_on: "Reprendre l’enregistrement",
    stop: "Arrêter l’enregistrement",
    listen: "Écouter avant d’envoyer",
    send_note: "Envoyer le message vocal",
    no_permission: "Le micro est bloqué. Autorisez-le pour ce site dans les réglages du navigateur, puis réessayez.",
    no_microphone: "Aucun micro n’a été trouvé. Branchez-en un, puis réessayez.",
    not_recorded: "L’enregistrement n’a pas fonctionné. Réessayez.",
    in_review: "En cours de vérification. Les autres le verront une fois approuvé.",
    refused: "Non distribué : contraire aux règles de ce site.",
    problem: |problem| match problem {
        Problem::BlockedReceiver => "Vous avez bloqué cette personne. Débloquez-la pour lui écrire.",
        Problem::BlockedSender => "Cette personne ne reçoit pas vos messages.",
        Problem::Filtered => "Le filtre du site ne l’a pas laissé passer.",
        Problem::NotAMember => "Vous n’êtes pas membre de ce groupe.",
        Problem::Gone => "Il n’y a plus personne pour le recevoir.",
        Problem::NotAllowed => "Vous n’avez pas le droit d’envoyer cela ici.",
        Problem::TooManyRequests => "Trop à la fois. Attendez un instant, puis réessayez.",
        Problem::Plan => "La formule de chat du site ne le permet pas.",
        Problem::TooLarge => "Le fichier est trop volumineux.",
        Problem::TooManyFiles => "Trop de fichiers pour un message.",
        Problem::Empty => "Le fichier est vide.",
        Problem::Network => "L’envoi du fichier a été interrompu.",
    },
    kind: |kind| match kind {
        "extension_poll" => "Sondage",
        "extension_sticker" => "Autocollant",
        "extension_document" | "extension_whiteboard" => "Document partagé",
        "meeting" | "audio" | "video" => "Appel",
        "card" => "Carte",
        _ => "Un message que ce chat ne peut pas afficher",
    },
};
