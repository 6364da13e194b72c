//! What rules do to a frame that is about to be queued for a socket.

use serde_json::Value;

use super::{Faults, kind::FrameFault, rule::Subject};
use crate::socket::frame::Frame;

/// The frames to queue instead of this one. `held` is what waits for the socket's next frame.
pub(crate) fn instead(faults: &Faults, uid: &str, frame: &Frame, held: &mut Option<Frame>) -> Vec<Frame> {
    let content: Value = serde_json::from_str(frame).unwrap_or_default();
    let kind = content["type"].as_str().or_else(|| content["action"].as_str());
    let subject = Subject { uid: Some(uid), frame: kind, ..Subject::default() };
    let waiting = held.take();
    let fault = faults.frames.hit(&subject, |_| false).pop();
    let mut queue = match fault {
        Some(FrameFault::Lost) => Vec::new(),
        Some(FrameFault::Duplicate) => vec![frame.clone(), frame.clone()],
        // One at a time: what waits already goes out behind this one.
        Some(FrameFault::Reorder) if waiting.is_none() => {
            *held = Some(frame.clone());
            Vec::new()
        }
        Some(FrameFault::Reorder) | None => vec![frame.clone()],
    };
    if queue.is_empty() && held.is_none() {
        // A lost frame brings nothing forward.
        *held = waiting;
    } else {
        queue.extend(waiting);
    }
    queue
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;
    use crate::faults::{
        kind::Fault,
        rule::{Limits, Selector},
    };

    fn queued(fault: FrameFault, next: Option<u64>, frames: usize) -> Vec<String> {
        let faults = Faults::default();
        let limits = Limits { share: 1.0, seed: 0, next };
        faults.add(Fault::Frame(fault), Selector::default(), limits, serde_json::json!({}));
        let mut held = None;
        (1..=frames)
            .flat_map(|number| instead(&faults, "alice", &number.to_string().into(), &mut held))
            .map(|frame| frame.to_string())
            .collect()
    }

    #[test]
    fn frames_are_lost_doubled_and_swapped_in_pairs() {
        assert_eq!(queued(FrameFault::Lost, Some(1), 3), ["2", "3"]);
        assert_eq!(queued(FrameFault::Duplicate, Some(1), 2), ["1", "1", "2"]);
        assert_eq!(queued(FrameFault::Reorder, None, 4), ["2", "1", "4", "3"]);
        assert_eq!(queued(FrameFault::Reorder, Some(1), 3), ["2", "1", "3"]);
    }
}
