-- What people say about a request.

CREATE TABLE comments (
    id              UUID NOT NULL PRIMARY KEY,
    request_id      UUID NOT NULL REFERENCES requests (id),
    -- The first comment of its thread; NULL for the first comment itself.
    answers_id      UUID REFERENCES comments (id),
    author_id       UUID NOT NULL REFERENCES persons (id),
    organization_id UUID NOT NULL REFERENCES organizations (id),
    audience        TEXT NOT NULL,
    -- Empty once it was deleted.
    words           TEXT NOT NULL,
    revision        BIGINT NOT NULL,
    created_at      TIMESTAMPTZ NOT NULL,
    edited_at       TIMESTAMPTZ,
    deleted_at      TIMESTAMPTZ,
    deleted_by      UUID REFERENCES persons (id)
);

CREATE INDEX comments_by_request ON comments (request_id, created_at, id);
CREATE INDEX comments_by_thread ON comments (answers_id, created_at, id) WHERE answers_id IS NOT NULL;

CREATE TABLE mentions (
    comment_id UUID NOT NULL REFERENCES comments (id),
    position   BIGINT NOT NULL,
    person_id  UUID NOT NULL REFERENCES persons (id),
    -- As the person was called then.
    name       TEXT NOT NULL,
    PRIMARY KEY (comment_id, position)
);

CREATE INDEX mentions_by_person ON mentions (person_id, comment_id);

CREATE TABLE attachments (
    id         UUID NOT NULL PRIMARY KEY,
    comment_id UUID NOT NULL REFERENCES comments (id),
    position   BIGINT NOT NULL,
    name       TEXT NOT NULL,
    size       BIGINT NOT NULL,
    vault_key  TEXT NOT NULL
);

CREATE INDEX attachments_by_comment ON attachments (comment_id, position);

-- The only organization that a change is told; NULL for all who work on the request.
ALTER TABLE events ADD COLUMN organization_id UUID REFERENCES organizations (id);
