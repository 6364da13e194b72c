-- The cloud's list of a user's tokens is compared with the ledger now and then (unix seconds): when next, or until when a
-- server is at it; and when it was done last.
ALTER TABLE chat_users ADD COLUMN compare_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE chat_users ADD COLUMN compared_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX chat_users_by_comparison ON chat_users (compare_at);

-- 0 until the user has been removed once. Then when that is done again, for the last time: a creation that was under way
-- may have come behind it.
ALTER TABLE chat_removals ADD COLUMN settled_at BIGINT NOT NULL DEFAULT 0;
