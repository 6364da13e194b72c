-- A client's id for a message is its own within one conversation: used again towards somebody else it is another message.
DROP INDEX a_senders_muid_once;
CREATE UNIQUE INDEX a_senders_muid_once ON messages (sender, conversation_id, muid) WHERE muid IS NOT NULL;
