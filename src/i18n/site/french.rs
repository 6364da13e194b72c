//! French: no-break spaces (U+00A0, U+202F) stand before double punctuation.

use super::{AccountTexts, FormTexts, HomeTexts, LogInTexts, NotFoundTexts, RegisterTexts, SiteTexts};
use crate::model::form::Problem;

pub const FRENCH: SiteTexts = SiteTexts {
    site_name: "Leptos CometChat",
    skip_to_content: "Aller au contenu",
    main_navigation: "Principale",
    language: "Langue",
    signed_in_as: "Connecté en tant que",
    form: FormTexts {
        name: "Nom",
        email: "Adresse e-mail",
        password: "Mot de passe",
        password_hint: "Au moins 8 caractères, difficiles à deviner.",
        avatar: "Photo (facultative)",
        avatar_hint: "L’adresse https d’une image.",
        saved: "Enregistré.",
        sending: "Un instant…",
        problem,
        not_sent: "Le serveur est injoignable. Vérifiez votre connexion et réessayez.",
        went_wrong: "Un problème est survenu de notre côté. Veuillez réessayer.",
    },
    home: HomeTexts {
        title: "Accueil",
        headline: "Parlez à ceux qui sont là",
        lead: "Connectez-vous, appuyez sur 💬 au coin de n’importe quelle page et écrivez à qui vous voulez. Messages, saisie en cours et accusés de lecture arrivent à l’instant.",
        open_hint: "Appuyez sur 💬 au coin de cette page pour commencer.",
        demo_title: "Essayez maintenant",
        demo_lead: "Ce site utilise un émulateur local du nuage de CometChat. Connectez-vous avec un compte de démonstration\u{a0}:",
        demo_two_browsers: "Pour une conversation en direct, connectez-vous avec l’autre compte dans un second navigateur ou une fenêtre privée. Seul\u{202f}? Le contact de démonstration répond.",
        features: [
            (
                "Les clés restent sur le serveur",
                "Le navigateur ne détient qu’un jeton, pour une seule session, et il disparaît avec elle.",
            ),
            (
                "Rien ne se perd",
                "Brouillons, messages en attente et place dans la conversation survivent au rechargement et à la coupure du réseau.",
            ),
            (
                "Pour tout le monde",
                "Clavier et lecteur d’écran, clair et sombre, téléphone et ordinateur, français et anglais.",
            ),
        ],
    },
    register: RegisterTexts {
        title: "Créer un compte",
        lead: "Un nom, une adresse e-mail et un mot de passe suffisent.",
        submit: "Créer le compte",
        have_account: "Vous avez un compte\u{202f}? Connectez-vous",
    },
    log_in: LogInTexts {
        title: "Se connecter",
        submit: "Se connecter",
        no_account: "Pas encore de compte\u{202f}? Créez-en un",
    },
    log_out: "Se déconnecter",
    account: AccountTexts {
        title: "Compte",
        signed_out: "Connectez-vous pour voir votre compte.",
        signed_in_with: "Vous vous connectez avec",
        profile: "Profil",
        save_profile: "Enregistrer le profil",
        change_password: "Mot de passe",
        current_password: "Mot de passe actuel",
        new_password: "Nouveau mot de passe",
        save_password: "Changer le mot de passe",
        password_note: "Le changer déconnecte tous vos autres appareils.",
        sessions: "Sessions",
        sign_out_everywhere: "Se déconnecter partout",
        sign_out_everywhere_note: "Met fin à cette session et à celles de tous vos autres appareils, avec leurs discussions.",
        confirm_sign_out_everywhere: "Oui, me déconnecter partout",
        data: "Vos données",
        data_note: "Ce que ce site conserve de vous. Ce que vous avez écrit dans la discussion se trouve chez l’hébergeur de la discussion.",
        download: "Télécharger mes données",
        delete: "Supprimer le compte",
        delete_note: "Déconnecte tous vos appareils et vous retire de la discussion. C’est irréversible.",
        delete_password: "Votre mot de passe, pour être sûr",
        confirm_delete: "Oui, supprimer mon compte",
    },
    not_found: NotFoundTexts {
        title: "Page introuvable",
        lead: "Il n’y a rien à cette adresse. La page a peut-être été déplacée, ou n’a jamais existé.",
        home: "Aller à l’accueil",
    },
};

fn problem(problem: Problem) -> String {
    match problem {
        Problem::Required => "Veuillez remplir ce champ.".into(),
        Problem::TooLong(most) => format!("{most}\u{a0}caractères au plus."),
        Problem::TooShort(least) => format!("Au moins {least}\u{a0}caractères."),
        Problem::NotPrintable => "Certains caractères ne peuvent pas être affichés.".into(),
        Problem::NotAnEmail => "Ce n’est pas une adresse e-mail.".into(),
        Problem::EmailTaken => {
            "Un compte existe déjà avec cette adresse e-mail. Voulez-vous vous connecter\u{202f}?".into()
        }
        Problem::NotAnHttpsUrl => "Ce n’est pas une adresse https.".into(),
        Problem::TooGuessable => {
            "Ce mot de passe est trop facile à deviner. Essayez quelques mots sans rapport entre eux.".into()
        }
        Problem::WrongPassword => "Ce n’est pas votre mot de passe actuel.".into(),
        Problem::WrongCredentials => "L’adresse e-mail ou le mot de passe est incorrect.".into(),
        Problem::TryAgainIn(..=1) => "Trop de tentatives. Réessayez dans 1\u{a0}seconde.".into(),
        Problem::TryAgainIn(seconds @ 2..90) => {
            format!("Trop de tentatives. Réessayez dans {seconds}\u{a0}secondes.")
        }
        Problem::TryAgainIn(seconds) => {
            format!("Trop de tentatives. Réessayez dans {}\u{a0}minutes.", seconds.div_ceil(60))
        }
    }
}
