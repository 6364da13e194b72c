//! The other side of a conversation: a person or a group.

use crate::{guid::Guid, uid::Uid};

/// Whom one writes to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Peer {
    User(Uid),
    Group(Guid),
}

impl Peer {
    /// What the wire says about it, as in `receiverType`; anything but a group is a person.
    pub(crate) fn of(kind: &str, id: &str) -> Self {
        if kind == "group" { Self::Group(Guid::named(id)) } else { Self::User(Uid::named(id)) }
    }

    /// The `receiverType` and `conversationType` of the wire.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::User(_) => "user",
            Self::Group(_) => "group",
        }
    }

    pub(crate) fn id(&self) -> &str {
        match self {
            Self::User(uid) => uid.as_str(),
            Self::Group(guid) => guid.as_str(),
        }
    }

    /// The id of the conversation that `viewer` has with this peer.
    pub(crate) fn conversation_of(&self, viewer: &Uid) -> String {
        match self {
            Self::User(uid) => viewer.conversation_with(uid),
            Self::Group(guid) => format!("group_{guid}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_names_a_groups_conversation_alike() {
        let group = Peer::of("group", "Team");
        assert_eq!(group.conversation_of(&Uid::named("alice")), "group_team");
        assert_eq!(group.conversation_of(&Uid::named("bob")), "group_team");
        assert_eq!(Peer::of("user", "BOB").conversation_of(&Uid::named("alice")), "alice_user_bob");
    }
}
