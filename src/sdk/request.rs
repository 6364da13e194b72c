//! What is asked of the cloud about groups, about conversations as a whole and about people. All of it has one shape, and
//! takes one road: a variant of its own for each would be most of the code.

use crate::model::{
    chat::{Conversation, Group, Member, Message, Peer},
    ids::{MessageId, Uid},
};

/// Entries of a page of groups, members and people.
pub const ENTRIES: u32 = 30;
/// As many as are looked at of those who are kept out, or blocked.
pub const MOST: u32 = 100;

/// What is asked for; its name is that of the call of `bridge/groups.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Group,
    /// All that this user may see; `search`.
    Groups,
    /// `name`, `kind`, `password`, `icon`, `description`; the names are those of whom to add.
    CreateGroup,
    UpdateGroup,
    DeleteGroup,
    /// `kind`, `password`.
    JoinGroup,
    LeaveGroup,
    GroupMembers,
    BannedMembers,
    AddMembers,
    /// On: for good, until they are let in again.
    RemoveMember,
    UnbanMember,
    /// `scope`.
    ChangeScope,
    HandOver,
    /// On, or off again.
    PinConversation,
    /// `tag`, one of this user's own; on, or off again.
    TagConversation,
    /// From this user's own view.
    DeleteConversation,
    /// This message and all after it.
    MarkUnread,
    /// `search`.
    FindMessages,
    MessagesAround,
    /// Messages with files, those before the id or the newest.
    SharedFiles,
    /// On, or off again.
    Block,
    BlockedPeople,
    FlagReasons,
    /// `reasonId`, `remark`.
    Report,
}

impl What {
    /// The name of the call.
    pub fn call(self) -> &'static str {
        const NAMES: [&str; 25] = [
            "group",
            "groups",
            "createGroup",
            "updateGroup",
            "deleteGroup",
            "joinGroup",
            "leaveGroup",
            "groupMembers",
            "bannedMembers",
            "addMembers",
            "removeMember",
            "unbanMember",
            "changeScope",
            "handOver",
            "pinConversation",
            "tagConversation",
            "deleteConversation",
            "markUnread",
            "findMessages",
            "messagesAround",
            "sharedFiles",
            "block",
            "blockedPeople",
            "flagReasons",
            "report",
        ];
        NAMES[self as usize]
    }
}

/// One thing to ask. What a call does not need is left empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub what: What,
    /// The group, or the conversation, that it is about.
    pub peer: Option<Peer>,
    pub uid: Option<Uid>,
    pub id: MessageId,
    pub on: bool,
    /// From 1 on.
    pub page: u32,
    pub texts: Vec<(&'static str, String)>,
    pub names: Vec<String>,
}

impl Request {
    pub fn new(what: What) -> Self {
        Self {
            what,
            peer: None,
            uid: None,
            id: MessageId::default(),
            on: false,
            page: 1,
            texts: Vec::new(),
            names: Vec::new(),
        }
    }

    /// About a conversation, or its group.
    pub fn of(what: What, peer: &Peer) -> Self {
        Self { peer: Some(peer.clone()), ..Self::new(what) }
    }

    /// About a group.
    pub fn of_group(what: What, guid: &str) -> Self {
        Self { peer: Some(Peer::Group(guid.to_owned())), ..Self::new(what) }
    }

    #[must_use]
    pub fn uid(mut self, uid: &Uid) -> Self {
        self.uid = Some(uid.clone());
        self
    }

    #[must_use]
    pub fn id(mut self, id: MessageId) -> Self {
        self.id = id;
        self
    }

    #[must_use]
    pub fn on(mut self, on: bool) -> Self {
        self.on = on;
        self
    }

    #[must_use]
    pub fn page(mut self, page: u32) -> Self {
        self.page = page;
        self
    }

    #[must_use]
    pub fn text(mut self, name: &'static str, text: &str) -> Self {
        self.texts.push((name, text.to_owned()));
        self
    }

    /// The id of the group that it is about.
    pub fn guid(&self) -> &str {
        self.peer.as_ref().map_or("", Peer::id)
    }

    /// A text of it.
    pub fn said(&self, name: &str) -> &str {
        self.texts.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text)
    }
}

/// What the cloud answered: what was not asked for is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    pub groups: Vec<Group>,
    pub members: Vec<Member>,
    pub messages: Vec<Message>,
    /// Nothing lies before them, or after them.
    pub is_first: bool,
    pub is_last: bool,
    pub conversation: Option<Box<Conversation>>,
    /// Why a message can be reported: the id of each and its name.
    pub reasons: Vec<(String, String)>,
}
