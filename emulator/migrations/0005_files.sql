-- What was uploaded. The content lies in the folder beside the data file, under the id and nothing else.

CREATE TABLE files (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  mime_type   TEXT NOT NULL,
  size        INTEGER NOT NULL,
  uid         TEXT NOT NULL,
  -- What an upload by address must bring, and until when; none for what came within a message.
  upload_key  TEXT,
  expires_at  INTEGER,
  uploaded_at INTEGER,
  created_at  INTEGER NOT NULL
);

CREATE TABLE message_files (
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  file_id    TEXT NOT NULL REFERENCES files (id) ON DELETE CASCADE,
  PRIMARY KEY (message_id, file_id)
) WITHOUT ROWID;
CREATE INDEX messages_of_a_file ON message_files (file_id);
