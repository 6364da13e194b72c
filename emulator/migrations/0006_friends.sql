-- Friendships go both ways: a row for each direction.
CREATE TABLE friends (
  uid        TEXT NOT NULL REFERENCES users (uid) ON DELETE CASCADE,
  friend_uid TEXT NOT NULL REFERENCES users (uid) ON DELETE CASCADE,
  since      INTEGER NOT NULL,
  PRIMARY KEY (uid, friend_uid)
) WITHOUT ROWID;
CREATE INDEX friends_of_others ON friends (friend_uid, uid);
