//! The texts about groups, and about people beyond their messages.

mod english;
mod french;

pub use self::{english::ENGLISH, french::FRENCH};

/// What stands before and after a name.
pub type Around = [&'static str; 2];

/// A question: its title, which stands round a name, its text, and the word of the button that does it.
pub type Asking = (Around, &'static str, &'static str);

/// What happened in a group: `#` stands for who did it, `$` for whom it happened to. First among others, then by the
/// visitor, then to the visitor.
pub type Happened = [&'static str; 3];

/// Every text about groups and people.
pub struct GroupTexts {
    pub people: &'static str,
    pub groups: &'static str,
    pub search: &'static str,
    pub none_found: &'static str,
    pub failed: &'static str,
    pub join: &'static str,
    pub joined: &'static str,
    pub is_private: &'static str,
    pub is_password: &'static str,
    pub is_public: &'static str,
    // the form
    pub new: &'static str,
    pub name: &'static str,
    pub kind: &'static str,
    pub public: &'static str,
    pub public_hint: &'static str,
    pub with_password: &'static str,
    pub password_hint: &'static str,
    pub private: &'static str,
    pub private_hint: &'static str,
    pub password: &'static str,
    pub new_password: &'static str,
    pub icon: &'static str,
    pub description: &'static str,
    pub members: &'static str,
    pub create: &'static str,
    /// Stands before how many are.
    pub picked: &'static str,
    // the pane
    pub about: &'static str,
    pub back: &'static str,
    pub edit: &'static str,
    pub add: &'static str,
    pub shared: &'static str,
    pub nothing_shared: &'static str,
    pub banned: &'static str,
    pub nobody_banned: &'static str,
    pub unban: &'static str,
    pub member_actions: Around,
    pub owner: &'static str,
    pub admin: &'static str,
    pub moderator: &'static str,
    pub make_admin: &'static str,
    pub make_moderator: &'static str,
    pub make_participant: &'static str,
    pub make_owner: &'static str,
    pub write: &'static str,
    pub kick: &'static str,
    pub ban: &'static str,
    pub leave: &'static str,
    pub hand_over_first: &'static str,
    pub delete: &'static str,
    pub block: &'static str,
    pub unblock: &'static str,
    pub blocked: &'static str,
    pub nobody_blocked: &'static str,
    // questions
    /// In the order of what can be asked.
    pub questions: [Asking; 8],
    pub report: &'static str,
    pub reported: &'static str,
    pub reason: &'static str,
    /// The words for one of the cloud's own reasons, by its id; none: its own name has to do.
    pub reason_of: fn(&str) -> Option<&'static str>,
    pub remark: &'static str,
    // what stands in the composer's place
    pub not_in: &'static str,
    pub was_kicked: &'static str,
    pub was_banned: &'static str,
    pub is_gone: &'static str,
    pub is_blocked: Around,
    // what failed
    pub offline: &'static str,
    pub wrong_password: &'static str,
    pub not_allowed: &'static str,
    pub is_full: &'static str,
    pub invalid: &'static str,
    pub not_added: &'static str,
    pub other: &'static str,
    pub too_many_pins: &'static str,
    pub dismiss: &'static str,
    /// Joined, left, added, removed, banned, unbanned; made a member, a moderator, an admin.
    pub happened: [Happened; 9],
}

/// The name with what stands around it.
pub fn around([before, after]: Around, name: &str) -> String {
    [before, name, after].concat()
}

impl GroupTexts {
    /// What happened, by whom and to whom; nobody is the visitor.
    pub fn tell(&self, deed: usize, by: Option<&str>, on: Option<&str>) -> String {
        let told = self.happened.get(deed).map_or("", |told| match (by, on) {
            (None, _) => told[1],
            (_, None) => told[2],
            _ => told[0],
        });
        // A name may have such a sign of its own: what stands for somebody is looked for in the text alone.
        let mut sentence = String::new();
        for letter in told.chars() {
            match letter {
                '#' => sentence += by.unwrap_or_default(),
                '$' => sentence += on.unwrap_or_default(),
                _ => sentence.push(letter),
            }
        }
        sentence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_visitor_is_addressed() {
        assert_eq!(ENGLISH.tell(0, None, None), "You joined");
        assert_eq!(ENGLISH.tell(2, Some("Ada"), None), "Ada added you");
        assert_eq!(ENGLISH.tell(7, None, Some("Bob")), "You made Bob a moderator");
        assert_eq!(ENGLISH.tell(2, Some("Ca$h"), Some("#1")), "Ca$h added #1");
        assert_eq!(FRENCH.tell(0, Some("Ada"), Some("Ada")), "Ada a rejoint le groupe");
        assert_eq!(FRENCH.tell(2, Some("Ada"), None), "Ada vous a ajouté");
        assert_eq!(FRENCH.tell(7, None, Some("Bob")), "Vous avez nommé Bob modérateur");
    }
}
