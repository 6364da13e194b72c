-- Groups, who is in them, and who may not come back. Times are unix seconds; metadata and tags hold JSON text.

CREATE TABLE chat_groups (
  guid        TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  -- The name in lower case by Unicode's rules: SQLite's LIKE knows ASCII only.
  search_name TEXT NOT NULL,
  type        TEXT NOT NULL CHECK (type IN ('public', 'password', 'private')),
  password    TEXT,
  icon        TEXT,
  description TEXT,
  metadata    TEXT,
  tags        TEXT NOT NULL DEFAULT '[]',
  -- Nobody where the app itself made the group, or its owner was erased and nobody is left in it.
  owner       TEXT,
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL
);

CREATE TABLE members (
  guid      TEXT NOT NULL REFERENCES chat_groups (guid) ON DELETE CASCADE,
  uid       TEXT NOT NULL REFERENCES users (uid) ON DELETE CASCADE,
  scope     TEXT NOT NULL CHECK (scope IN ('admin', 'moderator', 'participant')),
  joined_at INTEGER NOT NULL,
  PRIMARY KEY (guid, uid)
) WITHOUT ROWID;
CREATE INDEX groups_of_a_user ON members (uid, guid);

CREATE TABLE banned_members (
  guid      TEXT NOT NULL REFERENCES chat_groups (guid) ON DELETE CASCADE,
  uid       TEXT NOT NULL REFERENCES users (uid) ON DELETE CASCADE,
  banned_at INTEGER NOT NULL,
  PRIMARY KEY (guid, uid)
) WITHOUT ROWID;
