//! Who is online, by which sockets, and the only way a frame reaches them. A socket that does not read is dropped;
//! nobody waits for it.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot, watch};

use super::frame::{Envelope, Frame};
use crate::{clock, render::people, store::users::UserRow};

/// Frames that may wait for one socket.
const OUTBOX: usize = 256;

/// Whose coming and going a socket wants to hear of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subscription {
    None,
    AllUsers,
    Roles(Vec<String>),
    /// Nobody: friendships are not emulated.
    Friends,
}

pub(crate) struct Hub {
    app_id: String,
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
    sockets: Vec<Socket>,
    /// How often the person is online without a socket: demo people.
    appearances: usize,
}

struct Socket {
    id: u64,
    token: String,
    subscription: Subscription,
    outbox: mpsc::Sender<Frame>,
    /// Dropping it ends the socket, even one that is stuck in sending.
    _alive: oneshot::Sender<()>,
}

/// A socket's end of its place in the hub.
pub(crate) struct Seat {
    pub id: u64,
    pub outbox: mpsc::Receiver<Frame>,
    /// The same queue, for answers to the socket itself.
    pub replies: mpsc::Sender<Frame>,
    /// Resolves when the hub has dropped the socket.
    pub dropped: oneshot::Receiver<()>,
}

impl Hub {
    pub(crate) fn new(app_id: String) -> Self {
        Self { app_id, state: Mutex::default(), live: watch::channel(0).0 }
    }

    /// Takes a socket in; none after `close`.
    pub(crate) fn join(&self, user: UserRow, token: &str, subscription: Subscription) -> Option<Seat> {
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
        let present = state.present.entry(uid.clone()).or_insert_with(|| Present::new(user));
        let replies = outbox.clone();
        present.sockets.push(Socket { id, token: token.to_owned(), subscription, outbox, _alive: alive });
        if newcomer {
            self.announce(&mut state, &uid, true);
        }
        Some(Seat { id, outbox: frames, replies, dropped })
    }

    /// Forgets a socket that ended by itself. True: the person has none left and went offline.
    pub(crate) fn leave(&self, uid: &str, id: u64) -> bool {
        let mut state = self.state();
        self.drop_sockets(&mut state, uid, |socket| socket.id == id)
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

    /// Takes back one `appear`. True: the person went offline.
    pub(crate) fn disappear(&self, uid: &str) -> bool {
        let mut state = self.state();
        if let Some(present) = state.present.get_mut(uid) {
            present.appearances = present.appearances.saturating_sub(1);
        }
        self.depart(&mut state, uid)
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

    /// What later presence frames say of the person.
    pub(crate) fn user_changed(&self, user: &UserRow) {
        if let Some(present) = self.state().present.get_mut(&user.uid) {
            present.user = user.clone();
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
        self.live.send_modify(|count| *count += 1);
        Live(self.live.clone())
    }

    /// Until no socket is being served any more.
    pub(crate) async fn quiet(&self) {
        // The sender lives in `self`, so this ends only with the condition.
        let _ = self.live.subscribe().wait_for(|count| *count == 0).await;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn drop_sockets(&self, state: &mut State, uid: &str, which: impl Fn(&Socket) -> bool) -> bool {
        if let Some(present) = state.present.get_mut(uid) {
            present.sockets.retain(|socket| !which(socket));
        }
        self.depart(state, uid)
    }

    /// Takes the person offline where nothing keeps it online.
    fn depart(&self, state: &mut State, uid: &str) -> bool {
        let gone = state.present.get(uid).is_some_and(|present| present.sockets.is_empty() && present.appearances == 0);
        if gone {
            self.announce(state, uid, false);
            state.present.remove(uid);
        }
        gone
    }

    /// Tells the subscribers, under the lock, so that comings and goings arrive in order.
    fn announce(&self, state: &mut State, uid: &str, online: bool) {
        let Some(present) = state.present.get(uid) else { return };
        let now = clock::now();
        let role = present.user.role.clone();
        let mut user = people::user(&present.user, online);
        user["lastActiveAt"] = json!(now);
        let body: Value =
            json!({ "action": if online { "online" } else { "offline" }, "timestamp": now, "user": user });
        let others: Vec<String> = state.present.keys().filter(|other| *other != uid).cloned().collect();
        for other in others {
            let frame = Envelope {
                app_id: &self.app_id,
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
                Subscription::None | Subscription::Friends => false,
            });
        }
    }

    fn deliver(&self, state: &mut State, uid: &str, frame: &Frame, which: impl Fn(&Socket) -> bool) {
        let Some(present) = state.present.get_mut(uid) else { return };
        let before = present.sockets.len();
        present.sockets.retain(|socket| !which(socket) || socket.outbox.try_send(frame.clone()).is_ok());
        let dropped = before - present.sockets.len();
        if dropped > 0 {
            tracing::warn!(uid, sockets.dropped = dropped, "dropped sockets that do not read");
            self.depart(state, uid);
        }
    }
}

impl Present {
    fn new(user: UserRow) -> Self {
        Self { user, sockets: Vec::new(), appearances: 0 }
    }
}
