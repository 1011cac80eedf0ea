-- Accounts: browsers that can be told apart, invitations, approved partners, and what was done to accounts.

ALTER TABLE persons ADD COLUMN timecode_style TEXT NOT NULL DEFAULT 'timecode';
ALTER TABLE persons ADD COLUMN signed_in_at TEXT;

CREATE TABLE sessions_by_name (
    token_hash BLOB NOT NULL PRIMARY KEY,
    -- By which its owner names it; the digest of the token stays inside.
    id         BLOB NOT NULL UNIQUE,
    person_id  BLOB NOT NULL REFERENCES persons (id),
    -- What the browser said it was, and the network address from which somebody signed in; empty if unknown.
    agent      TEXT NOT NULL,
    address    TEXT NOT NULL,
    created_at TEXT NOT NULL,
    seen_at    TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;

INSERT INTO sessions_by_name (token_hash, id, person_id, agent, address, created_at, seen_at, expires_at)
SELECT token_hash, randomblob(16), person_id, '', '', created_at, seen_at, expires_at FROM sessions;

DROP TABLE sessions;
ALTER TABLE sessions_by_name RENAME TO sessions;
CREATE INDEX sessions_by_person ON sessions (person_id);

CREATE TABLE invitations (
    id              BLOB NOT NULL PRIMARY KEY,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    name            TEXT NOT NULL,
    email           TEXT NOT NULL,
    role            TEXT NOT NULL,
    -- SHA-256 of the secret in the link.
    token_hash      BLOB NOT NULL UNIQUE,
    invited_by      TEXT NOT NULL,
    time_zone       TEXT NOT NULL,
    invited_at      TEXT NOT NULL,
    accepted_at     TEXT,
    withdrawn_at    TEXT
) STRICT;

CREATE INDEX invitations_by_organization ON invitations (organization_id, invited_at);

-- Since when only approved partners get work of the organization; until then all do.
ALTER TABLE organizations ADD COLUMN partners_listed_at TEXT;

CREATE TABLE approved_partners (
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    partner_id      BLOB NOT NULL REFERENCES organizations (id),
    approved_at     TEXT NOT NULL,
    PRIMARY KEY (organization_id, partner_id)
) STRICT;

CREATE TABLE account_events (
    number          INTEGER PRIMARY KEY AUTOINCREMENT,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    at              TEXT NOT NULL,
    author          TEXT NOT NULL,
    event           TEXT NOT NULL
) STRICT;

CREATE INDEX account_events_by_organization ON account_events (organization_id, number);
