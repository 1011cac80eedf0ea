-- Who works with the portal, and who is signed in.

CREATE TABLE organizations (
    id            UUID NOT NULL PRIMARY KEY,
    kind          TEXT NOT NULL,
    name          TEXT NOT NULL,
    may_cancel    BOOLEAN NOT NULL,
    may_subassign BOOLEAN NOT NULL
);

CREATE TABLE persons (
    id              UUID NOT NULL PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    name            TEXT NOT NULL,
    email           TEXT NOT NULL,
    -- The address in lower case: by it people sign in.
    email_key       TEXT NOT NULL UNIQUE,
    role            TEXT NOT NULL,
    time_zone       TEXT NOT NULL,
    password_hash   TEXT NOT NULL,
    deactivated_at  TIMESTAMPTZ
);

CREATE INDEX persons_by_organization ON persons (organization_id);

CREATE TABLE sessions (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    person_id  UUID NOT NULL REFERENCES persons (id),
    created_at TIMESTAMPTZ NOT NULL,
    seen_at    TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX sessions_by_person ON sessions (person_id);

-- Sign-ins that failed, by account or by address.
CREATE TABLE attempts (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key    TEXT NOT NULL,
    at     TIMESTAMPTZ NOT NULL
);

CREATE INDEX attempts_by_key ON attempts (key, at);
CREATE INDEX attempts_by_time ON attempts (at);
