-- Transfers, their files, what inspection found, and resumable uploads.

CREATE TABLE transfers (
    id              BLOB NOT NULL PRIMARY KEY,
    number          INTEGER NOT NULL UNIQUE,
    request_id      BLOB NOT NULL REFERENCES requests (id),
    status          TEXT NOT NULL,
    method          TEXT NOT NULL,
    client          TEXT,
    initiated_by    BLOB NOT NULL REFERENCES persons (id),
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    initiated_at    TEXT NOT NULL,
    uploaded_at     TEXT,
    processed_at    TEXT,
    metadata        TEXT NOT NULL
) STRICT;

CREATE INDEX transfers_by_request ON transfers (request_id, initiated_at, id);
-- Of two who deliver to one request at once, the second supersedes the first: one upload at a time.
CREATE UNIQUE INDEX transfers_unfinished ON transfers (request_id) WHERE status = 'waiting_for_upload';

CREATE TABLE transfer_files (
    id          BLOB NOT NULL PRIMARY KEY,
    transfer_id BLOB NOT NULL REFERENCES transfers (id),
    position    INTEGER NOT NULL,
    name        TEXT NOT NULL,
    size        INTEGER NOT NULL,
    received    INTEGER NOT NULL,
    sha1        TEXT,
    sha256      TEXT,
    xxh3        TEXT,
    -- What the sender computed of its own file.
    sent_digest TEXT,
    -- Where the bytes lie in the vault.
    vault_key   TEXT,
    UNIQUE (transfer_id, position)
) STRICT;

CREATE INDEX transfer_files_by_vault_key ON transfer_files (vault_key);

CREATE TABLE passages (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    transfer_id BLOB NOT NULL REFERENCES transfers (id),
    milestone   TEXT NOT NULL,
    at          TEXT NOT NULL,
    note        TEXT
) STRICT;

CREATE INDEX passages_by_transfer ON passages (transfer_id, at, number);

-- Every run of inspection over a transfer; the newest counts.
CREATE TABLE inspections (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    transfer_id BLOB NOT NULL REFERENCES transfers (id),
    profile     TEXT NOT NULL,
    findings    TEXT NOT NULL,
    at          TEXT NOT NULL
) STRICT;

CREATE INDEX inspections_by_transfer ON inspections (transfer_id, number);

CREATE TABLE measurements (
    file_id     BLOB NOT NULL PRIMARY KEY REFERENCES transfer_files (id),
    measurement TEXT NOT NULL,
    at          TEXT NOT NULL
) STRICT;

CREATE TABLE uploads (
    id            BLOB NOT NULL PRIMARY KEY,
    file_id       BLOB NOT NULL REFERENCES transfer_files (id),
    kind          TEXT NOT NULL,
    length        INTEGER,
    received      INTEGER NOT NULL,
    parts         TEXT NOT NULL,
    metadata      TEXT NOT NULL,
    -- The running digests after so many bytes received.
    state         BLOB NOT NULL,
    holder        BLOB,
    leased_until  TEXT,
    created_at    TEXT NOT NULL,
    expires_at    TEXT NOT NULL,
    finished_at   TEXT,
    terminated_at TEXT
) STRICT;

CREATE INDEX uploads_by_file ON uploads (file_id);
CREATE INDEX uploads_unfinished ON uploads (expires_at) WHERE finished_at IS NULL AND terminated_at IS NULL;
CREATE INDEX uploads_finished ON uploads (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX uploads_terminated ON uploads (terminated_at) WHERE terminated_at IS NOT NULL;
