-- Work the portal owes itself, what happened, and what open pages follow.

CREATE TABLE jobs (
    id          UUID NOT NULL PRIMARY KEY,
    job         JSONB NOT NULL,
    dedupe_key  TEXT NOT NULL,
    status      TEXT NOT NULL,
    priority    INTEGER NOT NULL,
    run_at      TIMESTAMPTZ NOT NULL,
    attempt     BIGINT NOT NULL,
    worker      UUID,
    lease_until TIMESTAMPTZ,
    last_error  TEXT,
    finished_at TIMESTAMPTZ
);

-- The same work waits only once.
CREATE UNIQUE INDEX jobs_waiting ON jobs (dedupe_key) WHERE status = 'queued';
CREATE INDEX jobs_due ON jobs (priority DESC, run_at, id) WHERE status = 'queued';
CREATE INDEX jobs_running ON jobs (dedupe_key, lease_until) WHERE status = 'running';
CREATE INDEX jobs_done ON jobs (finished_at) WHERE status = 'done';

CREATE TABLE history (
    number              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id          UUID NOT NULL REFERENCES requests (id),
    at                  TIMESTAMPTZ NOT NULL,
    author_id           UUID,
    author_name         TEXT,
    author_organization TEXT,
    happening           JSONB NOT NULL
);

CREATE INDEX history_by_request ON history (request_id, number);

-- Numbered without gaps, in the order of the commits.
CREATE TABLE events (
    seq        BIGINT NOT NULL PRIMARY KEY,
    request_id UUID NOT NULL REFERENCES requests (id),
    at         TIMESTAMPTZ NOT NULL
);

CREATE INDEX events_by_time ON events (at);
