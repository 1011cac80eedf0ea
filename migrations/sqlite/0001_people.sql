-- Who works with the portal, and who is signed in.

CREATE TABLE organizations (
    id            BLOB NOT NULL PRIMARY KEY,
    kind          TEXT NOT NULL,
    name          TEXT NOT NULL,
    may_cancel    INTEGER NOT NULL,
    may_subassign INTEGER NOT NULL
) STRICT;

CREATE TABLE persons (
    id              BLOB NOT NULL PRIMARY KEY,
    organization_id BLOB NOT NULL REFERENCES organizations (id),
    name            TEXT NOT NULL,
    email           TEXT NOT NULL,
    -- The address in lower case: by it people sign in.
    email_key       TEXT NOT NULL UNIQUE,
    role            TEXT NOT NULL,
    time_zone       TEXT NOT NULL,
    password_hash   TEXT NOT NULL,
    deactivated_at  TEXT
) STRICT;

CREATE INDEX persons_by_organization ON persons (organization_id);

CREATE TABLE sessions (
    token_hash BLOB NOT NULL PRIMARY KEY,
    person_id  BLOB NOT NULL REFERENCES persons (id),
    created_at TEXT NOT NULL,
    seen_at    TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;

CREATE INDEX sessions_by_person ON sessions (person_id);

-- Sign-ins that failed, by account or by address.
CREATE TABLE attempts (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    key    TEXT NOT NULL,
    at     TEXT NOT NULL
) STRICT;

CREATE INDEX attempts_by_key ON attempts (key, at);
CREATE INDEX attempts_by_time ON attempts (at);
