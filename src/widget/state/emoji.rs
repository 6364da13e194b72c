//! The emoji that can be picked: loaded when they are first wanted, found by name, and those that were used last.

use super::{Effect, Loaded, State};
use crate::{
    api::ApiError,
    model::json::{FromJson, Json, Malformed},
    widget::text::letters::{folded, place_of},
};

/// So many are shown of what a search finds.
const MOST_FOUND: usize = 120;
const MOST_RECENT: usize = 16;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emoji {
    pub emoji: String,
    /// Its name, and after a comma the words that it is found by.
    words: String,
}

impl Emoji {
    pub fn name(&self) -> &str {
        self.words.split(',').next().unwrap_or_default()
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmojiGroup {
    /// As Unicode counts them.
    pub number: usize,
    pub emoji: Vec<Emoji>,
}

impl FromJson for EmojiGroup {
    /// Of `[number, [[emoji, words], …]]`, as `scripts/emoji.mjs` writes it.
    fn from_json(json: &Json) -> Result<Self, Malformed> {
        let (Some([number, list]), wrong) = (json.list(), Malformed("a group of emoji")) else {
            return Err(Malformed("a group of emoji"));
        };
        let emoji = list.list().ok_or(wrong)?.iter().filter_map(|entry| match entry.list() {
            Some([emoji, words]) => Some(Emoji { emoji: emoji.text()?, words: words.text()? }),
            _ => None,
        });
        Ok(Self { number: number.count() as usize, emoji: emoji.collect() })
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EmojiPicker {
    pub groups: Loaded<Vec<EmojiGroup>>,
    asked: bool,
    pub search: String,
    /// Which of the groups is shown.
    pub group: usize,
    /// The newest first.
    pub recent: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum EmojiEvent {
    Searched(String),
    GroupChosen(usize),
    Loaded(Result<Vec<EmojiGroup>, ApiError>),
}

impl From<EmojiEvent> for super::Event {
    fn from(event: EmojiEvent) -> Self {
        Self::Emoji(event)
    }
}

impl EmojiPicker {
    pub fn groups(&self) -> &[EmojiGroup] {
        match &self.groups {
            Loaded::Here(groups) => groups,
            Loaded::Loading | Loaded::Failed => &[],
        }
    }

    /// What is to be seen: what the search finds, or the chosen group.
    pub fn found(&self) -> Vec<&Emoji> {
        let search = folded(self.search.trim());
        if search.is_empty() {
            return self.groups().get(self.group).map(|group| group.emoji.iter().collect()).unwrap_or_default();
        }
        let all = self.groups().iter().flat_map(|group| &group.emoji);
        all.filter(|one| place_of(&search, &one.words).is_some()).take(MOST_FOUND).collect()
    }

    fn used(&mut self, emoji: &str) {
        self.recent.retain(|one| one != emoji);
        self.recent.insert(0, emoji.to_owned());
        self.recent.truncate(MOST_RECENT);
    }
}

impl State {
    pub(super) fn emoji_intent(&mut self, event: EmojiEvent) {
        match event {
            EmojiEvent::Searched(search) => self.emoji.search = search,
            EmojiEvent::GroupChosen(group) => {
                self.emoji.search.clear();
                self.emoji.group = group;
            }
            EmojiEvent::Loaded(result) => {
                self.emoji.asked = result.is_ok();
                self.emoji.groups = result.map_or(Loaded::Failed, Loaded::Here);
            }
        }
    }

    pub(super) fn emoji_opened(&mut self, effects: &mut Vec<Effect>) {
        self.emoji.search.clear();
        if !self.emoji.asked {
            self.emoji.asked = true;
            self.emoji.groups = Loaded::Loading;
            effects.push(Effect::LoadEmoji);
        }
    }

    /// An emoji was picked; it is among the recent ones from now on.
    pub(super) fn emoji_used(&mut self, emoji: &str, effects: &mut Vec<Effect>) {
        self.emoji.used(emoji);
        effects.push(Effect::SavePanel);
    }
}
