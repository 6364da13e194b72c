-- The ledger of chat tokens records a mint before the cloud is asked, so that one that a crash cuts short is found. A row
-- outlives its session and its user: the token is still to be revoked. (SQLite changes no CHECK: the table is made anew.)
ALTER TABLE chat_tokens RENAME TO chat_tokens_before;
CREATE TABLE chat_tokens (
    id TEXT PRIMARY KEY,
    user_id BIGINT NOT NULL,
    session_key TEXT NOT NULL,
    -- AES-256-GCM, bound to this row; none while the token is being minted, after a mint that was cut short, and once
    -- the token has ended.
    sealed BLOB,
    digest TEXT,
    -- minting: the cloud is being asked. live: handed out. ending: to be revoked in the cloud. ended: revoked there.
    state TEXT NOT NULL CHECK (state IN ('minting', 'live', 'ending', 'ended')),
    -- When the mint began.
    minted_at BIGINT NOT NULL,
    -- minting: when the mint counts as cut short. ending: when it is next to be revoked, or until when a server is at it.
    due_at BIGINT NOT NULL DEFAULT 0,
    attempts BIGINT NOT NULL DEFAULT 0,
    ended_at BIGINT
);
INSERT INTO chat_tokens (id, user_id, session_key, sealed, digest, state, minted_at, ended_at)
    SELECT id, user_id, session_key, sealed, digest, state, minted_at, ended_at FROM chat_tokens_before;
DROP TABLE chat_tokens_before;
-- One live token per session, and one mint, however many servers are asked at once.
CREATE UNIQUE INDEX chat_tokens_live ON chat_tokens (session_key) WHERE state = 'live';
CREATE UNIQUE INDEX chat_tokens_minting ON chat_tokens (session_key) WHERE state = 'minting';
CREATE INDEX chat_tokens_of_session ON chat_tokens (session_key);
CREATE INDEX chat_tokens_of_user ON chat_tokens (user_id);
CREATE INDEX chat_tokens_due ON chat_tokens (due_at) WHERE state IN ('minting', 'ending');
CREATE INDEX chat_tokens_by_age ON chat_tokens (state, minted_at);

-- Deleted accounts that are still to be removed from the chat cloud.
CREATE TABLE chat_removals (
    user_id BIGINT PRIMARY KEY,
    -- 1: with all that they wrote. 0: deactivated.
    with_messages BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0
);
