//! English.

use super::{AccountTexts, FormTexts, HomeTexts, LogInTexts, NotFoundTexts, RegisterTexts, SiteTexts};
use crate::model::form::Problem;

pub const ENGLISH: SiteTexts = SiteTexts {
    site_name: "Leptos CometChat",
    skip_to_content: "Skip to the content",
    main_navigation: "Main",
    language: "Language",
    signed_in_as: "Signed in as",
    form: FormTexts {
        name: "Name",
        email: "E-mail",
        password: "Password",
        password_hint: "At least 8 characters, and not one that others would guess.",
        avatar: "Picture (optional)",
        avatar_hint: "The https address of an image.",
        saved: "Saved.",
        sending: "One moment…",
        problem,
        not_sent: "The server cannot be reached. Check your connection and try again.",
        went_wrong: "Something went wrong on our side. Please try again.",
    },
    home: HomeTexts {
        title: "Home",
        headline: "Talk to the people who are here",
        lead: "Sign in, press 💬 at the corner of any page, and write to anyone. Messages, typing and read ticks arrive as they happen.",
        open_hint: "Press 💬 at the corner of this page to begin.",
        demo_title: "Try it now",
        demo_lead: "This site runs with a local emulator of CometChat's cloud. Sign in with a demo account:",
        demo_two_browsers: "For a live talk, sign in with the other account in a second browser or a private window. Alone? The demo contact answers.",
        features: [
            ("Keys stay on the server", "The browser holds one token for one session, and it dies with the session."),
            (
                "Nothing is lost",
                "Drafts, unsent messages and your place in a conversation survive a reload and a dead network.",
            ),
            ("For everyone", "Keyboard and screen reader, light and dark, phone and desktop, English and French."),
        ],
    },
    register: RegisterTexts {
        title: "Create an account",
        lead: "A name, an e-mail address and a password are all it takes.",
        submit: "Create the account",
        have_account: "You have an account? Sign in",
    },
    log_in: LogInTexts { title: "Sign in", submit: "Sign in", no_account: "New here? Create an account" },
    log_out: "Sign out",
    account: AccountTexts {
        title: "Account",
        signed_out: "Sign in to see your account.",
        signed_in_with: "You sign in with",
        profile: "Profile",
        save_profile: "Save the profile",
        change_password: "Password",
        current_password: "Present password",
        new_password: "New password",
        save_password: "Change the password",
        password_note: "Changing it signs out every other device.",
        sessions: "Sessions",
        sign_out_everywhere: "Sign out everywhere",
        sign_out_everywhere_note: "Ends this session and those of all your other devices, and their chats with them.",
        confirm_sign_out_everywhere: "Yes, sign out everywhere",
        data: "Your data",
        data_note: "What this site keeps of you. What you wrote in the chat is kept by the chat cloud.",
        download: "Download my data",
        delete: "Delete the account",
        delete_note: "This signs out all your devices and removes you from the chat. It cannot be undone.",
        delete_password: "Your password, to be sure",
        confirm_delete: "Yes, delete my account",
    },
    not_found: NotFoundTexts {
        title: "Page not found",
        lead: "There is nothing at this address. It may have moved, or never existed.",
        home: "Go to the home page",
    },
};

fn problem(problem: Problem) -> String {
    match problem {
        Problem::Required => "Please fill this in.".into(),
        Problem::TooLong(most) => format!("At most {most} characters."),
        Problem::TooShort(least) => format!("At least {least} characters."),
        Problem::NotPrintable => "This has characters that cannot be shown.".into(),
        Problem::NotAnEmail => "This is not an e-mail address.".into(),
        Problem::EmailTaken => "There is an account with this e-mail address. Sign in instead?".into(),
        Problem::NotAnHttpsUrl => "This is not an https address.".into(),
        Problem::TooGuessable => "This password is too easy to guess. Try a few unrelated words.".into(),
        Problem::WrongPassword => "This is not your present password.".into(),
        Problem::WrongCredentials => "The e-mail address or the password is wrong.".into(),
        Problem::TryAgainIn(..=1) => "Too many attempts. Try again in 1 second.".into(),
        Problem::TryAgainIn(seconds @ 2..90) => format!("Too many attempts. Try again in {seconds} seconds."),
        Problem::TryAgainIn(seconds) => format!("Too many attempts. Try again in {} minutes.", seconds.div_ceil(60)),
    }
}
