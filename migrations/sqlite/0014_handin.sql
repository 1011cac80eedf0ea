-- Hand-ins: files that a subassigned partner gives to the assigned one. Released, they become files of a transfer,
-- and are the same files all the way.

CREATE TABLE hand_ins (
    id              BLOB NOT NULL PRIMARY KEY,
    request_id      BLOB NOT NULL REFERENCES requests (id),
    status          TEXT NOT NULL,
    method          TEXT NOT NULL,
    client          TEXT,
    sender_id       BLOB NOT NULL REFERENCES persons (id),
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    begun_at        TEXT NOT NULL,
    arrived_at      TEXT,
    metadata        TEXT NOT NULL,
    transfer_id     BLOB REFERENCES transfers (id),
    decided_by      BLOB REFERENCES persons (id),
    decided_at      TEXT,
    reason          TEXT NOT NULL
) STRICT;

CREATE INDEX hand_ins_by_request ON hand_ins (request_id, begun_at, id);
-- One upload at a time, as with deliveries.
CREATE UNIQUE INDEX hand_ins_unfinished ON hand_ins (request_id) WHERE status = 'waiting_for_upload';

-- A file belongs to a transfer, to a hand-in, or to a transfer that was a hand-in before. The table is made anew under
-- its own name, so that what refers to its rows finds them again at the end.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE kept_files AS SELECT * FROM transfer_files;
DROP TABLE transfer_files;

CREATE TABLE transfer_files (
    id          BLOB NOT NULL PRIMARY KEY,
    transfer_id BLOB REFERENCES transfers (id),
    hand_in_id  BLOB REFERENCES hand_ins (id),
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
    UNIQUE (transfer_id, position),
    CHECK (transfer_id IS NOT NULL OR hand_in_id IS NOT NULL)
) STRICT;

INSERT INTO transfer_files (id, transfer_id, position, name, size, received, sha1, sha256, xxh3, sent_digest, vault_key)
SELECT id, transfer_id, position, name, size, received, sha1, sha256, xxh3, sent_digest, vault_key FROM kept_files;
DROP TABLE kept_files;

CREATE INDEX transfer_files_by_vault_key ON transfer_files (vault_key);
CREATE INDEX transfer_files_by_hand_in ON transfer_files (hand_in_id) WHERE hand_in_id IS NOT NULL;
