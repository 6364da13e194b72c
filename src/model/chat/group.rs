//! Groups: what they are, who is in them, and what a member may do there.

use super::{Person, Uid};

/// How one comes into a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GroupKind {
    #[default]
    Public,
    Password,
    /// Only those who are in it know of it, and they are added.
    Private,
}

impl GroupKind {
    /// The SDK's word for it (4.2.0).
    pub fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Password => "password",
            Self::Private => "private",
        }
    }
}

/// A member's standing, the lower first. The cloud calls the owner an admin; the group says whose it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    #[default]
    Participant,
    Moderator,
    Admin,
    Owner,
}

impl Scope {
    /// Those that can be given to somebody.
    pub const GIVEN: [Self; 3] = [Self::Participant, Self::Moderator, Self::Admin];

    /// The word of the cloud, which knows no owner.
    pub fn word(self) -> &'static str {
        match self {
            Self::Participant => "participant",
            Self::Moderator => "moderator",
            Self::Admin | Self::Owner => "admin",
        }
    }

    /// Whether the word names it; one that nobody knows is that of a participant.
    pub fn parse(word: &str) -> Self {
        match word {
            "moderator" => Self::Moderator,
            "admin" => Self::Admin,
            _ => Self::Participant,
        }
    }

    /// Whether a member of this scope may change what the group says of itself, and see who is banned.
    pub fn moderates(self) -> bool {
        self >= Self::Moderator
    }

    /// Whether it may add members, and delete the group.
    pub fn administers(self) -> bool {
        self >= Self::Admin
    }

    /// Whether it may kick or ban a member of the scope `target`.
    pub fn removes(self, target: Self) -> bool {
        match self {
            Self::Owner => true,
            Self::Admin => target != Self::Owner,
            Self::Moderator => target == Self::Participant,
            Self::Participant => false,
        }
    }

    /// Whether it may make a member of the scope `old` a `new`.
    pub fn changes(self, old: Self, new: Self) -> bool {
        old != Self::Owner
            && old != new
            && match self {
                Self::Owner => true,
                Self::Admin => old < Self::Admin,
                Self::Moderator => old == Self::Participant && new <= Self::Moderator,
                Self::Participant => false,
            }
    }
}

/// A group, as this user has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    pub guid: String,
    pub name: String,
    pub icon: Option<String>,
    pub members: u32,
    pub kind: GroupKind,
    pub description: Option<String>,
    pub owner: Option<Uid>,
    /// This user's own, where that was told.
    pub scope: Option<Scope>,
    /// This user is not in it, or is kept out.
    pub left: bool,
    pub banned: bool,
}

impl Group {
    /// The standing of a member whom the cloud gives this scope.
    pub fn standing(&self, uid: &Uid, scope: Scope) -> Scope {
        if self.owner.as_ref() == Some(uid) { Scope::Owner } else { scope }
    }
}

/// Somebody in a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub person: Person,
    pub scope: Scope,
}

/// What happened to a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Joined,
    Left,
    Added,
    Kicked,
    Banned,
    Unbanned,
    /// A member has this scope now.
    Ranked(Scope),
}

impl Deed {
    /// Its place in the catalogues: those of the ranks come last, the lowest first.
    pub fn place(self) -> usize {
        match self {
            Self::Joined => 0,
            Self::Left => 1,
            Self::Added => 2,
            Self::Kicked => 3,
            Self::Banned => 4,
            Self::Unbanned => 5,
            Self::Ranked(scope) => 6 + scope.min(Scope::Admin) as usize,
        }
    }
}

/// Something that happened in a group: who did it, to whom, and how many are in it since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    pub deed: Deed,
    pub by: Person,
    pub on: Person,
    pub members: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::Scope::{Admin, Moderator, Owner, Participant};

    #[test]
    fn nobody_but_the_owner_removes_or_changes_those_above() {
        for scope in [Participant, Moderator, Admin] {
            assert!(!scope.removes(Owner) && !scope.changes(Owner, Participant), "{scope:?}");
        }
        assert!(Moderator.removes(Participant) && !Moderator.removes(Moderator) && Admin.removes(Admin));
        assert!(Owner.changes(Admin, Participant) && !Admin.changes(Admin, Participant));
        assert!(!Participant.removes(Participant) && !Participant.moderates());
    }

    #[test]
    fn a_moderator_makes_moderators_and_no_admins() {
        assert!(Moderator.changes(Participant, Moderator) && !Moderator.changes(Participant, Admin));
        assert!(!Admin.changes(Moderator, Moderator), "it is one already");
    }
}
