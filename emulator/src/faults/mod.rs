//! Faults on demand: rules that make some calls and some frames go wrong. Without a rule nothing here is more than one
//! look at a flag. What a fault does to a call stands in `calls`, what it does to a frame in `frames`; who may set rules is
//! no matter of this module.

pub(crate) mod calls;
pub(crate) mod frames;
pub(crate) mod kind;
pub(crate) mod rule;

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;

use self::{
    kind::{CallFault, Fault, FrameFault},
    rule::{Rule, Selector, Set},
};

/// All rules of an emulator.
#[derive(Default)]
pub(crate) struct Faults {
    next_id: AtomicU64,
    pub calls: Set<CallFault>,
    pub frames: Set<FrameFault>,
}

impl Faults {
    /// Adds a rule behind the others, and answers it as it is listed.
    pub(crate) fn add(&self, fault: Fault, selector: Selector, limits: rule::Limits, said: Value) -> Value {
        let id = self.next_id.fetch_add(1, Ordering::Relaxed) + 1;
        match fault {
            Fault::Call(fault) => self.calls.add(Rule::new(id, fault, selector, limits, said)),
            Fault::Frame(fault) => self.frames.add(Rule::new(id, fault, selector, limits, said)),
        }
    }

    /// The rules that still apply, oldest first.
    pub(crate) fn list(&self) -> Vec<Value> {
        let mut rules = [self.calls.list(), self.frames.list()].concat();
        rules.sort_by_key(|(id, _)| *id);
        rules.into_iter().map(|(_, rule)| rule).collect()
    }

    /// Whether there was a rule with this id.
    pub(crate) fn remove(&self, id: u64) -> bool {
        self.calls.remove(id) || self.frames.remove(id)
    }

    /// How many there were.
    pub(crate) fn clear(&self) -> usize {
        self.calls.clear() + self.frames.clear()
    }
}
