-- How far each person has come with which file beside a comment. It goes with the file.

CREATE TABLE attachment_downloads (
    person_id     UUID NOT NULL REFERENCES persons (id),
    attachment_id UUID NOT NULL REFERENCES attachments (id) ON DELETE CASCADE,
    -- What was sent of it, in whatever order.
    parts         JSONB NOT NULL DEFAULT '[]',
    at            TIMESTAMPTZ NOT NULL,
    finished_at   TIMESTAMPTZ,
    PRIMARY KEY (person_id, attachment_id)
);

CREATE INDEX attachment_downloads_by_attachment ON attachment_downloads (attachment_id);
