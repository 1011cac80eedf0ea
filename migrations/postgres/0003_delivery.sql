-- Transfers, their files, what inspection found, and resumable uploads.

CREATE TABLE transfers (
    id              UUID NOT NULL PRIMARY KEY,
    number          BIGINT NOT NULL UNIQUE,
    request_id      UUID NOT NULL REFERENCES requests (id),
    status          TEXT NOT NULL,
    method          TEXT NOT NULL,
    client          TEXT,
    initiated_by    UUID NOT NULL REFERENCES persons (id),
    organization_id UUID NOT NULL REFERENCES organizations (id),
    initiated_at    TIMESTAMPTZ NOT NULL,
    uploaded_at     TIMESTAMPTZ,
    processed_at    TIMESTAMPTZ,
    metadata        JSONB NOT NULL
);

CREATE INDEX transfers_by_request ON transfers (request_id, initiated_at, id);
-- Of two who deliver to one request at once, the second supersedes the first: one upload at a time.
CREATE UNIQUE INDEX transfers_unfinished ON transfers (request_id) WHERE status = 'waiting_for_upload';

CREATE TABLE transfer_files (
    id          UUID NOT NULL PRIMARY KEY,
    transfer_id UUID NOT NULL REFERENCES transfers (id),
    position    BIGINT NOT NULL,
    name        TEXT NOT NULL,
    size        BIGINT NOT NULL,
    received    BIGINT NOT NULL,
    sha1        TEXT,
    sha256      TEXT,
    xxh3        TEXT,
    -- What the sender computed of its own file.
    sent_digest TEXT,
    -- Where the bytes lie in the vault.
    vault_key   TEXT,
    UNIQUE (transfer_id, position)
);

CREATE INDEX transfer_files_by_vault_key ON transfer_files (vault_key);

CREATE TABLE passages (
    number      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    transfer_id UUID NOT NULL REFERENCES transfers (id),
    milestone   TEXT NOT NULL,
    at          TIMESTAMPTZ NOT NULL,
    note        TEXT
);

CREATE INDEX passages_by_transfer ON passages (transfer_id, at, number);

-- Every run of inspection over a transfer; the newest counts.
CREATE TABLE inspections (
    number      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    transfer_id UUID NOT NULL REFERENCES transfers (id),
    profile     TEXT NOT NULL,
    findings    JSONB NOT NULL,
    at          TIMESTAMPTZ NOT NULL
);

CREATE INDEX inspections_by_transfer ON inspections (transfer_id, number);

CREATE TABLE measurements (
    file_id     UUID NOT NULL PRIMARY KEY REFERENCES transfer_files (id),
    measurement JSONB NOT NULL,
    at          TIMESTAMPTZ NOT NULL
);

CREATE TABLE uploads (
    id            UUID NOT NULL PRIMARY KEY,
    file_id       UUID NOT NULL REFERENCES transfer_files (id),
    kind          TEXT NOT NULL,
    length        BIGINT,
    received      BIGINT NOT NULL,
    parts         JSONB NOT NULL,
    metadata      TEXT NOT NULL,
    -- The running digests after so many bytes received.
    state         BYTEA NOT NULL,
    holder        UUID,
    leased_until  TIMESTAMPTZ,
    created_at    TIMESTAMPTZ NOT NULL,
    expires_at    TIMESTAMPTZ NOT NULL,
    finished_at   TIMESTAMPTZ,
    terminated_at TIMESTAMPTZ
);

CREATE INDEX uploads_by_file ON uploads (file_id);
CREATE INDEX uploads_unfinished ON uploads (expires_at) WHERE finished_at IS NULL AND terminated_at IS NULL;
CREATE INDEX uploads_finished ON uploads (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX uploads_terminated ON uploads (terminated_at) WHERE terminated_at IS NOT NULL;
