//! Mentions: `@` and a few letters in the composer look for people; whoever is chosen stands in the text by name, and
//! goes to the cloud as `<@uid:…>` (SDK 4.2.0).

use super::{Loaded, MessageEffect};
use crate::{
    model::{
        chat::{Counterpart, Peer, Person, Presence},
        ids::Uid,
    },
    sdk::SdkError,
    widget::{
        state::{Effect, State},
        text::letters::{finds, is_of_word},
    },
};

/// Longer than a name that anybody looks for.
const LONGEST_SEARCH: usize = 40;
/// Stands for everybody in a group, in the place of a uid.
const EVERYBODY: &str = "all";

/// The search under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    pub search: String,
    /// Where the `@` stands in the text, in bytes.
    at: usize,
    pub people: Loaded<Vec<Person>>,
    /// The people are those of this very search, and not of the letter before.
    is_answered: bool,
    /// Which of them the arrow keys have come to.
    pub chosen: usize,
}

/// Who has been mentioned in texts of this page, by the name that stands there.
pub type Mentioned = litemap::LiteMap<String, Uid>;

/// Where the search in `now` begins, and what is searched for: behind an `@` at the beginning of a word, up to where the
/// text has just been changed.
fn search_in<'a>(before: &str, now: &'a str) -> Option<(usize, &'a str)> {
    let same_end = before.chars().rev().zip(now.chars().rev()).take_while(|(one, other)| one == other);
    let behind: usize = same_end.map(|(letter, _)| letter.len_utf8()).sum();
    let same_start = before.chars().zip(now.chars()).take_while(|(one, other)| one == other);
    let ahead: usize = same_start.map(|(letter, _)| letter.len_utf8()).sum();
    let written = now.get(..now.len().saturating_sub(behind).max(ahead))?;
    let at = written.rfind('@')?;
    let (head, search) = (written.get(..at)?, written.get(at + 1..)?);
    let begins = head
        .chars()
        .next_back()
        .is_none_or(|letter| letter.is_whitespace() || matches!(letter, '(' | '[' | '{' | '"' | '\''));
    let is_search =
        begins && search.len() <= LONGEST_SEARCH && !search.contains(['\n', '@']) && !search.starts_with(' ');
    is_search.then_some((at, search))
}

impl State {
    /// The text changed under the visitor's hands.
    pub(in crate::widget::state) fn look_for_mention(&mut self, before: &str, now: &str, effects: &mut Vec<Effect>) {
        let found = search_in(before, now).map(|(at, search)| (at, search.to_owned()));
        let Some(((at, search), peer)) = found.zip(self.panel.peer().cloned()) else {
            self.panel.mention = None;
            return;
        };
        let is_answered = !peer.is_group();
        let people = match peer.conversation() {
            Peer::Group(guid) => {
                effects.push(MessageEffect::LoadMembers { guid: guid.clone(), search: search.clone() }.into());
                // Those of the letter before stay until the answer is here.
                self.panel.mention.take().map(|before| before.people).unwrap_or_default()
            }
            _ => Loaded::Here(self.one_to_mention(&search)),
        };
        self.panel.mention = Some(Mention { search, at, people, is_answered, chosen: 0 });
    }

    /// Of a conversation of two there is one to be named.
    fn one_to_mention(&self, search: &str) -> Vec<Person> {
        match self.open_counterpart() {
            Some(Counterpart::User(person)) if finds(&person.name, search) => vec![person.clone()],
            _ => Vec::new(),
        }
    }

    pub(super) fn mentionable_answered(&mut self, of: &str, result: Result<Vec<Person>, SdkError>) {
        let me = self.me().cloned();
        let Some(mention) = self.panel.mention.as_mut().filter(|mention| mention.search == of) else { return };
        mention.people = Loaded::from(result.map(|mut people| {
            people.retain(|person| Some(&person.uid) != me.as_ref());
            if finds(EVERYBODY, of)
                && let Ok(uid) = Uid::parse(EVERYBODY)
            {
                let (name, presence) = (EVERYBODY.to_owned(), Presence::Offline);
                people.push(Person { uid, name, avatar: None, presence, last_active_at: None });
            }
            people
        }));
        (mention.chosen, mention.is_answered) = (0, true);
    }

    /// The arrow keys go through those who were found, round and round.
    pub(super) fn mention_moved(&mut self, down: bool) {
        if let Some(Mention { people: Loaded::Here(people), chosen, .. }) = &mut self.panel.mention
            && !people.is_empty()
        {
            *chosen = if down { *chosen + 1 } else { *chosen + people.len() - 1 } % people.len();
        }
    }

    /// Whom the arrow keys have come to.
    pub fn chosen_mention(&self) -> Option<&Person> {
        match self.panel.mention.as_ref() {
            Some(Mention { people: Loaded::Here(people), chosen, is_answered: true, .. }) => people.get(*chosen),
            _ => None,
        }
    }

    /// Puts the name into the text, in the place of what was searched for.
    pub(super) fn mention_taken(&mut self, person: Person, effects: &mut Vec<Effect>) {
        let Some(mention) = self.panel.mention.take() else { return };
        let text = self.composer_text();
        let behind = text.get(mention.at + 1 + mention.search.len()..);
        let (Some(head), Some(behind)) = (text.get(..mention.at), behind) else { return };
        // Two of one name are told apart.
        let is_other = |uid: &Uid| *uid != person.uid;
        let name = if self.mentioned.get(&person.name).is_some_and(is_other) {
            [&person.name, " (", person.uid.as_str(), ")"].concat()
        } else {
            person.name
        };
        let text = [head, "@", &name, " ", behind.trim_start_matches(' ')].concat();
        self.mentioned.insert(name, person.uid);
        self.compose(text, effects);
        effects.push(Effect::SavePanel);
    }

    /// The text as the cloud wants it: each name that was chosen as `<@uid:…>`, where it stands by itself; of two that
    /// begin alike the longer one.
    pub(in crate::widget::state) fn with_mentions(&self, text: &str) -> String {
        let (mut rest, mut made) = (text, String::new());
        while let Some((before, tail)) = rest.split_once('@') {
            made.push_str(before);
            let begins = !before.chars().next_back().is_some_and(is_of_word);
            let stands = |name: &str| {
                tail.strip_prefix(name).is_some_and(|behind| !behind.chars().next().is_some_and(is_of_word))
            };
            let named = self.mentioned.iter().filter(|(name, _)| begins && stands(name));
            if let Some((name, uid)) = named.max_by_key(|(name, _)| name.len()) {
                made.push_str(if uid.as_str() == EVERYBODY { "<@all:" } else { "<@uid:" });
                made.push_str(uid.as_str());
                made.push('>');
                rest = tail.get(name.len()..).unwrap_or_default();
            } else {
                made.push('@');
                rest = tail;
            }
        }
        made.push_str(rest);
        made
    }

    /// Whom a message mentions, so that its text can be written anew.
    pub(in crate::widget::state) fn remember_mentions(&mut self, mentions: &[Person]) {
        for person in mentions {
            self.mentioned.insert(person.name.clone(), person.uid.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::search_in;

    #[test]
    fn a_search_begins_behind_an_at_sign_at_the_beginning_of_a_word() {
        assert_eq!(search_in("", "@"), Some((0, "")));
        assert_eq!(search_in("hi @b", "hi @bo"), Some((3, "bo")));
        assert_eq!(search_in("hi @bo there", "hi @bob there"), Some((3, "bob")));
        assert_eq!(search_in("(", "(@é"), Some((1, "é")));
    }

    #[test]
    fn an_address_or_a_text_without_at_sign_is_no_search() {
        for (before, now) in
            [("me@exampl", "me@example"), ("hell", "hello"), ("@bob", "@bob\n"), ("@", "@ "), ("@a", "")]
        {
            assert_eq!(search_in(before, now), None, "{now}");
        }
    }
}
