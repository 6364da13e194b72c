-- What moderation makes of a message, and of an edit or a deletion of it; none: nobody looked at it. Until it is approved
-- its sender alone has it.
ALTER TABLE messages ADD COLUMN moderation TEXT CHECK (moderation IN ('pending', 'approved', 'disapproved'));
