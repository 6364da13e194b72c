-- What people did with the elements of interactive messages: each element once for each person.
CREATE TABLE interactions (
  message_id    INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  uid           TEXT NOT NULL REFERENCES users (uid) ON DELETE CASCADE,
  element_id    TEXT NOT NULL,
  interacted_at INTEGER NOT NULL,
  PRIMARY KEY (message_id, uid, element_id)
) WITHOUT ROWID;
