//! What a form of this site answers: which field has which problem, and what was typed. The words stand in `i18n`.

use serde::{Deserialize, Serialize};

/// A form that the site has; names the page's form for which an answer is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormName {
    Register,
    LogIn,
    ChangeProfile,
    ChangePassword,
    DeleteAccount,
}

/// An input of a form, by its `name` in the HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Name,
    Email,
    Password,
    Avatar,
    CurrentPassword,
    NewPassword,
    /// Where the form leads once it is accepted; nobody types it, and a refused form keeps it.
    Next,
    /// The form as a whole.
    Form,
}

impl Field {
    /// The `name` of the input, equal to the server function's argument.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Password => "password",
            Self::Avatar => "avatar",
            Self::CurrentPassword => "current_password",
            Self::NewPassword => "new_password",
            Self::Next => "next",
            Self::Form => "form",
        }
    }

    /// Whether what was typed must never come back: passwords stay in no page, cookie or address.
    pub fn is_secret(self) -> bool {
        matches!(self, Self::Password | Self::CurrentPassword | Self::NewPassword)
    }
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    Required,
    /// More than so many characters.
    TooLong(u16),
    /// Fewer than so many characters.
    TooShort(u16),
    /// Control characters.
    NotPrintable,
    NotAnEmail,
    EmailTaken,
    /// Not an `https` address.
    NotAnHttpsUrl,
    /// A password that is common, or easily guessed from the other fields.
    TooGuessable,
    /// The account's present password is another one.
    WrongPassword,
    /// Unknown e-mail or wrong password: the answer does not say which.
    WrongCredentials,
    /// Too many attempts; so many seconds to wait.
    TryAgainIn(u32),
}

/// A field and its problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    pub field: Field,
    pub problem: Problem,
}

/// The answer to a submitted form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormReply {
    /// Empty when the form was accepted.
    pub problems: Vec<FieldProblem>,
    /// What was typed, so that it stays in the form; never a secret field.
    pub values: Vec<(Field, String)>,
    /// Where an accepted form leads: a path of this site.
    pub next: Option<String>,
}

impl FormReply {
    pub fn accepted(&self) -> bool {
        self.problems.is_empty()
    }

    /// The first problem of `field`.
    pub fn problem(&self, field: Field) -> Option<Problem> {
        self.problems.iter().find(|found| found.field == field).map(|found| found.problem)
    }

    /// What was typed into `field`.
    pub fn value(&self, field: Field) -> Option<&str> {
        self.values.iter().find(|(typed, _)| *typed == field).map(|(_, value)| value.as_str())
    }
}

/// The answer to a form, as the page that shows it receives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    pub form: FormName,
    pub reply: FormReply,
}
