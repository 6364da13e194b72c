//! What the site accepts as a name, an e-mail, a password and a picture. Pure; nothing is looked up.

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::forms::Refusal;
use crate::model::form::{Field, FieldProblem, Problem};

const NAME_CHARACTERS: u16 = 100;
/// RFC 5321, section 4.5.3.1: a path of 256 octets with its angle brackets.
const EMAIL_BYTES: u16 = 254;
const EMAIL_LOCAL_BYTES: usize = 64;
const PASSWORD_CHARACTERS: std::ops::RangeInclusive<u16> = 8..=128;
/// CometChat's limit for a user's avatar.
const AVATAR_CHARACTERS: u16 = 3000;
/// zxcvbn's scale from 0 to 4: from 2 on, a password withstands online guessing.
const LEAST_STRENGTH: u8 = 2;
/// The words of this site and of what it is made for: everybody who attacks it tries them (docs/asvs.md lists them).
const CONTEXT_WORDS: [&str; 5] = ["leptos-cometchat", "cometchat", "comet", "leptos", "chat"];
/// How much of a password is judged: what withstands guessing by then does so with more behind it, and the judgement of
/// a long one with many look-alikes (`4@8({[<`) takes a core for seconds.
const JUDGED_CHARACTERS: usize = 40;

/// Gathers the problems of a form, so that all of them are told at once.
#[derive(Debug, Default)]
pub struct Problems(Vec<FieldProblem>);

impl Problems {
    /// Takes the value, or notes what is wrong with it.
    pub fn take<T: Default>(&mut self, field: Field, checked: Result<T, Problem>) -> T {
        checked.unwrap_or_else(|problem| {
            self.0.push(FieldProblem { field, problem });
            T::default()
        })
    }

    pub fn into_result(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::Problems(self.0)) }
    }
}

/// What has to be there, whatever it is.
pub fn present(text: &str) -> Result<(), Problem> {
    if text.is_empty() { Err(Problem::Required) } else { Ok(()) }
}

fn is_longer(length: usize, most: u16) -> bool {
    length > usize::from(most)
}

/// A name without the blanks around it.
pub fn name(text: &str) -> Result<String, Problem> {
    let name = text.trim();
    if name.is_empty() {
        Err(Problem::Required)
    } else if is_longer(name.chars().count(), NAME_CHARACTERS) {
        Err(Problem::TooLong(NAME_CHARACTERS))
    } else if name.chars().any(is_unprintable) {
        Err(Problem::NotPrintable)
    } else {
        Ok(name.to_owned())
    }
}

/// Control characters, and the invisible ones that turn text round: a name must not rewrite the line it stands in.
fn is_unprintable(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{3164}' | '\u{FEFF}'
        )
}

/// An e-mail address in lower case. Whether it exists, only a letter to it would tell.
pub fn email(text: &str) -> Result<String, Problem> {
    let email = text.trim().to_lowercase();
    if email.is_empty() {
        return Err(Problem::Required);
    }
    if is_longer(email.len(), EMAIL_BYTES) {
        return Err(Problem::TooLong(EMAIL_BYTES));
    }
    let (local, domain) = email.rsplit_once('@').ok_or(Problem::NotAnEmail)?;
    let plausible = is_local_part(local) && is_domain(domain);
    if plausible { Ok(email) } else { Err(Problem::NotAnEmail) }
}

fn is_local_part(local: &str) -> bool {
    let allowed = |character: char| character.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(character);
    (1..=EMAIL_LOCAL_BYTES).contains(&local.len())
        && local.chars().all(allowed)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|character| character.is_alphanumeric() || character == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    domain.contains('.') && domain.split('.').all(is_label) && !domain.ends_with(|last: char| last.is_ascii_digit())
}

/// A password of a fitting length. Whether it is easily guessed, [`is_guessable`] says.
pub fn new_password(password: &SecretString) -> Result<(), Problem> {
    let length = password.expose_secret().chars().count();
    let (least, most) = PASSWORD_CHARACTERS.into_inner();
    if length == 0 {
        Err(Problem::Required)
    } else if length < usize::from(least) {
        Err(Problem::TooShort(least))
    } else if is_longer(length, most) {
        Err(Problem::TooLong(most))
    } else {
        Ok(())
    }
}

/// Whether a password is among the first to be guessed; `about` is what an attacker knows of the person: it counts
/// whole, by its words, and run together. It keeps a core busy for a while: not for an async thread.
pub fn is_guessable(password: &SecretString, about: &[String]) -> bool {
    let judged: String = password.expose_secret().chars().take(JUDGED_CHARACTERS).collect();
    let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect::<Vec<_>>();
    let known: Vec<String> = about
        .iter()
        .flat_map(|text| {
            let words = words(text);
            [text.to_lowercase(), words.concat()].into_iter().chain(words)
        })
        .filter(|word| word.chars().count() > 2)
        .collect();
    let known: Vec<&str> = known.iter().map(String::as_str).chain(CONTEXT_WORDS).collect();
    u8::from(zxcvbn::zxcvbn(&judged, &known).score()) < LEAST_STRENGTH
}

/// The address of a picture; empty is none.
pub fn avatar(text: &str) -> Result<Option<String>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if is_longer(text.chars().count(), AVATAR_CHARACTERS) {
        return Err(Problem::TooLong(AVATAR_CHARACTERS));
    }
    let url = Url::parse(text).map_err(|_| Problem::NotAnHttpsUrl)?;
    let plain = url.scheme() == "https" && url.has_host() && url.username().is_empty() && url.password().is_none();
    // What is kept is the parsed form: escaped, in ASCII. Escaping can make it longer.
    let url = String::from(url);
    match plain {
        true if is_longer(url.len(), AVATAR_CHARACTERS) => Err(Problem::TooLong(AVATAR_CHARACTERS)),
        true => Ok(Some(url)),
        false => Err(Problem::NotAnHttpsUrl),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_1_to_100_characters_after_trimming() {
        assert_eq!(name("  Ada Lovelace \n"), Ok("Ada Lovelace".into()));
        assert_eq!(name("   "), Err(Problem::Required));
        assert_eq!(name(&"é".repeat(100)), Ok("é".repeat(100)));
        assert_eq!(name(&"é".repeat(101)), Err(Problem::TooLong(100)));
        assert_eq!(name("Ada\nLovelace"), Err(Problem::NotPrintable));
        assert_eq!(name("Ada\u{202E}ecalevoL"), Err(Problem::NotPrintable));
    }

    #[test]
    fn an_email_is_plausible_and_in_lower_case() {
        assert_eq!(email(" Ada+chat@Example.COM "), Ok("ada+chat@example.com".into()));
        assert_eq!(email("josé@exämple.fr"), Ok("josé@exämple.fr".into()));
        assert_eq!(email(""), Err(Problem::Required));
        for wrong in [
            "ada",
            "@example.com",
            "ada@",
            "ada@example",
            "a b@example.com",
            "ada@-x.com",
            "ada@x..com",
            "a@b@",
            "ada@127.0.0.1",
            ".a@x.fr",
        ] {
            assert_eq!(email(wrong), Err(Problem::NotAnEmail), "{wrong}");
        }
        assert_eq!(email(&format!("{}@example.com", "a".repeat(255))), Err(Problem::TooLong(254)));
    }

    #[test]
    fn a_password_has_8_to_128_characters() {
        let check = |password: &str| new_password(&password.into());
        assert_eq!(check(""), Err(Problem::Required));
        assert_eq!(check("kR9!x2q"), Err(Problem::TooShort(8)));
        assert_eq!(check("kR9!x2qé"), Ok(()));
        assert_eq!(check(&"xK".repeat(64)), Ok(()));
        assert_eq!(check(&"xK".repeat(65)), Err(Problem::TooLong(128)));
    }

    #[test]
    fn a_password_that_is_common_or_told_by_the_person_is_guessable() {
        let check = |password: &str| is_guessable(&password.into(), &["Ada Lovelace".into(), "ada@example.com".into()]);
        for guessable in
            ["password", "12345678", "qwertyuiop", "Password1", "adalovelace", "ada@example.com", "iloveyou"]
        {
            assert!(check(guessable), "{guessable}");
        }
        for of_this_site in ["cometchat", "CometChat1", "leptoschat", "leptos-cometchat"] {
            assert!(check(of_this_site), "{of_this_site}");
        }
        assert!(check(&"a".repeat(128)));
        assert!(!check("vixen-otter-plum"));
        assert!(!check(&format!("vixen-otter-plum{}", "a".repeat(100))));
    }

    #[test]
    fn a_picture_is_an_https_address_or_none() {
        assert_eq!(avatar(""), Ok(None));
        assert_eq!(avatar(" https://example.com/a.png "), Ok(Some("https://example.com/a.png".into())));
        for wrong in [
            "http://example.com/a.png",
            "javascript:alert(1)",
            "//example.com",
            "a.png",
            "https://",
            "https://me:pw@example.com/a",
        ] {
            assert_eq!(avatar(wrong), Err(Problem::NotAnHttpsUrl), "{wrong}");
        }
        assert_eq!(avatar(&format!("https://example.com/{}", "a".repeat(2990))), Err(Problem::TooLong(3000)));
    }
}
