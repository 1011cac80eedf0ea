-- How far each person has come with which file beside a comment. It goes with the file.

CREATE TABLE attachment_downloads (
    person_id     BLOB NOT NULL REFERENCES persons (id),
    attachment_id BLOB NOT NULL REFERENCES attachments (id) ON DELETE CASCADE,
    -- What was sent of it, in whatever order.
    parts         TEXT NOT NULL DEFAULT '[]',
    at            TEXT NOT NULL,
    finished_at   TEXT,
    PRIMARY KEY (person_id, attachment_id)
) STRICT;

CREATE INDEX attachment_downloads_by_attachment ON attachment_downloads (attachment_id);
