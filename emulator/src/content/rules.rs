//! Rules about messages whose text contains something. The first that applies is the one.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Map, Value};

struct Rule<T> {
    /// In lower case.
    contains: String,
    what: T,
    /// As it was set.
    said: Value,
}

/// The rules of one kind, in the order in which they were set.
pub(crate) struct Rules<T>(Mutex<Vec<Rule<T>>>);

impl<T> Default for Rules<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Rules<T> {
    /// Adds a rule behind the others.
    pub(crate) fn add(&self, contains: &str, what: T, said: Value) {
        self.lock().push(Rule { contains: contains.to_lowercase(), what, said });
    }

    /// As they were set, oldest first.
    pub(crate) fn list(&self) -> Vec<Value> {
        self.lock().iter().map(|rule| rule.said.clone()).collect()
    }

    /// How many there were.
    pub(crate) fn clear(&self) -> usize {
        self.lock().drain(..).count()
    }

    /// What is said of a message with this `data`.
    pub(crate) fn find(&self, data: &Map<String, Value>) -> Option<T> {
        let rules = self.lock();
        if rules.is_empty() {
            return None;
        }
        let text = data.get("text").and_then(Value::as_str)?.to_lowercase();
        rules.iter().find(|rule| text.contains(&rule.contains)).map(|rule| rule.what.clone())
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Rule<T>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
