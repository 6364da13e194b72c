//! Who is online, by which sockets, and the only way a frame reaches them. A socket that does not read is dropped;
//! nobody waits for it.

mod control;
mod relations;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot, watch};

pub(crate) use self::{control::Connected, relations::Relations};
use super::frame::{Envelope, Frame};
use crate::{
    clock::Clock,
    config::Config,
    faults::{Faults, frames},
    render::people,
    store::users::UserRow,
    uid::Uid,
};

/// Frames that may wait for one socket.
const OUTBOX: usize = 256;

/// Whose coming and going a socket wants to hear of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subscription {
    None,
    AllUsers,
    Roles(Vec<String>),
    Friends,
}

/// Clones share it.
#[derive(Clone)]
pub(crate) struct Hub(Arc<Shared>);

struct Shared {
    app_id: String,
    /// When more are online, nobody hears who comes and goes.
    crowd: usize,
    clock: Clock,
    faults: Arc<Faults>,
    state: Mutex<State>,
    /// How many sockets are being served, those included that are only saying good-bye.
    live: watch::Sender<usize>,
}

/// Counts a socket as being served.
pub(crate) struct Live(watch::Sender<usize>);

impl Drop for Live {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

#[derive(Default)]
struct State {
    closed: bool,
    next_id: u64,
    present: HashMap<String, Present>,
}

/// Somebody who is online.
struct Present {
    user: UserRow,
    relations: Relations,
    sockets: Vec<Socket>,
    /// How often the person is online without a socket: demo people.
    appearances: usize,
}

struct Socket {
    id: u64,
    device: String,
    token: String,
    /// Unix seconds.
    since: i64,
    /// The address below which its page finds uploads.
    files: Arc<str>,
    subscription: Subscription,
    /// None: given up, and only the seat is still taken.
    line: Option<Line>,
}

struct Line {
    outbox: mpsc::Sender<Frame>,
    /// Kept back by a fault, until the next frame.
    held: Option<Frame>,
    /// Dropping it ends the socket, even one that is stuck in sending.
    _alive: oneshot::Sender<()>,
}

/// What a socket is when it joins.
pub(crate) struct NewSocket {
    /// The SDK's session id.
    pub device: String,
    /// The auth token whose jwt it brought.
    pub token: String,
    pub subscription: Subscription,
    pub relations: Relations,
    /// The address below which its page finds uploads.
    pub files: Arc<str>,
}

/// A socket's end of its place in the hub. Dropping it gives the place up, wherever that happens.
pub(crate) struct Seat {
    hub: Hub,
    uid: String,
    pub id: u64,
    pub outbox: mpsc::Receiver<Frame>,
    /// Resolves when the hub has dropped the socket.
    pub dropped: oneshot::Receiver<()>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.hub.leave(&self.uid, self.id);
    }
}

impl Hub {
    pub(crate) fn new(config: &Config, clock: Clock, faults: Arc<Faults>) -> Self {
        Self(Arc::new(Shared {
            app_id: config.app_id.clone(),
            crowd: config.limits.people_with_presence,
            clock,
            faults,
            state: Mutex::default(),
            live: watch::channel(0).0,
        }))
    }

    /// Takes a socket in, and greets it with its first frame; none after `close`.
    pub(crate) fn join(&self, user: UserRow, login: NewSocket, greeting: &Frame) -> Option<Seat> {
        let mut state = self.state();
        if state.closed {
            return None;
        }
        let (outbox, frames) = mpsc::channel(OUTBOX);
        let (alive, dropped) = oneshot::channel();
        state.next_id += 1;
        let id = state.next_id;
        let uid = user.uid.clone();
        let newcomer = !state.present.contains_key(&uid);
        let present = state.present.entry(uid.clone()).or_insert_with(|| Present::new(user.clone()));
        present.user = user;
        present.relations = login.relations;
        let line = Some(Line { outbox, held: None, _alive: alive });
        let NewSocket { device, token, subscription, files, .. } = login;
        present.sockets.push(Socket { id, device, token, since: self.now(), files, subscription, line });
        self.deliver(&mut state, &uid, greeting, |socket| socket.id == id);
        if newcomer {
            self.announce(&mut state, &uid, true);
        }
        Some(Seat { hub: self.clone(), uid, id, outbox: frames, dropped })
    }

    /// Forgets a socket that ended by itself.
    fn leave(&self, uid: &str, id: u64) {
        let mut state = self.state();
        self.drop_sockets(&mut state, uid, |socket| socket.id == id);
    }

    /// Brings a person online without a socket.
    pub(crate) fn appear(&self, user: UserRow) {
        let mut state = self.state();
        let uid = user.uid.clone();
        let newcomer = !state.present.contains_key(&uid);
        state.present.entry(uid.clone()).or_insert_with(|| Present::new(user)).appearances += 1;
        if newcomer {
            self.announce(&mut state, &uid, true);
        }
    }

    /// Takes back one `appear`.
    pub(crate) fn disappear(&self, uid: &str) {
        let mut state = self.state();
        if let Some(present) = state.present.get_mut(uid) {
            present.appearances = present.appearances.saturating_sub(1);
        }
        self.depart(&mut state, uid);
    }

    pub(crate) fn is_online(&self, uid: &str) -> bool {
        self.state().present.contains_key(uid)
    }

    pub(crate) fn online(&self) -> Vec<String> {
        self.state().present.keys().cloned().collect()
    }

    /// Queues a frame for all sockets of a person.
    pub(crate) fn send(&self, uid: &str, frame: &Frame) {
        let mut state = self.state();
        self.deliver(&mut state, uid, frame, |_| true);
    }

    /// Queues a frame for the sockets of a person that find uploads below this address.
    pub(crate) fn send_at(&self, uid: &str, files: &Arc<str>, frame: &Frame) {
        let mut state = self.state();
        self.deliver(&mut state, uid, frame, |socket| socket.files == *files);
    }

    /// The addresses below which the sockets of a person find uploads, each once.
    pub(crate) fn bases(&self, uid: &Uid) -> Vec<Arc<str>> {
        let mut bases: Vec<Arc<str>> = Vec::new();
        for socket in self.state().present.get(uid.as_str()).into_iter().flat_map(|present| &present.sockets) {
            if !bases.contains(&socket.files) {
                bases.push(Arc::clone(&socket.files));
            }
        }
        bases
    }

    /// Queues a frame for one of its sockets.
    pub(crate) fn reply(&self, uid: &str, id: u64, frame: &Frame) {
        let mut state = self.state();
        self.deliver(&mut state, uid, frame, |socket| socket.id == id);
    }

    /// What later presence frames say of the person.
    pub(crate) fn user_changed(&self, user: &UserRow) {
        if let Some(present) = self.state().present.get_mut(&user.uid) {
            present.user = user.clone();
        }
    }

    /// What the last presence frame will say of when the person was active.
    pub(crate) fn was_active(&self, uid: &str, at: i64) {
        if let Some(present) = self.state().present.get_mut(uid) {
            present.user.last_active_at = Some(at);
        }
    }

    /// Ends the sockets that a revoked token opened.
    pub(crate) fn close_token(&self, uid: &str, token: &str) {
        let mut state = self.state();
        self.drop_sockets(&mut state, uid, |socket| socket.token == token);
    }

    /// Ends all sockets of a person.
    pub(crate) fn close_user(&self, uid: &str) {
        let mut state = self.state();
        self.drop_sockets(&mut state, uid, |_| true);
    }

    /// Ends all sockets and takes no new ones.
    pub(crate) fn close(&self) {
        let mut state = self.state();
        state.closed = true;
        state.present.clear();
    }

    pub(crate) fn live(&self) -> Live {
        self.0.live.send_modify(|count| *count += 1);
        Live(self.0.live.clone())
    }

    /// Until no socket is being served any more.
    pub(crate) async fn quiet(&self) {
        // The sender lives in `self`, so this ends only with the condition.
        let _ = self.0.live.subscribe().wait_for(|count| *count == 0).await;
    }

    /// What the emulator's clock says.
    pub(crate) fn now(&self) -> i64 {
        self.0.clock.now()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn drop_sockets(&self, state: &mut State, uid: &str, which: impl Fn(&Socket) -> bool) {
        if let Some(present) = state.present.get_mut(uid) {
            present.sockets.retain(|socket| !which(socket));
        }
        self.depart(state, uid);
    }

    /// Takes the person offline where nothing keeps it online.
    fn depart(&self, state: &mut State, uid: &str) {
        let gone = state.present.get(uid).is_some_and(|present| present.sockets.is_empty() && present.appearances == 0);
        if gone {
            self.announce(state, uid, false);
            state.present.remove(uid);
        }
    }

    /// Tells the subscribers, under the lock, so that comings and goings arrive in order.
    fn announce(&self, state: &mut State, uid: &str, online: bool) {
        if state.present.len() > self.0.crowd {
            return;
        }
        let Some(present) = state.present.get(uid) else { return };
        let now = self.now();
        let (role, relations) = (present.user.role.clone(), present.relations.clone());
        let user = people::user(&present.user, online);
        let body: Value =
            json!({ "action": if online { "online" } else { "offline" }, "timestamp": now, "user": user });
        let others: Vec<String> = state
            .present
            .keys()
            .filter(|other| *other != uid && !relations::apart(state, uid, other))
            .cloned()
            .collect();
        for other in others {
            let frame = Envelope {
                app_id: &self.0.app_id,
                kind: "presence",
                sender: uid,
                receiver: &other,
                receiver_type: "user",
                device_id: "presence",
            }
            .with(&body);
            self.deliver(state, &other, &frame, |socket| match &socket.subscription {
                Subscription::AllUsers => true,
                Subscription::Roles(roles) => roles.contains(&role),
                Subscription::Friends => relations.friends.contains(&other),
                Subscription::None => false,
            });
        }
    }

    /// A socket that does not read is given up. Its seat stays taken until it has been seen off, so that what is to be
    /// stored of its person is stored first.
    fn deliver(&self, state: &mut State, uid: &str, frame: &Frame, which: impl Fn(&Socket) -> bool) {
        let Some(present) = state.present.get_mut(uid) else { return };
        for socket in present.sockets.iter_mut().filter(|socket| which(socket)) {
            if socket.line.as_mut().is_some_and(|line| !self.queue(line, uid, frame)) {
                tracing::warn!(uid, "dropped a socket that does not read");
                socket.line = None;
            }
        }
    }

    /// Whether there was room for the frame, or for what faults make of it.
    fn queue(&self, line: &mut Line, uid: &str, frame: &Frame) -> bool {
        let faults = &self.0.faults;
        if faults.frames.is_empty() && line.held.is_none() {
            return line.outbox.try_send(frame.clone()).is_ok();
        }
        frames::instead(faults, uid, frame, &mut line.held).into_iter().all(|frame| line.outbox.try_send(frame).is_ok())
    }
}

impl Present {
    fn new(user: UserRow) -> Self {
        Self { user, relations: Relations::default(), sockets: Vec::new(), appearances: 0 }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;

    fn somebody(uid: &str) -> UserRow {
        UserRow { uid: uid.into(), name: uid.into(), tags: "[]".into(), ..UserRow::default() }
    }

    fn join(hub: &Hub) -> Seat {
        let socket = NewSocket {
            device: "d".into(),
            token: "token".into(),
            subscription: Subscription::None,
            relations: Relations::default(),
            files: "http://localhost".into(),
        };
        hub.join(somebody("alice"), socket, &Frame::from_static("{}")).unwrap()
    }

    #[test]
    fn a_seat_that_is_dropped_anywhere_is_free_again() {
        let hub = Hub::new(&Config::new("app", "key"), Clock::default(), Arc::default());
        let first = join(&hub);
        let second = join(&hub);
        drop(first);
        assert!(hub.is_online("alice"), "one is left");
        drop(second);
        assert!(!hub.is_online("alice"));
    }

    #[test]
    fn who_does_not_read_is_given_up_and_stays_seated_until_it_is_seen_off() {
        let hub = Hub::new(&Config::new("app", "key"), Clock::default(), Arc::default());
        let mut seat = join(&hub);
        // The greeting is in it already.
        for _ in 0..OUTBOX {
            assert!(seat.dropped.try_recv() == Err(oneshot::error::TryRecvError::Empty));
            hub.send("alice", &Frame::from_static("{}"));
        }
        assert!(seat.dropped.try_recv() == Err(oneshot::error::TryRecvError::Closed));
        assert!(hub.is_online("alice"));
        drop(seat);
        assert!(!hub.is_online("alice"));
    }
}
