//! The login and the link: connecting, failing, losing the login, learning that the session ended elsewhere.

use super::{ContentState, Effect, Event, Loading, Millis, State, Synced, Timer, Voice, panel::Panel, retry::schedule};
use crate::{
    api::ApiError,
    model::{event::Link, viewer::Viewer},
    sdk::SdkError,
};

/// A login that died twice within this time is not renewed again.
const RENEWAL_PAUSE_MS: Millis = 10 * 60 * 1000;
/// The session is asked about at most this often, and ever less often while it lasts.
const FIRST_CHECK_PAUSE_MS: Millis = 15_000;
const LONGEST_CHECK_PAUSE_MS: Millis = 5 * 60 * 1000;
/// Within this time the socket of a new login stands, or something is wrong.
const LINK_DUE_MS: Millis = 5000;
/// The SDK says "connected" before the socket is authenticated (4.2.0): by then it is.
const SETTLES_MS: Millis = 3000;
/// The cloud is asked for its own count at most this often when the page comes to the front.
const RECOUNT_PAUSE_MS: Millis = 60_000;

/// Where the login stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nobody is signed in; `ended` when somebody was, on this very page.
    SignedOut {
        ended: bool,
    },
    /// Somebody is signed in; nothing was loaded yet.
    Idle,
    Connecting,
    Ready,
    Failed(Failure),
}

/// Why there is no login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Too many tokens were asked for.
    RateLimited {
        until: Millis,
    },
    /// Our server or the cloud has a bad time; it is tried again then.
    Unavailable {
        until: Millis,
    },
    Offline,
    Broken,
}

#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub struct Connection {
    pub phase: Phase,
    pub link: Link,
    /// What the browser says of the network.
    pub online: bool,
    /// The socket was there once, or had time enough: it is not just about to come.
    link_due: bool,
    /// What is sent to us now arrives: the socket stands, and what came before it did was fetched.
    pub(super) settled: bool,
    /// Log-ins that failed in a row.
    pub(super) failures: u32,
    /// When a failed one is tried again by itself.
    pub(super) retry_at: Option<Millis>,
    /// The network came back during the attempt.
    pub(super) came_online: bool,
    /// Catch-ups that failed in a row.
    pub(super) catch_up_failures: u32,
    recounted_at: Millis,
    renewed_at: Option<Millis>,
    checked_at: Option<Millis>,
    check_pause: Millis,
}

impl Default for Connection {
    fn default() -> Self {
        Self {
            phase: Phase::SignedOut { ended: false },
            link: Link::Connecting,
            online: true,
            link_due: false,
            settled: false,
            failures: 0,
            retry_at: None,
            came_online: false,
            catch_up_failures: 0,
            recounted_at: 0,
            renewed_at: None,
            checked_at: None,
            check_pause: FIRST_CHECK_PAUSE_MS,
        }
    }
}

impl Connection {
    /// Whether messages go out and come in now.
    pub fn is_live(&self) -> bool {
        self.phase == Phase::Ready && self.online && self.link != Link::Disconnected
    }

    /// Whether the visitor should be told that the link is lost.
    pub fn is_lost(&self) -> bool {
        self.phase == Phase::Ready && (!self.online || self.link_due && self.link != Link::Connected)
    }

    /// Whether the visitor has been told that there is no login, and it is being tried again.
    pub fn is_retrying(&self) -> bool {
        self.phase == Phase::Connecting && self.failures > 0
    }

    pub(super) fn link_is_due(&mut self) {
        self.link_due = true;
    }

    fn linked(&mut self, link: Link) {
        self.link = link;
        self.link_due |= link != Link::Connecting;
        self.settled &= link == Link::Connected;
    }
}

impl State {
    pub(super) fn connection_intent(&mut self, event: Event, now: Millis, effects: &mut Vec<Effect>) {
        match event {
            Event::ViewerChanged(viewer) => self.viewer_changed(viewer, effects),
            Event::Idle if self.connection.phase == Phase::Idle => self.connect(effects),
            Event::RetryConnection => self.retry_connection(now, effects),
            Event::OnlineChanged(online) => self.online_changed(online, now, effects),
            Event::PageVisible(visible) => {
                self.panel.page_visible = visible;
                if visible {
                    if !matches!(self.connection.phase, Phase::Idle | Phase::Connecting) {
                        self.doubt_session(now, effects);
                    }
                    self.recount(now, effects);
                    self.read_open_conversation(effects);
                    self.retry_if_due(now, effects);
                } else {
                    self.deletion_is_final(effects);
                }
            }
            Event::SessionDoubted => {
                self.connection.checked_at = None;
                self.doubt_session(now, effects);
            }
            Event::SessionChecked(result) => self.session_checked(result, effects),
            _ => {}
        }
    }

    fn viewer_changed(&mut self, viewer: Option<Viewer>, effects: &mut Vec<Effect>) {
        if self.viewer == viewer && self.generation > 0 {
            return;
        }
        let same_login = matches!((&self.viewer, &viewer), (Some(before), Some(after))
            if before.uid == after.uid && before.session_tag == after.session_tag);
        if same_login {
            self.viewer = viewer;
            return;
        }
        if self.viewer.is_some() {
            effects.push(Effect::Forget(self.viewer.clone()));
        } else if viewer.is_none() {
            // A page out of the browser's history may say so while somebody is signed in.
            effects.push(Effect::CheckLeftovers);
        }
        self.reset(viewer, false);
    }

    /// Drops everything that belongs to the viewer of before.
    fn reset(&mut self, viewer: Option<Viewer>, ended: bool) {
        let phase = if viewer.is_some() { Phase::Idle } else { Phase::SignedOut { ended } };
        *self = Self {
            generation: self.generation + 1,
            connection: Connection { phase, online: self.connection.online, ..Connection::default() },
            panel: Panel {
                open: self.panel.open,
                expanded: self.panel.expanded,
                page_visible: self.panel.page_visible,
                ..Panel::default()
            },
            viewer,
            // Whatever is recorded ends with the update that this is part of.
            content: ContentState { voice: std::mem::take(&mut self.content.voice), ..ContentState::default() },
            ..Self::default()
        };
    }

    fn end_session(&mut self, effects: &mut Vec<Effect>) {
        effects.push(Effect::Forget(self.viewer.clone()));
        self.reset(None, true);
    }

    pub(super) fn connect(&mut self, effects: &mut Vec<Effect>) {
        // Answers to the login of before would be taken for answers to this one, so what they were for starts anew.
        self.generation += 1;
        self.link_lost();
        self.uploads_interrupted(|_| true);
        if matches!(self.content.voice, Voice::Asking | Voice::Ending) {
            self.drop_recording(effects);
        }
        // Nor will one come to a form or a question.
        self.groups.form.busy = false;
        self.groups.dialog.take_if(|dialog| dialog.busy);
        for (_, timeline) in self.timelines.iter_mut() {
            timeline.interrupted();
        }
        let connection = &mut self.connection;
        connection.phase = Phase::Connecting;
        connection.link = Link::Connecting;
        connection.link_due = false;
        connection.settled = false;
        connection.came_online = false;
        connection.retry_at = None;
        effects.push(Effect::Connect);
    }

    /// Connects unless that is done, under way, or asked to wait.
    pub(super) fn retry_connection(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        match self.connection.phase {
            Phase::Failed(Failure::RateLimited { until }) if now < until => {}
            Phase::Idle | Phase::Failed(_) => self.connect(effects),
            Phase::SignedOut { .. } | Phase::Connecting | Phase::Ready => {}
        }
    }

    fn online_changed(&mut self, online: bool, now: Millis, effects: &mut Vec<Effect>) {
        self.connection.online = online;
        if !online {
            return self.link_lost();
        }
        match self.connection.phase {
            Phase::Failed(Failure::Offline) => self.retry_connection(now, effects),
            Phase::Failed(_) => self.retry_if_due(now, effects),
            Phase::Connecting => self.connection.came_online = true,
            Phase::Ready => {
                // The SDK itself would notice within half a minute.
                effects.push(Effect::Reconnect);
                self.catch_up(effects);
                self.flush_outbox(effects);
            }
            Phase::SignedOut { .. } | Phase::Idle => {}
        }
    }

    pub(super) fn connected(&mut self, result: Result<Link, SdkError>, now: Millis, effects: &mut Vec<Effect>) {
        let error = match result {
            Ok(link) => {
                self.connection.phase = Phase::Ready;
                self.connection.failures = 0;
                self.connection.recounted_at = now;
                // Of a new login, whose socket nobody has opened yet, the SDK still tells of the one before.
                self.connection.linked(if link == Link::Connected { link } else { Link::Connecting });
                if link != Link::Connected {
                    effects.push(schedule(Timer::LinkDue, LINK_DUE_MS));
                }
                self.load_after_connecting(effects);
                effects.push(schedule(Timer::CatchUp, SETTLES_MS));
                return;
            }
            Err(error) => error,
        };
        let wait = |seconds: u32| now + Millis::from(seconds) * 1000;
        let failure = match error {
            SdkError::NoToken(ApiError::Unauthenticated) => return self.end_session(effects),
            SdkError::TokenDead => {
                return if self.may_renew(now) { self.renew(now, effects) } else { self.end_session(effects) };
            }
            SdkError::NoToken(ApiError::RateLimited { retry_after_seconds }) => {
                Failure::RateLimited { until: wait(retry_after_seconds) }
            }
            SdkError::NoToken(ApiError::Unavailable { retry_after_seconds }) => {
                Failure::Unavailable { until: wait(retry_after_seconds) }
            }
            SdkError::NoToken(ApiError::Offline) | SdkError::Offline | SdkError::TimedOut | SdkError::NotLoaded => {
                Failure::Offline
            }
            SdkError::NoToken(_)
            | SdkError::NotInitialised
            | SdkError::NotLoggedIn
            | SdkError::Cloud { .. }
            | SdkError::Malformed(_) => Failure::Broken,
        };
        if self.people.loading == Loading::Loading {
            self.people.loading = Loading::Failed;
        }
        self.login_failed(failure, now, effects);
    }

    fn may_renew(&self, now: Millis) -> bool {
        self.connection.renewed_at.is_none_or(|at| now - at > RENEWAL_PAUSE_MS)
    }

    fn renew(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        self.connection.renewed_at = Some(now);
        self.connect(effects);
    }

    /// The cloud does not know the login any more: one new one, or the offer to sign in.
    pub(super) fn login_died(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        if self.connection.phase != Phase::Ready {
            return;
        }
        if self.may_renew(now) { self.renew(now, effects) } else { self.end_session(effects) }
    }

    pub(super) fn link_changed(&mut self, link: Link, now: Millis, effects: &mut Vec<Effect>) {
        let before = self.connection.link;
        self.connection.linked(link);
        if self.connection.phase != Phase::Ready {
            return;
        }
        match link {
            Link::Connected if before != Link::Connected => {
                self.catch_up(effects);
                self.flush_outbox(effects);
                // What is sent between this fetch and the socket's authentication reaches neither, so it is asked for
                // once more.
                effects.push(schedule(Timer::CatchUp, SETTLES_MS));
            }
            Link::Connected => {}
            Link::Connecting => self.link_lost(),
            Link::Disconnected => {
                self.link_lost();
                self.doubt_session(now, effects);
            }
        }
    }

    /// From here on messages may be missed.
    fn link_lost(&mut self) {
        self.typing.forget_everybody();
        for (_, timeline) in self.timelines.iter_mut() {
            timeline.synced = Synced::Stale;
        }
    }

    fn doubt_session(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        let connection = &mut self.connection;
        if self.viewer.is_none() || connection.checked_at.is_some_and(|at| now - at < connection.check_pause) {
            return;
        }
        if connection.checked_at.is_some() {
            connection.check_pause = (connection.check_pause * 2).min(LONGEST_CHECK_PAUSE_MS);
        }
        connection.checked_at = Some(now);
        effects.push(Effect::CheckSession);
    }

    fn session_checked(&mut self, result: Result<Option<Viewer>, ApiError>, effects: &mut Vec<Effect>) {
        let current = match result {
            Ok(current) => current,
            Err(ApiError::Unauthenticated) => None,
            Err(_) => return,
        };
        match (&self.viewer, current) {
            (Some(viewer), Some(current)) if current.uid == viewer.uid && current.session_tag == viewer.session_tag => {
            }
            (Some(_), _) => self.end_session(effects),
            (None, None) => effects.push(Effect::Forget(None)),
            // This page is out of date, and what lies in the browser is somebody's.
            (None, Some(_)) => {}
        }
    }

    /// The visitor is back: what the cloud counts, now and then, is the truth.
    fn recount(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        let connection = &mut self.connection;
        if connection.phase == Phase::Ready && now - connection.recounted_at >= RECOUNT_PAUSE_MS {
            connection.recounted_at = now;
            if self.conversations.loading != Loading::Loading {
                self.load_conversations(1, effects);
            }
        }
    }
}
