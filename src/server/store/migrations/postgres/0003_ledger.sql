-- The ledger of chat tokens records a mint before the cloud is asked, so that one that a crash cuts short is found. A row
-- outlives its session and its user: the token is still to be revoked.
ALTER TABLE chat_tokens DROP CONSTRAINT chat_tokens_state_check;
-- minting: the cloud is being asked. live: handed out. ending: to be revoked in the cloud. ended: revoked there.
ALTER TABLE chat_tokens ADD CHECK (state IN ('minting', 'live', 'ending', 'ended'));
-- None while the token is being minted, and after a mint that was cut short.
ALTER TABLE chat_tokens ALTER COLUMN digest DROP NOT NULL;
-- minting: when the mint counts as cut short. ending: when it is next to be revoked, or until when a server is at it.
ALTER TABLE chat_tokens ADD COLUMN due_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE chat_tokens ADD COLUMN attempts BIGINT NOT NULL DEFAULT 0;
-- One live token per session, and one mint, however many servers are asked at once.
DROP INDEX chat_tokens_ending;
CREATE UNIQUE INDEX chat_tokens_minting ON chat_tokens (session_key) WHERE state = 'minting';
CREATE INDEX chat_tokens_of_session ON chat_tokens (session_key);
CREATE INDEX chat_tokens_of_user ON chat_tokens (user_id);
CREATE INDEX chat_tokens_due ON chat_tokens (due_at) WHERE state IN ('minting', 'ending');

-- Deleted accounts that are still to be removed from the chat cloud.
CREATE TABLE chat_removals (
    user_id BIGINT PRIMARY KEY,
    -- 1: with all that they wrote. 0: deactivated.
    with_messages BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0
);
