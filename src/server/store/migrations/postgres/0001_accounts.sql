-- People of this site. The id never comes back: a chat UID is derived from it.
CREATE TABLE users (
    id BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    name TEXT NOT NULL,
    -- In lower case, so that one address is one account.
    email TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    avatar TEXT,
    created_at BIGINT NOT NULL
);

-- One row per log-in. The key is the SHA-256 of the cookie's id: a copy of this table lets nobody in.
CREATE TABLE sessions (
    key TEXT PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_of_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- What happened within the windows of the limits; times in milliseconds.
CREATE TABLE rate_events (
    id BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    bucket TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX rate_events_of_bucket ON rate_events (bucket, at);
CREATE INDEX rate_events_by_time ON rate_events (at);
