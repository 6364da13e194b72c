//! The login and the link: connecting, failing, losing the login, learning that the session ended elsewhere.

use super::{Effect, Event, Millis, State, Synced, Timer, panel::Panel};
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
    /// Our server or the cloud has a bad time.
    Unavailable {
        until: Millis,
    },
    Offline,
    Broken,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    pub phase: Phase,
    pub link: Link,
    /// What the browser says of the network.
    pub online: bool,
    /// The socket was there once: it is not just about to come.
    was_linked: bool,
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
            was_linked: false,
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
        self.phase == Phase::Ready && (!self.online || self.was_linked && self.link != Link::Connected)
    }
}

impl State {
    pub(super) fn connection_intent(&mut self, event: Event, now: Millis, effects: &mut Vec<Effect>) {
        match event {
            Event::ViewerChanged(viewer) => self.viewer_changed(viewer, effects),
            Event::Idle if self.connection.phase == Phase::Idle => self.connect(false, effects),
            Event::RetryConnection => self.retry_connection(now, effects),
            Event::OnlineChanged(online) => self.online_changed(online, now, effects),
            Event::PageVisible(visible) => {
                self.panel.page_visible = visible;
                if visible {
                    if !matches!(self.connection.phase, Phase::Idle | Phase::Connecting) {
                        self.doubt_session(now, effects);
                    }
                    self.read_open_conversation(effects);
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
        if viewer.is_none() || self.viewer.is_some() {
            effects.push(Effect::Forget);
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
            ..Self::default()
        };
    }

    fn end_session(&mut self, effects: &mut Vec<Effect>) {
        self.reset(None, true);
        effects.push(Effect::Forget);
    }

    pub(super) fn connect(&mut self, afresh: bool, effects: &mut Vec<Effect>) {
        // Answers to the login of before would be taken for answers to this one, so what they were for starts anew.
        self.generation += 1;
        self.link_lost();
        for timeline in self.timelines.values_mut() {
            timeline.interrupted();
        }
        self.connection.phase = Phase::Connecting;
        self.connection.link = Link::Connecting;
        effects.push(Effect::Connect { afresh });
    }

    /// Connects unless that is done, under way, or asked to wait.
    pub(super) fn retry_connection(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        match self.connection.phase {
            Phase::Failed(Failure::RateLimited { until }) if now < until => {}
            Phase::Idle | Phase::Failed(_) => self.connect(false, effects),
            Phase::SignedOut { .. } | Phase::Connecting | Phase::Ready => {}
        }
    }

    fn online_changed(&mut self, online: bool, now: Millis, effects: &mut Vec<Effect>) {
        self.connection.online = online;
        if !online {
            return self.link_lost();
        }
        if self.connection.phase == Phase::Failed(Failure::Offline) {
            self.retry_connection(now, effects);
        } else if self.connection.phase == Phase::Ready {
            // The SDK itself would notice within half a minute.
            effects.push(Effect::Reconnect);
            self.catch_up(effects);
            self.flush_outbox(effects);
        }
    }

    pub(super) fn connected(&mut self, result: Result<Link, SdkError>, now: Millis, effects: &mut Vec<Effect>) {
        let error = match result {
            Ok(link) => {
                self.connection.phase = Phase::Ready;
                self.connection.link = link;
                self.connection.was_linked |= link == Link::Connected;
                self.load_after_connecting(effects);
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
            SdkError::NoToken(_) | SdkError::NotInitialised | SdkError::Cloud { .. } | SdkError::Malformed(_) => {
                Failure::Broken
            }
        };
        self.connection.phase = Phase::Failed(failure);
        if let Failure::RateLimited { until } = failure {
            let after_ms = u32::try_from(until - now).unwrap_or(u32::MAX);
            effects.push(Effect::Schedule { timer: Timer::WaitOver, after_ms });
        }
    }

    fn may_renew(&self, now: Millis) -> bool {
        self.connection.renewed_at.is_none_or(|at| now - at > RENEWAL_PAUSE_MS)
    }

    fn renew(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        self.connection.renewed_at = Some(now);
        self.connect(true, effects);
    }

    /// The cloud does not know the login any more: one new one, or the offer to sign in.
    pub(super) fn login_died(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        if self.connection.phase != Phase::Ready {
            return;
        }
        if self.may_renew(now) { self.renew(now, effects) } else { self.end_session(effects) }
    }

    pub(super) fn link_changed(&mut self, link: Link, now: Millis, effects: &mut Vec<Effect>) {
        let before = std::mem::replace(&mut self.connection.link, link);
        self.connection.was_linked |= link == Link::Connected;
        if self.connection.phase != Phase::Ready {
            return;
        }
        match link {
            Link::Connected if before != Link::Connected => {
                self.catch_up(effects);
                self.flush_outbox(effects);
                // The SDK says "connected" before the socket is authenticated (4.2.0): what is sent between this
                // fetch and that moment reaches neither, so it is asked for once more.
                effects.push(Effect::Schedule { timer: Timer::CatchUp, after_ms: 3000 });
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
        for timeline in self.timelines.values_mut() {
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
        let Some(viewer) = &self.viewer else { return };
        let ended = match result {
            Ok(Some(current)) => current.uid != viewer.uid || current.session_tag != viewer.session_tag,
            Ok(None) | Err(ApiError::Unauthenticated) => true,
            Err(_) => false,
        };
        if ended {
            self.end_session(effects);
        }
    }
}
