-- What people do around messages: react, mention, quote, pin, save, report, follow threads, block each other.

CREATE TABLE reactions (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  uid        TEXT NOT NULL REFERENCES users (uid) ON DELETE CASCADE,
  reaction   TEXT NOT NULL,
  reacted_at INTEGER NOT NULL,
  UNIQUE (message_id, reaction, uid)
);

CREATE TABLE mentions (
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  uid        TEXT NOT NULL REFERENCES users (uid) ON DELETE CASCADE,
  PRIMARY KEY (message_id, uid)
) WITHOUT ROWID;

-- A message is pinned for its whole conversation; the last who pinned it counts.
ALTER TABLE messages ADD COLUMN quoted_id INTEGER;
ALTER TABLE messages ADD COLUMN pinned_at INTEGER;
ALTER TABLE messages ADD COLUMN pinned_by TEXT;
CREATE INDEX replies_of_a_message ON messages (parent_id, id) WHERE parent_id IS NOT NULL;

CREATE TABLE saves (
  uid        TEXT NOT NULL REFERENCES users (uid) ON DELETE CASCADE,
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  saved_at   INTEGER NOT NULL,
  PRIMARY KEY (uid, message_id)
) WITHOUT ROWID;

-- Who follows a thread. A row with 0: who followed it once and does so no more.
CREATE TABLE thread_subscriptions (
  uid        TEXT NOT NULL REFERENCES users (uid) ON DELETE CASCADE,
  parent_id  INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  subscribed INTEGER NOT NULL,
  PRIMARY KEY (uid, parent_id)
) WITHOUT ROWID;

CREATE TABLE flags (
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  uid        TEXT NOT NULL REFERENCES users (uid) ON DELETE CASCADE,
  reason     TEXT NOT NULL,
  remark     TEXT,
  flagged_at INTEGER NOT NULL,
  PRIMARY KEY (message_id, uid)
) WITHOUT ROWID;

CREATE TABLE blocks (
  uid         TEXT NOT NULL REFERENCES users (uid) ON DELETE CASCADE,
  blocked_uid TEXT NOT NULL REFERENCES users (uid) ON DELETE CASCADE,
  blocked_at  INTEGER NOT NULL,
  PRIMARY KEY (uid, blocked_uid)
) WITHOUT ROWID;
CREATE INDEX blocked_by_others ON blocks (blocked_uid, uid);

-- A person's own pin of a conversation.
ALTER TABLE conversations ADD COLUMN pinned_at INTEGER;
