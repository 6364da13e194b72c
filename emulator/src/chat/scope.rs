//! What a member may do to a group and to its other members (COMETCHAT.md A7; the REST documentation's table of member
//! scopes). Everything passes this one place.

use crate::error::ApiError;

/// A member's scope, the lower first. The owner stands above all admins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scope {
    Participant,
    Moderator,
    Admin,
    Owner,
}

impl Scope {
    /// A scope that may be given to somebody.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        match word {
            "participant" => Some(Self::Participant),
            "moderator" => Some(Self::Moderator),
            "admin" => Some(Self::Admin),
            _ => None,
        }
    }

    /// The word of the wire, which knows no owner.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Participant => "participant",
            Self::Moderator => "moderator",
            Self::Admin | Self::Owner => "admin",
        }
    }

    /// Refuses who may not change what the group says of itself, or look at who is banned.
    pub(crate) fn moderates(self) -> Result<(), ApiError> {
        if self >= Self::Moderator { Ok(()) } else { Err(ApiError::GroupNoModeratorScope) }
    }

    /// Refuses who may neither add members nor delete the group.
    pub(crate) fn administers(self) -> Result<(), ApiError> {
        if self >= Self::Admin { Ok(()) } else { Err(ApiError::GroupNoAdminScope) }
    }

    /// Refuses who may not kick or ban a member of the scope `target`.
    pub(crate) fn removes(self, target: Self) -> Result<(), ApiError> {
        let may = match self {
            Self::Owner => true,
            Self::Admin => target != Self::Owner,
            Self::Moderator => target == Self::Participant,
            Self::Participant => false,
        };
        if may { Ok(()) } else { Err(ApiError::GroupNoClearance) }
    }

    /// Refuses who may not make a member of the scope `old` a `new`.
    pub(crate) fn changes(self, old: Self, new: Self) -> Result<(), ApiError> {
        let may = match self {
            Self::Owner => true,
            Self::Admin => old < Self::Admin,
            Self::Moderator => old == Self::Participant && new <= Self::Moderator,
            Self::Participant => false,
        };
        if may { Ok(()) } else { Err(ApiError::GroupNoScopeClearance) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Scope; 4] = [Scope::Participant, Scope::Moderator, Scope::Admin, Scope::Owner];

    #[test]
    fn nobody_removes_the_owner_and_participants_remove_nobody() {
        for scope in ALL {
            assert_eq!(scope.removes(Scope::Owner).is_ok(), scope == Scope::Owner);
            assert!(Scope::Participant.removes(scope).is_err());
        }
        assert!(Scope::Moderator.removes(Scope::Moderator).is_err());
        assert!(Scope::Moderator.removes(Scope::Participant).is_ok());
        assert!(Scope::Admin.removes(Scope::Admin).is_ok());
    }

    #[test]
    fn only_the_owner_changes_the_scope_of_an_admin() {
        for new in [Scope::Participant, Scope::Moderator] {
            assert!(Scope::Owner.changes(Scope::Admin, new).is_ok());
            assert!(Scope::Admin.changes(Scope::Admin, new).is_err());
        }
        assert!(Scope::Moderator.changes(Scope::Participant, Scope::Moderator).is_ok());
        assert!(Scope::Moderator.changes(Scope::Participant, Scope::Admin).is_err());
        assert!(Scope::Participant.changes(Scope::Participant, Scope::Moderator).is_err());
    }
}
