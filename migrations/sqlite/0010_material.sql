-- Links to download materials by, and how far each person has come with which.

CREATE TABLE material_links (
    -- SHA-256 of the token in the address.
    token_hash BLOB NOT NULL PRIMARY KEY,
    person_id  BLOB NOT NULL REFERENCES persons (id),
    -- Requests, each with the transfer that is material for it.
    items      TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;

CREATE INDEX material_links_by_end ON material_links (expires_at);

CREATE TABLE material_downloads (
    person_id   BLOB NOT NULL REFERENCES persons (id),
    -- What it was downloaded for.
    request_id  BLOB NOT NULL REFERENCES requests (id),
    transfer_id BLOB NOT NULL REFERENCES transfers (id),
    -- Bytes from the beginning on.
    sent        INTEGER NOT NULL,
    at          TEXT NOT NULL,
    finished_at TEXT,
    PRIMARY KEY (person_id, request_id, transfer_id)
) STRICT;
