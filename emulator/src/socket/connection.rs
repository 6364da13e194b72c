//! The life of one socket: authentication, then frames both ways until it closes, is dropped or falls silent.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use futures_util::{
    SinkExt, StreamExt,
    stream::{SplitSink, SplitStream},
};
use serde_json::{Value, json};
use tokio::{sync::mpsc, time::timeout};

use super::{
    frame::{Envelope, Frame, PONG},
    hub::{Seat, Subscription},
    inbound,
};
use crate::{
    clock,
    cloud::{Cloud, SharedCloud},
    error::ApiError,
    store::{tokens, users},
    uid::Uid,
};

/// Until a new socket has authenticated.
const PATIENCE: Duration = Duration::from_secs(10);
/// SDK 4.2.0 pings every 15 seconds; four missed pings are a dead network.
const SILENCE: Duration = Duration::from_mins(1);
/// Until a close frame is given up.
const FAREWELL: Duration = Duration::from_secs(1);

/// Whose socket it is.
#[derive(Clone, Debug)]
pub(crate) struct Peer {
    pub uid: Uid,
    /// The SDK's session id, which it names in its frames and REST calls alike.
    pub device: String,
}

/// Serves a socket to its end.
pub(crate) async fn serve(cloud: SharedCloud, mut socket: WebSocket) {
    let _live = cloud.hub.live();
    let Ok(Some((peer, mut seat))) = timeout(PATIENCE, authenticate(&cloud, &mut socket)).await else {
        let _ = timeout(FAREWELL, socket.send(farewell("not authenticated"))).await;
        return;
    };
    tracing::info!(uid = %peer.uid, "socket opened");
    let (mut sink, mut stream) = socket.split();
    let replies = seat.replies.clone();
    tokio::select! {
        () = send_frames(&mut sink, &mut seat.outbox) => {}
        () = receive_frames(&cloud, &peer, &mut stream, &replies) => {}
        _ = &mut seat.dropped => {}
    }
    cloud.hub.leave(peer.uid.as_str(), seat.id);
    if !cloud.hub.is_online(peer.uid.as_str())
        && let Err(error) = note_last_active(&cloud, &peer.uid).await
    {
        tracing::warn!(uid = %peer.uid, error.cause = %error, "could not note when somebody was last active");
    }
    let _ = timeout(FAREWELL, sink.send(farewell(""))).await;
    tracing::info!(uid = %peer.uid, "socket closed");
}

/// Reads the first frame, which must carry a live jwt, and takes the socket in. A wrong one gets no reply: SDK 4.2.0
/// raises nothing for a refusal, so the socket is simply closed.
async fn authenticate(cloud: &SharedCloud, socket: &mut WebSocket) -> Option<(Peer, Seat)> {
    let text = loop {
        match socket.recv().await? {
            Ok(Message::Text(text)) => break text,
            Ok(Message::Ping(_) | Message::Pong(_)) => {}
            _ => return None,
        }
    };
    let frame: Value = serde_json::from_str(&text).ok()?;
    if frame["type"] != "auth" || frame["appId"] != cloud.config.app_id.as_str() {
        return None;
    }
    let body = &frame["body"];
    let device = frame["deviceId"].as_str().unwrap_or_default().to_owned();
    let (uid, seat) = match admit(cloud, body["auth"].as_str()?, subscription(body)).await {
        Ok(admitted) => admitted?,
        Err(error) => {
            tracing::error!(error.cause = %error, "a socket could not be authenticated");
            return None;
        }
    };
    // Before anything that waits in the outbox.
    let reply = Envelope {
        app_id: &cloud.config.app_id,
        kind: "auth",
        sender: uid.as_str(),
        receiver: uid.as_str(),
        receiver_type: "user",
        device_id: &device,
    }
    .with(&json!({ "code": "200", "status": "OK" }));
    if socket.send(Message::Text(reply)).await.is_err() {
        cloud.hub.leave(uid.as_str(), seat.id);
        return None;
    }
    Some((Peer { uid, device }, seat))
}

/// Checks the jwt and joins the hub within one turn: a revocation comes before both or after both.
async fn admit(cloud: &Cloud, jwt: &str, subscription: Subscription) -> Result<Option<(Uid, Seat)>, ApiError> {
    let mut turn = cloud.store.write().await?;
    let Some(login) = tokens::find_live_by_jwt(turn.connection(), jwt).await? else { return Ok(None) };
    let uid = Uid::named(&login.uid);
    let Some(user) = users::find_active(turn.connection(), &uid).await? else { return Ok(None) };
    let _committed = turn.commit().await?;
    Ok(cloud.hub.join(user, &login.token, subscription).map(|seat| (uid, seat)))
}

fn subscription(body: &Value) -> Subscription {
    match body["presenceSubscription"].as_str() {
        Some("ALL_USERS") => Subscription::AllUsers,
        Some("FRIENDS") => Subscription::Friends,
        Some("ROLES") => {
            let roles = body["roles"].as_array().into_iter().flatten().filter_map(Value::as_str);
            Subscription::Roles(roles.map(ToOwned::to_owned).collect())
        }
        _ => Subscription::None,
    }
}

/// Until the queue ends or the network does.
async fn send_frames(sink: &mut SplitSink<WebSocket, Message>, outbox: &mut mpsc::Receiver<Frame>) {
    while let Some(frame) = outbox.recv().await {
        if sink.send(Message::Text(frame)).await.is_err() {
            return;
        }
    }
}

/// Until the client closes, falls silent or the network ends.
async fn receive_frames(
    cloud: &SharedCloud,
    peer: &Peer,
    stream: &mut SplitStream<WebSocket>,
    replies: &mpsc::Sender<Frame>,
) {
    while let Ok(Some(Ok(message))) = timeout(SILENCE, stream.next()).await {
        let text = match message {
            Message::Text(text) => text,
            Message::Close(_) => return,
            _ => continue,
        };
        // What cannot be read is ignored, as SDK 4.2.0 ignores it the other way round.
        let Ok(frame) = serde_json::from_str::<Value>(&text) else { continue };
        if frame["action"] == "ping" {
            if replies.try_send(Frame::from_static(PONG)).is_err() {
                return;
            }
            continue;
        }
        if let Err(error) = inbound::handle(cloud, peer, &frame).await {
            tracing::debug!(uid = %peer.uid, error.cause = %error, "a frame was refused");
        }
    }
}

async fn note_last_active(cloud: &Cloud, uid: &Uid) -> Result<(), sqlx::Error> {
    let mut turn = cloud.store.write().await?;
    users::was_active(turn.connection(), uid, clock::now()).await?;
    turn.commit().await?;
    Ok(())
}

fn farewell(reason: &'static str) -> Message {
    let code = if reason.is_empty() { close_code::NORMAL } else { close_code::POLICY };
    Message::Close(Some(CloseFrame { code, reason: reason.into() }))
}
