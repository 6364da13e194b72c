//! Moderation: which messages are looked at, and what can come of it.

/// How a message stands with moderation (SDK 4.2.0, `ModerationStatus`). One that nobody looked at has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Pending,
    Approved,
    Disapproved,
}

impl Status {
    /// The word of the wire.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Disapproved => "disapproved",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Self> {
        [Self::Pending, Self::Approved, Self::Disapproved].into_iter().find(|status| status.word() == word)
    }

    /// Whether a message with this status may become one with the other: a decision is made once, and somebody may
    /// approve later what was disapproved (`moderation_manual_approved` among the cloud's webhooks).
    pub(crate) const fn may_become(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Pending, Self::Approved | Self::Disapproved) | (Self::Disapproved, Self::Approved)
        )
    }
}

/// What a rule makes of a message after it was sent as pending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It waits for somebody to decide.
    Later,
    /// This, right after it was sent: the decision may overtake the answer to its sender.
    AtOnce(Status),
}

/// Whether the cloud moderates such messages: texts, pictures and videos (its page on AI moderation).
pub(crate) fn looks_at(category: &str, kind: &str) -> bool {
    category == "message" && matches!(kind, "text" | "image" | "video")
}
