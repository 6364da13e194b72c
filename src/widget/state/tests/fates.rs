//! What becomes of events on their way, and a life with any of it: told, told twice, late or lost, with a lost link and
//! the catch-up after it. For the properties that hold whatever happens.

use proptest::prelude::*;

use super::fixtures::{answer, chat, settle};
use crate::{
    model::event::{ChatEvent, Link},
    widget::state::{Answer, Effect, State},
};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fate {
    Told,
    ToldTwice,
    Lost,
    /// Told after everything else.
    Late,
}

pub fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![Just(Fate::Told), Just(Fate::ToldTwice), Just(Fate::Lost), Just(Fate::Late)]
}

/// The cloud's side of it.
pub trait Cloud {
    type Deed;

    /// Something happens there; the event that tells of it.
    fn does(&mut self, deed: Self::Deed) -> Option<ChatEvent>;

    /// What it says to a request; nothing to those that are not about this.
    fn answer(&self, effect: Effect) -> Option<Answer>;

    /// Answers everything that is asked, and what is asked in turn.
    fn serve(&self, state: &mut State, mut asked: Vec<Effect>) {
        while let Some(effect) = asked.pop() {
            if let Some(given) = self.answer(effect) {
                asked.extend(answer(state, given));
            }
        }
    }

    fn tell(&self, state: &mut State, event: ChatEvent) {
        let asked = chat(state, event);
        self.serve(state, asked);
    }
}

/// All of it happens, each with its fate, and the link is lost and found again: before or after what came late.
pub fn live_through<C: Cloud>(
    cloud: &mut C,
    state: &mut State,
    deeds: Vec<(C::Deed, Fate)>,
    late_after_the_catch_up: bool,
) {
    let mut late = Vec::new();
    for (deed, fate) in deeds {
        let Some(event) = cloud.does(deed) else { continue };
        match fate {
            Fate::Lost => {}
            Fate::Late => late.push(event),
            Fate::Told => cloud.tell(state, event),
            Fate::ToldTwice => {
                cloud.tell(state, event.clone());
                cloud.tell(state, event);
            }
        }
    }
    if late_after_the_catch_up {
        catch_up(cloud, state);
    }
    for event in late {
        cloud.tell(state, event);
    }
    if !late_after_the_catch_up {
        catch_up(cloud, state);
    }
}

fn catch_up(cloud: &impl Cloud, state: &mut State) {
    chat(state, ChatEvent::LinkChanged { link: Link::Disconnected });
    cloud.tell(state, ChatEvent::LinkChanged { link: Link::Connected });
    let asked = settle(state);
    cloud.serve(state, asked);
}
