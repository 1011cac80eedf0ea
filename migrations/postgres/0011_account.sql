-- Accounts: browsers that can be told apart, invitations, approved partners, and what was done to accounts.

ALTER TABLE persons ADD COLUMN timecode_style TEXT NOT NULL DEFAULT 'timecode';
ALTER TABLE persons ADD COLUMN signed_in_at TIMESTAMPTZ;

-- By its id its owner names it; the digest of the token stays inside.
ALTER TABLE sessions ADD COLUMN id UUID;
UPDATE sessions SET id = gen_random_uuid();
ALTER TABLE sessions ALTER COLUMN id SET NOT NULL;
ALTER TABLE sessions ADD UNIQUE (id);
-- What the browser said it was, and the network address from which somebody signed in; empty if unknown.
ALTER TABLE sessions ADD COLUMN agent TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN address TEXT NOT NULL DEFAULT '';

CREATE TABLE invitations (
    id              UUID NOT NULL PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    name            TEXT NOT NULL,
    email           TEXT NOT NULL,
    role            TEXT NOT NULL,
    -- SHA-256 of the secret in the link.
    token_hash      BYTEA NOT NULL UNIQUE,
    invited_by      TEXT NOT NULL,
    time_zone       TEXT NOT NULL,
    invited_at      TIMESTAMPTZ NOT NULL,
    accepted_at     TIMESTAMPTZ,
    withdrawn_at    TIMESTAMPTZ
);

CREATE INDEX invitations_by_organization ON invitations (organization_id, invited_at);

-- Since when only approved partners get work of the organization; until then all do.
ALTER TABLE organizations ADD COLUMN partners_listed_at TIMESTAMPTZ;

CREATE TABLE approved_partners (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    partner_id      UUID NOT NULL REFERENCES organizations (id),
    approved_at     TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organization_id, partner_id)
);

CREATE TABLE account_events (
    number          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    at              TIMESTAMPTZ NOT NULL,
    author          JSONB NOT NULL,
    event           JSONB NOT NULL
);

CREATE INDEX account_events_by_organization ON account_events (organization_id, number);
