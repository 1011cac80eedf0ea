-- Work the portal owes itself, what happened, and what open pages follow.

CREATE TABLE jobs (
    id          BLOB NOT NULL PRIMARY KEY,
    job         TEXT NOT NULL,
    dedupe_key  TEXT NOT NULL,
    status      TEXT NOT NULL,
    priority    INTEGER NOT NULL,
    run_at      TEXT NOT NULL,
    attempt     INTEGER NOT NULL,
    worker      BLOB,
    lease_until TEXT,
    last_error  TEXT,
    finished_at TEXT
) STRICT;

-- The same work waits only once.
CREATE UNIQUE INDEX jobs_waiting ON jobs (dedupe_key) WHERE status = 'queued';
CREATE INDEX jobs_due ON jobs (priority DESC, run_at, id) WHERE status = 'queued';
CREATE INDEX jobs_running ON jobs (dedupe_key, lease_until) WHERE status = 'running';
CREATE INDEX jobs_done ON jobs (finished_at) WHERE status = 'done';

CREATE TABLE history (
    number              INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id          BLOB NOT NULL REFERENCES requests (id),
    at                  TEXT NOT NULL,
    author_id           BLOB,
    author_name         TEXT,
    author_organization TEXT,
    happening           TEXT NOT NULL
) STRICT;

CREATE INDEX history_by_request ON history (request_id, number);

-- Numbered without gaps, in the order of the commits.
CREATE TABLE events (
    seq        INTEGER NOT NULL PRIMARY KEY,
    request_id BLOB NOT NULL REFERENCES requests (id),
    at         TEXT NOT NULL
) STRICT;

CREATE INDEX events_by_time ON events (at);
