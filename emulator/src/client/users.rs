//! People: the list of a user, or of an admin, and one of them.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::{
    chat::actor::{Actor, active},
    cloud::{Cloud, SharedCloud},
    error::ApiError,
    peer::Peer,
    render::{entities::Entities, list::Data, people},
    request::{caller::Caller, parameters::Parameters, path::Path},
    store::users::{self, Deactivated, Presence, UserFilter},
    uid::Uid,
};

/// `GET /users`. A user does not find itself in its list.
pub(crate) async fn list(
    State(cloud): State<SharedCloud>,
    caller: Caller,
    parameters: Parameters,
) -> Result<Response, ApiError> {
    let (page, filter) = match &caller {
        Caller::Viewer(viewer) => (parameters.page(30, 100)?, filter(&cloud, &parameters, Some(viewer))?),
        Caller::Admin => (parameters.page(100, 1_000)?, filter(&cloud, &parameters, None)?),
    };
    let mut connection = cloud.store.read().await?;
    let total = users::count(&mut connection, &filter).await?;
    if parameters.flag("count") {
        // "Fetches users count" is all that is documented of it.
        return Ok(Data(json!({ "count": total })).into_response());
    }
    let rows = users::list(&mut connection, &filter, page.size, page.offset()).await?;
    let rendered = match &caller {
        Caller::Viewer(viewer) => {
            let named = rows.iter().map(|row| Peer::of("user", &row.uid));
            let entities = Entities::load(&mut connection, &cloud.hub, &viewer.uid, named).await?;
            rows.iter().map(|row| entities.user(&row.uid)).collect()
        }
        Caller::Admin => rows.iter().map(|row| people::user(row, cloud.hub.is_online(&row.uid))).collect(),
    };
    let changed = rows.iter().map(|row| row.updated_at.unwrap_or(row.created_at)).max();
    Ok(page.answer_with_cursor(rendered, total, changed))
}

/// `GET /users/{uid}`.
pub(crate) async fn show(
    State(cloud): State<SharedCloud>,
    caller: Caller,
    Path(uid): Path<String>,
) -> Result<Data, ApiError> {
    let mut connection = cloud.store.read().await?;
    let user = active(&mut connection, &Uid::named(&uid)).await?;
    let Caller::Viewer(viewer) = caller else {
        return Ok(Data(people::user(&user, cloud.hub.is_online(&user.uid))));
    };
    let named = [Peer::of("user", &user.uid)];
    let entities = Entities::load(&mut connection, &cloud.hub, &viewer.uid, named).await?;
    Ok(Data(entities.user(&user.uid)))
}

/// Who is online, as far as the viewer may know.
fn online(cloud: &Cloud, viewer: Option<&Actor>) -> Vec<String> {
    match viewer {
        Some(viewer) => cloud.hub.online_for(&viewer.uid),
        None => cloud.hub.online(),
    }
}

fn filter(cloud: &Cloud, parameters: &Parameters, viewer: Option<&Actor>) -> Result<UserFilter, ApiError> {
    let search_in = parameters.list("searchIn");
    let mut roles = parameters.list("roles");
    roles.extend(parameters.text("role").map(ToOwned::to_owned));
    let presence = match parameters.text("status") {
        None => None,
        Some("available" | "online") => Some(Presence { online: true, uids_online: online(cloud, viewer) }),
        Some("offline") => Some(Presence { online: false, uids_online: online(cloud, viewer) }),
        Some(_) => return Err(ApiError::field("status", "The status must be available or offline.")),
    };
    let deactivated = match (viewer, parameters.flag("onlyDeactivated"), parameters.flag("withDeactivated")) {
        (None, true, _) => Deactivated::Only,
        (None, _, true) => Deactivated::With,
        _ => Deactivated::Without,
    };
    Ok(UserFilter {
        except: viewer.map(|viewer| viewer.uid.clone()),
        search: parameters.search(),
        search_name: search_in.is_empty() || search_in.iter().any(|field| field == "name"),
        search_uid: search_in.is_empty() || search_in.iter().any(|field| field == "uid"),
        uids: parameters.list("uids").iter().map(|uid| uid.to_lowercase()).collect(),
        roles: roles.iter().map(|role| role.to_lowercase()).collect(),
        tags: parameters.list("tags"),
        presence,
        deactivated,
        unblocked_for: viewer.filter(|_| parameters.flag("hideBlockedUsers")).map(|viewer| viewer.uid.clone()),
        friends_of: viewer.filter(|_| parameters.flag("friendsOnly")).map(|viewer| viewer.uid.clone()),
        sort: match parameters.text("sortBy") {
            Some("status" | "lastActiveAt") => users::Sort::LastActive,
            Some("createdAt") => users::Sort::Created,
            _ => users::Sort::Name,
        },
        descending: parameters.text("sortOrder").is_some_and(|order| order.eq_ignore_ascii_case("desc")),
    })
}
