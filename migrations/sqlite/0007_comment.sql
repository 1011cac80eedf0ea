-- What people say about a request.

CREATE TABLE comments (
    id              BLOB NOT NULL PRIMARY KEY,
    request_id      BLOB NOT NULL REFERENCES requests (id),
    -- The first comment of its thread; NULL for the first comment itself.
    answers_id      BLOB REFERENCES comments (id),
    author_id       BLOB NOT NULL REFERENCES persons (id),
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    audience        TEXT NOT NULL,
    -- Empty once it was deleted.
    words           TEXT NOT NULL,
    revision        INTEGER NOT NULL,
    created_at      TEXT NOT NULL,
    edited_at       TEXT,
    deleted_at      TEXT,
    deleted_by      BLOB REFERENCES persons (id)
) STRICT;

CREATE INDEX comments_by_request ON comments (request_id, created_at, id);
CREATE INDEX comments_by_thread ON comments (answers_id, created_at, id) WHERE answers_id IS NOT NULL;

CREATE TABLE mentions (
    comment_id BLOB NOT NULL REFERENCES comments (id),
    position   INTEGER NOT NULL,
    person_id  BLOB NOT NULL REFERENCES persons (id),
    -- As the person was called then.
    name       TEXT NOT NULL,
    PRIMARY KEY (comment_id, position)
) STRICT;

CREATE INDEX mentions_by_person ON mentions (person_id, comment_id);

CREATE TABLE attachments (
    id         BLOB NOT NULL PRIMARY KEY,
    comment_id BLOB NOT NULL REFERENCES comments (id),
    position   INTEGER NOT NULL,
    name       TEXT NOT NULL,
    size       INTEGER NOT NULL,
    vault_key  TEXT NOT NULL
) STRICT;

CREATE INDEX attachments_by_comment ON attachments (comment_id, position);

-- The only organization that a change is told; NULL for all who work on the request.
ALTER TABLE events ADD COLUMN organization_id BLOB REFERENCES organizations (id);
