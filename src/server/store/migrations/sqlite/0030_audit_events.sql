-- The audit trail: who did what, from where, with what outcome. Rows outlive their account and their session, until they are
-- older than AUDIT_RETENTION_DAYS. No token, no password, no e-mail stands here.
CREATE TABLE audit_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Unix seconds.
    at BIGINT NOT NULL,
    event TEXT NOT NULL,
    outcome TEXT NOT NULL,
    user_id BIGINT,
    -- The session's tag: a digest that says nothing of the session's id, nor of its key in this database.
    session TEXT,
    address TEXT
);
CREATE INDEX audit_events_of_user ON audit_events (user_id, at);
CREATE INDEX audit_events_by_time ON audit_events (at);
