-- Times are unix seconds. Metadata, tags and data hold JSON text.

CREATE TABLE users (
  uid            TEXT PRIMARY KEY,
  name           TEXT NOT NULL,
  -- The name in lower case by Unicode's rules: SQLite's LIKE knows ASCII only.
  search_name    TEXT NOT NULL,
  avatar         TEXT,
  link           TEXT,
  role           TEXT NOT NULL DEFAULT 'default',
  status_message TEXT,
  metadata       TEXT,
  tags           TEXT NOT NULL DEFAULT '[]',
  created_at     INTEGER NOT NULL,
  updated_at     INTEGER,
  last_active_at INTEGER,
  deactivated_at INTEGER
);

CREATE TABLE auth_tokens (
  -- Counts up: the newest hundred of a user are the valid ones.
  serial     INTEGER PRIMARY KEY AUTOINCREMENT,
  token      TEXT NOT NULL UNIQUE,
  jwt        TEXT NOT NULL UNIQUE,
  uid        TEXT NOT NULL REFERENCES users (uid) ON DELETE CASCADE,
  platform   TEXT,
  user_agent TEXT,
  app_info   TEXT,
  created_at INTEGER NOT NULL
);
CREATE INDEX auth_tokens_of_a_user ON auth_tokens (uid, serial);

-- Every message, action messages (edits, deletions, later group events) among them. Ids are never used twice.
CREATE TABLE messages (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  muid            TEXT,
  conversation_id TEXT NOT NULL,
  sender          TEXT NOT NULL,
  receiver_type   TEXT NOT NULL CHECK (receiver_type IN ('user', 'group')),
  receiver        TEXT NOT NULL,
  category        TEXT NOT NULL,
  type            TEXT NOT NULL,
  data            TEXT NOT NULL,
  search_text     TEXT NOT NULL DEFAULT '',
  tags            TEXT NOT NULL DEFAULT '[]',
  parent_id       INTEGER,
  -- What an action message is about.
  target_id       INTEGER,
  sent_at         INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  -- Whether an edit, a deletion or a receipt came after the sending, perhaps within the same second.
  touched         INTEGER NOT NULL DEFAULT 0,
  edited_at       INTEGER,
  edited_by       TEXT,
  deleted_at      INTEGER,
  deleted_by      TEXT
);
CREATE UNIQUE INDEX a_senders_muid_once ON messages (sender, muid) WHERE muid IS NOT NULL;
CREATE INDEX messages_of_a_conversation ON messages (conversation_id, id);
CREATE INDEX messages_by_receiver ON messages (receiver, id);

-- One row for each person a message is meant for, the sender left out. `unread` is apart from `read_at`: marking as
-- unread again takes nothing back from the sender.
CREATE TABLE recipients (
  message_id      INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  uid             TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  unread          INTEGER NOT NULL DEFAULT 1,
  delivered_at    INTEGER,
  read_at         INTEGER,
  PRIMARY KEY (message_id, uid)
) WITHOUT ROWID;
CREATE INDEX unread_of_a_person ON recipients (uid, conversation_id, unread, message_id);

-- A conversation as one of its people has it.
CREATE TABLE conversations (
  uid               TEXT NOT NULL REFERENCES users (uid) ON DELETE CASCADE,
  conversation_id   TEXT NOT NULL,
  type              TEXT NOT NULL CHECK (type IN ('user', 'group')),
  with_id           TEXT NOT NULL,
  latest_message_id INTEGER NOT NULL,
  -- Everything up to this id was deleted from this person's view.
  cleared_id        INTEGER NOT NULL DEFAULT 0,
  tags              TEXT NOT NULL DEFAULT '[]',
  created_at        INTEGER NOT NULL,
  updated_at        INTEGER NOT NULL,
  PRIMARY KEY (uid, conversation_id)
) WITHOUT ROWID;
CREATE INDEX conversations_by_recency ON conversations (uid, latest_message_id);
