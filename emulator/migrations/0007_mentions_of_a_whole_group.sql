-- Whether the person is mentioned as a member of the group alone: then nobody else is told its name for it.
ALTER TABLE mentions ADD COLUMN whole_group INTEGER NOT NULL DEFAULT 0;
