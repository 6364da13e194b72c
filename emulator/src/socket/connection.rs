//! The life of one socket: authentication, then frames both ways until it closes, is dropped or falls silent.

use std::time::Duration;

use axum::{
    body::Bytes,
    extract::ws::{CloseFrame, Message, WebSocket, close_code},
};
use futures_util::{
    SinkExt, StreamExt,
    stream::{SplitSink, SplitStream},
};
use serde_json::{Value, json};
use tokio::{
    sync::mpsc,
    time::{Instant, MissedTickBehavior, interval_at, timeout},
};

use super::{
    frame::{Envelope, Frame, PONG},
    hub::{NewSocket, Relations, Seat, Subscription},
    inbound, presence,
};
use crate::{
    chat::actor::{Actor, Right},
    cloud::{Cloud, SharedCloud},
    error::ApiError,
    render::people,
    store::{blocks, friends, tokens, users},
    uid::Uid,
    webhook::event::Connection,
};

/// Until a close frame is given up.
const FAREWELL: Duration = Duration::from_secs(1);

/// A socket that was let in.
struct Admitted {
    actor: Actor,
    seat: Seat,
    connection: Connection,
}

/// Serves a socket to its end. Its page finds uploads below `files`.
pub(crate) async fn serve(cloud: SharedCloud, mut socket: WebSocket, files: String) {
    let _live = cloud.hub.live();
    let patience = cloud.config.patience;
    let Ok(Some(Admitted { actor, mut seat, connection })) =
        timeout(patience.login, authenticate(&cloud, &mut socket, files)).await
    else {
        let _ = timeout(FAREWELL, socket.send(farewell("not authenticated"))).await;
        return;
    };
    tracing::info!(uid = %actor.uid, "socket opened");
    let (mut sink, mut stream) = socket.split();
    let id = seat.id;
    tokio::select! {
        () = send_frames(&mut sink, &mut seat.outbox, patience.ping) => {}
        () = receive_frames(&cloud, &actor, id, &mut stream) => {}
        _ = &mut seat.dropped => {}
    }
    depart(&cloud, &actor.uid, seat, &connection).await;
    let _ = timeout(FAREWELL, sink.send(farewell(""))).await;
    tracing::info!(uid = %actor.uid, "socket closed");
}

/// Reads the first frame, which must carry a live jwt, and takes the socket in. A wrong one gets no reply: SDK 4.2.0
/// raises nothing for a refusal, so the socket is simply closed.
async fn authenticate(cloud: &SharedCloud, socket: &mut WebSocket, files: String) -> Option<Admitted> {
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
    match admit(cloud, body, device, files).await {
        Ok(admitted) => admitted,
        Err(error) => {
            tracing::error!(error.cause = %error, "a socket could not be authenticated");
            None
        }
    }
}

/// Checks the jwt and joins the hub within one turn: a revocation comes before both or after both. When the person was
/// last active is noted now already: killed, the emulator cannot note it at the end.
async fn admit(cloud: &Cloud, body: &Value, device: String, files: String) -> Result<Option<Admitted>, ApiError> {
    let Some(jwt) = body["auth"].as_str() else { return Ok(None) };
    let mut turn = cloud.store.write().await?;
    let Some(login) = tokens::find_live_by_jwt(turn.connection(), jwt).await? else { return Ok(None) };
    let uid = Uid::named(&login.uid);
    let Some(mut user) = users::find_active(turn.connection(), &uid).await? else { return Ok(None) };
    let (blocked, blocked_by) = blocks::around(turn.connection(), &uid).await?;
    let relations = Relations {
        blocked: blocked.into_iter().chain(blocked_by).collect(),
        friends: friends::of(turn.connection(), &uid).await?.into_iter().collect(),
    };
    let now = cloud.clock.now();
    users::was_active(turn.connection(), &uid, now).await?;
    user.last_active_at = Some(now);
    let _committed = turn.commit().await?;
    let greeting = Envelope {
        app_id: &cloud.config.app_id,
        kind: "auth",
        sender: uid.as_str(),
        receiver: uid.as_str(),
        receiver_type: "user",
        device_id: &device,
    }
    .with(&json!({ "code": "200", "status": "OK" }));
    let socket = NewSocket {
        device: device.clone(),
        token: login.token.clone(),
        subscription: subscription(body),
        relations,
        files: files.as_str().into(),
    };
    let newcomer = !cloud.hub.is_online(uid.as_str());
    let seat = cloud.hub.join(user.clone(), socket, &greeting);
    let Some(seat) = seat else { return Ok(None) };
    let connection = Connection::describe(&body["params"], cloud.clock.now());
    if let Some(webhooks) = &cloud.webhooks {
        webhooks.tell(connection.changed(&people::user(&user, true), true, newcomer, cloud.clock.now()));
    }
    Ok(Some(Admitted { actor: Actor { uid, device, right: Right::Token(login.token), files }, seat, connection }))
}

/// Gives the seat up, once it is stored when the person was last active: whoever hears that it went can look it up.
async fn depart(cloud: &Cloud, uid: &Uid, seat: Seat, connection: &Connection) {
    let noted = async {
        let mut turn = cloud.store.write().await?;
        presence::note(turn.connection(), &cloud.hub, uid).await?;
        let user = match cloud.webhooks {
            Some(_) => users::find(turn.connection(), uid).await?,
            None => None,
        };
        turn.commit().await.map(|_| user)
    };
    let noted = noted.await;
    drop(seat);
    match noted {
        Ok(user) => {
            if let (Some(webhooks), Some(user)) = (&cloud.webhooks, user) {
                let online = cloud.hub.is_online(uid.as_str());
                webhooks.tell(connection.changed(&people::user(&user, online), false, !online, cloud.clock.now()));
            }
        }
        Err(error) => tracing::warn!(%uid, error.cause = %error, "could not note when somebody was last active"),
    }
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

/// Until the queue ends or the network does. In between it pings: a browser answers even where a page that is hidden
/// for minutes is let send the SDK's own ping but once a minute.
async fn send_frames(sink: &mut SplitSink<WebSocket, Message>, outbox: &mut mpsc::Receiver<Frame>, every: Duration) {
    // Timers refuse a period of zero.
    let every = every.max(Duration::from_millis(1));
    let mut pings = interval_at(Instant::now() + every, every);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let message = tokio::select! {
            frame = outbox.recv() => match frame {
                Some(frame) => Message::Text(frame),
                None => return,
            },
            _ = pings.tick() => Message::Ping(Bytes::new()),
        };
        if sink.send(message).await.is_err() {
            return;
        }
    }
}

/// Until the client closes, falls silent or the network ends. Whatever arrives is a sign of life, a pong included.
async fn receive_frames(cloud: &SharedCloud, actor: &Actor, id: u64, stream: &mut SplitStream<WebSocket>) {
    while let Ok(Some(Ok(message))) = timeout(cloud.config.patience.silence, stream.next()).await {
        let text = match message {
            Message::Text(text) => text,
            Message::Close(_) => return,
            _ => continue,
        };
        // What cannot be read is ignored, as SDK 4.2.0 ignores it the other way round.
        let Ok(frame) = serde_json::from_str::<Value>(&text) else { continue };
        if frame["action"] == "ping" {
            cloud.hub.reply(actor.uid.as_str(), id, &Frame::from_static(PONG));
            continue;
        }
        if let Err(error) = inbound::handle(cloud, actor, &frame).await {
            tracing::debug!(uid = %actor.uid, error.cause = %error, "a frame was refused");
        }
    }
}

fn farewell(reason: &'static str) -> Message {
    let code = if reason.is_empty() { close_code::NORMAL } else { close_code::POLICY };
    Message::Close(Some(CloseFrame { code, reason: reason.into() }))
}
