-- What is known of the site's people in the chat cloud. No row: not yet created there.
CREATE TABLE chat_users (
    user_id BIGINT PRIMARY KEY,
    -- Of the name and the avatar that the cloud was told last.
    profile_digest TEXT NOT NULL,
    provisioned_at BIGINT NOT NULL
);

-- Every chat token that was handed out. A row outlives its session and its user: the token is still to be revoked.
CREATE TABLE chat_tokens (
    id TEXT PRIMARY KEY,
    user_id BIGINT NOT NULL,
    session_key TEXT NOT NULL,
    -- AES-256-GCM, bound to this row; removed once the token has ended.
    sealed BYTEA,
    digest TEXT NOT NULL,
    -- live: handed out. ending: to be revoked in the cloud. ended: revoked there.
    state TEXT NOT NULL CHECK (state IN ('live', 'ending', 'ended')),
    minted_at BIGINT NOT NULL,
    ended_at BIGINT
);
-- One live token per session, however many servers mint at once.
CREATE UNIQUE INDEX chat_tokens_live ON chat_tokens (session_key) WHERE state = 'live';
CREATE INDEX chat_tokens_ending ON chat_tokens (session_key) WHERE state = 'ending';
CREATE INDEX chat_tokens_by_age ON chat_tokens (state, minted_at);
