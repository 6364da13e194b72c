//! The search for somebody to write to.

use super::{Effect, Event, Loading, Millis, Phase, State, Timer};
use crate::{
    model::chat::{Counterpart, Person},
    sdk::SdkError,
};

const SETTLES_AFTER_MS: u32 = 250;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct People {
    /// What stands in the search field.
    pub search: String,
    /// What the found people were found by.
    pub(super) asked: Option<String>,
    pub found: Vec<Person>,
    pub loading: Loading,
    pages: u32,
}

impl State {
    pub(super) fn people_intent(&mut self, event: Event, now: Millis, effects: &mut Vec<Effect>) {
        match event {
            Event::SearchChanged(search) => {
                self.people.search = search;
                effects.push(Effect::Schedule { timer: Timer::SearchSettled, after_ms: SETTLES_AFTER_MS });
            }
            Event::RetrySearch => {
                self.retry_connection(now, effects);
                self.search(1, effects);
            }
            Event::MorePeopleWanted
                if self.people.loading == Loading::More
                    && self.people.asked.as_deref() == Some(self.people.search.trim()) =>
            {
                self.search(self.people.pages + 1, effects);
            }
            _ => {}
        }
    }

    /// The people are about to be shown.
    pub(super) fn people_opened(&mut self, effects: &mut Vec<Effect>) {
        self.groups.browsing = false;
        self.people.search.clear();
        self.people.found.clear();
        self.search(1, effects);
    }

    pub(super) fn search_settled(&mut self, effects: &mut Vec<Effect>) {
        if self.people.asked.as_deref() != Some(self.people.search.trim()) {
            self.search(1, effects);
        }
    }

    /// Without a login nobody answers; it is asked for when there is one.
    pub(super) fn search(&mut self, page: u32, effects: &mut Vec<Effect>) {
        let search = self.people.search.trim().to_owned();
        self.people.asked = Some(search.clone());
        self.people.loading = match self.connection.phase {
            Phase::Failed(_) => Loading::Failed,
            _ => Loading::Loading,
        };
        if self.connection.phase == Phase::Ready {
            effects.push(Effect::SearchPeople { search, page });
        }
        if page == 1 {
            self.search_further(effects);
        }
    }

    pub(super) fn people_answered(&mut self, search: &str, page: u32, result: Result<Vec<Person>, SdkError>) {
        for person in result.iter().flatten() {
            self.know(Counterpart::User(person.clone()));
        }
        // The answer to a search that was given up for another.
        if self.people.asked.as_deref() != Some(search) {
            return;
        }
        if page == 1 {
            self.people.found.clear();
        }
        let Ok(found) = result else {
            self.people.loading = Loading::Failed;
            return;
        };
        self.people.pages = page;
        self.people.loading = if found.is_empty() { Loading::All } else { Loading::More };
        for person in found {
            if self.people.found.iter().all(|known| known.uid != person.uid) {
                self.people.found.push(person);
            }
        }
    }
}
