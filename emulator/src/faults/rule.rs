//! Which calls or frames a rule applies to, and how often.

use std::sync::{
    Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use axum::http::Method;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};

use crate::uid::Uid;

/// What a rule applies to; what it leaves out may be anything.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selector {
    /// How the path begins, without the API's version.
    pub path: Option<String>,
    pub method: Option<Method>,
    /// Who calls, or whom a frame is for.
    pub uid: Option<Uid>,
    /// The frame's type.
    pub frame: Option<String>,
}

/// A call or a frame, as selectors look at it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Subject<'a> {
    pub path: &'a str,
    pub method: Option<&'a Method>,
    pub uid: Option<&'a str>,
    pub frame: Option<&'a str>,
}

impl Selector {
    fn matches(&self, subject: &Subject<'_>) -> bool {
        self.path.as_deref().is_none_or(|path| subject.path.starts_with(path))
            && self.method.as_ref().is_none_or(|method| subject.method == Some(method))
            && self.uid.as_ref().is_none_or(|uid| subject.uid == Some(uid.as_str()))
            && self.frame.as_deref().is_none_or(|frame| subject.frame == Some(frame))
    }
}

/// How often a rule applies to what it selects.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// To this share of it, by chance.
    pub share: f64,
    /// Where chance begins: the same seed makes the same choices.
    pub seed: u64,
    /// To so many, and then the rule is gone.
    pub next: Option<u64>,
}

pub(crate) struct Rule<F> {
    id: u64,
    fault: F,
    selector: Selector,
    share: f64,
    chance: StdRng,
    left: Option<u64>,
    applied: u64,
    /// As it was set.
    said: Value,
}

impl<F> Rule<F> {
    pub(crate) fn new(id: u64, fault: F, selector: Selector, limits: Limits, said: Value) -> Self {
        let chance = StdRng::seed_from_u64(limits.seed);
        Self { id, fault, selector, share: limits.share, chance, left: limits.next, applied: 0, said }
    }

    fn show(&self) -> Value {
        let mut shown = self.said.clone();
        shown["id"] = json!(self.id);
        shown["applied"] = json!(self.applied);
        if let Some(left) = self.left {
            shown["next"] = json!(left);
        }
        shown
    }

    fn applies(&mut self, subject: &Subject<'_>) -> bool {
        if self.left == Some(0) || !self.selector.matches(subject) {
            return false;
        }
        if self.share < 1.0 && self.chance.random::<f64>() >= self.share {
            return false;
        }
        self.applied += 1;
        if let Some(left) = &mut self.left {
            *left = left.saturating_sub(1);
        }
        true
    }
}

/// The rules of one kind, in the order in which they were set.
pub(crate) struct Set<F> {
    any: AtomicBool,
    rules: Mutex<Vec<Rule<F>>>,
}

impl<F> Default for Set<F> {
    fn default() -> Self {
        Self { any: AtomicBool::new(false), rules: Mutex::new(Vec::new()) }
    }
}

impl<F: Clone> Set<F> {
    /// Whether everything goes as it should: the one question that is asked where there are no rules.
    pub(crate) fn is_empty(&self) -> bool {
        !self.any.load(Ordering::Acquire)
    }

    pub(super) fn add(&self, rule: Rule<F>) -> Value {
        let shown = rule.show();
        let mut rules = self.lock();
        rules.push(rule);
        self.any.store(true, Ordering::Release);
        shown
    }

    pub(super) fn list(&self) -> Vec<(u64, Value)> {
        self.lock().iter().map(|rule| (rule.id, rule.show())).collect()
    }

    pub(super) fn remove(&self, id: u64) -> bool {
        self.retain(|rule| rule.id != id) > 0
    }

    pub(super) fn clear(&self) -> usize {
        self.retain(|_| false)
    }

    /// The faults that the subject meets. A fault that does not go on is the last.
    pub(super) fn hit(&self, subject: &Subject<'_>, goes_on: impl Fn(&F) -> bool) -> Vec<F> {
        let mut faults = Vec::new();
        for rule in self.lock().iter_mut() {
            if rule.applies(subject) {
                faults.push(rule.fault.clone());
                if !goes_on(&rule.fault) {
                    break;
                }
            }
        }
        self.retain(|rule| rule.left != Some(0));
        faults
    }

    fn retain(&self, which: impl Fn(&Rule<F>) -> bool) -> usize {
        let mut rules = self.lock();
        let before = rules.len();
        rules.retain(which);
        self.any.store(!rules.is_empty(), Ordering::Release);
        before - rules.len()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Rule<F>>> {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(share: f64, next: Option<u64>) -> Set<u8> {
        let set = Set::default();
        let path = Some("/messages".to_owned());
        set.add(Rule::new(1, 1, Selector { path, ..Selector::default() }, Limits { share, seed: 7, next }, json!({})));
        set
    }

    fn hits(set: &Set<u8>, path: &str) -> usize {
        (0..100).filter(|_| !set.hit(&Subject { path, ..Subject::default() }, |_| false).is_empty()).count()
    }

    #[test]
    fn a_share_is_about_that_share_and_the_same_each_time() {
        let first = hits(&set(0.3, None), "/messages/7");
        assert!((15..=45).contains(&first), "{first}");
        assert_eq!(first, hits(&set(0.3, None), "/messages/7"));
        assert_eq!(hits(&set(1.0, None), "/users"), 0);
    }

    #[test]
    fn a_rule_for_the_next_few_is_gone_after_them() {
        let set = set(1.0, Some(3));
        assert_eq!(hits(&set, "/messages"), 3);
        assert!(set.is_empty());
    }
}
